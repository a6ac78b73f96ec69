"""Bars on a terminal for work that takes long. They go to standard error and leave nothing behind."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from attain.catalogue import Words

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

    from attain._evaluate import Progress

SECONDS_BEFORE_A_BAR = 0.5
"""Work that is done by then needs none."""

_CLEAR = "\r\x1b[K\x1b[?25h"
"""Empties the line and shows the cursor again, which a bar hides."""


@contextlib.contextmanager
def bars(words: Words) -> Iterator[Progress]:
    """Whom to tell how far the work within has come. Where standard error is no terminal it says nothing, and an interrupt still arrives."""
    if not sys.stderr.isatty():
        yield _nothing
        return
    shown = _Bars(words)
    try:
        yield shown.tell
    finally:
        shown.close()


def _nothing(phase: str, share: float) -> None:
    pass


class _Bars:
    """A bar for the phase that the work is at."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._begin = time.monotonic()
        self._phase = ""
        self._bar: ProgressBar[int] | None = None

    def tell(self, phase: str, share: float) -> None:
        if time.monotonic() - self._begin < SECONDS_BEFORE_A_BAR:
            return
        if phase != self._phase or self._bar is None or 100 * share < self._bar.pos:
            self.close()
            self._phase = phase
            self._bar = click.progressbar(length=100, label=self._words(f"phase_{phase}"), file=sys.stderr)
        self._bar.update(int(100 * share) - self._bar.pos)

    def close(self) -> None:
        if self._bar is not None:
            click.echo(_CLEAR, nl=False, err=True, color=True)
        self._bar = None
