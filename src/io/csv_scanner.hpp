#pragma once
/** The cells of a CSV text (RFC 4180, or with another separator), row by row, without copying what is written plainly.

  What breaks the rules is noted and then read as well as it can be, so that the rows after it are looked at too.
*/
#include "text_source.hpp"

#include <array>
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0::io::detail {

struct csv_cell {
  std::string_view text;  ///< in the text, or in the scanner where quotes were doubled
  std::size_t at = 0;     ///< offset of the cell
};

class csv_scanner {
 public:
  /// @param text outlives the scanner, and both outlive the cells.
  /// @param from offset of the first row
  csv_scanner(std::string_view text, std::size_t from, char delimiter, std::size_t longest_cell, problem_list& problems);

  /// The cells of the next row that is not blank; false at the end, and where a quote is never closed.
  bool next(std::vector<csv_cell>& row);

  /// How much of the text is read.
  std::size_t offset() const noexcept { return at_; }

 private:
  void refuse(std::size_t at, const char* message, std::string_view found, const char* expected);
  csv_cell take_cell();
  csv_cell take_quoted();
  void take_rest(std::size_t from);
  bool at_end_of_cell() const noexcept;
  bool take_separator();

  std::string_view text_;
  char delimiter_;
  std::array<bool, 256> special_{};  ///< bytes at which plain text may end or break a rule
  std::size_t longest_cell_;
  problem_list& problems_;
  std::size_t at_;
  bool is_open_ = false;  ///< the last cell has no closing quote
  std::deque<std::string> unescaped_;
};

}  // namespace attain::inline v0::io::detail
