"""Templates: what is asked, how the workbook looks to the programme that opens it, and that text stays text."""

import datetime
import hashlib
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attain
import openpyxl
import pytest
from attain.excel import find_due, write_template
from attain.excel._sheets import read_sheets

HEADER_ROW = 6


def asked(plan: attain.Programme, book: attain.Ledger, as_of: str, **options: Any) -> list[tuple[str, str, str]]:
    return [(one.indicator, one.place, one.about) for one in find_due(plan, book, as_of=as_of, **options)]


def rows_of(path: Path, sheet: str = "Report") -> list[dict[str, Any]]:
    """The table of a template, by heading, as openpyxl sees it."""
    cells = openpyxl.load_workbook(path)[sheet]
    names = [cell.value for cell in cells[HEADER_ROW]]
    return [dict(zip(names, (cell.value for cell in row), strict=True)) for row in cells.iter_rows(min_row=HEADER_ROW + 1)]


# -- what is due -----------------------------------------------------------------------------------


def test_what_was_reported_is_not_asked_again(plan: attain.Programme, book: attain.Ledger) -> None:
    asked_for = asked(plan, book, "2021-09-30")
    assert ("lifts", "east", "2021-09") not in asked_for
    assert ("lifts", "east", "2021-10") not in asked_for
    assert ("lifts", "lake", "2021-09") in asked_for


def test_a_period_is_asked_for_on_its_last_day_and_not_before(lifts: Callable[..., attain.Programme]) -> None:
    empty = attain.Ledger()
    assert asked(lifts(), empty, "2021-01-30") == []
    assert asked(lifts(), empty, "2021-01-31") == [("lifts", "all", "2021-01")]


def test_earlier_periods_that_nobody_reported_are_overdue(lifts: Callable[..., attain.Programme]) -> None:
    book = attain.Ledger([{"indicator": "lifts", "period": "2021-02", "amount": 1}])
    due = find_due(lifts(), book, as_of="2021-04-30")
    assert [(one.about, one.is_overdue) for one in due] == [("2021-01", True), ("2021-03", True), ("2021-04", False)]
    assert [one.about for one in find_due(lifts(), book, as_of="2021-04-30", latest_only=True)] == ["2021-04"]


def test_an_earlier_period_is_overdue_although_the_latest_was_reported(lifts: Callable[..., attain.Programme]) -> None:
    book = attain.Ledger([{"indicator": "lifts", "period": f"2021-0{month}", "amount": 1} for month in (1, 3)])
    assert [(one.about, one.is_overdue) for one in find_due(lifts(), book, as_of="2021-03-31")] == [("2021-02", True)]


def test_an_indicator_without_a_period_is_asked_for_the_time_or_the_day() -> None:
    plan = attain.programme(
        id="p",
        window=("2021-01-01", "2021-12-31"),
        indicators=[attain.indicator("homes", unit="套", kind="increment"), attain.indicator("insured", unit="人", kind="level")],
        projects=[
            attain.project("1", targets=[attain.target("1.1", indicator="homes", aim=attain.at_least(9))]),
            attain.project("2", targets=[attain.target("2.1", indicator="insured", aim=attain.at_least(9))]),
        ],
    )
    book = attain.Ledger([{"indicator": "homes", "period": "2021Q1", "amount": 5}])
    book.append(indicator="insured", day="2021-03-31", amount=5)
    assert asked(plan, book, "2021-03-31") == []
    assert asked(plan, book, "2021-06-30") == [("homes", "all", "2021H1"), ("insured", "all", "2021-06-30")]


def test_a_period_is_reported_by_what_covers_it_or_tiles_it(lifts: Callable[..., attain.Programme]) -> None:
    quarter = attain.Ledger([{"indicator": "lifts", "period": "2021Q1", "amount": 3}])
    assert asked(lifts(), quarter, "2021-03-31") == []
    halves = attain.Ledger(
        [
            {"indicator": "lifts", "period": "2021-01-01/2021-01-15", "amount": 3},
            {"indicator": "lifts", "period": "2021-01-16/2021-01-31", "amount": 3},
        ]
    )
    assert asked(lifts(), halves, "2021-01-31") == []


