"""What a call with a misspelt argument is told: which one was perhaps meant, as the compiled functions say it."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from attain import _core

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


def suggests_arguments(function: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
    """The function, with a TypeError for arguments that it does not have which names the nearest that it has."""
    names = [
        one.name for one in inspect.signature(function).parameters.values() if one.kind not in (one.POSITIONAL_ONLY, one.VAR_POSITIONAL)
    ]
    known = frozenset(names)

    @functools.wraps(function)
    def call(*args: _Arguments.args, **named: _Arguments.kwargs) -> _Result:
        for name in named:
            if name not in known:
                near = _core.did_you_mean(name, names)
                raise TypeError(f"{function.__name__}(): there is no argument {name}{near} (expected {', '.join(names)})")
        return function(*args, **named)

    return call
