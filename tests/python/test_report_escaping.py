"""No text of people becomes markup, a link or a formula, in any form of a report or in a notebook."""

from pathlib import Path
from typing import Any

import attain
import openpyxl
import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

CANARY = "<img src=x onerror=alert(1)>\"'&{{7*7}}</script><!--"


def with_canaries(value: Any, key: str = "") -> Any:
    """The specification with the canary in every text of people."""
    if isinstance(value, dict):
        return {name: with_canaries(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [with_canaries(one, key) for one in value]
    if isinstance(value, str) and key in ("name", "text", "note", "source", "responsible", "author", "reason"):
        return f"{value} {CANARY}"
    return value


@pytest.fixture(scope="module")
def hostile() -> attain.Evaluation:
    plan = attain.read_programme(EXAMPLES / "counties-lesson")
    spec = with_canaries(plan.to_dict())
    spec["source"] = f"the council {CANARY}"
    for project in spec["projects"]:
        project["responsible"] = [f"office {CANARY}"]
        project["note"] = CANARY
    hostile = attain.Programme.from_dict(spec)
    rows: list[Any] = attain.read_observations(EXAMPLES / "counties-lesson", plan).entries()
    for row in rows:
        row["source"], row["note"], row["author"], row["evidence"] = f"javascript:{CANARY}", CANARY, CANARY, CANARY
    return attain.evaluate(hostile, attain.Ledger(rows), as_of="2021-09-30")


def test_no_text_of_people_becomes_markup(
    hostile: attain.Evaluation, evaluations: tuple[attain.Evaluation, attain.Evaluation], parse_page: Any
) -> None:
    june = attain.evaluate(hostile.plan, hostile.book, as_of="2021-06-30")
    text = attain.report(hostile, since=june).html()
    page = parse_page(text)
    assert page.all("img") == []
    assert len(page.all("script")) == 1
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)
    assert not any(one["href"].startswith("javascript:") for one in page.all("a"))
    assert page.text.count("{{7*7}}") > 50 and "49</script" not in text
    plain = parse_page(attain.report(evaluations[1], since=evaluations[0]).html())
    assert {tag for tag, _ in page.elements} <= {tag for tag, _ in plain.elements}


def test_no_text_of_people_becomes_markdown_or_a_formula(hostile: attain.Evaluation, tmp_path: Path) -> None:
    written = attain.report(hostile)
    assert "<img" not in written.markdown() and "</script" not in written.markdown()
    plan = attain.read_programme(EXAMPLES / "counties-lesson")
    spec = plan.to_dict()
    spec["projects"][0]["name"] = "=1+1"
    now = attain.evaluate(attain.Programme.from_dict(spec), hostile.book, as_of="2021-09-30")
    attain.report(now).save(tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["List"]
    [cell] = [cell for cell in sheet["B"] if cell.value == "=1+1"][:1]
    assert cell.data_type == "s"


def test_what_a_notebook_shows_is_escaped(hostile: attain.Evaluation, parse_page: Any) -> None:
    june = attain.evaluate(hostile.plan, hostile.book, as_of="2021-06-30")
    shown: list[Any] = [hostile.plan, hostile.book, hostile, hostile["1.1"], hostile.project("1"), attain.compare(june, hostile)]
    for one in shown:
        text = one._repr_html_()
        page = parse_page(text)
        assert page.all("table") and page.all("img") == [], type(one)
        assert "background" not in text
