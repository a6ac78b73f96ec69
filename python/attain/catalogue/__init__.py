"""Every text that people read in reports, plots, notebooks, on the command line and in the workbooks of offices, once, in English and Chinese.

Texts that C++ has in both languages are not here: the states of a method (``result.status_label(language="zh")``), the sentences of reasons
(``reason.sentence("zh")``), of changes and of data quality. What C++ says in English alone, since programs read it as well, is here with its
Chinese: errors and findings (``finding.sentence("zh")``, ``error.sentences("zh")``) and explanations (``explanation.sentences("zh")``).
"""

from __future__ import annotations

import string
from typing import Any, Literal, TypeAlias, cast

from attain import _core
from attain.catalogue import _codes, _commands, _library, _messages, _reports, _tables, _templates
from attain.errors import Error

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
        return _library.known_message(finding) or ""

    def sentence(self, finding: _core.Finding) -> str:
        """All that a finding says, in one line."""
        return str(finding) if self.language == "en" else _library.finding(finding)

    def sentences(self, problem: Error) -> str:
        """All that an error says, a line for each finding: the first 20, then how many more."""
        return str(problem) if self.language == "en" or not problem.findings else _library.findings(problem.findings)

    def said(self, problem: Error) -> str:
        """The same where its place is told already."""
        return str(problem) if self.language == "en" else "；".join(map(_library.said, problem.findings))

    def exception(self, problem: OSError | ModuleNotFoundError) -> str:
        """What an error says that is none of the library's."""
        return str(problem) if self.language == "en" else _library.exception(problem)

    def of_method(self, kind: Literal["source", "caveat"], text: str) -> str:
        """Where a method that comes with attain is from, or what is to be known of it."""
        return text if self.language == "en" else _library.chinese(kind, text) or text

    def step(self, step: _core.ExplanationStep, method: _core.MethodSpec | None = None) -> str:
        """What a step of an explanation says, which a method made."""
        return step.text if self.language == "en" else _library.step(step, method)

    def explanation(self, explanation: _core.Explanation) -> str:
        """An explanation: what is explained, a line for each step, and what a person should look at."""
        return explanation.text if self.language == "en" else _library.explanation(explanation)
