"""What the tables of results are made of: cells, rows and words, as text and as HTML. Nothing user-written reaches HTML unescaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from attain.catalogue import Words

LIMIT = 20
"""Rows that a notebook or a prompt shows."""


def words_of(language: str) -> Words:
    from attain.catalogue import Words  # when something is shown, not when attain is imported

    return Words(language)


def headings_of(words: Words, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Headings of a table, in small letters."""
    return tuple(words(key).lower() for key in keys)


def listed(parts: list[str], words: Words) -> str:
    return words("between_parts").join(parts)


def flat(rows: list[list[str]]) -> list[str]:
    return [line for row in rows for line in row]


def cell(text: str, *, right: bool, style: str = "") -> str:
    align = f"text-align:{'right' if right else 'left'};{style}"
    return f'<td style="{align}">{escape(text)}</td>'


def row_of(cells: Iterable[str], right: Iterable[bool]) -> str:
    """A row of a table, its cells at their sides."""
    return "<tr>" + "".join(cell(text, right=r) for text, r in zip(cells, right, strict=True)) + "</tr>"


def table_of(title: str, headings: list[str], right: tuple[bool, ...], rows: list[str]) -> str:
    head = "".join(
        f'<th scope="col" style="text-align:{"right" if r else "left"}">{escape(text)}</th>'
        for text, r in zip(headings, right, strict=True)
    )
    caption = f"<caption>{escape(title)}</caption>" if title else ""
    return f"<table>{caption}{f'<thead><tr>{head}</tr></thead>' if head else ''}<tbody>{''.join(rows)}</tbody></table>"


def _heading(name: str) -> str:
    return f'<th scope="row" style="text-align:left">{escape(name)}</th>'


def facts(lines: list[tuple[str, str]], words: Words) -> list[str]:
    """Rows of a name and what it is."""
    return [f"<tr>{_heading(words(key).lower())}{cell(text, right=False)}</tr>" for key, text in lines]


def note_of(text: str) -> str:
    return f"<p>{escape(text)}</p>"
