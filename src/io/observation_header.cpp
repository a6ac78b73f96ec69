#include "observation_header.hpp"

#include <attain/io/impl/field_suggestion.hpp>
#include <attain/model/words.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0::io::detail {

namespace {

/// The name of what may separate columns.
std::string_view name_of(char delimiter) {
  switch (delimiter) {
    case ',':
      return "commas";
    case ';':
      return "semicolons";
    case '\t':
      return "tabs";
    default:
      return "bars";
  }
}

/// What the columns of a header without the separator are separated by instead, or nothing.
std::string_view other_separator(std::string_view header, char delimiter) {
  if (header.starts_with("sep=")) return "a line that says so";
  for (const char other : {';', '\t', ',', '|'}) {
    if (other != delimiter && header.find(other) != std::string_view::npos) return name_of(other);
  }
  return {};
}

/// "indicator (指标), place (地区), … or key (唯一键)"
std::string known_columns() {
  std::string all;
  for (std::size_t i = 0; i < csv_column_names.size(); ++i) {
    if (i > 0) all += i + 1 < csv_column_names.size() ? ", " : " or ";
    all.append(csv_column_names[i]).append(" (").append(chinese_column_names[i]).append(")");
  }
  return all;
}

}  // namespace

bool observation_header::read(const std::vector<csv_cell>& names, char delimiter, problem_list& problems) {
  size_ = names.size();
  places_.fill(absent);
  if (const auto separator = other_separator(names.front().text, delimiter); names.size() == 1 && !separator.empty()) {
    problems.add({.code = code::malformed_csv,
                  .offset = names.front().at,
                  .message = "the columns are separated by " + std::string(separator),
                  .found = std::string(names.front().text),
                  .expected = "columns separated by " + std::string(name_of(delimiter))});
    return false;
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string_view name = names[i].text;
    if (name.empty()) {
      nameless_.push_back(i);
      continue;
    }
    const auto column = parse_csv_column(name);
    if (!column) {
      problems.add_with([&] {
        std::vector<std::string_view> known(csv_column_names.begin(), csv_column_names.end());
        known.insert(known.end(), chinese_column_names.begin(), chinese_column_names.end());
        return problem{.code = code::unknown_field,
                       .offset = names[i].at,
                       .message = "there is no such column" + did_you_mean_field(name, known),
                       .found = std::string(excerpt(name)),
                       .expected = known_columns()};
      });
      continue;
    }
    std::size_t& place = places_[static_cast<std::size_t>(*column)];
    if (place == absent) {
      place = i;
    } else {
      problems.add_with([&] {
        return problem{.code = code::duplicate_field,
                       .offset = names[i].at,
                       .message = "the column is there twice",
                       .found = std::string(name),
                       .expected = "each column once",
                       .first_at = names[place].at};
      });
    }
  }
  require(has(csv_column::indicator), "indicator (指标)", names, problems);
  require(has(csv_column::period) || has(csv_column::day) || has(csv_column::end), "period (时期), day (日期) or end (结束)",
          names, problems);
  require(has(csv_column::start) == has(csv_column::end), "start (开始) and end (结束) together", names, problems);
  require(has(csv_column::amount) || has(csv_column::missing) || has(csv_column::withdrawn),
          "amount (数值), missing (无数值的原因) or withdrawn (撤回)", names, problems);
  return usable_;
}

void observation_header::require(bool there, const char* columns, const std::vector<csv_cell>& names, problem_list& problems) {
  if (there) return;
  usable_ = false;
  problems.add({.code = code::missing_field, .offset = names.front().at, .message = "a column is missing", .expected = columns});
}

}  // namespace attain::inline v0::io::detail
