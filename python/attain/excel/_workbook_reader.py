"""Reads a programme and its observations from one workbook, with every problem at its cell."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping
from typing import Any

from attain import _core
from attain.errors import Error, InvalidInput
from attain.excel import _tables as tables
from attain.excel._cells import Cell, Reader, cell_name
from attain.excel._csv import Rows, column_named, known_columns
from attain.excel._findings import Findings, refused
from attain.excel._sheets import Sheet, Sheets, read_sheets

_YES, _NO = ("true", "yes", "是"), ("false", "no", "否")
_DAYS_OF_ENTRIES = ("day", "start", "end", "recorded")
_IDS_OF_ENTRIES = ("indicator", "place", "step", "key", "dimensions")


def read_programme(path: str) -> _core.Programme:
    """The programme of a workbook."""
    found = Findings(path)
    text = _programme_text(read_sheets(path), found)
    try:
        return _core.Programme.from_json(text)
    except Error as problem:  # which says the same as the findings, and whether the text or a rule is at fault
        found.kind = type(problem)
    found.raise_errors()
    raise AssertionError("a programme was refused for nothing")


def check_programme(path: str) -> list[_core.Finding]:
    """Everything there is to say about the programme of a workbook, warnings included."""
    found = Findings(path)
    try:
        sheets = read_sheets(path)
        _programme_text(sheets, found)
    except InvalidInput as problem:
        return list(problem.findings)
    for sheet in sheets:
        if sheet.name in (*tables.COLUMNS, tables.PROGRAMME, tables.OBSERVATIONS):
            _name_hidden(sheet, found)
    return found.listed


def _name_hidden(sheet: Sheet, found: Findings) -> None:
    """Hidden rows and columns count, and are named: somebody may not have seen what is in them."""
    for row in sorted(sheet.hidden_rows & sheet.rows.keys()):
        message = "the row is hidden; it counts"
        found.add("unused_field", message, f"{sheet.name}!{cell_name(row, min(sheet.rows[row]))}", severity="warning")
    for column in sorted({column for cells in sheet.rows.values() for column in cells}):
        if sheet.column_is_hidden(column):
            message = "the column is hidden; it counts"
            found.add("unused_field", message, f"{sheet.name}!{cell_name(1, column)}", severity="warning")


def read_observations(path: str, plan: _core.Programme | None) -> _core.Ledger:
    """The observations of a workbook."""
    found = Findings(path)
    sheets = read_sheets(path)
    sheet = sheets.find(tables.OBSERVATIONS)
    if sheet is None:
        raise refused(path, "missing_field", "the workbook has no observations", expected=f"a sheet named {tables.OBSERVATIONS}")
    rows = rows_of_observations(sheet, found, is_1904=sheets.is_1904)
    book = None if rows is None else rows.read(plan, found)
    found.raise_errors()
    assert book is not None
    return book


# -- observations ----------------------------------------------------------------------------------


def rows_of_observations(sheet: Sheet, found: Findings, *, is_1904: bool) -> Rows | None:
    """The rows of a sheet of observations; None if it has no headings, which is then in ``found`` as is all that is wrong with its cells."""
    reader = Reader(sheet.name, found, is_1904=is_1904)
    heading = {column: reader.words(cell).strip() for column, cell in sheet.rows.get(1, {}).items()}
    heading = {column: column_named(name) for column, name in heading.items() if name}
    if not heading:
        found.add("malformed", "the sheet has no headings", reader.place(1, 1), expected=known_columns())
        return None
    columns = {name: column for column, name in heading.items()}

    def place_of(number: int, name: str) -> str:
        return reader.place(number, columns[name])

    rows = Rows(list(heading.values()), functools.partial(place_of, 1))
    for number in sorted(sheet.rows.keys() - {1}):
        cells = sheet.rows[number]
        texts = {name: _entry_text(reader, name, cells.get(column)) for column, name in heading.items()}
        _check_row(sheet, reader, found, number, heading)
        if any(texts.values()):
            rows.add(texts, functools.partial(place_of, number))
        del sheet.rows[number]  # so that cells and text are not both in memory
    return rows


def _entry_text(reader: Reader, name: str, cell: Cell | None) -> str:
    if name == "amount":
        return reader.amount(cell)
    if name in _DAYS_OF_ENTRIES:
        return reader.day(cell)
    if name == "period":
        return reader.period(cell)
    if name == "withdrawn":
        return {True: "true", False: "false", None: ""}[reader.flag(cell, _YES, _NO)]
    return reader.id(cell) if name in _IDS_OF_ENTRIES else reader.words(cell)


def _check_row(sheet: Sheet, reader: Reader, found: Findings, number: int, heading: Mapping[int, str]) -> None:
    """What no cell says by itself: a value without a heading, a merged range."""
    for column, cell in sheet.rows[number].items():
        merged = sheet.merged_range_of(number, column)
        if column not in heading:
            found.add(
                "unknown_field",
                "the column has no heading",
                reader.place(number, column),
                text=cell.text,
                expected="a heading in row 1",
            )
        elif merged:
            message = f"the cell is merged into {merged}: it is not clear which rows its value is for"
            found.add("malformed", message, reader.place(number, column), text=cell.text, expected="cells that are not merged")


# -- the programme ---------------------------------------------------------------------------------


class _Part(dict[str, Any]):
    """A part of programme.json, which remembers the cells of its fields by their path, and its row."""

    def __init__(self, row_place: str) -> None:
        super().__init__()
        self.row_place = row_place
        self.places: dict[str, str] = {}

    def put(self, path: str, value: Any, place: str) -> None:
        """Sets the field at a path such as ``aim/at_least``."""
        inner: dict[str, Any] = self
        *outer, name = path.split("/")
        for step in outer:
            inner = inner.setdefault(step, {})
        inner[name] = value
        self.places[path] = place


def _programme_text(sheets: Sheets, found: Findings) -> str:
    """The workbook's programme as programme.json; what is wrong with it goes to ``found``, each at its cell."""
    reader = _ProgrammeReader(sheets, found)
    whole = reader.read()
    if found.has_errors:
        return ""
    text = json.dumps(whole, ensure_ascii=False, allow_nan=False)
    places = reader.places()
    for finding in _core.check_programme(text.encode("utf-8"), ""):
        pointer = finding.where.partition("#")[2]
        while pointer and pointer not in places:
            pointer = pointer.rpartition("/")[0]
        place = places.get(pointer, tables.PROGRAMME)
        found.add_finding(
            _core.Finding(
                code=finding.code,
                message=finding.message,
                where=found.where(place),
                text=finding.text,
                expected=finding.expected,
                severity=finding.severity,
            )
        )
    return text


