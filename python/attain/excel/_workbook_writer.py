"""Writes a programme and its observations as one workbook."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attain import _core, _text
from attain.errors import InvalidInput
from attain.excel import _tables as tables
from attain.excel._csv import COLUMNS as OBSERVATION_COLUMNS
from attain.excel._csv import TEXTS as OBSERVATION_TEXTS
from attain.excel._due import dimensions_text
from attain.excel._findings import refused
from attain.excel._sheets import LAST_ROW
from attain.excel._writer import Writer

_FIRST_SAFE_DAY = datetime.date(1900, 3, 1)
"""Before it Excel counts a day that never was; earlier days are written as text."""
_WIDEST, _NARROWEST = 48, 8
_MEASURED_ROWS = 500
_INK, _LINE, _HEAD = "#1F2933", "#B8C4CE", "#DCE6EF"

Cell = str | float | bool | datetime.date | None


def write(path: str, plan: _core.Programme, book: _core.Ledger | None) -> None:
    """Writes the sheets that :mod:`attain.excel._workbook_reader` reads."""
    values = plan.to_dict()
    with Writer(path, day=plan.window[0] if plan.window else datetime.date(2000, 1, 1)) as to:
        sheets = _Sheets(to)
        sheets.add(tables.PROGRAMME, ["field", "value"], [[name, _cell(name, value)] for name, value in _fields_of(values)])
        sheets.add(tables.PLACES, tables.COLUMNS[tables.PLACES], _rows(tables.PLACES, values.get("places", [])))
        units = {indicator["id"]: indicator.get("unit", "share") for indicator in values["indicators"]}
        sheets.add(
            tables.INDICATORS,
            tables.COLUMNS[tables.INDICATORS],
            _rows(tables.INDICATORS, _with_units(values["indicators"], units)),
        )
        steps = [{"indicator": one["id"], **step} for one in values["indicators"] for step in one.get("steps", [])]
        sheets.add(tables.STEPS, tables.COLUMNS[tables.STEPS], _rows(tables.STEPS, steps))
        projects = list(_projects_of(values.get("projects", []), ""))
        sheets.add(tables.PROJECTS, tables.COLUMNS[tables.PROJECTS], _rows(tables.PROJECTS, [project for project, _ in projects]))
        targets = [{"project": project["id"], **target} for project, parts in projects for target in parts]
        sheets.add(
            tables.TARGETS, tables.COLUMNS[tables.TARGETS], _rows(tables.TARGETS, [_spread(one, units) for one in targets])
        )
        sheets.add(tables.QUOTAS, tables.COLUMNS[tables.QUOTAS], _rows(tables.QUOTAS, list(_quotas_of(targets, units))))
        kinds = {indicator["id"]: indicator["kind"] for indicator in values["indicators"]}
        rows = [_observation(row, kinds, units) for row in (book.entries() if book is not None else [])]
        used = [
            name for name in OBSERVATION_COLUMNS if any(name in row for row in rows) or name in ("indicator", "period", "amount")
        ]
        sheets.add(tables.OBSERVATIONS, used, [[row.get(name) for name in used] for row in rows])


class _Sheets:
    """Sheets that are tables: a heading that stays in sight, a filter, and columns as wide as what is in them."""

    def __init__(self, to: Writer) -> None:
        self._to = to
        ink = {"font_size": 10, "font_color": _INK, "valign": "top"}
        self._head = to.book.add_format({**ink, "bold": True, "bg_color": _HEAD, "bottom": 1, "bottom_color": _LINE})
        self._text = to.book.add_format({**ink, "num_format": "@"})
        self._number = to.book.add_format({**ink, "num_format": "General"})
        self._day = to.book.add_format({**ink, "num_format": "yyyy-mm-dd", "align": "left"})

    def add(self, name: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        to, sheet = self._to, self._to.add_sheet(name)
        if len(rows) >= LAST_ROW:
            message = "there are more rows than a sheet has"
            raise refused(
                to.path, "too_large", message, name, text=f"{len(rows):,}", expected=f"at most {LAST_ROW - 2:,}; CSV holds more"
            )
        for column, heading in enumerate(columns, 1):
            to.text(sheet, 1, column, heading, self._head)
            widest = max([_text.width(heading), *(_width(row[column - 1]) for row in rows[:_MEASURED_ROWS])])
            is_text = heading not in tables.AMOUNTS | tables.DAYS and heading not in ("amount", "weight", "value")
            sheet.set_column(
                column - 1, column - 1, min(max(widest, _NARROWEST), _WIDEST) + 2, self._text if is_text else self._number
            )
        for number, row in enumerate(rows, 2):
            for column, value in enumerate(row, 1):
                self._write(sheet, number, column, value)
        sheet.freeze_panes(1, 1)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def _write(self, sheet: Any, row: int, column: int, value: Cell) -> None:
        if value is None:
            return
        if isinstance(value, bool):
            sheet.write_boolean(row - 1, column - 1, value, self._number)
        elif isinstance(value, datetime.date):
            if value >= _FIRST_SAFE_DAY:
                sheet.write_datetime(row - 1, column - 1, datetime.datetime(value.year, value.month, value.day), self._day)
            else:
                self._to.text(sheet, row, column, value.isoformat(), self._text)
        elif isinstance(value, str):
            self._to.text(sheet, row, column, value, self._text)
        else:
            self._to.number(sheet, row, column, value, self._number)


def _width(value: Cell) -> int:
    """Columns that a cell takes, roughly."""
    if isinstance(value, datetime.date):
        return len("2021-09-30")
    return 0 if value is None else _text.width(value if isinstance(value, str) else str(value))


# -- from the fields of programme.json to cells ----------------------------------------------------


def _fields_of(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    spread = {**values, **values.get("window", {})}
    for name in tables.FIELDS:
        if name in spread:
            yield name, spread[name]


def _rows(sheet: str, parts: Sequence[Mapping[str, Any]]) -> list[list[Cell]]:
    return [[_cell(name, part[name]) if name in part else None for name in tables.COLUMNS[sheet]] for part in parts]


def _cell(name: str, value: Any) -> Cell:
    """A field as a cell: text, number, truth or day as they are; a list of names with semicolons; anything else as JSON."""
    if name in tables.DAYS:
        return _core.to_date(value)
    if isinstance(value, (str, bool, int, float)):
        is_json = isinstance(value, str) and name not in tables.TEXT and value.startswith(("{", "[", '"'))
        return json.dumps(value, ensure_ascii=False) if is_json else value
    if name in tables.LISTS and not any(";" in one or "；" in one or one != one.strip() or one.startswith("[") for one in value):
        return "; ".join(value)
    return json.dumps(value, ensure_ascii=False)


def _projects_of(projects: Sequence[Any], within: str) -> Iterator[tuple[dict[str, Any], list[Any]]]:
    """Projects as rows, those within one after it, each with its targets."""
    for project in projects:
        row = {name: value for name, value in project.items() if name not in ("projects", "targets", "window")}
        window = {f"window_{name}": day for name, day in project.get("window", {}).items()}
        yield {**({"within": within} if within else {}), **row, **window}, project.get("targets", [])
        yield from _projects_of(project.get("projects", []), project["id"])


def _with_units(indicators: Sequence[Any], units: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {name: _amount(value, units[one["id"]]) if name in tables.AMOUNTS else value for name, value in one.items()}
        for one in indicators
    ]


def _spread(target: Mapping[str, Any], units: Mapping[str, str]) -> dict[str, Any]:
    unit = units.get(target.get("indicator", ""), "share")
    row = {name: value for name, value in target.items() if name not in ("aim", "window", "cadence", "quotas")}
    row |= {f"window_{name}": day for name, day in target.get("window", {}).items()}
    cadence = target.get("cadence")
    if cadence is not None:
        row |= cadence if isinstance(cadence, Mapping) else {"cadence": cadence}
    if "baseline" in row:
        row["baseline"] = _amount(row["baseline"], unit)
    aim = dict(target.get("aim", {}))
    if not tables.is_percent_change(aim):
        for name in tables.AMOUNTS & set(aim):
            aim[name] = _amount(aim[name], unit)
        if "between" in aim:
            aim["between"] = [
                str(_amount(end, unit)) if isinstance(end, str) else _core.number_text(_core.written(end, unit))
                for end in aim["between"]
            ]
    return row | aim


def _quotas_of(targets: Sequence[Any], units: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for target in targets:
        unit = units.get(target.get("indicator", ""), "share")
        for place, quota in target.get("quotas", {}).items():
            amounts = quota if isinstance(quota, Mapping) else {"goal": quota}
            yield {"target": target["id"], "place": place, **{name: _amount(value, unit) for name, value in amounts.items()}}


def _amount(value: str | float, unit: str) -> str | float:
    """A held amount as it is written in its unit; text is that already."""
    return value if isinstance(value, str) else _core.written(value, unit)


# -- observations ----------------------------------------------------------------------------------


def _observation(entry: Any, kinds: Mapping[str, str], units: Mapping[str, str]) -> dict[str, Cell]:
    """An entry as the columns of observations.csv, its amount in the unit of the indicator."""
    row: dict[str, Cell] = {name: str(entry[name]) for name in OBSERVATION_TEXTS - {"dimensions"} if name in entry}
    about = (entry["start"], entry["end"])
    if about[0] == about[1] and kinds.get(entry["indicator"], "increment") != "increment":
        row["day"] = about[1]
    else:
        row["period"] = _core.period_text(about)
    if "dimensions" in entry:
        row["dimensions"] = dimensions_text(entry["dimensions"])
    if "missing" in entry:
        row["missing"] = str(entry["missing"])
    if "withdrawn" in entry:
        row["withdrawn"] = True
    if "recorded" in entry:
        row["recorded"] = entry["recorded"]
    if "form" in entry:
        row["form"] = entry["form"]
    if "amount" in entry:
        row["amount"] = entry["amount"]
        unit = units.get(entry["indicator"])
        if (
            "form" not in entry
            and isinstance(entry["amount"], float)
            and unit is not None
            and _is_held(entry.get("unit", ""), unit)
        ):
            row["amount"] = _core.written(entry["amount"], unit)
            row.pop("unit", None)
    return row


def _is_held(unit: str, of_indicator: str) -> bool:
    """Whether amounts in a unit are amounts as the indicator holds them: those in 元 of 万元, shares of %."""
    if unit in ("", "1"):
        return True
    try:
        return _core.parse_amount(f"1 {unit}", of_indicator) == 1.0
    except InvalidInput:
        return False
