"""The same programme on other days, judged in the same way."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import attain
from attain import _core
from attain._evaluate import Progress

if TYPE_CHECKING:
    from attain.custom import Aggregator, Formula, Method


@dataclass(frozen=True, slots=True)
class Functions:
    """Functions of the user, as :func:`attain.evaluate` takes them: those that a programme names, and whom to tell of progress."""

    methods: Mapping[str, Method] | None = None
    aggregators: Mapping[str, Aggregator] | None = None
    formulas: Mapping[str, Formula] | None = None
    progress: Progress | None = None


def on_days(
    now: _core.Evaluation, days: Sequence[datetime.date], functions: Functions, *, book: _core.Ledger | None = None
) -> list[_core.Evaluation]:
    """Evaluations on other days as they are known now; of another ledger if one is given."""
    if not days:
        return []
    return attain.history(
        now.plan,
        now.book if book is None else book,
        days=days,
        known_at=now.known_at,
        method=None if _is_own(now) else now.method,
        methods=functions.methods,
        aggregators=functions.aggregators,
        formulas=functions.formulas,
        progress=functions.progress,
    )


def _is_own(now: _core.Evaluation) -> bool:
    """Whether the method in front is the one that the programme names."""
    own = getattr(now.plan, "method", "").removeprefix("custom:")
    return own in (now.methods[0], now.method.name)
