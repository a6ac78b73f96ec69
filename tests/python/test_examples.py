"""The example programmes, evaluated: what their publishers computed comes out, and what their READMEs say."""

import csv
import runpy
import sys
from collections import Counter
from pathlib import Path

import attain
import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def evaluated(folder: str, as_of: str, known_at: str | None = None) -> attain.Evaluation:
    plan = attain.read_programme(EXAMPLES / folder)
    return attain.evaluate(plan, attain.read_observations(EXAMPLES / folder, plan), as_of=as_of, known_at=known_at)


def official(folder: str) -> list[dict[str, str]]:
    with open(EXAMPLES / folder / "official.csv", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


# -- U.S. Agency Priority Goals ------------------------------------------------------------------


def test_us_goals_reproduce_the_official_percentage_of_234_of_237_rows() -> None:
    days = ["2021-12-31", "2022-03-31", "2022-06-30", "2022-09-30"]
    plan = attain.read_programme(EXAMPLES / "us-goals-fy2022")
    book = attain.read_observations(EXAMPLES / "us-goals-fy2022", plan)
    by_day = dict(zip(days, attain.history(plan, book, days=days), strict=True))
    rows = [row for row in official("us-goals-fy2022") if row["value_start"] and row["value_target"] and row["value_current"]]
    same, other = 0, []
    for row in rows:
        result = by_day[row["day"]][row["target"]]
        published = float(row["progress_pct"])
        if result.attainment is not None and abs(result.attainment - published) <= 1e-8:
            same += 1
        else:
            other.append(result)
    assert (len(rows), same) == (237, 234)
    assert {result.id for result in other} == {"006APG2203.2"}
    for result in other:
        assert result.is_hold
        assert result.is_reached
        assert result.attainment == 1
        assert result.status == "on_track"


def test_us_goals_have_98_series_in_31_goals_and_12_without_a_goal() -> None:
    now = evaluated("us-goals-fy2022", "2022-09-30")
    assert (len(now), len(now.root.projects)) == (98, 31)
    readings_only = [result for result in now if result.aim is None]
    assert len(readings_only) == 12
    assert {str(result.reason) for result in readings_only} == {"not_applicable"}
    assert any(result.reading is not None for result in readings_only)


def test_us_goals_never_take_a_blank_for_a_zero() -> None:
    blank = next(row for row in official("us-goals-fy2022") if row["target"] == "027APG2202.1" and row["day"] == "2021-12-31")
    assert (blank["value_current"], blank["progress_pct"]) == ("", "0")
    result = evaluated("us-goals-fy2022", "2021-12-31")["027APG2202.1"]
    assert result.attainment is None
    assert result.reason == "no_observation"


# -- Guangzhou 2017 ------------------------------------------------------------------------------


def test_guangzhou_reproduces_the_printed_percentages() -> None:
    now = evaluated("guangzhou-2017", "2017-12-31")
    printed = {row["target"]: float(row["percent"]) for row in official("guangzhou-2017") if row["percent"]}
    assert len(printed) == 7
    for id, percent in printed.items():
        tolerance = 0.3 if id == "2.3" else 0.005  # 103.72 is printed as 104
        assert now[id].of_goal * 100 == pytest.approx(percent, abs=tolerance), id


def test_guangzhou_has_every_other_form_of_promise() -> None:
    now = evaluated("guangzhou-2017", "2017-12-31")
    assert len(now) == 41
    assert (now["2.5"].aim, now["2.5"].reading, now["2.5"].is_reached) == ("at_most", 0.024, True)
    assert now["3.1"].reading == pytest.approx(4191 / 5375)
    assert now["3.1"].attainment == pytest.approx(1.797, abs=5e-4)
    assert now["4.3"].reading == now["4.3"].goal == 389
    assert (now["6.5"].aim, now["6.5"].is_reached) == ("about", True)
    assert now["6.6"].is_reached
    assert now["8.1"].reading is None
    assert now["8.1"].reason == "not_comparable"
    assert now["10.7"].reading == pytest.approx(2262 / 2474)


# -- Nanchang 2021 -------------------------------------------------------------------------------


def test_nanchang_has_45_projects_and_72_clauses() -> None:
    now = evaluated("nanchang-2021", "2021-12-31")
    assert len(now.root.projects) == 45
    ids = [result.id for result in now if result.id != "26.6"]
    assert len(ids) == 71
    assert now["27.2"].id == "27.1"


def test_nanchang_counts_what_is_new_since_the_eve() -> None:
    now = evaluated("nanchang-2021", "2021-12-31")
    result = now["44.1"]
    assert (result.reading, result.goal, result.attainment, result.status) == (264 - 192, 72, 1, "met")
    assert now["26.6"].is_reached
    assert now.project("26").target_count == 5


def test_nanchang_says_why_the_rest_has_no_answer() -> None:
    now = evaluated("nanchang-2021", "2021-12-31")
    reasons = Counter(str(result.reason) for result in now if result.status is None)
    assert reasons["no_observation"] > 40
    assert {now[id].reason for id in ("2.1", "4.1", "18.1")} == {attain.Reason.not_comparable}
    assert now.root.status is None
    assert now.root.reason == "incomplete"
    assert now.root.coverage < 0.6


def test_nanchang_knew_less_at_the_end_of_the_year_than_after_it() -> None:
    before, after = (evaluated("nanchang-2021", "2021-12-31", known_at) for known_at in ("2021-12-31", None))
    for id in ("21.1", "45.1"):
        assert before[id].status is None
        assert after[id].status is not None


# -- the lesson ----------------------------------------------------------------------------------


def test_the_lesson_comes_out_as_its_readme_says() -> None:
    now = evaluated("counties-lesson", "2021-09-30")
    table = {
        "1.1": (101, 160, 0.631, "at_risk"),
        "1.2": (20, 30, 0.667, "at_risk"),
        "12.1": (8, 12, 0.727, "on_track"),
        "12.2": (0.88, 0.9, 0.978, "on_track"),
        "12.3": (3_050_000, 3_000_000, 0.984, "missed"),
        "22.1": (5000, 7000, 0.714, "on_track"),
        "22.2": (1510, 1500, 1.007, "met"),
        "22.3": (0.6076, 0.6, 1, "on_track"),
        "26.1": (202_000, 206_000, 0.75, "on_track"),
        "26.2": (0.25, 1, 0.25, "at_risk"),
    }
    assert [result.id for result in now] == list(table)
    for id, (reading, goal, attainment, status) in table.items():
        result = now[id]
        assert result.reading == pytest.approx(reading), id
        assert result.goal == pytest.approx(goal), id
        assert result.attainment == pytest.approx(attainment, abs=5e-4), id
        assert result.status == status, id
    assert {project.id: project.status for project in now.root.projects} == {
        "1": "at_risk", "12": "at_risk", "22": "on_track", "26": "at_risk",
    }  # fmt: skip
    assert now.root.status == "at_risk"


def test_the_lesson_shows_a_correction_a_withdrawal_and_a_county_that_never_reported() -> None:
    now = evaluated("counties-lesson", "2021-09-30")
    june = evaluated("counties-lesson", "2021-06-30", "2021-07-10")
    assert june["1.1", "west"].reading == 20
    assert evaluated("counties-lesson", "2021-06-30")["1.1", "west"].reading == 14
    assert now["1.1", "north"].reading == 20
    assert now["1.1", "lake"].reason == "no_observation"
    assert evaluated("counties-lesson", "2021-06-30", "2021-07-10")["1.2"].goal == 24
    assert now["22.1", "north"].status == "on_track"


# -- what examples/run prints --------------------------------------------------------------------


def test_show_prints_all_examples(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["show.py"])
    runpy.run_path(str(EXAMPLES / "show.py"), run_name="__main__")
    out = capsys.readouterr().out
    order = [out.index(title) for title in ("U.S. Agency Priority Goals", "南昌市", "广州市", "A lesson")]
    assert order == sorted(order)
    assert "006APG2201.1" in out
    assert "234 of 237" in out
