"""Runs every measurement, each in a process of its own, and tells what came out; started by tests/benchmark/run."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import report

HERE = Path(__file__).parent


Words = Sequence[str | Path | int]


def lines_of(command: Words, threads: int) -> Iterator[dict[str, Any]]:
    """What a command tells, line by line; a command that fails ends everything."""
    words = [str(word) for word in command]
    print(f"  {Path(words[0]).name} {' '.join(words[1:])}", flush=True)
    environment = {**os.environ, "POLARS_MAX_THREADS": str(threads), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(words, env=environment, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise SystemExit(f"failed: {' '.join(words)}")
    for line in done.stdout.splitlines():
        yield json.loads(line)


class Session:
    """One run of everything."""

    def __init__(self, programs: Path, folder: Path, threads: int, repeats: int, quick: bool) -> None:
        self.programs = programs
        self.folder = folder
        self.threads = threads
        self.repeats = repeats
        self.scale = 10 if quick else 1
        self.measured = report.Measured(
            threads=threads,
            cores=os.cpu_count() or 1,
            machine=platform.machine(),
            size="a tenth of the size" if quick else "full size",
        )

    def told(self, command: Words) -> report.Told:
        told: report.Told = {}
        for line in lines_of(command, self.threads):
            if "version" in line:
                self.measured.versions[str(command[2])] = line["version"]
            else:
                told[line.pop("work")] = line
        return told

    def all(self) -> report.Measured:
        cells, programmes = 1_000_000 // self.scale, 2_200 // self.scale
        engine = self.programs / "benchmark_engine"
        self.told([engine, "--write", self.folder, cells, programmes])
        self.measured.attain = self.told([engine, cells, programmes, self.threads, self.repeats])
        for contender in ("pandas", "polars", "duckdb", "attain"):
            command: Words = [sys.executable, HERE / "contend.py", contender, self.folder, self.threads, self.repeats]
            self.measured.peers[contender] = self.told(command)
        self.track()
        self.shape(cells, programmes)
        (self.measured.small,) = self.told([sys.executable, HERE / "small_programme.py"]).values()
        return self.measured

    def track(self) -> None:
        """W4: few and many targets in a project, then many cells, below many places and below a great many."""
        tracker = self.programs / "benchmark_tracker"
        great = 10_000_000 // self.scale
        tree: Words = ["cells", great, "levels", 2, "one_report", 1]
        works: list[Words] = [
            ["ten targets a project", "cells", 10_000, "programmes", 22],
            ["100,000 targets a project", "cells", 100_000, "programmes", 1, "targets", 100_000, "rows", 100_000],
            ["100 places a target", *tree, "programmes", great // 10_000, "within", 100],
            ["100,000 places a target", *tree, "programmes", 1, "within", 100_000, "rows", 100_000],
        ]
        for options in works:
            self.measured.tracker |= self.told([tracker, *options])

    def shape(self, cells: int, programmes: int) -> None:
        """W6, W8 and W9."""
        shapes = self.programs / "benchmark_shapes"
        how: Words = ["threads", self.threads, "repeats", self.repeats]
        for power in range(4, 8):
            size = 10**power // self.scale
            tree: Words = ["cells", size, "programmes", max(1, size // 10_000), "levels", 2, "within", 100, "one_report", 1]
            self.measured.shapes |= self.told([shapes, f"W6 10^{power}", *tree, *how])
        works: list[Words] = [
            ["W8 many", "cells", cells, "programmes", programmes],
            ["W8 one", "cells", cells, "programmes", 1],
            ["W9", "cells", cells, "programmes", programmes // 22, "levels", 5, "within", 4, "silent", 50],
        ]
        for options in works:
            self.measured.shapes |= self.told([shapes, *options, *how])


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--programs", type=Path, required=True, help="where the benchmark programs were built")
    options.add_argument("--results", type=Path, required=True, help="the folder for the work and what comes out")
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--quick", action="store_true")
    given = options.parse_args()
    folder = given.results / ("quick" if given.quick else "full")
    folder.mkdir(parents=True, exist_ok=True)
    measured = Session(given.programs, folder / "work", given.threads, repeats=7, quick=given.quick).all()
    for cost in ("compile_cost.py", "import_cost.py"):
        if (HERE / cost).exists():
            done = subprocess.run([sys.executable, HERE / cost], check=True, stdout=subprocess.PIPE, text=True)
            measured.costs.append(done.stdout.strip())
    (folder / "measured.json").write_text(json.dumps(asdict(measured), indent=1, ensure_ascii=False))
    (folder / "table.md").write_text(report.markdown(measured), "utf-8")
    print("", report.text(measured), "", f"As Markdown: {folder / 'table.md'}", sep="\n")


if __name__ == "__main__":
    main()
