"""Text in columns: widths as a terminal shows them, and numbers as people read them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_WIDE = ("W", "F")


def width(text: str) -> int:
    """Columns that a text takes in a terminal: two for a Chinese character, none for a combining mark."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in _WIDE else 1 for c in text
    )


def cut(text: str, columns: int) -> str:
    """The text in at most so many columns, with … at its end if something is left out."""
    if width(text) <= columns:
        return text
    kept = 0
    for index, character in enumerate(text):
        kept += width(character)
        if kept > columns - 1:
            return text[:index] + "…"
    return text


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """The text filled up with spaces, at its end or, if it is to stand ``right``, before it."""
    spaces = " " * max(0, columns - width(text))
    return spaces + text if right else text + spaces


def columns(rows: Sequence[Sequence[str]], *, right: Sequence[bool], gap: str = "  ") -> list[str]:
    """Rows of cells as lines whose cells stand under one another."""
    widths = [max(width(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [
        gap.join(pad(cell, w, right=r) for cell, w, r in zip(row, widths, right, strict=True)).rstrip() for row in rows
    ]


def wrapped(items: Sequence[str], *, indent: str, limit: int, separator: str = ", ") -> list[str]:
    """Items one after another in lines of at most so many columns."""
    lines: list[str] = []
    line = indent
    for index, item in enumerate(items):
        piece = item + (separator if index + 1 < len(items) else "")
        if line != indent and width(line) + width(piece.rstrip()) > limit:
            lines.append(line.rstrip())
            line = indent
        line += piece
    return [*lines, line.rstrip()] if items else lines


def number(value: float) -> str:
    """An amount with thousands separators and few decimals."""
    if value == round(value) and abs(value) < 1e15:
        return f"{value + 0.0:,.0f}"
    if abs(value) >= 1e15 or abs(value) < 1e-4:
        return f"{value:.4g}"
    decimals = 1 if abs(value) >= 1000 else 2 if abs(value) >= 10 else 4
    return f"{value:,.{decimals}f}".rstrip("0").rstrip(".")


def percent(share: float | None) -> str:
    """A share as text in percent; nothing for None."""
    return "" if share is None else f"{100 * share:,.1f}%"


def points(share: float | None) -> str:
    """A difference of shares in percentage points, with its sign; nothing for None."""
    if share is None:
        return ""
    rounded = round(100 * share, 1)
    return f"{rounded:+,.1f}" if rounded else "0.0"
