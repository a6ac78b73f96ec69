"""Programmes: read, made in code, written again."""

import copy
import datetime
import json
import math
from collections.abc import Callable
from pathlib import Path

import attain
import numpy
import pytest
from attain import specs

FOLDERS = ["counties-lesson", "guangzhou-2017", "nanchang-2021", "us-goals-fy2022"]


def test_a_programme_is_read_from_its_folder_or_its_file(examples: Path) -> None:
    folder = examples / "counties-lesson"
    assert attain.read_programme(folder) == attain.read_programme(str(folder / "programme.json"))


def test_a_programme_says_what_it_holds(plan: attain.Programme) -> None:
    assert plan.id == "counties-lesson"
    assert plan.window == (datetime.date(2021, 1, 1), datetime.date(2021, 12, 31))
    assert plan.method == "time_proportional"
    assert plan.project_ids == ["1", "12", "22", "26"]
    assert plan.target_ids[:2] == ["1.1", "1.2"]
    assert plan.place_ids[0] == "city"
    assert "lifts" in plan.indicator_ids
    assert repr(plan) == "<attain.Programme counties-lesson: 4 projects, 10 targets, 7 places>"


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_programme_comes_back_from_its_json_and_its_dictionary(examples: Path, folder: str) -> None:
    plan = attain.read_programme(examples / folder)
    assert attain.Programme.from_json(plan.to_json()) == plan
    assert attain.Programme.from_dict(plan.to_dict()) == plan
    assert attain.Programme.from_dict(json.loads((examples / folder / "programme.json").read_text("utf-8"))) == plan


def test_keyword_constructors_make_what_json_makes() -> None:
    made = attain.programme(
        id="p",
        name="All of it",
        window=(datetime.date(2021, 1, 1), "2021-12-31"),
        places=[attain.place("city"), attain.place("east", within="city", weight=2), attain.place("west", within="city")],
        defaults={"minimum_coverage_of_reading": 0.5},
        roll_up=attain.roll_up("worst"),
        indicators=[
            attain.indicator("trained", unit="人次", kind="increment", period="quarter"),
            attain.indicator("placed", unit="人次", kind="increment", period="quarter"),
            attain.indicator("share", unit="%", kind="ratio", numerator="placed", denominator="trained"),
            attain.indicator("wage", unit="元", kind="level", period="month"),
            attain.indicator(
                "hall", kind="steps", steps=[attain.step("site", due="2021-03-31"), attain.step("opening", weight=2)]
            ),
        ],
        projects=[
            attain.project(
                "1",
                name="Jobs",
                responsible=["labour office"],
                targets=[
                    attain.target("1.1", indicator="trained", aim=attain.at_least("6.74万"), quotas={"east": "3.74万", "west": 30000}),
                    attain.target("1.2", indicator="share", aim=attain.at_least("60%"), cadence="throughout"),
                    attain.target(
                        "1.3",
                        indicator="wage",
                        aim=attain.at_least(10, change="percent"),
                        baseline=550,
                        aliases=[attain.alias("1.4", aim=attain.at_least(605))],
                    ),
                    attain.target("1.5", indicator="placed", aim=attain.at_least(1), cadence=attain.every("quarter")),
                ],
            ),
            attain.project("2", targets=[attain.target("2.1", indicator="hall", aim=attain.at_least(1))]),
        ],
    )
    text = {
        "format": "attain-programme/1",
        "id": "p",
        "name": "All of it",
        "window": {"start": "2021-01-01", "due": "2021-12-31"},
        "defaults": {"minimum_coverage_of_reading": 0.5},
        "roll_up": {"aggregator": "worst"},
        "places": [{"id": "city"}, {"id": "east", "within": "city", "weight": 2}, {"id": "west", "within": "city"}],
        "indicators": [
            {"id": "trained", "unit": "人次", "kind": "increment", "period": "quarter"},
            {"id": "placed", "unit": "人次", "kind": "increment", "period": "quarter"},
            {"id": "share", "unit": "%", "kind": "ratio", "numerator": "placed", "denominator": "trained"},
            {"id": "wage", "unit": "元", "kind": "level", "period": "month"},
            {"id": "hall", "kind": "steps", "steps": [{"id": "site", "due": "2021-03-31"}, {"id": "opening", "weight": 2}]},
        ],
        "projects": [
            {
                "id": "1",
                "name": "Jobs",
                "responsible": ["labour office"],
                "targets": [
                    {"id": "1.1", "indicator": "trained", "aim": {"at_least": 67400}, "quotas": {"east": 37400, "west": 30000}},
                    {"id": "1.2", "indicator": "share", "aim": {"at_least": 0.6}, "cadence": "throughout"},
                    {
                        "id": "1.3",
                        "indicator": "wage",
                        "aim": {"at_least": 10, "change": "percent"},
                        "baseline": 550,
                        "aliases": [{"id": "1.4", "aim": {"at_least": 605}}],
                    },
                    {"id": "1.5", "indicator": "placed", "aim": {"at_least": 1}, "cadence": {"every": "quarter"}},
                ],
            },
            {"id": "2", "targets": [{"id": "2.1", "indicator": "hall", "aim": {"at_least": 1}}]},
        ],
    }
    assert made == attain.Programme.from_dict(text)
    assert made == attain.Programme.from_json(json.dumps(text))


