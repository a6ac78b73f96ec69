"""Nothing is forgotten: every header is in an umbrella, every body is compiled once.

    check_umbrellas.py ROOT

- <attain.hpp> reaches every public header of floors 0 to 4, or its comment names the header as left out;
- every impl/x.ipp is included by its header x.hpp or impl/x.hpp, and by exactly one file of src/, for floors 0 to 4
  src/attain.cpp.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from house import FLOORS, floor_of, headers, includes, is_private, report


def problems(root: Path) -> Iterator[str]:
    include = root / "include"
    found = headers(root)

    umbrella = include / "attain.hpp"
    left_out = umbrella.read_text(encoding="utf-8")
    reached = reachable(include, "attain.hpp")
    for header in found:
        floor = floor_of(header)
        if floor is None or floor >= FLOORS.index("io") or is_private(header) or header in reached:
            continue
        if header.removeprefix("attain/") not in left_out:
            yield f"attain.hpp: neither includes {header} nor says that it leaves it out"

    compiled_by: dict[str, list[str]] = {}
    for source in sorted((root / "src").rglob("*.cpp")):
        for name in includes(source):
            compiled_by.setdefault(name, []).append(source.relative_to(root).as_posix())
    for body in found:
        if not body.endswith(".ipp"):
            continue
        private = body.removesuffix(".ipp") + ".hpp"
        public = private.replace("/impl/", "/")
        if not any(header in found and body in includes(include / header) for header in (public, private)):
            yield f"{body}: not included by {public}"
        sources = compiled_by.get(body, [])
        if len(sources) != 1:
            yield f"{body}: included by {len(sources)} files of src/, must be one"
        elif (floor_of(body) or 0) < FLOORS.index("io") and sources != ["src/attain.cpp"]:
            yield f"{body}: included by {sources[0]}, must be src/attain.cpp"


def reachable(include: Path, start: str) -> set[str]:
    reached = {start}
    waiting = [start]
    while waiting:
        for name in includes(include / waiting.pop()):
            if name not in reached and (include / name).is_file():
                reached.add(name)
                waiting.append(name)
    return reached


if __name__ == "__main__":
    sys.exit(report(problems(Path(sys.argv[1]))))
