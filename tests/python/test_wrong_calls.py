"""A call that fits no signature is told which argument is wrong and which was perhaps meant; never a list of signatures."""

import pickle
from collections.abc import Callable
from typing import Any

import attain
import pytest

BOOK = attain.Ledger([{"indicator": "lifts", "period": "2021-01", "amount": 3}])
PLAN = attain.programme(
    id="town",
    window=("2021-01-01", "2021-12-31"),
    indicators=[attain.indicator("lifts", unit="台", kind="increment", period="month")],
    projects=[attain.project("1", targets=[attain.target("1.1", indicator="lifts", aim=attain.at_least(139))])],
)
calls: Any = attain  # what type checkers would refuse


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: calls.Ledger().append(indicator="lifts", perod="2021-01", amount=3), 'Ledger.append(): there is no argument perod; did you mean "period"? '),
        (lambda: calls.Ledger(rowz=[]), 'Ledger(): there is no argument rowz; did you mean "rows"? (expected rows, plan)'),
        (lambda: calls.Tracker(PLAN, BOOK, asof="2021-03-31"), 'Tracker(): there is no argument asof; did you mean "as_of"? '),
        (lambda: calls.Tracker(PLAN, BOOK, as_of="2021-03-31").apply(indicator="lifts", amount=3), "Tracker.apply(): there is no argument indicator (expected entry)"),
        (lambda: calls.evaluate(PLAN, BOOK, asof="2021-03-31"), 'evaluate(): there is no argument asof; did you mean "as_of"? (expected plan, book, as_of, '),
        (lambda: calls.history(PLAN, BOOK, day=["2021-03-31"]), 'history(): there is no argument day; did you mean "days"? '),
        (lambda: calls.target("1.1", indicater="lifts"), 'target(): there is no argument indicater; did you mean "indicator"? '),
        (lambda: calls.parse_date(words="2021"), "parse_date(): there is no argument words (expected text)"),
    ],
)  # fmt: skip
def test_a_misspelt_argument_is_named_with_the_one_that_is_near(call: Callable[[], object], said: str) -> None:
    with pytest.raises(TypeError) as raised:
        call()
    assert str(raised.value).startswith(said)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: calls.Ledger().append("lifts", amount=3), "Ledger.append(): no argument without a name, 1 given; name them: indicator, amount, "),
        (lambda: calls.Ledger().append(period="2021-01"), "Ledger.append(): indicator is missing"),
        (lambda: calls.Tracker(), "Tracker(): plan, book, as_of are missing"),
        (lambda: calls.compare(1), "compare(): after is missing"),
        (lambda: calls.parse_date("2021", "2022"), "parse_date(): at most 1 argument, 2 given"),
        (lambda: calls.Ledger().to_csv("a.csv"), "Ledger.to_csv(): plan is 'a.csv' (expected attain.Programme | None)"),
        (lambda: calls.compare(BOOK, after=2), "compare(): before is <attain.Ledger of 1 entry, the last recorded on 2021-01-31> (expected attain.Evaluation); after is 2 (expected attain.Evaluation)"),
        (lambda: calls.compare([0] * 99, [0] * 99), "compare(): before is a list (expected attain.Evaluation); after is a list (expected attain.Evaluation)"),
        (lambda: calls.Ledger.from_arrow(BOOK, plann=PLAN), 'Ledger.from_arrow(): there is no argument plann; did you mean "plan"? '),
        (lambda: calls.compare(1, before=2, after=3), "compare(): before is given twice"),
    ],
)  # fmt: skip
def test_what_is_missing_too_much_or_of_another_type_is_named(call: Callable[[], object], said: str) -> None:
    with pytest.raises(TypeError) as raised:
        call()
    assert str(raised.value).startswith(said)


def test_docstrings_show_one_signature() -> None:
    for one in (attain.Ledger.append, attain.Ledger.from_arrow, attain.compare, attain.Tracker.__init__):
        assert one.__doc__ is not None
        assert "Overloaded" not in one.__doc__


def test_functions_can_be_sent_to_other_processes() -> None:
    assert pickle.loads(pickle.dumps(attain.evaluate)) is attain.evaluate
