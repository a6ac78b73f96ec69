"""Which periods of a target, a project or the whole were not reported, in words (docs/data-quality.md, missing_report)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from attain import _core
from attain._report.content import Line
from attain._report.outline import Outline
from attain._unreported import Unreported, frequencies, spanned, told, unreported
from attain.catalogue import Words


class Silence:
    """What was not reported by the as-of day of an evaluation."""

    def __init__(self, now: _core.Evaluation, outline: Outline, words: Words) -> None:
        self._outline = outline
        self._words = words
        self._frequencies = frequencies(now.plan)
        self._root = now.root.place
        self._by_indicator: dict[str, list[Unreported]] = defaultdict(list)
        for one in unreported(now):
            self._by_indicator[one.indicator].append(one)

    def of(self, target: _core.TargetResult) -> list[Unreported]:
        """The periods within the window of a target that were not reported at its place or those within."""
        places = self._outline.places_within(target.place) if self._outline.place_parents else {target.place}
        start, due = self._outline.starts.get(target.id), self._outline.dues.get(target.id)
        return [
            one
            for indicator in self._outline.members(target.indicator)
            for one in self._by_indicator.get(indicator, ())
            if one.place in places and (start is None or one.end >= start) and (due is None or one.start <= due)
        ]

    def told(self, missing: Collection[Unreported], place: str) -> list[str]:
        """A line for what is overdue and one for what is not due yet; ``place`` goes unnamed."""
        names = {id: spec.get("name") or id for id, spec in self._outline.indicators.items()}
        return told(missing, self._frequencies, self._words, root=place, indicators=names, places=self._outline.place_names)

    def told_of_whole(self) -> list[str]:
        """The same of everything."""
        return self.told([one for of_indicator in self._by_indicator.values() for one in of_indicator], self._root)

    def summed_up(self) -> str:
        """How many indicators everything that was not reported is about; empty if nothing is missing."""
        late = {indicator for indicator, missing in self._by_indicator.items() if any(one.is_overdue for one in missing)}
        only_open = len(self._by_indicator) - len(late)
        counts = (("overdue_of", len(late)), ("open_of", only_open))
        return self._words("between_clauses").join(self._words(key, count=count) for key, count in counts if count)

    def line(self, missing: Collection[Unreported], target: _core.TargetResult) -> list[Line]:
        """The line of a why that names the periods; none if nothing is missing."""
        spans = dict.fromkeys(
            spanned(one.start, one.end, self._frequencies[one.programme, one.indicator], self._words)
            for one in sorted(missing, key=lambda one: one.start)
        )
        if not spans:
            return []
        how, rule = (self._words("unreported_left_out"), "A7") if target.is_recurring else ("", "R8")
        return [Line(self._words("unreported"), self._words("between_names").join(spans), how, rule)]
