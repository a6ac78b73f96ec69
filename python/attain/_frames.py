"""Tables as arrays and data frames. Their libraries are imported when they are asked for, never with the package."""

from __future__ import annotations

import datetime
import numbers
import sys
from typing import TYPE_CHECKING, Any

from attain import _core
from attain.errors import InvalidInput, needs

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow
    from numpy.typing import NDArray

    from attain._core import Column, Table


def as_observations(table: object) -> object:
    """A table as its Arrow stream is read. Of a pandas frame the row labels that have no name are left out, periods become their days, and a column
    that mixes text and numbers is refused: an amount of 60 in % is not the text "60"."""
    pandas = sys.modules.get("pandas")
    if pandas is None or not isinstance(table, pandas.DataFrame):
        return table
    frame = table.reset_index(drop=True) if all(name is None for name in table.index.names) else table.copy(deep=False)
    for name in frame.columns:
        column = frame[name]
        if not isinstance(column, pandas.Series):
            continue  # one of two columns of one name, which the reader refuses
        if isinstance(column.dtype, pandas.PeriodDtype):
            frame[name] = column.map(_days_of, na_action="ignore").astype("string")
        elif column.dtype == object and pandas.api.types.infer_dtype(column) in ("mixed", "mixed-integer"):
            _refuse_a_mixture(str(name), column)
    return frame


def _days_of(period: pandas.Period) -> str:
    return f"{period.start_time:%Y-%m-%d}/{period.end_time:%Y-%m-%d}"


def _refuse_a_mixture(name: str, column: pandas.Series[Any]) -> None:
    kinds = {_kind_of(value) for value in column.dropna()}
    if len(kinds) < 2:
        return
    finding = _core.Finding(
        code="wrong_type",
        message="the column mixes values of several types",
        where=name,
        text=", ".join(sorted(kinds)),
        expected="values of one type: numbers as they are held, or text as it is read in the unit",
    )
    raise InvalidInput(str(finding), (finding,))


def _kind_of(value: object) -> str:
    if isinstance(value, str):
        return "text"
    if isinstance(value, bool):
        return "flag"
    if isinstance(value, numbers.Number):
        return "number"
    return "day" if isinstance(value, datetime.date) else type(value).__name__


def column_to_numpy(column: Column) -> NDArray[Any]:
    import numpy

    values, missing = column.values, column.missing
    if column.kind == "day":
        days: NDArray[Any] = values.astype("datetime64[D]")
        if missing is not None:
            days[missing] = numpy.datetime64("NaT")
        return days
    if column.kind == "word":
        words = numpy.array([*column.words, None], dtype=object)
        return words[values] if missing is None else words[numpy.where(missing, -1, values)]
    if missing is None:
        return values
    if column.kind == "flag":
        return numpy.where(missing, None, values)  # type: ignore[call-overload, no-any-return, unused-ignore]
    return numpy.where(missing, numpy.nan, values)


def column_to_array(column: Column, dtype: Any, copy: Any) -> NDArray[Any]:
    import numpy

    if copy is False and column.missing is not None:
        raise ValueError(f"column {column.name!r} misses values: an array of it is a copy")
    array = column_to_numpy(column)
    return numpy.array(array, dtype=dtype) if copy else numpy.asarray(array, dtype=dtype)


def to_arrow(table: Table) -> pyarrow.Table:
    with needs("pyarrow", "arrow"):
        import pyarrow

    return pyarrow.table(table)


def to_polars(table: Table) -> polars.DataFrame:
    with needs("polars", "polars"):
        import polars

    return polars.DataFrame(table)


def to_pandas(table: Table) -> pandas.DataFrame:
    import numpy

    with needs("pandas", "pandas"):
        import pandas

    columns: dict[str, Any] = {}
    for name in table.columns:
        column = table[name]
        if column.kind == "word":
            codes = column.values if column.missing is None else numpy.where(column.missing, -1, column.values)
            columns[name] = pandas.Categorical.from_codes(codes, categories=column.words)
        else:
            columns[name] = column_to_numpy(column)
    return pandas.DataFrame(columns, copy=False)
