"""Filled templates: what comes in, what is refused and where, and that nothing comes in by halves or twice."""

import csv
import datetime
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import attain
import openpyxl
import pytest

EAST = "lifts/east/2021-10"
WEST = "lifts/west/2021-10"
BUSES = "buses-on-time/"
PERMITS = "service-hall/city/2021-10-31/permits"


def new_rows(folder: Path) -> list[dict[str, str]]:
    """The rows of observations.csv that the import added: those with a key."""
    with open(folder / "observations.csv", encoding="utf-8", newline="") as opened:
        return [row for row in csv.DictReader(opened) if row.get("key")]


def test_what_an_office_fills_in_becomes_observations(office: Any) -> None:
    office.sign()
    office.fill(EAST, 7)
    office.fill(EAST, "checked twice", "Note")
    office.fill(EAST, "file 17", "Evidence")
    office.fill(WEST, "withheld", "No value because")
    office.fill(BUSES, 92.5)
    office.fill(PERMITS, "done")
    done = office.send()
    assert (done.added, done.already_there, done.warnings) == (4, 0, [])
    plan = attain.read_programme(office.folder)
    book = attain.read_observations(office.folder, plan)
    [east] = [row for row in book.entries("lifts", "east") if "key" in row]
    assert east["amount"] == 7
    assert (east["start"], east["end"]) == (datetime.date(2021, 10, 1), datetime.date(2021, 10, 31))
    assert (east["recorded"], east["author"]) == (datetime.date(2021, 11, 5), "Li Hua")
    assert (east["note"], east["evidence"], east["key"]) == ("checked twice", "file 17", f"2021-10-31 {EAST}")
    [west] = [row for row in book.entries("lifts", "west") if "key" in row]
    assert str(west["missing"]) == "withheld"
    now = attain.evaluate(plan, book, as_of="2021-10-31")
    assert now["1.1", "east"].reading == 53
    assert now["26.2"].attainment == 0.375
    [buses] = [row for row in book.entries("buses-on-time") if "key" in row]
    assert buses["amount"] == 0.925


def test_rows_are_appended_under_chinese_headings(office: Any) -> None:
    file = office.folder / "observations.csv"
    english = "indicator,place,period,day,step,amount,missing,withdrawn,recorded,note"
    text = file.read_text("utf-8")
    assert text.startswith(english + "\n")
    file.write_text(text.replace(english, "指标,地区,报告期,日期,步骤,数量,无数值的原因,撤回,记录日期,备注", 1), "utf-8")
    office.sign()
    office.fill(EAST, 7)
    assert office.send().added == 1
    heading, *rows = file.read_text("utf-8").splitlines()
    assert heading == "指标,地区,报告期,日期,步骤,数量,无数值的原因,撤回,记录日期,备注,单位,填报人,唯一键"
    assert rows[-1].startswith("lifts,east,2021-10,")
    [row] = [row for row in attain.read_observations(office.folder).entries("lifts", "east") if "key" in row]
    assert (row["amount"], row["author"]) == (7, "Li Hua")
    assert office.send().already_there == 1


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        (7, 7),
        (7.0, 7),
        ("7", 7),
        ("1,200", 1200),
        ("5.85万", 58500),
        ("１３９", 139),
        (" 12 ", 12),
        ("12 lifts", 12),
        (1e3, 1000),
        (0, 0),
    ],
)
def test_amounts_are_read_by_the_one_parser(office: Any, written: object, amount: float) -> None:
    office.sign()
    office.fill(EAST, written)
    office.send()
    [row] = [row for row in attain.read_observations(office.folder).entries("lifts", "east") if "key" in row]
    assert row["amount"] == amount


def test_a_cell_shown_in_percent_is_what_it_shows(office: Any) -> None:
    office.sign()
    office.fill(BUSES, 0.07)
    office.cell(BUSES).number_format = "0.00%"
    office.send()
    assert [row["amount"] for row in new_rows(office.folder)] == ["7%"]
    plan = attain.read_programme(office.folder)
    [row] = [row for row in attain.read_observations(office.folder, plan).entries("buses-on-time") if "key" in row]
    assert row["amount"] == 0.07


