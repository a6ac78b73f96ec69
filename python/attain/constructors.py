"""Programmes in Python: each function gives a part of programme.json as a plain dictionary, :func:`programme` makes the programme.

    plan = attain.programme(
        id="lifts-2021",
        window=("2021-01-01", "2021-12-31"),
        indicators=[attain.indicator("lifts", unit="台", kind="increment", period="month")],
        projects=[attain.project("1", targets=[attain.target("1.1", indicator="lifts", aim=attain.at_least(139))])],
    )

Nothing is checked here: the library checks the whole, as it checks a file, and says everything that is wrong at once. Amounts are numbers, held
without scale (a share for %, 元 for 万元), or text of the one number parser, read in the indicator's unit: ``at_least("6.74万")``. Days are
``datetime.date`` or ISO text, windows inclusive. docs/programme-format.md says what each field means and what holds if it is absent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeVar, cast

from attain import _core
from attain._calls import suggests_arguments
from attain._json import to_json
from attain.specs import (
    Aim,
    AliasSpec,
    Amount,
    Cadence,
    ComparisonSpec,
    Condition,
    Day,
    DefaultsSpec,
    DimensionSpec,
    EarlierSpec,
    Grade,
    IndicatorSpec,
    Kind,
    Period,
    PlaceSpec,
    PriorityMethod,
    ProjectSpec,
    Quota,
    RandomIndex,
    RollUpSpec,
    RuleSpec,
    StepSpec,
    TargetSpec,
    Trajectory,
    Transform,
    Weighting,
    WeightsSpec,
    Window,
    WindowSpec,
)

__all__ = [
    "about", "alias", "at_least", "at_most", "between", "bonus", "ceiling", "checkpoints", "deduction", "dimension", "earlier", "every",
    "fail", "falls", "grade_ceiling", "indicator", "logistic", "place", "programme", "project", "rises", "roll_up", "seasonal", "step",
    "step_on", "target", "veto", "weights_by", "worst_status",
]  # fmt: skip

# -- aims ------------------------------------------------------------------------------------------

_Spec = TypeVar("_Spec")


def _given(kind: type[_Spec], /, **fields: object) -> _Spec:
    """The fields that were given, as the dictionary that ``kind`` types."""
    return cast("_Spec", {name: value for name, value in fields.items() if value is not None})


def _window(window: Window | None) -> WindowSpec | None:
    if window is None:
        return None
    start, due = _core.parse_period(window) if isinstance(window, str) else window
    return {"start": start, "due": due}


def _changed(
    aim: dict[str, object],
    change: Literal["amount", "percent"] | None,
    from_previous_period: bool,
    strict: bool = False,
) -> Aim:
    if strict:
        aim["strict"] = True
    if change is not None:
        aim["change"] = change
    if from_previous_period:
        aim["from"] = "previous_period"
    return cast("Aim", aim)


@suggests_arguments
def at_least(
    goal: Amount,
    *,
    strict: bool = False,
    change: Literal["amount", "percent"] | None = None,
    from_previous_period: bool = False,
) -> Aim:
    """At least this amount; with ``change`` at least so much more than the baseline (percent: 10 is +10 %); ``strict``: more than."""
    return _changed({"at_least": goal}, change, from_previous_period, strict)


@suggests_arguments
def at_most(
    goal: Amount,
    *,
    strict: bool = False,
    change: Literal["amount", "percent"] | None = None,
    from_previous_period: bool = False,
) -> Aim:
    """At most this amount; with ``change`` at most so much more than the baseline; ``strict``: less than."""
    return _changed({"at_most": goal}, change, from_previous_period, strict)


@suggests_arguments
def about(
    goal: Amount,
    tolerance: float | None = None,
    *,
    tolerance_amount: Amount | None = None,
    change: Literal["amount", "percent"] | None = None,
    from_previous_period: bool = False,
) -> Aim:
    """About this amount: within a share of it (``tolerance``, 0.05 if none is given) or an amount around it (``tolerance_amount``)."""
    aim: dict[str, object] = {"about": goal}
    if tolerance is not None:
        aim["tolerance"] = tolerance
    if tolerance_amount is not None:
        aim["tolerance_amount"] = tolerance_amount
    return _changed(aim, change, from_previous_period)


@suggests_arguments
def between(lowest: Amount, highest: Amount) -> Aim:
    """Between two amounts, both inclusive."""
    return {"between": [lowest, highest]}


def rises() -> Aim:
    """Above the baseline, by whatever amount."""
    return {"rises": True}


def falls() -> Aim:
    """Below the baseline, by whatever amount."""
    return {"falls": True}


# -- cadences and trajectories ---------------------------------------------------------------------


@suggests_arguments
def every(period: Period) -> dict[str, str]:
    """Cadence of a recurring target: once in every period of the window."""
    return {"every": period}


@suggests_arguments
def step_on(day: Day) -> dict[str, Any]:
    """Trajectory: nothing until the close of this day, then all."""
    return {"step": day}


@suggests_arguments
def checkpoints(
    shares: Mapping[Day, float] | None = None,
    *,
    amounts: Mapping[Day, Amount] | None = None,
    joined: Literal["lines", "steps"] = "lines",
) -> dict[str, Any]:
    """Trajectory through given points: shares of the way, or amounts of the indicator, by day."""
    points: list[dict[str, Any]] = [{"day": day, "share": share} for day, share in (shares or {}).items()]
    points += [{"day": day, "amount": amount} for day, amount in (amounts or {}).items()]
    return {"checkpoints": points, "joined": joined}


@suggests_arguments
def logistic(*, midpoint: float = 0.5, steepness: float = 10) -> dict[str, Any]:
    """Trajectory: an S-curve over the window, its midpoint as a share of the window."""
    return {"logistic": {"midpoint": midpoint, "steepness": steepness}}


@suggests_arguments
def seasonal(weights: Sequence[float]) -> dict[str, Any]:
    """Trajectory: weights of equal parts of the window, calendar months if it has as many whole months."""
    return {"seasonal": list(weights)}


# -- parts of a programme --------------------------------------------------------------------------


@suggests_arguments
def place(id: str, *, within: str | None = None, name: str | None = None, weight: float | None = None) -> PlaceSpec:
    """A node of the area tree; exactly one place of a programme is within no other."""
    return _given(PlaceSpec, id=id, name=name, within=within, weight=weight)


@suggests_arguments
def step(id: str, *, name: str | None = None, weight: float | None = None, due: Day | None = None) -> StepSpec:
    """A step of an indicator of kind ``steps``."""
    return _given(StepSpec, id=id, name=name, weight=weight, due=due)


@suggests_arguments
def dimension(id: str, categories: Sequence[str], *, complete: bool | None = None) -> DimensionSpec:
    """A dimension that entries may be divided by; ``complete``: its categories add up to the whole."""
    return _given(DimensionSpec, id=id, categories=list(categories), complete=complete)


@suggests_arguments
def indicator(
    id: str,
    *,
    kind: Kind,
    unit: str | None = None,
    name: str | None = None,
    period: Period | int | None = None,
    maximum_age: int | None = None,
    allowed_lag: int | None = None,
    indivisible: bool | None = None,
    natural_limit: Amount | None = None,
    origin: Literal["window", "year", "ever"] | None = None,
    eve_amount: Amount | None = None,
    across_places: Literal["sum", "weighted_mean", "least", "greatest", "none"] | None = None,
    weighted_by: str | None = None,
    numerator: str | None = None,
    denominator: str | None = None,
    expression: str | None = None,
    inputs: Sequence[str] | None = None,
    steps: Sequence[StepSpec] | None = None,
    scale: Mapping[str, float] | None = None,
    authors: Sequence[str] | None = None,
    dimensions: Sequence[DimensionSpec] | None = None,
    stage: str | None = None,
    scope: str | None = None,
    note: str | None = None,
    source: str | None = None,
) -> IndicatorSpec:
    """What is counted or measured: unit, kind, and how it adds up along time and place."""
    return _given(
        IndicatorSpec, id=id, name=name, unit=unit, kind=kind, period=period, maximum_age=maximum_age, allowed_lag=allowed_lag,
        indivisible=indivisible, natural_limit=natural_limit, origin=origin, eve_amount=eve_amount, across_places=across_places, weighted_by=weighted_by,
        numerator=numerator, denominator=denominator, expression=expression, inputs=_list(inputs), steps=_list(steps),
        scale=None if scale is None else dict(scale), authors=_list(authors), dimensions=_list(dimensions), stage=stage, scope=scope,
        note=note, source=source,
    )  # fmt: skip


@suggests_arguments
def alias(id: str, *, aim: Aim | None = None, text: str | None = None) -> AliasSpec:
    """The same promise in other words (提高5元, 达到115元): a second id of a target, checked against its aim."""
    return _given(AliasSpec, id=id, aim=aim, text=text)


@suggests_arguments
def earlier(
    *,
    recorded: Day | None = None,
    author: str | None = None,
    reason: str | None = None,
    aim: Aim | None = None,
    baseline: Amount | None = None,
    weight: float | None = None,
    window: Window | None = None,
    quotas: Mapping[str, Amount | Quota] | None = None,
) -> EarlierSpec:
    """What a target promised from ``recorded`` on, before its present row; what is left out was as it is now."""
    return _given(
        EarlierSpec, recorded=recorded, author=author, reason=reason, aim=aim, baseline=baseline, weight=weight,
        window=_window(window), quotas=None if quotas is None else dict(quotas),
    )  # fmt: skip


@suggests_arguments
def target(
    id: str,
    *,
    indicator: str,
    aim: Aim | None = None,
    name: str | None = None,
    place: str | None = None,
    quotas: Mapping[str, Amount | Quota] | None = None,
    cadence: Cadence | None = None,
    judged: Literal["window_to_date", "each_period"] | None = None,
    allowed_failed_periods: int | None = None,
    window: Window | None = None,
    baseline: Amount | None = None,
    trajectory: Trajectory | None = None,
    standard: bool | None = None,
    open_group: bool | None = None,
    weight: float | None = None,
    part_of: str | None = None,
    attribute_of: str | None = None,
    input_of: str | None = None,
    partition: bool | None = None,
    aliases: Sequence[AliasSpec] | None = None,
    disaggregation: Mapping[str, str] | None = None,
    withdrawn: Mapping[str, Any] | None = None,
    history: Sequence[EarlierSpec] | None = None,
    recorded: Day | None = None,
    author: str | None = None,
    reason: str | None = None,
    text: str | None = None,
    note: str | None = None,
    source: str | None = None,
) -> TargetSpec:
    """One promise: an indicator, an aim, a window, a trajectory and a weight; without an aim it is a reading only."""
    return _given(
        TargetSpec, id=id, name=name, indicator=indicator, aim=aim, place=place, quotas=None if quotas is None else dict(quotas),
        cadence=cadence, judged=judged, allowed_failed_periods=allowed_failed_periods, window=_window(window), baseline=baseline,
        trajectory=trajectory, standard=standard, open_group=open_group, weight=weight, part_of=part_of, attribute_of=attribute_of,
        input_of=input_of, partition=partition, aliases=_list(aliases),
        disaggregation=None if disaggregation is None else dict(disaggregation),
        withdrawn=None if withdrawn is None else dict(withdrawn), history=_list(history), recorded=recorded, author=author,
        reason=reason, text=text, note=note, source=source,
    )  # fmt: skip


@suggests_arguments
def roll_up(
    aggregator: str | None = None,
    *,
    exponent: float | None = None,
    floor: float | None = None,
    alpha: float | None = None,
    beta: float | None = None,
    divisor: Literal["n", "n_minus_1"] | None = None,
    weights: WeightsSpec | None = None,
    minimum_coverage: float | None = None,
    not_due: Literal["leave_out", "count_as_zero"] | None = None,
    missing: Literal["leave_out", "count_as_zero", "refuse"] | None = None,
    rules: Sequence[RuleSpec] | None = None,
) -> RollUpSpec:
    """How judgements combine at a node.

    Aggregators are ``"weighted_mean"``, ``"geometric_mean"``, ``"harmonic_mean"``, ``"power_mean"`` (with ``exponent``), ``"least"``,
    ``"greatest"``, ``"mean_min"`` (``alpha``, ``beta``), ``"penalised_mean"`` (``divisor``), ``"weighted_median"``, ``"share_met"``,
    ``"all_met"``, ``"worst"`` and ``"custom:NAME@VERSION"``. Scores below ``floor`` count as it; means of exponent 0 or less need one.
    """
    return _given(
        RollUpSpec, aggregator=aggregator, exponent=exponent, floor=floor, alpha=alpha, beta=beta, divisor=divisor, weights=weights,
        minimum_coverage=minimum_coverage, not_due=not_due, missing=missing, rules=_list(rules),
    )  # fmt: skip


@suggests_arguments
def weights_by(
    by: Weighting,
    *,
    measures: Mapping[str, str] | None = None,
    comparisons: Mapping[tuple[str, str], float] | None = None,
    priority: PriorityMethod | None = None,
    index: RandomIndex | None = None,
    transform: Transform | None = None,
) -> WeightsSpec:
    """Where the weights of children come from.

    ``measures`` names for each child the target whose reading it weighs, ``comparisons`` says ``{(child, over): times}`` of each pair.
    """
    pairs = None
    if comparisons is not None:
        pairs = [ComparisonSpec(child=child, over=over, times=times) for (child, over), times in comparisons.items()]
    return _given(
        WeightsSpec, by=by, measures=None if measures is None else dict(measures), comparisons=pairs, priority=priority, index=index,
        transform=transform,
    )  # fmt: skip


def _rule(effect: str, of: str | Sequence[str], **fields: object) -> RuleSpec:
    return _given(RuleSpec, effect=effect, of=[of] if isinstance(of, str) else list(of), **fields)


@suggests_arguments
def veto(
    of: str | Sequence[str], *, when: Condition | None = None, below: float | None = None, count: int | None = None,
    score: float | None = None, name: str | None = None,
) -> RuleSpec:  # fmt: skip
    """The score becomes ``score``, else 0, and the status the worst of the method."""
    return _rule("veto", of, when=when, below=below, count=count, score=score, name=name)


@suggests_arguments
def ceiling(
    of: str | Sequence[str], score: float, *, when: Condition | None = None, below: float | None = None, count: int | None = None,
    name: str | None = None,
) -> RuleSpec:  # fmt: skip
    """The score is at most ``score``."""
    return _rule("ceiling", of, when=when, below=below, count=count, score=score, name=name)


@suggests_arguments
def grade_ceiling(
    of: str | Sequence[str], grade: Grade, *, when: Condition | None = None, below: float | None = None, count: int | None = None,
    name: str | None = None,
) -> RuleSpec:  # fmt: skip
    """The status is at most one that means ``grade``."""
    return _rule("grade_ceiling", of, when=when, below=below, count=count, grade=grade, name=name)


@suggests_arguments
def deduction(
    of: str | Sequence[str], *, points: float | None = None, per_unit: float | None = None, most: float | None = None,
    score: float | None = None, when: Condition | None = None, below: float | None = None, count: int | None = None,
    name: str | None = None,
) -> RuleSpec:  # fmt: skip
    """The score less ``points``, or ``per_unit`` for each unit short of the goal; at most ``most``, and not below ``score``, else 0."""
    return _rule(
        "deduction", of, when=when, below=below, count=count, score=score, points=points, per_unit=per_unit, most=most, name=name
    )


@suggests_arguments
def bonus(
    of: str | Sequence[str], *, points: float | None = None, per_unit: float | None = None, most: float | None = None,
    score: float | None = None, when: Condition | None = "met", below: float | None = None, count: int | None = None,
    name: str | None = None,
) -> RuleSpec:  # fmt: skip
    """The score and ``points``, or ``per_unit`` for each unit beyond the goal; at most ``most``, and not above ``score`` if given."""
    return _rule("bonus", of, when=when, below=below, count=count, score=score, points=points, per_unit=per_unit, most=most, name=name)


@suggests_arguments
def fail(
    of: str | Sequence[str], *, count: int | None = None, when: Condition | None = None, below: float | None = None,
    name: str | None = None,
) -> RuleSpec:  # fmt: skip
    """The status is missed, if at least ``count`` of the targets are as asked."""
    return _rule("fail", of, when=when, below=below, count=count, name=name)


@suggests_arguments
def worst_status(of: str | Sequence[str], *, when: Condition | None = "judged", count: int | None = None, name: str | None = None) -> RuleSpec:
    """The status is the worst of those of the targets, whatever the score."""
    return _rule("worst_status", of, when=when, count=count, name=name)


@suggests_arguments
def project(
    id: str,
    *,
    targets: Sequence[TargetSpec] | None = None,
    projects: Sequence[ProjectSpec] | None = None,
    name: str | None = None,
    weight: float | None = None,
    window: Window | None = None,
    due: Day | None = None,
    responsible: str | Sequence[str] | None = None,
    roll_up: RollUpSpec | None = None,
    group: bool | None = None,
    text: str | None = None,
    note: str | None = None,
    source: str | None = None,
) -> ProjectSpec:
    """One numbered item: a node that holds targets and, where items are nested, further projects."""
    return _given(
        ProjectSpec, id=id, name=name, weight=weight, window=_window(window), due=due, responsible=_list(responsible),
        roll_up=roll_up, group=group, projects=_list(projects), targets=_list(targets), text=text, note=note, source=source,
    )  # fmt: skip


@suggests_arguments
def programme(
    *,
    id: str,
    indicators: Sequence[IndicatorSpec],
    projects: Sequence[ProjectSpec],
    name: str | None = None,
    window: Window | None = None,
    places: Sequence[PlaceSpec] | None = None,
    method: str | None = None,
    methods: Sequence[_core.MethodSpec | Mapping[str, Any]] | None = None,
    defaults: DefaultsSpec | None = None,
    roll_up: RollUpSpec | None = None,
    source: str | None = None,
    note: str | None = None,
) -> _core.Programme:
    """The list, checked: places, indicators, projects with targets.

    Raises
    ------
    InvalidInput, InvalidProgramme
        With every problem in ``findings``; ``where`` is the JSON pointer of the value, as it would be in programme.json.
    """
    return _core.Programme.from_dict(
        _given(
            dict[str, object], format="attain-programme/1", id=id, name=name, source=source, note=note, window=_window(window),
            method=method, methods=None if methods is None else [_method(one) for one in methods], defaults=defaults, roll_up=roll_up,
            places=_list(places), indicators=list(indicators),
            projects=list(projects),
        )
    )  # fmt: skip


def _method(one: _core.MethodSpec | Mapping[str, Any]) -> dict[str, Any]:
    """As it stands in a programme, which says the format for all."""
    fields = one.to_dict() if isinstance(one, _core.MethodSpec) else dict(one)
    fields.pop("format", None)
    return fields


def _list(values: Any) -> list[Any] | None:
    """Of one alone, a text or a specification, a list with it."""
    if values is None:
        return None
    return [values] if isinstance(values, (str, Mapping)) else list(values)
