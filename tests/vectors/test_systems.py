"""Numbers of other monitoring systems, as far as our words can say them: programme and observations through the engine."""

from __future__ import annotations

import json
import math
from datetime import date, timedelta
from typing import Any

import attain

NOT_OURS = "adds up or displays in a way that our words do not say"


def book_of(rows: list[dict[str, Any]]) -> attain.Ledger:
    return attain.Ledger([{name: value for name, value in row.items() if value is not None} for row in rows])


# -- Akvo RSR -------------------------------------------------------------------------------------


class Akvo:
    """Projects are places. Reports go to a place of their own within each, since there a project adds its updates to those below it."""

    def __init__(self, vector: dict[str, Any]) -> None:
        self.vector = vector
        self.parts = vector["indicator"]["measure"] != "unit"
        self.cumulative = vector["indicator"]["cumulative"]
        self.places = [attain.place("all")]
        projects = {project["id"]: project for project in vector["projects"]}
        for project in vector["projects"]:
            above = project["parent"]
            counted = above is not None and project["aggregate_to_parent"] and projects[above]["aggregate_children"]
            self.places.append(attain.place(project["id"], within=above if counted else "all"))
        for name in sorted({self.reporter(one) for one in vector["updates"]}):
            self.places.append(attain.place(name, within=name.split(".")[0]))
        self.dimensions: dict[str, set[str]] = {}
        self.ratio_parts: set[str] = set()
        for one in [*vector["updates"], *vector.get("expected", [])]:
            for dimension, options in (one.get("disaggregation") or {}).items():
                self.dimensions.setdefault(dimension, set()).update(options)
                if any(isinstance(value, list) for value in options.values()):
                    self.ratio_parts.add(dimension)

    def reporter(self, one: dict[str, Any]) -> str:
        """Totals of several reporters add up; of a percentage the latest of anybody counts."""
        return f"{one['project']}.{'own' if self.vector['indicator']['measure'] == 'percentage' else one.get('user', 'u1')}"

    def indicators(self) -> list[Any]:
        kind = "level" if self.cumulative else "increment"
        across = "sum" if self.cumulative else None
        dimensions = [attain.dimension(name, sorted(options)) for name, options in self.dimensions.items()] or None
        made = [
            attain.indicator(name, kind=kind, unit="人", across_places=across, dimensions=dimensions, maximum_age=5000 if self.cumulative else None)
            for name in ("value", "numerator", "denominator")
        ]
        return [*made, attain.indicator("percent", kind="ratio", unit="%", numerator="numerator", denominator="denominator")]

    def rows(self) -> list[dict[str, Any]]:
        first = {period["id"]: date.fromisoformat(period["start"]) for period in self.vector["periods"]}
        rows = []
        for place, amount in self.vector.get("preset", {}).items():
            project, period = place.split("/")
            parts = zip(("numerator", "denominator"), amount.split("/"), strict=True) if "/" in amount else (("value", amount),)
            rows += [{"indicator": name, "place": project, "day": str(first[period]), "amount": one} for name, one in parts]
        for number, one in enumerate(self.vector["updates"]):
            if one["status"] != "approved":
                continue
            about = {"place": self.reporter(one), "day": str(first[one["period"]] + timedelta(days=number))}
            for name in ("value", "numerator", "denominator"):
                if one.get(name) is not None:
                    rows.append({"indicator": name, "amount": str(one[name]), **about})
            for dimension, options in (one.get("disaggregation") or {}).items():
                for option, value in options.items():
                    pairs = zip(("numerator", "denominator"), value, strict=True) if isinstance(value, list) else (("value", value),)
                    rows += [{"indicator": name, "amount": str(part), "dimensions": {dimension: option}, **about} for name, part in pairs]
        return rows

    def found(self) -> list[tuple[str, Any, Any]]:
        """What is expected: where, ours, theirs."""
        targets, wanted = [], []

        def ask(label: str, one: dict[str, Any], indicator: str, theirs: Any, about: dict[str, str] | None = None) -> None:
            period = next(period for period in self.vector["periods"] if period["id"] == one["period"])
            name = f"t{len(targets)}"
            targets.append(
                attain.target(name, indicator=indicator, place=one["project"], window=(period["start"], period["end"]), disaggregation=about)
            )
            wanted.append((label, name, None if theirs is None else float(theirs)))

        for one in self.vector["expected"]:
            where = f"{one['project']}/{one['period']}"
            if self.parts and "value" in one:
                ask(f"{where} percent", one, "percent", None if one["value"] is None else float(one["value"]) / 100)
            elif "value" in one:
                ask(where, one, "value", one["value"])
            if "value" not in one:
                for name in ("numerator", "denominator"):
                    if name in one:
                        ask(f"{where} {name}", one, name, one[name])
            for dimension, options in (one.get("disaggregation") or {}).items():
                for option, value in options.items():
                    pairs = zip(("numerator", "denominator"), value, strict=True) if isinstance(value, list) else (("value", value),)
                    if dimension in self.ratio_parts and not isinstance(value, list):
                        pairs = (("numerator", value),)
                    for name, part in pairs:
                        ask(f"{where} {option} {name}", one, name, part, {dimension: option})
        plan = attain.programme(
            id="akvo", window=("2020-01-01", "2025-12-31"), places=self.places, indicators=self.indicators(),
            projects=[attain.project("p", targets=targets)],
        )  # fmt: skip
        last = max(period["end"] for period in self.vector["periods"])
        now = attain.evaluate(plan, book_of(self.rows()), as_of=last)
        results = []
        for label, name, theirs in wanted:
            place = next(one["place"] for one in targets if one["id"] == name)
            results.append((label, now[name, place].reading, theirs))
        return results


