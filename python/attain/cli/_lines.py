"""At which line of observations.csv it stands what a finding about a ledger says, since a ledger knows no lines."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Sequence

import attain
from attain import _core
from attain.excel._csv import column_named


def located(findings: Sequence[attain.Finding], folder: str, encoding: str, root: str) -> list[attain.Finding]:
    """Findings of :func:`attain.check` with the line before what they are about; as they are where no row is about that.

    ``root`` is the place of rows that name none.
    """
    file = os.path.join(folder, "observations.csv")
    if not findings or not os.path.isfile(file):
        return list(findings)
    with open(file, encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="") as text:
        lines = {about: line for line, about in _rows(text, root)}  # of several rows the last: it is the one that stands
    return [
        _core.Finding(
            code=one.code,
            message=one.message,
            where=f"{file}:{lines[one.where]} · {one.where}" if one.where in lines else one.where,
            text=one.text,
            expected=one.expected,
            severity=one.severity,
        )
        for one in findings
    ]


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
