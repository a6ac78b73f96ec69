"""The example programmes as files: complete, referring only to what they declare, with a source for every real report.

Reads JSON and CSV and nothing else, so a mistake in an example shows before any evaluation does.
"""

import csv
import json
import re
import unittest
from collections import Counter
from decimal import Decimal
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

# How many labelled clauses each item of the Nanchang notice has; the other items have one.
NANCHANG_CLAUSES = {6: 4, 7: 4, 16: 4, 21: 2, 22: 4, 24: 3, 26: 5, 27: 6, 30: 2, 34: 2, 37: 2}


def read_programme(name):
    def refuse_duplicates(pairs):
        keys = [key for key, _ in pairs]
        assert len(keys) == len(set(keys)), f"{name}: a field is given twice in {keys}"
        return dict(pairs)

    text = (EXAMPLES / name / "programme.json").read_text(encoding="utf-8")
    return json.loads(text, object_pairs_hook=refuse_duplicates)


def read_rows(name, file="observations.csv"):
    with open(EXAMPLES / name / file, encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def projects(programme):
    found = list(programme["projects"])
    for project in found:
        found.extend(project.get("projects", []))
    return found


def targets(programme):
    return [target for project in projects(programme) for target in project.get("targets", [])]


def aliases(programme):
    return [alias for target in targets(programme) for alias in target.get("aliases", [])]


def amount(value):
    """The few forms of a number that the examples use."""
    text = str(value).replace(",", "")
    scale = {"万": Decimal(10_000), "亿": Decimal(100_000_000), "%": Decimal("0.01")}.get(text[-1])
    return Decimal(text[:-1]) * scale if scale else Decimal(text)


def goal(target):
    aim = target["aim"]
    return amount(next(aim[kind] for kind in ("at_least", "at_most", "about") if kind in aim))


class Example:
    """What holds of every example; a class below per folder."""

    name = ""
    is_real = True

    def setUp(self):
        self.programme = read_programme(self.name)
        self.rows = read_rows(self.name)

    def test_has_a_readme_and_says_its_format_and_id(self):
        self.assertTrue((EXAMPLES / self.name / "README.md").is_file())
        self.assertEqual(self.programme["format"], "attain-programme/1")
        self.assertEqual(self.programme["id"], self.name)

    def test_is_plain_text_with_unix_line_ends(self):
        for path in sorted((EXAMPLES / self.name).iterdir()):
            data = path.read_bytes()
            self.assertNotIn(b"\r", data, path.name)
            self.assertNotIn("\ufffd", data.decode("utf-8"), path.name)
            self.assertNotIn(rb"\u", data, f"{path.name}: characters are written as themselves")
            self.assertTrue(data.endswith(b"\n"), path.name)

    def test_ids_are_unique(self):
        tree = [*projects(self.programme), *targets(self.programme), *aliases(self.programme)]
        for things in (tree, self.programme["indicators"], self.programme["places"]):
            repeated = [id for id, count in Counter(thing["id"] for thing in things).items() if count > 1]
            self.assertEqual(repeated, [])

    def test_refers_only_to_what_it_declares(self):
        indicators = {indicator["id"] for indicator in self.programme["indicators"]}
        places = {place["id"] for place in self.programme["places"]}
        ids = {target["id"] for target in targets(self.programme)}
        root, *below = self.programme["places"]
        self.assertNotIn("within", root)
        for place in below:
            self.assertIn(place["within"], places)
        for indicator in self.programme["indicators"]:
            for side in ("numerator", "denominator"):
                if side in indicator:
                    self.assertIn(indicator[side], indicators)
        for target in targets(self.programme):
            self.assertIn(target["indicator"], indicators)
            self.assertLessEqual(set(target.get("quotas", {})), places)
            for other in ("part_of", "attribute_of", "input_of"):
                if other in target:
                    self.assertIn(target[other], ids)

    def test_uses_every_indicator(self):
        used = {target["indicator"] for target in targets(self.programme)}
        for indicator in self.programme["indicators"]:
            used.update(indicator[side] for side in ("numerator", "denominator") if side in indicator)
        self.assertEqual({indicator["id"] for indicator in self.programme["indicators"]} - used, set())

    def test_observes_declared_indicators_at_declared_places(self):
        indicators = {indicator["id"]: indicator for indicator in self.programme["indicators"]}
        places = {place["id"] for place in self.programme["places"]} | {""}
        self.assertTrue(self.rows)
        for row in self.rows:
            self.assertIn(row["indicator"], indicators, row)
            indicator = indicators[row["indicator"]]
            self.assertNotIn(indicator["kind"], ("ratio", "formula"), row)
            self.assertIn(row.get("place", ""), places, row)
            self.assertEqual(bool(row.get("period")) + bool(row.get("day")), 1, row)
            self.assertEqual(sum(bool(row.get(field)) for field in ("amount", "missing", "withdrawn")), 1, row)
            steps = [step["id"] for step in indicator.get("steps", [])]
            self.assertIn(row.get("step", ""), steps or [""], row)

    def test_real_reports_have_a_source_address(self):
        for row in self.rows if self.is_real else []:
            self.assertRegex(row["source"], r"^(https?://)?[a-z0-9-]+(\.[a-z0-9-]+)+(/\S*)?$", row)

    def test_goals_are_positive_and_weights_not_negative(self):
        for target in targets(self.programme):
            self.assertGreaterEqual(target.get("weight", 1), 0)
            if "aim" in target:
                self.assertGreater(goal(target), 0, target["id"])


class Nanchang(Example, unittest.TestCase):
    name = "nanchang-2021"

    def test_has_all_45_items(self):
        self.assertEqual([project["id"] for project in self.programme["projects"]], [str(n) for n in range(1, 46)])

    def test_has_all_72_clauses_and_the_pension_total(self):
        clauses = [f"{item}.{n}" for item in range(1, 46) for n in range(1, NANCHANG_CLAUSES.get(item, 1) + 1)]
        self.assertEqual(len(clauses), 72)
        ids = [thing["id"] for thing in [*targets(self.programme), *aliases(self.programme)]]
        self.assertEqual(sorted(ids), sorted([*clauses, "26.6"]))
        self.assertEqual([alias["id"] for alias in aliases(self.programme)], ["27.2"])

    def test_pension_total_is_the_sum_of_its_three_and_has_no_weight(self):
        by_id = {target["id"]: target for target in targets(self.programme)}
        self.assertEqual(by_id["26.6"]["weight"], 0)
        self.assertEqual(goal(by_id["26.6"]), sum(goal(by_id[id]) for id in ("26.1", "26.2", "26.3")))

    def test_quotes_the_notice(self):
        for project in self.programme["projects"]:
            self.assertTrue(project["text"].startswith(project["name"]), project["id"])
            for target in project["targets"]:
                self.assertIn(target.get("text", ""), project["text"], target["id"])

    def test_numbers_of_aims_are_printed_in_their_clauses(self):
        unprinted = {"12.1", "21.2", "26.6", "27.6", "34.1"}  # 一次, 至少有一人, a sum, 按月, 应救尽救
        kinds = {indicator["id"]: indicator["kind"] for indicator in self.programme["indicators"]}
        for target in targets(self.programme):
            if kinds[target["indicator"]] != "steps" and target["id"] not in unprinted:
                number = next(value for key, value in target["aim"].items() if key in ("at_least", "about"))
                self.assertIn(str(number), target["text"], target["id"])

    def test_reports_are_recorded_after_the_amount_s_day(self):
        self.assertEqual(len(self.rows), 13)
        for row in self.rows:
            self.assertRegex(row["recorded"], r"^202[12]-\d\d-\d\d$")
            self.assertGreaterEqual(row["recorded"], row["day"] or row["period"])

    def test_running_totals_have_their_eve(self):
        for indicator in ("neighbourhood-centres", "smart-estates"):
            days = [row["day"] for row in self.rows if row["indicator"] == indicator]
            self.assertEqual(days[0], "2020-12-31")


class UsGoals(Example, unittest.TestCase):
    name = "us-goals-fy2022"

    def setUp(self):
        super().setUp()
        self.official = read_rows(self.name, "official.csv")

    def test_has_31_goals_and_98_series(self):
        self.assertEqual(len(self.programme["projects"]), 31)
        self.assertEqual(len(targets(self.programme)), 98)
        for project in self.programme["projects"]:
            expected = [f"{project['id']}.{n}" for n in range(1, len(project["targets"]) + 1)]
            self.assertEqual([target["id"] for target in project["targets"]], expected)

    def test_official_rows_are_the_values_goals_and_starts_of_the_programme(self):
        by_id = {target["id"]: target for target in targets(self.programme)}
        kinds = {indicator["id"]: indicator for indicator in self.programme["indicators"]}
        observed = {(row["indicator"], row["day"]): row["amount"] for row in self.rows}
        self.assertEqual(len(self.official), 332)
        self.assertEqual({row["target"] for row in self.official}, set(by_id))
        for row in self.official:
            target = by_id[row["target"]]
            percent = "%" if kinds[target["indicator"]].get("unit") == "%" else ""
            value = observed.get((target["indicator"], row["day"]), "")
            self.assertEqual(value, row["value_current"] + percent if row["value_current"] else "", row)
            if "aim" in target:
                self.assertEqual(goal(target), amount(row["value_target"] + percent), row)
                self.assertEqual(amount(target.get("baseline", 0)), amount(row["value_start"] + percent), row)
            else:
                self.assertEqual(row["status"], "Target undefined", row)

    def test_published_percentages_follow_start_goal_and_value_in_234_of_237_rows(self):
        numbers = ("value_start", "value_target", "value_current")
        computable = [row for row in self.official if all(row[field] for field in numbers)]
        other = []
        for row in computable:
            start, end, now = (Decimal(row[field]) for field in numbers)
            if abs((now - start) / (end - start) - Decimal(row["progress_pct"])) > Decimal("1e-8"):
                other.append(row["target"])
        self.assertEqual(len(computable), 237)
        self.assertEqual(other, ["006APG2203.2"] * 3)
        held = [target["id"] for target in targets(self.programme) if target.get("cadence") == "throughout"]
        self.assertEqual(held, ["006APG2203.2"])


class Guangzhou(Example, unittest.TestCase):
    name = "guangzhou-2017"

    def test_has_ten_items_with_40_pairs_and_one_rating(self):
        self.assertEqual([project["id"] for project in self.programme["projects"]], [str(n) for n in range(1, 11)])
        pairs = [row["target"] for row in read_rows(self.name, "official.csv")]
        self.assertEqual(len(pairs), 40)
        self.assertEqual([target["id"] for target in targets(self.programme) if target["id"] != "5.1"], pairs)

    def test_quotes_the_list(self):
        for project in self.programme["projects"]:
            for target in project["targets"]:
                self.assertIn(target.get("text", ""), project["text"], target["id"])

    def test_every_target_has_its_result(self):
        observed = Counter(row["indicator"] for row in self.rows)
        self.assertEqual(set(observed.values()), {1})
        for indicator in self.programme["indicators"]:
            self.assertEqual(indicator["id"] in observed, indicator["kind"] != "ratio", indicator["id"])

    def test_printed_percentages_are_result_by_task(self):
        by_id = {target["id"]: target for target in targets(self.programme)}
        observed = {row["indicator"]: row["amount"] for row in self.rows}
        printed = [row for row in read_rows(self.name, "official.csv") if row["percent"]]
        self.assertEqual(len(printed), 7)
        for row in printed:
            target = by_id[row["target"]]
            percent = 100 * amount(observed[target["indicator"]]) / goal(target)
            tolerance = "0.3" if row["target"] == "2.3" else "0.005"  # 103.72 is printed as 104
            self.assertLessEqual(abs(percent - Decimal(row["percent"])), Decimal(tolerance), row)


class CountiesLesson(Example, unittest.TestCase):
    name = "counties-lesson"
    is_real = False

    def test_says_that_it_is_invented(self):
        self.assertIn("invented", self.programme["note"])

    def test_quotas_add_up_to_their_goals(self):
        shared = [target for target in targets(self.programme) if "quotas" in target]
        self.assertEqual([target["id"] for target in shared], ["1.1", "22.1"])
        for target in shared:
            self.assertEqual(sum(target["quotas"].values()), goal(target), target["id"])

    def test_has_each_trouble_once(self):
        def identity(row):
            return row["indicator"], row["place"], row["period"] or row["day"], row["step"]

        by_identity = Counter(identity(row) for row in self.rows)
        twice = [row for row in self.rows if by_identity[identity(row)] > 1]
        corrected = [row["recorded"] for row in twice if row["indicator"] == "lifts" and row["place"] == "west"]
        self.assertEqual(len(corrected), 2)
        self.assertLess(corrected[0], corrected[1])
        self.assertEqual(len([row for row in self.rows if row["withdrawn"]]), 1)
        self.assertEqual(len([row for row in self.rows if row["missing"]]), 1)
        inexact = [row["amount"] for row in self.rows if not re.fullmatch(r"[\d.]*%?", row["amount"])]
        self.assertEqual(inexact, ["180余"])
        self.assertEqual([target["id"] for target in targets(self.programme) if "history" in target], ["1.2"])
        inspected = {row["period"] for row in self.rows if row["indicator"] == "inspections"}
        self.assertEqual({f"2021-{month:02}" for month in range(1, 10)} - inspected, {"2021-05"})

    def test_a_county_with_a_quota_never_reports_an_amount(self):
        reporting = {row["place"] for row in self.rows if row["amount"]}
        with_quota = {place for target in targets(self.programme) for place in target.get("quotas", {})}
        self.assertEqual(with_quota - reporting, {"hill"})

    def test_has_every_kind_of_promise(self):
        kinds = Counter(indicator["kind"] for indicator in self.programme["indicators"])
        self.assertEqual(set(kinds), {"increment", "running_total", "level", "ratio", "steps"})
        by_id = {target["id"]: target for target in targets(self.programme)}
        self.assertEqual(by_id["12.1"]["cadence"], {"every": "month"})
        self.assertEqual(by_id["12.2"]["cadence"], "throughout")
        self.assertIn("at_most", by_id["12.3"]["aim"])
        self.assertEqual(by_id["22.2"]["part_of"], "22.1")


if __name__ == "__main__":
    unittest.main()
