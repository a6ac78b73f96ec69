#include "iati_words.hpp"

#include <attain/core/number_text.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace attain::inline v0::io::detail {

namespace {

constexpr std::string_view line_mark = "iati ";
constexpr std::array<std::string_view, 6> units{"number", "unit", "%", "category", "rank", "text"};

bool is_blank(char c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

std::string lower(std::string_view text) {
  std::string made(text);
  for (char& c : made) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return made;
}

/// Calls `f(line)` for each line of a text.
template <class F>
void each_line(std::string_view text, F&& f) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    f(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
}

int hex_digit(char c) noexcept {
  if (is_digit(c)) return c - '0';
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

}  // namespace

iati_measure parse_measure(std::string_view code) noexcept {
  if (code.size() == 1 && code[0] >= '1' && code[0] <= '5') return static_cast<iati_measure>(code[0] - '0');
  const std::string word = lower(code);
  if (word == "unit") return iati_measure::unit;
  if (word == "percentage") return iati_measure::percentage;
  if (word == "text") return iati_measure::qualitative;
  return iati_measure::other;
}

std::string_view unit_of(iati_measure m) noexcept { return units[static_cast<std::size_t>(m)]; }

iati_measure measure_of(std::string_view unit) noexcept {
  const auto found = std::find(units.begin(), units.end(), unit);
  return found == units.end() || found == units.begin() ? iati_measure::unit : static_cast<iati_measure>(found - units.begin());
}

std::string_view parse_result_type(std::string_view code) noexcept {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> words{
      {{"output", "1"}, {"outcome", "2"}, {"impact", "3"}, {"other", "9"}}};
  const std::string word = lower(code);
  for (const auto& [name, number] : words) {
    if (code == number || word == name) return number;
  }
  return {};
}

std::optional<bool> parse_flag(std::string_view text) noexcept {
  if (text == "1" || text == "true") return true;
  if (text == "0" || text == "false") return false;
  return std::nullopt;
}

std::string collapsed(std::string_view text) {
  std::string made;
  for (const char c : text) {
    if (!is_blank(c)) {
      made += c;
    } else if (!made.empty() && made.back() != ' ') {
      made += ' ';
    }
  }
  if (!made.empty() && made.back() == ' ') made.pop_back();
  return made;
}

std::optional<double> parse_iati_number(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  std::string plain;
  std::size_t at = 0;
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) {
    if (text[at] == '-') plain += '-';
    ++at;
  }
  const std::size_t digits_from = at;
  while (at < text.size() && is_digit(text[at])) ++at;
  const std::string_view whole = text.substr(digits_from, at - digits_from);
  std::string_view fraction;
  if (at < text.size() && text[at] == '.') {
    const std::size_t from = ++at;
    while (at < text.size() && is_digit(text[at])) ++at;
    fraction = text.substr(from, at - from);
  }
  if (whole.empty() && fraction.empty()) return std::nullopt;
  plain.append(whole.empty() ? "0" : whole);
  if (!fraction.empty()) plain.append(".").append(fraction);
  if (at < text.size()) {
    // an exponent is a number of XML and of the one number parser, as `to_text` writes very large and small ones
    if (text[at] != 'e' && text[at] != 'E') return std::nullopt;
    plain.append(text.substr(at));
  }
  const auto read = try_parse_number(plain);
  return read ? std::optional(*read) : std::nullopt;
}

std::string to_id(std::string_view text) {
  constexpr std::string_view reserved = "%/:@#=;+";
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string id;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7f && reserved.find(c) == std::string_view::npos) {
      id += c;
    } else {
      id += '%';
      id += digits[byte >> 4];
      id += digits[byte & 15];
    }
  }
  return id;
}

std::string from_id(std::string_view id) {
  std::string text;
  for (std::size_t at = 0; at < id.size(); ++at) {
    const bool is_escape = id[at] == '%' && at + 2 < id.size() && hex_digit(id[at + 1]) >= 0 && hex_digit(id[at + 2]) >= 0;
    if (is_escape) {
      text += static_cast<char>(hex_digit(id[at + 1]) * 16 + hex_digit(id[at + 2]));
      at += 2;
    } else {
      text += id[at];
    }
  }
  return text;
}

std::string period_in_id(const period& p) {
  std::string text = to_string(p);
  if (const auto slash = text.find('/'); slash != std::string::npos) text.replace(slash, 1, "..");
  return text;
}

void add_line(std::string& note, std::string_view key, std::string_view value) {
  if (!note.empty()) note += '\n';
  note.append(line_mark).append(key).append(": ").append(collapsed(value));
}

std::vector<std::string_view> lines_of(std::string_view note, std::string_view key) {
  std::vector<std::string_view> values;
  each_line(note, [&](std::string_view line) {
    if (!line.starts_with(line_mark)) return;
    line.remove_prefix(line_mark.size());
    if (!line.starts_with(key)) return;
    line.remove_prefix(key.size());
    if (line.starts_with(": ")) values.push_back(line.substr(2));
  });
  return values;
}

std::optional<std::string_view> line_of(std::string_view note, std::string_view key) {
  const auto values = lines_of(note, key);
  return values.empty() ? std::nullopt : std::optional(values.front());
}

std::string without_lines(std::string_view note) {
  std::string rest;
  each_line(note, [&](std::string_view line) {
    if (line.starts_with(line_mark)) return;
    if (!rest.empty()) rest += '\n';
    rest.append(line);
  });
  return rest;
}

}  // namespace attain::inline v0::io::detail
