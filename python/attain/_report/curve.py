"""The planned and the actual way of the whole, day by day (rules F and U2)."""

from __future__ import annotations

import calendar
import datetime
import math

from attain import _core, _text
from attain._report.content import Curve
from attain._report.format import Format
from attain._report.other_days import Functions, on_days
from attain._report.outline import Outline
from attain._report.pull import weights_in_mean

_MOST_DAYS = 40
"""Points of a curve: all month ends of three years, then every second, third, …"""


def curve_of(now: _core.Evaluation, outline: Outline, write: Format, functions: Functions, *, lagging: int = 0) -> Curve | None:
    """The curve of the whole; None where nothing is answered or targets have no windows.

    ``lagging`` is of how many targets the reports end before the as-of day.
    """
    weighted = [(target, weight) for target, weight in weights_in_mean(now.root) if target.id in outline.starts]
    attainment = now.root.attainment
    if not weighted or attainment is None:
        return None
    start = min(outline.starts[target.id] for target, _ in weighted)
    end = max(outline.dues[target.id] for target, _ in weighted)
    eve = _moved(start, -1)
    days = sorted({*month_ends(start, end), now.as_of})
    earlier = on_days(now, [day for day in days if day < now.as_of], functions)
    # Without a report a target is planned for the day itself; with one, for the day to which its reports go (rule P1).
    unreported = on_days(now, days, functions, book=_core.Ledger())
    actual = [(then.as_of, then.root.attainment) for then in earlier if then.root.attainment is not None]
    earned = now.earned_value()
    ahead = None if earned.time.earned is None or earned.time.actual is None else earned.time.earned - earned.time.actual
    planned = [(eve, 0.0), *((then.as_of, _planned(then, weighted, outline)) for then in unreported)]
    gap = attainment - dict(planned)[now.as_of]
    return Curve(
        start=start,
        end=max(end, now.as_of),
        planned=planned,
        actual=[(eve, 0.0), *actual, (now.as_of, attainment)],
        today=now.as_of,
        attainment=attainment,
        earned=None if ahead is None else _moved(now.as_of, round(ahead)),
        ahead=write.ahead(ahead, gap),
        told="" if ahead is None else _told(now.as_of, attainment, ahead, gap, lagging, write),
    )


def _moved(day: datetime.date, days: int) -> datetime.date:
    """The day so many days later, within the calendar."""
    return datetime.date.fromordinal(min(max(day.toordinal() + days, 1), datetime.date.max.toordinal()))


def _told(today: datetime.date, attainment: float, ahead: float, gap: float, lagging: int, write: Format) -> str:
    """For which day so much was planned as is attained, and how far that is from today."""
    days = round(ahead)
    exact = days == 0 and write.points(gap) == write.points(0.0)
    key = "earned_today" if exact else "earned_about_today" if days == 0 else "earned_later" if days > 0 else "earned_earlier"
    day = write.day(today + datetime.timedelta(days=days))
    said = write.words(key, attainment=write.percent(attainment), day=day, today=write.day(today), days=_text.number(abs(days)))
    return said + (write.words("earned_lag", count=lagging, today=write.day(today)) if lagging and days < 0 else "")


def _planned(then: _core.Evaluation, weighted: list[tuple[_core.TargetResult, float]], outline: Outline) -> float:
    """What was to be attained by a day of the targets that count today."""
    table = then.target_table(columns=["target", "expected"]).to_dict()
    shares = dict(zip(table["target"], table["expected"], strict=True))
    planned = 0.0
    for target, weight in weighted:
        share = shares[target.id]
        if target.is_recurring:
            share = _closed_share(outline.starts[target.id], outline.dues[target.id], then.as_of, round(target.goal or 1))
        planned += weight * (share or 0.0)
    return planned


def _closed_share(start: datetime.date, due: datetime.date, day: datetime.date, periods: int) -> float:
    """The share of so many equal periods that are closed by a day; by months where the window is one of months (rules F1, A7)."""
    if day >= due:
        return 1.0
    if day < start:
        return 0.0
    after = due + datetime.timedelta(days=1)
    if start.day == 1 and after.day == 1:
        length = calendar.monthrange(day.year, day.month)[1]
        passed = 12 * (day.year - start.year) + day.month - start.month + day.day / length
        share = passed / (12 * (after.year - start.year) + after.month - start.month)
    else:
        share = ((day - start).days + 1) / ((due - start).days + 1)
    return math.floor(periods * share + 1e-9) / periods


def _last_of_month(day: datetime.date) -> datetime.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def month_ends(start: datetime.date, end: datetime.date) -> list[datetime.date]:
    """The last days of the months from start to end, and the end; every n-th where there are too many."""
    ends = []
    last = _last_of_month(start)
    while last < end:
        ends.append(last)
        last = _last_of_month(last + datetime.timedelta(days=1))
    step = -(-len(ends) // _MOST_DAYS) or 1
    return [*ends[step - 1 :: step], end]
