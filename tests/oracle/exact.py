"""Exact numbers, the comparisons with a tolerance, and the order of reasons.

Every decimal of the input is the exact value of its nearest double, so that a decision of the engine and of the
oracle rest on the same amounts. Rules: B2 and B2a (tolerances), N (precedence of reasons).
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

ZERO = Fraction(0)
ONE = Fraction(1)
RELATIVE = Fraction(1, 10**9)  # B2
_KNIFE = Fraction(1, 10**12)

REASONS = (
    "not_applicable", "withdrawn", "withheld", "not_started", "ambiguous", "not_comparable", "no_observation",
    "not_due", "stale", "incomplete", "denominator_zero", "baseline_missing", "goal_equals_baseline",
    "not_scalable", "too_early", "too_few_observations", "overflow",
)
_RANK = {word: rank for rank, word in enumerate(REASONS)}


class Knife:
    """Remembers that some comparison was decided by less than doubles can be trusted with."""

    def __init__(self) -> None:
        self.touched = False


knife = Knife()


def exact(number: float | Fraction) -> Fraction:
    """The value of the nearest double."""
    if isinstance(number, Fraction):
        return number
    return Fraction(number) if isinstance(number, int) else Fraction(float(number))


def first_reason(reasons: Iterable[str | None]) -> str | None:
    """N: of several reasons the first in the order of precedence."""
    return min((r for r in reasons if r is not None), key=_RANK.__getitem__, default=None)


def _watch(value: Fraction, limit: Fraction, scale: Fraction) -> None:
    distance = abs(value - limit)
    if distance and distance <= _KNIFE * max(abs(scale), abs(value)):
        knife.touched = True


def not_below(value: Fraction, edge: Fraction, tolerance: Fraction) -> bool:
    """value >= edge - tolerance"""
    limit = edge - tolerance
    _watch(value, limit, edge)
    return value >= limit


def above(value: Fraction, edge: Fraction, tolerance: Fraction) -> bool:
    """value > edge + tolerance"""
    limit = edge + tolerance
    _watch(value, limit, edge)
    return value > limit


def band_edge(value: Fraction, edge: Fraction) -> bool:
    """B2: value >= edge, where edge is a band edge of a method, with a tolerance of 1e-9 of the edge."""
    return not_below(value, edge, RELATIVE * abs(edge))


def share_reaches(share: Fraction, minimum: Fraction) -> bool:
    """B2a: a covered share against a minimum coverage (or against 1: complete)."""
    return not_below(share, minimum, RELATIVE)


def complete(share: Fraction) -> bool:
    return share == 1 or share_reaches(share, ONE)


def clamp(value: Fraction, low: Fraction, high: Fraction) -> Fraction:
    return min(max(value, low), high)


def floor_with_tolerance(value: Fraction) -> int:
    """F2: floor(value + 1e-9)"""
    lifted = value + RELATIVE
    nearest = Fraction(round(lifted))
    _watch(lifted, nearest, max(ONE, nearest))
    return lifted.numerator // lifted.denominator
