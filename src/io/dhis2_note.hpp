#pragma once
/** What of a data value has no field of its own, as lines of a note: the comment, a value that is no number, and the mark to
 * follow up. */
#include <string>
#include <string_view>

namespace attain::inline v0::io::detail {

struct dhis2_note {
  std::string comment{};
  std::string value{};
  bool follow_up = false;
};

/// Lines `dhis2 value: …` and `dhis2 followup` below the comment; a line of it that looks like one of them is marked.
std::string to_note(const dhis2_note& from);
/// The same back; a note of other making is a comment.
dhis2_note parse_note(std::string_view note);

}  // namespace attain::inline v0::io::detail
