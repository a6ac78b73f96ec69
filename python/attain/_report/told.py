"""One result as text, in the language of the reader: the steps of its explanation, and the reports that it rests on."""

from __future__ import annotations

from attain import _core, _text
from attain._report.format import Format
from attain._report.outline import outline_of
from attain._report.reports import Reports
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
    if isinstance(of, _core.ProjectResult):
        below: list[_core.TargetResult | _core.ProjectResult] = [*of.targets, *of.projects]
        children = [[child.id, child.name, write.percent(child.attainment), write.status(child).word] for child in below]
        lines += ["", words("children_caption", id=of.id), *_indented(children)]
        return "\n".join(lines) + "\n"
    inside = outline.places_within(of.place) if outline.place_parents else {of.place}
    within = [one for one in now.results(at_places=True) if one.id == of.id and one.place in inside]
    reports, left_out = Reports(now, outline, write).of(of, explained, within, _MOST_REPORTS)
    if not reports:
        return "\n".join([*lines, "", words("no_observations")]) + "\n"
    rows = [[one.period, one.indicator, one.place, one.amount, one.fate, one.recorded, one.source, one.note] for one in reversed(reports)]
    headings = [words(key) for key in ("period", "indicator", "place", "amount", "fate", "recorded", "source", "note")]
    lines += ["", words("observations_caption", id=of.id), *_indented([headings, *rows])]
    return "\n".join([*lines, *([words("more_observations", count=left_out)] if left_out else [])]) + "\n"


def _indented(rows: list[list[str]]) -> list[str]:
    """Rows as lines, without columns in which nothing stands."""
    filled = [index for index in range(len(rows[0]) if rows else 0) if any(row[index] for row in rows[1:] or rows)]
    cells = [[row[index] for index in filled] for row in rows]
    return [f"  {line}" for line in _text.columns(cells, right=[False] * len(filled))] if cells else []
