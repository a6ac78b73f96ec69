"""A report as one HTML page, by Jinja2. Nothing user-written reaches it unescaped."""

from __future__ import annotations

import datetime
import functools
import re
from typing import TYPE_CHECKING, Any

import attain
from attain._report.content import MEANINGS, Content
from attain._report.format import Format
from attain.catalogue import Words
from attain.errors import needs

if TYPE_CHECKING:
    import jinja2

_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)


def page(of: Content) -> str:
    """The page of a report."""
    words = Words(of.language)
    return (
        _environment()
        .get_template("page.html")
        .render(
            of=of,
            t=words,
            write=Format(words, {}),
            meanings=[meaning for meaning in MEANINGS if meaning in of.counts],
            choices=[meaning for meaning in MEANINGS if meaning in _meanings(of)],
            place_ids=_numbered(place for project in of.projects for target in project.targets for place in target.place_ids),
            unit_ids=_numbered(unit for project in of.projects for unit in project.responsible),
            chart=Chart(of) if of.curve is not None else None,
            version=attain.__version__,
        )
    )


class Chart:
    """The curve in the unit square: ``x`` and ``y`` in percent of the width and the height, from the left and from the top."""

    def __init__(self, of: Content) -> None:
        assert of.curve is not None
        self._of = of.curve
        self._first = of.curve.planned[0][0]
        self._days = max(1, (of.curve.end - self._first).days)
        self.top = max(1.0, *(share for _, share in [*of.curve.planned, *of.curve.actual]))

    def x(self, day: datetime.date) -> float:
        return round(100 * min(1.0, max(0.0, (day - self._first).days / self._days)), 2)

    def y(self, share: float) -> float:
        return round(100 * (1 - max(0.0, share) / self.top), 2)

    def points(self, name: str) -> str:
        return " ".join(f"{self.x(day)},{self.y(share)}" for day, share in getattr(self._of, name))


def _meanings(of: Content) -> set[str]:
    """What the statuses of the targets mean, at places too."""
    targets = [target for project in of.projects for target in project.targets]
    return {one.status.meaning for one in targets} | {at.status.meaning for one in targets for at in one.places}


def _numbered(names: Any) -> dict[str, int]:
    """Each name once, with its number."""
    return {name: number for number, name in enumerate(dict.fromkeys(names))}


@functools.cache
def _environment() -> jinja2.Environment:
    with needs("jinja2", "report"):
        import jinja2
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("attain._report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.tests["web_address"] = lambda text: _WEB_ADDRESS.fullmatch(text) is not None
    made.filters["within"] = lambda share: round(100 * min(1.0, max(0.0, share)), 2)
    return made
