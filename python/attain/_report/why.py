"""Why a result is what it is, in words of the report's language: lines with their rules, and the reports they come from."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from attain import _core
from attain._report.content import Line, Report
from attain._report.format import Format
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
        self._entries: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for entry in now.book.entries():
            self._entries[entry["indicator"]].append(entry)

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
            day = min([self.now.as_of, *([self.outline.dues[of.id]] if of.id in self.outline.dues else [])])
            lines.append(self._share("expected", of, words("expected_way", day=write.day(day)), "F1"))
        if of.gap is not None:
            ahead = write.ahead(of.days_ahead)
            how = words("gap_way") + (f"; {ahead}" if ahead else "")
            lines.append(Line(words("gap"), words("points", points=write.points(of.gap)), how, "P1"))
        lines.append(self._status(of, status_rule))
        return lines

    def project(self, of: _core.ProjectResult) -> list[Line]:
        words = self.words
        lines = [
            self._share("attainment", of, words("mean_way"), "U2"),
            self._share("expected", of, words("mean_way"), "U2"),
            Line(words("gap"), words("points", points=self.write.points(of.gap)), words("gap_way"), "P1"),
            Line(words("coverage"), self.write.percent(of.coverage), self._bounds(of), "U6"),
        ]
        if of.hold_share is not None:
            lines.append(Line(words("hold_share"), self.write.percent(of.hold_share), "", "U3"))
        return [*lines, self._status(of, "S")]

    def reports(self, of: _core.TargetResult, most: int) -> tuple[list[Report], int]:
        """The latest reports that a target was read from, and how many earlier ones there are."""
        within = self.outline.places_within(of.place) if self.outline.place_parents else None
        rows = [
            (entry, indicator)
            for indicator in self.outline.members(of.indicator)
            for entry in self._entries.get(indicator, [])
            if within is None or entry.get("place", "") in ("", *within)
        ]
        rows.sort(key=lambda row: (_end(row[0]), str(row[0].get("recorded", ""))), reverse=True)
        fates = self._fates([entry for entry, _ in rows])
        shown = [self._report(entry, indicator, fate) for (entry, indicator), fate in zip(rows[:most], fates[:most], strict=True)]
        return shown, max(0, len(rows) - most)

    # -- lines -------------------------------------------------------------------------------------

    def _of_reading(self, of: _core.TargetResult) -> str:
        if of.reading is None:
            reason = of.reason_of("reading")
            return "" if reason is None else reason.sentence(self.words.language)
        parts = []
        if of.data_day is not None:
            parts.append(self.words("as_of_data", day=self.write.day(of.data_day)))
        if of.is_lower_bound:
            parts.append(self.words("lower_bound", coverage=self.write.percent(of.coverage)))
        return "; ".join(parts)

    def _way(self, of: _core.TargetResult, kind: str) -> tuple[str, str]:
        words = self.words
        if of.is_recurring:
            return words("periods_way"), "A7"
        if kind == "steps":
            return words("steps_way"), "A9"
        if of.is_hold:
            return (words("cap_way"), "A3") if of.expected is not None else (words("hold_way"), "A2")
        if of.reading is None or of.goal is None or of.baseline is None or of.upper_goal is not None:
            return "", "A1" if of.upper_goal is None else "A6"
        amounts = {name: self.write.amount(getattr(of, name), of.indicator) for name in ("reading", "baseline", "goal")}
        return words("way", **amounts), "A1"

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
            how += "; " + self.words("reversible")
        return Line(self.words("status"), status.word, f"{status.why} {how}" if status.why else how, rule)

    # -- reports -----------------------------------------------------------------------------------

    def _fates(self, entries: list[Mapping[str, Any]]) -> list[str]:
        """Whether each entry counts (rules R1 and R2); entries come in any order."""
        known = self.now.known_at
        latest: dict[tuple[object, ...], datetime.date] = defaultdict(lambda: datetime.date.min)
        for entry in entries:
            if known is None or _recorded(entry) <= known:
                identity = _identity(entry)
                latest[identity] = max(latest[identity], _recorded(entry))
        return [self._fate(entry, latest) for entry in entries]

    def _fate(self, entry: Mapping[str, Any], latest: Mapping[tuple[object, ...], datetime.date]) -> str:
        if self.now.known_at is not None and _recorded(entry) > self.now.known_at:
            return "fate_unknown_yet"
        if _end(entry) > self.now.as_of:
            return "fate_later"
        if _recorded(entry) < latest[_identity(entry)]:
            return "fate_replaced"
        if entry.get("withdrawn"):
            return "fate_withdrawal"
        return "fate_missing" if entry.get("missing") else "fate_used"

    def _report(self, entry: Mapping[str, Any], indicator: str, fate: str) -> Report:
        place = entry.get("place", "")
        name = self.outline.indicators.get(indicator, {}).get("name") or indicator
        step = self._step(indicator, entry.get("step"))
        notes = [
            step,
            _dimensions(entry),
            entry.get("note"),
            self.words("author") + " " + entry["author"] if entry.get("author") else "",
        ]
        return Report(
            indicator=name,
            place=self.outline.place_names.get(place, place),
            period=_period(entry),
            amount=self._amount(entry, indicator),
            recorded=str(entry.get("recorded", "")),
            fate=self.words(fate),
            counts=fate == "fate_used",
            source=str(entry.get("source") or entry.get("evidence") or ""),
            note="; ".join(str(note) for note in notes if note),
        )

    def _step(self, indicator: str, step: object) -> str:
        for one in self.outline.indicators.get(indicator, {}).get("steps", []):
            if one["id"] == step:
                return str(one.get("name") or step)
        return "" if step is None else str(step)

    def _amount(self, entry: Mapping[str, Any], indicator: str) -> str:
        missing = entry.get("missing")
        if missing:
            return "–"
        amount = entry.get("amount")
        if amount is None:
            return "–"
        if isinstance(amount, str):
            spec = self.outline.indicators.get(indicator, {})
            try:
                held = _core.parse_amount(amount, entry.get("unit") or spec.get("unit", ""))
            except _core_error():
                return amount
            if isinstance(held, tuple):
                low, high = held
                if low is not None and high is None:
                    return self.words("and_more", low=self.write.amount(low, indicator))
                if low is not None and high is not None:
                    return self.words("interval", low=self.write.amount(low, indicator), high=self.write.amount(high, indicator))
                return amount
            amount = held
        if entry.get("form") == "share_of_goal":
            return self.words("of_goal_share", share=self.write.percent(float(amount)))
        return self.write.amount(float(amount), indicator)


def _core_error() -> type[Exception]:
    from attain.errors import Error

    return Error


def _identity(entry: Mapping[str, Any]) -> tuple[object, ...]:
    names = ("indicator", "place", "period", "day", "start", "end", "step", "author" if entry.get("step") is None else "step")
    return (*(str(entry.get(name, "")) for name in names), _dimensions(entry))


def _dimensions(entry: Mapping[str, Any]) -> str:
    found = entry.get("dimensions") or ""
    return ", ".join(f"{name} {value}" for name, value in found.items()) if isinstance(found, Mapping) else str(found)


def _recorded(entry: Mapping[str, Any]) -> datetime.date:
    day = entry.get("recorded")
    return day if isinstance(day, datetime.date) else datetime.date.min


def _end(entry: Mapping[str, Any]) -> datetime.date:
    for name in ("end", "day"):
        if isinstance(entry.get(name), datetime.date):
            return entry[name]  # type: ignore[no-any-return]
    period = entry.get("period")
    if isinstance(period, str):
        return _core.parse_period(period)[1]
    return datetime.date.min if period is None else _core.to_date(period[1])


def _period(entry: Mapping[str, Any]) -> str:
    for name in ("period", "day"):
        if entry.get(name):
            found = entry[name]
            return "/".join(str(day) for day in found) if isinstance(found, (tuple, list)) else str(found)
    return f"{entry.get('start', '')}/{entry.get('end', '')}"
