"""Dictionaries that are laid out as the library's files, as their text."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from typing import Any

from attain import _core
from attain.errors import InvalidInput


def to_json(values: object) -> str:
    """A dictionary that is laid out as programme.json, as text. Dates become ISO text, NumPy numbers plain ones."""
    import json

    try:
        text = json.dumps(values, ensure_ascii=False, allow_nan=False, default=_plain)
        text.encode()
        return text
    except UnicodeEncodeError:  # half of a pair of surrogates: escaped, it is refused as in a file
        return json.dumps(values, default=_plain)
    except ValueError:
        pointer = _find_not_finite(values, "")
        if pointer is None:
            raise
        finding = _core.Finding(code="not_finite", message="the number is not finite", where=pointer, expected="a finite number")
        raise InvalidInput(str(finding), (finding,)) from None


def _plain(value: Any) -> object:
    if isinstance(value, datetime.date):
        return _core.to_date(value).isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"a {type(value).__name__} is no value of a programme")


def _find_not_finite(value: object, pointer: str) -> str | None:
    if isinstance(value, float) and not math.isfinite(value):
        return pointer
    children: Any = ()
    if isinstance(value, Mapping):
        children = value.items()
    elif isinstance(value, (list, tuple)):
        children = enumerate(value)
    for key, child in children:
        found = _find_not_finite(child, f"{pointer}/{key}")
        if found is not None:
            return found
    return None
