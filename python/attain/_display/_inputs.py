"""What is asked and what was reported: a programme, a ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attain._display._parts import facts, headings_of, note_of, row_of, table_of, words_of
from attain._display._tables import head_of

if TYPE_CHECKING:
    from attain._core import Ledger, Programme


def programme_html(plan: Programme, language: str = "en") -> str:
    """A programme in a few lines."""
    words = words_of(language)
    window = words("window_each") if plan.window is None else words("window_days", start=plan.window[0], due=plan.window[1])
    lines = [
        ("window", window),
        ("projects_count", str(len(plan.project_ids))),
        ("targets_count", str(len(plan.target_ids))),
        ("indicators_count", str(len(plan.indicator_ids))),
        ("places_count", str(len(plan.place_ids))),
        ("method", plan.method),
        ("warnings_count", str(len(plan.warnings))),
    ]
    return table_of(f"{plan.id}: {plan.name}" if plan.name else plan.id, [], (), facts(lines, words))


def ledger_html(book: Ledger, language: str = "en") -> str:
    """How many entries there are, and the first of them."""
    words = words_of(language)
    title = words("entries", count=len(book))
    if book.last_recorded is not None:
        title = words("entries_last", entries=title, day=book.last_recorded)
    told = ("indicator", "place", "start", "end", "amount", "missing", "recorded", "source")
    columns = [name for name in told if name in book.table]
    rows, right, note = head_of(book.table.select(*columns), words, limit=5)
    body = [row_of(row, right) for row in rows]
    return table_of(title, list(headings_of(words, tuple(columns))), right, body) + note_of(note)
