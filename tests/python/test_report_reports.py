"""The reports that a why lists, and whether each of them counts."""

from pathlib import Path
from typing import Any

import attain
import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def target_of(now: attain.Evaluation, id: str) -> Any:
    content = attain.report(now)._content
    [target] = [target for project in content.projects for target in project.targets if target.id == id]
    return target


def fates(target: Any) -> list[tuple[str, str, str]]:
    return [(report.place, report.period, report.fate) for report in target.reports]


def test_corrections_and_withdrawals_are_told(now: attain.Evaluation) -> None:
    lifts = {(one.place, one.period, one.recorded): one for one in target_of(now, "1.1").reports}
    assert target_of(now, "1.1").left_out > 0
    west = now.book.entries("lifts", "west")
    assert len([one for one in west if str(one["start"]) == "2021-05-01"]) == 2
    may = [one for (place, period, _), one in lifts.items() if (place, period) == ("West County", "2021-05")]
    assert sorted(one.fate for one in may) == ["replaced later", "yes"]
    assert [one.amount for one in may if one.counts] == ["3 lifts"]


def test_what_was_recorded_later_is_not_yet_known(plan: attain.Programme, book: attain.Ledger) -> None:
    then = attain.evaluate(plan, book, as_of="2021-05-31", known_at="2021-06-10")
    may = [one for one in target_of(then, "1.1").reports if (one.place, one.period) == ("West County", "2021-05")]
    assert sorted((one.recorded, one.fate) for one in may) == [("2021-06-05", "yes"), ("2021-07-12", "not yet known")]


def test_what_is_about_later_days_does_not_count(plan: attain.Programme, book: attain.Ledger) -> None:
    then = attain.evaluate(plan, book, as_of="2021-05-31")
    later = {one.fate for one in target_of(then, "1.1").reports if one.period > "2021-05"}
    assert later == {"after the day"}


def of_complaints(*rows: dict[str, Any], as_of: str = "2025-02-28") -> attain.Evaluation:
    """95 % of complaints are to be answered in time."""
    plan = attain.programme(
        id="town",
        window=("2025-01-01", "2025-12-31"),
        indicators=[
            attain.indicator("answered", unit="件", kind="increment", period="month"),
            attain.indicator("received", unit="件", kind="increment", period="month"),
            attain.indicator("in-time", unit="%", kind="ratio", numerator="answered", denominator="received"),
        ],
        projects=[
            attain.project("1", targets=[attain.target("1.1", indicator="answered", aim=attain.at_least(900))]),
            attain.project("2", responsible="Hotline", targets=[attain.target("2.1", indicator="in-time", aim=attain.at_least("95%"))]),
        ],
    )
    book = attain.Ledger()
    for row in rows:
        book.append(**row)
    return attain.evaluate(plan, book, as_of=as_of)


def test_reports_that_contradict_each_other_do_not_count() -> None:
    now = of_complaints(
        {"indicator": "answered", "period": "2025-01", "amount": 70, "recorded": "2025-02-03"},
        {"indicator": "answered", "period": "2025-01", "amount": 7, "recorded": "2025-02-03"},
        {"indicator": "answered", "period": "2025-02", "amount": 8, "recorded": "2025-02-28"},
    )
    told = [(one.period, one.amount, one.fate, one.counts) for one in target_of(now, "1.1").reports]
    assert sorted(told) == [
        ("2025-01", "70件", "contradicts another of the same day", False),
        ("2025-01", "7件", "contradicts another of the same day", False),
        ("2025-02", "8件", "yes", True),
    ]


