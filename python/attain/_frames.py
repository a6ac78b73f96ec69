"""Tables as arrays and data frames. Their libraries are imported when they are asked for, never with the package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attain.errors import needs

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow
    from numpy.typing import NDArray

    from attain._core import Column, Table


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
