"""The command line: check a programme folder, evaluate it, explain an answer, compare two days.

Exit codes: 0 all is well; 1 an input is wrong, or ``check`` found an error; 2 the command was not understood.
Output is UTF-8, whatever the locale says.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

import attain
from attain._display import change_table_text, text_table

_FOLDER = click.Path(exists=True)
_AS_OF = click.option("--as-of", required=True, metavar="DATE", help="What had happened, at the close of this day.")
_KNOWN_AT = click.option("--known-at", metavar="DATE", help="What had been reported by this day; everything if left out.")
_METHOD = click.option(
    "--method", "method", multiple=True, metavar="NAME", help="Judge by this method instead of the programme's; more than one are compared."
)
_PLACE = click.option("--place", metavar="ID", help="At this place, instead of each target's own.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(attain.__version__, prog_name="attain")
def commands() -> None:
    """How far published commitments have come, and why.

    A FOLDER holds programme.json (what is promised) and observations.csv (what was reported).

    Exit codes: 0 all is well; 1 an input is wrong; 2 the command was not understood.
    """


@commands.command()
@click.argument("folder", type=_FOLDER)
def check(folder: str) -> None:
    """Says everything that is wrong with the files of FOLDER."""
    findings = attain.check_programme(folder)
    if not _has_errors(findings):
        plan = attain.read_programme(folder)
        try:
            book = attain.read_observations(folder, plan)
        except attain.Error as problem:
            findings += problem.findings
        else:
            findings += attain.check(plan, book)
            click.echo(f"{plan.id}: {len(plan.project_ids)} projects, {len(plan.target_ids)} targets, {len(book)} observations")
    for finding in findings:
        click.echo(str(finding))
    errors = sum(finding.severity == "error" for finding in findings)
    warnings = sum(finding.severity == "warning" for finding in findings)
    click.echo(f"{errors} errors, {warnings} warnings")
    if errors:
        raise click.exceptions.Exit(1)


@commands.command()
@click.argument("folder", type=_FOLDER)
@_AS_OF
@_KNOWN_AT
@_PLACE
@_METHOD
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True, help="How to print it.")
def evaluate(folder: str, as_of: str, known_at: str | None, place: str | None, method: tuple[str, ...], form: str) -> None:
    """Evaluates the programme of FOLDER as of a day.

    The table has a line for the programme, each project and each target; what was never reported stands at the end, by reason. JSON has all
    answers of all projects and targets, CSV those of the targets. With several methods the first is in front, and what they disagree about
    follows the table.
    """
    now = _evaluated(folder, as_of, known_at, method)
    _require_place(now, place)
    if form == "table":
        click.echo(text_table(now, place=place))
        if len(now.methods) > 1:
            click.echo(_disagreements(now))
    elif form == "json":
        click.echo(_json(now, place))
    else:
        click.echo(_csv(now.target_table(place=place)), nl=False)


@commands.command()
def methods() -> None:
    """Lists the methods that come with attain: where each is from, and whether it was checked against its publisher."""
    for method in attain.built_in_methods():
        click.echo(f"{method.reference}  {'verified' if method.verified else 'unverified'}")
        click.echo(f"    {method.source}")
        if method.caveat:
            click.echo(f"    {method.caveat}")


@commands.command()
@click.argument("folder", type=_FOLDER)
@click.argument("id")
@_AS_OF
@_KNOWN_AT
@_PLACE
def explain(folder: str, id: str, as_of: str, known_at: str | None, place: str | None) -> None:
    """Says how the answers of the target or project ID of FOLDER came about."""
    now = _evaluated(folder, as_of, known_at)
    _require_place(now, place)
    try:
        result = now.target(id, place) if id in now else now.project(id, place)
    except attain.UnknownId:
        known = {name: None for name in (*now.targets["target"].words, *now.projects["project"].words)}
        _unknown(id, "id", list(known), "ID")
    click.echo(result.explain().text, nl=False)


@commands.command()
@click.argument("folder", type=_FOLDER)
@click.option("--from", "start", required=True, metavar="DATE", help="The earlier as-of day.")
@click.option("--to", "end", required=True, metavar="DATE", help="The later as-of day.")
@click.option("--project", default="", metavar="ID", help="Of this project, instead of the whole.")
@_PLACE
@click.option("--language", type=click.Choice(["english", "chinese"]), default="english", show_default=True, help="Of the sentence.")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True, help="How to print it.")
def compare(folder: str, start: str, end: str, project: str, place: str | None, language: str, form: str) -> None:
    """Says why the programme of FOLDER, or a project of it, moved between two days."""
    before, after = _evaluated(folder, start, None, day_option="--from"), _evaluated(folder, end, None, day_option="--to")
    _require_place(after, place)
    try:
        change = attain.compare(before, after).change(project, place)
    except attain.UnknownId:
        _unknown(project, "project", list(after.projects["project"].words), "--project")
    if form == "table":
        sentence, _, rest = change_table_text(change, limit=None).partition("\n")
        click.echo(f"{change.sentence(language)}\n{rest}" if rest else sentence)
    elif form == "json":
        click.echo(_change_json(change))
    else:
        click.echo(_csv(change.parts), nl=False)


# -- parts -----------------------------------------------------------------------------------------


def _change_json(change: attain.Change) -> str:
    names = ("id", "name", "place", "before", "after", "change", "performance", "coverage", "rules", "plan")
    whole = {name: getattr(change, name) for name in names}
    return json.dumps({**whole, "sentence": change.sentence(), "parts": change.parts.rows()}, ensure_ascii=False, indent=1, default=str)


def _evaluated(
    folder: str, as_of: str, known_at: str | None, method: Sequence[str] = (), day_option: str = "--as-of"
) -> attain.Evaluation:
    days = {day_option: as_of, "--known-at": known_at}
    for option, day in days.items():
        if day is None:
            continue
        try:
            attain.parse_date(day)
        except attain.InvalidInput as problem:
            raise click.BadParameter(str(problem), param_hint=option) from None
    plan = attain.read_programme(folder)
    book = attain.read_observations(folder, plan)
    return attain.evaluate(plan, book, as_of=as_of, known_at=known_at, method=method or None)


def _disagreements(now: attain.Evaluation) -> str:
    differing = now.disagreements().rows()
    if not differing:
        return "The methods agree about every target."
    lines = ["The methods differ about:"]
    for row in differing:
        statuses = ", ".join(f"{name} {row[name] or 'no answer'}" for name in now.methods)
        lines.append(f"  {row['target']}: {statuses}")
    return "\n".join(lines)


def _has_errors(findings: Sequence[attain.Finding]) -> bool:
    return any(finding.severity == "error" for finding in findings)


def _require_place(now: attain.Evaluation, place: str | None) -> None:
    if place is not None and place not in now.plan.place_ids:
        _unknown(place, "place", now.plan.place_ids, "--place")


def _unknown(id: str, kind: str, known: Sequence[str], hint: str) -> NoReturn:
    from difflib import get_close_matches

    nearest = get_close_matches(id, known)
    meant = f" Did you mean {' or '.join(nearest)}?" if nearest else ""
    raise click.BadParameter(f"the programme has no {kind} {id!r}.{meant}", param_hint=hint)


def _json(now: attain.Evaluation, place: str | None) -> str:
    document = {
        "programme": getattr(now.plan, "id", None),
        "as_of": now.as_of,
        "known_at": now.known_at,
        "projects": now.project_table(place=place).rows(),
        "targets": now.target_table(place=place).rows(),
    }
    return json.dumps(document, ensure_ascii=False, indent=2, default=str)


def _csv(table: attain.Table) -> str:
    """The table as CSV; text that a spreadsheet would take for a formula gets a leading apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    columns = [[_csv_cell(value) for value in table[name]] for name in table.columns]
    writer.writerows(zip(*columns, strict=True))
    return text.getvalue()


def _csv_cell(value: Any) -> object:
    if isinstance(value, str) and value.lstrip("'").startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")):
        return "'" + value
    return value


# -- where the C++ side lies -----------------------------------------------------------------------


def _print_path(get: Any) -> Any:
    def callback(context: click.Context, parameter: click.Parameter, wanted: bool) -> None:
        if wanted:
            click.echo(get())
            context.exit()

    return callback


for _name, _get, _help in (
    ("--includes", attain.get_include, "Print the folder of the C++ headers."),
    ("--cmakedir", attain.get_cmake_dir, "Print the folder of the CMake package."),
):
    commands.params.append(
        click.Option([_name], is_flag=True, expose_value=False, is_eager=True, callback=_print_path(_get), help=_help)
    )


def run(arguments: Sequence[str]) -> int:
    """Runs the command line and returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = commands.main(args=list(arguments), prog_name="attain", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as problem:
        problem.show()
        return problem.exit_code
    except click.Abort:
        return 130
    except attain.Error as problem:
        click.echo(str(problem), err=True)
        return 1
    except OSError as problem:
        click.echo(f"error: {problem}", err=True)
        return 1
