"""The command line, as a user calls it."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import attain
import openpyxl
import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
LESSON = str(EXAMPLES / "counties-lesson")


def attain_says(*arguments: str, **environment: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "attain", *arguments], capture_output=True, env={**os.environ, **environment}, check=False
    )
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def test_evaluate_prints_a_table() -> None:
    code, out, err = attain_says("evaluate", LESSON, "--as-of", "2021-09-30")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "A lesson: one year in six invented counties, as of 2021-09-30"
    [root] = [line for line in lines if line.startswith("counties-lesson")]
    assert root.endswith("at risk")
    [line] = [line for line in lines if line.startswith("    12.3 ")]
    assert line.split()[-1] == "missed"


def test_whoever_has_read_enough_may_close_the_pipe() -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    done = subprocess.run([sys.executable, "-m", "attain", "methods"], stdout=theirs, stderr=subprocess.PIPE, check=False)
    os.close(theirs)
    assert (done.returncode, done.stderr) == (1, b"")


def test_evaluate_takes_known_at_and_place() -> None:
    _, out, _ = attain_says("evaluate", LESSON, "--as-of", "2021-06-30", "--known-at", "2021-07-10", "--place", "west")
    assert out.splitlines()[0].endswith("as of 2021-06-30, known at 2021-07-10, at west")
    [line] = [line for line in out.splitlines() if line.startswith("    1.1 ")]
    assert "20" in line.split()
    assert line.endswith("on track")


def test_unreported_targets_stand_at_the_end_by_reason() -> None:
    code, out, _ = attain_says("evaluate", str(EXAMPLES / "nanchang-2021"), "--as-of", "2021-12-31")
    assert code == 0
    body, _, rest = out.partition("No answer: ")
    assert "44.1" in body
    assert rest.startswith("not reported (")
    assert "1.1 " in rest


def test_evaluate_prints_json() -> None:
    code, out, _ = attain_says("evaluate", LESSON, "--as-of", "2021-09-30", "--format", "json")
    assert code == 0
    document = json.loads(out)
    assert (document["programme"], document["as_of"], document["known_at"]) == ("counties-lesson", "2021-09-30", None)
    [target] = [row for row in document["targets"] if row["target"] == "22.1"]
    assert (target["reading"], target["status"], target["data_day"]) == (5000, "on_track", "2021-09-30")
    assert [row["project"] for row in document["projects"]] == [None, "1", "12", "22", "26"]


def test_evaluate_prints_csv() -> None:
    code, out, _ = attain_says("evaluate", LESSON, "--as-of", "2021-09-30", "--format", "csv")
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["target"] for row in rows] == attain.read_programme(LESSON).target_ids
    assert rows[0]["status"] == "at_risk"


def test_csv_guards_what_a_spreadsheet_would_take_for_a_formula(tmp_path: Path) -> None:
    values = attain.read_programme(LESSON).to_dict()
    values["projects"][0]["targets"][0]["name"] = "=HYPERLINK(1)"
    (tmp_path / "programme.json").write_text(json.dumps(values), "utf-8")
    (tmp_path / "observations.csv").write_text("indicator,period,amount\nlifts,2021-01,-5\n", "utf-8")
    _, out, _ = attain_says("evaluate", str(tmp_path), "--as-of", "2021-09-30", "--format", "csv")
    row = next(csv.DictReader(io.StringIO(out)))
    assert row["name"] == "'=HYPERLINK(1)"
    assert row["reading"] == "-5.0"


def test_methods_lists_what_is_built_in() -> None:
    code, out, _ = attain_says("methods")
    assert code == 0
    for method in attain.built_in_methods():
        assert f"{method.reference}  {'verified' if method.verified else 'unverified'}" in out


def test_compare_may_take_the_earlier_day_as_its_report_showed_it() -> None:
    plan = attain.read_programme(LESSON)
    book = attain.read_observations(LESSON, plan)
    june = attain.evaluate(plan, book, as_of="2021-06-30", known_at="2021-07-10")
    september = attain.evaluate(plan, book, as_of="2021-09-30")
    days = ("--from", "2021-06-30", "--to", "2021-09-30")
    code, out, err = attain_says("compare", LESSON, *days, "--from-known-at", "2021-07-10")
    assert (code, err) == (0, "")
    assert attain.compare(june, september).change().sentence() in " ".join(out.split())
    _, as_known_now, _ = attain_says("compare", LESSON, *days)
    assert as_known_now != out
    assert attain_says("compare", LESSON, *days, "--from-known-at", "July")[0] == 2


def test_evaluate_compares_methods() -> None:
    code, out, _ = attain_says("evaluate", LESSON, "--as-of", "2021-09-30", "--method", "time_proportional", "--method", "cn_90_80_60")
    assert code == 0
    assert "The methods differ about:" in out
    assert "cn_90_80_60@1" in out
    code, _, err = attain_says("evaluate", LESSON, "--as-of", "2021-09-30", "--method", "cn_90_80")
    assert code == 2
    assert "cn_90_80_60" in err


def test_explain_says_how_an_answer_came_about() -> None:
    code, out, _ = attain_says("explain", LESSON, "22.1", "--as-of", "2021-09-30")
    assert code == 0
    assert "22.1" in out.splitlines()[0]
    code, out, _ = attain_says("explain", LESSON, "22.1", "--as-of", "2021-09-30", "--place", "east")
    assert code == 0
    assert out.splitlines()[0] == "22.1 Training courses, as of 30 Sep 2021, at East County"
    for whole in ("22", "counties-lesson"):
        assert attain_says("explain", LESSON, whole, "--as-of", "2021-09-30")[0] == 0


@pytest.mark.parametrize("folder", ["counties-lesson", "guangzhou-2017", "nanchang-2021", "us-goals-fy2022"])
def test_check_finds_no_error_in_the_examples(folder: str) -> None:
    code, out, err = attain_says("check", str(EXAMPLES / folder))
    assert (code, err) == (0, "")
    assert out.splitlines()[-1].startswith("0 errors, ")


def test_check_says_everything_that_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "programme.json").write_text('{"format": "attain-programme/1", "id": "p",\n "windw": 1}', "utf-8")
    code, out, _ = attain_says("check", str(tmp_path))
    assert code == 1
    assert "programme.json:2:2#/windw" in out
    values = attain.read_programme(LESSON).to_json()
    (tmp_path / "programme.json").write_text(values, "utf-8")
    (tmp_path / "observations.csv").write_text("indicator,period,amount\nlift,2021-01,5\nlifts,2021-13,5\n", "utf-8")
    code, out, _ = attain_says("check", str(tmp_path))
    assert code == 1
    assert "observations.csv:2:1" in out
    assert "observations.csv:3:" in out
    assert out.splitlines()[-1] == "2 errors, 0 warnings"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["evaluate", LESSON], 2, "Missing option '--as-of'"),
        (["evaluate", LESSON, "--as-of", "2021-02-30"], 2, "Invalid value for --as-of"),
        (["evaluate", "nowhere", "--as-of", "2021-09-30"], 2, "does not exist"),
        (["evaluate", LESSON, "--as-of", "2021-09-30", "--place", "eest"], 2, "or east?"),
        (["evaluate", LESSON, "--as-of", "2021-09-30", "--format", "xml"], 2, "'xml' is not one of"),
        (["explain", LESSON, "22.11", "--as-of", "2021-09-30"], 2, "Did you mean 22.1"),
        (["evaluate", LESSON, "--as-of", "2021-09-30", "--method", "none"], 2, "attain methods lists"),
        (["evalute", LESSON], 2, "No such command"),
        (["evaluate", str(EXAMPLES / "run"), "--as-of", "2021-09-30"], 2, "neither a folder nor a workbook (.xlsx).\n"),
        (["check", str(EXAMPLES / "counties-lesson" / "programme.json")], 2, f"Did you mean {LESSON!r}?"),
        (["report", LESSON, "--as-of", "2021-09-30", "-o", "no-such-folder/a.md"], 1, "directory: 'no-such-folder/a.md'"),
        (["template", LESSON, "--as-of", "2021-09-30", "-o", "a.csv"], 2, "written as .xlsx, not as 'a.csv'"),
        (["workbook", LESSON, "-o", "a.xls"], 2, "written as .xlsx, not as 'a.xls'"),
    ],
)
def test_what_is_wrong_is_said_on_stderr(arguments: list[str], code: int, message: str) -> None:
    found, out, err = attain_says(*arguments)
    assert (found, out) == (code, "")
    assert message in err


def test_a_package_that_is_missing_is_named_with_how_to_install_it(tmp_path: Path) -> None:
    without = "import sys; sys.modules['jinja2'] = None; from attain.cli import run; sys.exit(run(sys.argv[1:]))"
    arguments = ["report", LESSON, "--as-of", "2021-09-30", "-o", str(tmp_path / "a.html")]
    done = subprocess.run([sys.executable, "-c", without, *arguments], capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "error: this needs jinja2, which is not installed: python -m pip install 'attain[report]'\n"


def test_the_list_of_commands_cuts_no_sentence() -> None:
    code, out, _ = attain_says("--help")
    assert code == 0
    assert "..." not in out.partition("Commands:")[2]


def test_a_template_is_for_a_unit_that_the_programme_names(tmp_path: Path) -> None:
    values = attain.read_programme(LESSON).to_dict()
    values["projects"][0]["responsible"] = ["housing office"]
    (tmp_path / "programme.json").write_text(json.dumps(values), "utf-8")
    asked = ["template", str(tmp_path), "--as-of", "2021-10-31", "-o", str(tmp_path / "a.xlsx"), "--unit"]
    code, _, err = attain_says(*asked, "housing ofice")
    assert code == 2
    assert "no responsible unit 'housing ofice'. Did you mean housing office?" in err
    assert not (tmp_path / "a.xlsx").exists()
    code, out, _ = attain_says(*asked, "housing office")
    assert code == 0
    assert "numbers to report" in out


def test_output_is_utf_8_whatever_the_locale_says() -> None:
    arguments = ["evaluate", str(EXAMPLES / "nanchang-2021"), "--as-of", "2021-12-31"]
    plain = attain_says(*arguments)
    assert "南昌" in plain[1]
    for locale in ("C", "POSIX"):
        assert attain_says(*arguments, LC_ALL=locale, LANG=locale, PYTHONUTF8="0", PYTHONIOENCODING="") == plain


def test_version_and_help() -> None:
    assert attain_says("--version") == (0, f"attain, version {attain.__version__}\n", "")
    code, out, _ = attain_says("--help")
    assert code == 0
    for word in ("check", "evaluate", "explain", "--includes", "--cmakedir", "Exit codes"):
        assert word in out


def test_the_headers_and_the_cmake_package_are_found() -> None:
    _, includes, _ = attain_says("--includes")
    assert includes.rstrip("\n") == attain.get_include()
    assert (Path(attain.get_include()) / "attain.hpp").is_file()
    _, cmakedir, _ = attain_says("--cmakedir")
    assert cmakedir.rstrip("\n") == attain.get_cmake_dir()
    assert (Path(attain.get_cmake_dir()) / "attain-config.cmake").is_file()


COMMANDS = ["check", "evaluate", "explain", "compare", "template", "import", "workbook", "methods", "schema"]


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_examples(command: str) -> None:
    code, out, _ = attain_says(command, "--help")
    assert code == 0
    assert f"\n    attain {command}" in out.partition("Examples:")[2]


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", LESSON],
        ["evaluate", LESSON, "--as-of", "2021-09-30"],
        ["explain", LESSON, "22.1", "--as-of", "2021-09-30"],
        ["compare", LESSON, "--from", "2021-06-30", "--to", "2021-09-30"],
        ["methods"],
    ],
)
def test_json_is_there_for_programs(arguments: list[str]) -> None:
    code, out, _ = attain_says(*arguments, "--json")
    assert code == 0
    assert json.loads(out)


def test_json_is_short_for_its_format() -> None:
    arguments = ["evaluate", LESSON, "--as-of", "2021-09-30"]
    assert attain_says(*arguments, "--json") == attain_says(*arguments, "--format", "json")


def test_check_says_what_is_wrong_in_json(tmp_path: Path) -> None:
    (tmp_path / "programme.json").write_text('{"format": "attain-programme/1", "id": "p",\n "windw": 1}', "utf-8")
    code, out, _ = attain_says("check", str(tmp_path), "--json")
    assert code == 1
    assert "unknown_field" in {finding["code"] for finding in json.loads(out)["findings"]}


def test_schema_prints_the_published_schemas() -> None:
    for kind in ("programme", "method"):
        code, out, _ = attain_says("schema", kind)
        assert (code, json.loads(out)) == (0, json.loads((Path(attain.get_schema_dir()) / f"{kind}.schema.json").read_text("utf-8")))
        assert attain_says("schema", kind, "--path")[1].rstrip("\n").endswith(f"{kind}.schema.json")


def test_a_template_goes_out_and_comes_back(folder: Path, tmp_path: Path) -> None:
    report = str(tmp_path / "report.xlsx")
    code, out, err = attain_says("template", str(folder), "--as-of", "2021-10-31", "-o", report, "--place", "east", "--latest")
    assert (code, out, err) == (0, f"{report}: 1 number to report\n", "")
    book = openpyxl.load_workbook(report)
    book["Report"]["K7"] = 7
    book.save(report)
    code, out, err = attain_says("import", report, str(folder))
    assert (code, out) == (1, "")
    assert f"missing_field at {report}!Report!D4" in err
    code, out, err = attain_says("import", report, str(folder), "--json")
    assert (code, err, [finding["code"] for finding in json.loads(out)["findings"]]) == (1, "", ["missing_field"])
    code, out, _ = attain_says("import", report, str(folder), "--recorded", "2021-11-05", "--dry-run", "--json")
    assert (code, json.loads(out)["added"], json.loads(out)["dry_run"]) == (0, 1, True)
    code, out, _ = attain_says("import", report, str(folder), "--recorded", "2021-11-05")
    assert (code, out) == (0, f"{report}: 1 added, 0 already there, 0 not filled in\n")
    code, out, _ = attain_says("import", report, str(folder), "--recorded", "2021-11-05")
    assert (code, out) == (0, f"{report}: 0 added, 1 already there, 0 not filled in\n")
    code, out, _ = attain_says("explain", str(folder), "1.1", "--place", "east", "--as-of", "2021-10-31")
    assert "53" in out


def test_a_workbook_does_as_well_as_a_folder(tmp_path: Path) -> None:
    book = str(tmp_path / "lesson.xlsx")
    code, out, err = attain_says("workbook", LESSON, "-o", book)
    assert (code, out, err) == (0, f"{book}: 4 projects, 10 targets, 111 observations\n", "")
    for arguments in (["check"], ["evaluate", "--as-of", "2021-09-30"], ["explain", "22.1", "--as-of", "2021-09-30"]):
        command, *options = arguments
        assert attain_says(command, book, *options) == attain_says(command, LESSON, *options)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such terminal")
def test_colours_are_for_terminals_only_and_not_if_nobody_wants_them(tmp_path: Path) -> None:
    (tmp_path / "programme.json").write_text("{}", "utf-8")
    assert "\x1b" not in attain_says("check", str(tmp_path))[1]
    for environment, is_coloured in (({}, True), ({"NO_COLOR": "1"}, False)):
        ours, theirs = os.openpty()
        command = [sys.executable, "-m", "attain", "check", str(tmp_path)]
        with subprocess.Popen(command, stdout=theirs, env={**os.environ, "TERM": "xterm", **environment}) as done:
            pass
        assert done.returncode == 1
        assert ("\x1b[31merror" in os.read(ours, 10_000).decode()) == is_coloured
        os.close(ours)
        os.close(theirs)


def test_ids_are_completed_from_the_folder_that_was_typed() -> None:
    words = f"attain explain {LESSON} 22"
    _, out, _ = attain_says(_ATTAIN_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD="3")
    assert [line.partition(",")[2] for line in out.splitlines()] == ["22.1", "22.2", "22.3", "22"]
    _, out, _ = attain_says(_ATTAIN_COMPLETE="bash_complete", COMP_WORDS="attain e", COMP_CWORD="1")
    assert [line.partition(",")[2] for line in out.splitlines()] == ["evaluate", "explain"]


def test_the_page_of_the_command_line_lists_what_there_is() -> None:
    page = (EXAMPLES.parent / "docs" / "command-line.md").read_text("utf-8")
    for command in COMMANDS:
        assert f"\nattain {command}" in page


def test_a_report_is_written_in_the_form_of_its_suffix(tmp_path: Path) -> None:
    for name, start in (("a.html", b"<!doctype html>"), ("a.md", b"# "), ("a.xlsx", b"PK")):
        path = str(tmp_path / name)
        code, out, err = attain_says("report", LESSON, "--as-of", "2021-09-30", "--since", "2021-06-30", "-o", path)
        assert (code, out.strip(), err) == (0, path, "")
        assert (tmp_path / name).read_bytes().startswith(start)


def test_a_report_in_another_form_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    code, _, err = attain_says("report", LESSON, "--as-of", "2021-09-30", "-o", str(tmp_path / "a.pdf"))
    assert code == 2
    assert ".xlsx" in err
    assert list(tmp_path.iterdir()) == []


def test_a_report_is_in_the_language_that_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    attain_says("report", LESSON, "--as-of", "2021-09-30", "-o", str(path), "--language", "zh")
    assert '<html lang="zh-CN">' in path.read_text("utf-8")


# -- in Chinese ------------------------------------------------------------------------------------


def test_tables_and_messages_are_chinese_if_asked(tmp_path: Path) -> None:
    code, out, err = attain_says("evaluate", LESSON, "--as-of", "2021-09-30", "--known-at", "2021-10-31", "--place", "east", "--language", "zh")
    assert (code, err) == (0, "")
    title, counts, _, headings, *lines = out.splitlines()
    assert title.endswith("，截至2021-09-30，依据2021-10-31前的报送，地区：east")
    assert counts == "2个目标项：进展正常2个，无结果0个"
    assert headings.split() == ["编号", "目标项", "实际完成值", "目标", "单位", "完成度", "序时进度", "差距", "状态"]
    assert any(line.endswith("进展正常") for line in lines)
    _, out, _ = attain_says("evaluate", str(EXAMPLES / "nanchang-2021"), "--as-of", "2021-12-31", "--language", "zh")
    assert "无结果：未报送（" in out
    _, out, _ = attain_says("compare", LESSON, "--from", "2021-06-30", "--to", "2021-09-30", "--language", "zh")
    assert "上升21.1个百分点" in out and "执行进度" in out and "合计+21.1：" in out
    _, out, _ = attain_says("quality", LESSON, "--as-of", "2021-09-30", "--language", "zh")
    assert out.startswith("数据质量，截至2021-09-30：") and "完整性" in out and "缺报" in out
    _, out, _ = attain_says("methods", "--language", "zh")
    assert "已核对" in out and "阈值为本工具自定；未见有规定写明分界" in out
    _, out, _ = attain_says("evaluate", LESSON, "--as-of", "2021-09-30", "--method", "toladata", "--method", "hdi", "--language", "zh")
    assert "各评判方法" in out
    _, out, _ = attain_says("template", LESSON, "--as-of", "2021-10-31", "-o", str(tmp_path / "a.xlsx"), "--language", "zh")
    assert out.endswith("个数\n")


def test_what_is_wrong_is_told_in_chinese_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "programme.json").write_text(attain.read_programme(LESSON).to_json(), "utf-8")
    (tmp_path / "observations.csv").write_text("indicator,period,amount\nlift,2021-01,5\n", "utf-8")
    code, out, _ = attain_says("check", str(tmp_path), "--language", "zh")
    assert code == 1
    assert "错误 " in out and "observations.csv:2:1：清单中没有这个指标；是否指“lifts”？（原文“lift”；应为“" in out
    assert out.splitlines()[-1] == "错误1个，警告0个"
    code, _, err = attain_says("evaluate", str(tmp_path), "--as-of", "2021-09-30", "--language", "zh")
    assert code == 1
    assert "清单中没有这个指标；是否指“lifts”？" in err
    code, _, err = attain_says("evaluate", LESSON, "--as-of", "2021-09-30", "--place", "eest", "--language", "zh")
    assert code == 2
    assert "清单中没有地区'eest'。是否指" in err


def test_what_click_says_is_chinese_wherever_the_language_is_named() -> None:
    code, out, _ = attain_says("quality", "--help", "--language", "zh")
    assert code == 0
    assert out.startswith("用法： attain quality [选项] FOLDER") and "[必填]" in out and "显示本说明。" in out
    assert attain_says("quality", "--language=zh", "--help") == attain_says("quality", "--help", ATTAIN_LANGUAGE="zh") == (0, out, "")
    for arguments, said in (
        (["evaluate", LESSON], "错误：缺少选项 '--as-of'"),
        (["evaluate", "nowhere", "--as-of", "2021-09-30"], "“nowhere”不存在。"),
        (["evaluate", LESSON, "--as-of", "2021-09-30", "--form", "xml"], "没有选项“--form”。 是否指"),
        (["evaluate", LESSON, "--as-of", "2021-09-30", "--format", "xml"], "“xml”不在可选范围内："),
        (["evaluate", LESSON, "--as-of", "2021-13-01"], "--as-of的值不正确：没有这一天（原文“2021-13-01”；应为日历上"),
        (["evaluate", LESSON, "--as-of", "2021-09-30", "--method", "toladta"], "没有评判方法toladta（原文“toladta”；应为toladata）"),
        (["evaluate", LESSON, "--as-of", "2021-09-30", "--method"], "选项“--method”须带1个值。"),
    ):
        code, _, err = attain_says(*arguments, "--language", "zh") if arguments[-1] != "--method" else attain_says(*arguments, ATTAIN_LANGUAGE="zh")
        assert code == 2
        assert said in err and "rror" not in err and "Usage" not in err
    code, _, err = attain_says("evalute", ATTAIN_LANGUAGE="zh")
    assert (code, "没有命令“evalute”。" in err) == (2, True)
    assert attain_says("evaluate", "--help", LANGUAGE="zh") == attain_says("evaluate", "--help")


def test_observations_in_gbk_are_read_where_the_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "programme.json").write_text(attain.read_programme(LESSON).to_json(), "utf-8")
    rows = "indicator,place,period,amount,recorded,note\nlifts,east,2021-01,5,2021-02-01,第一批\n"
    (tmp_path / "observations.csv").write_bytes(rows.encode("gbk"))
    code, out, _ = attain_says("check", str(tmp_path), "--language", "zh")
    assert code == 1
    assert "从此处起不是UTF-8编码（" in out and "另存为UTF-8" in out and "编码gb18030（命令行用--encoding）" in out
    _, out, _ = attain_says("check", str(tmp_path))
    assert "save the file as UTF-8" in out and "gb18030" in out
    code, out, _ = attain_says("check", str(tmp_path), "--encoding", "gb18030")
    assert code == 0 and "1 observation\n" in out
    code, out, _ = attain_says("evaluate", str(tmp_path), "--as-of", "2021-01-31", "--encoding", "gb18030", "--place", "east")
    assert code == 0 and any(line.split()[:1] == ["1.1"] for line in out.splitlines())


def test_what_cannot_be_detected_does_not_bury_what_was_found() -> None:
    arguments = ["quality", LESSON, "--as-of", "2021-09-30"]
    _, out, _ = attain_says(*arguments)
    assert "cannot detect" not in out and "missing report" in out
    assert out.splitlines()[-1] == "Not listed: 19 tests of outliers in 9 indicators with too few amounts to detect anything"
    _, everything, _ = attain_says(*arguments, "--all")
    assert everything.count("note      cannot detect") == 19 and "Not listed" not in everything
    _, only, _ = attain_says(*arguments, "--check", "cannot_detect")
    assert only.count("note      cannot detect") == 19
    _, found, _ = attain_says(*arguments, "--json")
    assert sum(one["check"] == "cannot_detect" for one in json.loads(found)["findings"]) == 19


def test_the_environment_names_the_usual_language_of_help_and_tables() -> None:
    _, out, _ = attain_says("--help", ATTAIN_LANGUAGE="zh")
    assert "列出文件的全部问题。" in out and "示例：" in out
    _, out, _ = attain_says("evaluate", "--help", ATTAIN_LANGUAGE="zh")
    assert "截至这一天（含当日）的情况。" in out
    arguments = ["evaluate", LESSON, "--as-of", "2021-09-30"]
    assert attain_says(*arguments, ATTAIN_LANGUAGE="chinese") == attain_says(*arguments, "--language", "zh")
    assert attain_says(*arguments, "--language", "en", ATTAIN_LANGUAGE="zh") == attain_says(*arguments)
    assert attain_says(*arguments, ATTAIN_LANGUAGE="fr") == attain_says(*arguments)


@pytest.mark.parametrize("form", ["json", "csv"])
def test_what_programs_read_is_the_same_in_both_languages(form: str) -> None:
    arguments = ["evaluate", LESSON, "--as-of", "2021-09-30", "--format", form]
    assert attain_says(*arguments) == attain_says(*arguments, "--language", "zh")


def test_explain_says_each_step_in_chinese_and_lists_the_reports() -> None:
    code, out, err = attain_says("explain", LESSON, "1.1", "--as-of", "2021-09-30", "--place", "east", "--language", "zh")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "1.1 Lifts in old houses，截至2021年9月30日，地区：East County"
    assert lines[1] == "  R1   lifts 2021-01：4，报送日2021-02-05——采用"
    assert "  R4   实际完成值：46 lifts（数据截至2021-09-30）" in lines
    assert sum(line.endswith("2021-02-05") for line in lines) == 1
    _, english, _ = attain_says("explain", LESSON, "1.1", "--as-of", "2021-09-30", "--place", "east")
    assert [line == "" for line in english.splitlines()] == [line == "" for line in lines]  # the same steps, then the same reports
    assert "Reports on 1.1" in english and "1.1的报送记录" in out
    _, out, _ = attain_says("explain", LESSON, "12.3", "--as-of", "2021-09-30", "--language", "zh")
    assert "完成度：98.36%，即在限额之内则为全部，否则为限额÷实际完成值" in out
    _, out, _ = attain_says("explain", LESSON, "1", "--as-of", "2021-09-30", "--language", "zh")
    assert "1的构成" in out and "Community centres" in out
    nanchang = str(EXAMPLES / "nanchang-2021")
    _, out, _ = attain_says("explain", nanchang, "1.1", "--as-of", "2021-12-31", "--language", "zh")
    assert out.endswith("没有报送记录。\n")
    arguments = ["explain", LESSON, "1.1", "--as-of", "2021-09-30", "--json"]
    assert attain_says(*arguments, "--language", "zh") == attain_says(*arguments)


def small_folder(folder: Path, *rows: str, target: str = "lifts") -> str:
    plan = attain.programme(
        id="small",
        window=("2021-01-01", "2021-12-31"),
        indicators=[attain.indicator("lifts", unit="台", kind="increment", period="month")],
        projects=[attain.project("1", targets=[attain.target("1.1", indicator="lifts", aim=attain.at_least(139))])],
    )
    (folder / "programme.json").write_text(plan.to_json().replace('"indicator": "lifts"', f'"indicator": "{target}"'), "utf-8")
    (folder / "observations.csv").write_text("\n".join(["indicator,period,amount", *rows, ""]), "utf-8")
    return str(folder)


def test_check_warns_about_amounts_that_look_wrong(tmp_path: Path) -> None:
    amounts = ["10", "11", "9", "100", "-3", "10.5", "12"]
    folder = small_folder(tmp_path, *(f"lifts,2021-{month:02},{amount}" for month, amount in enumerate(amounts, 1)))
    code, out, _ = attain_says("check", folder)
    assert code == 0
    assert f"doubtful_amount at {folder}/observations.csv:5 · lifts · all · 2021-04: 100 looks like the usual " in out
    assert "2021-05: -3 is less than none of what is counted" in out
    assert "2021-06: 10.5 is not whole" in out
    assert out.splitlines()[-1] == "0 errors, 3 warnings"
    _, chinese, _ = attain_says("check", folder, "--language", "zh")
    assert "100像是通常值" in chinese and "-3为负" in chinese and "10.5不是整数" in chinese
    plan = attain.read_programme(folder)
    slips = attain.quality(plan, attain.read_observations(folder, plan), as_of="2021-12-31", only=["magnitude_slip"])
    assert slips.findings["sentence"][0] in out


def test_a_folder_without_reports_says_so(tmp_path: Path) -> None:
    folder = small_folder(tmp_path)
    (tmp_path / "observations.csv").rename(tmp_path / "observation.csv")
    code, out, _ = attain_says("check", folder)
    assert (code, out.splitlines()[0], out.splitlines()[-1]) == (0, "small: 1 project, 1 target, 0 observations", "0 errors, 1 warning")
    assert 'observations.csv: there is no such file, so nothing was reported yet; did you mean "observation.csv"?' in out
    code, _, err = attain_says("evaluate", folder, "--as-of", "2021-12-31", "--language", "zh")
    assert code == 1
    assert "没有这个文件，即尚无报送；是否指“observation.csv”？" in err


def test_check_asks_about_two_reports_of_one_day_that_differ(tmp_path: Path) -> None:
    folder = small_folder(tmp_path, "lifts,2021-01,5", "lifts,2021-01,6", "lifts,2021-02,5", "lifts,2021-02,5")
    code, out, _ = attain_says("check", folder)
    assert (code, out.count("doubtful_amount")) == (0, 1)
    assert "observations.csv:3 · lifts · all · 2021-01" in out
    assert "同日登记，内容不一" in attain_says("check", folder, "--language", "zh")[1]


def test_check_asks_whether_amounts_that_only_rise_are_totals(tmp_path: Path) -> None:
    folder = small_folder(tmp_path, *(f"lifts,2021-{month:02},{amount}" for month, amount in enumerate([10, 19, 28, 37, 46, 60], 1)))
    code, out, _ = attain_says("check", folder)
    assert code == 0
    assert f"note doubtful_amount at {folder}/observations.csv:7 · lifts · all · 2021H1: 6 amounts in a row never fall" in out
    assert "they add up to 200, past the goal of 139: what each period added, or the total so far?" in out
    assert out.splitlines()[-1] == "0 errors, 0 warnings"
    _, chinese, _ = attain_says("check", folder, "--language", "zh")
    assert "连续6期只增不减，末期为60，合计200，已超过目标139：所报是当期数，还是截至当期的累计数？" in chinese


def test_import_asks_about_the_amounts_that_are_new_and_about_no_others(tmp_path: Path) -> None:
    folder = small_folder(tmp_path, "lifts,2021-01,10", "lifts,2021-02,-3", "lifts,2021-03,11", "lifts,2021-04,9")
    rows = tmp_path / "may.csv"
    rows.write_text("indicator,period,amount,recorded\nlifts,2021-05,100,2021-06-05\nlifts,2021-06,10,2021-07-05\n", "utf-8")
    code, out, err = attain_says("import", str(rows), folder, "--dry-run")
    assert (code, out) == (0, f"{rows}: 2 would be added, 0 already there, 0 not filled in\n")
    assert err == f"warning doubtful_amount at {rows} · lifts · all · 2021-05: 100 looks like the usual 10 × 10: is a digit or the unit wrong? (found \"100\")\n"
    code, out, err = attain_says("import", str(rows), folder, "--language", "zh")
    assert (code, "100像是通常值10 × 10：数位或单位是否有误？" in err) == (0, True)
    assert attain_says("import", str(rows), folder)[2] == ""  # nothing is new
    code, out, _ = attain_says("check", folder)
    assert out.count("doubtful_amount") == 2
    rows.write_text("indicator,period,amount,recorded\nlifts,2021-05,99,2021-06-05\nlifts,2021-06,10,2021-08-05\n", "utf-8")
    code, out, err = attain_says("import", str(rows), folder, "--json")
    told = json.loads(out)
    assert (code, told["added"], [one["message"] for one in told["findings"]]) == (0, 2, ["Recorded on one day with different contents."])


def test_observations_are_checked_with_the_indicators_of_a_programme_that_is_wrong_elsewhere(tmp_path: Path) -> None:
    folder = small_folder(tmp_path, "lift,2021-01,5", "lifts,2021-02,5座", target="lift")
    code, out, _ = attain_says("check", folder)
    assert code == 1
    assert "/targets/0/indicator" in out
    assert "observations.csv:2:1: the programme has no such indicator" in out
    assert "observations.csv:3:15: amount: 座 and 台 do not convert" in out


def test_explain_lists_what_a_project_is_made_of_and_programs_get_what_is_silent(tmp_path: Path) -> None:
    code, out, _ = attain_says("explain", LESSON, "1", "--as-of", "2021-09-30")
    assert code == 0
    assert "What 1 is made of" in out and "Community centres" in out
    folder = small_folder(tmp_path, "lifts,2021-01,5", "lifts,2021-03,5")
    _, out, _ = attain_says("explain", folder, "1.1", "--as-of", "2021-04-30", "--json")
    assert [(one["indicator"], one["start"]) for one in json.loads(out)["unreported"]] == [("lifts", "2021-02-01"), ("lifts", "2021-04-01")]


def test_explain_judges_by_another_method_if_asked() -> None:
    _, out, _ = attain_says("explain", LESSON, "22.1", "--as-of", "2021-09-30", "--method", "toladata")
    assert "status: on track; share of the plan 95.24% (toladata 1)" in out
    code, _, err = attain_says("explain", LESSON, "22.1", "--as-of", "2021-09-30", "--method", "toladta")
    assert code == 2 and "toladata" in err


def test_methods_differ_in_the_words_of_the_table() -> None:
    arguments = ["evaluate", LESSON, "--as-of", "2021-09-30", "--method", "time_proportional", "--method", "cn_90_80_60"]
    assert "time_proportional@1 on track, cn_90_80_60@1 " in attain_says(*arguments)[1]


def test_what_is_wrong_with_the_programme_does_not_hide_what_is_wrong_with_the_observations(tmp_path: Path) -> None:
    folder = small_folder(tmp_path, "lifts,2021-13,5", "lifts,2021-02,five", target="lift")
    for command in (["check"], ["evaluate", "--as-of", "2021-12-31"]):
        code, out, err = attain_says(*command, folder)
        assert code == 1
        for place in ("/targets/0/indicator", "observations.csv:2:7", "observations.csv:3:15"):
            assert place in out + err
