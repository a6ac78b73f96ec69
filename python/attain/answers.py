"""Numbers of which some may be missing, each with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attain._core import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy
    from numpy.typing import NDArray

__all__ = ["Answers"]


class Answers:
    """Answers in a column: a value, or the reason for having none.

    NumPy takes it for its values. ``answers[i]`` is a float or None, ``answers.why(i)`` a :class:`attain.Reason` or None.

    Attributes
    ----------
    values : ndarray of float64
        NaN where there is no answer.
    missing : ndarray of uint8
        Number of the reason, 0 where there is an answer.
    """

    values: NDArray[numpy.float64]
    missing: NDArray[numpy.uint8]

    def __init__(self, values: NDArray[numpy.float64], missing: NDArray[numpy.uint8]) -> None:
        self.values = values
        self.missing = missing

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, at: int) -> float | None:
        return None if self.missing[at] else float(self.values[at])

    def __iter__(self) -> Iterator[float | None]:
        return (self[i] for i in range(len(self)))

    def why(self, at: int) -> Reason | None:
        """Why there is no answer there; None if there is one."""
        return Reason(int(self.missing[at])) if self.missing[at] else None

    def only(self) -> float | None:
        """The one answer, of a single row.

        Raises
        ------
        ValueError
            There is not exactly one.
        """
        if len(self) != 1:
            raise ValueError(f"there are {len(self)} answers, not one")
        return self[0]

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        import numpy

        made: NDArray[Any] = numpy.array(self.values, dtype=dtype) if copy or dtype is not None else self.values
        return made

    def __repr__(self) -> str:
        shown = [str(self.why(i)) if self.missing[i] else f"{self.values[i]:g}" for i in range(min(len(self), 20))]
        return f"<Answers: {', '.join(shown)}{', …' if len(self) > 20 else ''}>"
