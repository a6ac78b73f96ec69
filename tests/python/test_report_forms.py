"""A report as a file: HTML, Markdown and a workbook."""

import io
import zipfile
from pathlib import Path

import attain
import openpyxl
import pytest
from attain.excel._sheets import read_sheets

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture(scope="module", params=["en", "zh"])
def written(request: pytest.FixtureRequest, evaluations: tuple[attain.Evaluation, attain.Evaluation]) -> attain.Report:
    june, september = evaluations
    return attain.report(september, since=june, language=request.param)


def test_the_suffix_decides_and_an_unknown_one_is_refused(written: attain.Report, tmp_path: Path) -> None:
    for name in ("a.html", "a.md", "a.xlsx"):
        written.save(tmp_path / name)
    assert (tmp_path / "a.html").read_text("utf-8").startswith("<!doctype html>")
    assert (tmp_path / "a.md").read_text("utf-8").startswith("# ")
    assert zipfile.is_zipfile(tmp_path / "a.xlsx")
    with pytest.raises(attain.InvalidOption) as raised:
        written.save(tmp_path / "a.pdf")
    assert raised.value.findings[0].expected == ".html, .md or .xlsx"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.html", "a.md", "a.xlsx"]


def test_the_same_evaluation_gives_the_same_bytes(
    evaluations: tuple[attain.Evaluation, attain.Evaluation], tmp_path: Path
) -> None:
    june, september = evaluations
    for name in ("a.html", "a.md", "a.xlsx"):
        attain.report(september, since=june).save(tmp_path / name)
        first = (tmp_path / name).read_bytes()
        attain.report(september, since=june).save(tmp_path / name)
        assert (tmp_path / name).read_bytes() == first, name


def test_the_workbook_has_numbers_as_numbers(evaluations: tuple[attain.Evaluation, attain.Evaluation], tmp_path: Path) -> None:
    june, september = evaluations
    attain.report(september, since=june).save(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "a.xlsx").read_bytes()))
    sheet = book["List"]
    headings = [cell.value for cell in sheet[1]]
    rows = [dict(zip(headings, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=2)]
    [training] = [row for row in rows if row["No."] == "22.1"]
    assert training["Attainment"] == september["22.1"].attainment
    assert abs(training["Gap"] - 100 * (september["22.1"].gap or 0)) < 0.1


def test_a_withdrawn_band_is_in_the_report() -> None:
    plan = attain.programme(
        id="small",
        window=("2021-01-01", "2021-12-31"),
        indicators=[attain.indicator("staff", unit="人", kind="level")],
        projects=[
            attain.project("1", targets=[
                attain.target("1.1", indicator="staff", aim=attain.between(5, 10), withdrawn={"recorded": "2021-06-01", "reason": "merged"}),
            ]),
        ],
    )  # fmt: skip
    assert "5人 to 10人" in attain.report(attain.evaluate(plan, attain.Ledger(), as_of="2021-12-31")).markdown()


def with_note(note: str, day: str = "2021-01-31") -> attain.Report:
    """The report of one observation with a note."""
    year = day[:4]
    plan = attain.programme(
        id="small",
        window=(f"{year}-01-01", f"{year}-12-31"),
        indicators=[attain.indicator("done", kind="increment", unit="km", period="month")],
        projects=[attain.project("1", targets=[attain.target("1.1", indicator="done", aim=attain.at_least(12))])],
    )
    book = attain.Ledger([{"indicator": "done", "period": f"{year}-01", "amount": 1.0, "recorded": day, "note": note}])
    return attain.report(attain.evaluate(plan, book, as_of=day))


@pytest.mark.parametrize(("note", "code"), [("x" * 32_768, "too_large"), ("_x0041_x0042_", "malformed")])
def test_a_workbook_cuts_and_changes_no_text_in_silence(note: str, code: str, tmp_path: Path) -> None:
    """What a cell cannot hold is refused with its place, and the file that was there stays."""
    (tmp_path / "a.xlsx").write_bytes(b"the last report")
    with pytest.raises(attain.InvalidInput) as refused:
        with_note(note).save(tmp_path / "a.xlsx")
    assert refused.value.code == code
    assert refused.value.findings[0].where.endswith("a.xlsx!Reports!I2")
    assert (tmp_path / "a.xlsx").read_bytes() == b"the last report"
    assert [file.name for file in tmp_path.iterdir()] == ["a.xlsx"]
    with_note(note).save(tmp_path / "a.html")


@pytest.mark.parametrize("note", ["x" * 32_767, "_x0041_", "a\x02b", " =1+1 "])
def test_a_workbook_holds_what_was_reported(note: str, tmp_path: Path) -> None:
    with_note(note).save(tmp_path / "a.xlsx")
    sheet = read_sheets(str(tmp_path / "a.xlsx")).find("Reports")
    assert sheet is not None
    cell = sheet.cell(2, 9)
    assert cell is not None and cell.text == note and not cell.is_formula


def test_a_day_that_excel_does_not_have_is_text(tmp_path: Path) -> None:
    with_note("", "1899-01-31").save(tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["List"]
    [due] = [row[7].value for row in sheet.iter_rows(min_row=2)]
    assert due == "1899-12-31"
