"""
The compiled part of attain. Everything of it that is public is a name of the package attain.
"""
from __future__ import annotations
import attain
import attain.control
import attain.outliers
import attain.plots
import attain.specs
import attain.words
import collections.abc
import datetime
import numpy
import numpy.typing
import pandas
import polars
import pyarrow
import typing
import typing_extensions
__all__: list[str] = ['Batch', 'Change', 'Changes', 'Column', 'Comparison', 'Decision', 'Dhis2Results', 'EarnedAmounts', 'EarnedTime', 'EarnedValue', 'EntryFate', 'Evaluation', 'Explanation', 'ExplanationStep', 'Finding', 'GoalChange', 'IatiResults', 'Ledger', 'LedgerStore', 'MethodSpec', 'OutlierScores', 'OutlierTest', 'Portfolio', 'Programme', 'ProjectResult', 'QualityReport', 'Reason', 'Severity', 'SnapshotInfo', 'StepInput', 'StepKind', 'StepOperation', 'StoredEntry', 'Table', 'TargetResult', 'Tracker', 'aggregate_rows', 'apportioned', 'around_mean', 'built_in_methods', 'can_detect', 'change_by_due', 'check_programme', 'compare', 'completed_comparisons', 'count_chance', 'did_you_mean', 'distances_to_target', 'draw_ranks', 'earned_schedule', 'effective_weights', 'efficacy_scores', 'entropy_weights', 'evaluate', 'find_method', 'find_slip', 'first_digits', 'first_from', 'fixed_formula', 'gated_progress', 'gauge', 'goalpost_scores', 'growth', 'growth_ratio', 'history', 'inspect_snapshot', 'interval_scores', 'is_percentage', 'label_of_reason', 'language_word', 'last_digits', 'last_until', 'leave_one_out', 'leave_one_out_table', 'ledger_from_csv', 'level_chance', 'level_of_effort', 'light_by_share_green', 'limit_factor', 'load_snapshot', 'logarithmic_mean', 'mean_change', 'number_text', 'open_ledger', 'parse_amount', 'parse_date', 'parse_number', 'parse_period', 'period_containing', 'period_text', 'plain_growth', 'plain_growth_ratio', 'priorities', 'project_level', 'quality', 'rank_shares_table', 'ranks_table', 'read_dhis2', 'read_iati', 'read_method', 'read_observations', 'read_programme', 'reference_scores', 'rest_by_due', 'roll_up_gauges', 'sample_scores', 'save_snapshot', 'score_outliers', 'scores_at_places', 'sentence', 'shape_of_sample', 'shapley', 'split_product', 'stable_weights', 'stable_weights_table', 'stepped_scores', 'to_date', 'to_dhis2', 'to_iati', 'traffic_light', 'traffic_light_rules', 'tree_scores', 'units_complete', 'unread', 'weighted_milestones', 'winsorised', 'worst_light', 'written', 'years_between']
class Severity(attain.words.Word):
    """
    How much a finding matters: an error refuses what it is about, a warning keeps it, a note only informs.
    """
    error = ...
    note = ...
    warning = ...
class Reason(attain.words.ReasonWord):
    """
    Why there is no value, in order of precedence: where several apply, the first is given.
    """
    ambiguous = ...
    baseline_missing = ...
    denominator_zero = ...
    goal_equals_baseline = ...
    incomplete = ...
    infeasible = ...
    no_observation = ...
    not_applicable = ...
    not_comparable = ...
    not_due = ...
    not_scalable = ...
    not_started = ...
    overflow = ...
    stale = ...
    too_early = ...
    too_few_observations = ...
    withdrawn = ...
    withheld = ...
class Finding:
    """
    Something a person should look at, and where.

    Attributes
    ----------
    severity : Severity
    code : str
        One stable word, the same in C++, Python and files: ``"duplicate_id"``.
    where : str
        ``file:line:column``, a JSON pointer, or a row; may be empty.
    text : str
        The offending text, escaped and cut.
    expected : str
        What would have been right; may be empty.
    message : str
        One sentence.
    """
    def __copy__(self) -> typing.Self:
        ...
    def __deepcopy__(self, memo: dict[typing.Any, typing.Any]) -> typing.Self:
        ...
    def __eq__(self, other: object) -> bool:
        ...
    def __getstate__(self) -> tuple[str, str, str, str, str, Severity]:
        ...
    def __hash__(self) -> int:
        ...
    def __init__(self, *, code: str, message: str, where: str = '', text: str = '', expected: str = '', severity: Severity | str = 'error') -> None:
        ...
    def __reduce__(self) -> tuple[typing.Any, ...]:
        ...
    def __repr__(self) -> str:
        ...
    def __setstate__(self, arg0: tuple[typing.Any, ...]) -> None:
        ...
    def __str__(self) -> str:
        ...
    def sentence(self, language: str = 'en') -> str:
        """
        All of it in one line, in English ("en"), as str() gives it, or in Chinese ("zh").
        """
    @property
    def code(self) -> str:
        """
        What is wrong, in one stable word.
        """
    @property
    def expected(self) -> str:
        """
        What would have been right; may be empty.
        """
    @property
    def message(self) -> str:
        """
        One sentence.
        """
    @property
    def severity(self) -> Severity:
        """
        How much it matters.
        """
    @property
    def text(self) -> str:
        """
        The offending text, escaped and cut.
        """
    @property
    def where(self) -> str:
        """
        File, line and column, JSON pointer, or row; may be empty.
        """
class MethodSpec:
    """
    A way of judging, as versioned data: states with labels, ordered rules over facts, and bands over quantities.

    Built-in ones are found by :func:`attain.find_method`; a file of one is read by :func:`attain.read_method`; ``from_dict`` makes one from
    a dictionary that is laid out as a method file.
    """
    @staticmethod
    def from_dict(values: collections.abc.Mapping[str, typing.Any]) -> MethodSpec:
        """
        A method from a dictionary that is laid out as a method file. Raises as :meth:`from_json`.
        """
    @staticmethod
    def from_json(text: str) -> MethodSpec:
        """
        A method from the text of a method file.

        Raises
        ------
        InvalidInput
            The text is no method text; every problem is in ``findings``.
        InvalidProgramme
            Its bands have gaps or overlap, or something of it cannot be reached.
        """
    def __copy__(self) -> typing.Self:
        ...
    def __deepcopy__(self, memo: dict[typing.Any, typing.Any]) -> typing.Self:
        ...
    def __eq__(self, other: object) -> bool:
        ...
    def __getstate__(self) -> bytes:
        ...
    def __hash__(self) -> int:
        ...
    def __reduce__(self) -> tuple[typing.Any, ...]:
        ...
    def __repr__(self) -> str:
        ...
    def __setstate__(self, arg0: bytes) -> None:
        ...
    def cut(self, bands: str, value: typing.SupportsFloat | typing.SupportsIndex | None, *, scale: typing.SupportsFloat | typing.SupportsIndex = 1.0) -> tuple[str | None, float | None]:
        """
        The state and the score that a band list gives to a value.

        Parameters
        ----------
        bands
            Name of the band list.
        value
            The quantity; None where there is none.
        scale
            What edges above 0 are multiplied by: the factor near a natural limit.

        Raises
        ------
        UnknownId
            There is no such band list.
        """
    def labels(self, *, language: str = 'en') -> dict[str, str]:
        """
        What people read for each state, in English ("en") or Chinese ("zh").
        """
    def to_dict(self) -> dict[str, typing.Any]:
        """
        The method as a dictionary that is laid out as a method file.
        """
    def to_json(self) -> str:
        """
        The canonical text of the method; :meth:`from_json` gives an equal one again.
        """
    @property
    def bands(self) -> dict[str, str]:
        """
        The names of its band lists, and the quantity that each cuts.
        """
    @property
    def caveat(self) -> str:
        """
        What is uncertain about it; may be empty.
        """
    @property
    def name(self) -> str:
        """
        Its name.
        """
    @property
    def reference(self) -> str:
        """
        ``name@version``.
        """
    @property
    def source(self) -> str:
        """
        Where it is from.
        """
    @property
    def states(self) -> dict[str, str]:
        """
        Its states, and what each means to the nodes above.
        """
    @property
    def verified(self) -> bool:
        """
        Whether it was checked against what its publisher says.
        """
    @property
    def version(self) -> int:
        """
        Its version.
        """
class Programme:
    """
    The list, checked and flat: places, indicators, projects with targets.

    A programme is always valid and never changes. It is made by :func:`attain.programme`, read by :func:`attain.read_programme`, or made
    from a dictionary that is laid out as programme.json. To change one, take :meth:`to_dict`, edit it, and make anew.
    """
    @staticmethod
    def from_dict(values: collections.abc.Mapping[str, typing.Any]) -> Programme:
        """
        A valid programme from a dictionary that is laid out as programme.json.

        Days may be dates or text, amounts numbers or text. ``where`` of a finding is the JSON pointer of the value.

        Raises
        ------
        InvalidInput, InvalidProgramme
            With every problem in ``findings``.
        """
    @staticmethod
    def from_json(text: str) -> Programme:
        """
        A valid programme from the text of a programme.json.

        Raises
        ------
        InvalidInput
            The text is no programme text; every problem is in ``findings``, with line, column and JSON pointer.
        InvalidProgramme
            It is, and breaks a rule.
        """
    def __copy__(self) -> typing.Self:
        ...
    def __deepcopy__(self, memo: dict[typing.Any, typing.Any]) -> typing.Self:
        ...
    def __eq__(self, other: object) -> bool:
        ...
    def __getstate__(self) -> bytes:
        ...
    def __hash__(self) -> int:
        ...
    def __reduce__(self) -> tuple[typing.Any, ...]:
        ...
    def __repr__(self) -> str:
        ...
    def __setstate__(self, arg0: bytes) -> None:
        ...
    def _repr_html_(self) -> str:
        ...
    def to_dict(self) -> dict[str, typing.Any]:
        """
        The programme as a dictionary that is laid out as programme.json.
        """
    def to_json(self) -> str:
        """
        The canonical text of the programme; :meth:`from_json` gives an equal one again.
        """
    @property
    def id(self) -> str:
        """
        Its id.
        """
    @property
    def indicator_ids(self) -> list[str]:
        """
        Ids of its indicators.
        """
    @property
    def method(self) -> str:
        """
        The method that judges it.
        """
    @property
    def name(self) -> str:
        """
        Its name; may be empty.
        """
    @property
    def place_ids(self) -> list[str]:
        """
        Ids of its places, the root first and parents before children.
        """
    @property
    def project_ids(self) -> list[str]:
        """
        Ids of its projects, parents before children.
        """
    @property
    def target_ids(self) -> list[str]:
        """
        Ids of its targets, in the order of the list.
        """
    @property
    def warnings(self) -> list[Finding]:
        """
        What was found that does not make it invalid.
        """
    @property
    def window(self) -> tuple[datetime.date, datetime.date] | None:
        """
        First and last day of its window, or None if each target has its own.
        """
class Portfolio:
    """
    Programmes that share a place tree and a ledger and are evaluated in one pass.

    Places with one id are one place. The full id of a target is ``programme/target``.

    Raises
    ------
    InvalidProgramme
        The list is empty, ids of programmes repeat, or places disagree.
    """
    def __copy__(self) -> typing.Self:
        ...
    def __deepcopy__(self, memo: dict[typing.Any, typing.Any]) -> typing.Self:
        ...
    def __init__(self, programmes: collections.abc.Sequence[Programme]) -> None:
        ...
    def __reduce__(self) -> tuple[type, tuple[list[Programme]]]:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def place_ids(self) -> list[str]:
        """
        Ids of the places of all, parents before children.
        """
    @property
    def programmes(self) -> list[Programme]:
        """
        Its programmes, in the order given.
        """
