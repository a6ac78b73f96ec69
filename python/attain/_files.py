"""Files: programme folders (``programme.json`` says what is promised, ``observations.csv`` what was reported), methods, snapshots."""

from __future__ import annotations

import datetime
import errno
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, TypeAlias

from attain import _core, _text
from attain._evaluate import Progress

StrPath: TypeAlias = str | os.PathLike[str]


def _within(path: StrPath, name: str) -> str:
    """The path itself, or of a folder the file of that name in it."""
    return os.path.join(path, name) if os.path.isdir(path) else os.fspath(path)


def is_workbook(path: StrPath) -> bool:
    """Whether a path names a workbook."""
    return os.fspath(path).lower().endswith(".xlsx") and not os.path.isdir(path)


def read_programme(path: StrPath) -> _core.Programme:
    """A valid programme from a file, from the ``programme.json`` of a folder, or from a workbook (docs/excel.md).

    Raises
    ------
    InvalidInput
        The file cannot be read, or is no programme text; every problem is in ``findings``, with line, column and JSON pointer, or
        with its cell.
    InvalidProgramme
        It is one, and breaks a rule.
    """
    if is_workbook(path):
        from attain.excel import _workbook_reader

        return _workbook_reader.read_programme(os.fspath(path))
    return _core.read_programme(_within(path, "programme.json"))


def read_method(path: StrPath) -> _core.MethodSpec:
    """A way of judging from a method file.

    Raises
    ------
    InvalidInput
        The file cannot be read, or is no method text; every problem is in ``findings``.
    InvalidProgramme
        Its bands have gaps or overlap, or something of it cannot be reached.
    """
    return _core.read_method(os.fspath(path))


def check_programme(path: StrPath) -> list[_core.Finding]:
    """Everything there is to say about a ``programme.json``, the folder of one or a workbook, warnings included.

    Never raises for what is in it.
    """
    if is_workbook(path):
        from attain.excel import _workbook_reader

        return _workbook_reader.check_programme(os.fspath(path))
    file = _within(path, "programme.json")
    try:
        with open(file, "rb") as opened:
            text = opened.read()
    except (OSError, ValueError) as problem:  # of a path with a NUL a ValueError
        why = problem.strerror if isinstance(problem, OSError) else os.strerror(errno.EINVAL)
        return [_core.Finding(code="unreadable_file", message=f"the file cannot be read: {why}", where=file)]
    return _core.check_programme(text, file)


def read_observations(
    path: StrPath,
    plan: _core.Programme | None = None,
    *,
    delimiter: Literal[",", ";", "\t", "|"] = ",",
    encoding: Literal["utf-8", "gb18030"] = "utf-8",
    threads: int = 1,
    progress: Progress | None = None,
) -> _core.Ledger:
    """Observations from a file, from the ``observations.csv`` of a folder, or from a workbook, as a ledger.

    With a programme, indicators, places, steps and units are checked, and amounts are read in the units of the indicators. Columns are named
    in English or Chinese.

    Parameters
    ----------
    path
        The file, its folder, or a workbook.
    plan
        The programme.
    delimiter
        What separates the columns of a text.
    encoding
        UTF-8, with or without a byte order mark, unless GB 18030 (GBK, GB 2312) is named; nothing is guessed.
    threads
        A text is read on so many; what comes out does not depend on them.
    progress
        Is called with what the work is at, ``"reading"`` or ``"indexing"``, and the share of it that is done, as :func:`evaluate` does.
        A workbook tells nothing.

    Raises
    ------
    InvalidInput
        Every problem is in ``findings``, with line and column, or with its cell.
    InvalidOption
        The delimiter or encoding is none of these, or there is less than one thread.
    LedgerConflict
        A key stands for two contents.
    """
    if is_workbook(path):
        from attain.excel import _workbook_reader

        return _workbook_reader.read_observations(os.fspath(path), plan)
    return _core.read_observations(_within(path, "observations.csv"), plan, delimiter=delimiter, encoding=encoding, threads=threads, progress=progress)


def save_snapshot(
    value: _core.Programme | _core.Ledger | _core.Evaluation | _core.MethodSpec, path: StrPath, *, form: Literal["binary", "text"] = "binary"
) -> None:
    """Put a programme, ledger, evaluation or method in the place of a file: wholly, or not at all (docs/snapshots.md).

    Raises
    ------
    InvalidInput
        The file cannot be written; what was there is as it was.
    InvalidOption
        There is no such form, or the evaluation used functions of the user, which no file holds.
    """
    _core.save_snapshot(value, os.fspath(path), form)


def load_snapshot(path: StrPath) -> _core.Programme | _core.Ledger | _core.Evaluation | _core.MethodSpec:
    """What a snapshot file holds. Unlike a pickle, it runs nothing; a checksum finds damage, it does not prove where a file comes from.

    Raises
    ------
    InvalidInput
        The file cannot be read, is damaged, of a newer format, or no snapshot.
    InvalidProgramme
        It holds a programme or a method that breaks a rule.
    """
    return _core.load_snapshot(os.fspath(path))


def inspect_snapshot(path: StrPath) -> _core.SnapshotInfo:
    """What kind of thing a snapshot file holds, and who wrote it; the rest of the file is not read.

    Raises
    ------
    InvalidInput
        The file cannot be read, is of a newer format, or no snapshot.
    """
    return _core.inspect_snapshot(os.fspath(path))


def open_ledger(path: StrPath, *, read_only: bool = False, create: bool = True) -> _core.LedgerStore:
    """A ledger that stays, in a file, which is made if it is absent.

    One process writes at a time; any number may read, with ``read_only``. The result is a context manager.

    Raises
    ------
    StoreError
        ``in_use``: another writer has it open; ``not_a_ledger``, ``newer_version`` or ``unreadable_file``.
    """
    return _core.open_ledger(os.fspath(path), read_only=read_only, create=create)


def check(plan: _core.Programme | _core.Portfolio | Sequence[_core.Programme], book: _core.Ledger) -> list[_core.Finding]:
    """What of a ledger the programmes cannot read, and which amounts a person should look at before they are judged by.

    Unknown ids and units that do not convert; amounts out of proportion (×10, 万, 亿), negative counts, parts of what is counted whole, two
    reports of one day that say different things, and amounts that look like totals so far, as :func:`quality` finds them. Warnings and notes: data that
    nobody asked for, or that look wrong, refuse nothing.
    """
    plan = list(plan) if isinstance(plan, Sequence) else plan
    return [*_core.unread(plan, book), *(finding for _, finding in doubts(plan, book))]


_DOUBTS = ("magnitude_slip", "negative_count", "fractional_count", "contradiction", "total_so_far")


def doubts(
    plan: _core.Programme | _core.Portfolio | list[_core.Programme], book: _core.Ledger
) -> Iterator[tuple[Mapping[str, Any], _core.Finding]]:
    """Amounts that look wrong beside the others of their series, whenever they are about: the rows of :func:`quality`, and what to say."""
    from attain._quality import quality

    for row in quality(plan, book, as_of=datetime.date.max, only=_DOUBTS).findings.rows():
        yield row, _core.Finding(
            code="doubtful_amount",
            message=row["sentence"],
            where=" · ".join((row["indicator"], row["place"], _core.period_text((row["start"], row["end"])))),
            text="" if row["value"] is None else _text.number(row["value"]),
            severity=row["severity"],
        )


__all__ = [
    "check",
    "check_programme",
    "inspect_snapshot",
    "load_snapshot",
    "open_ledger",
    "read_method",
    "read_observations",
    "read_programme",
    "save_snapshot",
]
