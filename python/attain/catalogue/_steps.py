"""What the steps of explanations say, by what they are about, in English and Chinese; as :mod:`attain.catalogue._errors`."""

from __future__ import annotations

from attain.catalogue._saying import Pair

SUBJECTS: tuple[Pair, ...] = (
    ("{id} at {place} as of {day:date}", "{id}，地区：{place}，截至{day}"),
    ("earned value of {id} at {place} as of {day:date}", "{id}的挣值，地区：{place}，截至{day}"),
)

STEPS: dict[str, tuple[Pair, ...]] = {
    "entry": (
        ("{about}: {amount}, recorded {day:date} – {fate:fate}", "{about}：{amount}，报送日{day}——{fate}"),
        ("{about}: {amount}, recorded {day:date} by {author} – {fate:fate}", "{about}：{amount}，报送日{day}，报送人{author}——{fate}"),
        ("{about}, recorded {day:date} – {fate:fate}", "{about}：报送日{day}——{fate}"),
        ("{about}, recorded {day:date} by {author} – {fate:fate}", "{about}：报送日{day}，报送人{author}——{fate}"),
        ("{about}: {amount}, recorded {day:date}: its other end", "{about}：{amount}，报送日{day}；范围的另一端"),
        ("{about}: {amount}, recorded {day:date} by {author}: its other end", "{about}：{amount}，报送日{day}，报送人{author}；范围的另一端"),
        ("sum of its categories", "各分类合计"),
    ),
    "reading": (
        ("reading: {value:value} (as of {day})", "实际完成值：{value}（数据截至{day}）"),
        ("reading: {value:value}", "实际完成值：{value}"),
        ("amount of the period", "本期数值"),
        ("{id}: {value:value}", "{id}：{value}"),
    ),
    "formula": (("{operation}: {value:value}", "{operation}：{value}"),),
    "baseline": (
        ("baseline: {value:value}", "基数：{value}"),
        ("growth from {before} on {day} to {after} on {last}", "增长：由{day}的{before}到{last}的{after}"),
    ),
    "goal": (
        ("no aim: a reading only", "未设目标，仅列实际完成值"),
        ("goal: in each of {count} periods", "目标：{count}期均须达标"),
        ("goal: {value:value}", "目标：{value}"),
        ("goal: {value:value} ({compare:compare}; {course:course})", "目标：{value}（{compare}；{course}）"),
    ),
    "attainment": (
        ("attainment: {value:value}", "完成度：{value}"),
        ("attainment: {value:value} ({how:how})", "完成度：{value}，即{how}"),
        ("beyond the band", "超出区间"),
        ("way to the band", "到区间的全程"),
    ),
    "trajectory": (("planned by the close of {day}: {share}", "按计划到{day}终了应完成：{share}"),),
    "expected": (
        ("expected: {value:value}", "序时进度：{value}"),
        ("{id}, planned", "{id}：计划值"),
    ),
    "gap": (
        ("gap: {value:value}", "差距：{value}"),
        ("gap: {value:value} ({how:how})", "差距：{value}，即{how}"),
        ("used of the cap", "已用限额的比例"),
    ),
    "score": (
        ("in the means above: {share}", "参与上级汇总的得分：{share}"),
        ("of its parts: {share}", "由各部分得出：{share}"),
        ("share of the goal", "占目标的比例"),
        ("score of the method", "评判方法给出的得分"),
    ),
    "coverage": (
        ("covered share of its time and places: {share}", "报送覆盖应报时间和地区的比例：{share}"),
        ("answered share of what is due: {share}", "应有结果中已有结果的比例：{share}"),
        ("weight that holds", "达标的保持类权重"),
        ("weight of holds", "保持类权重合计"),
        ("answered weight", "已有结果的权重"),
        ("due weight", "应有结果的权重"),
    ),
    "period": (
        ("{period}: {outcome:outcome}", "{period}：{outcome}"),
        ("periods kept", "达标期数"),
        ("periods that count", "计入的期数"),
        ("periods known", "已有结果的期数"),
    ),
    "fact": (
        ("reached", "已达到目标"),
        ("not reached", "未达到目标"),
        ("{fact:fact}: yes", "{fact}：是"),
        ("{fact:fact}: no", "{fact}：否"),
        ("{quantity:quantity} at or above {edge}", "{quantity}不低于{edge}"),
        ("{quantity:quantity} above {edge}", "{quantity}高于{edge}"),
    ),
    "quantity": (
        ("{quantity:quantity}: none, {why:reason}", "{quantity}：无结果（{why}）"),
        ("{quantity:quantity}", "{quantity}"),
        ("rounded", "四舍五入"),
        ("edge near the limit", "接近极限时的界限"),
        ("off the goal", "与目标之差"),
        ("distance", "与目标的距离"),
        ("way", "从基数到目标的全程"),
        ("planned part", "计划完成的部分"),
        ("planned amount", "计划完成值"),
        ("still to come", "尚待完成"),
        ("past the goal", "超过目标"),
        ("at the goal within the tolerance of B2", "在规则 B2 的容差内恰为目标"),
        ("at the goal, which is to be passed", "恰为目标，须超过才算"),
        ("change", "变化"),
        ("change by due", "到期限的变化"),
        ("change needed", "所需变化"),
        ("mean change a year", "年均变化"),
        ("growth a year", "年均增长率"),
        ("growth needed", "所需年均增长率"),
        ("growth needed, by size", "所需年均增长率的绝对值"),
        ("growth as wanted", "按要求方向的增长率"),
        ("amount by due", "到期限的数值"),
        ("earned value of what has costs", "有成本部分的挣值"),
        ("money spent", "已用资金"),
    ),
    "rule": (
        ("holds", "成立"),
        ("does not hold", "不成立"),
        ("no applicable target", "没有适用的目标项"),
        ("all judged are met", "已评判的全部完成"),
        ("some are judged", "有已评判的"),
        ("all met", "全部完成"),
        ("all not due", "全部未到期"),
        ("coverage under the minimum", "数据覆盖低于最低要求"),
        ("due", "已到期"),
        ("some missed", "有未完成的"),
        ("due, some missed", "已到期，有未完成的"),
        ("no progress below, all hold", "其下没有进度类目标项，保持类全部达标"),
        ("no progress below, some do not hold", "其下没有进度类目标项，保持类有未达标的"),
        ("a missed or late child of a project", "项目的下级有未完成或滞后的"),
        ("a hold that does not hold", "有未达标的保持类目标项"),
        ("points", "分值"),
        ("points, at most", "分值（不超过上限）"),
        ("units", "单位数"),
        ("{rule:rule}", "{rule}"),
        ("{rule:rule}: score {before} to {after}", "{rule}：得分由{before}变为{after}"),
        ("{rule:rule}: score {before} to {after}, status {from:state} to {to:state}", "{rule}：得分由{before}变为{after}，状态由“{from}”变为“{to}”"),
        ("{rule:rule}, status {from:state} to {to:state}", "{rule}：状态由“{from}”变为“{to}”"),
    ),
    "band": (
        ("at or above {edge}", "不低于{edge}"),
        ("above {edge}", "高于{edge}"),
        ("below", "低于以上各档"),
        ("the worse of both", "取两者中较差的"),
        ("{state:state}", "{state}"),
    ),
    "status": (
        ("status: {said:status}", "状态：{said}"),
        ("status: {said:status} ({method:word} {version:number})", "状态：{said}；评判方法{method}，第{version}版"),
    ),
    "child": (
        ("{id}: {attainment} of {expected} expected", "{id}：完成{attainment}，序时进度{expected}"),
        ("{id}: left out, weight 0 or not applicable", "{id}：不计入，权重为0或不适用"),
        ("{id}: left out, not due", "{id}：不计入，未到期"),
        ("{id}: holds", "{id}：保持达标"),
        ("{id}: does not hold", "{id}：未保持达标"),
        ("{id}: no answer", "{id}：无结果"),
        ("{id}, earned: {value:value}", "{id}，挣值：{value}"),
        ("{id}, cost: {value:value}", "{id}，成本：{value}"),
        ("{id}, not due: {value}", "{id}，未到期：{value}"),
        ("{id}, no answer: {value}", "{id}，无结果：{value}"),
        ("{place}: {why:reason}", "{place}：{why}"),
        ("{place}: {amount}", "{place}：{amount}"),
    ),
    "roll_up": (
        ("weights by {way:way}", "权重由{way:way}得出"),
        ("weights by {way:way}: none, {why:reason}", "权重由{way:way}得出：无结果（{why}）"),
        ("weights by {way:way}, consistency ratio {ratio}", "权重由{way:way}得出，一致性比率{ratio}"),
        ("attainment: {value:value}", "完成度：{value}"),
        ("attainment by {way:way}: {value:value}", "完成度（按{way:way}汇总）：{value}"),
        ("attainment before rules: {value:value}", "规则前的完成度：{value}"),
        ("attainment by {way:way} before rules: {value:value}", "规则前的完成度（按{way:way}汇总）：{value}"),
        ("attainment after rules: {value:value}", "规则后的完成度：{value}"),
        ("share of holds that hold: {share}", "保持率：{share}"),
        ("with everything missing at 0", "缺报部分按0计"),
        ("with everything missing at 1", "缺报部分按1（全部完成）计"),
        ("with everything missing at 0 and at 1: {low} to {high}", "缺报部分按0和按1（全部完成）计：{low}至{high}"),
        ("budget: {value:value}", "预算（BAC）：{value}"),
        ("planned value: {value:value}", "计划值（PV）：{value}"),
        ("earned value: {value:value}", "挣值（EV）：{value}"),
        ("cost: {value:value}", "成本（AC）：{value}"),
        ("schedule index, EV / PV: {value:value}", "进度指数，EV÷PV：{value}"),
        ("cost index, EV / AC: {value:value}", "成本指数，EV÷AC：{value}"),
        ("budget of the rest", "剩余预算"),
        ("cost of the rest", "剩余成本"),
        ("estimate at completion, AC + (BAC − EV) / CPI: {value:value}", "完工估算，AC+（BAC−EV）÷CPI：{value}"),
        ("time index, ES / AT, in days: {value:value}", "时间指数，ES÷AT，按天计：{value}"),
    ),
    "ceiling": (
        ("a missed or late child, or a hold that does not hold, sets the ceiling", "有未完成或滞后的下级，或未达标的保持类，状态封顶"),
    ),
}

