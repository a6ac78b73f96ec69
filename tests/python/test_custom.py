"""Methods, aggregators and formula functions of the user, from Python."""

from typing import Any

import attain
import numpy
import pytest


def programme(**fields: Any) -> attain.Programme:
    """Two targets at three places, a custom formula beside them."""
    return attain.programme(
        id="custom",
        window=("2021-01-01", "2021-12-31"),
        places=[attain.place("city"), *(attain.place(id, within="city") for id in ("east", "west"))],
        indicators=[
            attain.indicator("homes", unit="套", kind="increment", period="quarter"),
            attain.indicator("money", unit="元", kind="increment", period="quarter"),
            attain.indicator("price", unit="元/套", kind="formula", expression="custom:price@1", inputs=["money", "homes"]),
        ],
        projects=[
            attain.project(
                "1",
                roll_up=fields.pop("roll_up", None),
                targets=[
                    attain.target("1.1", indicator="homes", aim=attain.at_least(100), quotas={"east": 60, "west": 40}),
                    attain.target("1.2", indicator="price", aim=attain.at_most(2000), cadence="throughout", weight=0),
                    attain.target("1.3", indicator="money", aim=attain.at_least(100_000)),
                ],
            )
        ],
        **fields,
    )


BOOK = attain.Ledger(
    [
        {"indicator": "homes", "place": "east", "period": "2021Q1", "amount": 30},
        {"indicator": "homes", "place": "west", "period": "2021Q1", "amount": 5},
        {"indicator": "money", "place": "east", "period": "2021Q1", "amount": 45_000},
        {"indicator": "money", "place": "west", "period": "2021Q1", "amount": 9_000},
    ]
)
AS_OF = "2021-03-31"
FORMULAS = {"price@1": lambda money, homes: money / homes}

LIGHTS = attain.Method(
    states={"green": "on_track", "red": "behind", "done": "met", "failed": "missed", "white": "not_due"},
    judge=lambda columns: numpy.where(columns.attainment >= 0.3, "green", "red"),
    node_bands=[(0.3, "green")],
    node_quantity="attainment",
    below="red",
    ceiling="red",
    source="a test",
)


def test_a_formula_of_python_gets_columns_and_gives_a_column() -> None:
    seen: list[tuple[Any, Any]] = []

    def price(money: Any, homes: Any) -> Any:
        seen.append((money, homes))
        return money / homes

    now = attain.evaluate(programme(), BOOK, as_of=AS_OF, formulas={"price@1": price})
    assert now["1.2"].reading == pytest.approx(54_000 / 35)
    assert now["1.2"].status == "on_track"
    assert all(isinstance(column, numpy.ndarray) and column.dtype == numpy.float64 for columns in seen for column in columns)
    for money, homes in seen:
        assert money.shape == homes.shape


def test_a_formula_that_is_not_finite_is_a_reason() -> None:
    now = attain.evaluate(programme(), BOOK, as_of=AS_OF, formulas={"price@1": lambda money, homes: money * numpy.inf})
    assert now["1.2"].reading is None
    assert now["1.2"].reason_of("reading") == "overflow"


def test_an_aggregator_of_python_combines_the_children_of_a_node() -> None:
    plan = programme(roll_up=attain.roll_up("custom:median@1"))
    calls = []

    def median(values: Any, weights: Any) -> float:
        calls.append((values.tolist(), weights.tolist()))
        return float(numpy.median(values))

    now = attain.evaluate(plan, BOOK, as_of=AS_OF, formulas=FORMULAS, aggregators={"median@1": median})
    values = [now["1.1"].attainment, now["1.3"].attainment]
    assert now.project("1").attainment == pytest.approx(sum(values) / 2)
    assert any(sorted(found) == sorted(values) for found, _ in calls)
    assert all(len(found) == len(weights) for found, weights in calls)


def test_draws_of_totals_call_an_aggregator_of_python_from_any_thread() -> None:
    plan = programme(roll_up=attain.roll_up("custom:median@1"))

    def median(values: Any, weights: Any) -> float:
        return float(numpy.median(values))

    now = attain.evaluate(plan, BOOK, as_of=AS_OF, formulas=FORMULAS, aggregators={"median@1": median})
    one = attain.firmness.ranks_table(now, "1", among="itself", draws=2100, data_error=0.1)
    two = attain.firmness.ranks_table(now, "1", among="itself", draws=2100, data_error=0.1, threads=2)
    assert one.to_dict() == two.to_dict()
    assert one["score"].to_list() == [now.project("1").attainment]
    assert one["deviation"].to_list()[0] > 0.01


def test_a_method_of_python_gives_the_states() -> None:
    plan = programme(method="custom:lights@1")
    now = attain.evaluate(plan, BOOK, as_of=AS_OF, formulas=FORMULAS, methods={"lights@1": LIGHTS})
    assert now["1.1", "east"].status == "green"
    assert now["1.1", "west"].status == "red"
    assert now["1.1"].status == "green"
    assert now["1.3"].status == "green"
    assert now.project("1").status == "green"


