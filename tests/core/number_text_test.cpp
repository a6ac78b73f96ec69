#include <attain/core/error.hpp>
#include <attain/core/number_text.hpp>

#include "support/catch.hpp"
#include "support/paths.hpp"

#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace attain;
using namespace std::string_view_literals;

namespace {

/// The rows of a tab-separated table beside this file, without its header.
std::vector<std::vector<std::string>> table(const std::string& name) {
  std::ifstream file(test::source_dir() / "tests" / "core" / name);
  REQUIRE(file);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(file, line);) {
    std::vector<std::string> cells(1);
    for (const char c : line) {
      if (c == '\t') {
        cells.emplace_back();
      } else {
        cells.back() += c;
      }
    }
    rows.push_back(cells);
  }
  rows.erase(rows.begin());
  return rows;
}

/// Rows of the tables of docs/numbers.md that have @p cells cells, without backquotes and spaces around.
std::vector<std::vector<std::string>> documented(std::size_t cells) {
  std::ifstream file(test::source_dir() / "docs" / "numbers.md");
  REQUIRE(file);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("| `")) continue;
    std::vector<std::string> row;
    for (std::size_t at = 1; at < line.size();) {
      const std::size_t end = line.find('|', at);
      std::string cell = line.substr(at, end - at);
      std::erase(cell, '`');
      const std::size_t first = cell.find_first_not_of(' ');
      row.push_back(first == std::string::npos ? "" : cell.substr(first, cell.find_last_not_of(' ') + 1 - first));
      at = end + 1;
    }
    if (row.size() == cells) rows.push_back(row);
  }
  return rows;
}

/// As docs/numbers.md says it.
std::string described(const number_text& n) {
  std::string text = n.approximate ? "about " : "";
  text += to_text(n.low);
  if (n.low != n.high) text += " to " + to_text(n.high);
  if (n.low_open) text += ", open below";
  if (n.high_open) text += ", open above";
  return text;
}

/// A plain decimal as the standard library reads it.
double plain_decimal(const std::string& text) {
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  REQUIRE(read.ptr == text.data() + text.size());
  return value;
}

}  // namespace

TEST_CASE("every numeral of the table has its value, interval and unit", "[core][number_text]") {
  const auto rows = table("numerals.tsv");
  CHECK(rows.size() >= 200);
  for (const auto& row : rows) {
    REQUIRE(row.size() == 6);
    const std::string& text = row[0];
    CAPTURE(text);
    const auto read = try_parse_number_text(text);
    if (!read) FAIL(to_string(read.problem()));
    CHECK(read->low == plain_decimal(row[1]));
    CHECK(read->high == plain_decimal(row[2]));
    CHECK(read->low_open == (row[3] == "low"));
    CHECK(read->high_open == (row[3] == "high"));
    CHECK(read->approximate == (row[4] == "about"));
    CHECK(read->unit == row[5]);
    CHECK(parse_number_text(text) == *read);
  }
}

TEST_CASE("every text of the refused table is refused at its column", "[core][number_text]") {
  const auto rows = table("refused_numerals.tsv");
  CHECK(rows.size() >= 100);
  for (const auto& row : rows) {
    REQUIRE(row.size() == 3);
    const std::string& text = row[0];
    CAPTURE(text);
    const auto read = try_parse_number_text(text);
    REQUIRE_FALSE(read.has_value());
    CHECK(to_string(read.problem().code) == row[1]);
    CHECK(read.problem().where == (row[2].empty() ? "" : "column " + row[2]));
    CHECK_FALSE(read.problem().message.empty());
    CHECK_FALSE(read.problem().expected.empty());
  }
}

TEST_CASE("the examples of docs/numbers.md are read and refused as it says", "[core][number_text]") {
  const auto read_rows = documented(3);
  CHECK(read_rows.size() > 30);
  for (const auto& row : read_rows) {
    CAPTURE(row[0]);
    const auto read = try_parse_number_text(row[0]);
    if (!read) FAIL(to_string(read.problem()));
    CHECK(described(*read) == row[1]);
    CHECK(read->unit == row[2]);
  }
  const auto refused_rows = documented(2);
  CHECK(refused_rows.size() > 15);
  for (const auto& row : refused_rows) {
    CAPTURE(row[0]);
    const auto read = try_parse_number_text(row[0]);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.problem().message == row[1]);
  }
}

