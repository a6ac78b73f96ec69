"""How results look: text for terminals, HTML for notebooks. Nothing user-written reaches HTML unescaped.

Texts are in English where no language is asked for: a notebook asks for none, :func:`show` does for it.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from attain import _text

if TYPE_CHECKING:
    from attain._core import (
        Change,
        Column,
        Comparison,
        Evaluation,
        Ledger,
        Programme,
        ProjectResult,
        QualityReport,
        Reason,
        Table,
        TargetResult,
    )
    from attain.catalogue import Words

_T = TypeVar("_T")

_LIMIT = 20
"""Rows that a notebook or a prompt shows."""

_HEADINGS = ("item", "target", "reading", "goal", "unit", "attainment", "expected", "gap", "reports_to", "status")
_RIGHT = (False, False, True, True, False, True, True, True, False, False)
_REPORTS_TO = _HEADINGS.index("reports_to")
_AIM_SIGNS = {"at_least": "≥ ", "at_most": "≤ ", "about": "≈ "}


def _words(language: str) -> Words:
    from attain.catalogue import Words  # when something is shown, not when attain is imported

    return Words(language)


def _headings(words: Words, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Headings of a table, in small letters."""
    return tuple(words(key).lower() for key in keys)


# -- one evaluation --------------------------------------------------------------------------------


class _Line(NamedTuple):
    """A line of the table of an evaluation."""

    depth: int
    is_target: bool
    cells: tuple[str, ...]


def text_table(
    now: Evaluation,
    *,
    place: str | None = None,
    limit: int | None = None,
    name_width: int = 44,
    width: int | None = None,
    language: str = "en",
) -> str:
    """The results of an evaluation as a text table: programme, projects and targets; what was never reported at the end, by reason.

    Attainment and expected are in percent, the gap in percentage points. ``≥`` before a reading says that something is missing from
    it: it is a lower bound. Where the reports of a target end before the as-of day, a column has the day that they go to, for which its
    expected share and gap stand (rule P1). Chinese text is aligned.

    Parameters
    ----------
    place
        The results at this place; otherwise of the whole.
    limit
        At most so many lines of results.
    name_width
        Columns of the names, which are cut.
    width
        Columns of a terminal: names are cut further until lines fit, and where that is not enough each line becomes two.
    language
        "en" or "zh"; what the programme says stays as it is.
    """
    words = _words(language)
    shown, silent, left_out = _lines(now, place, limit, words)
    headings, right, shown = _without_empty(shown)
    rows: list[tuple[str, ...]] = [_headings(words, headings)]
    for line in shown:
        item, name, *rest = line.cells
        indent = "  " * line.depth
        rows.append((indent + item, _text.cut(name, name_width), *rest))
    head, *body = _text.fitted(rows, right=right, limit=width, flexible=1)
    lines = [*head, "", *_flat(body)]
    lines[len(head)] = "─" * max(_text.width(line) for line in lines)
    if left_out:
        lines.append("…")
    for reason, items in silent.items():
        lines += ["", *_text.folded(_silent(reason, items, words), width)]
        lines += _text.wrapped([_text.cut(item, name_width) for item in items], indent="  ", limit=min(120, width or 120), separator=words("between_names"))
    heads = [_title(now, place, words), _counts(now, place, words)]
    heads += [words("reports_end")] if "reports_to" in headings else []
    told = [line for text in heads for line in _text.folded(text, width)]
    return "\n".join([*told, "", *lines])


def unreported_text(now: Evaluation, *, place: str | None = None, width: int | None = None, language: str = "en") -> str:
    """What was not reported by the as-of day, in lines: what is overdue, and what is not due yet. Nothing if nothing is missing."""
    from attain._unreported import frequencies, told, unreported

    missing = unreported(now)
    if not missing:
        return ""
    words, inside = _words(language), None if place is None else _places_within(now, place)
    missing = [one for one in missing if inside is None or one.place in inside]
    lines = told(missing, frequencies(now.plan), words, root=_roots(now, None)[0].place)
    return "\n".join(line for text in lines for line in _text.folded(text, width))


