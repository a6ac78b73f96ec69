"""``attain compare``"""

from __future__ import annotations

import click

import attain
from attain._display import change_table_text
from attain.cli import _options as options
from attain.cli import _output as output


@options.command(
    epilog=options.examples(
        "compare examples/counties-lesson --from 2021-06-30 --to 2021-09-30",
        "compare examples/counties-lesson --from 2021-06-30 --to 2021-09-30 --project 22 --language zh",
        "compare examples/counties-lesson --from 2021-06-30 --from-known-at 2021-07-10 --to 2021-09-30",
    )
)
@options.folder
@click.option("--from", "start", required=True, metavar="DATE")
@click.option("--from-known-at", "start_known_at", metavar="DATE")
@click.option("--to", "end", required=True, metavar="DATE")
@click.option(
    "--project", default="", metavar="ID", shell_complete=options.complete_projects
)
@options.place
@options.encoding
@options.language
@options.form
def compare(
    folder: str,
    start: str,
    start_known_at: str | None,
    end: str,
    project: str,
    place: str | None,
    language: str,
    form: str,
) -> None:
    before, after = (
        options.evaluated(folder, start, start_known_at, day_option="--from", known_option="--from-known-at"),
        options.evaluated(folder, end, None, day_option="--to"),
    )
    options.require_place(after.plan, place)
    try:
        change = attain.compare(before, after).change(project, place)
    except attain.UnknownId:
        options.unknown(project, "project", list(after.projects["project"].words), "--project")
    if form == "table":
        click.echo(change_table_text(change, limit=None, width=output.width(), language=language))
    elif form == "json":
        click.echo(output.to_json(_document(change)))
    else:
        click.echo(output.to_csv(change.parts), nl=False)


def _document(change: attain.Change) -> dict[str, object]:
    names = ("id", "name", "place", "before", "after", "change", "performance", "coverage", "rules", "plan")
    whole = {name: getattr(change, name) for name in names}
    return {**whole, "sentence": change.sentence(), "parts": change.parts.rows()}
