"""One target over time."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from attain import _core
from attain._report.curve import month_ends
from attain._report.format import Format
from attain._report.other_days import Functions, on_days
from attain._report.outline import outline_of
from attain.catalogue import Language, Words
from attain.plots._canvas import COLOURS, SOFT, canvas, day_number, plain, plot_days

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def timeline(
    now: _core.Evaluation, functions: Functions, target: str, *, place: str | None, language: Language, ax: Axes | None
) -> Axes:
    assert isinstance(now.plan, _core.Programme)
    words = Words(language)
    outline = outline_of(now.plan)
    write = Format(words, outline.indicators)
    result = now.target(target, place)
    start, due = outline.starts[result.id], outline.dues[result.id]
    days = [start - datetime.timedelta(days=1), *month_ends(start, due)]
    if now.as_of not in days:
        days = sorted([*days, now.as_of])
    # Without a report a target is planned for the day itself.
    then, unreported = (
        [one.target(target, result.place) for one in on_days(now, days, functions, book=book)]
        for book in (now.book, _core.Ledger())
    )
    title = plain(f"{result.id} {result.name or result.text}".strip())
    with canvas(ax, texts=title + words("planned") + result.declared_unit) as axes:
        planned = [
            (day, amount) for day, one in zip(days, unreported, strict=True) if (amount := _planned(one, result)) is not None
        ]
        if planned:
            plot_days(axes, planned, color=SOFT, linestyle="--", linewidth=2, label=words("planned"))
        read = {
            one.data_day: one.reading
            for day, one in zip(days, then, strict=True)
            if day <= now.as_of and one.reading is not None and one.data_day is not None
        }
        colour = COLOURS[result.status_means or "no_answer"]
        if read:
            plot_days(axes, sorted(read.items()), color=colour, marker="o", linewidth=2.2, label=words("reading"))
        if result.goal is not None:
            axes.axhline(result.goal, color="black", linewidth=1, label=plain(f"{words('goal')} {write.goal(result)}"))
        if result.upper_goal is not None:
            axes.axhline(result.upper_goal, color="black", linewidth=1)
        axes.axvline(day_number(now.as_of), color=SOFT, linewidth=1, linestyle=":", label=write.day(now.as_of))
        axes.set_xlim(day_number(days[0]), day_number(max(due, now.as_of)))
        axes.yaxis.set_major_formatter(lambda amount, position: plain(write.amount(amount, result.indicator)))
        axes.set_title(title, loc="left")
        axes.legend(loc="best", frameon=False)
        axes.tick_params("x", rotation=30)
    return axes


def _planned(then: _core.TargetResult, now: _core.TargetResult) -> float | None:
    """The amount that was planned by a day, of a target with a way to go."""
    if then.expected is None or now.goal is None or now.is_recurring:
        return None
    base = now.baseline or 0.0
    return base + then.expected * (now.goal - base)
