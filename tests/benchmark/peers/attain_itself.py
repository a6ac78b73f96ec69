"""attain in Python, as the others: Arrow in, frames out (W5)."""

from __future__ import annotations

import datetime

import attain
import polars
from attain import Ledger, Portfolio, Programme

from work import Array, Columns, Reason, Results, State, Work

Frames = tuple[polars.DataFrame, polars.DataFrame]

NUMBERS = ("reading", "attainment", "expected", "gap")
NODE_NUMBERS = ("attainment", "expected", "coverage")


class AttainItself:
    """See `Peer`."""

    compared = {
        "target": (*NUMBERS, "state", "state_missing"),
        "project": (*NODE_NUMBERS, "state", "state_missing"),
        "programme": (*NODE_NUMBERS, "state", "state_missing"),
    }

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

    def once(self, day: datetime.date) -> Frames:
        return self.results(Ledger.from_arrow(self.rows, threads=self.threads), day)

    def once_from_texts(self, day: datetime.date) -> Frames:
        return self.once(day)

    def index(self) -> None:
        """A ledger, and what it means to the plan."""
        self.book = Ledger.from_arrow(self.rows, threads=self.threads)
        attain.evaluate(self.plan, self.book, as_of=self.work.days[-1], threads=self.threads)

    def again(self, day: datetime.date) -> Frames:
        return self.results(self.book, day)

    def results(self, book: Ledger, day: datetime.date) -> Frames:
        now = attain.evaluate(self.plan, book, as_of=day, threads=self.threads)
        return polars.DataFrame(now.target_table(columns=[*NUMBERS, "status", "reason"])), polars.DataFrame(now.projects)

    def columns(self, result: Frames) -> Results:
        targets, nodes = result
        is_root = polars.col("project").is_null()
        return {
            "target": coded(targets, NUMBERS),
            "project": coded(nodes.filter(~is_root), NODE_NUMBERS),
            "programme": coded(nodes.filter(is_root), NODE_NUMBERS),
        }


def coded(frame: polars.DataFrame, numbers: tuple[str, ...]) -> Columns:
    """Numbers with NaN where there is none, and the codes of statuses and reasons."""
    columns: Columns = {name: frame[name].to_numpy() for name in numbers}
    columns["state"] = codes(frame["status"], {state.name.lower(): state for state in State}, State.NONE)
    columns["state_missing"] = codes(frame["reason"], {reason.name.lower(): reason for reason in Reason}, Reason.ANSWER)
    return columns


def codes(words: polars.Series, of: dict[str, int], otherwise: int) -> Array:
    result: Array = words.cast(polars.String).replace_strict(of, default=None, return_dtype=polars.UInt8).fill_null(otherwise).to_numpy()
    return result
