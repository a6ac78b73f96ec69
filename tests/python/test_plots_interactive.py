"""Charts for a browser: what their specifications say, in both languages."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import altair
import attain
import pytest
from attain.plots import Plots

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def spec_of(chart: altair.LayerChart) -> dict[str, Any]:
    """Its specification, which altair checks against the schema of Vega-Lite."""
    spec: dict[str, Any] = chart.to_dict()
    assert json.loads(json.dumps(spec)) == spec  # no NaN, no dates
    return spec


def values(spec: dict[str, Any], layer: int) -> list[dict[str, Any]]:
    data = spec["layer"][layer].get("data", spec.get("data"))
    found: list[dict[str, Any]] = data["values"] if "values" in data else spec["datasets"][data["name"]]
    return found


def marks(spec: dict[str, Any]) -> list[str]:
    return [layer["mark"]["type"] for layer in spec["layer"]]


def test_bars_show_attained_expected_and_the_goal(now: attain.Evaluation) -> None:
    spec = spec_of(now.plot.interactive.bullets(of="targets"))
    assert marks(spec) == ["bar", "bar", "tick", "text"]
    rows = {row["name"].partition(" ")[0]: row for row in values(spec, 0)}
    assert list(rows) == [target.id for target in now if target.aim is not None]
    assert rows["22.1"]["filled"] == now["22.1"].attainment
    assert rows["22.1"]["expected"] == now["22.1"].expected
    assert rows["12.2"]["filled"] is None and "to be kept" in rows["12.2"]["label"]  # a hold has no way to go
    [picked] = spec["params"]
    assert (picked["bind"], picked["select"]["fields"]) == ("legend", ["status"])
    assert spec["layer"][0]["encoding"]["x"]["scale"]["domain"][0] == 0
    assert len(spec_of(now.plot.interactive.bullets())["layer"]) == 4
    with pytest.raises(attain.InvalidOption, match="projects or targets"):
        now.plot.interactive.bullets(of="places")


def test_a_curve_has_planned_actual_and_the_day(now: attain.Evaluation) -> None:
    spec = spec_of(now.plot.interactive.s_curve())
    rows = values(spec, 0)
    assert {row["of"] for row in rows} == {"Planned", "Actual"}
    last = [row for row in rows if row["of"] == "Actual"][-1]
    assert (last["day"], last["amount"]) == ("2021-09-30T00:00:00", now.root.attainment)
    assert [row["day"] for row in values(spec, 1)] == ["2021-09-30T00:00:00"]
    assert "plan" in spec["title"]["subtitle"]


def test_a_timeline_has_the_way_the_readings_and_the_goal_in_the_unit_of_the_programme(now: attain.Evaluation) -> None:
    spec = spec_of(now.plot.interactive.timeline("1.1"))
    read = [row for row in values(spec, 0) if row["of"] == "Reading"]
    assert read[-1]["amount"] == now["1.1"].reading
    assert spec["layer"][0]["encoding"]["y"]["title"] == now["1.1"].declared_unit
    assert marks(spec) == ["line", "rule", "rule"]
    assert values(spec, 1)[0]["amount"] == now["1.1"].goal
    at_place = spec_of(now.plot.interactive.timeline("1.1", place="east"))
    assert values(at_place, 1)[0]["amount"] == now["1.1", "east"].goal
    share = spec_of(now.plot.interactive.timeline("26.1"))
    if now["26.1"].declared_unit == "%":
        assert share["layer"][0]["encoding"]["y"]["axis"]["format"] == ".0%"
    with pytest.raises(attain.UnknownId):
        now.plot.interactive.timeline("99")


def test_every_target_and_the_whole_have_charts_in_both_languages(now: attain.Evaluation) -> None:
    for language in ("en", "zh"):
        draw = now.plot.interactive
        charts = [draw.bullets(language=language), draw.bullets(of="targets", language=language), draw.s_curve(language=language)]  # type: ignore[arg-type]
        charts += [draw.timeline(target.id, language=language) for target in now]  # type: ignore[arg-type]
        for chart in charts:
            spec_of(chart)


def test_labels_are_chinese_if_asked(now: attain.Evaluation) -> None:
    draw = now.plot.interactive
    bars = spec_of(draw.bullets(of="targets", language="zh"))
    assert "存在风险" in {row["status"] for row in values(bars, 0)}
    assert [one["title"] for one in bars["layer"][0]["encoding"]["tooltip"]] == ["名称", "状态", "完成度", "序时进度", "差距"]
    curve = spec_of(draw.s_curve(language="zh"))
    assert {row["of"] for row in values(curve, 0)} == {"计划", "实际"}
    assert values(curve, 1)[0]["text"] == "截至2021年9月30日"
    way = spec_of(draw.timeline("1.1", language="zh"))
    assert {row["of"] for row in values(way, 0)} == {"计划", "实际完成值"}


def test_a_whole_without_an_answer_says_why(plan: attain.Programme) -> None:
    nothing = attain.evaluate(plan, attain.Ledger(), as_of="2021-09-30")
    assert values(spec_of(nothing.plot.interactive.s_curve()), 0)[0]["text"].startswith("No total can be told")
    spec_of(nothing.plot.interactive.bullets())
    spec_of(nothing.plot.interactive.timeline("1.1"))


def test_it_needs_altair_and_not_matplotlib(now: attain.Evaluation) -> None:
    code = (
        "import sys; sys.modules[sys.argv[1]] = None\n"
        "import attain\n"
        f"plan = attain.read_programme({str(EXAMPLES / 'counties-lesson')!r})\n"
        "now = attain.evaluate(plan, attain.Ledger(), as_of='2021-09-30')\n"
        "now.plot.interactive.bullets()\n"
    )
    ran = subprocess.run([sys.executable, "-c", code, "matplotlib"], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    ran = subprocess.run([sys.executable, "-c", code, "altair"], capture_output=True, text=True, check=False)
    assert ran.stderr.splitlines()[-1].endswith("this needs altair, which is not installed: python -m pip install 'attain[interactive]'")
    assert repr(Plots(now).interactive) == "<attain.plots.Interactive: bullets, s_curve, timeline>"
