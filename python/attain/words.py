"""What the enumerations have in common: their members are words.

The word is what is stable: it is printed, compared with text, and pickled. ``result.reason == "stale"`` reads as meant.
"""

import enum
from typing import Any, cast

__all__ = ["ReasonWord", "Word"]


class Word(enum.Enum):
    """A word out of a closed set; equal to its own text."""

    def __str__(self) -> str:
        return self.name

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            return self.name == other
        return self is other

    def __hash__(self) -> int:
        return hash(self.name)

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        return getattr, (type(self), self.name)


class ReasonWord(Word):
    """A reason for having no value."""

    def label(self, language: str = "en") -> str:
        """The reason in a word or two, as tables and explanations have it: "not reported", 未报送."""
        from attain import _core

        return _core.label_of_reason(cast("_core.Reason", self), language)

    def sentence(self, language: str = "en") -> str:
        """One sentence that says what is the matter and what would give an answer."""
        from attain import _core

        return _core.sentence(cast("_core.Reason", self), language)
