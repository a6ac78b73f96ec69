"""``attain template``"""

from __future__ import annotations

import click

import attain
from attain.cli import _options as options


@click.command(
    short_help="Writes a workbook for a reporting office to fill in.",
    epilog=options.examples(
        "template examples/counties-lesson --as-of 2021-10-31 -o report.xlsx",
        "template examples/counties-lesson --as-of 2021-10-31 --place east -o east.xlsx --language zh",
    )
)
@options.folder
@options.as_of
@click.option("-o", "--output", "path", required=True, type=click.Path(dir_okay=False), help="The workbook to write, .xlsx.")
@click.option("--place", metavar="ID", shell_complete=options.complete_places, help="Ask for this place and those in it only.")
@click.option("--unit", metavar="NAME", help="Ask for projects only for which this unit is responsible.")
@click.option("--latest", is_flag=True, help="Ask for the latest period only, not for earlier ones that nobody reported.")
@options.language
def template(folder: str, as_of: str, path: str, place: str | None, unit: str | None, latest: bool, language: str) -> None:
    """Writes a workbook for a reporting office: one row for each number that is due by a day and was not reported.

    The office fills in the yellow cells; attain import takes the workbook back.
    """
    options.require_suffix(path, [".xlsx"], "a workbook")
    options.require_day("--as-of", as_of)
    plan = attain.read_programme(folder)
    options.require_place(plan, place)
    options.require_unit(plan, unit)
    book = options.observations_if_any(folder, plan)
    asked = attain.excel.write_template(
        path, plan, book, as_of=as_of, place=place, responsible=unit, latest_only=latest, language=language
    )
    click.echo(f"{path}: {asked} numbers to report" if asked else f"{path}: nothing is due")
