"""Data frames as they come: what a frame holds besides columns of observations does not get in the way, and nothing of it is guessed."""

import datetime
import math
from typing import Any

import attain
import numpy
import pandas
import polars
import pytest

PLAN = attain.programme(
    id="town",
    window=("2024-01-01", "2024-12-31"),
    places=[attain.place("town"), attain.place("east", within="town"), attain.place("west", within="town")],
    indicators=[
        attain.indicator(
            "jobs", unit="人", kind="increment", period="month", dimensions=[attain.dimension("sex", ["f", "m"], complete=True)]
        ),
        attain.indicator("insured", unit="人", kind="level", period="month", across_places="sum"),
    ],
    projects=[
        attain.project("1", targets=[attain.target("1.1", indicator="jobs", aim=attain.at_least(40000), quotas={"east": 25000, "west": 15000})])
    ],
)
ROWS: list[Any] = [
    {"indicator": "jobs", "place": "east", "period": "2024-01", "amount": "1,200"},
    {"indicator": "jobs", "place": "west", "period": "2024-01", "amount": "300"},
    {"indicator": "jobs", "place": "east", "period": "2024-02", "amount": "1,250"},
]
EXPECTED = attain.Ledger(ROWS, PLAN)
FRAME = pandas.DataFrame(ROWS)


def test_a_ledger_is_made_from_a_frame_and_grows_by_one() -> None:
    assert attain.Ledger(FRAME, PLAN) == EXPECTED
    assert attain.Ledger(polars.DataFrame(ROWS), PLAN) == EXPECTED
    book = attain.Ledger()
    book.extend(FRAME, PLAN)
    assert book == EXPECTED
    assert attain.Ledger(EXPECTED) == EXPECTED


def test_row_labels_that_a_filter_left_behind_are_no_column() -> None:
    longer = pandas.concat([FRAME, FRAME.assign(amount=None)]).dropna(subset=["amount"])
    assert attain.Ledger.from_arrow(longer.iloc[::-1], PLAN) == EXPECTED
    assert list(FRAME.columns) == ["indicator", "place", "period", "amount"]


def test_row_labels_with_a_name_are_a_column() -> None:
    assert attain.Ledger.from_arrow(FRAME.set_index(["indicator", "place"]), PLAN) == EXPECTED


@pytest.mark.parametrize(
    ("labels", "text"),
    [
        (pandas.PeriodIndex(["2024-03"], freq="M"), "2024-03"),
        (pandas.PeriodIndex(["2024Q1"], freq="Q"), "2024Q1"),
        (pandas.PeriodIndex(["2024Q1"], freq="Q-MAR"), "2023Q2"),
        (pandas.PeriodIndex(["2024-03-04"], freq="W"), "2024-03-04/2024-03-10"),
        (pandas.PeriodIndex(["2024"], freq="Y"), "2024"),
    ],
)
def test_periods_of_pandas_are_their_days(labels: pandas.PeriodIndex, text: str) -> None:
    said = attain.Ledger([{"indicator": "jobs", "period": text, "amount": 1.0}])
    assert attain.Ledger(pandas.DataFrame({"indicator": "jobs", "period": labels, "amount": [1.0]})) == said
    row: Any = {"indicator": "jobs", "period": labels[0], "amount": 1.0}
    assert attain.Ledger([row]) == said


def test_a_day_as_the_period_of_what_is_counted_by_the_month_is_refused() -> None:
    for day in (pandas.Timestamp("2024-03-01"), datetime.date(2024, 3, 1)):
        row: Any = {"indicator": "jobs", "period": day, "amount": 3}
        with pytest.raises(attain.InvalidInput, match="an increment is about a period"):
            attain.Ledger([row], PLAN)
        row["indicator"] = "insured"
        assert attain.Ledger([row], PLAN).entries()[0]["end"] == datetime.date(2024, 3, 1)
    with pytest.raises(attain.InvalidInput, match="at period: the column holds something else"):
        attain.Ledger(FRAME.assign(period=pandas.Timestamp("2024-03-01")), PLAN)


@pytest.mark.parametrize("nothing", [None, math.nan, numpy.float32("nan"), pandas.NaT, pandas.NA])
def test_what_frames_put_where_nothing_is_says_nothing(nothing: object) -> None:
    row: Any = {**ROWS[0], "dimensions": nothing, "recorded": nothing, "note": nothing, "day": nothing}
    assert attain.Ledger([row], PLAN) == attain.Ledger(ROWS[:1], PLAN)


@pytest.mark.parametrize(("nothing", "code"), [(None, "missing_field"), (pandas.NA, "missing_field"), (math.nan, "not_finite")])
def test_no_amount_is_not_zero_and_has_to_say_why(nothing: object, code: str) -> None:
    row: Any = {**ROWS[0], "amount": nothing}
    with pytest.raises(attain.InvalidInput) as raised:
        attain.Ledger([row], PLAN)
    assert raised.value.code == code


def test_a_column_of_text_and_numbers_is_refused_by_its_name() -> None:
    mixed = FRAME.assign(amount=pandas.Series(["1,200", 50, None], dtype=object))
    with pytest.raises(attain.InvalidInput) as raised:
        attain.Ledger(mixed, PLAN)
    assert (raised.value.code, raised.value.findings[0].where) == ("wrong_type", "amount")
    assert raised.value.findings[0].text == "number, text"
    assert "一列中混有多种类型的值" in raised.value.sentences("zh")


def test_a_time_of_the_day_is_shown_as_it_was_written() -> None:
    with pytest.raises(attain.InvalidInput, match=r'found "2024-04-10 13:45:07"; expected timestamps at midnight'):
        attain.Ledger(FRAME.assign(recorded=pandas.Timestamp("2024-04-10 13:45:07.5")), PLAN)
    with pytest.raises(attain.InvalidInput, match=r'found "1969-12-31 23:59:59"'):
        attain.Ledger(FRAME.assign(recorded=pandas.Timestamp("1969-12-31 23:59:59")), PLAN)