def test_aims_are_plain_dictionaries() -> None:
    assert attain.at_least("6.74万") == {"at_least": "6.74万"}
    assert attain.at_most(3.5, strict=True) == {"at_most": 3.5, "strict": True}
    assert attain.at_least(10, change="percent", from_previous_period=True) == {
        "at_least": 10,
        "change": "percent",
        "from": "previous_period",
    }
    assert attain.about(80, 0.1) == {"about": 80, "tolerance": 0.1}
    assert attain.about(80, tolerance_amount=2) == {"about": 80, "tolerance_amount": 2}
    assert attain.between(1, 2) == {"between": [1, 2]}
    assert attain.rises() == {"rises": True}
    assert attain.falls() == {"falls": True}


@pytest.mark.parametrize(
    "trajectory",
    [
        "straight",
        "step",
        attain.step_on("2021-07-01"),
        attain.step_on(datetime.date(2021, 7, 1)),
        attain.checkpoints({"2021-06-30": 0.4, datetime.date(2021, 9, 30): 0.9}),
        attain.checkpoints(amounts={"2021-06-30": 60}, joined="steps"),
        attain.logistic(midpoint=0.6, steepness=8),
        attain.seasonal([1] * 12),
    ],
)
def test_every_trajectory_can_be_made_in_code(lifts: Callable[..., attain.Programme], trajectory: object) -> None:
    plan = lifts(trajectory=trajectory)
    assert attain.Programme.from_json(plan.to_json()) == plan


def test_a_history_can_be_made_in_code(lifts: Callable[..., attain.Programme]) -> None:
    plan = lifts(
        recorded="2021-07-15", reason="more money", history=[attain.earlier(recorded="2021-01-10", aim=attain.at_least(100))]
    )
    goals = [attain.evaluate(plan, attain.Ledger(), as_of="2021-09-30", known_at=day)["1.1"].goal for day in ("2021-06-30", "2021-09-30")]
    assert goals == [100, 139]


def test_numbers_of_numpy_are_numbers(lifts: Callable[..., attain.Programme]) -> None:
    assert lifts(aim=attain.at_least(numpy.int64(139)), weight=numpy.float32(2)) == lifts(weight=2)


def test_a_programme_is_changed_by_way_of_its_dictionary(lifts: Callable[..., attain.Programme]) -> None:
    values = lifts().to_dict()
    values["projects"][0]["targets"][0]["aim"] = {"at_least": 150}
    changed = attain.Programme.from_dict(values)
    assert changed != lifts()
    assert attain.evaluate(changed, attain.Ledger(), as_of="2021-06-30")["1.1"].goal == 150


