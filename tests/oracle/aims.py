"""What an aim asks for at a place, whether it is reached, and the share of the way there.

Rules: B2-B4 (reached, holds), A1-A6, A6a, A10 (attainment), R9b (change and bands have no quotas), R11a, R11c (which
end of an interval counts).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .exact import ONE, RELATIVE, ZERO, above, exact, not_below
from .plan import Plan, Target, goal_number

MISSING_BASELINE = "baseline_missing"


@dataclass(frozen=True)
class Goal:
    """An aim in numbers: a floor, a ceiling, or both edges of a band."""

    form: str  # at_least, at_most, band, rises, falls
    g: Fraction
    low: Fraction | None = None  # edges of a band
    high: Fraction | None = None
    strict: bool = False
    is_change: bool = False
    change_is_zero: bool = False

    @property
    def has_upper_edge(self) -> bool:
        return self.form in ("at_most", "falls") or self.high is not None

    @property
    def proven_by_bound(self) -> bool:
        """R8: a lower bound proves a floor reached."""
        return not self.has_upper_edge


def changed(number: Fraction, unit: str, base: Fraction) -> Fraction:
    """percent: 10 is +10 %"""
    return base + number if unit == "amount" else base * (1 + number / 100)


def goal_at(plan: Plan, target: Target, place: int, base: Fraction | None) -> Goal | str:
    """The goal of a place, or the reason for having none; `base` is what a change is measured from."""
    aim = target.aim
    if aim is None:
        return "not_applicable"
    if place != target.place and not _splits(target):
        return "not_applicable"
    for form in ("rises", "falls"):
        if form in aim:
            return MISSING_BASELINE if base is None else Goal(form, base, strict=True)
    if "between" in aim:
        low, high = (exact(edge) for edge in aim["between"])
        return Goal("band", low, low, high)
    number = goal_number(plan, target, place)
    if number is None:
        return "not_applicable"
    unit = aim.get("change")
    if unit is not None and base is None:
        return MISSING_BASELINE
    g = number if unit is None or base is None else changed(number, unit, base)
    is_zero = unit is not None and g == base
    if "about" not in aim:
        form = "at_least" if "at_least" in aim else "at_most"
        return Goal(form, g, strict=bool(aim.get("strict")), is_change=unit is not None, change_is_zero=is_zero)
    width = exact(aim["tolerance_amount"]) if "tolerance_amount" in aim else exact(aim.get("tolerance", 0.05)) * abs(g)
    upper = None if target.indicator.accumulates else g + width  # A6: on accumulators no upper edge
    return Goal("band", g, g - width, upper, is_change=unit is not None, change_is_zero=is_zero)


def _splits(target: Target) -> bool:
    assert target.aim is not None
    return target.has_absolute_number and "between" not in target.aim


def share_goal(plan: Plan, target: Target, place: int) -> Fraction | None:
    """R11b: the g that a share of the goal means, where it does not depend on a reading."""
    goal = goal_at(plan, target, place, target.baseline if place == target.place else None)
    return goal.g if isinstance(goal, Goal) and goal.form in ("at_least", "at_most") or (
        isinstance(goal, Goal) and target.aim is not None and "about" in target.aim) else None


# Reached -------------------------------------------------------------------------------------------------------------

def _tolerance(edge: Fraction, b: Fraction | None) -> Fraction:
    return RELATIVE * (abs(edge) if b is None else max(abs(edge), abs(edge - b)))


def reached(goal: Goal, x: Fraction, b: Fraction | None) -> bool:
    """B2, A10."""
    tolerance = _tolerance(goal.g, b)
    if goal.form in ("at_least", "rises"):
        return above(x, goal.g, tolerance) if goal.strict else not_below(x, goal.g, tolerance)
    if goal.form in ("at_most", "falls"):
        return above(-x, -goal.g, tolerance) if goal.strict else not_below(-x, -goal.g, tolerance)
    assert goal.low is not None
    return not_below(x, goal.low, _tolerance(goal.low, b)) and not over_upper_edge(goal, x, b)


def over_upper_edge(goal: Goal, x: Fraction, b: Fraction | None) -> bool:
    """Whether a cap or the upper edge of a band is exceeded."""
    if goal.form in ("at_most", "falls"):
        return not reached(goal, x, b)
    return goal.high is not None and above(x, goal.high, _tolerance(goal.high, b))


def unfavourable_ends(goal: Goal) -> tuple[str, ...]:
    """R11a, R11c."""
    if goal.form in ("at_most", "falls"):
        return ("high",)
    return ("low", "high") if goal.form == "band" and goal.high is not None else ("low",)


# Attainment ----------------------------------------------------------------------------------------------------------

def progress(goal: Goal, x: Fraction, b: Fraction | None, is_reached: bool) -> Fraction | str:
    """A1, A6, A10: the share of the way from the baseline, unclamped; reached counts as at least 1."""
    if b is None:
        return MISSING_BASELINE
    if goal.form in ("rises", "falls"):
        return ONE if is_reached else ZERO
    if goal.form == "band":
        return _band_progress(goal, x, b, is_reached)
    if goal.g == b:
        return "goal_equals_baseline"
    a = (x - b) / (goal.g - b)
    return max(a, ONE) if is_reached else a


def _band_progress(goal: Goal, x: Fraction, b: Fraction, is_reached: bool) -> Fraction | str:
    if goal.change_is_zero and b == goal.g:  # B4
        return "goal_equals_baseline"
    if is_reached:
        return ONE
    assert goal.low is not None
    if b < goal.low:
        if goal.high is None or x < goal.low:
            return (x - b) / (goal.low - b)
        return 1 - (x - goal.high) / (goal.low - b)
    assert goal.high is not None
    if x > goal.high:
        return (b - x) / (b - goal.high)
    return 1 - (goal.low - x) / (b - goal.high)


def of_goal(goal: Goal, x: Fraction) -> Fraction | str:
    """A4, A5, A6a: x/g, or g/x of a ceiling."""
    if goal.form in ("rises", "falls"):
        return "not_scalable"
    if goal.form == "band":
        assert goal.low is not None
        if x < goal.low:
            return x / goal.low if goal.low > 0 and x >= 0 else "not_scalable"
        if goal.high is None or x <= goal.high:
            return ONE
        return goal.high / x if goal.high > 0 and x > 0 else "not_scalable"
    if goal.g <= 0 or x < 0 or (goal.form == "at_most" and x == 0):
        return "not_scalable"
    return x / goal.g if goal.form == "at_least" else goal.g / x


def held(goal: Goal, x: Fraction, is_reached: bool) -> Fraction | str:
    """A2, A3: 1 if it holds, else x/g."""
    if is_reached:
        return ONE
    return ZERO if goal.form in ("rises", "falls") else of_goal(goal, x)


def is_hold(goal: Goal | str, target: Target, b: Fraction | None) -> bool:
    """A2 (declared), B3, A6 (the baseline already reaches it)."""
    if target.cadence == "throughout":
        return True
    if not isinstance(goal, Goal) or b is None or goal.form in ("rises", "falls"):
        return False
    if goal.form == "band":
        return not (goal.change_is_zero and b == goal.g) and reached(goal, b, b)  # B4
    if goal.change_is_zero:
        return not target.indicator.accumulates
    return reached(goal, b, b)