def _places_within(now: Evaluation, place: str) -> set[str]:
    """A place and all below it."""
    inside = {place}
    for programme in getattr(now.plan, "programmes", None) or [now.plan]:
        for one in programme.to_dict().get("places", []):  # parents come before children
            if one.get("within") in inside:
                inside.add(one["id"])
    return inside


def _without_empty(lines: list[_Line]) -> tuple[tuple[str, ...], tuple[bool, ...], list[_Line]]:
    """Headings, their sides and lines, without the days that reports go to where they go to the as-of day everywhere."""
    if any(line.cells[_REPORTS_TO] for line in lines):
        return _HEADINGS, _RIGHT, lines
    without = [line._replace(cells=_cut_out(line.cells)) for line in lines]
    return _cut_out(_HEADINGS), _cut_out(_RIGHT), without


def _cut_out(cells: tuple[_T, ...]) -> tuple[_T, ...]:
    return (*cells[:_REPORTS_TO], *cells[_REPORTS_TO + 1 :])


def _flat(rows: list[list[str]]) -> list[str]:
    return [line for row in rows for line in row]


def _silent(reason: Reason, items: list[str], words: Words) -> str:
    named, sentence = words(f"reason_{reason}"), reason.sentence(words.language)
    return words("table_silent", reason=named, count=len(items), sentence=sentence)


def _counts(now: Evaluation, place: str | None, words: Words) -> str:
    """How many targets there are of each status."""
    statuses = Counter(now.target_table(place=place, columns=["status"])["status"])
    silent = statuses.pop(None, 0)
    labels = now.method.labels(language="zh") if words.language == "zh" else {}
    parts = [
        words("table_count", count=count, what=labels.get(status, status.replace("_", " "))) for status, count in statuses.items()
    ]
    parts.append(words("table_without_status", count=silent))
    return words("table_targets", count=silent + statuses.total(), parts=_listed(parts, words))


def _listed(parts: list[str], words: Words) -> str:
    return words("between_parts").join(parts)


def _title(now: Evaluation, place: str | None, words: Words) -> str:
    name = " + ".join(root.name or root.id for root in _roots(now, None))
    known = "" if now.known_at is None else words("table_known_at", day=now.known_at)
    where = "" if place is None else words("table_at_place", place=place)
    return words("table_as_of", name=name, day=now.as_of) + known + where


def _roots(now: Evaluation, place: str | None) -> list[ProjectResult]:
    programmes = getattr(now.plan, "programmes", None) or [now.plan]
    return [now.project(programme.id, place) for programme in programmes]


def _lines(
    now: Evaluation, place: str | None, limit: int | None, words: Words
) -> tuple[list[_Line], dict[Reason, list[str]], bool]:
    """The lines with something to say, the targets without by reason, and whether the limit left something out."""
    silent: dict[Reason, list[str]] = {}
    every = (line for root in _roots(now, place) for line in _of_project(root, 0, now, silent, words))
    shown = list(every if limit is None else islice(every, limit))
    left_out = limit is not None and next(every, None) is not None
    return shown, silent, left_out


def _of_project(
    project: ProjectResult, depth: int, now: Evaluation, silent: dict[Reason, list[str]], words: Words
) -> Iterator[_Line]:
    """The line of a project and those below it. One in which nothing was ever reported has its reason for a status."""
    yield _Line(depth, False, _project_cells(project, now, words))
    yield from _below(project, depth, now, silent, words)


def _below(project: ProjectResult, depth: int, now: Evaluation, silent: dict[Reason, list[str]], words: Words) -> Iterator[_Line]:
    for target in project.targets:
        if target.reading is None and target.status is None:
            reason = target.reason_of("reading") if target.aim is None else target.reason
            if reason is not None:
                silent.setdefault(reason, []).append(f"{target.id} {target.name or target.text}".rstrip())
        else:
            yield _Line(depth + 1, True, _target_cells(target, now, words))
    for child in project.projects:
        yield from _of_project(child, depth + 1, now, silent, words)


def _project_cells(project: ProjectResult, now: Evaluation, words: Words) -> tuple[str, ...]:
    cells = ("", "", "", _text.percent(project.attainment), _text.percent(project.expected), _text.points(project.gap))
    days = {target.data_day for target in _targets(project) if target.status is not None}
    return (project.id, project.name, *cells, _reports_to(days, now), _project_status(project, words))


