"""Tables: their columns as NumPy arrays, their looks, and the data frames they become."""

import datetime
import sys
from collections.abc import Callable
from html import escape

import attain
import numpy
import pandas
import polars
import pytest
from attain import _display, _text


def test_targets_are_a_table_of_one_row_a_target(now: attain.Evaluation, plan: attain.Programme) -> None:
    table = now.targets
    assert table.shape == (len(table), len(table.columns)) == (10, 21)
    assert table.columns == [
        "programme", "project", "target", "name", "place", "indicator", "unit", "reading", "baseline", "goal", "upper_goal",
        "attainment", "expected", "gap", "pace", "days_ahead", "coverage", "data_day", "status", "reason", "is_hold",
    ]  # fmt: skip
    assert table["target"].to_list() == plan.target_ids
    for row, result in zip(table.rows(), now, strict=True):
        for name in ("name", "place", "indicator", "unit", "reading", "baseline", "goal", "upper_goal", "attainment", "expected"):
            assert row[name] == getattr(result, name), name
        for name in ("gap", "pace", "days_ahead", "coverage", "data_day", "status", "is_hold"):
            assert row[name] == getattr(result, name), name
        assert row["reason"] == (None if result.reason is None else str(result.reason))


def test_projects_are_a_table_of_one_row_a_project_the_whole_first(now: attain.Evaluation) -> None:
    table = now.projects
    assert table["project"].to_list() == [None, "1", "12", "22", "26"]
    results = [now.root, *now.root.projects]
    for row, result in zip(table.rows(), results, strict=True):
        for name in ("name", "place", "attainment", "expected", "gap", "pace", "hold_share", "lower", "upper", "coverage", "due", "status"):
            assert row[name] == getattr(result, name), name
        assert row["targets"] == result.target_count
        assert row["targets_met"] == result.met_count
        assert row["targets_missed"] == result.missed_count


def test_a_table_can_be_of_one_place_or_of_all(now: attain.Evaluation) -> None:
    east = now.target_table(place="east")
    assert set(east["place"].to_list()) == {"east"}
    assert east.rows()[0]["reading"] == now["1.1", "east"].reading
    everywhere = now.target_table(at_places=True)
    assert len(everywhere) == len(now.results(at_places=True)) > len(now)
    assert [(row["target"], row["place"]) for row in everywhere.rows()] == [(r.id, r.place) for r in now.results(at_places=True)]
    assert len(now.project_table(at_places=True)) > len(now.projects)
    assert set(now.project_table(place="east")["place"].to_list()) == {"east"}


def test_a_table_of_few_columns_has_only_those(now: attain.Evaluation) -> None:
    table = now.target_table(columns=["status", "target"])
    assert table.columns == ["status", "target"]
    assert table == now.targets.select("status", "target")


def test_numbers_leave_without_being_copied(now: attain.Evaluation) -> None:
    column = now.target_table(at_places=True)["coverage"]
    first, second = column.values, now.target_table(at_places=True)["coverage"].values
    assert first.dtype == numpy.float64
    assert first.ctypes.data == second.ctypes.data
    assert column.missing is None
    assert column.to_numpy().ctypes.data == first.ctypes.data
    reading = now.target_table(at_places=True)["reading"]
    assert reading.values.ctypes.data == now.target_table(at_places=True)["reading"].values.ctypes.data


def test_arrays_are_read_only(now: attain.Evaluation) -> None:
    for name in ("coverage", "target", "is_hold"):
        values = now.targets[name].values
        with pytest.raises(ValueError, match="read-only"):
            values[0] = 0


def test_what_is_missing_is_nan_only_in_a_float_array(now: attain.Evaluation) -> None:
    column = now.target_table(place="lake")["reading"]
    assert column.to_list()[0] is None
    assert numpy.isnan(column.to_numpy()[0])
    assert column.missing is not None
    assert column.missing.dtype == numpy.bool_
    assert column.missing[0]
    assert column.reasons()[0] == "no_observation"
    assert column[0] is None
    assert column[-1] == column.to_list()[-1]
    with pytest.raises(IndexError):
        column[len(column)]


