"""Recipes of the generator for derived indicators, recurring targets and holds judged in each period."""

from __future__ import annotations

from functools import partial

from .builder import Builder, Row
from .days import Span, calendar_periods
from .mischief import disturb
from .recipes import Spec, increments, levels, running_totals

FORMULAS = (
    ("[{a}] + [{b}]", "元", (2, 5, 10)), ("[{a}] - [{b}]", "元", (1, 2)), ("[{a}] * 0.5 + [{b}] / 2", "元", (1, 5)),
    ("max([{a}], [{b}])", "元", (2, 5)), ("min([{a}], [{b}])", "元", (1, 2)), ("mean([{a}], [{b}])", "元", (2, 3)),
    ("[{a}] / [{b}]", "share", (0.5, 1)), ("coalesce([{a}] / [{b}], 0)", "share", (0.5, 1)),
    ("if([{b}] > 0, [{a}] / [{b}], 1)", "share", (0.5, 1)), ("([{a}] - [{b}]) / ([{a}] + [{b}])", "share", (0.1, 0.5)),
    ("[{a}] ^ 2 / [{b}]", "元", (1, 4)), ("[{a}] >= [{b}] and not [{b}] = 0", "share", (1,)),
    ("is_missing([{a}] / [{b}]) + abs([{a}] - [{b}])", "元", (1,)))
PAIRS = {("increment", "increment"): 45, ("level", "level"): 27, ("running_total", "running_total"): 10,
         ("increment", "level"): 9, ("running_total", "level"): 5, ("level", "increment"): 4}


def pair(b: Builder, sites: list[int], kinds: tuple[str, str], spans: list[Span] | None = None) -> tuple[str, str]:
    """Two indicators of one unit, reported for the same periods more often than not."""
    names = []
    spans = b.spans() if spans is None else spans
    for kind in kinds:
        across = {"across_places": b.weighted({"sum": 7, "greatest": 1, "none": 1})} if kind == "level" else {}
        name = b.indicator(kind, **across)
        names.append(name)
        amounts: tuple[float, ...] = (4, 5, 8, 10, 10, 20) if len(names) == 2 else (1, 2, 3, 5, 8, 9, 10)
        if len(names) == 2 and b.chance(0.05):
            amounts = (0,)
        if kind == "increment":
            rows = increments(b, name, sites, spans, amounts)
        elif kind == "running_total":
            rows = running_totals(b, name, sites, spans, amounts)
        else:
            days = [last for _, last in b.reported(spans)] + ([b.start - 1] if b.chance(0.4) else [])
            rows = levels(b, name, sites, sorted(days), partial(b.pick, amounts))
        b.add(disturb(b, rows, kind, plain=True, forms=b.chance(0.5)))
    return names[0], names[1]


def ratio(b: Builder) -> Spec:
    kinds = b.weighted(PAIRS)
    b.uses("ratio")
    b.uses("ratio of " + ("different kinds" if kinds[0] != kinds[1] else kinds[0] + "s"))
    place = b.target_place()
    above, below = pair(b, b.sites(place), kinds)
    name = b.indicator("ratio", numerator=above, denominator=below, unit="share",
                       period=b.period_word() if b.chance(0.4) else None)
    g = b.pick((0.5, 0.6, 0.8, 0.9, 1))
    form = b.weighted({"at_least": 60, "at_most": 12, "about": 8, "between": 8, "change": 12})
    target: Spec = {"indicator": name}
    if form == "change":
        target["aim"] = {"at_least": b.pick((0, 0.05, 0.1)), "change": "amount"}
    elif form == "between":
        target["aim"] = {"between": [0.5, g + 0.1]}
    else:
        target["aim"] = {form: g}
    if b.chance(0.3) or form == "change" and kinds != ("level", "level"):
        target["baseline"] = b.pick((0.3, 0.5, 0.9))
    if b.chance(0.3):
        target["cadence"] = b.pick(("by", "throughout"))
    if form == "at_least" and b.chance(0.15):
        b.uses("open group")
        target.update(open_group=True, aim={"at_least": 1})
    if form == "at_least" and b.below(place) and b.chance(0.25):
        b.uses("quotas")
        target["quotas"] = {b.places[p]["id"]: b.pick((0.5, 0.6, 0.8)) for p in b.below(place) if b.chance(0.7)}
    if target.get("cadence") == "throughout" or kinds == ("increment", "increment"):
        b.uses("declared hold")
    return {**target, **({"place": b.places[place]["id"]} if place else {})}


def formula(b: Builder) -> Spec:
    b.uses("formula")
    kinds = b.weighted(PAIRS)
    place = b.target_place()
    first, second = pair(b, b.sites(place), kinds)
    text, unit, goals = b.pick(FORMULAS)
    if b.chance(0.12):
        first_ratio = b.indicator("ratio", numerator=first, denominator=second, unit="share")
        text, unit, goals = f"[{first_ratio}] * 2", "share", (1, 1.2)
    name = b.indicator("formula", expression=text.format(a=first, b=second), unit=unit)
    target: Spec = {"indicator": name, "aim": {b.pick(("at_least", "at_least", "at_most")): b.pick(goals)}}
    if b.chance(0.6):
        target["baseline"] = b.pick((0, 0.2, 5))
    if b.chance(0.25):
        target["cadence"] = "throughout"
        b.uses("declared hold")
    return {**target, **({"place": b.places[place]["id"]} if place else {})}


