"""What Akvo RSR says about disaggregation, scores, labels and earlier totals, as far as our words can say it."""

from __future__ import annotations

import json
from typing import Any

import attain

APART = {
    "target-rollup-off": "the goal of the whole is stated, or the sum of its quotas (R9); there it is 0 unless a switch is on",
    "target-rollup-on": "the goal of the whole is stated, or the sum of its quotas (R9); there a switch adds goals of nested projects",
    "audit-detects-tampering": "sums are not stored here, so that none can be wrong",
}


def sets(published: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(published("systems/akvo_rollup.json").read_text(encoding="utf-8"))
    return found


class Readings:
    """Readings of one indicator, by place and category, from rows as they were entered."""

    def __init__(
        self, rows: list[dict[str, Any]], *, kind: str = "increment", across: str | None = None, within: dict[str, str] | None = None,
        dimensions: dict[str, list[str]] | None = None,
    ) -> None:  # fmt: skip
        self.places = [attain.place("all"), *(attain.place(place, within=above) for place, above in (within or {}).items())]
        made = [attain.dimension(name, categories) for name, categories in (dimensions or {}).items()]
        level = kind == "level"
        shape: dict[str, Any] = {
            "kind": kind, "unit": "人", "dimensions": made or None, "maximum_age": 5000 if level else None, "across_places": across if level else None,
        }  # fmt: skip
        self.indicators = [attain.indicator(name, **shape) for name in ("value", "numerator", "denominator")]
        self.indicators.append(attain.indicator("percent", kind="ratio", unit="%", numerator="numerator", denominator="denominator"))
        self.book = attain.Ledger(rows)

    def of(self, *, place: str = "all", about: dict[str, str] | None = None, indicator: str = "value") -> float | None:
        target = attain.target("t", indicator=indicator, place=place, disaggregation=about, window=("2010-01-01", "2012-12-31"))
        plan = attain.programme(
            id="akvo", window=("2010-01-01", "2012-12-31"), places=self.places, indicators=self.indicators, projects=[attain.project("p", targets=[target])]
        )
        return attain.evaluate(plan, self.book, as_of="2012-12-31")["t", place].reading

    def parts(self, about: dict[str, str] | None = None) -> list[float | None]:
        """Numerator, denominator and percent."""
        share = self.of(about=about, indicator="percent")
        return [self.of(about=about, indicator="numerator"), self.of(about=about, indicator="denominator"), None if share is None else round(100 * share, 9)]


def test_disaggregations_that_are_not_complete(published, reproduce) -> None:
    """Complete are categories that add up to the total."""
    vectors = sets(published)["disaggregation_completeness"]
    tally = reproduce("akvo: complete disaggregations", len(vectors))
    for vector in vectors:
        first = lambda amount: amount[0] if isinstance(amount, list) else amount  # noqa: E731
        rows: list[dict[str, Any]] = [{"indicator": "value", "day": "2010-06-30", "amount": str(first(vector["total"]))}]
        rows += [
            {"indicator": "value", "day": "2010-06-30", "amount": first(amount), "dimensions": {"flavour": part}} for part, amount in vector["parts"].items()
        ]
        readings = Readings(rows, dimensions={"flavour": list(vector["parts"])})
        total = readings.of()
        parts = [readings.of(about={"flavour": part}) for part in vector["parts"]]
        incomplete = total is None or total != sum(part or 0 for part in parts)
        tally.check(vector["id"], incomplete == vector["expected_incomplete"], (total, parts))


def scores(vector: dict[str, Any], within: dict[str, str]) -> dict[str, float | None]:
    rows = [{"indicator": "value", "place": place, "day": f"2010-01-{day + 1:02}", "amount": score} for day, (place, score) in enumerate(vector["updates"])]
    readings = Readings(rows, kind="level", across="none", within=within)
    return {place: readings.of(place=place) for place in vector["expected_scores"]}


def labels(vector: dict[str, Any]) -> bool:
    places = {"contributor 2": "all", "contributor 1": "all", "sub-contributor 1.1": "contributor 1"}
    rows: list[dict[str, Any]] = []
    for place, amounts in vector["inputs_units"].items():
        for period, amount in amounts.items():
            year, _, label = period.partition(":")
            about = {"place": place, "period": year, "dimensions": {"label": label}}
            if label == "no label":
                continue  # it is left out there too
            rows += [
                {"indicator": name, "amount": one, **about} for name, one in (("value", amount), ("numerator", amount), ("denominator", 10))
            ]
    readings = Readings(rows, within=places, dimensions={"label": ["L1", "L2", "L3"]})
    units = {label: readings.of(about={"label": label}) for label in vector["expected_units"]}
    percentages = {label: readings.parts({"label": label}) for label in vector["expected_percentages"]}
    crossed: list[dict[str, Any]] = []
    for number, (place, by_label) in enumerate(vector["inputs_male_female"].items()):
        for label, amounts in by_label.items():
            crossed += [
                {"indicator": "value", "place": place, "period": str(2010 + number), "amount": amount, "dimensions": {"label": label, "sex": sex}}
                for sex, amount in zip(("m", "f"), amounts, strict=True)
                if label != "no label"
            ]
    by_sex = Readings(crossed, within=places, dimensions={"label": ["L1", "L2", "L3"], "sex": ["m", "f"]})
    pairs = {label: [by_sex.of(about={"label": label, "sex": sex}) for sex in ("m", "f")] for label in vector["expected_male_female"]}
    return (units, percentages, pairs) == (vector["expected_units"], vector["expected_percentages"], vector["expected_male_female"])


def over_periods(amounts: dict[str, dict[str, int]], *, with_parts: bool) -> Readings:
    rows: list[dict[str, Any]] = []
    for year, by_sex in amounts.items():
        for sex, amount in by_sex.items():
            about = {"period": year, "dimensions": {"sex": sex}}
            rows.append({"indicator": "numerator" if with_parts else "value", "amount": amount, **about})
            if with_parts:
                rows.append({"indicator": "denominator", "amount": 10, **about})
    return Readings(rows, dimensions={"sex": ["Male", "Female"]})


def previous(vector: dict[str, Any]) -> Readings:
    """Cumulative totals in the order of entry: each is recorded a day later."""
    rows: list[dict[str, Any]] = []
    for number, update in enumerate(vector["updates_in_entry_order"]):
        who, _, year = str(update[0]).rpartition(" ")
        about = {"day": f"{year}-12-31", "recorded": f"2012-12-{number + 1:02}", "place": who or "all"}
        amount = update[1]
        names = zip(("numerator", "denominator"), amount, strict=True) if isinstance(amount, list) else (("value", amount),)
        rows += [{"indicator": name, "amount": one, **about} for name, one in names]
        for sex, part in (update[2] if len(update) > 2 else {}).items():
            rows.append({"indicator": "value", "amount": part, "dimensions": {"sex": sex}, **about})
    return Readings(rows, kind="level", across="sum", within={"u1": "all", "u2": "all"}, dimensions={"sex": ["Male", "Female"]})


def test_scores_labels_and_earlier_totals(published, reproduce) -> None:
    vectors = {vector["id"]: vector for vector in sets(published)["other"]}
    by_year = vectors["report-over-periods"]["inputs"]
    questions: dict[str, Any] = {
        "score-latest-per-contributor": lambda v: scores(v, {"B": "all", "C": "all"}) == v["expected_scores"],
        "score-no-upward-aggregation": lambda v: scores(v, {"A": "all", "B": "A", "C": "B"}) == v["expected_scores"],
        "period-label-buckets": labels,
        "report-over-periods": lambda v: {sex: over_periods(by_year, with_parts=False).of(about={"sex": sex}) for sex in v["expected"]} == v["expected"],
        "report-over-periods-pct": lambda v: {sex: over_periods(by_year, with_parts=True).parts({"sex": sex}) for sex in v["expected"]} == v["expected"],
        "previous-total-latest-period": lambda v: (
            previous(v).of() == v["expected_previous_total"]
            and {sex: previous(v).of(about={"sex": sex}) for sex in ("Male", "Female")} == v["expected_disaggregation"]
        ),
        "previous-total-same-period": lambda v: previous(v).of() == v["expected_previous_total"],
        "previous-total-per-user": lambda v: previous(v).of(place="u1") == v["expected_previous_total_for_u1"],
        "previous-total-pct": lambda v: previous(v).parts() == v["expected_previous"],
    }  # fmt: skip
    tally = reproduce("akvo: scores, labels and earlier totals", len(questions))
    for name, vector in vectors.items():
        if name in APART:
            tally.set_apart(name, APART[name])
        else:
            tally.check(name, questions[name](vector))
