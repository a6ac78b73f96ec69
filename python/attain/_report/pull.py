"""What each target takes from the total: its weight in the mean times attainment minus expected (rule U2)."""

from __future__ import annotations

from attain import _core

_SILENT_BUT_NOT_DUE = ("not_applicable", "withdrawn", "not_started", "not_due")


def weights_in_mean(root: _core.ProjectResult) -> list[tuple[_core.TargetResult, float]]:
    """The targets that the attainment of a node is the mean of, with weights that add up to 1; empty if there are none.

    Of a tree of weighted means. Other aggregators and rules make the total something else.
    """
    parts: list[tuple[list[tuple[_core.TargetResult, float]], float]] = []
    weights = root.weights
    for target in root.targets:
        if _is_in_mean(target):
            parts.append(([(target, 1.0)], weights.get(target.id, 0.0)))
    for child in root.projects:
        below = weights_in_mean(child)
        if below:
            parts.append((below, weights.get(child.id, 0.0)))
    total = sum(weight for _, weight in parts)
    if total <= 0:
        return []
    return [(target, share * weight / total) for below, weight in parts for target, share in below if weight > 0]


def _is_in_mean(target: _core.TargetResult) -> bool:
    answered = target.status is not None and target.status_means != "not_due"
    return answered and not target.is_hold and target.attainment is not None and target.expected is not None


def pull(target: _core.TargetResult, weight: float, cap: float) -> float:
    """What one target takes from the total (negative) or gives to it, as a share of the whole."""
    assert target.attainment is not None and target.expected is not None
    return weight * (min(max(target.attainment, 0.0), cap) - target.expected)


def is_silent(target: _core.TargetResult) -> bool:
    """Whether something is due of a target and it has no answer."""
    return target.aim is not None and target.reason is not None and str(target.reason) not in _SILENT_BUT_NOT_DUE
