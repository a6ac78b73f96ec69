"""Workbooks that are damaged, lie about themselves or want too much are refused with a typed error, in bounded memory."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import attain
import pytest
import xlsxwriter
from attain.excel import import_template, write_template
from attain.excel._layout import checksum
from attain.excel._sheets import LAST_ROW, read_sheets


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A small workbook."""
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("Data")
        sheet.write_row(0, 0, ["indicator", "amount"])
        sheet.write_row(1, 0, ["lifts", 5.85])
    return path


def rewrite(path: Path, change: Callable[[dict[str, bytes]], None], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    """The workbook with changed parts."""
    with zipfile.ZipFile(path) as parts:
        contents = {name: parts.read(name) for name in parts.namelist()}
    change(contents)
    with zipfile.ZipFile(path, "w", compression) as parts:
        for name, data in contents.items():
            parts.writestr(name, data)
    return path


def refusal(path: Path) -> str:
    """What reading says: code, and message."""
    with pytest.raises(attain.InvalidInput) as raised:
        read_sheets(str(path))
    [finding] = raised.value.findings
    assert finding.where.startswith(str(path))
    return f"{finding.code}: {finding.message}"


def sheet_with(path: Path, rows: str) -> Path:
    """The workbook with these rows in its sheet."""

    def change(parts: dict[str, bytes]) -> None:
        head, _, rest = parts["xl/worksheets/sheet1.xml"].decode().partition("<sheetData>")
        parts["xl/worksheets/sheet1.xml"] = f"{head}<sheetData>{rows}</sheetData>{rest.partition('</sheetData>')[2]}".encode()

    return rewrite(path, change)


def test_the_small_workbook_is_read(book: Path) -> None:
    sheet = read_sheets(str(book)).find("Data")
    assert sheet is not None
    assert [(cell.name, cell.kind, cell.text) for row in sheet.rows.values() for cell in row.values()] == [
        ("A1", "text", "indicator"), ("B1", "text", "amount"), ("A2", "text", "lifts"), ("B2", "number", "5.85"),
    ]  # fmt: skip


@pytest.mark.parametrize("size", [0, 1, 3, 4, 30, 100, -1, -22, -100])
def test_what_is_cut_off_is_refused(book: Path, size: int) -> None:
    book.write_bytes(book.read_bytes()[:size])
    assert refusal(book).startswith("malformed: ")


def test_other_files_are_refused(book: Path) -> None:
    book.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert refusal(book) == "malformed: this is an old .xls, or a workbook with a password"
    book.write_text("indicator,amount\n", "utf-8")
    assert refusal(book) == "malformed: this is no workbook"
    book.unlink()
    assert refusal(book).startswith("unreadable_file: ")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("../evil.xml", "malformed: a workbook has no such part"),
        ("xl/../../evil.xml", "malformed: a workbook has no such part"),
        ("/etc/passwd", "malformed: a workbook has no such part"),
        ("evil.exe", "malformed: a workbook has no such part"),
        ("xl\\evil.xml", "malformed: a workbook has no such part"),
        ("xl/vbaProject.bin", "malformed: the workbook holds macros or embedded files"),
        ("xl/embeddings/book.xlsx", "malformed: the workbook holds macros or embedded files"),
    ],
)
def test_parts_that_do_not_belong_there_are_refused(book: Path, name: str, says: str) -> None:
    def change(parts: dict[str, bytes]) -> None:
        parts[name] = b"x"

    assert refusal(rewrite(book, change)) == says


def test_a_part_that_is_there_twice_is_refused(book: Path) -> None:
    with zipfile.ZipFile(book, "a") as parts, pytest.warns(UserWarning, match="Duplicate name"):
        parts.writestr("xl/workbook.xml", "<workbook/>")
    assert refusal(book) == "malformed: the part is there twice"


