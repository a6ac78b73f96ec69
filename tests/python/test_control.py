"""Earned value, comparisons and firmness of the lesson, and how they look."""

from pathlib import Path

import attain
import pytest
from attain import cli, firmness


def at(plan: attain.Programme, book: attain.Ledger, day: str) -> attain.Evaluation:
    return attain.evaluate(plan, book, as_of=day)


@pytest.fixture
def moved(plan: attain.Programme, book: attain.Ledger) -> attain.Comparison:
    return attain.compare(at(plan, book, "2021-06-30"), at(plan, book, "2021-09-30"))


# -- earned value ------------------------------------------------------------------------------------


def test_the_schedule_index_of_the_whole_is_its_pace(now: attain.Evaluation) -> None:
    of = now.earned_value(total=100)
    assert of.amounts.budget == pytest.approx(100)
    assert of.amounts.schedule_index == pytest.approx(now.root.pace)
    assert of.node.id == now.root.id
    table = now.earned_value_table(total=100).to_dict()
    assert table["earned"][0] == pytest.approx(of.amounts.earned)
    assert table["cost"][0] is None


def test_an_indicator_or_a_total_that_cannot_be_is_refused(now: attain.Evaluation) -> None:
    with pytest.raises(attain.UnknownId):
        now.earned_value(cost=["no such indicator"])
    with pytest.raises(attain.InvalidOption):
        now.earned_value(total=-1)


# -- comparing ---------------------------------------------------------------------------------------


def test_parts_and_components_are_the_change(moved: attain.Comparison) -> None:
    change = moved.change()
    assert change.change is not None
    assert sum(change.parts["contribution"]) == pytest.approx(change.change, abs=1e-12)
    assert change.performance + change.coverage + change.rules + change.plan == pytest.approx(change.change, abs=1e-12)
    for row in moved.projects.rows():
        if row["change"] is not None:
            assert row["performance"] + row["coverage"] + row["rules"] + row["plan"] == pytest.approx(row["change"], abs=1e-12)


def test_a_comparison_reads_as_a_sentence_and_a_table(moved: attain.Comparison) -> None:
    assert " points: " in moved.sentence()
    assert "个百分点" in moved.sentence("zh")
    assert moved.sentence() in repr(moved)
    assert "<table>" in moved._repr_html_()
    with pytest.raises(attain.InvalidOption):
        moved.sentence("latin")
    assert moved.to_polars().shape[0] == len(moved.change().parts["contribution"])


def test_ranks_split_into_own_and_others(moved: attain.Comparison) -> None:
    for row in [*moved.ranks_of_projects(), *moved.ranks_of_places()]:
        if row["rank_before"] is not None and row["rank_after"] is not None:
            assert row["own"] + row["others"] == row["rank_before"] - row["rank_after"]


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_the_command_line_compares_two_days(examples: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(examples / "counties-lesson")
    assert cli.run(["compare", folder, "--from", "2021-06-30", "--to", "2021-09-30", "--format", form]) == 0
    printed = capsys.readouterr().out
    assert {"table": " points", "json": '"performance"', "csv": "contribution"}[form] in printed


def test_the_command_line_names_what_is_not_there(examples: Path) -> None:
    folder = str(examples / "counties-lesson")
    assert cli.run(["compare", folder, "--from", "2021-06-30", "--to", "soon"]) == 2
    assert cli.run(["compare", folder, "--from", "2021-06-30", "--to", "2021-09-30", "--project", "99"]) == 2


# -- firmness ----------------------------------------------------------------------------------------


def test_scores_at_places_are_those_of_the_evaluation(now: attain.Evaluation) -> None:
    sheet = firmness.scores_at_places(now)
    assert sheet is not None
    scores = firmness.tree_scores(sheet["parents"], sheet["weights"], sheet["scores"])
    for place, score in zip(sheet["places"], scores, strict=True):
        assert score == pytest.approx(now.project("", place).attainment)


def test_firmness_of_places_is_tables_of_what_the_plain_numbers_give(now: attain.Evaluation) -> None:
    sheet = firmness.scores_at_places(now)
    assert sheet is not None
    of = {name: sheet[name] for name in ("parents", "weights", "scores")}
    drawn = firmness.draw_ranks(**of, seed=3, draws=500)
    ranks = firmness.ranks_table(now, seed=3, draws=500)
    assert ranks["place"].to_list() == sheet["places"]
    for row, one in zip(ranks.rows(), drawn, strict=True):
        assert [row[name] for name in ("score", "mean", "deviation")] == pytest.approx([one[name] for name in ("score", "mean", "deviation")])
        assert [row["rank"], row["mean_rank"]] == [one["rank"], one["mean_rank"]]
        assert row["first"] == (one["rank_share"][0] if one["score"] is not None else None)
    shares = firmness.rank_shares_table(now, seed=3, draws=500)
    assert shares["share"].to_list() == [share for one in drawn if one["score"] is not None for share in one["rank_share"]]
    parts = dict(enumerate(sheet["nodes"]))
    without = {(row["without"], row["place"]): row for row in firmness.leave_one_out_table(now).rows()}
    for one in firmness.leave_one_out(**of):
        for place, score in zip(sheet["places"], one["scores"], strict=True):
            assert without[parts[one["node"]], place]["score"] == pytest.approx(score)


def test_totals_of_projects_and_of_one_project_are_those_of_the_evaluation(now: attain.Evaluation) -> None:
    projects = firmness.ranks_table(now, among="projects", seed=1, draws=50)
    for row in projects.rows():
        assert row["score"] == now.project(row["project"]).attainment
    (whole,) = firmness.ranks_table(now, among="itself", seed=1, draws=50, noise="fixed").rows()
    assert whole["score"] == whole["mean"] == now.root.attainment
    assert whole["deviation"] == 0


def test_leaving_a_part_out_is_evaluating_the_programme_without_its_weight(plan: attain.Programme, book: attain.Ledger, now: attain.Evaluation) -> None:
    compared = 0
    for row in firmness.leave_one_out_table(now, among="itself").rows():
        fields = plan.to_dict()
        for project in fields["projects"]:
            for part in [project, *project.get("targets", [])]:
                if part["id"] == row["without"]:
                    part["weight"] = 0
        try:
            edited = attain.Programme.from_dict(fields)
        except attain.InvalidProgramme:  # it was the only one
            continue
        assert attain.evaluate(edited, book, as_of="2021-09-30").root.attainment == row["score"]
        compared += 1
    assert compared > 3


def test_stable_weights_are_within_what_weights_can_be(now: attain.Evaluation) -> None:
    for row in firmness.stable_weights_table(now).rows():
        if row["share"] is not None:
            assert 0 <= row["least"] <= row["share"] <= row["most"] <= 1


def test_totals_are_asked_for_among_what_there_is(now: attain.Evaluation) -> None:
    with pytest.raises(attain.InvalidOption):
        firmness.ranks_table(now, among="countries")
    with pytest.raises(attain.UnknownId):
        firmness.leave_one_out_table(now, "no such project")
    with pytest.raises(attain.InvalidOption):
        firmness.ranks_table(now, draws=0)


def test_draws_refuse_what_cannot_be() -> None:
    with pytest.raises(attain.InvalidOption):
        firmness.draw_ranks([0, 0], [0, 1], [[1.0]], noise="some")
    with pytest.raises(attain.InvalidOption):
        firmness.draw_ranks([0, 0], [0, 1], [[1.0]], draws=0)
