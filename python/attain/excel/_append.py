"""Appends observations to observations.csv: what is there stays as it is, and the file is replaced as a whole or not at all."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from attain import _core
from attain._atomic import write_atomically
from attain._evaluate import Progress
from attain._files import doubts, read_observations
from attain.errors import InvalidInput, LedgerConflict
from attain.excel._csv import COLUMNS, Rows, chinese_column, column_named, finding_at, known_columns
from attain.excel._findings import Findings, refused

_MARK = "\ufeff"
"""A byte order mark."""


@dataclass(frozen=True)
class Appended:
    """What appending did, or would do."""

    added: int
    already_there: int
    doubts: list[_core.Finding]
    """What looks wrong about amounts that were added, beside the others."""


def append(
    path: str, plan: _core.Programme, rows: Rows, found: Findings, *, dry_run: bool, progress: Progress | None = None
) -> Appended:
    """Appends the rows whose key the file does not have yet.

    The whole file, as it will be, is read with the programme before anything is written. Columns that it lacks are added at the
    end of each row.

    Raises
    ------
    InvalidInput, LedgerConflict
        The file cannot be read, or a key stands for two contents; nothing is written.
    """
    is_new = not os.path.exists(path)
    known = set() if is_new else _keys_of(read_observations(path, plan, progress=progress))
    text = "" if is_new else _text_of(path)
    mark, text = (_MARK, text[1:]) if text.startswith(_MARK) else ("", text)
    columns, text = _with_columns(path, text, rows.used_columns())
    ordered = rows.in_columns(columns)
    book = _read(path, plan, text, ordered, found, progress)
    new = [line for line, key in zip(ordered.lines, ordered.column("key"), strict=True) if key not in known]
    cells = {row["key"]: place_of("amount") for row, place_of in ordered.with_places() if row["key"] not in known}
    doubtful = _doubts(plan, book, cells, found) if new else []
    if new and not dry_run:
        write_atomically(path, (mark + text + "".join(line.removesuffix("\n") + _end_of(text) for line in new)).encode("utf-8"))
    return Appended(added=len(new), already_there=len(ordered) - len(new), doubts=doubtful)


def _read(
    path: str, plan: _core.Programme, text: str, rows: Rows, found: Findings, progress: Progress | None
) -> _core.Ledger:
    """What the file will hold."""
    try:
        return _core.ledger_from_csv(text + "".join(rows.lines), plan, progress=progress)
    except (InvalidInput, LedgerConflict) as problem:
        raise rows.placed(problem, text.count("\n") + 1, found, path) from None


def _doubts(
    plan: _core.Programme, book: _core.Ledger, cells: Mapping[str, str], found: Findings
) -> list[_core.Finding]:
    """What :func:`attain.check` doubts about the entries with these keys, each at the cell that its amount comes from."""
    added = [entry for entry in book.entries() if entry.get("key") in cells]
    told = []
    for row, finding in doubts(plan, book):
        about = [entry for entry in added if _is_about(row, entry, plan.place_ids[0])]
        if about:
            told.append(finding_at(finding, f"{found.where(cells[about[-1]['key']])} · {finding.where}"))
    return told


def _is_about(row: Mapping[str, Any], entry: Mapping[str, Any], root: str) -> bool:
    """Whether a row of :func:`attain.quality` is about an entry: by its key, or as one of several that contradict each other."""
    if row["check"] != "contradiction":
        return bool(row["key"] == entry["key"])
    place = entry.get("place") or root
    return (row["indicator"], row["place"], row["end"]) == (entry["indicator"], place, entry["end"])


def _keys_of(book: _core.Ledger) -> set[str]:
    return {entry["key"] for entry in book.entries() if "key" in entry}


def _text_of(path: str) -> str:
    with open(path, "rb") as opened:
        return opened.read().decode("utf-8")


def _with_columns(path: str, text: str, needed: list[str]) -> tuple[list[str], str]:
    """The columns of the text, and the text with those that it lacks and with a line break at its end."""
    if not text:
        columns = [name for name in COLUMNS if name in needed]
        return columns, ",".join(columns) + "\n"
    lines = io.StringIO(text if text.endswith("\n") else text + _end_of(text), newline="").readlines()
    reader = csv.reader(iter(lines), strict=True)
    heading = next(reader)
    columns = [column_named(name) for name in heading]
    unknown = [name for name in columns if name not in COLUMNS]
    if unknown:
        message = "rows cannot be appended to a file that has other columns"
        raise refused(path, "unknown_field", message, text=", ".join(unknown), expected=known_columns())
    missing = [name for name in needed if name not in columns]
    if not missing:
        return columns, "".join(lines)
    is_chinese = any(name not in COLUMNS for name in heading)
    added = [chinese_column(name) for name in missing] if is_chinese else missing
    out = [_longer("".join(lines[: reader.line_num]), "," + ",".join(added))]
    before = reader.line_num
    for record in reader:
        raw = "".join(lines[before : reader.line_num])
        out.append(_longer(raw, "," * len(missing)) if record else raw)
        before = reader.line_num
    return [*columns, *missing], "".join(out)


def _longer(line: str, more: str) -> str:
    end = "\r\n" if line.endswith("\r\n") else "\n"
    return line.removesuffix(end) + more + end


def _end_of(text: str) -> str:
    """How its lines end: as the first does."""
    return "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"
