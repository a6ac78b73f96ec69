"""Nodes: cells combined up the programme tree at one place.

Rules: U1-U6 (means, streams, parts, coverage, bounds), U2a, U3a, U4a, U6a, and the node rules of S.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from .days import Day
from .exact import ONE, ZERO, band_edge, first_reason, knife, share_reaches
from .judging import ANSWERS, Cell, band_of_gap
from .plan import Node, Plan, Target


@dataclass
class NodeRow:
    """What the oracle says of one project (or the root, "") at one place."""

    node: str
    place: str
    attainment: Fraction | None = None
    expected: Fraction | None = None
    spi: Fraction | None = None
    hold_share: Fraction | None = None
    coverage: Fraction = ZERO  # 0 where nothing is due
    lower: Fraction | None = None
    upper: Fraction | None = None
    status: str | None = None
    reason: str | None = None
    knife_edge: bool = False


@dataclass
class _Sums:
    """A node's leaves, in effective weights relative to the node (U6a), and its children's numbers."""

    leaves: list[Cell] = field(default_factory=list)  # applicable, of some weight
    left_out: list[str] = field(default_factory=list)  # reasons of those that are not applicable
    has_cell: bool = False
    answered: Fraction = ZERO
    due: Fraction = ZERO
    all_weight: Fraction = ZERO
    holding: Fraction = ZERO
    holds: Fraction = ZERO
    means: list[tuple[Fraction, Fraction, Fraction]] = field(default_factory=list)  # weight, attainment, expected
    bounds: list[tuple[Fraction, Fraction, Fraction]] = field(default_factory=list)  # weight, lower, upper
    direct_failure: bool = False
    has_progress: bool = False


class Roller:
    def __init__(self, plan: Plan, cells: dict[tuple[str, str], Cell], as_of: Day) -> None:
        self.plan, self.cells, self.as_of = plan, cells, as_of
        self.above = [self._places_above(place.parent) for place in plan.places]
        self.parts: dict[str, list[Target]] = {}
        for target in plan.targets:
            if target.part_of is not None:
                self.parts.setdefault(target.part_of, []).append(target)
        self.rows: dict[tuple[str, str], NodeRow] = {}

    def _places_above(self, parent: int) -> set[str]:
        above = set()
        while parent >= 0:
            above.add(self.plan.places[parent].id)
            parent = self.plan.places[parent].parent
        return above

    def _cell(self, target: Target, place: str) -> Cell | None:
        """R9c: at places above its own a target counts with its own cell."""
        own = self.plan.places[target.place].id
        return self.cells.get((target.id, own if place in self.above[target.place] else place))

    def roll(self) -> dict[tuple[str, str], NodeRow]:
        for place in self.plan.places:
            self._node(self.plan.root, place.id)
        return self.rows

    def _node(self, node: Node, place: str) -> tuple[NodeRow, _Sums]:
        sums = _Sums()
        below = [(child, *self._node(child, place)) for child in node.nodes]
        knife.touched = False
        total = sum((c.weight for c in node.nodes), ZERO) + sum((t.weight for t in node.targets), ZERO)
        for child, row, inner in below:
            self._add_node(sums, node, child, row, inner, total)
        for target in node.targets:
            self._add_leaf(sums, node, target, place, total)
        row = self._row(node, place, sums)
        if sums.has_cell or node is self.plan.root and place == self.plan.places[self.plan.root_place].id:
            self.rows[node.id, place] = row
        return row, sums

    # Children --------------------------------------------------------------------------------------------------------

    def _add_node(self, sums: _Sums, node: Node, child: Node, row: NodeRow, inner: _Sums, total: Fraction) -> None:
        sums.has_cell = sums.has_cell or inner.has_cell
        if not child.weight:
            return
        share = child.weight / total
        zero = node.count_not_due and row.status == "not_due" and inner.has_progress
        sums.leaves += inner.leaves
        sums.left_out += inner.left_out
        sums.has_progress = sums.has_progress or inner.has_progress
        sums.all_weight += share * inner.all_weight
        sums.answered += share * (inner.all_weight if zero else inner.answered)
        sums.due += share * (inner.all_weight if zero else inner.due)
        sums.holding += share * inner.holding
        sums.holds += share * inner.holds
        sums.direct_failure = sums.direct_failure or row.status in ("missed", "behind")
        if row.attainment is not None and row.expected is not None:  # U2a
            sums.means.append((child.weight, row.attainment, row.expected))
        elif zero:
            sums.means.append((child.weight, ZERO, ZERO))
        if row.lower is not None and row.upper is not None:
            sums.bounds.append((child.weight, row.lower, row.upper))
        elif zero:
            sums.bounds.append((child.weight, ZERO, ZERO))

    def _add_leaf(self, sums: _Sums, node: Node, target: Target, place: str, total: Fraction) -> None:
        cell = self._cell(target, place)
        if cell is None:
            return
        sums.has_cell = True
        if not target.weight:
            return
        if not cell.applicable:
            sums.left_out.append(cell.status_reason or "not_applicable")
            return
        share = target.weight / total
        sums.leaves.append(cell)
        sums.all_weight += share
        sums.has_progress = sums.has_progress or not cell.is_hold_like
        sums.direct_failure = sums.direct_failure or cell.status in ("missed", "behind")
        if cell.status == "not_due":  # U5
            if node.count_not_due and not cell.is_hold_like:
                sums.answered += share
                sums.due += share
                sums.means.append((target.weight, ZERO, ZERO))
                sums.bounds.append((target.weight, ZERO, ZERO))
            return
        sums.due += share
        if cell.is_hold_like:
            self._add_hold(sums, cell, share)
        else:
            self._add_progress(sums, target, cell, place, share)

    def _add_hold(self, sums: _Sums, cell: Cell, share: Fraction) -> None:
        """U3: the other stream."""
        if cell.status in ANSWERS:
            sums.answered += share
            sums.holds += share
            sums.holding += share if cell.holds else ZERO

    def _add_progress(self, sums: _Sums, target: Target, cell: Cell, place: str, share: Fraction) -> None:
        score, covered, missing = cell.score, ONE, ZERO
        if score is None and target.partition:
            score, covered = self._parts_score(target, place)
        if score is None or cell.expected is None:
            sums.bounds.append((target.weight, ZERO, ONE))
            return
        missing = 1 - covered
        sums.answered += share * covered
        sums.means.append((target.weight, score, cell.expected))
        sums.bounds.append((target.weight, score * covered, score * covered + missing))

    def _parts_score(self, whole: Target, place: str) -> tuple[Fraction | None, Fraction]:
        """U4, U4a: the answered parts in proportion to their goals, and the share of the goals they cover."""
        cells = [self._cell(part, place) for part in self.parts.get(whole.id, [])]
        due = [(c.goal_amount, c) for c in cells
               if c is not None and c.applicable and c.status != "not_due" and c.goal_amount is not None]
        known = [(g, c.score) for g, c in due if c.status in ANSWERS and c.score is not None]
        goals, covered = sum((g for g, _ in due), ZERO), sum((g for g, _ in known), ZERO)
        if not covered:
            return None, ZERO
        return sum((g * score for g, score in known), ZERO) / covered, covered / goals

    # The node --------------------------------------------------------------------------------------------------------

    def _row(self, node: Node, place: str, sums: _Sums) -> NodeRow:
        row = NodeRow(node.id, place)
        if sums.means:
            row.attainment, row.expected = self._mean(node, sums.means)
            if band_edge(row.expected, self.plan.too_early_below):
                row.spi = row.attainment / row.expected
        if sums.holds:
            row.hold_share = sums.holding / sums.holds
        if sums.due:
            row.coverage = sums.answered / sums.due
        if sums.bounds:
            row.lower, row.upper = self._bounds(node, sums.bounds)
        row.status, row.reason = self._status(node, row, sums)
        row.knife_edge = knife.touched
        return row

    def _mean(self, node: Node, means: list[tuple[Fraction, Fraction, Fraction]]) -> tuple[Fraction, Fraction]:
        """U2, U2b: both with the same children and the same weights."""
        if node.aggregator == "worst":
            _, attainment, expected = min(means, key=lambda m: (m[1], -m[2]))
            return attainment, expected
        total = sum((w for w, _, _ in means), ZERO)
        return (sum((w * a for w, a, _ in means), ZERO) / total, sum((w * f for w, _, f in means), ZERO) / total)

    def _bounds(self, node: Node, bounds: list[tuple[Fraction, Fraction, Fraction]]) -> tuple[Fraction, Fraction]:
        """U6: the missing at 0 and at 1."""
        if node.aggregator == "worst":
            return min(low for _, low, _ in bounds), min(high for _, _, high in bounds)
        return self._mean(node, bounds)

    def _status(self, node: Node, row: NodeRow, sums: _Sums) -> tuple[str | None, str | None]:
        """The node rules of S, in their order."""
        leaves = sums.leaves
        if not leaves:
            return None, first_reason(sums.left_out) or "not_applicable"
        if all(c.status == "not_due" for c in leaves):
            return "not_due", None
        if not share_reaches(row.coverage, node.minimum_coverage):
            return None, "incomplete"
        if all(c.status == "met" for c in leaves):
            return "met", None
        due = node.due if node.due is not None else max(c.due for c in leaves)
        if self.as_of >= due:
            return ("missed", None) if any(c.status == "missed" for c in leaves) else (None, "incomplete")
        return self._before_due(node, row, sums), None

    def _before_due(self, node: Node, row: NodeRow, sums: _Sums) -> str:
        holds = [c.holds for c in sums.leaves if c.is_hold_like and c.status in ANSWERS]
        if row.attainment is not None and row.expected is not None:
            status = band_of_gap(row.attainment - row.expected)
        else:  # U2a
            status = "on_track" if all(holds) else "at_risk"
        ceiling = node.is_project and sums.direct_failure or not all(holds)
        return "at_risk" if ceiling and status == "on_track" else status
