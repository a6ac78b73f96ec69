"""The reports that a target was read from, and whether each of them counts (rules R1, R2, R4 to R7, R9 and R12)."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from attain import _core
from attain._report.content import Report
from attain._report.format import Format
from attain._report.outline import Outline
from attain.errors import Error


_ASPECTS = ("stage", "scope")
"""What sets entries apart that are otherwise about the same (rule R12)."""

_ENTRY = re.compile(r"(.*?)(?:: .*?)?, recorded (\d{4}-\d\d-\d\d)")


class Reports:
    """The reports of one ledger, by indicator."""

    def __init__(self, now: _core.Evaluation, outline: Outline, write: Format) -> None:
        self._now = now
        self._outline = outline
        self._write = write
        self._words = write.words
        self._root = now.root.place
        self._entries: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for entry in now.book.entries():
            self._entries[entry["indicator"]].append(entry)

    def of(
        self, target: _core.TargetResult, explained: _core.Explanation, within: Sequence[_core.TargetResult], most: int
    ) -> tuple[list[Report], int]:
        """The latest reports on a target and the places within its own, and how many earlier ones there are.

        ``within`` are the results of the target at places; each says what it was read from.
        """
        places = self._outline.places_within(target.place) if self._outline.place_parents else {target.place, self._root}
        rows = [
            entry
            for indicator in self._outline.members(target.indicator)
            for entry in self._entries.get(indicator, ())
            if self._place(entry) in places
        ]
        rows.sort(key=lambda entry: (entry["end"], _recorded(entry)), reverse=True)
        latest = self._latest(rows)
        contradicted = self._contradicted(rows, latest)
        # Where a place has reports of its own, those of the places within it are not added up (rule R9).
        own = not any(step.kind == "child" for step in explained.steps) and any(
            self._place(entry) == target.place for entry in rows
        )
        read = {target.place: _what_is_read(target, explained)}
        results = {one.place: one for one in within}
        shown = []
        for entry in rows[:most]:
            fate = self._fate(entry, target, latest, own)
            if fate == "fate_used" and self._identity(entry) in contradicted:
                fate = "fate_ambiguous"
            place = self._place(entry)
            if fate == "fate_used" and place not in read and place in results:
                read[place] = _what_is_read(results[place], results[place].explain())
            if fate == "fate_used" and not read.get(place, {}).get(_told_as(entry), True):
                fate = "fate_not_read"
            shown.append(self._report(entry, fate))
        return shown, max(0, len(rows) - most)

    # -- what counts -------------------------------------------------------------------------------

    def _latest(self, rows: list[Mapping[str, Any]]) -> Mapping[tuple[object, ...], datetime.date]:
        """The day on which each identity was recorded last, as far as it is known (rule R1)."""
        known = self._now.known_at
        latest: dict[tuple[object, ...], datetime.date] = defaultdict(lambda: datetime.date.min)
        for entry in rows:
            if known is None or _recorded(entry) <= known:
                identity = self._identity(entry)
                latest[identity] = max(latest[identity], _recorded(entry))
        return latest

    def _contradicted(
        self, rows: list[Mapping[str, Any]], latest: Mapping[tuple[object, ...], datetime.date]
    ) -> set[tuple[object, ...]]:
        """Identities that the last day on which they were recorded says different things about (rule R1)."""
        said: dict[tuple[object, ...], set[tuple[object, ...]]] = defaultdict(set)
        for entry in rows:
            identity = self._identity(entry)
            if _recorded(entry) == latest.get(identity):
                said[identity].add((entry.get("amount"), entry.get("form"), entry.get("missing"), entry.get("withdrawn")))
        return {identity for identity, versions in said.items() if len(versions) > 1}

    def _fate(
        self,
        entry: Mapping[str, Any],
        target: _core.TargetResult,
        latest: Mapping[tuple[object, ...], datetime.date],
        own: bool,
    ) -> str:
        spec = self._spec(entry)
        start, due = self._outline.starts.get(target.id), self._outline.dues.get(target.id)
        last_day = self._now.as_of if due is None else min(self._now.as_of, due)
        if self._now.known_at is not None and _recorded(entry) > self._now.known_at:
            return "fate_unknown_yet"
        if entry["end"] > last_day:
            return "fate_later"
        if any(entry.get(name, "") not in ("", spec.get(name, "")) for name in _ASPECTS):
            return "fate_scope"
        if _recorded(entry) < latest[self._identity(entry)]:
            return "fate_replaced"
        if entry.get("withdrawn"):
            return "fate_withdrawal"
        if own and self._place(entry) != target.place:
            return "fate_within"
        if spec.get("kind") == "increment" and start is not None and entry["start"] < start:
            return "fate_outside"
        return "fate_missing" if entry.get("missing") else "fate_used"

    def _identity(self, entry: Mapping[str, Any]) -> tuple[object, ...]:
        spec, place = self._spec(entry), self._place(entry)
        author = entry.get("author") if spec.get("kind") == "rating" else None
        aspects = [entry.get(name) or spec.get(name, "") for name in _ASPECTS]
        return entry["indicator"], place, entry["start"], entry["end"], entry.get("step"), _dimensions(entry), author, *aspects

    # -- what it says ------------------------------------------------------------------------------

    def _report(self, entry: Mapping[str, Any], fate: str) -> Report:
        spec = self._spec(entry)
        step = next((one.get("name") or one["id"] for one in spec.get("steps", []) if one["id"] == entry.get("step")), "")
        author = f"{self._words('author')} {entry['author']}" if entry.get("author") else ""
        sources = [entry[name] for name in ("source", "evidence") if entry.get(name)]
        notes = [step, _dimensions(entry), entry.get("stage"), entry.get("scope"), entry.get("note"), author, *sources[1:]]
        place = self._place(entry)
        return Report(
            indicator=spec.get("name") or entry["indicator"],
            place=self._outline.place_names.get(place, place),
            period=_core.period_text((entry["start"], entry["end"])),
            amount=self._amount(entry),
            recorded=str(entry.get("recorded", "")),
            fate=self._words(fate),
            counts=fate == "fate_used",
            source=sources[0] if sources else "",
            note=self._words("between_clauses").join(note for note in notes if note),
        )

    def _amount(self, entry: Mapping[str, Any]) -> str:
        amount, indicator = entry.get("amount"), entry["indicator"]
        if amount is None:
            return "–"
        if isinstance(amount, str):
            return self._interval(amount, entry)
        if self._spec(entry).get("kind") == "steps":
            return self._words("choice_done" if amount == 1 else "choice_open")
        if entry.get("form") == "share_of_goal":
            return self._words("of_goal_share", share=self._write.percent(amount))
        return self._write.amount(amount, indicator)

    def _interval(self, amount: str, entry: Mapping[str, Any]) -> str:
        """An interval with one or two ends, such as ``180余``."""
        try:
            held = _core.parse_amount(amount, entry.get("unit") or "1")
        except Error:
            return amount
        low, high = held if isinstance(held, tuple) else (held, held)
        if low is None:
            return amount
        shown = self._write.amount(low, entry["indicator"])
        if high is None:
            return self._words("and_more", low=shown)
        return self._words("interval", low=shown, high=self._write.amount(high, entry["indicator"]))

    def _spec(self, entry: Mapping[str, Any]) -> Mapping[str, Any]:
        return self._outline.indicators.get(entry["indicator"], {})

    def _place(self, entry: Mapping[str, Any]) -> str:
        return entry.get("place") or self._root


def _recorded(entry: Mapping[str, Any]) -> datetime.date:
    return entry.get("recorded") or datetime.date.min


def _told_as(entry: Mapping[str, Any]) -> tuple[str, str]:
    """What an explanation calls an entry: what it is about, and when it was recorded."""
    categories = [f"{dimension}={category}" for dimension, category in (entry.get("dimensions") or {}).items()]
    named = [entry["indicator"], entry.get("step") or "", *categories, _core.period_text((entry["start"], entry["end"]))]
    return " ".join(part for part in named if part), str(entry.get("recorded", ""))


def _what_is_read(of: _core.TargetResult, explained: _core.Explanation) -> dict[tuple[str, str], bool]:
    """Whether an entry at a place went into a number there, by what the explanation calls it.

    Empty where nothing can be told: there is no reading, or each period has one of its own.
    """
    if of.reading is None or of.is_recurring:
        return {}
    steps = explained.steps
    taken = {one.step for step in steps for one in step.inputs}
    read: dict[tuple[str, str], bool] = {}
    for number, step in enumerate(steps):
        entry = _ENTRY.match(step.text) if step.kind == "entry" else None
        if entry is not None:
            told = entry[1], entry[2]
            is_open_step = step.value == 0 and step.fate == "used"  # in no sum
            read[told] = read.get(told, False) or number in taken or is_open_step
    return read


def _dimensions(entry: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in (entry.get("dimensions") or {}).items())
