"""What the findings that reach a report say beside what they are about: the message of the library, and the same in Chinese.

By code; ``{name}`` stands for what differs. These are the warnings of a programme, of a ledger beside it, and of the explanations of targets;
messages of errors are in English alone.
"""

from __future__ import annotations

MESSAGES: dict[str, tuple[tuple[str, str], ...]] = {
    # a target
    "gap_in_places": (("reports cover {share} of the places and time", "报送覆盖应报地区和时间的{share}"),),
    "gap_in_time": (
        ("reports cover {share} of the time; none for {periods}", "报送覆盖应报时间的{share}，缺{periods}"),
        ("reports cover {share} of the time", "报送覆盖应报时间的{share}"),
    ),
    "own_differs_from_children": (
        ("own report {own}, sum of the places within {sum}", "本级报{own}，下级合计{sum}"),
    ),
    "checkpoint_missed": (
        ("checkpoint of {day}: {share} of the way, planned {planned}", "{day}的节点：完成{share}，计划{planned}"),
    ),
    "goal_moved_after_result": (
        (
            "the goal moved from {before} to {after} on {day}, after the result was known",
            "{day}在结果已知后将目标由{before}调整为{after}",
        ),
    ),
    "straddles_window": (("the period {about} straddles the window and is left out", "{about}跨越时限边界，未采用"),),
    "equal_recorded_differs": (("reports of {about} that were recorded on one day contradict each other", "{about}同日报送的数相互矛盾"),),
    "partial_overlap": (("the period {about} overlaps others in part", "{about}与其他时段部分重叠"),),
    "running_total_falls": (("the running total falls at {about}", "累计数在{about}下降"),),
    # a ledger beside a programme
    "unknown_indicator": (
        ("{count} entry is about an indicator that no programme reads", "{count}条报送的指标不在清单中"),
        ("{count} entries are about an indicator that no programme reads", "{count}条报送的指标不在清单中"),
    ),
    "unknown_place": (
        ("{count} entry is about a place that no programme with the indicator has", "{count}条报送的地区不在清单中"),
        ("{count} entries are about a place that no programme with the indicator has", "{count}条报送的地区不在清单中"),
    ),
    "doubtful_amount": (
        ("{value} looks like the usual {expected} {factor}: is a digit or the unit wrong?", "{value}像是通常值{expected} {factor}：数位或单位是否有误？"),
        (
            "{value} is less than none of what is counted: a correction belongs to the period that it corrects.",
            "{value}为负，而此处按个数计：更正应报在所更正的时期。",
        ),
        (
            "{value} is not whole, and this is counted in whole numbers.",
            "{value}不是整数，而此处按整数计。",
        ),
        ("Recorded on one day with different contents.", "同日登记，内容不一。"),
        (
            "{n} amounts in a row never fall, the last is {expected}, and they add up to {value}, past the goal of {threshold}: what each period added, or "
            "the total so far?",
            "连续{n}期只增不减，末期为{expected}，合计{value}，已超过目标{threshold}：所报是当期数，还是截至当期的累计数？",
        ),
        (
            "{n} amounts in a row never fall, the last is {expected}, and they add up to {value}: what each period added, or the total so far?",
            "连续{n}期只增不减，末期为{expected}，合计{value}：所报是当期数，还是截至当期的累计数？",
        ),
    ),
    "unit_differs": (
        ("{count} entry is in a unit that does not convert to the indicator's", "{count}条报送的单位无法换算为指标的单位"),
        ("{count} entries are in a unit that does not convert to the indicator's", "{count}条报送的单位无法换算为指标的单位"),
    ),
    "unknown_id": (
        ("{count} entry is about a category or step that the indicator does not have", "{count}条报送的分类或步骤不属于该指标"),
        ("{count} entries are about a category or step that the indicator does not have", "{count}条报送的分类或步骤不属于该指标"),
    ),
    # a programme
    "method_needs_more": (
        (
            (
                "the method {name} needs the growth of {id}, and what adds up over the window does not grow; "
                "it has no growth to be judged by (not_comparable)"
            ),
            "评判方法{name}需要{id}的增长，而时限内累计的数没有增长可言；该目标项没有可供评判的增长（not_comparable）",
        ),
    ),
    "goal_reached_at_baseline": (
        (
            "the baseline {baseline} already reaches the goal {goal}, so it is judged as a hold",
            "基数{baseline}已达到目标{goal}，故按保持类评判",
        ),
    ),
    "inconsistent_comparisons": (
        (
            "the comparisons contradict one another: their consistency ratio is {ratio}",
            "两两比较相互矛盾，一致性比率为{ratio}",
        ),
    ),
    "unused_field": (
        ("the weight of {id} has no meaning where weights come by {way}", "权重由{way}得出时，{id}自带的权重不起作用"),
    ),
    "confusable_id": (("the id {id} looks like {other} at {where}", "编号{id}与{where}的{other}容易混淆"),),
    "empty_project": (
        ("the programme has neither projects nor targets", "清单既没有项目也没有目标项"),
        ("the project has neither projects nor targets", "项目既没有下级项目也没有目标项"),
    ),
    "weights_sum_to_zero": (
        (
            "nothing here is asked for: readings and what belongs to other targets have weight 0",
            "这里没有提出要求：未设目标的和从属于其他目标项的，权重均为0",
        ),
    ),
    "part_exceeds_whole": (
        ("the part {part} asks for {least}, the whole {whole} for {most}", "部分{part}要求{least}，整体{whole}要求{most}"),
    ),
    "partition_without_parts": (
        ("the target {target} is a partition without parts", "目标项{target}声明为分解，但没有组成部分"),
    ),
    "parts_differ_from_whole": (
        ("the parts of {whole} ask for {total} together, the whole for {goal}", "{whole}的各部分合计要求{total}，整体要求{goal}"),
    ),
    "alias_contradicts": (
        ("the alias {alias} asks for {asked}, not what its target asks (rule U4)", "别名{alias}的要求为{asked}，与其目标项不一致（规则U4）"),
    ),
    "quotas_differ_from_goal": (
        ("the quotas below {place} add up to {sum}, its goal is {goal}", "{place}以下的分解指标合计{sum}，而目标为{goal}"),
    ),
}
