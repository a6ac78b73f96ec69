"""Data quality: what is found, what is scored, and how both leave."""

import json
import subprocess
import sys
from pathlib import Path

import attain
import pytest
from attain import outliers

LESSON = str(Path(__file__).resolve().parents[2] / "examples" / "counties-lesson")
ORDINARY = [101, 96, 104, 99, 107, 93, 98, 102, 95, 106, 103, 97]
SEEDED = [100, 102, 98, 101, 99, 103, 97, 100, 102, 98, 101, 300]


def plan_of(**indicator: object) -> attain.Programme:
    fields: dict[str, object] = {"unit": "台", "kind": "increment", "period": "month", **indicator}
    return attain.programme(
        id="lifts",
        window=("2021-01-01", "2021-12-31"),
        places=[attain.place("city"), attain.place("east", within="city"), attain.place("west", within="city")],
        indicators=[attain.indicator("lifts", **fields)],  # type: ignore[arg-type]
        projects=[attain.project("1", targets=[attain.target("1.1", indicator="lifts", aim=attain.at_least(2500))])],
    )


def book_of(**places: list[int]) -> attain.Ledger:
    book = attain.Ledger()
    for place, amounts in places.items():
        for month, amount in enumerate(amounts, 1):
            key = f"{place}/{month}"
            book.append(indicator="lifts", place=place, period=f"2021-{month:02}", amount=amount, recorded="2022-01-10", key=key)
    return book


@pytest.fixture
def report() -> attain.QualityReport:
    return attain.quality(plan_of(), book_of(east=SEEDED, west=ORDINARY[:9]), as_of="2022-03-31")


def test_a_finding_names_its_variant_its_entry_and_what_to_ask(report: attain.QualityReport) -> None:
    [row] = [row for row in report.findings.rows() if row["check"] == "outlier"]
    assert (row["indicator"], row["place"], row["severity"]) == ("lifts", "east", "note")
    assert (str(row["start"]), str(row["end"]), row["key"]) == ("2021-12-01", "2021-12-31", "east/12")
    assert (row["value"], row["variant"], row["threshold"], row["n"]) == (300, "z_sample", 3, 12)
    assert row["score"] == pytest.approx(3.1738, abs=5e-5)
    assert row["sentence"] == "300 stands out of 12 values around 116.8: z_sample is 3.174, the threshold 3."
    assert row["sentence_chinese"].startswith("12个值在116.8附近，300离群")


def test_scores_say_of_how_many_and_what_could_not_be_judged(report: attain.QualityReport) -> None:
    whole = {(row["measure"], row["variant"], row["threshold"]): row for row in report.scores.rows() if row["indicator"] is None}
    complete = whole["completeness", None, 0.9]
    assert (complete["count"], complete["of"], complete["share"], complete["divergent"]) == (21, 24, 21 / 24, 1)
    extreme = whole["outliers", "z_sample", 3]
    assert (extreme["count"], extreme["of"], extreme["not_calculable"]) == (1, 12, 1)


def test_what_cannot_be_detected_is_said_with_n(report: attain.QualityReport) -> None:
    [row] = [row for row in report.findings.rows() if row["check"] == "cannot_detect"]
    assert (row["n"], row["variant"], row["threshold"]) == (9, "z_sample", 3)
    assert row["sentence"].startswith("Cannot detect with n = 9")


def test_findings_leave_as_any_table_does(report: attain.QualityReport) -> None:
    assert report.to_polars().height == len(report) == len(report.findings)
    assert report.to_pandas().shape == report.findings.shape
    assert report.to_arrow().column_names == report.findings.columns
    assert report.scores.to_arrow().num_rows == len(report.scores)


def test_a_report_shows_scores_and_findings_and_has_no_truth_value(report: attain.QualityReport) -> None:
    text = repr(report)
    assert text.startswith("Data quality as of 2022-03-31: ")
    assert "completeness" in text
    assert "300 stands out" in text
    assert "<table>" in report._repr_html_()
    with pytest.raises(TypeError, match="no truth value"):
        bool(report)


