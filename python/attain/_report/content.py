"""What a report says, as plain data, in the language of the report: gathered once, laid out as HTML, Markdown or a workbook."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from attain.catalogue import Language

MEANINGS = ("missed", "behind", "at_risk", "on_track", "met", "not_due", "no_answer", "reading_only")
"""What a status can mean, the worst first."""


@dataclass(frozen=True, slots=True)
class Status:
    """A status: what it means, one of MEANINGS, and the word of its method. Without an answer ``why`` says why."""

    meaning: str
    word: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of one result, None where there is no answer."""

    attainment: float | None
    expected: float | None
    gap: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a why: what, what it came to, how, and the rule of the semantics."""

    what: str
    value: str
    how: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One report of the ledger. ``fate`` says whether it counts; ``counts`` is the same as a flag."""

    indicator: str
    place: str
    period: str
    amount: str
    recorded: str
    fate: str
    counts: bool
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class AtPlace:
    """A target at one place within its own."""

    place: str
    name: str
    status: Status
    figures: Figures
    reading: str
    goal: str


@dataclass(frozen=True, slots=True)
class Target:
    """A target of the list, and why it stands where it stands.

    ``reports_to`` is the day that its reports go to, if they end before the as-of day and before it was due; ``unreported`` says which
    periods are not reported.
    """

    id: str
    name: str
    status: Status
    figures: Figures
    reading: str
    baseline: str
    goal: str
    unit: str
    due: datetime.date | None
    reports_to: datetime.date | None
    unreported: list[str]
    is_hold: bool
    weight: float
    clause: str
    note: str
    source: str
    lines: list[Line]
    reports: list[Report]
    left_out: int
    places: list[AtPlace]
    place_ids: list[str]
    place_count: int

    def __hash__(self) -> int:
        return hash(self.id)


@dataclass(frozen=True, slots=True)
class Child:
    """What a project is made of: one line a child."""

    id: str
    name: str
    status: Status
    figures: Figures
    weight: float | None


@dataclass(frozen=True, slots=True)
class Project:
    """A project or group with the targets directly in it. ``path`` are the names of the groups that it is in.

    ``expected_by`` says by which day, or days, its expected share was planned, if that is not the as-of day.
    """

    id: str
    name: str
    path: list[str]
    depth: int
    status: Status
    figures: Figures
    coverage: float
    due: datetime.date | None
    expected_by: str
    responsible: list[str]
    clause: str
    note: str
    source: str
    lines: list[Line]
    children: list[Child]
    targets: list[Target]


@dataclass(frozen=True, slots=True)
class Pull:
    """What one target takes from the total or gives to it, as a share of the whole; ``shown`` is rounded so that all pulls add up."""

    id: str
    name: str
    status: Status
    figures: Figures
    share: float
    shown: float
    is_hold: bool
    responsible: list[str]
    reading: str
    baseline: str
    goal: str


@dataclass(frozen=True, slots=True)
class HoldingBack:
    """Why the total is not where it should be.

    ``chase`` are the targets that are missed, behind or at risk: what is to be kept and is not, then by what they take. ``pulls``
    are all that take something; with what is ``ahead`` and the ``rest`` they add up to the gap of the total.
    ``silent`` are due targets without an answer; ``silent_units`` says how many of them each responsible unit has, the most first.
    """

    chase: list[Pull]
    pulls: list[Pull]
    ahead: float
    rest: float
    ahead_shown: float
    rest_shown: float
    gap: float | None
    silent: int
    silent_weight: float
    silent_units: list[tuple[str, int]]

    @property
    def listed(self) -> list[Pull]:
        """What is to be kept and is not, which takes nothing from the total, then what does."""
        return [*(one for one in self.chase if one.is_hold), *self.pulls]


@dataclass(frozen=True, slots=True)
class Curve:
    """Planned and actual by day. ``earned`` is the day for which so much was planned as is attained now, and ``told`` says so."""

    start: datetime.date
    end: datetime.date
    planned: list[tuple[datetime.date, float]]
    actual: list[tuple[datetime.date, float]]
    today: datetime.date
    attainment: float
    earned: datetime.date | None
    ahead: str
    told: str

    @property
    def planned_today(self) -> float:
        return dict(self.planned)[self.today]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place in the league table."""

    place: str
    name: str
    within: str
    rank: int | None
    moved: int | None
    status: Status
    figures: Figures
    coverage: float
    met: int
    due: int


@dataclass(frozen=True, slots=True)
class ChangePart:
    """What one target or node contributed to the change of the total; ``shown`` is rounded so that all add up to it."""

    id: str
    name: str
    before: float | None
    after: float | None
    contribution: float
    shown: float
    cause: str


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A target whose status changed since the last report."""

    id: str
    name: str
    before: Status
    after: Status


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since the last report; ``label`` says since when, and as it was known when."""

    since: datetime.date
    label: str
    sentence: str
    parts: list[ChangePart]
    statuses: list[StatusChange]


@dataclass(frozen=True, slots=True)
class FoundHere:
    """Something to check in the data."""

    severity: str
    text: str
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Score:
    """How good the reports are, as a share; None where it cannot be told."""

    what: str
    share: float | None
    count: int
    of: int


@dataclass(frozen=True, slots=True)
class Method:
    """How the report was judged."""

    reference: str
    about: str
    source: str


@dataclass(frozen=True, slots=True)
class Content:
    """All that a report says.

    ``expected_by`` is the day, or days, by which the expected share was planned; of ``lagging`` targets the reports end before the as-of
    day; ``unreported`` says which periods are not reported, ``silence`` of how many indicators that is, ``reports_due`` from when a report counts as due in ``scores``.
    """

    language: Language
    programme: str
    name: str
    as_of: datetime.date
    known_at: datetime.date | None
    note: str
    source: str
    status: Status
    figures: Figures
    expected_by: str
    lagging: int
    unreported: list[str]
    silence: str
    coverage: float
    lower: float | None
    upper: float | None
    hold_share: float | None
    held_back_by: str
    counts: dict[str, int]
    target_count: int
    project_count: int
    lines: list[Line]
    children: list[Child]
    holding_back: HoldingBack
    curve: Curve | None
    projects: list[Project]
    places: list[PlaceRow]
    place_count: int
    place_names: dict[str, str]
    changes: Changes | None
    scores: list[Score]
    reports_due: str
    findings: list[FoundHere]
    method: Method
    units: list[str] = field(default_factory=list)
