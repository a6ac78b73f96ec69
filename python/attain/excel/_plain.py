"""Reads rows that an office keeps itself, in the columns of observations.csv by their English or Chinese names: a CSV file or a sheet."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping

from attain import _core
from attain._files import read_observations
from attain.excel import _tables as tables
from attain.excel._csv import COLUMNS, TEXTS, Rows, column_named, unguarded
from attain.excel._findings import Findings
from attain.excel._sheets import Sheets
from attain.excel._workbook_reader import rows_of_observations


def has_rows(sheets: Sheets) -> bool:
    """Whether a workbook has a sheet of observations."""
    return sheets.find(tables.OBSERVATIONS) is not None


def of_sheet(sheets: Sheets, found: Findings, said: Mapping[str, str]) -> Rows:
    """The rows of the sheet of observations; ``said`` is what all of them say besides, by column."""
    sheet = sheets.find(tables.OBSERVATIONS)
    assert sheet is not None
    rows = rows_of_observations(sheet, found, is_1904=sheets.is_1904)
    return Rows(COLUMNS) if rows is None else _completed(rows, said)


def of_csv(path: str, plan: _core.Programme, said: Mapping[str, str]) -> Rows:
    """The rows of a CSV file.

    Raises
    ------
    InvalidInput
        Every problem is in ``findings``, with line and column.
    """
    read_observations(path, plan)  # what is wrong has its line and column in this file
    with open(path, encoding="utf-8-sig", newline="") as opened:
        heading, *records = csv.reader(io.StringIO(opened.read(), newline=""), strict=True)
    rows = Rows([column_named(name) for name in heading])
    for record in records:
        if record:
            texts = dict(zip(rows.columns, record, strict=False))
            rows.add({name: unguarded(text) if name in TEXTS else text for name, text in texts.items()}, lambda name: "")
    return _completed(rows, said)


def _completed(rows: Rows, said: Mapping[str, str]) -> Rows:
    """The rows with what all of them say, and each with a key: its own, or one made of its content, so that it comes in once."""
    completed = Rows(COLUMNS)
    for texts, place_of in rows.with_places():
        whole = {**texts, **said}
        whole["key"] = whole.get("key") or _key_of(whole)
        completed.add(whole, place_of)
    return completed


def _key_of(texts: Mapping[str, str]) -> str:
    content = "\x1f".join(texts.get(name, "") for name in COLUMNS if name != "key")
    return f"row/{hashlib.sha256(content.encode('utf-8')).hexdigest()[:24]}"
