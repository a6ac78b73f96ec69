"""How results look: text for terminals, HTML for notebooks. Nothing user-written reaches HTML unescaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from attain import _text

if TYPE_CHECKING:
    from attain._core import (
        Change,
        Column,
        Evaluation,
        Ledger,
        Programme,
        ProjectResult,
        QualityReport,
        Reason,
        Table,
        TargetResult,
    )

_LIMIT = 20
"""Rows that a notebook or a prompt shows."""

_HEADINGS = ("item", "target", "reading", "goal", "unit", "attainment", "expected", "gap", "status")
_RIGHT = (False, False, True, True, False, True, True, True, False)
_AIM_SIGNS = {"at_least": "≥ ", "at_most": "≤ ", "about": "≈ "}


# -- one evaluation --------------------------------------------------------------------------------


class _Line(NamedTuple):
    """A line of the table of an evaluation."""

    depth: int
    is_target: bool
    cells: tuple[str, ...]


def text_table(now: Evaluation, *, place: str | None = None, limit: int | None = None, name_width: int = 44) -> str:
    """The results of an evaluation as a text table: programme, projects and targets; what was never reported at the end, by reason.

    Attainment and expected are in percent, the gap in percentage points. ``≥`` before a reading says that something is missing from
    it: it is a lower bound. Chinese text is aligned.

    Parameters
    ----------
    place
        The results at this place; otherwise of the whole.
    limit
        At most so many lines of results.
    name_width
        Columns of the names, which are cut.
    """
    shown, silent, left_out = _lines(now, place, limit)
    rows: list[tuple[str, ...]] = [_HEADINGS]
    for line in shown:
        item, name, *rest = line.cells
        indent = "  " * line.depth
        rows.append((indent + item, _text.cut(name, name_width), *rest))
    lines = _text.columns(rows, right=_RIGHT)
    lines.insert(1, "─" * max(_text.width(line) for line in lines))
    if left_out:
        lines.append("…")
    for reason, items in silent.items():
        lines += ["", f"No answer: {reason} ({len(items)}). {reason.sentence()}"]
        lines += _text.wrapped([_text.cut(item, name_width) for item in items], indent="  ", limit=120)
    return "\n".join([_title(now, place), _counts(now, place), "", *lines])


def _counts(now: Evaluation, place: str | None) -> str:
    """How many targets there are of each status."""
    statuses = Counter(now.target_table(place=place, columns=["status"])["status"])
    silent = statuses.pop(None, 0)
    parts = [f"{count} {status.replace('_', ' ')}" for status, count in statuses.items()]
    return f"{silent + statuses.total()} targets: {', '.join([*parts, f'{silent} without a status'])}"


def _title(now: Evaluation, place: str | None) -> str:
    name = " + ".join(root.name or root.id for root in _roots(now, None))
    known = "" if now.known_at is None else f", known at {now.known_at}"
    return f"{name}, as of {now.as_of}{known}" + ("" if place is None else f", at {place}")


def _roots(now: Evaluation, place: str | None) -> list[ProjectResult]:
    programmes = getattr(now.plan, "programmes", None) or [now.plan]
    return [now.project(programme.id, place) for programme in programmes]


def _lines(
    now: Evaluation, place: str | None, limit: int | None
) -> tuple[list[_Line], dict[Reason, list[str]], bool]:
    """The lines with something to say, the targets without by reason, and whether the limit left something out."""
    silent: dict[Reason, list[str]] = {}
    every = (line for root in _roots(now, place) for line in _of_project(root, 0, silent))
    shown = list(every if limit is None else islice(every, limit))
    left_out = limit is not None and next(every, None) is not None
    return shown, silent, left_out


def _of_project(project: ProjectResult, depth: int, silent: dict[Reason, list[str]]) -> Iterator[_Line]:
    """The line of a project and those below it; none for one in which nothing was ever reported, unless it is the whole."""
    below = _below(project, depth, silent)
    first = next(below, None)
    if first is None and not project.is_root:
        return
    yield _Line(depth, False, _project_cells(project))
    if first is not None:
        yield first
        yield from below


def _below(project: ProjectResult, depth: int, silent: dict[Reason, list[str]]) -> Iterator[_Line]:
    for target in project.targets:
        if target.reading is None and target.status is None:
            reason = target.reason_of("reading") if target.aim is None else target.reason
            if reason is not None:
                silent.setdefault(reason, []).append(f"{target.id} {target.name or target.text}".rstrip())
        else:
            yield _Line(depth + 1, True, _target_cells(target))
    for child in project.projects:
        yield from _of_project(child, depth + 1, silent)


def _project_cells(project: ProjectResult) -> tuple[str, ...]:
    cells = ("", "", "", _text.percent(project.attainment), _text.percent(project.expected), _text.points(project.gap))
    return (project.id, project.name, *cells, _project_status(project))


def _target_cells(target: TargetResult) -> tuple[str, ...]:
    return (
        target.id,
        target.name or target.text,
        _reading(target),
        _goal(target),
        "" if target.unit == "share" else target.unit,
        _text.percent(target.attainment),
        _text.percent(target.expected),
        _text.points(target.gap),
        "reading only" if target.aim is None else _status(target),
    )


def _status(result: ProjectResult | TargetResult) -> str:
    return result.status.replace("_", " ") if result.status is not None else f"– {result.reason}"


def _project_status(project: ProjectResult) -> str:
    if project.reason == "incomplete":
        return f"{_status(project)}, {_text.percent(project.coverage)} answered"
    return _status(project)


def _amount(value: float, unit: str) -> str:
    return _text.percent(value) if unit == "share" else _text.number(value)


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


def evaluation_html(now: Evaluation) -> str:
    from html import escape

    shown, silent, left_out = _lines(now, None, _LIMIT)
    rows = []
    for line in shown:
        item, *rest = line.cells
        weight = "normal" if line.is_target else "bold"
        cells = [_cell(item, right=False, style=f"padding-left:{0.5 + line.depth}em")]
        cells += [_cell(text, right=right) for text, right in zip(rest, _RIGHT[1:], strict=True)]
        rows.append(f'<tr style="font-weight:{weight}">{"".join(cells)}</tr>')
    if left_out:
        rows.append(f'<tr><td colspan="{len(_HEADINGS)}">…</td></tr>')
    notes = [
        f"<p>No answer: {escape(str(reason))} ({len(items)}). {escape(reason.sentence())}</p>"
        for reason, items in silent.items()
    ]
    return _table_html(_title(now, None), list(_HEADINGS), _RIGHT, rows) + "".join(notes)


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


def result_html(result: TargetResult | ProjectResult) -> str:
    """The answers of one result, each with its reason where there is none, and how they came about behind a fold."""
    from html import escape

    amounts = {"reading": _reading, "goal": _goal} if hasattr(result, "reading") else {}
    lines = [("status", _status(result))]
    lines += [(name, shown(result) or _none(result, name)) for name, shown in amounts.items()]  # type: ignore[arg-type]
    lines += [(name, _text.percent(getattr(result, name)) or _none(result, name)) for name in ("attainment", "expected")]
    lines += [("gap", f"{_text.points(result.gap)} points" if result.gap is not None else _none(result, "gap"))]
    lines += [("coverage", _text.percent(result.coverage))]
    rows = [f"<tr>{_heading(name)}{_cell(text, right=False)}</tr>" for name, text in lines]
    unit = getattr(result, "unit", "")
    title = f"{result.id} {result.name}".rstrip() + f", at {result.place}" + (f", in {unit}" if unit and unit != "share" else "")
    why = f"<details><summary>why</summary><pre>{escape(result.explain().text)}</pre></details>"
    return _table_html(title, [], (), rows) + why


def _none(result: TargetResult | ProjectResult, name: str) -> str:
    reason = result.reason_of(name)
    return f"– {reason}" if reason is not None else "–"


def _heading(name: str) -> str:
    from html import escape

    return f'<th scope="row" style="text-align:left">{escape(name)}</th>'


# -- what is asked and what was reported -----------------------------------------------------------


def programme_html(plan: Programme) -> str:
    """A programme in a few lines."""
    window = "each target its own" if plan.window is None else f"{plan.window[0]} to {plan.window[1]}"
    lines = [
        ("window", window),
        ("projects", str(len(plan.project_ids))),
        ("targets", str(len(plan.target_ids))),
        ("indicators", str(len(plan.indicator_ids))),
        ("places", str(len(plan.place_ids))),
        ("method", plan.method),
        ("warnings", str(len(plan.warnings))),
    ]
    rows = [f"<tr>{_heading(name)}{_cell(text, right=False)}</tr>" for name, text in lines]
    return _table_html(f"{plan.id}: {plan.name}" if plan.name else plan.id, [], (), rows)


def ledger_html(book: Ledger) -> str:
    """How many entries there are, and the first of them."""
    last = "" if book.last_recorded is None else f", the last recorded on {book.last_recorded}"
    told = ("indicator", "place", "start", "end", "amount", "missing", "recorded", "source")
    columns = [name for name in told if name in book.table]
    rows, right, note = _head(book.table.select(*columns), limit=5)
    body = ["<tr>" + "".join(_cell(text, right=r) for text, r in zip(row, right, strict=True)) + "</tr>" for row in rows]
    return _table_html(f"{len(book)} entries{last}", columns, right, body) + _note(note)


def _note(text: str) -> str:
    from html import escape

    return f"<p>{escape(text)}</p>"


# -- changes ---------------------------------------------------------------------------------------

_CHANGE_HEADINGS = ("item", "name", "before", "after", "contribution", "cause")
_CHANGE_RIGHT = (False, False, True, True, True, False)
_COMPONENTS = ("performance", "coverage", "rules", "plan")


def _change_lines(change: Change, limit: int | None) -> tuple[list[tuple[str, ...]], int]:
    """A line for each part, the largest first, and how many were left out."""
    parts = change.parts.to_dict()
    count = len(parts["contribution"])
    shown = count if limit is None else min(count, limit)
    lines: list[tuple[str, ...]] = []
    for row in range(shown):
        causes = {name: parts[name][row] for name in _COMPONENTS if round(abs(parts[name][row]), 6) > 0}
        cause = ", ".join(causes) if len(causes) < 2 else ", ".join(f"{n} {_text.points(v)}" for n, v in causes.items())
        item = parts["target"][row] or parts["project"][row]
        ends = (_text.percent(parts["before"][row]), _text.percent(parts["after"][row]))
        lines.append((item, parts["name"][row] or "", *ends, _text.points(parts["contribution"][row]), cause))
    return lines, count - shown


def change_table_text(change: Change, *, limit: int | None = _LIMIT, name_width: int = 44) -> str:
    lines, left_out = _change_lines(change, limit)
    text = [change.sentence()]
    if lines:
        rows = [_CHANGE_HEADINGS, *((line[0], _text.cut(line[1], name_width), *line[2:]) for line in lines)]
        text += ["", *_text.columns(rows, right=_CHANGE_RIGHT)]
    if left_out:
        text.append(f"… and {left_out} more")
    if change.change is not None:
        totals = ", ".join(f"{name} {_text.points(getattr(change, name))}" for name in _COMPONENTS)
        text += ["", f"{_text.points(change.change)} in all: {totals}"]
    return "\n".join(text)


def change_text(change: Change) -> str:
    return change_table_text(change)


def change_html(change: Change) -> str:
    lines, left_out = _change_lines(change, _LIMIT)
    rows = [
        "<tr>" + "".join(_cell(text, right=r) for text, r in zip(line, _CHANGE_RIGHT, strict=True)) + "</tr>" for line in lines
    ]
    if left_out:
        rows.append(f'<tr><td colspan="{len(_CHANGE_HEADINGS)}">… and {left_out} more</td></tr>')
    return _table_html(change.sentence(), list(_CHANGE_HEADINGS), _CHANGE_RIGHT, rows)


# -- data quality ----------------------------------------------------------------------------------

_SCORE_HEADINGS = ("measure", "variant", "share", "count", "of", "not calculable", "divergent")
_SCORE_RIGHT = (False, False, True, True, True, True, True)
_FINDING_HEADINGS = ("severity", "check", "indicator", "place", "period", "finding")
_FINDING_RIGHT = (False,) * len(_FINDING_HEADINGS)


def _quality_title(report: QualityReport) -> str:
    severities = Counter(report.findings["severity"])
    counts = ", ".join(f"{severities[word]} {word}s" for word in ("warning", "note"))
    known = "" if report.known_at is None else f", known at {report.known_at}"
    return f"Data quality as of {report.as_of}{known}: {counts}"


def _score_lines(report: QualityReport) -> list[tuple[str, ...]]:
    lines = []
    for row in report.scores.rows():
        if row["indicator"] is not None:
            continue
        variant = row["variant"] or ""
        if row["measure"] == "outliers":
            variant += f" > {_text.number(row['threshold'])}"
        share = "–" if row["share"] is None else _text.percent(row["share"])
        counts = (str(row[name]) for name in ("count", "of", "not_calculable", "divergent"))
        lines.append((row["measure"].replace("_", " "), variant, share, *counts))
    return lines


def _finding_lines(report: QualityReport, language: str, limit: int | None) -> tuple[list[tuple[str, ...]], int]:
    """Warnings before notes, and how many were left out."""
    sentence = "sentence_chinese" if language == "zh" else "sentence"
    rows = sorted(report.findings.rows(), key=lambda row: row["severity"] != "warning")
    shown = rows if limit is None else rows[:limit]
    lines: list[tuple[str, ...]] = []
    for row in shown:
        period = f"{row['start']} – {row['end']}"
        lines.append((row["severity"], row["check"].replace("_", " "), row["indicator"] or "", row["place"] or "", period, row[sentence]))
    return lines, len(rows) - len(shown)


def quality_table_text(report: QualityReport, *, language: str = "en", limit: int | None = _LIMIT) -> str:
    """The scores of the whole, and the findings, warnings first, as text."""
    findings, left_out = _finding_lines(report, language, limit)
    text = [_quality_title(report), "", *_text.columns([_SCORE_HEADINGS, *_score_lines(report)], right=_SCORE_RIGHT)]
    if findings:
        text += ["", *_text.columns([_FINDING_HEADINGS, *findings], right=_FINDING_RIGHT)]
    if left_out:
        text.append(f"… and {left_out} more")
    return "\n".join(text)


def quality_text(report: QualityReport) -> str:
    return quality_table_text(report)


def quality_html(report: QualityReport) -> str:
    findings, left_out = _finding_lines(report, "en", _LIMIT)
    tables = []
    for title, headings, right, lines in (
        (_quality_title(report), _SCORE_HEADINGS, _SCORE_RIGHT, _score_lines(report)),
        ("", _FINDING_HEADINGS, _FINDING_RIGHT, findings),
    ):
        rows = ["<tr>" + "".join(_cell(text, right=r) for text, r in zip(line, right, strict=True)) + "</tr>" for line in lines]
        tables.append(_table_html(title, list(headings), right, rows))
    return "".join(tables) + (f"<p>… and {left_out} more</p>" if left_out else "")


# -- tables ----------------------------------------------------------------------------------------


def _value_text(value: object) -> str:
    if value is None:
        return "–"
    return _text.number(value) if isinstance(value, float) else str(value)


def _head(table: Table, limit: int = _LIMIT) -> tuple[list[list[str]], tuple[bool, ...], str]:
    """The first rows as text, which columns stand right, and what is left out."""
    head = table.head(limit)
    cells = [[_text.cut(_value_text(value), 32) for value in head[name].to_list()] for name in table.columns]
    right = tuple(table[name].kind in ("number", "count") for name in table.columns)
    rows, columns = table.shape
    note = f"{rows} rows, {columns} columns" + (f", the first {limit} shown" if rows > limit else "")
    return [list(row) for row in zip(*cells, strict=True)], right, note


def table_text(table: Table) -> str:
    rows, right, note = _head(table)
    lines = _text.columns([table.columns, *rows], right=right) if table.columns else []
    return "\n".join([*lines, f"[{note}]"])


def table_html(table: Table) -> str:
    rows, right, note = _head(table)
    body = [
        "<tr>" + "".join(_cell(text, right=r) for text, r in zip(row, right, strict=True)) + "</tr>" for row in rows
    ]
    return _table_html("", table.columns, right, body) + _note(note)


def column_text(column: Column) -> str:
    shown = [_value_text(value) for value in islice(column, _LIMIT)]
    more = ", …" if len(column) > _LIMIT else ""
    return f"<attain.Column {column.name}, {len(column)} of kind {column.kind}: {', '.join(shown)}{more}>"
