"""What a reporting office reads in the workbook that it fills in: by key, in English and Chinese."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "template_sheet": ("Report", "填报表"),
    "template_help_sheet": ("How to fill in", "填报说明"),
    "template_title": ("{programme}: report", "{programme}：进度填报表"),
    "template_as_of": ("What had happened by the close of {day}. ", "截至{day}（含当日）。"),
    "template_fill_in": (
        "Fill in the yellow cells. Leave a value empty if you do not know it: empty is not zero.",
        "请填写黄色单元格。不掌握的数据请留空，空白不等于零。",
    ),
    "template_reported_by": ("Reported by", "填报人"),
    "template_reported_on": ("Reported on", "填报日期"),
    # headings
    "column_targets": ("Target", "目标编号"),
    "column_project": ("Project", "项目"),
    "column_text": ("What was promised", "目标内容"),
    "column_place": ("Place", "地区"),
    "column_about": ("Period or day", "报告期"),
    "column_asked": ("What to report", "填报口径"),
    "column_unit": ("Unit", "单位"),
    "column_last": ("Last value", "上次数值"),
    "column_last_about": ("Last value of", "上次报告期"),
    "column_amount": ("Value", "本次数值"),
    "column_missing": ("No value because", "无数值的原因"),
    "column_note": ("Note", "备注"),
    "column_evidence": ("Evidence", "佐证材料"),
    # what a row asks for, by the kind of the indicator
    "asked_increment": ("amount of this period alone", "本期数（不含以前各期）"),
    "asked_running_total": ("total since the start", "累计数（自起始日起）"),
    "asked_level": ("as it stands on this day", "时点数（当日情况）"),
    "asked_rating": ("judgement on this day", "评价（当日情况）"),
    "asked_steps": ("step: {step}", "步骤：{step}"),
    "asked_since_start": ("amount since the start", "自起始日起的数量"),
    "template_overdue": ("overdue: {about}", "逾期未报：{about}"),
    # what is chosen from
    "choice_done": ("done", "已完成"),
    "choice_open": ("open", "未完成"),
    "said_of_done": ("yes √ ✓", "是 完成"),  # by people who do not choose
    "said_of_open": ("no", "否"),
    "choice_withheld": ("withheld", "不予公开"),
    "choice_no_observation": ("not observed", "未统计"),
    "choice_not_comparable": ("not comparable", "口径不可比"),
    "choice_not_applicable": ("not applicable", "不适用"),
    # beside a cell to fill in
    "template_value": ("Value", "本次数值"),
    "template_value_help": (
        "In the unit of the row. A number, or text such as 1,200 or 180余.",
        "按本行的单位填写。可填数字，也可填5.85万、1,200、180余等。",
    ),
    "template_value_warning": (
        "This is usually a plain number. Keep it only if it is text that attain reads, such as 1,200 or 180余.",
        "这里一般填数字。只有像5.85万、1,200、180余这样可识别的文字才保留。",
    ),
    "template_day_help": ("A date such as 2021-10-08.", "日期，例如2021-10-08。"),
    # the sheet of help, a line each
    "template_help": (
        (
            "One row asks for one number. Fill in the yellow cells and send the file back; do not change anything else.\n"
            "Value: in the unit of the row. Write 0 only if it is zero. If there is none, leave it empty and choose a reason.\n"
            "Amount of this period alone: what was added in this period, not the total.\n"
            "Total since the start: everything since the window began, earlier periods included.\n"
            "As it stands on this day: the latest state, whenever it was counted.\n"
            "Step: choose done or open.\n"
            "Text is read, too: 1,200 is 1200, 5.85万 is 58500, 180余 is 180 or more, 97–99 is between 97 and 99.\n"
            "Overdue rows are earlier periods that nobody has reported.\n"
            "Note and evidence are free text; evidence is usually an address or the number of a document.\n"
            "Reported by and reported on stand above the table. The day is the day on which you fill this in.\n"
            "Rows may be left empty. Rows must not be deleted, copied or added: ask for a new template instead."
        ),
        (
            "每行填一个数。请只填写黄色单元格后交回，不要改动其他内容。\n"
            "本次数值：按该行的单位填写。确实为零才填0；没有数值请留空，并尽量选择原因。\n"
            "本期数：只填本期新增，不是累计。\n"
            "累计数：自起始日起的全部数量，含以前各期。\n"
            "时点数：截至当日的最新情况。\n"
            "步骤：请选择“已完成”或“未完成”。\n"
            "文字也能识别：1,200即1200，5.85万即58500，180余即180以上，97–99即97至99之间。\n"
            "“逾期未报”的行是以前没有报过的报告期。\n"
            "备注和佐证材料可自由填写，佐证材料一般填网址或文号。\n"
            "表格上方请填写填报人和填报日期。\n"
            "行可以留空，但不要删除、复制或增加行；如有需要请重新索取模板。"
        ),
    ),
}
