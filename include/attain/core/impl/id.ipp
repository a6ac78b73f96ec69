#pragma once

#include <attain/core/id.hpp>
#include <attain/core/impl/refuse_bytes.hpp>
#include <attain/core/impl/refused_characters.hpp>
#include <attain/core/impl/text.hpp>

#include <algorithm>
#include <utility>

namespace attain::inline v0 {

ATTAIN_INLINE std::optional<std::size_t> find_invalid_utf8(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    const detail::character c = detail::character_at(text, at);
    if (!c.valid) return at;
    at += c.size;
  }
  return std::nullopt;
}

namespace detail {

ATTAIN_INLINE finding invalid_text(std::string_view text, std::string_view where, std::string message, std::string expected) {
  return {severity::error, code::invalid_id, std::string(where), escaped_excerpt(text), std::move(expected), std::move(message)};
}

ATTAIN_INLINE std::u32string characters_of(std::string_view text) {
  std::u32string characters;
  for (std::size_t at = 0; at < text.size();) {
    const character c = character_at(text, at);
    characters += c.value;
    at += c.size;
  }
  return characters;
}

/// Levenshtein's distance, or @p limit + 1 if it is larger.
ATTAIN_INLINE std::size_t edit_distance(const std::u32string& a, const std::u32string& b, std::size_t limit,
                                        std::vector<std::size_t>& row) {
  if ((a.size() > b.size() ? a.size() - b.size() : b.size() - a.size()) > limit) return limit + 1;
  row.resize(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    std::size_t least = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = (std::min)({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0u : 1u)});
      diagonal = above;
      least = (std::min)(least, row[j]);
    }
    if (least > limit) return limit + 1;
  }
  return (std::min)(row[b.size()], limit + 1);
}

/// Cyrillic and Greek letters that are drawn like a Latin one (from the data of UTS #39).
ATTAIN_INLINE char32_t latin_twin(char32_t c) noexcept {
  constexpr std::u32string_view from = U"АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧοԁһԛԝҮ";
  constexpr std::u32string_view to = U"ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXodhqwY";
  static_assert(from.size() == to.size());
  const std::size_t at = from.find(c);
  return at == std::u32string_view::npos ? c : to[at];
}

/// Whether an id is wholly of ASCII and nothing is wrong with it, as of most.
ATTAIN_INLINE bool is_plain_id(std::string_view id) noexcept {
  if (id.empty() || id.size() > max_id_bytes || id.front() == ' ' || id.back() == ' ') return false;
  return std::all_of(id.begin(), id.end(), [](char c) { return c >= ' ' && c <= '~' && c != '/'; });
}

}  // namespace detail

ATTAIN_INLINE std::optional<finding> check_id(std::string_view id, std::string_view where) {
  if (detail::is_plain_id(id)) return std::nullopt;
  if (id.empty()) return detail::invalid_text(id, where, "the id is empty", "1 to 200 bytes");
  if (auto problem = detail::refuse_bytes(id, where, max_id_bytes)) return problem;
  const detail::character first = detail::character_at(id, 0);
  for (std::size_t at = 0; at < id.size();) {
    const detail::character c = detail::character_at(id, at);
    if (const auto refusal = detail::refusal_in_id(c.value); !refusal.empty()) {
      return detail::invalid_text(id, detail::at_column(where, detail::column_of(id, at)),
                                  "the id contains " + detail::code_point_name(c.value) + ", " + std::string(refusal),
                                  "printable characters");
    }
    if (at + c.size == id.size() && (detail::is_space(c.value) || detail::is_space(first.value))) {
      return detail::invalid_text(id, where, "the id begins or ends with a space", "no spaces at the edges");
    }
    at += c.size;
  }
  return std::nullopt;
}

ATTAIN_INLINE std::optional<finding> check_name(std::string_view name, std::string_view where) {
  if (name.empty()) return detail::invalid_text(name, where, "the name is empty", "1 to 4096 bytes");
  if (auto problem = detail::refuse_bytes(name, where, max_name_bytes)) return problem;
  for (std::size_t at = 0; at < name.size();) {
    const detail::character c = detail::character_at(name, at);
    if (detail::is_control(c.value) || detail::is_bidirectional(c.value)) {
      return detail::invalid_text(name, detail::at_column(where, detail::column_of(name, at)),
                                  "the name contains " + detail::code_point_name(c.value) + ", a control character",
                                  "printable characters on one line");
    }
    at += c.size;
  }
  return std::nullopt;
}

ATTAIN_INLINE std::string confusable_key(std::string_view id) {
  std::string key;
  key.reserve(id.size());
  for (std::size_t at = 0; at < id.size();) {
    const detail::character read = detail::character_at(id, at);
    at += read.size;
    char32_t c = read.value < 0x80 ? read.value : detail::latin_twin(detail::half_width(read.value));
    if (c >= U'A' && c <= U'Z') c += U'a' - U'A';
    if (c < 0x80) {
      key += static_cast<char>(c);
    } else {
      detail::append_utf8(key, c);
    }
  }
  return key;
}

ATTAIN_INLINE std::vector<std::string> nearest_ids(std::string_view wanted, std::span<const std::string> ids, std::size_t max) {
  const std::u32string target = detail::characters_of(wanted.substr(0, max_id_bytes));
  const std::size_t limit = 1 + target.size() / 3;
  struct candidate {
    const std::string* id;
    std::size_t distance;
  };
  std::vector<candidate> best;  // the closest first
  std::vector<std::size_t> row;
  for (const auto& id : ids) {
    if (id.size() > max_id_bytes) continue;
    const std::size_t distance = detail::edit_distance(target, detail::characters_of(id), limit, row);
    if (distance > limit) continue;
    auto place = best.end();
    while (place != best.begin() && distance < (place - 1)->distance) --place;
    best.insert(place, {&id, distance});
    if (best.size() > max) best.pop_back();
  }
  std::vector<std::string> nearest;
  for (const auto& found : best) nearest.push_back(*found.id);
  return nearest;
}

}  // namespace attain::inline v0
