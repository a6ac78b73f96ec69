"""The report page in a browser, as a reader uses it: filters, sorting, whys. Skipped where no Chromium is installed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attain
import pytest
from playwright.sync_api import Browser, Page

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


class Opened:
    """A page, and what the browser complains about and asks the network for."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda problem: self.complaints.append(str(problem)))
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(address)

    def shown(self) -> list[str]:
        """The ids of the targets that are shown, in their order."""
        return [str(one.get_attribute("id")) for one in self.page.locator(".target").all() if one.is_visible()]

    def choose(self, name: str, label: str) -> None:
        self.page.locator(f".filter [name={name}]").select_option(label=label)


@pytest.fixture(params=["en", "zh"])
def opened(request: pytest.FixtureRequest, browser: Browser, report_pages: dict[str, str]) -> Iterator[Opened]:
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    one = Opened(context.new_page(), report_pages[request.param])
    yield one
    assert one.complaints == []
    assert [url for url in one.requests if not url.startswith(("file:", "data:"))] == []
    context.close()


ALL = ["t-1.1", "t-1.2", "t-12.1", "t-12.2", "t-12.3", "t-22.1", "t-22.2", "t-22.3", "t-26.1", "t-26.2"]


def test_the_whole_list_is_shown_at_first(opened: Opened) -> None:
    assert opened.shown() == ALL


def test_a_status_filters_the_list_and_says_how_many_are_left(opened: Opened) -> None:
    opened.page.locator(".filter [name=meaning]").select_option("at_risk")
    assert opened.shown() == ["t-1.1", "t-1.2", "t-26.2"]
    assert "3" in (opened.page.locator(".filter output").text_content() or "")
    opened.page.locator(".filter button[type=reset]").click()
    opened.page.wait_for_function("document.querySelectorAll('.target:not([hidden])').length === 10")
    assert opened.shown() == ALL


def test_a_count_of_the_headline_chooses_its_status(opened: Opened) -> None:
    opened.page.locator(".counts [data-choose=missed]").click()
    assert opened.shown() == ["t-12.3"]


def test_a_place_shows_what_applies_there_and_how_it_stands_there(opened: Opened) -> None:
    opened.choose("place", "West County")
    assert opened.shown() == ["t-1.1", "t-22.1"]
    here = opened.page.locator("[id='t-1.1'] .here")
    assert here.is_visible() and "West County" in (here.text_content() or "")
    opened.page.locator(".filter [name=meaning]").select_option("behind")
    assert opened.shown() == ["t-1.1"]


def test_words_and_numbers_are_searched(opened: Opened) -> None:
    opened.page.locator(".filter [name=text]").fill("lifts")
    assert opened.shown() == ["t-1.1"]
    opened.page.locator(".filter [name=text]").fill("26.")
    assert opened.shown() == ["t-26.1", "t-26.2"]
    opened.page.locator(".filter [name=text]").fill("nowhere")
    assert opened.shown() == []


def test_the_worst_gap_comes_first_if_asked(opened: Opened) -> None:
    opened.page.locator(".filter [name=order]").select_option("gap")
    first = opened.page.locator(".project").first
    assert first.get_attribute("id") == "p-1"
    assert opened.shown()[:2] == ["t-1.1", "t-1.2"]
    opened.page.locator(".filter [name=order]").select_option("")
    assert opened.shown() == ALL


def test_a_why_opens_by_keyboard_and_shows_the_reports(opened: Opened) -> None:
    why = opened.page.locator("[id='t-1.1'] details.why")
    reports = why.locator("table")
    assert not reports.is_visible()
    why.locator("summary").focus()
    opened.page.keyboard.press("Enter")
    assert reports.is_visible()
    assert "2021-05" in (reports.text_content() or "")


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_and_follows_the_scheme(viewport: Any, scheme: Any, browser: Browser, report_pages: dict[str, str]) -> None:
    context = browser.new_context(viewport=viewport, color_scheme=scheme)
    page = context.new_page()
    page.goto(report_pages["zh"])
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == {"light": "rgb(243, 244, 245)", "dark": "rgb(17, 19, 21)"}[scheme]
    headline = page.locator("#headline").bounding_box()
    assert headline is not None and headline["y"] + 200 < viewport["height"]
    context.close()


def test_without_script_everything_can_be_read(browser: Browser, report_pages: dict[str, str]) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(report_pages["en"])
    assert page.locator(".target").count() == 10
    assert not page.locator(".filter").is_visible()
    why = page.locator("[id='t-22.1'] details.why")
    why.locator("summary").click()
    assert why.locator("table").is_visible()
    context.close()


def test_it_prints_without_the_form(browser: Browser, report_pages: dict[str, str]) -> None:
    context = browser.new_context(viewport=DESK)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(report_pages["en"])
    page.emulate_media(media="print")
    assert not page.locator(".filter").is_visible()
    assert page.locator("#headline").is_visible()
    assert len(page.pdf(format="A4")) > 10_000
    context.close()


def test_a_hostile_name_stays_text(browser: Browser, tmp_path: Path) -> None:
    plan = attain.read_programme(EXAMPLES / "counties-lesson")
    spec = plan.to_dict()
    spec["name"] = spec["projects"][0]["name"] = "</script><img src=x onerror=\"document.title='broken'\">"
    hostile = attain.Programme.from_dict(spec)
    book = attain.read_observations(EXAMPLES / "counties-lesson", hostile)
    attain.report(attain.evaluate(hostile, book, as_of="2021-09-30")).save(tmp_path / "a.html")
    context = browser.new_context()
    one = Opened(context.new_page(), (tmp_path / "a.html").as_uri())
    assert one.page.title().startswith("</script>")
    assert one.page.locator("img").count() == 0
    assert one.complaints == []
    context.close()
