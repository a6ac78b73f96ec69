#include "iati_checks.hpp"

#include <attain/core/id.hpp>
#include <attain/io/iati.hpp>

#include <algorithm>
#include <utility>

namespace attain::inline v0::io::detail {

void iati_checks::say(severity level, attain::code what, std::uint32_t element, std::string_view attribute,
                      std::string_view found, std::string expected, std::string message) {
  if (findings_.size() >= max_activity_findings) {
    // an error is kept, so that the activity is refused
    const auto is_error = [](const finding& f) { return f.severity == severity::error; };
    if (level != severity::error || std::any_of(findings_.begin(), findings_.end(), is_error)) {
      ++unlisted_;
      return;
    }
  }
  std::string path = elements_.path(element);
  if (!attribute.empty()) path.append("/@").append(attribute);
  findings_.push_back({level, what, xml_place(file_, elements_[element].at, path), escaped_excerpt(found), std::move(expected),
                       std::move(message)});
}

const std::string* iati_checks::require(std::uint32_t element, std::string_view attribute) {
  const std::string* const given = elements_[element].attribute(attribute);
  if (given == nullptr) {
    error(code::missing_field, element, attribute, {}, "the attribute " + std::string(attribute),
          "the " + elements_[element].name + " lacks the attribute " + std::string(attribute));
  }
  return given;
}

std::optional<bool> iati_checks::flag(std::uint32_t element, std::string_view attribute) {
  const std::string* const given = elements_[element].attribute(attribute);
  if (given == nullptr || given->empty()) return std::nullopt;
  const auto read = parse_flag(collapsed(*given));
  if (!read) error(code::wrong_type, element, attribute, *given, "1, true, 0 or false", "the attribute is no truth value");
  return read;
}

std::optional<date> iati_checks::day(std::uint32_t element, bool is_required) {
  const std::string* const given = is_required ? require(element, "iso-date") : elements_[element].attribute("iso-date");
  if (given == nullptr) return std::nullopt;
  // dates of XML may carry a time zone, which says nothing about a civil day
  std::string text = collapsed(*given);
  if (text.ends_with('Z')) text.pop_back();
  const bool is_iso = text.size() == 10 && text[4] == '-' && text[7] == '-';
  const auto read = try_parse_date(text);
  if (is_iso && read) return *read;
  error(code::malformed_date, element, "iso-date", *given, "a day such as 2016-01-31", "the date cannot be read");
  return std::nullopt;
}

std::uint32_t iati_checks::one(std::uint32_t within, std::string_view name, bool is_required) {
  std::uint32_t first = no_element;
  elements_.each(within, name, [&](std::uint32_t child) {
    if (first == no_element) {
      first = child;
    } else {
      error(code::duplicate_field, child, {}, {}, "one " + std::string(name),
            "the " + elements_[within].name + " has a further " + std::string(name));
    }
  });
  if (first == no_element && is_required) {
    error(code::missing_field, within, {}, {}, "the element " + std::string(name),
          "the " + elements_[within].name + " lacks the element " + std::string(name));
  }
  return first;
}

std::string iati_checks::text(std::uint32_t element) {
  const std::uint32_t narrative = elements_.find(element, "narrative");
  if (narrative == no_element) {
    if (narratives_)
      error(code::missing_field, element, {}, {}, "the element narrative",
            "the " + elements_[element].name + " lacks the element narrative");
    return collapsed(elements_[element].text);
  }
  texts_left_out_ += elements_.count(element, "narrative") - 1;
  return collapsed(elements_[narrative].text);
}

std::string iati_checks::text_of(std::uint32_t within, std::string_view name, bool is_required) {
  const std::uint32_t element = one(within, name, is_required);
  return element == no_element ? std::string{} : text(element);
}

void iati_checks::check_value(std::uint32_t element, iati_measure measure, std::string_view rule) {
  const std::string& name = elements_[element].name;
  const std::string* const given = elements_[element].attribute("value");
  const auto rule_text = [&](char number) { return " (IATI rule " + std::string(rule) + "." + number + ")"; };
  const bool has_text = given != nullptr && !collapsed(*given).empty();
  if (measure == iati_measure::other) return;
  if (measure == iati_measure::qualitative) {
    if (has_text)
      warning(code::unused_field, element, "value", *given, "no value",
              "the " + name + " of a qualitative indicator has a value" + rule_text('3'));
    return;
  }
  if (!has_text) {
    warning(code::missing_field, element, "value", {}, "a number", "the " + name + " has no value" + rule_text('1'));
  } else if (!parse_iati_number(*given)) {
    warning(code::malformed_number, element, "value", *given, "a number such as 1536.5",
            "the " + name + " is no number and is kept as text" + rule_text('2'));
  }
}

}  // namespace attain::inline v0::io::detail
