"""polars: lazy, with integer codes and many threads; the engine sees one query from reports to programmes."""

from __future__ import annotations

import datetime

import polars
from polars import DataFrame, Expr, LazyFrame, col, lit, when

from peers.packing import Packing
from work import TABLES, Kind, Reason, Results, State, Work, day_number

TWO_PERIODS = 62  # rule D2, of months
Frames = tuple[DataFrame, DataFrame, DataFrame]


class PolarsPeer:
    """See `Peer`."""

    compared = TABLES

    def __init__(self, work: Work, threads: int) -> None:
        if polars.thread_pool_size() != threads:
            raise RuntimeError(f"set POLARS_MAX_THREADS to {threads} first")
        self.rows = DataFrame(work.rows)
        self.indicator_texts, self.place_texts = work.indicators, work.places
        self.targets = (
            DataFrame(work.targets)
            .rename({"indicator": "code"})
            .with_columns(
                cell=polars.int_range(polars.len(), dtype=polars.UInt32),
                months=months_between(col("start"), col("due")) + 1,
            )
        )
        ratio = self.targets.filter(col("kind") == Kind.RATIO)
        self.places = len(work.places)
        readers = polars.concat(
            [
                self.targets.select(code="code", place="programme", cell="cell", side=lit(0, polars.UInt32)),
                ratio.select(code=col("code") + 1, place="programme", cell="cell", side=lit(1, polars.UInt32)),
            ]
        )
        # Two slots a target: 2·cell, and 2·cell + 1 for the denominator.
        self.slots = (
            DataFrame({"at": polars.int_range(len(work.indicators) * self.places, dtype=polars.UInt32, eager=True)})
            .join(
                readers.select(at=col("code") * self.places + col("place"), slot=col("cell") * 2 + col("side")),
                on="at",
                how="left",
                maintain_order="left",
            )["slot"]
        )

    def version(self) -> str:
        return f"polars {polars.__version__}"

    def take_texts(self) -> None:
        """Adds the ids as plain strings."""
        self.rows = self.rows.with_columns(
            indicator_id=polars.Series(self.indicator_texts).gather(self.rows["indicator"]),
            place_id=polars.Series(self.place_texts).gather(self.rows["place"]),
        )

    def once(self, day: datetime.date) -> Frames:
        return self.judged(self.added_up(self.entries(self.rows.lazy()), day), day)

    def once_from_texts(self, day: datetime.date) -> Frames:
        indicators = polars.Enum(self.indicator_texts)
        places = polars.Enum(self.place_texts)
        coded = self.rows.lazy().with_columns(
            indicator=col("indicator_id").cast(indicators).to_physical().cast(polars.UInt32),
            place=col("place_id").cast(places).to_physical().cast(polars.UInt32),
        )
        return self.judged(self.added_up(self.entries(coded), day), day)

    def index(self) -> None:
        """Running sums, each valid from its day until the next."""
        level = col("kind") == Kind.LEVEL
        ratio = col("kind") == Kind.RATIO
        sums = col("amount").cum_sum().over("cell") / when(ratio).then(col("asked").cum_sum().over("cell")).otherwise(1.0)
        self.running = (
            self.entries(self.rows.lazy())
            .with_columns(kind=self.kind_of(col("cell")))
            .select(
                "cell",
                "last_day",
                until=when(col("cell") == col("cell").shift(-1)).then(col("last_day").shift(-1)).fill_null(2**31 - 1),
                amount=when(level).then(col("amount")).otherwise(sums),
                days=col("days").cum_sum().over("cell"),
            )
            .collect()
        )

    def again(self, day: datetime.date) -> Frames:
        number = day_number(day)
        totals = (
            self.running.lazy()
            .filter((col("last_day") <= number) & (col("until") > number))
            .select("cell", "amount", "days", data_day="last_day")
        )
        return self.judged(totals, day)

    def columns(self, result: Frames) -> Results:
        return {
            table: {name: frame[name].to_numpy() for name in frame.columns if name != "programme" and name != "project"}
            for table, frame in zip(("target", "project", "programme"), result)
        }

    # -- reports ------------------------------------------------------------------------------------

    def kind_of(self, cell: Expr) -> Expr:
        return lit(self.targets["kind"]).gather(cell)

    def entries(self, rows: LazyFrame) -> LazyFrame:
        """Rules R1 and R7: of each identity the entry recorded last; sides of ratios side by side. By cell, then day."""
        last, length, lag = col("last_day"), col("last_day") - col("first_day"), col("recorded") - col("last_day")
        least = {"day": last.min(), "length": length.min(), "lag": lag.min()}
        most = {"day": last.max(), "length": length.max(), "lag": lag.max()}
        least_of, most_of = (self.rows.select(**bounds).row(0, named=True) for bounds in (least, most))
        packing = Packing(
            cell=len(self.targets) - 1,
            day=most_of["day"] - least_of["day"],
            length=most_of["length"] - least_of["length"],
            side=1,
            lag=most_of["lag"] - least_of["lag"],
            row=len(self.rows) - 1,
        )
        slot = lit(self.slots).gather(col("indicator") * self.places + col("place")).cast(polars.UInt64)

        def placed(name: str, value: Expr) -> Expr:
            return value.cast(polars.UInt64) * (1 << packing.shift[name])

        def taken(name: str) -> Expr:
            return (col("key") // (1 << packing.shift[name])) & packing.most[name]

        key = (
            placed("cell", slot // 2)
            + placed("day", last - least_of["day"])
            + placed("length", length - least_of["length"])
            + placed("side", slot % 2)
            + placed("lag", lag - least_of["lag"])
            + polars.int_range(polars.len(), dtype=polars.UInt64)
        )
        amount = lit(self.rows["amount"])
        identity = col("key") // (1 << packing.shift["side"])
        return (
            rows.select(key=key.sort())
            .filter(identity.ne_missing(identity.shift(-1)))
            .with_columns(cell=taken("cell").cast(polars.UInt32), row=taken("row").cast(polars.UInt32))
            .with_columns(pair=((identity.shift(-1) == identity + 1) & (taken("side") == 0)).fill_null(False), other=col("row").shift(-1))
            .filter(col("pair") | (self.kind_of(col("cell")) != Kind.RATIO))
            .select(
                "cell",
                amount=amount.gather("row"),
                asked=when("pair").then(amount.gather(when("pair").then("other").otherwise("row"))).otherwise(1.0),
                last_day=taken("day").cast(polars.Int32) + least_of["day"],
                days=taken("length").cast(polars.Int32) + least_of["length"] + 1,
            )
            .with_columns(col("cell").set_sorted())
        )

    def added_up(self, entries: LazyFrame, day: datetime.date) -> LazyFrame:
        """Rules R4, R6, R7: sums up to the day, of levels the latest."""
        ratio = self.kind_of(col("cell")) == Kind.RATIO
        level = self.kind_of(col("cell")) == Kind.LEVEL
        return (
            entries.filter(col("last_day") <= day_number(day))
            .group_by("cell", maintain_order=True)
            .agg(
                total=col("amount").sum(),
                asked=col("asked").sum(),
                latest=col("amount").last(),
                days=col("days").sum(),
                data_day=col("last_day").last(),
            )
            .select(
                "cell",
                "days",
                "data_day",
                amount=when(level).then(col("latest")).when(ratio).then(col("total") / col("asked")).otherwise(col("total")),
            )
        )

    # -- judgements ---------------------------------------------------------------------------------

    def judged(self, totals: LazyFrame, day: datetime.date) -> Frames:
        """Rules R8, B, A1, F1, P1, S, N of the targets, then the roll-up."""
        as_of = day_number(day)
        x, b, g = col("amount"), col("baseline"), col("goal")
        level = col("kind") == Kind.LEVEL
        facts = (
            self.targets.lazy()
            .join(totals, on="cell", how="left", maintain_order="left")
            .with_columns(until=polars.min_horizontal(lit(as_of, polars.Int32), "due"), seen=x.is_not_null())
            .with_columns(lag=col("until") - col("data_day"))
            .with_columns(
                started=col("start") <= as_of,
                at_due=col("due") <= as_of,
                readable=(col("seen") & ~(level & (col("lag") > TWO_PERIODS))).fill_null(False),
                covered=when(level).then(1.0).otherwise(col("days") / (col("until") - col("start") + 1)),
            )
            .with_columns(
                late=col("readable") & (col("lag") > TWO_PERIODS).fill_null(False),
                too_little=col("readable") & (col("covered") < 0.6 - 1e-9).fill_null(False),
                complete=(col("covered") >= 1 - 1e-9).fill_null(False),
                reached=col("readable") & (x >= g - 1e-9 * polars.max_horizontal(g.abs(), (g - b).abs())).fill_null(False),
            )
            .with_columns(
                attainment=when("reached").then(polars.max_horizontal((x - b) / (g - b), lit(1.0))).otherwise((x - b) / (g - b)),
                expected=straight(when(col("readable") & ~col("late")).then(col("data_day")).otherwise(col("until"))),
                reading_missing=code(when("readable").then(0).when("seen").then(Reason.STALE).otherwise(Reason.NO_OBSERVATION)),
            )
            .with_columns(
                gap=col("attainment") - col("expected"),
                attainment_missing=code(
                    when(~col("started"))
                    .then(Reason.NOT_STARTED)
                    .when(~col("readable"))
                    .then(col("reading_missing"))
                    .when("too_little")
                    .then(Reason.INCOMPLETE)
                    .otherwise(0)
                ),
                floor_reached=col("reached") & (col("kind") == Kind.INCREMENT),
            )
            .with_columns(
                gap_missing=code(
                    when(col("late") & ~col("attainment_missing").is_between(1, Reason.STALE))
                    .then(Reason.STALE)
                    .otherwise(col("attainment_missing"))
                ),
                covers_due=col("readable") & (col("complete") | col("floor_reached")),
            )
            .with_columns(
                state=code(
                    when(~col("started"))
                    .then(State.NOT_DUE)
                    .when("floor_reached")
                    .then(State.MET)
                    .when(col("at_due") & col("covers_due") & col("reached"))
                    .then(State.MET)
                    .when(col("at_due") & col("covers_due"))
                    .then(State.MISSED)
                    .when(col("at_due") | ~col("readable") | col("late"))
                    .then(State.NONE)
                    .when(col("reached") & col("complete"))
                    .then(State.MET)
                    .when(col("gap_missing") != 0)
                    .then(State.NONE)
                    .otherwise(banded(col("gap")))
                )
            )
            .select(
                "programme",
                "project",
                "due",
                "attainment",
                "attainment_missing",
                "expected",
                "gap",
                "gap_missing",
                "reading_missing",
                "state",
                reading="amount",
                state_missing=code(
                    when(col("state") != State.NONE)
                    .then(0)
                    .when(col("at_due") & col("readable") & ~col("covers_due"))
                    .then(Reason.INCOMPLETE)
                    .otherwise(col("gap_missing"))
                ),
                answered=~col("state").is_in([State.NONE, State.NOT_DUE])
                & ((col("attainment_missing") == 0) | (col("floor_reached") & (col("attainment_missing") == Reason.INCOMPLETE))),
                score=when(col("attainment_missing") == 0).then(col("attainment").clip(0, 1)).otherwise(1.0),
            )
        )
        target = facts.collect()
        answered = col("answered")
        project = (
            target.lazy().group_by("project", maintain_order=True)
            .agg(
                programme=col("programme").first(),
                attainment=col("score").filter(answered).mean(),
                expected=col("expected").filter(answered).mean(),
                answered=answered.mean(),
                due_share=(col("state") != State.NOT_DUE).mean(),
                leaves=polars.len(),
                not_due=(col("state") == State.NOT_DUE).sum(),
                met=(col("state") == State.MET).sum(),
                missed=(col("state") == State.MISSED).sum(),
                failing=col("state").is_in([State.MISSED, State.BEHIND]).any(),
                last_due=col("due").max(),
            )
            .pipe(settled, as_of)
            .with_columns(state=when(col("failing") & (col("state") == State.ON_TRACK)).then(code(lit(State.AT_RISK))).otherwise(col("state")))
            .collect()
        )
        programme = (
            project.lazy().group_by("programme", maintain_order=True)
            .agg(
                col("attainment", "expected").mean(),
                col("answered", "due_share").sum(),
                col("leaves", "not_due", "met", "missed").sum(),
                col("last_due").max(),
            )
            .pipe(settled, as_of)
            .collect()
        )
        return target, project, programme


def code(of: Expr) -> Expr:
    return of.cast(polars.UInt8)


def month_number(day: Expr) -> Expr:
    date = day.cast(polars.Date)
    return date.dt.year().cast(polars.Int32) * 12 + date.dt.month().cast(polars.Int32)


def months_between(start: Expr, end: Expr) -> Expr:
    return month_number(end) - month_number(start)


def straight(day: Expr) -> Expr:
    """Rule F1 for windows of whole months: (full months + day of month/days in month)/months."""
    date = day.cast(polars.Date)
    in_month = date.dt.day() / date.dt.month_end().dt.day()
    return ((months_between(col("start"), day) + in_month) / col("months")).clip(0, 1)


def banded(gap: Expr) -> Expr:
    """Rule S11."""
    return (
        when(gap >= -0.05 - 1e-9 * 0.05).then(State.ON_TRACK).when(gap >= -0.15 - 1e-9 * 0.15).then(State.AT_RISK).otherwise(State.BEHIND)
    )


def settled(nodes: LazyFrame, as_of: int) -> LazyFrame:
    """Coverage, state and reasons of nodes from their means and counts."""
    at_due = col("last_due") <= as_of
    nothing_due = col("not_due") == col("leaves")
    return (
        nodes.with_columns(coverage=when(col("due_share") > 0).then(col("answered") / col("due_share")).otherwise(0.0))
        .with_columns(
            attainment_missing=code(
                when(col("attainment").is_not_null()).then(0).when(nothing_due).then(Reason.NOT_DUE).otherwise(Reason.INCOMPLETE)
            ),
            state=code(
                when(nothing_due)
                .then(State.NOT_DUE)
                .when(col("coverage") < 0.6 - 1e-9)
                .then(State.NONE)
                .when(col("met") == col("leaves"))
                .then(State.MET)
                .when(at_due & (col("missed") == 0))
                .then(State.NONE)
                .when(at_due)
                .then(State.MISSED)
                .otherwise(banded(col("attainment") - col("expected")))
            ),
        )
        .with_columns(state_missing=code(when(col("state") == State.NONE).then(Reason.INCOMPLETE).otherwise(0)))
    )
