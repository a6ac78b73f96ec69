"""From the cells of a sheet to observations: as the CSV text that attain's own reader takes, with the cell of every field.

So a workbook is read by the same rules as observations.csv, with the same codes and messages; only their places are cells. Where
a cell was refused before, what the reader says of it then is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence

from attain import _core
from attain._formula_guard import guarded
from attain.errors import Error, InvalidInput, LedgerConflict
from attain.excel._findings import Findings, error_of

COLUMNS = (
    "indicator", "place", "period", "day", "start", "end", "amount", "unit", "form", "missing", "withdrawn", "dimensions", "step",
    "stage", "scope", "recorded", "author", "source", "evidence", "note", "key",
)  # fmt: skip
"""Those of observations.csv (docs/programme-format.md)."""

_CHINESE = (
    "指标", "地区", "时期", "日期", "开始", "结束", "数值", "单位", "形式", "无数值的原因", "撤回", "分类",
    "步骤", "阶段", "口径",
    "记录日期", "填报人", "来源", "佐证材料", "备注", "唯一键",
)  # fmt: skip
_OTHER = {
    "数量": "amount",
    "本次数值": "amount",
    "报告期": "period",
    "填报日期": "recorded",
    "报送日期": "recorded",
    "报送人": "author",
    "佐证": "evidence",
    "说明": "note",
}
"""What offices call them besides; as in src/io/observation_columns.hpp."""
_BY_CHINESE = {**dict(zip(_CHINESE, COLUMNS, strict=True)), **_OTHER}

TEXTS = frozenset(
    {"indicator", "place", "unit", "dimensions", "step", "stage", "scope", "author", "source", "evidence", "note", "key"}
)
"""Those whose text is guarded against being taken for a formula."""

_POSITION = re.compile(r":?(\d+):(\d+)(?:#|$)")
_QUOTED = re.compile('[",\r\n]')


PlaceOf = Callable[[str], str]
"""The cell of a column in one row; where the row itself stands if the column has none."""


class Rows:
    """Rows of observations that were read from cells."""

    def __init__(self, columns: Sequence[str], heading: PlaceOf | None = None) -> None:
        """``heading`` gives the cells of the headings, if there are any."""
        self.columns = tuple(columns)
        self.rows: list[tuple[str, ...]] = []
        self._places: list[PlaceOf] = []
        self._heading = heading
        self._first_lines: list[int] = []
        self._lines = [_line([field_of("", name) for name in self.columns])]
        self._next_line = 2

    def __len__(self) -> int:
        return len(self.rows)

    def add(self, texts: Mapping[str, str], place_of: PlaceOf) -> None:
        """Adds a row: the text of each column, and what gives the cell it comes from."""
        self._add(tuple(texts.get(name, "") for name in self.columns), place_of)

    def _add(self, row: tuple[str, ...], place_of: PlaceOf) -> None:
        line = _line(self._fields(row))
        self.rows.append(row)
        self._places.append(place_of)
        self._first_lines.append(self._next_line)
        self._next_line += line.count("\n")
        self._lines.append(line)

    def _fields(self, row: Sequence[str]) -> list[str]:
        return [field_of(name, text) for name, text in zip(self.columns, row, strict=True)]

    def with_places(self) -> Iterator[tuple[dict[str, str], PlaceOf]]:
        """Each row by its columns, and what gives its cells."""
        for row, place_of in zip(self.rows, self._places, strict=True):
            yield dict(zip(self.columns, row, strict=True)), place_of

    def in_columns(self, columns: Sequence[str]) -> Rows:
        """The same rows with other columns."""
        at = [self.columns.index(name) if name in self.columns else None for name in columns]
        rows = Rows(columns)
        for row, place_of in zip(self.rows, self._places, strict=True):
            rows._add(tuple("" if i is None else row[i] for i in at), place_of)
        return rows

    def used_columns(self) -> list[str]:
        """Columns in which some row has a text."""
        return [name for i, name in enumerate(self.columns) if any(row[i] for row in self.rows)]

    def column(self, name: str) -> list[str]:
        """The texts of a column."""
        return [row[self.columns.index(name)] for row in self.rows]

    @property
    def lines(self) -> list[str]:
        """One text for each row, its line break included."""
        return self._lines[1:]

    def text(self) -> str:
        """The CSV text."""
        return "".join(self._lines)

    def read(self, plan: _core.Programme | None, found: Findings) -> _core.Ledger | None:
        """The rows as a ledger, checked with the programme; None if something is wrong, which is then in ``found``."""
        try:
            return _core.ledger_from_csv(self.text(), plan)
        except (InvalidInput, LedgerConflict) as problem:
            found.kind = type(problem)
            for finding in problem.findings:
                place = self._place_of(finding.where)
                if place is None:
                    found.add_finding(finding_at(finding, found.where("")))
                elif not found.has(place):
                    found.add_finding(finding_at(finding, found.where(place)))
            return None

    def placed(self, problem: Error, first_line: int, found: Findings, file: str) -> Error:
        """An error of the text of a file that these rows stand in from a line on, with their cells as its places."""
        moved = []
        for finding in problem.findings:
            position = _position_of(finding.where)
            place = self._find(position[0] - first_line + 2, position[1]) if position else None
            moved.append(finding_at(finding, f"{file}:{finding.where.lstrip(':')}" if place is None else found.where(place)))
        return error_of(moved, type(problem))

    def _place_of(self, where: str) -> str | None:
        position = _position_of(where)
        return self._find(*position) if position else None

    def _find(self, line: int, column: int) -> str | None:
        """The cell of the field that begins at a line and column of the text."""
        if line == 1:
            place_of, fields, start = self._heading, [field_of("", name) for name in self.columns], 1
        else:
            index = bisect_right(self._first_lines, line) - 1
            if index < 0:
                return None
            place_of, fields, start = self._places[index], self._fields(self.rows[index]), self._first_lines[index]
        if place_of is None:
            return None
        at = (start, 1)
        for name, field in zip(self.columns, fields, strict=True):
            if at == (line, column):
                return place_of(name)
            breaks = field.count("\n")
            at = (at[0] + breaks, (len(field) - field.rindex("\n") if breaks else at[1] + len(field)) + 1)
        return None


def unguarded(text: str) -> str:
    """A text as it was before it was guarded against being taken for a formula."""
    return text[1:] if text.startswith("'") and guarded(text[1:]) == text else text


def column_named(heading: str) -> str:
    """The column that a heading names in Chinese; any other heading is the name itself."""
    return _BY_CHINESE.get(heading, heading)


def chinese_column(name: str) -> str:
    """What a column is called in Chinese."""
    return _CHINESE[COLUMNS.index(name)]


def known_columns() -> str:
    """The columns by both names: "indicator (指标), place (地区), … or key (唯一键)"."""
    *first, last = (f"{name} ({chinese})" for name, chinese in zip(COLUMNS, _CHINESE, strict=True))
    return f"{', '.join(first)} or {last}"


def field_of(name: str, text: str) -> str:
    """A field of a CSV row: guarded if it is a text, quoted where needed."""
    text = guarded(text) if name in TEXTS else text
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def _line(fields: Sequence[str]) -> str:
    return ",".join(fields) + "\n"


def _position_of(where: str) -> tuple[int, int] | None:
    matched = _POSITION.search(where)
    return (int(matched[1]), int(matched[2])) if matched else None


def finding_at(finding: _core.Finding, where: str) -> _core.Finding:
    """The finding at another place. Its text is escaped already."""
    return _core.Finding(
        code=finding.code,
        message=finding.message,
        where=where,
        text=finding.text,
        expected=finding.expected,
        severity=finding.severity,
    )