def _targets(project: ProjectResult) -> Iterator[TargetResult]:
    """The targets in a project and in those below it."""
    open_ = [project]
    while open_:
        one = open_.pop()
        yield from one.targets
        open_ += reversed(one.projects)


def _reports_to(days: set[datetime.date | None], now: Evaluation) -> str:
    """The one day that reports go to, if that is before the as-of day."""
    day = next(iter(days)) if len(days) == 1 else None
    return str(day) if day is not None and day < now.as_of else ""


def _target_cells(target: TargetResult, now: Evaluation, words: Words) -> tuple[str, ...]:
    return (
        target.id,
        target.name or target.text,
        _reading(target),
        _goal(target),
        _unit(target, words),
        _text.percent(target.attainment),
        _text.percent(target.expected),
        _text.points(target.gap),
        _reports_to({target.data_day}, now),
        words("reading_only").lower() if target.aim is None else _status(target, words),
    )


def _status(result: ProjectResult | TargetResult, words: Words) -> str:
    if result.status is None:
        return f"– {words(f'reason_{result.reason}')}"
    return result.status_label(language="zh") if words.language == "zh" else result.status.replace("_", " ")


def _project_status(project: ProjectResult, words: Words) -> str:
    status = _status(project, words)
    if project.reason == "incomplete" and project.coverage == 0:
        reasons = {target.reason for target in _targets(project) if target.reason is not None}
        return f"– {words(f'reason_{reasons.pop()}')}" if len(reasons) == 1 else status
    if project.reason == "incomplete":
        return words("table_answered", status=status, share=_text.percent(project.coverage))
    return status


def _amount(value: float, unit: str) -> str:
    return _text.percent(value) if unit == "share" else _text.number(value)


def _unit(target: TargetResult, words: Words) -> str:
    if target.is_recurring:
        return words("table_periods", period=target.unit)
    return "" if target.unit == "share" else target.unit


def _reading(target: TargetResult) -> str:
    if target.reading is None:
        return ""
    return ("≥ " if target.is_lower_bound else "") + _amount(target.reading, target.unit)


def _goal(target: TargetResult) -> str:
    if target.goal is None:
        return ""
    goal = _amount(target.goal, target.unit)
    if target.is_recurring or target.aim is None:
        return goal
    if target.aim == "about":
        return "≈ " + goal
    if target.upper_goal is not None:
        return f"{goal} – {_amount(target.upper_goal, target.unit)}"
    return _AIM_SIGNS.get(target.aim, "") + goal


def evaluation_text(now: Evaluation) -> str:
    return text_table(now, limit=_LIMIT)


def evaluation_html(now: Evaluation, language: str = "en") -> str:
    from html import escape

    words = _words(language)
    shown, silent, left_out = _lines(now, None, _LIMIT, words)
    headings, sides, shown = _without_empty(shown)
    rows = []
    for line in shown:
        item, *rest = line.cells
        weight = "normal" if line.is_target else "bold"
        cells = [_cell(item, right=False, style=f"padding-left:{0.5 + line.depth}em")]
        cells += [_cell(text, right=right) for text, right in zip(rest, sides[1:], strict=True)]
        rows.append(f'<tr style="font-weight:{weight}">{"".join(cells)}</tr>')
    if left_out:
        rows.append(f'<tr><td colspan="{len(headings)}">…</td></tr>')
    notes = [f"<p>{escape(_silent(reason, items, words))}</p>" for reason, items in silent.items()]
    return _table_html(_title(now, None, words), list(_headings(words, headings)), sides, rows) + "".join(notes)


def _cell(text: str, *, right: bool, style: str = "") -> str:
    from html import escape

    align = f"text-align:{'right' if right else 'left'};{style}"
    return f'<td style="{align}">{escape(text)}</td>'


