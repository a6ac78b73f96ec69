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
        "report examples/counties-lesson --as-of 2021-09-30 --since 2021-06-30 --since-known-at 2021-07-10 -o report.html",
        "report examples/counties-lesson --as-of 2021-09-30 -o report.xlsx",
    )
)
@options.folder
@options.as_of
@options.known_at
@click.option("--since", metavar="DATE")
@click.option("--since-known-at", metavar="DATE")
@click.option("--days-to-report", type=int, metavar="DAYS")
@click.option("--method", metavar="NAME")
@click.option(
    "-o", "--output", "path", required=True, type=click.Path(dir_okay=False)
)
@options.encoding
@options.language
def report(
    folder: str,
    as_of: str,
    known_at: str | None,
    since: str | None,
    since_known_at: str | None,
    days_to_report: int | None,
    method: str | None,
    path: str,
    language: str,
) -> None:
    if since is None and since_known_at is not None:
        raise click.BadParameter(options.words()("wrong_since"), param_hint="--since-known-at")
    options.require_suffix(path, _SUFFIXES, "report")
    by = [method] if method else []
    now = options.evaluated(folder, as_of, known_at, by)
    before = None
    if since is not None:
        known_then = since_known_at or known_at
        before = options.evaluated(folder, since, known_then, by, day_option="--since", known_option="--since-known-at")
    with options.progress() as tell:
        written = attain.report(now, since=before, days_to_report=days_to_report, language=language, progress=tell)
    written.save(path)
    click.echo(path)
