"""Numbers that others published. Each test reproduces one set; the run ends with a table of how many of each came out.

A set lies in `tests/reference/` if its licence allows that, else in `shared/vectors/` beside the checkout; where neither is
there, its tests are skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (ROOT / "tests" / "reference", ROOT.parent / "shared" / "vectors")


@dataclass
class Tally:
    """The cases of one set: what came out as published, and what did not."""

    name: str
    reproduced: int = 0
    failed: list[str] = field(default_factory=list)
    set_aside: list[str] = field(default_factory=list)

    def check(self, case: object, came_out: bool, what: object = "") -> None:
        if came_out:
            self.reproduced += 1
        else:
            self.failed.append(f"{case}: {what}")

    def near(self, case: object, ours: float | None, published: float | None, within: float) -> None:
        """Checks one number, absolutely; none equals none alone."""
        both = ours is not None and published is not None
        self.check(case, abs(ours - published) <= within if both else ours is published, f"{ours}, published {published}")

    def set_apart(self, case: object, why: str) -> None:
        """A case that the source has wrong, or that says what our words do not; it is counted beside, with the reason."""
        self.set_aside.append(f"{case}: {why}")

    @property
    def total(self) -> int:
        return self.reproduced + len(self.failed)


TALLIES = pytest.StashKey[list[Tally]]()


@pytest.fixture(scope="session")
def published() -> Callable[[str], Path]:
    """The file of a set, by its name; skips where the set is absent."""

    def find(name: str) -> Path:
        for folder in FOLDERS:
            if (folder / name).exists():
                return folder / name
        pytest.skip(f"{name} is not beside the checkout")

    return find


@pytest.fixture
def reproduce(request: pytest.FixtureRequest) -> Iterator[Callable[[str, int], Tally]]:
    """Opens the tally of a set that has so many cases; at the end of the test all of them must have come out."""
    opened: list[tuple[Tally, int]] = []

    def open_tally(name: str, cases: int) -> Tally:
        opened.append((Tally(name), cases))
        request.config.stash.setdefault(TALLIES, []).append(opened[-1][0])
        return opened[-1][0]

    yield open_tally
    for tally, cases in opened:
        assert not tally.failed, f"{tally.name}: {len(tally.failed)} differ\n" + "\n".join(tally.failed[:20])
        assert tally.total == cases, f"{tally.name} has {tally.total} cases instead of {cases}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    tallies = config.stash.get(TALLIES, [])
    if not tallies:
        return
    terminalreporter.section("published numbers: reproduced / all")
    width = max(len(tally.name) for tally in tallies)
    for tally in sorted(tallies, key=lambda one: one.name):
        aside = f"   {len(tally.set_aside)} set apart" if tally.set_aside else ""
        terminalreporter.write_line(f"{tally.name:{width}}  {tally.reproduced:>5} / {tally.total}{aside}")
        for case in tally.set_aside:
            terminalreporter.write_line(f"    {case}")
