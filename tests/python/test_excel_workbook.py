"""A programme and its observations as one workbook: what is written is read back, and what is wrong has its cell."""

import datetime
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attain
import openpyxl
import pytest
from attain.excel import write_workbook
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

EXAMPLE_FOLDERS = ["counties-lesson", "guangzhou-2017", "nanchang-2021", "us-goals-fy2022"]


@pytest.fixture
def workbook(plan: attain.Programme, book: attain.Ledger, tmp_path: Path) -> Path:
    """The lesson."""
    write_workbook(tmp_path / "lesson.xlsx", plan, book)
    return tmp_path / "lesson.xlsx"


def edit(path: Path, sheet: str, cell: str, value: Any) -> None:
    """Changes a cell as somebody with another program would."""
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = value
    book.save(path)


def cell_of(path: Path, sheet: str, row_id: str, column: str) -> str:
    """The cell of a field of the part with this id, or of the row whose first cell it is."""
    cells = openpyxl.load_workbook(path)[sheet]
    names = {cell.value: cell.column_letter for cell in cells[1]}
    key = names.get("id", "A")
    [row] = [cell.row for cell in cells[key] if cell.value == row_id]
    return f"{names[column]}{row}"


def problems(path: Path) -> dict[str, str]:
    """What reading the programme refuses, by cell."""
    with pytest.raises(attain.Error) as raised:
        attain.read_programme(path)
    return {
        finding.where.removeprefix(f"{path}!"): f"{finding.code}: {finding.message}"
        for finding in raised.value.findings
        if finding.severity == "error"
    }


@pytest.mark.parametrize("name", EXAMPLE_FOLDERS)
def test_the_examples_come_back_as_they_were(examples: Path, tmp_path: Path, name: str) -> None:
    plan = attain.read_programme(examples / name)
    book = attain.read_observations(examples / name, plan)
    write_workbook(tmp_path / "w.xlsx", plan, book)
    assert attain.read_programme(tmp_path / "w.xlsx").to_json() == plan.to_json()
    assert attain.read_observations(tmp_path / "w.xlsx", plan) == book
    assert attain.check_programme(tmp_path / "w.xlsx") == [] or plan.warnings


def test_another_program_may_save_it(workbook: Path, plan: attain.Programme, book: attain.Ledger) -> None:
    openpyxl.load_workbook(workbook).save(workbook)
    assert attain.read_programme(workbook) == plan
    assert attain.read_observations(workbook, plan) == book


