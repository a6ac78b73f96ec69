"""Several small numbers in one of 64 bits, which sorts as they do."""

from __future__ import annotations


class Packing:
    """Where each number lies; the first named comes first in the order."""

    def __init__(self, **most: int) -> None:
        """The largest value of each number, from 0."""
        self.shift: dict[str, int] = {}
        self.most: dict[str, int] = {}
        used = 0
        for name in reversed(most):
            self.shift[name] = used
            self.most[name] = (1 << max(most[name], 1).bit_length()) - 1
            used += max(most[name], 1).bit_length()
        if used > 64:
            raise OverflowError(f"{used} bits do not fit a key of 64")