def _table_html(title: str, headings: list[str], right: tuple[bool, ...], rows: list[str]) -> str:
    from html import escape

    head = "".join(
        f'<th scope="col" style="text-align:{"right" if r else "left"}">{escape(text)}</th>'
        for text, r in zip(headings, right, strict=True)
    )
    caption = f"<caption>{escape(title)}</caption>" if title else ""
    return f"<table>{caption}{f'<thead><tr>{head}</tr></thead>' if head else ''}<tbody>{''.join(rows)}</tbody></table>"


# -- single results --------------------------------------------------------------------------------


def result_text(result: TargetResult | ProjectResult) -> str:
    kind = type(result).__name__
    parts = []
    for name in ("reading", "attainment", "expected"):
        value = getattr(result, name, None)
        if value is not None:
            parts.append(f"{name} {value:.6g}")
    parts.append(result.status if result.status is not None else f"no status ({result.reason})")
    return f"<attain.{kind} {result.id} at {result.place}: {', '.join(parts)}>"


def result_html(result: TargetResult | ProjectResult, language: str = "en") -> str:
    """The answers of one result, each with its reason where there is none, and how they came about behind a fold."""
    from html import escape

    words = _words(language)
    amounts = {"reading": _reading, "goal": _goal} if hasattr(result, "reading") else {}
    points = words("points", points=_text.points(result.gap))
    lines = [("status", _status(result, words))]
    lines += [(name, shown(result) or _none(result, name, words)) for name, shown in amounts.items()]  # type: ignore[arg-type]
    lines += [(name, _text.percent(getattr(result, name)) or _none(result, name, words)) for name in ("attainment", "expected")]
    lines += [("gap", points if result.gap is not None else _none(result, "gap", words))]
    lines += [("coverage", _text.percent(result.coverage))]
    unit = getattr(result, "unit", "")
    title = f"{result.id} {result.name}".rstrip() + words("table_at_place", place=result.place)
    title += words("table_in_unit", unit=unit) if unit and unit != "share" else ""
    why = f"<details><summary>{escape(words('why').lower())}</summary><pre>{escape(result.explain().text)}</pre></details>"
    return _table_html(title, [], (), _facts(lines, words)) + why


def _facts(lines: list[tuple[str, str]], words: Words) -> list[str]:
    """Rows of a name and what it is."""
    return [f"<tr>{_heading(words(key).lower())}{_cell(text, right=False)}</tr>" for key, text in lines]


def _none(result: TargetResult | ProjectResult, name: str, words: Words) -> str:
    reason = result.reason_of(name)
    return f"– {words(f'reason_{reason}')}" if reason is not None else "–"


def _heading(name: str) -> str:
    from html import escape

    return f'<th scope="row" style="text-align:left">{escape(name)}</th>'


# -- what is asked and what was reported -----------------------------------------------------------


def programme_html(plan: Programme, language: str = "en") -> str:
    """A programme in a few lines."""
    words = _words(language)
    window = words("window_each") if plan.window is None else words("window_days", start=plan.window[0], due=plan.window[1])
    lines = [
        ("window", window),
        ("projects_count", str(len(plan.project_ids))),
        ("targets_count", str(len(plan.target_ids))),
        ("indicators_count", str(len(plan.indicator_ids))),
        ("places_count", str(len(plan.place_ids))),
        ("method", plan.method),
        ("warnings_count", str(len(plan.warnings))),
    ]
    return _table_html(f"{plan.id}: {plan.name}" if plan.name else plan.id, [], (), _facts(lines, words))


def ledger_html(book: Ledger, language: str = "en") -> str:
    """How many entries there are, and the first of them."""
    words = _words(language)
    title = words("entries", count=len(book))
    if book.last_recorded is not None:
        title = words("entries_last", entries=title, day=book.last_recorded)
    told = ("indicator", "place", "start", "end", "amount", "missing", "recorded", "source")
    columns = [name for name in told if name in book.table]
    rows, right, note = _head(book.table.select(*columns), words, limit=5)
    body = ["<tr>" + "".join(_cell(text, right=r) for text, r in zip(row, right, strict=True)) + "</tr>" for row in rows]
    return _table_html(title, list(_headings(words, tuple(columns))), right, body) + _note(note)


def _note(text: str) -> str:
    from html import escape

    return f"<p>{escape(text)}</p>"


# -- changes ---------------------------------------------------------------------------------------

