"""``attain import``"""

from __future__ import annotations

import click

import attain
from attain.cli import _options as options
from attain.cli import _output as output


@options.command(
    "import",
    epilog=options.examples(
        "import report.xlsx examples/counties-lesson --dry-run",
        "import report.xlsx examples/counties-lesson --recorded 2021-11-05",
    ),
)
@click.argument("workbook", type=click.Path(exists=True, dir_okay=False))
@options.folder
@click.option("--recorded", metavar="DATE")
@click.option("--author", metavar="NAME")
@click.option("--dry-run", is_flag=True)
@options.language
@options.as_json
def import_(
    workbook: str, folder: str, recorded: str | None, author: str | None, dry_run: bool, language: str, as_json: bool
) -> None:
    words = options.words()
    options.require_day("--recorded", recorded)
    try:
        with options.progress() as tell:
            done = attain.excel.import_template(
                workbook, folder, recorded=recorded, author=author, dry_run=dry_run, progress=tell
            )
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
        click.echo(output.finding_text(finding, words), err=True)
    counted = {"added": done.added, "known": done.already_there, "empty": done.not_filled}
    click.echo(words("said_would_import" if dry_run else "said_imported", path=workbook, **counted))