AKVO_APART = {
    "pct-second-update-refused": "a second report of a percentage is refused there; here its parts add up",
    "child-overrides-parent-direct-value": "a hand-typed amount gives way to the sum below it there; here a place's own report stands (R9)",
    "pct-child-to-parent": "the same with a percentage",
}


def test_updates_of_akvo_roll_up(published, reproduce) -> None:
    sets = json.loads(published("systems/akvo_rollup.json").read_text(encoding="utf-8"))
    tally = reproduce("akvo: roll-up over projects", 44 - len(AKVO_APART))
    for vector in sets["vectors"]:
        if vector["id"] in AKVO_APART:
            tally.set_apart(vector["id"], AKVO_APART[vector["id"]])
            continue
        found = Akvo(vector).found()
        differing = [
            one for one in found if (one[1] is None) != (one[2] is None) or (one[1] is not None and not math.isclose(one[1], one[2], rel_tol=1e-12))
        ]
        tally.check(vector["id"], not differing, differing)


# -- DHIS2 ----------------------------------------------------------------------------------------


def month(text: str) -> tuple[str, str]:
    first = date.fromisoformat(f"{text}-01")
    return str(first), str((first + timedelta(days=32)).replace(day=1) - timedelta(days=1))


def span(first: str, last: str) -> tuple[str, str]:
    return month(first)[0], month(last)[1]


class Dhis2:
    """The fixture: units are places, each with a place of its own within it that reports."""

    def __init__(self, fixture: dict[str, Any]) -> None:
        self.places = [attain.place("A")]
        self.places += [attain.place(unit, within=above) for unit, above in fixture["unit_parent"].items() if above is not None]
        self.places += [attain.place(f"{unit}.own", within=unit) for unit in fixture["unit_parent"]]
        self.rows = []
        for element, period, unit, value in fixture["data_values"]:
            amount = {"true": 1, "false": 0}.get(value, value)
            if isinstance(amount, str):
                continue  # text and days are no amounts
            for name in (element, f"{element}.each"):
                self.rows.append(
                    {"indicator": name, "place": f"{unit}.own", "start": month(period)[0], "end": month(period)[1], "amount": amount}
                )
            self.rows.append({**self.rows[-1], "indicator": f"{element}.count", "amount": 1})
        self.book = attain.Ledger(self.rows)

    def reading(self, expression: str, place: str, window: tuple[str, str], across: str = "sum") -> float | None:
        """A sum of what was reported in a window, or a formula of such sums; or a mean, least or greatest across units."""
        indicators = []
        for name in sorted({row["indicator"].split(".")[0] for row in self.rows}):
            weighted = {"weighted_by": f"{name}.count"} if across == "weighted_mean" else {}
            each = {"kind": "level", "unit": "人", "period": "month", "maximum_age": 20}
            indicators += [
                attain.indicator(name, kind="increment", unit="人", period="month"),
                attain.indicator(f"{name}.each", across_places=across, **each, **weighted),
                attain.indicator(f"{name}.count", across_places="sum", **each),
            ]
        indicators.append(attain.indicator("asked", kind="formula", unit="人", expression=expression))
        plan = attain.programme(
            id="dhis2", places=self.places, indicators=indicators,
            projects=[attain.project("p", targets=[attain.target("t", indicator="asked", place=place, window=window)])],
        )  # fmt: skip
        return attain.evaluate(plan, self.book, as_of=window[1])["t", place].reading


