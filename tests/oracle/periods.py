"""Recurring targets and holds judged in each period: period by period, kept, failed or unreported.

Rules: A7, A7a, A2 (each period), A10 (change from the previous period), S4 (failed for certain), R11 (intervals).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from .aims import Goal, goal_at, held, over_upper_edge, reached, unfavourable_ends
from .days import Day, Span, calendar_periods, containing
from .places import Reader
from .plan import Plan, Target
from .reading import Reading


@dataclass
class Periods:
    """What the closed periods of a window came to."""

    total: int = 0  # N
    closed: int = 0  # c
    kept: int = 0  # k
    failed: int = 0
    surely_failed: int = 0  # by the favourable end too
    last_known: Day | None = None
    known: list[tuple[Fraction | str, Fraction]] = field(default_factory=list)  # a as a hold, and its amount
    has_entry: bool = False

    @property
    def unreported(self) -> int:  # u
        return self.closed - self.kept - self.failed


def count_periods(plan: Plan, reader: Reader, target: Target, place: int, goal: Goal | str,
                  b: Fraction | None, end: Day) -> Periods:
    word = target.every or target.indicator.get("period")
    spans = calendar_periods(word, target.start, target.due)
    seen = Periods(total=len(spans))
    for span in spans:
        if span[1] > end:
            break
        seen.closed += 1
        reading = reader.read(place, *span, True)
        asked = goal
        if (target.aim or {}).get("from") == "previous_period":
            asked = _goal_from_previous(plan, reader, target, place, containing(word, span[0] - 1))
        if isinstance(asked, Goal):
            _count(seen, asked, reading, b, span)
    # The key of the reading is the whole window, the running period included (S6a).
    seen.has_entry = reader.read(place, target.start, end, True).has_entry if end >= target.start else False
    return seen


def _goal_from_previous(plan: Plan, reader: Reader, target: Target, place: int, previous: Span) -> Goal | str:
    """A10: under `every` a change may be from the period before, if that one is complete."""
    before = reader.read(place, *previous, True)
    is_number = before.covers_end and before.low == before.high
    return goal_at(plan, target, place, before.low if is_number else None)


def _count(seen: Periods, goal: Goal, reading: Reading, b: Fraction | None, span: Span) -> None:
    """A7a: a period is kept or failed only if its reading is complete or proven."""
    if not reading.has_amount:
        return
    ends = [getattr(reading, end) for end in unfavourable_ends(goal)]
    is_open = any(x is None for x in ends)
    kept = not is_open and all(reached(goal, x, b) for x in ends)
    exceeded = reading.low is not None and over_upper_edge(goal, reading.low, b)
    known = reading.covers_end or reading.bounds_below and (exceeded or kept and goal.proven_by_bound)
    if not known or is_open and not exceeded:
        return
    seen.last_known = span[1]
    if kept:
        seen.kept += 1
    else:
        seen.failed += 1
        seen.surely_failed += exceeded or not _may_be_kept(goal, reading, b)
    known_ends = [x for x in ends if x is not None] or [reading.low]  # A2b
    seen.known += [(held(goal, x, kept), x) for x in known_ends if x is not None]


def _may_be_kept(goal: Goal, reading: Reading, b: Fraction | None) -> bool:
    """Whether some amount of the interval would keep the period (R11: S4 needs the favourable end)."""
    low, high = reading.low, reading.high
    if goal.form in ("at_most", "falls"):
        return low is None or reached(goal, low, b)
    if goal.form != "band":
        return high is None or reached(goal, high, b)
    touches_floor = high is None or reached(Goal("at_least", goal.g if goal.low is None else goal.low), high, b)
    return touches_floor and (low is None or not over_upper_edge(goal, low, b))


def worst_of(seen: Periods) -> tuple[Fraction | str, Fraction | None]:
    """A2: a of an each-period hold is the least over the closed known periods; with the amount that gave it."""
    if not seen.known:
        return "no_observation", None  # A7a
    refused = next(((a, x) for a, x in seen.known if isinstance(a, str)), None)
    if refused is not None:
        return refused
    return min(((a, x) for a, x in seen.known if isinstance(a, Fraction)), key=lambda pair: pair[0])