def test_reports_in_another_scope_neither_contradict_nor_replace() -> None:
    plan = attain.programme(
        id="town",
        window=("2025-01-01", "2025-12-31"),
        indicators=[attain.indicator("homes", unit="套", kind="increment", period="month", scope="new homes")],
        projects=[attain.project("1", targets=[attain.target("1.1", indicator="homes", aim=attain.at_least(900))])],
    )
    book = attain.Ledger()
    book.append(indicator="homes", period="2025-01", amount=70, recorded="2025-02-03", scope="new homes")
    book.append(indicator="homes", period="2025-01", amount=90, recorded="2025-02-03", scope="all homes")
    book.append(indicator="homes", period="2025-01", amount=95, recorded="2025-02-09", scope="all homes")
    now = attain.evaluate(plan, book, as_of="2025-01-31")
    assert now["1.1"].reading == 70
    assert sorted((one.amount, one.counts) for one in target_of(now, "1.1").reports) == [("70套", True), ("90套", False), ("95套", False)]


def test_reports_on_several_indicators_say_which() -> None:
    now = of_complaints(
        {"indicator": "answered", "period": "2025-01", "amount": 60},
        {"indicator": "received", "period": "2025-01", "amount": 100},
        as_of="2025-01-31",
    )
    page = attain.report(now).html()
    assert page.count('<th scope="col">Indicator</th>') == 1  # of the ratio alone
    assert [one.indicator for one in target_of(now, "2.1").reports] == ["answered", "received"]


def test_who_is_responsible_may_be_one() -> None:
    assert of_complaints().plan.to_dict()["projects"][1]["responsible"] == ["Hotline"]


@pytest.mark.parametrize(
    ("folder", "day"),
    [
        ("counties-lesson", "2021-09-30"),
        ("nanchang-2021", "2021-12-31"),
        ("guangzhou-2017", "2017-12-31"),
        ("us-goals-fy2022", "2022-09-30"),
    ],
)
def test_what_counts_is_what_the_explanation_says_is_used(folder: str, day: str) -> None:
    plan = attain.read_programme(EXAMPLES / folder)
    now = attain.evaluate(plan, attain.read_observations(EXAMPLES / folder, plan), as_of=day)
    places = {one["id"]: one.get("name") or one["id"] for one in plan.to_dict()["places"]}
    indicators = {one.get("name") or one["id"]: one["id"] for one in plan.to_dict()["indicators"]}
    steps = {step.get("name") or step["id"]: step["id"] for one in plan.to_dict()["indicators"] for step in one.get("steps", [])}
    compared = 0
    for project in attain.report(now)._content.projects:
        for target in project.targets:
            result = now[target.id]
            own = [one for one in target.reports if one.place == places.get(result.place, result.place)]
            told = [step.text for step in result.explain().steps if step.kind == "entry" and not step.aside]
            for one in own:
                about = (indicators[one.indicator], steps.get(one.note.partition("; ")[0], ""), one.period)
                head, recorded = " ".join(filter(None, about)), f", recorded {one.recorded} "
                [text] = [line for line in told if line.startswith((f"{head}: ", f"{head},")) and recorded in line]
                assert one.counts == text.endswith(" – used"), text
                compared += 1
    assert compared > 10


def test_reports_of_categories_are_told_apart() -> None:
    plan = attain.programme(
        id="people",
        window=("2021-01-01", "2021-12-31"),
        indicators=[
            attain.indicator(
                "trained", unit="people", kind="increment", period="month", dimensions=[attain.dimension("sex", ["f", "m"], complete=True)]
            )
        ],
        projects=[
            attain.project(
                "1", targets=[attain.target("1.1", indicator="trained", aim=attain.at_least(100), disaggregation={"sex": "f"})]
            )
        ],
    )
    book = attain.Ledger()
    for recorded, category, amount in (("2021-02-03", "f", 7), ("2021-02-04", "f", 8), ("2021-02-03", "m", 5)):
        book.append(indicator="trained", period="2021-01", amount=amount, dimensions={"sex": category}, recorded=recorded)
    now = attain.evaluate(plan, book, as_of="2021-01-31")
    texts = [step.text for step in now["1.1"].explain().steps if step.kind == "entry"]
    assert texts == [
        "trained sex=f 2021-01: 7, recorded 2021-02-03 – superseded",
        "trained sex=f 2021-01: 8, recorded 2021-02-04 – used",
        "trained sex=m 2021-01: 5, recorded 2021-02-03 – stands, and is not in the reading",
    ]
    assert sorted((one.amount, one.fate) for one in target_of(now, "1.1").reports if "sex f" in str(one)) == [
        ("7 people", "replaced later"),
        ("8 people", "yes"),
    ]