def test_sums_of_dhis2_over_units_and_periods(published, reproduce) -> None:
    sets = json.loads(published("systems/dhis2_aggregation.json").read_text(encoding="utf-8"))
    system = Dhis2(sets["fixture"])
    quarter = span("2017-01", "2017-03")
    year = "2017-01"

    def offset(text: str, months: int) -> str:
        number = int(text[5:]) + months
        return f"2017-{number:02}"

    def by_month(ask: Any, months: list[str]) -> dict[str, Any]:
        found = {one: ask(one) for one in months}
        return {one: value for one, value in found.items() if value is not None}

    april_to_september = [f"2017-{number:02}" for number in range(4, 10)]
    first_quarter = ["2017-01", "2017-02", "2017-03"]
    questions: dict[str, Any] = {
        "test_de_avg_2017_03": lambda: system.reading("[deC.each]", "A", month("2017-03"), "weighted_mean"),
        "test_deC_ouB_2017_03": lambda: system.reading("[deC]", "B", month("2017-03")),
        "test_deA_ouA_2017_Q01": lambda: system.reading("[deA]", "A", quarter),
        "testIndicatorWithPeriodOffsets": lambda: system.reading("[deE]", "A", span("2017-05", "2017-06")),
        "testIndicatorWithYearToDate": lambda: by_month(lambda one: system.reading("[deE]", "A", span(year, one)), april_to_september),
        "testIndicatorWithPeriodOffsetAndYearToDate": lambda: by_month(
            lambda one: system.reading("[deE]", "A", span(year, offset(one, -1))), april_to_september
        ),
        "testIndicatorSummingBooleans": lambda: by_month(
            lambda one: system.reading("[deF]", "A", month(one)), [*first_quarter, "2017-04"]
        ),
        "testIndicatorSubexpressionBooleanSumQuarter": lambda: system.reading("[deF]", "A", quarter),
        "testNestedIndicator": lambda: by_month(lambda one: system.reading("2 * [deA]", "A", month(one)), first_quarter[:2]),
        "testNestedIndicatorWithPeriodOffset": lambda: {
            "2017-01": system.reading("[deA]", "A", month("2017-01")),
            "2017-02": system.reading("[deA]", "A", span("2017-01", "2017-02")),
        },
        "testIndicatorSubexpressionBoolean": lambda: by_month(
            lambda one: system.reading("if([deF] > 0, 3, 4) + 0 * [deF]", "A", month(one)), [*first_quarter, "2017-04"]
        ),
        "test_deA_ouB_ouC_2017_02": lambda: system.reading("[deA.each]", "A", month("2017-02"), "greatest"),
        "test_ouB_2017_01_01_2017_02_20": lambda: system.reading("[deA]", "B", ("2017-01-01", "2017-02-20")),
    }
    tally = reproduce("dhis2: sums over units and periods", len(questions))
    several = "of several indicators only the periods that all have are read (R7a), there each is summed on its own"
    for vector in sets["vectors"]:
        ask = questions.get(vector["test"])
        if ask is None:
            expression = vector["query"]["expr"]
            why = several if len({word[:3] for word in expression.split() if word.startswith("de")}) > 1 else NOT_OURS
            tally.set_apart(f"{vector['test']}: {expression}", why)
            continue
        found, wanted = ask(), vector["expected"]
        came_out = found == wanted if isinstance(wanted, dict) else found is not None and round(found, 2) == wanted
        tally.check(vector["test"], came_out, (found, wanted))