VALUES: tuple[Pair, ...] = (
    ("none, {why:reason}", "无结果（{why}）"),
    ("{count:number} points", "{count}个百分点"),
    ("{count:number} point", "{count}个百分点"),
    ("{amount}", "{amount}"),
)

STATUSES: tuple[Pair, ...] = (
    ("{said:status}; until the next reading", "{said}，以后续报送为准"),
    ("{said:status}; score {score:number}", "{said}，得分为{score}"),
    ("{said:status}; {measured:measured}", "{said}，{measured}"),
    ("no answer, {why:reason}", "无结果（{why}）"),
    ("{state:state}", "{state}"),
)

RULES: tuple[Pair, ...] = (
    ("{name}, {effect:rule}", "{name}，{effect}"),
    ("veto", "一票否决"),
    ("ceiling", "得分封顶"),
    ("grade ceiling", "等级封顶"),
    ("deduction", "扣分"),
    ("bonus", "加分"),
    ("fail", "判为未完成"),
    ("worst status", "取最差状态"),
)

FATES: tuple[Pair, ...] = (
    ("used", "采用"),
    ("superseded", "已被更正"),
    ("stands, and is not in the reading", "有效，但未计入"),
    ("stands, and is not in the reading, which goes to {day:date}", "有效，但未计入：实际完成值截至{day}"),
    ("not yet known", "当时尚未报送"),
    ("after due", "在期限之后"),
    ("after the as-of day", "在截止日之后"),
    ("not comparable: {what}", "阶段或口径不同：{what}"),
    ("withdraws what was reported", "撤回此前的报送"),
    ("reported without an amount: {why:reason}", "报送了但无数值：{why}"),
    ("before the window", "在时限之前"),
    ("straddles the window", "跨越时限边界"),
)

