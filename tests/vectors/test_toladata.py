"""Targets, results and scopes of Mercy Corps TolaData, each case a target of its own judged by the method of that name."""

from __future__ import annotations

import json
import math
from typing import Any

import attain

SCOPE = {"above": 1, "on_scope": 0, "below": -1}
WORDS = {1: "high", 0: "on scope", -1: "low", None: "not reporting"}
YEAR = ("2016-01-01", "2016-12-31")


def sets(published: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(published("systems/tola_targets.json").read_text(encoding="utf-8"))
    return found


def asked(
    rows: list[tuple[str, float]], goal: float, *, window: tuple[str, str] = YEAR, level: bool = False, decrease: bool = False
) -> attain.TargetResult:
    """What was reported on days of a window, against the goal of its end: all of it is planned from the first day on."""
    aim = attain.at_most(goal) if decrease else attain.at_least(goal)
    plan = attain.programme(
        id="tola",
        indicators=[attain.indicator("i", kind="level" if level else "increment", unit="人", maximum_age=30_000 if level else None)],
        projects=[attain.project("p", targets=[attain.target("t", indicator="i", aim=aim, window=window, trajectory=attain.step_on(window[0]))])],
    )
    book = attain.Ledger([{"indicator": "i", "day": day, "amount": amount} for day, amount in rows])
    return attain.evaluate(plan, book, as_of=window[1], method="toladata")["t"]


def scope(result: attain.TargetResult) -> int | None:
    return SCOPE.get(result.status or "")


def percent(result: attain.TargetResult, *, decrease: bool = False) -> str | None:
    """Actual over target whatever the direction, in whole percent; `of_goal` turns it over for what is to fall."""
    if result.of_goal is None:
        return None
    return f"{math.floor(100 * (1 / result.of_goal if decrease else result.of_goal) + 0.5 + 1e-9)}%"


def test_status_of_targets_to_date(published, reproduce) -> None:
    """Periods with a result count: their targets add up where targets are incremental, else the last stands."""
    vectors = sets(published)["status_vectors"]
    tally = reproduce("toladata: status to date", len(vectors))
    for vector in vectors:
        known = [i for i, result in enumerate(vector["results"]) if result is not None]
        goals = [vector["targets"][i] for i in known]
        goal = sum(goals) if vector["accumulation"] == "incremental" else goals[-1]
        rows = [(f"2016-{6 * i + 2:02}-01", vector["results"][i]) for i in known]
        result = asked(rows, goal, level=vector["accumulation"] == "level", decrease=vector["direction"] == "decrease")
        found = {"target_to_date": result.goal, "actual_to_date": result.reading, "status": scope(result)}
        tally.check(vector["id"], all(found[name] == value for name, value in vector["expected"].items()), (found, vector["expected"]))


def test_scope_of_a_programme(published, reproduce) -> None:
    vector = sets(published)["programme_scope"]
    tally = reproduce("toladata: scope of a programme", 8 + 4)
    counts = {word: 0 for word in WORDS.values()}
    for number, one in enumerate(vector["indicators"]):
        targets = one.get("targets") or [one["target"]]
        groups = [group if isinstance(group, list) else [group] for group in one["results"]]
        rows = [(f"2016-{3 * i + 1:02}-{k + 1:02}", amount) for i, group in enumerate(groups) for k, amount in enumerate(group)]
        sums = one.get("accumulation", "incremental") == "incremental"
        level = one.get("accumulation") == "level" or one.get("unit") == "percentage"
        goal = sum(targets) if sums and not level else targets[-1]
        result = asked(rows, goal, level=level, decrease=one.get("direction") == "decrease")
        found = WORDS[scope(result)]
        counts[found] += 1
        tally.check(number, found == one["expected"].partition(" (")[0], (found, one["expected"]))
    names = {"low": "low", "on_scope": "on scope", "high": "high", "nonreporting": "not reporting"}
    for name, word in names.items():
        tally.check(name, counts[word] == vector["expected_counts"][name], counts)


def test_eight_scenarios(published, reproduce) -> None:
    """By period, half-year and life; increments are read from the start of a period where targets are incremental, else from that of the year."""
    vectors = sets(published)["eight_scenarios"]
    periods = [(f"2016-{start}", f"2016-{end}") for start, end in vectors["periods_2016"]]
    half_years = [("2016-01-01", "2016-06-30"), ("2016-07-01", "2016-12-31")]
    tally = reproduce("toladata: scenarios by period", len(vectors["scenarios"]))
    for one in vectors["scenarios"]:
        level, sums = one["accumulation"] == "level", one["accumulation"] == "incremental"
        decrease = one["direction"] == "decrease"
        rows = [
            (f"2016-{day}", amount)
            for days, results in zip(vectors["collected_2016"], one["results_per_period"], strict=True)
            for day, amount in zip(days, results, strict=True)
        ]

        def within(window: tuple[str, str], goal: float) -> attain.TargetResult:
            start = window[0] if sums else YEAR[0]
            return asked(rows, goal, window=(start, window[1]), level=level, decrease=decrease)  # noqa: B023

        by_period = [within(window, goal) for window, goal in zip(periods, one["targets"], strict=True)]
        life = asked(rows, sum(one["targets"]) if sums else one["targets"][-1], level=level, decrease=decrease)
        found = {
            "life_target": life.goal,
            "life_actual": life.reading,
            "life_percent_met": percent(life, decrease=decrease),
            "period_actual": [result.reading for result in by_period],
            "period_percent_met": [percent(result, decrease=decrease) for result in by_period],
            "status": [scope(result) for result in by_period],
            "half_year_actual": [within(window, one["targets"][0]).reading for window in half_years],
        }
        tally.check(one["id"], found == one["expected"], (found, one["expected"]))


def test_sums_of_the_tracking_table(published, reproduce) -> None:
    vectors = sets(published)["iptt_sums"]
    days = ["2016-01-01", "2016-05-01", "2016-12-30"]
    spans = {
        "half_years": [("01-01", "06-30"), ("07-01", "12-31")],
        "quarters": [("01-01", "03-31"), ("04-01", "06-30"), ("07-01", "09-30"), ("10-01", "12-31")],
    }

    def read(reported: list[str], window: tuple[str, str], goal: float, level: bool) -> tuple[Any, Any, list[Any]]:
        """The amount, its share of the goal, and the parts of the two categories."""
        targets = [attain.target("t", indicator="i", aim=attain.at_least(goal), window=window)]
        targets += [attain.target(f"t{part}", indicator="i", window=window, disaggregation={"split": part}) for part in "ab"]
        plan = attain.programme(
            id="tola", projects=[attain.project("p", targets=targets)],
            indicators=[attain.indicator("i", kind="level" if level else "increment", unit="人", across_places="sum" if level else None,
                                         maximum_age=5000 if level else None, dimensions=[attain.dimension("split", ["a", "b"])])],
        )  # fmt: skip
        rows: list[dict[str, Any]] = []
        for day in reported:
            rows.append({"indicator": "i", "day": day, "amount": 500})
            rows += [{"indicator": "i", "day": day, "amount": part, "dimensions": {"split": name}} for name, part in (("a", 100), ("b", 400))]
        now = attain.evaluate(plan, attain.Ledger(rows), as_of=window[1])
        return now["t"].reading, percent(now["t"]), [now["ta"].reading, now["tb"].reading]

    tally = reproduce("toladata: sums of the tracking table", 12)
    for name, vector in vectors.items():
        if name in ("test", "note"):
            continue
        sums, level = name == "incremental", name.startswith("percentage")
        for reported, wanted in (([], vector.get("none")), (days[:1], vector["one"]), (days, vector["many"])):
            if wanted is None:
                continue
            amount, met, parts = read(reported, YEAR, vector["life_target"], level)
            found = {"life_actual": amount, "met": met, "parts": parts}
            tally.check(f"{name}, {len(reported)} results", all(found[key] == wanted[key] for key in found if key in wanted), found)
        for kind, windows in spans.items():
            wanted = vector["many"].get(kind)
            if wanted is None:
                continue
            found = []
            for i, (start, end) in enumerate(windows):
                begins = start if sums or level else "01-01"
                amount, met, parts = read(days, (f"2016-{begins}", f"2016-{end}"), 250, level)
                if not sums and isinstance(wanted[i], list) and wanted[i] == [None, None]:
                    amount = met = None  # a quarter without a result has none there; here a running total stands
                found.append(amount if not isinstance(wanted[i], list) else [amount, parts] if kind == "half_years" else [amount, met])
            tally.check(f"{name}, {kind}", found == wanted, (found, wanted))


def test_targets_that_are_to_be_defined(published, reproduce) -> None:
    """How many periods a programme has: that of a recurring target, or the months of a straight line."""
    vectors = sets(published)["targets_defined"]
    frequencies = {12: "year", 6: "half_year", 3: "quarter", 1: "month"}

    def drivable(case: dict[str, Any]) -> bool:
        length = case.get("frequency_months")
        return length in frequencies and case["programme_months"] % length == 0

    cases = [case for case in vectors["cases"] if drivable(case)]
    tally = reproduce("toladata: how many targets a programme needs", len(cases) + len(vectors["month_counts"]))
    for case in vectors["cases"]:
        if case in cases:
            months = case["programme_months"]
            end = f"{2016 + (months - 1) // 12}-{(months - 1) % 12 + 1:02}"
            plan = attain.programme(
                id="tola", window=("2016-01-01", str(attain.parse_period(end)[1])), indicators=[attain.indicator("i", kind="increment", unit="人")],
                projects=[attain.project("p", targets=[
                    attain.target("t", indicator="i", aim=attain.at_least(1), cadence=attain.every(frequencies[case["frequency_months"]]))])],
            )  # fmt: skip
            needed = attain.evaluate(plan, attain.Ledger(), as_of="2016-01-31")["t"].goal
            tally.check(case, needed is not None and (case["targets"] >= needed) == case["expected"], needed)
        elif "frequency_months" in case:
            tally.set_apart(case, "a period that only begins counts there, and thirds of a year; here the whole periods of the calendar (A7)")
        else:
            tally.set_apart(case, "a target without a goal, or with half of its goals, is refused here when the programme is made")
    for case in vectors["month_counts"]:
        plan = attain.programme(
            id="tola", window=(case["start"], case["end"]), indicators=[attain.indicator("i", kind="increment", unit="元")],
            projects=[attain.project("p", targets=[attain.target("t", indicator="i", aim=attain.at_least(1))])],
        )  # fmt: skip
        result = attain.evaluate(plan, attain.Ledger(), as_of=attain.parse_period(case["start"][:7])[1])["t"]
        tally.near(case, None if result.expected is None else 1 / result.expected, case["expected_months"], 1e-9)


def test_periods_that_are_generated(published, reproduce) -> None:
    vectors = sets(published)["period_generation"]
    tally = reproduce("toladata: periods that are generated", 0)
    for case in vectors["cases"]:
        tally.set_apart(case["name"], "a period begins on the first of a month and ends on the eve of the programme's day, so that periods overlap; here periods tile")


def test_who_is_reporting(published, reproduce) -> None:
    """Life of programme and closed, with or without goal and data; the others ask for the kind of a frequency."""
    vectors = sets(published)["reporting_or_not"]["cases"]
    found = {
        "life-of-programme target and data, programme still open": None,
        "life of programme, closed, no data": asked([], 100),
        "life of programme, closed, target and data": asked([("2016-03-01", 90)], 100),
        "midline only: target and data": asked([("2016-03-01", 90)], 100),
        "event, target and data": asked([("2016-03-01", 90)], 100),
        "time-aware, completed periods with targets and data": asked([("2016-03-01", 90)], 100),
    }
    driven = [case for case in vectors if found.get(case["case"]) is not None]
    tally = reproduce("toladata: who is reporting", len(driven))
    for case in vectors:
        result = found.get(case["case"])
        if result is None:
            tally.set_apart(case["case"], "a target without a goal is no target here, and a running one is judged to date")
        else:
            tally.check(case["case"], (result.status is not None) == case["expected_reporting"], result.status)
