"""The sheets of a workbook: cells with their formulas and results, merged ranges, hidden rows and columns, the date system.

This reads the file itself, in one pass over each sheet, because what an import must know is lost elsewhere: openpyxl 3.1 takes
``x005F_`` out of text, reads the serial 60 as 28 February 1900 and gives either formulas or results. What is read is what
ECMA-376 part 1 calls SpreadsheetML, transitional or strict; styles are read as far as they tell days and percentages from
numbers.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from attain.excel._cells import Cell, cell_name, cell_position
from attain.excel._findings import refused
from attain.excel._package import Package

LAST_ROW = 1_048_576
"""The last row that Excel has."""
LAST_COLUMN = 16_384
MAX_CELLS = 1_000_000
"""Filled cells of a workbook that are read; one takes about 300 bytes of memory."""

_KINDS = {"n": "number", "s": "text", "str": "text", "inlineStr": "text", "b": "truth", "e": "error", "d": "iso_day"}
_BUILT_IN_DAYS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_BUILT_IN_PERCENTAGES = {9, 10}
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_ESCAPED = re.compile(r"(?:_x[0-9A-Fa-f]{4}_)+")
_WORKBOOK_TYPE = "/officeDocument"


@dataclass
class Sheet:
    """What one sheet holds."""

    name: str
    is_hidden: bool = False
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    """Filled cells by row and column, both from 1; a row that is not here is empty."""
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First row, first column, last row, last column."""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell, or None if nothing is in it."""
        return self.rows.get(row, {}).get(column)

    def column_is_hidden(self, column: int) -> bool:
        """Whether the column cannot be seen."""
        return any(first <= column <= last for first, last in self.hidden_columns)

    def merged_range_of(self, row: int, column: int) -> str:
        """``B2:C3`` if the cell is part of a merged range, otherwise nothing."""
        for top, left, bottom, right in self.merged:
            if top <= row <= bottom and left <= column <= right:
                return f"{cell_name(top, left)}:{cell_name(bottom, right)}"
        return ""


@dataclass
class Sheets:
    """A workbook: its sheets in their order."""

    file: str
    is_1904: bool
    sheets: list[Sheet]

    def find(self, name: str) -> Sheet | None:
        """The sheet of that name, or None."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)

    def __iter__(self) -> Iterator[Sheet]:
        return iter(self.sheets)


def read_sheets(path: str, *, only: tuple[str, ...] | None = None) -> Sheets:
    """All sheets of an .xlsx file, or those that are named.

    Raises
    ------
    InvalidInput
        The file is no workbook, is damaged, or is larger than what is read; see :mod:`attain.excel._package`. A sheet that is
        full to its last row is refused, too: what did not fit may have been cut off.
    """
    package = Package(path)
    workbook_part = _find_workbook(package)
    listed, is_1904 = _sheets_of(package, workbook_part)
    relations = _relations_of(package, workbook_part)
    part_of = {kind: target for kind, target, _ in relations.values() if kind in ("sharedStrings", "styles")}
    strings = _strings_of(package, part_of.get("sharedStrings"))
    forms = _forms_of(package, part_of.get("styles"))
    sheets = []
    left = MAX_CELLS
    for name, relation, is_hidden in listed:
        if only is not None and name not in only:
            continue
        kind, target, is_outside = relations.get(relation, ("", "", False))
        if kind != "worksheet" or is_outside:
            if only is None and kind in ("chartsheet", "dialogsheet"):
                continue
            raise refused(
                path,
                "malformed",
                "the workbook lists a sheet that it does not have",
                text=name,
                expected="a whole workbook, .xlsx",
            )
        sheet = Sheet(name, is_hidden)
        left -= _SheetReader(package, target, sheet, strings, forms).read(left)
        sheets.append(sheet)
    return Sheets(path, is_1904, sheets)


# -- the parts around the sheets -------------------------------------------------------------------


def _find_workbook(package: Package) -> str:
    for kind, target, _ in _relations_of(package, "").values():
        if kind == "officeDocument":
            return target
    raise refused(package.file, "malformed", "the package holds no workbook", "_rels/.rels", expected="a workbook, .xlsx")


def _relations_of(package: Package, part: str) -> dict[str, tuple[str, str, bool]]:
    """By id: the kind, the part, and whether it lies outside the package."""
    folder, _, name = part.rpartition("/")
    file = posixpath.join(folder, "_rels", f"{name}.rels")
    relations: dict[str, tuple[str, str, bool]] = {}

    def start(element: str, attributes: Mapping[str, str]) -> None:
        if element == "Relationship":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            kind = attributes.get("Type", "").rpartition("/")[2]
            relations[attributes.get("Id", "")] = (kind, target, attributes.get("TargetMode") == "External")

    package.scan(file, start)
    return relations