_CHANGE_HEADINGS = ("item", "name", "before", "after", "contribution", "cause")
_CHANGE_RIGHT = (False, False, True, True, True, False)
_COMPONENTS = ("performance", "coverage", "rules", "plan")


def _cause(name: str, words: Words) -> str:
    return words("cause_coverage" if name == "coverage" and words.language == "zh" else name).lower()


def _change_lines(change: Change, limit: int | None, words: Words) -> tuple[list[tuple[str, ...]], int]:
    """A line for each part, the largest first, and how many were left out."""
    parts = change.parts.to_dict()
    count = len(parts["contribution"])
    shown = count if limit is None else min(count, limit)
    rounded = _text.adding_up(parts["contribution"], sum(parts["contribution"]) if change.change is None else change.change)
    lines: list[tuple[str, ...]] = []
    for row in range(shown):
        causes = {name: parts[name][row] for name in _COMPONENTS if round(abs(parts[name][row]), 6) > 0}
        named = {_cause(name, words): size for name, size in causes.items()}
        cause = _listed(list(named) if len(named) < 2 else [f"{name} {_text.points(size)}" for name, size in named.items()], words)
        item = parts["target"][row] or parts["project"][row]
        ends = (_text.percent(parts["before"][row]), _text.percent(parts["after"][row]))
        lines.append((item, parts["name"][row] or "", *ends, _text.points(rounded[row]), cause))
    return lines, count - shown


def change_table_text(change: Change, *, limit: int | None = _LIMIT, name_width: int = 44, width: int | None = None, language: str = "en") -> str:
    words = _words(language)
    lines, left_out = _change_lines(change, limit, words)
    text = _text.folded(change.sentence(language), width)
    if lines:
        rows = [_headings(words, _CHANGE_HEADINGS), *((line[0], _text.cut(line[1], name_width), *line[2:]) for line in lines)]
        text += ["", *_flat(_text.fitted(rows, right=_CHANGE_RIGHT, limit=width, flexible=1))]
    if left_out:
        text.append(words("table_more", count=left_out))
    if change.change is not None:
        shown = _text.adding_up([getattr(change, name) for name in _COMPONENTS], change.change)
        totals = [f"{_cause(name, words)} {_text.points(size)}" for name, size in zip(_COMPONENTS, shown, strict=True)]
        text += ["", words("table_total", points=_text.points(change.change), parts=_listed(totals, words))]
    return "\n".join(text)


def change_text(change: Change) -> str:
    return change_table_text(change)


def comparison_html(both: Comparison, language: str = "en") -> str:
    return change_html(both.change(), language)


def change_html(change: Change, language: str = "en") -> str:
    words = _words(language)
    lines, left_out = _change_lines(change, _LIMIT, words)
    rows = [
        "<tr>" + "".join(_cell(text, right=r) for text, r in zip(line, _CHANGE_RIGHT, strict=True)) + "</tr>" for line in lines
    ]
    if left_out:
        rows.append(f'<tr><td colspan="{len(_CHANGE_HEADINGS)}">{words("table_more", count=left_out)}</td></tr>')
    return _table_html(change.sentence(language), list(_headings(words, _CHANGE_HEADINGS)), _CHANGE_RIGHT, rows)


# -- data quality ----------------------------------------------------------------------------------

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
    report: QualityReport, *, language: str = "en", limit: int | None = _LIMIT, width: int | None = None, everything: bool = False
) -> str:
    """The scores of the whole, and the findings, warnings first, as text; what cannot be detected is summed up, but for ``everything``."""
    words = _words(language)
    findings, left_out, summed = _finding_lines(report, words, limit, everything=everything)
    scores = [_headings(words, _SCORE_HEADINGS), *_score_lines(report, words)]
    heads = [text for text in (_quality_title(report, words), _reports_due(report, words)) if text]
    text = [line for head in heads for line in _text.folded(head, width)]
    text += ["", *_flat(_text.fitted(scores, right=_SCORE_RIGHT, limit=width, flexible=0))]
    if findings:
        text += ["", *_text.with_folded_end([_headings(words, _FINDING_HEADINGS), *findings], right=_FINDING_RIGHT, limit=width)]
    if left_out:
        text.append(words("table_more", count=left_out))
    if summed:
        text += ["", *_text.folded(summed, width)]
    return "\n".join(text)


