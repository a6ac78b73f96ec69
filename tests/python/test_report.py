"""The report of an evaluation: what it says, in both languages, in every form."""

import functools
import re
from pathlib import Path
from typing import Any

import attain
import openpyxl
import pytest
from attain.catalogue import Words

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
LANGUAGES = ("en", "zh")


@pytest.fixture(scope="module", params=LANGUAGES)
def written(request: pytest.FixtureRequest, evaluations: tuple[attain.Evaluation, attain.Evaluation]) -> attain.Report:
    june, september = evaluations
    return attain.report(september, since=june, language=request.param)


@pytest.fixture(scope="module")
def page(written: attain.Report, parse_page: Any) -> Any:
    return parse_page(written.html())


# -- the page ----------------------------------------------------------------------------------------


def test_the_page_has_landmarks_a_language_and_a_title(page: Any) -> None:
    [root] = page.all("html")
    assert root["lang"] in ("en", "zh-CN")
    for landmark in ("header", "main", "nav", "footer", "h1"):
        assert len(page.all(landmark)) == 1, landmark
    assert "viewport" in [one.get("name") for one in page.all("meta")]


def test_every_section_is_named_by_its_heading(page: Any) -> None:
    ids = page.ids()
    assert len(ids) == len(set(ids))
    for section in page.all("section"):
        assert section["aria-labelledby"] in ids
    assert {"headline", "chase", "curve", "list", "places", "changes", "findings"} <= set(ids)


def test_tables_have_captions_and_headings_with_a_scope(page: Any) -> None:
    assert len(page.all("table")) == len(page.all("caption"))
    assert all(heading["scope"] in ("row", "col") for heading in page.all("th"))


def test_links_within_the_page_lead_somewhere(page: Any) -> None:
    ids = set(page.ids())
    links = [one["href"] for one in page.all("a")]
    assert {link[1:] for link in links if link.startswith("#")} <= ids
    assert {one["href"][1:] for one in page.all("use")} <= ids


def test_nothing_is_loaded_from_anywhere(page: Any) -> None:
    for tag, attributes in page.elements:
        for name in ("src", "srcset", "data", "action", "poster", "xlink:href"):
            assert name not in attributes, (tag, name)
        if tag == "link":
            assert attributes["href"] == "data:,"
    style = " ".join(text for tag, text in page.texts if tag == "style")
    assert "url(" not in style and "@import" not in style


def test_a_status_is_a_shape_and_a_word_beside_its_colour(page: Any) -> None:
    statuses = [one for one in page.all("span") if one.get("class", "").startswith("status ")]
    icons = [one["href"] for one in page.all("use")]
    words = [one for one in page.all("span") if one.get("class") == "word"]
    assert len(statuses) == len(words) > 20
    assert len(icons) >= len(statuses)


def test_each_target_and_project_says_why(page: Any, evaluations: tuple[attain.Evaluation, attain.Evaluation]) -> None:
    _, now = evaluations
    assert isinstance(now.plan, attain.Programme)
    ids = set(page.ids())
    assert {f"t-{id}" for id in now.plan.target_ids} <= ids
    assert {f"p-{id}" for id in now.plan.project_ids} <= ids
    whys = [one for one in page.all("details") if one.get("class") == "why"]
    assert len(whys) >= len(now.plan.target_ids) + len(now.plan.project_ids)


def test_a_why_shows_the_reports_and_which_of_them_count(written: attain.Report, page: Any) -> None:
    words = Words("zh" if "zh" in repr(written) else "en")
    assert "2021-07-12" in page.text  # the correction
    assert words("fate_replaced") in page.text
    assert words("fate_withdrawal") in page.text


def test_the_page_of_45_projects_is_small(parse_page: Any) -> None:
    plan = attain.read_programme(EXAMPLES / "nanchang-2021")
    book = attain.read_observations(EXAMPLES / "nanchang-2021", plan)
    text = attain.report(attain.evaluate(plan, book, as_of="2021-12-31"), language="zh").html()
    assert len(text.encode()) < 1_000_000
    links = [one["href"] for one in parse_page(text).all("a")]
    assert any(link.startswith("https://www.nc.gov.cn/") for link in links)


