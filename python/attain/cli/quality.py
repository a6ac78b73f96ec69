"""``attain quality``"""

from __future__ import annotations

import click

import attain
from attain._display import quality_table_text
from attain.cli import _options as options
from attain.cli import _output as output


@options.command(
    epilog=options.examples(
        "quality examples/guangzhou-2017 --as-of 2017-12-31",
        "quality examples/counties-lesson --as-of 2021-09-30 --days-to-report 15 --language zh",
        "quality examples/counties-lesson --as-of 2021-09-30 --check missing_report --json",
    )
)
@options.folder
@options.as_of
@options.known_at
@click.option(
    "--days-to-report",
    type=int,
    metavar="DAYS",
)
@click.option("--check", "only", multiple=True, metavar="NAME")
@click.option("--all", "everything", is_flag=True)
@options.encoding
@options.language
@options.form
def quality(
    folder: str,
    as_of: str,
    known_at: str | None,
    days_to_report: int | None,
    only: tuple[str, ...],
    everything: bool,
    language: str,
    form: str,
) -> None:
    options.require_day("--as-of", as_of)
    options.require_day("--known-at", known_at)
    plan, book = options.read(folder)
    report = attain.quality(plan, book, as_of=as_of, known_at=known_at, days_to_report=days_to_report, only=only)
    if form == "table":
        everything = everything or "cannot_detect" in only
        click.echo(quality_table_text(report, language=language, limit=None, width=output.width(), everything=everything))
    elif form == "json":
        click.echo(output.to_json(_document(report)))
    else:
        click.echo(output.to_csv(report.findings), nl=False)


def _document(report: attain.QualityReport) -> dict[str, object]:
    return {
        "programme": getattr(report.plan, "id", None),
        "as_of": report.as_of,
        "known_at": report.known_at,
        "scores": report.scores.rows(),
        "findings": report.findings.rows(),
    }
