"""Readings over the place tree: a place's own entries, else its children combined, and its derived indicators.

Rules: R7, R7a (ratios and formulas), R8a (covered shares), R9, R9a (own entries beat the children), R11c (intervals).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from . import formula
from .aims import share_goal
from .days import Day, period_length
from .entries import AMBIGUOUS, AMOUNT, Amount, Ledger, amounts_by_period, in_goal_units
from .exact import ONE, ZERO, first_reason
from .plan import Indicator, Plan, Target, quota_weight
from .reading import (
    Eve,
    Reading,
    none,
    read_increments,
    read_level,
    read_rating,
    read_running_total,
    read_steps,
    sum_increments,
)

Key = tuple[Day, Day, bool]  # first day, last day, and whether a level's entry must lie between them


@dataclass(frozen=True)
class Tuple:
    """The plain indicators under a derived one, read together (R7a)."""

    members: dict[str, Reading]

    @property
    def is_whole(self) -> bool:
        return self.reason is None

    @property
    def is_ambiguous(self) -> bool:
        return self.reason == "ambiguous"

    @property
    def reason(self) -> str | None:
        """R7b: the first of the members' reasons."""
        return first_reason(r.reason for r in self.members.values())

    @property
    def has_entry(self) -> bool:
        return any(r.has_entry for r in self.members.values())


