"""``attain explain``"""

from __future__ import annotations

import dataclasses

import click

import attain
from attain._report.told import told, unreported_of
from attain.cli import _options as options
from attain.cli import _output as output


@options.command(
    epilog=options.examples(
        "explain examples/nanchang-2021 44.1 --as-of 2021-12-31",
        "explain examples/counties-lesson 22.1 --as-of 2021-09-30 --place east",
        "explain examples/counties-lesson 22.1 --as-of 2021-09-30 --method toladata",
    )
)
@options.folder
@click.argument("id", shell_complete=options.complete_targets_and_projects)
@options.as_of
@options.known_at
@options.place
@click.option("--method", metavar="NAME")
@options.encoding
@options.language
@options.as_json
def explain(
    folder: str, id: str, as_of: str, known_at: str | None, place: str | None, method: str | None, language: str, as_json: bool
) -> None:
    now = options.evaluated(folder, as_of, known_at, [method] if method else [])
    options.require_place(now.plan, place)
    try:
        result = now.target(id, place) if id in now else now.project(id, place)
    except attain.UnknownId:
        known = {name: None for name in (*now.targets["target"].words, *now.projects["project"].words)}
        options.unknown(id, "id", list(known), "ID")
    if not as_json:
        click.echo(told(now, result, language), nl=False)
        return
    explanation = result.explain()
    silent = [dataclasses.asdict(one) for one in unreported_of(now, result)]
    click.echo(output.to_json({**explanation.to_dict(), "unreported": silent, "findings": output.findings_as_rows(explanation.findings)}))