TEST_CASE("an English scale word at the end multiplies, and with what is counted it belongs to the unit", "[core][number_text]") {
  CHECK(parse_number("1.2 million") == 1200000);
  CHECK(parse_number("3 Thousand") == 3000);
  CHECK(parse_number("0.1billion") == 100000000);
  CHECK(parse_number_text("2–3 million").low == 2000000);
  CHECK(parse_number_text("2 million – 3 million").high == 3000000);
  CHECK(parse_number_text("over 2 million").high_open);
  CHECK(parse_number_text("1.2 million people").unit == "million people");
  CHECK(parse_number_text("1.2 millions").unit == "millions");
}

TEST_CASE("a currency stands in front as a sign or a code", "[core][number_text]") {
  for (const auto& [text, unit] :
       {std::pair{"$2 million", "$"}, std::pair{"USD 2 million", "USD"}, std::pair{"EUR 2,000,000", "EUR"}}) {
    CAPTURE(text);
    CHECK(parse_number_text(text).low == 2000000);
    CHECK(parse_number_text(text).unit == unit);
  }
  CHECK(parse_number_text("CHF -5").low == -5);
  CHECK_THROWS_AS(parse_number_text("EURO 5"), invalid_input);
  CHECK_THROWS_AS(parse_number_text("USD"), invalid_input);
  CHECK_THROWS_AS(parse_number_text("USD 5 USD"), invalid_input);
}

TEST_CASE("every currency that is known by letters may stand before its amount, by a word or another sign it may not",
          "[core][number_text]") {
  for (const std::string code : {"USD", "EUR", "GBP", "CNY", "RMB", "JPY", "HKD", "MOP", "TWD", "KRW", "INR", "CAD", "AUD", "CHF"}) {
    INFO(code);
    CHECK(parse_number_text(code + " 300").unit == code);
  }
  for (const std::string other : {"元", "円", "圆", "₹", "₩", "kWh", "GWh", "yen", "Eur", "SEK"}) {
    INFO(other);
    CHECK_THROWS_AS(parse_number_text(other + " 300"), invalid_input);
  }
}

TEST_CASE("digits and scale are combined before rounding", "[core][number_text]") {
  CHECK(parse_number("5.85万") == 58500.0);
  CHECK(parse_number("14.37万") == 143700.0);
  CHECK(parse_number("0.57万") == 5700.0);
  CHECK(0.57 * 10000 != 5700.0);  // what rounding twice would give
  CHECK(parse_number("1.005亿") == 100500000.0);
  CHECK(parse_number("57%") == 0.57);
}

TEST_CASE("any decimal with a scale is the double nearest to its exact value", "[core][number_text]") {
  struct scale {
    std::string_view word;
    int power;
  };
  const scale scales[] = {{"", 0}, {"千", 3}, {"万", 4}, {"百万", 6}, {"亿", 8}, {"万亿", 12}, {"%", -2}, {"‰", -3}};
  std::mt19937_64 random(1200);
  for (int i = 0; i < 50000; ++i) {
    std::string digits(1, static_cast<char>('1' + random() % 9));
    for (std::uint64_t more = random() % 18; more > 0; --more) digits += static_cast<char>('0' + random() % 10);
    const std::size_t places = random() % digits.size();
    const auto& [word, power] = scales[random() % std::size(scales)];
    std::string text = digits;
    if (places > 0) text.insert(text.size() - places, ".");
    text += word;
    CAPTURE(text);
    REQUIRE(parse_number(text) == plain_decimal(digits + "e" + std::to_string(power - static_cast<int>(places))));
  }
}

TEST_CASE("a well-grouped number means the same without its marks", "[core][number_text]") {
  std::mt19937_64 random(3);
  for (int i = 0; i < 5000; ++i) {
    const std::string digits = std::to_string(random() >> (random() % 60));
    std::string grouped = digits;
    for (std::size_t at = grouped.size(); at > 3; at -= 3) grouped.insert(at - 3, ",");
    CAPTURE(grouped);
    REQUIRE(parse_number(grouped) == plain_decimal(digits));
  }
}