def test_columns_know_their_kind(now: attain.Evaluation) -> None:
    table = now.targets
    assert table["data_day"].kind == "day"
    assert table["data_day"].to_numpy().dtype == numpy.dtype("datetime64[D]")
    assert table["status"].kind == "word"
    assert set(table["status"].words) == set(filter(None, table["status"].to_list()))
    assert table["status"].to_numpy().tolist() == table["status"].to_list()
    assert table["is_hold"].kind == "flag"
    assert table["is_hold"].to_numpy().dtype == numpy.bool_
    assert now.projects["targets"].kind == "count"
    assert numpy.asarray(table["coverage"]).dtype == numpy.float64
    assert numpy.array(table["coverage"], dtype=numpy.float32).dtype == numpy.float32
    with pytest.raises(ValueError, match="is a copy"):
        numpy.asarray(now.target_table(place="lake")["reading"], copy=False)


def test_a_table_can_be_cut(now: attain.Evaluation) -> None:
    table = now.targets
    assert table.head(3).rows() == table.rows()[:3]
    assert table.slice(8, 10).rows() == table.rows()[8:]
    assert len(table.slice(50, 10)) == 0
    assert table.slice(8, 10)["status"].to_numpy().tolist() == table["status"].to_list()[8:]
    assert "status" in table
    assert "stat" not in table
    assert table.to_dict()["status"] == table["status"].to_list()
    with pytest.raises(TypeError):
        hash(table)


@pytest.mark.parametrize("name", ["targets", "projects"])
def test_frames_hold_what_the_table_holds(now: attain.Evaluation, name: str) -> None:
    table: attain.Table = getattr(now, name)
    expected = table.rows()
    assert table.to_polars().to_dicts() == expected
    assert table.to_arrow().to_pylist() == expected
    frame = table.to_pandas()
    assert list(frame.columns) == table.columns
    for column in table.columns:
        wanted = table[column].to_list()
        found = [None if pandas.isna(value) else value for value in frame[column].tolist()]
        found = [value.date() if isinstance(value, datetime.datetime) else value for value in found]
        assert found == wanted, column


def test_an_evaluation_and_a_ledger_leave_as_tables(now: attain.Evaluation, book: attain.Ledger) -> None:
    assert now.to_polars().equals(now.targets.to_polars())
    assert now.to_arrow().equals(now.targets.to_arrow())
    assert now.to_pandas().equals(now.targets.to_pandas())
    assert polars.DataFrame(now).equals(now.to_polars())
    assert book.to_polars().height == len(book)
    assert len(book.to_pandas()) == len(book)


@pytest.mark.parametrize(("name", "library", "extra"), [("pandas",) * 3, ("polars",) * 3, ("arrow", "pyarrow", "arrow")])
def test_a_library_that_is_missing_is_named_with_how_to_install_it(
    now: attain.Evaluation, monkeypatch: pytest.MonkeyPatch, name: str, library: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ModuleNotFoundError, match=rf"this needs {library}, .* 'attain\[{extra}\]'"):
        getattr(now, f"to_{name}")()


def test_an_empty_ledger_is_an_empty_table() -> None:
    book = attain.Ledger()
    assert book.table.shape == (0, 6)
    assert book.to_polars().height == 0
    assert book.to_arrow().num_rows == 0
    assert book.to_pandas().empty
    assert book.table.rows() == []


def test_an_evaluation_looks_like_a_table(now: attain.Evaluation) -> None:
    lines = repr(now).splitlines()
    assert lines[0] == "A lesson: one year in six invented counties, as of 2021-09-30"
    assert lines[1] == "10 targets: 3 at risk, 5 on track, 1 missed, 1 met, 0 without a status"
    assert lines[3].split() == ["item", "target", "reading", "goal", "unit", "attainment", "expected", "gap", "status"]
    [line] = [line for line in lines if line.lstrip().startswith("22.1 ")]
    assert line.split() == [
        "22.1", "Training", "courses", "≥", "5,000", "≥", "7,000", "person-times", "71.4%", "75.0%", "-3.6", "on", "track",
    ]  # fmt: skip


