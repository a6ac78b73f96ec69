#include "json_text.hpp"

#include <attain/core/id.hpp>
#include <attain/core/number_text.hpp>

#include "json_document.hpp"

#include <algorithm>
#include <cmath>

namespace attain::inline v0::io::detail {

namespace {

constexpr std::size_t widest_line = 100;

std::size_t characters_in(std::string_view text) {
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xc0u) != 0x80u; };
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins));
}

std::string quoted(std::string_view text) {
  constexpr char hex[] = "0123456789abcdef";
  std::string quoted = "\"";
  for (const char c : text) {
    switch (c) {
      case '"': quoted += "\\\""; break;
      case '\\': quoted += "\\\\"; break;
      case '\n': quoted += "\\n"; break;
      case '\r': quoted += "\\r"; break;
      case '\t': quoted += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          quoted += "\\u00";
          quoted += hex[static_cast<unsigned char>(c) >> 4];
          quoted += hex[static_cast<unsigned char>(c) & 0xf];
        } else {
          quoted += c;
        }
    }
  }
  return quoted += '"';
}

}  // namespace

void json_text::open(bool is_object) {
  frame f;
  f.is_object = is_object;
  open_.push_back(std::move(f));
}

void json_text::close() {
  const frame closed = std::move(open_.back());
  open_.pop_back();
  const char* const brackets = closed.is_object ? "{}" : "[]";

  const std::size_t indent = 2 * open_.size();
  constexpr std::size_t brackets_width = 2, separator_width = 2, quotes_and_colon = 4;
  std::size_t width = indent + brackets_width;
  if (!open_.empty() && open_.back().is_object) width += characters_in(open_.back().name) + quotes_and_colon;
  for (const auto& item : closed.items) width += characters_in(item) + separator_width;
  if (!closed.items.empty()) width -= separator_width;
  const bool breaks = closed.breaks || (width > widest_line && !closed.items.empty());

  std::string text(1, brackets[0]);
  for (std::size_t i = 0; i < closed.items.size(); ++i) {
    if (breaks) {
      text += i > 0 ? ",\n" : "\n";
      text.append(indent + 2, ' ');
    } else if (i > 0) {
      text += ", ";
    }
    text += closed.items[i];
  }
  if (breaks) {
    text += '\n';
    text.append(indent, ' ');
  }
  text += brackets[1];

  if (!open_.empty() && (breaks || (closed.is_object && !open_.back().is_object))) open_.back().breaks = true;
  add(std::move(text));
}

void json_text::name(std::string_view name) {
  if (find_invalid_utf8(name)) refuse(code::bad_encoding, name, "UTF-8", "the name is not UTF-8");
  open_.back().name = name;
}

void json_text::text(std::string_view value) {
  if (find_invalid_utf8(value)) refuse(code::bad_encoding, value, "UTF-8", "the text is not UTF-8");
  add(quoted(value));
}

void json_text::number(double value) {
  if (!std::isfinite(value)) {
    refuse(code::not_finite, std::isnan(value) ? "NaN" : value > 0 ? "infinity" : "-infinity", "a finite number",
           "the number is not finite");
    add("null");
    return;
  }
  add(to_text(value));
}

void json_text::refuse(attain::code what, std::string_view shown, std::string expected, std::string message) {
  problems_.push_back({severity::error, what, pointer(), escaped_excerpt(shown), std::move(expected), std::move(message)});
}

std::string json_text::take() { return std::move(document_) + "\n"; }

void json_text::add(std::string item) {
  if (open_.empty()) {
    document_ = std::move(item);
    return;
  }
  frame& parent = open_.back();
  parent.items.push_back(parent.is_object ? quoted(parent.name) + ": " + item : std::move(item));
  parent.name.clear();
}

std::string json_text::pointer() const {
  std::string pointer;
  for (const frame& f : open_) {
    if (!f.is_object) {
      pointer += '/' + std::to_string(f.items.size());
    } else if (!f.name.empty()) {
      pointer += '/' + pointer_step(f.name);
    }
  }
  return pointer;
}

}  // namespace attain::inline v0::io::detail