class Reader:
    """Reads for one target; R13: each (indicator, place, days) once."""

    def __init__(self, plan: Plan, ledger: Ledger, target: Target) -> None:
        self.plan = plan
        self.ledger = ledger
        self.target = target
        self._plain: dict[tuple[str, int, Key], Reading] = {}
        self._tuples: dict[tuple[str, int, Key], Tuple] = {}
        self._amounts: dict[tuple[str, int], list[Amount]] = {}

    def read(self, place: int, start: Day, end: Day, in_period: bool = False) -> Reading:
        """The target's indicator at a place over the days from start to end."""
        indicator, key = self.target.indicator, (start, end, in_period)
        if indicator.kind in ("ratio", "formula"):
            return self._derived(indicator, place, key)
        return self.plain(indicator, place, key)

    # One plain indicator ---------------------------------------------------------------------------------------------

    def plain(self, indicator: Indicator, place: int, key: Key) -> Reading:
        """R9: own entries beat the children; an own reading without an amount falls back, except ambiguous."""
        memo = (indicator.id, place, key)
        if memo not in self._plain:
            self._plain[memo] = self._place_reading(indicator, place, key)
        return self._plain[memo]

    def _place_reading(self, indicator: Indicator, place: int, key: Key) -> Reading:
        own = self.own(indicator, place, key)
        children = self.plan.places[place].children
        if own.has_amount or own.reason == "ambiguous" or indicator.across == "none" or not children:
            return own
        below = [self._weighed(indicator, c, key, self.plain(indicator, c, key)) for c in children]
        return self._fall_back(indicator, place, own, below, key)

    def _fall_back(self, indicator: Indicator, place: int, own: Reading, below: list[Reading], key: Key) -> Reading:
        has_entry = own.has_entry or any(r.has_entry for r in below)
        if any(r.has_amount for r in below):
            return self._combine(indicator, place, below, key, has_entry)
        if own.has_entry:  # R9a: the reason of an own entry comes first
            return none(own.reason, True)
        return none(first_reason(r.reason for r in below), has_entry)

    def own(self, indicator: Indicator, place: int, key: Key) -> Reading:
        start, end, in_period = key
        entries = self.ledger.standing(indicator.id, place)
        if indicator.kind == "steps":
            return read_steps(indicator, entries, end, self.target.due)
        if indicator.kind == "rating":
            return read_rating(indicator, entries, start, end)
        amounts = self.amounts(indicator, place)
        if indicator.kind == "increment":
            return read_increments(amounts, start, end)
        if indicator.kind == "running_total":
            return read_running_total(indicator, amounts, start, end, self._eve(indicator, place))
        return read_level(amounts, start if in_period else None, end, self._age(indicator))

    def amounts(self, indicator: Indicator, place: int) -> list[Amount]:
        if (indicator.id, place) not in self._amounts:
            entries = [in_goal_units(e, lambda: share_goal(self.plan, self.target, place))
                       for e in self.ledger.standing(indicator.id, place)]
            is_weight = indicator.id == self.target.indicator.get("weighted_by")
            wanted = () if is_weight else self.target.categories
            self._amounts[indicator.id, place] = amounts_by_period(indicator, entries, wanted)
        return self._amounts[indicator.id, place]

    def _eve(self, indicator: Indicator, place: int) -> Eve:
        declared = indicator.get("eve_amount") if place == self.plan.root_place else None
        return Eve(self.target.start, None if declared is None else Fraction(declared))

    def _age(self, indicator: Indicator) -> int:
        """D2: two reporting periods, unless declared."""
        declared = indicator.get("maximum_age")
        length = period_length(indicator.get("period"), self.target.days)
        return int(declared if declared is not None else 2 * length)

    # Children --------------------------------------------------------------------------------------------------------

    def _combine(self, indicator: Indicator, place: int, below: list[Reading], key: Key, has_entry: bool) -> Reading:
        used = [r for r in below if r.has_amount]
        lows, highs = [r.low for r in used], [r.high for r in used]
        if indicator.across == "sum":
            ends = (_add(lows), _add(highs))
        elif indicator.across == "weighted_mean":
            children = self.plan.places[place].children
            weights = [w for c, r in zip(children, below) if r.has_amount and (w := self._weight(indicator, c, key)) is not None]
            if not sum(weights):
                return none("denominator_zero", has_entry)
            ends = (_mean(lows, weights), _mean(highs, weights))
        else:
            pick = min if indicator.across == "least" else max
            ends = (_pick(pick, lows), _pick(pick, highs))
        coverage, covers = self.shares(place, below)
        return Reading(*ends, None, coverage, max(r.data_day for r in used if r.data_day is not None), covers,
                       indicator.across == "sum" and all(r.bounds_below for r in used), has_entry)

    def _weight(self, indicator: Indicator, child: int, key: Key) -> Fraction | None:
        return self.plain(self.plan.indicators[indicator.get("weighted_by")], child, key).low

    def _weighed(self, indicator: Indicator, child: int, key: Key, reading: Reading) -> Reading:
        """R9d: a child without a weight has no amount in a weighted mean."""
        if indicator.across == "weighted_mean" and reading.has_amount and self._weight(indicator, child, key) is None:
            return none("no_observation", True)
        return reading

    def shares(self, place: int, below: list[Reading]) -> tuple[Fraction, bool]:
        """R8a: the covered share over children, and whether they cover the last day."""
        children = self.plan.places[place].children
        weights = [quota_weight(self.plan, self.target, c) for c in children]
        if not self.target.quotas or not sum(weights):
            weights = [self.plan.places[c].weight for c in children]
        total = sum(weights, ZERO)
        if not total:
            return ONE, all(r.covers_end for r in below if r.has_amount)
        coverage = sum((w * r.coverage for w, r in zip(weights, below) if r.has_amount), ZERO) / total
        return coverage, all(r.has_amount and r.covers_end for w, r in zip(weights, below) if w)

    # Derived indicators ----------------------------------------------------------------------------------------------

    def _derived(self, indicator: Indicator, place: int, key: Key) -> Reading:
        """R7: the expression comes last, over inputs that were all read."""
        read = self.tuple_at(indicator, place, key).members
        members = list(read.values())
        has_entry = any(r.has_entry for r in members)
        missing = first_reason(r.reason for r in members)
        if missing is None and indicator.kind == "formula" and any(r.low is None or r.low != r.high for r in members):
            missing = "not_comparable"  # R11c
        ends = missing if missing is not None else self._value(indicator, read)
        if isinstance(ends, str):
            return none(ends, has_entry)
        return Reading(*ends, None, min(r.coverage for r in members),
                       max(r.data_day for r in members if r.data_day is not None),
                       all(r.covers_end for r in members), False, has_entry)

    def members_of(self, indicator: Indicator) -> list[str]:
        """R7a: ratios and formulas inside are expanded to plain indicators."""
        if indicator.kind == "ratio":
            names = [indicator.get("numerator"), indicator.get("denominator")]
        elif indicator.kind == "formula":
            names = formula.references(formula.parse(indicator.get("expression")))
        else:
            return [indicator.id]
        return list(dict.fromkeys(m for n in names for m in self.members_of(self.plan.indicators[n])))

    def all_levels(self, indicator: Indicator) -> bool:
        return all(self.plan.indicators[m].kind == "level" for m in self.members_of(indicator))

    def tuple_at(self, indicator: Indicator, place: int, key: Key) -> Tuple:
        memo = (indicator.id, place, key)
        if memo not in self._tuples:
            self._tuples[memo] = self._place_tuple(indicator, place, key)
        return self._tuples[memo]

    def _place_tuple(self, indicator: Indicator, place: int, key: Key) -> Tuple:
        """R7a: own entries beat the children for the tuple as a whole; R9e: if every member combines across places."""
        own = self._own_tuple(indicator, place, key)
        children = self.plan.places[place].children
        combines = all(self.plan.indicators[m].across != "none" for m in own.members)
        if own.is_whole or own.is_ambiguous or not combines or not children:
            return own
        below = [self._child_tuple(indicator, c, key) for c in children]
        lacking = {m: none(own.reason, own.has_entry) for m in own.members}
        return Tuple({m: self._fall_back(self.plan.indicators[m], place, r, [t.members[m] for t in below], key)
                      for m, r in lacking.items()})

    def _child_tuple(self, indicator: Indicator, child: int, key: Key) -> Tuple:
        read = Tuple({m: self._weighed(self.plan.indicators[m], child, key, r)
                      for m, r in self.tuple_at(indicator, child, key).members.items()})
        return read if read.is_whole else Tuple(_lacking(read.members))

    def _own_tuple(self, indicator: Indicator, place: int, key: Key) -> Tuple:
        members = [self.plan.indicators[m] for m in self.members_of(indicator)]
        kinds = {m.kind for m in members}
        alone = {m.id: self.own(m, place, key) for m in members}
        if len(members) == 1:
            return Tuple(alone)
        if kinds == {"increment"}:
            return Tuple(self._same_periods(members, alone, place, key))
        if len(kinds) == 1:
            return Tuple(self._same_day(members, alone, place, key))
        return Tuple(self._as_of_earliest(members, alone, place, key))

    def _same_periods(self, members: list[Indicator], alone: dict[str, Reading], place: int,
                      key: Key) -> dict[str, Reading]:
        """Only periods that every member has."""
        start, end, _ = key
        inside = {m.id: {(a.first, a.last): a for a in self.amounts(m, place) if start <= a.first and a.last <= end}
                  for m in members}
        if any(a.state == AMBIGUOUS for periods in inside.values() for a in periods.values()):
            return _lacking(alone)
        common = set.intersection(*({p for p, a in periods.items() if a.state == AMOUNT} for periods in inside.values()))
        if not common:
            return _lacking(alone)
        read = {m: sum_increments([inside[m][p] for p in common], start, end, True, None) for m in alone}
        if any(r.reason == "ambiguous" for r in read.values()):
            return {m: none("ambiguous", r.has_entry) for m, r in alone.items()}
        return read

    def _same_day(self, members: list[Indicator], alone: dict[str, Reading], place: int,
                  key: Key) -> dict[str, Reading]:
        """The latest day on which every member has an entry."""
        start, end, in_period = key
        first = start if in_period or members[0].kind == "running_total" else None
        days = {m.id: {a.last for a in self.amounts(m, place) if a.state in (AMOUNT, AMBIGUOUS) and a.last <= end
                       and (first is None or a.last >= first)} for m in members}
        common = set.intersection(*days.values())
        if not common:
            return _lacking({m: r if not days[m] else Reading(has_entry=r.has_entry) for m, r in alone.items()})
        read = {m.id: self._on_day(m, place, key, max(common)) for m in members}
        if any(r.reason == "ambiguous" for r in read.values()):
            return {m: none("ambiguous", r.has_entry) for m, r in alone.items()}
        return read

    def _on_day(self, member: Indicator, place: int, key: Key, on: Day) -> Reading:
        start, end, in_period = key
        if member.kind == "running_total":
            read = self.own(member, place, (start, on, in_period))
        else:
            read = read_level(self.amounts(member, place), on, on, 0)
            if read.has_amount and not in_period and end - on > self._age(member):
                return none("stale", True)
        return read if on == end or member.kind == "level" else _with_cover(read, False)

    def _as_of_earliest(self, members: list[Indicator], alone: dict[str, Reading], place: int,
                        key: Key) -> dict[str, Reading]:
        """R7, S5c: sides of different kinds as of the earlier data day; each covers due by its own."""
        days = [r.data_day for r in alone.values() if r.data_day is not None]
        if len(days) < len(alone):
            return _lacking(alone)
        start, _, in_period = key
        again = {m.id: self.own(m, place, (start, min(days), in_period)) for m in members}
        return {m: _with_cover(r, alone[m].covers_end) for m, r in again.items()}

    def _value(self, indicator: Indicator, members: dict[str, Reading]) -> tuple[Fraction | None, Fraction | None] | str:
        if indicator.kind == "formula":
            value = formula.evaluate(formula.parse(indicator.get("expression")), lambda name: self._number(name, members))
            return value if isinstance(value, str) else (value, value)
        return _widest_quotient(members[indicator.get("numerator")], members[indicator.get("denominator")])

    def _number(self, name: str, members: dict[str, Reading]) -> formula.Value:
        indicator = self.plan.indicators[name]
        if indicator.kind == "ratio" or indicator.kind == "formula":
            ends = self._value(indicator, members)
            if isinstance(ends, str):
                return ends
        else:
            reading = members[name]
            if reading.reason is not None:
                return reading.reason
            ends = (reading.low, reading.high)
        low, high = ends
        return low if low is not None and low == high else "not_comparable"  # R11c

    def denominator_is_zero(self, place: int, start: Day, end: Day) -> bool:
        """A8: whether an open group is empty."""
        indicator = self.target.indicator
        if indicator.kind != "ratio":
            return False
        side = self.tuple_at(indicator, place, (start, end, False)).members[indicator.get("denominator")]
        return side.has_amount and side.low == 0 and side.high == 0


