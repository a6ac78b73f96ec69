"""The Arrow stream interface, with every library that speaks it."""

import datetime
import gc
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import attain
import duckdb
import numpy
import pandas
import polars
import pyarrow
import pytest

DAYS = [datetime.date(2021, 1, 31), datetime.date(2021, 2, 28), datetime.date(2021, 3, 31)]
START = [datetime.date(2021, 1, 1), datetime.date(2021, 2, 1), datetime.date(2021, 3, 1)]


def expected() -> attain.Ledger:
    return attain.Ledger(
        [
            {"indicator": "lifts", "place": "east", "start": START[0], "end": DAYS[0], "amount": 1.0},
            {"indicator": "lifts", "place": "west", "start": START[1], "end": DAYS[1], "missing": "withheld"},
            {"indicator": "schools", "start": START[2], "end": DAYS[2], "amount": 3.0},
        ]
    )


def arrow_table(**changed: Any) -> pyarrow.Table:
    columns: dict[str, Any] = {
        "indicator": ["lifts", "lifts", "schools"],
        "place": ["east", "west", None],
        "start": pyarrow.array(START, pyarrow.date32()),
        "end": pyarrow.array(DAYS, pyarrow.date32()),
        "amount": pyarrow.array([1.0, None, 3.0], pyarrow.float64()),
        "missing": [None, "withheld", None],
        **changed,
    }
    return pyarrow.table({name: column for name, column in columns.items() if column is not None})


def as_days(days: list[datetime.date], kind: pyarrow.DataType) -> pyarrow.Array:
    return pyarrow.array(days, pyarrow.date32()).cast(kind)


# -- in ------------------------------------------------------------------------------------------


def test_a_ledger_is_made_from_a_table_of_pyarrow() -> None:
    assert attain.Ledger.from_arrow(arrow_table()) == expected()


def test_a_ledger_is_made_from_a_frame_of_polars() -> None:
    frame = polars.DataFrame(arrow_table())
    assert attain.Ledger.from_arrow(frame) == expected()
    coded = frame.with_columns(polars.col("indicator", "place").cast(polars.Categorical))
    assert attain.Ledger.from_arrow(coded) == expected()
    enumerated = frame.with_columns(polars.col("indicator").cast(polars.Enum(["lifts", "unused", "schools"])))
    assert attain.Ledger.from_arrow(enumerated) == expected()


def test_a_ledger_is_made_from_a_frame_of_pandas() -> None:
    frame = pandas.DataFrame(
        {
            "indicator": ["lifts", "lifts", "schools"],
            "place": ["east", "west", None],
            "start": pandas.to_datetime(START),
            "end": pandas.to_datetime(DAYS),
            "amount": [1.0, float("nan"), 3.0],
            "missing": [None, "withheld", None],
        }
    )
    assert attain.Ledger.from_arrow(frame) == expected()
    assert attain.Ledger.from_arrow(frame.astype({"indicator": "category", "place": "category"})) == expected()


def test_a_ledger_is_made_from_a_relation_of_duckdb() -> None:
    relation = duckdb.sql(
        """
        select * from (values ('lifts', 'east', date '2021-01-01', date '2021-01-31', 1.0, null),
                              ('lifts', 'west', date '2021-02-01', date '2021-02-28', null, 'withheld'),
                              ('schools', null, date '2021-03-01', date '2021-03-31', 3.0, null))
        as t("indicator", "place", "start", "end", amount, missing)
        """
    )
    assert attain.Ledger.from_arrow(relation) == expected()


