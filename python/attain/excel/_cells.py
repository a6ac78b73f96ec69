"""Cells of a sheet, and what stands in them as text for attain's own readers.

A cell keeps what the file says: its type, its text, whether a formula made it and how it is shown. Numbers, days and ids become
text here and are read by the same readers as the CSV's. Nothing is guessed: an error value, a formula without a result, a day
where an amount belongs are problems of that cell.
"""

from __future__ import annotations

import datetime
import functools
import math
import re
from decimal import Decimal
from typing import NamedTuple

from attain import _core
from attain.errors import InvalidInput
from attain.excel._findings import Findings

_EXCEL_EPOCH = datetime.date(1899, 12, 30)
_EXCEL_EPOCH_BEFORE_MARCH_1900 = datetime.date(1899, 12, 31)
_MAC_EPOCH = datetime.date(1904, 1, 1)
_NO_SUCH_DAY = 60
"""The serial of 29 February 1900, which Excel counts and no calendar has."""


_CELL_NAME = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})", re.ASCII)


class Cell(NamedTuple):
    """What the file says of one cell."""

    row: int
    column: int
    kind: str
    """``text``, ``number``, ``truth``, ``error``, ``iso_day``, or ``empty`` for a formula without a result."""
    text: str
    is_formula: bool = False
    form: str = ""
    """How a number is shown, as far as it matters: ``day``, ``percent`` or nothing."""

    @property
    def name(self) -> str:
        """``D7``"""
        return cell_name(self.row, self.column)


