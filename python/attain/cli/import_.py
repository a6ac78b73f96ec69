"""``attain import``"""

from __future__ import annotations

import click

import attain
from attain.cli import _options as options
from attain.cli import _output as output


@click.command(
    "import",
    short_help="Takes a filled workbook back.",
    epilog=options.examples(
        "import report.xlsx examples/counties-lesson --dry-run",
        "import report.xlsx examples/counties-lesson --recorded 2021-11-05",
    ),
)
@click.argument("workbook", type=click.Path(exists=True, dir_okay=False))
@options.folder
@click.option("--recorded", metavar="DATE", help="When it was reported, instead of the day in the workbook.")
@click.option("--author", metavar="NAME", help="By whom, instead of the name in the workbook.")
@click.option("--dry-run", is_flag=True, help="Check everything and write nothing.")
@options.as_json
def import_(workbook: str, folder: str, recorded: str | None, author: str | None, dry_run: bool, as_json: bool) -> None:
    """Takes a filled WORKBOOK back: appends what it reports to the observations.csv of FOLDER.

    All or nothing: if a cell is wrong, all that is wrong is said and nothing is written. Importing a workbook twice adds nothing.
    """
    options.require_day("--recorded", recorded)
    try:
        done = attain.excel.import_template(workbook, folder, recorded=recorded, author=author, dry_run=dry_run)
    except attain.Error as problem:
        if not as_json:
            raise
        findings = output.findings_as_rows(problem.findings)
        click.echo(output.to_json({"file": workbook, "added": 0, "dry_run": dry_run, "findings": findings}))
        raise click.exceptions.Exit(1) from None
    if as_json:
        counts = {"file": done.file, "added": done.added, "already_there": done.already_there, "not_filled": done.not_filled}
        click.echo(output.to_json({**counts, "dry_run": dry_run, "findings": output.findings_as_rows(done.warnings)}))
        return
    for finding in done.warnings:
        click.echo(output.finding_text(finding), err=True)
    would = "would be added" if dry_run else "added"
    click.echo(f"{workbook}: {done.added} {would}, {done.already_there} already there, {done.not_filled} not filled in")
