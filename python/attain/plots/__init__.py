"""Plots of an evaluation, by matplotlib: ``now.plot.bullets()`` and others (docs/report.md).

Each returns the axes that it drew on; with ``ax`` it draws on axes of yours. Texts are in English or, with ``language="zh"``,
Chinese. The settings of matplotlib stay as they are: a Chinese font is looked for and used for these plots alone.

``now.plot.interactive`` has some of them by altair, for a browser: ``now.plot.interactive.bullets()``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attain import _core
from attain._report.other_days import Functions
from attain.catalogue import Language
from attain.errors import needs

if TYPE_CHECKING:
    from collections.abc import Mapping

    import altair
    from matplotlib.axes import Axes

    from attain.custom import Aggregator, Formula, Method

__all__ = ["Interactive", "Plots"]


class Plots:
    """What can be drawn of one evaluation; reached as ``now.plot``.

    Parameters
    ----------
    now
        The evaluation.
    methods, aggregators, formulas
        Functions of your own, as :func:`attain.evaluate` was given them: the curve and timelines evaluate other days.
        ``now.plot`` has none; then write ``attain.plots.Plots(now, formulas=…)``.
    """

    def __init__(
        self,
        now: _core.Evaluation,
        *,
        methods: Mapping[str, Method] | None = None,
        aggregators: Mapping[str, Aggregator] | None = None,
        formulas: Mapping[str, Formula] | None = None,
    ) -> None:
        self._now = now
        self._functions = Functions(methods, aggregators, formulas)

    @property
    def interactive(self) -> Interactive:
        """The same by altair, for a browser: a mouse shows the numbers, days are zoomed, a status is picked out."""
        return Interactive(self._now, self._functions)

    def bullets(self, *, of: str = "projects", language: Language = "en", ax: Axes | None = None) -> Axes:
        """A bar for each project (or, with ``of="targets"``, target): attained, a line where it should be, the goal at 100 %."""
        with needs("matplotlib", "report"):
            from attain.plots.bullets import bullets

        return bullets(self._now, of=of, language=language, ax=ax)

    def s_curve(self, *, language: Language = "en", ax: Axes | None = None) -> Axes:
        """The whole over time: planned and actual, and the day for which so much was planned."""
        with needs("matplotlib", "report"):
            from attain.plots.s_curve import s_curve

        return s_curve(self._now, self._functions, language=language, ax=ax)

    def timeline(self, target: str, *, place: str | None = None, language: Language = "en", ax: Axes | None = None) -> Axes:
        """One target over time: the planned way to its goal, and its readings by the days of its reports. Raises UnknownId."""
        with needs("matplotlib", "report"):
            from attain.plots.timeline import timeline

        return timeline(self._now, self._functions, target, place=place, language=language, ax=ax)

    def places(self, *, project: str = "", language: Language = "en", ax: Axes | None = None) -> Axes:
        """The targets of a project (of the whole if it is "") at each place: how far each is from its plan. Raises UnknownId."""
        with needs("matplotlib", "report"):
            from attain.plots.places import places

        return places(self._now, project=project, language=language, ax=ax)

    def waterfall(
        self, since: _core.Evaluation, *, project: str = "", most: int = 12, language: Language = "en", ax: Axes | None = None
    ) -> Axes:
        """Why a total moved since an earlier evaluation: by its ``most`` largest parts, the others together."""
        with needs("matplotlib", "report"):
            from attain.plots.waterfall import waterfall

        return waterfall(since, self._now, project=project, most=most, language=language, ax=ax)

    def methods(self, *, language: Language = "en", ax: Axes | None = None) -> Axes:
        """What the methods of the evaluation say about each target on which they differ.

        Raises
        ------
        InvalidOption
            The evaluation was judged by one method.
        """
        with needs("matplotlib", "report"):
            from attain.plots.methods import methods

        return methods(self._now, language=language, ax=ax)

    def __repr__(self) -> str:
        return "<attain.plots.Plots: bullets, interactive, methods, places, s_curve, timeline, waterfall>"


class Interactive:
    """Plots for a browser, by altair; reached as ``now.plot.interactive``. Each returns an altair chart, with its data in it.

    Needs ``pip install 'attain[interactive]'``. A chart shows itself in a notebook; ``chart.save("file.html")`` writes a page, which loads
    Vega from the network. Days stay civil days in every time zone.
    """

    def __init__(self, now: _core.Evaluation, functions: Functions) -> None:
        self._now = now
        self._functions = functions

    def bullets(self, *, of: str = "projects", language: Language = "en") -> altair.LayerChart:
        """A bar for each project or target, as :meth:`Plots.bullets`. A click in the legend picks out one status."""
        with needs("altair", "interactive"):
            from attain.plots.interactive import bullets

        return bullets(self._now, of=of, language=language)

    def s_curve(self, *, language: Language = "en") -> altair.LayerChart:
        """The whole over time, as :meth:`Plots.s_curve`."""
        with needs("altair", "interactive"):
            from attain.plots.interactive import s_curve

        return s_curve(self._now, self._functions, language=language)

    def timeline(self, target: str, *, place: str | None = None, language: Language = "en") -> altair.LayerChart:
        """One target over time, as :meth:`Plots.timeline`. Raises UnknownId."""
        with needs("altair", "interactive"):
            from attain.plots.interactive import timeline

        return timeline(self._now, self._functions, target, place=place, language=language)

    def __repr__(self) -> str:
        return "<attain.plots.Interactive: bullets, s_curve, timeline>"