COMPARES: tuple[Pair, ...] = (
    ("at least", "不低于"),
    ("at most", "不超过"),
    ("at least, strictly", "高于"),
    ("at most, strictly", "低于"),
    ("above", "高于"),
    ("below", "低于"),
    ("between this and {upper}", "在此值与{upper}之间"),
)

COURSES: tuple[Pair, ...] = (
    ("not judged", "不评判"),
    ("progress from the baseline", "自基数起的进度"),
    ("a hold", "须保持"),
    ("a cap", "限额"),
)

HOWS: tuple[Pair, ...] = (
    ("(reading − baseline) / (goal − baseline)", "（实际完成值−基数）÷（目标−基数）"),
    ("held or not, else the share of the goal", "保持则为全部，否则为占目标的比例"),
    ("within the cap or not", "在限额之内则为全部，否则为限额÷实际完成值"),
    ("attainment − expected", "完成度−序时进度"),
    ("expected − used", "序时进度−已用限额"),
)

OUTCOMES: tuple[Pair, ...] = (
    ("not reported", "未报送"),
    ("kept", "达标"),
    ("failed", "未达标"),
    ("failed by its unfavourable end", "按范围的不利一端未达标"),
)

FACTS: tuple[Pair, ...] = (
    ("not applicable", "不适用"),
    ("before start", "尚未开始"),
    ("reached for good", "已达到且不会再变"),
    ("out of reach", "已无法达到"),
    ("due", "已到期"),
    ("covers due", "数据已覆盖期限"),
    ("reached", "已达到"),
    ("nothing expected", "目前尚无计划完成量"),
    ("unreadable", "无法读取"),
    ("reached reversibly", "已达到，但可能反复"),
    ("hold", "保持类"),
    ("without attainment", "没有完成度"),
    ("open ended", "没有期限"),
    ("decreasing", "要求下降"),
    ("share at end", "比例已到尽头"),
)