TEST_CASE("full-width text means the same as half-width text", "[core][number_text]") {
  for (const auto& row : table("numerals.tsv")) {
    std::string wide;
    for (const char c : row[0]) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte <= 0x20 || byte >= 0x7f || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) {
        wide += c;
      } else {
        const unsigned folded = byte + 0xfee0u;
        wide += static_cast<char>(0xe0 | (folded >> 12));
        wide += static_cast<char>(0x80 | ((folded >> 6) & 0x3f));
        wide += static_cast<char>(0x80 | (folded & 0x3f));
      }
    }
    CAPTURE(row[0], wide);
    const auto read = try_parse_number_text(wide);
    if (!read) FAIL(to_string(read.problem()));
    const auto plain = parse_number_text(row[0]);
    CHECK(read->low == plain.low);
    CHECK(read->high == plain.high);
  }
}

TEST_CASE("a foreign digit is named", "[core][number_text]") {
  const auto message = [](std::string_view text) { return try_parse_number(text).problem().message; };
  CHECK(message("٣٤") == "U+0663 is an Arabic-Indic digit");
  CHECK(message("5٣") == "U+0663 is an Arabic-Indic digit");
  CHECK(message("๓") == "U+0E53 is a Thai digit");
  CHECK(message("5²") == "U+00B2 is a superscript");
  CHECK(message("½") == "U+00BD is a fraction");
}

TEST_CASE("hidden characters are refused by their code point", "[core][number_text]") {
  for (const auto text : {"1\u200b000"sv, "\ufeff139"sv, "139\u202e"sv, "1\0002"sv, "13\n9"sv, "139\u2028"sv, "139人\u200d"sv}) {
    const auto read = try_parse_number_text(text);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.problem().code == code::malformed_number);
    CHECK_THAT(read.problem().message, test::ContainsSubstring("U+"));
  }
}

TEST_CASE("a number in bytes that are not UTF-8 or in oversized text is refused before reading", "[core][number_text]") {
  CHECK(try_parse_number_text("139\xff").problem().code == code::bad_encoding);
  CHECK(try_parse_number_text("139\xff").problem().where == "column 4");
  CHECK(try_parse_number_text(std::string(4097, '1')).problem().code == code::too_large);
  CHECK(try_parse_number_text(std::string(4096, '1')).problem().code == code::overflow);
  CHECK(parse_number("0." + std::string(4000, '3')) == 1.0 / 3);
}

TEST_CASE("the place of a problem follows the place of the text", "[core][number_text]") {
  CHECK(try_parse_number("1.2.3", "data.csv:7:2").problem().where == "data.csv:7:2, column 4");
  CHECK(try_parse_number("　1.2.3").problem().where == "column 5");
  CHECK(try_parse_number("1e999", "data.csv:7:2").problem().where == "data.csv:7:2");
  CHECK_THROWS_MATCHES(parse_number("1,2"), invalid_input, test::MessageContains("at column 4"));
  CHECK_THROWS_MATCHES(parse_number_text("nan"), invalid_input, test::MessageContains("not_finite"));
}

TEST_CASE("parse_number takes one exact number and at most a percent sign", "[core][number_text]") {
  CHECK(parse_number(" 1,200 ") == 1200);
  CHECK(parse_number("60%") == 0.6);
  CHECK(parse_number("６０％") == 0.6);
  CHECK(parse_number("3‰") == 0.003);
  for (const auto text : {"139台", "97–99", "180余", "近200", "约100", "60%/年", "$5", "5 %人"}) {
    CAPTURE(text);
    REQUIRE_FALSE(try_parse_number(text).has_value());
    CHECK(try_parse_number(text).problem().code == code::malformed_number);
  }
  CHECK(try_parse_number("139台").problem().where == "column 4");
  CHECK(try_parse_number("97–97").has_value());  // an interval of one number is that number
}