class Reader:
    """Gives the text of cells of one sheet, and notes what cannot be one."""

    def __init__(self, sheet: str, found: Findings, *, is_1904: bool) -> None:
        self.sheet = sheet
        self.found = found
        self._is_1904 = is_1904

    def place(self, row: int, column: int) -> str:
        """``Sheet!D7``, for findings."""
        return f"{self.sheet}!{cell_name(row, column)}"

    def amount(self, cell: Cell | None) -> str:
        """For the number parser: ``12.5``, ``91%``, or the text as it was typed."""
        if cell is None or not self._has_value(cell):
            return ""
        if cell.kind == "text":
            return cell.text
        if cell.kind != "number" or cell.form == "day":
            return self._refuse(
                cell, "wrong_type", "a day stands where an amount belongs", "an amount, in a cell that is not shown as a date"
            )
        return self._percent(cell) if cell.form == "percent" else self._plain(cell)

    def day(self, cell: Cell | None) -> str:
        """For the date parser: the day of a date cell in ISO form, or the text as it was typed."""
        if cell is None or not self._has_value(cell):
            return ""
        if cell.kind == "text":
            return cell.text
        if cell.kind == "iso_day":
            return cell.text.removesuffix("T00:00:00")
        if cell.form != "day":
            return self._refuse(
                cell, "wrong_type", "a plain number stands where a day belongs", "a date, or text such as 2021-06-30"
            )
        return self._day_of_serial(cell)

    def period(self, cell: Cell | None) -> str:
        """For the period parser. A date cell is refused: a spreadsheet makes one of 2021-06, and the day it adds is not meant."""
        if cell is None or not self._has_value(cell):
            return ""
        if cell.kind == "text":
            return cell.text
        if cell.kind != "number" or cell.form == "day":
            message = "the spreadsheet made a day of the period"
            return self._refuse(cell, "wrong_type", message, "a cell formatted as text, such as 2021-06")
        return self._plain(cell)

    def id(self, cell: Cell | None) -> str:
        """For ids: text, or a whole number. A broken number is refused, since 22.10 would have become 22.1."""
        if cell is None or not self._has_value(cell):
            return ""
        if cell.kind == "text":
            return cell.text
        text = self._plain(cell) if cell.kind == "number" and not cell.form else ""
        if not text.removeprefix("-").isdecimal():
            return self._refuse(
                cell, "wrong_type", "the spreadsheet made a number or a day of the text", "a cell formatted as text"
            )
        return text

    def words(self, cell: Cell | None) -> str:
        """For text that people read: what stands there, a number in its shortest form."""
        if cell is None or not self._has_value(cell):
            return ""
        if cell.kind == "number":
            if cell.form == "day":
                return self._day_of_serial(cell)
            return self._percent(cell) if cell.form == "percent" else self._plain(cell)
        return cell.text

    def flag(self, cell: Cell | None, yes: tuple[str, ...], no: tuple[str, ...]) -> bool | None:
        """Yes or no: a truth value, or one of these words."""
        if cell is None:
            return None
        if cell.kind == "truth":
            return cell.text == "1"
        text = self.words(cell).strip().lower()
        if text in yes or text in no:
            return text in yes
        if text:
            self._refuse(cell, "malformed", "this is neither yes nor no", "true or false")
        return None

    # -- parts -------------------------------------------------------------------------------------

    def _refuse(self, cell: Cell, code: str, message: str, expected: str) -> str:
        self.found.add(code, message, self.place(cell.row, cell.column), text=cell.text, expected=expected)
        return ""

    def _has_value(self, cell: Cell) -> bool:
        if cell.kind == "error":
            self._refuse(cell, "wrong_type", "the cell holds an error of the spreadsheet", "a value")
        elif cell.kind == "truth":
            self._refuse(cell, "wrong_type", "the cell holds true or false", "a number or text")
        elif cell.kind == "empty" and cell.is_formula:
            message = "the formula has no stored result"
            self._refuse(
                cell, "missing_field", message, "a value, or a workbook that a spreadsheet programme has calculated and saved"
            )
        return cell.kind in ("text", "number", "iso_day")

    def _number(self, cell: Cell) -> float | None:
        try:
            return _core.parse_number(cell.text.replace("E", "e"))
        except InvalidInput as problem:
            self._refuse(cell, problem.code, problem.findings[0].message, "a number")
            return None

    def _plain(self, cell: Cell) -> str:
        number = self._number(cell)
        return "" if number is None else _core.number_text(number)

    def _percent(self, cell: Cell) -> str:
        """What the cell shows: 0.91 shown in percent is 91%. The point is moved in decimal, so no digit changes."""
        text = self._plain(cell)
        return f"{Decimal(text).scaleb(2):f}%" if text else ""

    def _day_of_serial(self, cell: Cell) -> str:
        serial = self._number(cell)
        if serial is None:
            return ""
        if serial != math.floor(serial):
            return self._refuse(cell, "malformed_date", "a time of the day is not a day", "a date without a time")
        if not self._is_1904 and serial == _NO_SUCH_DAY:
            return self._refuse(cell, "malformed_date", "there was no 29 February 1900", "a day that exists")
        epoch = _MAC_EPOCH if self._is_1904 else _EXCEL_EPOCH if serial > _NO_SUCH_DAY else _EXCEL_EPOCH_BEFORE_MARCH_1900
        if serial < (0 if self._is_1904 else 1):
            return self._refuse(
                cell, "out_of_range", "the spreadsheet's calendar begins later", f"a day from {epoch.isoformat()}"
            )
        try:
            return (epoch + datetime.timedelta(days=serial)).isoformat()
        except OverflowError:
            return self._refuse(cell, "out_of_range", "the day lies beyond the year 9999", "a day before 9999-12-31")


@functools.cache
def column_name(column: int) -> str:
    """1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def cell_name(row: int, column: int) -> str:
    """``D7``"""
    return f"{column_name(column)}{row}"


def cell_position(name: str) -> tuple[int, int] | None:
    """Row and column of ``D7`` or ``$D$7``, both from 1; None if it is no name of a cell."""
    matched = _CELL_NAME.fullmatch(name)
    return (int(matched[2]), _column_number(matched[1])) if matched else None


@functools.cache
def _column_number(letters: str) -> int:
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - ord("A") + 1
    return column
