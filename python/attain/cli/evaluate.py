"""``attain evaluate``"""

from __future__ import annotations

import dataclasses

import click

import attain
from attain._display import text_table, unreported_text
from attain._unreported import unreported
from attain.catalogue import Words
from attain.cli import _options as options
from attain.cli import _output as output


@options.command(
    epilog=options.examples(
        "evaluate examples/nanchang-2021 --as-of 2021-12-31",
        "evaluate examples/counties-lesson --as-of 2021-09-30 --place east --json",
        "evaluate examples/counties-lesson --as-of 2021-06-30 --known-at 2021-07-10",
        "evaluate examples/counties-lesson --as-of 2021-09-30 --method toladata --method global_fund",
    )
)
@options.folder
@options.as_of
@options.known_at
@options.place
@click.option(
    "--method",
    "method",
    multiple=True,
    metavar="NAME",
)
@options.encoding
@options.language
@options.form
def evaluate(
    folder: str, as_of: str, known_at: str | None, place: str | None, method: tuple[str, ...], language: str, form: str
) -> None:
    now = options.evaluated(folder, as_of, known_at, method)
    options.require_place(now.plan, place)
    if form == "table":
        click.echo(text_table(now, place=place, width=output.width(), language=language))
        if missing := unreported_text(now, place=place, width=output.width(), language=language):
            click.echo("\n" + missing)
        if len(now.methods) > 1:
            click.echo(_disagreements(now, options.words()))
    elif form == "json":
        click.echo(output.to_json(_document(now, place)))
    else:
        click.echo(output.to_csv(now.target_table(place=place)), nl=False)


def _disagreements(now: attain.Evaluation, words: Words) -> str:
    differing = now.disagreements().rows()
    if not differing:
        return words("methods_agree")
    lines = [words("methods_differ")]
    for row in differing:
        statuses = words("between_parts").join(f"{name} {_status(now.by(name)[row['target']], words)}" for name in now.methods)
        lines.append(f"  {row['target']}: {statuses}")
    return "\n".join(lines)


def _status(of: attain.TargetResult, words: Words) -> str:
    if of.status is None:
        return words("no_answer").lower()
    return of.status_label(language="zh") if words.language == "zh" else of.status.replace("_", " ")


def _document(now: attain.Evaluation, place: str | None) -> dict[str, object]:
    return {
        "programme": getattr(now.plan, "id", None),
        "as_of": now.as_of,
        "known_at": now.known_at,
        "projects": now.project_table(place=place).rows(),
        "targets": now.target_table(place=place).rows(),
        "unreported": [dataclasses.asdict(one) for one in unreported(now)],
    }