class EarnedAmounts:
    """
    Cumulative amounts of a piece of work at the close of the status day, all in one unit.

    Parameters
    ----------
    budget, planned, earned, cost
        BAC, PV, EV and AC; None where one is not known.

    What follows from them is a number, or None where it is not defined: never 0, infinite or cut off. Amounts of parts add up to the whole
    first; ratios are formed of the sums.
    """
    def __init__(self, *, budget: typing.SupportsFloat | typing.SupportsIndex | None = None, planned: typing.SupportsFloat | typing.SupportsIndex | None = None, earned: typing.SupportsFloat | typing.SupportsIndex | None = None, cost: typing.SupportsFloat | typing.SupportsIndex | None = None) -> None:
        ...
    def __reduce__(self) -> tuple[typing.Any, ...]:
        ...
    def __repr__(self) -> str:
        ...
    def estimate_at_completion(self, factor: typing.SupportsFloat | typing.SupportsIndex | str = 'cost', *, time_index: typing.SupportsFloat | typing.SupportsIndex | None = None) -> float | None:
        """
        EAC = AC + (BAC − EV) / factor; once all is earned it is AC whatever the factor.

        Parameters
        ----------
        factor
            "one", "cost" (CPI), "schedule" (SPI), "schedule_time" (SPI(t)), "combined" (SCI), "combined_time", "weighted" (0.8 CPI + 0.2 SPI),
            "weighted_time", or a number.
        time_index
            SPI(t), for the factors that need it.
        """
    def estimate_to_complete(self, factor: typing.SupportsFloat | typing.SupportsIndex | str = 'cost', *, time_index: typing.SupportsFloat | typing.SupportsIndex | None = None) -> float | None:
        """
        ETC = EAC − AC.
        """
    def to_complete_index(self, funds: typing.SupportsFloat | typing.SupportsIndex | None = None) -> float | None:
        """
        TCPI = (BAC − EV) / (funds − AC), of the budget if no funds are given; None where the funds are used up and work is left.
        """
    def variance_at_completion(self, estimate: typing.SupportsFloat | typing.SupportsIndex | None) -> float | None:
        """
        VAC = BAC − EAC.
        """
    @property
    def budget(self) -> float | None:
        """
        BAC: of all the work.
        """
    @property
    def combined_index(self) -> float | None:
        """
        SCI = SPI · CPI, also called critical ratio.
        """
    @property
    def cost(self) -> float | None:
        """
        AC: what that work cost.
        """
    @property
    def cost_index(self) -> float | None:
        """
        CPI = EV / AC.
        """
    @property
    def cost_variance(self) -> float | None:
        """
        CV = EV − AC.
        """
    @property
    def earned(self) -> float | None:
        """
        EV: of the work that was done.
        """
    @property
    def planned(self) -> float | None:
        """
        PV: of the work that was to be done.
        """
    @property
    def relative_cost_variance(self) -> float | None:
        """
        CV / EV, a share.
        """
    @property
    def relative_schedule_variance(self) -> float | None:
        """
        SV / PV, a share.
        """
    @property
    def schedule_index(self) -> float | None:
        """
        SPI = EV / PV.
        """
    @property
    def schedule_variance(self) -> float | None:
        """
        SV = EV − PV.
        """
    @property
    def share_complete(self) -> float | None:
        """
        EV / BAC.
        """
    @property
    def share_planned(self) -> float | None:
        """
        PV / BAC.
        """
    @property
    def share_spent(self) -> float | None:
        """
        AC / BAC.
        """
class EarnedTime:
    """
    Where a piece of work stands in time, in one unit on one calendar.

    Parameters
    ----------
    duration, earned, actual
        PD, the planned duration; ES, the earned schedule; AT, the time since the start.
    """
    def __init__(self, *, duration: typing.SupportsFloat | typing.SupportsIndex | None = None, earned: typing.SupportsFloat | typing.SupportsIndex | None = None, actual: typing.SupportsFloat | typing.SupportsIndex | None = None) -> None:
        ...
    def __reduce__(self) -> tuple[typing.Any, ...]:
        ...
    def __repr__(self) -> str:
        ...
    def duration_at_completion(self, amounts: EarnedAmounts, *, method: str = 'earned_schedule', factor: str = 'schedule') -> float | None:
        """
        EAC(t): when the work will be done, in time from its start.

        Parameters
        ----------
        method
            "planned_value", "earned_duration" or "earned_schedule".
        factor
            The pace of the rest: "one" as planned, "schedule" SPI (of earned schedule SPI(t)), "combined" that times CPI.
        """
    def to_complete_index(self, end: typing.SupportsFloat | typing.SupportsIndex | None = None) -> float | None:
        """
        TSPI = (PD − ES) / (end − AT), to end as planned if no end is given; None where that time has passed.
        """
    @property
    def actual(self) -> float | None:
        """
        AT.
        """
    @property
    def duration(self) -> float | None:
        """
        PD.
        """
    @property
    def earned(self) -> float | None:
        """
        ES.
        """
    @property
    def time_index(self) -> float | None:
        """
        SPI(t) = ES / AT.
        """
    @property
    def time_variance(self) -> float | None:
        """
        SV(t) = ES − AT.
        """
class Column:
    """
    One column of a table: numbers, counts, days, flags or words.

    A sequence of values, with None where one is missing.
    """
    def __array__(self, dtype: typing.Any = None, copy: typing.Any = None) -> numpy.typing.NDArray[typing.Any]:
        ...
    def __getitem__(self, row: typing.SupportsInt | typing.SupportsIndex) -> typing.Any:
        ...
    def __iter__(self) -> collections.abc.Iterator[typing.Any]:
        ...
    def __len__(self) -> int:
        ...
    def __reduce__(self) -> tuple[typing.Any, ...]:
        ...
    def __repr__(self) -> str:
        ...
    def reasons(self) -> list[Reason | None]:
        """
        Why each value is missing: a Reason, or None where there is a value or no reason is known.
        """
    def to_list(self) -> list[typing.Any]:
        """
        The values, with None where one is missing.
        """
    def to_numpy(self) -> numpy.typing.NDArray[typing.Any]:
        """
        The values as an array of shape ``(rows,)``.

        Numbers and counts: read-only and without copying if nothing is missing, else float64 with NaN. Days: datetime64[D] with NaT. Words:
        object with None. Flags: bool.
        """
    @property
    def kind(self) -> str:
        """
        What it holds: "number", "count", "day", "flag" or "word".
        """
    @property
    def missing(self) -> numpy.typing.NDArray[numpy.bool_] | None:
        """
        Where values are missing, as a bool array; None if none is.
        """
    @property
    def name(self) -> str:
        """
        Its name.
        """
    @property
    def values(self) -> numpy.typing.NDArray[typing.Any]:
        """
        The memory of the column as a read-only array, without copying.

        float64 of numbers, int32 of counts, of days (since 1970-01-01) and of words (positions in ``words``), bool of flags. Shape
        ``(rows,)``. Where ``missing`` is True the value means nothing.
        """
    @property
    def words(self) -> list[str]:
        """
        Of words: what the positions in ``values`` mean.
        """
class Table:
    """
    Named columns of one length.

    It is handed on without copying to whatever reads Arrow streams: ``polars.DataFrame(table)``, ``pyarrow.table(table)``,
    ``pandas.DataFrame.from_arrow(table)``, or a query of duckdb. Copying a table, or taking part of one, copies no column.
    """
    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    @staticmethod
    def from_arrow(table: typing.Any) -> Table:
        """
        A table from any that gives an Arrow stream: of pandas 3, polars, pyarrow, duckdb.

        What is laid out alike is not copied. Numbers, whole numbers, days, flags and text are read, of several batches too; lists, structs and times of
        the day are not.

        Raises
        ------
        InvalidInput
            A column is of a type that is not read, or the stream is no table.
        """
    def __arrow_c_schema__(self) -> typing_extensions.CapsuleType:
        """
        The Arrow schema of that stream.
        """
    def __arrow_c_stream__(self, requested_schema: typing.Any = None) -> typing_extensions.CapsuleType:
        """
        An Arrow stream of one batch, without copying numbers, days and words. The requested schema is not used.
        """
    def __contains__(self, name: str) -> bool:
        ...
    def __copy__(self) -> typing.Self:
        ...
    def __deepcopy__(self, memo: dict[typing.Any, typing.Any]) -> typing.Self:
        ...
    def __eq__(self, other: object) -> bool:
        ...
    def __getitem__(self, name: str) -> Column:
        """
        The column of that name.

        Raises
        ------
        UnknownId
            There is none; ``nearest`` holds the names that resemble it.
        """
    def __len__(self) -> int:
        ...
    def __reduce__(self) -> tuple[typing.Any, ...]:
        ...
    def __repr__(self) -> str:
        ...
    def _repr_html_(self) -> str:
        ...
    def head(self, rows: typing.SupportsInt | typing.SupportsIndex = 5) -> Table:
        """
        The first rows.
        """
    def rows(self) -> list[dict[str, typing.Any]]:
        """
        A list of one dictionary a row, with None where a value is missing.
        """
    def select(self, *names: str) -> Table:
        """
        The named columns in the given order.
        """
    def slice(self, begin: typing.SupportsInt | typing.SupportsIndex, count: typing.SupportsInt | typing.SupportsIndex) -> Table:
        """
        At most ``count`` rows from number ``begin`` on; fewer where the table ends.
        """
    def to_arrow(self) -> pyarrow.Table:
        """
        A pyarrow.Table, without copying numbers, days and words.
        """
    def to_dict(self) -> dict[str, list[typing.Any]]:
        """
        A dictionary of one list a column, with None where a value is missing.
        """
    def to_pandas(self) -> pandas.DataFrame:
        """
        A pandas.DataFrame.

        Missing numbers are NaN, missing days NaT; words are categorical. Counts and flags keep their type where none is missing. Why a number
        is missing is in the column ``reason`` where it concerns the status, and in ``table[name].reasons()`` for any column.
        """
    def to_polars(self) -> polars.DataFrame:
        """
        A polars.DataFrame; words are categorical.
        """
    @property
    def columns(self) -> list[str]:
        """
        Names of the columns, in order.
        """
    @property
    def shape(self) -> tuple[int, int]:
        """
        Rows and columns.
        """
class Ledger:
    """
    All observations: append-only, a correction is a new entry.

    Made from rows: dictionaries with the columns of observations.csv as keys (see :class:`attain.specs.Observation`), or from a data frame with these
    columns, as :meth:`from_arrow` reads it. Appending never changes an
    evaluation that was made before. Its entries have no order: the one that was recorded last counts, whenever it was appended.

    Parameters
    ----------
    rows
        The first entries.
    plan
        If given, indicators, places, steps and units are checked against it.

    Raises
    ------
    InvalidInput
        A row cannot be an entry; every problem is in ``findings``, and nothing was appended.
    LedgerConflict
        A key already has another entry.
    """
    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    @staticmethod
    def from_arrow(table: typing.Any, plan: Programme | None = None, *, threads: typing.SupportsInt | typing.SupportsIndex = 1) -> Ledger:
        """
        A ledger from any table that gives an Arrow stream: of pandas 3, polars, pyarrow, duckdb.

        Columns are named as in observations.csv; only ``indicator``, one of ``period``, ``day`` and ``end``, and one of ``amount``, ``missing`` and
        ``withdrawn`` are needed. Of a pandas frame, row labels without a name are left out. Ids are text, plain or dictionary-coded; days are dates, timestamps at midnight, whole numbers of days since
        1970-01-01, or text; amounts are numbers, held as in the ledger (of % a share, of 万元 元), or text. The ledger is the same for any number
        of ``threads``.

        Raises
        ------
        InvalidInput
            With every problem in ``findings``; ``where`` is ``row 3, amount``, counted from 1.
        """
    def __arrow_c_schema__(self) -> typing_extensions.CapsuleType:
        """
        The Arrow schema of that stream.
        """
    def __arrow_c_stream__(self, requested_schema: typing.Any = None) -> typing_extensions.CapsuleType:
        """
        An Arrow stream of one batch, without copying numbers, days and words. The requested schema is not used.
        """
    def __copy__(self) -> Ledger:
        ...
    def __deepcopy__(self, memo: dict[typing.Any, typing.Any]) -> Ledger:
        ...
    def __eq__(self, other: object) -> bool:
        ...
    def __getstate__(self) -> bytes:
        ...
    def __init__(self, rows: collections.abc.Iterable[attain.specs.Observation] | attain.specs.ArrowTable = (), plan: Programme | None = None) -> None:
        ...
    def __len__(self) -> int:
        ...
    def __reduce__(self) -> tuple[typing.Any, ...]:
        ...
    def __repr__(self) -> str:
        ...
    def __setstate__(self, arg0: bytes) -> None:
        ...
    def _repr_html_(self) -> str:
        ...
    def append(self, *, indicator: str, amount: float | str | None = None, period: str | tuple[datetime.date | str, datetime.date | str] | None = None, day: datetime.date | str | None = None, start: datetime.date | str | None = None, end: datetime.date | str | None = None, place: str | None = None, unit: str | None = None, form: str | None = None, missing: Reason | str | None = None, withdrawn: bool = False, dimensions: dict[str, str] | str | None = None, step: str | None = None, stage: str | None = None, scope: str | None = None, recorded: datetime.date | str | None = None, author: str | None = None, source: str | None = None, evidence: str | None = None, note: str | None = None, key: str | None = None, plan: Programme | None = None) -> None:
        """
        Appends one entry.

        The arguments are the columns of observations.csv. An amount is a number, held as in the ledger (of % a share, of 万元 元), or text of the one
        number parser: ``"5.85万"``, ``"180余"``. Repeating the same entry under a key does nothing.

        Raises
        ------
        InvalidInput
            It cannot be an entry; the ledger is as it was.
        LedgerConflict
            The key already has another entry.
        """
    def entries(self, indicator: str | None = None, place: str | None = None) -> list[attain.specs.Observation]:
        """
        What was ever said, as rows: of all, of an indicator, of a place ("" is the root place); superseded and withdrawn entries included.
        """
    def extend(self, rows: collections.abc.Iterable[attain.specs.Observation] | attain.specs.ArrowTable, plan: Programme | None = None) -> None:
        """
        Appends rows or a table, all or none, as :class:`Ledger` takes them.
        """
    def extend_from_arrow(self, table: typing.Any, plan: Programme | None = None) -> None:
        """
        Appends the rows of a table, all or none, as :meth:`from_arrow` reads it.
        """
    def to_arrow(self) -> pyarrow.Table:
        """
        A pyarrow.Table, without copying numbers, days and words.
        """
    def to_csv(self, plan: Programme | None = None) -> str:
        """
        The text of an observations.csv; text that a spreadsheet would take for a formula is guarded.

        Parameters
        ----------
        plan
            The programme that it will be read with, as in its folder. An amount without a unit, which is as it is held, then gets the unit that it
            is held in where that is not the indicator's own: 0.6 of an indicator in % would be read as 0.6 %. Without it, read it without a programme.
        """
    def to_pandas(self) -> pandas.DataFrame:
        """
        A pandas.DataFrame.

        Missing numbers are NaN, missing days NaT; words are categorical. Counts and flags keep their type where none is missing. Why a number
        is missing is in the column ``reason`` where it concerns the status, and in ``table[name].reasons()`` for any column.
        """
    def to_polars(self) -> polars.DataFrame:
        """
        A polars.DataFrame; words are categorical.
        """
    @property
    def last_recorded(self) -> datetime.date | None:
        """
        The latest recorded day, or None if there is no entry.
        """
    @property
    def memory_bytes(self) -> int:
        """
        Bytes held, texts included.
        """
    @property
    def table(self) -> Table:
        """
        All entries as a table, in canonical order.
        """
