"""The published schema of programme.json: it takes what the reader takes and refuses what has the wrong shape."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attain
import pytest

jsonschema = pytest.importorskip("jsonschema")

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "schemas" / "programme.schema.json").read_text(encoding="utf-8"))
EVERY_FIELD = json.loads((ROOT / "tests" / "io" / "every_field.json").read_text(encoding="utf-8"))

# What is wrong with the shape of a document; all other codes are about what its values mean.
SHAPE = {"duplicate_field", "missing_field", "unknown_field", "wrong_type"}


@pytest.fixture(scope="module")
def validator() -> Any:
    return jsonschema.Draft202012Validator(SCHEMA)


def shape_errors() -> Iterator[Path]:
    """Bad inputs that are JSON and of which the first finding is about the shape."""
    for file in sorted((ROOT / "tests" / "bad_input" / "json").glob("*.json")):
        code = file.with_suffix(".expected").read_text(encoding="utf-8").split()[0]
        if code in SHAPE - {"duplicate_field"}:
            yield file


def test_the_installed_package_brings_the_schema() -> None:
    installed = Path(attain.get_schema_dir(), "programme.schema.json")
    assert json.loads(installed.read_text(encoding="utf-8")) == SCHEMA


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("file", sorted(ROOT.glob("examples/*/programme.json")), ids=lambda file: file.parent.name)
def test_the_examples_follow_the_schema(validator: Any, file: Path) -> None:
    validator.validate(json.loads(file.read_text(encoding="utf-8")))


def test_a_programme_with_every_field_follows_the_schema(validator: Any) -> None:
    validator.validate(EVERY_FIELD)


@pytest.mark.parametrize("file", list(shape_errors()), ids=lambda file: file.stem)
def test_what_the_reader_refuses_for_its_shape_the_schema_refuses(validator: Any, file: Path) -> None:
    assert not validator.is_valid(json.loads(file.read_text(encoding="utf-8")))


def objects(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every object of a document whose fields are fixed."""
    if isinstance(value, list):
        for position, element in enumerate(value):
            yield from objects(element, (*path, position))
    elif isinstance(value, dict):
        if path[-1:] not in {("quotas",), ("scale",), ("disaggregation",)}:
            yield path
        for name, member in value.items():
            yield from objects(member, (*path, name))


@pytest.mark.parametrize("path", list(objects(EVERY_FIELD)), ids=lambda path: "/".join(map(str, path)) or "root")
def test_an_unknown_field_is_refused_in_every_object(validator: Any, path: tuple[str | int, ...]) -> None:
    document = json.loads(json.dumps(EVERY_FIELD))
    place = document
    for step in path:
        place = place[step]
    place["wieght"] = 1
    assert not validator.is_valid(document)


def test_every_field_of_the_schema_is_in_the_programme_with_every_field(validator: Any) -> None:
    declared = {name for part in SCHEMA["$defs"].values() for name in part.get("properties", {})}
    used: set[str] = set()
    pending: list[Any] = [EVERY_FIELD]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            used |= value.keys()
            pending += value.values()
        elif isinstance(value, list):
            pending += value
    # a target belongs to one other, and a checkpoint has a share or an amount
    assert declared - used == {"part_of", "input_of"}
