"""Why a result is what it is, in words of the report's language: lines with the rules that they follow."""

from __future__ import annotations

import datetime

from attain import _core
from attain._report.content import Line
from attain._report.format import Format, figures
from attain._report.outline import Outline

_READING_RULES = {
    "increment": "R4",
    "running_total": "R5",
    "level": "R6",
    "ratio": "R7",
    "steps": "A9",
    "rating": "R14",
    "formula": "R7",
}


class Why:
    """Writes the whys of one evaluation."""

    def __init__(self, now: _core.Evaluation, outline: Outline, write: Format) -> None:
        self.now = now
        self.outline = outline
        self.write = write
        self.words = write.words

    def target(self, of: _core.TargetResult, status_rule: str) -> list[Line]:
        write, words = self.write, self.words
        kind = self.outline.indicators.get(of.indicator, {}).get("kind", "")
        lines = [
            Line(
                words("reading"),
                write.reading(of),
                self._of_reading(of),
                "A7" if of.is_recurring else _READING_RULES.get(kind, ""),
            )
        ]
        if of.baseline is not None and not of.is_recurring and kind != "steps":
            lines.append(Line(words("baseline"), write.amount(of.baseline, of.indicator), "", "B1"))
        if of.aim is None:
            return lines
        lines.append(Line(words("goal"), write.goal(of), "", "A7" if of.is_recurring else "A1"))
        how, rule = self._way(of, kind)
        lines.append(self._share("attainment", of, how, rule))
        if of.expected is not None:
            by_day = words("expected_way", day=write.day(self.expected_day(of)))
            how = words("expected_periods_way") if of.is_recurring else by_day
            lines.append(self._share("expected", of, how, "A7" if of.is_recurring else "F1"))
        if of.gap is not None:
            gap = figures(of).gap
            ahead = write.ahead(of.days_ahead, gap)
            how = words("cap_gap_way" if of.is_hold else "gap_way") + (words("between_clauses") + ahead if ahead else "")
            lines.append(Line(words("gap"), words("points", points=write.points(gap)), how, "P1"))
        lines.append(self._status(of, status_rule))
        return lines

    def expected_day(self, of: _core.TargetResult) -> datetime.date:
        """The day by which the expected share of a target was planned: that which its reports reach (rule P1), at most."""
        day = min(self.now.as_of, self.outline.dues.get(of.id, self.now.as_of))
        return day if of.gap is None or of.data_day is None else min(day, of.data_day)

    def reports_to(self, of: _core.TargetResult) -> datetime.date | None:
        """The day that the reports of a target go to, if they end before the as-of day and before it was due."""
        day = min(self.now.as_of, self.outline.dues.get(of.id, self.now.as_of))
        return of.data_day if of.data_day is not None and of.data_day < day else None

    def project(self, of: _core.ProjectResult) -> list[Line]:
        words = self.words
        coverage = Line(words("coverage"), self.write.percent(of.coverage), self._bounds(of), "U6")
        if of.attainment is None and of.hold_share is not None:
            lines = [Line(words("attainment"), "–", words("only_holds"), "U3"), coverage]
        else:
            lines = [
                self._share("attainment", of, words("mean_way"), "U2"),
                self._share("expected", of, words("mean_way"), "U2"),
                Line(words("gap"), words("points", points=self.write.points(figures(of).gap)), words("gap_way"), "P1"),
                coverage,
            ]
        if of.hold_share is not None:
            lines.append(Line(words("hold_share"), self.write.percent(of.hold_share), "", "U3"))
        return [*lines, self._status(of, "S")]

    def _of_reading(self, of: _core.TargetResult) -> str:
        if of.reading is None:
            reason = of.reason_of("reading")
            return "" if reason is None else reason.sentence(self.words.language)
        parts = []
        if of.data_day is not None:
            parts.append(self.words("as_of_data", day=self.write.day(of.data_day)))
        if of.is_lower_bound:
            parts.append(self.words("lower_bound", coverage=self.write.percent(of.coverage)))
        return self.words("between_clauses").join(parts)

    def _way(self, of: _core.TargetResult, kind: str) -> tuple[str, str]:
        words = self.words
        if of.is_recurring:
            return words("periods_way"), "A7"
        if kind == "steps":
            return words("steps_way"), "A9"
        if of.is_hold:
            return (self._cap_way(of), "A3") if of.expected is not None else (words("hold_way"), "A2")
        if of.reading is None or of.goal is None or of.baseline is None or of.upper_goal is not None:
            return "", "A1" if of.upper_goal is None else "A6"
        amounts = {name: self.write.amount(getattr(of, name), of.indicator) for name in ("reading", "baseline", "goal")}
        return words("way", **amounts), "A1"

    def _cap_way(self, of: _core.TargetResult) -> str:
        if of.reading is None or of.goal is None or of.attainment is None or of.attainment >= 1:
            return self.words("cap_way")
        amounts = {name: self.write.amount(getattr(of, name), of.indicator) for name in ("reading", "goal")}
        return self.words("cap_exceeded_way", **amounts)

    def _share(self, name: str, of: _core.TargetResult | _core.ProjectResult, how: str, rule: str) -> Line:
        value = getattr(of, name)
        if value is None:
            reason = of.reason_of(name)
            return Line(self.words(name), "–", "" if reason is None else reason.sentence(self.words.language), rule)
        return Line(self.words(name), self.write.percent(value), how, rule)

    def _bounds(self, of: _core.ProjectResult) -> str:
        if of.lower is None or of.upper is None or of.coverage >= 1:
            return ""
        return self.words("bounds", lower=self.write.percent(of.lower), upper=self.write.percent(of.upper))

    def _status(self, of: _core.TargetResult | _core.ProjectResult, rule: str) -> Line:
        status = self.write.status(of)
        method = self.now.methods[0]
        how = self.words("status_way", rule=rule, method=method) if rule else self.words("status_method", method=method)
        if isinstance(of, _core.TargetResult) and of.is_reversible:
            how += self.words("between_clauses") + self.words("reversible")
        return Line(self.words("status"), status.word, f"{status.why} {how}" if status.why else how, rule)
