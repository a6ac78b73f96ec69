"""Hand-computed cases of the rules R, D and B1: what the ledger says."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from .hand import CITY, cell, indicator, monthly, near, of, on, run

TEN = {"aim": {"at_least": 10}}
HIGH = {"aim": {"at_least": 100}, "baseline": 50}


def test_R1_the_latest_recorded_stands_whatever_the_order() -> None:
    rows = [on("2021-01-31", 7, recorded="2021-03-01"), on("2021-01-31", 5, recorded="2021-02-01")]
    assert cell(HIGH, rows, "2021-03-31", "level").reading == 7
    assert cell(HIGH, rows[::-1], "2021-03-31", "level").reading == 7
    assert cell(HIGH, rows, "2021-03-31", "level", known_at="2021-02-28").reading == 5


def test_R1_equal_recorded_with_different_amounts_is_ambiguous_until_settled() -> None:
    rows = [*monthly([1, 2]), *monthly([3])]
    assert cell(TEN, rows, "2021-02-28").reading_reason == "ambiguous"
    settled = [*rows, {"indicator": "x", "period": "2021-01", "amount": 4, "recorded": "2021-03-05"}]
    assert cell(TEN, settled, "2021-02-28").reading == 6


def test_R1a_equal_recorded_and_equal_content_is_one_entry() -> None:
    assert cell(TEN, [*monthly([1, 2]), *monthly([1])], "2021-02-28").reading == 3


def test_R1_a_withdrawal_does_not_bring_back_what_it_replaced() -> None:
    rows = [*monthly([1, 2]), {"indicator": "x", "period": "2021-01", "amount": 5, "recorded": "2021-02-10"},
            {"indicator": "x", "period": "2021-01", "withdrawn": True, "recorded": "2021-02-20"}]
    assert cell(TEN, rows, "2021-02-28").reading == 2
    assert cell(TEN, rows, "2021-02-28", known_at="2021-02-15").reading == 5  # February is not yet known


def test_R2_a_result_published_in_january_counts_for_the_year() -> None:
    rows = [{"indicator": "x", "period": "2021", "amount": 12, "recorded": "2022-01-20"}]
    assert cell(TEN, rows, "2022-02-01").status == "met"
    assert cell(TEN, rows, "2022-02-01", known_at="2022-01-19").status_reason == "no_observation"


def test_R3_a_day_means_its_close() -> None:
    rows = monthly([1] * 6)
    assert cell(TEN, rows, "2021-06-30").reading == 6
    assert cell(TEN, rows, "2021-06-29").reading == 5


def test_R4_increments_outside_or_across_the_edge_of_the_window_are_left_out() -> None:
    rows = [{"indicator": "x", "period": "2020-12-16/2021-01-15", "amount": 5}, *monthly([None, 2]),
            {"indicator": "x", "period": "2020-12", "amount": 7}]
    assert cell(TEN, rows, "2021-03-01").reading == 2


@pytest.mark.parametrize("recorded, amount, expected", [
    ("2021-05-01", 9, 9), ("2021-03-01", 9, 3), ("2021-03-31", 3, 3), ("2021-03-31", 9, "ambiguous")])
def test_R4_a_container_and_its_tiles(recorded: str, amount: float, expected: Any) -> None:
    """The side recorded later stands; on a tie the tiles if the totals agree (R4a)."""
    rows = [*monthly([1, 1, 1]), {"indicator": "x", "period": "2021Q1", "amount": amount, "recorded": recorded}]
    made = cell(TEN, rows, "2021-06-30")
    assert (made.reading if made.reading_reason is None else made.reading_reason) == expected


def test_R4_a_container_that_is_not_tiled_must_be_later() -> None:
    rows = monthly([1, 1])
    container = {"indicator": "x", "period": "2021Q1", "amount": 9}
    assert cell(TEN, [*rows, {**container, "recorded": "2021-04-01"}], "2021-06-30").reading == 9
    assert cell(TEN, [*rows, {**container, "recorded": "2021-02-28"}], "2021-06-30").reading_reason == "ambiguous"


def test_R4_a_partial_overlap_is_ambiguous() -> None:
    rows = [*monthly([1, 1]), {"indicator": "x", "period": "2021-02-15/2021-03-15", "amount": 1}]
    assert cell(TEN, rows, "2021-06-30").reading_reason == "ambiguous"


def test_R4a_an_entry_without_amount_neither_tiles_nor_contains() -> None:
    rows = [*monthly([1, 1]), {"indicator": "x", "period": "2021Q1", "missing": "withheld", "recorded": "2021-02-01"}]
    assert cell(TEN, rows, "2021-06-30").reading == 2


def test_R5_an_earlier_origin_subtracts_the_eve() -> None:
    """192 -> 264 is 72 new"""
    rows = [on("2020-12-31", 192), on("2021-06-30", 264)]
    ever = [indicator("running_total", origin="ever")]
    assert cell({"aim": {"at_least": 144}}, rows, "2021-06-30", ever).reading == 72
    assert cell({"aim": {"at_least": 144}}, rows[1:], "2021-06-30", ever).reading_reason == "baseline_missing"
    declared = [indicator("running_total", origin="ever", eve_amount=200)]
    assert cell({"aim": {"at_least": 144}}, rows, "2021-06-30", declared).reading == 64


def test_R5a_a_yearly_origin_adds_the_closed_years() -> None:
    window = {"start": "2020-07-01", "due": "2021-12-31"}
    kind = [indicator("running_total", origin="year")]
    rows = [on("2020-06-30", 40), on("2020-12-31", 100), on("2021-03-31", 30)]
    made = cell(TEN, rows, "2021-03-31", kind, window=window)
    assert of(made, "reading", "coverage") == (90, 1)
    early = [on("2020-06-30", 40), on("2020-11-30", 100), on("2021-03-31", 30)]
    made = cell(TEN, early, "2021-03-31", kind, window=window)
    assert of(made, "reading", "coverage") == (90, Fraction(153 + 90, 184 + 90))
    assert cell(TEN, rows[1:], "2021-03-31", kind, window=window).reading_reason == "baseline_missing"


def test_R5a_the_eve_is_subtracted_from_the_first_year_only() -> None:
    window = {"start": "2020-07-01", "due": "2021-12-31"}
    kind = [indicator("running_total", origin="year")]
    made = cell(TEN, [on("2020-06-30", 40), on("2021-03-31", 30)], "2021-03-31", kind, window=window)
    assert of(made, "reading", "coverage") == (30, Fraction(90, 184 + 90))
    assert cell(TEN, [on("2021-03-31", 30)], "2021-03-31", kind, window=window).reading == 30


def test_R5a_a_running_total_covers_due_only_with_an_entry_on_due() -> None:
    target = {"aim": {"at_least": 300}}
    assert cell(target, [on("2021-11-30", 9)], "2021-12-31", "running_total").status_reason == "incomplete"
    assert cell(target, [on("2021-12-31", 9)], "2021-12-31", "running_total").status == "missed"


def test_R6_a_level_may_lie_before_the_window_within_its_age() -> None:
    level = [indicator("level", period="month")]  # age 62 days
    assert cell(HIGH, [on("2020-12-15", 70)], "2021-02-15", level).reading == 70
    assert cell(HIGH, [on("2020-12-15", 70)], "2021-02-16", level).reading_reason == "stale"


def test_R6_a_missing_level_is_skipped_and_its_reason_given_only_if_no_other_remains() -> None:
    missing = {"indicator": "x", "day": "2021-02-28", "missing": "withheld"}
    assert cell(HIGH, [on("2021-01-31", 70), missing], "2021-03-31", "level").reading == 70
    assert cell(HIGH, [missing], "2021-03-31", "level").reading_reason == "withheld"


def test_R6a_of_one_last_day_the_later_recorded_stands() -> None:
    rows = [on("2021-03-31", 70, recorded="2021-04-02"), {"indicator": "x", "period": "2021Q1", "amount": 60}]
    assert cell(HIGH, rows, "2021-06-30", "level").reading == 70


def test_R6_ratings_count_only_inside_the_window() -> None:
    target = {"aim": {"at_least": 0.6}}
    assert cell(target, [on("2020-12-31", 0.8)], "2021-06-30", "rating").reading_reason == "no_observation"


def test_R7_ratios_divide_at_the_end_and_use_identical_periods() -> None:
    kinds = [indicator("increment", "a"), indicator("increment", "b"), indicator("ratio", numerator="a", denominator="b")]
    rows = [*monthly([1, 3], "a"), *monthly([2, 6, 100], "b")]
    made = cell({"aim": {"at_least": 0.6}}, rows, "2021-03-31", kinds)
    assert made.reading == Fraction(4, 8) and made.hold
    assert made.coverage == Fraction(59, 90)


def test_R7_sides_of_different_kinds_are_read_as_of_the_earlier_data_day() -> None:
    kinds = [indicator("increment", "a"), indicator("level", "b"), indicator("ratio", numerator="a", denominator="b")]
    rows = [*monthly([1, 1, 1], "a"), on("2021-02-28", 10, "b"), on("2021-05-31", 20, "b")]
    made = cell({"aim": {"at_least": 0.6}}, rows, "2021-04-30", kinds)
    assert made.reading == Fraction(2, 10)  # both as of 28 February
    assert cell({"aim": {"at_least": 0.6}}, rows, "2021-05-31", kinds).reading == Fraction(3, 10)  # of 31 March


def test_R7_a_formula_is_computed_after_its_inputs_were_rolled_up() -> None:
    kinds = [indicator("increment", "a"), indicator("increment", "b"), indicator("formula", expression="[a] / [b] + 1")]
    rows = [*monthly([1], "a", place="east"), *monthly([3], "a", place="west"),
            *monthly([2], "b", place="east"), *monthly([6], "b", place="west")]
    assert cell(TEN, rows, "2021-01-31", kinds, places=CITY).reading == Fraction(4, 8) + 1


def test_R7_division_by_zero_has_its_reason() -> None:
    kinds = [indicator("increment", "a"), indicator("increment", "b"), indicator("ratio", numerator="a", denominator="b")]
    assert cell(TEN, [*monthly([1], "a"), *monthly([0], "b")], "2021-01-31", kinds).reading_reason == "denominator_zero"


def test_R8_gaps_lower_the_covered_share_and_a_floor_reached_stands() -> None:
    made = cell(TEN, monthly([None, 2, None, 3]), "2021-04-30")
    assert of(made, "reading", "coverage") == (5, Fraction(28 + 30, 120))
    assert made.attainment_reason == "incomplete"
    met = cell(TEN, monthly([None, 10]), "2021-04-30")
    assert of(met, "status", "attainment_reason", "score") == ("met", "incomplete", 1)  # A1a


def test_R8a_places_are_covered_by_quota_else_by_declared_weight() -> None:
    rows = monthly([3], place="east")
    by_quota = {**TEN, "quotas": {"east": 8, "west": 2}}
    assert cell(by_quota, rows, "2021-01-31", places=CITY).coverage == Fraction(8, 10)
    assert cell(TEN, rows, "2021-01-31", places=CITY).coverage == Fraction(1, 2)
    weighted = [CITY[0], CITY[1], {**CITY[2], "weight": 3}]
    assert cell(TEN, rows, "2021-01-31", places=weighted).coverage == Fraction(1, 4)


def test_R9_own_entries_beat_the_sum_of_the_children() -> None:
    rows = [*monthly([3], place="east"), *monthly([4], place="west")]
    assert cell(TEN, rows, "2021-01-31", places=CITY).reading == 7
    assert cell(TEN, [*rows, *monthly([9])], "2021-01-31", places=CITY).reading == 9
    missing = {"indicator": "x", "period": "2021-01", "missing": "withheld"}
    assert cell(TEN, [*rows, missing], "2021-01-31", places=CITY).reading == 7
    assert cell(TEN, [missing], "2021-01-31", places=CITY).reading_reason == "withheld"
    assert cell(TEN, [*rows, *monthly([9]), *monthly([8])], "2021-01-31", places=CITY).reading_reason == "ambiguous"


def test_R9_a_goal_is_its_own_else_its_quota_else_the_sum_of_those_below() -> None:
    places = [*CITY, {"id": "e1", "within": "east"}, {"id": "e2", "within": "east"}]
    target = {"aim": {"at_least": 139}, "quotas": {"e1": 50, "e2": 30, "west": 40}}
    cells = run(target, monthly([1], place="e1"), "2021-01-31", places=places).cells
    goals = {place: c.goal for (_, place), c in cells.items()}
    assert goals == {"city": 139, "east": 80, "west": 40, "e1": 50, "e2": 30}


def test_R9c_goals_of_places_in_between_sum_only_what_adds_up() -> None:
    places = [*CITY, {"id": "e1", "within": "east"}]
    target = {"aim": {"at_least": 9}, "quotas": {"e1": 8}}
    cells = run(target, [], "2021-01-31", "level", places=places).cells
    assert cells["1.1", "east"].status_reason == "not_applicable"


def test_R9c_above_its_own_place_a_target_counts_with_its_own_cell() -> None:
    made = run({**TEN, "place": "east"}, monthly([1], place="east"), "2021-01-31", places=CITY)
    assert list(made.cells) == [("1.1", "east")]
    assert made.nodes["", "city"].attainment == Fraction(1, 10)
    assert ("", "west") not in made.nodes


@pytest.mark.parametrize("across, value", [("sum", 9), ("least", 2), ("greatest", 7), ("none", None)])
def test_R9_levels_combine_as_declared(across: str, value: Any) -> None:
    rows = [on("2021-01-31", 2, place="east"), on("2021-01-31", 7, place="west")]
    made = cell(HIGH, rows, "2021-01-31", [indicator("level", across_places=across)], places=CITY)
    assert made.reading == value


def test_R9_a_weighted_mean_takes_its_weights_from_an_indicator() -> None:
    kinds = [indicator("level", "people"), indicator("level", across_places="weighted_mean", weighted_by="people")]
    rows = [on("2021-01-31", 2, place="east"), on("2021-01-31", 7, place="west"),
            on("2021-01-31", 300, "people", place="east"), on("2021-01-31", 100, "people", place="west")]
    assert cell(HIGH, rows, "2021-01-31", kinds, places=CITY).reading == Fraction(2 * 300 + 7 * 100, 400)


def test_R9d_a_child_without_a_weight_has_no_amount() -> None:
    kinds = [indicator("level", "people"), indicator("level", across_places="weighted_mean", weighted_by="people")]
    rows = [on("2021-01-31", 2, place="east"), on("2021-01-31", 7, place="west"), on("2021-01-31", 100, "people", place="west")]
    assert cell(HIGH, rows, "2021-01-31", kinds, places=CITY).reading == 7
    assert cell(HIGH, rows[:2], "2021-01-31", kinds, places=CITY).reading_reason == "no_observation"
    weightless = [*rows[:2], on("2021-01-31", 0, "people", place="west")]
    assert cell(HIGH, weightless, "2021-01-31", kinds, places=CITY).reading_reason == "denominator_zero"


def test_R9e_a_tuple_with_a_member_that_does_not_combine_is_read_from_own_entries() -> None:
    rows = [on("2021-01-31", 2, "n", place="east"), {"indicator": "d", "day": "2021-01-31", "place": "east", "missing": "withheld"}]
    for across, reason in (("sum", "withheld"), ("none", "no_observation")):
        kinds = [indicator("level", "n", across_places=across), indicator("level", "d", across_places="sum"),
                 indicator("ratio", numerator="n", denominator="d")]
        assert cell(HIGH, rows, "2021-01-31", kinds, places=CITY).reading_reason == reason


def test_R9a_the_first_reason_of_the_children() -> None:
    rows = [{"indicator": "x", "period": "2021-01", "place": "west", "missing": "withheld"}]
    assert cell(TEN, rows, "2021-01-31", places=CITY).reading_reason == "withheld"


def _divided(complete: bool, *said: str) -> list[Any]:
    kind = indicator("increment", dimensions=[{"id": "sex", "categories": ["f", "m"], "complete": complete}])
    return [[kind], [{"indicator": "x", "period": "2021-01", "amount": 3, "dimensions": d} for d in said]]


@pytest.mark.parametrize("complete, said, reading, share", [
    (True, ["sex=f", "sex=m"], 6, 1), (True, ["sex=f"], 3, Fraction(1, 2)), (False, ["sex=f", "sex=m"], 6, Fraction(1, 2)),
    (True, ["sex=f", "sex=m", ""], 3, 1), (True, ["soil=clay"], None, 0)])
def test_R10_the_undivided_entry_else_the_categories(complete: bool, said: list[str], reading: Any, share: Any) -> None:
    kinds, rows = _divided(complete, *said)
    made = cell(TEN, rows, "2021-01-31", kinds)
    assert of(made, "reading", "coverage") == (reading, share)


def test_R10_a_target_of_one_category_reads_only_its_entries() -> None:
    kinds, rows = _divided(True, "sex=f", "sex=m", "")
    assert cell({**TEN, "disaggregation": {"sex": "f"}}, rows, "2021-01-31", kinds).reading == 3


def test_R11_a_share_of_the_goal_is_of_the_place_that_reports() -> None:
    rows = [{"indicator": "x", "period": "2021-01", "amount": 0.5, "form": "share_of_goal", "place": p} for p in ("east", "west")]
    made = cell({"aim": {"at_least": 139}, "quotas": {"east": 80, "west": 60}}, rows, "2021-01-31", places=CITY)
    assert made.reading == 70


def test_R11_the_unfavourable_end_gives_reached() -> None:
    rows = monthly([[97, 99]])
    assert cell({"aim": {"at_least": 98}}, rows, "2021-01-31").status != "met"
    assert cell({"aim": {"at_least": 97}}, rows, "2021-01-31").status == "met"
    assert cell({"aim": {"at_most": 98}}, rows, "2021-01-31").reading == 99
    assert cell({"aim": {"at_most": 98}}, rows, "2021-01-31").status != "missed"  # R11a: the low end proves
    assert cell({"aim": {"at_most": 96}}, rows, "2021-01-31").status == "missed"


def test_R11_an_open_unfavourable_end_is_not_comparable() -> None:
    rows = monthly([[180, None]])
    assert cell({"aim": {"at_least": 180}}, rows, "2021-01-31").status == "met"
    assert cell({"aim": {"at_most": 200}}, rows, "2021-01-31").reading_reason == "not_comparable"
    assert cell({"aim": {"at_most": 170}}, rows, "2021-01-31").status == "missed"


def test_R12_another_stage_is_no_reading() -> None:
    kind = [indicator("increment", stage="built")]
    assert cell(TEN, monthly([5], stage="started"), "2021-01-31", kind).reading_reason == "not_comparable"
    assert cell(TEN, monthly([5]), "2021-01-31", kind).reading == 5
    assert cell(TEN, monthly([5], stage="built"), "2021-01-31", kind).reading == 5


def test_R12a_another_stage_corrects_and_adds_nothing() -> None:
    kind = [indicator("increment", stage="built")]
    later = monthly([7], stage="started", recorded="2021-02-20")
    assert cell(TEN, monthly([5]) + later, "2021-02-28", kind).reading == 5
    assert cell(TEN, monthly([5]) + monthly([None, 7], stage="started"), "2021-02-28", kind).reading == 5
    withheld = [{"indicator": "x", "period": "2021-01", "missing": "withheld"}]
    assert cell(TEN, withheld + later, "2021-02-28", kind).reading_reason == "withheld"


def test_R7b_a_tuple_has_the_reason_of_the_member_that_lacks_an_amount() -> None:
    kinds = [indicator("increment", "n"), indicator("level", "d", maximum_age=31),
             indicator("ratio", numerator="n", denominator="d")]
    rows = monthly([1] * 6, "n") + [on("2021-01-31", 2, "d")]
    assert cell({"aim": {"at_least": 1}}, rows, "2021-06-30", kinds).reading_reason == "stale"
    twice = [{"indicator": "n", "period": "2021-01", "amount": a} for a in (1, 2)]
    withheld = [{"indicator": "d", "day": "2021-01-31", "missing": "withheld"}]
    assert cell({"aim": {"at_least": 1}}, twice + withheld, "2021-02-28", kinds).reading_reason == "withheld"


def test_R11c_an_interval_in_a_formula_is_not_comparable_whatever_it_does() -> None:
    kinds = [indicator("level", "n"), indicator("formula", expression="coalesce([n] / 2, 0)")]
    assert cell(TEN, [on("2021-01-31", [1, 2], "n")], "2021-01-31", kinds).reading_reason == "not_comparable"


def test_R14_ratings_of_several_authors() -> None:
    target = {"aim": {"at_least": 0.6}}
    rows = [on("2021-02-01", 0.8, author="panel"), on("2021-03-01", 0.5, author="office")]
    assert cell(target, rows, "2021-06-30", "rating").reading_reason == "ambiguous"
    ranked = [indicator("rating", authors=["panel", "office"])]
    assert near(cell(target, rows, "2021-06-30", ranked).reading, 0.8)


def test_B1_the_baseline_of_a_level_is_declared_else_on_the_eve() -> None:
    rows = [on("2020-12-20", 60), on("2021-03-31", 80)]
    target = {"aim": {"at_least": 100}}
    assert cell(target, rows, "2021-03-31", "level").attainment == Fraction(1, 2)
    assert cell({**target, "baseline": 0}, rows, "2021-03-31", "level").baseline == 0
    assert cell(target, rows[1:], "2021-03-31", "level").attainment_reason == "baseline_missing"


def test_B1a_a_ratio_between_levels_finds_its_baseline_on_the_eve() -> None:
    kinds = [indicator("level", "a"), indicator("level", "b"), indicator("ratio", numerator="a", denominator="b")]
    rows = [on("2020-12-31", 1, "a"), on("2020-12-31", 4, "b"), on("2021-06-30", 2, "a"), on("2021-06-30", 4, "b")]
    made = cell({"aim": {"at_least": 0.75}}, rows, "2021-06-30", kinds)
    assert of(made, "baseline", "attainment") == (Fraction(1, 4), Fraction(1, 2))


def test_D2_two_reporting_periods_are_the_allowed_lag() -> None:
    level = [indicator("level", period="month", maximum_age=400)]
    rows = [on("2021-01-31", 70)]
    assert cell(HIGH, rows, "2021-04-03", level).gap is not None  # 62 days
    assert cell(HIGH, rows, "2021-04-04", level).gap_reason == "stale"
    assert cell(HIGH, rows, "2021-04-04", level).status_reason == "stale"


def test_D4_the_data_day_is_the_end_of_the_last_period_used() -> None:
    rows = [*monthly([1, 1], place="east"), *monthly([1], place="west")]
    made = cell(TEN, rows, "2021-04-10", places=CITY)
    assert made.data_day is not None and made.data_day == 737849  # 28 February 2021


def test_T1_the_row_known_at_the_day_holds() -> None:
    target = {"aim": {"at_least": 50}, "recorded": "2021-06-01",
              "history": [{"recorded": "2020-12-01", "aim": {"at_least": 20}}, {"recorded": "2021-03-01", "aim": {"at_least": 30}}]}
    for known_at, goal in (("2020-01-01", 20), ("2021-02-28", 20), ("2021-03-01", 30), ("2021-06-01", 50), (None, 50)):
        assert cell(target, [], "2021-12-31", known_at=known_at).goal == goal


def test_window_of_the_target_beats_that_of_the_project() -> None:
    target = {**TEN, "window": {"start": "2021-02-01", "due": "2021-03-31"}}
    assert cell(target, monthly([5, 1, 1]), "2021-12-31").reading == 2