def test_every_problem_of_a_programme_is_said_at_once_at_its_json_pointer() -> None:
    with pytest.raises(attain.InvalidProgramme) as raised:
        attain.programme(
            id="p",
            window=("2021-12-31", "2021-01-01"),
            indicators=[attain.indicator("lifts", unit="台", kind="increment"), attain.indicator("lifts", unit="台", kind="level")],
            projects=[attain.project("1", weight=-1, targets=[attain.target("1.1", indicator="lift", aim=attain.at_least(1))])],
        )
    found = {(finding.code, finding.where) for finding in raised.value.findings}
    assert ("due_before_start", "/window") in found or ("due_before_start", "/window/due") in found
    assert ("duplicate_id", "/indicators/1/id") in found
    assert ("dangling_id", "/projects/0/targets/0/indicator") in found
    assert ("negative_weight", "/projects/0/weight") in found
    assert isinstance(raised.value, ValueError)


def test_a_field_that_does_not_exist_is_refused_with_the_nearest_ones() -> None:
    with pytest.raises(attain.InvalidInput) as raised:
        attain.Programme.from_dict({"format": "attain-programme/1", "id": "p", "windw": {}, "indicators": [], "projects": []})
    [finding] = [f for f in raised.value.findings if f.code == "unknown_field"]
    assert finding.where == "/windw"


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_not_finite_is_refused_at_its_pointer(lifts: Callable[..., attain.Programme], number: float) -> None:
    with pytest.raises(attain.InvalidInput) as raised:
        lifts(aim=attain.at_least(number))
    assert raised.value.code == "not_finite"
    assert raised.value.findings[0].where == "/projects/0/targets/0/aim/at_least"


def test_a_file_that_is_not_there_is_an_error_of_attain(tmp_path: Path) -> None:
    with pytest.raises(attain.InvalidInput) as raised:
        attain.read_programme(tmp_path / "nothing.json")
    assert raised.value.code == "unreadable_file"


def test_checking_a_file_never_raises(tmp_path: Path, examples: Path) -> None:
    assert [f for f in attain.check_programme(examples / "counties-lesson") if f.severity == "error"] == []
    assert attain.check_programme(tmp_path / "nothing.json")[0].code == "unreadable_file"
    (tmp_path / "programme.json").write_text("{", "utf-8")
    assert attain.check_programme(tmp_path)[0].severity == attain.Severity.error


def test_a_portfolio_is_several_programmes_with_full_ids(lifts: Callable[..., attain.Programme]) -> None:
    values = lifts().to_dict()
    other = attain.Programme.from_dict({**values, "id": "other"})
    now = attain.evaluate([lifts(), other], attain.Ledger([{"indicator": "lifts", "period": "2021-01", "amount": 139}]), as_of="2021-12-31")
    assert now["small/1.1"].reading == now["other/1.1"].reading == 139
    assert [result.id for result in now] == ["1.1", "1.1"]
    assert now.targets["programme"].to_list() == ["small", "other"]
    assert isinstance(now.plan, attain.Portfolio)
    assert repr(now.plan) == "<attain.Portfolio of 2 programmes: small other>"
    with pytest.raises(attain.InvalidProgramme):
        attain.Portfolio([lifts(), lifts()])


def test_copies_of_a_programme_are_the_programme(plan: attain.Programme) -> None:
    assert copy.copy(plan) is plan
    assert copy.deepcopy(plan) is plan
    assert hash(plan) == hash(attain.Programme.from_json(plan.to_json()))


def test_a_window_may_be_written_as_a_period() -> None:
    def of(window: specs.Window) -> attain.Programme:
        indicators = [attain.indicator("lifts", unit="台", kind="increment")]
        return attain.programme(id="small", window=window, indicators=indicators, projects=[])

    assert of("2026") == of(("2026-01-01", "2026-12-31"))
    assert of("2026Q1").window == (datetime.date(2026, 1, 1), datetime.date(2026, 3, 31))
    with pytest.raises(attain.InvalidInput, match="this is not a period"):
        of("next year")
