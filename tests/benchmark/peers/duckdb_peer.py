"""duckdb: SQL over Arrow columns, in memory, with many threads."""

from __future__ import annotations

import datetime

import duckdb
import numpy
import pyarrow

from work import TABLES, Kind, Reason, Results, State, Work, day_number

Tables = tuple[pyarrow.Table, pyarrow.Table, pyarrow.Table]

# Rules R1 and R7: of each identity the entry recorded last, sides of ratios side by side. A period is one number: its last day, counted
# from 1900, and in the lower six bits its days.
ENTRIES = f"""
    SELECT key >> 23 AS reader, ((key >> 6) & 131071)::INTEGER - 25567 AS last_day, (key & 63)::INTEGER AS days, amount, asked, kind
    FROM (
        SELECT
            ((place::BIGINT * 65536 + first_code) << 23) | ((last_day + 25567)::BIGINT << 6) | (last_day - first_day + 1) AS key,
            arg_max(amount, recorded) FILTER (side = 0) AS amount,
            arg_max(amount, recorded) FILTER (side = 1) AS asked,
            any_value(kind) AS kind
        FROM {{rows}} JOIN readers USING (indicator)
        GROUP BY key
    )
    WHERE kind <> {Kind.RATIO:d} OR (amount IS NOT NULL AND asked IS NOT NULL)
"""

# Rules R4, R6, R7: sums up to the day, of levels the latest.
TOTALS = f"""
    SELECT
        reader,
        CASE any_value(kind)
            WHEN {Kind.LEVEL:d} THEN arg_max(amount, last_day)
            WHEN {Kind.RATIO:d} THEN sum(amount) / sum(asked)
            ELSE sum(amount)
        END AS amount,
        sum(days) AS days,
        max(last_day) AS data_day
    FROM ({{entries}})
    WHERE last_day <= {{day}}
    GROUP BY reader
"""

# The same as running sums, each valid from its day until the next.
RUNNING = f"""
    SELECT
        reader,
        last_day,
        lead(last_day, 1, 2147483647) OVER reports AS until,
        CASE kind
            WHEN {Kind.LEVEL:d} THEN amount
            WHEN {Kind.RATIO:d} THEN sum(amount) OVER reports / sum(asked) OVER reports
            ELSE sum(amount) OVER reports
        END AS amount,
        sum(days) OVER reports AS days
    FROM ({{entries}})
    WINDOW reports AS (PARTITION BY reader ORDER BY last_day)
    ORDER BY reader, last_day
"""

AS_OF = "SELECT reader, amount, days, last_day AS data_day FROM running WHERE last_day <= {day} AND until > {day}"

BANDS = f"""
    CASE
        WHEN {{gap}} >= -0.05 - 1e-9 * 0.05 THEN {State.ON_TRACK:d}
        WHEN {{gap}} >= -0.15 - 1e-9 * 0.15 THEN {State.AT_RISK:d}
        ELSE {State.BEHIND:d}
    END
"""

