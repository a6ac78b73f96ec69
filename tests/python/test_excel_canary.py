"""A canary in every text field of a programme and its observations: it reaches workbooks as text, and comes back unchanged."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attain
import openpyxl
import pytest
from attain.excel import write_template, write_workbook
from attain.excel._sheets import read_sheets
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

CANARIES = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "=cmd|' /C calc'!A0", "+1+1", "-1", "@SUM(A1)", "＝1+1",
    "＠x", "'=1", "''=1", "'); DROP TABLE observation;--", "https://evil.example/?a=1&b=2", "mailto:a@b.c", "file:///etc/passwd",
    "internal:Sheet1!A1", "{=1}",
    "_x0041_", "x005F_", "]]>", "&amp;", "[1]", "{}", "true", "1e5", "00017", "2021-06", "#REF!", "$A$1",
    "\u202etxt", "零‌宽", "𠮷野家",
]  # fmt: skip
IN_NOTES = [*CANARIES, "a\nb", "a\r\nb", "tab\there", "\x01\x02\x1f\x7f", "\x85\u2028", " edges ", "\ufffe\uffff"]
"""A note may hold what a name may not."""


def canaried(plan: attain.Programme, name: str, note: str) -> attain.Programme:
    """The programme with these texts in every field that people write, and in its ids where they may stand."""

    def visit(part: Any) -> None:
        for field, value in list(part.items()):
            if field in ("name", "source", "author", "reason"):
                part[field] = name
            elif field in ("text", "note"):
                part[field] = note
            elif field == "responsible":
                part[field] = [name]
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, dict):
                    visit(child)

    values = plan.to_dict()
    for project in values["projects"]:
        project |= {"responsible": [""], "source": "", "note": ""}
        for target in project["targets"]:
            target |= {"source": "", "author": "", "reason": "", "recorded": "2021-01-01"}
            target.pop("history", None)
    values |= {"source": ""}
    visit(values)
    return attain.Programme.from_dict(values)


def accepted(plan: attain.Programme, name: str, note: str) -> attain.Programme:
    """With the canary in names only if names may hold it."""
    try:
        return canaried(plan, name, note)
    except attain.InvalidProgramme:
        return canaried(plan, "plain", note)


def observations(name: str, note: str) -> attain.Ledger:
    texts = {field: name for field in ("author", "source", "evidence", "stage", "scope", "key")}
    try:
        return attain.Ledger([{"indicator": "lifts", "place": "east", "period": "2021-01", "amount": 1, "note": note, **texts}])
    except attain.InvalidInput:
        return attain.Ledger([{"indicator": "lifts", "place": "east", "period": "2021-01", "amount": 1, "note": note}])


def assert_inert(path: Path) -> None:
    """No formula, no link, nothing outside the package and no markup of our own making in any part."""
    with zipfile.ZipFile(path) as parts:
        for part in parts.namelist():
            xml = parts.read(part).decode("utf-8")
            if part.startswith("xl/worksheets/"):
                assert "<f>" not in xml and "<f " not in xml, part
                assert "<hyperlink" not in xml, part
            assert "<script" not in xml and "<img" not in xml, part
            assert 'TargetMode="External"' not in xml, part
            assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", xml), part
    for sheet in openpyxl.load_workbook(path):
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row), sheet.title


@pytest.mark.parametrize("canary", IN_NOTES)
def test_a_canary_in_every_field_comes_back_and_stays_inert(plan: attain.Programme, tmp_path: Path, canary: str) -> None:
    try:
        alive = accepted(plan, canary, canary)
    except attain.InvalidProgramme:
        alive = canaried(plan, "plain", "plain")
    book = observations(canary, canary)
    write_workbook(tmp_path / "w.xlsx", alive, book)
    write_template(tmp_path / "t.xlsx", alive, book, as_of="2021-10-31")
    assert_inert(tmp_path / "w.xlsx")
    assert_inert(tmp_path / "t.xlsx")
    assert attain.read_programme(tmp_path / "w.xlsx").to_json() == alive.to_json()
    assert attain.read_observations(tmp_path / "w.xlsx").entries() == book.entries()


def test_a_text_that_the_library_would_write_as_another_is_refused(plan: attain.Programme, tmp_path: Path) -> None:
    with pytest.raises(attain.InvalidInput, match="overlapping escapes"):
        write_workbook(tmp_path / "w.xlsx", canaried(plan, "plain", "_x005F_x0041_"))
    assert not (tmp_path / "w.xlsx").exists()


CELL = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(lambda text: "_x" not in text),
    st.integers(-(10**15), 10**15),
    st.booleans(),
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELL, min_size=1, max_size=5), min_size=1, max_size=5))
def test_cells_are_read_as_openpyxl_reads_them(tmp_path: Path, rows: list[list[Any]]) -> None:
    path = tmp_path / "w.xlsx"
    made = openpyxl.Workbook()
    assert made.active is not None
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = made.active.cell(number, column)
            cell.value = value
            cell.data_type = "s" if isinstance(value, str) else cell.data_type
    made.save(path)
    [ours] = read_sheets(str(path)).sheets
    values: dict[str, Callable[[str], Any]] = {"text": str, "truth": {"1": True, "0": False}.__getitem__, "number": int}
    found = {(cell.row, cell.column): values[cell.kind](cell.text) for row in ours.rows.values() for cell in row.values()}
    theirs = openpyxl.load_workbook(path).active
    assert theirs is not None
    cells = [cell for row in theirs.iter_rows() for cell in row if cell.value not in (None, "")]
    assert found == {(cell.row, cell.column): cell.value for cell in cells}