@pytest.mark.parametrize(
    "changed",
    [
        {"indicator": pyarrow.array(["lifts", "lifts", "schools"]).dictionary_encode()},
        {"indicator": pyarrow.DictionaryArray.from_arrays(pyarrow.array([1, 1, 0], pyarrow.uint8()), ["schools", "lifts"])},
        {"indicator": pyarrow.DictionaryArray.from_arrays(pyarrow.array([2, 0, 1], pyarrow.int64()), ["lifts", "schools", "lifts"])},
        {"place": pyarrow.DictionaryArray.from_arrays(pyarrow.array([0, 1, 2], pyarrow.int8()), ["east", "west", None])},
        {"place": pyarrow.DictionaryArray.from_arrays(pyarrow.array([0, 1, None], pyarrow.int32()), ["east", "west"])},
        {"place": pyarrow.array(["east", "west", None], pyarrow.large_string())},
        {"place": pyarrow.array(["east", "west", None], pyarrow.string_view())},
        {"amount": pyarrow.array([1, None, 3], pyarrow.int64())},
        {"amount": pyarrow.array([1, None, 3], pyarrow.uint16())},
        {"amount": pyarrow.array([1, None, 3], pyarrow.float32())},
        {"amount": pyarrow.array([Decimal("1.00"), None, Decimal("3.00")], pyarrow.decimal128(10, 2))},
        {"amount": ["1", None, "3"]},
        {"start": pyarrow.array(START, pyarrow.date64()), "end": pyarrow.array(DAYS, pyarrow.date32()).cast(pyarrow.timestamp("s"))},
        {"start": pyarrow.array(START, pyarrow.date32()).cast(pyarrow.timestamp("ns")), "end": pyarrow.array(DAYS, pyarrow.date32()).cast(pyarrow.timestamp("us"))},
        {"start": [18628, 18659, 18687], "end": [18658, 18686, 18717]},
        {"start": [str(day) for day in START], "end": [str(day) for day in DAYS]},
        {"start": None, "end": None, "period": ["2021-01", "2021-02", "2021-03"]},
        {"note": pyarrow.nulls(3)},
        {"withdrawn": pyarrow.array([False, None, False])},
        {"withdrawn": ["false", None, ""]},
        {"recorded": pyarrow.array([None, None, None], pyarrow.date32())},
        {"recorded": pyarrow.array([DAYS[0], None, DAYS[2]], pyarrow.date32())},
    ],
)
def test_columns_may_have_many_types(changed: dict[str, Any]) -> None:
    assert attain.Ledger.from_arrow(arrow_table(**changed)) == expected()


def test_sliced_arrays_and_several_batches_are_read_from_their_offsets() -> None:
    padded = pyarrow.concat_tables([arrow_table(), arrow_table(), arrow_table()]).combine_chunks()
    assert attain.Ledger.from_arrow(padded.slice(3, 3)) == expected()
    batches = pyarrow.Table.from_batches([batch for row in range(3) for batch in padded.slice(3 + row, 1).to_batches()])
    assert attain.Ledger.from_arrow(batches) == expected()
    rechunked = pyarrow.concat_tables([arrow_table().slice(0, 1), arrow_table().slice(1, 2)])
    assert attain.Ledger.from_arrow(rechunked) == expected()
    offset_struct = pyarrow.RecordBatch.from_struct_array(padded.to_struct_array().combine_chunks().slice(3, 3))
    assert attain.Ledger.from_arrow(pyarrow.Table.from_batches([offset_struct])) == expected()


def test_dictionaries_that_differ_between_batches_are_joined() -> None:
    first = arrow_table(indicator=pyarrow.array(["lifts", "lifts", "schools"]).dictionary_encode()).slice(0, 2)
    second = arrow_table(
        indicator=pyarrow.DictionaryArray.from_arrays(pyarrow.array([0, 0, 0], pyarrow.int32()), ["schools"])
    ).slice(2, 1)
    assert attain.Ledger.from_arrow(pyarrow.Table.from_batches(first.to_batches() + second.to_batches())) == expected()


def test_a_null_count_that_was_never_counted_is_counted() -> None:
    amounts = pyarrow.Array.from_buffers(
        pyarrow.float64(), 3, pyarrow.array([1.0, None, 3.0], pyarrow.float64()).buffers(), null_count=-1
    )
    assert attain.Ledger.from_arrow(arrow_table(amount=amounts)) == expected()


@pytest.mark.parametrize(
    ("changed", "code", "where"),
    [
        ({"place": pyarrow.array([["east"], ["west"], None])}, "wrong_type", "place"),
        ({"place": pyarrow.array([1, 2, None])}, "wrong_type", "place"),
        ({"end": as_days(DAYS, pyarrow.timestamp("us")).cast(pyarrow.timestamp("us", tz="Asia/Shanghai"))}, "wrong_type", "end"),
        ({"end": pyarrow.array([datetime.datetime(2021, 1, 31, 12)] * 3)}, "out_of_range", "row 1, end"),
        ({"end": pyarrow.array([2**40] * 3)}, "wrong_type", "end"),
        ({"amount": pyarrow.array([2**60, None, 3])}, "out_of_range", "amount"),
        ({"amount": pyarrow.array([1.0, None, float("nan")])}, "not_finite", "row 3, amount"),
        ({"amount": ["1", None, "3..0"]}, "malformed_number", "row 3, amount"),
        ({"missing": [None, "lost", None]}, "malformed", "row 2, missing"),
        ({"missing": None}, "missing_field", "row 2, amount"),
        ({"colour": ["red"] * 3}, "unknown_field", "colour"),
        ({"indicator": None}, "missing_field", ""),
        ({"indicator": ["lifts", "", "schools"]}, "invalid_id", "row 2, indicator"),
        ({"start": pyarrow.array([START[0], None, START[2]])}, "missing_field", "row 2, start"),
        ({"start": pyarrow.array([DAYS[0], START[1], DAYS[2] + datetime.timedelta(1)])}, "malformed_period", "row 3, end"),
        ({"period": ["2021-01", None, None]}, "malformed", "row 1, period"),
    ],
)
def test_what_cannot_be_read_is_refused_where_it_stands(changed: dict[str, Any], code: str, where: str) -> None:
    with pytest.raises(attain.InvalidInput) as raised:
        attain.Ledger.from_arrow(arrow_table(**changed))
    assert [(finding.code, finding.where) for finding in raised.value.findings] == [(code, where)]


