"""Functions of the user, by the name that a programme gives them: ``custom:NAME@VERSION``.

A programme is data and never holds a callable. :func:`attain.evaluate` takes what its names mean:

    attain.evaluate(plan, book, as_of="2021-09-30",
                    formulas={"log_ratio@1": lambda a, b: numpy.log(a / b)},
                    aggregators={"median@1": lambda values, weights: float(numpy.median(values))},
                    methods={"traffic_light@1": attain.Method(states=..., judge=...)})

Functions get NumPy columns and must be pure: equal columns give equal results. What is not a finite number comes back with the reason
``overflow``. What they raise reaches the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

if TYPE_CHECKING:
    import numpy
    from numpy.typing import ArrayLike, NDArray

    Numbers: TypeAlias = NDArray[numpy.float64]
    Flags: TypeAlias = NDArray[numpy.bool_]

__all__ = ["Aggregator", "Formula", "JudgedColumns", "Method", "Role"]

Role: TypeAlias = Literal["met", "on_track", "at_risk", "behind", "missed", "not_due"]
"""What a state means to the nodes above, whatever a method calls it."""

Fact: TypeAlias = Literal[
    "not_applicable", "before_start", "reached_for_good", "out_of_reach", "due", "covers_due", "reached", "nothing_expected",
    "unreadable", "reached_reversibly", "hold", "without_attainment", "open_ended", "decreasing", "share_at_end",
]  # fmt: skip
"""What a method may ask of a row (section S of the semantics); the order is that of the bits."""

Formula: TypeAlias = "Callable[..., ArrayLike]"
"""``f(*inputs)``: one array an input, of equal length and all present; returns as many numbers."""

Aggregator: TypeAlias = "Callable[[Numbers, Numbers], float]"
"""``f(values, weights)``: the children of one node that have a value; returns the node's. Called for attainment,
expected and both bounds alike."""

_NO_STATE = 255


class JudgedColumns:
    """The judged columns of one target, one row a place; NaN where there is no answer.

    Attributes
    ----------
    attainment, expected, gap : ndarray of float64, shape (rows,)
        Shares.
    """

    attainment: Numbers
    expected: Numbers
    gap: Numbers

    def __init__(self, facts: NDArray[numpy.uint16], attainment: Numbers, expected: Numbers, gap: Numbers) -> None:
        self._facts = facts
        self.attainment = attainment
        self.expected = expected
        self.gap = gap

    def __len__(self) -> int:
        return len(self._facts)

    def holds(self, fact: Fact) -> Flags:
        """Where a fact holds, as bool of shape ``(rows,)``."""
        facts = get_args(Fact)
        if fact not in facts:
            raise ValueError(f"there is no fact {fact!r}; there are {', '.join(facts)}")
        held: Flags = (self._facts & (1 << facts.index(fact))) != 0
        return held


class Method:
    """A way of judging, in Python.

    Parameters
    ----------
    states
        Its states, and what each means to the nodes above: ``{"green": "on_track", "red": "behind"}``. States that mean ``met``, ``missed`` and
        ``not_due`` are given to nodes where they apply.
    judge
        ``judge(columns)`` gets :class:`JudgedColumns` and returns the name of a state for each row, or None or "" for no answer.
    node_bands
        States of nodes: ``[(edge, state), …]`` from the top down; at and above an edge its state holds.
    below
        State of nodes under the last edge.
    ceiling
        State that a failing child or hold caps a node at.
    node_quantity
        What the edges cut: "gap", "attainment" or "pace".
    source
        Where the method comes from.

    Raises
    ------
    ValueError
        A state is not among the states, a meaning is none, or the edges do not descend.
    """

    def __init__(
        self,
        *,
        states: Mapping[str, Role],
        judge: Callable[[JudgedColumns], Sequence[str | None] | NDArray[Any]],
        node_bands: Sequence[tuple[float, str]],
        below: str,
        ceiling: str,
        node_quantity: Literal["gap", "attainment", "pace"] = "gap",
        source: str = "",
    ) -> None:
        self.states = dict(states)
        self.judge = judge
        self.node_bands = list(node_bands)
        self.below = below
        self.ceiling = ceiling
        self.node_quantity = node_quantity
        self.source = source
        self._check()

    def _check(self) -> None:
        if not 0 < len(self.states) < _NO_STATE:
            raise ValueError(f"a method has 1 to {_NO_STATE - 1} states, not {len(self.states)}")
        for state, role in self.states.items():
            if role not in get_args(Role):
                raise ValueError(f"state {state!r} means {role!r}; a state means one of {', '.join(get_args(Role))}")
        for state in (*(state for _, state in self.node_bands), self.below, self.ceiling):
            if state not in self.states:
                raise ValueError(f"there is no state {state!r} among {', '.join(self.states)}")
        edges = [edge for edge, _ in self.node_bands]
        if edges != sorted(edges, reverse=True):
            raise ValueError(f"the edges of node_bands go from the top down: {edges}")
        if self.node_quantity not in ("gap", "attainment", "pace"):
            raise ValueError(f"node_quantity is gap, attainment or pace, not {self.node_quantity!r}")

    # -- what the compiled part asks -------------------------------------------------------------

    def _states(self) -> list[tuple[str, str]]:
        return list(self.states.items())

    def _node_bands(self) -> tuple[list[tuple[float, int]], int, int]:
        number = {state: i for i, state in enumerate(self.states)}
        return [(edge, number[state]) for edge, state in self.node_bands], number[self.below], number[self.ceiling]

    def _judge_columns(
        self,
        facts: NDArray[numpy.uint16],
        attainment: Numbers,
        attainment_missing: NDArray[numpy.uint8],
        expected: Numbers,
        expected_missing: NDArray[numpy.uint8],
        gap: Numbers,
        gap_missing: NDArray[numpy.uint8],
    ) -> NDArray[numpy.uint8]:
        import numpy

        for values, missing in ((attainment, attainment_missing), (expected, expected_missing), (gap, gap_missing)):
            values[missing != 0] = numpy.nan
        names = list(self.judge(JudgedColumns(facts, attainment, expected, gap)))
        if len(names) != len(facts):
            raise ValueError(f"the method returned {len(names)} states for {len(facts)} rows")
        number = {state: i for i, state in enumerate(self.states)}
        states = numpy.full(len(facts), _NO_STATE, dtype=numpy.uint8)
        for row, name in enumerate(names):
            if name is None or name == "":
                continue
            if name not in number:
                raise ValueError(f"the method returned {name!r}; its states are {', '.join(self.states)}")
            states[row] = number[name]
        return states


def aggregate(function: Aggregator, values: Numbers, weights: Numbers, begin: NDArray[numpy.uint32]) -> Numbers:
    """Calls an aggregator for every node of a level: node i has the rows from ``begin[i]`` up to ``begin[i + 1]``."""
    import numpy

    spans = zip(begin[:-1], begin[1:], strict=True)
    return numpy.array([function(values[first:last], weights[first:last]) for first, last in spans], dtype=numpy.float64)
