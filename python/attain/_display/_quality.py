"""How complete, timely and free of contradictions reports are, and what to look at."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from attain import _text
from attain._display._parts import LIMIT, flat, headings_of, note_of, row_of, table_of, words_of

if TYPE_CHECKING:
    from attain._core import QualityReport
    from attain.catalogue import Words

_SCORE_HEADINGS = ("measure", "variant", "share", "count", "of", "not_calculable", "divergent")
_SCORE_RIGHT = (False, False, True, True, True, True, True)
_FINDING_HEADINGS = ("severity", "check", "indicator", "place", "period_short", "finding_short")
_FINDING_RIGHT = (False,) * len(_FINDING_HEADINGS)


def _quality_title(report: QualityReport, words: Words) -> str:
    severities = Counter(report.findings["severity"])
    known = "" if report.known_at is None else words("table_known_at", day=report.known_at)
    return words("quality_title", day=report.as_of, known=known, warnings=severities["warning"], notes=severities["note"])


def _reports_due(report: QualityReport, words: Words) -> str:
    from attain._unreported import reports_due

    return reports_due(report.days_to_report, words)


def _score_lines(report: QualityReport, words: Words) -> list[tuple[str, ...]]:
    lines = []
    for row in report.scores.rows():
        if row["indicator"] is not None:
            continue
        variant = row["variant"] or ""
        if row["measure"] == "outliers":
            variant += f" > {_text.number(row['threshold'])}"
        share = "–" if row["share"] is None else _text.percent(row["share"])
        counts = (str(row[name]) for name in ("count", "of", "not_calculable", "divergent"))
        lines.append((words(f"measure_{row['measure']}"), variant, share, *counts))
    return lines


def _finding_lines(
    report: QualityReport, words: Words, limit: int | None, *, everything: bool = False
) -> tuple[list[tuple[str, ...]], int, str]:
    """Warnings before notes, how many were left out, and what is summed up of tests that cannot detect anything; nothing with ``everything``."""
    sentence = "sentence_chinese" if words.language == "zh" else "sentence"
    rows = sorted(report.findings.rows(), key=lambda row: row["severity"] != "warning")
    silent = [] if everything else [row for row in rows if row["check"] == "cannot_detect"]
    summed = words("table_cannot_detect", count=len(silent), indicators=len({row["indicator"] for row in silent})) if silent else ""
    rows = [row for row in rows if not silent or row["check"] != "cannot_detect"]
    shown = rows if limit is None else rows[:limit]
    lines: list[tuple[str, ...]] = []
    for row in shown:
        period = f"{row['start']} – {row['end']}"
        severity, check = words(f"severity_{row['severity']}"), words(f"check_{row['check']}")
        lines.append((severity, check, row["indicator"] or "", row["place"] or "", period, row[sentence]))
    return lines, len(rows) - len(shown), summed


def quality_table_text(
    report: QualityReport, *, language: str = "en", limit: int | None = LIMIT, width: int | None = None, everything: bool = False
) -> str:
    """The scores of the whole, and the findings, warnings first, as text; what cannot be detected is summed up, but for ``everything``."""
    words = words_of(language)
    findings, left_out, summed = _finding_lines(report, words, limit, everything=everything)
    scores = [headings_of(words, _SCORE_HEADINGS), *_score_lines(report, words)]
    heads = [text for text in (_quality_title(report, words), _reports_due(report, words)) if text]
    text = [line for head in heads for line in _text.folded(head, width)]
    text += ["", *flat(_text.fitted(scores, right=_SCORE_RIGHT, limit=width, flexible=0))]
    if findings:
        text += ["", *_text.with_folded_end([headings_of(words, _FINDING_HEADINGS), *findings], right=_FINDING_RIGHT, limit=width)]
    if left_out:
        text.append(words("table_more", count=left_out))
    if summed:
        text += ["", *_text.folded(summed, width)]
    return "\n".join(text)


def quality_text(report: QualityReport) -> str:
    return quality_table_text(report)


def quality_html(report: QualityReport, language: str = "en") -> str:
    words = words_of(language)
    findings, left_out, summed = _finding_lines(report, words, LIMIT)
    tables = []
    for title, headings, right, lines in (
        (_quality_title(report, words), _SCORE_HEADINGS, _SCORE_RIGHT, _score_lines(report, words)),
        ("", _FINDING_HEADINGS, _FINDING_RIGHT, findings),
    ):
        rows = [row_of(line, right) for line in lines]
        tables.append(table_of(title, list(headings_of(words, headings)), right, rows))
    more = words("table_more", count=left_out) if left_out else ""
    return "".join([*tables, *(note_of(note) for note in (_reports_due(report, words), more, summed) if note)])
