"""Ledgers: what was reported, in Python's own values."""

import copy
import datetime
from collections.abc import Callable
from pathlib import Path

import attain
import pytest

ROW = {"indicator": "lifts", "period": "2021-06", "amount": 3}


def test_a_ledger_is_made_from_rows() -> None:
    book = attain.Ledger([ROW, {**ROW, "period": ("2021-07-01", datetime.date(2021, 7, 31)), "amount": 4.0}])
    assert len(book) == 2
    assert book.last_recorded == datetime.date(2021, 7, 31)
    assert repr(book) == "<attain.Ledger of 2 entries, the last recorded on 2021-07-31>"
    assert book.entries() == [
        {
            "indicator": "lifts",
            "start": datetime.date(2021, 6, 1),
            "end": datetime.date(2021, 6, 30),
            "amount": 3.0,
            "recorded": datetime.date(2021, 6, 30),
        },
        {
            "indicator": "lifts",
            "start": datetime.date(2021, 7, 1),
            "end": datetime.date(2021, 7, 31),
            "amount": 4.0,
            "recorded": datetime.date(2021, 7, 31),
        },
    ]


def test_appending_takes_every_column() -> None:
    book = attain.Ledger()
    book.append(
        indicator="trained",
        place="east",
        period="2021-06",
        amount="180余",
        unit="人次",
        dimensions={"sex": "f", "age": "15-24"},
        stage="done",
        scope="all",
        recorded="2021-07-05",
        author="county",
        source="https://example.org/report",
        evidence="page 3",
        note="preliminary",
        key="2021-06/east",
    )
    book.append(indicator="insured", day="2021-06-30", missing="withheld")
    book.append(indicator="hall", day=datetime.date(2021, 3, 31), step="site", amount=1)
    book.append(indicator="share", start="2021-01-01", end="2021-06-30", amount=0.5, form="share_of_goal")
    book.append(indicator="lifts", period="2021-05", withdrawn=True, recorded="2021-08-01")
    [entry] = book.entries("trained", "east")
    assert entry == {
        "indicator": "trained",
        "place": "east",
        "start": datetime.date(2021, 6, 1),
        "end": datetime.date(2021, 6, 30),
        "amount": "180余",
        "unit": "人次",
        "dimensions": {"age": "15-24", "sex": "f"},
        "stage": "done",
        "scope": "all",
        "recorded": datetime.date(2021, 7, 5),
        "author": "county",
        "source": "https://example.org/report",
        "evidence": "page 3",
        "note": "preliminary",
        "key": "2021-06/east",
    }
    assert book.entries("insured")[0]["missing"] == attain.Reason.withheld
    assert book.entries("lifts")[0]["withdrawn"] is True
    assert book.entries(place="east") == [entry]
    assert attain.Ledger(book.entries()) == book


def test_a_row_and_a_file_say_the_same(plan: attain.Programme, book: attain.Ledger) -> None:
    assert attain.Ledger(book.entries(), plan) == book


def test_amounts_are_read_in_the_unit_of_the_indicator(plan: attain.Programme) -> None:
    book = attain.Ledger(plan=plan)
    book.append(indicator="buses-on-time", day="2021-01-31", amount="92%", plan=plan)
    book.append(indicator="buses-on-time", day="2021-02-28", amount="91", plan=plan)
    book.append(indicator="buses-on-time", day="2021-03-31", amount=0.93)
    book.append(indicator="overtime", period="2021Q1", amount="105万", plan=plan)
    book.append(indicator="overtime", period="2021Q2", amount="110万元", plan=plan)
    shares = sorted((entry["start"], entry["amount"]) for entry in book.entries("buses-on-time"))
    assert [share for _, share in shares] == [0.92, 0.91, 0.93]
    assert [entry["amount"] for entry in book.entries("overtime")] == [1_050_000, 1_100_000]


