"""Hand-computed cases of the rules U and of the node rules of S: how cells roll up."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from .exact import ONE
from .hand import Rows, indicator, monthly, node, of, on, programme
from .oracle import evaluate

HALF = "2021-06-30"
DUE = "2021-12-31"
AB = [indicator("increment", "a"), indicator("increment", "b"), indicator("level", "h", maximum_age=400, allowed_lag=400)]


def target(name: str, goal: Any = 120, **more: Any) -> dict[str, Any]:
    return {"indicator": name, "aim": {"at_least": goal}, **more}


def rows(a: Any = None, b: Any = None, h: Any = None) -> Rows:
    made = monthly([a] * 6, "a") + monthly([b] * 6, "b")
    return made + ([on(HALF, h, "h")] if h is not None else [])


HOLD = target("h", 80, cadence="throughout")


def test_U1_more_than_all_of_one_does_not_hide_too_little_of_another() -> None:
    made = node([target("a", 60), target("b")], AB, rows(20, 10), HALF)
    assert made.attainment == (1 + Fraction(1, 2)) / 2
    capped = node([target("a", 60), target("b")], AB, rows(20, 10), HALF, defaults={"score_cap": 1.5})
    assert capped.attainment == (Fraction(1.5) + Fraction(1, 2)) / 2


def test_U2_attainment_and_expected_use_the_same_children() -> None:
    made = node([target("a", weight=3), target("b")], AB, rows(8), HALF)
    assert of(made, "attainment", "expected", "spi") == (Fraction(48, 120), Fraction(1, 2), Fraction(4, 5))
    assert of(made, "coverage", "lower", "upper") == (Fraction(3, 4), Fraction(3, 10), Fraction(3, 10) + Fraction(1, 4))


def test_U2_the_coverage_under_the_minimum_leaves_no_answer() -> None:
    made = node([target("a"), target("b")], AB, rows(8), HALF)
    assert of(made, "status", "reason", "coverage") == (None, "incomplete", Fraction(1, 2))
    assert node([target("a"), target("b")], AB, rows(8), HALF, defaults={"minimum_coverage_of_node": 0.5}).status is not None


def test_U3_holds_are_a_stream_of_their_own() -> None:
    made = node([target("a"), HOLD, {**HOLD, "weight": 3, "aim": {"at_least": 100}}], AB, rows(10, h=90), HALF)
    assert of(made, "attainment", "hold_share") == (Fraction(1, 2), Fraction(1, 4))  # U3a


def test_U4_a_part_has_no_weight_unless_given() -> None:
    made = node([target("a"), target("b", part_of="1.1")], AB, rows(10, 1), HALF)
    assert of(made, "attainment", "coverage") == (Fraction(1, 2), 1)


def test_U4a_parts_stand_in_for_a_whole_without_an_answer() -> None:
    kinds = [*AB, indicator("increment", "c")]
    whole = {"indicator": "c", "aim": {"at_least": 100}, "partition": True}
    parts = [target("a", 60, part_of="1.1"), target("b", 40, part_of="1.1")]
    made = node([whole, *parts], kinds, rows(5, 2), HALF)
    assert made.attainment == (60 * Fraction(30, 60) + 40 * Fraction(12, 40)) / 100
    one = node([whole, *parts], kinds, rows(5), HALF)
    assert of(one, "attainment", "coverage") == (Fraction(1, 2), Fraction(6, 10))


def test_U5_not_due_children_leave_or_count_as_zero() -> None:
    late = target("b", trajectory="step")
    made = node([target("a"), late], AB, rows(8), HALF)
    assert of(made, "attainment", "coverage", "spi") == (Fraction(2, 5), 1, Fraction(4, 5))
    plan = programme([target("a"), late], AB)
    plan["projects"][0]["roll_up"] = {"not_due": "count_as_zero"}
    counted = evaluate(plan, rows(8), HALF).nodes["1", "all"]
    assert of(counted, "attainment", "expected", "spi") == (Fraction(1, 5), Fraction(1, 4), Fraction(4, 5))


def _nested(*weights: float) -> dict[str, Any]:
    plan = programme([target("a", weight=weights[0])], AB)
    inner = {"id": "2", "weight": weights[1], "targets": [{"id": "2.1", **target("b", weight=2)}, {"id": "2.2", **target("h", 100, baseline=50)}]}
    plan["projects"][0]["projects"] = [inner]
    return plan


def test_U6a_effective_weights_are_products_of_shares() -> None:
    made = evaluate(_nested(1, 3), rows(10, 10), HALF).nodes
    assert made["2", "all"].coverage == Fraction(2, 3)
    assert made["1", "all"].coverage == Fraction(1, 4) + Fraction(3, 4) * Fraction(2, 3)
    assert made["1", "all"].attainment == Fraction(1, 2)  # the inner project counts with its own mean (U2a)
    assert made["1", "all"].upper == Fraction(1, 4) * Fraction(1, 2) + Fraction(3, 4) * (Fraction(2, 3) * Fraction(1, 2) + Fraction(1, 3))


def test_nodes_are_not_due_met_missed_or_without_answer() -> None:
    both = [target("a"), target("b")]
    assert node(both, AB, [], "2020-12-01").status == "not_due"
    assert node(both, AB, rows(20, 20), HALF).status == "met"
    year = monthly([10] * 12, "a") + monthly([9] * 12, "b")
    assert node(both, AB, year, DUE).status == "missed"
    assert node(both, AB, [], HALF).reason == "incomplete"
    assert node([{**t, "weight": 0} for t in both], AB, [], HALF).reason == "not_applicable"


def test_before_due_the_means_decide_and_a_failing_child_caps_a_project() -> None:
    both = [target("a"), target("b")]
    assert node(both, AB, rows(10, 10), HALF).status == "on_track"
    assert node(both, AB, rows(15, 5), HALF).status == "at_risk"  # one child behind
    assert node(both, AB, rows(15, 5), HALF, name="").status == "on_track"  # the root is no project
    assert node(both, AB, rows(2, 2), HALF).status == "behind"


def test_an_unmet_hold_caps_any_node_and_holds_alone_decide_without_progress() -> None:
    assert node([target("a"), HOLD], AB, rows(10, h=79), HALF, name="").status == "at_risk"
    assert node([HOLD], AB, rows(h=79), HALF).status == "at_risk"
    assert node([HOLD], AB, rows(h=80), HALF).status == "on_track"
    assert node([HOLD], AB, rows(h=80), HALF).hold_share == ONE


def test_a_declared_due_day_of_a_project_decides_when_it_is_over() -> None:
    plan = programme([target("a"), target("b")], AB)
    plan["projects"][0]["due"] = HALF
    assert evaluate(plan, rows(10, 10), HALF).nodes["1", "all"].reason == "incomplete"


def test_S1a_a_leaf_reported_as_not_applicable_does_not_put_off_the_due_of_a_node() -> None:
    ended = {**target("a"), "window": {"start": "2021-01-01", "due": HALF}}
    said = rows(10) + [{"indicator": "b", "period": "2021-06", "missing": "not_applicable"}]
    assert node([ended, target("b")], AB, said, HALF).status == "missed"


def test_the_worst_child_gives_both_numbers() -> None:
    plan = programme([target("a"), target("b", trajectory={"step": "2021-05-01"})], AB)
    plan["projects"][0]["roll_up"] = {"aggregator": "worst"}
    made = evaluate(plan, rows(10, 5), HALF).nodes["1", "all"]
    assert of(made, "attainment", "expected") == (Fraction(1, 4), 1)


def test_U2b_of_several_worst_children_the_one_with_the_largest_expected() -> None:
    plan = programme([target("a", trajectory={"step": "2021-09-01"}), target("b")], AB)
    plan["projects"][0]["roll_up"] = {"aggregator": "worst"}
    made = evaluate(plan, rows(5, 5), HALF).nodes["1", "all"]
    assert of(made, "attainment", "expected") == (Fraction(1, 4), Fraction(1, 2))


def test_A1a_a_proven_score_without_a_baseline_counts_from_due_on() -> None:
    level = [indicator("level", "s", across_places="sum", maximum_age=400, allowed_lag=400)]
    places = [{"id": "all"}, {"id": "east", "within": "all"}, {"id": "west", "within": "all"}]
    plan = programme([target("s", 100, quotas={"east": 10, "west": 90})], level, places)
    said = [on("2021-06-30", 110, "s", place="east")]
    assert evaluate(plan, said, HALF).nodes["1", "all"].coverage == 0
    assert evaluate(plan, said, DUE).nodes["1", "all"].attainment == 1
