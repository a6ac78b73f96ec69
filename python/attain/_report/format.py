"""Numbers, amounts, days and statuses as a report writes them."""

from __future__ import annotations

import datetime
from typing import Any

from attain import _core, _text
from attain._report.content import Figures, FoundHere, Status
from attain.catalogue import Words

_PERIODS = {"day", "week", "ten_days", "month", "quarter", "half_year", "year"}


class Format:
    """Writes what a report shows, in one language."""

    def __init__(self, words: Words, indicators: dict[str, dict[str, Any]]) -> None:
        self.words = words
        self.indicators = indicators

    def percent(self, share: float | None) -> str:
        return "–" if share is None else f"{100 * share + 0.0:,.1f}%"

    def points(self, share: float | None, *, sign: bool = True) -> str:
        """A difference of shares in percentage points, as a number; with a minus that is one."""
        if share is None:
            return "–"
        text = f"{abs(100 * share):,.1f}"
        if not sign or float(text.replace(",", "")) == 0:
            return text
        return ("+" if share > 0 else "−") + text

    def day(self, day: datetime.date | None) -> str:
        if day is None:
            return "–"
        return self.words("date", day=day.day, month=self.words("months").split()[day.month - 1], year=day.year)

    def amount(self, held: float, indicator: str) -> str:
        """An amount of an indicator with its unit as the programme declares it."""
        spec = self.indicators.get(indicator, {})
        unit = spec.get("unit", "")
        if spec.get("kind") == "steps" or unit == "%":
            return self.percent(held)
        number = _text.number(_core.written(held, unit) if unit else held)
        return self.with_unit(number, unit)

    def with_unit(self, number: str, unit: str) -> str:
        """``139台`` but ``139 lifts``: only a unit of Latin letters stands apart."""
        if not unit:
            return number
        return number + (" " if unit[0].isascii() and unit[0].isalpha() else "") + unit

    def reading(self, of: _core.TargetResult) -> str:
        if of.reading is None:
            return "–"
        if of.is_recurring:
            return self.words("periods_kept", kept=_text.number(of.reading), all=_text.number(of.goal or 0))
        text = self.amount(of.reading, of.indicator)
        return self.words("at_least_reading", reading=text) if of.is_lower_bound else text

    def baseline(self, of: _core.TargetResult) -> str:
        """Where the way to the goal begins, if that is told and not nothing."""
        return "" if not of.baseline or of.is_hold or of.is_recurring else self.amount(of.baseline, of.indicator)

    def goal(self, of: _core.TargetResult) -> str:
        if of.goal is None or of.aim is None:
            return "–"
        if of.is_recurring:
            return self.words("every_period", all=_text.number(of.goal))
        goal = self.amount(of.goal, of.indicator)
        if of.upper_goal is not None:
            return self.words("between", goal=goal, upper=self.amount(of.upper_goal, of.indicator))
        return self.words(of.aim, goal=goal) if of.aim in self.words else goal

    def ahead(self, days: float | None, gap: float | None) -> str:
        """How many days ahead of plan; where that is no whole day, what the gap says."""
        if days is None:
            return ""
        whole = round(abs(days))
        if whole == 0:
            if gap is None or self.points(gap) == self.points(0.0):
                return self.words("on_plan_day")
            return self.words("part_day_ahead" if gap > 0 else "part_day_behind")
        if whole == 1:
            return self.words("day_ahead" if days > 0 else "day_behind")
        return self.words("days_ahead" if days > 0 else "days_behind", days=_text.number(whole))

    def found(self, one: FoundHere) -> str:
        """What a finding is about, and its message if there is one."""
        return self.words("finding_said", what=one.text, message=one.message) if one.message else one.text

    def status(self, of: _core.TargetResult | _core.ProjectResult) -> Status:
        language = self.words.language
        if of.status is None:
            if isinstance(of, _core.TargetResult) and of.aim is None:
                why = of.reason_of("reading")
                return Status("reading_only", self.words("reading_only"), "" if why is None else why.sentence(language))
            return Status("no_answer", self.words("no_answer"), of.status_label(language=language))
        return Status(of.status_means or "no_answer", of.status_label(language=language))


def figures(of: _core.TargetResult | _core.ProjectResult) -> Figures:
    return Figures(of.attainment, of.expected, _text.gap_shown(of.attainment, of.expected, of.gap))
