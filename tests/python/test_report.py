"""The report of an evaluation: what it says, in both languages, in every form."""

import html.parser
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import attain
import openpyxl
import pytest
from attain.catalogue import TEXTS, Words

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
LANGUAGES = ("en", "zh")

# Elements without an end.
VOID = {"meta", "link", "br", "hr", "input", "img", "use", "path", "circle", "polyline"}


class Page(html.parser.HTMLParser):
    """A page as elements with attributes and text; one whose ends do not match its beginnings fails."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self._open[-1] if self._open else "", data))

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]

    @property
    def text(self) -> str:
        return " ".join(text for tag, text in self.texts if tag not in ("style", "script"))


@pytest.fixture(scope="module")
def evaluations() -> tuple[attain.Evaluation, attain.Evaluation]:
    """The lesson at the end of June and of September."""
    plan = attain.read_programme(EXAMPLES / "counties-lesson")
    book = attain.read_observations(EXAMPLES / "counties-lesson", plan)
    june, september = attain.history(plan, book, days=["2021-06-30", "2021-09-30"])
    return june, september


@pytest.fixture(scope="module", params=LANGUAGES)
def written(request: pytest.FixtureRequest, evaluations: tuple[attain.Evaluation, attain.Evaluation]) -> attain.Report:
    june, september = evaluations
    return attain.report(september, since=june, language=request.param)


@pytest.fixture(scope="module")
def page(written: attain.Report) -> Page:
    return Page(written.html())


# -- the page ----------------------------------------------------------------------------------------


def test_the_page_has_landmarks_a_language_and_a_title(page: Page) -> None:
    [root] = page.all("html")
    assert root["lang"] in ("en", "zh-CN")
    for landmark in ("header", "main", "nav", "footer", "h1"):
        assert len(page.all(landmark)) == 1, landmark
    assert "viewport" in [one.get("name") for one in page.all("meta")]


def test_every_section_is_named_by_its_heading(page: Page) -> None:
    ids = page.ids()
    assert len(ids) == len(set(ids))
    for section in page.all("section"):
        assert section["aria-labelledby"] in ids
    assert {"headline", "chase", "curve", "list", "places", "changes", "findings"} <= set(ids)


def test_tables_have_captions_and_headings_with_a_scope(page: Page) -> None:
    assert len(page.all("table")) == len(page.all("caption"))
    assert all(heading["scope"] in ("row", "col") for heading in page.all("th"))


def test_links_within_the_page_lead_somewhere(page: Page) -> None:
    ids = set(page.ids())
    links = [one["href"] for one in page.all("a")]
    assert {link[1:] for link in links if link.startswith("#")} <= ids
    assert {one["href"][1:] for one in page.all("use")} <= ids


def test_nothing_is_loaded_from_anywhere(page: Page) -> None:
    for tag, attributes in page.elements:
        for name in ("src", "srcset", "data", "action", "poster", "xlink:href"):
            assert name not in attributes, (tag, name)
        if tag == "link":
            assert attributes["href"] == "data:,"
    style = " ".join(text for tag, text in page.texts if tag == "style")
    assert "url(" not in style and "@import" not in style


def test_a_status_is_a_shape_and_a_word_beside_its_colour(page: Page) -> None:
    statuses = [one for one in page.all("span") if one.get("class", "").startswith("status ")]
    icons = [one["href"] for one in page.all("use")]
    words = [one for one in page.all("span") if one.get("class") == "word"]
    assert len(statuses) == len(words) > 20
    assert len(icons) >= len(statuses)


def test_each_target_and_project_says_why(page: Page, evaluations: tuple[attain.Evaluation, attain.Evaluation]) -> None:
    _, now = evaluations
    assert isinstance(now.plan, attain.Programme)
    ids = set(page.ids())
    assert {f"t-{id}" for id in now.plan.target_ids} <= ids
    assert {f"p-{id}" for id in now.plan.project_ids} <= ids
    whys = [one for one in page.all("details") if one.get("class") == "why"]
    assert len(whys) >= len(now.plan.target_ids) + len(now.plan.project_ids)


def test_a_why_shows_the_reports_and_which_of_them_count(written: attain.Report, page: Page) -> None:
    words = Words("zh" if "zh" in repr(written) else "en")
    assert "2021-07-12" in page.text  # the correction
    assert words("fate_replaced") in page.text
    assert words("fate_withdrawal") in page.text


def test_the_page_of_45_projects_is_small() -> None:
    plan = attain.read_programme(EXAMPLES / "nanchang-2021")
    book = attain.read_observations(EXAMPLES / "nanchang-2021", plan)
    text = attain.report(attain.evaluate(plan, book, as_of="2021-12-31"), language="zh").html()
    assert len(text.encode()) < 1_000_000
    links = [one["href"] for one in Page(text).all("a")]
    assert any(link.startswith("https://www.nc.gov.cn/") for link in links)


def test_colours_of_text_stand_out_from_the_paper_by_4_5_to_1(page: Page) -> None:
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
        assert held.gap == now.root.gap
        assert abs(sum(one.share for one in held.pulls) + held.ahead - held.gap) < 1e-12
        assert abs(held.rest) < 1e-12
        assert [one.share for one in held.pulls] == sorted(one.share for one in held.pulls)


def test_what_to_chase_is_missed_behind_or_at_risk(evaluations: tuple[attain.Evaluation, attain.Evaluation]) -> None:
    chase = content_of(evaluations[1]).holding_back.chase
    assert [one.id for one in chase] == ["12.3", "26.2", "1.1", "1.2"]


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


def test_a_ledger_without_reports_has_a_report() -> None:
    plan = attain.read_programme(EXAMPLES / "counties-lesson")
    now = attain.evaluate(plan, attain.Ledger(), as_of="2021-09-30")
    for language in ("en", "zh"):
        written = attain.report(now, language=language)  # type: ignore[arg-type]
        assert Page(written.html()).all("main")
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


def test_every_text_exists_in_both_languages_with_the_same_places() -> None:
    for key, (english, chinese) in TEXTS.items():
        assert english and chinese, key
        assert set(re.findall(r"{(\w+)}", english)) >= set(re.findall(r"{(\w+)}", chinese)), key
        if re.search(r"[a-z]", re.sub(r"{\w+}", "", english)):
            assert re.search(r"[\u4e00-\u9fff]", chinese), key


def test_every_text_that_is_asked_for_is_in_the_catalogue_and_none_is_spare() -> None:
    package = Path(attain.__file__).parent
    sources = [
        file.read_text("utf-8")
        for folder in ("_report", "plots")
        for file in sorted((package / folder).rglob("*"))
        if file.suffix in (".py", ".html")
    ]
    asked = {key for text in sources for key in re.findall(r"\b(?:t|words)\(\s*['\"](\w+)['\"]\s*[,)]", text)}
    quoted = {word for text in sources for word in re.findall(r"['\"](\w+)['\"]", text)}
    assert asked <= set(TEXTS)
    prefixes = ("code_", "severity_", "method_", "at_least", "at_most", "rises", "falls")  # made of a word of the data
    spare = {key for key in TEXTS if key not in quoted and not key.startswith(prefixes)}
    assert spare == set()


def test_the_words_of_a_meaning_are_those_of_the_default_method() -> None:
    method = attain.find_method("time_proportional")
    for language in ("en", "zh"):
        for state, label in method.labels(language=language).items():
            assert Words(language)(state).lower() == label


def test_a_chinese_page_has_no_english_of_ours(evaluations: tuple[attain.Evaluation, attain.Evaluation]) -> None:
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
    text = Page(attain.report(june, since=march, language="zh").html()).text
    ours = text.replace(june.methods[0], "").replace(attain.find_method("time_proportional").source, "")
    assert set(re.findall(r"[A-Za-z]{2,}", ours)) == {"attain"}


def test_an_unknown_language_is_refused(evaluations: tuple[attain.Evaluation, attain.Evaluation]) -> None:
    with pytest.raises(attain.InvalidOption) as raised:
        attain.report(evaluations[1], language="fr")  # type: ignore[arg-type]
    assert raised.value.findings[0].where == "language"


def test_a_portfolio_is_refused() -> None:
    plan = attain.read_programme(EXAMPLES / "counties-lesson")
    other = attain.Programme.from_dict({**plan.to_dict(), "id": "other"})
    with pytest.raises(attain.InvalidOption) as raised:
        attain.report(attain.evaluate([plan, other], attain.Ledger(), as_of="2021-09-30"))
    assert raised.value.findings[0].where == "evaluation"


# -- other forms -------------------------------------------------------------------------------------


def test_the_suffix_decides_and_an_unknown_one_is_refused(written: attain.Report, tmp_path: Path) -> None:
    for name in ("a.html", "a.md", "a.xlsx"):
        written.save(tmp_path / name)
    assert (tmp_path / "a.html").read_text("utf-8").startswith("<!doctype html>")
    assert (tmp_path / "a.md").read_text("utf-8").startswith("# ")
    assert zipfile.is_zipfile(tmp_path / "a.xlsx")
    with pytest.raises(attain.InvalidOption) as raised:
        written.save(tmp_path / "a.pdf")
    assert raised.value.findings[0].expected == ".html, .md or .xlsx"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.html", "a.md", "a.xlsx"]


def test_the_same_evaluation_gives_the_same_bytes(
    evaluations: tuple[attain.Evaluation, attain.Evaluation], tmp_path: Path
) -> None:
    june, september = evaluations
    for name in ("a.html", "a.md", "a.xlsx"):
        attain.report(september, since=june).save(tmp_path / name)
        first = (tmp_path / name).read_bytes()
        attain.report(september, since=june).save(tmp_path / name)
        assert (tmp_path / name).read_bytes() == first, name


def test_the_workbook_has_numbers_as_numbers(evaluations: tuple[attain.Evaluation, attain.Evaluation], tmp_path: Path) -> None:
    june, september = evaluations
    attain.report(september, since=june).save(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "a.xlsx").read_bytes()))
    sheet = book["List"]
    headings = [cell.value for cell in sheet[1]]
    rows = [dict(zip(headings, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=2)]
    [training] = [row for row in rows if row["No."] == "22.1"]
    assert training["Attainment"] == september["22.1"].attainment
    assert abs(training["Gap"] - 100 * (september["22.1"].gap or 0)) < 1e-9


# -- escaping ----------------------------------------------------------------------------------------

CANARY = "<img src=x onerror=alert(1)>\"'&{{7*7}}</script><!--"


def with_canaries(value: Any, key: str = "") -> Any:
    """The specification with the canary in every text of people."""
    if isinstance(value, dict):
        return {name: with_canaries(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [with_canaries(one, key) for one in value]
    if isinstance(value, str) and key in ("name", "text", "note", "source", "responsible", "author", "reason"):
        return f"{value} {CANARY}"
    return value


@pytest.fixture(scope="module")
def hostile() -> attain.Evaluation:
    plan = attain.read_programme(EXAMPLES / "counties-lesson")
    spec = with_canaries(plan.to_dict())
    spec["source"] = f"the council {CANARY}"
    for project in spec["projects"]:
        project["responsible"] = [f"office {CANARY}"]
        project["note"] = CANARY
    hostile = attain.Programme.from_dict(spec)
    rows: list[Any] = attain.read_observations(EXAMPLES / "counties-lesson", plan).entries()
    for row in rows:
        row["source"], row["note"], row["author"], row["evidence"] = f"javascript:{CANARY}", CANARY, CANARY, CANARY
    return attain.evaluate(hostile, attain.Ledger(rows), as_of="2021-09-30")


def test_no_text_of_people_becomes_markup(
    hostile: attain.Evaluation, evaluations: tuple[attain.Evaluation, attain.Evaluation]
) -> None:
    june = attain.evaluate(hostile.plan, hostile.book, as_of="2021-06-30")
    text = attain.report(hostile, since=june).html()
    page = Page(text)
    assert page.all("img") == []
    assert len(page.all("script")) == 1
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)
    assert not any(one["href"].startswith("javascript:") for one in page.all("a"))
    assert page.text.count("{{7*7}}") > 50 and "49</script" not in text
    plain = Page(attain.report(evaluations[1], since=evaluations[0]).html())
    assert {tag for tag, _ in page.elements} <= {tag for tag, _ in plain.elements}


def test_no_text_of_people_becomes_markdown_or_a_formula(hostile: attain.Evaluation, tmp_path: Path) -> None:
    written = attain.report(hostile)
    assert "<img" not in written.markdown() and "</script" not in written.markdown()
    plan = attain.read_programme(EXAMPLES / "counties-lesson")
    spec = plan.to_dict()
    spec["projects"][0]["name"] = "=1+1"
    now = attain.evaluate(attain.Programme.from_dict(spec), hostile.book, as_of="2021-09-30")
    attain.report(now).save(tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["List"]
    [cell] = [cell for cell in sheet["B"] if cell.value == "=1+1"][:1]
    assert cell.data_type == "s"


def test_what_a_notebook_shows_is_escaped(hostile: attain.Evaluation) -> None:
    june = attain.evaluate(hostile.plan, hostile.book, as_of="2021-06-30")
    shown: list[Any] = [hostile.plan, hostile.book, hostile, hostile["1.1"], hostile.project("1"), attain.compare(june, hostile)]
    for one in shown:
        text = one._repr_html_()
        page = Page(text)
        assert page.all("table") and page.all("img") == [], type(one)
        assert "background" not in text
