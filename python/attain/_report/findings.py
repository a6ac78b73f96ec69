"""How far the reports can be trusted, and what a person should look at: findings of targets, of the reports, and of the programme."""

from __future__ import annotations

from typing import Any

import attain
from attain import _core
from attain._report.content import FoundHere, Score
from attain._report.format import Format
from attain._report.outline import Outline
from attain._unreported import spanned
from attain.catalogue import Words

_SEVERITIES = ("error", "warning", "note")
_WHOLE = {"straddles_window", "equal_recorded_differs", "partial_overlap", "running_total_falls"}
"""Codes whose message says all that there is to say."""

_MEASURES = ("completeness", "data_completeness", "timeliness", "internal_consistency")


def scores_of(report: _core.QualityReport, write: Format) -> list[Score]:
    """How complete, timely and consistent the reports are, of the whole."""
    rows = {row["measure"]: row for row in report.scores.rows() if row["indicator"] is None}
    found = [(name, rows[name]) for name in _MEASURES if name in rows]
    return [Score(write.words(f"quality_{name}"), row["share"], row["count"], row["of"]) for name, row in found]


def findings_of(
    now: _core.Evaluation, quality: _core.QualityReport, of_targets: list[tuple[str, _core.Finding]], outline: Outline, write: Format
) -> list[FoundHere]:
    """All findings once, the gravest first."""
    assert isinstance(now.plan, _core.Programme)
    unread = _core.unread(now.plan, now.book)
    found = [(" · ".join(part for part in (finding.where, finding.text) if part), finding) for finding in unread]
    found += [(_named(finding.where, outline.spec, write.words), finding) for finding in now.plan.warnings]
    found += of_targets
    once = {(str(finding.code), where, finding.message): _finding(where, finding, write) for where, finding in found}
    rows = quality.findings.rows()
    asked = [_question(row, outline, write) for row in rows if row["check"] != "cannot_detect"]
    return sorted([*once.values(), *asked, *_too_short(rows, outline, write)], key=lambda one: _SEVERITIES.index(one.severity))


def _too_short(rows: list[dict[str, Any]], outline: Outline, write: Format) -> list[FoundHere]:
    """The series that a test of outliers cannot judge, in one line: one for each test would hide what there is to look at."""
    series = list(dict.fromkeys(_indicator(row["indicator"], outline) for row in rows if row["check"] == "cannot_detect"))
    return [FoundHere("note", write.words("outliers_untold"), "", write.words("between_names").join(series))] if series else []


def _indicator(id: str, outline: Outline) -> str:
    return str(outline.indicators.get(id, {}).get("name") or id)


def _question(row: dict[str, Any], outline: Outline, write: Format) -> FoundHere:
    """A finding of data quality, which has its sentence in both languages."""
    sentence = row["sentence_chinese" if write.words.language == "zh" else "sentence"]
    when = spanned(row["start"], row["end"], outline.indicators.get(row["indicator"], {}).get("period"), write.words)
    where = [row["target"], _indicator(row["indicator"] or "", outline), outline.place_names.get(row["place"], row["place"]), when]
    return FoundHere(row["severity"], sentence, " · ".join(part for part in where if part), "")


def _finding(where: str, of: _core.Finding, write: Format) -> FoundHere:
    message = write.words.message(of)
    if of.code in _WHOLE and message:
        return FoundHere(str(of.severity), message[0].upper() + message[1:], where, "")
    return FoundHere(str(of.severity), write.words(f"code_{of.code}"), where, message)


_KINDS = {"projects": "project", "targets": "target", "indicators": "indicator", "places": "place"}


def _named(pointer: str, spec: Any, words: Words) -> str:
    """Where in a programme a JSON pointer leads, by the innermost project, target, indicator or place: "Project 19 Trade"."""
    here, named, kind = spec, "", ""
    for step in pointer.split("/")[1:]:
        if isinstance(here, list):
            here = here[int(step)] if step.isdecimal() and int(step) < len(here) else {}
            if kind and isinstance(here, dict) and "id" in here:
                named = " ".join(part for part in (words(kind), here["id"], here.get("name", "")) if part)
        else:
            kind = _KINDS.get(step, "")
            here = here.get(step.replace("~1", "/").replace("~0", "~"), {}) if isinstance(here, dict) else {}
    return named or pointer
