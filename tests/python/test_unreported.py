"""What was not reported is named, and what is expected says by which day: in the report, in evaluate and in explain."""

import datetime
import json
from pathlib import Path
from typing import Any

import attain
import pytest
from attain._display import text_table, unreported_text
from attain._unreported import unreported
from click.testing import CliRunner

MAY = datetime.date(2021, 5, 31)
JUNE = datetime.date(2021, 6, 10)


def programme() -> attain.Programme:
    return attain.programme(
        id="city",
        name="A city",
        window=("2021-01-01", "2021-12-31"),
        places=[attain.place("city"), attain.place("east", within="city"), attain.place("west", within="city")],
        indicators=[
            attain.indicator("lifts", unit="台", kind="increment", period="month"),
            attain.indicator("inspections", unit="次", kind="increment", period="month"),
            attain.indicator("beds", unit="个", kind="running_total", period="month"),
        ],
        projects=[
            attain.project(
                "1",
                targets=[attain.target("1.1", indicator="lifts", aim=attain.at_least(120), quotas={"east": 60, "west": 60})],
            ),
            attain.project(
                "2",
                targets=[attain.target("2.1", indicator="inspections", aim=attain.at_least(1), cadence={"every": "month"})],
            ),
            attain.project("3", targets=[attain.target("3.1", indicator="beds", aim=attain.at_least(10))]),
        ],
    )


def reports(*, may: bool = False, march_of_inspections: bool = False) -> attain.Ledger:
    """January to April, without the inspections of March; with May where it is asked for."""
    book = attain.Ledger()
    for month in range(1, 6 if may else 5):
        recorded = f"2021-{month + 1:02}-05"
        for place in ("east", "west"):
            book.append(indicator="lifts", place=place, period=f"2021-{month:02}", amount=5, recorded=recorded)
        if month != 3 or march_of_inspections:
            book.append(indicator="inspections", period=f"2021-{month:02}", amount=1, recorded=recorded)
    return book


def evaluated(as_of: datetime.date = MAY, **options: Any) -> attain.Evaluation:
    return attain.evaluate(programme(), reports(**options), as_of=as_of)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "programme.json").write_text(programme().to_json(), "utf-8")
    (tmp_path / "observations.csv").write_text(reports().to_csv(), "utf-8")
    return tmp_path


def said(*arguments: str) -> str:
    from attain.cli import commands

    done = CliRunner().invoke(commands, list(arguments), prog_name="attain")
    assert done.exit_code == 0, done.output
    return done.stdout


# -- which periods -----------------------------------------------------------------------------------


def test_periods_that_are_over_are_missing_once_their_due_day_has_passed() -> None:
    found = {(one.indicator, one.place, one.start.month, one.end.month): one.is_overdue for one in unreported(evaluated())}
    assert found == {
        ("lifts", "east", 5, 5): False,
        ("lifts", "west", 5, 5): False,
        ("inspections", "city", 3, 3): False,
        ("inspections", "city", 5, 5): False,
        ("beds", "city", 1, 2): True,
        ("beds", "city", 3, 5): False,
    }
    later = unreported(evaluated(JUNE))
    june = {(one.indicator, one.start.month, one.end.month): one.is_overdue for one in later}
    assert june["inspections", 3, 3] is True
    assert june["inspections", 5, 5] is False
    assert (june["beds", 1, 3], june["beds", 4, 5]) == (True, False)  # one run, cut where it is not due yet


def test_nothing_is_missing_where_everything_is_reported(book: attain.Ledger) -> None:
    plan = attain.programme(
        id="one",
        window=("2021-01-01", "2021-12-31"),
        indicators=[attain.indicator("lifts", unit="台", kind="increment", period="month")],
        projects=[attain.project("1", targets=[attain.target("1.1", indicator="lifts", aim=attain.at_least(10))])],
    )
    all_of_it = attain.Ledger([{"indicator": "lifts", "period": f"2021-{month:02}", "amount": 1} for month in range(1, 6)])
    now = attain.evaluate(plan, all_of_it, as_of=MAY)
    assert unreported(now) == []
    assert unreported_text(now) == ""
    assert "reports to" not in text_table(now)


def test_a_recurring_target_names_the_periods_that_it_leaves_out() -> None:
    [finding] = evaluated()["2.1"].findings
    assert finding.message.endswith("of the time; none for 2021-03, 2021-05")
    assert evaluated()["2.1"].gap == 0.0


# -- evaluate and explain ----------------------------------------------------------------------------


def test_the_table_has_the_day_that_reports_go_to_and_projects_that_are_silent() -> None:
    lines = text_table(evaluated()).splitlines()
    assert "reports to" in next(line for line in lines if line.startswith("item"))
    assert "2021-04-30" in next(line for line in lines if line.startswith("    1.1 "))
    assert next(line for line in lines if line.startswith("  3 ")).endswith("– not reported")
    assert "reports to" in evaluated()._repr_html_()


