"""What the package is called from outside, and what importing it brings in."""

import inspect
import json
import subprocess
import sys

import attain


def test_the_public_names_are_these() -> None:
    assert attain.__all__ == sorted(attain.__all__)
    assert dir(attain) == sorted(attain.__all__)
    for name in attain.__all__:
        assert hasattr(attain, name), name


def test_public_classes_say_where_users_find_them() -> None:
    for name in attain.__all__:
        one = getattr(attain, name)
        if inspect.isclass(one):
            assert one.__module__ in ("attain", "attain.errors", "attain.custom"), name
            assert one.__qualname__ == name


def test_the_version_is_that_of_the_header() -> None:
    assert attain.__version__.count(".") == 2


def test_importing_brings_in_no_library() -> None:
    script = "import sys, json; import attain; print(json.dumps(sorted(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    modules = json.loads(found.stdout)
    for heavy in ("numpy", "pandas", "polars", "pyarrow", "duckdb", "click", "typing_extensions"):
        assert heavy not in modules, heavy


def test_importing_leaves_what_few_need_for_when_they_ask() -> None:
    """Reports, plots, texts for people, the command line and all of Excel but its public names: an import stays cheap without them."""
    script = "import sys, json; import attain; print(json.dumps(sorted(m for m in sys.modules if m.startswith('attain'))))"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    modules = json.loads(found.stdout)
    assert "attain._core" in modules
    for few in ("attain.catalogue", "attain.cli", "attain.plots", "attain._report.content", "attain.excel._workbook_reader"):
        assert not any(m == few or m.startswith(few + ".") for m in modules), few


def test_the_first_sentences_in_python_are_those_in_cpp() -> None:
    """Of the classes that both languages have."""
    assert attain.TargetResult.__doc__ is not None
    assert attain.TargetResult.__doc__.startswith("One target at one place.")
    assert attain.ProjectResult.__doc__ is not None
    assert attain.ProjectResult.__doc__.startswith("One project, group or programme at one place.")
    assert attain.Explanation.__doc__ is not None
    assert attain.Explanation.__doc__.startswith("How an answer came about, as steps: data first, text second.")
