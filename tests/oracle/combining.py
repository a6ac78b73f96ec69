"""How a node combines its children: aggregators, weights and rules, from the words of U10 to U12, with 60 digits where roots are drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal, getcontext
from fractions import Fraction
from typing import Any

from .exact import ONE, ZERO, exact

getcontext().prec = 60
_DIGITS = 10**40

Part = tuple[Fraction, Fraction]  # weight and score


def _decimal(x: Fraction) -> Decimal:
    return Decimal(x.numerator) / Decimal(x.denominator)


def _fraction(x: Decimal) -> Fraction:
    return Fraction(int((x * _DIGITS).to_integral_value()), _DIGITS)


def mean(parts: Sequence[Part]) -> Fraction:
    return sum((w * s for w, s in parts), ZERO) / sum((w for w, _ in parts), ZERO)


def power_mean(parts: Sequence[Part], exponent: Fraction) -> Fraction | str:
    """U10: geometric for 0; 0 is the limit where a score is 0 and the exponent is not positive; none of a negative score."""
    if exponent == 1:
        return mean(parts)
    if any(s < 0 for _, s in parts):
        return "not_scalable"
    if any(s == 0 for _, s in parts) and exponent <= 0 or all(s == 0 for _, s in parts):
        return ZERO
    weight = _decimal(sum((w for w, _ in parts), ZERO))
    logs = [(_decimal(w) / weight, _decimal(s).ln()) for w, s in parts if s]
    if exponent == 0:
        return _fraction(sum((w * x for w, x in logs), Decimal(0)).exp())
    p = _decimal(exponent)
    total = sum((w * (p * x).exp() for w, x in logs), Decimal(0))
    return _fraction((total.ln() / p).exp())


def mean_min(parts: Sequence[Part], alpha: Fraction, beta: Fraction) -> Fraction:
    middle = mean(parts)
    gap = middle - min(s for _, s in parts)
    root = _fraction(_decimal(gap * gap + beta * beta).sqrt())
    return middle - alpha * (root - beta)


def penalised_mean(parts: Sequence[Part], divisor: str) -> Fraction | str:
    middle = mean(parts)
    square = mean([(w, (s - middle) ** 2) for w, s in parts])
    if divisor == "n_minus_1":
        if len(parts) < 2:
            return "too_few_observations"
        square = square * len(parts) / (len(parts) - 1)
    return ZERO if middle == 0 else middle - square / middle


def weighted_median(parts: Sequence[Part]) -> Fraction:
    ordered = sorted((s, w) for w, s in parts)
    half = sum((w for w, _ in parts), ZERO) / 2
    reached = ZERO
    for i, (score, weight) in enumerate(ordered):
        reached += weight
        if reached == half:
            return (score + ordered[i + 1][0]) / 2
        if reached > half:
            return score
    raise AssertionError("half of the weight is reached")


def has_come(score: Fraction) -> Fraction:
    return ONE if score >= 1 - Fraction(1, 10**9) else ZERO


def combine(roll_up: dict[str, Any], parts: Sequence[Part]) -> Fraction | str:
    """One score of many, or a reason."""
    name = roll_up.get("aggregator", "weighted_mean")
    scores = [s for _, s in parts]
    if name in ("geometric_mean", "harmonic_mean", "power_mean"):
        return power_mean(parts, {"geometric_mean": ZERO, "harmonic_mean": -ONE}.get(name, exact(roll_up.get("exponent", 1))))
    if name in ("least", "worst"):
        return min(scores)
    if name == "greatest":
        return max(scores)
    if name == "mean_min":
        return mean_min(parts, exact(roll_up.get("alpha", 1)), exact(roll_up.get("beta", 0)))
    if name == "penalised_mean":
        return penalised_mean(parts, roll_up.get("divisor", "n"))
    if name == "weighted_median":
        return weighted_median(parts)
    if name == "share_met":
        return mean([(w, has_come(s)) for w, s in parts])
    if name == "all_met":
        return min(has_come(s) for s in scores)
    return mean(parts)


# Weights -------------------------------------------------------------------------------------------------------------


Matrix = dict[tuple[str, str], Decimal]


def _perron(times: Matrix, children: Sequence[str]) -> dict[str, Decimal]:
    found = dict.fromkeys(children, Decimal(1))
    for _ in range(300):
        found = {a: Decimal(sum(times[a, b] * found[b] for b in children)) for a in children}
        largest = max(found.values())
        found = {a: x / largest for a, x in found.items()}
    return found


def _complete(times: Matrix, children: Sequence[str]) -> None:
    """U11d: what is missing makes the greatest eigenvalue least, so its derivative by the logarithm of each missing entry is 0."""
    missing = [(a, b) for i, a in enumerate(children) for b in children[i + 1 :] if (a, b) not in times]
    times.update({pair: Decimal(1) for a, b in missing for pair in ((a, b), (b, a))})
    moved = Decimal(1) if missing else Decimal(0)
    while moved > Decimal("1e-18"):
        right = _perron(times, children)
        left = _perron({(b, a): x for (a, b), x in times.items()}, children)
        moved = Decimal(0)
        for a, b in missing:
            better = (right[a] * left[b] / (right[b] * left[a])).sqrt()
            moved = max(moved, abs(better / times[a, b] - 1))
            times[a, b], times[b, a] = better, 1 / better


def priorities(pairs: Sequence[dict[str, Any]], method: str) -> dict[str, Fraction]:
    """U11: of comparisons in pairs, by the principal eigenvector, the geometric means of rows, or the means of columns."""
    children = list(dict.fromkeys(one for pair in pairs for one in (pair["child"], pair["over"])))
    times = {(c, c): Decimal(1) for c in children}
    for pair in pairs:
        times[pair["child"], pair["over"]] = Decimal(float(pair["times"]))
        times[pair["over"], pair["child"]] = 1 / Decimal(float(pair["times"]))
    _complete(times, children)
    if method == "row_geometric_mean":
        found = {a: (sum(times[a, b].ln() for b in children) / len(children)).exp() for a in children}
    elif method == "column_mean":
        columns = {b: sum(times[a, b] for a in children) for b in children}
        found = {a: Decimal(sum(times[a, b] / columns[b] for b in children)) for a in children}
    else:
        found = _perron(times, children)
    total = sum(found.values())
    return {a: _fraction(x / total) for a, x in found.items()}


def entropy_weights(columns: dict[str, list[Fraction]], transform: str) -> dict[str, Fraction] | str:
    """U11, U11b: weights, or a reason."""
    if not columns or any(len(column) < 2 for column in columns.values()):
        return "too_few_observations"
    apart: dict[str, Decimal] = {}
    for child, column in columns.items():
        low, high = min(column), max(column)
        if transform == "shares" and high == 0:
            return "denominator_zero"
        if low == high:
            apart[child] = Decimal(0)
            continue
        z = [_transformed(x, low, high, transform) for x in column]
        shares = [_decimal(x / sum(z, ZERO)) for x in z]
        entropy = -sum((p * p.ln() for p in shares if p), Decimal(0)) / Decimal(len(column)).ln()
        apart[child] = 1 - entropy
    total = sum(apart.values())
    return {child: _fraction(d / total) for child, d in apart.items()} if total else "denominator_zero"


def _transformed(x: Fraction, low: Fraction, high: Fraction, transform: str) -> Fraction:
    z = (x - low) / (high - low)
    return {"shares": x, "min_max": z, "min_max_tenth": Fraction(1, 10) + Fraction(9, 10) * z, "min_max_plus_one": 1 + z}[transform]


# Rules ---------------------------------------------------------------------------------------------------------------

ROLES = ("met", "on_track", "at_risk", "behind", "missed")


def changed_score(rule: dict[str, Any], score: Fraction, units: Fraction) -> Fraction:
    """U12, U12c: the score after a rule that fired; `units` are those that a deduction or bonus counts."""
    effect = rule["effect"]
    limit = exact(rule["score"]) if "score" in rule else None
    if effect == "veto":
        return limit or ZERO
    if effect == "ceiling":
        assert limit is not None
        return min(score, limit)
    size = exact(rule["points"]) if "points" in rule else exact(rule.get("per_unit", 0)) * units
    if "most" in rule:
        size = min(size, exact(rule["most"]))
    if effect == "deduction":
        return max(score - size, min(score, limit or ZERO))
    if effect == "bonus":
        return score + size if limit is None else min(score + size, max(score, limit))
    return score


def changed_status(rule: dict[str, Any], status: str | None, asked: Iterable[str | None]) -> str | None:
    """U12, U12d: the status after a rule that fired; `asked` are the statuses of the targets that are as asked."""
    if rule["effect"] == "worst_status":
        return max((one for one in asked if one in ROLES), key=ROLES.index, default=status)
    if rule["effect"] in ("veto", "fail"):
        return "missed"
    if rule["effect"] != "grade_ceiling" or status not in ROLES:
        return status
    return max((status, rule["grade"]), key=ROLES.index)


def is_as_asked(rule: dict[str, Any], status: str | None, score: Fraction | None) -> bool:
    """U12a: no answer is as asked of nothing."""
    when = rule.get("when", "missed")
    if when == "below":
        return score is not None and score < exact(rule["below"]) - Fraction(1, 10**9)
    return {"missed": status == "missed", "failing": status in ("missed", "behind"), "met": status == "met",
            "unmet": status in ROLES and status != "met", "judged": status in ROLES}[when]  # fmt: skip


def total_units(distances: Iterable[Fraction | None]) -> Fraction:
    return sum((d for d in distances if d is not None and d > 0), ZERO)
