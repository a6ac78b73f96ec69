"""What the tests of the package share: the example programmes, and small programmes made in code."""

from collections.abc import Callable
from pathlib import Path

import attain
import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture(scope="session")
def examples() -> Path:
    return EXAMPLES


@pytest.fixture(scope="session")
def plan() -> attain.Programme:
    """The programme of the lesson."""
    return attain.read_programme(EXAMPLES / "counties-lesson")


@pytest.fixture
def book(plan: attain.Programme) -> attain.Ledger:
    """What was reported in the lesson; a ledger of the test's own."""
    return attain.read_observations(EXAMPLES / "counties-lesson", plan)


@pytest.fixture
def now(plan: attain.Programme, book: attain.Ledger) -> attain.Evaluation:
    """The lesson as of the end of September."""
    return attain.evaluate(plan, book, as_of="2021-09-30")


@pytest.fixture
def lifts() -> Callable[..., attain.Programme]:
    """Makes a programme of one target, 139 lifts within 2021; fields of the target can be given."""

    def make(**fields: object) -> attain.Programme:
        target = {"indicator": "lifts", "aim": attain.at_least(139), **fields}
        return attain.programme(
            id="small",
            window=("2021-01-01", "2021-12-31"),
            indicators=[attain.indicator("lifts", unit="台", kind="increment", period="month")],
            projects=[attain.project("1", targets=[attain.target("1.1", **target)])],
        )

    return make