def test_a_withdrawn_report_is_asked_for_again_r1(lifts: Callable[..., attain.Programme]) -> None:
    book = attain.Ledger([{"indicator": "lifts", "period": "2021-01", "amount": 3, "recorded": "2021-02-01"}])
    book.append(indicator="lifts", period="2021-01", withdrawn=True, recorded="2021-03-01")
    assert asked(lifts(), book, "2021-01-31") == [("lifts", "all", "2021-01")]


def test_reports_of_another_stage_are_none_of_what_is_asked_r12() -> None:
    plan = attain.programme(
        id="homes",
        window="2021",
        indicators=[attain.indicator("homes", unit="套", kind="increment", period="month", stage="built", scope="city")],
        projects=[attain.project("1", targets=[attain.target("1.1", indicator="homes", aim=attain.at_least(10))])],
    )
    book = attain.Ledger([
        {"indicator": "homes", "period": "2021-01", "amount": 5, "stage": "begun"},
        {"indicator": "homes", "period": "2021-02", "amount": 5, "stage": "built", "recorded": "2021-03-01"},
        {"indicator": "homes", "period": "2021-02", "withdrawn": True, "stage": "begun", "recorded": "2021-03-02"},
        {"indicator": "homes", "period": "2021-03", "amount": 5, "scope": "county"},
        {"indicator": "homes", "period": "2021-04", "amount": 5},
    ])  # fmt: skip
    assert asked(plan, book, "2021-04-30") == [("homes", "all", "2021-01"), ("homes", "all", "2021-03")]


def test_all_categories_of_a_complete_dimension_are_a_report_r10() -> None:
    sexes = {"id": "sex", "categories": ["f", "m"], "complete": True}
    ages = {"id": "age", "categories": ["young", "old"]}

    def plan_of(**fields: Any) -> attain.Programme:
        return attain.programme(
            id="courses",
            window="2021",
            indicators=[attain.indicator("courses", unit="人次", period="month", dimensions=[sexes, ages], **fields)],
            projects=[attain.project("1", targets=[attain.target("1.1", indicator="courses", aim=attain.at_least(10), baseline=0)])],
        )

    book = attain.Ledger([
        {"indicator": "courses", "period": period, "amount": 5, "dimensions": {dimension: category}}
        for period, dimension, category in [
            ("2021-01", "sex", "f"), ("2021-01", "sex", "m"), ("2021-02", "sex", "m"), ("2021-03", "age", "young"), ("2021-03", "age", "old"),
        ]
    ])  # fmt: skip
    assert [about for _, _, about in asked(plan_of(kind="increment"), book, "2021-03-31")] == ["2021-02", "2021-03"]
    assert [about for _, _, about in asked(plan_of(kind="level"), book, "2021-01-31")] == ["2021-01-31"]  # of which nothing is summed
    assert asked(plan_of(kind="level", across_places="sum"), book, "2021-01-31") == []


def test_levels_and_running_totals_are_asked_for_once_as_of_the_end_of_the_period(plan: attain.Programme) -> None:
    asked_for = asked(plan, attain.Ledger(), "2021-09-30")
    assert [one for one in asked_for if one[0] == "centres"] == [("centres", "city", "2021-09-30")]
    assert [one for one in asked_for if one[0] == "insured"] == [("insured", "city", "2021-09-30")]


def test_a_hold_judged_in_each_period_asks_for_each_period(plan: attain.Programme) -> None:
    asked_for = asked(plan, attain.Ledger(), "2021-03-31")
    assert [one[2] for one in asked_for if one[0] == "buses-on-time"] == ["2021-01-31", "2021-02-28", "2021-03-31"]


def test_a_number_is_asked_where_its_quotas_are_or_where_it_was_reported_before(
    plan: attain.Programme, book: attain.Ledger
) -> None:
    asked_for = asked(plan, book, "2021-12-31", latest_only=True)
    assert [place for indicator, place, _ in asked_for if indicator == "lifts"] == ["east", "west", "north", "south", "lake"]
    assert [place for indicator, place, _ in asked_for if indicator == "insured"] == [
        "east",
        "west",
        "north",
        "south",
        "lake",
        "hill",
    ]
    assert [place for indicator, place, _ in asked_for if indicator == "overtime"] == ["city"]


