"""Every text that people read in reports, plots, notebooks, on the command line and in the workbooks of offices, once, in English and Chinese.

Texts that C++ has too are not here: the states of a method (``result.status_label(language="zh")``), the sentences of reasons
(``reason.sentence("zh")``), of changes and of data quality. Explanations and the messages of errors, which programs read as well, are in
English alone; what a finding is about, by its code, is here, and of findings that a report shows the whole message.
"""

from __future__ import annotations

import re
import string
from typing import Any, Literal, TypeAlias, cast

from attain import _core
from attain.catalogue import _codes, _commands, _messages, _reports, _tables, _templates

__all__ = ["MESSAGES", "TEXTS", "Language", "Words"]

Language: TypeAlias = Literal["en", "zh"]

TEXTS: dict[str, tuple[str, str]] = {**_reports.TEXTS, **_tables.TEXTS, **_codes.TEXTS, **_templates.TEXTS, **_commands.TEXTS}

MESSAGES = _messages.MESSAGES


class _Counting(string.Formatter):
    """``{count:target|targets}`` becomes "1 target", "2 targets"; a count may come written, as "1,200" or "−1"."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if "|" not in format_spec:
            return cast(str, super().format_field(value, format_spec))
        one, several = format_spec.split("|")
        return f"{value} {one if str(value).lstrip('+-−') == '1' else several}"


_COUNTING = _Counting()


class Words:
    """The texts of one language: ``Words("zh")("as_of", day="2021年9月30日")``. Another language is an InvalidOption."""

    def __init__(self, language: str) -> None:
        self.language = cast(Language, _core.language_word(language))
        self._column = 0 if self.language == "en" else 1

    def __call__(self, key: str, **values: object) -> str:
        """The text of that key, with values in its places. A key that is none is a KeyError."""
        return _COUNTING.format(TEXTS[key][self._column], **values)

    def __contains__(self, key: str) -> bool:
        return key in TEXTS

    def message(self, finding: _core.Finding) -> str:
        """What a finding says beside what it is about: its message, and in Chinese the same; nothing where there is no Chinese for it."""
        if self.language == "en":
            return finding.message
        for english, chinese in MESSAGES.get(str(finding.code), ()):
            said = re.fullmatch(_pattern(english), finding.message, re.DOTALL)
            if said is not None:
                return chinese.format(**said.groupdict())
        return ""


def _pattern(template: str) -> str:
    """A regular expression of what a text with places can become."""
    return re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(template))
