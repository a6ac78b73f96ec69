"""Pickles and copies: snapshots, in an envelope that finds damage."""

import copy
import multiprocessing
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attain
import pytest


def sealed(one: Any) -> bytes:
    state: bytes = one.__getstate__()
    return state


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_everything_that_is_data_comes_back(examples: Path, book: attain.Ledger, protocol: int) -> None:
    plan = attain.read_programme(examples / "nanchang-2021")
    finding = attain.Finding(code="duplicate_id", message="twice", where="/a", text="x", expected="once", severity=attain.Severity.warning)
    for one in (plan, book, finding, attain.Reason.stale, attain.Severity.error, attain.StepKind.goal):
        assert pickle.loads(pickle.dumps(one, protocol)) == one
        assert copy.deepcopy(one) == one
    portfolio = pickle.loads(pickle.dumps(attain.Portfolio([plan]), protocol))
    assert portfolio.programmes == [plan]


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_what_is_no_data_is_a_type_error_by_every_protocol(plan: attain.Programme, book: attain.Ledger, protocol: int) -> None:
    now = attain.evaluate(plan, book, as_of="2021-06-30")
    for one in (attain.Tracker(plan, book, as_of="2021-06-30"), now.targets, now.targets["attainment"]):
        with pytest.raises(TypeError, match="cannot pickle"):
            pickle.dumps(one, protocol)
        with pytest.raises(TypeError, match="cannot pickle"):
            one.__reduce__()
    assert pickle.loads(pickle.dumps(now, protocol)).targets == now.targets


@pytest.mark.parametrize("folder", ["guangzhou-2017", "nanchang-2021", "us-goals-fy2022", "counties-lesson"])
def test_a_ledger_comes_back_entry_for_entry(examples: Path, folder: str) -> None:
    plan = attain.read_programme(examples / folder)
    book = attain.read_observations(examples / folder, plan)
    back = pickle.loads(pickle.dumps(book))
    assert back == book
    assert back.entries() == book.entries()
    assert pickle.dumps(back) == pickle.dumps(book)
    assert pickle.loads(pickle.dumps(attain.Ledger())) == attain.Ledger()


def test_errors_can_be_pickled() -> None:
    with pytest.raises(attain.InvalidInput) as raised:
        attain.parse_number("1.2.3")
    back = pickle.loads(pickle.dumps(raised.value))
    assert type(back) is attain.InvalidInput
    assert back.findings == raised.value.findings
    assert str(back) == str(raised.value)
    unknown = attain.UnknownId("no such", (), kind="target", id="x", nearest=("y",))
    assert pickle.loads(pickle.dumps(unknown)).nearest == ("y",)


def reading_in_another_process(plan: attain.Programme, book: attain.Ledger) -> float | None:
    return attain.evaluate(plan, book, as_of="2021-09-30")["22.1"].reading


def results_in_another_process(now: attain.Evaluation) -> list[Any]:
    return [now["22.1"].reading, now["22.1"].status, now.root.attainment, now.methods]


def test_programmes_ledgers_and_evaluations_go_to_other_processes(plan: attain.Programme, book: attain.Ledger) -> None:
    now = attain.evaluate(plan, book, as_of="2021-09-30", method=["time_proportional", "toladata"])
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(reading_in_another_process, (plan, book)) == 5000
        assert pool.apply(results_in_another_process, (now,)) == results_in_another_process(now)


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_an_evaluation_comes_back_result_for_result(plan: attain.Programme, book: attain.Ledger, protocol: int) -> None:
    now = attain.evaluate(plan, book, as_of="2021-09-30", known_at="2021-10-31", method=["time_proportional", "toladata"])
    back = pickle.loads(pickle.dumps(now, protocol))
    assert (back.as_of, back.known_at, back.methods) == (now.as_of, now.known_at, now.methods)
    assert (back.plan, back.book) == (now.plan, now.book)
    assert repr(back) == repr(now)
    for method in now.methods:
        for target in plan.target_ids:
            assert str(back.by(method)[target].explain()) == str(now.by(method)[target].explain())
    assert copy.copy(now) is now and copy.deepcopy(now) is now
    assert pickle.dumps(back, protocol) == pickle.dumps(now, protocol)


def test_an_evaluation_by_functions_of_the_user_says_that_it_cannot_be_pickled() -> None:
    plan = attain.programme(
        id="small",
        window=("2021-01-01", "2021-12-31"),
        roll_up=attain.roll_up("custom:least@1"),
        indicators=[attain.indicator("lifts", unit="台", kind="increment", period="month")],
        projects=[attain.project("1", targets=[attain.target("1.1", indicator="lifts", aim=attain.at_least(139))])],
    )
    now = attain.evaluate(plan, attain.Ledger(), as_of="2021-01-31", aggregators={"least@1": lambda values, weights: float(values.min(initial=1.0))})
    with pytest.raises(attain.InvalidOption, match="cannot be saved"):
        pickle.dumps(now)


def test_every_damaged_bit_is_found(lifts: Callable[..., attain.Programme]) -> None:
    state = sealed(lifts())
    for at in range(len(state)):
        for bit in range(8):
            damaged = bytearray(state)
            damaged[at] ^= 1 << bit
            with pytest.raises(attain.InvalidInput):
                attain.Programme.__new__(attain.Programme).__setstate__(bytes(damaged))


def test_every_missing_byte_is_found() -> None:
    state = sealed(attain.Ledger([{"indicator": "lifts", "period": "2021-01", "amount": 5}]))
    for length in range(len(state)):
        with pytest.raises(attain.InvalidInput):
            attain.Ledger.__new__(attain.Ledger).__setstate__(state[:length])
    with pytest.raises(attain.InvalidInput, match="length is wrong"):
        attain.Ledger.__new__(attain.Ledger).__setstate__(state + b"\0")


def test_a_newer_version_is_refused_before_anything_is_read(plan: attain.Programme) -> None:
    state = sealed(plan)
    assert state.startswith(b"attain snapshot 1 binary programme ")
    newer = state.replace(b"snapshot 1", b"snapshot 2", 1)
    with pytest.raises(attain.InvalidInput, match="written by a newer attain") as raised:
        attain.Programme.__new__(attain.Programme).__setstate__(newer)
    assert raised.value.findings[0].code == "newer_version"


def test_a_pickle_of_another_kind_is_refused(plan: attain.Programme) -> None:
    with pytest.raises(attain.InvalidInput, match="of another kind"):
        attain.Ledger.__new__(attain.Ledger).__setstate__(sealed(plan))
