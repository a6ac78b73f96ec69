"""From the cells of a sheet to observations: as the CSV text that attain's own reader takes, with the cell of every field.

So a workbook is read by the same rules as observations.csv, with the same codes and messages; only their places are cells. Where
a cell was refused before, what the reader says of it then is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from attain import _core
from attain._formula_guard import guarded
from attain.errors import Error, InvalidInput, LedgerConflict
from attain.excel._findings import Findings, error_of

COLUMNS = (
    "indicator", "place", "period", "day", "start", "end", "amount", "unit", "form", "missing", "withdrawn", "dimensions", "step",
    "stage", "scope", "recorded", "author", "source", "evidence", "note", "key",
)  # fmt: skip
"""Those of observations.csv (docs/programme-format.md)."""

TEXTS = frozenset(
    {"indicator", "place", "unit", "dimensions", "step", "stage", "scope", "author", "source", "evidence", "note", "key"}
)
"""Those whose text is guarded against being taken for a formula."""

_POSITION = re.compile(r":?(\d+):(\d+)(?:#|$)")
_QUOTED = re.compile('[",\r\n]')


class Rows:
    """Rows of observations that were read from cells."""

    def __init__(self, columns: Sequence[str], places: Mapping[str, str] | None = None) -> None:
        """``places`` are the cells of the headings, if there are any."""
        self.columns = tuple(columns)
        self.rows: list[tuple[Mapping[str, str], Mapping[str, str], str]] = []
        self._lines = [_line([field_of("", name) for name in self.columns])]
        self._line = 2
        self._places: dict[tuple[int, int], str] = {}
        column = 1
        for name in self.columns if places is not None else ():
            self._places[1, column] = (places or {})[name]
            column += len(field_of("", name)) + 1

    def __len__(self) -> int:
        return len(self.rows)

    def add(self, texts: Mapping[str, str], places: Mapping[str, str], row_place: str) -> None:
        """Adds a row: the text of each column, and the cell it comes from; ``row_place`` is where the row itself stands."""
        self.rows.append((texts, places, row_place))
        column = 1
        fields = [field_of(name, texts.get(name, "")) for name in self.columns]
        self._places[self._line, 1] = row_place
        for name, field in zip(self.columns, fields, strict=True):
            place = places.get(name, row_place)
            self._places[self._line, column] = place
            breaks = field.count("\n")
            self._line += breaks
            column = (len(field) - field.rindex("\n") if breaks else column + len(field)) + 1
        self._line += 1
        self._lines.append(",".join(fields) + "\n")

    def in_columns(self, columns: Sequence[str]) -> Rows:
        """The same rows with other columns."""
        rows = Rows(columns)
        for texts, places, row_place in self.rows:
            rows.add(texts, places, row_place)
        return rows

    def used_columns(self) -> list[str]:
        """Columns in which some row has a text."""
        return [name for name in self.columns if any(texts.get(name) for texts, _, _ in self.rows)]

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
                    found.add_finding(_moved(finding, found.where("")))
                elif not found.has(place):
                    found.add_finding(_moved(finding, found.where(place)))
            return None

    def placed(self, problem: Error, first_line: int, found: Findings, file: str) -> Error:
        """An error of the text of a file that these rows stand in from a line on, with their cells as its places."""
        moved = []
        for finding in problem.findings:
            position = _position_of(finding.where)
            place = self._places.get((position[0] - first_line + 2, position[1])) if position else None
            moved.append(_moved(finding, f"{file}:{finding.where.lstrip(':')}" if place is None else found.where(place)))
        return error_of(moved, type(problem))

    def _place_of(self, where: str) -> str | None:
        position = _position_of(where)
        return self._places.get(position) if position else None


def field_of(name: str, text: str) -> str:
    """A field of a CSV row: guarded if it is a text, quoted where needed."""
    text = guarded(text) if name in TEXTS else text
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def _line(fields: Sequence[str]) -> str:
    return ",".join(fields) + "\n"


def _position_of(where: str) -> tuple[int, int] | None:
    matched = _POSITION.search(where)
    return (int(matched[1]), int(matched[2])) if matched else None


def _moved(finding: _core.Finding, where: str) -> _core.Finding:
    """The finding at another place. Its text is escaped already."""
    return _core.Finding(
        code=finding.code,
        message=finding.message,
        where=where,
        text=finding.text,
        expected=finding.expected,
        severity=finding.severity,
    )
