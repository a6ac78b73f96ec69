#include <attain/io/table.hpp>

#include <attain/core/error.hpp>
#include <attain/core/id.hpp>

#include <algorithm>

namespace attain::inline v0::io {

std::string_view to_string(column_kind kind) noexcept {
  static constexpr std::string_view words[] = {"number", "count", "day", "flag", "word"};
  return words[static_cast<std::size_t>(kind)];
}

std::size_t column::size() const noexcept {
  switch (kind) {
    case column_kind::number:
      return numbers.size();
    case column_kind::flag:
      return flags.size();
    case column_kind::count:
    case column_kind::day:
    case column_kind::word:
      break;
  }
  return integers.size();
}

std::optional<reason> column::why(std::size_t row) const noexcept {
  if (!is_missing(row) || missing[row] == unexplained) return std::nullopt;
  return static_cast<reason>(missing[row]);
}

const column* table::find(std::string_view name) const noexcept {
  const auto found = std::find_if(columns.begin(), columns.end(), [&](const column& c) { return c.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

const column& table::at(std::string_view name) const {
  if (const column* found = find(name)) return *found;
  std::vector<std::string> names;
  for (const column& c : columns) names.push_back(c.name);
  throw unknown_id("column", std::string(name), nearest_ids(name, names));
}

table table::select(std::span<const std::string> names) const {
  table selected{.rows = rows};
  for (const std::string& name : names) selected.columns.push_back(at(name));
  return selected;
}

table table::slice(std::size_t begin, std::size_t count) const {
  begin = (std::min)(begin, rows);
  count = (std::min)(count, rows - begin);
  const auto cut = [&](auto& span) {
    if (!span.empty()) span = span.subspan(begin, count);
  };
  table sliced{.rows = count, .columns = columns};
  for (column& c : sliced.columns) {
    cut(c.numbers);
    cut(c.integers);
    cut(c.flags);
    cut(c.missing);
  }
  return sliced;
}

}  // namespace attain::inline v0::io
