"""The formula language of docs/formula.md, evaluated exactly (roots, logarithms and broken powers by doubles)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from .exact import ONE, ZERO, exact, first_reason

Value = Fraction | str  # an amount, or the reason for having none


@dataclass(frozen=True)
class Call:
    """A function or an operator with its arguments."""

    name: str
    arguments: tuple[Tree, ...]


@dataclass(frozen=True)
class Reference:
    indicator: str


Tree = Call | Reference | Fraction

_TOKEN = re.compile(r"\s*(?:((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?%?)|\[([^\]]+)\]|([A-Za-z_]+)|(<=|>=|!=|[-+*/^(),<>=]))")


@cache
def parse(text: str) -> Tree:
    return _Parser(text).whole()


def references(tree: Tree) -> list[str]:
    if isinstance(tree, Reference):
        return [tree.indicator]
    return [r for a in tree.arguments for r in references(a)] if isinstance(tree, Call) else []


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        position = 0
        while text[position:].strip():
            match = _TOKEN.match(text, position)
            if not match:
                raise ValueError(f"formula: {text[position:]!r}")
            kind = ("number", "reference", "word", "sign")[match.lastindex - 1] if match.lastindex else ""
            self.tokens.append((kind, match[match.lastindex or 0]))
            position = match.end()
        self.at = 0

    def whole(self) -> Tree:
        tree = self.either()
        if self.at != len(self.tokens):
            raise ValueError("formula: more than one expression")
        return tree

    def take(self, *texts: str) -> str:
        if self.at < len(self.tokens):
            kind, text = self.tokens[self.at]
            if kind in ("word", "sign") and text in texts:
                self.at += 1
                return text
        return ""

    def expect(self, text: str) -> None:
        if not self.take(text):
            raise ValueError(f"formula: expected {text!r}")

    def chain(self, inner: Callable[[], Tree], *signs: str) -> Tree:
        tree = inner()
        while sign := self.take(*signs):
            tree = Call(sign, (tree, inner()))
        return tree

    def either(self) -> Tree:
        return self.chain(self.both, "or")

    def both(self) -> Tree:
        return self.chain(self.negation, "and")

    def negation(self) -> Tree:
        return Call("not", (self.negation(),)) if self.take("not") else self.comparison()

    def comparison(self) -> Tree:
        tree = self.total()
        sign = self.take("<", "<=", ">", ">=", "=", "!=")
        return Call(sign, (tree, self.total())) if sign else tree

    def total(self) -> Tree:
        return self.chain(self.product, "+", "-")

    def product(self) -> Tree:
        return self.chain(self.unary, "*", "/")

    def unary(self) -> Tree:
        return Call("negative", (self.unary(),)) if self.take("-") else self.power()

    def power(self) -> Tree:
        tree = self.atom()
        return Call("^", (tree, self.unary())) if self.take("^") else tree

    def atom(self) -> Tree:
        if self.take("("):
            tree = self.either()
            self.expect(")")
            return tree
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            plain = float(text.rstrip("%").replace(",", ""))
            return exact(plain / 100 if text.endswith("%") else plain)
        if kind == "reference":
            return Reference(text.strip())
        if text in ("true", "false"):
            return ONE if text == "true" else ZERO
        self.expect("(")
        arguments = [self.either()]
        while self.take(","):
            arguments.append(self.either())
        self.expect(")")
        return Call(text, tuple(arguments))


def evaluate(tree: Tree, amount_of: Callable[[str], Value]) -> Value:
    """A missing input makes the result missing, unless if, coalesce or is_missing says otherwise."""
    if isinstance(tree, Fraction):
        return tree
    if isinstance(tree, Reference):
        return amount_of(tree.indicator)
    if tree.name in _LAZY:
        return _LAZY[tree.name](tree.arguments, amount_of)
    values = [evaluate(a, amount_of) for a in tree.arguments]
    missing = first_reason(v for v in values if isinstance(v, str))
    return missing if missing is not None else _EAGER[tree.name]([v for v in values if isinstance(v, Fraction)])


Arguments = tuple[Tree, ...]
Amounts = Callable[[str], Value]


def _if(arguments: Arguments, amount_of: Amounts) -> Value:
    condition = evaluate(arguments[0], amount_of)
    return condition if isinstance(condition, str) else evaluate(arguments[1 if condition else 2], amount_of)


def _coalesce(arguments: Arguments, amount_of: Amounts) -> Value:
    values = [evaluate(a, amount_of) for a in arguments]
    found = next((v for v in values if isinstance(v, Fraction)), None)
    return found if found is not None else first_reason(v for v in values if isinstance(v, str)) or "no_observation"


def _is_missing(arguments: Arguments, amount_of: Amounts) -> Value:
    return ONE if isinstance(evaluate(arguments[0], amount_of), str) else ZERO


def _decided_by(deciding: bool) -> Callable[[Arguments, Amounts], Value]:
    def value(arguments: Arguments, amount_of: Amounts) -> Value:
        sides = [evaluate(a, amount_of) for a in arguments]
        if any(isinstance(s, Fraction) and (s != 0) is deciding for s in sides):
            return ONE if deciding else ZERO
        missing = first_reason(s for s in sides if isinstance(s, str))
        return missing if missing is not None else ZERO if deciding else ONE
    return value


_LAZY: dict[str, Callable[[Arguments, Amounts], Value]] = {
    "if": _if, "coalesce": _coalesce, "is_missing": _is_missing, "or": _decided_by(True), "and": _decided_by(False)}


def _divide(v: list[Fraction]) -> Value:
    return v[0] / v[1] if v[1] else "denominator_zero"


def _power(v: list[Fraction]) -> Value:
    base, exponent = v
    if base == 0 and exponent < 0:
        return "denominator_zero"
    if exponent.denominator == 1 and abs(exponent) <= 64:
        return base ** exponent.numerator
    if base < 0 and exponent.denominator != 1:
        return "not_scalable"
    return _by_doubles(lambda: float(base) ** float(exponent))


def _by_doubles(compute: Callable[[], float]) -> Value:
    try:
        return exact(compute())
    except OverflowError:
        return "overflow"


def _truth(test: Callable[[Fraction, Fraction], bool]) -> Callable[[list[Fraction]], Value]:
    return lambda v: ONE if test(v[0], v[1]) else ZERO


_EAGER: dict[str, Callable[[list[Fraction]], Value]] = {
    "+": lambda v: v[0] + v[1], "-": lambda v: v[0] - v[1], "*": lambda v: v[0] * v[1], "/": _divide, "^": _power,
    "negative": lambda v: -v[0], "not": lambda v: ZERO if v[0] else ONE,
    "<": _truth(lambda a, b: a < b), "<=": _truth(lambda a, b: a <= b), ">": _truth(lambda a, b: a > b),
    ">=": _truth(lambda a, b: a >= b), "=": _truth(lambda a, b: a == b), "!=": _truth(lambda a, b: a != b),
    "min": min, "max": max, "sum": lambda v: sum(v, ZERO), "mean": lambda v: sum(v, ZERO) / len(v),
    "abs": lambda v: abs(v[0]), "exp": lambda v: _by_doubles(lambda: math.exp(v[0])),
    "sqrt": lambda v: _by_doubles(lambda: math.sqrt(v[0])) if v[0] >= 0 else "not_scalable",
    "ln": lambda v: _by_doubles(lambda: math.log(v[0])) if v[0] > 0 else "not_scalable",
}
