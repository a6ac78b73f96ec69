"""What a person should look at in the data: findings of targets, of the reports, and of the programme."""

from __future__ import annotations

import attain
from attain import _core
from attain._report.content import FoundHere
from attain._report.format import Format

_SEVERITIES = ("error", "warning", "note")


def findings_of(now: _core.Evaluation, of_targets: list[tuple[str, _core.Finding]], write: Format) -> list[FoundHere]:
    """All findings once, the gravest first."""
    assert isinstance(now.plan, _core.Programme)
    found = [(finding.where, finding) for finding in [*attain.check(now.plan, now.book), *now.plan.warnings]] + of_targets
    once = {(str(finding.code), where, finding.message): _finding(where, finding, write) for where, finding in found}
    return sorted(once.values(), key=lambda one: _SEVERITIES.index(one.severity))


def _finding(where: str, of: _core.Finding, write: Format) -> FoundHere:
    words = write.words
    key = f"code_{of.code}"
    text = words(key) if key in words else words("code_other", code=of.code)
    message = of.message if words.language == "en" else ""
    return FoundHere(str(of.severity), text, where, message)