def _lacking(alone: dict[str, Reading]) -> dict[str, Reading]:
    """R7b: a tuple without an amount has the reason of the members that lack one, else nothing in common."""
    reason = first_reason(r.reason for r in alone.values())
    return {m: none(reason, r.has_entry) if r.has_amount else r for m, r in alone.items()}


def _with_cover(r: Reading, covers: bool) -> Reading:
    return Reading(r.low, r.high, r.reason, r.coverage, r.data_day, covers, r.bounds_below, r.has_entry)


def _add(ends: list[Fraction | None]) -> Fraction | None:
    return None if any(e is None for e in ends) else sum((e for e in ends if e is not None), ZERO)


def _pick(pick: object, ends: list[Fraction | None]) -> Fraction | None:
    known = [e for e in ends if e is not None]
    return pick(known) if len(known) == len(ends) else None  # type: ignore[operator]


def _mean(ends: list[Fraction | None], weights: list[Fraction]) -> Fraction | None:
    known = [e for e in ends if e is not None]
    if len(known) < len(ends):
        return None
    return sum((w * e for w, e in zip(weights, known)), ZERO) / sum(weights)


def _widest_quotient(above: Reading, below: Reading) -> tuple[Fraction | None, Fraction | None] | str:
    """R7, R11c: an interval gives the widest quotient."""
    missing = first_reason((above.reason, below.reason))
    if missing is not None:
        return missing
    if above.low is None or above.high is None or below.low is None or below.high is None:
        return "not_comparable"
    if below.low == 0 and below.high == 0:
        return "denominator_zero"
    if below.low <= 0 <= below.high:
        return "not_comparable"
    quotients = [a / b for a in (above.low, above.high) for b in (below.low, below.high)]
    return min(quotients), max(quotients)