class _ProgrammeReader:
    def __init__(self, sheets: Sheets, found: Findings) -> None:
        self._sheets = sheets
        self._found = found
        self._whole: dict[str, Any] = {}
        self._places: dict[str, str] = {}

    def read(self) -> dict[str, Any]:
        self._whole = self._fields()
        indicators = self._table(tables.INDICATORS)
        by_id = self._by_id(indicators)
        for step in self._table(tables.STEPS):
            self._attach(step, "indicator", by_id, "steps")
        projects = self._table(tables.PROJECTS)
        projects_by_id = self._by_id(projects)
        roots = [project for project in projects if not self._attach(project, "within", projects_by_id, "projects", needed=False)]
        targets = self._table(tables.TARGETS)
        for target in targets:
            self._attach(target, "project", projects_by_id, "targets")
        targets_by_id = self._by_id(targets)
        for quota in self._table(tables.QUOTAS):
            self._add_quota(quota, targets_by_id)
        places = self._table(tables.PLACES)
        self._refuse_circles(roots, projects)
        if places:
            self._whole["places"] = places
        self._whole |= {"indicators": indicators, "projects": roots}
        return self._whole

    def places(self) -> dict[str, str]:
        """The cell of each JSON pointer."""
        for kind in ("places", "indicators", "projects"):
            self._point(f"/{kind}", self._whole.get(kind, []))
        return self._places

    def _point(self, pointer: str, parts: list[_Part]) -> None:
        pending = [(pointer, parts)]
        while pending:
            above, list_of_parts = pending.pop()
            for index, part in enumerate(list_of_parts):
                here = f"{above}/{index}"
                self._places[here] = part.row_place
                self._places |= {f"{here}/{path}": place for path, place in part.places.items()}
                pending += [(f"{here}/{name}", part[name]) for name in ("projects", "targets", "steps") if name in part]

    # -- sheets ------------------------------------------------------------------------------------

    def _fields(self) -> dict[str, Any]:
        sheet = self._sheets.find(tables.PROGRAMME)
        whole: dict[str, Any] = {}
        if sheet is None:
            self._found.add("missing_field", "the workbook has no programme", expected=f"a sheet named {tables.PROGRAMME}")
            return whole
        reader = Reader(sheet.name, self._found, is_1904=self._sheets.is_1904)
        for row in sorted(sheet.rows.keys() - {1}):
            name = reader.words(sheet.cell(row, 1)).strip()
            place = reader.place(row, 2)
            if name not in tables.FIELDS:
                self._unknown(name, tables.FIELDS, reader.place(row, 1))
                continue
            value = self._value(reader, name, sheet.cell(row, 2))
            if value is None:
                continue
            if name in ("start", "due"):
                whole.setdefault("window", {})[name] = value
                self._places[f"/window/{name}"] = place
            else:
                whole[name] = value
                self._places[f"/{name}"] = place
        return whole

    def _table(self, name: str) -> list[_Part]:
        sheet = self._sheets.find(name)
        if sheet is None:
            if name in (tables.INDICATORS, tables.PROJECTS, tables.TARGETS):
                self._found.add("missing_field", "the workbook lacks a sheet", expected=f"a sheet named {name}")
            return []
        reader = Reader(name, self._found, is_1904=self._sheets.is_1904)
        heading: dict[int, str] = {}
        for column, cell in sheet.rows.get(1, {}).items():
            field = reader.words(cell).strip()
            if field not in tables.COLUMNS[name]:
                self._unknown(field, tables.COLUMNS[name], reader.place(1, column))
            elif field in heading.values():
                self._found.add(
                    "duplicate_field",
                    "the column is there twice",
                    reader.place(1, column),
                    text=field,
                    expected="each column once",
                )
            else:
                heading[column] = field
        if not heading:
            return []
        parts = []
        for row in sorted(sheet.rows.keys() - {1}):
            _check_row(sheet, reader, self._found, row, heading)
            part = _Part(reader.place(row, min(heading)))
            for column, field in heading.items():
                value = self._value(reader, field, sheet.cell(row, column))
                if value is not None:
                    part.put(_path_of(name, field), value, reader.place(row, column))
            if tables.is_percent_change(part.get("aim", {})):
                self._read_percent_change(reader, sheet, row, heading, part)
            if part:
                parts.append(part)
        return parts

    def _read_percent_change(self, reader: Reader, sheet: Sheet, row: int, heading: Mapping[int, str], part: _Part) -> None:
        """A change in percent is a plain number: 10 is +10 %."""
        for column, field in heading.items():
            cell = sheet.cell(row, column)
            if field in tables.AMOUNTS & set(tables.AIM) and cell is not None and cell.kind == "number":
                part.put(f"aim/{field}", _core.parse_number(reader.words(cell)), reader.place(row, column))

    def _unknown(self, name: str, known: list[str], place: str) -> None:
        message = "there is no such field" + _core.did_you_mean(name, known)
        self._found.add("unknown_field", message, place, text=name, expected="one of " + ", ".join(known))

    # -- cells -------------------------------------------------------------------------------------

    def _value(self, reader: Reader, field: str, cell: Cell | None) -> Any:
        """The value of a field; None if the cell is empty or wrong."""
        if cell is None:
            return None
        readers: list[tuple[frozenset[str], Callable[[Cell | None], str]]] = [
            (tables.DAYS, reader.day),
            (tables.AMOUNTS, reader.amount),
            (tables.IDS, reader.id),
            (tables.TEXT, reader.words),
        ]
        for fields, read in readers:
            if field in fields:
                return read(cell) or None
        if field in tables.FLAGS:
            return reader.flag(cell, _YES, _NO)
        if cell.kind == "number":
            text = reader.words(cell)
            return _core.parse_number(text) if text else None
        text = reader.words(cell).strip()
        is_list = field in tables.LISTS or field == "between"
        if text.startswith("[" if is_list else ("{", "[", '"')):
            return self._json(reader, cell, text)
        if is_list:
            return [part.strip() for part in text.replace("；", ";").split(";")] if text else None
        return text or None

    def _json(self, reader: Reader, cell: Cell, text: str) -> Any:
        try:
            value = json.loads(text)
            json.dumps(value, allow_nan=False)
            return value
        except (ValueError, RecursionError) as problem:
            place = reader.place(cell.row, cell.column)
            self._found.add(
                "malformed_json", f"the text is no JSON: {problem}", place, text=text, expected="JSON, as in programme.json"
            )
            return None

    # -- what belongs to what ----------------------------------------------------------------------

    def _by_id(self, parts: list[_Part]) -> dict[str, _Part]:
        by_id: dict[str, _Part] = {}
        for part in parts:
            by_id.setdefault(part.get("id", ""), part)
        return by_id

    def _attach(self, part: _Part, by: str, owners: Mapping[str, _Part], name: str, *, needed: bool = True) -> bool:
        """Puts a part into the one that it names; returns whether it names one."""
        id = part.pop(by, None)
        place = part.places.get(by, part.row_place)
        if id is None:
            if needed:
                self._found.add(
                    "missing_field", f"the row does not say to which {_owner_of(by)} it belongs", place, expected=f"{by}: an id"
                )
            return False
        owner = owners.get(id)
        if owner is None:
            message = f"there is no such {_owner_of(by)}" + _core.did_you_mean(id, list(owners))
            self._found.add("dangling_id", message, place, text=id, expected="an id of the workbook")
        else:
            owner.setdefault(name, []).append(part)
        return True

    def _add_quota(self, quota: _Part, targets: Mapping[str, _Part]) -> None:
        place = quota.get("place")
        target = quota.get("target", "")
        if place is None or target not in targets:
            cell = quota.places.get("place" if place is None else "target", quota.row_place)
            code, message = (
                ("missing_field", "the quota has no place") if place is None else ("dangling_id", "there is no such target")
            )
            self._found.add(code, message, cell, text=target, expected="the id of a target, and of a place")
            return
        amounts = {name: quota[name] for name in ("goal", "baseline") if name in quota}
        quotas = targets[target].setdefault("quotas", {})
        path = "quotas/" + place.replace("~", "~0").replace("/", "~1")
        if place in quotas:
            self._found.add(
                "duplicate_id", "the place has two quotas", quota.places["place"], text=place, expected="one quota of a place"
            )
        quotas[place] = amounts.get("goal") if set(amounts) == {"goal"} else amounts
        targets[target].places |= {path: quota.row_place, f"{path}/goal": quota.places.get("goal", quota.row_place)}

    def _refuse_circles(self, roots: list[_Part], projects: list[_Part]) -> None:
        """Projects that lie within each other are reached from no root."""
        reached: set[int] = set()
        pending = list(roots)
        while pending:
            project = pending.pop()
            reached.add(id(project))
            pending += project.get("projects", [])
        for project in projects:
            if id(project) not in reached and not self._found.has_errors:
                place = project.places.get("within", project.row_place)
                self._found.add(
                    "cycle", "the project lies within itself", place, text=project.get("id", ""), expected="a tree of projects"
                )


def _path_of(sheet: str, column: str) -> str:
    """Where a column lies in its part of programme.json."""
    if column in ("window_start", "window_due"):
        return column.replace("_", "/")
    if sheet == tables.TARGETS:
        if column in tables.AIM:
            return f"aim/{column}"
        if column == "every":
            return "cadence/every"
    return column


def _owner_of(column: str) -> str:
    return {"within": "project"}.get(column, column)
