"""The apostrophe that keeps a spreadsheet from taking CSV text for a formula; the readers of attain take it away again."""

from __future__ import annotations

_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def guarded(text: str) -> str:
    """The text, with an apostrophe before it if it, or what follows its apostrophes, would start a formula."""
    return "'" + text if text.lstrip("'").startswith(_STARTS) else text
