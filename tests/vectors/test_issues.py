"""Schedules, remaining work and ratios of issue trackers and partner portals, as far as our words can say them."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import attain


def sets(published: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(published("systems/project_and_okr_rollup.json").read_text(encoding="utf-8"))
    return found


def version(issues: list[dict[str, Any]], *, start: date, days: int, as_of: date) -> attain.Evaluation:
    """A version is a project, its issues are targets of done shares; an estimate is a weight."""
    indicators = [attain.indicator(f"i{i}", kind="level", unit="%", maximum_age=5000) for i in range(len(issues))]
    targets = [
        attain.target(f"t{i}", indicator=f"i{i}", aim=attain.at_least("100%"), baseline=0, weight=issue.get("est", 1)) for i, issue in enumerate(issues)
    ]
    plan = attain.programme(
        id="version", window=(str(start), str(start + timedelta(days - 1))), indicators=indicators, projects=[attain.project("v", targets=targets)],
        defaults={"minimum_coverage_of_node": 0},
    )  # fmt: skip
    rows = [{"indicator": f"i{i}", "day": str(as_of), "amount": f"{issue['done']}%"} for i, issue in enumerate(issues)]
    return attain.evaluate(plan, attain.Ledger(rows), as_of=str(as_of))


def test_schedules_of_versions_in_redmine(published, reproduce) -> None:
    """Behind is who has done less than the share of the time that has passed."""
    vectors = sets(published)["redmine"]["schedule_vectors"]
    start = date(2021, 3, 1)
    driven = [one for one in vectors if not one.get("no_due_date")]
    tally = reproduce("redmine: behind schedule", len(driven))
    for number, one in enumerate(vectors):
        if one not in driven:
            tally.set_apart(number, "a version without a due day is never behind there; here every target has a due day")
            continue
        days = one.get("span_days", 14)
        half_way = start + timedelta(days // 2 - 1)  # at its close half of the days have passed
        now = version([{"done": done} for done in one.get("done", [])], start=start, days=days, as_of=half_way)
        gap = now.project("v").gap
        tally.check(number, (gap is not None and gap < 0) == one["expected_behind"], gap)
        if "expected_completed" in one:
            assert abs(100 * (now.project("v").attainment or 0) - one["expected_completed"]) < 1e-9


def test_work_that_remains(published, reproduce) -> None:
    """Estimates are budgets: what remains is the budget less the earned value."""
    remaining = sets(published)["redmine"]["remaining_work"]
    tally = reproduce("redmine and openproject: remaining work", 3)
    issues = remaining["case"]
    total = sum(issue["est"] for issue in issues)
    now = version(issues, start=date(2021, 1, 1), days=365, as_of=date(2021, 6, 30))
    value = now.earned_value(total=total).amounts
    tally.near("total", value.budget, remaining["expected_total"], 1e-12)
    tally.near("remaining", None if value.earned is None else (value.budget or 0) - value.earned, remaining["expected_remaining"], 1e-12)
    for one in sets(published)["openproject_older"]["newer_documented"]:
        plan = attain.programme(
            id="work", window=("2021-01-01", "2021-12-31"), indicators=[attain.indicator("hours", kind="level", unit="小时")],
            projects=[attain.project("p", targets=[attain.target("t", indicator="hours", aim=attain.at_most(0), baseline=one["work_h"])])],
        )  # fmt: skip
        book = attain.Ledger([{"indicator": "hours", "day": "2021-06-30", "amount": one["remaining_h"]}])
        share = attain.evaluate(plan, book, as_of="2021-06-30")["t"].attainment
        tally.near("percent of work", None if share is None else 100 * share, one["expected_percent"], 1e-9)


def test_ratios_as_a_partner_portal_shows_them(published, reproduce) -> None:
    cases = sets(published)["display_of_ratios"]["cases"]
    driven = [case for case in cases if case[1] and case[2] is None and {"v", "d"} <= set(case[0]) and float(case[0]["d"]) != 0]
    tally = reproduce("etools: ratios in percent", len(driven))
    for case in cases:
        parts, _, _, wanted = case
        if case not in driven:
            tally.set_apart(wanted, "there nothing is 0 and a missing denominator 1, or both sides are shown; here a missing side gives no answer")
            continue
        plan = attain.programme(
            id="ratio", window=("2021-01-01", "2021-12-31"),
            indicators=[attain.indicator("v", kind="increment", unit="人"), attain.indicator("d", kind="increment", unit="人"),
                        attain.indicator("r", kind="ratio", unit="%", numerator="v", denominator="d")],
            projects=[attain.project("p", targets=[attain.target("t", indicator="r")])],
        )  # fmt: skip
        book = attain.Ledger([{"indicator": name, "period": "2021-01", "amount": str(parts[name])} for name in ("v", "d")])
        reading = attain.evaluate(plan, book, as_of="2021-12-31")["t"].reading
        tally.check(wanted, reading is not None and f"{100 * reading:.0f}%" == wanted, reading)
