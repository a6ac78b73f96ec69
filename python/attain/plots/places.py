"""A heat map: targets down, places across, the gap of each as colour and number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attain import _core, _text
from attain._report.outline import outline_of
from attain.catalogue import Language, Words
from attain.plots._canvas import canvas, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDEST_GAP = 0.3
"""Points of gap at which the colour is full."""


def places(now: _core.Evaluation, *, project: str, language: Language, ax: Axes | None) -> Axes:
    import math

    import numpy

    assert isinstance(now.plan, _core.Programme)
    words = Words(language)
    outline = outline_of(now.plan)
    wanted = _targets_of(now.project(project) if project else now.root)
    results = {
        (one.id, one.place): one for one in now.results(at_places=True) if one.id in wanted and one.reason != "not_applicable"
    }
    columns = [place for place in now.plan.place_ids if place in outline.place_parents and any(at == place for _, at in results)]
    rows = [id for id in wanted if any((id, place) in results for place in columns)]
    gaps = numpy.array([[_gap(results.get((id, place))) for place in columns] for id in rows], dtype=float).reshape(
        len(rows), len(columns)
    )
    names = [plain(_text.cut(f"{id} {now[id].name}".strip(), 34)) for id in rows]
    headings = [plain(outline.place_names[place]) for place in columns]
    title = plain(words("places_title", name=now.project(project).name if project else now.root.name or now.root.id))
    size = {"width": max(5.0, 1.0 * len(columns) + 3.5), "height": max(2.0, 0.42 * len(rows) + 1.6)}
    with canvas(ax, texts="".join([title, *names, *headings]), **size) as axes:
        axes.set_title(title, loc="left")
        if not gaps.size:
            axes.set_axis_off()
            axes.text(0.0, 0.5, words("no_places"))
            return axes
        axes.imshow(gaps, cmap="RdBu", vmin=-_WIDEST_GAP, vmax=_WIDEST_GAP, aspect="auto")
        for row, id in enumerate(rows):
            for column, place in enumerate(columns):
                gap = gaps[row, column]
                unknown = math.isnan(gap)
                shown = _text.points(gap) if not unknown else "?" if (id, place) in results else ""
                pale = unknown or abs(gap) < 0.6 * _WIDEST_GAP
                axes.text(column, row, shown, ha="center", va="center", fontsize=9, color="black" if pale else "white")
        axes.set_xticks(range(len(columns)), headings, rotation=30, ha="right")
        axes.set_yticks(range(len(rows)), names)
    return axes


def _targets_of(node: _core.ProjectResult) -> list[str]:
    found: list[str] = []
    open_ = [node]
    while open_:
        one = open_.pop()
        found += [target.id for target in one.targets]
        open_ += reversed(one.projects)
    return found


def _gap(of: _core.TargetResult | None) -> float:
    return float("nan") if of is None or of.gap is None else of.gap
