"""What changed between two evaluations, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attain import _text
from attain._display._parts import LIMIT, flat, headings_of, listed, row_of, table_of, words_of

if TYPE_CHECKING:
    from attain._core import Change, Comparison
    from attain.catalogue import Words

_CHANGE_HEADINGS = ("item", "name", "before", "after", "contribution", "cause")
_CHANGE_RIGHT = (False, False, True, True, True, False)
_COMPONENTS = ("performance", "coverage", "rules", "plan")


def _cause(name: str, words: Words) -> str:
    return words("cause_coverage" if name == "coverage" and words.language == "zh" else name).lower()


def _change_lines(change: Change, limit: int | None, words: Words) -> tuple[list[tuple[str, ...]], int]:
    """A line for each part, the largest first, and how many were left out."""
    parts = change.parts.to_dict()
    count = len(parts["contribution"])
    shown = count if limit is None else min(count, limit)
    rounded = _text.adding_up(parts["contribution"], sum(parts["contribution"]) if change.change is None else change.change)
    lines: list[tuple[str, ...]] = []
    for row in range(shown):
        causes = {name: parts[name][row] for name in _COMPONENTS if round(abs(parts[name][row]), 6) > 0}
        named = {_cause(name, words): size for name, size in causes.items()}
        cause = listed(list(named) if len(named) < 2 else [f"{name} {_text.points(size)}" for name, size in named.items()], words)
        item = parts["target"][row] or parts["project"][row]
        ends = (_text.percent(parts["before"][row]), _text.percent(parts["after"][row]))
        lines.append((item, parts["name"][row] or "", *ends, _text.points(rounded[row]), cause))
    return lines, count - shown


def change_table_text(change: Change, *, limit: int | None = LIMIT, name_width: int = 44, width: int | None = None, language: str = "en") -> str:
    words = words_of(language)
    lines, left_out = _change_lines(change, limit, words)
    text = _text.folded(change.sentence(language), width)
    if lines:
        rows = [headings_of(words, _CHANGE_HEADINGS), *((line[0], _text.cut(line[1], name_width), *line[2:]) for line in lines)]
        text += ["", *flat(_text.fitted(rows, right=_CHANGE_RIGHT, limit=width, flexible=1))]
    if left_out:
        text.append(words("table_more", count=left_out))
    if change.change is not None:
        shown = _text.adding_up([getattr(change, name) for name in _COMPONENTS], change.change)
        totals = [f"{_cause(name, words)} {_text.points(size)}" for name, size in zip(_COMPONENTS, shown, strict=True)]
        text += ["", words("table_total", points=_text.points(change.change), parts=listed(totals, words))]
    return "\n".join(text)


def change_text(change: Change) -> str:
    return change_table_text(change)


def comparison_html(both: Comparison, language: str = "en") -> str:
    return change_html(both.change(), language)


def change_html(change: Change, language: str = "en") -> str:
    words = words_of(language)
    lines, left_out = _change_lines(change, LIMIT, words)
    rows = [
        row_of(line, _CHANGE_RIGHT) for line in lines
    ]
    if left_out:
        rows.append(f'<tr><td colspan="{len(_CHANGE_HEADINGS)}">{words("table_more", count=left_out)}</td></tr>')
    return table_of(change.sentence(language), list(headings_of(words, _CHANGE_HEADINGS)), _CHANGE_RIGHT, rows)
