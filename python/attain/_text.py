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


def gap_shown(attainment: float | None, expected: float | None, gap: float | None) -> float | None:
    """A gap as a reader gets it from the two shares beside it, each rounded to a tenth of a percentage point: 41.7 % less 33.3 % is 8.4 points.

    What is computed and judged with stays exact, and so does a gap that is not that difference.
    """
    if attainment is None or expected is None or gap is None:
        return gap
    shown = (_tenths(attainment) - _tenths(expected)) / 1000
    return shown if abs(shown - gap) < 0.0015 else gap


def adding_up(shares: Sequence[float], total: float) -> list[float]:
    """Shares of a total, each rounded to a tenth of a percentage point so that they add up to the total as it is rounded.

    Those whose rounding took or gave most are moved by a tenth. This is for what stands side by side; what is computed with stays exact.
    """
    exact = [1000 * share for share in shares]
    tenths = [_tenths(share) for share in shares]
    apart = _tenths(total) - sum(tenths)
    towards = 1 if apart > 0 else -1
    furthest = sorted(range(len(exact)), key=lambda index: towards * (tenths[index] - exact[index]))
    for index in furthest[: abs(apart)]:
        tenths[index] += towards
    return [one / 1000 for one in tenths]


def _tenths(share: float) -> int:
    """A share in tenths of a percentage point, as :func:`points` rounds it."""
    return round(10 * round(100 * share, 1))


_NARROWEST = 16
"""Columns that a text is cut to at most."""


def fitted(rows: Sequence[Sequence[str]], *, right: Sequence[bool], limit: int | None, flexible: int) -> list[list[str]]:
    """Rows as :func:`columns` has them, in lines of at most so many columns; the lines of each row.

    The cells of one column, ``flexible``, are cut as far as it takes. Where that is not enough each row takes two lines: what stands up to that
    column, and the rest.
    """
    lines = columns(rows, right=right)
    excess = 0 if limit is None else max(map(width, lines)) - limit
    if limit is None or excess <= 0:
        return [[line] for line in lines]
    room = max(width(row[flexible]) for row in rows) - excess
    if room >= _NARROWEST:
        narrow = [[cut(cell, room) if index == flexible else cell for index, cell in enumerate(row)] for row in rows]
        return [[line] for line in columns(narrow, right=right)]
    heads = [cut("  ".join(row[: flexible + 1]).rstrip(), limit) for row in rows]
    rest = columns([row[flexible + 1 :] for row in rows], right=right[flexible + 1 :])
    return [[head, *([f"  {line}"] if line.strip() else [])] for head, line in zip(heads, rest, strict=True)]


def folded(text: str, limit: int | None) -> list[str]:
    """A text in lines of at most so many columns, broken between words, and between characters where a word is longer."""
    if limit is None:
        return [text]
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if width(joined) <= limit:
            line = joined
            continue
        if line and width(word) <= limit:
            lines.append(line)
            line = word
            continue
        line = ""
        for character in joined:
            if width(line + character) > limit:
                lines.append(line)
                line = ""
            line += character
    return [*lines, line]


def with_folded_end(rows: Sequence[Sequence[str]], *, right: Sequence[bool], limit: int | None) -> list[str]:
    """Rows as :func:`columns` has them, with the cells of the last column folded into lines of at most so many columns, below the others if little
    room is left beside them."""
    lines = columns(rows, right=right)
    if limit is None or max(map(width, lines)) <= limit:
        return lines
    room = limit - (max(map(width, lines)) - max(width(row[-1]) for row in rows))
    if room < 2 * _NARROWEST:
        heads = columns([row[:-1] for row in rows], right=right[:-1])
        below = [[f"  {line}" for line in folded(row[-1], limit - 2)] for row in rows]
        return [line for head, lines in zip(heads, below, strict=True) for line in (head, *lines)]
    out: list[Sequence[str]] = []
    for row in rows:
        first, *others = folded(row[-1], room)
        out += [[*row[:-1], first], *([""] * (len(row) - 1) + [other] for other in others)]
    return columns(out, right=right)