def test_evaluate_says_what_is_overdue_and_what_is_not_due_yet(folder: Path) -> None:
    out = said("evaluate", str(folder), "--as-of", "2021-06-10")
    assert "Overdue: 2021-01 to 2021-03 (beds); 2021-03 (inspections)" in out
    assert "Not reported yet, and not overdue: 2021-04 to 2021-05 (beds); 2021-05 (lifts: east, west; inspections)" in out
    assert "逾期未报：2021-01至2021-03" in said("evaluate", str(folder), "--as-of", "2021-06-10", "--language", "zh")
    east = said("evaluate", str(folder), "--as-of", "2021-06-10", "--place", "east")
    assert "2021-05 (lifts: east)" in east and "inspections" not in east.splitlines()[-1]
    rows = json.loads(said("evaluate", str(folder), "--as-of", "2021-06-10", "--json"))["unreported"]
    assert {"indicator": "inspections", "place": "city", "start": "2021-03-01", "end": "2021-03-31"}.items() <= next(
        row for row in rows if row["indicator"] == "inspections" and row["is_overdue"]
    ).items()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_explain_names_the_periods_and_lists_the_reports_of_the_places_within(folder: Path, language: str) -> None:
    out = said("explain", str(folder), "1.1", "--as-of", "2021-05-31", "--language", language)
    assert ("2021-05 (lifts: east" if language == "en" else "2021-05（lifts：east") in out
    assert sum(line.split()[:3] == ["2021-04", "lifts", place] for line in out.splitlines() for place in ("east", "west")) == 2
    assert "2021-05" in said("explain", str(folder), "city", "--as-of", "2021-05-31", "--language", language)


# -- the report --------------------------------------------------------------------------------------


def content_of(now: attain.Evaluation, **options: Any) -> Any:
    return attain.report(now, **options)._content


def test_the_headline_says_by_which_day_that_was_expected() -> None:
    text = attain.report(evaluated()).markdown()
    assert "expected by 30 Apr 2021" in text
    assert "By 31 May 2021 itself" in text
    assert "Not reported" in text
    assert "到2021年4月30日的序时进度为" in attain.report(evaluated(), language="zh").html()
    with_may = attain.report(evaluated(may=True, march_of_inspections=True)).markdown()
    assert "expected by 31 May 2021" in with_may
    assert "itself" not in with_may


def test_the_curve_says_where_its_plan_differs_from_what_is_expected() -> None:
    of = content_of(evaluated())
    assert of.curve.planned_today > of.figures.expected
    for form in (attain.report(evaluated()).html(), attain.report(evaluated()).markdown()):
        assert "for 31 May 2021 itself" in form
    assert "Planned here" not in attain.report(evaluated(may=True, march_of_inspections=True)).html()


def test_a_gap_is_as_planned_only_where_it_is_none() -> None:
    from attain._report.format import Format
    from attain.catalogue import Words

    write = Format(Words("en"), {})
    assert write.ahead(0.2, 0.004) == "less than a day ahead of plan"
    assert write.ahead(-0.2, -0.004) == "less than a day behind plan"
    assert write.ahead(0.2, 0.0004) == "as planned"
    assert write.ahead(3.0, 0.01) == "3 days ahead of plan"


def test_each_target_says_how_far_it_is_reported_and_what_is_missing() -> None:
    targets = {target.id: target for project in content_of(evaluated(JUNE)).projects for target in project.targets}
    assert targets["1.1"].reports_to == datetime.date(2021, 4, 30)
    assert targets["1.1"].unreported == ["Not reported yet, and not overdue: 2021-05 (lifts: east, west)"]
    assert targets["2.1"].unreported[0] == "Overdue: 2021-03 (inspections)"
    assert [line.value for line in targets["2.1"].lines if line.what == "Not reported"] == ["2021-03, 2021-05"]


def test_a_project_without_reports_stands_there_with_its_reason(parse_page: Any) -> None:
    [silent] = [project for project in content_of(evaluated()).projects if project.id == "3"]
    assert silent.status.why
    assert silent.status.why in attain.report(evaluated()).html()


def test_a_report_is_told_when_reports_are_due_and_takes_other_days() -> None:
    text = attain.report(evaluated()).markdown()
    assert "A report counts as due 62 days after the end of its period" in text.replace("\\", "")
    assert "due 10 days after" in attain.report(evaluated(), days_to_report=10).markdown()
    report = attain.quality(programme(), reports(), as_of=MAY)
    assert report.days_to_report == {"lifts": 62, "inspections": 62, "beds": 62}
    assert "62 days" in repr(report)
    with pytest.raises(attain.InvalidOption):
        attain.report(evaluated(), days_to_report=-1)


def test_the_last_report_is_as_it_was_known_then_or_as_it_is_known_now(folder: Path, tmp_path: Path) -> None:
    now = evaluated()
    then = attain.evaluate(now.plan, now.book, as_of="2021-04-30", known_at="2021-05-01")
    assert "Since 30 Apr 2021, then as reported by 1 May 2021" in attain.report(now, since=then).markdown()
    later = attain.evaluate(now.plan, now.book, as_of="2021-04-30")
    assert "Since 30 Apr 2021, by the reports known now" in attain.report(now, since=later).markdown()
    path = tmp_path / "report.md"
    said(
        "report", str(folder), "--as-of", "2021-05-31", "--since", "2021-04-30", "--since-known-at", "2021-05-01", "-o", str(path)
    )
    assert "then as reported by 1 May 2021" in path.read_text("utf-8")
