"""What people read in a workbook, in English and Chinese. The words of the data (ids, reasons, periods) are the same in both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from attain import _core
from attain.errors import InvalidOption


@dataclass(frozen=True)
class Labels:
    """The texts of one language."""

    language: str
    sheet: str
    help_sheet: str
    title: str
    as_of: str
    fill_in: str
    reported_by: str
    reported_on: str
    columns: Mapping[str, str]
    asked: Mapping[str, str]
    since_start: str
    overdue: str
    done: str
    open: str
    reasons: Mapping[str, str]
    value_title: str
    value_help: str
    value_warning: str
    day_help: str
    font: str
    help: tuple[str, ...]


_ENGLISH = Labels(
    language="english",
    sheet="Report",
    help_sheet="How to fill in",
    title="{programme}: report",
    as_of="What had happened by the close of {day}. ",
    fill_in="Fill in the yellow cells. Leave a value empty if you do not know it: empty is not zero.",
    reported_by="Reported by",
    reported_on="Reported on",
    columns={
        "targets": "Target",
        "project": "Project",
        "text": "What was promised",
        "place": "Place",
        "about": "Period or day",
        "asked": "What to report",
        "unit": "Unit",
        "last": "Last value",
        "last_about": "Last value of",
        "amount": "Value",
        "missing": "No value because",
        "note": "Note",
        "evidence": "Evidence",
    },
    asked={
        "increment": "amount of this period alone",
        "running_total": "total since the start",
        "level": "as it stands on this day",
        "rating": "judgement on this day",
        "steps": "step: {step}",
    },
    since_start="amount since the start",
    overdue="overdue: ",
    done="done",
    open="open",
    reasons={
        "withheld": "withheld",
        "no_observation": "not observed",
        "not_comparable": "not comparable",
        "not_applicable": "not applicable",
    },
    value_title="Value",
    value_help="In the unit of the row. A number, or text such as 1,200 or 180余.",
    value_warning="This is usually a plain number. Keep it only if it is text that attain reads, such as 1,200 or 180余.",
    day_help="A date such as 2021-10-08.",
    font="Calibri",
    help=(
        "One row asks for one number. Fill in the yellow cells and send the file back; do not change anything else.",
        "Value: in the unit of the row. Write 0 only if it is zero. If there is none, leave it empty and choose a reason.",
        "Amount of this period alone: what was added in this period, not the total.",
        "Total since the start: everything since the window began, earlier periods included.",
        "As it stands on this day: the latest state, whenever it was counted.",
        "Step: choose done or open.",
        "Text is read, too: 1,200 is 1200, 5.85万 is 58500, 180余 is 180 or more, 97–99 is between 97 and 99.",
        "Overdue rows are earlier periods that nobody has reported.",
        "Note and evidence are free text; evidence is usually an address or the number of a document.",
        "Reported by and reported on stand above the table. The day is the day on which you fill this in.",
        "Rows may be left empty. Rows must not be deleted, copied or added: ask for a new template instead.",
    ),
)

_CHINESE = Labels(
    language="chinese",
    sheet="填报表",
    help_sheet="填报说明",
    title="{programme}：进展填报表",
    as_of="截至{day}（含当日）。",
    fill_in="请填写黄色单元格。不掌握的数据请留空，空白不等于零。",
    reported_by="填报人",
    reported_on="填报日期",
    columns={
        "targets": "目标编号",
        "project": "项目",
        "text": "目标内容",
        "place": "地区",
        "about": "报告期",
        "asked": "填报口径",
        "unit": "单位",
        "last": "上次数值",
        "last_about": "上次报告期",
        "amount": "本次数值",
        "missing": "无数值的原因",
        "note": "备注",
        "evidence": "佐证材料",
    },
    asked={
        "increment": "本期数（不含以前各期）",
        "running_total": "累计数（自起始日起）",
        "level": "时点数（当日情况）",
        "rating": "评价（当日情况）",
        "steps": "步骤：{step}",
    },
    since_start="自起始日起的数量",
    overdue="逾期未报：",
    done="已完成",
    open="未完成",
    reasons={
        "withheld": "不予公开",
        "no_observation": "未统计",
        "not_comparable": "口径不可比",
        "not_applicable": "不适用",
    },
    value_title="本次数值",
    value_help="按本行的单位填写。可填数字，也可填5.85万、1,200、180余等。",
    value_warning="这里一般填数字。只有像5.85万、1,200、180余这样可识别的文字才保留。",
    day_help="日期，例如2021-10-08。",
    font="宋体",
    help=(
        "每行填一个数。请只填写黄色单元格后交回，不要改动其他内容。",
        "本次数值：按该行的单位填写。确实为零才填0；没有数值请留空，并尽量选择原因。",
        "本期数：只填本期新增，不是累计。",
        "累计数：自起始日起的全部数量，含以前各期。",
        "时点数：截至当日的最新情况。",
        "步骤：请选择“已完成”或“未完成”。",
        "文字也能识别：1,200即1200，5.85万即58500，180余即180以上，97–99即97至99之间。",
        "“逾期未报”的行是以前没有报过的报告期。",
        "备注和佐证材料可自由填写，佐证材料一般填网址或文号。",
        "表格上方请填写填报人和填报日期。",
        "行可以留空，但不要删除、复制或增加行；如有需要请重新索取模板。",
    ),
)

_BY_LANGUAGE = {labels.language: labels for labels in (_ENGLISH, _CHINESE)}


def labels_of(language: str) -> Labels:
    """The texts of a language."""
    if language not in _BY_LANGUAGE:
        finding = _core.Finding(
            code="invalid_option",
            message="there are no workbooks in this language",
            where="language",
            text=language,
            expected=" or ".join(_BY_LANGUAGE),
        )
        raise InvalidOption(str(finding), (finding,))
    return _BY_LANGUAGE[language]


def words_of(pick: str) -> dict[str, str]:
    """What a choice of a drop-down stands for, whatever the language: of ``reasons`` the reason, of ``steps`` the amount."""
    if pick == "reasons":
        return {label: word for labels in _BY_LANGUAGE.values() for word, label in labels.reasons.items()}
    return {label: amount for labels in _BY_LANGUAGE.values() for label, amount in ((labels.done, "1"), (labels.open, "0"))}
