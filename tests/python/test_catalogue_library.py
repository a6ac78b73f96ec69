"""What the library says in English exists in Chinese, with the same facts: errors, findings, explanations, words of click."""

import ast
import contextlib
import gettext
import pickle
import re
import sys
from pathlib import Path
from typing import Any

import attain
import click
import pytest
from attain.catalogue import MESSAGES, _library
from attain.catalogue._click import TEXTS as OF_CLICK
from attain.catalogue._saying import Sayings

sys.path.insert(0, str(Path(__file__).parent))
import test_bad_input

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SENTENCE = re.compile(r"[A-Za-z]{2,}[,;:]? [a-z]{2,}")
"""Two words of English one after the other."""
QUOTED = re.compile("“[^”]*”")


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


def quoted(text: str) -> set[str]:
    return set(re.findall(r"[\"“]([^\"”]+)[\"”]", text))


def has_the_facts_of(english: str, chinese: str) -> bool:
    """Whether numbers and what stands in quotes are there; a 0 may have become a word."""
    return numbers(chinese) >= numbers(english) - {"0"} and quoted(chinese) >= quoted(english)


# -- errors and findings ---------------------------------------------------------------------------


def findings_of(path: Path) -> list[attain.Finding]:
    kind = path.parent.name
    if kind in test_bad_input.FILES:
        return test_bad_input.FILES[kind](path)
    return test_bad_input.TEXTS[kind](path.read_bytes())