def test_colours_of_text_stand_out_from_the_paper_by_4_5_to_1(page: Any) -> None:
    style = " ".join(text for tag, text in page.texts if tag == "style")
    themes = [
        dict(re.findall(r"--([a-z_]+): (#[0-9a-f]{6})", block)) for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    ]
    assert len(themes) == 3  # light, dark, print
    for theme in themes:
        for name in set(theme) - {"paper", "ground", "line", "track"}:
            for ground in ("paper", "ground"):
                assert contrast(theme[name], theme[ground]) >= 4.5, (name, ground, theme[name])


def contrast(ink: str, ground: str) -> float:
    """The contrast ratio of WCAG 2."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


# -- what it says ------------------------------------------------------------------------------------


def content_of(now: attain.Evaluation, **options: Any) -> Any:
    return attain.report(now, **options)._content


def test_what_holds_the_total_back_adds_up_to_its_gap(evaluations: tuple[attain.Evaluation, attain.Evaluation]) -> None:
    for now in evaluations:
        held = content_of(now).holding_back
        assert held.gap == pytest.approx(now.root.gap, abs=0.001)
        assert abs(sum(one.share for one in held.pulls) + held.ahead - now.root.gap) < 1e-12
        assert abs(held.rest) < 1e-12
        assert [one.share for one in held.pulls] == sorted(one.share for one in held.pulls)


def test_what_is_shown_side_by_side_adds_up(evaluations: tuple[attain.Evaluation, attain.Evaluation]) -> None:
    def tenths(share: float) -> int:
        return round(10 * round(100 * share, 1))

    for now in evaluations:
        held = content_of(now).holding_back
        parts = [*(one.shown for one in held.pulls), held.ahead_shown, held.rest_shown]
        assert sum(map(tenths, parts)) == tenths(held.gap)
        assert all(abs(one.shown - one.share) < 0.001 for one in held.pulls)
    june, september = evaluations
    changes = content_of(september, since=june).changes
    assert sum(tenths(one.shown) for one in changes.parts) == tenths(attain.compare(june, september).change().change)


@pytest.mark.parametrize(
    ("shares", "shown"),
    [
        ([0.00334, 0.00333, 0.00333], [0.004, 0.003, 0.003]),
        ([-0.00334, -0.00333, -0.00333], [-0.004, -0.003, -0.003]),
        ([0.0126, -0.0026, 0.0], [0.013, -0.003, 0.0]),
        ([0.00046] * 10, [0.001] * 5 + [0.0] * 5),
        ([], []),
    ],
)
def test_rounded_parts_add_up_to_the_rounded_total(shares: list[float], shown: list[float]) -> None:
    from attain._text import adding_up

    rounded = adding_up(shares, sum(shares))
    assert sorted(rounded) == pytest.approx(sorted(shown), abs=1e-12)
    assert all(abs(one - exact) <= 0.001 for one, exact in zip(rounded, shares, strict=True))


def test_a_rule_and_its_number_do_not_run_together_when_they_are_copied(written: attain.Report) -> None:
    assert not re.search(r"</dt><dd|</t[dh]><t[dh]", written.html())


def test_a_gap_is_the_difference_of_the_shares_beside_it() -> None:
    from attain._text import gap_shown

    assert gap_shown(0.41667, 0.33333, 0.08333) == pytest.approx(0.084)
    assert gap_shown(0.3, None, None) is None
    assert gap_shown(0.3, 0.25, 0.2) == 0.2  # of what is left of a cap, say
    now = mixed("2021-06-20")
    attained, expected = round(100 * now["1.1"].attainment, 1), round(100 * now["1.1"].expected, 1)
    shown = f"{attained - expected:+.1f}"
    assert shown != f"{100 * now['1.1'].gap:+.1f}"
    assert f" {attained}% | {expected}% | {shown} |" in attain.report(now).markdown()
    assert shown in attain.text_table(now)


def mixed(day: str = "2021-06-30") -> attain.Evaluation:
    """Ahead of plan, with a rate to be kept that is not."""
    plan = attain.programme(
        id="mixed",
        window="2021",
        indicators=[
            attain.indicator("homes", name="Homes with gas", kind="level", unit="户"),
            attain.indicator("rate", name="Buses on time", kind="level", unit="%"),
        ],
        projects=[
            attain.project("1", targets=[attain.target("1.1", indicator="homes", aim=attain.at_least(15_000), baseline=12_000)]),
            attain.project("2", targets=[attain.target("2.1", indicator="rate", aim=attain.at_least("92%"), cadence="throughout")]),
        ],
    )
    book = attain.Ledger()
    book.append(indicator="homes", day=day, amount=14_000)
    book.append(indicator="rate", day=day, amount="90%")
    return attain.evaluate(plan, book, as_of=day)


def test_the_headline_says_what_holds_back_a_total_that_is_ahead_of_plan(tmp_path: Path) -> None:
    now = mixed()
    assert now.root.gap > 0 and now.root.status == "at_risk"
    assert content_of(now).held_back_by == "Held back by 2.1 Buses on time"
    assert content_of(now, language="zh").held_back_by == "状态受2.1 Buses on time影响"
    assert "Held back by 2.1 Buses on time" in attain.report(now).html()
    assert "Held back by" in attain.report(now).markdown()


def test_every_form_lists_what_is_to_be_kept_among_what_to_chase(tmp_path: Path) -> None:
    now = mixed()
    assert [one.id for one in content_of(now).holding_back.listed] == ["2.1"]
    chase = attain.report(now).markdown().partition("## What to chase")[2].partition("## ")[0]
    assert "| 2.1 | Buses on time |" in chase and "to be kept |" in chase
    attain.report(now, language="zh").save(tmp_path / "mixed.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "mixed.xlsx")["重点督办"].iter_rows(values_only=True))
    assert (rows[1][0], rows[1][-1]) == ("2.1", "须保持")


def test_a_reading_stands_beside_where_its_way_began() -> None:
    assert "from 12,000户, goal at least 15,000户" in attain.report(mixed()).html()
    assert "基数12,000户，目标不低于15,000户" in attain.report(mixed(), language="zh").html()


def test_what_to_chase_is_missed_behind_or_at_risk(evaluations: tuple[attain.Evaluation, attain.Evaluation]) -> None:
    chase = content_of(evaluations[1]).holding_back.chase
    assert [one.id for one in chase] == ["12.3", "26.2", "1.1", "1.2"]


def test_units_that_have_not_reported_are_counted() -> None:
    plan = attain.programme(
        id="silent",
        window=("2021-01-01", "2021-12-31"),
        indicators=[attain.indicator("a", kind="increment", unit="km"), attain.indicator("b", kind="increment", unit="km")],
        projects=[
            attain.project(
                "1",
                responsible=["Roads", "Parks"],
                targets=[attain.target(f"1.{n}", indicator="a", aim=attain.at_least(n)) for n in (1, 2)],
            ),
            attain.project("2", responsible=["Parks"], targets=[attain.target("2.1", indicator="b", aim=attain.at_least(1))]),
        ],
    )
    held = content_of(attain.evaluate(plan, attain.Ledger(), as_of="2021-06-30")).holding_back
    assert (held.silent, held.silent_units) == (3, [("Parks", 3), ("Roads", 2)])
    assert held.silent_weight == 1


def test_the_curve_ends_at_the_attainment_and_plans_all_of_it(evaluations: tuple[attain.Evaluation, attain.Evaluation]) -> None:
    now = evaluations[1]
    curve = content_of(now).curve
    assert curve.actual[-1] == (now.as_of, now.root.attainment)
    shares = [share for _, share in curve.planned]
    assert shares == sorted(shares)
    assert shares[0] == 0 and abs(shares[-1] - 1) < 1e-12
    assert [day for day, _ in curve.planned] == sorted(day for day, _ in curve.planned)


def test_counts_are_those_of_the_targets(evaluations: tuple[attain.Evaluation, attain.Evaluation]) -> None:
    content = content_of(evaluations[1])
    assert content.counts == {"missed": 1, "at_risk": 3, "on_track": 5, "met": 1}
    assert content.target_count == 10


def test_places_are_ranked_and_say_how_they_moved(evaluations: tuple[attain.Evaluation, attain.Evaluation]) -> None:
    june, september = evaluations
    rows = content_of(september, since=june).places
    assert [(row.place, row.rank, row.moved) for row in rows[:2]] == [("lake", 1, 1), ("east", 2, -1)]
    assert rows[-1].rank is None  # never reported


def test_of_very_many_places_the_first_and_the_last_are_shown_and_that_is_said() -> None:
    many = [f"p{number}" for number in range(450)]
    plan = attain.programme(
        id="wide",
        window=("2021-01-01", "2021-12-31"),
        places=[attain.place("all"), *(attain.place(id, within="all") for id in many)],
        indicators=[attain.indicator("done", kind="increment", unit="km", period="year")],
        projects=[
            attain.project(
                "1",
                targets=[attain.target("1.1", indicator="done", aim=attain.at_least(450 * 500), quotas=dict.fromkeys(many, 500))],
            )
        ],
    )
    rows: list[Any] = [
        {"indicator": "done", "place": id, "period": "2021", "amount": float(number)} for number, id in enumerate(many)
    ]
    now = attain.evaluate(plan, attain.Ledger(rows), as_of="2021-12-31")
    content = content_of(now)
    assert (len(content.places), content.place_count) == (400, 450)
    assert content.places[0].place == "p449" and content.places[-1].place == "p0"
    [target] = content.projects[0].targets
    assert (len(target.places), target.place_count) == (40, 450)
    text = attain.report(now).html()
    assert "the first 200 and the last 200 of 450 places" in text
    assert len(text.encode()) < 500_000


def test_the_quality_of_the_reports_is_that_of_attain_quality(evaluations: tuple[attain.Evaluation, attain.Evaluation]) -> None:
    now = evaluations[1]
    content = content_of(now)
    report = attain.quality(now.plan, now.book, as_of=now.as_of)
    shares = {row["measure"]: row["share"] for row in report.scores.rows() if row["indicator"] is None}
    assert [one.share for one in content.scores][:2] == [shares["completeness"], shares["data_completeness"]]
    asked = report.findings.rows()
    assert {row["sentence"] for row in asked if row["check"] != "cannot_detect"} <= {one.text for one in content.findings}
    [untold] = [one.message for one in content.findings if one.text == Words("en")("outliers_untold")]
    names = {one["id"]: one.get("name", one["id"]) for one in now.plan.to_dict()["indicators"]}
    short = dict.fromkeys(names[row["indicator"]] for row in asked if row["check"] == "cannot_detect")
    assert untold == ", ".join(short)


def test_what_is_doubtful_of_an_indicator_reported_every_so_many_days_has_its_day() -> None:
    plan = attain.programme(
        id="one",
        window=("2021-01-01", "2021-12-31"),
        indicators=[attain.indicator("beds", unit="个", kind="level", period=7)],
        projects=[attain.project("1", targets=[attain.target("1.1", indicator="beds", aim=attain.at_least(10), baseline=1)])],
    )
    book = attain.Ledger([{"indicator": "beds", "day": "2021-01-07", "amount": amount, "recorded": "2021-01-08"} for amount in (1, 2)])
    html = attain.report(attain.evaluate(plan, book, as_of="2021-01-31")).html()
    assert "Recorded on one day with different contents." in html
    assert "beds · all · 2021-01-07" in html


def test_what_a_target_has_to_look_at_is_said_once_and_in_words() -> None:
    plan = attain.programme(
        id="schools",
        window=("2021-01-01", "2021-12-31"),
        indicators=[attain.indicator("schools", unit="所", kind="running_total", period="month")],
        projects=[attain.project("1", targets=[attain.target("1.1", indicator="schools", aim=attain.at_least(20))])],
    )
    book = attain.Ledger()
    book.append(indicator="schools", day="2021-03-31", amount=9)
    book.append(indicator="schools", day="2021-06-30", amount=7)
    now = attain.evaluate(plan, book, as_of="2021-06-30")
    for language, said in (("en", "The running total falls at 2021-06-30"), ("zh", "累计数在2021-06-30下降")):
        found = attain.report(now, language=language)._content.findings
        assert [(one.message, one.where) for one in found if one.text == said] == [("", "1.1")]


def test_a_target_without_a_name_is_called_by_what_it_counts() -> None:
    plan = attain.programme(
        id="unnamed",
        window=("2021-01-01", "2021-12-31"),
        indicators=[attain.indicator("lifts", unit="台", kind="increment")],
        projects=[attain.project("1", name="Homes", targets=[attain.target("1.1", indicator="lifts", aim=attain.at_least(9))])],
    )
    text = attain.report(attain.evaluate(plan, attain.Ledger(), as_of="2021-06-30")).markdown()
    assert "| 1.1 | lifts |" in text


def test_what_changed_is_what_compare_says(evaluations: tuple[attain.Evaluation, attain.Evaluation]) -> None:
    june, september = evaluations
    changes = content_of(september, since=june).changes
    change = attain.compare(june, september).change()
    assert changes.sentence in change.sentence()
    assert abs(sum(part.contribution for part in changes.parts) - change.change) < 1e-12
    assert [one.id for one in changes.statuses] == ["12.3", "22.2", "26.2"]


def test_a_report_without_an_earlier_one_has_no_changes(evaluations: tuple[attain.Evaluation, attain.Evaluation]) -> None:
    assert content_of(evaluations[1]).changes is None


def test_a_total_that_is_hardly_answered_has_no_large_number() -> None:
    plan = attain.read_programme(EXAMPLES / "nanchang-2021")
    book = attain.read_observations(EXAMPLES / "nanchang-2021", plan)
    text = attain.report(attain.evaluate(plan, book, as_of="2021-12-31"), language="zh").html()
    assert 'class="big"' not in text


def test_a_ledger_without_reports_has_a_report(parse_page: Any) -> None:
    plan = attain.read_programme(EXAMPLES / "counties-lesson")
    now = attain.evaluate(plan, attain.Ledger(), as_of="2021-09-30")
    for language in ("en", "zh"):
        written = attain.report(now, language=language)
        assert parse_page(written.html()).all("main")
        assert content_of(now).curve is None


def test_functions_of_the_user_are_asked_for_and_used() -> None:
    plan = attain.programme(
        id="own",
        window=("2021-01-01", "2021-12-31"),
        indicators=[
            attain.indicator("done", kind="increment", unit="km", period="month"),
            attain.indicator("twice", kind="formula", unit="km", expression="custom:twice@1", inputs=["done"]),
        ],
        projects=[attain.project("1", targets=[attain.target("1.1", indicator="twice", aim=attain.at_least(120), baseline=0)])],
    )
    book = attain.Ledger([{"indicator": "done", "period": "2021-01", "amount": 3.0}])
    formulas = {"twice@1": lambda done: 2 * done}
    now = attain.evaluate(plan, book, as_of="2021-01-31", formulas=formulas)
    with pytest.raises(attain.InvalidOption):
        attain.report(now)
    content = content_of(now, formulas=formulas)
    assert content.curve.actual[-1][1] == now.root.attainment


def test_another_method_judges_with_its_own_words() -> None:
    plan = attain.read_programme(EXAMPLES / "counties-lesson")
    book = attain.read_observations(EXAMPLES / "counties-lesson", plan)
    for method in attain.built_in_methods():
        try:
            now = attain.evaluate(plan, book, as_of="2021-09-30", method=method.reference)
        except attain.InvalidOption:  # needs what the lesson lacks
            continue
        content = content_of(now, language="zh")
        assert content.method.reference == method.reference == now.method.reference
        assert sum(content.counts.values()) == 10
        labels = {*method.labels(language="zh").values(), "无结果"}
        assert {target.status.word for project in content.projects for target in project.targets} <= labels


def test_a_method_of_a_file_judges_the_curve_too() -> None:
    own = attain.find_method("toladata").to_dict() | {"name": "ours"}
    plan = attain.read_programme(EXAMPLES / "counties-lesson")
    book = attain.read_observations(EXAMPLES / "counties-lesson", plan)
    now = attain.evaluate(plan, book, as_of="2021-09-30", method=attain.MethodSpec.from_dict(own))
    content = content_of(now)
    assert content.method.reference == "ours@1"
    assert content.curve is not None


# -- both languages ----------------------------------------------------------------------------------


def test_a_chinese_page_has_no_english_of_ours(evaluations: tuple[attain.Evaluation, attain.Evaluation], parse_page: Any) -> None:
    """Of a programme whose own texts are Chinese."""
    plan = attain.programme(
        id="1",
        name="清单",
        window=("2021-01-01", "2021-12-31"),
        places=[
            attain.place("a", name="全市"),
            attain.place("b", name="东区", within="a"),
            attain.place("c", name="西区", within="a"),
        ],
        indicators=[
            attain.indicator("i1", name="电梯", unit="台", kind="increment", period="month"),
            attain.indicator("i2", name="准点率", unit="%", kind="level", period="month"),
        ],
        projects=[
            attain.project(
                "1",
                name="加装电梯",
                responsible=["住建局"],
                targets=[attain.target("1.1", name="电梯", indicator="i1", aim=attain.at_least(120), quotas={"b": 60, "c": 60})],
            ),
            attain.project(
                "2",
                name="公交",
                targets=[attain.target("2.1", name="准点率", indicator="i2", aim=attain.at_least("90%"), cadence="throughout")],
            ),
        ],
    )
    book = attain.Ledger()
    for month in range(1, 7):
        book.append(indicator="i1", place="b", period=f"2021-{month:02}", amount=4, recorded=f"2021-{month + 1:02}-05")
        book.append(indicator="i2", period=f"2021-{month:02}", amount="85%", recorded=f"2021-{month + 1:02}-05")
    march, june = attain.history(plan, book, days=["2021-03-31", "2021-06-30"])
    text = parse_page(attain.report(june, since=march, language="zh").html()).text
    others = [june.methods[0], june.method.source]
    others += [row["sentence_chinese"] for row in attain.quality(plan, book, as_of=june.as_of).findings.rows()]
    ours = functools.reduce(lambda left, other: left.replace(other, ""), others, text)
    assert set(re.findall(r"[A-Za-z]{2,}", ours)) == {"attain"}


def test_an_unknown_language_is_refused(evaluations: tuple[attain.Evaluation, attain.Evaluation]) -> None:
    with pytest.raises(attain.InvalidOption) as raised:
        attain.report(evaluations[1], language="fr")
    assert raised.value.findings[0].where == "language"


def test_a_portfolio_is_refused() -> None:
    plan = attain.read_programme(EXAMPLES / "counties-lesson")
    other = attain.Programme.from_dict({**plan.to_dict(), "id": "other"})
    with pytest.raises(attain.InvalidOption) as raised:
        attain.report(attain.evaluate([plan, other], attain.Ledger(), as_of="2021-09-30"))
    assert raised.value.findings[0].where == "evaluation"
