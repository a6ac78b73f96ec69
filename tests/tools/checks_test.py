"""The checks of this folder find what they are there to find."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import check_compile_fail
import check_floors
import check_umbrellas
import tally

GOOD = {
    "include/attain.hpp": "/** Leaves out model/rare.hpp */\n#include <attain/model/plan.hpp>\n",
    "include/attain/core/date.hpp": "#include <string>\n#include <attain/core/impl/date.ipp>\n",
    "include/attain/core/impl/date.ipp": "#include <attain/core/date.hpp>\n",
    "include/attain/model/plan.hpp": "#include <attain/core/date.hpp>\n",
    "include/attain/model/rare.hpp": "#include <attain/core/date.hpp>\n",
    "include/attain/io/json.hpp": "#include <attain/model/plan.hpp>\n",
    "src/attain.cpp": "#include <attain/core/impl/date.ipp>\n",
    "python/bindings/module.cpp": '#include "pybind.hpp"\n',
}


class House(unittest.TestCase):
    """Each test spoils one file of a good house."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        for name, text in GOOD.items():
            self.write(name, text)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def assert_found(self, check, *parts):
        (problem,) = check.problems(self.root)
        for part in parts:
            self.assertIn(part, problem)

    def test_a_good_house_has_no_problems(self):
        self.assertEqual(list(check_floors.problems(self.root)), [])
        self.assertEqual(list(check_umbrellas.problems(self.root)), [])

    def test_an_upward_include_is_found(self):
        self.write("include/attain/core/id.hpp", "#include <attain/model/plan.hpp>\n")
        self.assert_found(check_floors, "core/id.hpp", "above core")

    def test_a_private_header_of_another_floor_is_found(self):
        self.write("include/attain/model/rare.hpp", "#include <attain/core/impl/date.ipp>\n")
        self.assert_found(check_floors, "model/rare.hpp", "private to core")

    def test_a_foreign_header_is_found(self):
        self.write("include/attain/io/json.hpp", "#include <nlohmann/json.hpp>\n")
        self.assert_found(check_floors, "io/json.hpp", "not of the standard library")

    def test_an_unwanted_standard_header_is_found(self):
        self.write("include/attain/model/plan.hpp", "#include <attain/core/date.hpp>\n#include <iostream>\n")
        self.assert_found(check_floors, "model/plan.hpp", "<iostream>")

    def test_a_cycle_within_a_floor_is_found(self):
        self.write("include/attain/core/a.hpp", "#include <attain/core/b.hpp>\n")
        self.write("include/attain/core/b.hpp", "#include <attain/core/a.hpp>\n")
        self.assert_found(check_floors, "include each other", "core/a.hpp", "core/b.hpp")

    def test_a_header_outside_the_floors_is_found(self):
        self.write("include/attain/cellar/old.hpp", "")
        self.assert_found(check_floors, "cellar/old.hpp", "no floor")

    def test_the_date_caster_of_pybind11_is_found(self):
        self.write("python/bindings/module.cpp", "#include <pybind11/chrono.h>\n")
        self.assert_found(check_floors, "bindings/module.cpp", "shifts a date")

    def test_a_header_missing_from_the_umbrella_is_found(self):
        self.write("include/attain/model/new.hpp", "")
        self.assert_found(check_umbrellas, "model/new.hpp", "neither")

    def test_a_body_that_is_not_compiled_is_found(self):
        self.write("src/attain.cpp", "")
        self.assert_found(check_umbrellas, "core/impl/date.ipp", "0 files")

    def test_a_body_that_is_compiled_twice_is_found(self):
        self.write("src/io/json.cpp", "#include <attain/core/impl/date.ipp>\n")
        self.assert_found(check_umbrellas, "core/impl/date.ipp", "2 files")

    def test_a_body_without_its_header_is_found(self):
        self.write("include/attain/core/date.hpp", "#include <string>\n")
        self.assert_found(check_umbrellas, "core/impl/date.ipp", "not included by")


class CompileFail(unittest.TestCase):
    """A stand-in compiler accepts a source that does not hold the word `wrong`, and under -DFORBIDDEN none that holds `bad`."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.source = Path(folder.name) / "source.cpp"
        compiler = Path(folder.name) / "compiler.py"
        compiler.write_text(
            "import sys\n"
            "text = open(next(a for a in sys.argv[1:] if a.endswith('.cpp'))).read()\n"
            "bad = 'wrong' in text or ('bad' in text and '-DFORBIDDEN' in sys.argv)\n"
            "sys.exit('error: no' if bad else 0)\n"
        )
        self.compiler = [sys.executable, str(compiler)]

    def check(self, text):
        self.source.write_text(text)
        command = [sys.executable, check_compile_fail.__file__, str(self.source), *self.compiler]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def test_a_forbidden_line_that_fails_is_right(self):
        self.assertEqual(self.check("bad").returncode, 0)

    def test_a_forbidden_line_that_compiles_is_found(self):
        self.assertIn("what is forbidden compiles", self.check("good").stderr)

    def test_a_twin_that_does_not_compile_is_found(self):
        self.assertIn("the good twin does not compile", self.check("wrong").stderr)


class Tally(unittest.TestCase):
    def of(self, inside, name="core", classname="core"):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "results.xml"
            file.write_text(f'<testsuite><testcase name="{name}" classname="{classname}">{inside}</testcase></testsuite>')
            return tally.of_file(file)

    def test_a_suite_of_catch_counts_its_cases(self):
        said = "<system-out>All tests passed (120 assertions in 7 test cases)</system-out>"
        self.assertEqual(self.of(said), {"core": (7, 0, 0)})

    def test_a_suite_of_catch_with_failures_counts_both(self):
        said = "<failure/><system-out>test cases:  9 |  6 passed | 2 failed | 1 failed as expected\nassertions: 1</system-out>"
        self.assertEqual(self.of(said), {"core": (7, 2, 0)})

    def test_a_suite_that_crashed_after_its_count_still_failed(self):
        said = "<failure/><system-out>All tests passed (1 assertion in 1 test case)\nleak</system-out>"
        self.assertEqual(self.of(said), {"core": (1, 1, 0)})

    def test_a_suite_that_crashed_before_its_count_failed(self):
        self.assertEqual(self.of("<failure/><system-out>Segmentation fault</system-out>"), {"core": (0, 1, 0)})

    def test_a_suite_of_unittest_counts_its_cases(self):
        said = "<failure/><system-out>Ran 5 tests in 0.1s\n\nFAILED (failures=1, errors=1, skipped=1)</system-out>"
        self.assertEqual(self.of(said), {"core": (2, 2, 1)})

    def test_a_plain_test_counts_one(self):
        self.assertEqual(self.of("<system-out>fine</system-out>"), {"core": (1, 0, 0)})

    def test_cases_that_were_only_listed_are_skipped(self):
        said = '<skipped message="SKIP_REGULAR_EXPRESSION_MATCHED"/><system-out>\n3 matching test cases\n</system-out>'
        self.assertEqual(self.of(said), {"core": (0, 0, 3)})

    def test_a_program_that_is_missing_failed(self):
        self.assertEqual(self.of('<skipped message="Unable to find executable"/>'), {"core": (0, 1, 0)})

    def test_pytest_is_one_suite(self):
        self.assertEqual(self.of("<skipped/>", "test_a", "tests.python.test_date"), {"": (0, 0, 1)})

    def test_results_that_are_missing_failed(self):
        self.assertEqual(list(tally.of_file(Path("no such file")).values()), [(0, 1, 0)])


if __name__ == "__main__":
    unittest.main()
