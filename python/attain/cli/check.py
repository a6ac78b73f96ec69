"""``attain check``"""

from __future__ import annotations

import click

import attain
from attain.cli import _options as options
from attain.cli import _output as output


@click.command(epilog=options.examples("check examples/nanchang-2021", "check examples/nanchang-2021 --json"))
@options.folder
@options.as_json
def check(folder: str, as_json: bool) -> None:
    """Says everything that is wrong with the files of FOLDER.

    Exit code 1 if there is an error. Warnings refuse nothing.
    """
    findings = attain.check_programme(folder)
    plan, book = None, None
    if not output.count(findings, "error"):
        plan = attain.read_programme(folder)
        try:
            book = attain.read_observations(folder, plan)
        except attain.Error as problem:
            findings += problem.findings
        else:
            findings += attain.check(plan, book)
    if as_json:
        click.echo(output.to_json({"programme": plan.id if plan else None, "findings": output.findings_as_rows(findings)}))
    else:
        if plan is not None and book is not None:
            click.echo(f"{plan.id}: {len(plan.project_ids)} projects, {len(plan.target_ids)} targets, {len(book)} observations")
        output.echo_findings(findings)
    if output.count(findings, "error"):
        raise click.exceptions.Exit(1)
