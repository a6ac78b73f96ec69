"""Random roll-ups of nodes, chosen last since they name children and targets: aggregators, weights, what is missing, rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .builder import Builder

AGGREGATORS: tuple[dict[str, Any], ...] = (
    {"aggregator": "weighted_mean"}, {"aggregator": "geometric_mean", "floor": 0.01}, {"aggregator": "geometric_mean", "floor": 0},
    {"aggregator": "harmonic_mean", "floor": 0.05}, {"aggregator": "power_mean", "exponent": 2},
    {"aggregator": "power_mean", "exponent": -0.5, "floor": 0.1}, {"aggregator": "least"}, {"aggregator": "greatest"},
    {"aggregator": "mean_min", "alpha": 0.5}, {"aggregator": "mean_min", "alpha": 1, "beta": 0.2}, {"aggregator": "penalised_mean"},
    {"aggregator": "penalised_mean", "divisor": "n_minus_1"}, {"aggregator": "weighted_median"}, {"aggregator": "share_met"},
    {"aggregator": "all_met"}, {"aggregator": "weighted_mean", "floor": 0.2}, {"aggregator": "worst"},
)  # fmt: skip


class RollUps:
    """Gives some nodes of a finished programme a richer roll-up."""

    def __init__(self, b: Builder, programme: dict[str, Any]) -> None:
        self.b, self.programme = b, programme

    def vary(self) -> None:
        for node in list(_nodes(self.programme)):
            if self.b.chance(0.2):
                node["roll_up"] = {**node.get("roll_up", {}), **self._roll_up(node)}

    def _roll_up(self, node: dict[str, Any]) -> dict[str, Any]:
        b = self.b
        made: dict[str, Any] = {}
        if b.chance(0.6):
            made.update(b.pick(AGGREGATORS))
            b.uses(f"aggregator {made['aggregator']}")
        if b.chance(0.4):
            weights = self._weights(node)
            if weights:
                made["weights"] = weights
                b.uses(f"weights by {weights['by']}")
        if b.chance(0.3) and made.get("aggregator") != "worst":
            made["missing"] = b.pick(("count_as_zero", "refuse"))
            b.uses(f"missing: {made['missing']}")
        judged = [t for t in _targets(node) if "aim" in t]
        if b.chance(0.4) and judged:
            made["rules"] = [self._rule(judged) for _ in range(b.rng.randint(1, 3))]
        return made

    def _weights(self, node: dict[str, Any]) -> dict[str, Any] | None:
        b = self.b
        children = [c["id"] for c in (*node.get("projects", []), *node.get("targets", [])) if _weighs(c)]
        by = b.pick(("equal", "leaf_count", "measure", "comparisons", "entropy"))
        if by == "measure":
            everything = [t["id"] for t in _targets(self.programme)]
            return {"by": by, "measures": {child: b.pick(everything) for child in children}}
        if by == "comparisons":
            pairs = [(one, other) for i, one in enumerate(children) for other in children[i + 1 :]]
            compared = [{"child": one, "over": other, "times": b.pick((0.25, 0.5, 1, 2, 3, 5))} for one, other in pairs]
            return {"by": by, "comparisons": compared, "priority": b.pick(("eigenvector", "row_geometric_mean", "column_mean"))}
        if by == "entropy":
            within = {p.get("within") for p in self.programme["places"]}
            if sum(p["id"] not in within for p in self.programme["places"]) < 2:
                return None
            return {"by": by, "transform": b.pick(("shares", "min_max", "min_max_tenth", "min_max_plus_one"))}
        return {"by": by}

    def _rule(self, judged: list[dict[str, Any]]) -> dict[str, Any]:
        b = self.b
        effect = b.pick(("veto", "ceiling", "grade_ceiling", "deduction", "bonus", "fail", "worst_status"))
        b.uses(f"rule: {effect}")
        of = b.rng.sample(judged, min(len(judged), b.rng.randint(1, 3)))
        whole = [t for t in of if not t.get("partition")]
        asked = ("missed", "failing", "unmet", "met", "judged")
        when = b.pick((*asked, "below") if len(whole) == len(of) else asked)
        rule: dict[str, Any] = {"effect": effect, "of": [t["id"] for t in of], "when": when}
        if when == "below":
            rule["below"] = b.pick((0.3, 0.5, 0.9))
        if len(of) > 1 and b.chance(0.4):
            rule["count"] = 2
        if effect == "ceiling" or effect in ("veto", "deduction", "bonus") and b.chance(0.3):
            rule["score"] = b.pick((0.25, 0.5, 0.75))
        if effect == "grade_ceiling":
            rule["grade"] = b.pick(("at_risk", "behind", "missed"))
        if effect in ("deduction", "bonus"):
            counted = all(_counts_units(t) for t in of)
            rule.update({"per_unit": b.pick((0.001, 0.01))} if counted and b.chance(0.5) else {"points": b.pick((0.05, 0.125))})
            if b.chance(0.5):
                rule["most"] = b.pick((0.05, 0.25))
        return rule


def _weighs(child: dict[str, Any]) -> bool:
    """U4: declared, else 1, or 0 of what belongs to another target or has no aim."""
    is_target = "indicator" in child
    belongs = any(key in child for key in ("part_of", "attribute_of", "input_of"))
    return bool(child.get("weight", 0 if is_target and (belongs or "aim" not in child) else 1))


def _counts_units(target: dict[str, Any]) -> bool:
    every = isinstance(target.get("cadence"), dict) and "every" in target["cadence"]
    return bool({"at_least", "at_most"} & set(target["aim"])) and not every


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("projects", []):
        yield from _nodes(child)


def _targets(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from node.get("targets", [])
    for child in node.get("projects", []):
        yield from _targets(child)
