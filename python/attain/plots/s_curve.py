"""The curve of planned and actual, with the day for which so much was planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attain import _core
from attain._report.curve import curve_of
from attain._report.format import Format
from attain._report.other_days import Functions
from attain._report.outline import outline_of
from attain.catalogue import Language, Words
from attain.plots._canvas import canvas, day_number, plain, plot_days
from attain.plots._colours import COLOURS, SOFT

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def s_curve(now: _core.Evaluation, functions: Functions, *, language: Language, ax: Axes | None) -> Axes:
    from matplotlib.ticker import PercentFormatter

    assert isinstance(now.plan, _core.Programme)
    words = Words(language)
    outline = outline_of(now.plan)
    write = Format(words, outline.indicators)
    curve = curve_of(now, outline, write, functions)
    title = plain(now.root.name or now.root.id)
    with canvas(ax, texts=title + words("planned") + (curve.ahead if curve else "")) as axes:
        axes.set_title(title, loc="left")
        axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
        if curve is None:
            axes.text(
                0.5, 0.5, words("no_attainment", why=write.status(now.root).why), ha="center", transform=axes.transAxes, wrap=True
            )
            return axes
        plot_days(axes, curve.planned, color=SOFT, linestyle="--", linewidth=2, label=words("planned"))
        plot_days(axes, curve.actual, color=COLOURS["on_track"], marker="o", markersize=4, linewidth=2.4, label=words("actual"))
        axes.axvline(day_number(curve.today), color=SOFT, linewidth=1, linestyle=":")
        if curve.earned is not None:
            then, here = (curve.earned, curve.attainment), (curve.today, curve.attainment)
            plot_days(axes, [then, here], color=COLOURS["behind"], linewidth=1.5)
            plot_days(axes, [then], color=COLOURS["behind"], marker="|", markersize=14, linestyle="none", label=curve.ahead)
        axes.set_ylim(0, max(1.0, *(share for _, share in curve.actual)) * 1.03)
        axes.legend(loc="upper left", frameon=False)
        axes.tick_params("x", rotation=30)
    return axes
