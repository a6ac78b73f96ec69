"""Each rule of docs/semantics.md is named by a test that proves it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def rules() -> list[str]:
    text = (ROOT / "docs" / "semantics.md").read_text("utf-8")
    return re.findall(r"^([A-Z]\d+[a-z]?) ", text, re.MULTILINE) + [f"S{n}" for n in re.findall(r"^(\d+)\. ", text, re.MULTILINE)]


def names() -> Iterator[str]:
    """What the tests are called, in C++ and here."""
    for file in (ROOT / "tests").rglob("*_test.cpp"):
        yield from re.findall(r'TEST_CASE\("((?:[^"\\]|\\.)*)"', file.read_text("utf-8"))
    for file in (ROOT / "tests").rglob("test_*.py"):
        yield from re.findall(r"^ *def (test_\w+)", file.read_text("utf-8"), re.MULTILINE)


def test_every_rule_is_named_by_a_test() -> None:
    named = {rule for name in names() for rule in re.findall(r"(?<![A-Za-z0-9])[A-Z]\d+[a-z]?(?![A-Za-z0-9])", name)}
    assert len(rules()) > 100
    assert set(rules()) - named == set()
