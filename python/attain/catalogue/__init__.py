"""Every text that people read in reports, plots, notebooks, on the command line and in the workbooks of offices, once, in English and Chinese.

Texts that C++ has too are not here: the states of a method (``result.status_label(language="zh")``), the sentences of reasons
(``reason.sentence("zh")``), of changes and of data quality. Explanations and the messages of errors, which programs read as well, are in
English alone; what a finding is about, by its code, is here.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, cast

from attain import _core
from attain.catalogue import _codes, _commands, _reports, _tables, _templates

__all__ = ["TEXTS", "Language", "Words"]

Language: TypeAlias = Literal["en", "zh"]

TEXTS: dict[str, tuple[str, str]] = {**_reports.TEXTS, **_tables.TEXTS, **_codes.TEXTS, **_templates.TEXTS, **_commands.TEXTS}


class Words:
    """The texts of one language: ``Words("zh")("as_of", day="2021年9月30日")``. Another language is an InvalidOption."""

    def __init__(self, language: str) -> None:
        self.language = cast(Language, _core.language_word(language))
        self._column = 0 if self.language == "en" else 1

    def __call__(self, key: str, **values: object) -> str:
        """The text of that key, with values in its places. A key that is none is a KeyError."""
        return TEXTS[key][self._column].format(**values)

    def __contains__(self, key: str) -> bool:
        return key in TEXTS
