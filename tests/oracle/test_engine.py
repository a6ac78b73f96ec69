"""The engine agrees with the oracle. `tests/oracle/run 20000` is the long form of this test."""

from __future__ import annotations

import pytest

from .compare import differences
from .generate import generate

SIZE = 25


@pytest.mark.parametrize("first", range(0, 400, SIZE))
def test_the_engine_agrees_with_the_oracle(first: int) -> None:
    differing = {seed: lines for seed in range(first, first + SIZE) if (lines := differences(generate(seed)))}
    assert not differing


def test_a_child_that_had_weight_once_and_has_no_measure_weighs_nothing() -> None:
    """U11a: seed 707179 asks as of a day on which a part of another target still had weight."""
    assert not differences(generate(707179))
