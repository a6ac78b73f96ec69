"""The league table of places: the whole at each place, ranked among the places of one parent."""

from __future__ import annotations

from collections import defaultdict

import attain
from attain import _core
from attain._report.content import Figures, PlaceRow
from attain._report.format import Format, figures
from attain._report.outline import Outline

_MOST_ROWS = 200


def league_of(
    now: _core.Evaluation, since: _core.Evaluation | None, outline: Outline, write: Format
) -> tuple[list[PlaceRow], int]:
    """A row for each place that has results, the highest attainment first, and how many places there are.

    Of many places only the first and the last have a row.
    """
    table = now.project_table(at_places=True).rows()
    root = now.root
    results = [
        now.project(root.id, row["place"])
        for row in table
        if row["project"] is None and row["place"] in outline.place_parents and row["place"] != root.place
    ]
    if not results:
        return [], 0
    moved = _moved(since, now)
    rows = [_row(of, outline, write) for of in results]
    ranks = _ranks(rows)
    ranked = [_with_rank(row, ranks.get(row.place), moved.get(row.place)) for row in rows]
    ranked.sort(key=lambda row: (row.rank is None, -(row.figures.attainment or 0.0), row.place))
    shown = ranked if len(ranked) <= 2 * _MOST_ROWS else [*ranked[:_MOST_ROWS], *ranked[-_MOST_ROWS:]]
    return shown, len(ranked)


def _row(of: _core.ProjectResult, outline: Outline, write: Format) -> PlaceRow:
    within = outline.place_parents.get(of.place, "")
    return PlaceRow(
        place=of.place,
        name=outline.place_names.get(of.place, of.place),
        within=outline.place_names.get(within, within),
        rank=None,
        moved=None,
        status=write.status(of),
        figures=figures(of),
        coverage=of.coverage,
        met=of.met_count,
        due=of.target_count - of.not_due_count,
    )


def _with_rank(row: PlaceRow, rank: int | None, moved: int | None) -> PlaceRow:
    import dataclasses

    return dataclasses.replace(row, rank=rank, moved=moved)


def _ranks(rows: list[PlaceRow]) -> dict[str, int]:
    """1 the highest attainment among the places of one parent; equal ones share a rank."""
    siblings: dict[str, list[PlaceRow]] = defaultdict(list)
    for row in rows:
        if row.figures.attainment is not None:
            siblings[row.within].append(row)
    return {
        row.place: 1 + sum(_share(other.figures) > _share(row.figures) + 1e-12 for other in group)
        for group in siblings.values()
        for row in group
    }


def _share(of: Figures) -> float:
    return of.attainment if of.attainment is not None else 0.0


def _moved(since: _core.Evaluation | None, now: _core.Evaluation) -> dict[str, int]:
    """How many ranks each place gained since the last report."""
    if since is None:
        return {}
    ranks = attain.compare(since, now).ranks_of_places()
    return {row["place"]: row["rank_before"] - row["rank_after"] for row in ranks if row["rank_before"] and row["rank_after"]}
