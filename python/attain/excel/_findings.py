"""What is wrong with a workbook: collected while it is read, and raised all at once."""

from __future__ import annotations

from attain import _core
from attain.errors import Error, InvalidInput

MAX_LISTED = 200
"""Findings of a workbook that are listed; the rest is counted, as for the other files."""

_SHOWN = 20
_MAX_TEXT = 80


class Findings:
    """Finds places of a file for what is wrong, and holds it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._listed: list[_core.Finding] = []
        self._unlisted = 0
        self._places: set[str] = set()
        self.kind: type[Error] = InvalidInput
        """What is raised."""

    def add(
        self, code: str, message: str, place: str = "", *, text: str = "", expected: str = "", severity: str = "error"
    ) -> None:
        """Adds one; ``place`` is what stands behind the file's name: a part of the package, or ``Sheet!D7``."""
        self.add_finding(
            _core.Finding(
                code=code, message=message, where=self.where(place), text=excerpt(text), expected=expected, severity=severity
            )
        )

    def add_finding(self, finding: _core.Finding) -> None:
        """Adds one that knows its place."""
        self._places.add(finding.where)
        if len(self._listed) < MAX_LISTED:
            self._listed.append(finding)
        else:
            self._unlisted += 1

    def where(self, place: str) -> str:
        """The file's name with a place in it."""
        return f"{self.file}!{place}" if place else self.file

    def has(self, place: str) -> bool:
        """Whether something was found at this place."""
        return self.where(place) in self._places

    @property
    def listed(self) -> list[_core.Finding]:
        """All of them, the last one saying how many more there are."""
        if not self._unlisted:
            return list(self._listed)
        are = "problem is" if self._unlisted == 1 else "problems are"
        return [
            *self._listed,
            _core.Finding(code="malformed", message=f"{self._unlisted} more {are} not listed", where=self.file),
        ]

    @property
    def has_errors(self) -> bool:
        return bool(self._unlisted) or any(finding.severity == "error" for finding in self._listed)

    def raise_errors(self) -> None:
        """Raises all of them, if one is an error."""
        if self.has_errors:
            raise error_of(self.listed, self.kind)


def error_of(findings: list[_core.Finding], kind: type[Error] = InvalidInput) -> Error:
    """The error that carries these findings; its text has the first 20."""
    lines = [str(finding) for finding in findings[:_SHOWN]]
    if len(findings) > _SHOWN:
        lines.append(f"… and {len(findings) - _SHOWN} more")
    return kind("\n".join(lines), tuple(findings))


def refused(file: str, code: str, message: str, place: str = "", *, text: str = "", expected: str = "") -> Error:
    """One problem that ends reading."""
    found = Findings(file)
    found.add(code, message, place, text=text, expected=expected)
    return error_of(found.listed)


def excerpt(text: str) -> str:
    """Text made safe to show: controls and what is invisible escaped, and cut."""
    shown = "".join(c if c.isprintable() else f"\\u{{{ord(c):x}}}" for c in text[:_MAX_TEXT])
    return shown + "…" if len(text) > _MAX_TEXT else shown
