"""Evaluations and their results."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attain
import pytest


def test_a_result_has_every_answer(now: attain.Evaluation) -> None:
    result = now["22.1"]
    assert (result.id, result.place, result.indicator) == ("22.1", "city", "trained")
    assert result.name == "Training courses"
    assert result.text == "Finish 7,000 training courses"
    assert (result.reading, result.baseline, result.goal, result.upper_goal) == (5000, 0, 7000, None)
    assert result.attainment == pytest.approx(5 / 7, abs=1e-12)
    assert result.expected == pytest.approx(0.75, abs=1e-3)
    assert result.gap == pytest.approx(result.attainment - result.expected, abs=1e-12)
    assert result.pace == pytest.approx(result.attainment / result.expected, abs=1e-12)
    assert result.days_ahead < 0
    assert result.of_goal == pytest.approx(5 / 7, abs=1e-12)
    assert result.data_day == datetime.date(2021, 9, 30)
    assert 0 < result.coverage < 1
    assert (result.status, result.reason) == ("on_track", None)
    assert result.aim == "at_least"
    assert not result.is_hold
    assert not result.is_recurring
    assert result.is_lower_bound
    assert isinstance(result.status, str)


def test_an_answer_that_is_none_has_a_reason(now: attain.Evaluation) -> None:
    result = now["1.1", "lake"]
    assert result.status is None
    assert result.reading is None
    assert result.reason is attain.Reason.no_observation
    assert result.reason == "no_observation"
    assert str(result.reason) == "no_observation"
    assert result.reason_of("reading") == "no_observation"
    assert result.reason_of("goal") is None
    assert now["12.2"].reason_of("expected") == "not_applicable"
    with pytest.raises(attain.UnknownId) as raised:
        result.reason_of("attainmnt")
    assert raised.value.nearest[0] == "attainment"


def test_a_reason_says_what_would_give_an_answer() -> None:
    for reason in attain.Reason:
        assert reason.sentence().endswith(".")
        assert reason.sentence("zh").endswith("。")


def test_no_result_has_a_truth_value(now: attain.Evaluation) -> None:
    for result in (now, now["22.1"], now.root):
        with pytest.raises(TypeError, match=r"has no truth value; ask for .*status"):
            bool(result)


def test_a_target_is_found_by_id_alias_full_id_and_place(now: attain.Evaluation) -> None:
    assert now["22.1"].id == now["counties-lesson/22.1"].id == now.target("22.1").id
    assert now["22.1", "east"].place == now.target("22.1", "east").place == now.target("22.1", place="east").place == "east"
    assert now["1.1", "east"].goal == 60
    assert "22.1" in now
    assert "22.9" not in now


@pytest.mark.parametrize(
    ("look_up", "kind", "nearest"),
    [
        (lambda now: now["22.9"], "target", "22.1"),
        (lambda now: now["22.1", "eest"], "place", "east"),
        (lambda now: now.project("222"), "project", "22"),
        (lambda now: now.project("22", "eest"), "place", "east"),
        (lambda now: now.target_table(place="eest"), "place", "east"),
        (lambda now: now.target_table(columns=["readin"]), "column", "reading"),
        (lambda now: now.targets["readin"], "column", "reading"),
    ],
)
def test_an_unknown_id_says_what_it_resembles(
    now: attain.Evaluation, look_up: Callable[[attain.Evaluation], object], kind: str, nearest: str
) -> None:
    with pytest.raises(KeyError) as raised:
        look_up(now)
    assert isinstance(raised.value, attain.UnknownId)
    assert raised.value.kind == kind
    assert nearest in raised.value.nearest
    assert nearest in str(raised.value)


def test_a_project_has_answers_too(now: attain.Evaluation) -> None:
    project = now.project("22")
    assert (project.id, project.name, project.place, project.is_root) == ("22", "Skills and jobs", "city", False)
    assert project.status == "on_track"
    assert [target.id for target in project.targets] == ["22.1", "22.2", "22.3"]
    assert project.projects == []
    assert project.gap == pytest.approx(project.attainment - project.expected, abs=1e-12)
    assert project.lower <= project.attainment <= project.upper
    assert project.due == datetime.date(2021, 12, 31)
    assert now.project("1").status == "at_risk"
    assert now.root.is_root
    assert now.root.id == "counties-lesson"
    assert [child.id for child in now.root.projects] == ["1", "12", "22", "26"]
    assert now.root.target_count == 9
    assert now.project("1", "east").place == "east"


def test_results_come_in_the_order_of_the_programme(now: attain.Evaluation, plan: attain.Programme) -> None:
    assert [result.id for result in now] == plan.target_ids
    assert len(now) == len(plan.target_ids)
    assert len(now.results(at_places=True)) > len(now)


def test_what_was_known_earlier_is_what_was_recorded_by_then(plan: attain.Programme, book: attain.Ledger) -> None:
    june = attain.evaluate(plan, book, as_of="2021-06-30", known_at="2021-07-10")
    assert june.known_at == datetime.date(2021, 7, 10)
    assert june["1.1", "west"].reading == 20
    assert june["1.1", "west"].status == "on_track"
    assert attain.evaluate(plan, book, as_of="2021-06-30")["1.1", "west"].reading == 14


def test_an_evaluation_keeps_what_it_saw(now: attain.Evaluation, plan: attain.Programme, book: attain.Ledger) -> None:
    assert now.plan == plan
    assert now.book == book
    assert now.as_of == datetime.date(2021, 9, 30)
    assert now.known_at is None


def test_history_is_the_same_as_one_evaluation_a_day(plan: attain.Programme, book: attain.Ledger) -> None:
    days = [datetime.date(2021, month, 28) for month in range(1, 13)]
    for then, day in zip(attain.history(plan, book, days=days), days, strict=True):
        assert then.as_of == day
        assert then.targets == attain.evaluate(plan, book, as_of=day).targets
        assert then.projects == attain.evaluate(plan, book, as_of=day).projects


def test_threads_change_nothing(plan: attain.Programme, book: attain.Ledger, now: attain.Evaluation) -> None:
    assert attain.evaluate(plan, book, as_of="2021-09-30", threads=4).targets == now.targets
    with pytest.raises(attain.InvalidOption):
        attain.evaluate(plan, book, as_of="2021-09-30", threads=0)


def test_options_are_keywords(plan: attain.Programme, book: attain.Ledger) -> None:
    with pytest.raises(TypeError):
        attain.evaluate(plan, book, "2021-09-30")  # type: ignore[misc]
    with pytest.raises(TypeError):
        attain.evaluate(plan, book)  # type: ignore[call-arg]


def test_a_folder_is_no_plan_and_a_ledger_store_no_ledger(plan: attain.Programme, book: attain.Ledger, tmp_path: Path) -> None:
    anything: Any = "my-town"
    with pytest.raises(TypeError, match="not 'my-town'; read_programme"):
        attain.evaluate(anything, book, as_of="2021-09-30")
    with attain.open_ledger(tmp_path / "town.attain") as store, pytest.raises(TypeError, match=r"pass its ledger\(\)"):
        anything = store
        attain.evaluate(plan, anything, as_of="2021-09-30")


def test_an_explanation_is_data_first_and_text_second(now: attain.Evaluation) -> None:
    explanation = now["22.1"].explain()
    assert "22.1" in explanation.subject
    assert explanation.steps
    kinds = {step.kind for step in explanation.steps}
    assert {attain.StepKind.reading, attain.StepKind.goal, attain.StepKind.status} <= kinds
    [reading] = [step for step in explanation.steps if step.kind == "reading"]
    assert reading.value == 5000
    assert explanation.text == str(explanation)
    assert explanation.text.startswith(repr(explanation).splitlines()[0])
    assert explanation.subject in explanation.text
    assert isinstance(explanation.findings, list)
    assert "22.1" in now.project("22").explain().text


def test_a_result_as_a_dictionary_holds_the_same_answers(now: attain.Evaluation) -> None:
    for result in (*now, now.root, now.project("22")):
        for name, value in result.to_dict().items():
            assert getattr(result, name) == value


def test_a_tracker_gives_the_bits_of_a_full_run(plan: attain.Programme) -> None:
    book = attain.Ledger()
    tracker = attain.Tracker(plan, book, as_of="2021-09-30")
    changed = tracker.apply({"indicator": "lifts", "place": "lake", "period": "2021-09", "amount": 5})
    assert ("1.1", "lake") in changed.targets
    assert ("1", "city") in changed.projects
    assert len(tracker.book) == 1
    assert len(book) == 0
    full = attain.evaluate(plan, tracker.book, as_of="2021-09-30")
    assert tracker.snapshot().target_table(at_places=True) == full.target_table(at_places=True)
    assert tracker.snapshot().project_table(at_places=True) == full.project_table(at_places=True)
    tracker.move_to("2021-10-31")
    assert tracker.as_of == datetime.date(2021, 10, 31)
    with pytest.raises(attain.InvalidInput):
        tracker.apply({"indicator": "lifts", "place": "nowhere", "period": "2021-09", "amount": 5})


def test_the_table_says_what_to_do_about_a_reading_that_cannot_be_judged() -> None:
    plan = attain.programme(
        id="air",
        window="2021",
        indicators=[attain.indicator("pm25", unit="µg/m³", kind="level", period="month")],
        projects=[attain.project("1", targets=[attain.target("1.1", name="Fine dust", indicator="pm25", aim=attain.at_most(35))])],
    )
    book = attain.Ledger()
    book.append(indicator="pm25", day="2021-06-30", amount=40)
    text = attain.text_table(attain.evaluate(plan, book, as_of="2021-06-30"))
    assert "40" in text and "– baseline missing" in text
    assert "No answer: baseline missing (1). The starting amount is unknown; declare a baseline" in text
    assert text.splitlines()[-1] == "  1.1 Fine dust"
