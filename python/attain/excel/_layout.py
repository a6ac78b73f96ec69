"""How a template is laid out: what is written must be found again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from attain.catalogue import TEXTS, Words

FORMAT = "attain-template/1"
MACHINE_SHEET = "attain"

FIRST_COLUMN = 1
"""The column of the row's key, which is hidden."""
COLUMNS = (
    "targets",
    "project",
    "text",
    "place",
    "about",
    "asked",
    "unit",
    "last",
    "last_about",
    "amount",
    "missing",
    "note",
    "evidence",
)
"""What the columns after the key show, from B on."""
FILLED = ("amount", "missing", "note", "evidence")
"""Those that an office fills in."""

TITLE_ROW, AS_OF_ROW, AUTHOR_ROW, RECORDED_ROW = 1, 2, 3, 4
HEADER_ROW = 6
LABEL_COLUMN, FILL_COLUMN = 2, 4
"""Of author and day, above the table."""

KEY_HEADER = "attain"
"""What stands above the keys."""


def column_of(name: str) -> int:
    """The number of a column, A being 1."""
    return FIRST_COLUMN + 1 + COLUMNS.index(name)


def headings(words: Words) -> dict[str, str]:
    """What stands above the columns."""
    return {name: words(f"column_{name}") for name in COLUMNS}


# What is chosen from a drop-down, with what it stands for in observations.csv.
_STEPS = {"choice_done": "1", "choice_open": "0"}
_SAID_OF_STEPS = {"said_of_done": "1", "said_of_open": "0"}
_REASONS = {f"choice_{reason}": reason for reason in ("withheld", "no_observation", "not_comparable", "not_applicable")}


def step_choices(words: Words) -> tuple[str, ...]:
    """Done and open."""
    return tuple(map(words, _STEPS))


def reason_choices(words: Words) -> tuple[str, ...]:
    """Reasons for having no value."""
    return tuple(map(words, _REASONS))


def step_of(choice: str) -> str:
    """The amount of a choice, whatever its language, and of what people write in its place; other text as it is."""
    said = choice.strip().lower()
    return next((meaning for key, meaning in _SAID_OF_STEPS.items() if said in " ".join(TEXTS[key]).split()), _meaning(choice, _STEPS))


def reason_of(choice: str) -> str:
    """The reason of a choice, whatever its language; other text as it is."""
    return _meaning(choice, _REASONS)


def _meaning(choice: str, of: Mapping[str, str]) -> str:
    return next((meaning for key, meaning in of.items() if choice in TEXTS[key]), choice)


def machine_row(values: Mapping[str, Any]) -> str:
    """What the machine sheet holds of one row of the report: the same text from the same values."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def checksum(texts: Sequence[str]) -> str:
    """Finds out whether the machine sheet was changed. It is no signature: it proves nothing about who changed it."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode("utf-8"))
        digest.update(b"\n")
    return digest.hexdigest()
