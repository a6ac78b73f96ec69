"""WHO's thirteenth programme of work: which reading is the baseline, and where plans lead."""

from __future__ import annotations

import json
from typing import Any

import attain
from attain import growth


def end_of(year: int) -> str:
    return f"{year}-12-31"


def test_baselines_are_found_before_or_after_a_year(published, reproduce) -> None:
    vectors = json.loads(published("methodologies/who_gpw13_baseline.json").read_text(encoding="utf-8"))["vectors"]
    tally = reproduce("who_gpw13: baseline", 27)
    for number, vector in enumerate(vectors):
        wanted = vector["type_filter"]
        amounts = [
            (end_of(year), float(value))
            for year, value, kind in zip(vector["years"], vector["values"], vector["types"], strict=True)
            if wanted is None or kind == wanted or (wanted == "all" and (kind is not None or not vector["na_rm"]))
        ]
        choose = growth.first_from if vector["direction"] == "after" else growth.last_until
        found = choose(amounts, end_of(vector["baseline_year"]))
        ours = (None, None) if found is None else (found[1], found[0].year)
        tally.check(number, ours == (vector["expected_value"], vector["expected_year"]), (ours, vector))


def planned(baseline: float, goal: float, first: int, last: int, year: int, aim: Any = None) -> float | None:
    """The amount that a straight line from the end of a year to the end of another plans for the end of a third."""
    aim = aim or (attain.at_least(goal) if goal > baseline else attain.at_most(goal))
    plan = attain.programme(
        id="who", window=(f"{first + 1}-01-01", end_of(last)), indicators=[attain.indicator("i", kind="level", unit="人")],
        projects=[attain.project("p", targets=[attain.target("t", indicator="i", aim=aim, baseline=baseline)])],
    )  # fmt: skip
    result = attain.evaluate(plan, attain.Ledger(), as_of=end_of(year))["t"]
    if result.is_hold:
        return result.goal
    return None if result.expected is None or result.goal is None else baseline + result.expected * (result.goal - baseline)


def test_plans_lead_where_their_trajectories_say(published, reproduce) -> None:
    vectors = json.loads(published("methodologies/who_gpw13_scenarios.json").read_text(encoding="utf-8"))["vectors"]
    tally = reproduce("who_gpw13: trajectories", 30)
    for vector in vectors:
        points = {year: float(value) for year, value in vector["points"]}
        params = vector["params"]
        expected = {int(year): value for year, value in vector["expected"].items()}
        first = params.get("baseline_year", params.get("start_year"))
        kind = vector["kind"]
        for year, value in expected.items():
            ours: float | None
            if kind == "linear_to_target" and "keep_better_observed" not in params:
                ours = planned(points[first], params["target_value"], first, params["target_year"], year)
            elif kind == "linear_change":
                ours = planned(points[first], points[first] + 7 * params["linear_value"], first, first + 7, year)
            elif kind == "halt_rise":
                start = params["start_year"]
                ours = planned(points[start], 0, start, 2025, year, attain.at_most(0, change="amount"))
            elif kind == "constant_rate_to_target":
                ours = planned(points[first], params["target_value"], first, params["target_year"], year)
            elif kind == "constant_rate_percent_change":
                percent = params["percent_change"]
                aim = attain.at_least(percent, change="percent") if percent > 0 else attain.at_most(percent, change="percent")
                ours = planned(points[first], 0, first, params["target_year"], year, aim)
            elif kind == "constant_rate_latest" and not {"rate_upper_bound", "rate_lower_bound"} & params.keys():
                rate = growth.growth(points[first - 1], points[first], 1, direction=1)
                ours = None if rate is None else points[first] * (1 + rate) ** (year - first)
            else:
                tally.set_apart(f"{vector['id']} {year}", "a scenario of what would happen, which is no plan and no way of judging")
                continue
            tally.near(f"{vector['id']} {year}", ours, value, 1e-9 * abs(value))
