"""Evaluates the example programmes and prints what a person wants to read.

    python examples/show.py                 # all of them
    python examples/show.py nanchang-2021   # one
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from pathlib import Path

import attain

EXAMPLES = Path(__file__).resolve().parent

# The days on which each programme is judged; the table is that of the last one.
DAYS = {
    "us-goals-fy2022": ["2021-12-31", "2022-03-31", "2022-06-30", "2022-09-30"],
    "nanchang-2021": ["2021-12-31"],
    "guangzhou-2017": ["2017-12-31"],
    "counties-lesson": ["2021-09-30"],
}


def show(folder: str) -> None:
    """Prints the table of one programme as of its last day, and what is special about it."""
    plan = attain.read_programme(EXAMPLES / folder)
    book = attain.read_observations(EXAMPLES / folder, plan)
    evaluations = attain.history(plan, book, days=DAYS[folder])
    now = evaluations[-1]

    heading(f"{folder}: {len(plan.project_ids)} projects, {len(plan.target_ids)} targets, {len(book)} observations")
    print(attain.text_table(now))
    print()
    if folder == "us-goals-fy2022":
        show_quarters(evaluations)
        show_official(evaluations)
    if folder == "counties-lesson":
        print("How target 22.1 came about:\n")
        print(now["22.1"].explain())


def show_quarters(evaluations: Sequence[attain.Evaluation]) -> None:
    """The attainment of every goal at each quarter's end, and what the straight line expected."""
    print("Quarter by quarter, attainment in percent:\n")
    print("  ".join(["goal      ", *(f"{now.as_of}" for now in evaluations)]))
    for project in ["", *(child.id for child in evaluations[0].root.projects)]:
        results = [now.project(project) for now in evaluations]
        cells = ["–" if result.attainment is None else f"{100 * result.attainment:.1f}" for result in results]
        print("  ".join([f"{project or 'all goals':10}", *(f"{cell:>10}" for cell in cells)]))
    expected = [now.root.expected for now in evaluations]
    print("  ".join([f"{'expected':10}", *(f"{'–' if share is None else f'{100 * share:.1f}':>10}" for share in expected)]))
    print()


def show_official(evaluations: Sequence[attain.Evaluation]) -> None:
    """The published percentages beside ours."""
    by_day = {str(now.as_of): now for now in evaluations}
    computable, same, other = 0, 0, set()
    with open(EXAMPLES / "us-goals-fy2022" / "official.csv", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if not (row["value_start"] and row["value_target"] and row["value_current"]):
                continue
            computable += 1
            result = by_day[row["day"]][row["target"]]
            if result.attainment is not None and abs(result.attainment - float(row["progress_pct"])) < 1e-8:
                same += 1
            else:
                other.add(row["target"])
    print(f"Attainment is the official percentage in {same} of {computable} rows that have a start, a goal and a value.")
    for id in sorted(other):
        result = evaluations[-1][id]
        print(f"Not of {id}, {result.name}: a threshold to keep is not a way to go. Officially 0 %, here a hold: {result.status}.")
    print()


def heading(text: str) -> None:
    print("=" * 120)
    print(text)
    print("=" * 120)


def main(folders: Sequence[str]) -> int:
    unknown = [folder for folder in folders if folder not in DAYS]
    if unknown:
        print(f"there is no example {', '.join(unknown)}; there are {', '.join(DAYS)}", file=sys.stderr)
        return 2
    for folder in folders or DAYS:
        show(folder)
    return 0


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    code = main(sys.argv[1:])
    if code:
        sys.exit(code)
