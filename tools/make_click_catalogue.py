"""Writes the catalogue that the library of the command line takes its Chinese texts from.

    python tools/make_click_catalogue.py

It is the texts of python/attain/catalogue/_click.py as gettext reads them, and is never edited by hand; a test finds drift.
"""

import struct
from pathlib import Path

from attain.catalogue._click import TEXTS

CATALOGUE = Path(__file__).resolve().parents[1] / "python" / "attain" / "cli" / "locale" / "zh" / "LC_MESSAGES" / "attain.mo"
HEAD = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=1; plural=0;\n"


def catalogue() -> bytes:
    """The file: a head, where each text begins and how long it is, sorted by the English, then the texts."""
    pairs = {"": HEAD, **{one + ("\0" + several if several else ""): chinese for one, several, chinese in TEXTS}}
    ordered = sorted((english.encode(), chinese.encode()) for english, chinese in pairs.items())
    tables = [[english for english, _ in ordered], [chinese for _, chinese in ordered]]
    start = 28 + 16 * len(ordered)
    places, texts = b"", b""
    for table in tables:
        for text in table:
            places += struct.pack("<II", len(text), start + len(texts))
            texts += text + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(ordered), 28, 28 + 8 * len(ordered), 0, start)
    return head + places + texts


if __name__ == "__main__":
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_bytes(catalogue())
