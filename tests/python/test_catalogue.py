"""What people read exists once, in both languages; what the library says of errors and explanations is in test_catalogue_library.py."""

import ast
import re
from pathlib import Path

import attain
import pytest
from attain.catalogue import MESSAGES, TEXTS, Words
from attain.cli import commands


def test_every_text_exists_in_both_languages_with_the_same_places() -> None:
    for key, (english, chinese) in TEXTS.items():
        assert english and chinese, key
        assert set(re.findall(r"{(\w+)[}:]", english)) >= set(re.findall(r"{(\w+)[}:]", chinese)), key
        if re.search(r"[a-z]", re.sub(r"{[^}]*}", "", english)):
            assert re.search(r"[\u4e00-\u9fff]", chinese), key


def test_one_is_no_plural() -> None:
    assert Words("en")("said_counts", errors=1, warnings=0) == "1 error, 0 warnings"
    assert Words("en")("gap_behind", points="1.0") == "1.0 points behind plan"
    assert Words("en")("entries", count="1,200") == "1,200 entries"
    assert Words("zh")("said_counts", errors=1, warnings=0) == "错误1个，警告0个"


PACKAGE = Path(attain.__file__).parent
SPEAKING = ("_unreported.py", "_report", "plots", "excel", "cli", "_display")
"""What of the package shows texts to people."""
READING = ("excel/_cells.py", "excel/_csv.py", "excel/_findings.py", "excel/_sheets.py", "excel/_workbook_reader.py")
"""What reads workbooks: all its texts are those of errors, and words of the format."""

# Keys that are made of a word of the data: of a status, a code, a command, …
MADE_OF_DATA = ("at_least", "at_most", "rises", "falls")
PREFIXES = (
    "asked_", "check_", "choice_", "code_", "column_", "help_", "kind_", "measure_", "method_", "option_", "phase_", "quality_", "reason_",
    "severity_", "short_", "what_",
)


def sources() -> list[Path]:
    """The files that show texts."""
    found = [file for name in SPEAKING for file in [PACKAGE / name, *sorted((PACKAGE / name).rglob("*"))]]
    return [file for file in found if file.suffix in (".py", ".html")]


def test_every_text_that_is_asked_for_is_in_the_catalogue_and_none_is_spare() -> None:
    texts = [file.read_text("utf-8") for file in sources()]
    asked = {key for text in texts for key in re.findall(r"\b(?:t|words|say)\(\s*['\"](\w+)['\"]\s*[,)]", text)}
    quoted = {word for text in texts for word in re.findall(r"['\"](\w+)['\"]", text)}
    assert asked <= set(TEXTS)
    spare = {key for key in TEXTS if key not in quoted and key not in MADE_OF_DATA and not key.startswith(PREFIXES)}
    assert spare == set()


def test_texts_that_are_named_after_data_are_there_for_all_of_the_data_and_for_nothing_else() -> None:
    header = Path(attain.get_include(), "attain", "ledger", "quality_finding.hpp").read_text("utf-8")

    def words_of(name: str) -> set[str]:
        table = header.partition(f"word_table<{name}>")[2].partition("};")[0]
        return set(re.findall(r'"(\w+)"', table))

    phases = Path(attain.get_include(), "attain", "core", "progress.hpp").read_text("utf-8").partition("words[] = {")[2].partition("}")[0]
    options = {f"option_{name}" for name in ("includes", "cmakedir", "version", "help", "form_json")}
    for one in [commands, *commands.commands.values()]:
        for parameter in one.params:
            own, everywhere = f"option_{one.name}_{parameter.name}", f"option_{parameter.name}"
            options.add(own if own in TEXTS else everywhere)
    options -= {f"option_{argument.name}" for one in commands.commands.values() for argument in one.params if argument.param_type_name == "argument"}
    expected = {
        "reason_": {str(reason) for reason in attain.Reason},
        "severity_": {str(severity) for severity in attain.Severity},
        "check_": words_of("quality_check"),
        "measure_": words_of("quality_measure"),
        "phase_": {*re.findall(r'"(\w+)"', phases), "explaining"},
        "help_": {"attain", "examples", *commands.commands},
        "short_": set(commands.commands),
        "option_": {option.removeprefix("option_") for option in options},
    }
    for prefix, words in expected.items():
        assert len(words) > 2, prefix
        assert {key.removeprefix(prefix) for key in TEXTS if key.startswith(prefix)} == words, prefix