def test_sheets_and_headings_are_those_of_the_files(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    assert book.sheetnames == ["programme", "places", "indicators", "steps", "projects", "targets", "quotas", "observations"]
    assert [cell.value for cell in book["observations"][1]][:3] == ["indicator", "place", "period"]
    assert {"id", "at_least", "window_start", "baseline"} <= {cell.value for cell in book["targets"][1]}


def test_amounts_stand_in_the_unit_of_the_indicator(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    assert book["targets"][cell_of(workbook, "targets", "12.2", "at_least")].value == 90
    names = [cell.value for cell in book["observations"][1]]
    rows = [dict(zip(names, (cell.value for cell in row), strict=True)) for row in book["observations"].iter_rows(min_row=2)]
    [september] = [row for row in rows if row["indicator"] == "buses-on-time" and row["day"] == datetime.datetime(2021, 9, 30)]
    assert september["amount"] == 88
    assert "unit" not in names
    edit(workbook, "targets", cell_of(workbook, "targets", "12.2", "at_least"), 85)
    assert attain.read_programme(workbook).to_dict()["projects"][1]["targets"][1]["aim"] == {"at_least": 0.85}


def test_every_command_takes_a_workbook(workbook: Path, plan: attain.Programme, book: attain.Ledger) -> None:
    now = attain.evaluate(attain.read_programme(workbook), attain.read_observations(workbook, plan), as_of="2021-09-30")
    assert now.targets == attain.evaluate(plan, book, as_of="2021-09-30").targets
    with pytest.raises(attain.InvalidOption, match="programme folder"):
        attain.excel.import_template(workbook, workbook)


ALL_FIELDS: dict[str, Any] = {
    "name": "=SUM(A1)", "text": "[not JSON]", "note": "{neither}", "source": "'=x",
    "cadence": "throughout", "judged": "each_period", "allowed_failed_periods": 1, "window": ("2021-02-01", "2021-11-30"),
    "standard": True, "weight": 2.5, "trajectory": "straight", "recorded": "2021-01-05", "author": "council", "reason": "first",
    "history": [{"recorded": "2021-01-01", "author": "council", "reason": "draft", "aim": {"at_least": 10}}],
}  # fmt: skip


def test_every_field_of_a_target_comes_back(lifts: Callable[..., attain.Programme], tmp_path: Path) -> None:
    plan = lifts(**ALL_FIELDS)
    write_workbook(tmp_path / "w.xlsx", plan)
    assert attain.read_programme(tmp_path / "w.xlsx").to_json() == plan.to_json()


@pytest.mark.parametrize(
    "fields",
    [
        {"aim": attain.between(10, 20)},
        {"aim": attain.about(100, tolerance=0.1)},
        {"aim": attain.at_least(10, change="percent"), "baseline": 5},
        {"trajectory": attain.checkpoints({"2021-06-30": 0.4})},
        {"cadence": attain.every("month")},
        {"aim": attain.at_most(7, strict=True)},
    ],
)
def test_every_kind_of_aim_comes_back(lifts: Callable[..., attain.Programme], tmp_path: Path, fields: dict[str, Any]) -> None:
    plan = lifts(**fields)
    write_workbook(tmp_path / "w.xlsx", plan)
    assert attain.read_programme(tmp_path / "w.xlsx").to_json() == plan.to_json()


def test_nested_projects_come_back(tmp_path: Path) -> None:
    plan = attain.programme(
        id="tree", window=("2021-01-01", "2021-12-31"), indicators=[attain.indicator("a", unit="台", kind="increment")],
        projects=[attain.project("g", group=True, responsible=["one; two", "three"], projects=[
            attain.project("1", responsible=["x", "y"], targets=[attain.target("1.1", indicator="a", aim=attain.at_least(1))]),
            attain.project("2", due="2021-06-30", targets=[attain.target("2.1", indicator="a", aim=attain.at_least(1))])])],
    )  # fmt: skip
    write_workbook(tmp_path / "w.xlsx", plan)
    assert attain.read_programme(tmp_path / "w.xlsx").to_json() == plan.to_json()


# -- what is wrong ---------------------------------------------------------------------------------


def test_what_breaks_a_rule_is_named_by_its_cell(workbook: Path) -> None:
    goal, kind, due = (
        cell_of(workbook, "targets", "1.1", "at_least"),
        cell_of(workbook, "indicators", "lifts", "kind"),
        cell_of(workbook, "steps", "permits", "due"),
    )
    edit(workbook, "targets", goal, "many")
    edit(workbook, "indicators", kind, "incremental")
    edit(workbook, "steps", due, "31 August")
    found = problems(workbook)
    assert set(found) == {f"targets!{goal}", f"indicators!{kind}", f"steps!{due}"}
    assert found[f"targets!{goal}"].startswith("malformed_number: ")
    assert found[f"steps!{due}"].startswith("malformed_date: ")


def test_a_broken_rule_and_a_broken_file_are_told_apart(workbook: Path) -> None:
    edit(workbook, "targets", cell_of(workbook, "targets", "22.2", "part_of"), "22.9")
    with pytest.raises(attain.InvalidProgramme) as raised:
        attain.read_programme(workbook)
    assert raised.value.findings[0].where.endswith(f"targets!{cell_of(workbook, 'targets', '22.2', 'part_of')}")


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "says"),
    [
        ("targets", "1.1", "project", "9", "dangling_id: there is no such project"),
        ("targets", "1.1", "project", None, "missing_field: the row does not say to which project it belongs"),
        ("steps", "permits", "indicator", "service-hal", "dangling_id: there is no such indicator; did you mean \"service-hall\"?"),
        ("targets", "1.2", "history", "[{", "malformed_json: the text is no JSON"),
        ("targets", "1.1", "standard", "perhaps", "malformed: this is neither yes nor no"),
        ("indicators", "lifts", "id", 22.1, "wrong_type: the spreadsheet made a number or a day of the text"),
    ],
)
def test_what_does_not_fit_together_is_named_by_its_cell(
    workbook: Path, sheet: str, row: str, column: str, value: object, says: str
) -> None:
    cell = cell_of(workbook, sheet, row, column)
    edit(workbook, sheet, cell, value)
    assert any(message.startswith(says) for message in problems(workbook).values())


