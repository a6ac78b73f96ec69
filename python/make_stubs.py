"""Writes python/attain/_core.pyi from the extension that is installed.

    python python/make_stubs.py            # writes the stub
    python python/make_stubs.py --print    # prints it, for the test that finds drift

The stub is pybind11-stubgen's, with the corrections below; it is never edited by hand.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

STUB = Path(__file__).resolve().parent / "attain" / "_core.pyi"

# What the generator cannot know.
CORRECTIONS = (
    (r"\battain\._core\.(?=\w)", ""),  # names of this very module
    (r"\battain\.(?=(Programme|Portfolio|Reason)\b)", ""),
)


def make() -> str:
    with tempfile.TemporaryDirectory() as folder:
        command = ["-m", "pybind11_stubgen", "attain._core", "--output-dir", folder, "--numpy-array-use-type-var"]
        subprocess.run([sys.executable, *command], check=True, capture_output=True)
        text = (Path(folder) / "attain" / "_core.pyi").read_text("utf-8")
    for pattern, replacement in CORRECTIONS:
        text = re.sub(pattern, replacement, text)
    return text


if __name__ == "__main__":
    if sys.argv[1:] == ["--print"]:
        sys.stdout.buffer.write(make().encode("utf-8"))
    else:
        STUB.write_text(make(), "utf-8")
