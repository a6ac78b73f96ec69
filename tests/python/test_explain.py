"""Explanations: as data, as tables, as JSON, and recomputed from their steps alone.

What recomputes them is written from docs/explaining.md; nothing of attain's arithmetic is used.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import attain
import pytest
from attain.cli import commands
from click.testing import CliRunner

Step = Mapping[str, Any]


def _mean(pairs: Sequence[tuple[float, float]], of: Callable[[float], float] = lambda x: x) -> float:
    return math.fsum(w * of(x) for x, w in pairs) / math.fsum(w for _, w in pairs)


def _power_mean(pairs: Sequence[tuple[float, float]], p: float) -> float:
    scores = [x for x, _ in pairs]
    if math.isinf(p):
        return max(scores) if p > 0 else min(scores)
    if p <= 0 and min(scores) == 0:
        return 0
    if p == 0:
        return math.exp(_mean(pairs, math.log))
    return _mean(pairs, lambda x: x**p) ** (1 / p)


def _penalised_mean(pairs: Sequence[tuple[float, float]], n_minus_1: float) -> float:
    mean = _mean(pairs)
    square = _mean(pairs, lambda x: (x - mean) ** 2)
    if n_minus_1:
        square *= len(pairs) / (len(pairs) - 1)
    return mean if square == 0 else mean - square / mean


def _median(pairs: Sequence[tuple[float, float]]) -> float:
    ordered = sorted(pairs)
    half = math.fsum(w for _, w in ordered) / 2
    below = 0.0
    for (x, w), (following, _) in zip(ordered, ordered[1:], strict=False):
        below += w
        if abs(below - half) <= 1e-12 * half:
            return (x + following) / 2
        if below > half:
            return x
    return ordered[-1][0]


def _student(t: float, n: int) -> float:
    """P(T <= t) of n degrees of freedom: Abramowitz and Stegun, 26.7.3 and 26.7.4."""
    angle = math.atan(t / math.sqrt(n))
    odd = n % 2
    inner, factor = 0.0, 1.0
    for j in range((n - odd) // 2):
        inner += factor * math.cos(angle) ** (2 * j)
        factor *= (2 * j + 2) / (2 * j + 3) if odd else (2 * j + 1) / (2 * j + 2)
    within = (angle + math.sin(angle) * math.cos(angle) * inner) * 2 / math.pi if odd else math.sin(angle) * inner
    return (1 + within) / 2


def _smoothed(y: Sequence[float], slack: float) -> tuple[float, float, float]:
    """Last level, alpha and squared errors of simple exponential smoothing."""
    best: tuple[float, float, float] | None = None
    for step in range(1, 21):
        alpha, level, squares = step / 20, y[0], 0.0
        for value in y[1:]:
            error = value - level
            squares += error * error
            level += alpha * error
        if best is None or squares < best[2] - slack:
            best = (level, alpha, squares)
    assert best is not None
    return best


def _damped(y: Sequence[float], h: float, slack: float) -> float:
    k = min(len(y) - 1, 5)
    best, forecast = math.inf, y[-1]
    for phi in (0.8, 0.9, 0.98):
        for a in (step / 10 for step in range(1, 11)):
            for beta in (0, 0.05, 0.1, 0.2, 0.4, 0.7):
                level, slope, squares = y[0], (y[k] - y[0]) / k, 0.0
                for value in y[1:]:
                    ahead = level + phi * slope
                    error = value - ahead
                    squares += error * error
                    level, slope = ahead + a * error, phi * slope + a * beta * error
                if squares < best - slack:
                    best, forecast = squares, level + slope * phi * (1 - phi**h) / (1 - phi)
    return forecast


def _projected(y: Sequence[float], h: float) -> tuple[float, float]:
    """Mean and scale of a level: docs/methods/likelihood.md."""
    n = len(y)
    changes = math.fsum((b - a) ** 2 for a, b in zip(y, y[1:], strict=False))
    step = changes / (n - 1)
    if n < 5:
        w = (n - 1) / (2 * (n + 1))
        return y[-1] + w * (y[-1] - y[0]) / (n - 1) * h, math.sqrt(step * h * (1 + w * w * h / (n - 1)))
    level, alpha, squares = _smoothed(y, 1e-12 * changes)
    middle, mean = (n - 1) / 2, math.fsum(y) / n
    slope = math.fsum((i - middle) * (v - mean) for i, v in enumerate(y)) / math.fsum((i - middle) ** 2 for i in range(n))
    theta = level + slope / 2 * (h - 1 + (1 - (1 - alpha) ** n) / alpha)
    first = squares / (n - 1) * (1 + max(h - 1, 0) * alpha**2) + h * h * step / (4 * (n - 1))
    return (level + theta + _damped(y, h, 1e-12 * changes)) / 3, math.sqrt((first + step * h * (1 + h / (4 * (n - 1)))) / 2)


def _counted(x: Sequence[float], h: float) -> tuple[float, float]:
    """Mean and variance of what is still to be counted."""
    n = len(x)
    mean = math.fsum(x) / n
    weights = [0.7 ** (n - 1 - i) for i in range(n)]
    recent = math.fsum(w * v for w, v in zip(weights, x, strict=True)) / math.fsum(weights)
    spread = math.fsum((v - mean) ** 2 for v in x) / (n - 1) / mean if n > 1 and mean > 0 else 1
    ahead = h * ((mean + recent) / 2 + 0.5 / n)
    return ahead, ((n - 1) * max(1, spread) + 2) / (n + 1) * ahead * (1 + h / min(n, 17 / 3))


def _at_most(count: float, mean: float, variance: float) -> float:
    size, share = mean * mean / (variance - mean), mean / variance
    chances = (
        math.exp(math.lgamma(k + size) - math.lgamma(size) - math.lgamma(k + 1) + size * math.log(share) + k * math.log1p(-share))
        for k in range(math.floor(count) + 1)
    )
    return math.fsum(chances)


def _chance(operation: str, inputs: Sequence[Mapping[str, Any]]) -> float:
    named = {i["name"]: i["value"] for i in inputs}
    amounts = [i["value"] for i in inputs if i["name"] in ("amount", "count")]
    least, most = named.get("at_least"), named.get("at_most")
    if operation == "count_chance":
        mean, variance = _counted(amounts, named["periods"])
        reached = 1 if least is None else 1 - _at_most(math.ceil(least) - 1, mean, variance)
        kept = 1 if most is None else _at_most(most, mean, variance)
    else:
        mean, scale = _projected(amounts, named["periods"])
        if scale == 0:  # nothing has ever moved
            return float((least is None or mean >= least) and (most is None or mean <= most))
        reached = 1 if least is None else _student((mean - least) / scale, len(amounts) - 1)
        kept = 1 if most is None else _student((most - mean) / scale, len(amounts) - 1)
    return max(0, reached + kept - 1)


def _logistic(u: float, midpoint: float, steepness: float) -> float:
    def raw(t: float) -> float:
        return 1 / (1 + math.exp(-steepness * (t - midpoint)))

    return (raw(u) - raw(0)) / (raw(1) - raw(0))


def _limit_factor(base: float, limit: float, exponent: float) -> float:
    b, most = abs(base), abs(limit)
    if b >= 2 * most:
        return 1
    return 1 - ((b if b <= most else 2 * most - b) / most) ** exponent


PLAIN: dict[str, Callable[..., float]] = {
    "take": lambda a: a,
    "sum": lambda *all: math.fsum(all),
    "difference": lambda a, b: a - b,
    "product": lambda a, b: a * b,
    "quotient": lambda a, b: a / b,
    "complement": lambda a, b: 1 - a / b,
    "power": lambda a, b: a**b,
    "absolute": abs,
    "square_root": math.sqrt,
    "logarithm": math.log,
    "exponential": math.exp,
    "round_half_up": lambda a, b: math.floor(a * 10**b + 0.5 + 1e-9) / 10**b,
    "least": lambda *all_of: min(all_of),
    "greatest": lambda *all_of: max(all_of),
    "share_of_way": lambda a, b, c: (a - b) / (c - b),
    "line": lambda a, b, c, d, e: c + (e - c) * (a - b) / (d - b),
    "logistic": _logistic,
    "whole_units": lambda a, b: math.floor(a * b + 1e-9) / b,
    "clamp": lambda a, b, c: min(max(a, b), c),
    "growth_rate": lambda a, b, c: (b / a) ** (1 / c) - 1,
    "compound": lambda a, b, c: a * (1 + b) ** c,
    "limit_factor": _limit_factor,
    "at_least": lambda a, b, c: a >= b - c,
    "above": lambda a, b, c: a > b + c,
    "at_most": lambda a, b, c: a <= b + c,
    "below": lambda a, b, c: a < b - c,
    "inside": lambda a, b, c, d, e: b - d <= a <= c + e,
    "equal": lambda a, b: a == b,
    "different": lambda a, b: a != b,
    "all": lambda *all_of: all(all_of),
    "any": lambda *any_of: any(any_of),
    "deduct": lambda a, b, c: max(a - b, min(a, c)),
    "add_up_to": lambda a, b, c=math.inf: min(a + b, max(a, c)),
}
"""Operations over the values of all inputs, in order."""

WEIGHTED: dict[str, Callable[..., float]] = {
    "weighted_sum": lambda pairs: math.fsum(x * w for x, w in pairs),
    "weighted_mean": _mean,
    "power_mean": lambda pairs, exponent: _power_mean(pairs, exponent),
    "mean_min": lambda pairs, alpha, beta: _mean(pairs) - alpha * (math.hypot(_mean(pairs) - min(pairs)[0], beta) - beta),
    "penalised_mean": lambda pairs, n_minus_1: _penalised_mean(pairs, n_minus_1),
    "weighted_median": _median,
    "share_met": lambda pairs: _mean(pairs, lambda x: float(x >= 1 - 1e-9)),
    "all_met": lambda pairs: float(all(x >= 1 - 1e-9 for x, _ in pairs)),
}
"""Operations over the inputs with a weight; those without are parameters, by name."""

CHANCES = ("level_chance", "count_chance")
"""Operations over inputs by their names."""

GIVEN = ("given", "function", "worst", "first")


def recompute(step: Step) -> float | None:
    """What a step comes to; None of what is given, was a function of the user, or is a state."""
    operation, inputs = step["operation"], step["inputs"]
    if operation in GIVEN:
        return None
    if operation in CHANCES:
        return _chance(operation, inputs)
    if operation in WEIGHTED:
        pairs = [(i["value"], i["weight"]) for i in inputs if "weight" in i]
        if operation != "weighted_sum":
            pairs = [pair for pair in pairs if pair[1] > 0]
        return float(WEIGHTED[operation](pairs, **{i["name"]: i["value"] for i in inputs if "weight" not in i}))
    return float(PLAIN[operation](*(i["value"] for i in inputs)))


def state_of(steps: Sequence[Step], step: Step) -> str:
    """The state of the first input that is 1, or of the greatest."""
    if step["operation"] == "worst":
        return str(steps[max(step["inputs"], key=lambda one: one["value"])["step"]]["state"])
    return next((str(steps[i["step"]]["state"]) for i in step["inputs"] if i["value"] == 1), "")


def what_does_not_follow(explanation: Mapping[str, Any]) -> list[str]:
    """What the steps before do not give; empty if everything follows."""
    wrong: list[str] = []
    steps = explanation["steps"]
    for number, step in enumerate(steps):
        name = f"{explanation['subject']}, step {number} ({step['kind']} {step['operation']} {step['text']})"
        for one in step["inputs"]:
            source = one.get("step")
            if source is not None and not (source < number and steps[source]["value"] == one["value"]):
                wrong.append(f"{name}: {one['name']} is not what step {source} came to")
        if step["operation"] in ("first", "worst") and state_of(steps, step) != step["state"]:
            wrong.append(f"{name}: came to {step['state']}, not {state_of(steps, step)}")
        if step["value"] is None:
            continue
        again = recompute(step)
        if again is not None and not math.isclose(step["value"], again, rel_tol=1e-9 if step["operation"] in CHANCES else 1e-12, abs_tol=1e-15):
            wrong.append(f"{name}: came to {step['value']}, not {again}")
    return wrong


def test_every_operation_is_one_that_the_docs_define(examples: Path) -> None:
    known = {*GIVEN, *CHANCES, *PLAIN, *WEIGHTED}
    assert {str(operation) for operation in attain.StepOperation} == known
    docs = (examples.parent / "docs" / "explaining.md").read_text(encoding="utf-8")
    assert all(f"`{operation}`" in docs for operation in known)


@pytest.mark.parametrize(
    ("folder", "as_of"),
    [("counties-lesson", "2021-09-30"), ("nanchang-2021", "2021-12-31"), ("guangzhou-2017", "2017-12-31"), ("us-goals-fy2022", "2022-09-30")],
)
def test_answers_of_the_examples_follow_from_their_explanations(examples: Path, folder: str, as_of: str) -> None:
    plan = attain.read_programme(examples / folder)
    now = attain.evaluate(plan, attain.read_observations(examples / folder, plan), as_of=as_of)
    recomputed: Counter[str] = Counter()
    for row in now.target_table(at_places=True).rows():
        result = now.target(row["target"], row["place"])
        why = result.explain().to_dict()
        assert what_does_not_follow(why) == []
        last = {step["kind"]: step for step in why["steps"] if not step["aside"]}
        if result.aim is not None:
            assert (last["attainment"]["value"], last["status"]["state"] or None) == (result.attainment, result.status)
        recomputed.update(step["kind"] for step in why["steps"] if step["value"] is not None and recompute(step) is not None)
    for row in now.projects.rows():
        result = now.project(row["project"] or "")
        why = result.explain().to_dict()
        assert what_does_not_follow(why) == []
        assert (why["steps"][-1]["state"] or None) == result.status
    assert recomputed["attainment"] and recomputed["rule"]


def test_a_wrong_number_does_not_follow(now: attain.Evaluation) -> None:
    why = now["22.1"].explain().to_dict()
    [attainment] = [step for step in why["steps"] if step["kind"] == "attainment"]
    attainment["value"] += 1e-6
    assert len(what_does_not_follow(why)) >= 2  # its own operation, and the steps that take it


def test_steps_are_tables(now: attain.Evaluation) -> None:
    why = now["22.1"].explain()
    rows = why.table.rows()
    assert why.table.columns == ["step", "kind", "rule", "text", "operation", "value", "state", "reason", "fate", "aside"]
    assert [row["step"] for row in rows] == list(range(len(why.steps)))
    assert [row["value"] for row in rows] == [step.value for step in why.steps]
    inputs = [(number, one.name, one.value, one.weight, one.step) for number, step in enumerate(why.steps) for one in step.inputs]
    assert [tuple(row.values()) for row in why.inputs.rows()] == inputs
    assert rows[-1]["state"] == now["22.1"].status


def test_entries_say_what_became_of_them(now: attain.Evaluation) -> None:
    steps = [step for target in now for step in target.explain().steps]
    assert all((step.fate is not None) == (step.kind == "entry" and not step.aside) for step in steps)
    assert {step.fate for step in steps} >= {None, attain.EntryFate.used, attain.EntryFate.not_read}
    entry = next(step for step in steps if step.fate == "used")
    assert entry.to_dict()["fate"] == "used" and entry.text.endswith(" – used")


def test_the_text_reads_as_words_and_the_data_keep_the_codes(now: attain.Evaluation) -> None:
    why = now["22.1"].explain()
    assert why.text.splitlines()[-2].strip() == "S11  status: on track; gap -3.57 points (time_proportional 1)"
    assert why.steps[-1].state == "on_track"
    for result in [*now.results(at_places=True), *map(now.project, now.plan.project_ids)]:  # type: ignore[union-attr]
        for step in result.explain().steps:
            assert "_" not in step.text.replace("time_proportional", ""), step.text


def test_an_explanation_says_whose_states_it_has(now: attain.Evaluation) -> None:
    method = now["22.1"].explain().method
    assert method is not None and method.name == "time_proportional"
    assert now.earned_value().explain().method is None


def test_states_of_a_method_of_ones_own_are_called_as_it_says_in_both_languages(plan: attain.Programme, book: attain.Ledger) -> None:
    own = attain.find_method("time_proportional").to_dict()
    own["name"] = "own"
    for state in own["states"]:
        if state["name"] == "at_risk":
            state |= {"en": "wobbly, but going", "zh": "有些摇晃"}
    now = attain.evaluate(plan, book, as_of="2021-09-30", method=attain.MethodSpec.from_dict(own))
    why = next(target for target in now if target.status == "at_risk").explain()
    assert "status: wobbly, but going; gap -" in why.text
    assert "状态：有些摇晃，差距为-" in why.sentences("zh")


def test_grades_keep_their_letters(plan: attain.Programme, book: attain.Ledger) -> None:
    now = attain.evaluate(plan, book, as_of="2021-09-30", method="global_fund")
    why = now["22.1"].explain()
    assert "status: A2 – meets expectations; share of the plan 95.24%" in why.text
    assert "状态：符合预期（A2），占计划的比例为95.24%" in why.steps[-1].sentence("zh")


def test_the_json_of_the_command_line_can_be_recomputed(examples: Path) -> None:
    arguments = ["explain", str(examples / "counties-lesson"), "22.1", "--as-of", "2021-09-30"]
    as_json, as_text = (CliRunner().invoke(commands, [*arguments, *form]).output for form in (["--json"], []))
    document = json.loads(as_json)
    assert what_does_not_follow(document) == []
    lines = as_text.splitlines()
    assert document["subject"].startswith("22.1 at ") and lines[0].startswith("22.1 ")
    assert all(any(line.endswith(step["text"]) for line in lines) for step in document["steps"] if not step["aside"])


def test_a_chance_follows_from_the_readings_that_it_was_projected_from() -> None:
    plan = attain.programme(
        id="chances",
        window=("2021-01-01", "2021-12-31"),
        indicators=[
            attain.indicator("lifts", unit="台", kind="increment", period="month"),
            attain.indicator("coverage", unit="%", kind="level", period="month"),
        ],
        projects=[
            attain.project("1", targets=[
                attain.target("1.1", indicator="lifts", aim=attain.at_least(139)),
                attain.target("1.2", indicator="coverage", aim=attain.between("85%", "95%"), baseline="70%"),
            ]),
        ],
    )  # fmt: skip
    rows: list[dict[str, Any]] = []
    for month, (count, level) in enumerate([(9, 74), (14, 76), (11, 75), (12, 79), (10, 82), (15, 83)], start=1):
        rows.append({"indicator": "lifts", "period": f"2021-{month:02}", "amount": count})
        rows.append({"indicator": "coverage", "period": f"2021-{month:02}", "amount": f"{level}%"})
    now = attain.evaluate(plan, attain.Ledger(rows), as_of="2021-06-30", method="likelihood")
    for target, operation in (("1.1", "count_chance"), ("1.2", "level_chance")):
        explained = now[target].explain().to_dict()
        assert [step["value"] for step in explained["steps"] if step["operation"] == operation] == [now[target].measured]
        assert what_does_not_follow(explained) == []
        assert now[target].status in ("likely", "as_likely_as_not", "unlikely")
