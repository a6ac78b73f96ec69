"""Open SDG 2.4 and its forerunners: single series, whole series from raw data, roll-ups of scores, tallies of goals."""

from __future__ import annotations

import csv
import json
from collections import Counter
from typing import Any

import pytest

import attain
from attain import growth

ROUNDED = attain.find_method("open_sdg_rounded")  # the constants of sdg-build, which made the published numbers
ZERO = 0.001


def number(text: str) -> float | None:
    return float(text) if text else None


def same(ours: float | None, published: float | None) -> bool:
    if ours is None or published is None:
        return ours is published
    return abs(ours - published) <= 1e-9 * max(1.0, abs(published))


# -- one series -----------------------------------------------------------------------------------


def judged(method: attain.MethodSpec, row: dict[str, str], wanted: int) -> tuple[float | None, float | None, str | None]:
    """Value, score and status of one published row: base, latest, target and limit."""
    base, latest = number(row["base_value"]) or ZERO, number(row["current_value"])
    goal = number(row["target"])
    first, last = float(row["base_year"]), float(row["current_year"])
    assert latest is not None
    value, scale, bands = None, 1.0, "growth"
    if goal is None:
        grown = growth.plain_growth if method.version == 1 else growth.growth
        value = grown(base, latest, last - first, direction=wanted)
        if row.get("limit"):
            scale = growth.limit_factor(base, float(row["limit"])) or 0.0
    else:
        bands = "growth_ratio"
        goal = goal or ZERO
        years = last - first, float(row["target_year"]) - first
        if method.version == 1:
            value = growth.plain_growth_ratio(base, latest, years[0], goal, years[1])
        else:
            value = growth.growth_ratio(base, latest, years[0], goal, years[1], direction=wanted)
        if wanted * (latest - goal) >= 0:
            return value, 5.0, "target_achieved"
    status, score = method.cut(bands, value, scale=scale)
    return value, score, status


def test_each_series_has_the_value_score_and_status_of_its_record(published, reproduce) -> None:
    rows = list(csv.DictReader(published("methodologies/opensdg_series.csv").read_text(encoding="utf-8").splitlines()))
    tally = reproduce("open_sdg: single series", 656)
    for row in rows:
        if not row["current_value"]:
            continue  # nothing was reported: 7 records
        value, score, status = judged(ROUNDED, row, int(row["direction"]))
        came_out = (
            same(value, number(row["exp_progress_value"]))
            and same(score, number(row["exp_score"]))
            and (status or "not_available") == row["exp_status"]
        )
        tally.check(row["id"], came_out, (value, score, status, row))


def test_each_series_of_2023_has_the_value_and_status_of_its_record(published, reproduce) -> None:
    rows = list(csv.DictReader(published("methodologies/opensdg_legacy_series.csv").read_text(encoding="utf-8").splitlines()))
    tally = reproduce("open_sdg@1: single series of 2023", 367)
    first = attain.find_method("open_sdg@1")
    for row in rows:
        wanted = 1 if row["direction"] == "positive" else -1  # an empty direction means negative
        value, _, status = judged(first, row, wanted)
        expected = number(row["exp_progress_value"])
        # An achieved target has a value in some records only.
        came_out = same(value, expected) or (expected is None and status == "target_achieved")
        tally.check(row["id"], came_out and (status or "not_available") == row["exp_status"], (value, status, row))


# -- from raw data --------------------------------------------------------------------------------


def year(number: float) -> tuple[str, str]:
    return f"{int(number)}-01-01", f"{int(number)}-12-31"


def without_rule(method: attain.MethodSpec, name: str) -> attain.MethodSpec:
    fields = method.to_dict()
    fields["name"] = f"{method.name}_without_{name}"
    fields["rules"] = [rule for rule in fields["rules"] if rule["name"] != name]
    return attain.MethodSpec.from_dict(fields)


