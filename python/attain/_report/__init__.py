"""The report of an evaluation: one page for a phone, a desk or A4, or the same as Markdown or a workbook (docs/report.md).

``content.py`` says what a report holds, ``gather.py`` fills it from an evaluation; ``html.py``, ``markdown.py`` and
``workbook.py`` lay it out.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from attain import _core
from attain._atomic import write_atomically
from attain._calls import suggests_arguments
from attain.errors import InvalidOption

if TYPE_CHECKING:
    from collections.abc import Mapping

    from attain._evaluate import Progress
    from attain._report.content import Content
    from attain.custom import Aggregator, Formula, Method

__all__ = ["Report", "report"]


class Report:
    """What an evaluation says, laid out for people. Made by :func:`attain.report`; a notebook shows its headline."""

    def __init__(self, content: Content) -> None:
        self._content = content

    def html(self) -> str:
        """One self-contained page: no network, no external font. Script only filters and sorts. Needs jinja2."""
        from attain._report.html import page

        return page(self._content)

    def markdown(self) -> str:
        """The same as Markdown, with tables in the form of GitHub."""
        from attain._report.markdown import document

        return document(self._content)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes a file: ``.html``, ``.md`` or ``.xlsx`` (needs XlsxWriter), by the suffix of the path.

        Raises
        ------
        InvalidOption
            The suffix is another one; nothing is written.
        InvalidInput
            A text is too long for a cell of a workbook, or Excel would show another text; nothing is written.
        """
        suffix = Path(path).suffix.lower()
        if suffix in (".html", ".htm"):
            write_atomically(os.fspath(path), self.html().encode("utf-8"))
        elif suffix == ".md":
            write_atomically(os.fspath(path), self.markdown().encode("utf-8"))
        elif suffix == ".xlsx":
            from attain._report.workbook import write_workbook

            write_workbook(self._content, os.fspath(path))
        else:
            raise _refused("path", f"a report is not written as {suffix or 'a file without suffix'}", ".html, .md or .xlsx")

    def __repr__(self) -> str:
        of = self._content
        return f"<attain.Report of {of.programme} as of {of.as_of}, {of.target_count} targets, language {of.language}>"


Report.__module__ = "attain"  # where users find it


@suggests_arguments
def report(
    evaluation: _core.Evaluation,
    *,
    since: _core.Evaluation | None = None,
    days_to_report: int | None = None,
    language: str = "en",
    methods: Mapping[str, Method] | None = None,
    aggregators: Mapping[str, Aggregator] | None = None,
    formulas: Mapping[str, Formula] | None = None,
    progress: Progress | None = None,
) -> Report:
    """The report of an evaluation of one programme.

    Parameters
    ----------
    evaluation
        What is reported.
    since
        The evaluation of the last report: what changed is told against it. Evaluated with the ``known_at`` of that day it is what was
        known then, else what is known of that day now; the page says which.
    days_to_report
        From the end of a period to the day by which its report is due, for the data quality; None: the allowed lag of the indicator. The
        page says it.
    language
        "en" or "zh"; what the programme and the reports say stays as it is.
    methods, aggregators, formulas
        Functions of your own, as :func:`attain.evaluate` was given them: the curve is evaluated at the ends of months.
    progress
        Is called with what the work is at, ``"explaining"`` the targets, then ``"compiling"`` and ``"judging"`` for the curve, twice, and the share
        of it that is done, as :func:`attain.evaluate` does.

    Raises
    ------
    InvalidOption
        The language is unknown; the evaluation is one of several programmes; the days to report are negative; or functions of your own
        are not given.
    """
    from attain._report.gather import gather
    from attain._report.other_days import Functions

    given: object = evaluation
    if not isinstance(given, _core.Evaluation):
        raise TypeError(f"a report is about an evaluation, not a {type(given).__name__}; evaluate makes one")
    if not isinstance(evaluation.plan, _core.Programme):
        raise _refused(
            "evaluation", "a report is about one programme, this is a portfolio", "an evaluation of one of its programmes"
        )
    functions = Functions(methods, aggregators, formulas, progress)
    return Report(gather(evaluation, since=since, days_to_report=days_to_report, language=language, functions=functions))


def _refused(where: str, message: str, expected: str) -> InvalidOption:
    return InvalidOption(message, (_core.Finding(code="invalid_option", message=message, where=where, expected=expected),))
