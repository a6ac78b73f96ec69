"""The share that a trajectory plans by the close of a day, and the day on which a share was planned.

Rules: F1 (straight line), F2 (whole units), F3 (steps, ratings, standards), F4, F4a (other shapes), P3 (earned day).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from typing import Any

from .aims import Goal
from .days import Day, civil, containing, day, whole_months
from .exact import ONE, ZERO, exact, floor_with_tolerance
from .plan import Target
from .reading import step_due

Share = Callable[[Day], Fraction]


def planned_share(target: Target, own_goal: Goal | str) -> Share:
    """F as a function of the day: 0 before the start, 1 at the close of due."""
    inside = _shape(target, own_goal)

    def share(on: Day) -> Fraction:
        if on < target.start:
            return ZERO
        return ONE if on >= target.due else inside(on)

    return share


def _shape(target: Target, own_goal: Goal | str) -> Share:
    shape, start, due = target.trajectory, target.start, target.due
    if shape is None:
        if target.indicator.kind == "steps":
            return _weights_due(target)
        shape = "step" if target.indicator.kind == "rating" or target.standard else "straight"
    if shape == "straight":
        return lambda on: straight(start, due, on)
    if shape == "step":
        return lambda on: ZERO
    if "step" in shape:
        return lambda on: ONE if on >= day(shape["step"]) else ZERO
    if "checkpoints" in shape:
        return _checkpoints(target, own_goal)
    if "logistic" in shape:
        m, k = str(shape["logistic"].get("midpoint", 0.5)), str(shape["logistic"].get("steepness", 10))
        return lambda on: logistic(Fraction(on - start + 1, target.days), m, k)
    weights = [exact(w) for w in shape["seasonal"]]
    return lambda on: seasonal(weights, start, due, on)


def straight(start: Day, due: Day, on: Day) -> Fraction:
    """F1: whole months count as months, else days."""
    months = whole_months(start, due)
    if months is None:
        return Fraction(on - start + 1, due - start + 1)
    full, part = _months_passed(start, on)
    return (full + part) / months


def _months_passed(start: Day, on: Day) -> tuple[int, Fraction]:
    now, first = civil(on), civil(start)
    month = containing("month", on)
    full = (now.year - first.year) * 12 + now.month - first.month
    return full, Fraction(now.day, month[1] - month[0] + 1)


def _weights_due(target: Target) -> Share:
    """F3, A9a: steps are due at the close of their day."""
    steps = [(step_due(s, target.due), exact(s.get("weight", 1))) for s in target.indicator.get("steps", [])]
    total = sum((w for _, w in steps), ZERO)
    return lambda on: sum((w for d, w in steps if d <= on), ZERO) / total


def _checkpoints(target: Target, own_goal: Goal | str) -> Share:
    spec = target.trajectory
    points = [(target.start - 1, ZERO)]
    points += [(day(p["day"]), _point_share(p, target, own_goal)) for p in spec["checkpoints"]]
    if points[-1][0] < target.due:
        points.append((target.due, ONE))
    days = [d for d, _ in points]
    stepped = spec.get("joined", "lines") == "steps"

    def share(on: Day) -> Fraction:
        at = bisect_right(days, on) - 1
        day0, share0 = points[at]
        if stepped or at + 1 == len(points):
            return share0
        day1, share1 = points[at + 1]
        return share0 + (share1 - share0) * Fraction(on - day0, day1 - day0)

    return share


def _point_share(point: dict[str, Any], target: Target, own_goal: Goal | str) -> Fraction:
    if "share" in point:
        return exact(point["share"])
    assert isinstance(own_goal, Goal)
    b = ZERO if target.indicator.accumulates or target.baseline is None else target.baseline
    return (exact(point["amount"]) - b) / (own_goal.g - b)


@lru_cache(maxsize=4096)
def logistic(u: Fraction, midpoint: str, steepness: str) -> Fraction:
    """F4, F4a: (L(u) - L(0)) / (L(1) - L(0)), L(u) = 1/(1 + exp(-k(u - m))), u the share of days that have closed."""
    m, k = exact(float(midpoint)), exact(float(steepness))

    def curve(at: Fraction) -> Fraction:
        with localcontext() as context:
            context.prec = 40
            z = -k * (at - m)
            return Fraction(1 / (1 + (Decimal(z.numerator) / Decimal(z.denominator)).exp()))

    base = curve(ZERO)
    return (curve(u) - base) / (curve(ONE) - base)


def seasonal(weights: list[Fraction], start: Day, due: Day, on: Day) -> Fraction:
    """F4a: n calendar months, else n equal parts in days, fractions included."""
    if whole_months(start, due) == len(weights):
        full, part = _months_passed(start, on)
    else:
        position = Fraction((on - start + 1) * len(weights), due - start + 1)
        full = position.numerator // position.denominator
        part = position - full
    current = weights[full] * part if part else ZERO
    return (sum(weights[:full], ZERO) + current) / sum(weights, ZERO)


def in_whole_units(target: Target, goal: Goal | str, b: Fraction | None, share: Fraction) -> Fraction:
    """F2: F* of `at_least` from 0 of an indivisible unit."""
    if (not target.indicator.indivisible or not isinstance(goal, Goal) or goal.form != "at_least" or b != 0
            or goal.g <= 0):
        return share
    return floor_with_tolerance(goal.g * share) / goal.g


@dataclass(frozen=True)
class Earned:
    """The interval of days on which F = a (first None: unbounded)."""

    first: Fraction | None
    last: Fraction
    on_edge: bool = False  # a lies a hair beside a plateau, too close for doubles

    def nearest(self, on: Fraction) -> Fraction:
        """P3: the as-of day clamped into the interval."""
        return min(on if self.first is None else max(on, self.first), self.last)


def earned_days(target: Target, share: Share, a: Fraction) -> Earned:
    """P3: where F = a < 1, linear between closes."""
    a, eve = max(a, ZERO), target.start - 1
    first = _bisect(eve, target.due, lambda on: share(on) >= a)  # the first day with F >= a
    last = _bisect(eve, target.due + 1, lambda on: share(on) > a) - 1  # the last with F <= a
    if share(last) == a:
        return Earned(None if a == 0 else Fraction(first), Fraction(last))
    at = last + (a - share(last)) / (share(last + 1) - share(last))
    edge = _close(a, share(last)) and share(last) == share(last - 1) or (
        _close(a, share(last + 1)) and share(last + 1) == share(last + 2))
    return Earned(at, at, edge)


def _close(a: Fraction, level: Fraction) -> bool:
    return abs(a - level) <= Fraction(1, 10**12)


def _bisect(low: Day, high: Day, holds: Callable[[Day], bool]) -> Day:
    """The first day from low on at which it holds, else high."""
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low
