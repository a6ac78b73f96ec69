"""What the entries of one place say about one plain indicator over some days.

Rules: R4, R4a (nested increments), R5, R5a (running totals), R6, R6a, R6b (levels, steps), R14 (ratings), A9 (steps),
D4 (data day), R8 (covered share of time).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from .days import Day, civil, day
from .entries import AMBIGUOUS, AMOUNT, MISSING, Amount, Standing, add_ends
from .exact import ONE, RELATIVE, ZERO, complete, exact, first_reason
from .plan import Indicator

Ends = tuple[Fraction | None, Fraction | None]


@dataclass(frozen=True)
class Reading:
    """An amount (low and high end, None where open) with what it rests on, or a reason for having none."""

    low: Fraction | None = None
    high: Fraction | None = None
    reason: str | None = None
    coverage: Fraction = ZERO
    data_day: Day | None = None
    covers_end: bool = False  # the data cover the last day asked for ("covers due")
    bounds_below: bool = False  # with gaps it is a lower bound (R8): sums only
    has_entry: bool = False

    @property
    def has_amount(self) -> bool:
        return self.reason is None

    @property
    def is_complete(self) -> bool:
        return complete(self.coverage)


def none(reason: str | None, has_entry: bool) -> Reading:
    return Reading(reason=reason or "no_observation", has_entry=has_entry)


def _why_missing(amounts: list[Amount]) -> str | None:
    """R6, N: a reported reason, where no amount remains."""
    return first_reason(a.reason for a in amounts if a.state == MISSING)


# Increments ----------------------------------------------------------------------------------------------------------

def read_increments(amounts: list[Amount], start: Day, end: Day) -> Reading:
    """R4: periods that lie inside the days asked for."""
    inside = [a for a in amounts if start <= a.first and a.last <= end]
    if any(a.state == AMBIGUOUS for a in inside):  # R1a: for sums any within the window
        return none("ambiguous", True)
    return sum_increments([a for a in inside if a.state == AMOUNT], start, end, bool(inside), _why_missing(inside))


def sum_increments(used: list[Amount], start: Day, end: Day, has_entry: bool, why_none: str | None) -> Reading:
    if not used:
        return none(why_none, has_entry)
    standing = resolve_nesting(used)
    if standing is None:
        return none("ambiguous", True)
    days = sum((a.share * (a.last - a.first + 1) for a in standing), ZERO)
    coverage = days / (end - start + 1)
    return Reading(add_ends([a.low for a in standing]), add_ends([a.high for a in standing]), None, coverage,
                   max(a.last for a in standing), complete(coverage), True, True)


def resolve_nesting(amounts: list[Amount]) -> list[Amount] | None:
    """R4, R4a, R4b: from the inside out, container or contents; None if what is left overlaps."""
    standing: list[Amount] = []
    for container in sorted(amounts, key=lambda a: a.last - a.first):
        contents = [a for a in standing if _contains(container, a)]
        winner = _stands(container, contents) if contents else "container"
        if winner == "contents":
            continue
        if winner == "container":
            standing = [a for a in standing if a not in contents]
        standing.append(container)
    standing.sort(key=lambda a: a.first)
    overlaps = any(b.first <= a.last for a, b in itertools.pairwise(standing))
    return None if overlaps else standing


def _contains(outer: Amount, inner: Amount) -> bool:
    return outer.first <= inner.first and inner.last <= outer.last


def _stands(container: Amount, contents: list[Amount]) -> str | None:
    recorded = max(a.recorded for a in contents)
    if container.recorded > recorded:
        return "container"
    if sum(a.last - a.first + 1 for a in contents) != container.last - container.first + 1:
        return None  # they do not tile it, and it was not recorded later
    if container.recorded < recorded:
        return "contents"
    same = (_agree(container.low, add_ends([a.low for a in contents]))
            and _agree(container.high, add_ends([a.high for a in contents])))
    return "contents" if same else None


def _agree(a: Fraction | None, b: Fraction | None) -> bool:
    if a is None or b is None:
        return a is b
    return abs(a - b) <= RELATIVE * max(abs(a), abs(b))


# The latest entry ----------------------------------------------------------------------------------------------------

def latest(amounts: list[Amount]) -> Amount | None:
    """The latest entry that is not missing; of one last day the later recorded (R6a), else ambiguous."""
    known = [a for a in amounts if a.state != MISSING]
    if not known:
        return None
    last = max(a.last for a in known)
    recorded = max(a.recorded for a in known if a.last == last)
    best = [a for a in known if a.last == last and a.recorded == recorded]
    if any((a.state, a.low, a.high) != (best[0].state, best[0].low, best[0].high) for a in best):
        return Amount(best[0].first, last, AMBIGUOUS, None, None, ZERO, recorded)
    return best[0]


# Running totals ------------------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Eve:
    """Where a running total starts: the window's first day, and the declared total on its eve at this place."""

    window_start: Day
    declared: Fraction | None


