"""Errors: one hierarchy, with codes and findings, and the built-in exceptions that fit."""

from collections.abc import Callable

import attain
import pytest


@pytest.mark.parametrize(
    ("error", "base"),
    [
        (attain.InvalidProgramme, ValueError),
        (attain.InvalidInput, ValueError),
        (attain.InvalidOption, ValueError),
        (attain.LedgerConflict, ValueError),
        (attain.UnknownId, KeyError),
    ],
)
def test_every_error_is_an_error_of_attain_and_a_built_in_one(error: type[attain.Error], base: type[Exception]) -> None:
    assert issubclass(error, attain.Error)
    assert issubclass(error, base)
    assert error.__module__ == "attain.errors"


def test_an_error_carries_code_place_text_and_expectation() -> None:
    with pytest.raises(attain.Error) as raised:
        attain.parse_number("1.2.3")
    error = raised.value
    assert type(error) is attain.InvalidInput
    assert error.code == "malformed_number"
    [finding] = error.findings
    assert finding.code == "malformed_number"
    assert finding.severity is attain.Severity.error
    assert finding.text == "1.2.3"
    assert finding.expected
    assert finding.message
    assert str(finding) in str(error)
    assert repr(finding) == f"<attain.Finding: {finding}>"


@pytest.mark.parametrize(
    "wrong",
    [
        lambda now, book: attain.check(now, book),
        lambda now, book: attain.check([now.plan, 1], book),
        lambda now, book: attain.report(now.plan),
        lambda now, book: now.targets.select("target", 1),
    ],
)
def test_what_is_of_another_kind_is_a_type_error(
    now: attain.Evaluation, book: attain.Ledger, wrong: Callable[[attain.Evaluation, attain.Ledger], object]
) -> None:
    with pytest.raises(TypeError):
        wrong(now, book)


def test_an_unknown_id_prints_as_its_message(now: attain.Evaluation) -> None:
    with pytest.raises(KeyError) as raised:
        now["22.9"]
    assert not str(raised.value).startswith(("'", '"'))
    assert "22.9" in str(raised.value)
    assert raised.value.code == "unknown_id"  # type: ignore[attr-defined]
    assert (raised.value.kind, raised.value.id) == ("target", "22.9")  # type: ignore[attr-defined]


def test_findings_are_values() -> None:
    one = attain.Finding(code="cycle", message="a, b, a", where="/a")
    assert one == attain.Finding(code="cycle", message="a, b, a", where="/a")
    assert hash(one) == hash(attain.Finding(code="cycle", message="a, b, a", where="/a"))
    assert one != attain.Finding(code="cycle", message="a, b, a", where="/b")
    assert one != "cycle"
    with pytest.raises(ValueError, match="there is no code circle"):
        attain.Finding(code="circle", message="")


def test_words_are_equal_to_their_text() -> None:
    assert attain.Severity.error == "error"
    assert attain.Reason.stale != "no_observation"
    assert attain.Reason.stale != attain.Reason.withheld
    assert {attain.Reason.stale: 1}["stale"] == 1  # type: ignore[index]
    assert f"{attain.Reason.stale}" == "stale"


@pytest.mark.parametrize(
    ("text", "number"),
    [("5.85万", 58500), ("１３９", 139), ("1,200", 1200), ("60%", 0.6), ("一百二十", 120), ("-3.5", -3.5)],
)
def test_numbers_are_read_by_the_one_parser(text: str, number: float) -> None:
    assert attain.parse_number(text) == number


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [("5.85万人次", "人次", 58500), ("17.9亿元", "元", 1.79e9), ("3200", "万元", 3.2e7), ("2公顷", "亩", 30), ("60", "%", 0.6),
     ("180余", "人", (180, None)), ("近200", "人", (None, 200)), ("97–99", "人", (97, 99))],
)  # fmt: skip
def test_amounts_are_read_in_their_unit(text: str, unit: str, amount: object) -> None:
    assert attain.parse_amount(text, unit) == amount
