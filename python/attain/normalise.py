"""Values to scores: against fixed references, and against a sample only where a function's name asks for it.

    attain.normalise.goalposts([72.3, 81.9], worst=20, best=85)
    attain.normalise.sample([3, 5, 9], "min_max", larger_is_better=False)

Direction lives in one place: the order of the goalposts, or ``larger_is_better``. A higher score is always the better one. NaN is a
missing value. Functions return :class:`attain.answers.Answers`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from attain import _core
from attain.answers import Answers

if TYPE_CHECKING:
    import numpy
    from numpy.typing import ArrayLike, NDArray

    Numbers: TypeAlias = NDArray[numpy.float64]

__all__ = [
    "Winsorised", "around_mean", "distance_to_reference", "distance_to_target", "efficacy", "goalposts", "interval", "ratio_to_reference",
    "sample", "skewness_and_kurtosis", "stepped", "winsorise",
]  # fmt: skip

Scale: TypeAlias = Literal[
    "min_max", "z_score", "rank", "rank_share", "rank_position", "share_of_greatest", "share_of_sum", "share_of_length", "ratio_to_best",
    "nonlinear", "enhanced_accuracy", "zavadskas_turskis", "logarithmic",
]  # fmt: skip


def _column(values: ArrayLike) -> Numbers:
    import numpy

    return numpy.atleast_1d(numpy.asarray(values, dtype=numpy.float64))


# -- fixed references -------------------------------------------------------------------------------


def goalposts(
    values: ArrayLike, *, worst: float, best: float, logarithmic: bool = False, clamp_low: bool = True, clamp_high: bool = True
) -> Answers:
    """The share of the way from ``worst`` to ``best``, whichever is larger; of logarithms if so asked."""
    return Answers(*_core.goalpost_scores(_column(values), worst, best, logarithmic, clamp_low, clamp_high))


def efficacy(values: ArrayLike, *, not_allowed: float, satisfactory: float, span: float = 40, base: float = 60) -> Answers:
    """功效系数: ``base`` at what is not allowed, ``base + span`` at what is satisfactory, unclamped."""
    return Answers(*_core.efficacy_scores(_column(values), not_allowed, satisfactory, span, base))


def interval(values: ArrayLike, *, low: float, high: float, reach: float) -> Answers:
    """区间型: 1 inside, and less by the distance over ``reach`` outside, unclamped."""
    return Answers(*_core.interval_scores(_column(values), low, high, reach))


def ratio_to_reference(values: ArrayLike, reference: float) -> Answers:
    """``x / reference``."""
    return Answers(*_core.reference_scores(_column(values), reference, False))


def distance_to_reference(values: ArrayLike, reference: float) -> Answers:
    """``(x - reference) / abs(reference)``."""
    return Answers(*_core.reference_scores(_column(values), reference, True))


def stepped(values: ArrayLike, *, edges: Sequence[float], scores: Sequence[float], below: float = 0) -> Answers:
    """The score of the first edge, from the top down, that a value lies above."""
    return Answers(*_core.stepped_scores(_column(values), list(edges), list(scores), below))


# -- a sample ---------------------------------------------------------------------------------------


def sample(
    values: ArrayLike,
    scale: Scale,
    *,
    larger_is_better: bool = True,
    divisor: Literal["n", "n_minus_1"] = "n_minus_1",
    ties: Literal["least", "average", "dense", "greatest"] = "least",
) -> Answers:
    """Scores relative to the values themselves; they change when a unit joins or leaves.

    ``divisor`` is that of the standard deviation of a z-score, ``ties`` the rank that equal values share; rank 1 is the worst.
    """
    return Answers(*_core.sample_scores(_column(values), scale, larger_is_better, divisor, ties))


def distance_to_target(values: ArrayLike, target: float, *, larger_is_better: bool = True, cap: bool = False) -> Answers:
    """The share of the way from the worst of the sample to ``target``; ``not_scalable`` if the worst has reached it."""
    return Answers(*_core.distances_to_target(_column(values), target, larger_is_better, cap))


def around_mean(values: ArrayLike, margin: float) -> Answers:
    """1 above ``(1 + margin)`` times the mean, -1 below ``(1 - margin)`` times, else 0."""
    return Answers(*_core.around_mean(_column(values), margin))


# -- outliers ---------------------------------------------------------------------------------------


class Winsorised(NamedTuple):
    """A sample with its outliers brought in.

    Attributes
    ----------
    values : ndarray of float64
        NaN stays where it was.
    replaced : int
        How many values were.
    passes : bool
        Whether the rule holds at the end.
    """

    values: Numbers
    replaced: int
    passes: bool


def skewness_and_kurtosis(values: ArrayLike) -> Answers:
    """Both of type 2: skewness, and the excess over the kurtosis of a normal sample."""
    return Answers(*_core.shape_of_sample(_column(values)))


def winsorise(values: ArrayLike, *, skewness: float = 2, kurtosis: float = 3.5, most_points: int = 5) -> Winsorised:
    """Replaces extremes by the next value until ``abs(skewness)`` or kurtosis is below its limit, or the points are used up."""
    return Winsorised(*_core.winsorised(_column(values), skewness, kurtosis, most_points))
