"""A report as an Excel workbook: one sheet a section, numbers as numbers, text never as formulas."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from attain import _text
from attain._report.content import Content, Status
from attain._report.format import Format
from attain.catalogue import Words
from attain.excel._writer import Writer

# Fill and ink of a status; the word stands in the cell, so colour is not alone.
_COLOURS = {
    "met": ("#d8f0e0", "#0f4a28"),
    "on_track": ("#dbe9fa", "#123f70"),
    "at_risk": ("#fcebc8", "#5e3900"),
    "behind": ("#fbdad7", "#7d1a14"),
    "missed": ("#f3c4c0", "#6b120e"),
    "not_due": ("#ececec", "#3d4246"),
    "no_answer": ("#ececec", "#3d4246"),
    "reading_only": ("#ffffff", "#3d4246"),
}
_WIDEST = 48


def write_workbook(of: Content, path: str) -> None:
    """Writes an .xlsx file."""
    with Writer(path, day=of.as_of, title=of.name) as to:
        _Book(of, to).fill()


class _Book:
    def __init__(self, of: Content, to: Writer) -> None:
        book = to.book
        self.of = of
        self.to = to
        self.words = Words(of.language)
        self.write = Format(self.words, {})
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.formats: dict[str, Any] = {
            "share": book.add_format({"num_format": "0.0%", "valign": "top"}),
            "points": book.add_format({"num_format": "+0.0;-0.0;0.0", "valign": "top"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "number": book.add_format({"valign": "top"}),
        }
        self.statuses = {
            meaning: book.add_format({"bg_color": fill, "font_color": ink, "bold": True, "valign": "top"})
            for meaning, (fill, ink) in _COLOURS.items()
        }

    def fill(self) -> None:
        of, t = self.of, self.words
        self._sheet("sheet_overview", ("name", "text", "text"), ["programme", "status", "note"], self._overview(), filtered=False)
        self._sheet(
            "holding_back",
            ("text", "text", "status", "text", "text", "text", "share", "share", "points"),
            ["id", "name", "status", "responsible", "reading", "goal", "attainment", "expected", "contribution"],
            [
                [
                    one.id,
                    one.name,
                    one.status,
                    t("between_names").join(one.responsible),
                    one.reading,
                    one.goal,
                    one.figures.attainment,
                    one.figures.expected,
                ]
                + [t("to_keep") if one.is_hold else 100 * one.share]
                for one in of.holding_back.listed
            ],
        )
        self._sheet(
            "sheet_list",
            ("text", "text", "text", "text", "status", "text", "text", "day", "day", "text", "share", "share", "points", "text"),
            [
                "project",
                "name",
                "id",
                "target",
                "status",
                "reading",
                "goal",
                "due",
                "reports_to",
                "unreported",
                "attainment",
                "expected",
                "gap",
                "responsible",
            ],
            [
                [project.id, project.name, target.id, target.name, target.status, target.reading, target.goal, target.due]
                + [target.reports_to, t("between_clauses").join(target.unreported)]
                + [
                    target.figures.attainment,
                    target.figures.expected,
                    _points(target.figures.gap),
                    t("between_names").join(project.responsible),
                ]
                for project in of.projects
                for target in project.targets
            ],
        )
        self._sheet(
            "why",
            ("text", "text", "text", "text", "text"),
            ["id", "what", "value", "how", "rule"],
            [
                [target.id, line.what, line.value, line.how, line.rule]
                for project in of.projects
                for target in project.targets
                for line in target.lines
            ],
        )
        self._sheet(
            "sheet_observations",
            ("text",) * 9,
            ["id", "period", "indicator", "place", "amount", "fate", "recorded", "source", "note"],
            [
                [target.id, one.period, one.indicator, one.place, one.amount, one.fate, one.recorded, one.source, one.note]
                for project in of.projects
                for target in project.targets
                for one in target.reports
            ],
        )
        if of.places:
            self._sheet(
                "sheet_places",
                ("number", "text", "status", "share", "share", "points", "number", "number", "share"),
                ["rank", "place", "status", "attainment", "expected", "gap", "met", "due", "coverage"],
                [
                    [
                        row.rank,
                        row.name,
                        row.status,
                        row.figures.attainment,
                        row.figures.expected,
                        _points(row.figures.gap),
                        row.met,
                        row.due,
                    ]
                    + [row.coverage]
                    for row in of.places
                ],
            )
        if of.curve is not None:
            actual = dict(of.curve.actual)
            rows = [[day, share, actual.get(day)] for day, share in of.curve.planned]
            self._sheet("sheet_curve", ("day", "share", "share"), ["day", "planned", "actual"], rows)
        if of.changes is not None:
            self._sheet(
                "sheet_changes",
                ("text", "text", "share", "share", "points", "text"),
                ["id", "name", "before", "after", "contribution", "cause"],
                [[one.id, one.name, one.before, one.after, 100 * one.contribution, one.cause] for one in of.changes.parts],
            )
        self._sheet(
            "sheet_quality",
            ("text", "share", "number", "number"),
            ["what", "score", "count", "of"],
            [[one.what, one.share, one.count, one.of] for one in of.scores],
        )
        self._sheet(
            "sheet_findings",
            ("text", "text", "text"),
            ["severity", "finding", "where"],
            [[t(f"severity_{one.severity}"), self.write.found(one), one.where] for one in of.findings],
        )

    def _overview(self) -> list[list[object]]:
        of, t, write = self.of, self.words, self.write
        rows: list[list[object]] = [[of.name, of.status, t("as_of", day=write.day(of.as_of))]]
        rows += [[t("attainment"), of.figures.attainment, ""]]
        rows += [[t("expected"), of.figures.expected, of.expected_by or write.day(of.as_of)]]
        rows += [[t("gap"), t("points", points=write.points(of.figures.gap)), ""], [t("coverage"), of.coverage, ""]]
        rows += [[t(meaning), count, t("targets")] for meaning, count in of.counts.items()]
        rows += [[t("unreported"), "", line] for line in of.unreported]
        if of.changes is not None:
            rows.append([of.changes.label, "", of.changes.sentence])
        rows.append([t("method"), of.method.reference, of.method.source])
        return rows

    def _sheet(
        self, key: str, kinds: Sequence[str], headings: Sequence[str], rows: Iterable[Sequence[object]], *, filtered: bool = True
    ) -> None:
        """One sheet: a frozen heading, columns as wide as their text, and a filter."""
        sheet = self.to.add_sheet(self.words(key))
        titles = [self.words(heading) for heading in headings]
        for column, title in enumerate(titles, 1):
            self.to.text(sheet, 1, column, title, self.head)
        widths = [_text.width(title) for title in titles]
        last = 1
        for last, cells in enumerate(rows, 2):
            for column, (kind, value) in enumerate(zip(kinds, cells, strict=True)):
                widths[column] = max(widths[column], self._cell(sheet, last, column + 1, kind, value))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(_WIDEST, width + 2))
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        if filtered and last > 1:
            sheet.autofilter(0, 0, last - 1, len(titles) - 1)

    def _cell(self, sheet: Any, row: int, column: int, kind: str, value: Any) -> int:
        """Writes one cell and says how wide it is."""
        if value is None:
            return 0
        if isinstance(value, Status):
            self.to.text(sheet, row, column, value.word, self.statuses[value.meaning])
            return _text.width(value.word)
        if isinstance(value, datetime.date):
            self.to.day(sheet, row, column, value, self.formats["day"])
            return 10
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self.to.text(sheet, row, column, str(value), self.formats["text"])
            return _text.width(str(value))
        number_kind = kind if kind in ("share", "points", "number") else "share" if isinstance(value, float) else "number"
        self.to.computed(sheet, row, column, value, self.formats[number_kind])
        return 8


def _points(share: float | None) -> float | None:
    return None if share is None else 100 * share
