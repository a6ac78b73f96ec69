"""Tables and columns of the library."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from attain import _text
from attain._display._parts import LIMIT, note_of, row_of, table_of, words_of

if TYPE_CHECKING:
    from attain._core import Column, Table
    from attain.catalogue import Words


def _value_text(value: object) -> str:
    if value is None:
        return "–"
    return _text.number(value) if isinstance(value, float) else str(value)


def head_of(table: Table, words: Words, limit: int = LIMIT) -> tuple[list[list[str]], tuple[bool, ...], str]:
    """The first rows as text, which columns stand right, and what is left out."""
    head = table.head(limit)
    cells = [[_text.cut(_value_text(value), 32) for value in head[name].to_list()] for name in table.columns]
    right = tuple(table[name].kind in ("number", "count") for name in table.columns)
    rows, columns = table.shape
    note = words("table_rows", rows=rows, columns=columns)
    if rows > limit:
        note = words("table_first", note=note, count=limit)
    return [list(row) for row in zip(*cells, strict=True)], right, note


def table_text(table: Table) -> str:
    rows, right, note = head_of(table, words_of("en"))
    lines = _text.columns([table.columns, *rows], right=right) if table.columns else []
    return "\n".join([*lines, f"[{note}]"])


def table_html(table: Table, language: str = "en") -> str:
    rows, right, note = head_of(table, words_of(language))
    body = [row_of(row, right) for row in rows]
    return table_of("", table.columns, right, body) + note_of(note)


def column_text(column: Column) -> str:
    shown = [_value_text(value) for value in islice(column, LIMIT)]
    more = ", …" if len(column) > LIMIT else ""
    return f"<attain.Column {column.name}, {len(column)} of kind {column.kind}: {', '.join(shown)}{more}>"
