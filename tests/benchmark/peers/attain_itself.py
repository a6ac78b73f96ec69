"""attain in Python, as the others: Arrow in, frames out (W5)."""

from __future__ import annotations

import datetime

import attain
import numpy
import polars
from attain import Evaluation, Ledger, Portfolio, Programme

from work import Array, Results, State, Work

ANSWERS = ("reading", "attainment", "expected", "gap", "status", "reason")


class AttainItself:
    """See `Peer`."""

    def __init__(self, work: Work, threads: int) -> None:
        self.threads = threads
        self.work = work
        plans = sorted((work.folder / "plans").iterdir(), key=lambda file: int(file.stem))
        self.plan = Portfolio([Programme.from_json(file.read_text("utf-8")) for file in plans])
        self.rows = polars.DataFrame(work.rows).select(
            indicator=polars.col("indicator").cat.to(polars.Enum(work.indicators)),
            place=polars.col("place").cat.to(polars.Enum(work.places)),
            start=polars.col("first_day").cast(polars.Date),
            end=polars.col("last_day").cast(polars.Date),
            recorded=polars.col("recorded").cast(polars.Date),
            amount=polars.col("amount"),
        )

    def version(self) -> str:
        return f"attain {attain.__version__}"

    def take_texts(self) -> None:
        """Has the ids as plain strings instead."""
        self.rows = self.rows.with_columns(polars.col("indicator", "place").cast(polars.String))

    def once(self, day: datetime.date) -> polars.DataFrame:
        return self.results(Ledger.from_arrow(self.rows), day)

    def once_from_texts(self, day: datetime.date) -> polars.DataFrame:
        return self.once(day)

    def index(self) -> None:
        """A ledger, and what it means to the plan."""
        self.book = Ledger.from_arrow(self.rows)
        attain.evaluate(self.plan, self.book, as_of=self.work.days[-1], threads=self.threads)

    def again(self, day: datetime.date) -> polars.DataFrame:
        return self.results(self.book, day)

    def results(self, book: Ledger, day: datetime.date) -> polars.DataFrame:
        now: Evaluation = attain.evaluate(self.plan, book, as_of=day, threads=self.threads)
        return polars.DataFrame(now.target_table(columns=ANSWERS))

    def columns(self, result: polars.DataFrame) -> Results:
        raise NotImplementedError