class Decision:
    """
    Who decided something, when and why.
    """
    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    def __copy__(self) -> typing.Self:
        ...
    def __deepcopy__(self, memo: dict[typing.Any, typing.Any]) -> typing.Self:
        ...
    def __eq__(self, other: object) -> bool:
        ...
    def __reduce__(self) -> tuple[typing.Any, ...]:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def at(self) -> datetime.datetime:
        """
        When, on the clock of whoever decided.
        """
    @property
    def author(self) -> str:
        """
        Who decided.
        """
    @property
    def reason(self) -> str:
        """
        Why; may be empty.
        """
class Batch:
    """
    Entries that were handed in together, and what was decided about them.
    """
    def __copy__(self) -> typing.Self:
        ...
    def __deepcopy__(self, memo: dict[typing.Any, typing.Any]) -> typing.Self:
        ...
    def __reduce__(self) -> tuple[typing.Any, ...]:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def approval(self) -> Decision | None:
        """
        The decision that made it count, or None.
        """
    @property
    def at(self) -> datetime.datetime:
        """
        When it was handed in.
        """
    @property
    def author(self) -> str:
        """
        Who handed it in.
        """
    @property
    def entries(self) -> int:
        """
        How many entries it has.
        """
    @property
    def evidence(self) -> dict[str, str]:
        """
        Where its proof lies: uri, sha256 and page; may be empty.
        """
    @property
    def key(self) -> str:
        """
        What makes it safe to repeat; may be empty.
        """
    @property
    def note(self) -> str:
        """
        What was said about it; may be empty.
        """
    @property
    def number(self) -> int:
        """
        The number of the record that opens it.
        """
    @property
    def state(self) -> str:
        """
        pending, approved or withdrawn.
        """
    @property
    def withdrawal(self) -> Decision | None:
        """
        The decision that took it back, or None.
        """
class StoredEntry:
    """
    An entry of a ledger in a file, and how it came in.
    """
    def __copy__(self) -> typing.Self:
        ...
    def __deepcopy__(self, memo: dict[typing.Any, typing.Any]) -> typing.Self:
        ...
    def __reduce__(self) -> tuple[typing.Any, ...]:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def batch(self) -> Batch:
        """
        The batch it came in with.
        """
    @property
    def number(self) -> int:
        """
        The number of its record.
        """
    @property
    def said(self) -> attain.specs.Observation:
        """
        The entry, as a row.
        """
class GoalChange:
    """
    Something a target asks that became different.
    """
    def __copy__(self) -> typing.Self:
        ...
    def __deepcopy__(self, memo: dict[typing.Any, typing.Any]) -> typing.Self:
        ...
    def __reduce__(self) -> tuple[typing.Any, ...]:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def after(self) -> str | None:
        """
        As it became, or None where there is none any more.
        """
    @property
    def after_result(self) -> bool:
        """
        Whether the target, as it was or as it became, was due by then, so that its result was known.
        """
    @property
    def before(self) -> str | None:
        """
        As it was, or None where there was none.
        """
    @property
    def data_day(self) -> datetime.date | None:
        """
        The last day that approved entries of its indicator were about, then.
        """
    @property
    def field(self) -> str:
        """
        What of it: aim, baseline, weight, window, withdrawn, indicator, or "goal at" a place.
        """
    @property
    def made(self) -> Decision:
        """
        Who changed it, when and why.
        """
    @property
    def number(self) -> int:
        """
        The number of its record.
        """
    @property
    def programme(self) -> str:
        """
        The programme of the target.
        """
    @property
    def target(self) -> str:
        """
        The target.
        """
class LedgerStore:
    """
    A ledger that stays: everything that was ever reported, in one file.

    Made by :func:`open_ledger`; a context manager, which closes it. The file is append-only: entries come in batches, each handed in by one
    person and approved by another, and a batch that is not approved does not count. Every record carries a hash of itself and of the one
    before it. One process writes at a time, others may read. Every call is on the disk when it returns.

    ``at`` is when something happened, as a datetime with a time zone; None is now, by the clock of this machine.

    Raises
    ------
    StoreError
        The file cannot be used: in use, damaged, changed by something else, or on a disk that fails.
    """
    def __enter__(self) -> typing.Self:
        ...
    def __exit__(self, *names: str) -> None:
        ...
    def __reduce__(self) -> tuple[typing.Any, ...]:
        ...
    def __repr__(self) -> str:
        ...
    def adopt(self, plan: Programme, *, author: str, reason: str | None = None, at: datetime.datetime | str | None = None) -> list[GoalChange]:
        """
        Records what of the targets differs from what was recorded last, and returns it; a reason is required but for the first time.
        """
    def approve(self, batch: Batch | int, *, author: str, reason: str | None = None, at: datetime.datetime | str | None = None) -> Batch:
        """
        From now on the batch counts.

        Raises
        ------
        LedgerConflict
            By the person who handed it in (``four_eyes``), or the batch was decided before (``already_decided``).
        UnknownId
            There is no such batch.
        """
    def batch(self, number: typing.SupportsInt | typing.SupportsIndex) -> Batch:
        """
        The batch of that number.
        """
    def batches(self) -> list[Batch]:
        """
        All batches, as they came in.
        """
    def close(self) -> None:
        """
        Folds everything into the one file and lets other writers in. May be called again.
        """
    def find_batch(self, key: str) -> Batch | None:
        """
        The batch with that key, or None.
        """
    def goal_changes(self, *, target: str = '') -> list[GoalChange]:
        """
        How goals moved, of one target or of all.
        """
    def health(self) -> list[Finding]:
        """
        Findings about what this SQLite and file system can promise.
        """
    def history(self, indicator: str, *, place: str = '') -> list[StoredEntry]:
        """
        What was ever said about an indicator at a place ("" is the root place), pending and withdrawn included, as it came in.
        """
    def ledger(self, *, pending: bool = False, known_at: datetime.date | str | None = None, threads: typing.SupportsInt | typing.SupportsIndex = 1) -> Ledger:
        """
        The entries that count, as :func:`evaluate` takes them.

        Every record is compared with its hash on the way.

        Parameters
        ----------
        pending
            Also those that nobody has approved yet.
        known_at
            As the file stood at the close of that day, by the moments of its records.
        """
    def submit(self, entries: Ledger | collections.abc.Iterable[attain.specs.Observation] | typing.Any, *, author: str, key: str | None = None, evidence: dict[str, str] | str | None = None, note: str | None = None, at: datetime.datetime | str | None = None, plan: Programme | None = None) -> Batch:
        """
        Records a batch, which is pending until somebody else approves it.

        Parameters
        ----------
        entries
            Rows as :class:`Ledger` takes them, any table that gives an Arrow stream, or a ledger. A row that does not say when it was recorded is
            recorded on the day of ``at``; the entries of a ledger have such a day already.
        author
            Who hands it in.
        key
            What makes it safe to repeat: the same batch under the same key is recorded once.
        evidence
            Where the proof lies: a URI, or a dictionary with ``uri``, ``sha256`` and ``page``.
        plan
            If given, indicators, places, steps and units are checked against it.

        Raises
        ------
        InvalidInput
            An entry, or who and when, cannot be; every problem is in ``findings``, and nothing was recorded.
        LedgerConflict
            A key, of the batch or of an entry, stands for something else.
        """
    def verify(self, head: str | None = None) -> str:
        """
        Reads every record and the structure of the file, and returns the head.

        Parameters
        ----------
        head
            What :attr:`head` once was, kept elsewhere: proves that nothing up to it was changed or taken away.

        Raises
        ------
        StoreError
            ``broken_chain``, with the first bad record in ``where``; ``older_copy``: the file ends before ``head``.
        """
    def withdraw(self, batch: Batch | int, *, author: str, reason: str, at: datetime.datetime | str | None = None) -> Batch:
        """
        Takes a batch back for good; one that was approved is taken back by another person than handed it in.
        """
    @property
    def closed(self) -> bool:
        """
        Whether it was closed.
        """
    @property
    def head(self) -> str:
        """
        The number of the last record and its hash, to be kept elsewhere.
        """
    @property
    def path(self) -> str:
        """
        Where the file is.
        """
class OutlierTest:
    """
    A variant with what decides: which scores stand out, and what happens where the spread is 0.

    Parameters
    ----------
    variant
        "z_sample", "z_population", "modified_z" (0.6745·d/MAD), "modified_z_1486" (d/(1.486·MAD)), "modified_z_exact" or "mean_deviation_z".
    threshold
        Scores beyond it stand out, either way.
    at_threshold
        A score of the threshold itself, too.
    falls_back
        Modified scores are those of "mean_deviation_z" where MAD is 0; else such a series is not scorable.
    constant_scores_zero
        A series without any spread scores 0; else it is not scorable.
    """
    def __copy__(self) -> typing.Self:
        ...
    def __deepcopy__(self, memo: dict[typing.Any, typing.Any]) -> typing.Self:
        ...
    def __eq__(self, other: object) -> bool:
        ...
    def __hash__(self) -> int:
        ...
    def __init__(self, *, variant: str = 'modified_z', threshold: typing.SupportsFloat | typing.SupportsIndex = 3.5, at_threshold: bool = False, falls_back: bool = True, constant_scores_zero: bool = False) -> None:
        ...
    def __reduce__(self) -> tuple[typing.Any, ...]:
        ...
    def __repr__(self) -> str:
        ...
    def stands_out(self, score: typing.SupportsFloat | typing.SupportsIndex) -> bool:
        """
        Whether a score stands out.
        """
    @property
    def at_threshold(self) -> bool:
        """
        Whether a score of the threshold itself stands out, too.
        """
    @property
    def constant_scores_zero(self) -> bool:
        """
        Whether a series without any spread scores 0.
        """
    @property
    def falls_back(self) -> bool:
        """
        Whether modified scores fall back where MAD is 0.
        """
    @property
    def threshold(self) -> float:
        """
        Scores beyond it stand out.
        """
    @property
    def variant(self) -> str:
        """
        Word of the formula.
        """
class OutlierScores:
    """
    The score of each value of a series, by the variant that was used.
    """
    def __copy__(self) -> typing.Self:
        ...
    def __deepcopy__(self, memo: dict[typing.Any, typing.Any]) -> typing.Self:
        ...
    def __reduce__(self) -> tuple[typing.Any, ...]:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def center(self) -> float:
        """
        Mean or median.
        """
    @property
    def scores(self) -> list[float]:
        """
        Signed, one a value.
        """
    @property
    def variant(self) -> str:
        """
        Word of the formula that was used: "mean_deviation_z" where a modified score fell back.
        """
