"""Pickles: canonical JSON and raw columns, in an envelope that finds damage."""

import copy
import multiprocessing
import pickle
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attain
import pytest

HEADER = struct.Struct("<8sHHQQ")


def sealed(one: Any) -> bytes:
    state: bytes = one.__getstate__()
    return state


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_everything_that_is_data_comes_back(examples: Path, book: attain.Ledger, protocol: int) -> None:
    plan = attain.read_programme(examples / "nanchang-2021")
    finding = attain.Finding(code="duplicate_id", message="twice", where="/a", text="x", expected="once", severity=attain.Severity.warning)
    for one in (plan, book, finding, attain.Reason.stale, attain.Severity.error, attain.StepKind.goal):
        assert pickle.loads(pickle.dumps(one, protocol)) == one
        assert copy.deepcopy(one) == one
    portfolio = pickle.loads(pickle.dumps(attain.Portfolio([plan]), protocol))
    assert portfolio.programmes == [plan]


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


def test_programmes_and_ledgers_go_to_other_processes(plan: attain.Programme, book: attain.Ledger) -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(reading_in_another_process, (plan, book)) == 5000


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
    magic, kind, version, length, checksum = HEADER.unpack(sealed(plan)[: HEADER.size])
    assert (magic, version) == (b"\x89attain\n", 1)
    newer = HEADER.pack(magic, kind, version + 1, length, checksum) + b"something else"
    with pytest.raises(attain.InvalidInput, match="written by a newer attain"):
        attain.Programme.__new__(attain.Programme).__setstate__(newer)


def test_a_pickle_of_another_kind_is_refused(plan: attain.Programme) -> None:
    with pytest.raises(attain.InvalidInput, match="of another kind"):
        attain.Ledger.__new__(attain.Ledger).__setstate__(sealed(plan))


def checksum(contents: bytes) -> int:
    """The checksum of python/bindings/envelope.cpp, so that contents can lie behind a right one."""
    mask = 2**64 - 1
    state = (0x9E3779B97F4A7C15 ^ len(contents)) & mask
    whole = len(contents) // 8 * 8
    words = [*struct.unpack(f"<{whole // 8}Q", contents[:whole]), *contents[whole:]]
    for word in words:
        state = ((state ^ word) * 0xD6E8FEB86659FD93) & mask
        state ^= state >> 32
    return state


def test_counts_behind_a_right_checksum_are_not_believed() -> None:
    state = sealed(attain.Ledger([{"indicator": "lifts", "place": "east", "period": "2021-01", "amount": 5, "key": "k"}]))
    magic, kind, version, length, found = HEADER.unpack(state[: HEADER.size])
    contents = state[HEADER.size :]
    assert checksum(contents) == found
    refused = 0
    for at in range(len(contents)):
        for value in (0, 1, 255):
            changed = contents[:at] + bytes([value]) + contents[at + 1 :]
            header = HEADER.pack(magic, kind, version, len(changed), checksum(changed))
            try:
                attain.Ledger.__new__(attain.Ledger).__setstate__(header + changed)
            except (attain.InvalidInput, attain.InvalidOption, MemoryError, UnicodeDecodeError):
                refused += 1
    assert refused > len(contents)
