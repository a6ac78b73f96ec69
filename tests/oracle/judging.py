"""One cell: a target at a place, judged on a day.

Rules: B1, B1a (baseline), R8, R8b (what gaps leave standing), A (attainment), P (pace), S (status), N, N1 (reasons),
A1a, A5 (score).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .aims import (
    Goal,
    goal_at,
    held,
    is_hold,
    of_goal,
    over_upper_edge,
    progress,
    reached,
    unfavourable_ends,
)
from .days import Day, period_length
from .exact import (
    ONE,
    RELATIVE,
    ZERO,
    band_edge,
    clamp,
    exact,
    first_reason,
    knife,
    share_reaches,
)
from .expected import earned_days, in_whole_units, planned_share
from .periods import Periods, count_periods, worst_of
from .places import Reader
from .plan import Plan, Target
from .reading import Reading

Value = Fraction | str  # an amount, or the reason for having none
ANSWERS = ("met", "on_track", "at_risk", "behind", "missed")


@dataclass
class Cell:
    """What the oracle says of one target at one place; every absent number has its reason."""

    target: str
    place: str
    reading: Fraction | None = None
    reading_reason: str | None = None
    baseline: Fraction | None = None
    baseline_reason: str | None = None
    goal: Fraction | None = None
    goal_reason: str | None = None
    attainment: Fraction | None = None
    attainment_reason: str | None = None
    expected: Fraction | None = None
    expected_reason: str | None = None
    gap: Fraction | None = None
    gap_reason: str | None = None
    pace: Fraction | None = None
    pace_reason: str | None = None
    days_ahead: Fraction | None = None
    days_ahead_reason: str | None = None
    status: str | None = None
    status_reason: str | None = None
    coverage: Fraction = ZERO
    data_day: Day | None = None
    hold: bool = False
    cap: bool = False
    reversible: bool = False
    score: Fraction | None = None
    of_goal: Fraction | None = None
    knife_edge: bool = False
    days_on_edge: bool = False
    # for the roll-up
    applicable: bool = True
    holds: bool | None = None
    due: Day = 0
    goal_amount: Fraction | None = None

    def put(self, name: str, value: Value) -> None:
        if isinstance(value, str):
            setattr(self, name + "_reason", value)
        else:
            setattr(self, name, value)

    @property
    def is_hold_like(self) -> bool:
        return self.hold or self.cap


def judge(plan: Plan, reader: Reader, target: Target, place: int, as_of: Day) -> Cell:
    knife.touched = False
    cell = _Judgement(plan, reader, target, place, as_of).cell
    cell.knife_edge = knife.touched
    return cell


class _Judgement:
    def __init__(self, plan: Plan, reader: Reader, target: Target, place: int, as_of: Day) -> None:
        self.plan, self.reader, self.target, self.place, self.as_of = plan, reader, target, place, as_of
        self.end = min(as_of, target.due)
        self.cell = Cell(target.id, plan.places[place].id, due=target.due)
        self.b, base = self._baseline()
        self.goal: Value | Goal = goal_at(plan, target, place, base)
        self.from_previous = (target.aim or {}).get("from") == "previous_period"
        self.not_applicable = self.goal == "not_applicable"
        self.is_recurring = target.every is not None
        self.periods: Periods | None = None
        self._classify()
        self._read()
        self._attain()
        self._pace()
        self._judge()
        self._score()

    # Baseline, kind of judgement --------------------------------------------------------------------------------------

    def _baseline(self) -> tuple[Fraction | None, Fraction | None]:
        """B1: what a is measured from, and what a change is measured from."""
        target = self.target
        declared = target.baseline if self.place == target.place else target.quotas.get(self.place, (0, None))[1]
        if target.indicator.accumulates or target.indicator.kind in ("steps", "rating"):
            return ZERO, declared
        if declared is not None:
            return declared, declared
        found = self._on_the_eve()
        return found, found

    def _on_the_eve(self) -> Fraction | None:
        """B1, B1a: a level's (or, between levels, a derived indicator's) reading on the eve."""
        indicator, eve = self.target.indicator, self.target.start - 1
        if indicator.kind != "level" and not self.reader.all_levels(indicator):
            return None
        reading = self.reader.read(self.place, eve, eve)
        usable = reading.has_amount and share_reaches(reading.coverage, self.plan.minimum_reading)
        return reading.low if usable and reading.low == reading.high else None

    def _classify(self) -> None:
        target, cell = self.target, self.cell
        if self.not_applicable or self.is_recurring:
            return
        assert target.aim is not None
        each_period = target.each_period and target.cadence == "throughout"
        cell.cap = target.indicator.accumulates and "at_most" in target.aim and not each_period  # A3
        cell.hold = not cell.cap and is_hold(self.goal, target, self.b)  # type: ignore[arg-type]

    @property
    def is_each_period(self) -> bool:
        return self.cell.hold and self.target.each_period and self.target.cadence == "throughout"

    # Reading ---------------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        self.x: Value
        self.reading = Reading(reason="no_observation")
        if not self.not_applicable and (self.is_recurring or self.is_each_period):
            self._read_periods()
        else:
            self._read_once()
        cell = self.cell
        cell.put("reading", self.x)
        if self.not_applicable:
            self._put_all("not_applicable", "baseline", "goal")
            return
        cell.put("baseline", "baseline_missing" if self.b is None else self.b)
        if self.is_recurring and self.periods is not None:
            cell.goal = Fraction(self.periods.total)  # A7a
        else:
            cell.put("goal", self.goal.g if isinstance(self.goal, Goal) else self.goal)
        cell.goal_amount = cell.goal
        self.not_applicable = self.x == "not_applicable"

    def _put_all(self, reason: str, *names: str) -> None:
        for name in names:
            self.cell.put(name, reason)

    def _read_once(self) -> None:
        reader, place, target = self.reader, self.place, self.target
        self.reading = reading = reader.read(place, target.start, self.end)
        self.has_entry = reading.has_entry
        self.cell.coverage, self.cell.data_day = reading.coverage, reading.data_day
        if target.open_group and reading.reason == "denominator_zero" and reader.denominator_is_zero(
                place, target.start, self.end):
            self.x = "not_applicable"  # A8
        elif reading.reason is not None:
            self.x = reading.reason
        else:
            self.x = self._unfavourable(reading)
        self.reached = isinstance(self.x, Fraction) and isinstance(self.goal, Goal) and self._reaches(self.goal, reading)
        self.exceeded = (isinstance(self.goal, Goal) and reading.has_amount and reading.low is not None
                         and over_upper_edge(self.goal, reading.low, self.b))
        self.can_prove = reading.is_complete or reading.bounds_below
        self.proven_reached = self.reached and isinstance(self.goal, Goal) and (
            reading.is_complete or reading.bounds_below and self.goal.proven_by_bound)
        self.proven_exceeded = self.exceeded and self.can_prove

    def _reaches(self, goal: Goal, reading: Reading) -> bool:
        return all(reached(goal, getattr(reading, end), self.b) for end in unfavourable_ends(goal))

    def _unfavourable(self, reading: Reading) -> Value:
        """R11, R11c: the end of an interval that counts."""
        if not isinstance(self.goal, Goal):
            return reading.low if reading.low is not None else "not_comparable"
        ends: list[Any] = [getattr(reading, end) for end in unfavourable_ends(self.goal)]
        if any(end is None for end in ends):
            return "not_comparable"
        if len(ends) == 1 or ends[0] == ends[1]:
            return exact(ends[0])
        worth = [self._worth(end) for end in ends]
        return exact(ends[0] if worth[0] <= worth[1] else ends[1])

    def _worth(self, x: Fraction) -> Fraction:
        a = self._raw_attainment(x, reached(self.goal, x, self.b)) if isinstance(self.goal, Goal) else ZERO
        if isinstance(a, str) and isinstance(self.goal, Goal):
            a = ONE if reached(self.goal, x, self.b) else of_goal(self.goal, x)
        return a if isinstance(a, Fraction) else ZERO

    def _read_periods(self) -> None:
        """A7, A2: the periods stand for the reading."""
        seen = count_periods(self.plan, self.reader, self.target, self.place, self.goal, self.b,  # type: ignore[arg-type]
                             self.end)
        self.periods, self.has_entry = seen, seen.has_entry
        known = seen.kept + seen.failed
        self.reached = known > 0 and seen.failed <= self.target.allowed_failed
        self.proven_reached = self.proven_exceeded = self.exceeded = False
        self.cell.coverage = Fraction(known, seen.closed) if seen.closed else ONE if self.is_recurring else ZERO
        self.cell.data_day = seen.last_known
        if self.is_recurring:
            self.x = Fraction(seen.kept) if known else "no_observation"
        else:
            a, amount = worst_of(seen)
            self.x = amount if amount is not None else a

    # Attainment ------------------------------------------------------------------------------------------------------

    def _attain(self) -> None:
        """A, with the first of the reasons that apply (N)."""
        x, enough = self.x, share_reaches(self.cell.coverage, self.plan.minimum_reading)
        reasons = ["not_applicable" if self.not_applicable else None, "withdrawn" if self.target.withdrawn else None,
                   "not_started" if self.as_of < self.target.start else None]
        a: Value
        if isinstance(x, str):
            a = x
        else:
            a = self._raw_attainment(x, self.reached)
            reasons.append(None if enough else "incomplete")
        self.lacks_baseline = a == "baseline_missing"
        self.without_baseline = a == "baseline_missing" and not any(reasons) and isinstance(self.goal, Goal)
        if isinstance(a, str):
            reasons.append(a)
        if self.without_baseline and isinstance(x, Fraction) and isinstance(self.goal, Goal):
            shown = of_goal(self.goal, x)
            self.cell.of_goal = shown if isinstance(shown, Fraction) else None
        reason = first_reason(reasons)
        self.a: Value = reason if reason is not None else a

    def _raw_attainment(self, x: Fraction, is_reached: bool) -> Value:
        if self.periods is not None:
            seen = self.periods
            if not self.is_recurring:
                return worst_of(seen)[0]
            return Fraction(seen.kept, seen.total - seen.unreported) if seen.total > seen.unreported else "incomplete"
        if not isinstance(self.goal, Goal):
            return self.goal if isinstance(self.goal, str) else "not_applicable"
        if self.cell.is_hold_like:
            return held(self.goal, x, is_reached)
        return progress(self.goal, x, self.b, is_reached)

    # Pace ------------------------------------------------------------------------------------------------------------

    def _pace(self) -> None:
        self.is_stale = self._lags()
        data_day = self.cell.data_day
        use_data_day = isinstance(self.x, Fraction) and data_day is not None and not self.is_stale
        self.compared = min(self.end, data_day) if use_data_day and data_day is not None else self.end  # t*
        own_goal = goal_at(self.plan, self.target, self.target.place, self.target.baseline)
        self.share = planned_share(self.target, own_goal)
        self.expected = self._expected()

    def _lags(self) -> bool:
        """P1: beyond the allowed lag; recurring and each-period targets count unreported periods instead."""
        if self.cell.data_day is None or self.periods is not None:
            return False
        indicator = self.target.indicator
        declared = indicator.get("allowed_lag")
        allowed = int(declared if declared is not None else 2 * self._period_days())
        return self.end - self.cell.data_day > allowed

    def _period_days(self) -> int:
        """D2, D2a: a ratio or formula without a period has the longest of those it reads."""
        own, window = self.target.indicator, self.target.days
        if own.get("period") is not None:
            return period_length(own.get("period"), window)
        members = [self.plan.indicators[m] for m in self.reader.members_of(own)]
        return max(period_length(m.get("period"), window) for m in members)

    def _expected(self) -> Value:
        """P1a, F2, A7: F* at t*."""
        if self.not_applicable or self.cell.hold:
            return "not_applicable"
        if self.target.withdrawn:
            return "withdrawn"
        if self.is_recurring and self.periods is not None:
            seen = self.periods
            if seen.total == seen.unreported:
                return "no_observation"
            return Fraction(seen.closed - seen.unreported, seen.total - seen.unreported)
        return in_whole_units(self.target, self.goal, self.b, self.share(self.compared))  # type: ignore[arg-type]

    def _no_pace(self) -> str | None:
        return first_reason([self.a if isinstance(self.a, str) else None, "stale" if self.is_stale else None,
                             self.expected if isinstance(self.expected, str) else None])

    def _gap(self) -> Value:
        """P1, A3 (of a cap: F - x/g)."""
        if self.cell.hold:
            return "not_applicable"
        reason = self._no_pace()
        if reason is not None:
            return reason
        assert isinstance(self.a, Fraction) and isinstance(self.expected, Fraction)
        if not self.cell.cap:
            return self.a - self.expected
        assert isinstance(self.goal, Goal) and isinstance(self.x, Fraction)
        if self.goal.g > 0 and self.x >= 0:
            return self.expected - self.x / self.goal.g
        return self.expected if self.goal.g == 0 and self.reached else "not_scalable"

    def _ratio(self) -> Value:
        """P2."""
        if self.cell.hold:
            return "not_applicable"
        reason = self._no_pace()
        if reason is not None:
            return reason
        assert isinstance(self.a, Fraction) and isinstance(self.expected, Fraction)
        return self.a / self.expected if band_edge(self.expected, self.plan.too_early_below) else "too_early"

    def _days_ahead(self) -> Value:
        """P3, P3a."""
        if self.cell.is_hold_like or self.is_recurring:
            return "not_applicable"
        if isinstance(self.gap, str):
            return self.gap
        assert isinstance(self.a, Fraction)
        compared = Fraction(self.compared if self.as_of < self.target.due else self.as_of)
        if self.a >= 1:
            return self.target.due - (Fraction(self._first_reached()) if self.reached else compared)
        earned = earned_days(self.target, self.share, self.a)
        self.cell.days_on_edge = earned.on_edge
        return earned.nearest(compared) - compared

    def _first_reached(self) -> Day:
        """P3: the first day of the current reached run."""
        members = self.reader.members_of(self.target.indicator)
        days = sorted({d for m in members for d in self.reader.ledger.days(m) if self.target.start <= d <= self.end})
        run = self.end
        for on in reversed([self.target.start] + days):
            if on < run and not self._reached_on(run - 1):
                break
            if not self._reached_on(on):
                break
            run = on
        return run

    def _reached_on(self, on: Day) -> bool:
        reading = self.reader.read(self.place, self.target.start, on)
        if not reading.has_amount or not isinstance(self.goal, Goal):
            return False
        return not isinstance(self._unfavourable(reading), str) and self._reaches(self.goal, reading)

    # Status ----------------------------------------------------------------------------------------------------------

    def _judge(self) -> None:
        self.gap = self._gap()
        status, reason = self._status()
        cell = self.cell
        cell.status, cell.status_reason = status, reason
        names = {"attainment": self.a, "gap": self.gap, "pace": self._ratio(), "days_ahead": self._days_ahead()}
        is_unreported = not self.has_entry or self.periods is not None
        if status == "not_due" and self.as_of >= self.target.start and is_unreported:  # N1
            names = {n: "not_applicable" if v == "not_applicable" else "not_due" for n, v in names.items()}
        for name, value in {**names, "expected": self.expected}.items():
            cell.put(name, value)
        cell.applicable = not (self.not_applicable or self.target.withdrawn)

    def _status(self) -> tuple[str | None, str | None]:
        """The rules S1 to S11 of `time_proportional`; the first match wins."""
        target, seen, cell = self.target, self.periods, self.cell
        if self.not_applicable or target.withdrawn:  # S1
            return None, "not_applicable" if self.not_applicable else "withdrawn"
        if self.as_of < target.start:  # S2
            return "not_due", None
        if seen is None and self._is_finished():  # S3
            return "met", None
        if self._is_impossible():  # S4
            return "missed", None
        if self.as_of >= target.due:  # S5
            return self._at_due()
        if self._is_not_due():  # S6
            return "not_due", None
        if isinstance(self.x, str):  # S7
            return None, self.x
        if self.is_stale:
            return None, "stale"
        if target.cadence == "by" and not cell.is_hold_like and self.proven_reached:  # S8
            cell.reversible = True
            return "met", None
        if cell.hold and (self.proven_reached or share_reaches(cell.coverage, self.plan.minimum_reading)):  # S9, R8b
            return self._of_hold()
        if isinstance(self.gap, str):  # S10
            return None, self.a if isinstance(self.a, str) else self.gap
        return band_of_gap(self.gap), None  # S11

    def _is_finished(self) -> bool:
        """S3: an accumulating aim without an upper edge, or steps, reached."""
        if not isinstance(self.goal, Goal):
            return False
        finishes = self.target.indicator.accumulates and not self.goal.has_upper_edge
        return (finishes or self.target.indicator.kind == "steps") and self.proven_reached

    def _is_impossible(self) -> bool:
        """S4: a cap or an accumulator's upper edge exceeded, more failed periods than allowed."""
        if self.periods is not None:
            return self.periods.surely_failed > self.target.allowed_failed
        return self.target.indicator.accumulates and self.proven_exceeded

    def _at_due(self) -> tuple[str | None, str | None]:
        """S5, S5a-S5c: decided if the data cover due."""
        if self.periods is not None:
            seen = self.periods
            covers = seen.closed == seen.total and seen.unreported == 0
        else:
            proves = self.proven_exceeded or self.proven_reached and isinstance(self.goal, Goal) and self.goal.proven_by_bound
            covers = self.reading.covers_end or self.reading.bounds_below and proves
        if isinstance(self.x, str):
            return None, self.x
        if not covers:
            return None, "incomplete" if self.has_entry else "no_observation"
        if self.periods is None and not isinstance(self.goal, Goal):
            return None, str(self.goal)
        return "met" if self.reached else "missed", None

    def _is_not_due(self) -> bool:
        """S6, S6a, S6b."""
        if self.periods is not None:
            return self.periods.closed == 0
        is_behind = isinstance(self.a, Fraction) and self.a <= RELATIVE  # S6c
        return isinstance(self.expected, Fraction) and self.expected == 0 and (not self.has_entry or is_behind)

    def _of_hold(self) -> tuple[str | None, str | None]:
        """S9, A4 (an a that does not scale is behind)."""
        if self.reached:
            return "on_track", None
        if isinstance(self.a, str):
            return ("behind", None) if self.a == "not_scalable" else (None, self.a)
        return "at_risk" if band_edge(self.a - ONE, -exact(0.05)) else "behind", None

    # Score -----------------------------------------------------------------------------------------------------------

    def _score(self) -> None:
        """U1, U6, A1a, A5: what the roll-up takes; only where the status is an answer."""
        cell, top = self.cell, self.plan.score_cap
        if cell.status not in ANSWERS:
            return
        if cell.is_hold_like:
            cell.holds = self.reached
        if isinstance(self.a, Fraction):
            cell.score = clamp(self.a, ZERO, top)
        elif self.a == "incomplete" and self.proven_reached and not (self.lacks_baseline and self.as_of < self.target.due):
            cell.score = min(ONE, top)
        elif self.without_baseline and self.as_of >= self.target.due:
            if self.reached:
                cell.score = min(ONE, top)
            elif cell.of_goal is not None:
                cell.score = clamp(cell.of_goal, ZERO, ONE)


def band_of_gap(gap: Fraction) -> str:
    """S11."""
    if band_edge(gap, -exact(0.05)):
        return "on_track"
    return "at_risk" if band_edge(gap, -exact(0.15)) else "behind"
