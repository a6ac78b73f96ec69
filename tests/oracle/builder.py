"""What the recipes of the generator share: a random programme in the making, its calendar and its amounts."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeVar

from .days import Day, Span, calendar_periods, containing, day, iso, whole_months
from .expected import straight

T = TypeVar("T")
Row = dict[str, Any]

# Windows whose shares of time are round numbers (months, 20 days, 100 days), and some whose are not.
WINDOWS = (
    ("2021-01-01", "2021-12-31"), ("2021-01-01", "2021-12-31"), ("2021-01-01", "2021-06-30"),
    ("2021-03-01", "2021-08-31"), ("2020-10-01", "2021-03-31"), ("2020-09-01", "2022-02-28"),
    ("2021-01-11", "2021-01-30"), ("2021-01-11", "2021-01-30"), ("2021-02-01", "2021-05-11"),
    ("2021-02-15", "2021-05-14"), ("2021-04-01", "2021-04-30"), ("2021-01-01", "2021-03-31"))
DECIMALS = (0.1, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 1, 1.2, 1.5, 2, 2.5)
COUNTS = (0, 1, 1, 2, 3, 4, 5, 6, 8, 9, 10, 12)
ROOM = 40


class Builder:
    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.features: set[str] = set()
        self.rows: list[Row] = []
        self.indicators: list[dict[str, Any]] = []
        self.targets = 0
        self.tidy = self.chance(0.4)  # a programme whose reports mostly arrive
        start, due = self.pick(WINDOWS)
        self.start, self.due = day(start), day(due)
        self.places: list[dict[str, Any]] = []
        self.parents: list[int] = []
        self._grow_places()
        self.as_of = self._draw_as_of()

    # Chance ----------------------------------------------------------------------------------------------------------

    def chance(self, p: float) -> bool:
        return self.rng.random() < p

    def pick(self, choices: Sequence[T]) -> T:
        return choices[self.rng.randrange(len(choices))]

    def weighted(self, choices: Mapping[T, float]) -> T:
        return self.rng.choices(list(choices), list(choices.values()))[0]

    def uses(self, feature: str) -> None:
        self.features.add(feature)

    # Time ------------------------------------------------------------------------------------------------------------

    def _draw_as_of(self) -> Day:
        length = self.due - self.start
        where = self.weighted({"before": 6, "inside": 30, "round": 30, "due": 16, "after": 18})
        if where == "before":
            self.uses("as_of before the window")
            return self.start - self.rng.randint(1, 20)
        if where == "due":
            self.uses("as_of on due")
            return self.due
        if where == "after":
            self.uses("as_of after the window")
            return self.due + self.rng.randint(1, 60)
        self.uses("as_of inside the window")
        if where == "round":
            ends = [last for _, last in self.spans() if last < self.due] or [self.start]
            return max(self.pick(ends), self.pick(ends))
        early = self.spans()[0][1] - self.start if self.chance(0.8) else 0
        return self.start + max(self.rng.randint(early, length), self.rng.randint(early, length)) - 1

    def spans(self, word: str | None = None) -> list[Span]:
        """Reporting periods of the window: calendar ones, or pieces of 5 (20) days."""
        if word is not None:
            return list(calendar_periods(word, self.start, self.due))
        months = whole_months(self.start, self.due)
        if months is not None and months > 1:
            return list(calendar_periods("month" if months <= 6 else "quarter", self.start, self.due))
        step = 5 if self.due - self.start < 40 else 20
        return [(d, min(d + step - 1, self.due)) for d in range(self.start, self.due + 1, step)]

    def period_word(self) -> Any:
        first, last = self.spans()[0]
        word = next((w for w in ("month", "quarter") if containing(w, first) == (first, last)), None)
        return word or last - first + 1

    def share_of_time(self) -> Fraction:
        on = min(self.as_of, self.due)
        return straight(self.start, self.due, on) if on >= self.start else Fraction(0)

    def said(self, span: Span, is_increment: bool = False) -> Row:
        """A period as a row says it, in one of the ways; an increment of one day is a period too."""
        first, last = span
        for word in ("month", "year"):
            if containing(word, first) == span and self.chance(0.8):
                return {"period": f"{iso(first)[:7] if word == 'month' else iso(first)[:4]}"}
        if containing("quarter", first) == span and self.chance(0.8):
            return {"period": f"{iso(first)[:4]}Q{(int(iso(first)[5:7]) + 2) // 3}"}
        if first == last and not is_increment and self.chance(0.8):
            return {"day": iso(first)}
        return {"start": iso(first), "end": iso(last)} if self.chance(0.5) else {"period": f"{iso(first)}/{iso(last)}"}

    # Places ----------------------------------------------------------------------------------------------------------

    def _grow_places(self) -> None:
        depth = self.weighted({1: 25, 2: 45, 3: 30})
        self.uses(f"places {depth} deep")
        self._add_place("city", -1)
        if depth > 1:
            for name in ("east", "west", "north")[:self.rng.randint(2, 3)]:
                self._add_place(name, 0)
        if depth > 2:
            for name in ("a", "b")[:self.rng.randint(1, 2)]:
                self._add_place(f"east-{name}", 1)
            if self.chance(0.5):
                self._add_place("west-a", 2)

    def _add_place(self, name: str, parent: int) -> None:
        place: dict[str, Any] = {"id": name}
        if parent >= 0:
            place["within"] = self.places[parent]["id"]
            if self.chance(0.15):
                place["weight"] = self.pick((0.5, 2, 3))
        self.places.append(place)
        self.parents.append(parent)

    def children(self, place: int) -> list[int]:
        return [i for i, parent in enumerate(self.parents) if parent == place]

    def below(self, place: int) -> list[int]:
        return [p for c in self.children(place) for p in [c, *self.below(c)]]

    def leaves(self, place: int) -> list[int]:
        return [p for p in [place, *self.below(place)] if not self.children(p)]

    def target_place(self) -> int:
        if len(self.places) > 1 and self.chance(0.2):
            self.uses("target below the root")
            return self.rng.randrange(1, len(self.places))
        return 0

    def sites(self, place: int) -> list[int]:
        """The places that report; few enough for their periods to fit."""
        limit = max(1, 18 // len(self.spans()))
        if not self.children(place) or self.chance(0.25):
            return [place]
        sites = [p for p in self.leaves(place) if self.tidy or self.chance(0.85)]
        if self.chance(0.2) or len(sites) > limit:
            sites = self.children(place)
        if len(sites) > limit:
            return [place]
        if self.chance(0.15):
            self.uses("own entries beside the children's")
            sites = [place, *sites]
        return sites

    # Indicators and rows ---------------------------------------------------------------------------------------------

    def indicator(self, kind: str, **spec: Any) -> str:
        name = f"i{len(self.indicators) + 1}"
        unit = "share" if kind in ("steps", "rating") else spec.pop("unit", "元")
        made = {"id": name, "unit": unit, "kind": kind, **{k: v for k, v in spec.items() if v is not None}}
        if kind in ("increment", "running_total", "level") and "period" not in made and self.chance(0.75):
            made["period"] = self.period_word()
        if kind in ("increment", "running_total", "level") and "indivisible" not in made:
            made["indivisible"] = False
        self.indicators.append(made)
        return name

    @property
    def room(self) -> int:
        return ROOM - len(self.rows)

    def add(self, rows: list[Row]) -> None:
        self.rows += rows[:max(self.room, 0)]

    def row(self, indicator: str, place: int, span: Span, amount: Any, **more: Any) -> Row:
        where = {} if place == 0 and self.chance(0.5) else {"place": self.places[place]["id"]}
        is_increment = any(i["id"] == indicator and i["kind"] == "increment" for i in self.indicators)
        return {"indicator": indicator, **where, **self.said(span, is_increment), "amount": amount, **more}

    def reported(self, spans: list[Span]) -> list[Span]:
        """The periods that are reported: all to date, with gaps, late, or none."""
        how = self.weighted({"to date": 50, "all": 14, "gaps": 20, "late": 12, "none": 4}) if not self.tidy else "to date"
        to_date = [s for s in spans if s[1] <= self.as_of]
        if how == "none":
            self.uses("no observation")
            return []
        if how == "all":
            return spans
        if how == "gaps":
            self.uses("gaps in time")
            return [s for s in to_date if self.chance(0.75)]
        if how == "late":
            return to_date[:max(len(to_date) - self.rng.randint(1, 2), 0)]
        return to_date


def neat(value: Fraction | float, digits: int) -> float:
    rounded = round(float(value), digits)
    return int(rounded) if rounded == int(rounded) else rounded
