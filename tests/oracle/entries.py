"""From observation rows to the amounts that stand, one for each period of an indicator at a place.

Rules: R1, R1a (identity, corrections, withdrawals, ambiguity), R2 (known at), R10, R10a (disaggregation), R11b (shares
of a goal), R12 (stage and scope).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .days import Day, day, entry_span
from .exact import ONE, ZERO, exact, first_reason
from .plan import Indicator, Plan

AMOUNT, MISSING, AMBIGUOUS = "amount", "missing", "ambiguous"
Categories = tuple[tuple[str, str], ...]
Identity = tuple[Day, Day, Categories, str, str]  # first and last day, categories, author, step
Mark = tuple[str, str] | None  # the stage and scope of an entry that its indicator does not have (R12)
Versions = dict[tuple[Identity, Mark], list[tuple[Day, "Content"]]]
Content = tuple[bool, Fraction | None, Fraction | None, bool, str | None]  # withdrawn, ends, share, reason


@dataclass(frozen=True)
class Standing:
    """The entry of one identity that stands as known on a day."""

    first: Day
    last: Day
    categories: Categories
    author: str
    step: str
    state: str
    low: Fraction | None
    high: Fraction | None
    is_share: bool
    reason: str | None
    recorded: Day
    is_foreign: bool = False  # of another stage or scope (R12)


@dataclass(frozen=True)
class Amount:
    """What one period holds after R10: an amount, a reason for having none, or an ambiguity."""

    first: Day
    last: Day
    state: str
    low: Fraction | None
    high: Fraction | None
    share: Fraction  # of the categories that counts as covered
    recorded: Day
    reason: str | None = None


def parse_categories(value: Any) -> Categories:
    if not value:
        return ()
    if isinstance(value, str):
        value = dict(part.split("=", 1) for part in value.split(";"))
    return tuple(sorted(value.items()))


class Ledger:
    """All rows, as known at a day, by indicator and place."""

    def __init__(self, plan: Plan, rows: list[dict[str, Any]], known_at: Day | None) -> None:
        self.plan = plan
        versions: dict[tuple[str, int], Versions] = {}
        for row in rows:
            indicator = plan.indicators[row["indicator"]]
            span = entry_span(row)
            recorded = day(row["recorded"]) if row.get("recorded") else span[1]
            if known_at is not None and recorded > known_at:
                continue
            place = plan.place_of[row["place"]] if row.get("place") else plan.root_place
            author = (row.get("author") or "") if indicator.kind == "rating" else ""
            identity = (span[0], span[1], parse_categories(row.get("dimensions")), author, row.get("step") or "")
            series = versions.setdefault((indicator.id, place), {})
            series.setdefault((identity, _foreign(indicator, row)), []).append((recorded, _content(indicator, row)))
        self._standing = {key: [s for (identity, mark), entries in series.items() if (s := _stand(identity, mark, entries))]
                          for key, series in versions.items()}

    def standing(self, indicator: str, place: int) -> list[Standing]:
        return self._standing.get((indicator, place), [])

    def days(self, indicator: str) -> set[Day]:
        """The days on which some reading of an indicator may change."""
        return {s.last for (name, _), series in self._standing.items() if name == indicator for s in series}


def _foreign(indicator: Indicator, row: dict[str, Any]) -> Mark:
    """R12, R12a: what marks an entry of another stage or scope, which has an identity apart."""
    differs = any(indicator.get(name) and row.get(name) and row[name] != indicator.get(name) for name in ("stage", "scope"))
    return (row.get("stage") or "", row.get("scope") or "") if differs else None


def _content(indicator: Indicator, row: dict[str, Any]) -> Content:
    """What a row says of its identity."""
    if row.get("withdrawn"):
        return True, None, None, False, None
    if row.get("missing"):
        return False, None, None, False, row["missing"]
    amount = row["amount"]
    if isinstance(amount, str):
        amount = indicator.get("scale", {})[amount]
    low, high = amount if isinstance(amount, (tuple, list)) else (amount, amount)
    return (False, None if low is None else exact(low), None if high is None else exact(high),
            row.get("form") == "share_of_goal", None)


def _stand(identity: Identity, mark: Mark, entries: list[tuple[Day, Content]]) -> Standing | None:
    """R1: the latest recorded entry stands, whatever the order of appending; a withdrawal leaves none."""
    latest = max(recorded for recorded, _ in entries)
    contents = {content for recorded, content in entries if recorded == latest}
    if mark is not None:
        is_gone = all(withdrawn for withdrawn, *_ in contents)
        return None if is_gone else Standing(*identity, MISSING, None, None, False, "not_comparable", latest, True)
    if len(contents) > 1:
        return Standing(*identity, AMBIGUOUS, None, None, False, None, latest)
    withdrawn, low, high, is_share, reason = contents.pop()
    if withdrawn:
        return None
    return Standing(*identity, MISSING if reason else AMOUNT, low, high, is_share, reason, latest)


def in_goal_units(entry: Standing, goal: Callable[[], Fraction | None]) -> Standing:
    """R11: a share s of the goal means s * g of the place that reports; without a goal it compares with nothing."""
    if entry.state != AMOUNT or not entry.is_share:
        return entry
    g = goal()
    if g is None:
        return Standing(entry.first, entry.last, entry.categories, entry.author, entry.step, MISSING, None, None,
                        False, "not_comparable", entry.recorded)
    ends = [None if end is None else end * g for end in (entry.low, entry.high)]
    if ends[0] is not None and ends[1] is not None and g < 0:
        ends.reverse()
    return Standing(entry.first, entry.last, entry.categories, entry.author, entry.step, AMOUNT, ends[0], ends[1],
                    False, None, entry.recorded)


def amounts_by_period(indicator: Indicator, entries: list[Standing], wanted: Categories) -> list[Amount]:
    """R10: for each period the undivided entry (or the wanted category), else one dimension's categories; entries of
    another stage or scope only say why there is no other (R12a)."""
    periods: dict[tuple[Day, Day], dict[Categories, Standing]] = {}
    apart = []
    for entry in entries:
        if entry.is_foreign:
            if entry.categories == wanted or not wanted and indicator.adds_up and len(entry.categories) == 1:
                apart.append(Amount(entry.first, entry.last, MISSING, None, None, ZERO, entry.recorded, entry.reason))
        elif all(d in indicator.dimensions and c in indicator.dimensions[d][0] for d, c in entry.categories):
            periods.setdefault((entry.first, entry.last), {})[entry.categories] = entry
    found = (_period_amount(indicator, by_category, wanted) for by_category in periods.values())
    return [amount for amount in found if amount is not None] + apart


def _period_amount(indicator: Indicator, by_category: dict[Categories, Standing], wanted: Categories) -> Amount | None:
    entry = by_category.get(wanted)
    if entry is not None and entry.state != MISSING:
        return Amount(entry.first, entry.last, entry.state, entry.low, entry.high, ONE, entry.recorded)
    if not wanted and indicator.adds_up:
        dimension = _dimension_of(indicator, by_category)
        if dimension is not None:
            return _sum_of_categories(indicator, by_category, dimension)
    missing = [entry] if entry is not None else []
    if not wanted and indicator.adds_up:
        missing += [e for c, e in by_category.items() if len(c) == 1 and e.state == MISSING]
    if not missing:
        return None
    return Amount(missing[0].first, missing[0].last, MISSING, None, None, ZERO, missing[0].recorded,
                  first_reason(e.reason for e in missing))


def _present(indicator: Indicator, by_category: dict[Categories, Standing], dimension: str) -> list[Standing]:
    entries = (by_category.get(((dimension, c),)) for c in indicator.dimensions[dimension][0])
    return [e for e in entries if e is not None and e.state != MISSING]


def _dimension_of(indicator: Indicator, by_category: dict[Categories, Standing]) -> str | None:
    counts = {d: len(_present(indicator, by_category, d)) for d in indicator.dimensions}
    for dimension, (categories, is_complete) in indicator.dimensions.items():
        if is_complete and counts[dimension] == len(categories):
            return dimension
    return next((d for d in indicator.dimensions if counts[d]), None)


def _sum_of_categories(indicator: Indicator, by_category: dict[Categories, Standing], dimension: str) -> Amount:
    categories, is_complete = indicator.dimensions[dimension]
    present = _present(indicator, by_category, dimension)
    counted = len(present) if is_complete or len(present) < len(categories) else len(present) - 1
    first, last, recorded = present[0].first, present[0].last, max(e.recorded for e in present)
    if any(e.state == AMBIGUOUS for e in present):
        return Amount(first, last, AMBIGUOUS, None, None, ZERO, recorded)
    return Amount(first, last, AMOUNT, add_ends([e.low for e in present]), add_ends([e.high for e in present]),
                  Fraction(counted, len(categories)), recorded)


def add_ends(ends: list[Fraction | None]) -> Fraction | None:
    """R11a: sums add the ends; an open end stays open."""
    total = ZERO
    for end in ends:
        if end is None:
            return None
        total += end
    return total
