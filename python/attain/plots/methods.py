"""Where methods differ: a target a row, a method a column, the status in the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attain import _core, _text
from attain.catalogue import Language, Words
from attain.errors import InvalidOption
from attain.plots._canvas import canvas, plain
from attain.plots._colours import COLOURS

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def methods(now: _core.Evaluation, *, language: Language, ax: Axes | None) -> Axes:
    words = Words(language)
    if len(now.methods) < 2:
        message = "the evaluation was judged by one method, so nothing can differ"
        finding = _core.Finding(
            code="invalid_option", message=message, where="method", expected="several: attain.evaluate(…, method=[…])"
        )
        raise InvalidOption(message, (finding,))
    ids = now.disagreements()["target"].to_list()
    by = [now.by(name) for name in now.methods]
    names = [plain(_text.cut(f"{id} {now[id].name}".strip(), 34)) for id in ids]
    labels = [[_label(one[id], words) for one in by] for id in ids]
    title = words("methods_title", count=len(ids))
    texts = "".join([title, *names, *(label for row in labels for label in row)])
    size = {"width": 3.6 + 1.7 * len(by), "height": max(1.6, 0.36 * len(ids) + 1.2)}
    with canvas(ax, texts=texts, **size) as axes:
        for row, id in enumerate(ids):
            for column, one in enumerate(by):
                meaning = one[id].status_means or "no_answer"
                axes.barh(row, 0.96, left=column + 0.02, height=0.9, color=COLOURS[meaning])
                dark = meaning not in ("no_answer", "reading_only", "at_risk")
                text = plain(_text.cut(labels[row][column], 20))
                axes.text(column + 0.5, row, text, ha="center", va="center", fontsize=8, color="white" if dark else "black")
        axes.set_yticks(range(len(ids)), names)
        axes.set_xticks([column + 0.5 for column in range(len(by))], [plain(name.partition("@")[0]) for name in now.methods])
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        axes.set_xlim(0, len(by))
        axes.set_ylim(max(1, len(ids)) - 0.5, -0.5)
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)
        axes.set_title(title, loc="left")
    return axes


def _label(result: _core.TargetResult, words: Words) -> str:
    return words("no_answer") if result.status is None else result.status_label(language=words.language)
