"""Ways of judging as data: built-in, from files, carried by a programme, several side by side."""

import copy
import json
import pickle
from pathlib import Path
from typing import Any

import attain
import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "methods"


def plan(**more: Any) -> attain.Programme:
    return attain.programme(
        id="energy", window=("2016-01-01", "2030-12-31"), indicators=[attain.indicator("x", kind="level", unit="人", period="year")],
        projects=[attain.project("7", targets=[attain.target("7.2", indicator="x", aim=attain.at_least(200))])], **more,
    )  # fmt: skip


def book() -> attain.Ledger:
    return attain.Ledger([{"indicator": "x", "period": str(2015 + i), "amount": 100 + 6 * i} for i in range(6)])


def test_every_built_in_method_has_a_page_and_is_in_the_list() -> None:
    listed = (PAGES / "README.md").read_text("utf-8")
    for method in attain.built_in_methods():
        assert f"`{method.name}`" in listed
        page = PAGES / f"{method.name.removesuffix('_rounded')}.md"
        assert page.is_file(), method.name
        assert ("Unverified." in page.read_text("utf-8")) == (not method.verified)


def test_a_method_goes_through_its_file_and_pickles() -> None:
    for method in attain.built_in_methods():
        assert attain.MethodSpec.from_json(method.to_json()) == method
        assert attain.MethodSpec.from_dict(method.to_dict()) == method
        assert pickle.loads(pickle.dumps(method)) == method
        assert copy.copy(method) is method


def test_method_files_follow_their_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((ROOT / "schemas" / "method.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for method in attain.built_in_methods():
        validator.validate(method.to_dict())
    shown = (PAGES / "README.md").read_text("utf-8").split("```json\n")[1].split("```")[0]
    validator.validate(json.loads(shown))
    assert attain.MethodSpec.from_json(shown).states == {"green": "on_track", "amber": "at_risk", "red": "behind"}


def test_methods_are_found_by_name_and_version() -> None:
    assert attain.find_method("open_sdg").version == 2
    assert attain.find_method("open_sdg@1").reference == "open_sdg@1"
    with pytest.raises(attain.UnknownId) as unknown:
        attain.find_method("open_sgd")
    assert unknown.value.nearest[0] == "open_sdg"


def test_labels_are_apart_from_names() -> None:
    assert attain.find_method("cn_90_80_60").labels(language="zh")["excellent"] == "优"
    assert attain.find_method("open_sdg").labels(language="en")["substantial_progress"] == "on track"
    with pytest.raises(ValueError, match="zh or en"):
        attain.find_method("hdi").labels(language="fr")


def test_several_methods_judge_the_same_readings() -> None:
    now = attain.evaluate(plan(), book(), as_of="2021-06-30", method=["time_proportional", "open_sdg", attain.find_method("germany")])
    assert now.methods == ["time_proportional@1", "open_sdg@2", "germany@1"]
    assert [now.by(name)["7.2"].status for name in now.methods] == ["on_track", "substantial_progress", "sun_and_cloud"]
    assert now.by("open_sdg")["7.2"].score == pytest.approx(3.9, abs=0.1)
    assert now.by("germany")["7.2"].reading == now["7.2"].reading == 130
    assert now["7.2"].score is None
    assert now["7.2"].reason_of("score") == "not_applicable"
    assert now.disagreements().rows() == [
        {"programme": "energy", "project": "7", "target": "7.2", "place": "all", "time_proportional@1": "on_track",
         "open_sdg@2": "substantial_progress", "germany@1": "sun_and_cloud"},
    ]  # fmt: skip
    with pytest.raises(attain.UnknownId):
        now.by("hdi")
    assert attain.evaluate(plan(), book(), as_of="2021-06-30").disagreements().rows() == []


def test_a_programme_carries_and_names_its_own_method(tmp_path: Path) -> None:
    fields = attain.find_method("earned_value").to_dict() | {"name": "ours", "version": 4}
    own = attain.MethodSpec.from_dict(fields)
    carried = plan(methods=[own], method="ours")
    assert attain.Programme.from_json(carried.to_json()) == carried
    now = attain.evaluate(carried, book(), as_of="2021-06-30")
    assert now.methods == ["ours@4"]
    (tmp_path / "ours.json").write_text(own.to_json(), "utf-8")
    assert attain.read_method(tmp_path / "ours.json") == own
    with pytest.raises(attain.InvalidProgramme) as wrong:
        plan(methods=[own, own], method="theirs")
    assert [(f.code, f.where) for f in wrong.value.findings] == [("unknown_method", "/method"), ("duplicate_id", "/methods/1/name")]


def test_a_method_that_needs_what_a_programme_lacks_is_refused_with_the_place() -> None:
    counted = attain.programme(
        id="counted", window=("2021-01-01", "2021-12-31"), indicators=[attain.indicator("n", kind="increment", unit="元")],
        projects=[attain.project("1", targets=[attain.target("1.1", indicator="n", aim=attain.at_least(1))])],
    )  # fmt: skip
    with pytest.raises(attain.InvalidOption) as refused:
        attain.evaluate(counted, attain.Ledger(), as_of="2021-06-30", method=["time_proportional", "germny", "open_sdg"])
    assert [(f.code, f.where) for f in refused.value.findings] == [
        ("unknown_method", "methods/1"), ("method_needs_more", "counted#/projects/0/targets/0/indicator"),
    ]  # fmt: skip
    assert "germany" in refused.value.findings[0].expected


def test_beside_what_grows_a_count_has_no_growth_and_a_programme_that_asks_for_the_method_is_told() -> None:
    mixed = attain.programme(
        id="mixed", window=("2016-01-01", "2030-12-31"), method="germany",
        indicators=[attain.indicator("share", kind="level", unit="%", period="year"), attain.indicator("n", kind="increment", unit="人")],
        projects=[attain.project("1", targets=[attain.target("1.1", indicator="share", aim=attain.at_least("40%")),
                                               attain.target("1.2", indicator="n", aim=attain.at_least(9))])],
    )  # fmt: skip
    assert [(f.code, f.where) for f in mixed.warnings] == [("method_needs_more", "/projects/0/targets/1/indicator")]
    yearly = [{"indicator": "share", "period": str(2015 + year), "amount": f"{17 + year}%"} for year in range(6)]
    now = attain.evaluate(mixed, attain.Ledger([*yearly, {"indicator": "n", "period": "2016", "amount": 3}]), as_of="2021-06-30")
    assert (now["1.1"].status, now["1.2"].status, now["1.2"].reason) == ("cloud", None, attain.Reason.not_comparable)


def test_gaps_and_overlaps_are_refused() -> None:
    fields = attain.find_method("global_fund").to_dict()
    del fields["bands"][0]["decimals"]
    with pytest.raises(attain.InvalidProgramme) as refused:
        attain.MethodSpec.from_dict(fields)
    assert {f.code for f in refused.value.findings} == {"bands_with_gap"}
