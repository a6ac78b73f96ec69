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
        lambda now, book: attain.Finding(code="malformed_date", message="", severity=1),  # type: ignore[arg-type]
        lambda now, book: attain.quality(now.plan, book, as_of=now.as_of, related=[("lifts", "money")]),  # type: ignore[list-item]
        lambda now, book: attain.Ledger([{"lifts\ud800": 1}]),  # type: ignore[typeddict-unknown-key]
        lambda now, book: attain.Ledger([{1: 1}]),  # type: ignore[dict-item]
    ],
)
def test_what_is_of_another_kind_is_a_type_error(
    now: attain.Evaluation, book: attain.Ledger, wrong: Callable[[attain.Evaluation, attain.Ledger], object]
) -> None:
    with pytest.raises(TypeError):
        wrong(now, book)


def test_text_with_half_of_a_pair_of_surrogates_is_refused_like_any_other_that_is_wrong(now: attain.Evaluation, book: attain.Ledger) -> None:
    """Such text comes from names of files and from JSON; it has no UTF-8."""
    with pytest.raises(TypeError):
        attain.evaluate(now.plan, book, as_of="2021-09-30\ud800")
    with pytest.raises(TypeError):
        book.append(indicator="lifts", period="2021-01\ud800", amount=1)
    with pytest.raises(attain.InvalidInput) as raised:
        attain.Programme.from_dict({"id": "\ud800"})
    assert raised.value.code == "malformed_json"
    with pytest.raises(attain.InvalidInput):
        attain.MethodSpec.from_dict({"name": "\ud800"})


def test_an_unknown_id_prints_as_its_message(now: attain.Evaluation) -> None:
    with pytest.raises(KeyError) as raised:
        now["22.9"]
    assert not str(raised.value).startswith(("'", '"'))
    assert "22.9" in str(raised.value)
    assert raised.value.code == "unknown_id"  # type: ignore[attr-defined]
    assert (raised.value.kind, raised.value.id) == ("target", "22.9")  # type: ignore[attr-defined]


def test_a_project_that_is_asked_for_as_a_target_is_said_to_be_one(now: attain.Evaluation) -> None:
    with pytest.raises(attain.UnknownId, match="there is no such target; it is a project") as caught:
        now["22"]
    assert "没有这样的目标项，这是项目的编号" in caught.value.sentences("zh")
    with pytest.raises(attain.UnknownId, match="there is no such project; it is a target") as caught:
        now.project("22.1")
    assert "没有这样的项目，这是目标项的编号" in caught.value.sentences("zh")


def test_findings_are_values() -> None:
    one = attain.Finding(code="cycle", message="a, b, a", where="/a")
    assert one == attain.Finding(code="cycle", message="a, b, a", where="/a")
    assert hash(one) == hash(attain.Finding(code="cycle", message="a, b, a", where="/a"))
    assert one != attain.Finding(code="cycle", message="a, b, a", where="/b")
    assert one != "cycle"
    with pytest.raises(ValueError, match="there is no code circle"):
        attain.Finding(code="circle", message="")


def test_a_reason_has_a_label_and_a_sentence_in_both_languages() -> None:
    assert (attain.Reason.no_observation.label(), attain.Reason.no_observation.label("zh")) == ("not reported", "未报送")
    for reason in attain.Reason:
        assert "_" not in reason.label() and reason.sentence() and reason.sentence("zh")


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