def test_importing_twice_adds_nothing(office: Any) -> None:
    office.sign()
    office.fill(EAST, 7)
    assert office.send().added == 1
    once = (office.folder / "observations.csv").read_bytes()
    again = office.send()
    assert (again.added, again.already_there) == (0, 1)
    assert (office.folder / "observations.csv").read_bytes() == once


def test_another_content_under_the_same_row_is_a_conflict(office: Any) -> None:
    office.sign()
    office.fill(EAST, 7)
    office.send()
    office.fill(EAST, 8)
    office.book.save(office.path)
    with pytest.raises(attain.LedgerConflict) as raised:
        office.send()
    assert raised.value.code == "key_conflict"
    assert raised.value.findings[0].where.startswith(f"{office.path}!Report!")
    assert [row["amount"] for row in new_rows(office.folder)] == ["7"]


def test_a_dry_run_writes_nothing(office: Any) -> None:
    before = (office.folder / "observations.csv").read_bytes()
    office.sign()
    office.fill(EAST, 7)
    assert office.send(dry_run=True).added == 1
    assert (office.folder / "observations.csv").read_bytes() == before


def test_what_was_there_stays_byte_for_byte(office: Any) -> None:
    before = (office.folder / "observations.csv").read_text("utf-8").splitlines()
    office.sign()
    office.fill(EAST, 7)
    office.send()
    after = (office.folder / "observations.csv").read_text("utf-8").splitlines()
    more = after[0].removeprefix(before[0])
    assert after[0] == before[0] + more
    assert after[1 : len(before)] == [line + "," * more.count(",") for line in before[1:]]
    assert len(after) == len(before) + 1


def test_appending_keeps_line_ends_mark_and_quoted_breaks(office: Any) -> None:
    file = office.folder / "observations.csv"
    file.write_bytes(
        '\ufeffindicator,place,period,amount,note\r\nlifts,east,2021-01,4,"two\r\nlines"\r\n\r\nlifts,east,2021-02,4,'.encode()
    )
    office.sign()
    office.fill(EAST, 7)
    office.send()
    text = file.read_bytes().decode("utf-8")
    assert text.startswith("\ufeffindicator,place,period,amount,note,unit,recorded,author,key\r\n")
    assert '"two\r\nlines",,,,\r\n\r\nlifts,east,2021-02,4,,,,,\r\n' in text
    assert text.endswith(f"\r\nlifts,east,2021-10,7,,lifts,2021-11-05,Li Hua,2021-10-31 {EAST}\r\n")
    assert len(attain.read_observations(file)) == 3


def test_the_first_report_makes_the_file(office: Any) -> None:
    (office.folder / "observations.csv").unlink()
    office.sign()
    office.fill(EAST, 7)
    office.send()
    assert len(attain.read_observations(office.folder)) == 1


def test_an_empty_template_adds_nothing_and_needs_no_signature(office: Any) -> None:
    done = office.send()
    assert (done.added, done.already_there) == (0, 0)
    assert done.not_filled > 10


def test_the_day_of_the_report_is_needed_or_given(office: Any) -> None:
    office.fill(EAST, 7)
    assert office.refused() == {"Report!D4": "missing_field: the day of the report is not filled in"}
    office.send(recorded="2021-11-07", author="Wang")
    [row] = new_rows(office.folder)
    assert (row["recorded"], row["author"]) == ("2021-11-07", "Wang")


# -- refused ---------------------------------------------------------------------------------------


def test_all_problems_are_said_at_once_with_their_cells(office: Any) -> None:
    office.sign(day="31 June")
    places = [
        office.fill(EAST, "#DIV/0!"),
        office.fill(WEST, "about ten"),
        office.fill(PERMITS, "perhaps"),
        office.fill(BUSES, True),
    ]
    office.cell(EAST).data_type = "e"
    found = office.refused()
    assert set(found) == {"Report!D4", *places}
    assert found[places[0]] == "wrong_type: the cell holds an error of the spreadsheet"
    assert found[places[1]].startswith("malformed_number: amount: ")
    assert found[places[2]].startswith("malformed_number: amount: ")
    assert found[places[3]] == "wrong_type: the cell holds true or false"
    assert found["Report!D4"].startswith("malformed_date: recorded: ")


