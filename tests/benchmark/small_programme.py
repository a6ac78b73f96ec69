"""W7: a programme of 45 projects in 13 counties with monthly reports, evaluated from Python, another as-of day each time.

Prints one line of JSON: seconds of the first call, and of one of the next ones (median, least, most).
"""

from __future__ import annotations

import datetime
import json
import statistics
import time

import attain

PROJECTS = 45
COUNTIES = 13
YEAR = 2025


def plan() -> attain.Programme:
    counties = [f"county {c}" for c in range(COUNTIES)]
    return attain.programme(
        id="city",
        window=(f"{YEAR}-01-01", f"{YEAR}-12-31"),
        places=[attain.place("city"), *(attain.place(county, within="city") for county in counties)],
        indicators=[attain.indicator(f"done {p}", unit="件", kind="increment", period="month") for p in range(PROJECTS)],
        projects=[
            attain.project(
                f"{p}",
                targets=[
                    attain.target(
                        f"{p}.1",
                        indicator=f"done {p}",
                        aim=attain.at_least(1200 * COUNTIES),
                        quotas={county: 1200 for county in counties},
                    )
                ],
            )
            for p in range(PROJECTS)
        ],
    )


def reports() -> attain.Ledger:
    return attain.Ledger(
        {
            "indicator": f"done {p}",
            "place": f"county {c}",
            "period": f"{YEAR}-{month:02}",
            "amount": 60 + (17 * p + 31 * c + 7 * month) % 80,
        }
        for p in range(PROJECTS)
        for c in range(COUNTIES)
        for month in range(1, 13)
    )


def main() -> None:
    city, book = plan(), reports()
    first_day = datetime.date(YEAR, 1, 1)
    times = []
    for day in range(1000):
        as_of = first_day + datetime.timedelta(days=day % 365)
        before = time.perf_counter()
        attain.evaluate(city, book, as_of=as_of)
        times.append(time.perf_counter() - before)
    first, *others = times
    print(
        json.dumps(
            {"work": "W7", "first": first, "median": statistics.median(others), "least": min(others), "most": max(others)}
        )
    )


if __name__ == "__main__":
    main()
