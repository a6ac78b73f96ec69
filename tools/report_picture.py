"""Draws the picture of a report that the README shows: docs/report.png, from the lesson.

    python tools/report_picture.py

Needs attain[report] and, as the tests do, playwright and a Chromium.
"""

import io
import shutil
import tempfile
from pathlib import Path

import attain
from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "report.png"


def main() -> None:
    """The top of the page, at the width of a desk."""
    plan = attain.read_programme(ROOT / "examples" / "counties-lesson")
    book = attain.read_observations(ROOT / "examples" / "counties-lesson", plan)
    june, september = attain.history(plan, book, days=["2021-06-30", "2021-09-30"])
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = Path(folder, "report.html")
        attain.report(september, since=june).save(page_file)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium-headless-shell"), chromium_sandbox=False)
        page = browser.new_page(viewport={"width": 1180, "height": 960}, color_scheme="light")
        page.goto(page_file.as_uri())
        shot = page.screenshot()
        browser.close()
    with Image.open(io.BytesIO(shot)) as image:
        image.convert("RGB").quantize(96, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(PICTURE, optimize=True)
    print(f"{PICTURE}: {PICTURE.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
