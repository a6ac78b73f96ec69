#pragma once

/** A finding: something a person should look at, and where.

  Readers and `validate` return findings; errors carry them. The code is for programs
  and stays the same in C++, Python and reports; the message is for people. `text` is
  always escaped and short, so that a finding can be printed anywhere.
*/

#include <attain/core/codes.hpp>
#include <attain/core/config.hpp>

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace attain::inline v0 {

/// An error refuses what it is about; a warning keeps it; a note only informs.
enum class severity : std::uint8_t { note, warning, error };

/// What is wrong, in one stable word; the list is in core/codes.hpp.
enum class code : std::uint16_t {
#define ATTAIN_CODE(word) word,
  ATTAIN_CODES(ATTAIN_CODE)
#undef ATTAIN_CODE
};

/// "note", "warning", "error"
std::string_view to_string(severity level) noexcept;

/// The enumerator's own name: `to_string(code::duplicate_id)` is "duplicate_id".
std::string_view to_string(code what) noexcept;

struct finding {
  attain::severity severity = attain::severity::error;
  attain::code code = attain::code::malformed;
  std::string where{};     ///< file:line:column, JSON pointer, sheet!cell or row; may be empty
  std::string text{};      ///< the offending text, through escaped_excerpt
  std::string expected{};  ///< what would have been right; may be empty
  std::string message{};   ///< one sentence

  friend bool operator==(const finding&, const finding&) = default;
};

/// One readable line:
/// `error malformed_number at column 3: two decimal points (found "1.2.3"; expected a number such as 5.85万)`
std::string to_string(const finding& f);

/** Text made safe to show: at most @p limit characters, then "…".

  Controls (C0, C1), line and paragraph separators, bidirectional and zero-width
  characters become `\u{202e}`; a byte that is not UTF-8 becomes `\x{ff}`; quotes and
  backslashes are kept. The result is valid UTF-8.
*/
std::string escaped_excerpt(std::string_view text, std::size_t limit = 80);

/** What a `try_…` function returns: the value, or the finding that says why there is none. */
template <class T>
class parsed {
 public:
  parsed(T value) : value_(std::move(value)) {}
  parsed(finding problem) : problem_(std::move(problem)) {}

  bool has_value() const noexcept { return value_.has_value(); }
  explicit operator bool() const noexcept { return has_value(); }

  /// Precondition: has_value()
  const T& operator*() const noexcept {
    assert(has_value());
    return *value_;
  }
  const T* operator->() const noexcept { return &**this; }

  /// Precondition: !has_value()
  const finding& problem() const noexcept {
    assert(!has_value());
    return problem_;
  }

 private:
  std::optional<T> value_;
  finding problem_;
};

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/core/impl/finding.ipp>
#endif
