"""What happens to honest rows on their way: corrections, withdrawals, ambiguities, overlaps, gaps, odd forms."""

from __future__ import annotations

from typing import Any

from .builder import Builder, Row, neat
from .days import Span, entry_span, iso


def disturb(b: Builder, rows: list[Row], kind: str, plain: bool = False, forms: bool = True) -> list[Row]:
    """Some of what a ledger suffers; `plain` keeps to what leaves each period one entry."""
    rows = [dict(row) for row in rows]
    if not rows or b.tidy and b.chance(0.75):
        return rows
    if b.chance(0.2):
        _record_late(b, rows)
    if forms and b.chance(0.16):
        _intervals(b, rows)
    if forms and b.chance(0.05):
        _open_end(b, rows)
    if b.chance(0.12):
        _missing(b, rows)
    extra: list[Row] = []
    for chance, change in ((0.14, _correct), (0.1, _withdraw), (0.1, _contradict)):
        if b.chance(chance):
            extra += change(b, b.pick(rows))
    if kind == "increment" and not plain and b.chance(0.35):
        extra += _overlap(b, rows)
    return rows + extra


def _recorded(row: Row) -> int:
    return entry_span({"day": row["recorded"]})[0] if row.get("recorded") else entry_span(row)[1]


def _later(b: Builder, row: Row, **changes: Any) -> Row:
    changed = {k: v for k, v in row.items() if k not in ("amount", "missing", "form")}
    return {**changed, "recorded": iso(_recorded(row) + b.rng.randint(1, 25)), **changes}


def _other(b: Builder, row: Row) -> Any:
    amount = row.get("amount", 1)
    if "step" in row:
        return 1 - amount if "amount" in row else 1
    if "author" in row:
        return b.pick((0.1, 0.4, 0.7))
    number = amount if isinstance(amount, (int, float)) else 1
    return neat(number + b.pick((0.1, 0.5, 1, 1, 2)), 3) if b.chance(0.7) else neat(number * 2, 3)


def _record_late(b: Builder, rows: list[Row]) -> None:
    for row in rows:
        if b.chance(0.6):
            row["recorded"] = iso(entry_span(row)[1] + b.rng.randint(0, 30))


def _intervals(b: Builder, rows: list[Row]) -> None:
    for row in rows:
        if b.chance(0.4) and isinstance(row.get("amount"), (int, float)):
            b.uses("interval")
            low, high = row["amount"], neat(row["amount"] + b.pick((0.1, 0.5, 1, 2)), 3)
            if b.chance(0.2):
                b.uses("interval from 0")
                low = min(low, 0)
            row["amount"] = [low, high]


def _open_end(b: Builder, rows: list[Row]) -> None:
    row = b.pick(rows)
    if isinstance(row.get("amount"), (int, float)):
        b.uses("open interval")
        row["amount"] = [row["amount"], None]


def _missing(b: Builder, rows: list[Row]) -> None:
    for row in [b.pick(rows)] if b.chance(0.7) else list(rows):
        b.uses("missing with reason")
        row.pop("amount", None)
        row.pop("form", None)
        row["missing"] = b.weighted({"withheld": 4, "no_observation": 3, "not_comparable": 2, "not_applicable": 1})


def _correct(b: Builder, row: Row) -> list[Row]:
    b.uses("correction")
    return [_later(b, row, amount=_other(b, row))]


def _withdraw(b: Builder, row: Row) -> list[Row]:
    b.uses("withdrawn entry")
    return [_later(b, row, withdrawn=True)]


def _contradict(b: Builder, row: Row) -> list[Row]:
    """Another amount recorded on the same day, sometimes settled later, sometimes only a repetition."""
    if b.chance(0.2):
        b.uses("repeated entry")
        return [dict(row)]
    b.uses("ambiguous entry")
    other = {k: v for k, v in row.items() if k not in ("amount", "missing", "form")}
    other["amount"] = _other(b, row)
    settled = [_later(b, row, amount=_other(b, row))] if b.chance(0.35) else []
    return [other, *settled]


def _overlap(b: Builder, rows: list[Row]) -> list[Row]:
    """A container of some periods (tiled or not), or a period across the edge of one."""
    place = b.pick(rows).get("place")
    series = sorted((r for r in rows if r.get("place") == place and not r.get("dimensions")
                     and isinstance(r.get("amount"), (int, float))), key=entry_span)
    if not series:
        return []
    like = {k: v for k, v in series[0].items() if k in ("indicator", "place")}
    if b.chance(0.25):
        first, last = entry_span(b.pick(series))
        b.uses("partial overlap")
        middle = (first + last) // 2
        return [{**like, "start": iso(middle), "end": iso(last + 3), "amount": 1}]
    some = series[:b.rng.randint(1, len(series))]
    spans = [entry_span(r) for r in some]
    whole: Span = (spans[0][0], spans[-1][1])
    if len(some) == 1 or b.chance(0.35):
        whole = (whole[0] - b.pick((0, 0, 5)), whole[1] + b.pick((0, 3, 10)))
    tiled = sum(last - first + 1 for first, last in spans) == whole[1] - whole[0] + 1
    b.uses("container tiled by others" if tiled else "container not tiled")
    total = sum(r["amount"] for r in some)
    recorded = max(_recorded(r) for r in some) + b.pick((-1, 0, 0, 1, 5))
    return [{**like, "start": iso(whole[0]), "end": iso(whole[1]), "recorded": iso(recorded),
             "amount": neat(total if b.chance(0.6) else total + 1, 10)}]


def by_category(b: Builder, rows: list[Row], indicator: dict[str, Any], wanted: dict[str, str]) -> list[Row]:
    """R10: rows divided by a dimension, all or some of the categories, now and then beside the undivided one."""
    names = ("f", "m")
    indicator["dimensions"] = [{"id": "sex", "categories": list(names), "complete": b.chance(0.6)}]
    if b.chance(0.4):
        indicator["dimensions"].append({"id": "age", "categories": ["young", "old"], "complete": b.chance(0.5)})
    divided: list[Row] = []
    for row in rows:
        if not isinstance(row.get("amount"), (int, float)) or b.chance(0.15):
            divided.append(row)
            continue
        dimension = b.pick(indicator["dimensions"]) if not wanted else indicator["dimensions"][0]
        categories = dimension["categories"] if b.chance(0.7) else dimension["categories"][:1]
        b.uses("disaggregated entries")
        for category in categories:
            form = f"{dimension['id']}={category}"
            divided.append({**row, "amount": neat(row["amount"] / 2, 3), "dimensions": form})
        if b.chance(0.1):
            divided.append(row)
    if rows and b.chance(0.17):
        b.uses("undeclared dimension")
        divided.append({**rows[0], "dimensions": "soil=clay"})
    return divided


def mark_stage(b: Builder, rows: list[Row], indicator: dict[str, Any]) -> None:
    """R12: rows that carry a stage or scope, sometimes another than the indicator's."""
    name = b.pick(("stage", "scope"))
    indicator[name] = "built"
    for row in rows:
        said = b.weighted({"built": 5, "": 3, "started": 2})
        if said:
            row[name] = said
        if said == "started":
            b.uses("stage mismatch" if name == "stage" else "scope mismatch")
