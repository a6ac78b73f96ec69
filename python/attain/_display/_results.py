"""One result of an evaluation, and the words for its answers."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from attain import _text
from attain._display._parts import facts, table_of, words_of

if TYPE_CHECKING:
    from attain._core import ProjectResult, TargetResult
    from attain.catalogue import Words

_AIM_SIGNS = {"at_least": "≥ ", "at_most": "≤ ", "about": "≈ "}


def status_of(result: ProjectResult | TargetResult, words: Words) -> str:
    if result.status is None:
        return f"– {words(f'reason_{result.reason}')}"
    return result.status_label(language="zh") if words.language == "zh" else result.status.replace("_", " ")


def _amount(value: float, unit: str) -> str:
    return _text.percent(value) if unit == "share" else _text.number(value)


def gap_of(result: TargetResult | ProjectResult) -> str:
    """The gap in points, as it is read from the two shares beside it."""
    return _text.points(_text.gap_shown(result.attainment, result.expected, result.gap))


def reading_of(target: TargetResult) -> str:
    if target.reading is None:
        return ""
    return ("≥ " if target.is_lower_bound else "") + _amount(target.reading, target.unit)


def goal_of(target: TargetResult) -> str:
    if target.goal is None:
        return ""
    goal = _amount(target.goal, target.unit)
    if target.is_recurring or target.aim is None:
        return goal
    if target.aim == "about":
        return "≈ " + goal
    if target.upper_goal is not None:
        return f"{goal} – {_amount(target.upper_goal, target.unit)}"
    return _AIM_SIGNS.get(target.aim, "") + goal


def result_text(result: TargetResult | ProjectResult) -> str:
    kind = type(result).__name__
    parts = []
    for name in ("reading", "attainment", "expected"):
        value = getattr(result, name, None)
        if value is not None:
            parts.append(f"{name} {value:.6g}")
    parts.append(result.status if result.status is not None else f"no status ({result.reason})")
    return f"<attain.{kind} {result.id} at {result.place}: {', '.join(parts)}>"


def result_html(result: TargetResult | ProjectResult, language: str = "en") -> str:
    """The answers of one result, each with its reason where there is none, and how they came about behind a fold."""
    words = words_of(language)
    amounts = {"reading": reading_of, "goal": goal_of} if hasattr(result, "reading") else {}
    points = words("points", points=gap_of(result))
    lines = [("status", status_of(result, words))]
    lines += [(name, shown(result) or _none(result, name, words)) for name, shown in amounts.items()]  # type: ignore[arg-type]
    lines += [(name, _text.percent(getattr(result, name)) or _none(result, name, words)) for name in ("attainment", "expected")]
    lines += [("gap", points if result.gap is not None else _none(result, "gap", words))]
    lines += [("coverage", _text.percent(result.coverage))]
    unit = getattr(result, "unit", "")
    title = f"{result.id} {result.name}".rstrip() + words("table_at_place", place=result.place)
    title += words("table_in_unit", unit=unit) if unit and unit != "share" else ""
    why = f"<details><summary>{escape(words('why').lower())}</summary><pre>{escape(words.explanation(result.explain()))}</pre></details>"
    return table_of(title, [], (), facts(lines, words)) + why


def _none(result: TargetResult | ProjectResult, name: str, words: Words) -> str:
    reason = result.reason_of(name)
    return f"– {words(f'reason_{reason}')}" if reason is not None else "–"
