"""``attain template``"""

from __future__ import annotations

import click

import attain
from attain.cli import _options as options


@options.command(
    epilog=options.examples(
        "template examples/counties-lesson --as-of 2021-10-31 -o report.xlsx",
        "template examples/counties-lesson --as-of 2021-10-31 --place east -o east.xlsx --language zh",
    )
)
@options.folder
@options.as_of
@click.option("-o", "--output", "path", required=True, type=click.Path(dir_okay=False))
@click.option("--place", metavar="ID", shell_complete=options.complete_places)
@click.option("--unit", metavar="NAME")
@click.option("--latest", is_flag=True)
@options.encoding
@options.language
def template(folder: str, as_of: str, path: str, place: str | None, unit: str | None, latest: bool, language: str) -> None:
    options.require_suffix(path, [".xlsx"], "workbook")
    options.require_day("--as-of", as_of)
    plan = attain.read_programme(folder)
    options.require_place(plan, place)
    options.require_unit(plan, unit)
    book = options.observations_if_any(folder, plan)
    asked = attain.excel.write_template(
        path, plan, book, as_of=as_of, place=place, responsible=unit, latest_only=latest, language=language
    )
    click.echo(options.words()("said_asked" if asked else "said_nothing_due", path=path, count=asked))