def test_texts_of_users_are_escaped_in_notebooks() -> None:
    plan = attain.programme(
        id="p",
        window=("2021-01-01", "2021-12-31"),
        places=[attain.place("<script>")],
        indicators=[attain.indicator("lifts", unit="台", kind="increment", period="month")],
        projects=[attain.project("1", targets=[attain.target("1.1", indicator="lifts", aim=attain.at_least(2500))])],
    )
    html = attain.quality(plan, attain.Ledger(), as_of="2022-03-31")._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_report_keeps_what_it_saw() -> None:
    book = book_of(east=SEEDED)
    report = attain.quality(plan_of(), book, as_of="2022-03-31")
    before = report.findings.rows()
    book.append(indicator="lifts", place="east", period="2021-12", amount=99, recorded="2022-02-01")
    assert report.findings.rows() == before
    assert report.book != book
    assert not [row for row in attain.quality(plan_of(), book, as_of="2022-03-31").findings.rows() if row["check"] == "outlier"]
    assert [row for row in attain.quality(plan_of(), book, as_of="2022-03-31", known_at="2022-01-31").findings.rows() if row["check"] == "outlier"]


EXAMPLES = Path(LESSON).parent
DAYS = {"counties-lesson": "2021-12-31", "guangzhou-2017": "2017-12-31", "nanchang-2021": "2021-12-31", "us-goals-fy2022": "2023-09-30"}


@pytest.mark.parametrize("name", DAYS)
def test_nothing_of_the_examples_looks_like_totals_so_far(name: str) -> None:
    plan = attain.read_programme(EXAMPLES / name)
    book = attain.read_observations(EXAMPLES / name, plan)
    assert len(attain.quality(plan, book, as_of=DAYS[name], only=["total_so_far"])) == 0


def test_amounts_that_pile_up_are_asked_about_and_read_as_they_were_reported() -> None:
    plan = attain.programme(
        id="lifts",
        window=("2021-01-01", "2021-12-31"),
        places=[attain.place("city"), attain.place("east", within="city"), attain.place("west", within="city")],
        indicators=[attain.indicator("lifts", unit="台", kind="increment", period="month")],
        projects=[attain.project("1", targets=[attain.target("1.1", indicator="lifts", aim=attain.at_least(60), quotas={"east": 30, "west": 30})])],
    )
    book = book_of(east=[3, 5, 8, 11, 15, 20], west=[3, 2, 3, 3, 4, 5])
    [row] = attain.quality(plan, book, as_of="2021-06-30", only=["total_so_far"]).findings.rows()
    assert (row["place"], row["severity"], row["value"], row["expected"], row["threshold"], row["n"]) == ("east", "note", 62, 20, 30, 6)
    assert (str(row["start"]), str(row["end"]), row["key"]) == ("2021-01-01", "2021-06-30", "east/6")
    assert row["sentence"].endswith("what each period added, or the total so far?")
    assert row["sentence_chinese"].endswith("所报是当期数，还是截至当期的累计数？")
    assert attain.evaluate(plan, book, as_of="2021-06-30")["1.1", "east"].reading == 62


def test_options_reach_the_checks() -> None:
    plan, book = plan_of(), book_of(east=SEEDED, west=ORDINARY)

    def found(**options: object) -> list[str]:
        return [row["check"] for row in attain.quality(plan, book, as_of="2022-03-31", **options).findings.rows()]  # type: ignore[arg-type]

    assert "late_report" in found()  # all was recorded in January
    assert "late_report" not in found(days_to_report=400)
    assert found(only=["outlier"]) == ["outlier"]
    assert found(only=["outlier"], outliers=[outliers.OutlierTest(variant="z_population", threshold=3.4)]) == []
    assert found(only=["related_differ"], related=[("lifts", "lifts", "about_equal")]) == []


