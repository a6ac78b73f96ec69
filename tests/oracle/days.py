"""Civil days as ordinals, reporting periods, and the calendar periods of a window (rules D2, R3, A7)."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import cache
from typing import Any

Day = int
Span = tuple[Day, Day]  # both inclusive

PERIOD_DAYS = {"day": 1, "week": 7, "ten_days": 11, "month": 31, "quarter": 92, "half_year": 184, "year": 366}
_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


@cache
def _parse(text: str) -> Day:
    return date.fromisoformat(text).toordinal()


def day(value: str | date | int) -> Day:
    if isinstance(value, str):
        return _parse(value)
    return value.toordinal() if isinstance(value, date) else value


def civil(ordinal: Day) -> date:
    return date.fromordinal(ordinal)


def iso(ordinal: Day) -> str:
    return civil(ordinal).isoformat()


def _month_span(year: int, month: int, months: int) -> Span:
    last = month + months - 1
    return (date(year, month, 1).toordinal(),
            date(year, last, calendar.monthrange(year, last)[1]).toordinal())


@cache
def parse_period(text: str) -> Span:
    """`2021`, `2021-06`, `2021Q2`, `2021H1`, `2021-01-01/2021-06-30`, or a day."""
    if "/" in text:
        first, last = text.split("/")
        return _parse(first), _parse(last)
    if re.fullmatch(r"\d{4}", text):
        return _month_span(int(text), 1, 12)
    if match := re.fullmatch(r"(\d{4})-?Q([1-4])", text):
        return _month_span(int(match[1]), 3 * int(match[2]) - 2, 3)
    if match := re.fullmatch(r"(\d{4})-?H([12])", text):
        return _month_span(int(match[1]), 6 * int(match[2]) - 5, 6)
    if match := re.fullmatch(r"(\d{4})-(\d{2})", text):
        return _month_span(int(match[1]), int(match[2]), 1)
    return _parse(text), _parse(text)


def entry_span(row: dict[str, Any]) -> Span:
    """The period an observation is about."""
    if row.get("period"):
        return parse_period(row["period"])
    if row.get("day"):
        return day(row["day"]), day(row["day"])
    return (day(row["start"]) if row.get("start") else day(row["end"])), day(row["end"])


def period_length(period: str | int | None, window: int) -> int:
    """D2: month 31, quarter 92, year 366 days; the window's length if none."""
    if period is None:
        return window
    return period if isinstance(period, int) else PERIOD_DAYS[period]


@cache
def containing(word: str, ordinal: Day) -> Span:
    """The calendar period of a kind that contains a day."""
    if word == "day":
        return ordinal, ordinal
    if word == "week":
        monday = ordinal - (ordinal - 1) % 7  # ordinal 1 is a Monday
        return monday, monday + 6
    on = civil(ordinal)
    if word == "ten_days":
        first = min((on.day - 1) // 10, 2) * 10 + 1
        end = _month_span(on.year, on.month, 1)[1]
        start = on.replace(day=first).toordinal()
        return start, end if first == 21 else start + 9
    months = _MONTHS[word]
    return _month_span(on.year, (on.month - 1) // months * months + 1, months)


@cache
def calendar_periods(word: str, start: Day, due: Day) -> tuple[Span, ...]:
    """A7: the whole periods in a window."""
    span = containing(word, start)
    if span[0] < start:
        span = containing(word, span[1] + 1)
    whole = []
    while span[1] <= due:
        whole.append(span)
        span = containing(word, span[1] + 1)
    return tuple(whole)


@cache
def whole_months(start: Day, due: Day) -> int | None:
    """F1: the number of months of a window of whole months."""
    first, after = civil(start), civil(due + 1)
    if first.day != 1 or after.day != 1:
        return None
    return (after.year - first.year) * 12 + after.month - first.month
