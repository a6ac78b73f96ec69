"""How far the reports can be trusted, and what a person should look at: findings of targets, of the reports, and of the programme."""

from __future__ import annotations

from typing import Any

import attain
from attain import _core
from attain._report.content import FoundHere, Score
from attain._report.format import Format

_SEVERITIES = ("error", "warning", "note")


_MEASURES = ("completeness", "data_completeness", "timeliness", "internal_consistency")


def scores_of(report: _core.QualityReport, write: Format) -> list[Score]:
    """How complete, timely and consistent the reports are, of the whole."""
    rows = {row["measure"]: row for row in report.scores.rows() if row["indicator"] is None}
    found = [(name, rows[name]) for name in _MEASURES if name in rows]
    return [Score(write.words(f"quality_{name}"), row["share"], row["count"], row["of"]) for name, row in found]


def findings_of(
    now: _core.Evaluation, quality: _core.QualityReport, of_targets: list[tuple[str, _core.Finding]], write: Format
) -> list[FoundHere]:
    """All findings once, the gravest first."""
    assert isinstance(now.plan, _core.Programme)
    found = [(finding.where, finding) for finding in [*attain.check(now.plan, now.book), *now.plan.warnings]] + of_targets
    once = {(str(finding.code), where, finding.message): _finding(where, finding, write) for where, finding in found}
    rows = quality.findings.rows()
    asked = [_question(row, write) for row in rows if row["check"] != "cannot_detect"]
    return sorted([*once.values(), *asked, *_too_short(rows, write)], key=lambda one: _SEVERITIES.index(one.severity))


def _too_short(rows: list[dict[str, Any]], write: Format) -> list[FoundHere]:
    """The series that a test of outliers cannot judge, in one line: one for each test would hide what there is to look at."""
    series = list(dict.fromkeys(row["indicator"] for row in rows if row["check"] == "cannot_detect"))
    return [FoundHere("note", write.words("outliers_untold"), ", ".join(series), "")] if series else []


def _question(row: dict[str, Any], write: Format) -> FoundHere:
    """A finding of data quality, which has its sentence in both languages."""
    sentence = row["sentence_chinese" if write.words.language == "zh" else "sentence"]
    where = [row[name] for name in ("target", "indicator", "place") if row[name]]
    return FoundHere(row["severity"], sentence, " · ".join(where), "")


def _finding(where: str, of: _core.Finding, write: Format) -> FoundHere:
    words = write.words
    message = of.message if words.language == "en" else ""
    return FoundHere(str(of.severity), words(f"code_{of.code}"), where, message)