def test_bombs_are_refused_before_they_are_inflated(book: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        parts["xl/worksheets/sheet1.xml"] = bytes(20 << 20)

    assert refusal(rewrite(book, change)) == "too_large: the part is too large when inflated"


@pytest.mark.parametrize("size", [100, 1 << 30])
def test_sizes_that_lie_are_refused(book: Path, size: int) -> None:
    """The sizes in the directory of the zip file are changed, those of the data are not."""
    data = bytearray(book.read_bytes())
    at = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = struct.pack("<I", size)
    book.write_bytes(data)
    assert refusal(book).partition(":")[0] in ("malformed", "too_large")


def test_encrypted_parts_are_refused(book: Path) -> None:
    data = bytearray(book.read_bytes())
    at = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    data[at + 8] |= 1
    book.write_bytes(data)
    assert refusal(book) == "malformed: the part is encrypted"


def test_overlapping_parts_are_refused(book: Path) -> None:
    data = bytearray(book.read_bytes())
    first, second = data.rindex(b"xl/worksheets/sheet1.xml") - 46, data.rindex(b"xl/styles.xml") - 46
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    book.write_bytes(data)
    assert refusal(book).startswith("malformed: the part overlaps")


READ = ["workbook.xml", "_rels/workbook.xml.rels", "sharedStrings.xml", "styles.xml", "worksheets/sheet1.xml"]


@pytest.mark.parametrize("part", ["_rels/.rels", *(f"xl/{name}" for name in READ)])
def test_a_doctype_is_refused_in_every_part_that_is_read(book: Path, part: str) -> None:
    def change(parts: dict[str, bytes]) -> None:
        head, mark, rest = parts[part].partition(b"?>")
        parts[part] = head + mark + b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + rest

    assert refusal(rewrite(book, change)) == "malformed: the part has a DOCTYPE"


@pytest.mark.parametrize("part", ["_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"])
def test_a_part_that_is_missing_is_named(book: Path, part: str) -> None:
    assert refusal(rewrite(book, lambda parts: parts.pop(part) and None)) == "missing_field: the workbook lacks a part"


def test_deep_nesting_is_refused(book: Path) -> None:
    assert refusal(sheet_with(book, "<a>" * 100_000 + "</a>" * 100_000)) == "too_deep: elements are nested too deep"


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ('<row r="1"><c r="A1" t="s"><v>99</v></c></row>', "malformed: the workbook has no such text"),
        ('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>', "malformed: the workbook has no such text"),
        ('<row r="1"><c r="A1" t="q"><v>1</v></c></row>', "malformed: there is no such type of a cell"),
        ('<row r="1"><c r="XFE1"><v>1</v></c></row>', "malformed: a sheet has no such cell"),
        ('<row r="1"><c r="A0"><v>1</v></c></row>', "malformed: a sheet has no such cell"),
        ('<row r="1"><c r="A1048577"><v>1</v></c></row>', "malformed: a sheet has no such cell"),
        ('<row r="9999999"><c><v>1</v></c></row>', "malformed: this is no row, column or index of a workbook"),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', "malformed: the cell is there twice"),
        ('<row r="1"><c r="A1" s="x"><v>1</v></c></row>', "malformed: this is no row, column or index of a workbook"),
    ],
)
def test_cells_that_cannot_be_are_refused(book: Path, rows: str, says: str) -> None:
    assert refusal(sheet_with(book, rows)) == says


def test_a_sheet_that_is_full_to_its_last_row_may_have_been_cut(book: Path) -> None:
    sheet_with(book, f'<row r="{LAST_ROW - 1}"><c><v>1</v></c></row>')
    sheet = read_sheets(str(book)).find("Data")
    assert sheet is not None
    assert list(sheet.rows) == [LAST_ROW - 1]
    says = refusal(sheet_with(book, f'<row r="{LAST_ROW}"><c><v>1</v></c></row>'))
    assert says.startswith("too_large: the sheet is filled to the last row that a spreadsheet has")
    assert says.endswith("may have been cut off")