class QualityReport:
    """
    How far the reports behind a programme can be trusted: findings, and scores.

    A finding asks and never corrects: readings stay as reported. As a table (``to_pandas``, ``to_polars``, ``to_arrow``, Arrow stream) it is
    :attr:`findings`. It keeps what it saw, whatever is appended to the ledger.
    """
    def __arrow_c_schema__(self) -> typing_extensions.CapsuleType:
        """
        The Arrow schema of that stream.
        """
    def __arrow_c_stream__(self, requested_schema: typing.Any = None) -> typing_extensions.CapsuleType:
        """
        An Arrow stream of one batch, without copying numbers, days and words. The requested schema is not used.
        """
    def __bool__(self) -> bool:
        """
        Raises TypeError: a result has no truth value.
        """
    def __copy__(self) -> typing.Self:
        ...
    def __deepcopy__(self, memo: dict[typing.Any, typing.Any]) -> typing.Self:
        ...
    def __len__(self) -> int:
        """
        How many findings there are.
        """
    def __reduce__(self) -> tuple[typing.Any, ...]:
        ...
    def __repr__(self) -> str:
        ...
    def _repr_html_(self) -> str:
        ...
    def to_arrow(self) -> pyarrow.Table:
        """
        A pyarrow.Table, without copying numbers, days and words.
        """
    def to_pandas(self) -> pandas.DataFrame:
        """
        A pandas.DataFrame.

        Missing numbers are NaN, missing days NaT; words are categorical. Counts and flags keep their type where none is missing. Why a number
        is missing is in the column ``reason`` where it concerns the status, and in ``table[name].reasons()`` for any column.
        """
    def to_polars(self) -> polars.DataFrame:
        """
        A polars.DataFrame; words are categorical.
        """
    @property
    def as_of(self) -> datetime.date:
        """
        What had happened at the close of this day.
        """
    @property
    def book(self) -> Ledger:
        """
        The ledger as it was.
        """
    @property
    def days_to_report(self) -> dict[typing.Any, typing.Any]:
        """
        Days from the end of a period to the day by which its report is due, by indicator.

        Of several programmes by ``programme/indicator``. Indicators of which no reports are due, having no period or no target, are not in it.
        """
    @property
    def findings(self) -> Table:
        """
        One row a finding, by programme, indicator, place, period and check.

        ``check``, ``severity``; ``programme``, ``indicator``, ``target``, ``place``, and what it is compared with as ``other``; ``start`` and ``end``, both
        inclusive; ``value``, ``expected``, ``score``, ``threshold``, ``effect``, ``variant`` and ``n``, which docs/data-quality.md explains check by check; of the
        entry that it is about ``recorded``, ``author``, ``source``, ``evidence`` and ``key``; ``sentence`` and ``sentence_chinese``.
        """
    @property
    def known_at(self) -> datetime.date | None:
        """
        What had been reported by this day; None: everything recorded.
        """
    @property
    def plan(self) -> Programme | Portfolio:
        """
        The programme, or the portfolio of several.
        """
    @property
    def scores(self) -> Table:
        """
        One row a score: of a whole programme first, then of its indicators.

        ``measure``, ``programme``, ``indicator`` (missing for the whole), ``share`` = ``count`` / ``of``, ``not_calculable``, ``divergent`` places, ``threshold``,
        ``variant``.
        """
class IatiResults:
    """
    What :func:`attain.read_iati` has read: a programme and what was reported.
    """
    def __reduce__(self) -> tuple[typing.Any, ...]:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def book(self) -> Ledger:
        """
        The actuals, as a ledger.
        """
    @property
    def findings(self) -> list[Finding]:
        """
        Warnings and notes; with ``partial`` also the errors of what was left out.
        """
    @property
    def plan(self) -> Programme:
        """
        The programme: an activity is a project, a result a project within it.
        """
    @property
    def refused(self) -> int:
        """
        How many activities were left out; 0 without ``partial``.
        """
class Dhis2Results:
    """
    What :func:`attain.read_dhis2` has read: a ledger, and what to look at.
    """
    def __reduce__(self) -> tuple[typing.Any, ...]:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def book(self) -> Ledger:
        """
        The data values, as a ledger.
        """
    @property
    def findings(self) -> list[Finding]:
        """
        Warnings: values that are no numbers and are kept as text; a note: what was passed over.
        """
class StepKind(attain.words.Word):
    """
    What an explanation step is about.
    """
    attainment = ...
    band = ...
    baseline = ...
    ceiling = ...
    child = ...
    coverage = ...
    entry = ...
    expected = ...
    fact = ...
    formula = ...
    gap = ...
    goal = ...
    period = ...
    quantity = ...
    reading = ...
    roll_up = ...
    rule = ...
    score = ...
    status = ...
    trajectory = ...
class StepOperation(attain.words.Word):
    """
    What an explanation step does with its inputs.
    """
    above = ...
    absolute = ...
    add_up_to = ...
    all = ...
    all_met = ...
    any = ...
    at_least = ...
    at_most = ...
    below = ...
    clamp = ...
    complement = ...
    compound = ...
    count_chance = ...
    deduct = ...
    difference = ...
    different = ...
    equal = ...
    exponential = ...
    first = ...
    function = ...
    given = ...
    greatest = ...
    growth_rate = ...
    inside = ...
    least = ...
    level_chance = ...
    limit_factor = ...
    line = ...
    logarithm = ...
    logistic = ...
    mean_min = ...
    penalised_mean = ...
    power = ...
    power_mean = ...
    product = ...
    quotient = ...
    round_half_up = ...
    share_met = ...
    share_of_way = ...
    square_root = ...
    sum = ...
    take = ...
    weighted_mean = ...
    weighted_median = ...
    weighted_sum = ...
    whole_units = ...
    worst = ...
class EntryFate(attain.words.Word):
    """
    What became of an entry of an explanation.
    """
    after_as_of = ...
    after_due = ...
    before_window = ...
    not_comparable = ...
    not_read = ...
    not_yet_known = ...
    straddles_window = ...
    superseded = ...
    used = ...
    withdraws = ...
    without_amount = ...
class StepInput:
    """
    A named number that went into a step.
    """
    def __reduce__(self) -> tuple[typing.Any, ...]:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def name(self) -> str:
        """
        What it is.
        """
    @property
    def step(self) -> int | None:
        """
        The number of the earlier step that came to it; None if none did.
        """
    @property
    def value(self) -> float:
        """
        The number.
        """
    @property
    def weight(self) -> float | None:
        """
        Its weight in a mean or a weighted sum; None elsewhere.
        """
class ExplanationStep:
    """
    One step of an explanation.

    It is recomputed from its own operation and inputs alone; docs/explaining.md defines the operations.
    """
    def __reduce__(self) -> tuple[typing.Any, ...]:
        ...
    def __repr__(self) -> str:
        ...
    def sentence(self, language: str = 'en') -> str:
        """
        Its text in English ("en") or Chinese ("zh").
        """
    def to_dict(self) -> dict[str, typing.Any]:
        """
        The same as a dictionary of plain values.
        """
    @property
    def aside(self) -> bool:
        """
        Whether the text leaves it out.
        """
    @property
    def fate(self) -> EntryFate | None:
        """
        Of an entry what became of it; None of other steps.
        """
    @property
    def inputs(self) -> list[StepInput]:
        """
        The numbers that went in, in the order that the operation asks for.
        """
    @property
    def kind(self) -> StepKind:
        """
        What it is about.
        """
    @property
    def missing(self) -> Reason | None:
        """
        Why it came to none.
        """
    @property
    def operation(self) -> StepOperation:
        """
        What it does with its inputs.
        """
    @property
    def rule(self) -> str:
        """
        The rule of the semantics or of the method: "R5", "S3"; may be empty.
        """
    @property
    def state(self) -> str:
        """
        The state that it gives; empty if none.
        """
    @property
    def text(self) -> str:
        """
        One line for people.
        """
    @property
    def value(self) -> float | None:
        """
        What it came to, if a number.
        """
class Explanation:
    """
    How an answer came about, as steps: data first, text second.

    Printing it shows the text.
    """
    def __reduce__(self) -> tuple[typing.Any, ...]:
        ...
    def __repr__(self) -> str:
        ...
    def __str__(self) -> str:
        ...
    def sentences(self, language: str = 'en') -> str:
        """
        Its text in English ("en") or Chinese ("zh").
        """
    def to_dict(self) -> dict[str, typing.Any]:
        """
        Subject, steps and findings as plain values, such as JSON has.
        """
    @property
    def findings(self) -> list[Finding]:
        """
        What a person should look at.
        """
    @property
    def inputs(self) -> Table:
        """
        A table with one row an input of a step.
        """
    @property
    def method(self) -> MethodSpec | None:
        """
        The method that judged, as data; None of an earned value and of a target without an aim.
        """
    @property
    def steps(self) -> list[ExplanationStep]:
        """
        The steps, in order; an input refers to an earlier one by its number from 0.
        """
    @property
    def subject(self) -> str:
        """
        What is explained: target or project, place and day.
        """
    @property
    def table(self) -> Table:
        """
        A table with one row a step.
        """
    @property
    def text(self) -> str:
        """
        One line a step, indented under the subject.
        """
class TargetResult:
    """
    One target at one place.

    Each answer is a value or None; :meth:`reason_of` says why it is None. Shares are 0 to 1 and beyond, never percent.
    """
    def __bool__(self) -> bool:
        """
        Raises TypeError: a result has no truth value.
        """
    def __copy__(self) -> typing.Self:
        ...
    def __deepcopy__(self, memo: dict[typing.Any, typing.Any]) -> typing.Self:
        ...
    def __reduce__(self) -> tuple[typing.Any, ...]:
        ...
    def __repr__(self) -> str:
        ...
    def _repr_html_(self) -> str:
        ...
    def explain(self) -> Explanation:
        """
        How the answers came about: entries used and superseded, reading, goal, trajectory, and the rule that decided.
        """
    def reason_of(self, answer: str) -> Reason | None:
        """
        Why an answer is None, or None if there is one: ``result.reason_of("gap")``.

        Raises
        ------
        UnknownId
            There is no answer of that name.
        """
    def status_label(self, *, language: str = 'en') -> str:
        """
        The status as people read it, in English ("en") or Chinese ("zh"); where there is none, the sentence of its reason.
        """
    def to_dict(self) -> dict[str, typing.Any]:
        """
        The answers as a dictionary, with None where there is none.
        """
    @property
    def aim(self) -> str | None:
        """
        Kind of its aim: "at_least", "at_most", "about", "between", "rises" or "falls"; None of a reading only.
        """
    @property
    def attainment(self) -> float | None:
        """
        Share of the way from baseline to goal, unclamped (rules A of the semantics).
        """
    @property
    def baseline(self) -> float | None:
        """
        The amount that a change is measured from, in ``unit``.
        """
    @property
    def coverage(self) -> float:
        """
        Covered share of time and places (rule R8); below 1 a sum is a lower bound.
        """
    @property
    def data_day(self) -> datetime.date | None:
        """
        The last day that the reading is about (rule D4).
        """
    @property
    def days_ahead(self) -> float | None:
        """
        The day on which so much was planned, minus the as-of day, in days (rule P3).
        """
    @property
    def declared_unit(self) -> str:
        """
        The unit as the programme writes it, such as 万元 or %; may be empty.
        """
    @property
    def expected(self) -> float | None:
        """
        Share that the trajectory plans by the day (rules F).
        """
    @property
    def findings(self) -> list[Finding]:
        """
        What a person should look at; recomputed from the ledger.
        """
    @property
    def gap(self) -> float | None:
        """
        Attainment minus expected, a share; of a cap expected minus used (rule P1).
        """
    @property
    def goal(self) -> float | None:
        """
        The amount that is asked for, in ``unit``; of a band its lower edge, of a recurring target its periods.
        """
    @property
    def id(self) -> str:
        """
        Id of the target.
        """
    @property
    def indicator(self) -> str:
        """
        Id of its indicator.
        """
    @property
    def is_hold(self) -> bool:
        """
        Whether it is a hold or a cap: it counts in the share of holds, not in progress.
        """
    @property
    def is_lower_bound(self) -> bool:
        """
        Whether something is missing from the sum that is read (rule R8).
        """
    @property
    def is_reached(self) -> bool:
        """
        Whether the goal is reached, as the reading stands (rule B2).
        """
    @property
    def is_recurring(self) -> bool:
        """
        Whether it is to be kept in every period: reading and goal then count periods.
        """
    @property
    def is_reversible(self) -> bool:
        """
        Whether it is met only until the next reading says otherwise.
        """
    @property
    def measured(self) -> float | None:
        """
        The quantity that the bands of the method cut; None where a rule alone decided.
        """
    @property
    def name(self) -> str:
        """
        Its name; may be empty.
        """
    @property
    def of_goal(self) -> float | None:
        """
        Reading divided by goal, a share (rule A5).
        """
    @property
    def pace(self) -> float | None:
        """
        Attainment divided by expected (rule P2).
        """
    @property
    def place(self) -> str:
        """
        Id of the place.
        """
    @property
    def reading(self) -> float | None:
        """
        The amount as of the day, in ``unit``; of a recurring target the periods kept.
        """
    @property
    def reason(self) -> Reason | None:
        """
        Why there is no status, or None if there is one.
        """
    @property
    def score(self) -> float | None:
        """
        The score that the method gives, in its own scale.
        """
    @property
    def status(self) -> str | None:
        """
        The state that the method gives, in one word, such as ``"on_track"`` (rules S).
        """
    @property
    def status_means(self) -> str | None:
        """
        What the status means, whatever its method calls it: "met", "on_track", "at_risk", "behind", "missed" or "not_due"; None without one.
        """
    @property
    def text(self) -> str:
        """
        The published clause; may be empty.
        """
    @property
    def unit(self) -> str:
        """
        Unit of reading, baseline and goal: without scale (元 for 万元), "share" for %, of a recurring target its period.
        """
    @property
    def upper_goal(self) -> float | None:
        """
        Of a band its upper edge, in ``unit``.
        """
