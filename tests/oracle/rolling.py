"""Nodes: cells combined up the programme tree at one place.

Rules: U1-U6 (means, streams, parts, coverage, bounds), U2a, U3a, U4a, U6a, U9-U12 (what is missing, aggregators, weights, rules), and
the node rules of S.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from .combining import changed_score, changed_status, combine, entropy_weights, is_as_asked, priorities, total_units
from .days import Day
from .exact import ONE, ZERO, band_edge, exact, first_reason, knife, share_reaches
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
    means: list[tuple[str, Fraction, Fraction, Fraction]] = field(default_factory=list)  # child, weight, attainment, expected
    bounds: list[tuple[str, Fraction, Fraction, Fraction]] = field(default_factory=list)  # child, weight, lower, upper
    without_weights: str | None = None
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
        weights, without = self._weights(node, place)
        sums = self._sums(node, place, weights)
        sums.without_weights = without
        row = self._row(node, place, sums)
        if sums.has_cell or node is self.plan.root and place == self.plan.places[self.plan.root_place].id:
            self.rows[node.id, place] = row
        return row, sums

    def _sums(self, node: Node, place: str, weights: dict[str, Fraction]) -> _Sums:
        sums = _Sums()
        below = [(child, *self._node(child, place)) for child in node.nodes]
        knife.touched = False
        total = sum(weights.values(), ZERO)
        for child, row, inner in below:
            self._add_node(sums, node, child, row, inner, weights.get(child.id, ZERO), total)
        for target in node.targets:
            self._add_leaf(sums, node, target, place, weights.get(target.id, ZERO), total)
        floor = exact(node.roll_up["floor"]) if "floor" in node.roll_up else None
        if floor is not None:  # U10b
            sums.means = [(c, w, max(a, floor), max(e, floor)) for c, w, a, e in sums.means]
            sums.bounds = [(c, w, max(a, floor), max(e, floor)) for c, w, a, e in sums.bounds]
        return sums

    # Weights (U11) ---------------------------------------------------------------------------------------------------

    def _weights(self, node: Node, place: str) -> tuple[dict[str, Fraction], str | None]:
        """By child; and why they cannot be told, then even (U11c)."""
        spec = node.roll_up.get("weights", {"by": "given"})
        given = {c.id: c.weight for c in node.nodes} | {t.id: t.weight for t in node.targets}
        if spec["by"] == "given":
            return given, None
        if spec["by"] == "leaf_count":
            counts = {c.id: self._leaf_count(c) for c in node.nodes} | {t.id: ONE for t in node.targets}
            return {c: counts[c] if w else ZERO for c, w in given.items()}, None
        if spec["by"] == "comparisons" and spec.get("comparisons"):
            found = priorities(spec["comparisons"], spec.get("priority", "eigenvector"))
            return {c: found.get(c, ONE) if w else ZERO for c, w in given.items()}, None
        if spec["by"] in ("equal", "comparisons"):
            return {c: ONE if w else ZERO for c, w in given.items()}, None
        present = [c.id for c in node.nodes if given[c.id] and self._has_cell(c, place)]
        present += [t.id for t in node.targets if given[t.id] and self._cell(t, place) is not None]
        told = self._measured(spec, present, place) if spec["by"] == "measure" else self._by_entropy(node, spec, present, given)
        if not isinstance(told, str) and present and not any(told.values()):
            told = "denominator_zero"
        return (dict.fromkeys(present, ONE), told) if isinstance(told, str) else (told, None)

    def _leaf_count(self, node: Node) -> Fraction:
        inner = sum((self._leaf_count(c) for c in node.nodes if c.weight), ZERO)
        return inner + sum(1 for t in node.targets if t.weight)

    def _has_cell(self, node: Node, place: str) -> bool:
        return any(self._cell(t, place) is not None for t in node.targets) or any(self._has_cell(c, place) for c in node.nodes)

    def _target(self, name: str) -> Target:
        return next(t for t in self.plan.targets if t.id == name)

    def _measured(self, spec: dict[str, Any], present: list[str], place: str) -> dict[str, Fraction] | str:
        """U11a"""
        found: dict[str, Fraction] = {}
        reasons: list[str | None] = []
        for child in present:
            if child not in spec["measures"]:  # it had weight once
                found[child] = ZERO
                continue
            cell = self._cell(self._target(spec["measures"][child]), place)
            if cell is None or cell.reading is None:
                reasons.append("no_observation" if cell is None else cell.reading_reason)
            elif cell.reading < 0:
                reasons.append("not_scalable")
            else:
                found[child] = cell.reading
        return first_reason(reasons) or found

    def _by_entropy(
        self, node: Node, spec: dict[str, Any], present: list[str], given: dict[str, Fraction]
    ) -> dict[str, Fraction] | str:
        """U11b"""
        places = [p for p in self.plan.places if self._has_cell(node, p.id)]
        inner = {p.parent for p in places}
        columns: dict[str, list[Fraction]] = {}
        for place in places:
            if place.index in inner:
                continue
            even = {c: ONE if w else ZERO for c, w in given.items()}
            sums = self._sums(node, place.id, even)
            for child, *_ in sums.bounds:
                columns.setdefault(child, [])
            for child, _, attainment, _ in sums.means:
                columns.setdefault(child, []).append(attainment)
        found = entropy_weights(columns, spec.get("transform", "shares"))
        return found if isinstance(found, str) else {c: found.get(c, ZERO) for c in present}

    # Children --------------------------------------------------------------------------------------------------------

    def _add_node(
        self, sums: _Sums, node: Node, child: Node, row: NodeRow, inner: _Sums, weight: Fraction, total: Fraction
    ) -> None:
        sums.has_cell = sums.has_cell or inner.has_cell
        if not weight:
            return
        share = weight / total
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
            sums.means.append((child.id, weight, row.attainment, row.expected))
        elif zero:
            sums.means.append((child.id, weight, ZERO, ZERO))
        if row.lower is not None and row.upper is not None:
            sums.bounds.append((child.id, weight, row.lower, row.upper))
        elif zero:
            sums.bounds.append((child.id, weight, ZERO, ZERO))

    def _add_leaf(self, sums: _Sums, node: Node, target: Target, place: str, weight: Fraction, total: Fraction) -> None:
        cell = self._cell(target, place)
        if cell is None:
            return
        sums.has_cell = True
        if not weight:
            return
        if not cell.applicable:
            sums.left_out.append(cell.status_reason or "not_applicable")
            return
        share = weight / total
        sums.leaves.append(cell)
        sums.all_weight += share
        sums.has_progress = sums.has_progress or not cell.is_hold_like
        sums.direct_failure = sums.direct_failure or cell.status in ("missed", "behind")
        if cell.status == "not_due":  # U5
            if node.count_not_due and not cell.is_hold_like:
                sums.answered += share
                sums.due += share
                sums.means.append((target.id, weight, ZERO, ZERO))
                sums.bounds.append((target.id, weight, ZERO, ZERO))
            return
        sums.due += share
        if cell.is_hold_like:
            self._add_hold(sums, cell, share)
        else:
            self._add_progress(sums, node, target, cell, place, weight, share)

    def _add_hold(self, sums: _Sums, cell: Cell, share: Fraction) -> None:
        """U3: the other stream."""
        if cell.status in ANSWERS:
            sums.answered += share
            sums.holds += share
            sums.holding += share if cell.holds else ZERO

    def _add_progress(
        self, sums: _Sums, node: Node, target: Target, cell: Cell, place: str, weight: Fraction, share: Fraction
    ) -> None:
        score, covered, missing = cell.score, ONE, ZERO
        if score is None and target.partition:
            score, covered = self._parts_score(target, place)
        if score is None or cell.expected is None:
            sums.bounds.append((target.id, weight, ZERO, ONE))
            if node.roll_up.get("missing") == "count_as_zero" and cell.expected is not None:  # U9
                sums.means.append((target.id, weight, ZERO, cell.expected))
            return
        missing = 1 - covered
        sums.answered += share * covered
        sums.means.append((target.id, weight, score, cell.expected))
        sums.bounds.append((target.id, weight, score * covered, score * covered + missing))

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
        if sums.holds:
            row.hold_share = sums.holding / sums.holds
        if sums.due:
            row.coverage = sums.answered / sums.due
        refused = sums.without_weights is not None or (
            node.roll_up.get("missing") == "refuse" and not share_reaches(row.coverage, ONE)
        )
        fired = self._fired(node, place)
        if sums.means and not refused:
            self._put_mean(node, sums, row)
        if row.attainment is not None:
            for rule in fired:
                row.attainment = changed_score(rule, row.attainment, self._units(rule, place))
        if row.attainment is not None and row.expected is not None and band_edge(row.expected, self.plan.too_early_below):
            row.spi = row.attainment / row.expected
        if sums.bounds and sums.without_weights is None:
            self._put_bounds(node, sums, row)
        row.status, row.reason = self._status(node, row, sums)
        if sums.leaves:
            for rule in fired:
                row.status = changed_status(rule, row.status, [cell.status for _, cell in self._asked(rule, place)])
            row.reason = None if row.status is not None else row.reason
        row.knife_edge = knife.touched
        return row

    def _put_mean(self, node: Node, sums: _Sums, row: NodeRow) -> None:
        """U2, U2b, U10: both with the same children and the same weights."""
        if node.aggregator == "worst":
            _, _, row.attainment, row.expected = min(sums.means, key=lambda m: (m[2], -m[3]))
            return
        attainment = combine(node.roll_up, [(w, a) for _, w, a, _ in sums.means])
        expected = combine(node.roll_up, [(w, e) for _, w, _, e in sums.means])
        if not isinstance(attainment, str) and not isinstance(expected, str):
            row.attainment, row.expected = attainment, expected

    def _put_bounds(self, node: Node, sums: _Sums, row: NodeRow) -> None:
        """U6: the missing at 0 and at 1; U10a: the smaller first."""
        lower = combine(node.roll_up, [(w, low) for _, w, low, _ in sums.bounds])
        upper = combine(node.roll_up, [(w, high) for _, w, _, high in sums.bounds])
        if not isinstance(lower, str) and not isinstance(upper, str):
            row.lower, row.upper = min(lower, upper), max(lower, upper)

    # Rules (U12) -----------------------------------------------------------------------------------------------------

    def _fired(self, node: Node, place: str) -> list[dict[str, Any]]:
        return [r for r in node.roll_up.get("rules", []) if len(self._asked(r, place)) >= r.get("count", 1)]

    def _asked(self, rule: dict[str, Any], place: str) -> list[tuple[Target, Cell]]:
        """The targets that are as the rule asks, seen from the place (U12b)."""
        found = []
        for name in rule["of"]:
            target = self._target(name)
            cell = self._cell(target, place)
            if cell is None or not cell.applicable:
                continue
            answered = cell.score if cell.status in ANSWERS else None
            if is_as_asked(rule, cell.status, answered):
                found.append((target, cell))
        return found

    def _units(self, rule: dict[str, Any], place: str) -> Fraction:
        """U12c: short of the goals, of a bonus beyond them."""
        distances: list[Fraction | None] = []
        for target, cell in self._asked(rule, place):
            if cell.reading is None or cell.goal is None:
                continue
            ahead = cell.goal - cell.reading if "at_most" in (target.aim or {}) else cell.reading - cell.goal
            distances.append(ahead if rule["effect"] == "bonus" else -ahead)
        return total_units(distances)

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
