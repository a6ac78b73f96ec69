"""At which line of observations.csv it stands what a finding about a ledger says, since a ledger knows no lines."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Mapping, Sequence

import attain
from attain import _core
from attain.excel._csv import column_named


def located(findings: Sequence[attain.Finding], folder: str, encoding: str, root: str) -> list[attain.Finding]:
    """Findings of :func:`attain.check` with the line before what they are about; as they are where no row is about that.

    What is about several periods has the line of the last of them. ``root`` is the place of rows that name none.
    """
    file = os.path.join(folder, "observations.csv")
    if not findings or not os.path.isfile(file):
        return list(findings)
    with open(file, encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="") as text:
        lines: dict[str, int] = {}
        for line, about in _rows(text, root):  # of several rows the last: it is the one that stands
            lines[about] = lines[_until(about)] = line
    return [
        _core.Finding(
            code=one.code,
            message=one.message,
            where=_placed(one.where, file, lines),
            text=one.text,
            expected=one.expected,
            severity=one.severity,
        )
        for one in findings
    ]


def _placed(where: str, file: str, lines: Mapping[str, int]) -> str:
    line = lines.get(where) or lines.get(_until(where))
    return f"{file}:{line} · {where}" if line is not None else where


def _until(about: str) -> str:
    """Indicator, place and last day of what a row or a finding is about; itself where it ends with no period."""
    whose, _, period = about.rpartition(" · ")
    try:
        return f"{whose} · until {_core.parse_period(period)[1]}"
    except attain.Error:
        return about


def _rows(text: Iterator[str], root: str) -> Iterator[tuple[int, str]]:
    """The line on which each row begins, and what it is about, as findings write it."""
    reader = csv.reader(text)
    columns = [column_named(name.strip()) for name in next(reader, [])]
    line = reader.line_num + 1
    for cells in reader:
        row = dict(zip(columns, cells, strict=False))
        ends = "/".join(row[name] for name in ("start", "end") if row.get(name))
        period = _core.period_text(_core.parse_period(row.get("period") or row.get("day") or ends)) if any(cells) else ""
        yield line, " · ".join((row.get("indicator", ""), row.get("place") or root, period))
        line = reader.line_num + 1
