"""``attain workbook``"""

from __future__ import annotations

import click

import attain
from attain.cli import _options as options


@options.command(
    epilog=options.examples("workbook examples/counties-lesson -o lesson.xlsx", "evaluate lesson.xlsx --as-of 2021-09-30")
)
@options.folder
@click.option("-o", "--output", "path", required=True, type=click.Path(dir_okay=False))
@options.encoding
@options.language
def workbook(folder: str, path: str, language: str) -> None:
    options.require_suffix(path, [".xlsx"], "workbook")
    plan = attain.read_programme(folder)
    book = options.observations_if_any(folder, plan)
    attain.excel.write_workbook(path, plan, book)
    counts = {"projects": len(plan.project_ids), "targets": len(plan.target_ids), "entries": len(book)}
    click.echo(options.words()("said_checked", programme=path, **counts))