WIDTHS = [pyarrow.int8(), pyarrow.uint8(), pyarrow.int16(), pyarrow.uint16(), pyarrow.int32(), pyarrow.uint32(), pyarrow.int64(), pyarrow.uint64()]


@pytest.mark.parametrize("width", WIDTHS, ids=str)
def test_dictionary_positions_may_have_any_width(width: pyarrow.DataType) -> None:
    coded = pyarrow.DictionaryArray.from_arrays(pyarrow.array([1, 0, 1], width), ["schools", "lifts"])
    assert attain.Ledger.from_arrow(arrow_table(indicator=coded)) == attain.Ledger.from_arrow(arrow_table(indicator=["lifts", "schools", "lifts"]))


@pytest.mark.parametrize(("position", "width"), [(7, pyarrow.int64()), (-1, pyarrow.int64()), (-1, pyarrow.int8()), (2**64 - 1, pyarrow.uint64())])
def test_a_dictionary_position_outside_is_refused(position: int, width: pyarrow.DataType) -> None:
    words = ["lifts", "schools", *(f"other {i}" for i in range(300 if position < 0 else 0))]  # more than -1 counts as without its sign
    broken = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0, 0, position], width), words, safe=False)
    with pytest.raises(attain.InvalidInput, match="position is not in the dictionary"):
        attain.Ledger.from_arrow(arrow_table(indicator=broken))


def test_two_columns_of_one_name_are_refused() -> None:
    table = pyarrow.Table.from_arrays([pyarrow.array(["a"]), pyarrow.array(["b"])], names=["indicator", "indicator"])
    with pytest.raises(attain.InvalidInput) as raised:
        attain.Ledger.from_arrow(table)
    assert raised.value.code == "duplicate_field"


def test_what_is_no_table_is_refused_with_what_is_wanted() -> None:
    with pytest.raises(TypeError, match="a table with __arrow_c_stream__ is wanted"):
        attain.Ledger.from_arrow([1, 2, 3])
    with pytest.raises(attain.InvalidInput, match="one column, not a table"):
        attain.Ledger.from_arrow(polars.Series([1, 2, 3]))


def test_an_error_of_the_stream_is_reported() -> None:
    def batches() -> Any:
        yield arrow_table().to_batches()[0]
        raise RuntimeError("the source broke down")

    reader = pyarrow.RecordBatchReader.from_batches(arrow_table().schema, batches())
    with pytest.raises(attain.InvalidInput, match="the source broke down"):
        attain.Ledger.from_arrow(reader)


def test_many_problems_are_listed_and_the_rest_counted() -> None:
    amounts = ["?"] * 1000
    table = pyarrow.table({"indicator": ["a"] * 1000, "period": ["2021"] * 1000, "amount": amounts})
    with pytest.raises(attain.InvalidInput) as raised:
        attain.Ledger.from_arrow(table)
    assert len(raised.value.findings) == 201
    assert raised.value.findings[-1].message == "800 more problems are not listed"


def test_a_table_is_appended_all_or_none(book: attain.Ledger, plan: attain.Programme) -> None:
    before = attain.Ledger(book.entries())
    table = arrow_table(indicator=["lifts", "lifts", "lifts"])
    book.extend_from_arrow(table, plan)
    assert len(book) == len(before) + 3
    with pytest.raises(attain.InvalidInput):
        book.extend_from_arrow(arrow_table(), plan)
    assert len(book) == len(before) + 3


def test_a_large_table_is_read_like_its_rows() -> None:
    random = numpy.random.default_rng(1)
    rows = 20_000
    end = numpy.datetime64("2021-01-31") + random.integers(0, 300, rows)
    frame = polars.DataFrame(
        {
            "indicator": random.choice(["a", "b", "c"], rows),
            "place": random.choice(["x", "y", ""], rows),
            "start": end - 30,
            "end": end,
            "amount": random.integers(0, 1000, rows) / 8,
            "recorded": end + random.integers(0, 40, rows),
        }
    )
    assert attain.Ledger.from_arrow(frame) == attain.Ledger(frame.to_dicts())


# -- out -----------------------------------------------------------------------------------------