def test_modifiers_of_dhis2(published, reproduce) -> None:
    fixture = json.loads(published("systems/dhis2_aggregation.json").read_text(encoding="utf-8"))
    book = book_of(
        [
            {"indicator": "x", "start": month(period)[0], "end": month(period)[1], "amount": value, "dimensions": {"option": option}}
            for period, option, value in fixture["modifier_fixture"]["data"]
        ]
    )

    def reading(expression: str, window: tuple[str, str]) -> float | None:
        plan = attain.programme(
            id="dhis2",
            indicators=[
                attain.indicator("x", kind="increment", unit="人", period="month", dimensions=[attain.dimension("option", ["A", "B"])]),
                attain.indicator("asked", kind="formula", unit="人", expression=expression),
            ],
            projects=[attain.project("p", targets=[attain.target("t", indicator="asked", window=window)])],
        )
        return attain.evaluate(plan, book, as_of=window[1])["t"].reading

    months = ["2022-01", "2022-02", "2022-03"]

    def each(expression: str, first: int = 0, last: int = 0, only: list[str] | None = None) -> dict[str, Any]:
        """By month, of a window that begins and ends so many months away."""
        found = {}
        for one in only or months:
            number = int(one[5:])
            ends = [f"2022-{min(max(number + shift, 1), 12):02}" for shift in (first, last)]
            if number + last < 1:
                continue
            found[one] = reading(expression, span(*ends))
        return {one: value for one, value in found.items() if value is not None}

    questions: dict[str, Any] = {
        "testNoAggregationType": lambda: {**each("[x]"), "2022Q1": reading("[x]", span("2022-01", "2022-03"))},
        "testSimplePeriodOffset": lambda: each("[x]", -1, -1),
        "testInsideAndOutsidePeriodOffset": lambda: each("[x]", 0, 1),
        "testGroupedPeriodOffset": lambda: each("[x] + [x]", -1, -1),
        "testMinDate": lambda: each("[x]", only=months[1:]),
        "testMaxDate": lambda: each("[x]", only=months[:2]),
        "testMinAndMaxDate": lambda: each("[x]", only=months[1:2]),
        "testSimpleSubExpression": lambda: {
            **each("if([x] = 1, 4, 5) + 0 * [x]"), "2022Q1": reading("if([x] = 1, 4, 5) + 0 * [x]", span("2022-01", "2022-03")),
        },
        "testMultipleReferenceSubExpression": lambda: each("if([x] < 2, 0 * [x], [x])", only=months[:2]),
        "testReferencesInsideAndOutsideOfSubExpression": lambda: each("3 * [x] + if([x] < 2, 0 * [x], [x])", only=months[:2]),
        "testTwoSubExpressions": lambda: each("if([x] = 1, 3, 5) + if([x] = 2, 6, 7) + 0 * [x]", only=months[:2]),
        "testPeriodOffsetSubExpression": lambda: each("[x]", -1, 0),
    }  # fmt: skip
    tally = reproduce("dhis2: modifiers of periods", len(questions))
    for vector in fixture["modifier_vectors"]:
        ask = questions.get(vector["test"])
        if ask is None:
            tally.set_apart(f"{vector['test']}: {vector['expr']}", NOT_OURS)
            continue
        found = ask()
        tally.check(vector["test"], found == vector["expected"], (found, vector["expected"]))


# -- Mercy Corps TolaData -------------------------------------------------------------------------

KINDS = {"incremental": "increment", "incremental results against running-total targets": "increment", "level: the latest result replaces": "level"}


