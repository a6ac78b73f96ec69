"""A seeded random generator of programmes with their ledgers, and a count of what they exercise.

Every case is small (1 to 8 targets, at most 40 observations) and its amounts are small decimals, so that ties and
thresholds are hit exactly and often. `python -m oracle.generate 20000` (from tests/) prints the count of each feature.
"""

from __future__ import annotations

import csv
import io
import json
import random
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .builder import Builder
from .days import iso
from .recipes import (
    Spec,
    accumulator,
    family,
    level,
    rating,
    reading_only,
    steps,
    trajectory,
)
from .recipes_derived import each_period, formula, ratio, recurring
from .roll_ups import RollUps

COLUMNS = ("indicator", "place", "period", "day", "start", "end", "amount", "form", "missing", "withdrawn", "dimensions",
           "step", "stage", "scope", "recorded", "author")
RECIPES = {"increment": 24, "running_total": 17, "level": 26, "ratio": 14, "formula": 9, "steps": 8, "rating": 6,
           "recurring": 26, "each_period": 8, "family": 8, "reading_only": 4}


@dataclass
class Case:
    seed: int
    programme: dict[str, Any]
    observations: list[dict[str, Any]]
    as_of: str
    known_at: str | None
    features: set[str] = field(default_factory=set)


def generate(seed: int) -> Case:
    b = Builder(random.Random(seed))
    projects = [_project(b, "1", _count(b))]
    while b.targets < 8 and b.chance(0.3):
        projects.append(_project(b, str(len(projects) + 1), min(b.rng.randint(1, 3), 8 - b.targets)))
    programme: dict[str, Any] = {
        "format": "attain-programme/1", "id": f"case-{seed}",
        "window": {"start": iso(b.start), "due": iso(b.due)}, "places": b.places, "indicators": b.indicators,
        "projects": projects}
    defaults = _defaults(b)
    if defaults:
        programme["defaults"] = defaults
    if b.chance(0.15):
        programme["roll_up"] = _roll_up(b)
    if not any(p.get("weight", 1) for p in projects):
        projects[0]["weight"] = 1
    RollUps(b, programme).vary()
    known_at = _known_at(b)
    b.rng.shuffle(b.rows)
    return Case(seed, programme, b.rows, iso(b.as_of), known_at, b.features)


def _count(b: Builder) -> int:
    return b.weighted({1: 15, 2: 28, 3: 28, 4: 16, 5: 8, 6: 5})


def _defaults(b: Builder) -> dict[str, Any]:
    defaults: dict[str, Any] = {}
    if b.chance(0.1):
        defaults["minimum_coverage_of_reading"] = b.pick((0.5, 0.75, 1, 0.25))
    if b.chance(0.1):
        defaults["minimum_coverage_of_node"] = b.pick((0.5, 0.75, 1, 0.25))
    if b.chance(0.05):
        defaults["score_cap"] = b.pick((1.2, 1.5))
    if b.chance(0.05):
        defaults["too_early_below"] = b.pick((0.1, 0.25))
    if b.chance(0.03):
        defaults["allowed_failed_periods"] = 1
    return defaults


def _known_at(b: Builder) -> str | None:
    if b.chance(0.55):
        return None
    b.uses("known_at")
    return iso(min(b.as_of, b.due) + b.rng.randint(-20, 40))


def _roll_up(b: Builder) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if b.chance(0.4):
        b.uses("worst of the children")
        made["aggregator"] = "worst"
    if b.chance(0.4):
        made["minimum_coverage"] = b.pick((0.25, 0.5, 0.75))
    if b.chance(0.5):
        b.uses("not due counted as zero")
        made["not_due"] = "count_as_zero"
    return made


def _project(b: Builder, name: str, count: int) -> dict[str, Any]:
    project: dict[str, Any] = {"id": name, "name": f"Project {name}"}
    if b.chance(0.2):
        project["weight"] = b.pick((0, 0.5, 2, 3))
    if b.chance(0.1):
        project["group"] = True
    if b.chance(0.06):
        project["due"] = iso(b.rng.randint(b.start, b.due))
    if b.chance(0.15):
        project["roll_up"] = _roll_up(b)
    nested = count > 1 and b.chance(0.25)
    if nested:
        b.uses("nested projects")
        inner = b.rng.randint(1, count - 1)
        project["projects"] = [_project(b, f"{name}.p", inner)]
        count -= inner
    project["targets"] = []
    for _ in range(count):
        if b.targets < 8:
            _add_targets(b, name, project["targets"])
    _give_weight(b, project)
    return project


def _weight(target: Spec) -> Any:
    belongs = {"part_of", "attribute_of", "input_of"} & set(target) or "aim" not in target
    return target.get("weight", 0 if belongs else 1)


def _give_weight(b: Builder, project: dict[str, Any]) -> None:
    """Something in a project has a weight; a reading cannot, so it gets company."""
    inner, targets = project.get("projects", []), project["targets"]
    if any(p.get("weight", 1) for p in inner) or any(_weight(t) for t in targets):
        return
    judged = next((t for t in targets if "aim" in t), None)
    if judged is not None:
        judged["weight"] = 1
    elif inner:
        inner[0]["weight"] = 1
    else:
        b.targets += 1
        targets.append({"id": f"{project['id']}.t{b.targets}", **accumulator(b, "increment")})