QUANTITIES: tuple[Pair, ...] = (
    ("gap", "差距"),
    ("attainment", "完成度"),
    ("pace", "进度比"),
    ("schedule index", "进度指数"),
    ("share of the goal", "占目标的比例"),
    ("share of the plan", "占计划的比例"),
    ("closeness to the goal", "接近目标的程度"),
    ("growth in the wanted direction", "增长率（按要求方向）"),
    ("growth", "增长率"),
    ("growth in the wanted direction over that needed", "增长率与所需之比（按要求方向）"),
    ("growth over that needed", "增长率与所需之比"),
    ("lead over the goal", "超过目标的量"),
    ("change by due over that needed", "到期限的变化占所需变化的比例"),
    ("change by due over what is left", "到期限的变化占剩余变化的比例"),
    ("mean change a year in the wanted direction", "年均变化（按要求方向）"),
    ("last change", "最近一次变化"),
    ("chance", "达到目标的可能性"),
    ("score", "得分"),
    ("cost index", "成本指数"),
)

WAYS: tuple[Pair, ...] = (
    # of weights
    ("what is given", "给定的权重"),
    ("equal parts", "等分"),
    ("the number of targets", "目标项个数"),
    ("what is measured", "实测值"),
    ("comparisons in pairs", "两两比较"),
    ("entropy", "熵"),
    # of one number made of several
    ("weighted mean", "加权平均"),
    ("geometric mean", "几何平均"),
    ("harmonic mean", "调和平均"),
    ("power mean", "幂平均"),
    ("the least", "最小值"),
    ("the greatest", "最大值"),
    ("mean-min", "均值—最小值法"),
    ("penalised mean", "惩罚平均"),
    ("weighted median", "加权中位数"),
    ("the share that is met", "已完成的比例"),
    ("whether all are met", "是否全部完成"),
    ("the worst child", "最差的下级"),
    ("a function of the user", "自定义函数"),
)