def test_a_ratio_asks_for_both_sides_and_a_shared_number_once(plan: attain.Programme) -> None:
    due = find_due(plan, attain.Ledger(), as_of="2021-03-31")
    assert "placed-share" not in {one.indicator for one in due}
    [trained] = [one for one in due if one.indicator == "trained" and one.place == "city"] or [None]
    assert trained is not None
    assert trained.targets == ("22.3",)
    [east] = [one for one in due if one.indicator == "trained" and one.place == "east"]
    assert east.targets == ("22.1",)


def test_a_level_that_is_weighted_across_places_asks_for_its_weights_there() -> None:
    plan = attain.programme(
        id="waiting",
        window=("2021-01-01", "2021-12-31"),
        places=[attain.place("city"), attain.place("east", within="city"), attain.place("west", within="city")],
        indicators=[
            attain.indicator("visits", unit="人次", kind="increment", period="quarter"),
            attain.indicator("wait", unit="分钟", kind="level", period="quarter", across_places="weighted_mean", weighted_by="visits"),
        ],
        projects=[attain.project("1", targets=[attain.target("1.1", indicator="wait", aim=attain.at_most(15), baseline=25)])],
    )
    assert asked(plan, attain.Ledger(), "2021-03-31") == [("wait", "city", "2021-03-31")]
    book = attain.Ledger()
    for place in ("east", "west"):
        book.append(indicator="wait", place=place, day="2021-03-31", amount=20)
    assert asked(plan, book, "2021-03-31") == [("visits", "east", "2021Q1"), ("visits", "west", "2021Q1")]
    book.append(indicator="visits", place="east", period="2021Q1", amount=900)
    book.append(indicator="visits", place="west", period="2021Q1", amount=300)
    assert asked(plan, book, "2021-03-31") == []


def test_steps_are_asked_until_they_are_done(plan: attain.Programme, book: attain.Ledger) -> None:
    steps = [one.step for one in find_due(plan, book, as_of="2021-10-31") if one.indicator == "service-hall"]
    assert steps == ["permits", "building", "opening"]


def test_place_and_unit_limit_what_is_asked(plan: attain.Programme) -> None:
    assert {place for _, place, _ in asked(plan, attain.Ledger(), "2021-09-30", place="east")} == {"east"}
    values = plan.to_dict()
    values["projects"][0]["responsible"] = ["housing office"]
    mine = attain.Programme.from_dict(values)
    assert {indicator for indicator, _, _ in asked(mine, attain.Ledger(), "2021-09-30", responsible="housing office")} == {
        "lifts",
        "centres",
    }


def test_the_unit_of_a_project_is_that_of_those_below_that_name_no_other() -> None:
    """As a report says it."""

    def below(id: str, **fields: Any) -> Any:
        return attain.project(id, targets=[attain.target(f"{id}.1", indicator=f"i{id}", aim=attain.at_least(12))], **fields)

    plan = attain.programme(
        id="small",
        window=("2021-01-01", "2021-12-31"),
        indicators=[attain.indicator(f"i{id}", kind="increment", unit="km", period="month") for id in "12"],
        projects=[attain.project("0", responsible=["roads"], projects=[below("1"), below("2", responsible=["bridges"])])],
    )
    for unit, indicator in (("roads", "i1"), ("bridges", "i2")):
        assert [due.indicator for due in find_due(plan, attain.Ledger(), as_of="2021-01-31", responsible=unit)] == [indicator]
    reported = attain.report(attain.evaluate(plan, attain.Ledger(), as_of="2021-01-31"))._content
    assert [project.responsible for project in reported.projects] == [["roads"], ["roads"], ["bridges"]]


def test_nothing_is_asked_before_a_window_and_nothing_after_it(plan: attain.Programme) -> None:
    assert asked(plan, attain.Ledger(), "2020-12-31") == []
    assert {
        about for indicator, _, about in asked(plan, attain.Ledger(), "2022-06-30", latest_only=True) if indicator == "lifts"
    } == {"2021-12"}


