"""Ledgers in files, from Python; what the records hold is tested in tests/store."""

import datetime
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attain
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import verify_ledger

CHINA = datetime.timezone(datetime.timedelta(hours=8))
ROWS = [
    {"indicator": "lifts", "place": "east", "period": "2026-08", "amount": 10},
    {"indicator": "lifts", "place": "east", "period": "2026-09", "amount": "12"},
]


def noon(day: int) -> datetime.datetime:
    return datetime.datetime(2026, 10, day, 12, tzinfo=CHINA)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "city.attain"


@pytest.fixture
def book(path: Path) -> Iterator[attain.LedgerStore]:
    with attain.open_ledger(path) as opened:
        yield opened


def test_what_was_handed_in_and_approved_is_evaluated(tmp_path: Path, plan: attain.Programme, book: attain.LedgerStore) -> None:
    reported = attain.read_observations(Path(__file__).parents[2] / "examples" / "counties-lesson", plan)
    batch = book.submit(reported, author="Li", key="lesson")
    as_of = "2021-09-30"
    assert attain.evaluate(plan, book.ledger(), as_of=as_of)["22.1"].reading != attain.evaluate(plan, reported, as_of=as_of)["22.1"].reading
    book.approve(batch, author="Wang")
    assert book.ledger() == reported
    assert attain.evaluate(plan, book.ledger(), as_of=as_of)["22.1"].reading == attain.evaluate(plan, reported, as_of=as_of)["22.1"].reading


def test_rows_are_recorded_on_the_day_they_were_handed_in(book: attain.LedgerStore) -> None:
    batch = book.submit([*ROWS, {**ROWS[0], "period": "2026-07", "recorded": "2026-08-03"}], author="Li", at=noon(1))
    book.approve(batch.number, author="Wang", at=noon(2))
    recorded = [row["recorded"] for row in book.ledger().entries("lifts", "east")]
    assert recorded == [datetime.date(2026, 8, 3), datetime.date(2026, 10, 1), datetime.date(2026, 10, 1)]