def test_a_ledger_comes_back_from_its_own_table(book: attain.Ledger) -> None:
    assert attain.Ledger.from_arrow(book) == book
    assert attain.Ledger.from_arrow(book.to_arrow()) == book
    assert attain.Ledger.from_arrow(book.to_polars()) == book
    assert attain.Ledger.from_arrow(book.to_pandas()) == book


@pytest.mark.parametrize("rows", [0, 1])
def test_a_column_of_words_without_any_word_comes_back_from_pandas(rows: int) -> None:
    book = attain.Ledger([{"indicator": "lifts", "period": "2021-06", "amount": 12}][:rows])  # says of no place
    assert attain.Ledger.from_arrow(book.to_pandas()) == book


def test_the_schema_says_what_the_stream_holds(now: attain.Evaluation) -> None:
    schema = pyarrow.schema(now.targets)
    assert schema == now.to_arrow().schema
    assert schema.field("reading").type == pyarrow.float64()
    assert schema.field("data_day").type == pyarrow.date32()
    assert schema.field("is_hold").type == pyarrow.bool_()
    assert schema.field("status").type == pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
    assert not schema.field("coverage").nullable
    assert pyarrow.schema(now.projects).field("targets").type == pyarrow.int32()


def test_a_stream_is_sound_and_numbers_are_not_copied(now: attain.Evaluation) -> None:
    table = now.target_table(at_places=True)
    arrow = pyarrow.table(table)
    arrow.validate(full=True)
    for name in ("reading", "attainment", "expected", "gap", "coverage"):
        address = arrow[name].chunk(0).buffers()[1].address
        assert address == table[name].values.ctypes.data, name


def test_every_call_gives_a_stream_of_its_own(now: attain.Evaluation) -> None:
    first, second = now.__arrow_c_stream__(), now.__arrow_c_stream__(requested_schema=None)
    assert first is not second
    del first, second
    assert pyarrow.table(now) == pyarrow.table(now)


def test_a_stream_outlives_everything_it_came_from(lifts: Callable[..., attain.Programme]) -> None:
    plan = lifts()
    now = attain.evaluate(plan, attain.Ledger([{"indicator": "lifts", "period": "2021-01", "amount": 5}]), as_of="2021-06-30")
    arrow = now.to_arrow()
    del plan, now
    gc.collect()
    assert arrow["reading"].to_pylist() == [5]
    assert arrow["target"].to_pylist() == ["1.1"]


def test_duckdb_queries_results(now: attain.Evaluation) -> None:
    results = now.to_arrow()
    found = duckdb.sql("select target from results where status = 'on_track' order by target").fetchall()
    assert [target for (target,) in found] == sorted(r.id for r in now if r.status == "on_track")


def test_pandas_reads_the_stream_itself(now: attain.Evaluation) -> None:
    frame = pandas.DataFrame.from_arrow(now.targets)
    assert frame["target"].tolist() == now.targets["target"].to_list()


def test_a_column_can_be_taken_out_of_a_batch_and_live_on(now: attain.Evaluation) -> None:
    reader = pyarrow.RecordBatchReader.from_stream(now.targets)
    batch = reader.read_next_batch()
    column = batch.column("attainment")
    wanted = now.targets["attainment"].to_list()
    del batch, reader
    gc.collect()
    assert column.to_pylist() == wanted


# -- every table of the library --------------------------------------------------------------------


def tables_of_the_library(plan: attain.Programme, book: attain.Ledger) -> dict[str, attain.Table]:
    now = attain.evaluate(plan, book, as_of="2021-09-30", method=["time_proportional", "cn_90_80_60"])
    before = attain.evaluate(plan, book, as_of="2021-06-30")
    comparison = attain.compare(before, attain.evaluate(plan, book, as_of="2021-09-30"))
    return {
        "observations": book.table,
        "targets": now.targets,
        "targets at every place": now.target_table(at_places=True),
        "projects": now.projects,
        "disagreements": now.disagreements(),
        "earned value": now.earned_value_table(),
        "changes": attain.Table.from_arrow(comparison),
        "changes of projects": comparison.projects,
    }


@pytest.mark.parametrize("through", [lambda table: table, polars.DataFrame, pyarrow.table, pandas.DataFrame.from_arrow])
def test_every_table_leaves_and_comes_back(plan: attain.Programme, book: attain.Ledger, through: Callable[[attain.Table], Any]) -> None:
    for name, whole in tables_of_the_library(plan, book).items():
        # pandas gives columns in which all is missing a type of its own making
        table = whole.select(*[column for column in whole.columns if any(value is not None for value in whole[column])])
        again = attain.Table.from_arrow(through(table))
        assert again.columns == table.columns, name
        assert again.to_dict() == table.to_dict(), name
    with pytest.raises(TypeError):
        attain.Table.from_arrow([1, 2])
