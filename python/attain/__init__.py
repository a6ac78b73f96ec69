"""How far published commitments have come, and why.

    import attain

    plan = attain.read_programme("examples/counties-lesson")
    book = attain.read_observations("examples/counties-lesson", plan)
    now = attain.evaluate(plan, book, as_of="2021-09-30")

    now                          # a table
    now["22.1"].status           # one word, or None and the reason
    now["22.1"].explain()        # how it came about
    now.to_polars()

A programme is what was promised, a ledger what was reported, an evaluation what follows from both as of a day. Programmes are read from
files or made by :func:`programme` and the functions of :mod:`attain.constructors`.
"""

import sys as _sys

try:
    from attain import _core
except ImportError as problem:
    raise ImportError(
        f"attain is installed, but its compiled part cannot be loaded by Python {_sys.version.split()[0]} on {_sys.platform}: {problem}. "
        "Installing it again, from where it came, usually helps: python -m pip install --force-reinstall FOLDER_OR_WHEEL"
    ) from problem

from attain import (
    aggregate,
    answers,
    constructors,
    control,
    custom,
    errors,
    excel,
    firmness,
    growth,
    normalise,
    outliers,
    specs,
    weights,
)
from attain._core import (
    Batch,
    Change,
    Changes,
    Column,
    Comparison,
    Decision,
    Dhis2Results,
    EarnedValue,
    Evaluation,
    Explanation,
    ExplanationStep,
    Finding,
    GoalChange,
    IatiResults,
    Ledger,
    LedgerStore,
    MethodSpec,
    Portfolio,
    Programme,
    ProjectResult,
    QualityReport,
    Reason,
    Severity,
    SnapshotInfo,
    StepInput,
    StepKind,
    StepOperation,
    StoredEntry,
    Table,
    TargetResult,
    Tracker,
    __version__,
    built_in_methods,
    compare,
    find_method,
    parse_amount,
    parse_date,
    parse_number,
    parse_period,
)
from attain._display import show, text_table
from attain._evaluate import evaluate, history
from attain._exchange import read_dhis2, read_iati, to_dhis2, to_iati
from attain._files import (
    check,
    check_programme,
    inspect_snapshot,
    load_snapshot,
    open_ledger,
    read_method,
    read_observations,
    read_programme,
    save_snapshot,
)
from attain._paths import get_cmake_dir, get_include, get_schema_dir
from attain._quality import quality
from attain._report import Report, report
from attain.constructors import (
    about,
    alias,
    at_least,
    at_most,
    between,
    bonus,
    ceiling,
    checkpoints,
    deduction,
    dimension,
    earlier,
    every,
    fail,
    falls,
    grade_ceiling,
    indicator,
    logistic,
    place,
    programme,
    project,
    rises,
    roll_up,
    seasonal,
    step,
    step_on,
    target,
    veto,
    weights_by,
    worst_status,
)
from attain.custom import JudgedColumns, Method
from attain.errors import Error, InvalidInput, InvalidOption, InvalidProgramme, LedgerConflict, StoreError, UnknownId

__all__ = [
    "Batch",
    "Change",
    "Changes",
    "Column",
    "Comparison",
    "Decision",
    "Dhis2Results",
    "EarnedValue",
    "Error",
    "Evaluation",
    "Explanation",
    "ExplanationStep",
    "Finding",
    "GoalChange",
    "IatiResults",
    "InvalidInput",
    "InvalidOption",
    "InvalidProgramme",
    "JudgedColumns",
    "Ledger",
    "LedgerConflict",
    "LedgerStore",
    "Method",
    "MethodSpec",
    "Portfolio",
    "Programme",
    "ProjectResult",
    "QualityReport",
    "Reason",
    "Report",
    "Severity",
    "SnapshotInfo",
    "StepInput",
    "StepKind",
    "StepOperation",
    "StoreError",
    "StoredEntry",
    "Table",
    "TargetResult",
    "Tracker",
    "UnknownId",
    "__version__",
    "about",
    "aggregate",
    "alias",
    "answers",
    "at_least",
    "at_most",
    "between",
    "bonus",
    "built_in_methods",
    "ceiling",
    "check",
    "check_programme",
    "checkpoints",
    "compare",
    "constructors",
    "control",
    "custom",
    "deduction",
    "dimension",
    "earlier",
    "errors",
    "evaluate",
    "every",
    "excel",
    "fail",
    "falls",
    "find_method",
    "firmness",
    "get_cmake_dir",
    "get_include",
    "get_schema_dir",
    "grade_ceiling",
    "growth",
    "history",
    "indicator",
    "inspect_snapshot",
    "load_snapshot",
    "logistic",
    "normalise",
    "open_ledger",
    "outliers",
    "parse_amount",
    "parse_date",
    "parse_number",
    "parse_period",
    "place",
    "programme",
    "project",
    "quality",
    "read_dhis2",
    "read_iati",
    "read_method",
    "read_observations",
    "read_programme",
    "report",
    "rises",
    "roll_up",
    "save_snapshot",
    "seasonal",
    "show",
    "specs",
    "step",
    "step_on",
    "target",
    "text_table",
    "to_dhis2",
    "to_iati",
    "veto",
    "weights",
    "weights_by",
    "worst_status",
]


def __dir__() -> list[str]:
    return __all__
