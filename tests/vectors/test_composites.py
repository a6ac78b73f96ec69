"""Composite indices: the published numbers of statistics offices, handbooks and other packages."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy
import pytest
from numpy.typing import ArrayLike
from tests.vectors.conftest import Tally

import attain
from attain import aggregate, normalise, weights

Find = Callable[[str], Path]
Open = Callable[[str, int], Tally]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def cases_of(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["cases"]
    return found


def column(rows: Iterable[dict[str, str]], name: str) -> numpy.ndarray:
    return numpy.array([float(row[name]) if row[name] not in ("", "NA") else math.nan for row in rows])


def close(ours: ArrayLike, published: ArrayLike, within: float) -> bool:
    """Everywhere, and missing in the same places."""
    a, b = numpy.asarray(ours, dtype=float), numpy.asarray(published, dtype=float)
    return a.shape == b.shape and bool(numpy.all((numpy.isnan(a) & numpy.isnan(b)) | (numpy.abs(a - b) <= within)))


def descending_ranks(scores: ArrayLike) -> numpy.ndarray:
    return numpy.asarray(normalise.sample(scores, "rank", larger_is_better=False))


# -- Human Development Index (UNDP, technical notes 1, 3 and 5) ---------------------------------------


def hdi(life: ArrayLike, expected_years: ArrayLike, mean_years: ArrayLike, income: ArrayLike, *, low: float = 20, high: float = 85) -> numpy.ndarray:
    health = normalise.goalposts(life, worst=low, best=high)
    education = aggregate.weighted_mean(
        numpy.stack([normalise.goalposts(expected_years, worst=0, best=18), normalise.goalposts(mean_years, worst=0, best=15)], axis=1)
    )
    standard = normalise.goalposts(income, worst=100, best=75000, logarithmic=True)
    return numpy.asarray(aggregate.geometric_mean(numpy.stack([health, education, standard], axis=1)))


@pytest.mark.parametrize(
    ("name", "cases", "income", "published_as"),
    [
        ("methodologies/hdi_timeseries.csv", 6171, "gni_per_capita_ppp2017", "exp_hdi"),
        ("composites/hdi_1990_2021.csv", 5571, "gni_per_capita_ppp", "hdi_published"),
    ],
)
def test_the_hdi_of_each_country_and_year(
    published: Find, reproduce: Open, name: str, cases: int, income: str, published_as: str
) -> None:
    rows = rows_of(published(name))
    tally = reproduce(name, cases)
    ours = hdi(*(column(rows, c) for c in ("life_expectancy", "expected_years_schooling", "mean_years_schooling", income)))
    for row, score in zip(rows, ours, strict=True):
        tally.near(f"{row['iso3']} {row['year']}", score, float(row[published_as]), 0.0005 + 1e-9)


def test_the_hdi_by_sex_and_their_ratio(published: Find, reproduce: Open) -> None:
    name = "methodologies/hdi_gender_gdi_2022.csv"
    rows = rows_of(published(name))
    tally = reproduce(name, 3 * 193)
    posts = {"f": (22.5, 87.5), "m": (17.5, 82.5)}
    ours = {
        sex: hdi(*(column(rows, f"{c}_{sex}") for c in ("le", "eys", "mys", "gni")), low=low, high=high)
        for sex, (low, high) in posts.items()
    }
    for i, row in enumerate(rows):
        for sex in posts:
            tally.near(f"{row['iso3']} {sex}", ours[sex][i], float(row[f"exp_hdi_{sex}"]), 0.0005)
        ratio = normalise.ratio_to_reference(ours["f"][i], ours["m"][i]).only()
        tally.near(f"{row['iso3']} ratio", ratio, float(row["exp_gdi"]), 0.0005 + 1e-9)


def test_the_hdi_less_inequality(published: Find, reproduce: Open) -> None:
    """Inputs are rounded in print, so the index is within 0.001 and the loss within what that makes of it."""
    name = "methodologies/ihdi_2022.csv"
    rows = rows_of(published(name))
    tally = reproduce(name, 2 * 176)
    inequality = numpy.stack([column(rows, f"ineq_{c}_pct") for c in ("life", "education", "income")], axis=1)
    coefficients = aggregate.weighted_mean(inequality)
    factors = aggregate.geometric_mean(1 - inequality / 100)
    for i, row in enumerate(rows):
        factor = factors[i]
        assert factor is not None
        tally.near(f"{row['iso3']} coefficient", coefficients[i], float(row["exp_coef_ineq"]), 0.005)
        tally.near(f"{row['iso3']} index", float(row["hdi"]) * factor, float(row["exp_ihdi"]), 0.001)


def test_one_country_as_a_programme(published: Find, reproduce: Open) -> None:
    """The engine comes to what the functions come to: goalposts are baselines and goals, of income as logarithms."""
    name = "composites/hdi_1990_2021.csv"
    rows = rows_of(published(name))[:: 5571 // 40]
    tally = reproduce(f"{name}, as programmes", len(rows))
    measures = {
        "life": ("life_expectancy", 20, 85), "mean": ("mean_years_schooling", 0, 15), "expected": ("expected_years_schooling", 0, 18),
        "income": ("gni_per_capita_ppp", math.log(100), math.log(75000)),
    }  # fmt: skip
    for row in rows:
        year = int(row["year"])
        said = {k: float(row[c]) for k, (c, _, _) in measures.items()}
        said["income"] = math.log(said["income"])
        plan = attain.programme(
            id="hdi",
            window=(f"{year}-01-01", f"{year}-12-31"),
            indicators=[attain.indicator(k, unit="分", kind="level") for k in measures],
            roll_up=attain.roll_up("geometric_mean", floor=0),
            projects=[
                attain.project(project, targets=[
                    attain.target(f"to-{k}", indicator=k, baseline=measures[k][1], aim=attain.at_least(measures[k][2])) for k in of
                ])
                for project, of in {"health": ["life"], "education": ["mean", "expected"], "standard": ["income"]}.items()
            ],
        )  # fmt: skip
        book = attain.Ledger([{"indicator": k, "day": f"{year}-12-31", "amount": x} for k, x in said.items()], plan)
        root = attain.evaluate(plan, book, as_of=f"{year}-12-31").root
        tally.near(f"{row['iso3']} {year}", root.attainment, float(row["hdi_published"]), 0.0005)


# -- SDG Index (SDSN) ---------------------------------------------------------------------------------


def test_the_sdg_index_is_the_mean_of_its_goals(published: Find, reproduce: Open) -> None:
    name = "methodologies/sdg_index_mean.csv"
    rows = rows_of(published(name))
    tally = reproduce(name, 705)
    goals = numpy.stack([column(rows, f"goal_{g}") for g in range(1, 18)], axis=1)
    for row, mean in zip(rows, aggregate.weighted_mean(goals), strict=True):
        tally.near(f"{row['iso3']} {row['year']}", mean, float(row["exp_sdg_index_score"]), 0.1)


# -- COINr (William Becker) ---------------------------------------------------------------------------


def test_goalposts_and_distances_to_targets_of_coinr(published: Find, reproduce: Open) -> None:
    """Direction is the order of the goalposts here, not a sign beside them."""
    name = "methodologies/coinr_goalposts.json"
    said = json.loads(published(name).read_text("utf-8"))
    tally = reproduce(name, 10)
    for i, case in enumerate(said["goalposts"]):
        posts = (case["low"], case["high"])[:: case["direction"]]
        score = normalise.goalposts(case["x"], worst=posts[0], best=posts[1]).only()
        tally.near(i, None if score is None else case["scale"] * score, case["expected"], 1e-12)
    for i, case in enumerate(said["distance_to_target"]):
        ours = normalise.distance_to_target(case["x"], case["target"], larger_is_better=case["direction"] > 0, cap=case["cap"])
        tally.check(f"distance {i}", close(ours, case["expected"], 1e-12), ours)


# -- the OECD handbook (OECD/JRC 2008) ----------------------------------------------------------------

NOT_OURS_IN_THE_HANDBOOK = {
    "hb-borda-25": "Borda counts are no aggregator of scores", "hb-condorcet-27": "outranking is not part of this",
    "hb-condorcet-cycle": "outranking is not part of this", "hb-borda-fishburn": "Borda counts are no aggregator of scores",
    "hb-unsolvable": "outranking is not part of this", "hb-outranking-36": "outranking is not part of this",
    "hb-tai-pca-eigen": "weights by principal components are not part of this", "hb-tai-bod": "benefit of the doubt is not part of this",
    "hb-tai-FA-rank": "the weights are printed to 2 decimals: Canada and Singapore, Czech Republic and Slovenia swap",
    "hb-tai-AHP-rank": "the weights are printed to 2 decimals and add up to 1.01: three countries shift by 1 or 2",
    "hb-tai-NCMC-rank": "outranking is not part of this; not reproducible from the printed data either",
    "hb-kendall-box7": "rank correlation is not part of this",
}  # fmt: skip


def tai_scores(rows: list[dict[str, str]]) -> tuple[numpy.ndarray, numpy.ndarray]:
    """Raw values, and scores against the external goalposts of Saisana, Saltelli and Tarantola (2005), Table 1."""
    posts = {
        "patents": (0, 994), "royalties": (0, 272.6), "internet": (0, 232.4), "exports": (0, 80.8),
        "telephones_log10": (0, math.log10(901)), "electricity_log10": (math.log10(22), math.log10(6969)), "schooling": (0.8, 12),
        "university": (0.1, 27.4),
    }  # fmt: skip
    raw = numpy.stack([column(rows, name) for name in posts], axis=1)
    scores = [normalise.goalposts(raw[:, j], worst=low, best=high) for j, (low, high) in enumerate(posts.values())]
    return raw, numpy.stack(scores, axis=1)


def test_the_technology_achievement_index(published: Find, reproduce: Open) -> None:
    rows = rows_of(published("composites/oecd_tai_23.csv"))
    cases = {c["id"]: c["input"] for c in cases_of(published("composites/oecd_handbook_cases.json"))}
    raw, scores = tai_scores(rows)
    tally = reproduce("composites/oecd_tai_23.csv", 3 * 23)
    ours = {
        "EW": aggregate.weighted_mean(scores, cases["hb-tai-EW-rank"]["w"]),
        "BAP": aggregate.weighted_mean(scores, cases["hb-tai-BAP-rank"]["w"]),
        "GME_raw": aggregate.geometric_mean(raw, cases["hb-tai-GME-rank"]["w"]),
    }
    for name, index in ours.items():
        for row, rank in zip(rows, descending_ranks(index), strict=True):
            tally.near(f"{row['country']} {name}", rank, float(row[f"pub_rank_{name}"]), 0)


def table_15(rows: list[dict[str, str]]) -> dict[str, ArrayLike]:
    x = column(rows, "schooling")
    percentile = 100 * numpy.asarray(normalise.sample(x, "rank_share"))
    return {
        "rank_low_is_1": normalise.sample(x, "rank"), "zscore": normalise.sample(x, "z_score"), "minmax": normalise.sample(x, "min_max"),
        "ratio_to_mean": normalise.ratio_to_reference(x, x.mean()), "ratio_to_best": normalise.ratio_to_reference(x, x.max()),
        "ratio_to_worst": normalise.ratio_to_reference(x, x.min()), "diff_to_mean": normalise.distance_to_reference(x, x.mean()),
        "diff_to_worst": normalise.distance_to_reference(x, x.min()), "above_below_mean": normalise.around_mean(x, 0.2),
        "percentile": percentile,
        "categorical": normalise.stepped(percentile, edges=[95, 85, 65, 35, 15, 5], scores=[100, 80, 60, 50, 40, 20]),
    }  # fmt: skip


def test_the_cases_of_the_handbook(published: Find, reproduce: Open) -> None:
    rows = rows_of(published("composites/oecd_tai_23.csv"))
    cases = cases_of(published("composites/oecd_handbook_cases.json"))
    tally = reproduce("composites/oecd_handbook_cases.json", 7)
    raw, scores = tai_scores(rows)
    for case in cases:
        name, given, expect, within = case["id"], case["input"], case["expect"], case["abs_tol"]
        if name in NOT_OURS_IN_THE_HANDBOOK:
            tally.set_apart(name, NOT_OURS_IN_THE_HANDBOOK[name])
        elif name == "hb-scale-invariance":
            ours = [
                numpy.mean([max_share(given[unit], country, year, z) for z in (0, 1)])
                for unit in ("celsius", "fahrenheit") for country in "AB" for year in (0, 1)
            ]  # fmt: skip
            tally.check(name, close(ours, [v for unit in ("celsius", "fahrenheit") for c in "AB" for v in expect[unit][c]], within), ours)
        elif name == "hb-table15":
            wrong = [
                of for of, ours in table_15(rows).items()
                if not close(ours, column(rows, f"t15_schooling_{of}"), 0.06 if of == "percentile" else within)
            ]  # fmt: skip
            tally.check(name, not wrong, wrong)
        elif name == "hb-geometric-example":
            tally.check(name, close(aggregate.geometric_mean(given["rows"], given["w"]), expect["y"], within))
        elif name == "hb-ahp-table20":
            p = weights.priorities(given["matrix"])
            good = close(p.weights, expect["weights"], within) and abs(p.lambda_max - expect["lambda_max"]) <= within
            tally.check(name, good and p.consistency_ratio is not None and abs(p.consistency_ratio - expect["cr_ri1_41"]) <= within)
        else:
            geometric = name == "hb-tai-GME-rank"
            index = aggregate.geometric_mean(raw, given["w"]) if geometric else aggregate.weighted_mean(scores, given["w"])
            tally.check(name, close(descending_ranks(index), column(rows, expect["csv_column"]), 0))


def max_share(unit: dict[str, Any], country: str, year: int, of: int) -> float:
    """The ratio to the best country of the same year."""
    best = max(unit["A"][year][of], unit["B"][year][of])
    ratio = normalise.ratio_to_reference(unit[country][year][of], best).only()
    assert ratio is not None
    return ratio


# -- Chinese practice ---------------------------------------------------------------------------------


def test_the_cases_of_chinese_practice(published: Find, reproduce: Open) -> None:
    cases = {c["id"]: c for c in cases_of(published("composites/china_practice_cases.json"))}
    tally = reproduce("composites/china_practice_cases.json", 5)
    exam = cases["cn-efficacy-exam"]
    given = exam["input"]
    score = normalise.efficacy(
        given["x"], not_allowed=given["not_allowed"], satisfactory=given["satisfactory"], span=given["scale"], base=given["offset"]
    ).only()
    tally.near("cn-efficacy-exam", score, exam["expect"]["score"], exam["abs_tol"])
    fever = cases["cn-interval-temperature"]
    x, (low, high) = fever["input"]["x"], fever["input"]["interval"]
    ours = normalise.interval(x, low=low, high=high, reach=max(low - min(x), max(x) - high))
    tally.check("cn-interval-temperature", close(ours, fever["expect"]["x"], fever["abs_tol"]), ours)

    kinds = cases["cn-xiaokang-2008-taxonomy"]["expect"]
    low, high = kinds["example_interval"]["target"]
    counted = kinds["positive"] + kinds["inverse"] + kinds["interval"] == kinds["indicators"]
    tally.check("cn-xiaokang-2008-taxonomy", counted and attain.between(low, high) == {"between": [low, high]})

    green = cases["cn-green-index-weights"]["expect"]
    tree: dict[str, tuple[str | None, float]] = {"index": (None, 1)}
    tree.update({name: ("index", weight) for name, weight in green["weights"].items()})
    effective = weights.effective(tree)
    good = all(abs(effective[name] * green["sum"] - weight) <= 1e-9 for name, weight in green["weights"].items())
    tally.check("cn-green-index-weights", good and abs(sum(green["weights"].values()) - green["sum"]) <= 1e-9)

    leaves = cases["cn-xiaokang-2013-tree"]["expect"]["leaves"]
    tally.check("cn-xiaokang-2013-tree", *xiaokang(leaves))


AIMS = {">=": attain.at_least, "<=": attain.at_most, "=": attain.at_least}


def xiaokang(leaves: list[list[Any]]) -> tuple[bool, object]:
    """The tree as a programme with its weights and goals: where one group has come all the way, the index is that group's weight."""
    projects: dict[str, list[attain.specs.TargetSpec]] = {}
    said = []
    first = leaves[0][0]
    for i, (group, name, weight, text) in enumerate(leaves):
        sign = text.rstrip("0123456789.")
        goal = float(text.removeprefix(sign))
        start = 2 * goal if sign == "<=" else 0
        target = attain.target(f"leaf-{i}", name=name, indicator=f"of-{i}", baseline=start, aim=AIMS[sign](goal), weight=weight)
        projects.setdefault(group, []).append(target)
        said.append({"indicator": f"of-{i}", "day": "2020-12-31", "amount": goal if group == first else start})
    total = {group: sum(t["weight"] for t in targets) for group, targets in projects.items()}
    plan = attain.programme(
        id="xiaokang", window=("2020-01-01", "2020-12-31"),
        indicators=[attain.indicator(f"of-{i}", unit="分", kind="level") for i in range(len(leaves))],
        projects=[
            attain.project(f"group-{i}", name=group, weight=total[group], targets=targets)
            for i, (group, targets) in enumerate(projects.items())
        ],
    )  # fmt: skip
    root = attain.evaluate(plan, attain.Ledger(said, plan), as_of="2020-12-31").root
    share = total[first] / sum(total.values())
    return root.attainment is not None and abs(root.attainment - share) <= 1e-12, (root.attainment, share)
