"""What everything that is written to a workbook goes through: text stays text, and nothing is cut off in silence."""

from __future__ import annotations

import datetime
import io
import re
from types import TracebackType
from typing import Any

from attain import _core
from attain._atomic import write_atomically
from attain.errors import needs
from attain.excel._cells import cell_name
from attain.excel._findings import refused

MAX_TEXT = 32_767
"""Characters of a cell, in the UTF-16 units that Excel counts."""

_FIRST_DAY = datetime.date(1900, 3, 1)
"""Of those before it, Excel counts one that never was."""

_LIBRARY = "XlsxWriter"
_OVERLAPPING = re.compile("_x[0-9a-fA-F]{4}_x[0-9a-fA-F]{4}_")
"""Text that looks like two escapes sharing an underscore, of which the library escapes the first only."""


class Writer:
    """An .xlsx file that is being made. It is put in its place when the block ends without an error.

    Text is written as text, whatever it begins with: no formula and no link is ever made. Characters that XML cannot hold are
    escaped in the format's own way. The same contents give the same bytes.
    """

    def __init__(self, path: str, *, day: datetime.date, title: str = "") -> None:
        with needs("xlsxwriter", "excel"):
            import xlsxwriter
        self.path = path
        self._bytes = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.book: Any = xlsxwriter.Workbook(self._bytes, options)
        # A fixed time instead of the clock's; the library writes no other.
        about = {"title": title} if title else {}
        self.book.set_properties(
            {**about, "created": datetime.datetime(day.year, day.month, day.day), "comments": f"attain {_core.__version__}"}
        )

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None:
            self.book.close()
            write_atomically(self.path, self._bytes.getvalue())

    def add_sheet(self, name: str) -> Any:
        """A new sheet."""
        return self.book.add_worksheet(name)

    def text(self, sheet: Any, row: int, column: int, text: str, form: Any = None) -> None:
        """Writes text to a cell; rows and columns are counted from 1."""
        if len(text.encode("utf-16-le")) // 2 > MAX_TEXT:
            place = f"{sheet.get_name()}!{cell_name(row, column)}"
            raise refused(
                self.path,
                "too_large",
                "the text is too long for a cell",
                place,
                text=text,
                expected=f"at most {MAX_TEXT:,} characters",
            )
        if _OVERLAPPING.search(text):
            place = f"{sheet.get_name()}!{cell_name(row, column)}"
            message = f"{_LIBRARY} would write another text: it holds two overlapping escapes of the format"
            raise refused(self.path, "malformed", message, place, text=text, expected="text without the likes of _x0041_x0042_")
        sheet.write_string(row - 1, column - 1, text, form)

    def number(self, sheet: Any, row: int, column: int, number: float, form: Any = None) -> None:
        """Writes a number to a cell; as text if the library, which writes 16 digits, would make another number of it."""
        if float(f"{number:.16G}") == number:
            sheet.write_number(row - 1, column - 1, number, form)
        else:
            self.text(sheet, row, column, _core.number_text(number), form)

    def computed(self, sheet: Any, row: int, column: int, number: float, form: Any = None) -> None:
        """Writes a number that was computed, of which 16 digits are enough: always as a number."""
        sheet.write_number(row - 1, column - 1, number, form)

    def day(self, sheet: Any, row: int, column: int, day: datetime.date, form: Any) -> None:
        """Writes a day to a cell; one that the calendar of Excel does not have as text."""
        if day < _FIRST_DAY:
            self.text(sheet, row, column, day.isoformat(), form)
        else:
            sheet.write_datetime(row - 1, column - 1, datetime.datetime(day.year, day.month, day.day), form)

    def blank(self, sheet: Any, row: int, column: int, form: Any) -> None:
        """Writes an empty cell with its format."""
        sheet.write_blank(row - 1, column - 1, None, form)