def test_another_scope_does_not_count() -> None:
    plan = attain.read_programme(EXAMPLES / "nanchang-2021")
    book = attain.read_observations(EXAMPLES / "nanchang-2021", plan)
    now = attain.evaluate(plan, book, as_of="2021-12-31")
    [report] = target_of(now, "2.1").reports
    assert report.fate == "other stage or scope"
    assert report.source.startswith("https://www.nc.gov.cn/")


def small(*rows: dict[str, Any]) -> attain.Evaluation:
    plan = attain.programme(
        id="small",
        window=("2021-01-01", "2021-12-31"),
        places=[attain.place("city", name="City"), attain.place("east", name="East", within="city")],
        indicators=[attain.indicator("done", kind="increment", unit="km", period="month")],
        projects=[
            attain.project("1", targets=[attain.target("1.1", indicator="done", aim=attain.at_least(12), quotas={"east": 12})])
        ],
    )
    return attain.evaluate(plan, attain.Ledger([{"indicator": "done", **row} for row in rows]), as_of="2021-02-28")


def test_a_place_that_reports_itself_is_not_added_up() -> None:
    now = small(
        {"place": "city", "period": "2021-01", "amount": 3.0},
        {"place": "east", "period": "2021-01", "amount": 2.0},
    )
    assert now["1.1"].reading == 3
    assert fates(target_of(now, "1.1")) == [("City", "2021-01", "yes"), ("East", "2021-01", "the place above reported itself")]


def test_reports_of_places_within_count_where_they_are_added_up() -> None:
    now = small({"place": "east", "period": "2021-01", "amount": 2.0}, {"place": "east", "period": "2020-12", "amount": 9.0})
    assert now["1.1"].reading == 2
    assert fates(target_of(now, "1.1")) == [("East", "2021-01", "yes"), ("East", "2020-12", "outside the window")]


def test_an_earlier_total_of_a_place_within_is_not_read() -> None:
    """Rule R5: of running totals the latest is the reading, at each place."""
    plan = attain.programme(
        id="small",
        window=("2021-01-01", "2021-12-31"),
        places=[attain.place("city", name="City"), attain.place("east", name="East", within="city")],
        indicators=[attain.indicator("done", kind="running_total", unit="km", period="month")],
        projects=[
            attain.project("1", targets=[attain.target("1.1", indicator="done", aim=attain.at_least(12), quotas={"east": 12})])
        ],
    )
    rows = [{"indicator": "done", "place": "east", "period": f"2021-0{month}", "amount": 1.0 * month} for month in (1, 2)]
    now = attain.evaluate(plan, attain.Ledger(rows), as_of="2021-02-28")
    assert now["1.1"].reading == 2
    assert fates(target_of(now, "1.1")) == [("East", "2021-02", "yes"), ("East", "2021-01", "no, another one is read")]


def test_forms_of_an_amount_are_written_out() -> None:
    now = small(
        {"place": "east", "period": "2021-01", "amount": "180余"},
        {"place": "east", "period": "2021-02", "missing": "withheld"},
    )
    assert [one.amount for one in target_of(now, "1.1").reports] == ["–", "180 km and more"]
    assert [one.fate for one in target_of(now, "1.1").reports] == ["no amount", "yes"]


def test_the_latest_reports_are_shown_and_the_others_counted() -> None:
    rows = [{"place": "east", "day": f"2021-01-{day:02}", "amount": 0.1} for day in range(1, 31)]
    target = target_of(small(*rows), "1.1")
    assert len(target.reports) == 24
    assert target.left_out == 6
    assert target.reports[0].period == "2021-01-30"