# Rules R8, B, A1, F1, P1, S and N, in layers so that nothing is computed twice.
FACTS = f"""
    SELECT *, CASE WHEN state <> {State.NONE:d} THEN 0 WHEN lacks_data THEN {Reason.INCOMPLETE:d} ELSE gap_missing END AS state_missing,
        state NOT IN ({State.NONE:d}, {State.NOT_DUE:d})
            AND (attainment_missing = 0 OR (floor_reached AND attainment_missing = {Reason.INCOMPLETE:d})) AS answered,
        CASE WHEN attainment_missing = 0 THEN greatest(0, least(1, attainment)) ELSE 1 END AS score
    FROM (
        SELECT cell, project, programme, due, reading, reading_missing, attainment, attainment_missing, expected, gap, gap_missing,
            floor_reached, at_due AND readable AND NOT covers_due AS lacks_data,
            CASE
                WHEN NOT started THEN {State.NOT_DUE:d}
                WHEN floor_reached THEN {State.MET:d}
                WHEN at_due AND covers_due AND reached THEN {State.MET:d}
                WHEN at_due AND covers_due THEN {State.MISSED:d}
                WHEN at_due OR NOT readable OR late THEN {State.NONE:d}
                WHEN reached AND complete THEN {State.MET:d}
                WHEN gap_missing <> 0 THEN {State.NONE:d}
                ELSE {BANDS.format(gap="gap")}
            END AS state
        FROM (
            SELECT *, attainment - expected AS gap, readable AND (complete OR floor_reached) AS covers_due,
                CASE
                    WHEN late AND NOT attainment_missing BETWEEN 1 AND {Reason.STALE:d} THEN {Reason.STALE:d}
                    ELSE attainment_missing
                END AS gap_missing
            FROM (
                SELECT *,
                    CASE WHEN reached THEN greatest(way, 1) ELSE way END AS attainment,
                    reached AND kind = {Kind.INCREMENT:d} AS floor_reached,
                    greatest(0, least(1, (month_of(pace_day) - start_month + share_of_month(pace_day)) / months)) AS expected,
                    CASE
                        WHEN NOT started THEN {Reason.NOT_STARTED:d}
                        WHEN NOT readable THEN reading_missing
                        WHEN covered < 0.6 - 1e-9 THEN {Reason.INCOMPLETE:d}
                        ELSE 0
                    END AS attainment_missing
                FROM (
                    SELECT *, readable AND is_old AS late, covered >= 1 - 1e-9 AS complete,
                        readable AND reading >= goal - 1e-9 * greatest(abs(goal), abs(goal - baseline)) AS reached,
                        DATE '1970-01-01' + CASE WHEN readable AND NOT is_old THEN data_day ELSE until END AS pace_day,
                        CASE WHEN readable THEN 0 WHEN seen THEN {Reason.STALE:d} ELSE {Reason.NO_OBSERVATION:d} END AS reading_missing
                    FROM (
                        SELECT *, amount AS reading, amount IS NOT NULL AS seen, start <= {{day}} AS started, due <= {{day}} AS at_due,
                            least({{day}}, due) AS until, (amount - baseline) / (goal - baseline) AS way,
                            coalesce(least({{day}}, due) - data_day > 62, false) AS is_old,
                            amount IS NOT NULL AND NOT (kind = {Kind.LEVEL:d} AND least({{day}}, due) - data_day > 62) AS readable,
                            CASE
                                WHEN kind = {Kind.LEVEL:d} THEN 1.0
                                ELSE coalesce(days, 0) / (least({{day}}, due) - start + 1)::DOUBLE
                            END AS covered
                        FROM targets LEFT JOIN ({{totals}}) USING (reader)
                    )
                )
            )
        )
    )
"""

NODE = f"""
        CASE WHEN due_share > 0 THEN answered / due_share ELSE 0 END AS coverage,
        CASE
            WHEN attainment IS NOT NULL THEN 0 WHEN not_due = leaves THEN {Reason.NOT_DUE:d} ELSE {Reason.INCOMPLETE:d}
        END AS attainment_missing,
        CASE
            WHEN not_due = leaves THEN {State.NOT_DUE:d}
            WHEN coverage < 0.6 - 1e-9 THEN {State.NONE:d}
            WHEN met = leaves THEN {State.MET:d}
            WHEN last_due <= {{day}} AND missed = 0 THEN {State.NONE:d}
            WHEN last_due <= {{day}} THEN {State.MISSED:d}
            ELSE {BANDS.format(gap="attainment - expected")}
        END AS uncapped,
        CASE WHEN failing AND uncapped = {State.ON_TRACK:d} THEN {State.AT_RISK:d} ELSE uncapped END AS state,
        CASE WHEN state = {State.NONE:d} THEN {Reason.INCOMPLETE:d} ELSE 0 END AS state_missing
"""

PROJECTS = f"""
    SELECT *, {NODE}
    FROM (
        SELECT
            project,
            any_value(programme) AS programme,
            avg(score) FILTER (answered) AS attainment,
            avg(expected) FILTER (answered) AS expected,
            avg(answered::INTEGER) AS answered,
            avg((state <> {State.NOT_DUE:d})::INTEGER) AS due_share,
            count(*) AS leaves,
            count(*) FILTER (state = {State.NOT_DUE:d}) AS not_due,
            count(*) FILTER (state = {State.MET:d}) AS met,
            count(*) FILTER (state = {State.MISSED:d}) AS missed,
            bool_or(state IN ({State.MISSED:d}, {State.BEHIND:d})) AS failing,
            max(due) AS last_due
        FROM target
        GROUP BY project
    )
"""

