"""Count the tests of several JUnit files and print them by suite; the last line is the sum.

    tally.py NAME=FILE ...

NAME says where a file came from. A test of CTest that is itself a suite (Catch2, unittest) counts what it says it ran; any
other counts one. A file that is missing counts as one failure: its run broke down before it could write it.
"""

import re
import sys
import xml.etree.ElementTree as xml
from pathlib import Path
from typing import NamedTuple


class Count(NamedTuple):
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other):
        return Count(*(a + b for a, b in zip(self, other, strict=True)))

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def is_of_ctest(case: xml.Element) -> bool:
    """CTest has no classes and writes the name twice; pytest names the module of the test."""
    return case.get("classname") == case.get("name")


def of_case(case: xml.Element) -> Count:
    """What one <testcase> stands for."""
    said = case.findtext("system-out") or ""
    bad = case.find("failure") is not None or case.find("error") is not None
    skipped = case.find("skipped")
    if skipped is not None:
        if is_of_ctest(case) and not skipped.get("message", "").startswith("SKIP_"):
            return Count(failed=1)  # "Not Run": its program is missing
        listed = re.search(r"^(\d+) matching test cases?", said, re.MULTILINE)
        return Count(skipped=int(listed[1]) if listed else 1)
    count = of_catch(said) or of_unittest(said) or Count(passed=0 if bad else 1)
    if bad and not count.failed:
        count += Count(failed=1)
    return count


def of_catch(said: str) -> Count | None:
    """Catch2's closing line, of version 2 or 3."""
    if all_passed := re.findall(r"^All tests passed \(.* in (\d+) test cases?\)", said, re.MULTILINE):
        return Count(passed=int(all_passed[-1]))
    if mixed := re.findall(r"^test cases:(.*)$", said, re.MULTILINE):
        kinds = dict.fromkeys(("passed", "failed", "skipped", "failed as expected"), 0)
        kinds.update((kind, int(number)) for number, kind in re.findall(r"(\d+) ([a-z ]*[a-z])", mixed[-1]))
        return Count(kinds["passed"] + kinds["failed as expected"], kinds["failed"], kinds["skipped"])
    return None


def of_unittest(said: str) -> Count | None:
    ran = re.findall(r"^Ran (\d+) tests? in", said, re.MULTILINE)
    if not ran:
        return None
    kinds = {kind: int(number) for kind, number in re.findall(r"(failures|errors|skipped)=(\d+)", said)}
    failed, skipped = kinds.get("failures", 0) + kinds.get("errors", 0), kinds.get("skipped", 0)
    return Count(int(ran[-1]) - failed - skipped, failed, skipped)


def of_file(path: Path) -> dict[str, Count]:
    """The counts of a file: by name for CTest, whose cases are suites, and as one line for pytest."""
    try:
        cases = list(xml.parse(path).iter("testcase"))
    except (OSError, xml.ParseError):
        return {"did not run to its end": Count(failed=1)}
    counts: dict[str, Count] = {}
    for case in cases:
        suite = case.get("name", "") if is_of_ctest(case) else ""
        counts[suite] = counts.get(suite, Count()) + of_case(case)
    return counts


def main(*arguments: str) -> int:
    total = Count()
    print(f"{'suite':64} passed failed skipped")
    for argument in arguments:
        name, _, file = argument.partition("=")
        for suite, count in of_file(Path(file)).items():
            if any(count):
                print(f"{name + (': ' + suite if suite else ''):64} {count.passed:6} {count.failed:6} {count.skipped:7}")
            total += count
    print(total)
    return 1 if total.failed or not total.passed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
