"""From what the library says in English to the same in Chinese: by templates, since C++ gives a text and not its parts.

A template is a text with places. ``{id}`` is taken over as it is; ``{what:noun}`` is said in Chinese too, by the templates of that kind,
and where that cannot be, the template is none of that text. Of several that fit, that with the most words of its own is taken.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, TypeAlias

Pair: TypeAlias = tuple[str, str]
"""A template in English, and the same in Chinese."""

Say: TypeAlias = Callable[[str], str | None]
"""The Chinese for what stands in a place; None where it is no such thing."""

Known: TypeAlias = Mapping[str, Mapping[str, str]]
"""Of a kind what is called what, where that depends on what the text is about."""

_PLACE = re.compile(r"{(\w+)(?::(\w+))?}")


class Template(NamedTuple):
    """A text with places between its pieces."""

    pieces: tuple[str, ...]
    places: tuple[tuple[str, str], ...]
    """The name of each, and of what kind it is; empty for what is taken over as it is."""
    chinese: str

    @classmethod
    def of(cls, pair: Pair) -> Template:
        parts = _PLACE.split(pair[0])
        return cls(tuple(parts[::3]), tuple(zip(parts[1::3], (kind or "" for kind in parts[2::3]), strict=True)), pair[1])

    @property
    def own(self) -> int:
        """How much of it is not left to places."""
        return sum(map(len, self.pieces))

    def found_in(self, text: str) -> list[str] | None:
        """What stands in the places, each as short as can be; None if the text is another one."""
        if not self.places:
            return [] if text == self.pieces[0] else None
        if not text.startswith(self.pieces[0]):
            return None
        found = []
        at = len(self.pieces[0])
        for piece in self.pieces[1:-1]:
            end = text.find(piece, at + 1)
            if end < 0:
                return None
            found.append(text[at:end])
            at = end + len(piece)
        end = len(text) - len(self.pieces[-1])
        if end <= at or not text.endswith(self.pieces[-1]):
            return None
        return [*found, text[at:end]]


class Sayings:
    """Says in Chinese what is of one of several kinds.

    Parameters
    ----------
    kinds
        Of each kind its templates.
    others
        Kinds that are no texts of templates.
    """

    def __init__(self, kinds: Mapping[str, Iterable[Pair]], others: Mapping[str, Say]) -> None:
        self._pairs = kinds
        self._others = others

    @functools.cached_property
    def _templates(self) -> dict[str, list[Template]]:
        return {kind: sorted(map(Template.of, pairs), key=lambda one: -one.own) for kind, pairs in self._pairs.items()}

    def chinese(self, kind: str, text: str, known: Known | None = None) -> str | None:
        """The same in Chinese; None if the catalogue has no template for it. What is ``known`` of a kind, word by word, comes first."""
        if known and (said := known.get(kind, {}).get(text)):
            return said
        other = self._others.get(kind)
        if other is not None:
            return other(text)
        for template in self._templates[kind]:
            said = self._by(template, text, known)
            if said is not None:
                return said
        return None

    def _by(self, template: Template, text: str, known: Known | None) -> str | None:
        found = template.found_in(text)
        if found is None:
            return None
        values: dict[str, str] = {}
        for (name, kind), value in zip(template.places, found, strict=True):
            said = self.chinese(kind, value, known) if kind else value
            if said is None:
                return None
            values[name] = said
        return template.chinese.format(**values)