# What reads like a text for people, in English: two words or more, or one that begins like a sentence and ends like one.
SENTENCE = re.compile(r"[A-Za-z]{2,}[,;:]? [a-z]{2,}|^[A-Z][a-z]+[.:!?]$")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Errors are said in English, as by C++, and in Chinese by templates (test_catalogue_library.py); and what is no text for people.
ERRORS = {"Finding", "InvalidInput", "InvalidOption", "TypeError", "ValueError", "ModuleNotFoundError", "refused", "_refused", "add", "problem", "bad", "warn"}
NO_TEXT = {"compile", "sub", "match", "fullmatch", "search", "findall", "needs", "examples"}


class Literals(ast.NodeVisitor):
    """The strings of a module that people might see: no documentation, no errors, no regular expressions, no names."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []

    def visit_Expr(self, node: ast.Expr) -> None:  # documentation
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:  # what a prompt shows of an object is for programmers
        if node.name not in ("__repr__", "result_text", "column_text"):
            self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        del node

    def visit_Assert(self, node: ast.Assert) -> None:
        del node

    def visit_Assign(self, node: ast.Assign) -> None:
        names = {target.id for target in node.targets if isinstance(target, ast.Name)}
        if not names & {"message", "expected", "_NEW_TEMPLATE"}:
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""
        if name not in ERRORS | NO_TEXT:
            self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        text = re.sub(r"<[^>]*>?", "", node.value) if isinstance(node.value, str) else ""
        if SENTENCE.search(text) or CHINESE.search(text):
            self.found.append((node.lineno, node.value))


def strays(source: str) -> list[tuple[int, str]]:
    literals = Literals()
    literals.visit(ast.parse(source))
    return literals.found


def test_a_text_outside_of_the_catalogue_is_found() -> None:
    assert strays('click.echo(f"{path}: nothing is due")') == [(1, ": nothing is due")]
    assert strays('x = "Examples:"') and strays('x = "状态"') and strays('option(help="Of what people read.")')
    assert not strays('"""A module."""\nx = "on_track"\nraise ValueError("there is no such thing")')


def test_no_text_for_people_stands_outside_of_the_catalogue() -> None:
    found = [
        f"{file.relative_to(PACKAGE)}:{line}: {text}"
        for file in sources()
        if file.suffix == ".py"
        if file.relative_to(PACKAGE).as_posix() not in READING
        for line, text in strays(file.read_text("utf-8"))
        if text not in NAMES
    ]
    assert found == []
    for file in sources():  # between the tags of a template stand only what it fills in, marks and numbers
        if file.suffix == ".html":
            bare = re.sub(r"{[{%#].*?[}%#]}|<[^>]*>", " ", file.read_text("utf-8"), flags=re.DOTALL)
            assert re.findall(r"[A-Za-z\u4e00-\u9fff]{2,}", bare) == [], file.name


NAMES = {"upper left", "宋体", "余", "近"}
"""Words that are no text: of matplotlib, a font, and marks within numbers."""


def test_every_code_of_a_finding_says_what_it_is_about_in_both_languages() -> None:
    header = Path(attain.get_include(), "attain", "core", "codes.hpp").read_text("utf-8")
    codes = re.findall(r"^  X\((\w+)\)", header, re.MULTILINE)
    assert len(codes) > 90
    assert [key for key in TEXTS if key.startswith("code_")] == [f"code_{code}" for code in codes]
    for column in (0, 1):
        texts = [TEXTS[f"code_{code}"][column] for code in codes]
        assert len(set(texts)) == len(texts)


def test_a_language_has_one_word_everywhere_and_its_english_name_does_as_well(now: attain.Evaluation) -> None:
    change = attain.compare(now, now).change()
    reason = attain.Reason.stale
    for code, name in (("en", "english"), ("zh", "chinese")):
        assert Words(name).language == code
        assert change.sentence(name) == change.sentence(code)
        assert reason.sentence(name) == reason.sentence(code)
        assert now["22.1"].status_label(language=name) == now["22.1"].status_label(language=code)
        assert attain.report(now, language=name).markdown() == attain.report(now, language=code).markdown()
    for ask in (Words, change.sentence, reason.sentence, lambda word: attain.report(now, language=word)):
        with pytest.raises(attain.InvalidOption, match="zh or en") as refused:
            ask("fr")
        assert refused.value.findings[0].where == "language"


def test_the_words_of_a_meaning_are_those_of_the_default_method() -> None:
    method = attain.find_method("time_proportional")
    for language in ("en", "zh"):
        for state, label in method.labels(language=language).items():
            assert Words(language)(state).lower() == label


def test_the_glossary_has_the_words_of_the_catalogue() -> None:
    table = (Path(__file__).resolve().parents[2] / "docs" / "glossary.md").read_text("utf-8")
    rows = re.findall(r"^\| ([A-Z][\w ]+?) \| (\S+) \|", table, re.MULTILINE)
    assert len(rows) > 20
    for english, chinese in rows:
        if english != "English":
            assert (english, chinese) in TEXTS.values(), english


# -- messages of findings --------------------------------------------------------------------------


def test_every_message_that_a_report_may_show_is_there_in_chinese_as_the_library_says_it() -> None:
    """The words between the places of each are in the C++ that says it, and each code is one."""
    headers = Path(attain.get_include(), "attain")
    said = re.sub(r'"\s*"', "", "".join(file.read_text("utf-8") for file in sorted(headers.rglob("*.[hi]pp"))))
    for code, messages in MESSAGES.items():
        assert f"code_{code}" in TEXTS
        for english, chinese in messages:
            assert CHINESE.search(chinese) or chinese == "{about}", english
            assert set(re.findall(r"{(\w+)}", chinese)) <= set(re.findall(r"{(\w+)}", english)), english
            for piece in re.split(r"{\w+}", english.removeprefix(f"{code}: ").removeprefix("the programme").removeprefix("the project")):
                piece = re.sub(r"^ (entry is|entries are) ", " ", piece)
                assert piece.strip(" :") in said, piece


def test_every_warning_of_a_programme_has_its_message_in_chinese() -> None:
    sources = Path(attain.get_include(), "attain", "model", "impl")
    warned = {code for file in sources.glob("*.ipp") for code in re.findall(r"warning\(\s*code::(\w+)", file.read_text("utf-8"))}
    assert len(warned) >= 11
    assert warned <= set(MESSAGES)
    checks = Path(attain.get_include(), "attain", "engine", "impl", "explain_checks.hpp").read_text("utf-8")
    assert set(re.findall(r"code::(\w+)", checks)) <= set(MESSAGES)


def test_a_finding_is_told_in_chinese(plan: attain.Programme, now: attain.Evaluation) -> None:
    chinese = Words("zh")
    [gap] = now["12.1"].findings
    assert gap.message == "reports cover 88.64% of the time; none for 2021-05"
    assert chinese.message(gap) == "报送覆盖应报时间的88.64%，缺2021-05"
    assert Words("en").message(gap) == gap.message
    stray = attain.Ledger([{"indicator": "planes", "period": "2021-01", "amount": 1}])
    [unknown] = attain.check(plan, stray)
    assert chinese.message(unknown) == "1条报送的指标不在清单中"
    spec = plan.to_dict()
    spec["projects"][0]["targets"][0]["quotas"]["east"] = 1
    [warning] = [one for one in attain.Programme.from_dict(spec).warnings if one.code == "quotas_differ_from_goal"]
    assert re.fullmatch(r"\w+以下的分解指标合计\d+，而目标为\d+", chinese.message(warning))
    report = attain.report(attain.evaluate(attain.Programme.from_dict(spec), stray, as_of="2021-09-30"), language="zh").markdown()
    assert "planes" in report and "目标项 1.1 Lifts in old houses" in report
    other = attain.Finding(code="gap_in_time", message="something else")
    assert chinese.message(other) == ""
