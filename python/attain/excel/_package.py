"""The zip file that an .xlsx workbook is, opened with care.

Nothing is written to disk, and no part is inflated that reading does not need. Refused are: what is no zip file; encrypted,
overlapping or repeated entries; names that leave the package, and parts that a workbook of numbers does not have (macros,
embedded files); sizes that lie; packages, parts and ratios beyond the limits below; a DOCTYPE in any part that is read.
Everything refused is an :class:`~attain.InvalidInput`.
"""

from __future__ import annotations

import io
import os
import re
import struct
import xml.parsers.expat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping

from attain.errors import Error
from attain.excel._findings import refused

MAX_FILE_BYTES = 64 << 20
"""Of the file as it is."""
MAX_TOTAL_BYTES = 512 << 20
"""Of all its parts, inflated."""
MAX_PART_BYTES = 256 << 20
"""Of one part, inflated."""
MAX_RATIO = 100
"""Of inflated to deflated bytes, for parts of more than 1 MiB."""
MAX_PARTS = 2000
MAX_DEPTH = 64
"""Of elements in elements."""

_CHUNK = 1 << 16
_FREE_BYTES = 1 << 20
_ZIP_START = b"PK\x03\x04"
_OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCAL_HEADER_BYTES = 30
_KNOWN_PARTS = re.compile(r"\[Content_Types\]\.xml|(?:_rels|docProps|docMetadata|customXml|xl)/[^\\]*")
_NOT_FOR_NUMBERS = re.compile(r"xl/(?:vbaProject|vbaData|activeX|embeddings|macrosheets|dialogsheets)", re.IGNORECASE)
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
    OverflowError,
    OSError,
)

Handler = Callable[[str, Mapping[str, str]], None]
"""Called with the local name of an element and its attributes."""


class Package:
    """The parts of a workbook's file."""

    def __init__(self, path: str) -> None:
        self.file = path
        data = _bytes_of(path)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _ZIP_ERRORS as problem:
            raise refused(path, "malformed", f"the file is no whole zip file: {problem}", expected="a workbook, .xlsx") from None
        self._entries = _checked_entries(path, self._zip)

    def __contains__(self, part: str) -> bool:
        return part in self._entries

    def scan(
        self, part: str, start: Handler, end: Callable[[str], None] | None = None, text: Callable[[str], None] | None = None
    ) -> None:
        """Walks through the XML of a part. Names are local names, without their namespace."""
        _scan(self.file, part, self._chunks(part), start, end, text)

    def _chunks(self, part: str) -> Iterator[bytes]:
        """The bytes of a part, which are as many as the package says."""
        entry = self._entries.get(part)
        if entry is None:
            raise refused(self.file, "missing_field", "the workbook lacks a part", part, expected="a whole workbook, .xlsx")
        size = 0
        try:
            with self._zip.open(entry) as opened:
                while chunk := opened.read(_CHUNK):
                    size += len(chunk)
                    yield chunk
        except Error:
            raise
        except _ZIP_ERRORS as problem:
            message = f"the part cannot be inflated: {problem}"
            raise refused(self.file, "malformed", message, part, expected="a whole workbook, .xlsx") from None
        if size != entry.file_size:
            message = "the part is not as long as the package says"
            raise refused(self.file, "malformed", message, part, expected=f"{entry.file_size} bytes")


def _bytes_of(path: str) -> bytes:
    try:
        if os.path.getsize(path) > MAX_FILE_BYTES:
            raise refused(path, "too_large", "the file is too large", expected=f"at most {MAX_FILE_BYTES >> 20} MiB")
        with open(path, "rb") as opened:
            data = opened.read(MAX_FILE_BYTES + 1)
    except OSError as problem:
        raise refused(path, "unreadable_file", f"the file cannot be read: {problem.strerror}") from None
    if data.startswith(_OLE_START):
        message = "this is an old .xls, or a workbook with a password"
        raise refused(path, "malformed", message, expected="a workbook saved as .xlsx, without a password")
    if not data.startswith(_ZIP_START):
        raise refused(path, "malformed", "this is no workbook", expected="a workbook, .xlsx")
    return data


