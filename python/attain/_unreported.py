"""What was not reported: reporting periods that are over and about which nothing was received, as :func:`attain.quality` finds them."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from attain import _core
from attain._quality import quality

if TYPE_CHECKING:
    from attain.catalogue import Words

_MOST_PERIODS, _MOST_NAMES = 6, 8
_NO_NAMES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Unreported:
    """Periods of one indicator at one place that follow one another and were not reported; both days are inclusive."""

    programme: str
    indicator: str
    place: str
    start: datetime.date
    end: datetime.date
    is_overdue: bool
    """Whether the due days of the reports have passed; otherwise they are not due yet."""


def unreported(now: _core.Evaluation) -> list[Unreported]:
    """The periods that had ended by the as-of day and about which nothing was known then, by indicator, place and time."""
    ended = _missing(now, days_to_report=0)
    if not ended:
        return []
    overdue = {(*key, start): end for *key, start, end in _missing(now, days_to_report=None)}
    found = []
    for programme, indicator, place, start, end in ended:
        due_until = overdue.get((programme, indicator, place, start))  # of a run the earlier periods are due first
        if due_until is not None:
            found.append(Unreported(programme, indicator, place, start, due_until, True))
            start = due_until + datetime.timedelta(days=1)
        if start <= end:
            found.append(Unreported(programme, indicator, place, start, end, False))
    return found


def _missing(now: _core.Evaluation, days_to_report: int | None) -> list[tuple[str, str, str, datetime.date, datetime.date]]:
    found = quality(
        now.plan, now.book, as_of=now.as_of, known_at=now.known_at, days_to_report=days_to_report, only=["missing_report"]
    ).findings.rows()
    return [(row["programme"], row["indicator"], row["place"], row["start"], row["end"]) for row in found]


def frequencies(plan: _core.Programme | _core.Portfolio) -> dict[tuple[str, str], str | int]:
    """How often each indicator of each programme is reported: "month", or every so many days."""
    programmes = plan.programmes if isinstance(plan, _core.Portfolio) else [plan]
    return {
        (programme.id, indicator["id"]): indicator["period"]
        for programme in programmes
        for indicator in programme.to_dict()["indicators"]
        if "period" in indicator
    }


def spanned(start: datetime.date, end: datetime.date, frequency: str | int | None, words: Words) -> str:
    """Periods that follow one another: "2021-05", "2021-03 to 2021-05"; of a number of days their first and last day; else what it is in one."""
    if isinstance(frequency, int) or end.year == datetime.MAXYEAR:  # the calendar ends before the period does
        return str(start) if start == end else words("interval", low=start, high=end)
    if frequency is None:
        return _core.period_text((start, end))
    first, last = (_core.period_text(_core.period_containing(frequency, day)) for day in (start, end))
    return first if first == last else words("interval", low=first, high=last)


def told(
    of: Collection[Unreported],
    frequency: Mapping[tuple[str, str], str | int],
    words: Words,
    *,
    root: str = "",
    indicators: Mapping[str, str] = _NO_NAMES,
    places: Mapping[str, str] = _NO_NAMES,
) -> list[str]:
    """A line for what is overdue and one for what is not due yet: "Overdue: 2021-03 (lifts: east, west)".

    ``root`` is a place that goes unnamed; ``indicators`` and ``places`` are names by id that stand in place of the ids.
    """
    lines = []
    for is_overdue, key in ((True, "unreported_overdue"), (False, "unreported_open")):
        periods: dict[str, dict[str, list[str]]] = {}
        for one in sorted(of, key=lambda one: one.start):
            if one.is_overdue == is_overdue:
                span = spanned(one.start, one.end, frequency[one.programme, one.indicator], words)
                at = periods.setdefault(span, {}).setdefault(indicators.get(one.indicator, one.indicator), [])
                place = places.get(one.place, one.place)
                if one.place != root and place not in at:
                    at.append(place)
        if periods:
            spans = [words("unreported_span", span=span, names=_names(names, words)) for span, names in periods.items()]
            shown = _cut(spans, _MOST_PERIODS, words)
            lines.append(words(key, parts=words("between_clauses").join(shown)))
    return lines


def reports_due(days: Mapping[str, int], words: Words, names: Mapping[str, str] = _NO_NAMES) -> str:
    """How many days after the end of a period its report is due, by indicator (:attr:`QualityReport.days_to_report`)."""
    indicators: dict[int, list[str]] = {}
    for indicator, after in sorted(days.items(), key=lambda item: item[1]):
        indicators.setdefault(after, []).append(names.get(indicator, indicator))
    if len(indicators) == 1:
        return words("reports_due", days=next(iter(indicators)))
    parts = [
        words("reports_due_part", days=after, indicators=words("between_names").join(_cut(of, _MOST_NAMES, words)))
        for after, of in indicators.items()
    ]
    return words("reports_due_each", parts=words("between_clauses").join(parts)) if parts else ""


def _names(of: dict[str, list[str]], words: Words) -> str:
    named = [
        words("unreported_at", indicator=indicator, places=words("between_names").join(_cut(places, _MOST_NAMES, words))) if places else indicator
        for indicator, places in of.items()
    ]
    return words("between_clauses").join(_cut(named, _MOST_NAMES, words))


def _cut(items: list[str], most: int, words: Words) -> list[str]:
    return items if len(items) <= most else [*items[:most], words("table_more", count=len(items) - most)]