# -- the workbook ----------------------------------------------------------------------------------


def test_a_row_shows_the_question_and_the_last_value(plan: attain.Programme, book: attain.Ledger, tmp_path: Path) -> None:
    count = write_template(tmp_path / "r.xlsx", plan, book, as_of="2021-10-31")
    rows = rows_of(tmp_path / "r.xlsx")
    assert len(rows) == count > 0
    [row] = [row for row in rows if row["Place"] == "East County" and row["Target"] == "1.1"]
    assert row["Project"] == "1 Homes for all ages"
    assert row["What was promised"] == "Add 160 lifts to old houses"
    assert row["What to report"] == "amount of this period alone"
    assert (row["Period or day"], row["Unit"]) == ("2021-10", "lifts")
    assert (row["Last value"], row["Last value of"]) == (6, "2021-09")
    assert (row["Value"], row["Note"]) == (None, None)


def test_percentages_are_shown_as_they_are_written(plan: attain.Programme, book: attain.Ledger, tmp_path: Path) -> None:
    write_template(tmp_path / "r.xlsx", plan, book, as_of="2021-10-31")
    [row] = [row for row in rows_of(tmp_path / "r.xlsx") if row["Target"] == "12.2"]
    assert (row["Last value"], row["Unit"]) == (88, "%")


@pytest.mark.parametrize(("reported", "shown"), [("97–99", "97–99"), ("90余", "90余"), ("近95", "近95")])
def test_intervals_are_shown_in_the_unit_of_the_row(plan: attain.Programme, tmp_path: Path, reported: str, shown: str) -> None:
    book = attain.Ledger([{"indicator": "buses-on-time", "day": "2021-09-30", "amount": reported}], plan)
    write_template(tmp_path / "r.xlsx", plan, book, as_of="2021-10-31", latest_only=True)
    [row] = [row for row in rows_of(tmp_path / "r.xlsx") if row["Target"] == "12.2"]
    assert row["Last value"] == shown


def test_a_number_reported_at_the_place_itself_is_asked_there(plan: attain.Programme) -> None:
    whole = {"indicator": "insured", "place": "city", "day": "2021-03-31", "amount": 1}
    part = {"indicator": "insured", "place": "east", "day": "2021-03-31", "amount": 1}
    for rows, place in (([whole, part], "city"), ([part], "east")):
        asked_for = asked(plan, attain.Ledger(rows), "2021-06-30")
        assert [one[1] for one in asked_for if one[0] == "insured"] == [place]


def test_only_the_cells_to_fill_are_unlocked(plan: attain.Programme, book: attain.Ledger, tmp_path: Path) -> None:
    write_template(tmp_path / "r.xlsx", plan, book, as_of="2021-10-31")
    book_in = openpyxl.load_workbook(tmp_path / "r.xlsx")
    sheet = book_in["Report"]
    assert all(one.protection.sheet for one in book_in)
    names = {cell.column_letter: cell.value for cell in sheet[HEADER_ROW]}
    unlocked = {
        names[cell.column_letter] for row in sheet.iter_rows(min_row=HEADER_ROW + 1) for cell in row if not cell.protection.locked
    }
    assert unlocked == {"Value", "No value because", "Note", "Evidence"}
    assert [cell.coordinate for row in sheet.iter_rows(max_row=HEADER_ROW) for cell in row if not cell.protection.locked] == [
        "D3",
        "D4",
    ]


def test_the_sheet_can_be_read_and_printed(plan: attain.Programme, book: attain.Ledger, tmp_path: Path) -> None:
    write_template(tmp_path / "r.xlsx", plan, book, as_of="2021-10-31")
    book_in = openpyxl.load_workbook(tmp_path / "r.xlsx")
    sheet = book_in["Report"]
    assert sheet.freeze_panes == "C7"
    assert sheet.column_dimensions["A"].hidden
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$6:$6"
    assert {one.title: one.sheet_state for one in book_in} == {
        "Report": "visible", "How to fill in": "visible", "choices": "hidden", "attain": "veryHidden",
    }  # fmt: skip


