"""Recipes of the generator: one kind of target each, with the rows reported against it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from .builder import COUNTS, DECIMALS, Builder, Row, neat
from .days import Day, Span, civil, entry_span, iso, whole_months
from .mischief import by_category, disturb, mark_stage

Spec = dict[str, Any]


# Honest rows ---------------------------------------------------------------------------------------------------------

def increments(b: Builder, name: str, sites: list[int], spans: list[Span], amounts: tuple[float, ...]) -> list[Row]:
    return [b.row(name, site, span, b.pick(amounts)) for site in sites for span in b.reported(spans)]


def running_totals(b: Builder, name: str, sites: list[int], spans: list[Span], amounts: tuple[float, ...],
                   origin: str = "window", with_eve: bool = True) -> list[Row]:
    rows = []
    for site in sites:
        total = Fraction(0) if origin == "window" else Fraction(b.pick((0, 12, 192)))
        eve = b.start - 1
        if origin != "window" and with_eve:
            rows.append(b.row(name, site, (eve, eve), neat(total, 3)))
        year = civil(b.start).year
        if origin == "year" and civil(b.start).month == 1 and civil(b.start).day == 1:
            total = Fraction(0)
        reported = b.reported(spans)
        for first, last in spans:
            if origin == "year" and civil(last).year != year:
                year, total = civil(last).year, Fraction(0)
            total += Fraction(str(b.pick(amounts)))
            if (first, last) in reported:
                rows.append(b.row(name, site, (last, last) if b.chance(0.6) else (first, last), neat(total, 3)))
    return rows


def levels(b: Builder, name: str, sites: list[int], days: list[Day], draw: Callable[[], float]) -> list[Row]:
    return [b.row(name, site, (d, d), draw()) for site in sites for d in days]


def to_date(b: Builder, rows: list[Row]) -> Fraction:
    end = min(b.as_of, b.due)
    return sum((Fraction(str(r["amount"])) for r in rows if isinstance(r.get("amount"), (int, float))
                and entry_span(r)[1] <= end and not r.get("recorded")), Fraction(0))


# Goals ---------------------------------------------------------------------------------------------------------------

def goal_near(b: Builder, x: Fraction, whole: bool) -> float:
    """A goal that what was reported meets exactly, or at which the gap lies on a threshold."""
    share, behind = b.share_of_time(), b.pick((Fraction(0), Fraction(1, 20), Fraction(3, 20)))
    digits = 0 if whole else 2
    how = b.weighted({"threshold": 40, "met": 25, "half": 15, "any": 20})
    if x > 0 and how == "threshold" and share > behind:
        return max(neat(x / (share - behind), digits), 1)
    if x > 0 and how == "met":
        return max(neat(x, 10), 0.1)
    if x > 0 and how == "half":
        return max(neat(2 * x, 10), 1)
    return b.pick((1, 10, 12, 20, 50, 100, 139))


def numeric_aim(b: Builder, g: float, form: str) -> Spec:
    b.uses(form)
    if form == "about":
        return {"about": g} if b.chance(0.5) else {"about": g, **b.pick(({"tolerance": 0.1}, {"tolerance_amount": 1}))}
    if form == "between":
        return {"between": [neat(g * 0.8, 3), neat(g * 1.25, 3)]}
    aim: Spec = {form: g}
    if b.chance(0.12):
        b.uses("strict")
        aim["strict"] = True
    return aim


def quotas_for(b: Builder, place: int, sites: list[int], g: float, whole: bool, adds_up: bool,
               baseline: float | None = None) -> Spec:
    below = b.below(place)
    if not below or b.chance(0.85 if sites == [place] else 0.35):
        return {}
    b.uses("quotas")
    chosen = b.leaves(place) if b.chance(0.6) else b.children(place)
    chosen = [p for p in chosen if b.chance(0.9)] or [b.pick(below)]
    if b.chance(0.15):
        chosen = list(dict.fromkeys([*chosen, b.pick(below)]))
    share = neat(g / len(chosen), 0 if whole else 2) if adds_up else g
    quotas: Spec = {}
    for p in chosen:
        quota = max(neat(share * b.pick((1, 1, 1, 0.5, 2)), 0 if whole else 2), 1 if adds_up else 0.1)
        quotas[b.places[p]["id"]] = {"goal": quota, "baseline": baseline} if baseline is not None and b.chance(0.4) else quota
    return quotas


# Recipes -------------------------------------------------------------------------------------------------------------

def accumulator(b: Builder, kind: str) -> Spec:
    whole = b.chance(0.35)
    amounts = COUNTS if whole else DECIMALS
    place = b.target_place()
    origin = b.weighted({"window": 40, "year": 30, "ever": 30}) if kind == "running_total" else "window"
    declared_eve = origin == "ever" and place == 0 and b.chance(0.5)
    name = b.indicator(kind, unit="台" if whole else "元", indivisible=whole,
                       origin=origin if kind == "running_total" else None,
                       eve_amount=b.pick((0, 12, 192)) if declared_eve else None)
    indicator = b.indicators[-1]
    spans, sites = b.spans(), [place] if declared_eve and b.chance(0.7) else b.sites(place)
    if kind == "increment":
        rows = increments(b, name, sites, spans, amounts)
        if b.chance(0.06) and sites:
            b.uses("straddling period")
            rows.append(b.row(name, b.pick(sites), (b.start - 10, b.start + 4), 1))
    else:
        b.uses(f"running total of origin {origin}" + (", declared eve" if declared_eve else ""))
        rows = running_totals(b, name, sites, spans, amounts, origin, not declared_eve and b.chance(0.85))
    x = to_date(b, rows) if kind == "increment" else Fraction(b.pick((5, 8, 12, 20)))
    form = b.weighted({"at_least": 50, "at_most": 20, "about": 9, "between": 8, "change": 9, "rises": 4})
    if form == "at_most":
        b.uses("cap")
    g = goal_near(b, x, whole)
    target: Spec = {"indicator": name}
    if place:
        target["place"] = b.places[place]["id"]
    if form == "change":
        target.update(_change_of_accumulator(b, g))
    elif form == "rises":
        b.uses("rises")
        target.update(aim={"rises": True}, baseline=g)
    else:
        target["aim"] = numeric_aim(b, g, form)
        if form != "between":
            quotas = quotas_for(b, place, sites, g, whole, True)
            if quotas:
                target["quotas"] = quotas
        if form != "between" and b.chance(0.14):
            _shares_of_goal(b, rows)
    wanted = _maybe_disaggregate(b, target)
    if wanted or rows and b.chance(0.14):
        rows = by_category(b, rows, indicator, wanted)
    if b.chance(0.12):
        mark_stage(b, rows, indicator)
    b.add(disturb(b, rows, kind))
    return target


def _change_of_accumulator(b: Builder, g: float) -> Spec:
    form = b.pick(("at_least", "at_least", "at_most", "about"))
    b.uses("change of an accumulator")
    if form == "at_most":
        b.uses("cap")
    if b.chance(0.5):
        aim: Spec = {form: b.pick((0, 0, 10, 20)), "change": "percent"}
    else:
        aim = {form: b.pick((0, 1, 5)), "change": "amount"}
    return {"aim": aim, "baseline": g}


def _shares_of_goal(b: Builder, rows: list[Row]) -> None:
    for row in rows:
        if b.chance(0.5) and isinstance(row.get("amount"), (int, float)):
            b.uses("share_of_goal")
            row["amount"], row["form"] = b.pick((0.05, 0.1, 0.25, 0.5)), "share_of_goal"


def _maybe_disaggregate(b: Builder, target: Spec) -> dict[str, str]:
    if not b.chance(0.06):
        return {}
    b.uses("target of one category")
    target["disaggregation"] = {"sex": "f"}
    return {"sex": "f"}


def level(b: Builder) -> Spec:
    across = b.weighted({"sum": 26, "weighted_mean": 20, "least": 18, "greatest": 18, "none": 18})
    b.uses(f"level across places: {across}")
    place = b.target_place()
    sites = [place] if across == "none" and b.chance(0.8) else b.sites(place)
    weights = _weight_indicator(b, sites) if across == "weighted_mean" else None
    name = b.indicator("level", across_places=across if across != "none" or b.chance(0.5) else None, weighted_by=weights)
    indicator = b.indicators[-1]
    base, g = b.pick(((50, 100), (100, 60), (80, 90), (0.5, 0.8), (100, 110), (10, 5), (0, 20)))
    if b.chance(0.15):
        base = g  # B3: already there
        b.uses("hold by B3")
    target = {"indicator": name, **_level_aim(b, base, g)}
    if place:
        target["place"] = b.places[place]["id"]
    eve = b.weighted({"declared": 40, "found": 35, "none": 25})
    days = [b.start - b.pick((1, 1, 1, 20, 400))] if eve == "found" else []
    days += [last for _, last in b.reported(b.spans())]
    if b.chance(0.2):
        days.append(b.start + b.rng.randint(0, b.due - b.start))
    steps = [k / 20 for k in (0, 1, 2, 5, 7, 9, 10, 10, 11, 15, 18, 19, 20, 20, 21, 24)]
    other = g if g != base else base * 1.1 + 1
    rows = levels(b, name, sites, sorted(set(days)), lambda: neat(base + (other - base) * b.pick(steps), 4))
    if eve == "declared":
        target["baseline"] = base
    if eve == "none":
        b.uses("level without baseline")
    absolute = target["aim"].get("change") is None and not {"rises", "falls", "between"} & set(target["aim"])
    if absolute and b.chance(0.6):
        quotas = quotas_for(b, place, sites, g, False, across == "sum", base if eve == "declared" else None)
        if quotas:
            target["quotas"] = quotas
        if b.chance(0.06):
            _shares_of_goal(b, rows)
    if across == "sum" and b.chance(0.2):
        rows = by_category(b, rows, indicator, {}) if rows else rows
    if b.chance(0.08):
        indicator["maximum_age"] = b.pick((10, 31, 60))
    before = [r for r in rows if entry_span(r)[1] < b.start]
    b.add(before + disturb(b, [r for r in rows if entry_span(r)[1] >= b.start], "level"))
    return target


def _weight_indicator(b: Builder, sites: list[int]) -> str:
    """A level of long validity, such as population."""
    name = b.indicator("level", across_places="sum", maximum_age=4000)
    b.add(levels(b, name, [s for s in sites if b.chance(0.93)], [b.start - 40], lambda: b.pick((1, 2, 3, 10))))
    return name


def _level_aim(b: Builder, base: float, g: float) -> Spec:
    up = g >= base
    form = b.weighted({"number": 50, "about": 9, "between": 8, "amount": 10, "percent": 10, "zero": 5, "moves": 24})
    target: Spec = {}
    if form == "number":
        target["aim"] = numeric_aim(b, g, "at_least" if up else "at_most")
    elif form in ("about", "between"):
        target["aim"] = numeric_aim(b, g, form)
    elif form == "amount":
        b.uses("change by an amount")
        kind = "about" if b.chance(0.3) else "at_least" if up else "at_most"
        target["aim"] = {kind: neat(g - base, 3), "change": "amount"}
    elif form == "percent":
        b.uses("change by percent")
        kind = "about" if b.chance(0.3) else "at_least" if up else "at_most"
        target["aim"] = {kind: b.pick((5, 10, 25)) * (1 if up else -1), "change": "percent"}
    elif form == "zero":
        b.uses("change of 0")
        target["aim"] = {b.pick(("at_least", "at_most", "about")): 0, "change": b.pick(("amount", "percent"))}
    else:
        moves = "rises" if up else "falls"
        b.uses(moves)
        target["aim"] = {moves: True}
    if b.chance(0.2):
        target["cadence"] = "throughout"
        b.uses("declared hold")
    return target


def steps(b: Builder) -> Spec:
    b.uses("steps")
    count = b.rng.randint(1, 4)
    made = []
    for i in range(count):
        step: Spec = {"id": f"s{i + 1}"}
        if b.chance(0.5):
            step["weight"] = b.pick((1, 2, 0.5, 3))
        if b.chance(0.6):
            step["due"] = iso(b.start + b.rng.randint(0, b.due - b.start))
        made.append(step)
    made.sort(key=lambda step: step.get("due", iso(b.due)))
    name = b.indicator("steps", steps=made)
    place = b.target_place()
    rows = []
    for step in made:
        for _ in range(b.rng.randint(0, 2)):
            on = b.pick((b.due, b.as_of, b.start + b.rng.randint(0, b.due - b.start + 10)))
            rows.append({**b.row(name, place, (on, on), b.pick((0, 1, 1))), "step": step["id"]})
    b.add(disturb(b, rows, "steps", forms=False) if b.chance(0.3) else rows)
    return {"indicator": name, "aim": {"at_least": 1}, **({"place": b.places[place]["id"]} if place else {})}


def rating(b: Builder) -> Spec:
    b.uses("rating")
    scale = {"good": 1, "fair": 0.6, "poor": 0.2} if b.chance(0.4) else None
    authors = [["office", "panel"], None, None][b.rng.randrange(3)]
    name = b.indicator("rating", scale=scale, authors=authors)
    place = b.target_place()
    grades: tuple[Any, ...] = tuple(scale) if scale else (0.2, 0.5, 0.6, 0.8, 0.9, 1)
    rows = []
    for author in ("office", "panel", "people")[:b.rng.randint(1, 2)]:
        for _, last in b.reported(b.spans())[-b.rng.randint(1, 3):]:
            rows.append({**b.row(name, place, (last, last), b.pick(grades)), "author": author})
    if b.chance(0.3) and not scale:
        rows = disturb(b, rows, "rating", forms=False)
    b.add(rows)
    target: Spec = {"indicator": name, "aim": {"at_least": b.pick((0.6, 0.8, 1, 0.5))}}
    return {**target, **({"place": b.places[place]["id"]} if place else {})}


def reading_only(b: Builder) -> Spec:
    b.uses("target without an aim")
    name = b.indicator("increment")
    b.add(disturb(b, increments(b, name, b.sites(0), b.spans(), DECIMALS), "increment"))
    return {"indicator": name}


def family(b: Builder) -> list[Spec]:
    """U4: a whole and its parts; a partition stands in for a whole without an answer."""
    partition = b.chance(0.7)
    b.uses("partition" if partition else "part_of")
    whole = b.indicator("increment")
    rows = [] if b.chance(0.5) else increments(b, whole, b.sites(0), b.spans(), DECIMALS)
    b.add(disturb(b, rows, "increment"))
    g = b.pick((5, 10, 20))
    specs: list[Spec] = [{"indicator": whole, "aim": {"at_least": g}, "partition": partition}]
    for share in (0.4, 0.6):
        part = b.indicator("increment")
        rows = increments(b, part, b.sites(0), b.spans(), DECIMALS)
        b.add(disturb(b, rows, "increment"))
        specs.append({"indicator": part, "aim": {"at_least": neat(g * share, 3)}, "part_of": ""})
    b.uses("part_of")
    return specs


def seasonal_weights(b: Builder) -> list[float]:
    months = whole_months(b.start, b.due)
    count = months if months is not None and b.chance(0.5) else b.pick((2, 3, 4))
    return [b.pick((0.0, 1.0, 1.0, 2.0, 3.0)) for _ in range(count - 1)] + [1.0]


def trajectory(b: Builder, target: Spec) -> None:
    """F3, F4: a shape other than the default."""
    shape = b.weighted({"points": 40, "logistic": 20, "seasonal": 20, "step": 20, "step day": 14, "straight": 5,
                        "standard": 14})
    b.uses(f"trajectory: {shape}")
    if shape == "points":
        target["trajectory"] = _checkpoints(b, target)
    elif shape == "logistic":
        target["trajectory"] = {"logistic": b.pick(({}, {"midpoint": 0.4, "steepness": 6}, {"steepness": 12}))}
    elif shape == "seasonal":
        target["trajectory"] = {"seasonal": seasonal_weights(b)}
    elif shape == "step day":
        target["trajectory"] = {"step": iso(b.start + b.rng.randint(0, b.due - b.start))}
    elif shape == "standard":
        target["standard"] = True
    else:
        target["trajectory"] = shape


def _checkpoints(b: Builder, target: Spec) -> Spec:
    days = sorted(b.rng.sample(range(b.start, b.due), b.rng.randint(1, 3)))
    shares = sorted(b.pick((0, 0.1, 0.25, 0.3, 0.5, 0.5, 0.75, 0.9, 1)) for _ in days)
    number = target["aim"].get("at_least")
    plain = number is not None and "change" not in target["aim"] and "quotas" not in target
    kind = next(i["kind"] for i in b.indicators if i["id"] == target["indicator"])
    by_amount = plain and kind in ("increment", "running_total") and number > 0 and b.chance(0.5)
    if by_amount:
        b.uses("checkpoints in amounts")
    points = [{"day": iso(d), **({"amount": neat(number * s, 4)} if by_amount else {"share": s})}
              for d, s in zip(days, shares)]
    joined = b.pick((None, "lines", "steps"))
    b.uses(f"checkpoints joined by {joined or 'lines'}")
    return {"checkpoints": points, **({"joined": joined} if joined else {})}