@pytest.mark.parametrize("path", test_bad_input.inputs(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_what_is_said_of_a_bad_file_is_said_in_chinese_with_the_same_facts(path: Path) -> None:
    for finding in findings_of(path):
        message = _library.known_message(finding)
        assert message and CHINESE.search(message), finding.message
        assert has_the_facts_of(finding.message.partition("\n")[0], message), message
        expected = _library.known_expected(finding.expected) if finding.expected else ""
        assert expected is not None and not SENTENCE.search(QUOTED.sub("", expected)), finding.expected
        assert has_the_facts_of(finding.expected, expected), expected
        sentence = finding.sentence("zh")
        assert sentence.startswith(("错误", "警告", "提示")) and message in sentence and finding.text in sentence


# Texts in C++ that are no messages of errors and no steps: sentences that C++ has in both languages, names and sources of methods,
# names of inputs of steps, SQL, and what is asserted when the library is compiled.
NO_MESSAGES = {
    "answer.ipp", "quality_finding.ipp", "compare.ipp", "built_in_methods.ipp", "traffic_light.ipp", "unit_table.ipp", "unit_rows.hpp", "config.hpp",
    "sha256.cpp", "xml_text.hpp",
}  # fmt: skip
NO_MESSAGE = {
    "months passed", "days passed", "eve, declared", "per unit", "unmet holds", "so far", "wanted direction", "years left",
    "limit factor",
    "evidence of run", "note of run", "key of run",  # the columns of a snapshot
    "from the period before", "goal at",  # of what a ledger keeps of goals
    "; last read:", "unexpected end of input",  # of a parser, and looked for
    ", which is not installed: python -m pip install 'attain[",  # of a package that is missing, before a command
    "binary snapshots are written as numbers lie in memory", "snapshots hold values, never pointers",
}  # fmt: skip
SQL = re.compile(r"^\s*(SELECT|INSERT|CREATE|PRAGMA|FROM|BEGIN)\b|^entry\.seq|^note, key")
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"')


def texts_of_cpp() -> list[tuple[str, str]]:
    """The file and the text of all strings that read like English."""
    found = []
    bindings = sorted((ROOT / "python" / "bindings").glob("*.[hc]pp"))
    for file in [*sorted((ROOT / "include" / "attain").rglob("*.[hi]pp")), *sorted((ROOT / "src").rglob("*.[hc]pp")), *bindings]:
        if file.name in NO_MESSAGES:
            continue
        code = re.sub(r'R"\(.*?\)"|/\*.*?\*/', "", file.read_text("utf-8"), flags=re.DOTALL)
        code = re.sub(r"(^|\s)//[^\n]*", "", code)
        code = re.sub(r'"\s*\n\s*"', "", code)  # one string, on several lines
        if file in bindings:  # beside documentation and what Python itself raises
            code = "\n".join(re.findall(r"(?:\brefuse\w*|\bunknown_id)\([^;]*;|\.(?:message|expected) = [^;]*;", code))
        found += [(file.name, re.sub(r"\\(.)", r"\1", literal)) for literal in LITERAL.findall(code)]
    reads_like_english = [(file, text) for file, text in found if SENTENCE.search(text) and not SQL.search(text)]
    return [(file, text) for file, text in reads_like_english if text.strip() not in NO_MESSAGE]


def is_said(text: str) -> bool:
    """Whether the catalogue has this piece of a message: in a template, or as a text, with something behind it or before it."""
    if text.strip() in english():
        return True
    behind = ("x", "1", "x]", "stale", "1; the first is at 1:1")
    whole = [text, *(text + one for one in behind), f"x{text}", f"the x{text}", f"x{text}x"]
    kinds = ("error", "around", "expected", "noun", *(f"step {kind}" for kind in ("status", "fact", "band")))
    if any(_library.chinese(kind, one) is not None for one in whole for kind in kinds):
        return True
    return _library.known_expected(text) is not None


def english() -> str:
    """All templates, one behind the other, without the names of their places."""
    pairs = [pair for pairs in (*_library.KINDS.values(), *MESSAGES.values()) for pair in pairs]
    return "\n\n".join(re.sub(r"{\w+(:\w+)?}", "\0", one) for one, _ in pairs)


def test_every_message_of_the_sources_in_cpp_is_there_in_chinese() -> None:
    texts = texts_of_cpp()
    assert len(texts) > 900
    assert [(file, text) for file, text in texts if not is_said(text)] == []


def test_a_message_without_chinese_is_found() -> None:
    assert is_said("the year needs four digits") and is_said(" is due before ")
    assert not is_said("the year needs five digits") and not is_said(" is overdue before ")


SAY = {"Finding", "refused", "_refused", "_refuse", "add", "problem", "bad"}
"""What makes findings of the arguments it is given."""


def texts_of_python() -> list[tuple[str, str]]:
    """The texts that findings are made of, in pieces where something between them differs."""
    found: list[tuple[str, str]] = []

    def texts(file: str, node: ast.AST) -> None:
        for one in ast.walk(node):
            if isinstance(one, ast.Constant) and isinstance(one.value, str):
                found.append((file, one.value))

    for file in sorted((ROOT / "python" / "attain").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in SAY:
                    for argument in [*node.args, *(keyword.value for keyword in node.keywords)]:
                        texts(file.name, argument)
            elif isinstance(node, ast.Assign):
                if {getattr(target, "id", "") for target in node.targets} & {"message", "expected", "_NEW_TEMPLATE"}:
                    texts(file.name, node.value)
    return [(file, text) for file, text in found if SENTENCE.search(text) and text not in NO_MESSAGE]


def test_every_message_of_the_sources_in_python_is_there_in_chinese() -> None:
    texts = texts_of_python()
    assert len(texts) > 100
    assert [(file, text) for file, text in texts if not is_said(text)] == []


def test_a_template_has_in_chinese_the_places_that_it_has_in_english() -> None:
    for kind, pairs in _library.KINDS.items():
        for one, chinese in pairs:
            places = [name for name, _ in re.findall(r"{(\w+)(:\w+)?}", one)]
            assert len(places) == len(set(places)), one
            bare = chinese.replace("{{", "").replace("}}", "")
            assert set(re.findall(r"{(\w+)}", bare)) <= set(places), one
            if kind in ("error", "around", "expected"):
                dropped = set(places) - set(re.findall(r"{(\w+)}", bare))
                assert dropped <= {"library"}, (one, dropped)


def test_a_finding_and_an_error_are_told_in_the_language_that_is_asked_for() -> None:
    with pytest.raises(attain.InvalidInput) as refused:
        attain.parse_date("2021-13-30")
    [finding] = refused.value.findings
    assert finding.sentence() == finding.sentence("en") == str(finding)
    chinese = "错误：没有这一天（原文“2021-13-30”；应为日历上0001-01-01至9999-12-31之间的日期）"
    assert finding.sentence("zh") == finding.sentence("chinese") == refused.value.sentences("zh") == chinese
    assert refused.value.sentences() == str(refused.value)
    assert pickle.loads(pickle.dumps(refused.value)).sentences("zh") == chinese
    for ask in (finding.sentence, refused.value.sentences):
        with pytest.raises(attain.InvalidOption, match="zh or en"):
            ask("fr")


def test_of_several_templates_the_one_with_the_most_words_of_its_own_is_taken() -> None:
    pairs = (("{what} is here", "{what}在此"), ("the {what:thing} is here", "{what}在这里"), ("{one} and {other}", "{other}和{one}"))
    sayings = Sayings({"text": pairs, "thing": (("lift", "电梯"),)}, {})
    assert sayings.chinese("text", "the lift is here") == "电梯在这里"
    assert sayings.chinese("text", "the bus is here") == "the bus在此"  # no such thing, so the next one
    assert sayings.chinese("text", "a and b and c") == "b and c和a"
    assert sayings.chinese("text", " is here") is None and sayings.chinese("thing", "bus") is None


def test_words_of_a_format_are_listed_with_a_chinese_or() -> None:
    for english, chinese in (
        ("at_least, at_most or about", "at_least、at_most或about"),
        ('"draft" or "adopt"', "“draft”或“adopt”"),
        ("period (时期), day (日期) or end (结束)", "period（时期）、day（日期）或end（结束）"),
        ("month", "month"),
    ):
        assert _library.known_expected(english) == chinese
    assert _library.known_expected("some other thing") is None


def test_many_findings_are_counted_in_both_languages() -> None:
    found = tuple(attain.Finding(code="malformed", message="there is no number", where=f"{line}:1") for line in range(1, 24))
    error = attain.InvalidInput("…", found)
    assert error.sentences("zh").splitlines()[0] == "错误 1:1：此处没有数字"
    assert error.sentences("zh").splitlines()[-1] == "……另有3条"
    with pytest.raises(attain.InvalidInput) as refused:
        attain.Ledger([{"indicator": "lifts", "period": "2021-01", "amount": "?"} for _ in range(23)])
    assert refused.value.sentences().splitlines()[-1] == "… and 3 more"
    assert refused.value.sentences("zh").splitlines()[-1] == "……另有3条"


def test_a_column_is_named_in_chinese_as_a_file_may_name_it() -> None:
    from attain.excel import _csv

    assert {heading: _csv.column_named(heading) for heading in _library._COLUMNS.values()} == {
        chinese: column for column, chinese in _library._COLUMNS.items()
    }
    assert tuple(_library._COLUMNS) == _csv.COLUMNS


def test_a_message_that_nobody_knows_stays_as_it_is() -> None:
    finding = attain.Finding(code="malformed", message="something else", expected="some other thing", where="a.csv:2:1")
    assert finding.sentence("zh") == "错误 a.csv:2:1：something else（应为some other thing）"
    assert attain.InvalidInput("bare").sentences("zh") == "bare"


def test_an_unknown_id_is_told_with_what_resembles_it() -> None:
    now = evaluated("counties-lesson", "2021-09-30")
    with pytest.raises(attain.UnknownId) as unknown:
        now.target("22.11")
    assert unknown.value.sentences("zh").startswith("错误：没有这样的目标项（原文“22.11”；应为已有的编号之一，可能是22.1")


def test_what_is_told_of_a_method_is_there_in_chinese_with_the_same_numbers() -> None:
    for method in attain.built_in_methods():
        for kind, text in (("source", method.source), ("caveat", method.caveat)):
            said = _library.chinese(kind, text) if text else "无"
            assert said and CHINESE.search(said), text
            assert numbers(said) >= numbers(text), said


# -- explanations ----------------------------------------------------------------------------------

EXPLAINED = (
    ("counties-lesson", "2021-03-10"), ("counties-lesson", "2021-09-30"), ("counties-lesson", "2021-12-31"),
    ("nanchang-2021", "2021-12-31"), ("guangzhou-2017", "2017-12-31"), ("us-goals-fy2022", "2022-09-30"),
)  # fmt: skip


def evaluated(folder: str, day: str, method: str | None = None) -> attain.Evaluation:
    plan = attain.read_programme(EXAMPLES / folder)
    return attain.evaluate(plan, attain.read_observations(EXAMPLES / folder, plan), as_of=day, method=method)


def evaluations(method: str | None) -> list[attain.Evaluation]:
    """Of the examples, where they say what the method needs, and of levels that grow and fall."""
    found = []
    for folder, day in EXPLAINED:
        with contextlib.suppress(attain.InvalidOption):
            found.append(evaluated(folder, day, method))
    indicators = [{"id": id, "unit": "%", "kind": "level"} for id in ("up", "down", "held")]
    aims = {"up": {"at_least": "80%"}, "down": {"at_most": "10%"}, "held": {"at_least": "50%"}}
    targets = [{"id": id, "indicator": id, "aim": aim} for id, aim in aims.items()]
    window = {"start": "2016-01-01", "due": "2030-12-31"}
    plan = attain.Programme.from_dict(
        {
            "format": "attain-programme/1", "id": "levels", "window": window, "indicators": indicators,
            "projects": [{"id": "all", "targets": targets}],
        }  # fmt: skip
    )
    amounts = {"up": (40, 44, 49, 55, 60, 61), "down": (30, 28, 29, 25, 24, 22), "held": (60, 61, 61, 62, 60, 63)}
    rows = [
        {"indicator": id, "day": f"{year}-12-31", "amount": f"{amount}%"} for id, all in amounts.items() for year, amount in enumerate(all, 2015)
    ]
    with contextlib.suppress(attain.InvalidOption):
        found.append(attain.evaluate(plan, attain.Ledger(rows, plan), as_of="2020-12-31", method=method))
    return found


def explanations(now: attain.Evaluation) -> list[attain.Explanation]:
    assert isinstance(now.plan, attain.Programme)
    results: list[Any] = [*now.results(at_places=True), *(now.project(id) for id in now.plan.project_ids), now.root]
    return [one.explain() for one in results]


@pytest.mark.parametrize("method", [None, *(one.name for one in attain.built_in_methods())])
def test_every_step_of_the_examples_is_said_in_chinese_with_the_same_numbers(method: str | None) -> None:
    steps = 0
    for now in evaluations(method):
        for one in explanations(now):
            assert CHINESE.search(_library.chinese("subject", one.subject) or "")
            for step in one.steps:
                said = _library.known_step(step)
                assert said, step.text
                assert sorted(re.findall(r"\d+", said)) == sorted(re.findall(r"\d+", step.text)), said
                steps += 1
            for finding in one.findings:
                assert _library.known_message(finding), finding.message
    assert steps > 100 or method == "fema_cpi_spi"  # no example says what was spent


def test_an_explanation_has_the_same_lines_in_chinese() -> None:
    why = evaluated("counties-lesson", "2021-09-30")["22.1"].explain()
    english, chinese = why.sentences("en").splitlines(), why.sentences("zh").splitlines()
    assert why.sentences() == why.text
    assert len(english) == len(chinese)
    assert chinese[0] == "22.1，地区：city，截至2021-09-30"
    assert chinese[7:9] == ["  R4   实际完成值：5000 person-times（数据截至2021-09-30）", "  R8   报送覆盖应报时间和地区的比例：90.4%"]
    assert chinese[11] == "  A1   完成度：71.43%，即（实际完成值−基数）÷（目标−基数）"
    assert chinese[-1] == "  ! 提示 22.1，city：报送覆盖应报地区和时间的90.4%"
    status = why.steps[-1]
    assert status.sentence("zh") == "状态：进展正常，差距为-3.57个百分点；评判方法time_proportional，第1版"
    assert status.sentence() == status.text


def test_earned_value_is_explained_in_chinese() -> None:
    why = evaluated("counties-lesson", "2021-09-30").earned_value().explain()
    assert [step.text for step in why.steps if not _library.known_step(step)] == []
    assert "进度指数，EV÷PV：" in why.sentences("zh")


# -- what click says -------------------------------------------------------------------------------

OF_OTHER_PROGRAMS = re.compile(
    "editing failed|windows error|deprecationwarning|continue|confirm|repeat|press any key|unknown colo|two entered|invalid input|uuid|"
    "format|standard stream|shell completion|declaration|flag|defined twice|determine name|no options defined|^d$|values are required|"
    "choice\\(|invalid start|not executable",
    re.IGNORECASE,
)
"""What this command line has no occasion to say: prompts, editors, mistakes of programmers, and kinds of options that it has none of."""


def test_what_click_says_is_there_in_chinese() -> None:
    asked = set()
    for file in sorted(Path(click.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "ngettext") and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    asked.add(str(first.value))
    assert len(asked) > 40
    known = {one for one, _, _ in OF_CLICK}
    assert {text for text in asked - known if not OF_OTHER_PROGRAMS.search(text)} == set()
    for one, several, chinese in OF_CLICK:
        assert CHINESE.search(chinese)
        assert set(re.findall(r"{(\w+)", chinese)) <= set(re.findall(r"{(\w+)", one + several)), one


def test_the_catalogue_that_click_reads_is_made_of_these_texts() -> None:
    folder = Path(attain.__file__).parent / "cli" / "locale"
    made = gettext.translation("attain", folder, ["zh"])
    for one, several, chinese in OF_CLICK:
        said = {made.ngettext(one, several, 1), made.ngettext(one, several, 2)} if several else {made.gettext(one)}
        assert said == {chinese}
