#include <attain/ledger/quality_finding.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

using namespace attain;
using namespace attain::test;

namespace {

std::set<std::string> places_in(std::string_view sentence) {
  std::set<std::string> found;
  for (std::size_t at = sentence.find('{'); at != std::string_view::npos; at = sentence.find('{', at + 1)) {
    found.emplace(sentence.substr(at, sentence.find('}', at) - at + 1));
  }
  return found;
}

}  // namespace

TEST_CASE("every check has a sentence in both languages that says the same", "[ledger][quality_finding]") {
  for (std::size_t i = 0; i < words_of<quality_check>().size(); ++i) {
    const auto check = static_cast<quality_check>(i);
    INFO(to_string(check));
    const std::string_view english = sentence_of(check, language::english), chinese = sentence_of(check, language::chinese);
    CHECK((english.ends_with('.') || english.ends_with('?')));
    CHECK((chinese.ends_with("。") || chinese.ends_with("？")));
    CHECK(english.ends_with('?') == chinese.ends_with("？"));
    CHECK(places_in(english) == places_in(chinese));
  }
}

TEST_CASE("checks and measures have words that lead back to them", "[ledger][quality_finding]") {
  CHECK(parse_word<quality_check>("magnitude_slip") == quality_check::magnitude_slip);
  CHECK(to_string(quality_check::goal_moved) == "goal_moved");
  CHECK(parse_word<quality_measure>("internal_consistency") == quality_measure::internal_consistency);
  for (std::size_t i = 0; i < words_of<quality_measure>().size(); ++i) {
    CHECK_FALSE(label_of(static_cast<quality_measure>(i), language::chinese).empty());
    CHECK_FALSE(label_of(static_cast<quality_measure>(i), language::english).empty());
  }
}

TEST_CASE("what two reports cannot both say is a warning, what may have its reasons a note", "[ledger][quality_finding]") {
  for (const auto check : {quality_check::contradiction, quality_check::falling_total, quality_check::part_exceeds_whole,
                           quality_check::categories_differ, quality_check::magnitude_slip}) {
    CHECK(severity_of(check) == severity::warning);
  }
  for (const auto check : {quality_check::outlier, quality_check::first_digits, quality_check::last_digits,
                           quality_check::copied_forward, quality_check::late_report}) {
    CHECK(severity_of(check) == severity::note);
  }
}