def tola_family(family: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """A period is a year; its target a checkpoint, its results days of it."""
    indicator, expected = family["indicator"], family["expected"]
    periods = family["period_targets"]
    sums = indicator["accumulation"] == "incremental"
    goals = [sum(periods[: i + 1]) if sums else goal for i, goal in enumerate(periods)]
    kind = KINDS[indicator["accumulation"]]
    first = 2001
    window = (f"{first}-01-01", f"{first + len(periods) - 1}-12-31")
    rows = []
    for i, results in enumerate(family["results_per_period_in_date_order"]):
        rows += [{"indicator": "i", "day": f"{first + i}-02-{k + 1:02}", "amount": result} for k, result in enumerate(results)]
    book = book_of(rows)

    def asked(last: int, from_period: int = 0) -> attain.TargetResult:
        """The amount against the goal as of the end of a period."""
        goal = goals[last] - (goals[from_period - 1] if sums and from_period > 0 else 0)
        start = f"{first + (from_period if sums else 0)}-01-01"
        plan = attain.programme(
            id="tola", indicators=[attain.indicator("i", kind=kind, unit="人", maximum_age=30_000)],
            projects=[attain.project("p", targets=[attain.target("t", indicator="i", aim=attain.at_least(goal), window=(start, f"{first + last}-12-31"))])],
        )  # fmt: skip
        return attain.evaluate(plan, book, as_of=f"{first + last}-12-31")["t"]

    found: list[tuple[str, Any, Any]] = []
    share = lambda result: None if result.of_goal is None else round(result.of_goal + 1e-9, 2)  # noqa: E731
    has_results = [bool(results) for results in family["results_per_period_in_date_order"]]
    for i, (actual, met) in enumerate(zip(expected.get("period_actual", []), expected.get("period_percent_met", []), strict=True)):
        if not has_results[i]:
            continue  # a period without a result has none there; here a running total stands
        result = asked(i, i)
        found += [(f"period {i}", result.reading, actual), (f"period {i} met", share(result), met)]
    final = asked(len(periods) - 1)
    found += [("life actual", final.reading, expected["life_actual"]), ("life target", final.goal, expected["life_target"])]
    found.append(("life met", share(final), expected["life_percent_met"]))
    if "actual_to_date" in expected:
        done = max(i for i, complete in enumerate(family["period_complete"]) if complete)
        result = asked(done)
        found += [("to date", result.reading, expected["actual_to_date"]), ("target to date", result.goal, expected["target_to_date"])]
        found.append(("met to date", share(result), expected["percent_met_to_date"]))
    assert window[0] < window[1]
    return found


TOLA_APART = {
    "TestMonthlyDecreaseCumulative": "for decreasing indicators that view divides target by actual, its status actual by target; both cannot be",
}


def test_period_families_of_toladata(published, reproduce) -> None:
    families = json.loads(published("systems/tola_targets.json").read_text(encoding="utf-8"))["period_families"]
    apart = [family["id"] for family in families if family["indicator"]["direction"] == "decrease"]
    tally = reproduce("toladata: targets and results by period", len(families) - len(apart))
    for family in families:
        if family["id"] in apart:
            tally.set_apart(family["id"], TOLA_APART["TestMonthlyDecreaseCumulative"])
            continue
        found = tola_family(family)
        differing = [one for one in found if one[1] != one[2]]
        tally.check(family["id"], not differing, differing)


# -- projects and objectives ----------------------------------------------------------------------


class Issues:
    """Issues are targets of done shares; an estimate is a weight, and who has none gets the mean of those that have."""

    def __init__(self) -> None:
        self.indicators: list[Any] = []
        self.rows: list[dict[str, Any]] = []

    def weight(self, one: dict[str, Any]) -> float:
        if "children" in one:
            return sum(self.weight(child) for child in one["children"])
        return float(one.get("est") or 0)

    def node(self, name: str, children: list[dict[str, Any]], weight: float = 1) -> Any:
        estimates = [self.weight(child) for child in children]
        given = [estimate for estimate in estimates if estimate > 0]
        other = sum(given) / len(given) if given else 1.0
        weights = [estimate if estimate > 0 else other for estimate in estimates]
        targets, projects = [], []
        for i, (child, share) in enumerate(zip(children, weights, strict=True)):
            if "children" in child:
                projects.append(self.node(f"{name}.{i}", child["children"], share))
                continue
            done = 100 if child.get("closed") else child.get("done", 0)
            indicator = f"{name}-{i}"
            self.indicators.append(attain.indicator(indicator, kind="level", unit="人", maximum_age=5000))
            self.rows.append({"indicator": indicator, "day": "2021-06-30", "amount": done})
            targets.append(attain.target(indicator, indicator=indicator, aim=attain.at_least(100), baseline=0, weight=share))
        return attain.project(name, targets=targets, projects=projects, weight=weight)


def test_progress_of_issues(published, reproduce) -> None:
    """Redmine rounds down, the older OpenProject half up; both weigh by estimate."""
    sets = json.loads(published("systems/project_and_okr_rollup.json").read_text(encoding="utf-8"))
    tally = reproduce("redmine and openproject: progress of parents", 15 + 14 + 7)
    cases: list[tuple[str, list[dict[str, Any]], Any]] = []
    floor, half_up = math.floor, lambda share: math.floor(share + 0.5)
    exact = lambda share: share  # noqa: E731
    for i, vector in enumerate(sets["redmine"]["parent_vectors"]):
        cases.append((f"parent {i}", vector["children"], (vector["expected"], floor)))
    for i, vector in enumerate(sets["redmine"]["version_vectors"]):
        closed_only = [{**one, "done": 0} for one in vector["issues"]]
        for kind, issues in (("completed", vector["issues"]), ("closed", closed_only)):
            top, _, bottom = str(vector[f"expected_{kind}"]).partition("/")
            cases.append((f"version {i} {kind}", issues, (float(top) / float(bottom or 1), exact)))
    for i, vector in enumerate(sets["openproject_older"]["vectors"]):
        closed = vector.get("closed", [False] * len(vector["est"]))
        issues = [{"est": e, "done": d, "closed": c} for e, d, c in zip(vector["est"], vector["done"], closed, strict=True)]
        cases.append((f"openproject {i}", issues, (vector["expected"], half_up)))
    issues = Issues()
    projects = [issues.node(f"p{i}", children) for i, (_, children, _) in enumerate(cases)]
    plan = attain.programme(id="issues", window=("2021-01-01", "2021-12-31"), indicators=issues.indicators, projects=projects)
    now = attain.evaluate(plan, book_of(issues.rows), as_of="2021-06-30")
    for i, (name, _, (wanted, rounding)) in enumerate(cases):
        share = now.project(f"p{i}").attainment
        percent = None if share is None else rounding(100 * share + (1e-9 if rounding is not exact else 0))
        tally.check(name, percent is not None and abs(percent - wanted) < 1e-9, (percent, wanted))


def test_progress_from_a_baseline_to_a_target(published, reproduce) -> None:
    sets = json.loads(published("systems/project_and_okr_rollup.json").read_text(encoding="utf-8"))["baseline_to_target"]
    apart = [one for one in sets if one["from"] == one["to"]]
    tally = reproduce("operately and others: from baseline to target", len(sets) - len(apart))
    for number, one in enumerate(sets):
        if one in apart:
            tally.set_apart(number, "0 % where baseline and target are equal: here such a goal is a hold (B3)")
            continue
        aim = attain.at_least(one["to"]) if one["to"] > one["from"] else attain.at_most(one["to"])
        plan = attain.programme(
            id="okr", window=("2021-01-01", "2021-12-31"), indicators=[attain.indicator("i", kind="level", unit="人")],
            projects=[attain.project("p", targets=[attain.target("t", indicator="i", aim=aim, baseline=one["from"])])],
        )  # fmt: skip
        now = attain.evaluate(plan, attain.Ledger([{"indicator": "i", "day": "2021-06-30", "amount": one["value"]}]), as_of="2021-06-30")
        share = now.root.attainment if one["clamped"] else now["t"].attainment
        tally.near(number, None if share is None else 100 * share, one["expected_percent"], 1e-9)


def test_zones_of_objectives(published, reproduce) -> None:
    sets = json.loads(published("systems/project_and_okr_rollup.json").read_text(encoding="utf-8"))["okr_zones"]
    zones = attain.MethodSpec.from_dict(
        {
            "format": "attain-method/1", "name": "okr_zones",
            "states": [{"name": name, "role": role} for name, role in
                       (("stretch", "met"), ("target", "on_track"), ("commit", "at_risk"), ("fail", "behind"))],
            "bands": [{"name": "zones", "quantity": "attainment", "below": "fail", "edges": [
                {"from": 1, "state": "stretch"}, {"from": 0.7, "state": "target"}, {"from": 0.3, "state": "commit"}]}],
            "rules": [{"bands": "zones"}], "nodes": {"bands": "zones", "deadlines": False},
        }
    )  # fmt: skip
    tally = reproduce("okr: zones of key results", 5)
    metric = [one for one in sets["key_results"] if one["type"] == "metric" and one["baseline"] is not None]
    counts = {state: 0 for state in ("fail", "commit", "target", "stretch")}
    for one in sets["key_results"]:
        if one["type"] == "ordinal":
            counts[one["zone"].lower()] += 1
    for one in metric:
        share = (one["value"] - one["baseline"]) / (one["stretch"] - one["baseline"])
        state = zones.cut("zones", share)[0]
        assert state is not None
        counts[state] += 1
    for state, count in counts.items():
        tally.check(state, count == sets["expected"][state], (count, sets["expected"][state]))
    tally.check("target_or_stretch", counts["target"] + counts["stretch"] == sets["expected"]["target_or_stretch"], counts)


# -- ActivityInfo ---------------------------------------------------------------------------------


def test_pivots_of_activityinfo(published, reproduce) -> None:
    """Sites are places: within an admin unit or a partner, as the pivot asks; a report of a site is one of its period."""
    sets = json.loads(published("systems/activityinfo_pivot.json").read_text(encoding="utf-8"))

    def readings(fixture: str, indicator: int, by: Any = None, window: tuple[str, str] = ("2000-01-01", "2020-12-31")) -> dict[str, float]:
        data = sets["fixtures"][fixture]
        sites = {site["id"]: site for site in data["sites"] if site["deleted"] is None}
        groups = {site: str(by(one)) if by else "all" for site, one in sites.items()}
        names = sorted(set(groups.values()) - {"all"})
        places = [attain.place("all"), *(attain.place(f"g{name}", within="all") for name in names)]
        places += [attain.place(f"s{site}", within="all" if group == "all" else f"g{group}") for site, group in groups.items()]
        rows = [
            {"indicator": "i", "place": f"s{report['site']}", "start": report["from"], "end": report["to"], "amount": report["values"][str(indicator)]}
            for report in data["reporting_periods"]
            if report["site"] in sites and str(indicator) in report["values"]
        ]
        targets = [attain.target(f"t{name}", indicator="i", place="all" if name == "all" else f"g{name}") for name in names or ["all"]]
        plan = attain.programme(
            id="pivot", window=window, places=places, indicators=[attain.indicator("i", kind="increment", unit="人")],
            projects=[attain.project("p", targets=targets)],
        )  # fmt: skip
        now = attain.evaluate(plan, book_of(rows), as_of=window[1])
        found = {name: now[f"t{name}", "all" if name == "all" else f"g{name}"].reading for name in names or ["all"]}
        return {name: value for name, value in found.items() if value is not None}

    def quarters(fixture: str, indicator: int) -> dict[str, float]:
        found = {}
        for year in (2008, 2009):
            for quarter in range(1, 5):
                window = span(f"{year}-{3 * quarter - 2:02}", f"{year}-{3 * quarter:02}")
                for value in readings(fixture, indicator, window=window).values():
                    found[f"{year}Q{quarter}"] = value
        return found

    simple = "sites-simple1.db.xml"
    questions: dict[tuple[str, str], Any] = {
        (simple, "indicator 1"): lambda: readings(simple, 1)["all"],
        (simple, "indicator 1, partner 2"): lambda: readings(simple, 1, lambda site: site["partner"])["2"],
        (simple, "indicator 1, admin unit 11"): lambda: readings(simple, 1, lambda site: site["admin"][-1])["11"],
        (simple, "indicator 1 by partner"): lambda: readings(simple, 1, lambda site: site["partner"]),
        (simple, "indicator 1 by project"): lambda: readings(simple, 1, lambda site: site["project"]),
        ("sites-deleted.db.xml", "indicator 1, site 1 deleted"): lambda: readings("sites-deleted.db.xml", 1)["all"],
        ("sites-quarters.db.xml", "indicator 1 by quarter"): lambda: quarters("sites-quarters.db.xml", 1),
    }
    tally = reproduce("activityinfo: pivots of sums", len(questions))
    for vector in sets["vectors"]:
        ask = questions.get((vector["fixture"], vector["query"]))
        if ask is None:
            tally.set_apart(f"{vector['fixture']}: {vector['query']}", "it counts or averages sites or reports, which are no amounts here")
            continue
        found = ask()
        tally.check(vector["query"], found == vector["expected"], (found, vector["expected"]))