def quality_text(report: QualityReport) -> str:
    return quality_table_text(report)


def quality_html(report: QualityReport, language: str = "en") -> str:
    words = _words(language)
    findings, left_out, summed = _finding_lines(report, words, _LIMIT)
    tables = []
    for title, headings, right, lines in (
        (_quality_title(report, words), _SCORE_HEADINGS, _SCORE_RIGHT, _score_lines(report, words)),
        ("", _FINDING_HEADINGS, _FINDING_RIGHT, findings),
    ):
        rows = ["<tr>" + "".join(_cell(text, right=r) for text, r in zip(line, right, strict=True)) + "</tr>" for line in lines]
        tables.append(_table_html(title, list(_headings(words, headings)), right, rows))
    more = words("table_more", count=left_out) if left_out else ""
    return "".join([*tables, *(_note(note) for note in (_reports_due(report, words), more, summed) if note)])


# -- tables ----------------------------------------------------------------------------------------


def _value_text(value: object) -> str:
    if value is None:
        return "–"
    return _text.number(value) if isinstance(value, float) else str(value)


def _head(table: Table, words: Words, limit: int = _LIMIT) -> tuple[list[list[str]], tuple[bool, ...], str]:
    """The first rows as text, which columns stand right, and what is left out."""
    head = table.head(limit)
    cells = [[_text.cut(_value_text(value), 32) for value in head[name].to_list()] for name in table.columns]
    right = tuple(table[name].kind in ("number", "count") for name in table.columns)
    rows, columns = table.shape
    note = words("table_rows", rows=rows, columns=columns)
    if rows > limit:
        note = words("table_first", note=note, count=limit)
    return [list(row) for row in zip(*cells, strict=True)], right, note


def table_text(table: Table) -> str:
    rows, right, note = _head(table, _words("en"))
    lines = _text.columns([table.columns, *rows], right=right) if table.columns else []
    return "\n".join([*lines, f"[{note}]"])


def table_html(table: Table, language: str = "en") -> str:
    rows, right, note = _head(table, _words(language))
    body = [
        "<tr>" + "".join(_cell(text, right=r) for text, r in zip(row, right, strict=True)) + "</tr>" for row in rows
    ]
    return _table_html("", table.columns, right, body) + _note(note)


def column_text(column: Column) -> str:
    shown = [_value_text(value) for value in islice(column, _LIMIT)]
    more = ", …" if len(column) > _LIMIT else ""
    return f"<attain.Column {column.name}, {len(column)} of kind {column.kind}: {', '.join(shown)}{more}>"


# -- in a language ---------------------------------------------------------------------------------

_HTML: dict[str, Callable[[Any, str], str]] = {
    "Change": change_html,
    "Comparison": comparison_html,
    "Evaluation": evaluation_html,
    "Ledger": ledger_html,
    "Programme": programme_html,
    "ProjectResult": result_html,
    "QualityReport": quality_html,
    "Table": table_html,
    "TargetResult": result_html,
}


class Shown:
    """Something as a notebook shows it, in a language; made by :func:`attain.show`."""

    def __init__(self, thing: object, language: str) -> None:
        self._html = _HTML[type(thing).__name__](thing, language)

    def _repr_html_(self) -> str:
        return self._html


def show(
    thing: Evaluation | TargetResult | ProjectResult | Change | Comparison | QualityReport | Programme | Ledger | Table,
    *,
    language: str,
) -> Shown:
    """What a notebook shows of a thing, in this language: ``attain.show(now, language="zh")`` at the end of a cell.

    What the programme and the reports say stays as it is, and so do the columns of a :class:`Table`, which are names.

    Raises
    ------
    InvalidOption
        The language is neither "en" nor "zh".
    TypeError
        A notebook has no table for it.
    """
    if type(thing).__name__ not in _HTML or not type(thing).__module__.startswith("attain"):
        raise TypeError(f"there is no table for {type(thing).__name__}; there are those of {', '.join(_HTML)}")
    return Shown(thing, language)
