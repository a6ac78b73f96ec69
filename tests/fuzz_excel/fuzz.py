"""Reads mutated workbooks for a while, and fails on anything that is no typed error.

    python tests/fuzz_excel/fuzz.py [SECONDS] [SEED]

Three things are asked of each mutated workbook. Importing it raises nothing but :class:`attain.Error`, and then writes nothing.
It takes less than five seconds. If it succeeds, what was appended reads back, is as many rows as were said, and what was there
before is untouched. A workbook that holds a programme is read instead, and comes back as it was when it is written. The process
may use 2 GiB.

The corpus: a template of the lesson as it is made, one that was filled in and saved by two other programs, and the lesson itself.
"""

from __future__ import annotations

import random
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import attain

sys.path.insert(0, str(Path(__file__).resolve().parent))
from mutate import MUTATIONS, parts_of  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
CORPUS = Path(__file__).resolve().parent / "corpus"
PROGRAMME = "programme"
"""The one of the corpus that holds a programme."""
LESSON = ROOT / "examples" / "counties-lesson"
MOST_SECONDS = 5.0
MOST_BYTES = 2 << 30


class Failure(Exception):
    """A mutated workbook that did what none may do."""


class Target:
    """A programme folder that mutated templates are imported into."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(LESSON, folder / "lesson")
        self.file = folder / "mutated.xlsx"
        self.csv = folder / "lesson" / "observations.csv"
        self.before = self.csv.read_bytes()
        self.count = len(attain.read_observations(self.csv))

    def run(self, data: bytes, *, is_programme: bool = False) -> str:
        """Imports or reads a workbook; what came of it, in one word."""
        self.file.write_bytes(data)
        start = time.monotonic()
        try:
            outcome = self._read() if is_programme else self._import()
        except attain.Error as problem:
            outcome = problem.code
            if not problem.findings:
                raise Failure("an error without a finding") from problem
            if self.csv.read_bytes() != self.before:
                raise Failure("an import that was refused has written something") from problem
        if time.monotonic() - start > MOST_SECONDS:
            raise Failure(f"took more than {MOST_SECONDS} seconds")
        return outcome

    def _import(self) -> str:
        done = attain.excel.import_template(self.file, self.folder / "lesson", recorded="2021-11-05")
        self._check(done.added)
        return "imported" if done.added else "nothing"

    def _read(self) -> str:
        plan = attain.read_programme(self.file)
        book = attain.read_observations(self.file, plan)
        again = self.folder / "again.xlsx"
        attain.excel.write_workbook(again, plan, book)
        if attain.read_programme(again) != plan or attain.read_observations(again, plan) != book:
            raise Failure("what was read does not come back when it is written")
        return "read"

    def _check(self, added: int) -> None:
        after = self.csv.read_bytes()
        if len(attain.read_observations(self.csv)) != self.count + added:
            raise Failure("what was written does not read back")
        first = self.before.splitlines()
        more = after.splitlines()
        if any(not line.startswith(old) for line, old in zip(more, first)):
            raise Failure("what was there has changed")
        self.csv.write_bytes(self.before)


def run(seconds: float, seed: int, *, most: int | None = None) -> Counter[str]:
    """Mutates and reads; how often each outcome came up. Raises Failure, with the seed of the workbook in its text."""
    originals = [(path.read_bytes(), path.stem == PROGRAMME) for path in sorted(CORPUS.glob("*.xlsx"))]
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        target = Target(Path(folder))
        for original, is_programme in originals:
            outcomes[target.run(original, is_programme=is_programme)] += 1
        end = time.monotonic() + seconds
        number = 0
        while time.monotonic() < end and (most is None or number < most):
            number += 1
            source = random.Random(f"{seed}/{number}")
            original, is_programme = source.choice(originals)
            data = source.choice(MUTATIONS)(source, parts_of(original))
            try:
                outcomes[target.run(data, is_programme=is_programme)] += 1
            except Exception as problem:
                kept = Path(tempfile.gettempdir()) / f"attain-fuzz-excel-{seed}-{number}.xlsx"
                kept.write_bytes(data)
                raise Failure(
                    f"workbook {number} of seed {seed}, kept as {kept}: {type(problem).__name__}: {problem}"
                ) from problem
    return outcomes


def main() -> None:
    """The command."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    outcomes = run(seconds, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"{outcomes.total():,} workbooks, no finding; at most {peak} MiB")
    for outcome, count in outcomes.most_common():
        print(f"{count:8,}  {outcome}")


if __name__ == "__main__":
    main()
