#pragma once
/** What the schema and the rule set of IATI 2.03 ask of results, as findings at their place.

  A fault against the schema is an error. A missing or strange value is incomplete data: a warning. The number of a rule of the
  standard's rule set is in the message.
*/
#include "iati_elements.hpp"
#include "iati_words.hpp"

#include <attain/core/date.hpp>
#include <attain/core/finding.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0::io::detail {

class iati_checks {
 public:
  /// @param narratives whether texts are in `narrative`, as since version 2
  iati_checks(const iati_elements& elements, std::string_view file, bool narratives, std::vector<finding>& to)
      : elements_(elements), file_(file), narratives_(narratives), findings_(to) {}

  void say(severity level, attain::code what, std::uint32_t element, std::string_view attribute, std::string_view found,
           std::string expected, std::string message);
  void error(attain::code what, std::uint32_t element, std::string_view attribute, std::string_view found, std::string expected,
             std::string message) {
    say(severity::error, what, element, attribute, found, std::move(expected), std::move(message));
  }
  void warning(attain::code what, std::uint32_t element, std::string_view attribute, std::string_view found, std::string expected,
               std::string message) {
    say(severity::warning, what, element, attribute, found, std::move(expected), std::move(message));
  }
  void note(attain::code what, std::uint32_t element, std::string message) {
    say(severity::note, what, element, {}, {}, {}, std::move(message));
  }

  /// An attribute that must be there.
  const std::string* require(std::uint32_t element, std::string_view attribute);
  std::optional<bool> flag(std::uint32_t element, std::string_view attribute);
  /// The day of `iso-date`, required or not.
  std::optional<date> day(std::uint32_t element, bool is_required);

  /// The children of one name: at most one, and one where it is required. @return it, or `no_element`
  std::uint32_t one(std::uint32_t within, std::string_view name, bool is_required);

  /// A text for people: the first narrative, with white space collapsed. Others are counted by `texts_left_out`.
  std::string text(std::uint32_t element);
  /// The same of a child that occurs once; empty if there is none.
  std::string text_of(std::uint32_t within, std::string_view name, bool is_required);
  std::size_t texts_left_out() const noexcept { return texts_left_out_; }
  std::string_view file() const noexcept { return file_; }
  /// Findings beyond those that are kept of an activity (`max_activity_findings`).
  std::size_t unlisted() const noexcept { return unlisted_; }

  /// Rules 8.8 to 8.10 for a baseline, target or actual.
  void check_value(std::uint32_t element, iati_measure measure, std::string_view rule);

 private:
  const iati_elements& elements_;
  std::string_view file_;
  bool narratives_;
  std::vector<finding>& findings_;
  std::size_t texts_left_out_ = 0;
  std::size_t unlisted_ = 0;
};

}  // namespace attain::inline v0::io::detail
