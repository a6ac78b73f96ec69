"""Reads a template that an office has filled in."""

from __future__ import annotations

import datetime
import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from attain import _core
from attain.catalogue import Words
from attain.errors import Error, InvalidInput
from attain.excel import _layout as layout
from attain.excel import _tables as tables
from attain.excel._cells import Cell, Reader
from attain.excel._csv import COLUMNS, Rows, known_columns
from attain.excel._findings import Findings, refused
from attain.excel._sheets import Sheet, Sheets
from attain.excel._template import digest_of

_WRITTEN = tuple(name for name in COLUMNS if name not in ("start", "end", "form", "withdrawn", "source"))
_NEW_TEMPLATE = "a new template"


@dataclass
class Filled:
    """What a filled template says."""

    programme: str
    as_of: datetime.date
    rows: Rows
    asked: int
    """How many numbers the template asked for."""


def read(
    sheets: Sheets, plan: _core.Programme, found: Findings, *, recorded: datetime.date | None, author: str | None
) -> Filled:
    """Reads a filled template; every problem of its cells goes to ``found``.

    Raises
    ------
    InvalidInput
        It is no template, or one of another programme, or what attain wrote into it for itself was changed.
    """
    path = sheets.file
    about, asked = _read_machine(sheets)
    words = Words(about["language"])
    if about["programme"] != plan.id:
        raise refused(
            path, "unknown_id", "the template was made for another programme", text=about["programme"], expected=plan.id
        )
    sheet = sheets.find(words("template_sheet"))
    if sheet is None:
        raise refused(
            path,
            "missing_field",
            "the sheet that was to be filled in is not there",
            expected=f"a sheet named {words('template_sheet')}",
        )
    if about["digest"] != digest_of(plan):
        message = "the programme has changed since the template was made; its rows are checked against the programme as it is now"
        found.add("unused_field", message, layout.MACHINE_SHEET, severity="warning", expected=_NEW_TEMPLATE)
    reader = _FilledReader(sheet, words, Reader(sheet.name, found, is_1904=sheets.is_1904), found)
    rows = reader.read(about, asked, recorded, author)
    return Filled(about["programme"], _core.to_date(about["as_of"]), rows, len(asked))


def _read_machine(sheets: Sheets) -> tuple[Mapping[str, Any], dict[str, Mapping[str, Any]]]:
    """What attain wrote for itself: about the template, and about each row by its key."""
    sheet = sheets.find(layout.MACHINE_SHEET)
    if sheet is None:
        expected = f"a workbook made by attain template, or one with a sheet {tables.OBSERVATIONS} and the headings {known_columns()}"
        raise refused(sheets.file, "missing_field", "this is no template of attain", expected=expected)
    texts = [row[1].text for _, row in sorted(sheet.rows.items()) if 1 in row]
    try:
        about = json.loads(texts[0])
        if about["format"] != layout.FORMAT:
            message = "the template is of another version of attain"
            raise refused(
                sheets.file, "unknown_field", message, layout.MACHINE_SHEET, text=str(about["format"]), expected=layout.FORMAT
            )
        rows = [json.loads(text) for text in texts[1:-1]]
        is_whole = layout.checksum(texts[:-1]) == texts[-1] and len(rows) == about["rows"]
        if not (is_whole and _is_about(about) and all(map(_is_row, rows))):
            raise ValueError
        return about, {row["key"]: row for row in rows}
    except InvalidInput:
        raise
    except (Error, ValueError, LookupError, TypeError, RecursionError):
        message = "what attain wrote into the template for itself was changed"
        raise refused(sheets.file, "malformed", message, layout.MACHINE_SHEET, expected="the template as it was made") from None


def _is_about(about: Mapping[str, Any]) -> bool:
    """Whether what is said of the template has the types that attain writes: a checksum can be made anew by anybody."""
    texts = [about[name] for name in ("programme", "digest", "as_of", "language")]
    return (
        all(isinstance(text, str) for text in texts)
        and bool(_core.to_date(about["as_of"]))
        and bool(_core.language_word(about["language"]))
    )