@pytest.mark.parametrize(
    ("options", "where", "expected"),
    [
        ({"only": ["outliers"]}, "check", "missing_report, "),
        ({"trend": "quadratic"}, "trend", "constant or linear"),
        ({"related": [("lifts", "lifts", "equal")]}, "relation", "about_equal, at_least, dropout or level"),
        ({"related": [("lifts", "lift", "level")]}, "related[0]", "an indicator that is reported"),
        ({"reference_years": 0}, "reference_years", "1 or more"),
        ({"minimum_timeliness": 75.0}, "minimum_timeliness", "a share from 0 to 1"),
    ],
)
def test_wrong_options_are_refused_with_what_was_expected(options: dict[str, object], where: str, expected: str) -> None:
    with pytest.raises(attain.InvalidOption) as raised:
        attain.quality(plan_of(), attain.Ledger(), as_of="2022-03-31", **options)  # type: ignore[arg-type]
    [finding] = raised.value.findings
    assert finding.where == where
    assert finding.expected.startswith(expected)


def test_tests_are_values() -> None:
    assert outliers.OutlierTest(variant="z_sample", threshold=3) == outliers.WHO_EXTREME
    assert hash(outliers.OutlierTest(variant="z_sample", threshold=3)) == hash(outliers.WHO_EXTREME)
    assert outliers.OutlierTest() != outliers.DHIS2_MODIFIED
    assert eval(repr(outliers.DHIS2_Z), {"attain": attain}) == outliers.DHIS2_Z
    with pytest.raises(attain.InvalidOption):
        outliers.OutlierTest(variant="z")


def test_slips_and_digits_are_there_for_plain_numbers() -> None:
    power, exponent, expected = outliers.find_slip([120, 125, 118, 1_250_000, 122], 3) or (0, 0, 0)
    assert (power, expected) == (4, 121)
    assert exponent == pytest.approx(4.014, abs=5e-4)
    assert outliers.find_slip([120, 125, 118, 240, 122], 3) is None
    assert outliers.find_slip([100, 200, 3000, 400], 2, is_total=True) is not None
    with pytest.raises(IndexError):
        outliers.find_slip([1, 2, 3], 3)
    found = outliers.last_digits([100 + 5 * i for i in range(60)])
    assert found is not None
    assert found["whipple"] == 500
    assert outliers.last_digits([100] * 49) is None
    assert outliers.first_digits([1, 10, 100]) is None


def attain_says(*arguments: str) -> tuple[int, str]:
    done = subprocess.run([sys.executable, "-m", "attain", *arguments], capture_output=True, check=False)
    return done.returncode, done.stdout.decode("utf-8")


def test_the_command_line_prints_table_json_and_csv() -> None:
    code, out = attain_says("quality", LESSON, "--as-of", "2021-09-30")
    assert code == 0
    assert out.splitlines()[0].startswith("Data quality as of 2021-09-30: ")
    code, out = attain_says("quality", LESSON, "--as-of", "2021-09-30", "--json")
    document = json.loads(out)
    assert document["programme"] == "counties-lesson"
    assert {row["measure"] for row in document["scores"]} >= {"completeness", "timeliness", "internal_consistency"}
    _, chinese = attain_says("quality", LESSON, "--as-of", "2021-09-30", "--language", "zh")
    assert "。" in chinese or not document["findings"]
    _, table = attain_says("quality", LESSON, "--as-of", "2021-09-30", "--check", "missing_report", "--format", "csv")
    assert table.splitlines()[0].startswith("check,severity,programme")
    assert all(line.startswith("missing_report,") for line in table.splitlines()[1:])
    assert attain_says("quality", LESSON, "--as-of", "2021-02-30")[0] == 2
    assert attain_says("quality", LESSON, "--as-of", "2021-09-30", "--check", "nothing")[0] == 1
