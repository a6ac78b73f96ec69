#pragma once
/** What every reader of files shares: the bytes, the place of a byte, and the list of what is wrong.

  A reader notes each problem with the offset of the offending byte and goes on. `problem_list` turns offsets into
  `file:line:column`, sorts by them, and lists at most 200: what is beyond is counted in one last finding.
*/
#include <attain/core/error.hpp>
#include <attain/core/suggestion.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0::io::detail {

using attain::detail::any_of;
using attain::detail::any_of_few;
using attain::detail::did_you_mean;
using attain::detail::did_you_mean_one_of;

inline constexpr std::size_t max_listed_problems = 200;

/// Throws `invalid_input` if a NUL would cut the path off, so that another file was meant.
void require_whole_path(const std::string& path);

/// The bytes of a file. Throws `invalid_input` if it cannot be read or is longer than @p limit.
std::string read_file(const std::string& path, std::size_t limit);

/// Line and column of a byte, both from 1; columns count characters, not bytes.
struct text_position {
  std::size_t line = 1;
  std::size_t column = 1;
};

/// Finds positions in a text with one look at the whole and one at the line; going on in the same line, at the rest of it. Not
/// for several threads.
class line_index {
 public:
  explicit line_index(std::string_view text);
  text_position at(std::size_t offset) const noexcept;

 private:
  std::string_view text_;
  std::vector<std::size_t> starts_;
  mutable std::size_t last_begin_ = static_cast<std::size_t>(-1);  ///< of the line that was asked for last
  mutable std::size_t last_offset_ = 0;
  mutable std::size_t last_column_ = 0;
};

/// Something wrong at a byte of a text.
struct problem {
  attain::code code = attain::code::malformed;
  std::size_t offset = 0;
  std::string message{};
  std::string found{};                     ///< raw; shown escaped and cut
  std::string expected{};
  std::string pointer{};                   ///< JSON pointer of the value
  std::optional<std::size_t> first_at{};   ///< the earlier one that this one repeats
};

class problem_list {
 public:
  problem_list(std::string_view text, std::string_view file);

  void add(problem p);
  /// Adds what `make()` gives; there may be millions, so it is not called when problems are only counted.
  template <class Make>
  void add_with(Make&& make) {
    if (full()) {
      ++unlisted_;
    } else {
      add(make());
    }
  }
  /// Adds a finding made elsewhere, with @p pointer in place of its `where`.
  void add(const finding& f, std::size_t offset, std::string pointer = {});
  /// Appends to the message of the problem that was added last when there were @p count of them.
  void add_to_message(std::size_t count, std::string_view more);

  bool empty() const noexcept { return listed_.empty(); }
  /// How many were added, unlisted ones included.
  std::size_t count() const noexcept { return listed_.size() + unlisted_; }
  /// Whether further problems are only counted, so that finding the best words for them can be spared.
  bool full() const noexcept { return listed_.size() >= max_listed_problems; }

  /// `file:line:column#/pointer`, without the parts that are not known.
  std::string where(std::size_t offset, std::string_view pointer) const;

  /// The findings in the order of the text.
  std::vector<finding> findings() const;

  std::string_view text() const noexcept { return text_; }

 private:
  struct entry {
    finding what;                          ///< `where` is still the pointer
    std::size_t offset = 0;
    std::optional<std::size_t> first_at;
  };

  void list(entry e);
  const line_index& lines() const;

  std::string_view text_;
  std::string file_;
  std::vector<entry> listed_;
  std::size_t unlisted_ = 0;
  mutable std::optional<line_index> lines_;
};

/// The beginning of a text, longer than what is shown of it.
constexpr std::string_view excerpt(std::string_view text) noexcept { return text.substr(0, 400); }

/// Offset behind a UTF-8 byte order mark.
std::size_t skip_byte_order_mark(std::string_view text) noexcept;

/// Whether a text, or a part of one, is UTF-8 without a NUL.
bool is_text(std::string_view text) noexcept;

/// Notes a text that is longer than @p limit, not UTF-8, or holds a NUL. Returns whether it can be read.
bool check_text(std::string_view text, std::size_t limit, problem_list& problems);

}  // namespace attain::inline v0::io::detail
