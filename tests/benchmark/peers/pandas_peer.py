"""pandas, as one writes it who knows NumPy: one sort of packed keys, segments, no Python objects. It has one thread."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas
from numpy.typing import NDArray

from peers.packing import Packing
from work import TABLES, Array, Columns, Kind, Reason, Results, State, Work, day_number

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Days = NDArray[np.int32]
Flags = NDArray[np.bool_]
Codes = NDArray[np.uint8]

TWO_PERIODS = 62  # rule D2, of months


@dataclass
class Entries:
    """Standing entries by cell, then day; of ratios only periods that both sides have."""

    cell: Ints
    last_day: Days
    days: Days
    amount: Floats
    asked: Floats  # the denominator; 1 where there is none


@dataclass
class Totals:
    """What each cell has as of a day; data_day is meaningless where nothing is seen."""

    seen: Flags
    amount: Floats
    covered_days: Floats
    data_day: Ints


class PandasPeer:
    """See `Peer`."""

    compared = TABLES

    def __init__(self, work: Work, threads: int) -> None:
        self.rows = pandas.DataFrame(work.rows)
        t = work.targets
        self.kind = t["kind"]
        self.start = t["start"].astype(np.int64)
        self.due = t["due"].astype(np.int64)
        self.baseline = t["baseline"].astype(np.float64)
        self.goal = t["goal"].astype(np.float64)
        self.is_level = self.kind == Kind.LEVEL
        self.is_increment = self.kind == Kind.INCREMENT
        self.is_ratio = self.kind == Kind.RATIO
        self.targets = t
        self.cells = len(self.kind)
        self.places = len(work.places)
        self.indicator_texts, self.place_texts = work.indicators, work.places
        self.tree = Tree(t)

    def version(self) -> str:
        return f"pandas {pandas.__version__}, numpy {np.__version__}"

    def take_texts(self) -> None:
        """Adds the ids as plain strings."""
        self.rows["indicator_id"] = pandas.Series(self.indicator_texts, dtype="str").take(self.rows["indicator"].to_numpy()).array
        self.rows["place_id"] = pandas.Series(self.place_texts, dtype="str").take(self.rows["place"].to_numpy()).array

    def once(self, day: datetime.date) -> dict[str, pandas.DataFrame]:
        return self.judged(self.added_up(self.entries(self.rows["indicator"].to_numpy(), self.rows["place"].to_numpy()), day), day)

    def once_from_texts(self, day: datetime.date) -> dict[str, pandas.DataFrame]:
        indicator = pandas.Index(self.indicator_texts, dtype="str").get_indexer(pandas.Index(self.rows["indicator_id"]))
        place = pandas.Index(self.place_texts, dtype="str").get_indexer(pandas.Index(self.rows["place_id"]))
        return self.judged(self.added_up(self.entries(indicator, place), day), day)

    def index(self) -> None:
        """Running sums, each valid from its day until the next."""
        e = self.entries(self.rows["indicator"].to_numpy(), self.rows["place"].to_numpy())
        by_cell = pandas.DataFrame({"amount": e.amount, "asked": e.asked, "days": e.days}).groupby(e.cell, sort=False)
        sums = by_cell.cumsum()
        ends = np.append(e.cell[1:] != e.cell[:-1], True)
        self.valid_until = np.where(ends, np.iinfo(np.int32).max, np.append(e.last_day[1:], 0)).astype(np.int32)
        self.valid_from = e.last_day
        self.running_cell = e.cell.astype(np.int32)
        level = self.is_level[e.cell]
        self.running_amount = np.where(level, e.amount, sums["amount"].to_numpy() / np.where(self.is_ratio[e.cell], sums["asked"].to_numpy(), 1))
        self.running_days = sums["days"].to_numpy().astype(np.int32)

    def again(self, day: datetime.date) -> dict[str, pandas.DataFrame]:
        number = day_number(day)
        at = np.flatnonzero((self.valid_from <= number) & (number < self.valid_until))
        cell = self.running_cell[at]
        totals = self.nothing()
        totals.seen[cell] = True
        totals.amount[cell] = self.running_amount[at]
        totals.covered_days[cell] = self.running_days[at]
        totals.data_day[cell] = self.valid_from[at]
        return self.judged(totals, day)

    def columns(self, result: dict[str, pandas.DataFrame]) -> Results:
        return {table: {name: frame[name].to_numpy() for name in frame.columns} for table, frame in result.items()}

    # -- reports ------------------------------------------------------------------------------------

    def entries(self, indicator: Array, place: Array) -> Entries:
        """Rules R1 and R7: of each identity the entry recorded last; sides of ratios side by side."""
        slots = np.full((int(self.targets["indicator"].max()) + 2) * self.places, -1, dtype=np.int64)
        mine = self.targets["indicator"].astype(np.int64) * self.places + self.targets["programme"]
        slots[mine] = np.arange(self.cells)
        slots[mine[self.is_ratio] + self.places] = np.flatnonzero(self.is_ratio)
        sides = np.zeros(len(slots), dtype=np.int64)
        sides[mine[self.is_ratio] + self.places] = 1

        last = self.rows["last_day"].to_numpy()
        length = last - self.rows["first_day"].to_numpy()
        lag = self.rows["recorded"].to_numpy() - last
        eldest, shortest, least_lag = last.min(), length.min(), lag.min()
        packing = Packing(
            cell=self.cells - 1,
            day=int(last.max() - eldest),
            length=int(length.max() - shortest),
            side=1,
            lag=int(lag.max() - least_lag),
            row=len(last) - 1,
        )
        code = indicator.astype(np.int64) * self.places + place
        keys = np.arange(len(last), dtype=np.uint64)
        for name, values in (
            ("cell", slots[code]),
            ("day", last - eldest),
            ("length", length - shortest),
            ("side", sides[code]),
            ("lag", lag - least_lag),
        ):
            keys |= values.astype(np.uint64) << np.uint64(packing.shift[name])
        keys.sort()

        identity = keys >> np.uint64(packing.shift["side"])
        stands = np.append(identity[1:] != identity[:-1], True)
        row = (keys[stands] & np.uint64(packing.most["row"])).astype(np.int64)
        identity = identity[stands]
        cell = (identity >> np.uint64(packing.shift["cell"] - packing.shift["side"])).astype(np.int64)
        ratio = self.is_ratio[cell]
        both = np.append(identity[1:] == identity[:-1] + np.uint64(1), False) & ((identity & np.uint64(1)) == 0)
        used = np.flatnonzero(~ratio | both)
        amount = self.rows["amount"].to_numpy()
        asked = np.ones(len(used))
        pairs = ratio[used]
        asked[pairs] = amount[row[used[pairs] + 1]]
        row = row[used]
        return Entries(cell=cell[used], last_day=last[row], days=length[row] + 1, amount=amount[row], asked=asked)

    def added_up(self, e: Entries, day: datetime.date) -> Totals:
        """Rules R4, R6, R7: sums up to the day, of levels the latest."""
        number = day_number(day)
        if e.last_day.max(initial=0) > number:
            known = e.last_day <= number
            e = Entries(e.cell[known], e.last_day[known], e.days[known], e.amount[known], e.asked[known])
        begin = np.flatnonzero(np.append(True, e.cell[1:] != e.cell[:-1]))
        end = np.append(begin[1:], len(e.cell)) - 1
        cell = e.cell[begin]
        sums = np.add.reduceat(e.amount, begin) / np.where(self.is_ratio[cell], np.add.reduceat(e.asked, begin), 1)
        totals = self.nothing()
        totals.seen[cell] = True
        totals.amount[cell] = np.where(self.is_level[cell], e.amount[end], sums)
        totals.covered_days[cell] = np.add.reduceat(e.days, begin)
        totals.data_day[cell] = e.last_day[end]
        return totals

    def nothing(self) -> Totals:
        return Totals(
            seen=np.zeros(self.cells, dtype=np.bool_),
            amount=np.zeros(self.cells),
            covered_days=np.zeros(self.cells),
            data_day=np.zeros(self.cells, dtype=np.int64),
        )

    # -- judgements ---------------------------------------------------------------------------------

    def judged(self, totals: Totals, day: datetime.date) -> dict[str, pandas.DataFrame]:
        """Rules R8, B, A1, F1, P1, S, N of the targets, then the roll-up."""
        as_of = day_number(day)
        until = np.minimum(as_of, self.due)
        started = as_of >= self.start
        at_due = as_of >= self.due
        lag = until - totals.data_day
        readable = totals.seen & ~(self.is_level & (lag > TWO_PERIODS))
        late = readable & (lag > TWO_PERIODS)
        covered = np.where(self.is_level, 1.0, totals.covered_days / np.maximum(until - self.start + 1, 1))
        too_little = readable & (covered < 0.6 - 1e-9)
        complete = covered >= 1 - 1e-9
        x, b, g = totals.amount, self.baseline, self.goal
        reached = readable & (x >= g - 1e-9 * np.maximum(np.abs(g), np.abs(g - b)))

        attainment = (x - b) / (g - b)
        np.maximum(attainment, 1.0, out=attainment, where=reached)
        expected = straight(np.where(readable & ~late, totals.data_day, until), self.start, self.due)
        gap = attainment - expected

        reading_why = np.where(readable, 0, np.where(totals.seen, Reason.STALE, Reason.NO_OBSERVATION)).astype(np.uint8)
        why = np.where(started, np.where(readable, np.where(too_little, Reason.INCOMPLETE, 0), reading_why), Reason.NOT_STARTED)
        why = why.astype(np.uint8)
        gap_why = np.where(late & ((why == 0) | (why > Reason.STALE)), Reason.STALE, why).astype(np.uint8)

        floor_reached = reached & self.is_increment
        covers_due = readable & (complete | floor_reached)
        bands = banded(gap)
        state = np.select(
            [~started, floor_reached, at_due & covers_due & reached, at_due & covers_due, at_due | ~readable | late, reached & complete, gap_why != 0],
            [State.NOT_DUE, State.MET, State.MET, State.MISSED, State.NONE, State.MET, State.NONE],
            bands,
        ).astype(np.uint8)
        none = state == State.NONE
        lacks_data = at_due & readable & ~covers_due
        state_why = np.where(none, np.where(lacks_data, Reason.INCOMPLETE, gap_why), 0).astype(np.uint8)

        proven = floor_reached & (why == Reason.INCOMPLETE)
        score = np.where(why == 0, np.clip(attainment, 0, 1), 1.0)
        answered = ~none & (state != State.NOT_DUE) & ((why == 0) | proven)
        return {
            "target": pandas.DataFrame(
                {
                    "reading": x,
                    "reading_missing": reading_why,
                    "attainment": attainment,
                    "attainment_missing": why,
                    "expected": expected,
                    "gap": gap,
                    "gap_missing": gap_why,
                    "state": state,
                    "state_missing": state_why,
                },
                copy=False,
            ),
            **self.tree.rolled_up(state, answered, score, expected, self.due, as_of),
        }


def straight(day: Ints, start: Ints, due: Ints) -> Floats:
    """Rule F1 for windows of whole months: (full months + day of month/days in month)/months."""
    first = int(min(day.min(), start.min()))
    calendar = np.arange(first, int(max(day.max(), due.max())) + 1).astype("datetime64[D]")
    month = calendar.astype("datetime64[M]")
    month_number = month.astype(np.int64)
    begin = month.astype("datetime64[D]")
    length = ((month + 1).astype("datetime64[D]") - begin).astype(np.int64)
    at_close = month_number + ((calendar - begin).astype(np.int64) + 1) / length  # months since 1970 at the close of each day
    since = at_close[day - first] - month_number[start - first]
    months = month_number[due - first] + 1 - month_number[start - first]
    result: Floats = np.clip(since / months, 0, 1)
    return result


def banded(gap: Floats) -> Codes:
    """Rule S11."""
    on_track = gap >= -0.05 - 1e-9 * 0.05
    at_risk = gap >= -0.15 - 1e-9 * 0.15
    return np.where(on_track, State.ON_TRACK, np.where(at_risk, State.AT_RISK, State.BEHIND)).astype(np.uint8)


class Tree:
    """Targets lie by project, projects by programme: sums are over segments."""

    def __init__(self, targets: Columns) -> None:
        project = targets["project"]
        self.first_target = np.flatnonzero(np.append(True, project[1:] != project[:-1]))
        self.targets_of = np.diff(np.append(self.first_target, len(project)))
        programme = targets["programme"][self.first_target]
        self.first_project = np.flatnonzero(np.append(True, programme[1:] != programme[:-1]))
        self.projects_of = np.diff(np.append(self.first_project, len(programme)))

    def rolled_up(self, state: Codes, answered: Flags, score: Floats, expected: Floats, due: Ints, as_of: int) -> dict[str, pandas.DataFrame]:
        """Rules U1, U2, U5, U6 and the nodes of section S."""

        def of_targets(values: Any, dtype: Any = np.int64) -> Any:
            return np.add.reduceat(values, self.first_target, dtype=dtype)

        def of_projects(values: Any, dtype: Any = np.int64) -> Any:
            return np.add.reduceat(values, self.first_project, dtype=dtype)

        known = of_targets(answered)
        not_due = of_targets(state == State.NOT_DUE)
        met = of_targets(state == State.MET)
        missed = of_targets(state == State.MISSED)
        failing = missed + of_targets(state == State.BEHIND)
        last_due = np.maximum.reduceat(due, self.first_target)
        mean = known > 0
        share = np.maximum(known, 1)
        project = {
            "attainment": of_targets(np.where(answered, score, 0), np.float64) / share,
            "expected": of_targets(np.where(answered, expected, 0), np.float64) / share,
        }
        answered_share = known / self.targets_of
        due_share = (self.targets_of - not_due) / self.targets_of
        settle(project, mean, answered_share, due_share, self.targets_of, not_due, met, missed, as_of >= last_due)
        capped = (failing > 0) & (project["state"] == State.ON_TRACK)
        project["state"][capped] = State.AT_RISK

        share = np.maximum(of_projects(mean), 1)
        programme = {
            "attainment": of_projects(np.where(mean, project["attainment"], 0), np.float64) / share,
            "expected": of_projects(np.where(mean, project["expected"], 0), np.float64) / share,
        }
        settle(
            programme,
            of_projects(mean) > 0,
            of_projects(answered_share, np.float64),
            of_projects(due_share, np.float64),
            of_projects(self.targets_of),
            of_projects(not_due),
            of_projects(met),
            of_projects(missed),
            as_of >= np.maximum.reduceat(last_due, self.first_project),
        )
        return {"project": pandas.DataFrame(project), "programme": pandas.DataFrame(programme)}


def settle(
    node: dict[str, Any], mean: Flags, answered: Floats, due: Floats, leaves: Ints, not_due: Ints, met: Ints, missed: Ints, at_due: Flags
) -> None:
    """Adds coverage, state and reasons to the means of nodes."""
    nothing_due = not_due == leaves
    coverage = np.divide(answered, due, out=np.zeros(len(due)), where=due > 0)
    state = np.select(
        [nothing_due, coverage < 0.6 - 1e-9, met == leaves, at_due & (missed == 0), at_due],
        [State.NOT_DUE, State.NONE, State.MET, State.NONE, State.MISSED],
        banded(node["attainment"] - node["expected"]),
    ).astype(np.uint8)
    node["coverage"] = coverage
    node["attainment_missing"] = np.where(mean, 0, np.where(nothing_due, Reason.NOT_DUE, Reason.INCOMPLETE)).astype(np.uint8)
    node["state"] = state
    node["state_missing"] = np.where(state == State.NONE, Reason.INCOMPLETE, 0).astype(np.uint8)
