"""Why a total moved: from before to now, part by part (rule U8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attain
from attain import _core, _text
from attain.catalogue import Language, Words
from attain.plots._canvas import canvas, plain
from attain.plots._colours import COLOURS, SOFT

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def waterfall(
    since: _core.Evaluation, now: _core.Evaluation, *, project: str, most: int, language: Language, ax: Axes | None
) -> Axes:
    from matplotlib.ticker import PercentFormatter

    words = Words(language)
    change = attain.compare(since, now).change(project)
    parts = [
        (f"{row['target'] or row['project'] or ''} {row['name'] or ''}".strip(), row["contribution"])
        for row in change.parts.rows()
    ]
    shown = parts[:most]
    if len(parts) > most:
        shown.append((words("more", count=len(parts) - most), sum(size for _, size in parts[most:])))
    names = [words("before"), *(plain(_text.cut(name, 34)) for name, _ in shown), words("after")]
    title = plain(change.name or change.id)
    with canvas(ax, texts="".join([title, *names]), height=max(2.0, 0.36 * len(names) + 1.2)) as axes:
        axes.set_title(title, loc="left")
        if change.before is None or change.after is None:
            axes.set_axis_off()
            axes.text(0.0, 0.5, plain(change.sentence(language)), wrap=True)
            return axes
        at = change.before
        rounded = _text.adding_up([size for _, size in shown], change.after - change.before)
        axes.barh(0, at, color=SOFT)
        axes.text(at, 0, " " + _text.percent(at), va="center", fontsize=9)
        for row, (_, size) in enumerate(shown, start=1):
            axes.barh(row, size, left=at, color=COLOURS["met" if size >= 0 else "behind"])
            axes.text(max(at, at + size), row, " " + _text.points(rounded[row - 1]), va="center", fontsize=9)
            at += size
        axes.barh(len(names) - 1, change.after, color=COLOURS["on_track"])
        axes.text(change.after, len(names) - 1, " " + _text.percent(change.after), va="center", fontsize=9)
        axes.set_yticks(range(len(names)), names)
        axes.invert_yaxis()
        axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
        axes.margins(x=0.12)
    return axes
