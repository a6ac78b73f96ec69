"""Weights that follow from data, from comparisons, or from a tree (rule U11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from attain import _core
from attain._core import Reason

if TYPE_CHECKING:
    import numpy
    from numpy.typing import ArrayLike, NDArray

    Numbers: TypeAlias = NDArray[numpy.float64]

__all__ = ["Priorities", "comparison_matrix", "completed", "effective", "entropy", "priorities"]

Transform: TypeAlias = Literal["shares", "min_max", "min_max_tenth", "min_max_plus_one"]
PriorityMethod: TypeAlias = Literal["eigenvector", "row_geometric_mean", "column_mean"]
RandomIndex: TypeAlias = Literal["saaty_1980", "saaty_2005", "donegan_dodd_1991", "tummala_ling_1998"]


def entropy(scores: ArrayLike, *, transform: Transform = "shares") -> Numbers | Reason:
    """Entropy weights (熵权法) of the columns of ``scores``, shape ``(units, children)``; NaN is missing.

    They say where units differ and change with the units and with the transform, so the transform has a name. A constant column weighs
    nothing. Where there are no weights, the reason is returned instead.
    """
    import numpy

    weights, missing = _core.entropy_weights(numpy.atleast_2d(numpy.asarray(scores, dtype=numpy.float64)), transform)
    return Reason(missing) if missing else weights


class Priorities(NamedTuple):
    """Weights from comparisons in pairs, and how consistent these are.

    Attributes
    ----------
    weights : ndarray of float64
        They add up to 1.
    lambda_max : float
        Principal eigenvalue, of other methods its estimate.
    consistency_index : float
        ``(lambda_max - n) / (n - 1)``; 0 for fewer than 3.
    consistency_ratio : float or None
        Relative to the random index; None beyond its 15 elements. From 0.1 on comparisons are commonly taken for inconsistent.
    """

    weights: Numbers
    lambda_max: float
    consistency_index: float
    consistency_ratio: float | None


def priorities(
    comparisons: ArrayLike, *, method: PriorityMethod = "eigenvector", random_index: RandomIndex = "saaty_1980"
) -> Priorities:
    """Weights of an AHP matrix: ``comparisons[i][j]`` says how many times as important i is as j; NaN where nobody said.

    What is missing is what makes the greatest eigenvalue least (Bozóki, Fülöp, Rónyai 2010). The consistency ratio is relative to
    random indices of complete matrices, which flatters an incomplete one.

    Raises
    ------
    InvalidOption
        The matrix is not square, a number is not positive, or an element is compared with none of the others.
    """
    import numpy

    return Priorities(*_core.priorities(numpy.asarray(comparisons, dtype=numpy.float64), method, random_index))


def comparison_matrix(children: Sequence[str], pairs: Mapping[tuple[str, str], float]) -> Numbers:
    """The reciprocal matrix of ``{(child, over): times}``; NaN for a pair that nothing is said about.

    Raises
    ------
    ValueError
        A pair names what is no child, or a number is not positive.
    """
    import numpy

    number = {child: i for i, child in enumerate(children)}
    matrix = numpy.full((len(children), len(children)), numpy.nan)
    numpy.fill_diagonal(matrix, 1)
    for (child, over), times in pairs.items():
        if child not in number or over not in number or child == over:
            raise ValueError(f"{child!r} and {over!r} are no two of {', '.join(children)}")
        if not times > 0:
            raise ValueError(f"{child!r} over {over!r} is {times}, not positive")
        matrix[number[child], number[over]] = times
        matrix[number[over], number[child]] = 1 / times
    return matrix


def completed(comparisons: ArrayLike) -> Numbers:
    """A matrix of comparisons with its missing entries, NaN, filled in as :func:`priorities` does.

    Raises
    ------
    InvalidOption
        As of :func:`priorities`.
    """
    import numpy

    matrix = numpy.asarray(comparisons, dtype=numpy.float64)
    return _core.completed_comparisons(matrix).reshape(matrix.shape)


def effective(tree: Mapping[str, tuple[str | None, float]]) -> dict[str, float]:
    """Effective weights of a tree ``{node: (parent, weight)}``: the products of the normalised weights on each path (rule U6a).

    Raises
    ------
    ValueError
        A parent is no node, or a node lies below itself.
    """
    order: list[str] = []
    placed: set[str] = set()
    waiting = dict(tree)
    while waiting:
        ready = [node for node, (parent, _) in waiting.items() if parent is None or parent in placed]
        if not ready:
            raise ValueError(f"{next(iter(waiting))!r} has a parent that is no node, or lies below itself")
        for node in ready:
            order.append(node)
            placed.add(node)
            del waiting[node]
    number = {node: i for i, node in enumerate(order)}
    parents = [0xFFFFFFFF if (parent := tree[node][0]) is None else number[parent] for node in order]
    found = _core.effective_weights(parents, [tree[node][1] for node in order])
    effective_of = dict(zip(order, map(float, found), strict=True))
    return {node: effective_of[node] for node in tree}