def _add_targets(b: Builder, project: str, into: list[Spec]) -> None:
    recipe = b.weighted(RECIPES)
    if recipe == "family" and b.targets > 5:
        recipe = "increment"
    window = (b.start, b.due)
    own_window = b.chance(0.12) and _shift_window(b)
    made = _made(b, recipe)
    for spec in made:
        b.targets += 1
        target: Spec = {"id": f"{project}.t{b.targets}", **spec}
        if own_window:
            target["window"] = {"start": iso(b.start), "due": iso(b.due)}
        _dress(b, target, recipe)
        if into and b.chance(0.05) and "part_of" not in target and not target.get("partition"):
            b.uses("attribute or input of another target")
            target[b.pick(("attribute_of", "input_of"))] = into[0]["id"]
        into.append(target)
    if recipe == "family":
        for part in into[-2:]:
            part["part_of"] = into[-3]["id"]
    b.start, b.due = window


def _made(b: Builder, recipe: str) -> list[Spec]:
    if recipe in ("increment", "running_total"):
        return [accumulator(b, recipe)]
    if recipe == "family":
        return family(b)
    if recipe in ("recurring", "each_period"):
        spec = recurring(b) if recipe == "recurring" else each_period(b)
        return [spec if spec is not None else accumulator(b, "increment")]
    makers = {"level": level, "ratio": ratio, "formula": formula, "steps": steps, "rating": rating,
              "reading_only": reading_only}
    return [makers[recipe](b)]


def _shift_window(b: Builder) -> bool:
    """A target's own window: later than the programme's (often not started), or a part of it."""
    b.uses("own window")
    length = b.due - b.start
    if b.chance(0.5):
        b.start = min(b.start + b.rng.randint(length // 2, length), b.start + 200)
        b.due = b.start + max(length // 2, 20)
    else:
        b.due = b.start + max(length // 2, 9)
    return True


def _dress(b: Builder, target: Spec, recipe: str) -> None:
    """What any target may have besides: weight, trajectory, history, withdrawal."""
    if "aim" not in target:
        return
    if b.chance(0.12):
        target["weight"] = 0
        b.uses("weight 0")
    elif b.chance(0.2):
        target["weight"] = b.pick((0.5, 2, 3))
    shaped = "cadence" not in target or target["cadence"] == "by"
    if shaped and b.chance(0.36 if recipe not in ("steps", "rating") else 0.15):
        trajectory(b, target)
    if b.chance(0.05):
        target["withdrawn"] = {"recorded": iso(b.start + b.rng.randint(0, b.due - b.start)), "reason": "dropped"}
        b.uses("withdrawn target")
    if b.chance(0.1):
        _history(b, target)


def _is_rating(b: Builder, target: Spec) -> bool:
    return any(i["id"] == target["indicator"] and i["kind"] in ("rating", "steps") for i in b.indicators)


def _history(b: Builder, target: Spec) -> None:
    aim = target["aim"]
    form = next((f for f in ("at_least", "at_most", "about") if f in aim), None)
    if form is None or "checkpoints" in json.dumps(target.get("trajectory", "")):
        return
    b.uses("goal history")
    first = b.start - b.rng.randint(0, 40)
    row: Spec = {"recorded": iso(first), "reason": "first"}
    top = 1 if _is_rating(b, target) else float("inf")
    if aim[form]:
        row["aim"] = {**aim, form: min(round(aim[form] * b.pick((0.5, 0.8, 2)), 6), top)}
    if b.chance(0.3):
        row["weight"] = b.pick((1, 2))
    target["history"] = [row]
    if b.chance(0.3) and "aim" in row:
        second: Spec = {"recorded": iso(first + 30), "reason": "second",
                        "aim": {**aim, form: min(round(aim[form] * 1.5, 6), top)}}
        target["history"].append(second)
    target.update(recorded=iso(first + b.rng.randint(31, 200)), reason="now")


# Files ---------------------------------------------------------------------------------------------------------------

def amount_text(amount: Any) -> str:
    if isinstance(amount, (list, tuple)):
        low, high = amount
        return f"{low}余" if high is None else f"{low}–{high}"
    return str(amount)


def programme_text(case: Case) -> str:
    return json.dumps(case.programme, ensure_ascii=False, indent=1)


def observations_text(case: Case) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in case.observations:
        said = {**row, "withdrawn": "true" if row.get("withdrawn") else ""}
        if "amount" in row:
            said["amount"] = amount_text(row["amount"])
        writer.writerow(said)
    return out.getvalue()


def write_files(case: Case, folder: Path) -> None:
    """programme.json and observations.csv of a case."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "programme.json").write_text(programme_text(case), encoding="utf-8")
    (folder / "observations.csv").write_text(observations_text(case), encoding="utf-8")


def count_features(count: int, seed: int = 0) -> Counter[str]:
    return Counter(f for i in range(count) for f in generate(seed + i).features)


def feature_table(features: Counter[str]) -> str:
    """Features with the number of programmes that use each, the rarest first."""
    return "\n".join(f"{times:7d}  {name}" for name, times in sorted(features.items(), key=lambda item: item[1]))


if __name__ == "__main__":
    print(feature_table(count_features(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)))
