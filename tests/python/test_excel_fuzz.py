"""A short run of tests/fuzz_excel: mutated workbooks are refused with typed errors, or imported as they say."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

FOLDER = Path(__file__).resolve().parents[1] / "fuzz_excel"


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("attain_fuzz_excel", FOLDER / "fuzz.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_corpus_is_read(tmp_path: Path) -> None:
    target = load().Target(tmp_path)
    corpus = {path.stem: path.read_bytes() for path in (FOLDER / "corpus").glob("*.xlsx")}
    assert {name: target.run(data, is_programme=name == "programme") for name, data in corpus.items()} == {
        "empty": "nothing",
        "saved-by-libreoffice": "imported",
        "saved-by-openpyxl": "imported",
        "programme": "read",
    }


def test_mutated_workbooks_raise_typed_errors_only() -> None:
    outcomes = load().run(600, seed=7, most=200)
    assert outcomes.total() == 204
    assert outcomes["imported"] > 2
    assert len(outcomes) > 6


def test_a_run_is_told_by_its_seed() -> None:
    fuzz = load()
    assert fuzz.run(600, seed=3, most=20) == fuzz.run(600, seed=3, most=20)
