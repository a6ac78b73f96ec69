#pragma once

#include <attain/core/answer.hpp>

#include <array>
#include <cstddef>
#include <string>

namespace attain::inline v0 {

namespace detail {

struct reason_text {
  std::string_view word;
  std::string_view english_label;
  std::string_view chinese_label;
  std::string_view english;
  std::string_view chinese;
};

// In the order of the enumerators, from not_applicable = 1.
inline constexpr std::array<reason_text, 18> reason_texts{{
    {"not_applicable", "not applicable", "不适用",
     "This does not apply here: the place has no goal, the group is empty, or what must hold has no pace.",
     "此处不适用：该地区没有目标值，对象群体为空，或须保持的要求没有进度可言。"},
    {"withdrawn", "withdrawn", "已撤销", "The commitment was withdrawn, so it is no longer judged.", "该承诺已撤销，不再评判。"},
    {"withheld", "withheld", "不予公开", "The amount exists but was withheld; ask its publisher for access.",
     "数据存在但未公开，请向发布单位申请查阅。"},
    {"not_started", "not started", "未开始", "The window has not begun; an answer is due from its start day.",
     "时限尚未开始，自开始之日起才有结果。"},
    {"ambiguous", "reports contradict each other", "报送矛盾", "Reports contradict each other; correct or withdraw one of them.",
     "报送数据相互矛盾，请更正或撤回其中一条。"},
    {"not_comparable", "not comparable", "口径不可比",
     "What was reported is not what was promised, as stage, scope or form differ (report the matching amount), or the method cannot "
     "judge a promise of this kind.",
     "报送内容与承诺口径不一致（阶段、范围或形式不同），请报送同口径数据；或者所用评判方法不适用于此类承诺。"},
    {"no_observation", "not reported", "未报送", "Nothing was reported; add an observation for the window.",
     "没有报送数据，请补报时限内的完成情况。"},
    {"not_due", "not due", "未到期", "Nothing is expected yet and nothing was reported; wait for the first due step.",
     "尚无应完成的任务，也没有报送数据，请待首个节点到期。"},
    {"stale", "out of date", "数据过时", "The latest report is too old to speak for this day; report again.",
     "最近一次报送距今过久，不能代表当日情况，请更新数据。"},
    {"incomplete", "incomplete", "数据不全",
     "Periods or places are missing and what is known does not decide; report the missing ones.",
     "部分时段或地区缺报，已知数据不足以得出结论，请补报。"},
    {"denominator_zero", "denominator is zero", "分母为零",
     "The denominator is zero, so there is no ratio; check that it was reported.", "分母为零，无法计算比率，请核对分母数据。"},
    {"baseline_missing", "baseline missing", "缺少基数",
     "The starting amount is unknown; declare a baseline or report one for the eve of the window.",
     "缺少基数，请申报基数或补报时限开始前一日的数据。"},
    {"goal_equals_baseline", "goal equals baseline", "目标等于基数",
     "The goal equals the baseline, so there is no way to go; state the goal as a level to hold.",
     "目标值等于基数，没有可衡量的进度，请改为保持类目标。"},
    {"not_scalable", "not scalable", "无法折算",
     "No share of the goal can be formed, as the goal or the amount is zero or negative.",
     "目标值或数值为零或负数，无法折算完成比例。"},
    {"too_early", "too early", "为时过早",
     "So little was expected by now that a ratio would mean nothing; look at the gap, or wait.",
     "按进度应完成的份额过小，比值没有意义，请看差额或稍后再看。"},
    {"too_few_observations", "too few reports", "数据太少", "There are too few reports to project from; report more periods.",
     "报送次数太少，无法预测，请继续报送。"},
    {"overflow", "too large a number", "数值过大", "The result is too large for a number; check the units of the reports.",
     "结果超出可表示的数值范围，请核对报送数据的单位。"},
    {"infeasible", "infeasible", "无法实现",
     "The money or the time is used up and work is left, so no pace would do; agree on a new budget or due day.",
     "资金或时间已用完而工作尚未完成，任何进度都无法达成，请调整预算或期限。"},
}};

constexpr const reason_text& text_of(reason why) noexcept {
  const auto index = static_cast<std::size_t>(why);
  assert(index >= 1 && index <= reason_texts.size());
  return reason_texts[index - 1];
}

}  // namespace detail

ATTAIN_INLINE std::string_view to_string(reason why) noexcept { return detail::text_of(why).word; }

ATTAIN_INLINE std::string_view label_of(reason why, language in) noexcept {
  const auto& text = detail::text_of(why);
  return in == language::chinese ? text.chinese_label : text.english_label;
}

ATTAIN_INLINE std::optional<reason> parse_reason(std::string_view word) noexcept {
  for (std::size_t i = 0; i < detail::reason_texts.size(); ++i) {
    if (detail::reason_texts[i].word == word) return static_cast<reason>(i + 1);
  }
  return std::nullopt;
}

ATTAIN_INLINE std::string_view sentence(reason why, language in) noexcept {
  const auto& text = detail::text_of(why);
  return in == language::chinese ? text.chinese : text.english;
}

ATTAIN_INLINE bad_answer::bad_answer(reason why)
    : std::logic_error("there is no value: " + std::string(to_string(why)) + ". " +
                       std::string(sentence(why, language::english))),
      why_(why) {}

}  // namespace attain::inline v0
