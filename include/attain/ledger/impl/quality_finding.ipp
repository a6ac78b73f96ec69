#pragma once

#include <attain/ledger/quality_finding.hpp>

#include <array>

namespace attain::inline v0 {
namespace detail {

struct quality_text {
  attain::severity severity;
  std::string_view english;
  std::string_view chinese;
};

// In the order of the checks.
inline constexpr std::array<quality_text, std::size(word_table<quality_check>::words)> quality_texts{{
    {severity::note, "{n} due, none received[; at the usual {expected} each they would be {effect}].",
     "应报{n}期，均未收到[；按通常每期{expected}计约为{effect}]。"},
    {severity::note, "Received {score} days after the due day.", "比应报日晚{score}天收到。"},
    {severity::note, "Recorded {score} days before its period was over.", "期满前{score}天即已登记。"},
    {severity::note, "First recorded after later periods had been: {n}.", "首次登记时，其后已有{n}期先行登记。"},
    {severity::note, "Corrected from {expected} to {value}, {score} days after the due day.",
     "应报日后{score}天由{expected}更正为{value}。"},
    {severity::warning, "About a day after the as-of day.", "所属日期晚于评估日。"},
    {severity::note, "About days that no target reads.", "所属日期不在任何目标的期间内。"},
    {severity::warning, "Recorded on one day with different contents.", "同日登记，内容不一。"},
    {severity::note, "{value} stands out of {n} values around {expected}: {variant} is {score}, the threshold {threshold}.",
     "{n}个值在{expected}附近，{value}离群：{variant}为{score}，阈值{threshold}。"},
    {severity::note, "Cannot detect with n = {n}: there {variant} stays below {threshold} whatever the values are.",
     "n = {n}时无法检出：此时{variant}无论取何值都不超过{threshold}。"},
    {severity::warning, "{value} looks like the usual {expected} {factor}: is a digit or the unit wrong?",
     "{value}像是通常值{expected} {factor}：数位或单位是否有误？"},
    {severity::warning, "The running total falls from {expected} to {value}, and no reset is declared.",
     "累计数由{expected}降为{value}，且未声明重新起算。"},
    {severity::note, "{value} in {n} reports in a row: counted or copied?",
     "连续{n}期均为{value}：是统计所得，还是沿用上期？"},
    {severity::note,
     "{n} amounts in a row never fall, the last is {expected}, and they add up to {value}[, past the goal of {threshold}]: what "
     "each period added, or the total so far?",
     "连续{n}期只增不减，末期为{expected}，合计{value}[，已超过目标{threshold}]：所报是当期数，还是截至当期的累计数？"},
    {severity::warning, "{value} lies beyond the natural limit of {expected}.", "{value}超出自然界限{expected}。"},
    {severity::warning, "{value} is less than none of what is counted: a correction belongs to the period that it corrects.",
     "{value}为负，而此处按个数计：更正应报在所更正的时期。"},
    {severity::warning, "{value} is not whole, and this is counted in whole numbers.", "{value}不是整数，而此处按整数计。"},
    {severity::note,
     "Last digits of {n} amounts are uneven (chi square {score}; Whipple index {value}, even is 100): counted or estimated?",
     "{n}个数的末位分布不均（卡方{score}；惠普尔指数{value}，均匀为100）：是统计数，还是估计数？"},
    {severity::note, "First digits of {n} amounts differ from Benford's law by {score} on average, beyond {threshold}: why?",
     "{n}个数的首位与本福特定律平均相差{score}，超过{threshold}：有何缘由？"},
    {severity::note, "All {n} amounts are those of {other}.", "全部{n}个数与{other}相同。"},
    {severity::note, "One piece of evidence stands for {n} reports.", "同一佐证材料用于{n}条报送。"},
    {severity::warning, "{value} is more than {expected} of {other}, which it is part of.",
     "{value}大于其所属的{other}（{expected}）。"},
    {severity::warning, "The categories of {other} come to {value}, the undivided report says {expected}.",
     "按{other}各分类合计{value}，未分类的报送为{expected}。"},
    {severity::warning, "The places within come to {value}, the place itself reports {expected}.",
     "下级合计{value}，本级报送{expected}。"},
    {severity::note, "{value} beside {expected} of {other}: {variant} is {score}, the tolerance {threshold}.",
     "{value}，而{other}为{expected}：{variant}为{score}，容差{threshold}。"},
    {severity::note, "{value%} of the reports that were due, against {expected%} in {n} years before.",
     "应报的收到{value%}，此前{n}年为{expected%}。"},
    {severity::note, "{value}, where {n} years before let expect {expected}: {score%}.",
     "{value}，按此前{n}年应为{expected}：为其{score%}。"},
    {severity::warning, "The goal moved from {expected} to {value} after the result was known.",
     "结果已知后，目标由{expected}改为{value}。"},
}};

struct quality_label {
  std::string_view english;
  std::string_view chinese;
};

inline constexpr std::array<quality_label, std::size(word_table<quality_measure>::words)> quality_labels{{
    {"completeness", "完整性"},
    {"completeness of amounts", "数据完整性"},
    {"timeliness", "及时性"},
    {"steadiness of completeness", "完整性的稳定"},
    {"outliers", "离群值"},
    {"consistency over time", "历年一致性"},
    {"consistency of related indicators", "相关指标一致性"},
    {"internal consistency", "内部一致性"},
}};

}  // namespace detail

ATTAIN_INLINE severity severity_of(quality_check check) noexcept {
  return detail::quality_texts[static_cast<std::size_t>(check)].severity;
}

ATTAIN_INLINE std::string_view sentence_of(quality_check check, language in) noexcept {
  const auto& text = detail::quality_texts[static_cast<std::size_t>(check)];
  return in == language::chinese ? text.chinese : text.english;
}

ATTAIN_INLINE std::string_view label_of(quality_measure measure, language in) noexcept {
  const auto& label = detail::quality_labels[static_cast<std::size_t>(measure)];
  return in == language::chinese ? label.chinese : label.english;
}

}  // namespace attain::inline v0
