"""The files of tests/bad_input are refused by the package as they are by the library: same codes, places and messages."""

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attain
import pyarrow
import pytest
from attain import _core

FOLDER = Path(__file__).resolve().parents[1] / "bad_input"
ARROW_KINDS: dict[str, Any] = {
    "word": pyarrow.string(),
    "number": pyarrow.float64(),
    "day": pyarrow.date32(),
    "flag": pyarrow.bool_(),
    "count": pyarrow.int32(),
}


def plan_of_observations() -> attain.Programme:
    return attain.read_programme(FOLDER / "csv" / "programme.json")


def within_file(findings: list[attain.Finding], path: Path) -> list[attain.Finding]:
    """The same as of a text: without the name of the file where places are told."""

    def without(text: str) -> str:
        return text.replace(f"{path}:", "")

    return [attain.Finding(code=f.code, message=without(f.message), where=without(f.where)) for f in findings]


def refused_by(read: Callable[[], object]) -> list[attain.Finding]:
    try:
        read()
    except attain.Error as refused:
        return refused.findings
    return []


def of_programme(data: bytes) -> list[attain.Finding]:
    return refused_by(lambda: attain.Programme.from_json(data)) or _core.check_programme(data, "")


def of_table(data: bytes) -> list[attain.Finding]:
    told = json.loads(data)
    arrays, fields = [], []
    for column in told["columns"]:
        values = column["values"]
        if column["kind"] == "day":
            values = [value and datetime.date.fromisoformat(value) for value in values]
        arrays.append(pyarrow.array(values, type=ARROW_KINDS[column["kind"]]))
        fields.append(pyarrow.field(column["name"], ARROW_KINDS[column["kind"]]))
    table = pyarrow.Table.from_arrays(arrays, schema=pyarrow.schema(fields))
    plan = plan_of_observations() if told["with_programme"] else None
    return refused_by(lambda: attain.Ledger.from_arrow(table, plan))


def of_iati(path: Path) -> list[attain.Finding]:
    found: list[attain.Finding] = []
    refused = refused_by(lambda: found.extend(attain.read_iati(path).findings))
    return within_file(refused or found, path)


def of_dhis2(path: Path) -> list[attain.Finding]:
    return within_file(refused_by(lambda: attain.read_dhis2(path, plan_of_observations())), path)


def line_in(data: bytes) -> str:
    return data.decode("utf-8").removesuffix("\n")


FILES: dict[str, Callable[[Path], list[attain.Finding]]] = {"iati": of_iati, "dhis2": of_dhis2}
TEXTS: dict[str, Callable[[bytes], list[attain.Finding]]] = {
    "json": of_programme,
    "programme": of_programme,
    "csv": lambda data: refused_by(lambda: _core.ledger_from_csv(data, plan_of_observations())),
    "method": lambda data: refused_by(lambda: attain.MethodSpec.from_json(data)),
    "table": of_table,
    "number": lambda data: refused_by(lambda: attain.parse_number(line_in(data))),
    "date": lambda data: refused_by(lambda: attain.parse_date(line_in(data))),
    "period": lambda data: refused_by(lambda: attain.parse_period(line_in(data))),
}


def inputs() -> list[Path]:
    found = [path for kind in (*TEXTS, *FILES) for path in sorted((FOLDER / kind).iterdir()) if path.suffix != ".expected"]
    return [path for path in found if path.with_suffix(".expected").exists()]


def test_there_are_at_least_500_files() -> None:
    assert len(inputs()) >= 500


@pytest.mark.parametrize("path", inputs(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_bad_file_is_refused_as_in_cpp(path: Path) -> None:
    kind = path.parent.name
    findings = FILES[kind](path) if kind in FILES else TEXTS[kind](path.read_bytes())
    lines = [f"{finding.code} {finding.where or '-'} {finding.message}" for finding in findings]
    expected = path.with_suffix(".expected").read_text("utf-8").removesuffix("\n").split("\n")
    if "…" in expected:
        at = expected.index("…")
        rest = len(expected) - at - 1
        assert len(lines) >= at + rest
        lines = lines[:at] + ["…"] + (lines[-rest:] if rest else [])
    assert len(lines) == len(expected)
    for line, beginning in zip(lines, expected, strict=True):
        assert line.startswith(beginning)
