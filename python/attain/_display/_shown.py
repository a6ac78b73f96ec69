"""What a notebook shows, in a language."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from attain._display._changes import change_html, comparison_html
from attain._display._evaluations import evaluation_html
from attain._display._inputs import ledger_html, programme_html
from attain._display._quality import quality_html
from attain._display._results import result_html
from attain._display._tables import table_html

if TYPE_CHECKING:
    from attain._core import Change, Comparison, Evaluation, Ledger, Programme, ProjectResult, QualityReport, Table, TargetResult

_HTML: dict[str, Callable[[Any, str], str]] = {
    "Change": change_html,
    "Comparison": comparison_html,
    "Evaluation": evaluation_html,
    "Ledger": ledger_html,
    "Programme": programme_html,
    "ProjectResult": result_html,
    "QualityReport": quality_html,
    "Table": table_html,
    "TargetResult": result_html,
}


class Shown:
    """Something as a notebook shows it, in a language; made by :func:`attain.show`."""

    def __init__(self, thing: object, language: str) -> None:
        self._html = _HTML[type(thing).__name__](thing, language)

    def _repr_html_(self) -> str:
        return self._html


def show(
    thing: Evaluation | TargetResult | ProjectResult | Change | Comparison | QualityReport | Programme | Ledger | Table,
    *,
    language: str,
) -> Shown:
    """What a notebook shows of a thing, in this language: ``attain.show(now, language="zh")`` at the end of a cell.

    What the programme and the reports say stays as it is, and so do the columns of a :class:`Table`, which are names.

    Raises
    ------
    InvalidOption
        The language is neither "en" nor "zh".
    TypeError
        A notebook has no table for it.
    """
    if type(thing).__name__ not in _HTML or not type(thing).__module__.startswith("attain"):
        raise TypeError(f"there is no table for {type(thing).__name__}; there are those of {', '.join(_HTML)}")
    return Shown(thing, language)
