"""What the documents show in Python runs."""

import re
from pathlib import Path
from typing import Any

import attain
import numpy
import polars
import pytest

ROOT = Path(__file__).resolve().parents[2]
METHODS = sorted(str(page.relative_to(ROOT)) for page in (ROOT / "docs" / "methods").glob("*.md"))


def blocks_of(document: str) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", (ROOT / document).read_text("utf-8"), re.MULTILINE | re.DOTALL)


PAGES = ["README.md", "docs/comparing.md", "docs/earned-value.md", "docs/excel.md", "docs/firmness.md", "docs/python.md", "examples/counties-lesson/README.md"]


@pytest.mark.parametrize("document", [*PAGES, *METHODS])
def test_the_python_of_a_document_runs(document: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (ROOT / "build").mkdir(exist_ok=True)
    frame = polars.DataFrame({"indicator": ["lifts"], "place": ["lake"], "period": ["2021-01"], "amount": [5.0]})
    names: dict[str, Any] = {"attain": attain, "numpy": numpy, "frame": frame}
    blocks = blocks_of(document)
    assert blocks
    for number, block in enumerate(blocks, 1):
        exec(compile(block, f"{document}, block {number}", "exec"), names)


def test_the_programs_in_cpp_are_those_of_the_examples() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    shown = [block for block in re.findall(r"^```cpp\n(.*?)^```", text, re.MULTILINE | re.DOTALL) if "int main" in block]
    examples = [example.read_text("utf-8") for example in (ROOT / "examples").glob("*.cpp")]
    assert shown
    for block in shown:
        assert any(block in example for example in examples), block
