"""``attain report``"""

from __future__ import annotations

import click

import attain
from attain.cli import _options as options

_SUFFIXES = (".html", ".htm", ".md", ".xlsx")


@click.command(
    short_help="Writes the report for people: a page, Markdown or a workbook.",
    epilog=options.examples(
        "report examples/nanchang-2021 --as-of 2021-12-31 -o report.html --language zh",
        "report examples/counties-lesson --as-of 2021-09-30 --since 2021-06-30 -o report.html",
        "report examples/counties-lesson --as-of 2021-09-30 -o report.xlsx",
    )
)
@options.folder
@options.as_of
@options.known_at
@click.option("--since", metavar="DATE", help="The as-of day of the last report: what changed is told against it.")
@click.option("--method", metavar="NAME", help="Judge by this method instead of the programme's.")
@click.option(
    "-o", "--output", "path", required=True, type=click.Path(dir_okay=False), help="The file to write: .html, .md or .xlsx."
)
@options.language
def report(
    folder: str, as_of: str, known_at: str | None, since: str | None, method: str | None, path: str, language: str
) -> None:
    """Writes the report of FOLDER for people: one HTML page, or the same as Markdown or a workbook.

    The page needs no network and no script to be read, prints to A4, and fits a phone.
    """
    options.require_suffix(path, _SUFFIXES, "a report")
    by = [method] if method else []
    now = options.evaluated(folder, as_of, known_at, by)
    before = None if since is None else options.evaluated(folder, since, known_at, by, day_option="--since")
    written = attain.report(now, since=before, language=language)
    written.save(path)
    click.echo(path)