def test_a_repeated_key_does_nothing_and_a_contradicting_one_is_refused() -> None:
    book = attain.Ledger([{**ROW, "key": "a"}])
    book.append(**ROW, key="a")
    assert len(book) == 1
    with pytest.raises(attain.LedgerConflict) as raised:
        book.append(**{**ROW, "amount": 4}, key="a")
    assert raised.value.code == "key_conflict"
    assert len(book) == 1


def test_rows_are_taken_all_or_none_and_every_problem_is_said() -> None:
    book = attain.Ledger([ROW])
    before = copy.copy(book)
    with pytest.raises(attain.InvalidInput) as raised:
        book.extend(
            [
                {"indicator": "lifts", "period": "2021-06", "amount": 1},
                {"indicator": " lifts", "period": "2021-06", "amount": 1},
                {"indicator": "lifts", "period": "2021-13", "amount": 1},
                {"indicator": "lifts", "period": "2021-06", "amount": "1.2.3"},
                {"indicator": "lifts", "period": "2021-06", "amount": float("nan")},
                {"indicator": "lifts", "period": "2021-06"},
                {"indicator": "lifts", "amount": 1},
                {"indicator": "lifts", "period": "2021-06", "amount": 1, "missing": "withheld"},
                {"indicator": "lifts", "period": "2021-06", "missing": "lost"},
            ]
        )
    assert book == before
    assert all(finding.where.startswith("row ") for finding in raised.value.findings)


@pytest.mark.parametrize(
    ("row", "code", "where"),
    [
        ({"indicator": "lift", "period": "2021-06", "amount": 1}, "unknown_indicator", "row 1, indicator"),
        ({"indicator": "placed-share", "period": "2021Q1", "amount": 1}, "unknown_indicator", "row 1, indicator"),
        ({"indicator": "lifts", "place": "eest", "period": "2021-06", "amount": 1}, "unknown_place", "row 1, place"),
        ({"indicator": "service-hall", "day": "2021-06-30", "step": "sight", "amount": 1}, "unknown_id", "row 1, step"),
        ({"indicator": "service-hall", "day": "2021-06-30", "amount": 1}, "missing_field", "row 1, step"),
        ({"indicator": "service-hall", "day": "2021-06-30", "step": "site", "amount": 0.5}, "out_of_range", "row 1, amount"),
        ({"indicator": "lifts", "day": "2021-06-30", "amount": 1}, "malformed_period", "row 1, day"),
        ({"indicator": "overtime", "period": "2021Q1", "amount": 1, "unit": "人"}, "unit_differs", "row 1, unit"),
        ({"indicator": "overtime", "period": "2021Q1", "amount": "1人"}, "unit_differs", "row 1, amount"),
        ({"indicator": "lifts", "period": "2021-06", "amount": 1, "colour": "red"}, "unknown_field", "colour"),
        ({"indicator": 5, "period": "2021-06", "amount": 1}, "wrong_type", "indicator"),
    ],
)
def test_a_row_is_checked_against_the_programme(plan: attain.Programme, row: dict[str, object], code: str, where: str) -> None:
    with pytest.raises(attain.InvalidInput) as raised:
        attain.Ledger([row], plan)
    assert [(finding.code, finding.where) for finding in raised.value.findings] == [(code, where)]


def test_a_value_of_no_known_type_names_row_and_column() -> None:
    with pytest.raises(TypeError, match="row 2, amount: a object is no value of an observation"):
        attain.Ledger([ROW, {**ROW, "amount": object()}])


def test_appending_changes_no_evaluation(plan: attain.Programme, book: attain.Ledger) -> None:
    before = attain.evaluate(plan, book, as_of="2021-09-30")
    reading = before["1.1"].reading
    book.append(indicator="lifts", place="lake", period="2021-09", amount=5)
    assert before["1.1"].reading == reading
    assert len(before.book) == len(book) - 1
    assert attain.evaluate(plan, book, as_of="2021-09-30")["1.1"].reading == reading + 5


def test_a_copy_of_a_ledger_goes_its_own_way(book: attain.Ledger) -> None:
    for other in (copy.copy(book), copy.deepcopy(book)):
        assert other == book
        other.append(**ROW)
        assert other != book
    with pytest.raises(TypeError):
        hash(book)


