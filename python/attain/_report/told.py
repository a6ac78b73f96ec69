"""One result as text, in the language of the reader: the steps of its explanation, and the reports that it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from attain import _core, _text
from attain._report.format import Format
from attain._report.outline import Outline, outline_of
from attain._report.reports import Reports
from attain._report.silence import Silence
from attain._unreported import Unreported
from attain.catalogue import Words

_MOST_REPORTS = 1000


def told(now: _core.Evaluation, of: _core.TargetResult | _core.ProjectResult, language: str) -> str:
    """How a result of an evaluation of one programme came about."""
    assert isinstance(now.plan, _core.Programme)
    words = Words(language)
    outline = outline_of(now.plan)
    write = Format(words, outline.indicators)
    place = outline.place_names.get(of.place, of.place)
    name = f"{of.id} {of.name or getattr(of, 'text', '')}".rstrip()
    explained = of.explain()
    lines = [words("table_as_of", name=name, day=write.day(now.as_of)) + words("table_at_place", place=place)]
    lines += words.explanation(explained).splitlines()[1:]
    silence = Silence(now, outline, words)
    lines += [f"  {line}" for line in silence.told(_silent(silence, of), of.place)]
    if isinstance(of, _core.TargetResult):
        return "\n".join([*lines, "", *_reports_told(now, of, explained, outline, write)]) + "\n"
    below: list[_core.TargetResult | _core.ProjectResult] = [*of.targets, *of.projects]
    children = [[child.id, child.name, write.percent(child.attainment), write.status(child).word] for child in below]
    return "\n".join([*lines, "", words("children_caption", id=of.id), *_indented(children)]) + "\n"


def unreported_of(now: _core.Evaluation, of: _core.TargetResult | _core.ProjectResult) -> list[Unreported]:
    """What was not reported of a target, or of all targets in a project."""
    assert isinstance(now.plan, _core.Programme)
    return _silent(Silence(now, outline_of(now.plan), Words("en")), of)


def _silent(silence: Silence, of: _core.TargetResult | _core.ProjectResult) -> list[Unreported]:
    return list(dict.fromkeys(one for target in _targets(of) for one in silence.of(target)))


def _targets(of: _core.TargetResult | _core.ProjectResult) -> Iterator[_core.TargetResult]:
    if isinstance(of, _core.TargetResult):
        yield of
        return
    yield from of.targets
    for child in of.projects:
        yield from _targets(child)


def _reports_told(
    now: _core.Evaluation, of: _core.TargetResult, explained: _core.Explanation, outline: Outline, write: Format
) -> list[str]:
    """The reports on a target, the earliest first."""
    words = write.words
    inside = outline.places_within(of.place) if outline.place_parents else {of.place}
    within = [one for one in now.results(at_places=True) if one.id == of.id and one.place in inside]
    reports, left_out = Reports(now, outline, write).of(of, explained, within, _MOST_REPORTS)
    if not reports:
        return [words("no_observations")]
    rows = [[one.period, one.indicator, one.place, one.amount, one.fate, one.recorded, one.source, one.note] for one in reversed(reports)]
    headings = [words(key) for key in ("period", "indicator", "place", "amount", "fate", "recorded", "source", "note")]
    lines = [words("observations_caption", id=of.id), *_indented([headings, *rows])]
    return [*lines, *([words("more_observations", count=left_out)] if left_out else [])]


def _indented(rows: list[list[str]]) -> list[str]:
    """Rows as lines, without columns in which nothing stands."""
    filled = [index for index in range(len(rows[0]) if rows else 0) if any(row[index] for row in rows[1:] or rows)]
    cells = [[row[index] for index in filled] for row in rows]
    return [f"  {line}" for line in _text.columns(cells, right=[False] * len(filled))] if cells else []
