"""Roll-ups of nodes, and their formulas over arrays, as Python sees them."""

import math

import numpy
import pytest

import attain


def evaluated(roll_up: attain.specs.RollUpSpec, **done: float) -> attain.ProjectResult:
    """One project of promises of 100, each with so much done by the end of September."""
    plan = attain.programme(
        id="city",
        window=("2021-01-01", "2021-12-31"),
        indicators=[attain.indicator(name, unit="元", kind="increment") for name in done],
        projects=[
            attain.project(
                "water", roll_up=roll_up, targets=[attain.target(f"to-{name}", indicator=name, aim=attain.at_least(100)) for name in done]
            )
        ],
    )
    said = [{"indicator": name, "period": "2021-01-01/2021-09-30", "amount": amount} for name, amount in done.items()]
    return attain.evaluate(plan, attain.Ledger(said, plan), as_of="2021-09-30").project("water")


def test_a_result_keeps_its_weights_and_their_consistency() -> None:
    weights = attain.weights_by("comparisons", comparisons={("to-a", "to-b"): 3, ("to-a", "to-c"): 3, ("to-b", "to-c"): 1})
    water = evaluated(attain.roll_up("geometric_mean", floor=0.01, weights=weights), a=64, b=100, c=100)
    assert water.weights_by == "comparisons"
    assert water.weights == pytest.approx({"to-a": 0.6, "to-b": 0.2, "to-c": 0.2})
    assert water.consistency_ratio == pytest.approx(0, abs=1e-12)
    assert water.attainment == pytest.approx(0.64**0.6)


def test_rules_that_fired_say_score_and_status_before_and_after() -> None:
    rules = [
        attain.ceiling("to-a", 0.5, when="failing", name="late"),
        attain.bonus("to-b", points=0.1),
        attain.deduction(["to-a"], per_unit=0.001, when="unmet", most=0.05),
        attain.grade_ceiling("to-a", "behind", when="unmet"),
        attain.veto("to-b"),
        attain.fail(["to-a", "to-b"], count=2),
    ]
    water = evaluated(attain.roll_up(rules=rules), a=40, b=100)
    assert water.attainment_before_rules == pytest.approx(0.7)
    assert water.attainment == pytest.approx(0.55)
    assert [(rule["effect"], rule["name"]) for rule in water.rules] == [
        ("ceiling", "late"), ("bonus", ""), ("deduction", ""), ("grade_ceiling", ""),
    ]  # fmt: skip
    assert water.rules[0]["score_before"] == pytest.approx(0.7)
    assert water.rules[0]["score_after"] == pytest.approx(0.5)
    assert water.rules[-1]["status_after"] == water.status == "behind"
    assert "late, ceiling: score 70% to 50%" in water.explain().text


def test_a_project_can_have_the_worst_status_of_its_targets() -> None:
    water = evaluated(attain.roll_up(rules=[attain.worst_status(["to-a", "to-b"])]), a=10, b=100, c=100, d=100)
    assert water.attainment == pytest.approx(0.775)
    assert water.status == "behind"
    assert [(rule["effect"], rule["status_after"]) for rule in water.rules] == [("worst_status", "behind")]


def test_a_geometric_mean_without_a_floor_is_refused_with_what_to_change() -> None:
    with pytest.raises(attain.InvalidProgramme) as refused:
        evaluated(attain.roll_up("geometric_mean"), a=1)
    (problem,) = refused.value.findings
    assert (problem.code, problem.where) == ("no_floor", "/projects/0/roll_up/floor")
    assert "0.01" in problem.expected


def test_answers_are_values_or_reasons() -> None:
    means = attain.aggregate.weighted_mean([[1, 3], [math.nan, math.nan], [1, math.nan]], minimum_coverage=0.6)
    assert list(means) == [2, None, None]
    assert means.why(0) is None
    assert means.why(1) is attain.Reason.no_observation
    assert means.why(2) is attain.Reason.incomplete
    assert numpy.asarray(means)[0] == 2
    assert repr(means) == "<Answers: 2, no_observation, incomplete>"
    with pytest.raises(ValueError, match="3 answers"):
        means.only()


def test_missing_scores_are_left_out_zero_or_refused() -> None:
    row = [0.5, math.nan]
    assert attain.aggregate.weighted_mean(row).only() == 0.5
    assert attain.aggregate.weighted_mean(row, missing="count_as_zero").only() == 0.25
    assert attain.aggregate.weighted_mean(row, missing="refuse").why(0) is attain.Reason.incomplete
    assert attain.aggregate.geometric_mean([0, 1], floor=0.01).only() == pytest.approx(0.1)


def test_arguments_that_make_no_sense_are_refused() -> None:
    with pytest.raises(attain.InvalidOption) as refused:
        attain.aggregate.least([1, 2], [1, -1])
    assert refused.value.findings[0].where == "weights[1]"
    with pytest.raises(ValueError, match="shape"):
        attain.aggregate.least([1, 2], [1])
    with pytest.raises(ValueError, match="the transform is shares"):
        attain.weights.entropy([[1, 2]], transform="none")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no two of"):
        attain.weights.comparison_matrix(["a"], {("a", "b"): 2})
    with pytest.raises(ValueError, match="lies below itself"):
        attain.weights.effective({"a": ("b", 1), "b": ("a", 1)})


def test_where_weights_cannot_be_told_there_is_a_reason() -> None:
    assert attain.weights.entropy([[1, 2], [1, 2]]) is attain.Reason.denominator_zero
    assert attain.weights.effective({"root": (None, 1), "a": ("root", 3), "b": ("root", 1)}) == {"root": 1, "a": 0.75, "b": 0.25}
