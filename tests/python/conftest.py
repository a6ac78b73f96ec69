"""What the tests of the package share: the example programmes, and small programmes made in code."""

import datetime
import html.parser
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attain
import openpyxl
import pytest
from playwright.sync_api import Browser, sync_playwright

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--new-screenshots", action="store_true", help="write the screenshots of tests/data/screenshots anew")


@pytest.fixture(scope="session")
def examples() -> Path:
    return EXAMPLES


@pytest.fixture(scope="session")
def plan() -> attain.Programme:
    """The programme of the lesson."""
    return attain.read_programme(EXAMPLES / "counties-lesson")


@pytest.fixture
def book(plan: attain.Programme) -> attain.Ledger:
    """What was reported in the lesson; a ledger of the test's own."""
    return attain.read_observations(EXAMPLES / "counties-lesson", plan)


@pytest.fixture
def now(plan: attain.Programme, book: attain.Ledger) -> attain.Evaluation:
    """The lesson as of the end of September."""
    return attain.evaluate(plan, book, as_of="2021-09-30")


@pytest.fixture
def lifts() -> Callable[..., attain.Programme]:
    """Makes a programme of one target, 139 lifts within 2021; fields of the target can be given."""

    def make(**fields: object) -> attain.Programme:
        target = {"indicator": "lifts", "aim": attain.at_least(139), **fields}
        return attain.programme(
            id="small",
            window=("2021-01-01", "2021-12-31"),
            indicators=[attain.indicator("lifts", unit="台", kind="increment", period="month")],
            projects=[attain.project("1", targets=[attain.target("1.1", **target)])],
        )

    return make


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the lesson's folder that a test may write to."""
    return Path(shutil.copytree(EXAMPLES / "counties-lesson", tmp_path / "lesson"))


class Office:
    """A reporting office: gets the template of a programme folder, and fills it in with another library than ours."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder.parent / "report.xlsx"
        plan = attain.read_programme(folder)
        attain.excel.write_template(self.path, plan, attain.read_observations(folder, plan), as_of="2021-10-31", latest_only=True)
        self.book = openpyxl.load_workbook(self.path)
        self.sheet = self.book["Report"]
        self.columns = {cell.value: cell.column for cell in self.sheet[6]}

    def row(self, key: str) -> int:
        """The row whose key begins so."""
        [row] = [cell.row for (cell,) in self.sheet.iter_rows(min_row=7, max_col=1) if cell.value and cell.value.startswith(key)]
        return int(row)

    def cell(self, key: str, column: str = "Value") -> Any:
        """A cell by the row's key and the heading of its column."""
        return self.sheet.cell(self.row(key), self.columns[column])

    def fill(self, key: str, value: object, column: str = "Value") -> str:
        """Fills in a cell; returns its place, such as ``Report!J7``."""
        cell = self.cell(key, column)
        cell.value = value
        return f"Report!{cell.coordinate}"

    def sign(self, day: object = datetime.date(2021, 11, 5), author: str | None = "Li Hua") -> None:
        """Fills in who reports and when."""
        self.sheet["D3"] = author
        self.sheet["D4"] = day

    def send(self, **options: Any) -> attain.excel.Imported:
        """Saves the workbook and imports it."""
        self.book.save(self.path)
        return attain.excel.import_template(self.path, self.folder, **options)

    def refused(self, **options: Any) -> dict[str, str]:
        """What the import refuses, by place; and nothing was written."""
        before = (self.folder / "observations.csv").read_bytes()
        with pytest.raises(attain.Error) as raised:
            self.send(**options)
        assert (self.folder / "observations.csv").read_bytes() == before
        return {
            finding.where.removeprefix(f"{self.path}!"): f"{finding.code}: {finding.message}" for finding in raised.value.findings
        }


@pytest.fixture
def office(folder: Path) -> Office:
    return Office(folder)


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


@pytest.fixture(scope="session")
def parse_page() -> Callable[[str], Page]:
    """Parses HTML; markup that does not fit together fails."""
    return Page


@pytest.fixture(scope="session")
def evaluations() -> tuple[attain.Evaluation, attain.Evaluation]:
    """The lesson at the end of June and of September."""
    plan = attain.read_programme(EXAMPLES / "counties-lesson")
    book = attain.read_observations(EXAMPLES / "counties-lesson", plan)
    june, september = attain.history(plan, book, days=["2021-06-30", "2021-09-30"])
    return june, september


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium. Tests that need one are skipped where none is installed."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium is installed")
    with sync_playwright() as playwright:
        # A sandbox of Chromium cannot be made by root.
        opened = playwright.chromium.launch(executable_path=path, chromium_sandbox=os.geteuid() != 0)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def report_pages(tmp_path_factory: pytest.TempPathFactory, evaluations: tuple[attain.Evaluation, attain.Evaluation]) -> dict[str, str]:
    """Addresses of the lesson's report in both languages."""
    folder = tmp_path_factory.mktemp("report")
    june, september = evaluations
    for language in ("en", "zh"):
        attain.report(september, since=june, language=language).save(folder / f"{language}.html")
    return {language: (folder / f"{language}.html").as_uri() for language in ("en", "zh")}
