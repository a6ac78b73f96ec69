"""What the checks of this folder know about the house: its floors and who includes whom."""

import re
import sys
from collections.abc import Iterable
from pathlib import Path

FLOORS = ["core", "model", "ledger", "judge", "engine", "io"]

_INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)


def includes(file: Path) -> list[str]:
    """The names that a file includes, in order."""
    return _INCLUDE.findall(file.read_text(encoding="utf-8"))


def floor_of(name: str) -> int | None:
    """The floor of `attain/<floor>/…`; the umbrella `attain.hpp` stands on top of the engine."""
    parts = name.split("/")
    if name == "attain.hpp":
        return FLOORS.index("engine")
    if len(parts) >= 3 and parts[0] == "attain" and parts[1] in FLOORS:
        return FLOORS.index(parts[1])
    return None


def is_private(name: str) -> bool:
    """Whether a header belongs to its own floor alone."""
    return "/impl/" in name or "/detail/" in name


def headers(root: Path) -> list[str]:
    """Every header below include/, as an #include names it."""
    include = root / "include"
    found = [*include.rglob("*.hpp"), *include.rglob("*.ipp")]
    return sorted(path.relative_to(include).as_posix() for path in found)


def report(problems: Iterable[str]) -> int:
    """Print the problems; the exit code of the check."""
    lines = list(problems)
    for line in lines:
        print(line, file=sys.stderr)
    return 1 if lines else 0