class ProjectResult:
    """
    One project, group or programme at one place.

    Each answer is a value or None; :meth:`reason_of` says why it is None. Shares are 0 to 1 and beyond, never percent.
    """
    def __bool__(self) -> bool:
        """
        Raises TypeError: a result has no truth value.
        """
    def __copy__(self) -> typing.Self:
        ...
    def __deepcopy__(self, memo: dict[typing.Any, typing.Any]) -> typing.Self:
        ...
    def __reduce__(self) -> tuple[typing.Any, ...]:
        ...
    def __repr__(self) -> str:
        ...
    def _repr_html_(self) -> str:
        ...
    def explain(self) -> Explanation:
        """
        How the answers came about: children with weights, means, and the rule that decided.
        """
    def reason_of(self, answer: str) -> Reason | None:
        """
        Why an answer is None, or None if there is one: ``result.reason_of("gap")``.

        Raises
        ------
        UnknownId
            There is no answer of that name.
        """
    def status_label(self, *, language: str = 'en') -> str:
        """
        The status as people read it, in English ("en") or Chinese ("zh"); where there is none, the sentence of its reason.
        """
    def to_dict(self) -> dict[str, typing.Any]:
        """
        The answers as a dictionary, with None where there is none.
        """
    @property
    def attainment(self) -> float | None:
        """
        Weighted mean of what is due below, a share (rules U).
        """
    @property
    def attainment_before_rules(self) -> float | None:
        """
        Attainment that the rules changed.
        """
    @property
    def consistency_ratio(self) -> float | None:
        """
        Of the comparisons that the weights come from; None without.
        """
    @property
    def coverage(self) -> float:
        """
        Answered share of what is due, by weight (rule U6).
        """
    @property
    def due(self) -> datetime.date | None:
        """
        The declared due day, else the latest of its targets.
        """
    @property
    def expected(self) -> float | None:
        """
        The same mean of the expected shares, of the same children with the same weights (rule U2).
        """
    @property
    def gap(self) -> float | None:
        """
        Attainment minus expected, a share.
        """
    @property
    def hold_share(self) -> float | None:
        """
        Weighted share of holds and caps that hold (rule U3).
        """
    @property
    def id(self) -> str:
        """
        Id of the project; of a root that of the programme.
        """
    @property
    def is_root(self) -> bool:
        """
        Whether it is a whole programme.
        """
    @property
    def lower(self) -> float | None:
        """
        Attainment if everything missing were 0 (rule U6).
        """
    @property
    def met_count(self) -> int:
        """
        How many of them are met.
        """
    @property
    def missed_count(self) -> int:
        """
        How many of them are missed.
        """
    @property
    def name(self) -> str:
        """
        Its name; may be empty.
        """
    @property
    def not_due_count(self) -> int:
        """
        How many of them are not due.
        """
    @property
    def pace(self) -> float | None:
        """
        Attainment divided by expected: the schedule performance index.
        """
    @property
    def place(self) -> str:
        """
        Id of the place.
        """
    @property
    def projects(self) -> list[ProjectResult]:
        """
        Results of the projects directly below, in order.
        """
    @property
    def reason(self) -> Reason | None:
        """
        Why there is no status, or None if there is one.
        """
    @property
    def rules(self) -> list[dict[str, typing.Any]]:
        """
        Rules that fired, in their order, with score and status before and after (rule U12).
        """
    @property
    def score(self) -> float | None:
        """
        Weighted mean of the scores that the method gives below; a group counts once.
        """
    @property
    def status(self) -> str | None:
        """
        The state that the method gives, in one word, such as ``"at_risk"`` (rules S, nodes).
        """
    @property
    def status_means(self) -> str | None:
        """
        What the status means, whatever its method calls it: "met", "on_track", "at_risk", "behind", "missed" or "not_due"; None without one.
        """
    @property
    def target_count(self) -> int:
        """
        How many applicable targets with weight lie below.
        """
    @property
    def targets(self) -> list[TargetResult]:
        """
        Results of the targets directly below, in order.
        """
    @property
    def upper(self) -> float | None:
        """
        Attainment if everything missing were 1 (rule U6).
        """
    @property
    def weights(self) -> dict[str, float]:
        """
        Share of each child in the weight of all; empty where it cannot be told.
        """
    @property
    def weights_by(self) -> str:
        """
        Where the weights of its children come from (rule U11).
        """
class EarnedValue:
    """
    The earned value of one project, group or programme at one place.

    What follows from the amounts and the times are answers of :attr:`amounts` and :attr:`time`: ``of.amounts.cost_index``,
    ``of.time.time_index``.
    """
    def __bool__(self) -> bool:
        """
        Raises TypeError: a result has no truth value.
        """
    def __copy__(self) -> typing.Self:
        ...
    def __deepcopy__(self, memo: dict[typing.Any, typing.Any]) -> typing.Self:
        ...
    def __reduce__(self) -> tuple[typing.Any, ...]:
        ...
    def __repr__(self) -> str:
        ...
    def explain(self) -> Explanation:
        """
        The sums from their parts, and the figures from the sums.
        """
    @property
    def amounts(self) -> EarnedAmounts:
        """
        Budget, planned, earned and cost, summed over what lies below.
        """
    @property
    def coverage(self) -> float:
        """
        Share of the due budget that has an answer.
        """
    @property
    def node(self) -> ProjectResult:
        """
        The result of the node.
        """
    @property
    def start(self) -> datetime.date | None:
        """
        First day of the first window below.
        """
    @property
    def time(self) -> EarnedTime:
        """
        In days from the start: the planned duration, the earned schedule, and the time passed (once all is earned, until it was).
        """
class Evaluation:
    """
    The results of one evaluation: every target and project, at every place, as of one day.

    It keeps what it saw: it stays valid and unchanged whatever is appended to the ledger. ``now["22.1"]`` is the result of a target,
    ``now["22.1", "east"]`` at a place, ``now.project("22")`` that of a project, ``now.root`` that of the whole. As a table (``to_pandas``,
    ``to_polars``, ``to_arrow``, Arrow stream) it is :attr:`targets`.
    """
    def __arrow_c_schema__(self) -> typing_extensions.CapsuleType:
        """
        The Arrow schema of that stream.
        """
    def __arrow_c_stream__(self, requested_schema: typing.Any = None) -> typing_extensions.CapsuleType:
        """
        An Arrow stream of one batch, without copying numbers, days and words. The requested schema is not used.
        """
    def __bool__(self) -> bool:
        """
        Raises TypeError: a result has no truth value.
        """
    def __contains__(self, id: str) -> bool:
        ...
    def __copy__(self) -> typing.Self:
        ...
    def __deepcopy__(self, memo: dict[typing.Any, typing.Any]) -> typing.Self:
        ...
    @typing.overload
    def __getitem__(self, id: str) -> TargetResult:
        """
        A target by its id, an alias, or ``programme/target``, at its own place.

        Raises
        ------
        UnknownId
            There is none; ``nearest`` holds the ids that resemble it.
        """
    @typing.overload
    def __getitem__(self, id_and_place: tuple[str, str]) -> TargetResult:
        """
        A target at a place: ``now["22.1", "east"]``.
        """
    def __getstate__(self) -> bytes:
        ...
    def __iter__(self) -> collections.abc.Iterator[TargetResult]:
        """
        The results of all targets at their own places, in the order of the programme.
        """
    def __len__(self) -> int:
        ...
    def __reduce__(self) -> tuple[typing.Any, ...]:
        ...
    def __repr__(self) -> str:
        ...
    def __setstate__(self, arg0: bytes) -> None:
        ...
    def _repr_html_(self) -> str:
        ...
    def by(self, method: str) -> Evaluation:
        """
        The same evaluation judged by another of its methods, by ``name`` or ``name@version``.

        Raises
        ------
        UnknownId
            It was not among the methods asked for.
        """
    def disagreements(self, *, at_places: bool = False) -> Table:
        """
        One row a target whose status differs between the methods that judged it, by what the states mean.

        Parameters
        ----------
        at_places
            At every place that a target has a result at, instead of each at its own.

        Returns
        -------
        Table
            ``programme``, ``project``, ``target``, ``place``; then a column a method, named ``name@version``, with its status.
        """
    def earned_value(self, project: str = '', *, cost: collections.abc.Sequence[str] = [], budget: collections.abc.Sequence[str] = [], total: typing.SupportsFloat | typing.SupportsIndex = 1.0, place: str | None = None) -> EarnedValue:
        """
        Earned value of a project, or of the whole: the judgements of the roll-up, added up as money.

        Parameters
        ----------
        project
            Its id; "" is the whole.
        cost
            Indicators of money spent. A target that reads one is a cost of the target that it is an input of, or of its project; its goal is the
            budget, unless ``budget`` names indicators.
        budget
            Indicators of money to be spent, read by targets in the same way.
        total
            Where no budget is declared: what the whole programme is worth, spread by weight.
        place
            At this place; otherwise at that of the programme's root.

        Raises
        ------
        UnknownId
            There is no such project, indicator or place.
        InvalidOption
            The total is not positive.
        """
    def earned_value_table(self, *, cost: collections.abc.Sequence[str] = [], budget: collections.abc.Sequence[str] = [], total: typing.SupportsFloat | typing.SupportsIndex = 1.0, place: str | None = None) -> Table:
        """
        The same for every node of the programme tree, one row each, the root first.

        Returns
        -------
        Table
            ``project`` (missing for the root), ``name``, ``place``; ``budget``, ``planned``, ``earned``, ``cost``, ``coverage``; ``schedule_variance``,
            ``cost_variance``, ``schedule_index``, ``cost_index``, ``combined_index``, ``share_complete``, ``estimate_at_completion`` with the factor CPI,
            ``variance_at_completion``, ``to_complete_index``; ``start``, and in days from it ``duration``, ``earned_schedule``, ``actual_time``,
            ``time_variance``, ``duration_at_completion``; ``time_index``.
        """
    def project(self, id: str, place: str | None = None) -> ProjectResult:
        """
        A project by its id, at the root place or at a given one; the programme's id is the root. Raises UnknownId.
        """
    def project_table(self, *, place: str | None = None, at_places: bool = False) -> Table:
        """
        One row a node of the programme tree, the root first.

        Parameters
        ----------
        place
            The nodes that have results at this place, there. Otherwise at the root place.
        at_places
            Every node at every place that it has results at.

        Returns
        -------
        Table
            ``programme``, ``project`` (missing for the root), ``name``, ``within``, ``place``; ``attainment``, ``expected``, ``gap``, ``pace``,
            ``hold_share``, ``lower``, ``upper`` and ``coverage`` as shares; ``due``; ``status``, and where there is none its ``reason``; ``targets``,
            ``targets_met``, ``targets_missed``, ``targets_not_due``, counted over applicable targets with weight.

        Raises
        ------
        UnknownId
            There is no such place.
        """
    def results(self, *, at_places: bool = False) -> list[TargetResult]:
        """
        Results of all targets at their own places, in the order of the programme; ``at_places`` adds those at the places below.
        """
    def target(self, id: str, place: str | None = None) -> TargetResult:
        """
        A target by its id, at its own place or at a given one. Raises UnknownId.
        """
    def target_table(self, *, place: str | None = None, at_places: bool = False, columns: collections.abc.Sequence[str] = []) -> Table:
        """
        One row a target.

        Parameters
        ----------
        place
            The targets that have results at this place, there. Otherwise each at its own place.
        at_places
            Every target at every place that it has a result at. Readings, attainments and the like are then not copied.
        columns
            Only these columns.

        Returns
        -------
        Table
            ``programme``, ``project``, ``target``, ``name``, ``place``, ``indicator``, ``unit``; ``reading``, ``baseline``, ``goal``, ``upper_goal`` in
            ``unit``; ``attainment``, ``expected``, ``gap``, ``pace`` and ``coverage`` as shares; ``days_ahead`` in days; ``data_day``; ``status``, and where
            there is none its ``reason``; ``is_hold``.

        Raises
        ------
        UnknownId
            There is no such place or column.
        """
    def to_arrow(self) -> pyarrow.Table:
        """
        A pyarrow.Table, without copying numbers, days and words.
        """
    def to_pandas(self) -> pandas.DataFrame:
        """
        A pandas.DataFrame.

        Missing numbers are NaN, missing days NaT; words are categorical. Counts and flags keep their type where none is missing. Why a number
        is missing is in the column ``reason`` where it concerns the status, and in ``table[name].reasons()`` for any column.
        """
    def to_polars(self) -> polars.DataFrame:
        """
        A polars.DataFrame; words are categorical.
        """
    @property
    def as_of(self) -> datetime.date:
        """
        What had happened at the close of this day.
        """
    @property
    def book(self) -> Ledger:
        """
        The ledger as it was.
        """
    @property
    def known_at(self) -> datetime.date | None:
        """
        What had been reported by this day; None: everything recorded.
        """
    @property
    def method(self) -> MethodSpec:
        """
        The method in front as data; of a portfolio without a choice that of its first programme.
        """
    @property
    def methods(self) -> list[str]:
        """
        The methods that judged, as ``name@version``, the one in front first.
        """
    @property
    def plan(self) -> Programme | Portfolio:
        """
        The programme, or the portfolio of several.
        """
    @property
    def plot(self) -> attain.plots.Plots:
        """
        Its plots, by matplotlib: ``now.plot.bullets()``, ``now.plot.s_curve()`` and others.
        """
    @property
    def projects(self) -> Table:
        """
        One row a project, the programme first, at the root place; :meth:`project_table` has more.
        """
    @property
    def root(self) -> ProjectResult:
        """
        The whole: the root of the (first) programme.
        """
    @property
    def targets(self) -> Table:
        """
        One row a target, at its own place; :meth:`target_table` has more.
        """
