"""What changed since the last report (rule U8)."""

from __future__ import annotations

import attain
from attain import _core, _text
from attain._report.content import ChangePart, Changes, StatusChange
from attain._report.format import Format

_COMPONENTS = {"performance": "performance", "coverage": "cause_coverage", "rules": "rules", "plan": "plan"}


def changes_of(since: _core.Evaluation, now: _core.Evaluation, write: Format) -> Changes:
    """The change of the whole, part by part, and the targets whose status changed."""
    change = attain.compare(since, now).change()
    return Changes(
        since=since.as_of,
        label=_label(since, now, write),
        sentence=_without_name(change.sentence(write.words.language), change.name or change.id),
        parts=_parts(change, write),
        statuses=_statuses(since, now, write),
    )


def _label(since: _core.Evaluation, now: _core.Evaluation, write: Format) -> str:
    """Since when, and whether by the reports of that time or by those that are known now."""
    day = write.day(since.as_of)
    if since.known_at == now.known_at:
        return write.words("since_now", day=day)
    if since.known_at is None:
        return write.words("since_known", day=day, known=write.words("everything_reported"))
    return write.words("since_known", day=day, known=write.words("known_at", day=write.day(since.known_at)))


def _without_name(sentence: str, name: str) -> str:
    """A page says its name once, at its top."""
    return sentence.removeprefix(name).lstrip("：: ")


def _parts(change: _core.Change, write: Format) -> list[ChangePart]:
    rows = change.parts.rows()
    shares = [_share(row["contribution"]) or 0.0 for row in rows]
    shown = _text.adding_up(shares, sum(shares) if change.change is None else change.change)
    return [_part(row, share, rounded, write) for row, share, rounded in zip(rows, shares, shown, strict=True)]


def _part(row: dict[str, object], share: float, shown: float, write: Format) -> ChangePart:
    causes = {name: value for name in _COMPONENTS if isinstance(value := row[name], float) and round(abs(value), 6) > 0}
    cause = write.words("between_names").join(write.words(_COMPONENTS[name]) for name in sorted(causes, key=lambda name: -abs(causes[name])))
    id = str(row["target"] or row["project"] or "")
    return ChangePart(id, str(row["name"] or ""), _share(row["before"]), _share(row["after"]), share, shown, cause)


def _share(value: object) -> float | None:
    return value if isinstance(value, float) else None


def _statuses(since: _core.Evaluation, now: _core.Evaluation, write: Format) -> list[StatusChange]:
    before = {result.id: result for result in since}
    changed = []
    for result in now:
        earlier = before.get(result.id)
        if earlier is not None and earlier.status != result.status:
            changed.append(StatusChange(result.id, result.name or result.text, write.status(earlier), write.status(result)))
    return changed