def test_formulas_and_their_results_are_told_apart(book: Path) -> None:
    cells = '<c><f>1+1</f><v>2</v></c><c><f>1/0</f></c><c t="str"><f>""</f><v></v></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    sheet_with(book, f'<row r="1">{cells}</row>')
    sheet = read_sheets(str(book)).find("Data")
    assert sheet is not None
    found = [(cell.kind, cell.text, cell.is_formula) for cell in sheet.rows[1].values()]
    assert found == [("number", "2", True), ("empty", "", True), ("text", "", True), ("error", "#DIV/0!", True)]


def test_phonetic_readings_are_no_part_of_a_text(book: Path) -> None:
    text = '<r><t>漢</t></r><r><t>字</t></r><rPh sb="0" eb="2"><t>かんじ</t></rPh>'
    sheet_with(book, f'<row r="1"><c t="inlineStr"><is>{text}</is></c></row>')
    sheet = read_sheets(str(book)).find("Data")
    assert sheet is not None
    assert sheet.rows[1][1].text == "漢字"


@pytest.mark.parametrize(
    ("code", "form"),
    [
        ("yyyy-mm-dd", "day"), ('yyyy"年"m"月"d"日"', "day"), ("[$-804]yyyy/m/d;@", "day"), ("h:mm", "day"), ("[h]:mm", "day"),
        ("0.00%", "percent"), ("0.00", ""), ('0.0" days"', ""), ("General", ""), ("#,##0\\d", ""),
        ("[Red]0", ""), ("0_d", ""), ("@", ""),
    ],
)  # fmt: skip
def test_formats_tell_days_and_percentages_from_numbers(tmp_path: Path, code: str, form: str) -> None:
    with xlsxwriter.Workbook(tmp_path / "book.xlsx") as made:
        made.add_worksheet("Data").write_number(0, 0, 5, made.add_format({"num_format": code}))
    sheet = read_sheets(str(tmp_path / "book.xlsx")).find("Data")
    assert sheet is not None
    assert sheet.rows[1][1].form == form


def test_utf_16_is_read_as_well_and_other_encodings_are_refused(book: Path) -> None:
    def to(encoding: str, name: str) -> Callable[[dict[str, bytes]], None]:
        def change(parts: dict[str, bytes]) -> None:
            text = parts["xl/sharedStrings.xml"].decode().replace("UTF-8", name)
            parts["xl/sharedStrings.xml"] = text.encode(encoding)

        return change

    rewrite(book, to("utf-16", "UTF-16"))
    assert read_sheets(str(book)).sheets[0].rows[1][1].text == "indicator"


def test_the_file_and_what_it_inflates_to_are_limited(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from attain.excel import _package

    monkeypatch.setattr(_package, "MAX_FILE_BYTES", 100)
    assert refusal(book) == "too_large: the file is too large"
    monkeypatch.setattr(_package, "MAX_FILE_BYTES", 1 << 20)
    monkeypatch.setattr(_package, "MAX_TOTAL_BYTES", 1000)
    assert refusal(book) == "too_large: the parts of the workbook are too large"


def test_an_empty_zip_file_is_no_workbook(book: Path) -> None:
    data = io.BytesIO()
    zipfile.ZipFile(data, "w").close()
    book.write_bytes(data.getvalue())
    assert refusal(book) == "malformed: this is no workbook"


def test_a_template_that_was_made_to_name_another_language_is_refused(
    plan: attain.Programme, folder: Path, tmp_path: Path
) -> None:
    """A checksum can be made anew by anybody."""
    path = tmp_path / "r.xlsx"
    write_template(path, plan, as_of="2021-10-31")
    machine = read_sheets(str(path)).find("attain")
    assert machine is not None
    texts = [row[1].text for _, row in sorted(machine.rows.items())][:-1]
    changed = [text.replace('"language":"en"', '"language":"fr"') for text in texts]

    def forge(parts: dict[str, bytes]) -> None:
        strings = parts["xl/sharedStrings.xml"].decode("utf-8").replace(checksum(texts), checksum(changed))
        parts["xl/sharedStrings.xml"] = strings.replace(texts[0], changed[0]).encode("utf-8")

    with pytest.raises(attain.InvalidInput, match="what attain wrote into the template for itself was changed"):
        import_template(rewrite(path, forge), folder)
