"""The parts of a programme as dictionaries, laid out as programme.json, and what their fields may be.

:mod:`attain.constructors` makes them; docs/programme-format.md says what each field means and what holds if it is absent.
"""

from __future__ import annotations

import datetime
from typing import Any, Literal, Protocol, TypeAlias, TypedDict

from attain import _core

Amount: TypeAlias = float | str
Day: TypeAlias = datetime.date | str
Window: TypeAlias = tuple[Day, Day] | str
"""Its first and its last day, or both as a period: "2026"."""
Period: TypeAlias = Literal["day", "week", "ten_days", "month", "quarter", "half_year", "year"]
Kind: TypeAlias = Literal["increment", "running_total", "level", "ratio", "steps", "rating", "formula"]

Weighting: TypeAlias = Literal["given", "equal", "leaf_count", "measure", "comparisons", "entropy"]
PriorityMethod: TypeAlias = Literal["eigenvector", "row_geometric_mean", "column_mean"]
RandomIndex: TypeAlias = Literal["saaty_1980", "saaty_2005", "donegan_dodd_1991", "tummala_ling_1998"]
Transform: TypeAlias = Literal["shares", "min_max", "min_max_tenth", "min_max_plus_one"]
Condition: TypeAlias = Literal["missed", "failing", "unmet", "met", "below", "judged"]
Grade: TypeAlias = Literal["met", "on_track", "at_risk", "behind", "missed"]

Aim = TypedDict(
    "Aim",
    {
        "at_least": Amount,
        "at_most": Amount,
        "about": Amount,
        "tolerance": float,
        "tolerance_amount": Amount,
        "between": list[Amount],
        "rises": bool,
        "falls": bool,
        "strict": bool,
        "change": Literal["amount", "percent"],
        "from": Literal["previous_period"],
    },
    total=False,
)
"""What a target asks of its amount."""

WindowSpec = TypedDict("WindowSpec", {"start": Day, "due": Day})
Trajectory: TypeAlias = str | dict[str, Any]
Cadence: TypeAlias = Literal["by", "throughout"] | dict[str, str]


class Quota(TypedDict, total=False):
    """The goal of one place, and perhaps its baseline."""

    goal: Amount
    baseline: Amount


class ArrowTable(Protocol):
    """A table of any library that gives an Arrow stream: a data frame of pandas 3 or polars, a table of pyarrow, a relation of duckdb."""

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...


class Observation(TypedDict, total=False):
    """One report: a row of observations.csv. Needed are ``indicator``, a period or day, and an amount, a reason or a withdrawal."""

    indicator: str
    place: str
    period: str | Window
    day: Day
    start: Day
    end: Day
    amount: Amount
    unit: str
    form: Literal["amount", "share_of_goal"]
    missing: _core.Reason | str
    withdrawn: bool
    dimensions: dict[str, str] | str
    step: str
    stage: str
    scope: str
    recorded: Day
    author: str
    source: str
    evidence: str
    note: str
    key: str


class PlaceSpec(TypedDict, total=False):
    """A node of the area tree."""

    id: str
    name: str
    within: str
    weight: float


class StepSpec(TypedDict, total=False):
    """A step of an indicator of kind ``steps``."""

    id: str
    name: str
    weight: float
    due: Day


class DimensionSpec(TypedDict, total=False):
    """A dimension that entries of an indicator may be divided by."""

    id: str
    categories: list[str]
    complete: bool


class IndicatorSpec(TypedDict, total=False):
    """What is counted or measured."""

    id: str
    name: str
    unit: str
    kind: Kind
    period: Period | int
    maximum_age: int
    allowed_lag: int
    indivisible: bool
    natural_limit: Amount
    origin: Literal["window", "year", "ever"]
    eve_amount: Amount
    across_places: Literal["sum", "weighted_mean", "least", "greatest", "none"]
    weighted_by: str
    numerator: str
    denominator: str
    expression: str
    inputs: list[str]
    steps: list[StepSpec]
    scale: dict[str, float]
    authors: list[str]
    dimensions: list[DimensionSpec]
    stage: str
    scope: str
    note: str
    source: str


class AliasSpec(TypedDict, total=False):
    """The same promise in other words."""

    id: str
    aim: Aim
    text: str


class EarlierSpec(TypedDict, total=False):
    """A row of a target's history: what was promised from ``recorded`` on."""

    recorded: Day
    author: str
    reason: str
    aim: Aim
    baseline: Amount
    weight: float
    window: WindowSpec
    quotas: dict[str, Amount | Quota]


class TargetSpec(TypedDict, total=False):
    """One promise."""

    id: str
    name: str
    indicator: str
    aim: Aim
    place: str
    quotas: dict[str, Amount | Quota]
    cadence: Cadence
    judged: Literal["window_to_date", "each_period"]
    allowed_failed_periods: int
    window: WindowSpec
    baseline: Amount
    trajectory: Trajectory
    standard: bool
    open_group: bool
    weight: float
    part_of: str
    attribute_of: str
    input_of: str
    partition: bool
    aliases: list[AliasSpec]
    disaggregation: dict[str, str]
    withdrawn: dict[str, Any]
    history: list[EarlierSpec]
    recorded: Day
    author: str
    reason: str
    text: str
    note: str
    source: str


class ComparisonSpec(TypedDict):
    """A child matters so many times as much as another one."""

    child: str
    over: str
    times: float


class WeightsSpec(TypedDict, total=False):
    """Where the weights of children come from."""

    by: Weighting
    measures: dict[str, str]
    comparisons: list[ComparisonSpec]
    priority: PriorityMethod
    index: RandomIndex
    transform: Transform


class RuleSpec(TypedDict, total=False):
    """What happens to the score and the status of a node when targets are as asked."""

    name: str
    effect: Literal["veto", "ceiling", "grade_ceiling", "deduction", "bonus", "fail", "worst_status"]
    of: list[str]
    when: Condition
    below: float
    count: int
    score: float
    grade: Grade
    points: float
    per_unit: float
    most: float


class RollUpSpec(TypedDict, total=False):
    """How the judgements of children combine at a node."""

    aggregator: str
    exponent: float
    floor: float
    alpha: float
    beta: float
    divisor: Literal["n", "n_minus_1"]
    weights: WeightsSpec
    minimum_coverage: float
    not_due: Literal["leave_out", "count_as_zero"]
    missing: Literal["leave_out", "count_as_zero", "refuse"]
    rules: list[RuleSpec]


class ProjectSpec(TypedDict, total=False):
    """One numbered item of a programme, or a group of them."""

    id: str
    name: str
    weight: float
    window: WindowSpec
    due: Day
    responsible: list[str]
    roll_up: RollUpSpec
    group: bool
    projects: list[ProjectSpec]
    targets: list[TargetSpec]
    text: str
    note: str
    source: str


class DefaultsSpec(TypedDict, total=False):
    """What a programme may declare differently (rules D1 and D3)."""

    minimum_coverage_of_reading: float
    minimum_coverage_of_node: float
    allowed_failed_periods: int
    score_cap: float
    too_early_below: float
