"""Days cross the border by year, month and day, in every time zone."""

import datetime
import os
import subprocess
import sys
from typing import Any, Literal

import attain
import pandas
import pytest

ZONES = ["UTC", "Asia/Shanghai", "America/New_York", "Pacific/Kiritimati"]

EVERY_WAY = """
import datetime
import attain

plan = attain.programme(
    id="p", window=(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)),
    indicators=[attain.indicator("i", unit="人", kind="increment", period="day")],
    projects=[attain.project("1", targets=[attain.target("1.1", indicator="i", aim=attain.at_least(10))])],
)
assert plan.window == (datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)), plan.window
day = datetime.date(2026, 1, 1)
while day < datetime.date(2026, 3, 1):
    book = attain.Ledger()
    book.append(indicator="i", day=day, amount=1, recorded=day)
    assert book.last_recorded == day, (book.last_recorded, day)
    now = attain.evaluate(plan, book, as_of=day)
    assert now.as_of == day
    assert now["1.1"].data_day == day, (now["1.1"].data_day, day)
    assert now["1.1"].reading == 1
    assert book.table["start"].to_list() == [day]
    assert book.table["start"].to_numpy()[0].item() == day
    assert attain.parse_date(day.isoformat()) == day
    day += datetime.timedelta(days=1)
"""


@pytest.mark.parametrize("zone", ZONES)
def test_a_date_is_the_same_day_in_every_time_zone(zone: str) -> None:
    environment = {**os.environ, "TZ": zone}
    subprocess.run([sys.executable, "-c", EVERY_WAY], env=environment, check=True)


@pytest.mark.parametrize(
    "day",
    [
        datetime.date(2021, 9, 30),
        "2021-09-30",
        "20210930",
        "2021年9月30日",
        datetime.datetime(2021, 9, 30),
        pandas.Timestamp("2021-09-30"),
    ],
)
def test_a_date_is_taken_in_every_form_that_means_one_day(plan: attain.Programme, book: attain.Ledger, day: object) -> None:
    assert attain.evaluate(plan, book, as_of=day).as_of == datetime.date(2021, 9, 30)


@pytest.mark.parametrize(
    "moment",
    [
        datetime.datetime(2021, 9, 30, 12),
        datetime.datetime(2021, 9, 30, tzinfo=datetime.timezone.utc),
        datetime.datetime(2021, 9, 30, 0, 0, 0, 1),
        pandas.Timestamp("2021-09-30 00:00:01"),
        pandas.Timestamp(2021, 9, 30, nanosecond=1),
        pandas.Timestamp("2021-09-30", tz="Asia/Shanghai"),
        pandas.NaT,
    ],
)
def test_a_datetime_that_is_no_plain_midnight_is_no_date(plan: attain.Programme, book: attain.Ledger, moment: object) -> None:
    with pytest.raises(attain.InvalidInput, match="a time of the day is not a day") as raised:
        attain.evaluate(plan, book, as_of=moment)
    assert raised.value.code == "malformed_date"


def test_a_date_that_does_not_exist_is_refused() -> None:
    with pytest.raises(attain.InvalidInput) as raised:
        attain.parse_date("2021-02-29")
    assert raised.value.code == "out_of_range"


@pytest.mark.parametrize("wrong", [20210930, 2021.75, None, b"2021-09-30"])
def test_a_date_of_another_type_is_a_type_error(plan: attain.Programme, book: attain.Ledger, wrong: object) -> None:
    with pytest.raises(TypeError):
        attain.evaluate(plan, book, as_of=wrong)


def test_a_date_reaches_from_the_first_year_to_the_last() -> None:
    assert attain.parse_date("0001-01-01") == datetime.date.min
    assert attain.parse_date("9999-12-31") == datetime.date.max


@pytest.mark.parametrize("period", ["week", "month", "year", None, 7])
@pytest.mark.parametrize("window", [("0001-01-01", "0002-12-31"), ("9998-01-01", "9999-12-30")])
@pytest.mark.parametrize("change", ["amount", None])
def test_programmes_reach_from_the_first_day_of_the_calendar_to_the_last(
    window: tuple[str, str], period: Any, change: Literal["amount"] | None
) -> None:
    """Of what lies before the first day, as a previous period, there is nothing to read; what ends after the last has no end."""
    plan = attain.programme(
        id="ends",
        window=window,
        indicators=[attain.indicator("x", unit="人", kind="level", period=period)],
        projects=[
            attain.project("1", targets=[
                attain.target("1.1", indicator="x", aim=attain.at_least(1, change=change, from_previous_period=change is not None),
                              cadence=attain.every("month")),
                attain.target("1.2", indicator="x", aim=attain.at_least(4), baseline=1),
            ]),
        ],
    )  # fmt: skip
    book = attain.Ledger([{"indicator": "x", "day": window[0], "amount": 2}, {"indicator": "x", "day": window[1], "amount": 3}])
    for as_of in (window[0], "0001-01-31", window[1], "9999-12-31"):
        now = attain.evaluate(plan, book, as_of=as_of)
        assert "1.2" in repr(now)
        assert attain.report(now).html()
        attain.quality(plan, book, as_of=as_of)
        for method in ("germany", "open_sdg"):
            judged = attain.evaluate(plan, book, as_of=as_of, method=method)
            assert str(judged["1.2"].explain())


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021", (2021, 1, 1), (2021, 12, 31)),
        ("2021Q2", (2021, 4, 1), (2021, 6, 30)),
        ("2021-06上旬", (2021, 6, 1), (2021, 6, 10)),
        ("2021-01-01/2021-06-30", (2021, 1, 1), (2021, 6, 30)),
    ],
)
def test_a_period_is_its_first_and_last_day(text: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    assert attain.parse_period(text) == (datetime.date(*first), datetime.date(*last))


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    book = attain.Ledger()
    with pytest.raises(attain.InvalidInput):
        book.append(indicator="i", period=("2021-06-30", "2021-06-01"), amount=1)
    assert len(book) == 0
