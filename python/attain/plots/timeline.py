"""One target over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attain import _core
from attain._report.other_days import Functions
from attain.catalogue import Language, Words
from attain.plots._canvas import canvas, day_number, plain, plot_days
from attain.plots._colours import COLOURS, SOFT
from attain.plots._data import way_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def timeline(
    now: _core.Evaluation, functions: Functions, target: str, *, place: str | None, language: Language, ax: Axes | None
) -> Axes:
    words = Words(language)
    way = way_of(now, functions, target, place, words)
    result, write = way.result, way.write
    title = plain(way.title)
    with canvas(ax, texts=title + words("planned") + result.declared_unit) as axes:
        if way.planned:
            plot_days(axes, way.planned, color=SOFT, linestyle="--", linewidth=2, label=words("planned"))
        colour = COLOURS[result.status_means or "no_answer"]
        if way.read:
            plot_days(axes, way.read, color=colour, marker="o", linewidth=2.2, label=words("reading"))
        if result.goal is not None:
            axes.axhline(result.goal, color="black", linewidth=1, label=plain(f"{words('goal')} {write.goal(result)}"))
        if result.upper_goal is not None:
            axes.axhline(result.upper_goal, color="black", linewidth=1)
        axes.axvline(day_number(now.as_of), color=SOFT, linewidth=1, linestyle=":", label=write.day(now.as_of))
        axes.set_xlim(day_number(way.begin), day_number(way.end))
        axes.yaxis.set_major_formatter(lambda amount, position: plain(write.amount(amount, result.indicator)))
        axes.set_title(title, loc="left")
        axes.legend(loc="best", frameon=False)
        axes.tick_params("x", rotation=30)
    return axes
