"""A report as a file: HTML, Markdown and a workbook."""

import io
import zipfile
from pathlib import Path

import attain
import openpyxl
import pytest

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
    assert abs(training["Gap"] - 100 * (september["22.1"].gap or 0)) < 1e-9
