"""A report as Markdown, with tables as GitHub writes them. Text of users is escaped: it makes no markup, link or HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import attain
from attain._report.content import Content, Figures, Project, Status, Target
from attain._report.format import Format
from attain.catalogue import Words

_SYMBOLS = {
    "met": "✓",
    "on_track": "→",
    "at_risk": "△",
    "behind": "▼",
    "missed": "✗",
    "not_due": "○",
    "no_answer": "?",
    "reading_only": "–",
}
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+!|~$^=:@-])")


def document(of: Content) -> str:
    """The text of a report."""
    return _Document(of).text()


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    one_line = " ".join(text.split())
    return _MARKUP.sub(r"\\\1", one_line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


class _Document:
    def __init__(self, of: Content) -> None:
        self.of = of
        self.words = Words(of.language)
        self.write = Format(self.words, {})

    def text(self) -> str:
        parts = [
            self._head(),
            self._holding_back(),
            self._curve(),
            self._list(),
            self._places(),
            self._changes(),
            self._findings(),
        ]
        return "\n\n".join([*(part for part in parts if part), self._about()]) + "\n"

    # -- pieces ------------------------------------------------------------------------------------

    def _status(self, of: Status) -> str:
        return f"{_SYMBOLS[of.meaning]} {escaped(of.word)}"

    def _figures(self, of: Figures) -> list[str]:
        return [self.write.percent(of.attainment), self.write.percent(of.expected), self.write.points(of.gap)]

    def _table(self, headings: Sequence[str], rows: Iterable[Sequence[str]], right: int = 0) -> str:
        """Cells as they are; the last ``right`` columns stand right."""
        rules = ["---"] * (len(headings) - right) + ["---:"] * right
        return "\n".join("| " + " | ".join(cells) + " |" for cells in [headings, rules, *rows])

    # -- sections ----------------------------------------------------------------------------------

    def _head(self) -> str:
        of, t, write = self.of, self.words, self.write
        when = [t("as_of", day=write.day(of.as_of))]
        if of.known_at is not None:
            when.append(t("known_at", day=write.day(of.known_at)))
        lines = [
            f"# {escaped(of.name)}",
            " · ".join([*when, t("total_targets", count=of.target_count, projects=of.project_count)]),
        ]
        if of.figures.attainment is None:
            lines.append(f"**{self._status(of.status)}** {t('no_attainment', why=of.status.why)}")
        else:
            shares = {
                "attainment": write.percent(of.figures.attainment),
                "expected": write.percent(of.figures.expected),
                "day": of.expected_by or write.day(of.as_of),
            }
            gap = t("points", points=write.points(of.figures.gap))
            lines.append(f"**{self._status(of.status)}** · {t('of_expected', **shares)} · {gap}")
        lines += [escaped(of.held_back_by)] if of.held_back_by else []
        if of.lagging:
            lag = [t("expected_lag", count=of.lagging, today=write.day(of.as_of))]
            if of.curve is not None and of.expected_by:
                lag.append(t("expected_today", today=write.day(of.as_of), planned=write.percent(of.curve.planned_today)))
            lines.append(" ".join(lag))
        lines += [escaped(line) for line in of.unreported]
        if of.changes is not None:
            lines.append(t("line_of_why", what=of.changes.label, value=escaped(of.changes.sentence)))
        counts = [[f"{_SYMBOLS[meaning]} {t(meaning)}", str(count)] for meaning, count in of.counts.items()]
        lines.append(self._table([t("status"), t("targets")], counts, right=1))
        answered = t("answered", coverage=write.percent(of.coverage))
        if of.lower is not None and of.upper is not None and of.coverage < 1:
            answered += "; " + t("bounds", lower=write.percent(of.lower), upper=write.percent(of.upper))
        return "\n\n".join([*lines, answered])

    def _holding_back(self) -> str:
        held, t, write = self.of.holding_back, self.words, self.write
        rows = [
            [
                escaped(one.id),
                escaped(one.name),
                self._status(one.status),
                escaped(self.words("between_names").join(one.responsible)),
                *self._figures(one.figures)[:2],
            ]
            + [t("to_keep") if one.is_hold else write.points(one.shown)]
            for one in held.listed
        ]
        rows += [["", t("ahead_of_plan"), "", "", "", "", write.points(held.ahead_shown)]]
        if abs(held.rest) > 0.00005:
            rows += [["", t("rules_and_rest"), "", "", "", "", write.points(held.rest_shown)]]
        rows += [["", t("gap_of_total"), "", "", "", "", write.points(held.gap)]]
        names = ("id", "name", "status", "responsible", "attainment", "expected", "contribution")
        return f"## {t('holding_back')}\n\n{t('holding_back_note')}\n\n" + self._table([t(name) for name in names], rows, right=3)

    def _curve(self) -> str:
        curve, t, write = self.of.curve, self.words, self.write
        if curve is None:
            return ""
        actual = dict(curve.actual)
        rows = [
            [write.day(day), write.percent(share), write.percent(actual[day]) if day in actual else "–"]
            for day, share in curve.planned
        ]
        told = curve.told + "\n\n" if curve.told else ""
        planned, expected = write.percent(curve.planned_today), write.percent(self.of.figures.expected)
        if self.of.figures.expected is not None and planned != expected:
            key, by = "curve_expected" if self.of.expected_by else "curve_differs", self.of.expected_by
            told += t(key, planned=planned, expected=expected, today=write.day(curve.today), day=by) + "\n\n"
        return f"## {t('curve')}\n\n{told}" + self._table([t("day"), t("planned"), t("actual")], rows, right=2)

    def _list(self) -> str:
        return "\n\n".join([f"## {self.words('list')}", *(self._project(project) for project in self.of.projects)])

    def _project(self, of: Project) -> str:
        t = self.words
        heading = f"### {escaped(of.id)} {escaped(of.name)}"
        attained, expected, _ = self._figures(of.figures)
        by = t("expected_by", day=of.expected_by, expected=expected) if of.expected_by else f"{t('expected')} {expected}"
        line = [
            self._status(of.status) + (f" {escaped(of.status.why)}" if of.status.why else ""),
            attained,
            by,
            *([escaped(self.words("between_names").join(of.responsible))] if of.responsible else []),
        ]
        rows = [self._row(target) for target in of.targets]
        names = ["id", "target", "status", "reading", "goal", "due", "reports_to", "attainment", "expected", "gap"]
        table = self._table([t(name) for name in names], rows, right=3) if rows else ""
        return "\n\n".join(
            part for part in [heading, " · ".join(line), table, *(self._why(target) for target in of.targets)] if part
        )

    def _row(self, of: Target) -> list[str]:
        due = self.write.day(of.due)
        return [
            escaped(of.id),
            escaped(of.name),
            self._status(of.status),
            escaped(of.reading),
            escaped(of.goal),
            due,
            self.write.day(of.reports_to) if of.reports_to else "",
            *self._figures(of.figures),
        ]

    def _why(self, of: Target) -> str:
        t = self.words
        lines = [
            f"- {t('line_of_why_how' if line.how else 'line_of_why', what=line.what, value=escaped(line.value), how=escaped(line.how))} {line.rule}".rstrip()
            for line in of.lines
        ]
        lines += [f"- {t('line_of_why', what=t('clause'), value=escaped(of.clause))}"] if of.clause else []
        several = len({one.indicator for one in of.reports}) > 1
        lines += [
            "- "
            + t("between_parts").join(
                escaped(part)
                for part in (one.period, one.indicator if several else "", one.place, one.amount, one.fate, one.recorded, one.source, one.note)
                if part
            )
            for one in of.reports
        ]
        lines += [f"- {t('more_observations', count=of.left_out)}"] if of.left_out else []
        return f"**{t('why_of', id=escaped(of.id))}**\n\n" + "\n".join(lines)

    def _places(self) -> str:
        t, write = self.words, self.write
        if not self.of.places:
            return ""
        rows = [
            [
                str(row.rank or "–"),
                escaped(row.name),
                self._status(row.status),
                f"{row.met} / {row.due}",
                *self._figures(row.figures),
            ]
            + [write.percent(row.coverage)]
            for row in self.of.places
        ]
        names = ("rank", "place", "status", "targets_of_place", "attainment", "expected", "gap", "coverage")
        cut = len(self.of.places) < self.of.place_count
        note = t("league_cut", shown=len(self.of.places) // 2, all=self.of.place_count) + "\n\n" if cut else ""
        return f"## {t('league')}\n\n{note}" + self._table([t(name) for name in names], rows, right=4)

    def _changes(self) -> str:
        changes, t, write = self.of.changes, self.words, self.write
        if changes is None:
            return ""
        parts = [f"## {t('changes', day=write.day(changes.since))}", escaped(changes.sentence)]
        parts += (
            [
                "\n".join(
                    f"- {self._status(one.before)} → {self._status(one.after)}: {escaped(one.id)} {escaped(one.name)}"
                    for one in changes.statuses
                )
            ]
            if changes.statuses
            else []
        )
        rows = [
            [
                escaped(one.id),
                escaped(one.name),
                one.cause,
                write.percent(one.before),
                write.percent(one.after),
                write.points(one.shown),
            ]
            for one in changes.parts
        ]
        names = ("id", "name", "cause", "before", "after", "contribution")
        return "\n\n".join([*parts, *([self._table([t(name) for name in names], rows, right=3)] if rows else [])])

    def _findings(self) -> str:
        t = self.words
        scores = [[one.what, self.write.percent(one.share), t("score_of", count=one.count, of=one.of)] for one in self.of.scores]
        told = f"## {t('findings')}\n\n" + self._table([t("what"), t("score"), t("count")], scores) + "\n\n"
        told += f"{escaped(self.of.reports_due)}\n\n" if self.of.scores and self.of.reports_due else ""
        if not self.of.findings:
            return told + t("findings_none")
        rows = [[t(f"severity_{one.severity}"), escaped(self.write.found(one)), escaped(one.where)] for one in self.of.findings]
        return told + self._table([t("severity"), t("finding"), t("where")], rows)

    def _about(self) -> str:
        of, t = self.of, self.words
        lines = [
            t("about_status", method=escaped(of.method.reference), about=escaped(of.method.about)),
            t("about_missing"),
            t("about_rounding"),
            t("about_rules"),
        ]
        lines += [t("line_of_why", what=t("source"), value=escaped(of.source))] if of.source else []
        return f"## {t('about_page')}\n\n" + "\n\n".join([*lines, t("made_by", version=attain.__version__)])
