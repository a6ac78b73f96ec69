"""Judging a programme, or several, by what a ledger says."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from attain import _core
from attain._calls import suggests_arguments
from attain.custom import Aggregator, Formula, Method

Day: TypeAlias = datetime.date | str
MethodChoice: TypeAlias = str | _core.MethodSpec
Progress: TypeAlias = Callable[[str, float], object]
"""Is told what the work is at (``"compiling"``, …) and which share of that is done."""
Plan: TypeAlias = _core.Programme | _core.Portfolio | Sequence[_core.Programme]


@suggests_arguments
def evaluate(
    plan: Plan,
    book: _core.Ledger,
    *,
    as_of: Day,
    known_at: Day | None = None,
    threads: int = 1,
    method: MethodChoice | Sequence[MethodChoice] | None = None,
    methods: Mapping[str, Method] | None = None,
    aggregators: Mapping[str, Aggregator] | None = None,
    formulas: Mapping[str, Formula] | None = None,
    progress: Progress | None = None,
) -> _core.Evaluation:
    """Judges a programme, or several that share places and ledger, by what a ledger says, as of a day.

    A pure function: equal arguments give equal results, to the last bit, on any number of threads. Nothing reads the clock. Another
    as-of day for the same programme and ledger costs little.

    Parameters
    ----------
    plan
        A programme, a portfolio, or a list of programmes.
    book
        The observations. Later appends do not change the evaluation.
    as_of
        What had happened, at the close of this day.
    known_at
        What had been reported by this day, and the goals as they stood then; None: everything recorded.
    threads
        At least 1; the results do not depend on it.
    method
        What to judge by, instead of the method of the programme: a name (``"open_sdg"``, ``"open_sdg@1"``, ``"custom:NAME@VERSION"``), a
        :class:`MethodSpec`, or several of them. The first is in front; ``now.by("open_sdg")`` is the same evaluation judged by another, and
        ``now.disagreements()`` a table of where they differ. Readings are worked out once, however many methods judge.
    methods, aggregators, formulas
        What the ``custom:NAME@VERSION`` of the programme mean, by NAME@VERSION (see :mod:`attain.custom`).
    progress
        Is called with what the work is at, ``"compiling"`` or ``"judging"``, and the share of it that is done, 0 to 1: at the beginning and
        the end of each and about a hundred times between, in the thread that asked. What it raises stops the work and is raised here.

    Raises
    ------
    InvalidOption
        A method is unknown, or needs what the programme lacks; a custom name is not supplied; or there are fewer than one thread.
    InvalidInput
        A day is none.

    Missing data never raise: an answer is then None, with a reason.
    """
    return _core.evaluate(as_plan(plan), _as_ledger(book), as_of, known_at, threads, methods, aggregators, formulas, _methods(method), progress)


@suggests_arguments
def history(
    plan: Plan,
    book: _core.Ledger,
    *,
    days: Sequence[Day],
    known_at: Day | None = None,
    threads: int = 1,
    method: MethodChoice | Sequence[MethodChoice] | None = None,
    methods: Mapping[str, Method] | None = None,
    aggregators: Mapping[str, Aggregator] | None = None,
    formulas: Mapping[str, Formula] | None = None,
    progress: Progress | None = None,
) -> list[_core.Evaluation]:
    """The same as :func:`evaluate` for several as-of days in one pass, in the order of the days."""
    return _core.history(as_plan(plan), _as_ledger(book), list(days), known_at, threads, methods, aggregators, formulas, _methods(method), progress)


def as_plan(plan: Plan) -> _core.Programme | _core.Portfolio | list[_core.Programme]:
    """A plan as the compiled part takes it."""
    if not isinstance(plan, Sequence):
        return plan
    given: list[object] = list(plan)
    if not all(isinstance(one, _core.Programme) for one in given):
        raise TypeError(f"a plan is a programme, a portfolio or a list of programmes, not {plan!r}; read_programme reads one")
    return list(plan)


def _as_ledger(book: _core.Ledger) -> _core.Ledger:
    """A ledger as the compiled part takes it."""
    given: object = book
    if isinstance(given, _core.LedgerStore):
        raise TypeError("a ledger store is evaluated by what counts in it: pass its ledger()")
    return book


def _methods(method: MethodChoice | Sequence[MethodChoice] | None) -> list[MethodChoice]:
    if method is None:
        return []
    return [method] if isinstance(method, (str, _core.MethodSpec)) else list(method)
