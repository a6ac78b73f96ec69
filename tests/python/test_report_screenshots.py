"""The report page looks as it did: screenshots beside those of ``tests/data/screenshots``, section by section.

    .venv/bin/python -m pytest tests/python/test_report_screenshots.py --new-screenshots

writes them anew; look at them before you commit them. All texts are drawn in one font, so that other fonts of a machine do not matter, and a
section is compared at a quarter of its size, so that another build of the browser or another hinting of letters does not, either. A section that
is lost, lies over another or has lost its colours does: the tests below do so to the page.
"""

import io
import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from matplotlib import font_manager
from PIL import Image, ImageChops, ImageFilter, ImageStat, PngImagePlugin
from playwright.sync_api import Browser

FOLDER = Path(__file__).resolve().parents[1] / "data" / "screenshots"
WIDTHS = {"phone": 390, "desk": 1280}
PARTS = "body > header, nav, section:not(#list), #list > :not(ol), .project, footer"
STYLE = """
* { font-family: 'WenQuanYi Zen Hei' !important; transition: none !important; caret-color: transparent !important; }
* { content-visibility: visible !important; } /* what lies off the screen is drawn, too */
"""
SCALE = 4

# A pixel of the quarter picture, which is softened, differs if a channel does by more than this; a section may have such a share of them. Its
# mean colour may differ by so much, and its height. Letters drawn otherwise come to 0, 3 and 0.03 (phone), what is broken below to more.
SOFT, WORST_PIXEL, WORST_SHARE, WORST_MEAN, WORST_HEIGHT = 2, 36, 0.012, 6.0, 0.08

@pytest.fixture(autouse=True, scope="module")
def font_of_the_references() -> None:
    if not any("wqy-zenhei" in path for path in font_manager.findSystemFonts()):
        pytest.skip("the font WenQuanYi Zen Hei, in which the references are drawn, is not installed")


Boxes = dict[str, tuple[int, int, int, int]]


