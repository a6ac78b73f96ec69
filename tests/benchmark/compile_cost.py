"""What including the headers costs: processor seconds to compile a file that includes them and nothing else.

    python tests/benchmark/compile_cost.py [--compiler g++] [--repeats 5]

Of each file the median is shown, with the bodies compiled once (ATTAIN_COMPILED) and header-only. The first row is what a file costs
that includes a usual set of standard headers instead; on a machine that is twice as fast all rows are half as much.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INCLUDE = ROOT / "include"
MODES = {"compiled": ["-DATTAIN_COMPILED"], "header-only": []}
FLOORS = ["core", "model", "ledger", "judge", "engine"]
STANDARD = "vector string optional string_view memory span variant functional map unordered_map algorithm".split()


def files() -> dict[str, list[str]]:
    """The rows of the table: what each file includes."""
    rows = {"standard headers": STANDARD}
    for floor in FLOORS:
        public = sorted((INCLUDE / "attain" / floor).glob("*.hpp"))
        rows[f"attain/{floor}/*.hpp"] = [path.relative_to(INCLUDE).as_posix() for path in public]
    rows["attain.hpp"] = ["attain.hpp"]
    return rows


def seconds(command: list[str]) -> float:
    """User and system time of a command; other processes on the machine hardly change it."""
    before = os.times()
    subprocess.run(command, check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def cost(compiler: str, options: list[str], headers: Iterable[str], repeats: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "includes.cpp")
        source.write_text("".join(f"#include <{header}>\n" for header in headers), encoding="utf-8")
        command = [compiler, "-std=c++20", "-fsyntax-only", f"-I{INCLUDE}", *options, str(source)]
        return statistics.median(seconds(command) for _ in range(repeats))


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--compiler", default="g++")
    arguments.add_argument("--repeats", type=int, default=5)
    given = arguments.parse_args()

    print(f"{'seconds to compile':24}" + "".join(f"{mode:>14}" for mode in MODES))
    for name, headers in files().items():
        print(f"{name:24}", end="", flush=True)
        for options in MODES.values():
            print(f"{cost(given.compiler, options, headers, given.repeats):14.2f}", end="", flush=True)
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
