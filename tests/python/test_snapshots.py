"""Snapshot files: what was saved is loaded, what is wrong is refused by its code."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import attain
import pytest

FORMS: tuple[Literal["binary", "text"], ...] = ("binary", "text")


def code_of(call: Callable[[], Any]) -> str:
    with pytest.raises(attain.InvalidInput) as raised:
        call()
    return raised.value.findings[0].code


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("folder", ["guangzhou-2017", "nanchang-2021", "us-goals-fy2022", "counties-lesson"])
def test_the_examples_come_back_from_files(examples: Path, tmp_path: Path, folder: str, form: Literal["binary", "text"]) -> None:
    plan = attain.read_programme(examples / folder)
    book = attain.read_observations(examples / folder, plan)
    now = attain.evaluate(plan, book, as_of="2021-09-30")
    file = tmp_path / "one.snapshot"
    for value in (plan, book):
        attain.save_snapshot(value, file, form=form)
        assert attain.load_snapshot(file) == value
    attain.save_snapshot(now, file, form=form)
    back = attain.load_snapshot(file)
    assert isinstance(back, attain.Evaluation)
    assert (back.plan, back.book, back.as_of) == (plan, book, now.as_of)
    assert repr(back) == repr(now)
    assert [str(back[id].explain()) for id in plan.target_ids] == [str(now[id].explain()) for id in plan.target_ids]
    assert os.listdir(tmp_path) == ["one.snapshot"]


@pytest.mark.parametrize("form", FORMS)
def test_methods_come_back_from_files(tmp_path: Path, form: Literal["binary", "text"]) -> None:
    for method in attain.built_in_methods():
        attain.save_snapshot(method, tmp_path / "method", form=form)
        assert attain.load_snapshot(tmp_path / "method") == method


def test_the_envelope_says_what_is_inside(book: attain.Ledger, tmp_path: Path) -> None:
    attain.save_snapshot(book, tmp_path / "book", form="text")
    info = attain.inspect_snapshot(tmp_path / "book")
    assert (info.version, info.form, info.kind, info.written_by) == (1, "text", "ledger", attain.__version__)
    bytes_ = (tmp_path / "book").read_bytes()
    assert info.length == len(bytes_) - bytes_.index(b"\n") - 1
    assert info == attain.inspect_snapshot(tmp_path / "book")
    assert repr(info) == f"<attain.SnapshotInfo ledger, text, format 1, written by {attain.__version__}>"
    with pytest.raises(TypeError):
        hash(info)


def test_what_is_wrong_with_a_file_has_a_code(plan: attain.Programme, tmp_path: Path) -> None:
    file = tmp_path / "plan"
    attain.save_snapshot(plan, file)
    whole = file.read_bytes()
    wrong = {
        "damaged": [whole[:-1], whole + b"x", whole[:200] + b"\xff" + whole[201:], whole.replace(b"binary", b"ternary", 1)],
        "malformed": [b"", b"PK\x03\x04", b"attain", whole[5:]],
        "newer_version": [whole.replace(b" 1 ", b" 2 ", 1), b"attain snapshot 17 of a kind to come"],
    }
    for code, files in wrong.items():
        for contents in files:
            file.write_bytes(contents)
            assert code_of(lambda: attain.load_snapshot(file)) == code
    assert code_of(lambda: attain.load_snapshot(tmp_path / "no such file")) == "unreadable_file"
    assert code_of(lambda: attain.load_snapshot(tmp_path)) == "unreadable_file"


def test_a_file_that_cannot_be_written_leaves_what_was_there(plan: attain.Programme, book: attain.Ledger, tmp_path: Path) -> None:
    assert code_of(lambda: attain.save_snapshot(book, tmp_path)) == "unwritable_file"
    assert code_of(lambda: attain.save_snapshot(book, tmp_path / "no such folder" / "book")) == "unwritable_file"
    attain.save_snapshot(plan, tmp_path / "plan")
    with pytest.raises(attain.InvalidOption, match="no such form"):
        attain.save_snapshot(book, tmp_path / "plan", form="xml")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        attain.save_snapshot("no such thing", tmp_path / "plan")  # type: ignore[arg-type]
    assert attain.load_snapshot(tmp_path / "plan") == plan


def test_a_path_with_a_nul_is_refused_and_no_other_file_is_meant(plan: attain.Programme, examples: Path, tmp_path: Path) -> None:
    def cut(path: Path) -> str:
        return f"{path}\0.old"

    attain.save_snapshot(plan, tmp_path / "plan")
    assert code_of(lambda: attain.save_snapshot(plan, cut(tmp_path / "other"))) == "unwritable_file"
    assert [file.name for file in tmp_path.iterdir()] == ["plan"]
    lesson = examples / "counties-lesson"
    assert code_of(lambda: attain.load_snapshot(cut(tmp_path / "plan"))) == "unreadable_file"
    assert code_of(lambda: attain.inspect_snapshot(cut(tmp_path / "plan"))) == "unreadable_file"
    assert code_of(lambda: attain.read_programme(cut(lesson / "programme.json"))) == "unreadable_file"
    assert code_of(lambda: attain.read_observations(cut(lesson / "observations.csv"))) == "unreadable_file"
    assert code_of(lambda: attain.read_iati(cut(lesson / "programme.json"))) == "unreadable_file"
    with pytest.raises(attain.StoreError):
        attain.open_ledger(cut(tmp_path / "ledger"))
    assert [finding.code for finding in attain.check_programme(cut(lesson / "programme.json"))] == ["unreadable_file"]


def test_a_text_of_any_kind_comes_back(tmp_path: Path) -> None:
    canary = "<script>=cmd'); DROP\n\t\u200b\u202e 南昌"
    book = attain.Ledger([{"indicator": "lifts", "period": "2021-01", "amount": 5, "note": canary}])
    for form in FORMS:
        attain.save_snapshot(book, tmp_path / "book", form=form)
        back = attain.load_snapshot(tmp_path / "book")
        assert isinstance(back, attain.Ledger)
        assert back.entries()[0]["note"] == canary