@pytest.mark.parametrize(
    "options",
    [{"evidence": 5}, {"evidence": {1: "a"}}, {"evidence": {"uri": 2}}, {"evidence": "\ud800"}, {"at": "\ud800"}, {"at": 5}],
)
def test_what_is_no_evidence_or_moment_is_a_type_error_and_hands_nothing_in(book: attain.LedgerStore, options: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        book.submit(ROWS, author="Li", **options)
    assert book.batches() == []


def test_frames_come_in(book: attain.LedgerStore) -> None:
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame({"indicator": ["lifts", "lifts"], "place": ["east", "west"], "period": ["2026-08", "2026-08"], "amount": [10.0, 4.0],
                              "recorded": [None, datetime.date(2026, 9, 2)]})  # fmt: skip
    book.approve(book.submit(frame, author="Li", at=noon(3)), author="Wang")
    assert [row["recorded"].day for row in book.ledger().entries()] == [3, 2]
    assert book.ledger().to_polars().height == 2


def test_the_same_batch_again_changes_nothing(book: attain.LedgerStore) -> None:
    first = book.submit(ROWS, author="Li", key="2026-09 lifts", at=noon(1))
    head = book.head
    assert book.submit(reversed(ROWS), author="Li", key="2026-09 lifts", at=noon(2)).number == first.number
    assert book.head == head
    with pytest.raises(attain.LedgerConflict, match="key_conflict"):
        book.submit(ROWS[:1], author="Li", key="2026-09 lifts")


def test_two_people_decide(book: attain.LedgerStore) -> None:
    batch = book.submit(ROWS, author="Li", evidence={"uri": "file:a.pdf", "page": "3"}, note="by post", at=noon(1))
    assert (batch.state, batch.entries, batch.author, batch.note, batch.at) == ("pending", 2, "Li", "by post", noon(1))
    assert batch.evidence == {"uri": "file:a.pdf", "sha256": "", "page": "3"}
    assert len(book.ledger()) == 0
    assert len(book.ledger(pending=True)) == 2
    with pytest.raises(attain.LedgerConflict, match="four_eyes"):
        book.approve(batch, author="Li")
    approved = book.approve(batch, author="Wang", at=noon(2))
    assert approved.approval is not None
    assert (approved.state, approved.approval.author, approved.approval.at) == ("approved", "Wang", noon(2))
    assert len(book.ledger(known_at="2026-10-01")) == 0
    assert len(book.ledger(known_at="2026-10-02")) == 2
    withdrawn = book.withdraw(batch, author="Wang", reason="counted twice")
    assert withdrawn.withdrawal is not None
    assert withdrawn.withdrawal.reason == "counted twice"
    assert [one.state for one in book.batches()] == ["withdrawn"]
    with pytest.raises(attain.UnknownId):
        book.batch(999)


def test_the_history_of_a_number(book: attain.LedgerStore) -> None:
    book.submit(ROWS, author="Li", at=noon(1))
    book.submit([{**ROWS[1], "amount": 13}], author="Zhao", at=noon(4))
    said = book.history("lifts", place="east")
    assert [(one.said["amount"], one.batch.author) for one in said] == [(10, "Li"), (12, "Li"), (13, "Zhao")]
    assert book.history("lifts") == []


def test_goals_that_moved(book: attain.LedgerStore, lifts) -> None:
    book.adopt(lifts(), author="Li")
    (change,) = book.adopt(lifts(aim=attain.at_least(120)), author="Li", reason="fewer houses qualify", at=noon(5))
    assert (change.field, change.before, change.after, change.after_result) == ("aim", "at_least 139", "at_least 120", False)
    assert (change.made.author, change.made.reason, change.made.at) == ("Li", "fewer houses qualify", noon(5))
    assert book.goal_changes(target="1.1")[-1].number == change.number


def test_what_cannot_be_an_entry_is_refused_with_its_row(book: attain.LedgerStore, plan: attain.Programme) -> None:
    with pytest.raises(attain.InvalidInput) as refused:
        book.submit([*ROWS, {**ROWS[0], "period": "2026-13"}, {**ROWS[0], "period": "soon"}], author="Li")
    assert {finding.where for finding in refused.value.findings} == {"row 3, period", "row 4, period"}
    with pytest.raises(attain.InvalidInput, match="time zone"):
        book.submit(ROWS, author="Li", at=datetime.datetime(2026, 10, 1))
    with pytest.raises(TypeError):
        book.submit(ROWS, author="Li", evidence={"url": "x"})
    assert book.head.startswith("0:")


def test_one_writer_and_many_readers(path: Path, book: attain.LedgerStore) -> None:
    book.submit(ROWS, author="Li")
    with pytest.raises(attain.StoreError) as refused:
        attain.open_ledger(path)
    assert refused.value.code == "in_use"
    with attain.open_ledger(path, read_only=True) as reader:
        assert len(reader.ledger(pending=True)) == 2
        with pytest.raises(attain.StoreError, match="read_only"):
            reader.submit(ROWS, author="Li")
    script = f"import attain; attain.open_ledger({str(path)!r})"
    assert b"in_use" in subprocess.run([sys.executable, "-c", script], capture_output=True).stderr


def test_a_closed_store_says_so(path: Path) -> None:
    with attain.open_ledger(path) as book:
        book.submit(ROWS, author="Li")
    assert book.closed
    book.close()
    with pytest.raises(ValueError, match="closed"):
        book.ledger()
    assert not path.with_name("city.attain-wal").exists()
    with pytest.raises(attain.StoreError, match="unreadable_file"):
        attain.open_ledger(path.with_name("other"), create=False)


def test_threads_share_a_store(book: attain.LedgerStore) -> None:
    def work(number: int) -> None:
        for i in range(5):
            book.approve(book.submit(ROWS, author="Li", key=f"{number} {i}"), author="Wang")
            book.ledger()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(book.ledger()) == 40
    assert book.verify() == book.head


def test_another_sqlite_in_the_process_loses_nothing(path: Path, book: attain.LedgerStore) -> None:
    """Opening and closing the file in this process takes SQLite's own locks away."""
    book.submit(ROWS, author="Li", key="a")
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM entry").fetchone() == (2,)
    connection.close()
    path.read_bytes()
    script = f"import sqlite3; c = sqlite3.connect({str(path)!r}); c.execute('CREATE TABLE mine(x)'); c.commit(); c.close()"
    subprocess.run([sys.executable, "-c", script], check=True)
    with pytest.raises(attain.StoreError) as refused:
        book.submit(ROWS, author="Li", key="b")
    assert refused.value.code in ("changed_elsewhere", "broken_chain")
    book.close()
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE mine")
    assert connection.execute("SELECT key FROM batch").fetchall() == [("a",)]
    connection.close()
    assert verify_ledger.verify(str(path))


# -- the chain, by somebody else's program -------------------------------------------------------


def make_ledger(path: Path, lifts) -> str:
    with attain.open_ledger(path) as book:
        book.adopt(lifts(), author="Li")
        for month in range(1, 13):
            rows = [{"indicator": "lifts", "place": f"place{i}", "period": f"2026-{month:02}", "amount": month * i / 7, "note": "'\"\n萬"} for i in range(5)]
            book.approve(book.submit(rows, author="Li", key=f"month {month}", evidence="file:a.pdf"), author="Wang")
        book.withdraw(book.submit(ROWS, author="Li"), author="Zhao", reason="twice")
        return book.head


def test_the_written_format_is_enough_to_verify_a_ledger(path: Path, lifts) -> None:
    head = make_ledger(path, lifts)
    assert verify_ledger.verify(str(path)) == head
    assert verify_ledger.verify(str(path), head) == head
    with attain.open_ledger(path, read_only=True) as book:
        assert book.verify(head) == head
    shorter = f"{int(head.split(':')[0]) + 1}:{head.split(':')[1]}"
    with pytest.raises(verify_ledger.Broken, match="ends before"):
        verify_ledger.verify(str(path), shorter)
    with attain.open_ledger(path, read_only=True) as book, pytest.raises(attain.StoreError, match="older_copy"):
        book.verify(shorter)


def test_both_verifiers_name_the_same_record(path: Path, lifts) -> None:
    make_ledger(path, lifts)
    original = path.with_name("original")
    shutil.copy(path, original)
    chance = random.Random(7)
    guards = "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?"
    for _ in range(60):
        shutil.copy(original, path)
        table = chance.choice(list(verify_ledger.TABLES))
        connection = sqlite3.connect(path)
        numbers = [row[0] for row in connection.execute(f"SELECT seq FROM {table}")]
        made_again = [row[0] for row in connection.execute(guards, (table,))]
        connection.execute(f"DROP TRIGGER {table}_is_never_changed")
        connection.execute(f"DROP TRIGGER {table}_is_never_deleted")
        number = chance.choice(numbers)
        if chance.random() < 0.3:
            connection.execute(f"DELETE FROM {table} WHERE seq = ?", (number,))
        else:
            connection.execute(f"UPDATE {table} SET hash = randomblob(32) WHERE seq = ?", (number,))
        for sql in made_again:
            connection.execute(sql)
        connection.commit()
        connection.close()
        with pytest.raises(verify_ledger.Broken) as theirs:
            verify_ledger.verify(str(path))
        with attain.open_ledger(path, read_only=True) as book, pytest.raises(attain.StoreError) as ours:
            book.verify()
        assert ours.value.findings[0].where.endswith(str(theirs.value).split(":")[0])
