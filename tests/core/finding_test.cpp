#include <attain/core/finding.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

using namespace attain;
using namespace std::string_view_literals;

namespace {

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  return count;
}

}  // namespace

TEST_CASE("a code's word is its enumerator's name", "[core][finding]") {
  CHECK(to_string(code::duplicate_id) == "duplicate_id");
  CHECK(to_string(code::malformed_number) == "malformed_number");
  CHECK(to_string(code::bad_encoding) == "bad_encoding");
  CHECK(to_string(code::future_observation) == "future_observation");
}

TEST_CASE("every code has a word of its own in snake_case", "[core][finding]") {
  std::set<std::string_view> words;
#define ATTAIN_CODE(word)                \
  CHECK(to_string(code::word) == #word); \
  CHECK(words.insert(to_string(code::word)).second);
  ATTAIN_CODES(ATTAIN_CODE)
#undef ATTAIN_CODE
  for (const auto word : words) {
    CHECK(word.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos);
  }
}

TEST_CASE("a severity is a word", "[core][finding]") {
  CHECK(to_string(severity::note) == "note");
  CHECK(to_string(severity::warning) == "warning");
  CHECK(to_string(severity::error) == "error");
}

TEST_CASE("a finding is one readable line", "[core][finding]") {
  finding f{severity::error, code::malformed_number, "column 3", "1.2.3", "a number", "two decimal points"};
  CHECK(to_string(f) == "error malformed_number at column 3: two decimal points (found \"1.2.3\"; expected a number)");
  f.where.clear();
  f.text.clear();
  CHECK(to_string(f) == "error malformed_number: two decimal points (expected a number)");
  f.expected.clear();
  CHECK(to_string(f) == "error malformed_number: two decimal points");
  f.text = "x";
  CHECK(to_string(f) == "error malformed_number: two decimal points (found \"x\")");
}

TEST_CASE("findings are equal when all their parts are", "[core][finding]") {
  const finding f{severity::warning, code::cycle, "a", "b", "c", "d"};
  finding g = f;
  CHECK(f == g);
  g.message = "e";
  CHECK_FALSE(f == g);
  g = f;
  g.severity = severity::error;
  CHECK_FALSE(f == g);
}

TEST_CASE("an excerpt keeps text that is safe to show", "[core][finding]") {
  CHECK(escaped_excerpt("") == "");
  CHECK(escaped_excerpt("加装电梯139台") == "加装电梯139台");
  CHECK(escaped_excerpt("<b>\"quoted\"\\</b>") == "<b>\"quoted\"\\</b>");
}

TEST_CASE("an excerpt escapes what cannot be seen or would reorder the text", "[core][finding]") {
  CHECK(escaped_excerpt("a\nb\tc\x1b[0m") == "a\\u{0a}b\\u{09}c\\u{1b}[0m");
  CHECK(escaped_excerpt("a\0b"sv) == "a\\u{00}b");
  CHECK(escaped_excerpt("\xc2\x85") == "\\u{85}");      // C1
  CHECK(escaped_excerpt("a\u202eb") == "a\\u{202e}b");  // right-to-left override
  CHECK(escaped_excerpt("\u2066x\u2069") == "\\u{2066}x\\u{2069}");
  CHECK(escaped_excerpt("a\u200bb\ufeff") == "a\\u{200b}b\\u{feff}");
  CHECK(escaped_excerpt("a\u2028b") == "a\\u{2028}b");
  CHECK(escaped_excerpt("\U000e0041") == "\\u{e0041}");  // tag
}

TEST_CASE("an excerpt escapes bytes that are not UTF-8 one by one", "[core][finding]") {
  CHECK(escaped_excerpt("a\xff\xfe") == "a\\x{ff}\\x{fe}");
  CHECK(escaped_excerpt("\xc0\xaf") == "\\x{c0}\\x{af}");             // overlong
  CHECK(escaped_excerpt("\xed\xa0\x80") == "\\x{ed}\\x{a0}\\x{80}");  // surrogate
  CHECK(escaped_excerpt("\xe4\xb8") == "\\x{e4}\\x{b8}");             // cut short
}

TEST_CASE("an excerpt is cut to its limit in characters, never inside one", "[core][finding]") {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "字";
  const std::string cut = escaped_excerpt(text);
  CHECK(characters(cut) == 81);
  CHECK_THAT(cut, test::EndsWith("字…"));
  CHECK(escaped_excerpt(text.substr(0, 80 * 3)) == text.substr(0, 80 * 3));
  CHECK(escaped_excerpt("abc", 2) == "ab…");
  CHECK(escaped_excerpt("a\nb", 3) == "a…");  // an escape is kept whole
}

TEST_CASE("a parsed value is the value or the finding", "[core][finding]") {
  const parsed<int> value(5);
  CHECK(value.has_value());
  CHECK(value);
  CHECK(*value == 5);

  const parsed<int> problem(finding{severity::error, code::out_of_range, "", "", "", ""});
  CHECK_FALSE(problem.has_value());
  CHECK(problem.problem().code == code::out_of_range);
}