def _sheets_of(package: Package, part: str) -> tuple[list[tuple[str, str, bool]], bool]:
    """Name, relation and hiddenness of each sheet; and whether days are counted from 1904."""
    sheets: list[tuple[str, str, bool]] = []
    is_1904 = False

    def start(element: str, attributes: Mapping[str, str]) -> None:
        nonlocal is_1904
        if element == "sheet":
            relation = next((value for name, value in attributes.items() if name.endswith(" id")), "")
            sheets.append((attributes.get("name", ""), relation, attributes.get("state", "visible") != "visible"))
        elif element == "workbookPr":
            is_1904 = attributes.get("date1904", "0") in ("1", "true")

    package.scan(part, start)
    names = [name for name, _, _ in sheets]
    for name in names:
        if names.count(name) > 1:
            raise refused(package.file, "duplicate_id", "two sheets have one name", text=name, expected="each name once")
    return sheets, is_1904


def _strings_of(package: Package, part: str | None) -> list[str]:
    """The shared strings; phonetic readings are no part of the text."""
    strings: list[str] = []
    if part is None:
        return strings
    pieces: list[str] = []
    state = {"in_text": False, "phonetic": 0}

    def start(element: str, attributes: Mapping[str, str]) -> None:
        if element == "si":
            pieces.clear()
        elif element == "rPh":
            state["phonetic"] += 1
        elif element == "t":
            state["in_text"] = not state["phonetic"]

    def end(element: str) -> None:
        if element == "si":
            strings.append(unescape("".join(pieces)))
        elif element == "rPh":
            state["phonetic"] -= 1
        elif element == "t":
            state["in_text"] = False

    def text(characters: str) -> None:
        if state["in_text"]:
            pieces.append(characters)

    package.scan(part, start, end, text)
    return strings


def _forms_of(package: Package, part: str | None) -> list[str]:
    """How numbers of each cell style are shown: ``day``, ``percent`` or nothing."""
    if part is None:
        return []
    codes: dict[str, str] = {}
    used: list[str] = []
    inside = False

    def start(element: str, attributes: Mapping[str, str]) -> None:
        nonlocal inside
        if element == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif element == "cellXfs":
            inside = True
        elif element == "xf" and inside:
            used.append(attributes.get("numFmtId", "0"))

    def end(element: str) -> None:
        nonlocal inside
        if element == "cellXfs":
            inside = False

    package.scan(part, start, end)
    return [_form_of(number, codes.get(number)) for number in used]


def _form_of(number: str, code: str | None) -> str:
    if code is None:
        known = int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else 0
        return "day" if known in _BUILT_IN_DAYS else "percent" if known in _BUILT_IN_PERCENTAGES else ""
    shown = _NOT_SHOWN.sub("", code.partition(";")[0])
    if any(letter in shown.lower() for letter in "ymdhs") and "general" not in shown.lower():
        return "day"
    return "percent" if "%" in shown else ""


def unescape(text: str) -> str:
    """Text as it is meant.

    ``_x000D_`` is how the format writes a character that XML cannot hold, ``_x005F_`` the underscore of such a text that is meant
    literally.
    """

    def characters(match: re.Match[str]) -> str:
        units = [int(code, 16) for code in re.findall(r"_x([0-9A-Fa-f]{4})_", match[0])]
        try:
            return b"".join(unit.to_bytes(2, "little") for unit in units).decode("utf-16-le")
        except UnicodeDecodeError:  # half of a character: no text, so it stays as it is written
            return match[0]

    return _ESCAPED.sub(characters, text) if "_x" in text else text


# -- a sheet ---------------------------------------------------------------------------------------