def test_projects_that_lie_within_each_other_are_refused(workbook: Path) -> None:
    edit(workbook, "projects", cell_of(workbook, "projects", "1", "within"), "12")
    edit(workbook, "projects", cell_of(workbook, "projects", "12", "within"), "1")
    assert "cycle: the project lies within itself" in problems(workbook).values()


def test_unknown_and_doubled_headings_are_refused(workbook: Path) -> None:
    edit(workbook, "targets", "C1", "nmae")
    edit(workbook, "targets", "D1", "id")
    edit(workbook, "places", "B1", "名称")
    edit(workbook, "steps", "A1", "Indicator")
    edit(workbook, "quotas", "A1", "目标项")
    found = problems(workbook)
    assert found["targets!C1"] == 'unknown_field: there is no such field; did you mean "name" or "note"?'
    assert found["places!B1"] == 'unknown_field: there is no such field; did you mean "name"?'
    assert found["steps!A1"] == 'unknown_field: there is no such field; did you mean "indicator"?'
    assert found["quotas!A1"] == 'unknown_field: there is no such field; did you mean "target"?'
    assert found["targets!D1"] == "duplicate_field: the column is there twice"


def test_sheets_that_are_missing_are_named(workbook: Path, plan: attain.Programme) -> None:
    book = openpyxl.load_workbook(workbook)
    del book["targets"], book["observations"], book["programme"]
    book.save(workbook)
    with pytest.raises(attain.InvalidInput) as raised:
        attain.read_programme(workbook)
    assert [finding.expected for finding in raised.value.findings if finding.code == "missing_field"][:2] == [
        "a sheet named programme",
        "a sheet named targets",
    ]
    with pytest.raises(attain.InvalidInput, match="a sheet named observations"):
        attain.read_observations(workbook, plan)


def test_observations_are_refused_at_their_cells(workbook: Path, plan: attain.Programme) -> None:
    book = openpyxl.load_workbook(workbook)
    sheet = book["observations"]
    letters = {cell.value: cell.column_letter for cell in sheet[1]}
    sheet[f"{letters['amount']}2"] = "about five"
    sheet[f"{letters['place']}3"] = "estt"
    sheet[f"{letters['period']}4"] = datetime.date(2021, 3, 1)
    sheet["Z5"] = "stray"
    sheet[f"{letters['amount']}6"] = "=1+1"
    book.save(workbook)
    with pytest.raises(attain.InvalidInput) as raised:
        attain.read_observations(workbook, plan)
    found = {finding.where.removeprefix(f"{workbook}!observations!"): finding.code for finding in raised.value.findings}
    assert found == {
        f"{letters['amount']}2": "malformed_number", f"{letters['place']}3": "unknown_place",
        f"{letters['period']}4": "wrong_type",
        "Z5": "unknown_field", f"{letters['amount']}6": "missing_field",
    }  # fmt: skip


def test_hidden_rows_and_columns_count_and_checking_names_them(workbook: Path, plan: attain.Programme) -> None:
    book = openpyxl.load_workbook(workbook)
    book["observations"].row_dimensions[7].hidden = True
    book["targets"].column_dimensions["B"].hidden = True
    book.save(workbook)
    assert attain.read_programme(workbook) == plan
    assert len(attain.read_observations(workbook, plan)) == 111
    found = {finding.where.removeprefix(f"{workbook}!"): str(finding.severity) for finding in attain.check_programme(workbook)}
    assert {"observations!A7": "warning", "targets!B1": "warning"}.items() <= found.items()


