#include <attain/core/id.hpp>

#include "support/catch.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace attain;
using namespace std::string_view_literals;

namespace {

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

}  // namespace

TEST_CASE("ordinary ids are accepted", "[core][id]") {
  for (const auto id : {"22.1", "a", "加装电梯", "east", "3.2.1.1", "a b", "école", "Пример", "ก", "id_with-marks:1", "(一)"}) {
    CAPTURE(id);
    CHECK_FALSE(check_id(id, "row 2").has_value());
  }
  CHECK_FALSE(check_id(std::string(200, 'x'), "").has_value());
}

TEST_CASE("an id that could be mistaken for another is refused with its code point", "[core][id]") {
  const auto refused = [](std::string_view id, const std::string& named) {
    const auto problem = check_id(id, "row 2");
    REQUIRE(problem.has_value());
    CHECK(problem->code == code::invalid_id);
    CHECK(problem->severity == severity::error);
    CHECK_THAT(problem->where, test::StartsWith("row 2"));
    CHECK_THAT(problem->message, test::ContainsSubstring(named));
  };
  refused("", "empty");
  refused("a/b", "U+002F");
  refused("a\nb", "U+000A");
  refused("a\0b"sv, "U+0000");
  refused("a\u0085", "U+0085");
  refused("a\u200bb", "U+200B");
  refused("\ufeff22.1", "U+FEFF");
  refused("a\u202eb", "U+202E");
  refused("a\u2067b", "U+2067");
  refused("a\u00adb", "U+00AD");
  refused("e\u0301cole", "U+0301");  // decomposed é
  refused("a\u00a0b", "U+00A0");
  refused("a\u2028b", "U+2028");
  refused("\ue000", "U+E000");
  refused("a\ufffd", "U+FFFD");
  refused("a\ufe0f", "U+FE0F");
  refused("a\U000e0061", "U+E0061");
  refused("\uffff", "U+FFFF");
  refused(" a", "space");
  refused("a ", "space");
  refused("\u3000a", "space");
  refused("a\u3000", "space");
}

TEST_CASE("the place of a refused character is its column", "[core][id]") {
  CHECK(check_id("项目\u200b一", "plan.json")->where == "plan.json, column 3");
}

TEST_CASE("an id is at most 200 bytes of UTF-8", "[core][id]") {
  CHECK(check_id(std::string(201, 'x'), "")->code == code::too_large);
  CHECK(check_id("a\xff", "")->code == code::bad_encoding);
  CHECK(check_id("\xed\xa0\x80", "")->code == code::bad_encoding);
}

TEST_CASE("a name is kept as given but for controls", "[core][id]") {
  CHECK_FALSE(check_name("加装 既有住宅电梯/139台 ", "").has_value());
  CHECK_FALSE(check_name("e\u0301cole", "").has_value());
  CHECK_FALSE(check_name(std::string(4096, 'x'), "").has_value());
  CHECK(check_name("", "")->code == code::invalid_id);
  CHECK(check_name("a\nb", "")->code == code::invalid_id);
  CHECK(check_name("a\0b"sv, "")->code == code::invalid_id);
  CHECK(check_name("a\u202eb", "")->code == code::invalid_id);
  CHECK(check_name(std::string(4097, 'x'), "")->code == code::too_large);
  CHECK(check_name("\xff", "")->code == code::bad_encoding);
}

TEST_CASE("the first byte that is not UTF-8 is found", "[core][id]") {
  CHECK_FALSE(find_invalid_utf8("").has_value());
  CHECK_FALSE(find_invalid_utf8("aé字𝟙").has_value());
  CHECK_FALSE(find_invalid_utf8("\xf4\x8f\xbf\xbf").has_value());  // U+10FFFF
  CHECK(find_invalid_utf8("字\x80") == 3);
  CHECK(find_invalid_utf8("a\xc3") == 1);             // cut short
  CHECK(find_invalid_utf8("\xc0\x80") == 0);          // overlong
  CHECK(find_invalid_utf8("\xe0\x9f\xbf") == 0);      // overlong
  CHECK(find_invalid_utf8("\xf0\x8f\xbf\xbf") == 0);  // overlong
  CHECK(find_invalid_utf8("ab\xed\xbf\xbf") == 2);    // surrogate
  CHECK(find_invalid_utf8("\xf4\x90\x80\x80") == 0);  // beyond U+10FFFF
  CHECK(find_invalid_utf8("\xf8\x88\x80\x80\x80") == 0);
}

TEST_CASE("look-alike ids share a key and different ones do not", "[core][id]") {
  CHECK(confusable_key("22.1") == confusable_key("２２.１"));
  CHECK(confusable_key("ABC") == confusable_key("abc"));
  CHECK(confusable_key("A1") == confusable_key("\u04101"));  // Cyrillic А
  CHECK(confusable_key("pace") == confusable_key("\u0440\u0430\u0441\u0435"));
  CHECK(confusable_key("O") == confusable_key("\u039f"));  // Greek Ο
  CHECK_FALSE(confusable_key("22.1") == confusable_key("22.2"));
  CHECK_FALSE(confusable_key("东") == confusable_key("西"));
}

TEST_CASE("the nearest ids come by edit distance, closest first", "[core][id]") {
  const std::vector<std::string> ids{"1.1", "22.1", "22.2", "22.10", "elevators"};
  CHECK(nearest_ids("22.l", ids) == std::vector<std::string>{"22.1", "22.2", "22.10"});
  CHECK(nearest_ids("elevator", ids) == std::vector<std::string>{"elevators"});
  CHECK(nearest_ids("22.1", ids, 1) == std::vector<std::string>{"22.1"});
  CHECK(nearest_ids("22.1", ids, 0).empty());
}

TEST_CASE("ids that share too little are not suggested", "[core][id]") {
  const std::vector<std::string> ids{"north", "south"};
  CHECK(nearest_ids("elevators", ids).empty());
  CHECK(nearest_ids("22.1", {}).empty());
}

TEST_CASE("edits are counted in characters, not bytes", "[core][id]") {
  const std::vector<std::string> ids{"东湖区", "西湖区", "青山湖区"};
  CHECK(nearest_ids("东湖", ids, 1) == std::vector<std::string>{"东湖区"});
  CHECK(nearest_ids("南湖区", ids) == std::vector<std::string>{"东湖区", "西湖区", "青山湖区"});
}

TEST_CASE("a look-up with a hostile id among many stays cheap", "[core][id]") {
  std::vector<std::string> ids;
  for (int i = 0; i < 20000; ++i) ids.push_back(repeated("ab", 90) + std::to_string(i));
  CHECK(nearest_ids(repeated("xy", 5000), ids).empty());
}