PROGRAMMES = f"""
    SELECT *, {NODE}
    FROM (
        SELECT
            programme,
            avg(attainment) AS attainment,
            avg(expected) AS expected,
            sum(answered) AS answered,
            sum(due_share) AS due_share,
            sum(leaves) AS leaves,
            sum(not_due) AS not_due,
            sum(met) AS met,
            sum(missed) AS missed,
            false AS failing,
            max(last_due) AS last_due
        FROM project
        GROUP BY programme
    )
"""

CODED = "rows"
TEXTS = "(SELECT * FROM rows JOIN indicators USING (indicator_id) JOIN places USING (place_id))"


class DuckdbPeer:
    """See `Peer`."""

    compared = TABLES

    def __init__(self, work: Work, threads: int) -> None:
        self.con = duckdb.connect(config={"threads": threads, "preserve_insertion_order": "false"})
        self.work = work
        self.con.register("rows", pyarrow.table(work.rows))
        self.con.register("all_targets", pyarrow.table({**work.targets, "cell": numpy.arange(len(work.targets["kind"]))}))
        self.con.execute("CREATE MACRO month_of(d) AS year(d) * 12 + month(d)")
        self.con.execute("CREATE MACRO share_of_month(d) AS day(d) / day(last_day(d))::DOUBLE")
        self.con.execute("""
            CREATE TABLE targets AS
            SELECT
                * EXCLUDE (indicator),
                (programme::BIGINT * 65536 + indicator) AS reader,
                month_of(DATE '1970-01-01' + start) AS start_month,
                month_of(DATE '1970-01-01' + due) - start_month + 1 AS months
            FROM all_targets
        """)
        self.con.execute(f"""
            CREATE TABLE readers AS
            SELECT DISTINCT indicator, indicator AS first_code, 0 AS side, kind FROM all_targets
            UNION ALL
            SELECT DISTINCT indicator + 1, indicator, 1, kind FROM all_targets WHERE kind = {Kind.RATIO:d}
        """)

    def version(self) -> str:
        return f"duckdb {duckdb.__version__}"

    def take_texts(self) -> None:
        """Has the ids as plain strings instead."""
        texts = {"indicator": pyarrow.array(self.work.indicators), "place": pyarrow.array(self.work.places)}
        rows = pyarrow.table(self.work.rows)
        for name, of_codes in texts.items():
            rows = rows.append_column(f"{name}_id", of_codes.take(rows[name]))
            codes = numpy.arange(len(of_codes), dtype=numpy.uint32)
            self.con.register(f"{name}s", pyarrow.table({f"{name}_id": of_codes, name: codes}))
        self.con.register("rows", rows.drop_columns(["indicator", "place"]))

    def once(self, day: datetime.date) -> Tables:
        return self.judged(TOTALS.format(entries=ENTRIES.format(rows=CODED), day=day_number(day)), day)

    def once_from_texts(self, day: datetime.date) -> Tables:
        return self.judged(TOTALS.format(entries=ENTRIES.format(rows=TEXTS), day=day_number(day)), day)

    def index(self) -> None:
        """Running sums, each valid from its day until the next."""
        self.con.execute("CREATE OR REPLACE TABLE running AS " + RUNNING.format(entries=ENTRIES.format(rows=CODED)))

    def again(self, day: datetime.date) -> Tables:
        return self.judged(AS_OF.format(day=day_number(day)), day)

    def columns(self, result: Tables) -> Results:
        results: Results = {}
        for table, key, frame in zip(("target", "project", "programme"), ("cell", "project", "programme"), result):
            order = numpy.argsort(frame[key].to_numpy())
            results[table] = {name: frame[name].to_numpy()[order] for name in frame.column_names}
        return results

    def judged(self, totals: str, day: datetime.date) -> Tables:
        """The targets, then the roll-up (rules U1, U2, U5, U6 and the nodes of section S)."""
        number = day_number(day)
        target = self.query(FACTS.format(totals=totals, day=number))
        self.con.register("target", target)
        project = self.query(PROJECTS.format(day=number))
        self.con.register("project", project)
        return target, project, self.query(PROGRAMMES.format(day=number))

    def query(self, sql: str) -> pyarrow.Table:
        return self.con.sql(sql).to_arrow_table()
