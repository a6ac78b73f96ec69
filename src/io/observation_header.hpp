#pragma once
/** Where the columns of observations stand in the rows of a CSV text. */
#include "csv_scanner.hpp"
#include "observation_columns.hpp"

#include <array>
#include <cstddef>
#include <vector>

namespace attain::inline v0::io::detail {

class observation_header {
 public:
  /// Notes what is wrong with the header row; @return whether rows can be read by it.
  bool read(const std::vector<csv_cell>& names, char delimiter, problem_list& problems);

  bool has(csv_column column) const noexcept { return places_[static_cast<std::size_t>(column)] != absent; }
  std::size_t size() const noexcept { return size_; }
  /// Where columns without a name stand; those that a spreadsheet leaves behind are empty.
  const std::vector<std::size_t>& nameless() const noexcept { return nameless_; }

  /// The cell of a column in a row of that size; empty if there is no such column.
  csv_cell cell(const std::vector<csv_cell>& row, csv_column column) const noexcept {
    const std::size_t place = places_[static_cast<std::size_t>(column)];
    return place == absent ? csv_cell{{}, row.front().at} : row[place];
  }

 private:
  static constexpr std::size_t absent = static_cast<std::size_t>(-1);

  void require(bool there, const char* columns, const std::vector<csv_cell>& names, problem_list& problems);

  std::array<std::size_t, csv_column_names.size()> places_{};
  std::vector<std::size_t> nameless_;
  std::size_t size_ = 0;
  bool usable_ = true;
};

}  // namespace attain::inline v0::io::detail
