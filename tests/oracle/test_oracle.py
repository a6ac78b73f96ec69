"""Hand-computed cases of the rules B, A, F, P, S and N: how one cell is judged."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from .days import day
from .expected import seasonal, straight
from .hand import CITY, cell, indicator, monthly, near, of, on

HALF = "2021-06-30"
DUE = "2021-12-31"
LEVEL = [indicator("level", maximum_age=400, allowed_lag=400)]


def full(amount: Any, months: int = 12) -> list[dict[str, Any]]:
    return monthly([amount] * months)


# B: baseline and reached ----------------------------------------------------------------------------------------------

def test_B2_seven_tenths_and_one_tenth_reach_eight_tenths() -> None:
    made = cell({"aim": {"at_least": 0.8}}, monthly([0.7, 0.1]), "2021-02-28")
    assert made.reading is not None and made.reading < Fraction(0.8)  # in exact arithmetic of doubles
    assert of(made, "status", "attainment") == ("met", 1)


def test_B2_strict_needs_more_than_the_tolerance() -> None:
    assert cell({"aim": {"at_least": 0.8, "strict": True}}, monthly([0.7, 0.1]), "2021-02-28").status != "met"
    assert cell({"aim": {"at_least": 0.8, "strict": True}}, monthly([0.7, 0.2]), "2021-02-28").status == "met"


def test_B2_the_tolerance_counts_the_distance_from_the_baseline() -> None:
    target = {"aim": {"at_least": 1}, "baseline": -1000}
    assert cell(target, [on(HALF, 1 - 9e-7)], HALF, LEVEL).status == "met"
    assert cell({**target, "baseline": 0}, [on(HALF, 1 - 9e-7)], HALF, LEVEL).status != "met"


def test_B3_a_baseline_that_reaches_the_goal_makes_a_hold() -> None:
    target = {"aim": {"at_least": 80}, "baseline": 90}
    made = cell(target, [on(HALF, 78)], HALF, LEVEL)
    assert of(made, "hold", "attainment", "expected_reason", "status") == (
        True, Fraction(78, 80), "not_applicable", "at_risk")


def test_B3_a_change_of_0_is_a_hold_of_a_level_and_a_delivery_of_an_accumulator() -> None:
    target = {"aim": {"at_least": 0, "change": "percent"}, "baseline": 100}
    assert cell(target, [on(HALF, 100)], HALF, LEVEL).hold
    made = cell(target, full(10, 6), HALF)
    assert of(made, "hold", "goal", "attainment") == (False, 100, Fraction(60, 100))


def test_B4_about_as_a_change_of_0_equals_the_baseline() -> None:
    target = {"aim": {"about": 0, "change": "amount"}, "baseline": 100}
    assert cell(target, [on(HALF, 120)], HALF, LEVEL).attainment_reason == "goal_equals_baseline"


# A: attainment --------------------------------------------------------------------------------------------------------

def test_A1_progress_is_the_share_of_the_way_unclamped() -> None:
    target = {"aim": {"at_most": 60}, "baseline": 100}
    assert cell(target, [on(HALF, 90)], HALF, LEVEL).attainment == Fraction(1, 4)
    assert cell(target, [on(HALF, 110)], HALF, LEVEL).attainment == Fraction(-1, 4)
    assert cell(target, [on(HALF, 40)], HALF, LEVEL).attainment == Fraction(3, 2)


def test_A1_a_change_is_stated_from_the_baseline() -> None:
    made = cell({"aim": {"at_least": 5, "change": "amount"}, "baseline": 110}, [on(HALF, 113)], HALF, LEVEL)
    assert of(made, "goal", "attainment") == (115, Fraction(3, 5))
    made = cell({"aim": {"at_least": 10, "change": "percent"}, "baseline": 550}, [on(HALF, 605)], HALF, LEVEL)
    assert of(made, "goal", "status") == (605, "met")


@pytest.mark.parametrize("aim, x, a, status", [
    ({"at_least": 80}, 80, 1, "on_track"), ({"at_least": 80}, 76, Fraction(95, 100), "at_risk"),
    ({"at_least": 80}, 60, Fraction(3, 4), "behind"), ({"at_most": 80}, 100, Fraction(4, 5), "behind"),
    ({"between": [40, 80]}, 20, Fraction(1, 2), "behind"), ({"between": [40, 80]}, 100, Fraction(4, 5), "behind")])
def test_A2_A6a_a_declared_hold_is_1_if_it_holds_else_x_over_g(aim: Any, x: int, a: Any, status: str) -> None:
    made = cell({"aim": aim, "cadence": "throughout"}, [on(HALF, x)], HALF, LEVEL)
    assert of(made, "attainment", "status", "hold") == (a, status, True)


def test_A2_each_period_takes_the_least_over_the_closed_known_periods() -> None:
    level = [indicator("level", period="quarter")]
    target = {"aim": {"at_least": 10}, "cadence": "throughout", "judged": "each_period", "allowed_failed_periods": 1}
    rows = [on("2021-03-31", 12), on("2021-06-30", 8), on("2021-07-31", 1)]
    made = cell(target, rows, "2021-08-31", level)
    assert of(made, "attainment", "coverage", "status") == (Fraction(8, 10), 1, "on_track")
    assert cell({**target, "allowed_failed_periods": 0}, rows, "2021-08-31", level).status == "missed"


def test_A2b_a_period_failed_for_certain_takes_its_known_end() -> None:
    target = {"aim": {"at_most": 2}, "cadence": "throughout", "judged": "each_period"}
    made = cell(target, [on("2021-03-31", [3, None]), on("2021-06-30", 2)], "2021-06-30", [indicator("level", period="quarter")])
    assert of(made, "reading", "attainment", "status") == (3, Fraction(2, 3), "missed")


def test_A5_inside_a_band_all_of_the_goal_is_there() -> None:
    made = cell({"aim": {"between": [80, 125]}}, [on("2021-03-31", 100)], "2021-03-31", [indicator("level")])
    assert of(made, "attainment_reason", "of_goal") == ("baseline_missing", 1)


def test_N1_before_a_period_has_closed_a_recurring_target_is_not_due() -> None:
    rows = [{"indicator": "x", "period": "2021-01-01/2021-01-10", "amount": 3}]
    made = cell({"aim": {"at_least": 1}, "cadence": {"every": "month"}}, rows, "2021-01-30")
    assert of(made, "status", "attainment_reason") == ("not_due", "not_due")


def test_A3_a_cap_is_never_met_before_due_and_missed_once_exceeded() -> None:
    target = {"aim": {"at_most": 120}}
    made = cell(target, full(10, 6), HALF)
    assert of(made, "cap", "attainment", "gap", "status") == (True, 1, 0, "on_track")
    assert cell(target, full(12, 6), HALF).status == "at_risk"  # gap 0.5 - 0.6
    assert cell(target, full(15, 6), HALF).status == "behind"
    over = cell(target, full(24, 6), HALF)
    assert of(over, "status", "attainment") == ("missed", Fraction(120, 144))
    assert cell(target, full(10), DUE).status == "met"


def test_A3_the_gap_of_a_cap_of_0_is_F_while_within() -> None:
    made = cell({"aim": {"at_most": 0}}, full(0, 6), HALF)
    assert of(made, "gap", "attainment") == (Fraction(1, 2), 1)


def test_A4_a_hold_that_does_not_scale_is_behind() -> None:
    made = cell({"aim": {"at_least": 0}, "cadence": "throughout"}, [on(HALF, -1)], HALF, LEVEL)
    assert of(made, "attainment_reason", "status") == ("not_scalable", "behind")


def test_A5_a_level_without_baseline_is_still_met_or_missed() -> None:
    target = {"aim": {"at_least": 100}}
    early = cell(target, [on(HALF, 80)], HALF, LEVEL)
    assert of(early, "attainment_reason", "status_reason", "score") == ("baseline_missing", "baseline_missing", None)
    assert early.of_goal == Fraction(4, 5)
    assert cell(target, [on(HALF, 100)], HALF, LEVEL).status == "met"
    late = cell(target, [on(DUE, 80)], DUE, LEVEL)
    assert of(late, "status", "score") == ("missed", Fraction(4, 5))
    assert cell(target, [on(DUE, 120)], DUE, LEVEL).score == 1


@pytest.mark.parametrize("x, a", [(80, Fraction(60, 75)), (95, 1), (105, 1), (120, 1 - Fraction(15, 75)), (10, Fraction(-10, 75))])
def test_A6_about_inside_before_and_beyond_the_band(x: int, a: Any) -> None:
    """about 100 from 20: the band is 95 to 105"""
    made = cell({"aim": {"about": 100}, "baseline": 20}, [on(HALF, x)], HALF, LEVEL)
    assert near(made.attainment, float(a))


def test_A6_about_has_no_upper_edge_on_accumulators() -> None:
    made = cell({"aim": {"about": 100}}, full(30, 6), HALF)
    assert of(made, "status", "attainment") == ("met", 1)
    assert cell({"aim": {"between": [90, 110]}}, full(30, 6), HALF).status == "missed"  # S4


def test_A6_a_baseline_inside_the_band_makes_a_hold() -> None:
    assert cell({"aim": {"between": [90, 110]}, "baseline": 100}, [on(HALF, 95)], HALF, LEVEL).status == "on_track"


def test_A7_recurring_counts_periods_kept() -> None:
    target = {"aim": {"at_least": 1}, "cadence": {"every": "month"}}
    rows = monthly([1, 1, 0, 5, None, 1])
    made = cell({**target, "allowed_failed_periods": 1}, rows, HALF)
    assert of(made, "reading", "goal", "coverage") == (4, 12, Fraction(5, 6))
    assert of(made, "attainment", "expected") == (Fraction(4, 11), Fraction(5, 11))
    assert made.status == "at_risk"  # gap -1/11
    assert cell(target, rows, HALF).status == "missed"  # S4: one failed period is more than none


def test_A7_met_needs_all_periods_known() -> None:
    target = {"aim": {"at_least": 1}, "cadence": {"every": "month"}}
    assert cell(target, full(1), DUE).status == "met"
    assert cell(target, full(1, 11), DUE).status_reason == "incomplete"


def test_A7a_a_running_total_gives_the_difference_to_the_eve_of_the_period() -> None:
    target = {"aim": {"at_least": 2}, "cadence": {"every": "month"}, "allowed_failed_periods": 9}
    rows = [on("2021-01-31", 2), on("2021-02-28", 3), on("2021-03-31", 6), on("2021-05-31", 9)]
    made = cell(target, rows, "2021-05-31", "running_total")
    assert of(made, "reading", "coverage") == (2, Fraction(3, 5))  # kept: January, March; April, May unknown


def test_A8_an_empty_open_group_is_not_applicable() -> None:
    kinds = [indicator("increment", "a"), indicator("increment", "b"), indicator("ratio", numerator="a", denominator="b")]
    rows = [*monthly([0], "a"), *monthly([0], "b")]
    target = {"aim": {"at_least": 1}, "open_group": True}
    assert cell(target, rows, "2021-01-31", kinds).status_reason == "not_applicable"
    assert cell({"aim": {"at_least": 1}}, rows, "2021-01-31", kinds).status_reason == "denominator_zero"


STEPS = [indicator("steps", steps=[{"id": "plan", "due": "2021-03-31"}, {"id": "build", "weight": 3}])]


def test_A9_steps_add_the_weights_done() -> None:
    rows = [on("2021-03-15", 1, step="plan")]
    made = cell({"aim": {"at_least": 1}}, rows, HALF, STEPS)
    assert of(made, "attainment", "expected", "status") == (Fraction(1, 4), Fraction(1, 4), "on_track")


def test_A9a_steps_without_any_entry_have_no_reading() -> None:
    made = cell({"aim": {"at_least": 1}}, [], DUE, STEPS)
    assert of(made, "reading_reason", "attainment", "coverage", "status_reason") == ("no_observation", None, 0, "no_observation")
    withheld = [{"indicator": "x", "day": "2021-03-15", "missing": "withheld", "step": "plan"}]
    assert cell({"aim": {"at_least": 1}}, withheld, HALF, STEPS).reading_reason == "withheld"


def test_A9_at_due_an_open_step_must_be_reported_open() -> None:
    rows = [on("2021-03-15", 1, step="plan")]
    assert cell({"aim": {"at_least": 1}}, rows, DUE, STEPS).status_reason == "incomplete"
    assert cell({"aim": {"at_least": 1}}, [*rows, on(DUE, 0, step="build")], DUE, STEPS).status == "missed"
    assert cell({"aim": {"at_least": 1}}, [*rows, on(DUE, 1, step="build")], DUE, STEPS).status == "met"


def test_A10_rises_is_strictly_beyond_the_baseline() -> None:
    target = {"aim": {"rises": True}, "baseline": 50}
    assert cell(target, [on(HALF, 50)], HALF, LEVEL).attainment == 0
    made = cell(target, [on(HALF, 51)], HALF, LEVEL)
    assert of(made, "attainment", "status", "reversible") == (1, "met", True)


def test_A10_a_change_from_the_previous_period() -> None:
    target = {"aim": {"at_least": 1, "change": "amount", "from": "previous_period"}, "cadence": {"every": "month"},
              "allowed_failed_periods": 2}
    rows = [{"indicator": "x", "period": "2020-12", "amount": 4}, *monthly([5, 6, 6])]
    made = cell(target, rows, "2021-03-31")
    assert of(made, "reading", "coverage") == (2, 1)
    assert cell(target, rows[1:], "2021-03-31").coverage == Fraction(2, 3)


# F: expected ----------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("start, due, at, share", [
    ("2021-01-01", "2021-12-31", "2021-11-30", Fraction(11, 12)), ("2021-01-01", "2021-12-31", "2021-06-30", Fraction(1, 2)),
    ("2021-01-01", "2021-12-31", "2021-02-14", Fraction(3, 24)), ("2021-01-11", "2021-01-30", "2021-01-11", Fraction(1, 20)),
    ("2021-02-15", "2021-05-14", "2021-02-15", Fraction(1, 89))])
def test_F1_whole_months_else_days(start: str, due: str, at: str, share: Fraction) -> None:
    """91.67 % and 50 % are eleven and six twelfths"""
    assert straight(day(start), day(due), day(at)) == share


def test_F2_whole_units_of_an_indivisible_indicator() -> None:
    kind = [indicator("increment", indivisible=True)]
    made = cell({"aim": {"at_least": 139}}, full(11, 6), HALF, kind)
    assert of(made, "expected", "gap") == (Fraction(69, 139), Fraction(66 - 69, 139))


def test_F3_ratings_and_standards_are_due_at_due() -> None:
    assert cell({"aim": {"at_least": 0.6}}, [on(HALF, 0.3)], HALF, "rating").expected == 0
    standard = {"aim": {"at_least": 610}, "baseline": 550, "standard": True}
    assert cell(standard, [on(HALF, 550)], HALF, LEVEL).status == "not_due"
    assert cell(standard, [on(HALF, 580)], HALF, LEVEL).status == "on_track"


@pytest.mark.parametrize("joined, at, share", [("lines", "2021-03-31", Fraction(1, 4) * Fraction(90, 181)),
                                               ("steps", "2021-06-29", 0), ("steps", "2021-06-30", Fraction(1, 4)),
                                               ("lines", "2021-12-31", 1)])
def test_F4_checkpoints(joined: str, at: str, share: Any) -> None:
    target = {"aim": {"at_least": 100}, "trajectory": {"checkpoints": [{"day": "2021-06-30", "share": 0.25}], "joined": joined}}
    assert cell(target, [], at).expected == share


def test_F4_a_checkpoint_in_amounts_is_a_share_of_the_way() -> None:
    target = {"aim": {"at_least": 100}, "baseline": 50, "trajectory": {"checkpoints": [{"day": "2021-06-30", "amount": 75}]}}
    assert cell(target, [], HALF, LEVEL).expected == Fraction(1, 2)


def test_F4_logistic_is_normalised() -> None:
    target = {"aim": {"at_least": 100}, "trajectory": {"logistic": {"midpoint": 0.5, "steepness": 10}},
              "window": {"start": "2021-01-11", "due": "2021-01-30"}}
    assert near(cell(target, [], "2021-01-20").expected, 0.5)
    # L(u) = 1/(1+exp(-10(u-0.5))): (L(0.25)-L(0))/(L(1)-L(0)) with L(0) = 0.00669285, L(1) = 0.99330715, L(0.25) = 0.07585818
    assert abs((cell(target, [], "2021-01-15").expected or 0) - Fraction("0.0701037")) < Fraction(1, 10**6)


def test_F4a_seasonal_weights_of_months_and_of_equal_parts() -> None:
    weights = [Fraction(w) for w in (1, 0, 3)]
    assert seasonal(weights, day("2021-01-01"), day("2021-03-31"), day("2021-01-31")) == Fraction(1, 4)
    assert seasonal(weights, day("2021-01-01"), day("2021-03-31"), day("2021-03-10")) == (1 + 3 * Fraction(10, 31)) / 4
    assert seasonal(weights[:2], day("2021-01-11"), day("2021-01-15"), day("2021-01-12")) == Fraction(4, 5)


# P: pace --------------------------------------------------------------------------------------------------------------

def test_P1_the_gap_is_taken_on_the_data_day_within_the_lag() -> None:
    kind = [indicator("increment", period="month")]
    made = cell({"aim": {"at_least": 120}}, full(10, 5), HALF, kind)
    assert of(made, "expected", "gap", "status") == (Fraction(5, 12), 0, "on_track")
    stale = cell({"aim": {"at_least": 120}}, full(10, 5), "2021-08-02", kind)
    assert of(stale, "expected", "gap_reason", "status_reason") == (straight(day("2021-01-01"), day(DUE), day("2021-08-02")), "stale", "stale")


def test_P2_a_ratio_is_too_early_below_five_percent() -> None:
    window = {"start": "2021-01-01", "due": "2021-04-10"}  # 100 days
    target = {"aim": {"at_least": 100}, "window": window}
    rows = [{"indicator": "x", "start": "2021-01-01", "end": "2021-01-04", "amount": 4}]
    assert cell(target, rows, "2021-01-04").pace_reason == "too_early"
    rows = [{"indicator": "x", "start": "2021-01-01", "end": "2021-01-05", "amount": 4}]
    assert cell(target, rows, "2021-01-05").pace == Fraction(4, 5)


@pytest.mark.parametrize("x, ahead", [(4, 1), (3, 0), (2, -1), (0, -3), (20, 17)])
def test_P3_days_ahead_on_a_straight_line(x: int, ahead: int) -> None:
    """20 days, one share of 1/20 each, on the third day"""
    rows = [{"indicator": "x", "start": "2021-01-11", "end": "2021-01-13", "amount": x}]
    target = {"aim": {"at_least": 20}, "window": {"start": "2021-01-11", "due": "2021-01-30"}}
    assert cell(target, rows, "2021-01-13").days_ahead == ahead


def test_P3_on_a_plateau_the_as_of_day_is_clamped_into_it() -> None:
    points = [{"day": "2021-01-15", "share": 0.5}, {"day": "2021-01-25", "share": 0.5}]
    target = {"aim": {"at_least": 20}, "window": {"start": "2021-01-11", "due": "2021-01-30"}, "trajectory": {"checkpoints": points}}
    rows = [{"indicator": "x", "start": "2021-01-11", "end": "2021-01-20", "amount": 10}]
    assert cell(target, rows, "2021-01-20").days_ahead == 0
    late = [{"indicator": "x", "start": "2021-01-11", "end": "2021-01-28", "amount": 10}]
    assert cell(target, late, "2021-01-28").days_ahead == -3


# S and N: status and reasons ------------------------------------------------------------------------------------------

def test_S1_withdrawn_and_not_applicable() -> None:
    target = {"aim": {"at_least": 10}, "withdrawn": {"recorded": "2021-05-01", "reason": "dropped"}}
    assert cell(target, full(1, 6), HALF).status_reason == "withdrawn"
    assert cell(target, full(1, 6), HALF, known_at="2021-04-30").status is not None


def test_S2_before_the_start_is_not_due() -> None:
    made = cell({"aim": {"at_least": 10}}, [], "2020-12-31")
    assert of(made, "status", "attainment_reason", "gap_reason", "expected") == ("not_due", "not_started", "not_started", 0)


def test_S3_a_floor_reached_is_met_even_when_stale() -> None:
    assert cell({"aim": {"at_least": 5}}, monthly([5]), "2021-10-31", [indicator("increment", period="month")]).status == "met"


def test_S5_at_due_it_is_met_or_missed_if_the_data_cover_due() -> None:
    assert cell({"aim": {"at_least": 12}}, full(1), "2022-03-01").status == "met"
    assert cell({"aim": {"at_least": 13}}, full(1), DUE).status == "missed"
    assert cell({"aim": {"at_least": 13}}, full(1, 11), DUE).status_reason == "incomplete"
    assert cell({"aim": {"at_least": 13}}, [], DUE).status_reason == "no_observation"  # S5b


def test_S5a_a_cap_kept_up_to_an_earlier_day_is_open_at_due() -> None:
    assert cell({"aim": {"at_most": 12}}, [on("2021-11-30", 9)], DUE, "running_total").status_reason == "incomplete"
    assert cell({"aim": {"at_most": 12}}, [on("2021-11-30", 13)], DUE, "running_total").status == "missed"
    assert cell({"aim": {"at_most": 12}}, [on(DUE, 9)], DUE, "running_total").status == "met"


def test_R8b_a_hold_proven_by_a_lower_bound_is_on_track() -> None:
    level = [indicator("level", across_places="sum")]
    target = {"aim": {"at_least": 100}, "cadence": "throughout", "quotas": {"east": 10, "west": 90}}
    assert cell(target, [on("2021-06-30", 110, place="east")], HALF, level, places=CITY).status == "on_track"
    assert cell(target, [on("2021-06-30", 90, place="east")], HALF, level, places=CITY).status_reason == "incomplete"


def test_S5c_a_level_covers_due_if_it_is_not_stale_on_due_at_every_place() -> None:
    target = {"aim": {"at_least": 100}, "baseline": 0}
    level = [indicator("level", period="month", across_places="sum")]
    assert cell(target, [on("2021-11-15", 90)], DUE, level).status == "missed"
    assert cell(target, [on("2021-10-15", 90)], DUE, level).status_reason == "stale"
    half = [on(DUE, 60, place="east")]
    assert cell(target, half, DUE, level, places=CITY).status_reason == "incomplete"
    assert cell(target, [on(DUE, 160, place="east")], DUE, level, places=CITY).status == "met"  # S5a


def test_S6_not_due_without_an_entry_while_nothing_is_expected() -> None:
    target = {"aim": {"at_least": 10}, "trajectory": {"step": "2021-09-30"}}
    made = cell(target, [], HALF)
    assert of(made, "status", "attainment_reason", "reading_reason") == ("not_due", "not_due", "no_observation")  # N1
    assert cell(target, full(0, 6), HALF).status == "not_due"
    missing = [{"indicator": "x", "period": "2021-01", "missing": "withheld"}]
    assert cell(target, missing, HALF).status_reason == "withheld"  # S6a


def test_S6b_a_recurring_target_is_not_due_only_before_a_period_has_closed() -> None:
    target = {"aim": {"at_least": 1}, "cadence": {"every": "month"}}
    assert cell(target, [], "2021-01-30").status == "not_due"
    assert cell(target, [], "2021-01-31").status_reason == "no_observation"


def test_S8_a_level_that_is_reached_is_met_and_reversible() -> None:
    target = {"aim": {"at_least": 206}, "baseline": 200}
    made = cell(target, [on("2021-05-31", 206)], HALF, LEVEL)
    assert of(made, "status", "reversible") == ("met", True)
    assert cell(target, [on("2021-05-31", 206), on(HALF, 205)], HALF, LEVEL).status == "on_track"


@pytest.mark.parametrize("x, status", [(9, "on_track"), (8.9, "at_risk"), (7, "at_risk"), (6.9, "behind")])
def test_S11_the_edges_of_the_bands_belong_to_the_better_side(x: float, status: str) -> None:
    """at half time of 20: -0.05 is 9, -0.15 is 7"""
    rows = [{"indicator": "x", "start": "2021-01-11", "end": "2021-01-20", "amount": x}]
    target = {"aim": {"at_least": 20}, "window": {"start": "2021-01-11", "due": "2021-01-30"}}
    made = cell(target, rows, "2021-01-20")
    assert of(made, "status", "knife_edge") == (status, False)


@pytest.mark.parametrize("aim, rows, reason", [
    ({"at_least": 5, "change": "amount"}, [on(HALF, 3)], "baseline_missing"), ({"rises": True}, [on(HALF, 3)], "baseline_missing"),
    ({"at_least": 5, "change": "amount"}, [], "no_observation")])
def test_N_the_first_reason_that_applies(aim: Any, rows: Any, reason: str | None) -> None:
    assert cell({"aim": aim}, rows, HALF, LEVEL).attainment_reason == reason
    assert cell({"aim": aim}, rows, HALF, LEVEL).status_reason == reason