def read_running_total(indicator: Indicator, amounts: list[Amount], start: Day, end: Day, eve: Eve) -> Reading:
    """R5, R5a: the amount since `start`, the first day of the window or of one of its periods (A7a)."""
    inside = [a for a in amounts if start <= a.last <= end]
    origin = indicator.get("origin", "window")
    if origin == "window" and start < eve.window_start:
        return none(None, bool(inside))
    now = latest(inside)
    if now is None:
        return none(_why_missing(inside), bool(inside))
    if now.state == AMBIGUOUS:
        return none("ambiguous", True)
    parts, covered = [now], _days_of_year(now, start) if origin == "year" else (now.last - start + 1) * now.share
    if origin == "year":
        for year in range(civil(start).year, civil(now.last).year):
            closed = latest([a for a in inside if civil(a.last).year == year])
            if closed is None:
                continue
            if closed.state == AMBIGUOUS:
                return none("ambiguous", True)
            parts.append(closed)
            covered += _days_of_year(closed, start)
    low, high = add_ends([a.low for a in parts]), add_ends([a.high for a in parts])
    has_first_year = any(civil(a.last).year == civil(start).year for a in parts)
    if _subtracts(origin, start, eve.window_start) and (origin != "year" or has_first_year):
        before = _eve_total(amounts, start, eve)
        if isinstance(before, str):
            return none(before, True)
        low = None if low is None or before[1] is None else low - before[1]
        high = None if high is None or before[0] is None else high - before[0]
    coverage = covered / (now.last - start + 1)
    return Reading(low, high, None, coverage, now.last, complete(coverage) and now.last == end, True, True)


def _days_of_year(entry: Amount, start: Day) -> Fraction:
    first = max(start, date(civil(entry.last).year, 1, 1).toordinal())
    return (entry.last - first + 1) * entry.share


def _subtracts(origin: str, start: Day, window_start: Day) -> bool:
    if origin == "year":
        return (civil(start).month, civil(start).day) != (1, 1)
    return origin == "ever" or start != window_start


def _eve_total(amounts: list[Amount], start: Day, eve: Eve) -> Ends | str:
    """The total on the eve: declared, else the entry whose day is the eve, else `baseline_missing`."""
    if start == eve.window_start and eve.declared is not None:
        return eve.declared, eve.declared
    entry = latest([a for a in amounts if a.last == start - 1])
    if entry is None:
        return "baseline_missing"
    return "ambiguous" if entry.state == AMBIGUOUS else (entry.low, entry.high)


# Levels, ratings, steps ----------------------------------------------------------------------------------------------

def read_level(amounts: list[Amount], start: Day | None, end: Day, age: int) -> Reading:
    """R6: the latest entry with an amount, within the age; with a `start` it must lie in the period instead."""
    usable = [a for a in amounts if a.last <= end and (start is None or a.last >= start)]
    now = latest(usable)
    if now is None:
        return none(_why_missing(usable), bool(usable))
    if now.state == AMBIGUOUS:
        return none("ambiguous", True)
    if start is None and end - now.last > age:
        return none("stale", True)
    return Reading(now.low, now.high, None, now.share, now.last, complete(now.share), True, True)


def _as_amount(entry: Standing) -> Amount:
    return Amount(entry.first, entry.last, entry.state, entry.low, entry.high, ONE, entry.recorded, entry.reason)


def read_rating(indicator: Indicator, entries: list[Standing], start: Day, end: Day) -> Reading:
    """R6 (inside the window only), R14 (latest of each author; precedence, else agreement), D4."""
    usable = [e for e in entries if not e.categories and start <= e.last <= end]
    found = {author: latest([_as_amount(e) for e in usable if e.author == author])
             for author in {e.author for e in usable}}
    said = {author: amount for author, amount in found.items() if amount is not None}
    if not said:
        return none(first_reason(e.reason for e in usable), bool(usable))
    ranked = [said[author] for author in indicator.get("authors", []) if author in said]
    opinions = ranked[:1] or list(said.values())
    first = opinions[0]
    if any(o.state == AMBIGUOUS or (o.low, o.high) != (first.low, first.high) for o in opinions):
        return none("ambiguous", True)
    return Reading(first.low, first.high, None, ONE, end, True, False, True)


def step_due(step: dict[str, Any], due: Day) -> Day:
    return day(step["due"]) if "due" in step else due


def read_steps(indicator: Indicator, entries: list[Standing], end: Day, due: Day) -> Reading:
    """R6b, A9, A9a: the weights of the steps whose latest entry is 1, over all weights; none without any entry."""
    steps = {step["id"] for step in indicator.get("steps", [])}
    usable = [e for e in entries if not e.categories and e.last <= end and e.step in steps]
    if all(e.state == MISSING for e in usable):
        return none(first_reason(e.reason for e in usable), bool(usable))
    done, total, open_ones_reported = ZERO, ZERO, True
    for step in indicator.get("steps", []):
        weight = exact(step.get("weight", 1))
        total += weight
        now = latest([_as_amount(e) for e in usable if e.step == step["id"]])
        if now is not None and now.state == AMBIGUOUS:
            return none("ambiguous", True)
        if now is not None and now.low == 1:
            done += weight
        elif now is None or now.last < step_due(step, due):
            open_ones_reported = False
    amount = done / total
    return Reading(amount, amount, None, ONE, end, open_ones_reported, False, bool(usable))