def test_a_method_sees_shares_with_nan_and_facts() -> None:
    seen: dict[str, Any] = {}

    def judge(columns: attain.JudgedColumns) -> list[str | None]:
        if len(columns) == 3:
            seen["attainment"] = columns.attainment
            seen["due"] = columns.holds("due")
            seen["reached"] = columns.holds("reached")
        return [None] * len(columns)

    method = attain.Method(
        states={"ok": "on_track"}, judge=judge, node_bands=[], below="ok", ceiling="ok"
    )
    book = attain.Ledger(BOOK.entries("homes", "east"))
    now = attain.evaluate(programme(method="custom:m@1"), book, as_of=AS_OF, formulas=FORMULAS, methods={"m@1": method})
    assert now["1.1"].status is None
    assert numpy.isnan(seen["attainment"]).any()
    assert not numpy.isnan(seen["attainment"]).all()
    assert not seen["due"].any()
    assert not seen["reached"].any()
    with pytest.raises(ValueError, match="there is no fact 'do'"):
        attain.evaluate(
            programme(method="custom:m@1"), book, as_of=AS_OF, formulas=FORMULAS,
            methods={"m@1": attain.Method(states={"ok": "met"}, judge=lambda c: c.holds("do"), node_bands=[], below="ok", ceiling="ok")},
        )  # fmt: skip


@pytest.mark.parametrize("threads", [1, 3])
def test_what_a_function_raises_reaches_the_caller(threads: int) -> None:
    def broken(money: Any, homes: Any) -> Any:
        raise RuntimeError("out of ideas")

    with pytest.raises(RuntimeError, match="out of ideas"):
        attain.evaluate(programme(), BOOK, as_of=AS_OF, formulas={"price@1": broken}, threads=threads)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"formulas": {"price@1": lambda money, homes: money[:0]}}, "the formula function returned shape"),
        ({"formulas": {"price@1": lambda money, homes: "many"}}, "could not convert string to float"),
        ({"formulas": FORMULAS, "methods": {"lights@1": attain.Method(
            states={"a": "met"}, judge=lambda c: ["b"] * len(c), node_bands=[], below="a", ceiling="a")}},
         "the method returned 'b'; its states are a"),
        ({"formulas": FORMULAS, "methods": {"lights@1": attain.Method(
            states={"a": "met"}, judge=lambda c: [], node_bands=[], below="a", ceiling="a")}},
         "the method returned 0 states for"),
    ],
)  # fmt: skip
def test_what_a_function_returns_is_checked(options: dict[str, Any], message: str) -> None:
    plan = programme(method="custom:lights@1") if "methods" in options else programme()
    with pytest.raises(ValueError, match=message):
        attain.evaluate(plan, BOOK, as_of=AS_OF, **options)


@pytest.mark.parametrize(
    ("attribute", "value"), [("node_quantity", "speed"), ("states", {"green": "splendid"}), ("states", {}), ("below", "blue")]
)
def test_a_method_that_was_changed_is_checked_again(attribute: str, value: object) -> None:
    method = attain.Method(
        states={"green": "on_track"}, judge=lambda columns: ["green"] * len(columns), node_bands=[], below="green", ceiling="green"
    )
    setattr(method, attribute, value)
    with pytest.raises(ValueError):
        attain.evaluate(programme(method="custom:lights@1"), BOOK, as_of=AS_OF, formulas=FORMULAS, methods={"lights@1": method})


@pytest.mark.parametrize(
    "options",
    [
        {"formulas": {"price@1": None}},
        {"formulas": {1: lambda money, homes: money}},
        {"formulas": FORMULAS, "aggregators": {"median@1": "median"}},
        {"formulas": FORMULAS, "methods": {"lights@1": lambda columns: columns}},
    ],
)
def test_what_is_no_function_is_refused_before_evaluating(options: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="is no function|is no attain.Method|given by their names"):
        attain.evaluate(programme(), BOOK, as_of=AS_OF, **options)


def test_a_name_that_nobody_supplied_is_refused() -> None:
    plan = programme(method="custom:lights@1", roll_up=attain.roll_up("custom:median@1"))
    with pytest.raises(attain.InvalidOption) as raised:
        attain.evaluate(plan, BOOK, as_of=AS_OF)
    assert {finding.code for finding in raised.value.findings} == {"unsupplied_custom"}
    assert len(raised.value.findings) == 3


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"states": {}}, "1 to 254 states"),
        ({"states": {"green": "fine", "red": "behind"}}, "means 'fine'"),
        ({"below": "blue"}, "no state 'blue'"),
        ({"node_bands": [(0.1, "green"), (0.3, "red")]}, "from the top down"),
        ({"node_quantity": "hope"}, "gap, attainment or pace"),
    ],
)
def test_a_method_checks_itself(changed: dict[str, Any], message: str) -> None:
    fields = {name: getattr(LIGHTS, name) for name in ("states", "judge", "node_bands", "below", "ceiling", "node_quantity")}
    with pytest.raises(ValueError, match=message):
        attain.Method(**{**fields, **changed})


def test_an_evaluation_keeps_the_functions_it_needs() -> None:
    def made() -> attain.Evaluation:
        return attain.evaluate(programme(), BOOK, as_of=AS_OF, formulas={"price@1": lambda money, homes: money / homes})

    assert made()["1.2"].explain().text