def test_html_is_short_and_escaped(lifts: Callable[..., attain.Programme]) -> None:
    hostile = '<script>alert("1")</script>'
    plan = lifts(name=hostile)
    now = attain.evaluate(plan, attain.Ledger([{"indicator": "lifts", "period": "2021-01", "amount": 5}]), as_of="2021-01-31")
    for html in (now._repr_html_(), now.targets._repr_html_()):
        assert "<script" not in html
        assert "&lt;script&gt;" in html


def test_a_long_table_shows_its_first_rows(now: attain.Evaluation) -> None:
    table = now.target_table(at_places=True)
    assert len(table) > 20
    assert table._repr_html_().count("<tr>") == 21
    assert repr(table).splitlines()[-1] == f"[{len(table)} rows, 21 columns, the first 20 shown]"
    assert len(repr(table).splitlines()) == 22

def test_chinese_text_is_aligned() -> None:
    assert _text.width("加装电梯abc") == 11
    assert _text.cut("加装既有住宅电梯", 9) == "加装既有…"
    lines = _text.columns([["加装", "1"], ["lifts", "22"]], right=[False, True])
    assert [_text.width(line) for line in lines] == [9, 9]


@pytest.mark.parametrize(
    ("value", "text"),
    [(58500, "58,500"), (0.2375, "0.2375"), (-0.0, "0"), (1234.56, "1,234.6"), (12.345, "12.35"), (1e-9, "1e-09"), (3.5, "3.5")],
)
def test_amounts_are_written_for_people(value: float, text: str) -> None:

    assert _text.number(value) == text


def test_what_a_notebook_shows_is_shown_in_chinese_if_asked(plan: attain.Programme, book: attain.Ledger, now: attain.Evaluation) -> None:
    june = attain.evaluate(plan, book, as_of="2021-06-30")
    quality = attain.quality(plan, book, as_of="2021-09-30")
    both = attain.compare(june, now)
    said = {
        "指标数": plan, "条记录": book, "状态": now["22.1"], "完成度": now.project("22"), "截至2021-09-30": now, "贡献": both,
        "执行进度": both.change(), "数据质量": quality, "列": now.targets,
    }  # fmt: skip
    for word, thing in said.items():
        assert word in attain.show(thing, language="zh")._repr_html_(), word  # type: ignore[arg-type]
        assert attain.show(thing, language="en")._repr_html_() == thing._repr_html_()  # type: ignore[arg-type, attr-defined]
    steps = now["22.1"].explain()
    assert escape(steps.sentences("zh")) in attain.show(now["22.1"], language="zh")._repr_html_()
    assert escape(steps.text) in now["22.1"]._repr_html_()
    with pytest.raises(TypeError, match="no table for int"):
        attain.show(3, language="zh")  # type: ignore[arg-type]
    with pytest.raises(attain.InvalidOption):
        attain.show(now, language="fr")


def test_a_text_table_is_in_the_language_that_is_asked_for(now: attain.Evaluation) -> None:
    assert attain.text_table(now, language="en") == attain.text_table(now)
    assert "进展正常5个" in attain.text_table(now, language="zh")


# -- on a terminal ---------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [80, 100, 120, 200])
def test_a_table_fits_the_terminal(width: int, language: str, plan: attain.Programme, book: attain.Ledger, now: attain.Evaluation) -> None:
    change = attain.compare(attain.evaluate(plan, book, as_of="2021-06-30"), now).change()
    quality = attain.quality(plan, book, as_of="2021-09-30")
    table = attain.text_table(now, width=width, language=language)
    parts = _display.change_table_text(change, width=width, language=language)
    found = _display.quality_table_text(quality, width=width, language=language, limit=None)
    for text in (table, parts, found):
        assert max(_text.width(line) for line in text.splitlines()) <= width
    for target in now:
        assert f" {target.id} " in table
        assert target.name[:14] in table
    assert attain.text_table(now, width=500) == attain.text_table(now)
    assert _display.quality_table_text(quality, width=500) == _display.quality_table_text(quality)


def test_text_is_folded_between_words_and_between_characters_of_long_ones() -> None:
    assert _text.folded("one two three", 7) == ["one two", "three"]
    assert _text.folded("进展正常已完成", 8) == ["进展正常", "已完成"]
    assert _text.folded("a 进展正常已完成", 8) == ["a 进展正", "常已完成"]
    assert _text.folded("", 5) == [""]