def test_the_order_of_appending_does_not_matter(book: attain.Ledger) -> None:
    assert attain.Ledger(reversed(book.entries())) == book


def test_a_ledger_is_written_as_csv_and_read_again(tmp_path: Path, book: attain.Ledger, plan: attain.Programme) -> None:
    (tmp_path / "observations.csv").write_text(book.to_csv(), "utf-8")
    assert attain.read_observations(tmp_path, plan) == book
    assert attain.read_observations(tmp_path / "observations.csv", plan) == book


def test_an_amount_without_a_unit_comes_back_from_csv_as_it_is_held(tmp_path: Path) -> None:
    plan = attain.programme(
        id="p",
        window=("2021-01-01", "2021-12-31"),
        indicators=[attain.indicator("share", unit="%", kind="level"), attain.indicator("spent", unit="万元", kind="increment")],
        projects=[attain.project("1", targets=[attain.target("1.1", indicator="share"), attain.target("1.2", indicator="spent")])],
    )
    book = attain.Ledger([{"indicator": "share", "period": "2021", "amount": 0.6}, {"indicator": "spent", "period": "2021", "amount": 3.2e7}])
    (tmp_path / "observations.csv").write_text(book.to_csv(plan), "utf-8")
    assert [entry["amount"] for entry in attain.read_observations(tmp_path, plan).entries()] == [0.6, 3.2e7]
    (tmp_path / "observations.csv").write_text(book.to_csv(), "utf-8")
    assert attain.read_observations(tmp_path) == book


def test_many_rows_and_few_rows_are_read_alike(plan: attain.Programme, book: attain.Ledger) -> None:
    one_by_one = attain.Ledger()
    for entry in book.entries():
        one_by_one.extend([entry], plan)
    assert one_by_one == book


def test_what_nobody_asked_for_is_a_warning(lifts: Callable[..., attain.Programme]) -> None:
    book = attain.Ledger([ROW, {**ROW, "indicator": "schools"}])
    [finding] = attain.check(lifts(), book)
    assert (finding.severity, finding.code) == ("warning", "unknown_indicator")


def test_observations_may_be_in_gb_18030_and_separated_otherwise(plan: attain.Programme, tmp_path: Path) -> None:
    rows = "指标;地区;时期;数值;备注\nlifts;lake;2021-01;5;电梯\n"
    path = tmp_path / "observations.csv"
    path.write_bytes(rows.encode("gb18030"))
    book = attain.read_observations(path, plan, delimiter=";", encoding="gb18030")
    assert [(row["indicator"], row["amount"], row["note"]) for row in book.table.rows()] == [("lifts", 5, "电梯")]
    with pytest.raises(attain.InvalidInput, match="bad_encoding"):
        attain.read_observations(path, plan, delimiter=";")
    for wrong in ({"delimiter": "::"}, {"delimiter": "."}, {"encoding": "latin-1"}):
        with pytest.raises(attain.InvalidOption):
            attain.read_observations(path, plan, **wrong)  # type: ignore[arg-type]


def test_observations_are_read_on_any_number_of_threads(tmp_path: Path) -> None:
    path = tmp_path / "observations.csv"
    rows = "".join(f'lifts,2021-{n % 12 + 1:02},{n},"{n}\n, ""a"""\n' for n in range(20_000))
    path.write_text("indicator,period,amount,note\n" + rows, encoding="utf-8")
    one = attain.read_observations(path)
    assert len(one) == 20_000
    assert attain.read_observations(path, threads=3) == one
    with pytest.raises(attain.InvalidOption):
        attain.read_observations(path, threads=0)
    path.write_text("indicator,period,amount,note\n" + rows + "lifts,2021-13,1,\n", encoding="utf-8")
    with pytest.raises(attain.InvalidInput) as refused:
        attain.read_observations(path, threads=3)
    assert [finding.where for finding in refused.value.findings] == [f"{path}:40002:7"]