def test_whole_series_come_out_of_programme_and_ledger(published, reproduce) -> None:
    """The base year is the last before the window: a target of 2015 to 2030 has the window from 2016 to 2030."""
    vectors = json.loads(published("methodologies/opensdg_series_endtoend.json").read_text(encoding="utf-8"))["vectors"]
    tally = reproduce("open_sdg: whole series, from raw data", 361)
    indicators, targets, observations = [], [], []
    for i, vector in enumerate(vectors):
        options = vector["options"]
        rises = options.get("direction", "negative") == "positive"
        goal = options.get("target")
        if goal is None:
            aim: Any = attain.rises() if rises else attain.falls()
        else:
            aim = attain.at_least(goal) if rises else attain.at_most(goal)
        window = (f"{options.get('base_year', 2015) + 1}-01-01", f"{options.get('target_year', 2030)}-12-31")
        limit = options.get("limit")
        indicators.append(
            attain.indicator(f"i{i}", kind="level", unit="人", period="year", maximum_age=20_000, natural_limit=limit, allowed_lag=20_000)
        )
        targets.append(attain.target(f"t{i}", indicator=f"i{i}", aim=aim, window=window))
        for at, amount in vector["points"]:
            first, last = year(at)
            observations.append({"indicator": f"i{i}", "start": first, "end": last, "amount": amount})
    plan = attain.programme(id="canada", indicators=indicators, projects=[attain.project("all", targets=targets)])
    book = attain.Ledger()
    for row in observations:
        book.append(**row)
    achieved_apart = without_rule(ROUNDED, "achieved")
    now = attain.evaluate(plan, book, as_of="2027-12-31", method=[ROUNDED, achieved_apart])
    values = now.by(achieved_apart.name)
    for i, vector in enumerate(vectors):
        expected = vector["expected"]
        result, raw = now[f"t{i}"], values[f"t{i}"]
        measured = raw.measured if expected["progress_value"] is not None or raw.measured is not None else None
        came_out = (
            (result.status or "not_available") == expected["status"]
            and same(result.score, expected["score"])
            and same(measured, expected["progress_value"])
            and same(result.reading, expected["current_value"])
            and (result.data_day is None or result.data_day.year == expected["current_year"])
        )
        tally.check(vector["id"], came_out, (result.status, result.score, measured, result.reading, result.reason, expected))


# -- roll-ups -------------------------------------------------------------------------------------


def given_scores() -> attain.MethodSpec:
    """Takes a reading for the score, so that published scores can be rolled up as they are; 6 stands for an achieved target."""
    fields = attain.find_method("open_sdg").to_dict()
    fields["name"] = "given_scores"
    fields["bands"] = [
        {
            "name": "given",
            "quantity": "attainment",
            "edges": [
                {"from": 2.5, "state": "substantial_progress"},
                {"from": 0, "state": "moderate_progress"},
                {"from": -2.5, "state": "limited_progress"},
            ],
            "below": "deterioration",
            "score": [[-5, -5], [5, 5]],
        },
        next(bands for bands in fields["bands"] if bands["name"] == "score"),
    ]
    fields["rules"] = [
        {"name": "achieved", "where": [{"quantity": "attainment", "from": 6}], "state": "target_achieved", "score": 5},
        {"name": "given", "bands": "given"},
    ]
    return attain.MethodSpec.from_dict(fields)


class GivenScores:
    """A programme whose targets have published scores."""

    def __init__(self) -> None:
        self.amounts: list[tuple[str, float]] = []
        self.projects: list[Any] = []
        self.indicators: list[Any] = []

    def target(self, score: float | None, status: str) -> Any:
        name = f"s{len(self.indicators)}"
        self.indicators.append(attain.indicator(name, kind="level", unit="人", maximum_age=1000, allowed_lag=1000))
        if score is not None or status == "target_achieved":
            self.amounts.append((name, 6.0 if status == "target_achieved" else float(score or 0)))
        return attain.target(name, indicator=name, aim=attain.at_least(1), baseline=0)

    def node(self, name: str, structure: list[dict[str, Any]], group: bool = False) -> Any:
        parts = [part for part in structure if "score" in part]
        groups = [part["group"] for part in structure if "group" in part]
        return attain.project(
            name,
            group=group or None,
            targets=[self.target(part["score"], part["status"]) for part in parts],
            projects=[self.node(f"{name}/{k}".replace("/", "."), inner, group=True) for k, inner in enumerate(groups)],
        )

    def evaluate(self) -> attain.Evaluation:
        plan = attain.programme(
            id="scores", window=("2020-01-01", "2030-12-31"), indicators=self.indicators, projects=self.projects, methods=[given_scores()],
            method="given_scores",
        )  # fmt: skip
        book = attain.Ledger()
        for name, amount in self.amounts:
            book.append(indicator=name, day="2024-12-31", amount=amount)
        return attain.evaluate(plan, book, as_of="2025-01-31")


