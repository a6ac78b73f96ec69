#pragma once
/** The columns of observations.csv, in the order of docs/programme-format.md. */
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace attain::inline v0::io::detail {

enum class csv_column : std::uint8_t {
  indicator, place, period, day, start, end, amount, unit, form, missing, withdrawn, dimensions, step, stage, scope, recorded,
  author, source, evidence, note, key,
};

inline constexpr std::array<std::string_view, 21> csv_column_names{
    "indicator", "place",      "period", "day",   "start", "end",      "amount", "unit",   "form",     "missing", "withdrawn",
    "dimensions", "step", "stage", "scope", "recorded", "author", "source", "evidence", "note", "key"};

/// The same in Chinese, as in the workbooks that offices fill in.
inline constexpr std::array<std::string_view, 21> chinese_column_names{
    "指标", "地区", "时期", "日期", "开始", "结束", "数值", "单位", "形式", "无数值的原因", "撤回",
    "分类", "步骤", "阶段", "口径", "记录日期", "填报人", "来源", "佐证材料", "备注", "唯一键"};

/// What offices call them besides, as in the templates that they fill in.
inline constexpr auto other_column_names = std::to_array<std::pair<std::string_view, csv_column>>({
    {"数量", csv_column::amount},
    {"本次数值", csv_column::amount},
    {"报告期", csv_column::period},
    {"填报日期", csv_column::recorded},
    {"报送日期", csv_column::recorded},
    {"报送人", csv_column::author},
    {"佐证", csv_column::evidence},
    {"说明", csv_column::note},
});

constexpr std::string_view to_string(csv_column column) noexcept { return csv_column_names[static_cast<std::size_t>(column)]; }

constexpr std::optional<csv_column> parse_csv_column(std::string_view name) noexcept {
  for (std::size_t i = 0; i < csv_column_names.size(); ++i)
    if (csv_column_names[i] == name || chinese_column_names[i] == name) return static_cast<csv_column>(i);
  for (const auto& [other, column] : other_column_names)
    if (other == name) return column;
  return std::nullopt;
}

/** Text that a spreadsheet would take for a formula: it begins with `=`, `+`, `-`, `@`, a tab, a carriage return, or a full-width
    twin, apostrophes before it left aside.

  A writer puts an apostrophe before such text and a reader takes one away, so that any text comes back as it was.
*/
constexpr bool looks_like_formula(std::string_view text) noexcept {
  while (text.starts_with('\'')) text.remove_prefix(1);
  for (const std::string_view start : {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"})
    if (text.starts_with(start)) return true;
  return false;
}

}  // namespace attain::inline v0::io::detail
