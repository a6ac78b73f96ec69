"""Formats of other systems."""

import datetime
import json
from pathlib import Path

import attain
import pytest

WELLS = Path(__file__).resolve().parents[1] / "data" / "iati" / "wells.xml"
IN_USE = "AA-AAA-123%2Fwells:1.1"


def test_an_iati_file_is_a_programme_and_a_ledger() -> None:
    read = attain.read_iati(WELLS)
    assert read.refused == 0
    assert repr(read) == "<attain.IatiResults of 1 activities, 8 actuals, 3 findings>"
    now = attain.evaluate(read.plan, read.book, as_of="2017-12-31")
    assert now[f"{IN_USE}@2017"].reading == 82.5
    assert now[f"{IN_USE}@2017"].status == "met"
    assert now[f"{IN_USE}@2016"].status == "missed"


def test_what_iati_does_not_say_is_an_argument() -> None:
    read = attain.read_iati(WELLS, id="wells", kind="increment", direction="at_most", recorded="2018-02-01")
    assert read.plan.id == "wells"
    assert read.book.last_recorded == datetime.date(2018, 2, 1)
    assert "undeclared_direction" not in {finding.code for finding in read.findings}
    with pytest.raises(attain.InvalidOption):
        attain.read_iati(WELLS, kind="sum")  # type: ignore[arg-type]
    with pytest.raises(attain.InvalidOption):
        attain.read_iati(WELLS, direction="about")  # type: ignore[arg-type]


def test_what_is_written_as_iati_is_read_again(tmp_path: Path) -> None:
    read = attain.read_iati(WELLS)
    text, losses = attain.to_iati(read.plan, read.book)
    assert losses == []
    path = tmp_path / "written.xml"
    path.write_text(text, encoding="utf-8")
    again = attain.read_iati(path)
    assert again.plan == read.plan
    assert again.book == read.book


def test_a_bad_iati_file_is_refused_with_every_problem_at_its_place(tmp_path: Path) -> None:
    path = tmp_path / "bad.xml"
    path.write_text(WELLS.read_text(encoding="utf-8").replace('iso-date="2016-07-01"', 'iso-date="2016"').replace('type="2"', "", 1), encoding="utf-8")
    with pytest.raises(attain.InvalidInput) as refused:
        attain.read_iati(path)
    assert {finding.code for finding in refused.value.findings} == {"malformed_date", "missing_field"}
    assert refused.value.findings[0].where.startswith(f"{path}:")
    with pytest.raises(attain.InvalidInput, match="unreadable_file"):
        attain.read_iati(tmp_path / "absent.xml")


def test_losses_are_findings(plan: attain.Programme, book: attain.Ledger) -> None:
    text, losses = attain.to_iati(plan, book, publisher="AA-AAA-123", publisher_name="An office")
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03">')
    assert {finding.severity for finding in losses} == {attain.Severity.note}
    assert any("add up" in finding.message for finding in losses)


VALUES = {
    "dataValues": [
        {"dataElement": "E1", "period": "202101", "orgUnit": "U1", "categoryOptionCombo": "D", "value": "5", "storedBy": "jo", "lastUpdated": "2021-02-03T10:00:00.000"},
        {"dataElement": "E1", "period": "202102", "orgUnit": "U1", "value": "true", "comment": "ticked", "followup": True},
        {"dataElement": "E1", "period": "2021Q1", "orgUnit": "U1", "deleted": True},
        {"dataElement": "E9", "period": "2021", "orgUnit": "U1", "value": "1"},
    ]
}
MAPS = {"elements": {"E1": "lifts"}, "places": {"U1": "lake"}, "categories": {"D": ""}}


def test_a_data_value_set_is_a_ledger(plan: attain.Programme, tmp_path: Path) -> None:
    path = tmp_path / "values.json"
    path.write_text(json.dumps(VALUES), encoding="utf-8")
    with pytest.raises(attain.InvalidInput, match="the map has no such data element"):
        attain.read_dhis2(path, plan, **MAPS)
    read = attain.read_dhis2(path, plan, **MAPS, skip_unmapped=True)
    assert repr(read) == "<attain.Dhis2Results of 3 entries, 2 findings>"
    assert [finding.code for finding in read.findings] == ["malformed_number", "unused_field"]
    rows = {row["start"]: row for row in read.book.table.rows() if not row.get("withdrawn")}
    assert rows[datetime.date(2021, 1, 1)]["amount"] == 5
    assert rows[datetime.date(2021, 1, 1)]["recorded"] == datetime.date(2021, 2, 3)

    text, losses = attain.to_dhis2(read.book, plan, **MAPS)
    assert losses == []
    assert [value.get("value") for value in json.loads(text)["dataValues"]] == ["5", None, "true"]
    path.write_text(text, encoding="utf-8")
    assert attain.read_dhis2(path, plan, **MAPS).book == read.book


def test_without_maps_ids_are_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "values.json"
    path.write_text(json.dumps(VALUES), encoding="utf-8")
    entries = attain.read_dhis2(path).book.entries("E1", "U1")
    assert {"categoryOptionCombo": "D"} in [entry.get("dimensions") for entry in entries]
    with pytest.raises(attain.InvalidOption):
        attain.read_dhis2(path, categories={"D": "sex"})
