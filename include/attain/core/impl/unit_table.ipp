#pragma once

#include <attain/core/impl/text.hpp>
#include <attain/core/impl/unit_rows.hpp>
#include <attain/core/impl/unit_table.hpp>

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

struct unit_table {
  std::vector<unit_data> units;  // never grows once handles to it are given out
  using name_list = std::vector<std::pair<std::string_view, std::size_t>>;
  name_list names;  // sorted

  unit_table() {
    const auto kinds = split(indivisible_kinds, "|");
    units.reserve(std::size(unit_rows) + kinds.size());
    for (const auto& row : unit_rows) {
      const bool counted = row.dimension.starts_with("count:");
      add(row.aliases, {std::string(row.symbol), std::string(row.dimension), row.to_base, row.scale, counted, plain_of(row)},
          row.symbol);
    }
    for (const auto kind : kinds) {
      add({}, {std::string(kind), "count:" + std::string(kind), {}, 0, true}, kind);
    }
  }

  std::shared_ptr<const unit_data> find(std::string_view name) const {
    const auto at = place_of(name);
    return at != names.end() && at->first == name ? handle(units[at->second]) : nullptr;
  }

 private:
  name_list::const_iterator place_of(std::string_view name) const {
    return std::lower_bound(names.begin(), names.end(), name,
                            [](const auto& entry, std::string_view n) { return entry.first < n; });
  }

  void add(std::string_view aliases, unit_data data, std::string_view symbol) {
    const std::size_t index = units.size();
    names.emplace(place_of(symbol), symbol, index);
    for (const auto alias : split(aliases, "|")) names.emplace(place_of(alias), alias, index);
    units.push_back(std::move(data));
  }

  // Owns nothing, since the table is never destroyed: copies are free, and a unit in a static object stays valid.
  static std::shared_ptr<const unit_data> handle(const unit_data& known) { return {std::shared_ptr<void>(), &known}; }

  std::shared_ptr<const unit_data> plain_of(const unit_row& row) const {
    for (const unit_data& known : units) {
      if (!row.plain.empty() && known.symbol == row.plain) return handle(known);
    }
    return nullptr;
  }
};

ATTAIN_INLINE std::shared_ptr<const unit_data> find_known_unit(std::string_view name) {
  static const unit_table& table = *new unit_table;
  if (auto exact = table.find(name)) return exact;
  // Words, unlike symbols, may begin with or be in capitals.
  std::string lower;
  for (const char c : name) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  return name.size() >= 4 ? table.find(lower) : nullptr;
}

}  // namespace attain::inline v0::detail