def shoot(browser: Browser, address: str, width: int, *, style: str = "", script: str = "") -> tuple[Image.Image, Boxes]:
    """The whole page at a quarter of its size, and the boxes of its sections in it."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme="light", reduced_motion="reduce")
    context.set_default_timeout(0)
    page = context.new_page()
    page.goto(address)
    page.add_style_tag(content=STYLE + style)
    if script:
        page.evaluate(script)
    page.evaluate("document.fonts.ready")
    boxes: dict[str, Any] = page.evaluate(
        """parts => Object.fromEntries([...document.querySelectorAll(parts)].map(part => {
             const box = part.getBoundingClientRect()
             return [part.id || part.localName, [box.left, box.top + scrollY, box.right, box.bottom + scrollY]]
           }))""",
        PARTS,
    )
    shot = page.screenshot(full_page=True, animations="disabled")
    context.close()
    with Image.open(io.BytesIO(shot)) as image:
        small = image.convert("RGB").reduce(SCALE)
    return small, {name: tuple(round(edge / SCALE) for edge in box) for name, box in boxes.items()}  # type: ignore[misc]


def differences(now: tuple[Image.Image, Boxes], reference: tuple[Image.Image, Boxes]) -> list[str]:
    """What looks otherwise, a line for each section."""
    image, boxes = now
    wanted, wanted_boxes = reference
    if list(boxes) != list(wanted_boxes):
        return [f"the sections are {', '.join(boxes)}, and were {', '.join(wanted_boxes)}"]
    found = [f"{one} lies over {other}" for one, other in overlaps(boxes) - overlaps(wanted_boxes)]
    for name, box in boxes.items():
        here, there = image.crop(box), wanted.crop(wanted_boxes[name])
        if abs(here.height - there.height) > max(4, WORST_HEIGHT * there.height) or abs(here.width - there.width) > 3:
            found.append(f"{name}: {here.size}, and was {there.size}")
            continue
        mean = max(abs(a - b) for a, b in zip(ImageStat.Stat(here).mean, ImageStat.Stat(there).mean, strict=True))
        share = min(share_of_difference(image.crop(moved(box, by)).resize(there.size), there) for by in (0, -1, 1))
        if share > WORST_SHARE or mean > WORST_MEAN:
            found.append(f"{name}: {share:.1%} of it looks otherwise, its colour by {mean:.1f} of 255")
    return found


def moved(box: tuple[int, int, int, int], by: int) -> tuple[int, int, int, int]:
    """A pixel up or down: where a section begins is rounded to a pixel of the quarter picture."""
    return box[0], box[1] + by, box[2], box[3] + by


def share_of_difference(here: Image.Image, there: Image.Image) -> float:
    """Of pictures of one size, once softened."""
    red, green, blue = ImageChops.difference(*(one.filter(ImageFilter.BoxBlur(SOFT)) for one in (here, there))).split()
    worst = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return sum(worst.histogram()[WORST_PIXEL + 1 :]) / (there.width * there.height)


def overlaps(boxes: Boxes) -> set[tuple[str, str]]:
    """Sections that lie over one another."""
    return {
        (one, other)
        for (one, a), (other, b) in itertools.combinations(boxes.items(), 2)
        if min(a[2], b[2]) - max(a[0], b[0]) > 2 and min(a[3], b[3]) - max(a[1], b[1]) > 2
    }


def load(name: str) -> tuple[Image.Image, Boxes]:
    with Image.open(FOLDER / f"{name}.png") as image:
        boxes = json.loads(image.text["sections"])  # type: ignore[attr-defined]
        return image.convert("RGB"), {section: tuple(box) for section, box in boxes.items()}


def save(name: str, shot: tuple[Image.Image, Boxes]) -> None:
    image, boxes = shot
    note = PngImagePlugin.PngInfo()
    note.add_text("sections", json.dumps(boxes))
    FOLDER.mkdir(exist_ok=True)
    image.save(FOLDER / f"{name}.png", optimize=True, pnginfo=note)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_looks_as_it_did(
    language: str, width: str, browser: Browser, report_pages: dict[str, str], request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    name = f"{language}-{width}"
    shot = shoot(browser, report_pages[language], WIDTHS[width])
    if request.config.getoption("--new-screenshots"):
        save(name, shot)
    shot[0].save(tmp_path / f"{name}.png")
    assert differences(shot, load(name)) == [], f"now: {tmp_path / name}.png"


BROKEN = {
    "a section is lost": ("", "document.querySelector('#places').remove()"),
    "a section is empty": ("#chase > :not(h2) { visibility: hidden; }", ""),
    "a card lies over another": ("#curve { margin-top: -120px !important; position: relative; }", ""),
    "the cards have lost their ground": (".card { background: none !important; border: 0 !important; box-shadow: none !important; }", ""),
    "the colours are lost": ("body { filter: grayscale(1); }", ""),
    "the bars are gone": ("#list .bar, #list svg { visibility: hidden; }", ""),
    "the page is dark": (":root { color-scheme: dark; } body { filter: invert(1); }", ""),
    "letters are far too large": ("body { font-size: 130% !important; }", ""),
}


@pytest.mark.parametrize("what", BROKEN)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_that_is_broken_looks_otherwise(what: str, width: str, browser: Browser, report_pages: dict[str, str]) -> None:
    style, script = BROKEN[what]
    assert differences(shoot(browser, report_pages["en"], WIDTHS[width], style=style, script=script), load(f"en-{width}"))


@pytest.mark.parametrize("width", WIDTHS)
def test_letters_that_are_drawn_a_little_otherwise_look_the_same(width: str, browser: Browser, report_pages: dict[str, str]) -> None:
    """As another build of the browser may draw them: other positions within a pixel, a little heavier or lighter."""
    for style in ("body { text-rendering: geometricPrecision; }", "body { -webkit-text-stroke: 0.15px; }", "body { opacity: 0.97; }"):
        assert differences(shoot(browser, report_pages["en"], WIDTHS[width], style=style), load(f"en-{width}")) == []
