"""Workbooks: templates that reporting offices fill in, and what comes back.

    import attain

    plan = attain.read_programme("examples/counties-lesson")
    book = attain.read_observations("examples/counties-lesson", plan)

    attain.excel.write_template("report.xlsx", plan, book, as_of="2021-10-31")
    attain.excel.import_template("report.xlsx", "examples/counties-lesson", dry_run=True)

Writing needs XlsxWriter (``pip install 'attain[excel]'``), reading needs nothing else. docs/excel.md is the page for offices.
"""

from __future__ import annotations

import datetime
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from attain import _core
from attain._atomic import locked
from attain._evaluate import Progress
from attain._files import StrPath, is_workbook, read_programme
from attain.errors import InvalidOption
from attain.excel._due import Due

if TYPE_CHECKING:
    from attain.excel._csv import Rows
    from attain.excel._findings import Findings

__all__ = ["Due", "Imported", "find_due", "import_template", "read_template", "write_template", "write_workbook"]

Day = datetime.date | str


@dataclass(frozen=True)
class Imported:
    """What importing a filled template did, or would do."""

    file: str
    """The workbook or CSV file."""
    added: int
    """Observations that are new."""
    already_there: int
    """Observations that were imported before."""
    not_filled: int
    """Rows that the office left empty."""
    warnings: list[_core.Finding] = field(default_factory=list)
    """What a person should look at, of the file and of the amounts that are new in it; none of it refuses the import."""


def find_due(
    plan: _core.Programme,
    book: _core.Ledger,
    *,
    as_of: Day,
    place: str | None = None,
    responsible: str | None = None,
    latest_only: bool = False,
) -> list[Due]:
    """The numbers that are due to report by the close of a day and that nobody has reported yet.

    Parameters
    ----------
    place
        Only of this place and those in it.
    responsible
        Only of projects for which this unit is responsible.
    latest_only
        Only the latest period of each number, not earlier ones that were never reported.
    """
    from attain.excel import _due

    return _due.find_due(plan, book, _core.to_date(as_of), place=place, responsible=responsible, latest_only=latest_only)


def write_template(
    path: StrPath,
    plan: _core.Programme,
    book: _core.Ledger | None = None,
    *,
    as_of: Day,
    place: str | None = None,
    responsible: str | None = None,
    latest_only: bool = False,
    language: str = "en",
) -> int:
    """Writes a workbook for a reporting office: one row for each number of :func:`find_due`, with a cell to fill in.

    Parameters
    ----------
    language
        Of what people read: "en" or "zh".

    Returns
    -------
    int
        How many numbers it asks for.
    """
    from attain.catalogue import Words
    from attain.excel import _due, _template

    day = _core.to_date(as_of)
    known = book if book is not None else _core.Ledger()
    due = _due.find_due(plan, known, day, place=place, responsible=responsible, latest_only=latest_only)
    _template.write(os.fspath(path), plan, due, day, Words(language))
    return len(due)


def write_workbook(path: StrPath, plan: _core.Programme, book: _core.Ledger | None = None) -> None:
    """Writes a programme and its observations as one workbook, for people who live in a spreadsheet.

    ``attain.read_programme`` and ``attain.read_observations`` read it back, and every command takes it in place of a folder.
    Amounts stand in the units of the indicators.
    """
    from attain.excel import _workbook_writer

    _workbook_writer.write(os.fspath(path), plan, book)


def read_template(
    path: StrPath, plan: _core.Programme, *, recorded: Day | None = None, author: str | None = None
) -> _core.Ledger:
    """The observations of a filled template.

    Parameters
    ----------
    recorded, author
        When and by whom it was reported; otherwise what the office filled in above the table.

    Raises
    ------
    InvalidInput
        Every problem is in ``findings``, with sheet and cell.
    """
    from attain.excel import _filled, _findings
    from attain.excel._sheets import read_sheets

    found = _findings.Findings(os.fspath(path))
    filled = _filled.read(read_sheets(found.file), plan, found, recorded=None if recorded is None else _core.to_date(recorded), author=author)
    book = filled.rows.read(plan, found)
    found.raise_errors()
    return book if book is not None else _core.Ledger()


def import_template(
    path: StrPath,
    folder: StrPath,
    *,
    recorded: Day | None = None,
    author: str | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Imported:
    """Appends the observations of a filled template to the ``observations.csv`` of a programme folder.

    All or nothing: if anything is wrong, nothing is written. Importing the same file again adds nothing. Rows that an office keeps itself do as
    well: a CSV file, or a workbook with a sheet of observations, in the columns of ``observations.csv`` by their English or Chinese names.

    Parameters
    ----------
    recorded, author
        When and by whom it was reported; otherwise what the office filled in above the table, or in its rows.
    dry_run
        Check everything and write nothing.
    progress
        Is called while the observations that are there are read, and once more with those that are added (:func:`attain.read_observations`).
        What it raises stops the import; nothing is written then.

    Raises
    ------
    InvalidInput
        Every problem is in ``findings``, with sheet and cell, or with line and column.
    LedgerConflict
        The same row of the same template was imported before with another content.
    """
    from attain.excel import _append, _findings

    if is_workbook(folder):
        finding = _core.Finding(
            code="invalid_option",
            message="reports are imported into a programme folder only",
            where="folder",
            text=os.fspath(folder),
            expected="a folder with programme.json",
        )
        raise InvalidOption(str(finding), (finding,))
    plan = read_programme(folder)
    found = _findings.Findings(os.fspath(path))
    rows, asked = _rows_to_import(plan, found, None if recorded is None else _core.to_date(recorded), author)
    rows.read(plan, found)
    found.raise_errors()
    target = (
        os.path.join(folder, "observations.csv")
        if os.path.isdir(folder)
        else os.path.join(os.path.dirname(folder), "observations.csv")
    )
    with locked(os.path.dirname(os.path.abspath(target))):
        done = _append.append(target, plan, rows, found, dry_run=dry_run, progress=progress)
    return Imported(found.file, done.added, done.already_there, asked - len(rows), [*found.listed, *done.doubts])


def _rows_to_import(
    plan: _core.Programme, found: Findings, recorded: datetime.date | None, author: str | None
) -> tuple[Rows, int]:
    """The rows of the file that ``found`` is about, and how many numbers it asked for: all that it has, if it is no template."""
    from attain.excel import _filled, _layout, _plain
    from attain.excel._sheets import read_sheets

    said = {"recorded": recorded.isoformat() if recorded is not None else "", "author": author or ""}
    said = {name: text for name, text in said.items() if text}
    if found.file.lower().endswith(".csv"):
        rows = _plain.of_csv(found.file, plan, said)
        return rows, len(rows)
    sheets = read_sheets(found.file)
    if sheets.find(_layout.MACHINE_SHEET) is None and _plain.has_rows(sheets):
        rows = _plain.of_sheet(sheets, found, said)
        return rows, len(rows)
    filled = _filled.read(sheets, plan, found, recorded=recorded, author=author)
    return filled.rows, filled.asked
