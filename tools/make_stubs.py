"""Writes python/attain/_core.pyi from the extension that is installed.

    python tools/make_stubs.py            # writes the stub
    python tools/make_stubs.py --print    # prints it, for the test that finds drift

The stub is pybind11-stubgen's, with the corrections below; it is never edited by hand.
"""

import inspect
import re
import sys
import tempfile
from pathlib import Path

import attain  # noqa: F401  the package must be whole before its classes are moved
import pybind11_stubgen
from attain import _core

STUB = Path(__file__).resolve().parents[1] / "python" / "attain" / "_core.pyi"


def generated() -> str:
    """What the generator says of the module when each class says that it belongs to it."""
    classes = [one for _, one in inspect.getmembers(_core, inspect.isclass)]
    homes = [one.__module__ for one in classes]
    for one in classes:
        one.__module__ = _core.__name__
    try:
        with tempfile.TemporaryDirectory() as folder:
            sys.argv = ["pybind11-stubgen", _core.__name__, "--output-dir", folder, "--exit-code"]
            pybind11_stubgen.main()
            return (Path(folder) / "attain" / "_core.pyi").read_text("utf-8")
    finally:
        for one, home in zip(classes, homes, strict=True):
            one.__module__ = home


# What the generator does not know: a pattern, what to put in its place, and why.
CORRECTIONS = (
    (r"\bself: \w+", "self", "no type checker wants a type for self"),
    (r"(?<=__eq__\(self, )\w+: \w+", "other: object", "anything can be compared"),
    (r"^    (\w+): typing\.ClassVar\[\w+\]$", r"    \1 = ...", "the members of an enumeration"),
    (r"^    @classmethod\n    def __new__\(cls, value\):\n        \.\.\.\n", "", "enumerations are not made"),
    (r"(?<=[:>] )(dict|tuple|list)(?=[,)\] ]|:$)", None, "a container of anything"),
    (r"\bnumpy\.ndarray\b", "numpy.typing.NDArray[typing.Any]", "an array of anything"),
    (r"(__hash__: .*= None)", r"\1  # type: ignore[assignment]", "what has no hash"),
    (r"\*(?:names|args)\)", "*names: str)", "the names of columns"),
    (r"[ \t]+$", "", "no spaces where there is nothing"),
)
OF_ANYTHING = {"dict": "dict[typing.Any, typing.Any]", "tuple": "tuple[typing.Any, ...]", "list": "list[typing.Any]"}


def corrected(text: str) -> str:
    """The stub as type checkers want it."""
    names = "|".join(name for name, _ in inspect.getmembers(_core, inspect.isclass))
    text = re.sub(rf"\battain\.(?:_core\.|control\.|outliers\.)?({names})\b", r"\1", text)
    for pattern, replacement, _ in CORRECTIONS:
        put = replacement if replacement is not None else lambda match: OF_ANYTHING[match.group(1)]
        text = re.sub(pattern, put, text, flags=re.MULTILINE)
    return text


if __name__ == "__main__":
    printing = sys.argv[1:] == ["--print"]
    stub = corrected(generated())
    if printing:
        sys.stdout.buffer.write(stub.encode("utf-8"))
    else:
        STUB.write_text(stub, "utf-8")
