"""How far the reports behind a programme can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from attain import _core
from attain._calls import suggests_arguments
from attain._evaluate import Day, Plan, as_plan
from attain.outliers import WHO_EXTREME, WHO_MODERATE, WHO_MODIFIED, OutlierTest

Relation: TypeAlias = Literal["about_equal", "at_least", "dropout", "level"]
Related: TypeAlias = tuple[str, str, Relation] | tuple[str, str, Relation, float]


@suggests_arguments
def quality(
    plan: Plan,
    book: _core.Ledger,
    *,
    as_of: Day,
    known_at: Day | None = None,
    days_to_report: int | None = None,
    minimum_completeness: float = 0.9,
    minimum_timeliness: float = 0.75,
    steady_within: float = 0.33,
    reference_years: int = 3,
    trend: Literal["constant", "linear"] = "constant",
    outliers: Sequence[OutlierTest] = (WHO_EXTREME, WHO_MODIFIED, WHO_MODERATE),
    equal_in_a_row: int = 3,
    related: Sequence[Related] = (),
    only: Sequence[str] = (),
) -> _core.QualityReport:
    """What of the reports is missing, late, doubtful or contradictory, as of a day.

    Findings ask and never correct; nothing here changes a reading. What cannot be judged is said to be so and never counts as good.

    Parameters
    ----------
    plan
        A programme, a portfolio, or a list of programmes.
    book
        The observations.
    as_of
        What had happened, at the close of this day.
    known_at
        What had been reported by this day; None: everything recorded.
    days_to_report
        From the end of a period to the day by which its report is due; None: the allowed lag of the indicator.
    minimum_completeness, minimum_timeliness
        Shares under which a place is divergent.
    steady_within
        How far completeness and amounts may be from those of the years before, as a share.
    reference_years, trend
        How many years before, and whether their mean or the line through them is expected.
    outliers
        Tests of :mod:`attain.outliers`; a finding is named by the first that flags an amount.
    equal_in_a_row
        How many equal amounts, other than 0, ask whether they were copied.
    related
        Pairs of indicators that belong together, ``("first", "second", "dropout")``, with a tolerance of 0.1 or as a fourth item.
    only
        Findings of these checks alone, such as ``"magnitude_slip"``.

    Raises
    ------
    InvalidOption
        An option lies outside its range, or an indicator or check does not exist.
    InvalidInput
        A day is none.
    """
    related = list(related)
    given: list[object] = [*related]
    if not all(isinstance(pair, (tuple, list)) and len(pair) in (3, 4) for pair in given):
        raise TypeError('related is pairs such as ("first", "second", "dropout"), perhaps with a tolerance as a fourth item')
    pairs = [(pair[0], pair[1], str(pair[2]), pair[3] if len(pair) == 4 else 0.1) for pair in related]
    return _core.quality(
        as_plan(plan),
        book,
        as_of,
        known_at,
        days_to_report,
        minimum_completeness,
        minimum_timeliness,
        steady_within,
        reference_years,
        trend,
        list(outliers),
        equal_in_a_row,
        pairs,
        list(only),
    )