def test_an_unknown_heading_of_observations_is_refused_as_in_csv(workbook: Path, plan: attain.Programme) -> None:
    edit(workbook, "observations", "B1", "plaec")
    with pytest.raises(attain.InvalidInput) as raised:
        attain.read_observations(workbook, plan)
    assert raised.value.findings[0].where == f"{workbook}!observations!B1"
    assert raised.value.code == "unknown_field"


def test_headings_of_observations_may_be_chinese(workbook: Path, plan: attain.Programme, book: attain.Ledger) -> None:
    from attain.excel._csv import COLUMNS, column_named

    page = (Path(__file__).resolve().parents[2] / "docs" / "programme-format.md").read_text("utf-8")
    listed = page.partition("In Chinese the columns are named ")[2].partition(", in the")[0].replace(" and ", ", ").split(", ")
    assert [column_named(name) for name in listed] == list(COLUMNS)
    others = re.findall(r"([^\x00-\x7f]+)(?: and ([^\x00-\x7f]+))? for\s`(\w+)`", page.partition("what offices write besides: ")[2])
    assert len(others) == 6
    for *names, column in others:
        assert {column_named(name) for name in names if name} == {column}
        assert column in COLUMNS
    chinese = dict(zip(COLUMNS, listed, strict=True))
    opened = openpyxl.load_workbook(workbook)
    for cell in opened["observations"][1]:
        cell.value = chinese[cell.value]
    opened.save(workbook)
    assert attain.read_observations(workbook, plan) == book
    edit(workbook, "observations", f"{openpyxl.utils.get_column_letter(3)}2", datetime.date(2021, 3, 1))
    with pytest.raises(attain.InvalidInput, match="made a day of the period"):
        attain.read_observations(workbook, plan)


def test_a_key_with_two_contents_is_a_conflict(tmp_path: Path, lifts: Callable[..., attain.Programme]) -> None:
    book = attain.Ledger([{"indicator": "lifts", "period": "2021-01", "amount": 1, "key": "a"}])
    write_workbook(tmp_path / "w.xlsx", lifts(), book)
    opened = openpyxl.load_workbook(tmp_path / "w.xlsx")
    sheet = opened["observations"]
    sheet.append([cell.value for cell in sheet[2]])
    sheet.cell(3, [cell.value for cell in sheet[1]].index("amount") + 1).value = 2
    opened.save(tmp_path / "w.xlsx")
    with pytest.raises(attain.LedgerConflict) as raised:
        attain.read_observations(tmp_path / "w.xlsx", lifts())
    assert raised.value.findings[0].where.startswith(f"{tmp_path / 'w.xlsx'}!observations!")


# -- laws ------------------------------------------------------------------------------------------

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(notes=st.lists(TEXT, min_size=1, max_size=8), amounts=st.lists(st.floats(-1e12, 1e12), min_size=8, max_size=8))
def test_any_note_and_amount_comes_back(tmp_path: Path, notes: list[str], amounts: list[float]) -> None:
    rows: list[Any] = [
        {"indicator": "a", "period": f"2021-0{i + 1}", "amount": x, "note": note}
        for i, (note, x) in enumerate(zip(notes, amounts))
    ]
    book = attain.Ledger(rows)
    plan = attain.programme(
        id="p", window=("2021-01-01", "2021-12-31"),
        indicators=[attain.indicator("a", unit="台", kind="increment", period="month")],
        projects=[attain.project("1", targets=[attain.target("1.1", indicator="a", aim=attain.at_least(1))])],
    )  # fmt: skip
    write_workbook(tmp_path / "w.xlsx", plan, book)
    assert [(row["note"], row["amount"]) for row in attain.read_observations(tmp_path / "w.xlsx", plan).entries()] == [
        (row["note"], row["amount"]) for row in book.entries()
    ]


def test_text_that_is_too_long_for_a_cell_is_refused(tmp_path: Path, lifts: Callable[..., attain.Programme]) -> None:
    book = attain.Ledger([{"indicator": "lifts", "period": "2021-01", "amount": 1, "note": "x" * 32_768}])
    with pytest.raises(attain.InvalidInput, match="too long for a cell"):
        write_workbook(tmp_path / "w.xlsx", lifts(), book)
    assert not (tmp_path / "w.xlsx").exists()
