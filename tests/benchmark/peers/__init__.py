"""The same work by others, each in the form in which it is fastest.

A peer keeps to the rules of docs/semantics.md that this work can touch: R1, R2, R4, R6 to R8, B1, B2, A1, F1, P1, S, U1 to U6 and N. Windows
are whole months, months are the only periods, nothing is withdrawn, nothing is recorded twice on one day, weights are 1, and reports end
before their target is due.
"""

from __future__ import annotations

import datetime
from typing import Any, Protocol

from work import Names, Results, Work


class Peer(Protocol):
    """What a contender does. Its tables are its own affair; `columns` is not part of the time."""

    compared: Names  # what `columns` gives

    def __init__(self, work: Work, threads: int) -> None:
        """Takes the work into the tables that it likes best."""

    def version(self) -> str:
        """Of the libraries."""

    def take_texts(self) -> None:
        """Has the ids of reports as plain strings, for `once_from_texts`."""

    def once(self, day: datetime.date) -> Any:
        """From reports in random order to results."""

    def once_from_texts(self, day: datetime.date) -> Any:
        """The same with ids as plain strings."""

    def index(self) -> None:
        """Everything that does not depend on the as-of day, to be kept for `again`."""

    def again(self, day: datetime.date) -> Any:
        """From what `index` made to results."""

    def columns(self, result: Any) -> Results:
        """The results as `compared` says, in attain's order."""
