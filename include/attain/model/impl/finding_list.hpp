#pragma once
/** What `validate` writes into: findings under JSON pointers, and the checks that every part of a programme needs. */
#include <attain/core/config.hpp>
#include <attain/core/finding.hpp>
#include <attain/core/period.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0::detail {

/** A JSON pointer (RFC 6901) as a chain of fields, written out only when something is found.

  A part is `/field` or `/field/index`. The parts above must outlive the ones below.
*/
struct path {
  static constexpr std::size_t no_index = static_cast<std::size_t>(-1);

  const path* up = nullptr;
  std::string_view field{};
  std::size_t index = no_index;

  /// @param below the part at which the text begins, without it; none: all of it
  std::string text(const path* below = nullptr) const;
};

inline constexpr std::size_t max_text_bytes = 64 * 1024;  ///< of a clause, a note, a reason
/// Errors, and likewise warnings, that are listed. A programme of nothing but mistakes would take many times its memory for them.
inline constexpr std::size_t max_findings = 50'000;

class finding_list {
 public:
  void error(code what, const path& where, std::string_view text, std::string expected, std::string message);
  void warning(code what, const path& where, std::string_view text, std::string expected, std::string message);
  void add(finding f);
  /// With those that are not listed.
  std::size_t size() const noexcept { return found_.size() + unlisted_; }
  std::vector<finding> take();

  void check_name(const path& where, std::string_view name);  ///< may be empty
  void check_text(const path& where, std::string_view text);
  /// @param noun what the number is, for the message
  bool check_finite(const path& where, double value, std::string_view noun);
  bool check_weight(const path& where, double weight);
  void check_share(const path& where, double share, std::string_view noun);
  void check_count(const path& where, std::optional<int> count, int least, std::string_view noun);
  /// Whether the window has a day.
  bool check_window(const path& where, const std::optional<period>& window);
  /// @param known the words that are no custom names
  void check_callable(const path& where, std::string_view name, code unknown, std::string_view noun,
                      std::span<const std::string_view> known);
  /// Warns if a field is given that has no meaning where it stands.
  void check_unused(bool given, const path& where, std::string_view holder);

 private:
  std::vector<finding> found_;
  std::size_t errors_ = 0;  ///< of those listed
  std::size_t unlisted_ = 0;
};

/// A number as people write it; also one that is not finite.
std::string shown(double value);

/// "a → b → a"; the middle of a very long one is left out.
std::string joined_by_arrows(const std::vector<std::string_view>& ids);

}  // namespace attain::inline v0::detail

#ifndef ATTAIN_COMPILED
#include <attain/model/impl/finding_list.ipp>
#endif
