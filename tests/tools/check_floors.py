"""A header includes its own floor and lower ones, and nothing that its floor may not depend on.

check_floors.py ROOT
"""

import graphlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from house import FLOORS, floor_of, headers, includes, is_private, report

# Absent from one of the supported standard libraries, dependent on the locale, or a great cost to whoever includes it.
UNWANTED = {"expected", "format", "iostream", "regex", "sstream"}
MAY_INCLUDE_FOREIGN = {
    "attain/core/impl/page_store.ipp": r"sys/mman\.h",  # where the system is Linux, for large pages
    # Boost.Serialization is templates: there is no way to hide it, nor what saving a file takes.
    "attain/io/archive.hpp": r"boost/.*|fcntl\.h|sys/stat\.h|unistd\.h",
}
STANDARD = re.compile(r"[a-z_0-9]+")


def problems(root: Path) -> Iterator[str]:
    public_includes: dict[str, set[str]] = {}
    for header in headers(root):
        floor = floor_of(header)
        if floor is None:
            yield f"{header}: lies on no floor"
            continue
        names = includes(root / "include" / header)
        for name in names:
            yield from problems_of_include(header, floor, name)
        if not is_private(header):
            public_includes[header] = {name for name in names if not is_private(name)}
    try:
        graphlib.TopologicalSorter(public_includes).prepare()
    except graphlib.CycleError as cycle:
        yield "headers include each other: " + " -> ".join(reversed(cycle.args[1]))

    for source in sorted((root / "python").rglob("*.[ch]pp")):
        if "pybind11/chrono.h" in includes(source):
            yield f"{source.relative_to(root)}: pybind11/chrono.h shifts a date by a day east of Greenwich"


def problems_of_include(header: str, floor: int, name: str) -> Iterator[str]:
    if name.startswith("attain"):
        other = floor_of(name)
        if other is None:
            yield f"{header}: includes {name}, which lies on no floor"
        elif other > floor:
            yield f"{header}: includes {name}, which is above {FLOORS[floor]}"
        elif other < floor and is_private(name):
            yield f"{header}: includes {name}, which is private to {FLOORS[other]}"
    elif not STANDARD.fullmatch(name):
        if not re.fullmatch(MAY_INCLUDE_FOREIGN.get(header, ""), name):
            yield f"{header}: includes {name}, which is not of the standard library"
    elif name in UNWANTED and floor < FLOORS.index("io"):
        yield f"{header}: includes <{name}>"


if __name__ == "__main__":
    sys.exit(report(problems(Path(sys.argv[1]))))
