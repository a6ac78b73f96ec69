"""Writes the workbook that a reporting office fills in."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from attain import _core, _text
from attain.catalogue import Words
from attain.excel import _layout as layout
from attain.excel._cells import column_name
from attain.excel._due import Due, Programme, dimensions_text
from attain.excel._writer import Writer

_CHOICES_SHEET = "choices"
_WIDEST = {
    "targets": 10,
    "project": 20,
    "text": 36,
    "place": 14,
    "about": 22,
    "asked": 20,
    "unit": 10,
    "last": 12,
    "last_about": 22,
}
_FILLED_WIDTHS = {"amount": 14, "missing": 14, "note": 24, "evidence": 24}
_NARROWEST = 6
_LINE_HEIGHT = 13.5
_ROW_MARGIN = 5
_A4 = 9
_FONTS = {"en": "Calibri", "zh": "宋体"}
_LARGEST = 1e15
_INK, _PAPER, _LINE, _HEAD, _FILL, _LATE = "#1F2933", "#F4F6F8", "#B8C4CE", "#DCE6EF", "#FFF7D6", "#A33B00"


def write(path: str, plan: _core.Programme, due: Sequence[Due], as_of: datetime.date, words: Words) -> None:
    """Writes the template of what is due."""
    programme = Programme(plan)
    with Writer(path, day=as_of) as to:
        _TemplateWriter(to, programme, words).write(due, as_of, digest_of(plan))


def digest_of(plan: _core.Programme) -> str:
    """A short text that changes with the programme."""
    return hashlib.sha256(plan.to_json().encode("utf-8")).hexdigest()[:16]


class _TemplateWriter:
    def __init__(self, to: Writer, programme: Programme, words: Words) -> None:
        self._to = to
        self._programme = programme
        self._words = words
        self._headings = layout.headings(words)
        self._forms: dict[tuple[tuple[str, object], ...], Any] = {}
        self._choices: dict[tuple[str, ...], str] = {}
        self._sheet = to.add_sheet(words("template_sheet"))
        self._help = to.add_sheet(words("template_help_sheet"))
        self._choices_sheet = to.add_sheet(_CHOICES_SHEET)
        self._machine = to.add_sheet(layout.MACHINE_SHEET)

    def write(self, due: Sequence[Due], as_of: datetime.date, digest: str) -> None:
        self._head(as_of)
        rows = [self._shown(one) for one in due]
        for number, (one, shown) in enumerate(zip(due, rows, strict=True), layout.HEADER_ROW + 1):
            self._row(number, one, shown)
        self._validate(due)
        self._set_up(rows, as_of)
        self._write_help()
        self._write_machine(due, rows, as_of, digest)

    # -- above the table ---------------------------------------------------------------------------

    def _head(self, as_of: datetime.date) -> None:
        to, sheet, words = self._to, self._sheet, self._words
        left = layout.LABEL_COLUMN
        name = self._programme.name or self._programme.id
        to.text(sheet, layout.TITLE_ROW, left, words("template_title", programme=name), self._form(bold=True, font_size=15))
        to.text(
            sheet,
            layout.AS_OF_ROW,
            left,
            words("template_as_of", day=as_of.isoformat()) + words("template_fill_in"),
            self._form(font_color="#52606D"),
        )
        reported_on, day_help = words("template_reported_on"), words("template_day_help")
        for row, label in ((layout.AUTHOR_ROW, words("template_reported_by")), (layout.RECORDED_ROW, reported_on)):
            to.text(sheet, row, left, label, self._form(bold=True))
        to.blank(sheet, layout.AUTHOR_ROW, layout.FILL_COLUMN, self._fill(num_format="@", align="left"))
        to.blank(sheet, layout.RECORDED_ROW, layout.FILL_COLUMN, self._fill(num_format="yyyy-mm-dd", align="left"))
        sheet.data_validation(
            layout.RECORDED_ROW - 1, layout.FILL_COLUMN - 1, layout.RECORDED_ROW - 1, layout.FILL_COLUMN - 1,
            {"validate": "date", "criteria": ">=", "value": datetime.date(1990, 1, 1), "ignore_blank": True,
             "input_title": reported_on, "input_message": day_help, "error_message": day_help},
        )  # fmt: skip
        head = self._form(bold=True, bg_color=_HEAD, border=1, border_color=_LINE, text_wrap=True, valign="vcenter")
        to.text(sheet, layout.HEADER_ROW, layout.FIRST_COLUMN, layout.KEY_HEADER, head)
        for name in layout.COLUMNS:
            to.text(sheet, layout.HEADER_ROW, layout.column_of(name), self._headings[name], head)

    # -- the table ---------------------------------------------------------------------------------

    def _shown(self, one: Due) -> dict[str, str | float]:
        """What the protected columns of a row show."""
        target, project, _ = self._programme.targets[one.targets[0]]
        place = self._programme.places.get(one.place, {})
        spec = self._programme.indicators[one.indicator]
        text = target.get("text") or target.get("name") or spec.get("name") or one.indicator
        if target.get("indicator") != one.indicator or len(one.targets) > 1:
            text = spec.get("name") or one.indicator
        if one.dimensions:
            text = f"{text} ({dimensions_text(one.dimensions)})"
        about = one.about
        if one.by_day is False and "period" not in spec:
            about = f"{one.days[0].isoformat()}/{one.days[1].isoformat()}"
        last, last_about = _last_of(one, self._words)
        return {
            "targets": ", ".join(one.targets),
            "project": " ".join(filter(None, (project["id"], project.get("name", "")))),
            "text": text,
            "place": place.get("name") or one.place,
            "about": self._words("template_overdue", about=about) if one.is_overdue else about,
            "asked": self._asked(one, spec),
            "unit": "" if one.kind in ("steps", "rating") else one.unit,
            "last": self._state(one, last),
            "last_about": last_about,
        }

    def _asked(self, one: Due, spec: Mapping[str, Any]) -> str:
        if one.kind == "increment" and "period" not in spec:
            return self._words("asked_since_start")
        step = next((step.get("name") or step["id"] for step in spec.get("steps", []) if step["id"] == one.step), "")
        return self._words(f"asked_{one.kind}", step=step)

    def _state(self, one: Due, last: str | float) -> str | float:
        if one.kind != "steps" or last == "":
            return last
        return layout.step_choices(self._words)[0 if last == 1 else 1]

    def _row(self, number: int, one: Due, shown: Mapping[str, str | float]) -> None:
        to, sheet = self._to, self._sheet
        to.text(sheet, number, layout.FIRST_COLUMN, one.key, self._form())
        for name, value in shown.items():
            colour = _LATE if name == "about" and one.is_overdue else _INK
            form: dict[str, object] = {
                "border": 1,
                "border_color": _LINE,
                "text_wrap": True,
                "valign": "vcenter",
                "font_color": colour,
                "bg_color": _PAPER,
            }
            if isinstance(value, str):
                to.text(sheet, number, layout.column_of(name), value, self._form(**form, num_format="@"))
            else:
                shown_as = "#,##0" if value == round(value) else "#,##0.0#####"
                form |= {"num_format": shown_as, "align": "right", "indent": 1}
                to.number(sheet, number, layout.column_of(name), value, self._form(**form))
        for name in layout.FILLED:
            to_fill = {"num_format": "General" if name == "amount" else "@", "align": "right" if name == "amount" else "left"}
            to.blank(sheet, number, layout.column_of(name), self._fill(**to_fill))

    def _validate(self, due: Sequence[Due]) -> None:
        """Drop-downs where there is a choice; elsewhere a question if it is no number, since text such as 5.85万 is read, too."""
        words = self._words
        value = words("template_value")
        reasons = layout.reason_choices(words)
        kinds: dict[tuple[str, ...], list[int]] = {}
        for number, one in enumerate(due, layout.HEADER_ROW + 1):
            kinds.setdefault(self._choices_of(one), []).append(number)
        for choices, numbers in kinds.items():
            options: dict[str, Any] = {
                "ignore_blank": True,
                "input_title": value,
                "input_message": words("template_value_help"),
            }
            if choices:
                options |= {"validate": "list", "source": self._list_of(choices), "input_message": " / ".join(choices)[:255]}
            else:
                options |= {"validate": "decimal", "criteria": "between", "minimum": -_LARGEST, "maximum": _LARGEST}
                options |= {"error_type": "warning", "error_title": value, "error_message": words("template_value_warning")}
            self._apply(options, "amount", numbers)
        if due:
            self._apply(
                {"validate": "list", "source": self._list_of(reasons), "ignore_blank": True}, "missing", sum(kinds.values(), [])
            )

    def _choices_of(self, one: Due) -> tuple[str, ...]:
        if one.kind == "steps":
            return layout.step_choices(self._words)
        return tuple(self._programme.indicators[one.indicator].get("scale", {}))

    def _list_of(self, choices: tuple[str, ...]) -> str:
        """Where the choices stand: a range has no limit of length and takes any character."""
        if choices not in self._choices:
            column = len(self._choices) + 1
            for row, choice in enumerate(choices, 1):
                self._to.text(self._choices_sheet, row, column, choice)
            letter = column_name(column)
            self._choices[choices] = f"='{_CHOICES_SHEET}'!${letter}$1:${letter}${len(choices)}"
        return self._choices[choices]

    def _apply(self, options: dict[str, Any], name: str, rows: Sequence[int]) -> None:
        column = layout.column_of(name) - 1
        runs: list[list[int]] = []
        for row in sorted(rows):
            if runs and runs[-1][1] == row - 1:
                runs[-1][1] = row
            else:
                runs.append([row, row])
        ranges = [[first - 1, column, last - 1, column] for first, last in runs]
        self._sheet.data_validation(*ranges[0], options | {"other_cells": ranges[1:]} if ranges[1:] else options)

    # -- around it ---------------------------------------------------------------------------------

    def _set_up(self, rows: Sequence[Mapping[str, str | float]], as_of: datetime.date) -> None:
        sheet = self._sheet
        sheet.set_column(0, 0, None, None, {"hidden": True})
        for row, height in ((layout.TITLE_ROW, 24), (layout.AS_OF_ROW, 18), (layout.AUTHOR_ROW, 18), (layout.RECORDED_ROW, 18)):
            sheet.set_row(row - 1, height)
        widths = {name: _FILLED_WIDTHS.get(name) or _width_of(name, self._headings[name], rows) for name in layout.COLUMNS}
        for name, width in widths.items():
            column = layout.column_of(name) - 1
            sheet.set_column(column, column, width)
        # Told here, since not every programme works the height of wrapped text out by itself.
        for number, shown in enumerate([self._headings, *rows], layout.HEADER_ROW):
            lines = max(-(-_text.width(str(value)) // (int(widths[name]) - 1)) for name, value in shown.items())
            sheet.set_row(number - 1, max(1, lines) * _LINE_HEIGHT + _ROW_MARGIN)
        sheet.freeze_panes(layout.HEADER_ROW, layout.column_of("targets"))
        sheet.protect("", {"format_columns": True, "format_rows": True})
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(layout.HEADER_ROW - 1)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(f"&L{as_of.isoformat()}&R&P / &N")
        sheet.hide_gridlines(2)
        sheet.activate()
        self._choices_sheet.hide()
        self._choices_sheet.protect()

    def _write_help(self) -> None:
        sheet = self._help
        sheet.set_column(0, 0, 110)
        self._to.text(sheet, 1, 1, self._words("template_help_sheet"), self._form(bold=True, font_size=15))
        for row, line in enumerate(self._words("template_help").split("\n"), 3):
            self._to.text(sheet, row, 1, line, self._form(text_wrap=True, valign="top"))
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.protect()

    def _write_machine(self, due: Sequence[Due], rows: Sequence[Mapping[str, Any]], as_of: datetime.date, digest: str) -> None:
        """What the import goes by: which template this is, and what each row asked and showed."""
        about = {"format": layout.FORMAT, "programme": self._programme.id, "digest": digest, "as_of": as_of.isoformat(),
                 "language": self._words.language, "rows": len(due)}  # fmt: skip
        texts = [layout.machine_row(about)]
        for one, shown in zip(due, rows, strict=True):
            texts.append(layout.machine_row({"key": one.key, "shown": shown, "observation": _observation(one)}))
        for row, text in enumerate([*texts, layout.checksum(texts)], 1):
            self._to.text(self._machine, row, 1, text)
        self._machine.very_hidden()
        self._machine.protect()

    def _form(self, **fields: object) -> Any:
        fields = {"font_name": _FONTS[self._words.language], "font_size": 10, "font_color": _INK, **fields}
        key = tuple(sorted(fields.items()))
        if key not in self._forms:
            self._forms[key] = self._to.book.add_format(fields)
        return self._forms[key]

    def _fill(self, **fields: object) -> Any:
        """A cell that an office fills in."""
        return self._form(bg_color=_FILL, border=1, border_color=_LINE, locked=False, text_wrap=True, valign="vcenter", **fields)


def _observation(one: Due) -> dict[str, str]:
    """The fields of the observation that the row asks for, as columns of observations.csv."""
    fields = {
        "indicator": one.indicator,
        "place": one.place,
        "day" if one.by_day else "period": one.about,
        "step": one.step,
        "dimensions": dimensions_text(one.dimensions),
        "stage": one.stage,
        "scope": one.scope,
        "unit": "" if one.kind in ("steps", "rating") else one.unit,
    }
    return {name: text for name, text in fields.items() if text}


def _last_of(one: Due, words: Words) -> tuple[str | float, str]:
    """The latest value of the series in the unit of the row, and what it is about."""
    if one.last is None:
        return "", ""
    days = (one.last["start"], one.last["end"])
    about = days[1].isoformat() if days[0] == days[1] else _core.period_text(days)
    amount = one.last["amount"]
    if one.last.get("form") == "share_of_goal":
        return words("of_goal_share", share=_text.percent(amount)), about
    if one.kind in ("steps", "rating"):
        return amount, about
    return _interval(amount, one) if isinstance(amount, str) else _core.written(amount, one.unit), about


def _interval(text: str, one: Due) -> str:
    """An interval of held amounts, such as ``0.97–0.99`` or ``1800000余``, in the unit of the row."""
    read = _core.parse_amount(text, (one.last or {}).get("unit") or "1")
    ends = read if isinstance(read, tuple) else (read, read)
    low, high = ("" if end is None else _core.number_text(_core.written(end, one.unit)) for end in ends)
    return f"{low}–{high}" if low and high else f"{low}余" if low else f"近{high}"


def _width_of(name: str, heading: str, rows: Sequence[Mapping[str, str | float]]) -> float:
    """Wide enough for what the column shows, up to a limit beyond which text is wrapped."""
    texts = [_text.number(value) if isinstance(value, float) else str(value) for value in (row[name] for row in rows)]
    head = max((_text.width(word) for word in heading.split()), default=0)
    widest = max([_NARROWEST, head, *map(_text.width, texts)])
    return min(widest, _WIDEST[name]) + 2
