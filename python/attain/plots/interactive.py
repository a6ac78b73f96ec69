"""Charts for a browser, by altair: the same data as the plots by matplotlib."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

import altair

from attain import _core
from attain._report.curve import curve_of
from attain._report.format import Format
from attain._report.other_days import Functions
from attain._report.outline import outline_of
from attain.catalogue import Language, Words
from attain.plots._colours import COLOURS, SOFT, TRACK
from attain.plots._data import label_of, results_of, way_of

_Row = dict[str, str | float | None]

_WIDTH, _HEIGHT, _ROW = 640, 320, 26
_NAMES = 260
"""Widths, heights of charts and bars, and the width of names, in pixels."""


def bullets(now: _core.Evaluation, *, of: str, language: Language) -> altair.LayerChart:
    words = Words(language)
    rows: list[_Row] = []
    colours: dict[str, str] = {}
    for result in results_of(now, of):
        status = words("no_answer") if result.status is None else result.status_label(language=language)
        colours[status] = COLOURS[result.status_means or "no_answer"]
        has_way = not (isinstance(result, _core.TargetResult) and result.is_hold)
        rows.append(
            {
                "name": f"{result.id} {result.name}".strip(),
                "status": status,
                "label": label_of(result, words),
                "attainment": result.attainment,
                "filled": max(0.0, result.attainment) if has_way and result.attainment is not None else None,
                "expected": result.expected if has_way else None,
                "gap": result.gap,
                "goal": 1.0,
            }
        )
    end = max([1.0, *(row["filled"] for row in rows if isinstance(row["filled"], float))])
    picked = altair.selection_point(fields=["status"], bind="legend", name="picked")
    base = altair.Chart(_data(rows)).encode(
        y=altair.Y("name:N", sort=None, title=None, axis=altair.Axis(labelLimit=_NAMES, ticks=False, domain=False)),
        tooltip=[
            altair.Tooltip("name:N", title=words("name")),
            altair.Tooltip("status:N", title=words("status")),
            altair.Tooltip("attainment:Q", title=words("attainment"), format=".1%"),
            altair.Tooltip("expected:Q", title=words("expected"), format=".1%"),
            altair.Tooltip("gap:Q", title=words("gap"), format="+.1%"),
        ],
    )
    axis = altair.Axis(format=".0%", grid=False)
    scale = altair.Scale(domain=[0, end], nice=False)
    track = base.mark_bar(color=TRACK, height=0.7 * _ROW).encode(x=altair.X("goal:Q", scale=scale, axis=axis, title=words("bullets_axis")))
    filled = base.mark_bar(height=0.4 * _ROW).encode(
        x=altair.X("filled:Q"),
        color=altair.Color(
            "status:N", title=words("status"), scale=altair.Scale(domain=list(colours), range=list(colours.values())),
            legend=altair.Legend(orient="bottom"),  # beside the bars stand their labels
        ),
        opacity=altair.condition(picked, altair.value(1.0), altair.value(0.2)),
    )
    expected = base.mark_tick(color="black", thickness=2.5, size=0.7 * _ROW).encode(x=altair.X("expected:Q"))
    label = base.mark_text(align="left", dx=8).encode(x=altair.datum(end), text="label:N")
    layers = [track, filled.add_params(picked), expected, label]
    return _layered(layers, now.root.name or now.root.id).properties(width=_WIDTH, height=_ROW * max(1, len(rows)))


def s_curve(now: _core.Evaluation, functions: Functions, *, language: Language) -> altair.LayerChart:
    assert isinstance(now.plan, _core.Programme)
    words = Words(language)
    outline = outline_of(now.plan)
    write = Format(words, outline.indicators)
    curve = curve_of(now, outline, write, functions)
    title = now.root.name or now.root.id
    if curve is None:
        text = words("no_attainment", why=write.status(now.root).why)
        return _layered([altair.Chart(_data([{"text": text}])).mark_text().encode(text="text:N")], title)
    planned, actual = words("planned"), words("actual")
    rows = [*_points(planned, curve.planned, write), *_points(actual, curve.actual, write)]
    layers = _lines(rows, {planned: SOFT, actual: COLOURS["on_track"]}, dashed=planned, words=words, share=True)
    layers.append(_day(now.as_of, write))
    if curve.earned is not None:
        ends: list[_Row] = [
            {"day": _local(day), "amount": curve.attainment, "text": curve.ahead} for day in (curve.earned, curve.today)
        ]
        layers.append(
            altair.Chart(_data(ends)).mark_line(color=COLOURS["behind"]).encode(x="day:T", y="amount:Q", tooltip=altair.Tooltip("text:N", title=title))
        )
    return _layered(layers, title, curve.ahead).properties(width=_WIDTH, height=_HEIGHT).interactive(bind_y=False)


def timeline(
    now: _core.Evaluation, functions: Functions, target: str, *, place: str | None, language: Language
) -> altair.LayerChart:
    words = Words(language)
    way = way_of(now, functions, target, place, words)
    result, write = way.result, way.write
    unit = "" if result.declared_unit == "%" else result.declared_unit
    is_share = result.declared_unit == "%" or write.indicators.get(result.indicator, {}).get("kind") == "steps"

    def written(points: Iterable[tuple[datetime.date, float]]) -> list[tuple[datetime.date, float]]:
        return [(day, _core.written(held, unit) if unit else held) for day, held in points]

    planned, reading = words("planned"), words("reading")
    rows = [*_points(planned, written(way.planned), write), *_points(reading, written(way.read), write)]
    colours = {planned: SOFT, reading: COLOURS[result.status_means or "no_answer"]}
    layers = _lines(rows, colours, dashed=planned, words=words, share=is_share, unit=unit)
    goals = [goal for goal in (result.goal, result.upper_goal) if goal is not None]
    if goals:
        text = f"{words('goal')} {write.goal(result)}"
        lines: list[_Row] = [{"amount": amount, "text": text} for _, amount in written((now.as_of, goal) for goal in goals)]
        layers.append(altair.Chart(_data(lines)).mark_rule().encode(y="amount:Q", tooltip=altair.Tooltip("text:N", title=way.title)))
    layers.append(_day(now.as_of, write))
    subtitle = f"{words('goal')} {write.goal(result)}" if goals else ""
    return _layered(layers, way.title, subtitle).properties(width=_WIDTH, height=_HEIGHT).interactive(bind_y=False)


def _data(rows: Sequence[_Row]) -> altair.InlineData:
    return altair.InlineData(values=[dict(row) for row in rows])


def _local(day: datetime.date) -> str:
    """A day as a browser takes it for that day in every time zone: without an hour it would be one in Greenwich."""
    return f"{day.isoformat()}T00:00:00"


def _points(of: str, points: Iterable[tuple[datetime.date, float]], write: Format) -> list[_Row]:
    return [{"of": of, "day": _local(day), "shown": write.day(day), "amount": amount} for day, amount in points]


def _lines(
    rows: list[_Row], colours: dict[str, str], *, dashed: str, words: Words, share: bool, unit: str = ""
) -> list[altair.Chart]:
    """Lines with points, one for each of ``colours``; the numbers of a day appear beside the mouse."""
    form = ".1%" if share else ",.6~g"
    return [
        altair.Chart(_data(rows))
        .mark_line(point=True, strokeWidth=2.2)
        .encode(
            x=altair.X("day:T", title=None, axis=altair.Axis(format="%Y-%m-%d", labelAngle=-30, grid=False)),
            y=altair.Y("amount:Q", title=unit or None, axis=altair.Axis(format=".0%" if share else ",.6~g")),
            color=altair.Color("of:N", title=None, scale=altair.Scale(domain=list(colours), range=list(colours.values()))),
            strokeDash=altair.condition(altair.datum.of == dashed, altair.value([5, 4]), altair.value([1, 0])),
            tooltip=[
                altair.Tooltip("of:N", title=words("what")),
                altair.Tooltip("shown:N", title=words("period")),
                altair.Tooltip("amount:Q", title=unit or words("value"), format=form),
            ],
        )
    ]


def _day(day: datetime.date, write: Format) -> altair.Chart:
    """A line at the as-of day."""
    row: _Row = {"day": _local(day), "text": write.words("as_of", day=write.day(day))}
    line: altair.Chart = altair.Chart(_data([row])).mark_rule(color=SOFT, strokeDash=[2, 3])
    return line.encode(x="day:T", tooltip=altair.Tooltip("text:N", title=write.words("what")))


def _layered(layers: Sequence[altair.Chart], title: str, subtitle: str = "") -> altair.LayerChart:
    said = altair.TitleParams(title, anchor="start", subtitle=subtitle or altair.Undefined)
    return altair.LayerChart(layer=list(layers)).properties(title=said)