TEST_CASE("only a number without open ends or doubt is plain (R11)", "[core][number_text]") {
  CHECK(parse_number_text("139台").is_plain());
  CHECK_FALSE(parse_number_text("180余").is_plain());
  CHECK_FALSE(parse_number_text("近200").is_plain());
  CHECK_FALSE(parse_number_text("约100").is_plain());
  CHECK_FALSE(parse_number_text("97–99").is_plain());
}

TEST_CASE("a unit is a view into the text", "[core][number_text]") {
  const std::string text = "5.85万人次";
  const auto read = parse_number_text(text);
  CHECK(read.unit == "人次");
  CHECK(read.unit.data() == text.data() + text.size() - read.unit.size());
}

TEST_CASE("zero has no sign", "[core][number_text]") {
  for (const auto text : {"-0", "-0.0", "-0%", "-0万", "−0e5"}) {
    CAPTURE(text);
    CHECK_FALSE(std::signbit(parse_number(text)));
  }
}

TEST_CASE("amounts are written without an exponent, and as short as they read back", "[core][number_text]") {
  CHECK(to_text(0) == "0");
  CHECK(to_text(-0.0) == "0");
  CHECK(to_text(139) == "139");
  CHECK(to_text(0.6) == "0.6");
  CHECK(to_text(0.1 + 0.2) == "0.30000000000000004");
  CHECK(to_text(58500) == "58500");
  CHECK(to_text(1790000000.0) == "1790000000");
  CHECK(to_text(999999999999999.0) == "999999999999999");
  CHECK(to_text(1e15) == "1e+15");
  CHECK(to_text(-2.5) == "-2.5");
  CHECK(to_text(1e-6) == "0.000001");
  CHECK(to_text(1e-7) == "1e-07");
  CHECK(to_text(std::numeric_limits<double>::max()) == "1.7976931348623157e+308");
  CHECK(to_text(std::numeric_limits<double>::denorm_min()) == "5e-324");
}

TEST_CASE("any double is read back from its text bit for bit", "[core][number_text]") {
  std::mt19937_64 random(8);
  for (int i = 0; i < 100000; ++i) {
    double x = std::bit_cast<double>(random());
    if (i % 3 == 1) x = static_cast<double>(static_cast<std::int64_t>(random()) >> (random() % 60));
    if (i % 3 == 2) x = std::ldexp(static_cast<double>(random() >> 11), static_cast<int>(random() % 80) - 70);
    if (!std::isfinite(x)) continue;
    CAPTURE(x);
    const std::string text = to_text(x);
    REQUIRE(std::bit_cast<std::uint64_t>(parse_number(text) + 0.0) == std::bit_cast<std::uint64_t>(x + 0.0));
    if (std::fabs(x) >= 1e-6 && std::fabs(x) < 1e15) REQUIRE(text.find('e') == std::string::npos);
  }
}

TEST_CASE("no text makes the parser give what is not finite, ordered and inside the text", "[core][number_text]") {
  const std::string_view pieces[] = {"0",     "1",    "5",  "9",    "00",     "139", ".",  ",",    "，",  "-",  "–",  "~",
                                     "至",    "+",    "−",  "e",    "E5",     "万",  "亿", "千",   "百",  "十", "一", "二",
                                     "零",    "两",   "点", "余",   "多",     "近",  "约", "不足", "%",   "‰",  "人", "人次",
                                     "元/年", "$",    " ",  "　",   "１",     "．",  "％", "nan",  "inf", "0x", "_",  "²",
                                     "左右",  "以上", "几", "\xff", "\u200b", "/",   "(",  ")"};
  std::mt19937_64 random(9);
  int accepted = 0;
  for (int i = 0; i < 200000; ++i) {
    std::string text;
    for (std::uint64_t n = random() % 7; n > 0; --n) text += pieces[random() % std::size(pieces)];
    const auto read = try_parse_number_text(text);
    if (!read) continue;
    ++accepted;
    CAPTURE(text);
    REQUIRE(std::isfinite(read->low));
    REQUIRE(std::isfinite(read->high));
    REQUIRE(read->low <= read->high);
    REQUIRE_FALSE((read->low_open && read->high_open));
    REQUIRE(text.find(read->unit) != std::string::npos);
  }
  CHECK(accepted > 5000);
}
