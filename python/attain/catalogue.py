"""Every text that people read in reports, plots and notebooks, once, in English and Chinese.

Two kinds of words are not here, since C++ has them too: the states of a method (``result.status_label(language="zh")``) and the
sentences of reasons (``reason.sentence("zh")``).
"""

from __future__ import annotations

from typing import Literal, TypeAlias

__all__ = ["TEXTS", "Language", "Words"]

Language: TypeAlias = Literal["en", "zh"]

TEXTS: dict[str, tuple[str, str]] = {
    # what a status means, whatever its method calls it
    "met": ("Met", "已完成"),
    "on_track": ("On track", "进展正常"),
    "at_risk": ("At risk", "存在风险"),
    "behind": ("Behind", "进度滞后"),
    "missed": ("Missed", "未完成"),
    "not_due": ("Not due", "未到期"),
    "no_answer": ("No answer", "无结果"),
    "reading_only": ("Reading only", "仅有读数"),
    # the words of a result
    "reading": ("Reading", "读数"),
    "baseline": ("Baseline", "基数"),
    "goal": ("Goal", "目标"),
    "attainment": ("Attainment", "完成度"),
    "expected": ("Expected", "应完成"),
    "gap": ("Gap", "差距"),
    "status": ("Status", "状态"),
    "coverage": ("Coverage", "数据覆盖"),
    "weight": ("Weight", "权重"),
    "due": ("Due", "期限"),
    "hold_share": ("Kept", "保持率"),
    "project": ("Project", "项目"),
    "target": ("Target", "目标项"),
    "place": ("Place", "地区"),
    "places": ("Places", "地区"),
    "name": ("Name", "名称"),
    "unit": ("Unit", "单位"),
    "responsible": ("Responsible", "责任单位"),
    "rank": ("Rank", "排名"),
    "programme": ("Programme", "清单"),
    "indicator": ("Indicator", "指标"),
    "targets": ("Targets", "目标项"),
    "projects": ("Projects", "项目"),
    "id": ("No.", "编号"),
    "why": ("Why", "依据"),
    "window": ("Window", "时限"),
    "method": ("Method", "评判方法"),
    "what": ("What", "内容"),
    "value": ("Value", "结果"),
    "how": ("How", "算法"),
    "rule": ("Rule", "规则"),
    # units and numbers
    "points": ("{points} points", "{points}个百分点"),
    "at_least": ("at least {goal}", "不低于{goal}"),
    "at_most": ("at most {goal}", "不超过{goal}"),
    "about": ("about {goal}", "约{goal}"),
    "between": ("{goal} to {upper}", "{goal}至{upper}"),
    "rises": ("above {goal}", "高于{goal}"),
    "falls": ("below {goal}", "低于{goal}"),
    "at_least_reading": ("at least {reading}", "至少{reading}"),
    "periods_kept": ("{kept} periods kept of {all}", "{all}期中{kept}期达标"),
    "every_period": ("every period, {all} in all", "每期达标，共{all}期"),
    "interval": ("{low} to {high}", "{low}至{high}"),
    "and_more": ("{low} and more", "{low}以上"),
    "days_ahead": ("{days} days ahead of plan", "比计划提前{days}天"),
    "days_behind": ("{days} days behind plan", "比计划落后{days}天"),
    "day_ahead": ("one day ahead of plan", "比计划提前1天"),
    "day_behind": ("one day behind plan", "比计划落后1天"),
    "on_plan_day": ("as planned to the day", "与计划同日"),
    # the page: head and headline
    "report_of": ("Progress report", "进度报告"),
    "as_of": ("As of {day}", "截至{day}"),
    "known_at": ("as reported by {day}", "依据{day}前的报送"),
    "skip": ("Skip to the projects", "跳到项目清单"),
    "contents": ("On this page", "本页内容"),
    "headline": ("Where it stands", "总体情况"),
    "of_expected": ("{attainment} attained, {expected} expected by now", "完成{attainment}，按计划应完成{expected}"),
    "no_attainment": ("No total can be told: {why}", "无法得出总体结果：{why}"),
    "of_answered": (
        "What has an answer: {attainment} attained, {expected} expected by now",
        "有结果的部分：完成{attainment}，按计划应完成{expected}",
    ),
    "gap_behind": ("{points} points behind plan", "落后计划{points}个百分点"),
    "gap_ahead": ("{points} points ahead of plan", "超前计划{points}个百分点"),
    "gap_none": ("exactly as planned", "与计划一致"),
    "holds": ("Of what is to be kept, {share} is kept", "应保持的要求中，{share}已保持"),
    "answered": ("{coverage} of what is due has an answer", "应有结果中，{coverage}已有结果"),
    "bounds": (
        "counting what is missing as nothing or as all done: {lower} to {upper}",
        "缺报部分若按零或全部计：{lower}至{upper}",
    ),
    "since": ("Since {day}", "自{day}以来"),
    "counts": ("Targets by status", "各状态目标项数"),
    "total_targets": ("Projects: {projects}, targets: {count}", "{projects}个项目，{count}个目标项"),
    # what holds the total back
    "holding_back": ("What to chase", "重点督办"),
    "holding_back_note": (
        "What each target takes from the total, in percentage points: its weight times attainment minus expected.",
        "每个目标项对总体差距的影响（百分点）：权重乘以完成度与应完成之差。",
    ),
    "holding_back_none": ("No target is at risk, behind or missed.", "没有存在风险、滞后或未完成的目标项。"),
    "takes": ("takes {points} points", "拉低{points}个百分点"),
    "silent_note": (
        "Due without an answer: {count}, with {weight} of the weight. They are not in the total.",
        "{count}个到期目标项没有结果，占权重的{weight}，未计入总体。",
    ),
    "now_at": ("Now {reading}", "目前{reading}"),
    "goal_is": ("goal {goal}", "目标{goal}"),
    "to_keep": ("to be kept", "须保持"),
    "more": ("{count} more", "其余{count}项"),
    "ahead_of_plan": ("Ahead of plan together", "超前目标项合计"),
    "rules_and_rest": ("Rules and other ways of adding up", "规则及其他汇总方式"),
    "gap_of_total": ("Gap of the total", "总体差距"),
    # the curve
    "curve": ("Planned and actual", "计划与实际"),
    "planned": ("Planned", "计划"),
    "actual": ("Actual", "实际"),
    "earned_day": (
        "So much was planned for {day}: {ahead}.",
        "目前的完成量按计划应在{day}达到：{ahead}。",
    ),
    "curve_note": (
        "Planned: what the targets answered today were to reach by each day. Actual: what was attained, as known now.",
        "“计划”为目前有结果的各目标项到每日应达到的完成度，“实际”为按现有报送计算的完成度。",
    ),
    "curve_expected": (
        "The expected share above is less where the reports of a target end before today.",
        "报送早于今日的目标项，上方的“应完成”只算到其数据截止日。",
    ),
    "curve_described": (
        "From {start} to {end}. Planned today {planned}, actual {actual}.",
        "自{start}至{end}。今日计划{planned}，实际{actual}。",
    ),
    "curve_table": ("The same as a table", "数据表"),
    "day": ("Day", "日期"),
    # the list
    "list": ("Projects and targets", "项目与目标项"),
    "filter": ("Filter", "筛选"),
    "filter_status": ("Status", "状态"),
    "filter_unit": ("Responsible unit", "责任单位"),
    "filter_place": ("Place", "地区"),
    "filter_text": ("Word or number", "文字或编号"),
    "all": ("All", "全部"),
    "sort": ("Order", "排序"),
    "sort_list": ("As in the list", "按清单顺序"),
    "sort_gap": ("Worst gap first", "差距大者在前"),
    "sort_attainment": ("Least attained first", "完成度低者在前"),
    "sort_name": ("By name", "按名称"),
    "reset": ("Show all", "显示全部"),
    "shown": ("{shown} of {all} targets shown", "显示{all}个目标项中的{shown}个"),
    "legend": (
        "A bar is the way to the goal: filled as far as attained, the line is where it should be today.",
        "横条表示到目标的全程：填充为已完成，竖线为今日应到位置。",
    ),
    "bar": ("{attainment} attained", "完成{attainment}"),
    "bar_expected": ("{attainment} attained, {expected} expected", "完成{attainment}，应完成{expected}"),
    "bar_none": ("no attainment", "没有完成度"),
    "by_place": ("By place ({count})", "分地区（{count}）"),
    "worst_places": ("the {shown} furthest behind of {all}", "{all}个地区中最落后的{shown}个"),
    # why
    "why_of": ("Why: {id}", "依据：{id}"),
    "clause": ("As published", "原文"),
    "note": ("Note", "说明"),
    "source": ("Source", "来源"),
    "as_of_data": ("the reports go to {day}", "数据截至{day}"),
    "lower_bound": (
        "reports cover {coverage} of its time and places, so it is at least this",
        "报送覆盖应报时间和地区的{coverage}，故为下限",
    ),
    "way": ("({reading} − {baseline}) / ({goal} − {baseline})", "（{reading} − {baseline}）÷（{goal} − {baseline}）"),
    "hold_way": (
        "a level to keep: all of it while kept, else the share of the goal",
        "须保持的水平：保持即为完成，否则按占目标的比例计",
    ),
    "cap_way": ("within the limit", "在限额之内"),
    "periods_way": ("periods kept of those reported and still to come", "达标期数占已报和未到期期数的比例"),
    "steps_way": ("weight of the steps that are done", "已完成步骤的权重"),
    "expected_way": ("by plan at the close of {day}", "按计划到{day}终了"),
    "gap_way": ("attainment minus expected", "完成度减应完成"),
    "status_way": ("rule {rule} of {method}", "{method}的规则{rule}"),
    "status_method": ("by {method}", "依据{method}"),
    "reversible": ("until the next reading says otherwise", "以后续读数为准"),
    "mean_way": ("mean of what lies below by weight", "下级按权重的平均"),
    "children_caption": ("What {id} is made of", "{id}的构成"),
    "observations_caption": ("Reports on {id}", "{id}的报送记录"),
    "no_observations": ("Nothing was reported.", "没有报送记录。"),
    "more_observations": (
        "{count} earlier reports are not shown here; the ledger has them.",
        "另有{count}条较早记录未在此列出，见原始报送。",
    ),
    "period": ("Period or day", "时期或日期"),
    "amount": ("Amount", "数值"),
    "recorded": ("Recorded", "报送日"),
    "fate": ("Counts", "采用情况"),
    "fate_used": ("yes", "采用"),
    "fate_replaced": ("replaced later", "已被更正"),
    "fate_withdrawal": ("withdraws", "撤回"),
    "fate_later": ("after the day", "在截止日之后"),
    "fate_unknown_yet": ("not yet known", "当时未报送"),
    "fate_scope": ("other stage or scope", "阶段或口径不同"),
    "fate_within": ("the place above reported itself", "上级已自行报送"),
    "fate_outside": ("outside the window", "不在时限内"),
    "fate_missing": ("no amount", "无数值"),
    "step": ("Step", "步骤"),
    "author": ("By", "报送人"),
    "of_goal_share": ("{share} of the goal", "目标的{share}"),
    # places, changes, findings
    "league": ("Places", "地区排名"),
    "league_caption": ("Places by attainment, the highest first", "各地区按完成度由高到低"),
    "league_cut": ("the first {shown} and the last {shown} of {all} places", "{all}个地区中的前{shown}名和后{shown}名"),
    "targets_of_place": ("Met / due", "完成/应完成"),
    "rank_change": ("Places moved", "名次变化"),
    "rank_up": ("up {count}", "升{count}"),
    "rank_down": ("down {count}", "降{count}"),
    "rank_same": ("same", "不变"),
    "changes": ("What changed since {day}", "自{day}以来的变化"),
    "changes_caption": ("What each part contributed to the change, in percentage points", "各部分对总体变化的贡献（百分点）"),
    "before": ("Before", "上期"),
    "after": ("Now", "本期"),
    "contribution": ("Contribution", "贡献"),
    "cause": ("Cause", "原因"),
    "performance": ("performance", "执行进度"),
    "cause_coverage": ("data coverage", "数据覆盖"),
    "rules": ("rules", "规则"),
    "plan": ("plan", "计划调整"),
    "status_changes": ("Status changes", "状态变化"),
    "changes_none": ("Nothing changed.", "没有变化。"),
    "findings": ("To check in the data", "数据核查"),
    "findings_caption": ("What a person should look at in the reports", "报送数据中需要人工核查的事项"),
    "findings_none": ("Nothing to check was found.", "没有发现需要核查的事项。"),
    "scores_caption": ("How complete, timely and free of contradictions the reports are", "报送的完整性、及时性和一致性"),
    "score": ("Share", "比例"),
    "score_of": ("{count} of {of}", "{of}中的{count}"),
    "quality_completeness": ("Reports received of those due", "应报中已报"),
    "quality_data_completeness": ("Reports with an amount of those due", "应报中有数据"),
    "quality_timeliness": ("Reports received in time", "应报中按时报送"),
    "quality_internal_consistency": ("Places without a contradiction", "数据无矛盾的地区"),
    "outliers_untold": ("Too few amounts for some of the tests of outliers", "数值过少，部分离群检验无法进行"),
    "finding": ("What", "事项"),
    "where": ("Where", "位置"),
    "severity": ("Severity", "程度"),
    "severity_error": ("error", "错误"),
    "severity_warning": ("warning", "警告"),
    "severity_note": ("note", "提示"),
    "code_gap_in_time": ("Periods are missing from the reports", "部分时段缺报"),
    "code_gap_in_places": ("Places or periods are missing from the reports", "部分地区或时段缺报"),
    "code_own_differs_from_children": (
        "The own report differs from the sum of the places within",
        "本级数据与下级合计不一致",
    ),
    "code_checkpoint_missed": ("A checkpoint was missed", "未达到节点目标"),
    "code_goal_moved_after_result": ("The goal moved after the result was known", "结果已知后调整了目标"),
    "code_straddles_window": ("A period straddles the window and is left out", "时段跨越时限边界，未采用"),
    "code_running_total_falls": ("A running total falls", "累计数下降"),
    "code_partial_overlap": ("Periods overlap in part", "时段部分重叠"),
    "code_equal_recorded_differs": ("Two reports of one day contradict each other", "同日报送的数据相互矛盾"),
    "code_unknown_indicator": ("A report is about an unknown indicator", "报送的指标不在清单中"),
    "code_unknown_place": ("A report is about an unknown place", "报送的地区不在清单中"),
    "code_unit_differs": ("The unit of a report does not convert", "报送单位无法换算"),
    "code_no_baseline": ("A change is asked for without a baseline", "变化目标缺少基数"),
    "code_quotas_differ_from_goal": ("The quotas do not add up to the goal", "分解指标合计与目标不一致"),
    "code_goal_reached_at_baseline": ("The goal is reached at the baseline", "基数已达到目标"),
    "code_part_exceeds_whole": ("A part asks for more than the whole", "部分目标大于整体目标"),
    "code_parts_differ_from_whole": ("The parts do not add up to the whole", "各部分合计与整体不一致"),
    "code_empty_project": ("A project has no targets", "项目没有目标项"),
    "code_steps_out_of_order": ("Steps are out of order", "步骤次序不一致"),
    "code_inconsistent_comparisons": ("Comparisons in pairs contradict each other", "两两比较不一致"),
    "code_other": ("To check: {code}", "待核查：{code}"),
    # plots
    "bullets_axis": ("share of the way to the goal; the line is where it should be", "完成度；竖线为应到位置"),
    "places_title": ("{name}: attainment minus expected, in points", "{name}：完成度减应完成（百分点）"),
    "no_places": ("Nothing is divided by place.", "没有分地区的数据。"),
    "methods_title": ("{count} targets on which the methods differ", "评判方法结论不同的目标项：{count}"),
    # what the methods that come with attain ask, and whose thresholds they use
    "method_time_proportional": (
        "Attainment is compared with the share of the time that has passed; the thresholds of 5 and 15 points are attain's own.",
        "完成度与序时进度比较；5和15个百分点的阈值为本工具自定。",
    ),
    "method_open_sdg": (
        "Is growth enough to reach the goal, or enough at all? As in Open SDG.",
        "增长是否足以达到目标，或方向是否正确；采用Open SDG的规则。",
    ),
    "method_open_sdg_rounded": (
        "Is growth enough to reach the goal, or enough at all? As in Open SDG, with rounded numbers.",
        "增长是否足以达到目标，或方向是否正确；采用Open SDG的规则，数值取整。",
    ),
    "method_toladata": (
        "How much of what was planned to date? As in TolaData.",
        "完成了截至目前计划的多少；采用TolaData的规则。",
    ),
    "method_global_fund": (
        "How much of what was planned to date? As the Global Fund rates.",
        "完成了截至目前计划的多少；采用全球基金的评级。",
    ),
    "method_unsd_2023": (
        "Where will it be on the due day? As the UN judged in 2023.",
        "到期时将达到何处；采用联合国2023年的规则。",
    ),
    "method_germany": (
        "Where does the mean of the last changes lead? As Germany judges its sustainability goals.",
        "近几次变化的平均将达到何处；采用德国可持续发展战略的规则。",
    ),
    "method_hdi": ("What level is reached? By the groups of the HDI.", "达到何种水平；采用人类发展指数的分组。"),
    "method_cn_90_80_60": ("Which grade? 90, 80 and 60 points divide them.", "按90、80、60分评为优、良、中、差。"),
    "method_earned_value": ("Is the schedule kept? By the schedule index of earned value.", "进度是否保持；采用挣值的进度指数。"),
    "method_fema_cpi_spi": (
        "Do cost and schedule keep to plan? By the cost and schedule indices of earned value.",
        "成本和进度是否符合计划；采用挣值的成本指数和进度指数。",
    ),
    "method_sap_scorecard": ("How much of the goal? As in SAP's scorecards.", "完成了目标的多少；采用SAP记分卡的规则。"),
    # how to read it
    "about_page": ("How to read this page", "说明"),
    "about_status": (
        "The status follows from the method {method}. {about}",
        "状态依据评判方法{method}得出。{about}",
    ),
    "about_missing": (
        "What was not reported has no answer; it is never counted as zero.",
        "未报送的没有结果，从不按零计。",
    ),
    "about_rules": (
        "Rule numbers are those of attain's semantics.",
        "规则编号见本工具的规则说明。",
    ),
    "made_by": (
        "Made by attain {version} from the programme and the reports alone.",
        "由attain {version}仅依据清单和报送数据生成。",
    ),
    "sheet_list": ("List", "清单"),
    "sheet_overview": ("Overview", "总览"),
    "sheet_observations": ("Reports", "报送记录"),
    "sheet_places": ("Places", "地区"),
    "sheet_changes": ("Changes", "变化"),
    "sheet_quality": ("Data quality", "数据质量"),
    "count": ("Count", "数量"),
    "of": ("Of", "总数"),
    "sheet_findings": ("Findings", "核查"),
    "sheet_curve": ("Curve", "曲线"),
}


class Words:
    """The texts of one language: ``Words("zh")("as_of", day="2021年9月30日")``."""

    def __init__(self, language: Language) -> None:
        if language not in ("en", "zh"):
            raise _unknown_language(language)
        self.language: Language = language
        self._column = 0 if language == "en" else 1

    def __call__(self, key: str, **values: object) -> str:
        """The text of that key, with values in its places. A key that is none is a KeyError."""
        return TEXTS[key][self._column].format(**values)

    def __contains__(self, key: str) -> bool:
        return key in TEXTS


def _unknown_language(language: object) -> Exception:
    from attain._core import Finding
    from attain.errors import InvalidOption

    message = f"there is no language {str(language)[:40]!r}"
    return InvalidOption(message, (Finding(code="invalid_option", message=message, where="language", expected="zh or en"),))