def test_values_have_drop_downs_or_number_checks(plan: attain.Programme, book: attain.Ledger, tmp_path: Path) -> None:
    write_template(tmp_path / "r.xlsx", plan, book, as_of="2021-10-31")
    book_in = openpyxl.load_workbook(tmp_path / "r.xlsx")
    sheet = book_in["Report"]
    assert {rule.type for rule in sheet.data_validations.dataValidation} == {"list", "decimal", "date"}
    [permits] = [row[0].row for row in sheet.iter_rows(min_row=HEADER_ROW + 1) if "/permits" in row[0].value]
    rules = sheet.data_validations.dataValidation
    [rule] = [
        rule for rule in rules for ranged in rule.sqref.ranges if (permits, 11) in [(cell[0], cell[1]) for cell in ranged.cells]
    ]
    column = rule.formula1.split("$")[1]
    assert [cell.value for cell in book_in["choices"][column]][:2] == ["done", "open"]


def test_the_same_programme_gives_the_same_bytes(plan: attain.Programme, book: attain.Ledger, tmp_path: Path) -> None:
    digests = set()
    for name in ("a.xlsx", "b.xlsx"):
        write_template(tmp_path / name, plan, book, as_of="2021-10-31")
        digests.add(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert len(digests) == 1


def test_chinese_templates(examples: Path, tmp_path: Path) -> None:
    plan = attain.read_programme(examples / "nanchang-2021")
    book = attain.read_observations(examples / "nanchang-2021", plan)
    assert write_template(tmp_path / "r.xlsx", plan, book, as_of=datetime.date(2021, 9, 30), language="zh") > 50
    rows = rows_of(tmp_path / "r.xlsx", "填报表")
    assert {"目标编号", "本次数值", "单位"} <= set(rows[0])
    assert any("电梯" in row["目标内容"] for row in rows)
    with pytest.raises(attain.InvalidOption, match="zh or en"):
        write_template(tmp_path / "r.xlsx", plan, as_of="2021-09-30", language="german")


def test_a_share_of_the_goal_is_told_in_the_language_of_the_template(
    lifts: Callable[..., attain.Programme], tmp_path: Path
) -> None:
    book = attain.Ledger([{"indicator": "lifts", "period": "2021-01", "amount": 0.1, "form": "share_of_goal"}])
    for language, sheet, heading, told in (
        ("en", "Report", "Last value", "10.0% of the goal"),
        ("zh", "填报表", "上次数值", "目标的10.0%"),
    ):
        write_template(tmp_path / "r.xlsx", lifts(), book, as_of="2021-02-28", language=language)
        assert [row[heading] for row in rows_of(tmp_path / "r.xlsx", sheet)] == [told]


# -- text stays text -------------------------------------------------------------------------------

CANARIES = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "＝1+1", "<script>alert(1)</script>", "'); DROP TABLE x;--", "http://evil.example/",
            "mailto:a@b.c", "{=1}", "_x0041_", "x005F_", "a & b ]]>", "'=1", " space "]  # fmt: skip


@pytest.mark.parametrize("canary", CANARIES)
def test_no_text_of_a_programme_becomes_a_formula_or_a_link(
    canary: str, lifts: Callable[..., attain.Programme], tmp_path: Path
) -> None:
    values = lifts(text=canary, name=canary).to_dict()
    values["name"] = canary
    values["projects"][0]["name"] = canary
    values["places"] = [{"id": "all", "name": canary}]
    write_template(tmp_path / "r.xlsx", attain.Programme.from_dict(values), as_of="2021-01-31")
    with zipfile.ZipFile(tmp_path / "r.xlsx") as parts:
        for name in parts.namelist():
            text = parts.read(name).decode("utf-8") if name.startswith("xl/") else ""
            assert "<f>" not in text.replace("<formula1>", ""), name
            assert "hyperlink" not in text.lower(), name
    sheet = read_sheets(str(tmp_path / "r.xlsx")).find("Report")
    assert sheet is not None
    row = sheet.rows[HEADER_ROW + 1]
    assert (row[4].text, row[5].text) == (canary, canary)