class Change:
    """
    Why the attainment of one project, or of the whole, moved between two evaluations.

    ``performance``, ``coverage``, ``rules`` and ``plan`` add up to ``change``, and so do the rows of :attr:`parts`: what each target, and each
    node of which something changed as a whole, contributed. Shares, never percent.
    """
    def __arrow_c_schema__(self) -> typing_extensions.CapsuleType:
        """
        The Arrow schema of that stream.
        """
    def __arrow_c_stream__(self, requested_schema: typing.Any = None) -> typing_extensions.CapsuleType:
        """
        An Arrow stream of one batch, without copying numbers, days and words. The requested schema is not used.
        """
    def __bool__(self) -> bool:
        """
        Raises TypeError: a result has no truth value.
        """
    def __copy__(self) -> typing.Self:
        ...
    def __deepcopy__(self, memo: dict[typing.Any, typing.Any]) -> typing.Self:
        ...
    def __reduce__(self) -> tuple[typing.Any, ...]:
        ...
    def __repr__(self) -> str:
        ...
    def __str__(self) -> str:
        ...
    def _repr_html_(self) -> str:
        ...
    def sentence(self, language: str = 'en') -> str:
        """
        The change in one sentence, in English ("en") or Chinese ("zh").
        """
    def to_arrow(self) -> pyarrow.Table:
        """
        A pyarrow.Table, without copying numbers, days and words.
        """
    def to_pandas(self) -> pandas.DataFrame:
        """
        A pandas.DataFrame.

        Missing numbers are NaN, missing days NaT; words are categorical. Counts and flags keep their type where none is missing. Why a number
        is missing is in the column ``reason`` where it concerns the status, and in ``table[name].reasons()`` for any column.
        """
    def to_polars(self) -> polars.DataFrame:
        """
        A polars.DataFrame; words are categorical.
        """
    @property
    def after(self) -> float | None:
        """
        Its attainment in the later one.
        """
    @property
    def before(self) -> float | None:
        """
        Its attainment in the earlier evaluation.
        """
    @property
    def change(self) -> float | None:
        """
        The difference; None where one of them has no answer.
        """
    @property
    def coverage(self) -> float:
        """
        What has an answer changed, so that other weights are in force.
        """
    @property
    def id(self) -> str:
        """
        Id of the project; of a root that of the programme.
        """
    @property
    def name(self) -> str:
        """
        Its name; may be empty.
        """
    @property
    def parts(self) -> Table:
        """
        One row a target or node that contributed, the largest first.
        """
    @property
    def performance(self) -> float:
        """
        Targets came further, or fell back.
        """
    @property
    def place(self) -> str:
        """
        Id of the place.
        """
    @property
    def plan(self) -> float:
        """
        A goal, a baseline, a weight or what belongs to the programme changed.
        """
    @property
    def rules(self) -> float:
        """
        What the rules of nodes took or gave.
        """
class Comparison:
    """
    Two evaluations side by side: why totals moved, exactly.

    Made by :func:`attain.compare`. As a table it is :attr:`parts` of the whole.
    """
    def __arrow_c_schema__(self) -> typing_extensions.CapsuleType:
        """
        The Arrow schema of that stream.
        """
    def __arrow_c_stream__(self, requested_schema: typing.Any = None) -> typing_extensions.CapsuleType:
        """
        An Arrow stream of one batch, without copying numbers, days and words. The requested schema is not used.
        """
    def __bool__(self) -> bool:
        """
        Raises TypeError: a result has no truth value.
        """
    def __copy__(self) -> typing.Self:
        ...
    def __deepcopy__(self, memo: dict[typing.Any, typing.Any]) -> typing.Self:
        ...
    def __reduce__(self) -> tuple[typing.Any, ...]:
        ...
    def __repr__(self) -> str:
        ...
    def _repr_html_(self) -> str:
        ...
    def change(self, project: str = '', place: str | None = None) -> Change:
        """
        The change of a project, or of the whole if the id is ""; at a place, or at the root place. Raises UnknownId.
        """
    def ranks_of_places(self, project: str = '') -> list[dict[str, typing.Any]]:
        """
        The same for the places at which a project has results, within its own.
        """
    def ranks_of_projects(self, within: str = '', place: str | None = None) -> list[dict[str, typing.Any]]:
        """
        How the projects directly within one changed ranks, 1 the highest.

        ``own`` places were gained by the project's own change (negative: lost), ``others`` by that of the others.
        """
    def sentence(self, language: str = 'en') -> str:
        """
        The change of the whole in one sentence, in English ("en") or Chinese ("zh").
        """
    def to_arrow(self) -> pyarrow.Table:
        """
        A pyarrow.Table, without copying numbers, days and words.
        """
    def to_pandas(self) -> pandas.DataFrame:
        """
        A pandas.DataFrame.

        Missing numbers are NaN, missing days NaT; words are categorical. Counts and flags keep their type where none is missing. Why a number
        is missing is in the column ``reason`` where it concerns the status, and in ``table[name].reasons()`` for any column.
        """
    def to_polars(self) -> polars.DataFrame:
        """
        A polars.DataFrame; words are categorical.
        """
    @property
    def after(self) -> Evaluation:
        """
        The later one.
        """
    @property
    def before(self) -> Evaluation:
        """
        The earlier evaluation.
        """
    @property
    def projects(self) -> Table:
        """
        One row a node of the later programme at the root place: before, after, change, and its four components.
        """
class Changes:
    """
    What an observation changed.
    """
    def __reduce__(self) -> tuple[typing.Any, ...]:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def projects(self) -> list[tuple[str, str]]:
        """
        Projects that were rolled up anew, as (id, place).
        """
    @property
    def targets(self) -> list[tuple[str, str]]:
        """
        Targets that were judged anew, as (id, place).
        """
class Tracker:
    """
    Keeps an evaluation current while observations arrive.

    An observation touches its target and what is above it, nothing else; what comes out is the same, to the last bit, as a full run over
    the longer ledger.

    Parameters
    ----------
    plan, book, as_of, known_at
        As for :func:`attain.evaluate`. The ledger that is given stays as it is.
    """
    def __init__(self, plan: Programme | Portfolio | list[Programme], book: Ledger, *, as_of: datetime.date | str, known_at: datetime.date | str | None = None, methods: typing.Any = None, aggregators: typing.Any = None, formulas: typing.Any = None) -> None:
        ...
    def __reduce__(self) -> tuple[typing.Any, ...]:
        ...
    def __repr__(self) -> str:
        ...
    def apply(self, entry: attain.specs.Observation) -> Changes:
        """
        Appends an entry, with the columns of observations.csv as keys, and brings everything above it up to date.

        Raises
        ------
        InvalidInput, LedgerConflict
            As :meth:`Ledger.append` does; then nothing has changed.
        """
    def move_to(self, as_of: datetime.date | str) -> None:
        """
        Moves the as-of day; costs a full run.
        """
    def snapshot(self) -> Evaluation:
        """
        The current state as an evaluation of its own; costs a full run.
        """
    @property
    def as_of(self) -> datetime.date:
        """
        What had happened at the close of this day.
        """
    @property
    def book(self) -> Ledger:
        """
        The ledger with what was applied.
        """
class SnapshotInfo:
    """
    What the envelope of a snapshot says.
    """
    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    def __eq__(self, other: object) -> bool:
        ...
    def __reduce__(self) -> tuple[typing.Any, ...]:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def form(self) -> str:
        """
        binary or text.
        """
    @property
    def kind(self) -> str:
        """
        programme, ledger, evaluation or method.
        """
    @property
    def length(self) -> int:
        """
        Bytes behind the envelope.
        """
    @property
    def version(self) -> int:
        """
        Version of the format.
        """
    @property
    def written_by(self) -> str:
        """
        Version of attain that wrote it.
        """
def aggregate_rows(kind: str, scores: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], exponent: typing.SupportsFloat | typing.SupportsIndex, alpha: typing.SupportsFloat | typing.SupportsIndex, beta: typing.SupportsFloat | typing.SupportsIndex, divisor: str, up: bool, floor: typing.SupportsFloat | typing.SupportsIndex | None, missing: str, minimum_coverage: typing.SupportsFloat | typing.SupportsIndex, by_count: bool) -> tuple[numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.uint8]]:
    """
    One answer a row; NaN is missing.
    """
def apportioned(factor: typing.SupportsFloat | typing.SupportsIndex, earned_of_base: typing.SupportsFloat | typing.SupportsIndex) -> float:
    """
    A share of what another piece of work has earned.
    """
def around_mean(values: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], margin: typing.SupportsFloat | typing.SupportsIndex) -> tuple[numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.uint8]]:
    """
    One score a value; NaN is missing.
    """
def built_in_methods() -> list[MethodSpec]:
    """
    All methods that come with the library, by name, older versions first.
    """
def can_detect(test: OutlierTest, n: typing.SupportsInt | typing.SupportsIndex) -> bool:
    """
    Whether some value could stand out of n: with 3 standard deviations of the sample none of up to 10 can.
    """
def change_by_due(base: typing.SupportsFloat | typing.SupportsIndex, latest: typing.SupportsFloat | typing.SupportsIndex, years: typing.SupportsFloat | typing.SupportsIndex, goal: typing.SupportsFloat | typing.SupportsIndex, years_left: typing.SupportsFloat | typing.SupportsIndex) -> float | None:
    """
    The share of the change from base to goal that growth at the same rate gives by due; None where undefined.
    """
def check_programme(json: bytes, file: str) -> list[Finding]:
    """
    Everything there is to say about a text, warnings included, at its place.
    """
def compare(before: Evaluation, after: Evaluation) -> Comparison:
    """
    Why totals moved between two evaluations: what each target contributed, exactly (rule U8).

    The evaluations may differ in the as-of day, in what was known, in the ledger or in the programme; targets, projects and places are matched
    by their ids.

    Parameters
    ----------
    before, after : Evaluation

    Returns
    -------
    Comparison
        ``print(attain.compare(before, after))`` says what moved the whole; ``.change("22")`` is that of a project.
    """
def completed_comparisons(comparisons: typing.Annotated[numpy.typing.ArrayLike, numpy.float64]) -> numpy.typing.NDArray[numpy.float64]:
    """
    The matrix row by row, its missing entries filled in.
    """
def count_chance(counts: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], periods: typing.SupportsFloat | typing.SupportsIndex, *, at_least: typing.SupportsFloat | typing.SupportsIndex | None = None, at_most: typing.SupportsFloat | typing.SupportsIndex | None = None) -> float | None:
    """
    The chance that so much is counted in the periods to come, from 0 to 1.

    Parameters
    ----------
    counts
        What was counted in each period so far, the latest last.
    periods
        How many are to come; a part of one is one too.
    at_least, at_most
        What is still to come.

    Returns
    -------
    float or None
        None without a count, or if one is not whole.

    Raises
    ------
    InvalidOption
        A count is negative or not finite, or no period is left.
    """
def did_you_mean(name: str, known: collections.abc.Sequence[str]) -> str:
    """
    The end of a message about a field that is not there, by what people call it or by its letters; empty if nothing is like it.
    """
def distances_to_target(values: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], target: typing.SupportsFloat | typing.SupportsIndex, larger_is_better: bool, cap: bool) -> tuple[numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.uint8]]:
    """
    One score a value; NaN is missing.
    """
