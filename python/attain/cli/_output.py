"""What the commands print: tables as CSV, JSON, and findings. Colours appear on a terminal only, and not if NO_COLOR is set."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sys
from collections.abc import Sequence

import click

import attain
from attain._formula_guard import guarded
from attain.catalogue import Words

_COLOURS = {"error": "red", "warning": "yellow", "note": "blue"}


def width() -> int | None:
    """Columns of the terminal that is printed to; None where it is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def to_json(document: object) -> str:
    """A document as JSON text; days and words become text."""
    return json.dumps(document, ensure_ascii=False, indent=2, default=str)


def to_csv(table: attain.Table) -> str:
    """The table as CSV; text that a spreadsheet would take for a formula gets a leading apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    columns = [[guarded(value) if isinstance(value, str) else value for value in table[name]] for name in table.columns]
    writer.writerows(zip(*columns, strict=True))
    return text.getvalue()


def echo_findings(findings: Sequence[attain.Finding], words: Words) -> None:
    """One line for each finding, with its severity in colour, and how many there are of each."""
    for finding in findings:
        click.echo(finding_text(finding, words))
    click.echo(words("said_counts", errors=count(findings, "error"), warnings=count(findings, "warning")))


def finding_text(finding: attain.Finding, words: Words) -> str:
    """One line, with the severity in its colour."""
    severity, rest = re.fullmatch(r"(\w+)(.*)", words.sentence(finding), re.DOTALL).groups()  # type: ignore[union-attr]
    return click.style(severity, fg=_COLOURS[str(finding.severity)]) + rest


def findings_as_rows(findings: Sequence[attain.Finding]) -> list[dict[str, str]]:
    """Findings as dictionaries, for JSON."""
    names = ("severity", "code", "where", "text", "expected", "message")
    return [{name: str(getattr(finding, name)) for name in names} for finding in findings]


def count(findings: Sequence[attain.Finding], severity: str) -> int:
    """How many findings have this severity."""
    return sum(finding.severity == severity for finding in findings)