def _calendar(b: Builder) -> str | None:
    """A calendar period with a handful of whole ones in the window."""
    words = [w for w in ("month", "quarter", "half_year", "week") if 1 <= len(b.spans(w)) <= 9]
    if not words:
        return None
    return "month" if "month" in words and b.chance(0.6) else b.pick(words)


def _periodic_rows(b: Builder, kind: str, name: str, sites: list[int], spans: list[Span]) -> list[Row]:
    if kind == "increment":
        return increments(b, name, sites, spans, (1, 2, 2, 2, 3, 1.5))
    if kind == "running_total":
        return running_totals(b, name, sites, spans, (1, 2, 2, 3))
    days = [last - b.pick((0, 0, 3)) for _, last in b.reported(spans)]
    rows = levels(b, name, sites, days, lambda: b.pick((1, 2, 2, 2, 3, 2.1)))
    if b.chance(0.5):
        rows += levels(b, name, sites, [b.start - 1], lambda: 2)
    return rows


def _periodic_aim(b: Builder, target: Spec, where: str) -> None:
    forms = {"at_least": 20, "at_most": 11, "about": 11, "between": 11, "rises": 11, "falls": 11, "amount": 11,
             "percent": 11, "previous": 13}
    form = b.weighted(forms)
    b.uses(f"{where}: {form}")
    if form in ("rises", "falls"):
        target.update(aim={form: True}, baseline=b.pick((1.5, 2)))
    elif form == "amount":
        target.update(aim={b.pick(("at_least", "at_most")): b.pick((0, 0.5, -0.5)), "change": "amount"}, baseline=2)
    elif form == "percent":
        target.update(aim={b.pick(("at_least", "at_most", "about")): b.pick((0, 5, 50, -50)), "change": "percent"}, baseline=2)
    elif form == "previous":
        b.uses("change from the previous period")
        target["aim"] = {b.pick(("at_least", "at_most")): b.pick((0, 0.5, 1)), "change": b.pick(("amount", "percent")),
                         "from": "previous_period"}
    elif form == "about":
        target["aim"] = {"about": 2, **b.pick(({}, {"tolerance": 0.25}))}
    elif form == "between":
        target["aim"] = {"between": b.pick(([1.5, 2], [2, 3]))}
    else:
        target["aim"] = {form: b.pick((2, 2, 1.5)), **({"strict": True} if b.chance(0.15) else {})}
        if "strict" in target["aim"]:
            b.uses("strict")


def recurring(b: Builder) -> Spec | None:
    word = _calendar(b)
    if word is None:
        return None
    b.uses("recurring")
    spans = b.spans(word)
    place = b.target_place()
    kind = b.weighted({"increment": 45, "level": 27, "running_total": 13, "ratio": 10, "rating": 5})
    target: Spec = {"cadence": {"every": word}}
    sites = b.sites(place)[:2]
    if kind == "ratio":
        above, below = pair(b, sites, ("increment", "increment"), spans)
        target.update(indicator=b.indicator("ratio", numerator=above, denominator=below, unit="share"),
                      aim={"at_least": b.pick((0.5, 0.8))})
    elif kind == "rating":
        name = b.indicator("rating")
        b.add([{**b.row(name, place, (last, last), b.pick((0.5, 0.8, 1))), "author": "office"}
               for _, last in b.reported(spans)])
        target.update(indicator=name, aim={"at_least": 0.8})
    else:
        name = b.indicator(kind, **({"across_places": b.pick(("sum", "greatest"))} if kind == "level" else {}))
        rows = _periodic_rows(b, kind, name, sites, spans)
        if b.chance(0.2) and calendar_periods(word, b.start - 100, b.start - 1):
            rows.append(b.row(name, place, calendar_periods(word, b.start - 100, b.start - 1)[-1], 2))
        b.add(disturb(b, rows, kind))
        target["indicator"] = name
        _periodic_aim(b, target, "every")
    if b.chance(0.3):
        target["allowed_failed_periods"] = b.pick((0, 1, 2))
        b.uses("failed periods allowed")
    return {**target, **({"place": b.places[place]["id"]} if place else {})}


def each_period(b: Builder) -> Spec | None:
    word = _calendar(b)
    if word is None:
        return None
    b.uses("hold in each period")
    spans = b.spans(word)
    place = b.target_place()
    sites = b.sites(place)[:2]
    kind = b.weighted({"level": 50, "increment": 20, "ratio": 30})
    target: Spec = {"cadence": "throughout", "judged": "each_period"}
    if kind == "ratio":
        above, below = pair(b, sites, ("increment", "increment"), spans)
        target.update(indicator=b.indicator("ratio", numerator=above, denominator=below, unit="share", period=word),
                      aim={"at_least": b.pick((0.5, 0.8))})
    else:
        name = b.indicator(kind, period=word, **({"across_places": b.pick(("sum", "least"))} if kind == "level" else {}))
        b.add(disturb(b, _periodic_rows(b, kind, name, sites, spans), kind))
        forms: list[Spec] = [{"at_least": 2}, {"at_least": 1.5}]
        if kind == "level":
            forms += [{"at_most": 2}, {"between": [1.5, 2]}, {"about": 2}]
        target.update(indicator=name, aim=b.pick(forms))
    if b.chance(0.3):
        target["allowed_failed_periods"] = 1
        b.uses("failed periods allowed")
    return {**target, **({"place": b.places[place]["id"]} if place else {})}


