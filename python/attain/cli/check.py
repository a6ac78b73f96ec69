"""``attain check``"""

from __future__ import annotations

import click

import attain
from attain.cli import _options as options
from attain.cli import _output as output


@options.command(epilog=options.examples("check examples/nanchang-2021", "check examples/nanchang-2021 --json"))
@options.folder
@options.encoding
@options.language
@options.as_json
def check(folder: str, language: str, as_json: bool) -> None:
    words = options.words()
    findings = attain.check_programme(folder)
    plan, book = None, None
    if output.count(findings, "error"):
        findings += options.observation_problems(folder)
    else:
        plan = attain.read_programme(folder)
        silent = options.nothing_reported(folder, "warning")
        findings += [silent] if silent is not None else []
        try:
            book = options.observations_if_any(folder, plan)
        except attain.Error as problem:
            findings += problem.findings
        else:
            findings += options.located(attain.check(plan, book), folder, plan)
    if as_json:
        click.echo(output.to_json({"programme": plan.id if plan else None, "findings": output.findings_as_rows(findings)}))
    else:
        if plan is not None and book is not None:
            counts = {"projects": len(plan.project_ids), "targets": len(plan.target_ids), "entries": len(book)}
            click.echo(words("said_checked", programme=plan.id, **counts))
        output.echo_findings(findings, words)
    if output.count(findings, "error"):
        raise click.exceptions.Exit(1)