def _checked_entries(path: str, opened: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    entries: dict[str, zipfile.ZipInfo] = {}
    infos = opened.infolist()
    if len(infos) > MAX_PARTS:
        raise refused(path, "too_large", "the workbook has too many parts", expected=f"at most {MAX_PARTS}")
    for entry in infos:
        name = entry.filename
        if name.endswith("/"):
            continue
        if not _KNOWN_PARTS.fullmatch(name) or ".." in name.split("/"):
            raise refused(
                path, "malformed", "a workbook has no such part", text=name, expected="the parts of an .xlsx workbook only"
            )
        if _NOT_FOR_NUMBERS.match(name):
            message = "the workbook holds macros or embedded files"
            raise refused(path, "malformed", message, text=name, expected="a workbook of numbers and text, saved as .xlsx")
        if name in entries:
            raise refused(path, "malformed", "the part is there twice", name, expected="each part once")
        if entry.flag_bits & 0x1:
            raise refused(path, "malformed", "the part is encrypted", name, expected="a workbook without a password")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refused(
                path, "malformed", "the part is compressed in an unusual way", name, expected="stored or deflated parts"
            )
        if entry.file_size > MAX_PART_BYTES or entry.file_size > max(_FREE_BYTES, MAX_RATIO * entry.compress_size):
            raise _too_large(path, name)
        entries[name] = entry
    if sum(entry.file_size for entry in entries.values()) > MAX_TOTAL_BYTES:
        raise refused(
            path, "too_large", "the parts of the workbook are too large", expected=f"at most {MAX_TOTAL_BYTES >> 20} MiB in all"
        )
    _check_overlaps(path, list(entries.values()), opened.start_dir)
    return entries


def _check_overlaps(path: str, entries: list[zipfile.ZipInfo], directory_at: int) -> None:
    in_file = sorted(entries, key=lambda entry: entry.header_offset)
    ends = [*(entry.header_offset for entry in in_file[1:]), directory_at]
    for entry, end in zip(in_file, ends, strict=True):
        if entry.header_offset + _LOCAL_HEADER_BYTES + len(entry.filename.encode()) + entry.compress_size > end:
            raise refused(
                path, "malformed", "the part overlaps what follows it", entry.filename, expected="a whole workbook, .xlsx"
            )


def _too_large(path: str, part: str) -> Exception:
    expected = f"at most {MAX_PART_BYTES >> 20} MiB, and at most {MAX_RATIO} times its packed size"
    return refused(path, "too_large", "the part is too large when inflated", part, expected=expected)


def _scan(
    file: str,
    part: str,
    chunks: Iterator[bytes],
    start: Handler,
    end: Callable[[str], None] | None,
    text: Callable[[str], None] | None,
) -> None:
    parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = 0

    def place() -> str:
        return f"{part}:{parser.CurrentLineNumber}:{parser.CurrentColumnNumber + 1}"

    def refuse_doctype(*_: object) -> None:
        raise refused(file, "malformed", "the part has a DOCTYPE", place(), expected="XML without one")

    def start_element(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise refused(file, "too_deep", "elements are nested too deep", place(), expected=f"at most {MAX_DEPTH} levels")
        start(name.rpartition(" ")[2], attributes)

    def end_element(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(name.rpartition(" ")[2])

    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.StartElementHandler = start_element
    parser.EndElementHandler = end_element
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except xml.parsers.expat.ExpatError as problem:
        message = f"the part is no XML: {xml.parsers.expat.ErrorString(problem.code)}"
        raise refused(
            file, "malformed", message, f"{part}:{problem.lineno}:{problem.offset + 1}", expected="a whole workbook, .xlsx"
        ) from None
    except Error:
        raise
    except (ValueError, LookupError) as problem:
        raise refused(
            file, "bad_encoding", f"the part is in an encoding that is not read: {problem}", part, expected="UTF-8"
        ) from None
