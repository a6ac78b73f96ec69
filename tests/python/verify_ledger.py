"""Verify a ledger file from its description in docs/ledger-store.md alone: hashlib and sqlite3, nothing of attain.

    python verify_ledger.py FILE [HEAD]

Prints the head, "number:hash". Says which record is the first bad one, and exits with 1, if the chain does not hold, or if HEAD, which was
kept elsewhere, is not in it.
"""

from __future__ import annotations

import hashlib
import sqlite3
import struct
import sys

TABLES = {
    "text": "seq text",
    "series": "seq indicator place dimensions step stage scope unit",
    "batch": "seq at utc_offset author key evidence_uri evidence_sha256 evidence_page note entries",
    "entry": "seq batch series first_day last_day low high flags missing recorded author source evidence note key",
    "decision": "seq at utc_offset author reason batch kind",
    "goal": "seq at utc_offset author reason programme target field before after data_day after_result",
}


class Broken(Exception):
    """The first record that is not as it was written."""


def encoded(value: object) -> bytes:
    if value is None:
        return b"N"
    if isinstance(value, int):
        return b"I" + struct.pack(">q", value)
    if isinstance(value, float):
        return b"R" + struct.pack(">d", value)
    if isinstance(value, str):
        text = value.encode()
        return b"T" + struct.pack(">Q", len(text)) + text
    raise Broken("a value of a kind that no record has")


def verify(path: str, kept: str | None = None) -> str:
    """The head of the file. Raises Broken with the first bad record."""
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        if db.execute("PRAGMA application_id").fetchone()[0] != 0x6174744C or db.execute("PRAGMA user_version").fetchone()[0] != 1:
            raise Broken("this is no ledger of format 1")
        rows = []
        for table, columns in TABLES.items():
            for *values, recorded in db.execute(f"SELECT {columns.replace(' ', ', ')}, hash FROM {table}"):
                rows.append((values[0], table, values, recorded))
    except (sqlite3.DatabaseError, UnicodeDecodeError) as problem:
        raise Broken(f"SQLite cannot read the file: {problem}") from problem
    finally:
        db.close()
    rows.sort(key=lambda row: row[0])

    kept_number, _, kept_hash = (kept or "0:").partition(":")
    before, last = bytes(32), 0
    batch_author: dict[int, str] = {}
    left = 0
    for number, table, values, recorded in rows:
        if number != last + 1:
            raise Broken(f"record {last + 1}: missing, or there twice")
        if hashlib.sha256(before + b"".join(map(encoded, [table, *values]))).digest() != recorded:
            raise Broken(f"record {number}: not as it was written")
        before, last = recorded, number
        if number == int(kept_number) and recorded.hex() != kept_hash:
            raise Broken(f"record {number}: another than the one whose hash was kept")
        # What a chain that somebody made anew could still say wrongly.
        if (left > 0) != (table == "entry"):
            raise Broken(f"record {number}: a batch with more or fewer entries than it says")
        if table == "batch":
            batch, left = number, values[9]
            batch_author[number] = values[3]
        elif table == "entry":
            left -= 1
            if values[1] != batch:
                raise Broken(f"record {number}: an entry of another batch")
        elif table == "decision" and values[6] == "approve" and batch_author.get(values[5]) in (None, values[3]):
            raise Broken(f"record {number}: approved by who handed it in")
    if left:
        raise Broken(f"record {last}: a batch with fewer entries than it says")
    if int(kept_number) > last:
        raise Broken(f"record {last}: the file ends before the head that was kept")
    return f"{last}:{before.hex()}"


if __name__ == "__main__":
    try:
        print(verify(*sys.argv[1:3]))
    except Broken as broken:
        sys.exit(str(broken))
