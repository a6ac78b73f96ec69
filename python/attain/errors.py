"""The exceptions of the library.

An error carries every problem that was found, not only the first. Broken input and impossible requests raise; incomplete data never
does: it gives an answer that is None, with a reason.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from attain._core import Finding

__all__ = ["Error", "InvalidInput", "InvalidOption", "InvalidProgramme", "LedgerConflict", "StoreError", "UnknownId"]


class Error(Exception):
    """Base of all errors: one line for each finding, the first 20, then how many more."""

    findings: tuple[Finding, ...]

    def __init__(self, message: str, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings

    @property
    def code(self) -> str:
        """The code of the first finding, in one stable word."""
        return self.findings[0].code if self.findings else "malformed"

    def sentences(self, language: str = "en") -> str:
        """All of it, a line for each finding, in English (``"en"``), as ``str()`` gives it, or in Chinese (``"zh"``).

        Raises
        ------
        InvalidOption
            There are no texts in that language.
        """
        from attain.catalogue import Words

        return Words(language).sentences(self)

    def __str__(self) -> str:
        return str(self.args[0])

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.args[0], self.findings)


class InvalidProgramme(Error, ValueError):
    """A programme, portfolio or method that cannot be: its specification has errors."""


class InvalidInput(Error, ValueError):
    """Text, a file or a table that cannot be read: numbers, dates, units, JSON, CSV, Arrow."""


class InvalidOption(Error, ValueError):
    """An option or argument outside what the function accepts."""


class LedgerConflict(Error, ValueError):
    """An observation that contradicts the ledger, such as one key with two contents."""


class StoreError(Error):
    """The file of a ledger that cannot be used as asked: in use, damaged, changed by others, or on a disk that fails."""


class UnknownId(Error, KeyError):
    """A look-up by an id that does not exist.

    Attributes
    ----------
    kind
        What was looked for: "target", "project", "place", …
    id
        The id that was not found.
    nearest
        Existing ids that resemble it, the closest first; may be empty.
    """

    kind: str
    id: str
    nearest: tuple[str, ...]

    def __init__(
        self,
        message: str,
        findings: tuple[Finding, ...] = (),
        kind: str = "",
        id: str = "",
        nearest: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message, findings)
        self.kind = kind
        self.id = id
        self.nearest = nearest

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.args[0], self.findings, self.kind, self.id, self.nearest)


@contextlib.contextmanager
def needs(library: str, extra: str) -> Iterator[None]:
    """Says what to install where an optional library is missing."""
    try:
        yield
    except ModuleNotFoundError as problem:
        if problem.name is None or problem.name.partition(".")[0] != library:
            raise
        message = f"this needs {library}, which is not installed: python -m pip install 'attain[{extra}]'"
        raise ModuleNotFoundError(message, name=library) from None
