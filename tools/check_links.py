"""Says which relative links of Markdown and HTML files lead nowhere: `check_links.py FILE_OR_FOLDER...`.

Addresses elsewhere are not followed: building the documentation reaches no network.
"""

import re
import sys
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class Page(HTMLParser):
    """The links of a page and what they may point at."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name in ("href", "src") and value:
                self.links.append(value)
            if name in ("id", "name") and value:
                self.anchors.add(value)


@cache
def anchors_of(page: Path) -> set[str]:
    return Page(page.read_text("utf-8")).anchors


def links_of(file: Path) -> list[str]:
    text = file.read_text("utf-8")
    if file.suffix == ".html":
        return Page(text).links
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    prose = re.sub(r"`[^`\n]*`", "", prose)
    return re.findall(r"\]\(([^)\s]+)\)", prose)


def dead_links(file: Path) -> Iterator[str]:
    for link in links_of(file):
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        target = (file.parent / unquote(parts.path)).resolve() if parts.path else file.resolve()
        if not target.exists():
            yield link
        elif parts.fragment and target.suffix == ".html" and unquote(parts.fragment) not in anchors_of(target):
            yield link


def main(arguments: list[str]) -> int:
    files = [
        file
        for argument in map(Path, arguments)
        for file in ([argument] if argument.is_file() else [*argument.rglob("*.md"), *argument.rglob("*.html")])
        if "cpp" not in file.parts and "_static" not in file.parts
    ]
    found = [f"{file}: {link}" for file in sorted(files) for link in dead_links(file)]
    print("\n".join(found) or f"{len(files)} files, no dead link")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
