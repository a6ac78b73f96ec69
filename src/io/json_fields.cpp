#include "json_fields.hpp"

#include <attain/core/number_text.hpp>
#include <attain/io/impl/field_suggestion.hpp>

#include <algorithm>
#include <charconv>
#include <limits>

namespace attain::inline v0::io::detail {

void json_values::refuse(std::uint32_t node, attain::code what, std::string message, std::string expected) {
  problems_.add_with([&] {
    return problem{.code = what,
                   .offset = document_[node].at,
                   .message = std::move(message),
                   .found = std::string(document_.written(node)),
                   .expected = std::move(expected),
                   .pointer = refused_.emplace_back(document_.pointer(node))};
  });
}

void json_values::refuse_missing(std::uint32_t object, std::string_view name, std::string_view what) {
  problems_.add_with([&] {
    const std::string quoted = "\"" + std::string(name) + "\"";
    std::string pointer = document_.pointer(object);
    refused_.push_back(pointer + "/" + pointer_step(name));
    return problem{.code = code::missing_field,
                   .offset = document_[object].at,
                   .message = std::string(what) + " needs the field " + quoted,
                   .found = std::string(document_.written(object)),
                   .expected = quoted,
                   .pointer = std::move(pointer)};
  });
}

void json_values::refuse_type(std::uint32_t node, std::string_view expected) {
  const bool null = document_[node].kind == json_kind::null;
  refuse(node, code::wrong_type, "the value is " + std::string(described(document_[node].kind)),
         std::string(expected) + (null ? "; a field without a value is left out" : ""));
}

void json_values::refuse(std::uint32_t node, const finding& why) {
  if (!problems_.full()) refused_.push_back(document_.pointer(node));
  problems_.add(why, document_[node].at, problems_.full() ? std::string{} : document_.pointer(node));
}

bool json_values::is(std::uint32_t node, json_kind kind, std::string_view expected) {
  if (document_[node].kind == kind) return true;
  refuse_type(node, expected);
  return false;
}

bool json_values::refuse_word(std::uint32_t node, std::span<const std::string_view> words) {
  const std::vector<std::string> known(words.begin(), words.end());
  refuse(node, code::malformed, "the word is not known" + did_you_mean(document_.string(node), known),
         words.empty() ? "a name that is declared, and none is" : one_of(words));
  return false;
}

bool json_values::read(std::uint32_t node, std::string& to) {
  if (!is(node, json_kind::string, "text")) return false;
  to = document_.string(node);
  return true;
}

bool json_values::read(std::uint32_t node, double& to) {
  if (!is(node, json_kind::number, "a number")) return false;
  const std::string_view text = document_.number(node);
  double value = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc{}) {
    refuse(node, code::out_of_range, "the number is too close to 0", "0, or a number from 1e-307");
    return false;
  }
  to = value + 0.0;  // -0 is 0
  return true;
}

bool json_values::read(std::uint32_t node, int& to) {
  double value = 0;
  if (!is(node, json_kind::number, "a whole number") || !read(node, value)) return false;
  constexpr int most = std::numeric_limits<int>::max();
  if (value < -most || value > most || value != static_cast<double>(static_cast<int>(value))) {
    refuse(node, code::wrong_type, "the value is not a whole number of fewer than ten digits", "a whole number");
    return false;
  }
  to = static_cast<int>(value);
  return true;
}

bool json_values::read(std::uint32_t node, bool& to) {
  if (!is(node, json_kind::boolean, "true or false")) return false;
  to = document_[node].truth;
  return true;
}

bool json_values::read(std::uint32_t node, std::optional<date>& to) {
  if (!is(node, json_kind::string, "a day as text, such as \"2021-12-31\"")) return false;
  const auto day = try_parse_date(document_.string(node));
  if (!day) {
    refuse(node, day.problem());
    return false;
  }
  to = *day;
  return true;
}

bool json_values::read(std::uint32_t node, std::vector<std::string>& to) {
  if (!is(node, json_kind::array, "a list of texts")) return false;
  std::vector<std::string> texts;
  bool whole = true;
  each(node, "a list of texts", [&](std::uint32_t element) { whole = read(element, texts.emplace_back()) && whole; });
  if (whole) to = std::move(texts);
  return whole;
}

bool json_values::read_share(std::uint32_t node, double& to) {
  if (document_[node].kind != json_kind::string) {
    if (document_[node].kind == json_kind::number) return read(node, to);
    refuse_type(node, "a number, or text such as \"60%\"");
    return false;
  }
  const auto share = try_parse_number(document_.string(node));
  if (!share) {
    refuse(node, share.problem());
    return false;
  }
  to = *share;
  return true;
}

json_fields::json_fields(json_values& values, std::uint32_t object, std::string_view what)
    : values_(values),
      object_(object),
      what_(what),
      is_object_(values.is(object, json_kind::object, std::string(what) + ", as an object")) {}

std::uint32_t json_fields::find(std::string_view name) {
  if (std::find(asked_.begin(), asked_.end(), name) == asked_.end()) asked_.push_back(name);
  const json_document& document = values_.document();
  if (!is_object_) return no_node;
  auto n = document.first(object_);
  while (n != no_node && document.key(n) != name) n = document[n].next;
  return n;
}

std::uint32_t json_fields::require(std::string_view name) {
  const auto node = find(name);
  if (node == no_node && is_object_) {
    values_.refuse_missing(object_, name, what_);
  }
  return node;
}

void json_fields::finish() {
  if (!is_object_) return;
  const json_document& document = values_.document();
  problem_list& problems = values_.problems();
  for (auto n = document.first(object_); n != no_node; n = document[n].next) {
    const std::string_view name = document.key(n);
    if (std::find(asked_.begin(), asked_.end(), name) != asked_.end()) continue;
    problems.add_with([&] {
      return problem{.code = code::unknown_field,
                     .offset = document[n].key_at,
                     .message = std::string(what_) + " has no such field" + did_you_mean_field(name, asked_),
                     .found = std::string(name),
                     .expected = one_of(asked_),
                     .pointer = document.pointer(n)};
    });
  }
}

}  // namespace attain::inline v0::io::detail