def draw_ranks(parents: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex], weights: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], scores: collections.abc.Sequence[collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex | None]], *, seed: typing.SupportsInt | typing.SupportsIndex = 0, draws: typing.SupportsInt | typing.SupportsIndex = 10000, threads: typing.SupportsInt | typing.SupportsIndex = 1, noise: str = 'dirichlet', amount: typing.SupportsFloat | typing.SupportsIndex = 100.0, data_error: typing.SupportsFloat | typing.SupportsIndex = 0.0) -> list[dict[str, typing.Any]]:
    """
    Draws weights and scores at random, and counts ranks. The same numbers for a seed on any number of threads.

    Parameters
    ----------
    parents, weights, scores
        As of :func:`leave_one_out`.
    noise
        "dirichlet": shares of siblings about those given, ``amount`` is the concentration; "relative": each weight times 1 ± ``amount`` at most;
        "fixed".
    data_error
        Standard deviation of a normal error of each score.

    Returns
    -------
    list of dict
        For each unit ``score`` and ``rank`` as given; ``mean``, ``deviation`` and ``mean_rank`` of the draws; ``rank_share``, the share of draws in which it
        has rank 1, 2, …

    Raises
    ------
    InvalidOption
        The tree or an option cannot be.
    """
def earned_schedule(planned: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], earned: typing.SupportsFloat | typing.SupportsIndex, now: typing.SupportsFloat | typing.SupportsIndex) -> float | None:
    """
    ES: the time, in periods from the start, by which as much was planned as is earned.

    Parameters
    ----------
    planned
        Cumulative planned value at the ends of the periods 1, 2, …
    earned
        What is earned.
    now
        AT: where the plan stands still at what is earned, ES is as near to it as the plan allows.

    Raises
    ------
    InvalidOption
        The planned values fall.
    """
def effective_weights(parents: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex], weights: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex]) -> numpy.typing.NDArray[numpy.float64]:
    """
    Products of the normalised weights on each path.
    """
def efficacy_scores(values: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], not_allowed: typing.SupportsFloat | typing.SupportsIndex, satisfactory: typing.SupportsFloat | typing.SupportsIndex, span: typing.SupportsFloat | typing.SupportsIndex, base: typing.SupportsFloat | typing.SupportsIndex) -> tuple[numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.uint8]]:
    """
    One score a value.
    """
def entropy_weights(scores: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], transform: str) -> tuple[numpy.typing.NDArray[numpy.float64], int]:
    """
    Weights, or none and the number of the reason.
    """
def evaluate(plan: Programme | Portfolio | list[Programme], book: Ledger, as_of: datetime.date | str, known_at: datetime.date | str | None, threads: int, methods: typing.Any, aggregators: typing.Any, formulas: typing.Any, method: collections.abc.Sequence[MethodSpec | str], progress: collections.abc.Callable[[str, float], typing.Any] | None = None) -> Evaluation:
    """
    Judges a portfolio by what a ledger says, as of a day.
    """
def find_method(reference: str) -> MethodSpec:
    """
    A built-in method by ``name``, the newest version, or ``name@version``.

    Raises
    ------
    UnknownId
        There is none; ``nearest`` holds the names that resemble it.
    """
def find_slip(values: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], at: typing.SupportsInt | typing.SupportsIndex, *, is_total: bool = False) -> tuple[int, float, float] | None:
    """
    Whether the value at a position has slipped by a power of ten.

    Parameters
    ----------
    is_total
        The values are running totals.

    Returns
    -------
    tuple or None
        The power of ten (4 is 万, 8 is 亿; negative: too small), log₁₀ of value/expected, and what the neighbours let expect.
    """
def first_digits(values: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex]) -> dict[str, typing.Any] | None:
    """
    How often amounts begin with each digit, beside Benford's law; None with fewer than 500 or under three orders of magnitude.
    """
def first_from(amounts: collections.abc.Sequence[tuple[datetime.date | str, typing.SupportsFloat | typing.SupportsIndex]], day: datetime.date | str) -> tuple[datetime.date, float] | None:
    """
    The first of (day, amount) pairs on a day or later; None if there is none.
    """
def fixed_formula(at_start: typing.SupportsFloat | typing.SupportsIndex, *, started: bool, finished: bool = False) -> float:
    """
    x/y rules: so much of the budget is earned once the work has started, all of it at the end; 0 is 0/100, 0.5 is 50/50, 1 is 100/0.
    """
def gated_progress(reported: typing.SupportsFloat | typing.SupportsIndex, gates: collections.abc.Sequence[tuple[typing.SupportsFloat | typing.SupportsIndex, bool]] = []) -> float:
    """
    Percent complete, a share: what is reported, up to the first gate ``(share, passed)`` that is not passed.
    """
def gauge(reported: typing.SupportsFloat | typing.SupportsIndex | None, computed: typing.SupportsFloat | typing.SupportsIndex | None) -> str:
    """
    TaskJuggler's gauge: "on_schedule", "ahead", "behind" or "unknown", from reported completion and the one computed from today.
    """
def goalpost_scores(values: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], worst: typing.SupportsFloat | typing.SupportsIndex, best: typing.SupportsFloat | typing.SupportsIndex, logarithmic: bool, clamp_low: bool, clamp_high: bool) -> tuple[numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.uint8]]:
    """
    One score a value.
    """
def growth(first: typing.SupportsFloat | typing.SupportsIndex, last: typing.SupportsFloat | typing.SupportsIndex, years: typing.SupportsFloat | typing.SupportsIndex, *, direction: typing.SupportsInt | typing.SupportsIndex) -> float | None:
    """
    Compound growth a year, positive where the amount moves as wanted; None where undefined.
    """
def growth_ratio(base: typing.SupportsFloat | typing.SupportsIndex, latest: typing.SupportsFloat | typing.SupportsIndex, years: typing.SupportsFloat | typing.SupportsIndex, goal: typing.SupportsFloat | typing.SupportsIndex, years_to_goal: typing.SupportsFloat | typing.SupportsIndex, *, direction: typing.SupportsInt | typing.SupportsIndex) -> float | None:
    """
    Growth so far over the growth that leads from the base to the goal, by size; None where undefined.
    """
def history(plan: Programme | Portfolio | list[Programme], book: Ledger, days: collections.abc.Sequence[datetime.date | str], known_at: datetime.date | str | None, threads: int, methods: typing.Any, aggregators: typing.Any, formulas: typing.Any, method: collections.abc.Sequence[MethodSpec | str], progress: collections.abc.Callable[[str, float], typing.Any] | None = None) -> list[Evaluation]:
    """
    The same for several as-of days in one pass.
    """
def inspect_snapshot(path: str) -> SnapshotInfo:
    """
    What the envelope of a snapshot file says.
    """
def interval_scores(values: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], low: typing.SupportsFloat | typing.SupportsIndex, high: typing.SupportsFloat | typing.SupportsIndex, reach: typing.SupportsFloat | typing.SupportsIndex) -> tuple[numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.uint8]]:
    """
    One score a value.
    """
def is_percentage(unit: str) -> bool:
    """
    Whether amounts in the unit are written in parts of a hundred or a thousand of a held share.
    """
def label_of_reason(why: Reason, language: str) -> str:
    """
    A reason in a word or two, as tables have it.
    """
def language_word(word: str) -> str:
    """
    "en" or "zh" of that word or of "english" or "chinese". Raises InvalidOption for any other.
    """
def last_digits(values: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex]) -> dict[str, typing.Any] | None:
    """
    How often whole amounts of at least 100 end in each digit; None with fewer than 50 of them. Never evidence, only a question.
    """
def last_until(amounts: collections.abc.Sequence[tuple[datetime.date | str, typing.SupportsFloat | typing.SupportsIndex]], day: datetime.date | str) -> tuple[datetime.date, float] | None:
    """
    The last of (day, amount) pairs on a day or earlier; None if there is none.
    """
def leave_one_out(parents: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex], weights: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], scores: collections.abc.Sequence[collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex | None]]) -> list[dict[str, typing.Any]]:
    """
    What a node decides: the results without it, for every node but the root.

    Parameters
    ----------
    parents
        Of each node of the tree, parents before children; node 0 is the root. Nodes without children are leaves.
    weights
        Of each node among its siblings.
    scores
        A row a unit: its score at each leaf, in the order of the tree, or None.

    Returns
    -------
    list of dict
        ``node``; ``scores`` and ``ranks`` of the units without it; ``mean_rank_shift``, the mean change of a rank.
    """
def leave_one_out_table(now: Evaluation, project: str = '', *, among: str = 'places') -> Table:
    """
    What each part of a project decides: its totals as if a target, project or group below had the weight 0.

    They are what :func:`attain.evaluate` gives for the programme with this weight, whatever the nodes have; a rule that names the part stays.

    Parameters
    ----------
    now
        The evaluation.
    project
        A project, group or, by default, the whole.
    among
        Whose totals: "places", the project at its lowest places; "projects", those directly within it; "itself", its own alone.

    Returns
    -------
    Table
        A row a part left out and unit: ``without``, ``place`` (or ``project``), ``score`` and ``rank`` without the part, and
        ``mean_rank_shift``, the mean change of a rank.

    Raises
    ------
    UnknownId
        There is no such project.
    InvalidOption
        ``among`` is none of these words.
    """
def ledger_from_csv(csv: str, plan: Programme | None = None, *, threads: typing.SupportsInt | typing.SupportsIndex = 1, progress: collections.abc.Callable[[str, float], typing.Any] | None = None) -> Ledger:
    """
    Observations from CSV text, as a ledger.
    """
def level_chance(amounts: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], periods: typing.SupportsFloat | typing.SupportsIndex, *, at_least: typing.SupportsFloat | typing.SupportsIndex | None = None, at_most: typing.SupportsFloat | typing.SupportsIndex | None = None) -> float | None:
    """
    The chance that a level is within these edges after so many periods, from 0 to 1; None of fewer than 3 amounts.

    Raises
    ------
    InvalidOption
        An amount is not finite, or no period is left.
    """
def level_of_effort(planned: typing.SupportsFloat | typing.SupportsIndex, budget: typing.SupportsFloat | typing.SupportsIndex) -> float | None:
    """
    PV / BAC: what was planned is earned, whatever is reported.
    """
def light_by_share_green(parts: collections.abc.Sequence[str]) -> str | None:
    """
    The light of a whole: red below 80 % green parts, green above 90 %, amber between; None without parts.
    """
def limit_factor(base: typing.SupportsFloat | typing.SupportsIndex, limit: typing.SupportsFloat | typing.SupportsIndex, *, exponent: typing.SupportsFloat | typing.SupportsIndex = 4.44) -> float | None:
    """
    The share of a growth that can still be asked of what comes near its natural limit.
    """
def load_snapshot(path: str) -> Ledger | Programme | Evaluation | MethodSpec:
    """
    What a snapshot file holds.
    """
def logarithmic_mean(a: typing.SupportsFloat | typing.SupportsIndex, b: typing.SupportsFloat | typing.SupportsIndex) -> float:
    """
    (a − b) / ln(a/b); of equal amounts that, and 0 if one of them is 0.
    """
def mean_change(amounts: collections.abc.Sequence[tuple[datetime.date | str, typing.SupportsFloat | typing.SupportsIndex]], *, direction: typing.SupportsInt | typing.SupportsIndex, most: typing.SupportsInt | typing.SupportsIndex = 5, fewest: typing.SupportsInt | typing.SupportsIndex = 3) -> float | None:
    """
    The mean of the last yearly changes of (day, amount) pairs, in the wanted direction; None if there are too few.
    """
def number_text(number: typing.SupportsFloat | typing.SupportsIndex) -> str:
    """
    The shortest text that parse_number reads back to the same number.
    """
def open_ledger(path: str, *, read_only: bool = False, create: bool = True) -> LedgerStore:
    """
    A ledger in a file.
    """
def parse_amount(text: str, unit: str) -> float | tuple[float | None, float | None]:
    """
    Reads an amount that is declared to be in a unit, into the held form of that unit.

    The result is in the unit without its scale: 元 for 万元, a share for %. An interval is a pair, with None at an open end:
    ``180余`` is ``(180.0, None)``.

    Raises
    ------
    InvalidInput
        The text is no amount, or its unit does not convert.
    """
def parse_date(text: str) -> datetime.date:
    """
    Reads ``2026-01-01``, ``20260101``, ``2026/1/1``, ``2026.1.1`` or ``2026年1月1日``, with half- or full-width digits.

    Raises
    ------
    InvalidInput
        The text is no date, or there is no such day.
    """
def parse_number(text: str) -> float:
    """
    Reads one plain number, scales and ``%`` included, without a unit.

    ``5.85万`` is 58500.0, ``1,200`` is 1200.0, ``60%`` is 0.6, ``１３９`` is 139.0. Nothing is guessed.

    Raises
    ------
    InvalidInput
        The text is not understood to its last character.
    """
def parse_period(text: str) -> tuple[datetime.date, datetime.date]:
    """
    Reads a period: its first and last day.

    ``2021``, ``2021H1``, ``2021Q2``, ``2021-06``, ``2021-06上旬``, ``2021-W05``, a day, or two of these joined by ``/``.

    Raises
    ------
    InvalidInput
        The text is no period.
    """
def period_containing(frequency: str, day: datetime.date | str) -> tuple[datetime.date, datetime.date]:
    """
    The first and last day of the calendar period (month, quarter, …) that a day lies in.
    """
def period_text(days: tuple[datetime.date | str, datetime.date | str] | str) -> str:
    """
    The shortest text that parse_period reads back to the same days: 2021-06 for a month.
    """
