"""Many scores to one: the aggregators of a node (rule U10), over rows of numbers.

    attain.aggregate.geometric_mean([[0.8, 0.5, 0.9], [0.7, 0.7, 0.7]], [2, 1, 1])

Scores have the shape ``(rows, children)``, or ``(children,)`` for a single row; weights have the shape ``(children,)`` and are equal if
left out. NaN is a missing score. What becomes of it is said once for all functions:

missing
    ``"leave_out"`` (the weights of the others count), ``"count_as_zero"``, or ``"refuse"``.
minimum_coverage
    Below this share of the weight there is no answer but the reason ``incomplete``; ``coverage_by="count"`` counts children instead.

Every function returns :class:`attain.answers.Answers`. An argument that is no column of scores or weights raises
:class:`attain.InvalidOption` with the place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, TypedDict, Unpack

from attain import _core
from attain.answers import Answers

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = [
    "all_met", "geometric_mean", "greatest", "harmonic_mean", "least", "mean_min", "penalised_mean", "power_mean", "share_met",
    "weighted_mean", "weighted_median",
]  # fmt: skip

Divisor: TypeAlias = Literal["n", "n_minus_1"]


class Policy(TypedDict, total=False):
    """What becomes of missing scores, and of small ones."""

    missing: Literal["leave_out", "count_as_zero", "refuse"]
    minimum_coverage: float
    coverage_by: Literal["weight", "count"]
    floor: float


def _rows(
    kind: str,
    scores: ArrayLike,
    weights: ArrayLike | None,
    policy: Policy,
    *,
    exponent: float = 1,
    alpha: float = 1,
    beta: float = 0,
    divisor: Divisor = "n",
    up: bool = False,
) -> Answers:
    import numpy

    rows = numpy.atleast_2d(numpy.asarray(scores, dtype=numpy.float64))
    weighed = numpy.ones(rows.shape[1]) if weights is None else numpy.asarray(weights, dtype=numpy.float64)
    unknown = set(policy) - set(Policy.__annotations__)
    if unknown:
        raise TypeError(f"there is no argument {sorted(unknown)[0]}; there are {', '.join(Policy.__annotations__)}")
    by = policy.get("coverage_by", "weight")
    if by not in ("weight", "count"):
        raise ValueError(f'coverage_by is "weight" or "count", not {by!r}')
    return Answers(
        *_core.aggregate_rows(
            kind, rows, weighed, exponent, alpha, beta, divisor, up, policy.get("floor"), policy.get("missing", "leave_out"),
            policy.get("minimum_coverage", 0), by == "count",
        )
    )  # fmt: skip


def weighted_mean(scores: ArrayLike, weights: ArrayLike | None = None, **policy: Unpack[Policy]) -> Answers:
    """The mean: full compensation between children."""
    return _rows("weighted_mean", scores, weights, policy)


def power_mean(scores: ArrayLike, weights: ArrayLike | None = None, *, exponent: float, **policy: Unpack[Policy]) -> Answers:
    """Power mean; ``0`` is the geometric one, ``math.inf`` the greatest, ``-math.inf`` the least."""
    return _rows("power_mean", scores, weights, policy, exponent=exponent)


def geometric_mean(scores: ArrayLike, weights: ArrayLike | None = None, **policy: Unpack[Policy]) -> Answers:
    """0 where a score is 0, ``not_scalable`` where one is negative."""
    return _rows("geometric_mean", scores, weights, policy)


def harmonic_mean(scores: ArrayLike, weights: ArrayLike | None = None, **policy: Unpack[Policy]) -> Answers:
    """0 where a score is 0, ``not_scalable`` where one is negative."""
    return _rows("harmonic_mean", scores, weights, policy)


def least(scores: ArrayLike, weights: ArrayLike | None = None, **policy: Unpack[Policy]) -> Answers:
    """The least score of those with a weight."""
    return _rows("least", scores, weights, policy)


def greatest(scores: ArrayLike, weights: ArrayLike | None = None, **policy: Unpack[Policy]) -> Answers:
    """The greatest score of those with a weight."""
    return _rows("greatest", scores, weights, policy)


def mean_min(
    scores: ArrayLike, weights: ArrayLike | None = None, *, alpha: float = 1, beta: float = 0, **policy: Unpack[Policy]
) -> Answers:
    """Between the mean, ``alpha=0``, and the least, ``alpha=1, beta=0`` (Casadio Tarabusi and Guarini 2013)."""
    return _rows("mean_min", scores, weights, policy, alpha=alpha, beta=beta)


def penalised_mean(
    scores: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    divisor: Divisor = "n",
    penalty: Literal["down", "up"] = "down",
    **policy: Unpack[Policy],
) -> Answers:
    """The mean less the square of the spread over the mean (Mazziotta and Pareto 2016); ``penalty="up"`` where less is better."""
    if penalty not in ("down", "up"):
        raise ValueError(f'penalty is "down" or "up", not {penalty!r}')
    return _rows("penalised_mean", scores, weights, policy, divisor=divisor, up=penalty == "up")


def weighted_median(scores: ArrayLike, weights: ArrayLike | None = None, **policy: Unpack[Policy]) -> Answers:
    """The ordinary median for equal weights."""
    return _rows("weighted_median", scores, weights, policy)


def share_met(scores: ArrayLike, weights: ArrayLike | None = None, **policy: Unpack[Policy]) -> Answers:
    """Share of the weight whose score has come to 1."""
    return _rows("share_met", scores, weights, policy)


def all_met(scores: ArrayLike, weights: ArrayLike | None = None, **policy: Unpack[Policy]) -> Answers:
    """1 if every score has come to 1, else 0."""
    return _rows("all_met", scores, weights, policy)
