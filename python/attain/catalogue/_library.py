"""What the library says in English, said in Chinese: findings, errors and the steps of explanations.

A text for which there is no template stays in English; tests find those.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from attain import _core
from attain.catalogue import _errors, _errors_of_files, _expected, _messages, _methods, _nouns, _reports, _steps, _tables
from attain.catalogue._saying import Pair, Sayings, Template

_WORD = '(?:"[^"]*"|[^\\s,"]+)(?: \\([^()]*\\))?'
_LIST = re.compile(f"{_WORD}(?:, {_WORD})*(?: (?:or|and) {_WORD})?")
_USUAL_STATES = ("met", "on_track", "at_risk", "behind", "missed", "not_due")
_COLUMNS = {
    "indicator": "指标", "place": "地区", "period": "时期", "day": "日期", "start": "开始", "end": "结束", "amount": "数值",
    "unit": "单位", "form": "形式", "missing": "无数值的原因", "withdrawn": "撤回", "dimensions": "分类", "step": "步骤",
    "stage": "阶段", "scope": "口径", "recorded": "记录日期", "author": "填报人", "source": "来源", "evidence": "佐证材料",
    "note": "备注", "key": "唯一键",
}  # fmt: skip
"""Those of observations.csv."""


def finding(of: _core.Finding) -> str:
    """One line in Chinese: how much it matters, where, and what it says."""
    severity = _reports.TEXTS[f"severity_{of.severity}"][1]
    place = f" {_SAYINGS.chinese('where', of.where) or of.where}" if of.where else ""
    return f"{severity}{place}：{said(of)}"


def said(of: _core.Finding) -> str:
    """What is wrong, what stands there, and what would have been right."""
    details = [f"原文“{of.text}”"] if of.text else []
    if of.expected:
        details.append(f"应为{expected(of.expected)}")
    return f"{message(of)}（{'；'.join(details)}）" if details else message(of)


def findings(of: Sequence[_core.Finding], most: int = 20) -> str:
    """A line for each, the first of them, then how many more there are."""
    lines = [finding(one) for one in of[:most]]
    return "\n".join([*lines, f"……另有{len(of) - most}条"] if len(of) > most else lines)


def message(of: _core.Finding) -> str:
    """What a finding says."""
    return known_message(of) or of.message


def known_message(of: _core.Finding) -> str | None:
    """The same; None where there is no Chinese for it."""
    for template in _by_code().get(str(of.code), ()):
        found = template.found_in(of.message)
        if found is not None:
            return template.chinese.format(**{name: value for (name, _), value in zip(template.places, found, strict=True)})
    return _message(of.message)


def expected(text: str) -> str:
    """What would have been right."""
    return known_expected(text) or text


def known_expected(text: str) -> str | None:
    """The same; None where there is no Chinese for it, or none is needed: of what are words of a format alone."""
    return _SAYINGS.chinese("expected", text) or _list(text)


def step(of: _core.ExplanationStep, method: _core.MethodSpec | None = None) -> str:
    """What a step of an explanation says, which a method made."""
    return known_step(of, method) or of.text


def known_step(of: _core.ExplanationStep, method: _core.MethodSpec | None = None) -> str | None:
    """The same; None where there is no Chinese for it."""
    return _SAYINGS.chinese(f"step {of.kind}", of.text, {"state": _labels_of(method) if method else _labels_by_name().get(of.state, {})})


def explanation(of: _core.Explanation) -> str:
    """The lines of an explanation."""
    lines = [_SAYINGS.chinese("subject", of.subject) or of.subject]
    method = of.method
    lines += [f"  {one.rule:<4} {step(one, method)}" for one in of.steps if not one.aside]
    lines += [f"  ! {finding(one)}" for one in of.findings]
    return "\n".join(lines) + "\n"


def chinese(kind: str, text: str) -> str | None:
    """A text of a kind; None if the catalogue has no template for it."""
    return _SAYINGS.chinese(kind, text)


def exception(of: OSError | ModuleNotFoundError) -> str:
    """What the system says of a file, or Python of a package that is missing."""
    if isinstance(of, OSError) and of.strerror:
        said = _system(of.strerror)
        return f"{of.filename}：{said}" if of.filename else str(said)
    return _message(str(of)) or str(of)


@functools.cache
def _by_code() -> dict[str, list[Template]]:
    return {code: [Template.of(pair) for pair in pairs] for code, pairs in _messages.MESSAGES.items()}


# -- kinds that are no texts of templates ----------------------------------------------------------


def _message(text: str) -> str | None:
    return _SAYINGS.chinese("around", text) or _SAYINGS.chinese("error", text)


def _list(text: str) -> str | None:
    """Words of a format, ``a, b or c``; each may have its Chinese behind it, ``a (甲)``."""
    if not _LIST.fullmatch(text) or not re.search(",| or | and ", text):
        return _names(text) if re.fullmatch(_WORD, text) else None
    return re.sub(" (or|and) ", lambda between: {"or": "或", "and": "和"}[between[1]], _names(text))


def _names(text: str) -> str:
    return re.sub(r" \(([^()]*)\)", r"（\1）", re.sub('"([^"]*)"', r"“\1”", text.replace(", ", "、")))


def _field(text: str) -> str | None:
    """A column or field by its name."""
    if not re.fullmatch("[a-z_]+", text):
        return None
    return f"{_COLUMNS[text]}（{text}）" if text in _COLUMNS else text


def _reason(text: str) -> str | None:
    """Why there is no answer, by its word or as people read it."""
    return next((reason.label("zh") for reason in _core.Reason if text in (reason.name, reason.label())), None)


def _state(text: str) -> str | None:
    """A state by its name or as people read it, as the methods that come with attain call it, or the reason for having none; else the name."""
    if text in _USUAL_STATES:
        return _reports.TEXTS[text][1]
    return _states_of_methods().get(text) or _reason(text) or (text if re.fullmatch(r"\S+", text) else None)


def _called(method: _core.MethodSpec) -> list[tuple[str, str, str]]:
    """Of each state of a method its name, and what it is called in English and in Chinese; grades keep their letters."""
    english, chinese = method.labels(), method.labels(language="zh")
    grades = {state for state in english if state[0].isupper()}
    return [
        (
            state,
            f"{state} – {english[state]}" if state in grades and english[state] != state else english[state],
            f"{chinese[state]}（{state}）" if state in grades and chinese[state] != state else chinese[state],
        )
        for state in english
    ]


def _labels_of(method: _core.MethodSpec) -> dict[str, str]:
    """What the states of a method are called, in English and in Chinese."""
    return {english: chinese for _, english, chinese in _called(method)}


@functools.cache
def _labels_by_name() -> dict[str, dict[str, str]]:
    """The same of each state of all methods that come with attain, by its name."""
    labels: dict[str, dict[str, str]] = {}
    for method in _core.built_in_methods():
        for state, english, chinese in _called(method):
            labels.setdefault(state, {})[english] = chinese
    return labels


@functools.cache
def _states_of_methods() -> dict[str, str]:
    """The Chinese of the states of all methods that come with attain, but of those that they call differently."""
    called = [item for method in _core.built_in_methods() for item in _called(method)]
    pairs = [(english, chinese) for _, english, chinese in called] + [(name, chinese) for name, _, chinese in called]
    usual = {english: chinese for _, english, chinese in _called(_core.find_method("time_proportional"))}
    return {text: said for text, said in pairs if all(said == other for also, other in pairs if also == text)} | usual


def _system(text: str) -> str | None:
    return _SAYINGS.chinese("of_system", text) or text


def _parser(text: str) -> str | None:
    return _SAYINGS.chinese("of_parser", text) or text


KINDS: dict[str, tuple[Pair, ...]] = {
    "around": _errors.AROUND,
    "error": (*_errors.ERRORS, *_errors_of_files.ERRORS),
    "expected": _expected.EXPECTED,
    "noun": _nouns.NOUNS,
    "where": _nouns.WHERES,
    "entry": _nouns.ENTRIES,
    "about": _nouns.ABOUTS,
    "of_parser": _nouns.PARSERS,
    "token": (*_nouns.TOKENS, ("{text}", "{text}")),
    "of_system": _nouns.SYSTEM,
    "source": _methods.SOURCES,
    "caveat": _methods.CAVEATS,
    "subject": _steps.SUBJECTS,
    **{f"step {kind}": pairs for kind, pairs in _steps.STEPS.items()},
    "value": _steps.VALUES,
    "status": _steps.STATUSES,
    "rule": _steps.RULES,
    "fate": _steps.FATES,
    "compare": _steps.COMPARES,
    "course": _steps.COURSES,
    "how": _steps.HOWS,
    "outcome": _steps.OUTCOMES,
    "fact": _steps.FACTS,
    "quantity": _steps.QUANTITIES,
    "way": _steps.WAYS,
    "measured": tuple((f"{english} {{value:value}}", f"{chinese}为{{value}}") for english, chinese in _steps.QUANTITIES),
}
"""The templates of each kind of text."""

_SAYINGS = Sayings(
    KINDS,
    {
        "message": _message,
        "list": _list,
        "names": _names,
        "field": _field,
        "reason": _reason,
        "state": _state,
        "system": _system,
        "parser": _parser,
        "word": lambda text: text if re.fullmatch(r"\S+", text) else None,
        "number": lambda text: text if re.fullmatch(r"[-−+]?[\d.,]+(?:e[-+]?\d+)?", text) else None,
        "date": lambda text: text if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None,
    },
)
