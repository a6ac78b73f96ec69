"""The committed stub says what the extension is, and types are checked with it."""

import subprocess
import sys
from pathlib import Path

import attain

ROOT = Path(__file__).resolve().parents[2]
MAKE_STUBS = ROOT / "tools" / "make_stubs.py"


def test_the_committed_stub_is_what_the_extension_gives() -> None:
    made = subprocess.run([sys.executable, str(MAKE_STUBS), "--print"], capture_output=True, check=True).stdout.decode("utf-8")
    committed = (ROOT / "python" / "attain" / "_core.pyi").read_text("utf-8")
    assert made == committed, "the stub has drifted: run tools/make_stubs.py"


def test_the_package_is_typed_and_carries_its_stub() -> None:
    package = Path(attain.__file__).parent
    assert (package / "py.typed").is_file()
    assert (package / "_core.pyi").is_file()


def test_mypy_is_content_with_package_and_examples() -> None:
    found = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "python/attain", "examples/show.py"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stdout


def test_every_public_name_has_a_docstring() -> None:
    for name in attain.__all__:
        one = getattr(attain, name)
        if name.startswith("__") or isinstance(one, str):
            continue
        assert one.__doc__, name
        first = one.__doc__.strip().splitlines()
        assert first, name
        for method, member in vars(one).items() if isinstance(one, type) else ():
            if not method.startswith("_") and one.__module__ == "attain":
                assert member.__doc__, f"{name}.{method}"
