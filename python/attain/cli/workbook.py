"""``attain workbook``"""

from __future__ import annotations

import click

import attain
from attain.cli import _options as options


@click.command(
    short_help="Writes the programme and the observations as one workbook.",
    epilog=options.examples("workbook examples/counties-lesson -o lesson.xlsx", "evaluate lesson.xlsx --as-of 2021-09-30")
)
@options.folder
@click.option("-o", "--output", "path", required=True, type=click.Path(dir_okay=False), help="The workbook to write, .xlsx.")
def workbook(folder: str, path: str) -> None:
    """Writes the programme and the observations of FOLDER as one workbook, which every command takes in place of a folder."""
    options.require_suffix(path, [".xlsx"], "a workbook")
    plan = attain.read_programme(folder)
    book = options.observations_if_any(folder, plan)
    attain.excel.write_workbook(path, plan, book)
    click.echo(f"{path}: {len(plan.project_ids)} projects, {len(plan.target_ids)} targets, {len(book)} observations")