def test_messages_and_codes_are_those_of_the_csv_reader(office: Any) -> None:
    office.sign()
    place = office.fill(EAST, "1,2")
    office.book.save(office.path)
    with pytest.raises(attain.InvalidInput) as in_workbook:
        office.send()
    with pytest.raises(attain.InvalidInput) as in_csv:
        attain.Ledger(
            [{"indicator": "lifts", "place": "east", "period": "2021-10", "amount": "1,2"}], attain.read_programme(office.folder)
        )
    [cell], [row] = in_workbook.value.findings, in_csv.value.findings
    assert (cell.code, cell.text, cell.expected) == (row.code, row.text, row.expected)
    assert cell.where == f"{office.path}!{place}"


def test_a_formula_counts_by_its_result_and_is_refused_without_one(office: Any) -> None:
    office.sign()
    place = office.fill(EAST, "=3+4")  # openpyxl stores no result
    assert office.refused() == {place: "missing_field: the formula has no stored result"}


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        (EAST, datetime.date(2021, 10, 7), "wrong_type: a day stands where an amount belongs"),
        (EAST, -1, None),
        (BUSES, "92 lifts", "unit_differs: amount: lifts and % do not convert"),
        (PERMITS, 0.5, "out_of_range: amount: a step is done or open"),
        (PERMITS, "nearly", "malformed_number: amount: a step is done or open"),
        (PERMITS, "yes", None),
        (PERMITS, "完成", None),
    ],
)
def test_amounts_that_cannot_be(office: Any, key: str, value: object, says: str | None) -> None:
    office.sign()
    place = office.fill(key, value)
    if says is None:
        office.send()
    else:
        assert office.refused()[place].startswith(says)


def test_an_amount_and_a_reason_exclude_each_other(office: Any) -> None:
    office.sign()
    office.fill(EAST, 7)
    place = office.fill(EAST, "withheld", "No value because")
    assert list(office.refused()) == [place]


def test_a_note_without_a_value_is_no_report(office: Any) -> None:
    office.sign()
    office.fill(EAST, "ask me", "Note")
    [(place, says)] = office.refused().items()
    assert place == f"Report!{office.cell(EAST).coordinate}"
    assert says.startswith("missing_field")


def test_a_changed_protected_cell_is_refused(office: Any) -> None:
    office.sign()
    office.fill(EAST, 7)
    place = office.fill(EAST, "North County", "Place")
    assert office.refused() == {place: "conflicting_fields: a protected cell was changed"}


def test_rows_may_be_sorted(office: Any) -> None:
    office.sign()
    office.fill(EAST, 7)
    office.fill(WEST, 3)
    first, second = office.row(EAST), office.row(WEST)
    for column in range(1, office.sheet.max_column + 1):
        one, other = office.sheet.cell(first, column), office.sheet.cell(second, column)
        one.value, other.value = other.value, one.value
    assert office.send().added == 2
    assert {(row["place"], row["amount"]) for row in new_rows(office.folder)} == {("east", "7"), ("west", "3")}


def test_deleted_added_and_doubled_rows_are_refused(office: Any) -> None:
    office.sign()
    office.fill(EAST, 7)
    last, east, west = office.sheet.max_row, office.row(EAST), office.row(WEST)
    for column in range(1, office.sheet.max_column + 1):
        office.sheet.cell(last + 1, column).value = office.sheet.cell(east, column).value
    office.sheet.cell(last + 2, office.columns["Value"]).value = 9
    for column in range(1, office.sheet.max_column + 1):
        office.sheet.cell(west, column).value = None
    assert office.refused() == {
        f"Report!A{last + 1}": f"duplicate_id: the row is there twice, first at Report!A{east}",
        f"Report!B{last + 2}": "unknown_id: the template did not have this row",
        "Report": "missing_field: a row of the template is not there",
    }


def test_merged_cells_are_refused_where_something_is_filled_in(office: Any) -> None:
    office.sign()
    place = office.fill(EAST, 7)
    letter = office.cell(EAST).column_letter
    office.sheet.merge_cells(f"{letter}{office.row(EAST)}:{letter}{office.row(EAST) + 1}")
    assert list(office.refused()) == [place]


