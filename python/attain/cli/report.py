"""``attain report``"""

from __future__ import annotations

import click

import attain
from attain.cli import _options as options

_SUFFIXES = (".html", ".htm", ".md", ".xlsx")


@options.command(
    epilog=options.examples(
        "report examples/nanchang-2021 --as-of 2021-12-31 -o report.html --language zh",
        "report examples/counties-lesson --as-of 2021-09-30 --since 2021-06-30 -o report.html",
        "report examples/counties-lesson --as-of 2021-09-30 -o report.xlsx",
    )
)
@options.folder
@options.as_of
@options.known_at
@click.option("--since", metavar="DATE")
@click.option("--method", metavar="NAME")
@click.option(
    "-o", "--output", "path", required=True, type=click.Path(dir_okay=False)
)
@options.encoding
@options.language
def report(
    folder: str, as_of: str, known_at: str | None, since: str | None, method: str | None, path: str, language: str
) -> None:
    options.require_suffix(path, _SUFFIXES, "report")
    by = [method] if method else []
    now = options.evaluated(folder, as_of, known_at, by)
    before = None if since is None else options.evaluated(folder, since, known_at, by, day_option="--since")
    with options.progress() as tell:
        written = attain.report(now, since=before, language=language, progress=tell)
    written.save(path)
    click.echo(path)
