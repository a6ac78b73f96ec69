"""Plots of an evaluation: what is drawn, in both languages."""

import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import attain
import matplotlib
import pytest
from attain.plots._canvas import chinese_font
from matplotlib import font_manager, pyplot
from matplotlib.axes import Axes

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture(autouse=True)
def without_a_screen() -> Iterator[None]:
    pyplot.switch_backend("agg")
    yield
    pyplot.close("all")


@pytest.fixture(scope="module")
def evaluations() -> list[attain.Evaluation]:
    plan = attain.read_programme(EXAMPLES / "counties-lesson")
    book = attain.read_observations(EXAMPLES / "counties-lesson", plan)
    return attain.history(plan, book, days=["2021-06-30", "2021-09-30"], method=["time_proportional", "toladata"])


@pytest.fixture
def now(evaluations: list[attain.Evaluation]) -> attain.Evaluation:
    return evaluations[1]


PLOTS: dict[str, Callable[[list[attain.Evaluation], str], Axes]] = {
    "bullets": lambda of, language: of[1].plot.bullets(language=language),  # type: ignore[arg-type]
    "bullets of targets": lambda of, language: of[1].plot.bullets(of="targets", language=language),  # type: ignore[arg-type]
    "s_curve": lambda of, language: of[1].plot.s_curve(language=language),  # type: ignore[arg-type]
    "timeline": lambda of, language: of[1].plot.timeline("22.1", language=language),  # type: ignore[arg-type]
    "timeline of a hold": lambda of, language: of[1].plot.timeline("12.2", language=language),  # type: ignore[arg-type]
    "places": lambda of, language: of[1].plot.places(language=language),  # type: ignore[arg-type]
    "waterfall": lambda of, language: of[1].plot.waterfall(of[0], language=language),  # type: ignore[arg-type]
    "methods": lambda of, language: of[1].plot.methods(language=language),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("name", PLOTS)
def test_money_in_a_name_is_no_formula(name: str) -> None:
    """Between two dollar signs matplotlib reads a formula, and raises where it cannot."""
    money = r"$\no{5 to $9"
    spec = attain.read_programme(EXAMPLES / "counties-lesson").to_dict()
    spec["name"] = money
    for one in spec["places"]:
        one["name"] = money
    for project in spec["projects"]:
        project["name"] = money
        for target in project["targets"]:
            target["name"] = money
    plan = attain.Programme.from_dict(spec)
    book = attain.read_observations(EXAMPLES / "counties-lesson", plan)
    days = ["2021-06-30", "2021-09-30"]
    axes = PLOTS[name](attain.history(plan, book, days=days, method=["time_proportional", "toladata"]), "en")
    axes.figure.canvas.draw()
    assert money in axes.get_title(loc="left").replace(r"\$", "$") or name == "methods"


@pytest.mark.parametrize("name", PLOTS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_character_of_a_plot_is_drawn(name: str, language: str, evaluations: list[attain.Evaluation]) -> None:
    """A glyph that no font has is a warning of matplotlib, and an error here."""
    if language == "zh" and chinese_font() is None:
        pytest.skip("no font with Chinese characters is installed")
    before = dict(matplotlib.rcParams)
    axes = PLOTS[name](evaluations, language)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        axes.figure.canvas.draw()
    assert dict(matplotlib.rcParams) == before


def test_bars_are_the_attainments(now: attain.Evaluation) -> None:
    axes = now.plot.bullets()
    widths = {round(bar.get_width(), 9) for bar in axes.patches if hasattr(bar, "get_width")}
    assert {round(project.attainment or 0, 9) for project in now.root.projects} <= widths
    assert axes.get_yticklabels()[0].get_text() == "1 Homes for all ages"


def test_a_status_stands_beside_its_bar_in_words(now: attain.Evaluation) -> None:
    words = [text.get_text() for text in now.plot.bullets(of="targets", language="zh").texts]
    assert words[0] == "63.1% 存在风险"


def test_the_curve_ends_where_the_total_stands(now: attain.Evaluation) -> None:
    lines = {str(line.get_label()): line for line in now.plot.s_curve().lines}
    assert lines["Actual"].get_ydata()[-1] == now.root.attainment  # type: ignore[index]
    assert lines["Planned"].get_ydata()[-1] == pytest.approx(1)  # type: ignore[index]


def test_a_timeline_shows_readings_and_the_planned_way(now: attain.Evaluation) -> None:
    lines = {str(line.get_label()): line for line in now.plot.timeline("22.1").lines}
    assert list(lines["Reading"].get_ydata())[-1] == now["22.1"].reading
    planned = list(lines["Planned"].get_ydata())
    assert planned == sorted(planned) and planned[-1] == 7000


def test_a_waterfall_leads_from_before_to_now(evaluations: list[attain.Evaluation]) -> None:
    june, september = evaluations
    bars = september.plot.waterfall(june, most=2).patches
    sizes = [bar.get_width() for bar in bars]  # type: ignore[attr-defined]
    assert sizes[0] == june.root.attainment and sizes[-1] == september.root.attainment
    assert len(sizes) == 5  # before, two parts, the others, now
    assert sum(sizes[:-1]) == pytest.approx(sizes[-1], abs=1e-12)


def test_a_heat_map_has_a_cell_for_each_target_and_place(now: attain.Evaluation) -> None:
    [image] = now.plot.places(project="1").images
    values = image.get_array()
    assert values is not None and values.shape == (1, 5)
    assert values[0, 1] == pytest.approx(now["1.1", "west"].gap)


def test_methods_need_two(now: attain.Evaluation) -> None:
    one = attain.evaluate(now.plan, now.book, as_of=now.as_of)
    with pytest.raises(attain.InvalidOption):
        one.plot.methods()
    labels = [label.get_text() for label in now.plot.methods().get_xticklabels()]
    assert labels == ["time_proportional", "toladata"]


def test_bars_are_of_projects_or_targets(now: attain.Evaluation) -> None:
    with pytest.raises(attain.InvalidOption):
        now.plot.bullets(of="places")


def test_a_missing_chinese_font_is_said(now: attain.Evaluation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [])
    monkeypatch.setattr(font_manager, "findSystemFonts", list)
    from attain.plots import _canvas

    _canvas._found_anew.cache_clear()
    with pytest.warns(UserWarning, match="fonts-wqy-zenhei"):
        now.plot.bullets(language="zh")
    _canvas._found_anew.cache_clear()


def test_drawing_on_axes_of_ones_own(now: attain.Evaluation) -> None:
    _, axes = pyplot.subplots()
    assert now.plot.bullets(ax=axes) is axes