def test_scores_roll_up_groups_first(published, reproduce) -> None:
    vectors = json.loads(published("methodologies/opensdg_aggregation.json").read_text(encoding="utf-8"))["vectors"]
    tally = reproduce("open_sdg: roll-up of scores", 66)
    given = GivenScores()
    for i, vector in enumerate(vectors):
        given.projects.append(given.node(f"v{i}", vector["structure"]))
    now = given.evaluate()
    for i, vector in enumerate(vectors):
        result = now.project(f"v{i}")
        came_out = same(result.score, vector["expected_score"]) and (result.status or "not_available") == vector["expected_status"]
        tally.check(vector["indicator"], came_out, (result.score, result.status, vector["expected_score"], vector["expected_status"]))


def test_states_are_tallied_by_goal(published, reproduce) -> None:
    record = json.loads(published("methodologies/opensdg_goal_counts.json").read_text(encoding="utf-8"))
    tally = reproduce("open_sdg: states by goal", 17)
    given = GivenScores()
    states = ("deterioration", "limited_progress", "moderate_progress", "substantial_progress", "target_achieved")
    by_goal: dict[str, list[dict[str, Any]]] = {}
    for name, one in record["indicators"].items():
        by_goal.setdefault(name.split("-")[0], []).append(one)
    for goal, ones in by_goal.items():
        given.projects.append(given.node(f"goal{goal}", ones))
    now = given.evaluate()
    for goal, counts in record["expected_counts_by_goal"].items():
        found = Counter(result.status for result in now.project(f"goal{goal}").targets)
        tally.check(goal, {state: found[state] for state in states} == counts, (found, counts))


# -- the publisher's text and site ----------------------------------------------------------------


def test_the_score_goes_through_the_published_points(published, reproduce) -> None:
    text = json.loads(published("methodologies/statcan_score_breakpoints.json").read_text(encoding="utf-8"))
    method = attain.find_method("open_sdg")
    tally = reproduce("open_sdg: published points of the score", 14)
    for kind, bands in (("no_target", "growth"), ("with_target", "growth_ratio")):
        for at, score in text[kind]["breakpoints"]:
            tally.near((kind, at), method.cut(bands, at)[1], score, 1e-12)
    for state, low, _, _ in text["status_from_score"]:
        tally.check(state, method.cut("score", low)[0] == state, method.cut("score", low))


@pytest.mark.parametrize("method", ["open_sdg", "open_sdg_rounded"])
def test_the_site_shows_these_states(published, reproduce, method: str) -> None:
    features = json.loads(published("methodologies/opensdg_site_features.json").read_text(encoding="utf-8"))
    tally = reproduce(f"{method}: features of the site", 2)
    labels = attain.find_method(method).labels(language="en")
    for vector in features["vectors"]:
        options = vector["options"]
        aim = (attain.at_least if options["direction"] == "positive" else attain.at_most)(options["target"])
        plan = attain.programme(
            id="site",
            window=(f"{options['base_year'] + 1}-01-01", f"{options['target_year']}-12-31"),
            indicators=[attain.indicator("i", kind="level", unit="人", period="year", natural_limit=options["limit"])],
            projects=[attain.project("p", targets=[attain.target("t", indicator="i", aim=aim)])],
        )
        book = attain.Ledger()
        for at, amount in vector["points"]:
            book.append(indicator="i", start=year(at)[0], end=year(at)[1], amount=amount)
        status = attain.evaluate(plan, book, as_of="2017-06-30", method=method)["t"].status
        came_out = status == vector["expected_status"] and labels[status or ""].lower() == vector["expected_label"].lower()
        tally.check(vector["id"], came_out, status)
