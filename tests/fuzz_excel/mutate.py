"""Ways to damage a workbook: its bytes, its parts, its XML, its cells, and what attain wrote into it for itself.

Each mutation is a function of a random source and the parts of a workbook, so a seed says everything about a run.
"""

from __future__ import annotations

import hashlib
import io
import json
import random
import re
import zipfile
from collections.abc import Callable
from html import escape, unescape

Parts = dict[str, bytes]

NASTY = [
    "", "0", "-1", "1", "60", "1e999", "NaN", "-0", "1048576", "1048577", "4294967296", "9" * 400, "A1", "XFD1048576",
    "ZZZZ9", "$A$1", "A1:Z9", "#DIV/0!", "=1+1", "true", "s", "str", "inlineStr", "e", "d", "b", "_x0000_", "_xD800_",
    "_x005F_x0001_", "\u202e", "１３９", "5.85万", "180余", "97–99", "2021-02-30", "../../x", "xl/workbook.xml",
    "External", "&amp;&lt;", "&#0;", "&a;", "<x>", "]]>", "text\nwith\nbreaks", "'=1", "\ufeff", "𠮷",
]  # fmt: skip
_TAG = re.compile(r"<[^>]*>")
_VALUE = re.compile(r'"[^"]*"|>[^<]+<')
_MACHINE_CELL = re.compile(r"<si><t[^>]*>([^<]*)</t></si>")


def parts_of(data: bytes) -> Parts:
    """The parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def zipped(parts: Parts, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A workbook of these parts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", compression, compresslevel=1) as to:
        for name, content in parts.items():
            to.writestr(name, content)
    return data.getvalue()


def flip_bytes(source: random.Random, parts: Parts) -> bytes:
    """Changes, cuts out or repeats bytes of the zip file."""
    data = bytearray(zipped(parts, source.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])))
    for _ in range(source.choice([1, 1, 2, 8])):
        at = source.randrange(len(data))
        what = source.randrange(4)
        if what == 0:
            data[at] ^= 1 << source.randrange(8)
        elif what == 1:
            data[at : at + source.randrange(1, 40)] = b""
        elif what == 2:
            data[at:at] = data[at : at + source.randrange(1, 40)]
        else:
            data[at : at + 4] = source.choice([b"\xff\xff\xff\xff", b"\0\0\0\0", b"PK\x01\x02", b"PK\x03\x04"])
        if not data:
            return b""
    return bytes(data)


def change_parts(source: random.Random, parts: Parts) -> bytes:
    """Takes parts away, swaps them, or gives them other names."""
    names = list(parts)
    one, other = source.choice(names), source.choice(names)
    what = source.randrange(4)
    if what == 0:
        del parts[one]
    elif what == 1:
        parts[one], parts[other] = parts[other], parts[one]
    elif what == 2:
        parts[source.choice(["xl/vbaProject.bin", "../x", "xl/worksheets/sheet9.xml", one.upper()])] = parts[one]
    else:
        parts[one] = source.choice(
            [b"", b"\0" * 2_000_000, b"<a>" * 200 + b"</a>" * 200, b"\xff\xfe<\0a\0/\0>\0", b"<!DOCTYPE a><a/>"]
        )
    return zipped(parts)


def change_xml(source: random.Random, parts: Parts) -> bytes:
    """Takes out, repeats, moves and changes elements, attributes and text."""
    name = source.choice([name for name in parts if name.endswith((".xml", ".rels"))])
    text = parts[name].decode("utf-8")
    for _ in range(source.choice([1, 1, 2, 5])):
        tags, values = list(_TAG.finditer(text)), list(_VALUE.finditer(text))
        if not tags or not values:
            break
        what = source.randrange(5)
        if what == 0:
            tag = source.choice(tags)
            text = text[: tag.start()] + text[tag.end() :]
        elif what == 1:
            tag, to = source.choice(tags), source.choice(tags)
            text = text[: to.end()] + tag[0] + text[to.end() :]
        else:
            value = source.choice(values)
            edge = (value[0][0], value[0][-1])
            new = source.choice([source.choice(NASTY), source.choice(values)[0][1:-1]])
            text = text[: value.start()] + edge[0] + new + edge[1] + text[value.end() :]
    parts[name] = text.encode("utf-8", "surrogatepass")
    return zipped(parts)


def change_cells(source: random.Random, parts: Parts) -> bytes:
    """Fills cells of the table with something unexpected, of any type."""
    name = source.choice([name for name in parts if name.startswith("xl/worksheets/sheet")])
    text = parts[name].decode("utf-8")
    cells = list(re.finditer(r'<c r="([A-Z]+[0-9]+)"[^>]*?(?:/>|>.*?</c>)', text))
    for cell in sorted(source.sample(cells, min(len(cells), source.choice([1, 3, 20]))), key=lambda cell: -cell.start()):
        value = escape(source.choice(NASTY), quote=False)
        kind = source.choice(["n", "str", "inlineStr", "b", "e", "d", "s"])
        content = f"<is><t>{value}</t></is>" if kind == "inlineStr" else f"<v>{value}</v>"
        formula = source.choice(["", "", "<f>1+1</f>"])
        style = source.choice(["", f' s="{source.randrange(12)}"'])
        text = text[: cell.start()] + f'<c r="{cell[1]}" t="{kind}"{style}>{formula}{content}</c>' + text[cell.end() :]
    parts[name] = text.encode("utf-8")
    return zipped(parts)


def forge(source: random.Random, parts: Parts) -> bytes:
    """Changes what attain wrote for itself and makes the checksum anew, as somebody who knows how could."""
    name = "xl/sharedStrings.xml"
    text = parts.get(name, b"").decode("utf-8")
    found = [match for match in _MACHINE_CELL.finditer(text) if match[1].startswith("{")]
    if not found:
        return zipped(parts)
    written = [json.loads(unescape(match[1])) for match in found]
    old = hashlib.sha256("".join(unescape(match[1]) + "\n" for match in found).encode()).hexdigest()
    victim = source.choice(written)
    key = source.choice(list(victim))
    junk: list[object] = [None, 1, -1.5, "", "x", [], {}, [{}], {"a": {}}, True, "2021-02-30", *NASTY]
    if isinstance(victim[key], dict) and victim[key] and source.random() < 0.7:
        inner = source.choice(list(victim[key]))
        victim[key][source.choice([inner, source.choice(["withdrawn", "key", "amount", "evil"])])] = source.choice(junk)
    elif source.random() < 0.2:
        del victim[key]
    else:
        victim[key] = source.choice(junk)
    new = [json.dumps(one, ensure_ascii=False, sort_keys=True, separators=(",", ":")) for one in written]
    for match, line in reversed(list(zip(found, new))):
        text = text[: match.start(1)] + escape(line, quote=False) + text[match.end(1) :]
    text = text.replace(old, hashlib.sha256("".join(line + "\n" for line in new).encode()).hexdigest())
    parts[name] = text.encode("utf-8", "surrogatepass")
    return zipped(parts)


MUTATIONS: list[Callable[[random.Random, Parts], bytes]] = [
    flip_bytes,
    change_parts,
    change_xml,
    change_xml,
    change_cells,
    change_cells,
    forge,
]
