"""Bullet bars: attained against expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attain import _core, _text
from attain.catalogue import Language, Words
from attain.plots._canvas import canvas, plain
from attain.plots._colours import COLOURS, TRACK
from attain.plots._data import label_of, results_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_NAME_WIDTH = 34


def bullets(now: _core.Evaluation, *, of: str, language: Language, ax: Axes | None) -> Axes:
    from matplotlib.ticker import PercentFormatter

    words = Words(language)
    results = results_of(now, of)
    names = [plain(_text.cut(f"{result.id} {result.name}".strip(), _NAME_WIDTH)) for result in results]
    labels = [plain(label_of(result, words)) for result in results]
    title = plain(now.root.name or now.root.id)
    with canvas(ax, texts="".join([title, *names, *labels]), height=max(1.8, 0.36 * len(results) + 1.2)) as axes:
        end = max([1.0, *(result.attainment or 0.0 for result in results)])
        for row, result in enumerate(results):
            axes.text(end * 1.02, row, labels[row], va="center", fontsize=9)
            axes.barh(row, 1.0, height=0.62, color=TRACK)
            if isinstance(result, _core.TargetResult) and result.is_hold:
                continue
            if result.attainment is not None:
                axes.barh(row, max(0.0, result.attainment), height=0.34, color=COLOURS[result.status_means or "no_answer"])
            if result.expected is not None:
                axes.plot([result.expected] * 2, [row - 0.31, row + 0.31], color="black", linewidth=2.2, solid_capstyle="butt")
        axes.axvline(1.0, color="black", linewidth=0.8)
        axes.set_yticks(range(len(results)), names)
        axes.invert_yaxis()
        axes.set_xlim(0, end)
        axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
        axes.set_xlabel(words("bullets_axis"))
        axes.set_title(title, loc="left")
    return axes
