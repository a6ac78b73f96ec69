"""How long files take: observations beside polars, a programme beside the JSON library, IATI and its memory.

    files.py --programs FOLDER --results FOLDER [--quick] [--threads N]

Started by tests/benchmark/run --files. Makes its files in the folder of results, measures each in a process of its own, and prints one table. Times
are the least of several, since others may use the machine; observations are read by one thread and by N, polars' with as many.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

CSV_WITH_POLARS = "polars"


def make_programme(path: Path, targets: int) -> None:
    listed = [
        {"id": f"{n // 10}.{n % 10}", "name": f"Target {n} of the list", "indicator": f"i{n % 500}", "aim": {"at_least": n % 977 + 1}, "baseline": 0.5}
        for n in range(targets)
    ]
    projects = [{"id": f"p{n}", "name": f"Project {n}", "weight": 1 + n % 3, "targets": listed[10 * n : 10 * n + 10]} for n in range(targets // 10)]
    indicators = [{"id": f"i{n}", "name": f"Indicator {n}", "unit": "台", "kind": "level", "period": "month"} for n in range(500)]
    window = {"start": "2021-01-01", "due": "2021-12-31"}
    values = {"format": "attain-programme/1", "id": "large", "window": window, "indicators": indicators, "projects": projects}
    path.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")


def make_observations(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8") as out:
        out.write("indicator,place,period,amount,recorded\n")
        for begin in range(0, rows, 100_000):
            out.writelines(
                f"indicator {n % 997},county {n % 2203},20{n // 2203 % 12 + 10}-{n % 12 + 1:02},{n * 7919 % 1_000_000 / 100},2024-{n % 12 + 1:02}-{n % 28 + 1:02}\n"
                for n in range(begin, begin + 100_000)
            )


def make_activities(path: Path, size: int) -> None:
    period = (
        '<period><period-start iso-date="20{y}-01-01"/><period-end iso-date="20{y}-12-31"/><target value="{t}"/>'
        '<actual value="{a}"><comment><narrative>As reported by the office for the year.</narrative></comment></actual></period>'
    )
    with path.open("w", encoding="utf-8") as out:
        out.write('<iati-activities version="2.03">\n')
        number = 0
        while out.tell() < size:
            indicators = "".join(
                f'<indicator measure="1" ascending="1"><title><narrative>Indicator {i} of activity {number}</narrative></title>'
                f'<baseline year="2015" value="{i}"/>' + "".join(period.format(y=y, t=y * 10, a=y * 9 + i) for y in range(16, 21)) + "</indicator>"
                for i in range(8)
            )
            out.write(
                f"<iati-activity><iati-identifier>XM-{number}</iati-identifier><title><narrative>Activity {number}</narrative></title>"
                + '<transaction><value currency="EUR" value-date="2016-01-01">1000</value></transaction>' * 30
                + f'<result type="1"><title><narrative>Result</narrative></title>{indicators}</result></iati-activity>\n'
            )
            number += 1
        out.write("</iati-activities>\n")


def read_with_polars(path: Path, threads: int) -> None:
    """Reader and conversion, told as the C++ programs tell."""
    import attain
    import polars

    times = []
    for _ in range(5):
        begin = time.perf_counter()
        frame = polars.read_csv(path)
        entries = len(attain.Ledger.from_arrow(frame, threads=threads))
        times.append(time.perf_counter() - begin)
        del frame
    print(json.dumps({"work": CSV_WITH_POLARS, "median": statistics.median(times), "least": min(times), "most": max(times), "entries": entries}))


def told(*command: object, threads: int = 1) -> dict[str, dict[str, float]]:
    print("  " + " ".join(str(word) for word in command), flush=True)
    environment = {**os.environ, "POLARS_MAX_THREADS": str(threads)}
    done = subprocess.run([str(word) for word in command], check=True, stdout=subprocess.PIPE, text=True, env=environment)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {str(line.pop("work")): line for line in lines}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--programs", type=Path)
    parser.add_argument("--results", type=Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--polars", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.polars:
        return read_with_polars(options.polars, options.threads)

    scale = 10 if options.quick else 1
    program = options.programs / "benchmark_files"
    options.results.mkdir(parents=True, exist_ok=True)
    programme, observations, activities = (options.results / name for name in ("programme.json", "observations.csv", "activities.xml"))
    make_programme(programme, 100_000 // scale)
    make_observations(observations, 10_000_000 // scale)
    make_activities(activities, 100 * 2**20 // scale)

    document = told(program, "programme", programme)
    own, library = document["programme"], document["library"]
    books = []
    for threads in sorted({1, options.threads}):
        book = told(program, "observations", observations, threads)["observations"]
        peer = told(sys.executable, __file__, "--polars", observations, "--threads", threads, threads=threads)[CSV_WITH_POLARS]
        if book["entries"] != peer["entries"]:
            raise SystemExit("the ledgers differ")
        books.append((threads, book, peer))
    stream = told(program, "iati", activities)
    visit, read = stream["visit"], stream["read"]

    mebibyte = 2**20
    rows = [
        ("work", "took", "beside", "wanted"),
        ("---", "---", "---", "---"),
        (
            f"programme.json, {own['targets']:,.0f} targets, {own['bytes'] / mebibyte:.0f} MiB",
            f"{own['least']:.2f} s",
            f"{own['least'] / library['least']:.2f} times the JSON library's parse ({library['least']:.2f} s)",
            "at most 3",
        ),
        *(
            (
                f"observations.csv, {book['entries']:,.0f} rows, {observations.stat().st_size / mebibyte:.0f} MiB, threads: {threads}",
                f"{book['least']:.2f} s",
                f"{book['least'] / peer['least']:.2f} times polars' reader and conversion ({peer['least']:.2f} s)",
                "at most 1.5",
            )
            for threads, book, peer in books
        ),
        (
            f"IATI, {activities.stat().st_size / mebibyte:.0f} MiB, {visit['activities']:,.0f} activities, visited",
            f"{visit['seconds']:.2f} s",
            f"{visit['memory'] / mebibyte:.1f} MiB of memory",
            "does not grow with the file",
        ),
        (
            f"the same as a programme and a ledger, {read['entries']:,.0f} actuals",
            f"{read['seconds']:.2f} s",
            f"{read['memory'] / mebibyte:.0f} MiB of memory",
            "",
        ),
    ]
    for row in rows:
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
