"""What the documents show in Python runs."""

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import attain
import numpy
import polars
import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```(python|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
TUTORIALS = ["docs/tutorial.md", "docs/tutorial-zh.md"]
DOCUMENTS = sorted(
    name
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")]
    if (name := page.relative_to(ROOT).as_posix()) not in TUTORIALS and BLOCK.search(page.read_text("utf-8"))
)


def run_blocks(document: str, names: dict[str, Any]) -> None:
    """Runs what a document shows in Python and on the command line, in its order."""
    for number, (language, block) in enumerate(BLOCK.findall((ROOT / document).read_text("utf-8")), 1):
        if language == "python":
            exec(compile(block, f"{document}, block {number}", "exec"), names)
            continue
        for command in block.splitlines():
            name, *arguments = shlex.split(command)
            assert name == "attain"
            subprocess.run([sys.executable, "-m", "attain", *arguments], check=True, capture_output=True)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_a_document_shows_runs(document: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (ROOT / "build").mkdir(exist_ok=True)
    frame = polars.DataFrame({"indicator": ["lifts"], "place": ["lake"], "period": ["2021-01"], "amount": [5.0]})
    run_blocks(document, {"attain": attain, "numpy": numpy, "frame": frame})


@pytest.mark.parametrize("document", TUTORIALS)
def test_a_tutorial_comes_to_the_numbers_it_tells(document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    run_blocks(document, names)
    march, corrected, as_told_then = names["march"], names["corrected"], names["as_told_then"]
    assert march["1.1"].reading == 41
    assert round(march["1.1"].attainment, 3) == 0.295
    assert round(march["1.1"].expected, 3) == 0.245
    assert march["1.1"].status == "on_track"
    assert march["1.1", "east"].reading == 22
    assert round(march["3.1"].attainment, 3) == 0.344
    assert march["4.1"].reading == 2
    assert round(march["4.1"].attainment, 3) == round(2 / 11, 3)
    assert round(march["5.1"].reading, 3) == 0.972
    assert march["5.1", "town"].reason_of("days_ahead") is not None
    assert corrected["1.1"].reading == 31
    assert as_told_then["1.1"].reading == 41
    assert "1.1" in str(names["change"].sentence())


def test_the_programs_in_cpp_are_those_of_the_examples() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    shown = [block for block in re.findall(r"^```cpp\n(.*?)^```", text, re.MULTILINE | re.DOTALL) if "int main" in block]
    examples = [example.read_text("utf-8") for example in (ROOT / "examples").glob("*.cpp")]
    assert shown
    for block in shown:
        assert any(block in example for example in examples), block


def test_what_the_readme_shows_first_in_python_is_an_example_that_runs(tmp_path: Path) -> None:
    shown = re.findall(r"^```python\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    example = ROOT / "examples" / "quick_start.py"
    assert len(shown) == 1
    assert example.read_text("utf-8").endswith(shown[0])
    (tmp_path / "build").mkdir()
    (tmp_path / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
    ran = subprocess.run([sys.executable, str(example)], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=True)
    for line in ("on_track", "64.8%, up 21.1 points"):
        assert line in ran.stdout
    assert (tmp_path / "build" / "report.html").read_text("utf-8").startswith("<!doctype html>")


def test_every_link_between_documents_leads_somewhere() -> None:
    checked = subprocess.run(
        [sys.executable, "tools/check_links.py", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs", "examples"],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8",
    )
    assert checked.returncode == 0, checked.stdout


def test_every_page_is_in_the_site() -> None:
    docs = ROOT / "docs"
    listed = re.findall(r"^([a-z0-9/_*-]+)$", (docs / "index.md").read_text("utf-8"), re.MULTILINE | re.IGNORECASE)
    shown = {page for name in listed for page in docs.glob(f"{name}.md")}
    assert sorted({*docs.rglob("*.md")} - shown) == [docs / "index.md"]