def test_hidden_rows_count_and_are_named(office: Any) -> None:
    office.sign()
    office.fill(EAST, 7)
    office.sheet.row_dimensions[office.row(EAST)].hidden = True
    done = office.send()
    assert done.added == 1
    assert [finding.message for finding in done.warnings] == ["the row is hidden and filled in; it counts"]


def test_hidden_columns_count_and_are_named(office: Any) -> None:
    office.sign()
    office.fill(EAST, 7)
    office.fill(EAST, "see there", "Note")
    office.sheet.column_dimensions[office.cell(EAST, "Note").column_letter].hidden = True
    done = office.send()
    assert [finding.where for finding in done.warnings] == [f"{office.path}!Report!{office.cell(EAST, 'Note').coordinate}"]


def test_moved_columns_are_refused(office: Any) -> None:
    office.sign()
    office.sheet.delete_cols(office.columns["Unit"])
    assert "conflicting_fields: the heading was changed or moved" in office.refused().values()


def test_a_template_of_another_programme_is_refused(office: Any) -> None:
    plan = attain.read_programme(office.folder).to_dict()
    plan["id"] = "another"
    (office.folder / "programme.json").write_text(attain.Programme.from_dict(plan).to_json(), "utf-8")
    assert list(office.refused().values()) == ["unknown_id: the template was made for another programme"]


def test_a_template_of_an_older_programme_warns(office: Any) -> None:
    plan = attain.read_programme(office.folder).to_dict()
    plan["projects"][0]["name"] = "Homes for everybody"
    (office.folder / "programme.json").write_text(attain.Programme.from_dict(plan).to_json(), "utf-8")
    office.sign()
    office.fill(EAST, 7)
    done = office.send()
    assert done.added == 1
    assert [finding.severity for finding in done.warnings] == ["warning"]


def test_a_number_that_is_asked_no_more_is_refused(office: Any) -> None:
    plan = attain.read_programme(office.folder).to_dict()
    plan["places"] = [place for place in plan["places"] if place["id"] != "east"]
    for project in plan["projects"]:
        for target in project["targets"]:
            target.get("quotas", {}).pop("east", None)
    (office.folder / "programme.json").write_text(attain.Programme.from_dict(plan).to_json(), "utf-8")
    (office.folder / "observations.csv").write_text("indicator,period,amount\n", "utf-8")
    office.sign()
    office.fill(EAST, 7)
    assert [says.partition(":")[0] for says in office.refused().values()][-1] == "unknown_place"


def test_another_workbook_is_no_template(office: Any) -> None:
    office.book = openpyxl.Workbook()
    assert list(office.refused().values()) == ["missing_field: this is no template of attain"]


ROWS = "指标,地区,报告期,数量,填报日期,备注\nlifts,east,2021-10,7,2021-11-05,=1+1\nlifts,west,2021-10,\"1,200\",2021-11-05,\n"