def plain_growth(first: typing.SupportsFloat | typing.SupportsIndex, last: typing.SupportsFloat | typing.SupportsIndex, years: typing.SupportsFloat | typing.SupportsIndex, *, direction: typing.SupportsInt | typing.SupportsIndex) -> float | None:
    """
    The same, whatever the sign of the amounts: the algorithm of Open SDG of 2023.
    """
def plain_growth_ratio(base: typing.SupportsFloat | typing.SupportsIndex, latest: typing.SupportsFloat | typing.SupportsIndex, years: typing.SupportsFloat | typing.SupportsIndex, goal: typing.SupportsFloat | typing.SupportsIndex, years_to_goal: typing.SupportsFloat | typing.SupportsIndex) -> float | None:
    """
    The same with both signs as they fall: the algorithm of Open SDG of 2023.
    """
def priorities(comparisons: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], method: str, index: str) -> tuple[typing.Any, ...]:
    """
    Weights, principal eigenvalue, consistency index and ratio.
    """
def project_level(amounts: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], periods: typing.SupportsFloat | typing.SupportsIndex) -> dict[str, typing.Any] | None:
    """
    Where a level will stand after so many periods.

    Parameters
    ----------
    amounts
        The level at the end of each period, the latest last.
    periods
        How many are left; a part of one is one too.

    Returns
    -------
    dict or None
        ``mean``, ``scale`` and ``freedom`` of a Student t distribution, and its central intervals ``"50"``, ``"80"`` and ``"95"`` (percent) as
        (low, high). None of fewer than 3 amounts.

    Raises
    ------
    InvalidOption
        An amount is not finite, or no period is left.
    """
def quality(plan: Programme | Portfolio | list[Programme], book: Ledger, as_of: datetime.date | str, known_at: datetime.date | str | None, days_to_report: typing.SupportsInt | typing.SupportsIndex | None, minimum_completeness: typing.SupportsFloat | typing.SupportsIndex, minimum_timeliness: typing.SupportsFloat | typing.SupportsIndex, steady_within: typing.SupportsFloat | typing.SupportsIndex, reference_years: int, trend: str, outliers: collections.abc.Sequence[OutlierTest], equal_in_a_row: int, related: collections.abc.Sequence[tuple[str, str, str, typing.SupportsFloat | typing.SupportsIndex]], only: collections.abc.Sequence[str]) -> QualityReport:
    """
    How far the reports behind a programme can be trusted.
    """
def rank_shares_table(now: Evaluation, project: str = '', *, among: str = 'places', seed: typing.SupportsInt | typing.SupportsIndex = 0, draws: typing.SupportsInt | typing.SupportsIndex = 10000, threads: typing.SupportsInt | typing.SupportsIndex = 1, noise: str = 'dirichlet', amount: typing.SupportsFloat | typing.SupportsIndex = 100.0, data_error: typing.SupportsFloat | typing.SupportsIndex = 0.0) -> Table:
    """
    The draws of :func:`ranks_table` by rank.

    Parameters
    ----------
    now, project, among, seed, draws, threads, noise, amount, data_error
        As of :func:`ranks_table`.

    Returns
    -------
    Table
        A row a unit and rank: ``place`` (or ``project``), ``rank`` and the ``share`` of draws in which the unit has it.

    Raises
    ------
    UnknownId, InvalidOption
        As of :func:`ranks_table`.
    """
def ranks_table(now: Evaluation, project: str = '', *, among: str = 'places', seed: typing.SupportsInt | typing.SupportsIndex = 0, draws: typing.SupportsInt | typing.SupportsIndex = 10000, threads: typing.SupportsInt | typing.SupportsIndex = 1, noise: str = 'dirichlet', amount: typing.SupportsFloat | typing.SupportsIndex = 100.0, data_error: typing.SupportsFloat | typing.SupportsIndex = 0.0) -> Table:
    """
    How firm totals and their ranks are: weights and scores drawn at random, through the roll-up of the programme.

    The same numbers for a seed on any number of threads.

    Parameters
    ----------
    now, project, among
        As of :func:`leave_one_out_table`.
    seed, draws, threads, noise, amount
        As of :func:`draw_ranks`.
    data_error
        Standard deviation of a normal error of the attainment of each target that has a score, before it is brought within 0 and its cap.

    Returns
    -------
    Table
        A row a unit: ``place`` (or ``project``), ``score`` and ``rank`` as evaluated; ``answered``, the share of draws in which it has a score;
        over these ``mean`` and ``deviation`` of the score and ``mean_rank``; ``first``, the share of draws with rank 1.

    Raises
    ------
    UnknownId, InvalidOption
        As of :func:`leave_one_out_table`, and for options that cannot be.
    """
def read_dhis2(path: str, plan: Programme | None, *, elements: collections.abc.Mapping[str, str], places: collections.abc.Mapping[str, str], categories: collections.abc.Mapping[str, str], skip_unmapped: bool) -> Dhis2Results:
    """
    A ledger from a file with a data value set.
    """
def read_iati(path: str, *, id: str, kind: str, direction: str | None, recorded: datetime.date | str | None, partial: bool) -> IatiResults:
    """
    A programme and a ledger from a file of IATI activities.
    """
def read_method(path: str) -> MethodSpec:
    """
    A method from a file.
    """
def read_observations(path: str, plan: Programme | None = None, *, delimiter: str = ',', encoding: str = 'utf-8', threads: typing.SupportsInt | typing.SupportsIndex = 1, progress: collections.abc.Callable[[str, float], typing.Any] | None = None) -> Ledger:
    """
    Observations from a file, as a ledger.
    """
def read_programme(path: str) -> Programme:
    """
    A valid programme from a file.
    """
def reference_scores(values: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], reference: typing.SupportsFloat | typing.SupportsIndex, distance: bool) -> tuple[numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.uint8]]:
    """
    One score a value.
    """
def rest_by_due(latest: typing.SupportsFloat | typing.SupportsIndex, mean_change: typing.SupportsFloat | typing.SupportsIndex, goal: typing.SupportsFloat | typing.SupportsIndex, years_left: typing.SupportsFloat | typing.SupportsIndex) -> float | None:
    """
    Where a mean yearly change leads by due, as a share of the way from the latest amount to the goal.
    """
def roll_up_gauges(parts: collections.abc.Sequence[str]) -> str:
    """
    The gauge of a container: of those of its children the last in the order above.
    """
def sample_scores(values: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], scale: str, larger_is_better: bool, divisor: str, ties: str) -> tuple[numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.uint8]]:
    """
    One score a value; NaN is missing.
    """
def save_snapshot(value: Ledger | Programme | Evaluation | MethodSpec, path: str, form: str) -> None:
    """
    Puts a snapshot in the place of a file: wholly, or not at all.
    """
def score_outliers(values: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], test: OutlierTest) -> OutlierScores | None:
    """
    How far each value stands out of its series.

    Returns
    -------
    OutlierScores or None
        None where no value of so short a series could stand out, and where there is no spread to compare with.

    Raises
    ------
    InvalidOption
        A value is not finite, or the threshold is negative.
    """
def scores_at_places(now: Evaluation, project: str = '') -> dict[str, typing.Any] | None:
    """
    The tree below a project and the scores of its targets at its places, as the other functions take them; None if some node below is no
    weighted mean, or without any score.

    ``parents``, ``weights`` and ``nodes`` (ids) are those of the tree, ``scores`` has a row for each of ``places``.
    """
def sentence(why: Reason, language: str) -> str:
    """
    One sentence that says what is the matter and what would give an answer.
    """
def shape_of_sample(values: typing.Annotated[numpy.typing.ArrayLike, numpy.float64]) -> tuple[numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.uint8]]:
    """
    Skewness and excess kurtosis.
    """
def shapley(parts: typing.SupportsInt | typing.SupportsIndex, value: collections.abc.Callable[[list[int]], float], seed: typing.SupportsInt | typing.SupportsIndex = 0, orders: typing.SupportsInt | typing.SupportsIndex = 2000) -> list[float]:
    """
    Shapley values: what each part contributes to a whole, the mean over all orders in which the parts could join.

    ``value(marks)`` gives the whole of those parts whose mark is 1. Exact up to twelve parts, beyond that over so many orders.
    """
def split_product(before: typing.SupportsFloat | typing.SupportsIndex, after: typing.SupportsFloat | typing.SupportsIndex, factors_before: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], factors_after: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex]) -> list[float]:
    """
    Additive LMDI-I of one product: what each factor contributes to its change. All amounts positive.
    """
def stable_weights(parents: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex], weights: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], scores: collections.abc.Sequence[collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex | None]]) -> list[dict[str, typing.Any]] | None:
    """
    For each node the ``share`` among its siblings, and the ``least`` and ``most`` that it may be, the others in proportion, while all ranks stay; None where a score is missing.
    """
def stable_weights_table(now: Evaluation, project: str = '', *, among: str = 'places') -> Table:
    """
    How far weights may move while no two units change places, the siblings' in proportion.

    Exact for weighted means without missing scores; otherwise searched in 64 steps to each side and narrowed down to 1e-9.

    Parameters
    ----------
    now, project, among
        As of :func:`leave_one_out_table`.

    Returns
    -------
    Table
        A row a target, project or group below: ``node``, ``share`` among its siblings, and the ``least`` and ``most`` that it may be. None for
        one that enters no mean, and for one whose weight follows from data.

    Raises
    ------
    UnknownId, InvalidOption
        As of :func:`leave_one_out_table`.
    """
def stepped_scores(values: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], edges: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], scores: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], below: typing.SupportsFloat | typing.SupportsIndex) -> tuple[numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.uint8]]:
    """
    One score a value.
    """
def to_date(day: datetime.date | str) -> datetime.date:
    """
    The day that a date, a text, or a datetime at midnight means.
    """
def to_dhis2(book: Ledger, plan: Programme | None, *, elements: collections.abc.Mapping[str, str], places: collections.abc.Mapping[str, str], categories: collections.abc.Mapping[str, str]) -> tuple[str, list[Finding]]:
    """
    The text of a data value set, and what DHIS2 has no word for.
    """
def to_iati(plan: Programme, book: Ledger, *, publisher: str, publisher_type: str, publisher_name: str, activity_status: str) -> tuple[str, list[Finding]]:
    """
    The text of IATI 2.03, and what it has no word for.
    """
def traffic_light(rule: str, figures: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex | None], *, thresholds: tuple[typing.SupportsFloat | typing.SupportsIndex, typing.SupportsFloat | typing.SupportsIndex] | None = None) -> tuple[str, bool] | None:
    """
    The light that a published rule shows, and whether the rule states it or leaves a gap there; None where a figure has no answer.

    Parameters
    ----------
    rule
        One of :func:`traffic_light_rules`, or "camms".
    figures
        What the rule looks at: SPI and CPI, CPI, points behind, EAC / baseline, or percent of the period's target.
    thresholds
        Of "camms": on track from, off track below.
    """
def traffic_light_rules() -> list[dict[str, typing.Any]]:
    """
    The published rules: name, source, the figure they look at, and the gaps ``(from, to)`` that they leave open.
    """
def tree_scores(parents: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex], weights: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], scores: collections.abc.Sequence[collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex | None]]) -> list[float | None]:
    """
    The score of each unit: the weighted mean of weighted means; missing leaves leave their weight to their siblings.
    """
def units_complete(done: typing.SupportsFloat | typing.SupportsIndex, planned: typing.SupportsFloat | typing.SupportsIndex) -> float | None:
    """
    Completed or equivalent units, earned standards: done / planned; None where nothing is planned.
    """
def unread(plan: Programme | Portfolio | list[Programme], book: Ledger) -> list[Finding]:
    """
    What of a ledger cannot be read by the programmes: unknown ids and units that do not convert.
    """
def weighted_milestones(weights: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], done: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], *, sum_to_one: bool = False) -> float | None:
    """
    Σ w·done / Σ w, where a share of a milestone is partial credit.

    Raises
    ------
    InvalidOption
        There are no milestones, weights do not match or are negative, or do not add up to 1 where they must.
    """
def winsorised(values: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], skewness: typing.SupportsFloat | typing.SupportsIndex, kurtosis: typing.SupportsFloat | typing.SupportsIndex, most_points: typing.SupportsInt | typing.SupportsIndex) -> tuple[numpy.typing.NDArray[numpy.float64], int, bool]:
    """
    Treated values, how many were replaced, and whether they pass.
    """
def worst_light(parts: collections.abc.Sequence[str]) -> str | None:
    """
    The worst light of the parts; None without parts.
    """
def written(held: typing.SupportsFloat | typing.SupportsIndex, unit: str) -> float:
    """
    The number to write in a unit for a held amount: 0.6 is 60 in %.
    """
def years_between(first: datetime.date | str, last: datetime.date | str) -> float:
    """
    Whole years by the calendar, and the rest as a share of the year it lies in.
    """
__version__: str = '0.1.0'