def _is_row(row: Mapping[str, Any]) -> bool:
    shown, observation = row["shown"], row["observation"]
    return (
        isinstance(row["key"], str)
        and isinstance(shown, dict)
        and isinstance(observation, dict)
        and set(shown) <= set(layout.COLUMNS) - set(layout.FILLED)
        and all(isinstance(value, (str, float, int)) for value in shown.values())
        and set(observation) <= set(_WRITTEN)
        and all(isinstance(text, str) for text in observation.values())
    )


class _FilledReader:
    def __init__(self, sheet: Sheet, words: Words, reader: Reader, found: Findings) -> None:
        self._sheet = sheet
        self._words = words
        self._reader = reader
        self._found = found

    def read(
        self, about: Mapping[str, Any], asked: Mapping[str, Mapping[str, Any]], recorded: datetime.date | None, author: str | None
    ) -> Rows:
        rows = Rows(_WRITTEN)
        if not self._check_header():
            return rows
        filled = self._rows_by_key(asked)
        any_filled = any(self._is_filled(row) for row in filled.values())
        day, day_place = self._recorded(recorded, needed=any_filled)
        by, by_place = (author, "") if author is not None else self._author()
        for key, what in asked.items():
            if key not in filled:
                self._found.add(
                    "missing_field",
                    "a row of the template is not there",
                    self._sheet.name,
                    text=key,
                    expected="every row, empty or filled",
                )
                continue
            row = filled[key]
            self._check_shown(row, what["shown"])
            self._check_hidden(row)
            if not self._is_filled(row):
                continue
            texts = {**what["observation"], **self._texts(row, what), "recorded": day, "author": by}
            texts["key"] = f"{about['as_of']} {key}"
            rows.add(texts, functools.partial(self._place_of, row, {"recorded": day_place, "author": by_place}))
        return rows

    # -- the sheet as it was made ------------------------------------------------------------------

    def _check_header(self) -> bool:
        wanted = {layout.FIRST_COLUMN: layout.KEY_HEADER} | {
            layout.column_of(name): heading for name, heading in layout.headings(self._words).items()
        }
        before = self._found.has_errors
        for column, text in wanted.items():
            cell = self._sheet.cell(layout.HEADER_ROW, column)
            if cell is None or cell.text != text:
                place = self._reader.place(layout.HEADER_ROW, column)
                self._found.add(
                    "conflicting_fields", "the heading was changed or moved", place, text=cell.text if cell else "", expected=text
                )
        return before or not self._found.has_errors

    def _rows_by_key(self, asked: Mapping[str, object]) -> dict[str, int]:
        rows: dict[str, int] = {}
        for number in sorted(self._sheet.rows):
            if number <= layout.HEADER_ROW:
                continue
            cell = self._sheet.cell(number, layout.FIRST_COLUMN)
            place = self._reader.place(number, layout.FIRST_COLUMN)
            if cell is None or cell.text not in asked:
                text = cell.text if cell else ""
                if cell is not None or any(column <= layout.column_of(layout.COLUMNS[-1]) for column in self._sheet.rows[number]):
                    place = place if cell is not None else self._place(number, "targets")
                    self._found.add(
                        "unknown_id",
                        "the template did not have this row",
                        place,
                        text=text,
                        expected="the rows of the template only",
                    )
            elif cell.text in rows:
                first = self._reader.place(rows[cell.text], layout.FIRST_COLUMN)
                message = f"the row is there twice, first at {first}"
                self._found.add("duplicate_id", message, place, text=cell.text, expected="each row once")
            else:
                rows[cell.text] = number
        return rows

    def _check_shown(self, row: int, shown: Mapping[str, Any]) -> None:
        """What the template showed must still be there, or the office answered another question."""
        for name, value in shown.items():
            cell = self._sheet.cell(row, layout.column_of(name))
            if not _is_same(cell, value):
                merged = self._sheet.merged_range_of(row, layout.column_of(name))
                message = f"the cell was merged into {merged}" if merged else "a protected cell was changed"
                expected = str(value) if value != "" else "an empty cell"
                self._found.add(
                    "conflicting_fields", message, self._place(row, name), text=cell.text if cell else "", expected=expected
                )

    def _check_hidden(self, row: int) -> None:
        """Hidden rows and columns count, and are named: somebody may not have seen what is in them."""
        hidden = [
            name for name in layout.FILLED if self._sheet.column_is_hidden(layout.column_of(name)) and self._cell(row, name)
        ]
        if row in self._sheet.hidden_rows and self._is_filled(row):
            self._found.add(
                "unused_field", "the row is hidden and filled in; it counts", self._place(row, "targets"), severity="warning"
            )
        for name in hidden:
            self._found.add(
                "unused_field", "the column is hidden and filled in; it counts", self._place(row, name), severity="warning"
            )

    # -- what was filled in ------------------------------------------------------------------------

    def _recorded(self, given: datetime.date | None, *, needed: bool) -> tuple[str, str]:
        place = self._reader.place(layout.RECORDED_ROW, layout.FILL_COLUMN)
        if given is not None:
            return given.isoformat(), ""
        day = self._reader.day(self._sheet.cell(layout.RECORDED_ROW, layout.FILL_COLUMN))
        if needed and not day and not self._found.has(place):
            self._found.add(
                "missing_field",
                "the day of the report is not filled in",
                place,
                expected="a date such as 2021-10-08",
            )
        return day, place

    def _author(self) -> tuple[str, str]:
        place = self._reader.place(layout.AUTHOR_ROW, layout.FILL_COLUMN)
        return self._reader.words(self._sheet.cell(layout.AUTHOR_ROW, layout.FILL_COLUMN)), place

    def _texts(self, row: int, what: Mapping[str, Any]) -> dict[str, str]:
        for name in layout.FILLED:
            merged = self._sheet.merged_range_of(row, layout.column_of(name))
            if merged:
                message = f"the cell is merged into {merged}: it is not clear which row its value is for"
                self._found.add("malformed", message, self._place(row, name), expected="cells that are not merged")
        amount = self._reader.amount(self._cell(row, "amount")).strip()
        if what["observation"].get("step"):
            amount = layout.step_of(amount)
        missing = self._reader.words(self._cell(row, "missing")).strip()
        return {
            "amount": amount,
            "missing": layout.reason_of(missing),
            "note": self._reader.words(self._cell(row, "note")),
            "evidence": self._reader.words(self._cell(row, "evidence")),
        }

    def _is_filled(self, row: int) -> bool:
        cells = (self._cell(row, name) for name in layout.FILLED)
        return any(cell is not None and (cell.kind != "text" or cell.is_formula or cell.text.strip()) for cell in cells)

    def _cell(self, row: int, name: str) -> Cell | None:
        return self._sheet.cell(row, layout.column_of(name))

    def _place_of(self, row: int, above: Mapping[str, str], column: str) -> str:
        """The cell of a column of observations.csv: above the table, in the row, or that of the target for what the row asks."""
        return above.get(column) or self._place(row, column if column in layout.FILLED else "targets")

    def _place(self, row: int, name: str) -> str:
        return self._reader.place(row, layout.column_of(name))


def _is_same(cell: Cell | None, value: str | float) -> bool:
    if isinstance(value, str):
        return (
            cell.text if cell is not None and cell.kind == "text" and not cell.is_formula else "" if cell is None else None
        ) == value
    if cell is None or cell.kind not in ("number", "text") or cell.is_formula:
        return False
    try:
        return _core.parse_number(cell.text.replace("E", "e")) == value
    except InvalidInput:
        return False