class _SheetReader:
    def __init__(self, package: Package, part: str, sheet: Sheet, strings: list[str], forms: list[str]) -> None:
        self._package = package
        self._part = part
        self._sheet = sheet
        self._strings = strings
        self._forms = forms
        self._row = 0
        self._column = 0
        self._last_row = 0
        self._count = 0
        self._limit = 0
        self._cell: Mapping[str, str] | None = None
        self._is_formula = False
        self._phonetic = 0
        self._pieces: list[str] | None = None
        self._value = ""
        self._has_value = False
        self._texts: dict[str, str] = {}

    def read(self, limit: int) -> int:
        """Reads the sheet; returns how many cells it has."""
        self._limit = limit
        self._package.scan(self._part, self._start, self._end, self._text)
        if self._last_row == LAST_ROW:
            message = "the sheet is filled to the last row that a spreadsheet has; what came after it may have been cut off"
            self._refuse(
                "too_large", message, f"{self._sheet.name}!{LAST_ROW}:{LAST_ROW}", expected=f"fewer than {LAST_ROW:,} rows"
            )
        if self._count > limit:
            self._refuse(
                "too_large",
                "the workbook has too many filled cells",
                self._sheet.name,
                expected=f"at most {MAX_CELLS:,}; CSV holds more",
            )
        return self._count

    def _refuse(self, code: str, message: str, place: str, *, text: str = "", expected: str = "") -> None:
        raise refused(self._package.file, code, message, place, text=text, expected=expected)

    def _start(self, element: str, attributes: Mapping[str, str]) -> None:
        if element == "c":
            self._start_cell(attributes)
        elif element == "row":
            self._row = self._number(attributes.get("r"), self._row + 1, LAST_ROW)
            self._column = 0
            if attributes.get("hidden") in ("1", "true"):
                self._sheet.hidden_rows.add(self._row)
        elif element in ("v", "t"):
            self._pieces = [] if not self._phonetic else None
        elif element == "f":
            self._is_formula = True
        elif element == "rPh":
            self._phonetic += 1
        elif element == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif element == "col" and attributes.get("hidden") in ("1", "true"):
            first = self._number(attributes.get("min"), 1, LAST_COLUMN)
            self._sheet.hidden_columns.append((first, self._number(attributes.get("max"), first, LAST_COLUMN)))

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        name = attributes.get("r")
        position = (self._row, self._column + 1) if name is None else cell_position(name)
        if position is None or not (1 <= position[0] <= LAST_ROW and 1 <= position[1] <= LAST_COLUMN):
            self._refuse("malformed", "a sheet has no such cell", self._sheet.name, text=name or "", expected="a cell such as D7")
        else:
            self._row, self._column = position
        self._cell = attributes
        self._is_formula = False
        self._has_value = False
        self._value = ""

    def _end(self, element: str) -> None:
        if element == "c":
            if self._cell is not None and (self._has_value or self._is_formula):
                self._add(self._cell)
            self._cell = None
        elif element in ("v", "t"):
            if self._pieces is not None and self._cell is not None:
                self._value += "".join(self._pieces)
                self._has_value = True
            self._pieces = None
        elif element == "rPh":
            self._phonetic -= 1

    def _text(self, characters: str) -> None:
        if self._pieces is not None:
            self._pieces.append(characters)

    def _add(self, attributes: Mapping[str, str]) -> None:
        kind, text = self._content(attributes)
        if not text and not self._is_formula:
            return
        row = self._sheet.rows.setdefault(self._row, {})
        self._last_row = max(self._last_row, self._row)
        self._count += 1
        if self._count > self._limit:
            return  # only counted, to say how far the sheet goes
        if self._column in row:
            place = f"{self._sheet.name}!{cell_name(self._row, self._column)}"
            self._refuse("malformed", "the cell is there twice", place, expected="each cell once")
        form = ""
        if kind == "number":
            style = self._number(attributes.get("s"), 0, 1 << 20)
            form = self._forms[style] if style < len(self._forms) else ""
        text = self._texts.setdefault(text, text)  # one object for equal texts
        row[self._column] = Cell(self._row, self._column, kind, text, self._is_formula, form)

    def _content(self, attributes: Mapping[str, str]) -> tuple[str, str]:
        code = attributes.get("t", "n")
        kind = _KINDS.get(code)
        place = f"{self._sheet.name}!{cell_name(self._row, self._column)}"
        if kind is None:
            self._refuse("malformed", "there is no such type of a cell", place, text=code, expected="one of " + ", ".join(_KINDS))
        if self._is_formula and not self._value:
            return ("text" if code == "str" and self._has_value else "empty"), ""
        if code == "s":
            is_index = self._value.isascii() and self._value.isdecimal() and len(self._value) <= 9
            index = int(self._value) if is_index else len(self._strings)
            if index >= len(self._strings):
                self._refuse(
                    "malformed", "the workbook has no such text", place, text=self._value, expected="a whole workbook, .xlsx"
                )
            return "text", self._strings[index]
        return kind or "text", unescape(self._value) if kind == "text" else self._value.strip()

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, end = cell_position(first), cell_position(last or first)
        if start is None or end is None:
            self._refuse(
                "malformed", "there is no such range of cells", self._sheet.name, text=reference, expected="a range such as B2:C3"
            )
        else:
            self._sheet.merged.append((*start, *end))

    def _number(self, text: str | None, if_absent: int, most: int) -> int:
        """A row, column or index, as the format counts them."""
        if text is None:
            number = if_absent
        elif text.isascii() and text.isdecimal() and len(text) <= 9:
            number = int(text)
        else:
            number = most + 1
        if number > most:
            expected = f"a whole number up to {most}"
            self._refuse(
                "malformed", "this is no row, column or index of a workbook", self._sheet.name, text=text or "", expected=expected
            )
        return number