def test_a_csv_file_of_the_offices_own_comes_in_once(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "october.csv"
    file.write_text(ROWS, "utf-8-sig")
    done = attain.excel.import_template(file, folder, author="Li Hua")
    assert (done.added, done.already_there, done.not_filled) == (2, 0, 0)
    plan = attain.read_programme(folder)
    [east] = [row for row in attain.read_observations(folder, plan).entries("lifts", "east") if "key" in row]
    assert (east["amount"], east["author"], east["note"]) == (7, "Li Hua", "=1+1")
    assert attain.excel.import_template(file, folder, author="Li Hua").added == 0
    file.write_text(ROWS.replace(",7,", ",8,"), "utf-8")
    assert attain.excel.import_template(file, folder, author="Li Hua").added == 1


def test_what_is_wrong_with_a_csv_file_has_its_place_and_nothing_comes_in(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "october.csv"
    before = (folder / "observations.csv").read_bytes()
    file.write_text(ROWS.replace("east", "eest").replace("数量", "多少"), "utf-8")
    with pytest.raises(attain.InvalidInput) as raised:
        attain.excel.import_template(file, folder)
    found = {finding.where: finding for finding in raised.value.findings}
    assert found[f"{file}:1:11"].code == "unknown_field"
    assert "amount (数值)" in found[f"{file}:1:11"].expected
    assert (folder / "observations.csv").read_bytes() == before


def test_a_sheet_of_observations_comes_in_without_a_template(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "october.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "observations"
    for row in (["指标", "地区", "报告期", "数量", "填报日期"], ["lifts", "east", "2021-10", 7, datetime.date(2021, 11, 5)]):
        sheet.append(row)
    book.save(file)
    assert attain.excel.import_template(file, folder).added == 1
    assert attain.excel.import_template(file, folder).already_there == 1
    sheet["B2"] = "eest"
    book.save(file)
    with pytest.raises(attain.InvalidInput) as raised:
        attain.excel.import_template(file, folder)
    assert [finding.where for finding in raised.value.findings] == [f"{file}!observations!B2"]


def test_what_attain_wrote_for_itself_is_not_to_be_changed(office: Any) -> None:
    sheet = office.book["attain"]
    sheet["A2"] = sheet["A2"].value.replace("lifts", "centres")
    assert list(office.refused()) == ["attain"]


def test_dates_follow_the_workbook(office: Any) -> None:
    from openpyxl.utils.datetime import MAC_EPOCH

    office.book.epoch = MAC_EPOCH
    office.sign()
    office.fill(EAST, 7)
    office.send()
    assert [row["recorded"] for row in new_rows(office.folder)] == ["2021-11-05"]


@pytest.mark.parametrize(
    ("serial", "says"),
    [
        (60, "malformed_date: there was no 29 February 1900"),
        (44505.5, "malformed_date: a time of the day is not a day"),
        (0, "out_of_range: the spreadsheet's calendar begins later"),
        (3e6, "out_of_range: the day lies beyond the year 9999"),
    ],
)
def test_days_that_cannot_be(office: Any, serial: float, says: str) -> None:
    office.sign(day=serial)
    office.sheet["D4"].number_format = "yyyy-mm-dd"
    office.fill(EAST, 7)
    assert office.refused() == {"Report!D4": says}


@pytest.mark.parametrize(("serial", "day"), [(1, "1900-01-01"), (59, "1900-02-28"), (61, "1900-03-01"), (44505, "2021-11-05")])
def test_serials_of_days_are_read_as_excel_shows_them(office: Any, serial: float, day: str) -> None:
    office.sign(day=serial)
    office.sheet["D4"].number_format = "yyyy-mm-dd"
    office.fill(EAST, 7)
    office.send()
    assert [row["recorded"] for row in new_rows(office.folder)] == [day]


TEXTS = ["=cmd|' /C calc'!A0", "＝1+1", "-5", "'=quoted", "<script>alert(1)</script>", "'); DROP TABLE x;--", "_x0041_", "x005F_",
         "两\n行", "a,\"b\"", "\x01\x1f", " edges ", "a\r\nb"]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_any_note_comes_back_unchanged(office: Any, text: str) -> None:
    """Put into the file itself: openpyxl writes some of these texts in a way that Excel reads as another."""
    office.sign()
    office.fill(EAST, 7)
    office.fill(EAST, "CANARY", "Note")
    office.book.save(office.path)
    replace_text(office.path, "CANARY", text)
    attain.excel.import_template(office.path, office.folder)
    [row] = [row for row in attain.read_observations(office.folder).entries("lifts", "east") if "key" in row]
    assert row["note"] == text


def replace_text(path: Path, old: str, new: str) -> None:
    """Puts a text into the workbook as the format writes it: what XML cannot hold as _xHHHH_, such text itself with _x005F_."""
    written = re.sub("(_x[0-9a-fA-F]{4}_)", r"_x005F\1", new)
    written = re.sub("[\x00-\x08\x0b-\x1f]", lambda match: f"_x{ord(match[0]):04X}_", written)
    with zipfile.ZipFile(path) as parts:
        contents = {name: parts.read(name).decode("utf-8") for name in parts.namelist()}
    assert sum(text.count(old) for text in contents.values()) == 1
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, text in contents.items():
            parts.writestr(name, text.replace(old, escape(written)))
