#pragma once

#include <attain/core/error.hpp>
#include <attain/core/impl/number_reader.hpp>
#include <attain/core/impl/text.hpp>
#include <attain/core/number_text.hpp>

#include <charconv>
#include <cmath>

namespace attain::inline v0 {

namespace detail {

ATTAIN_INLINE std::optional<double> read_simple_number(std::string_view text) noexcept {
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  std::size_t at = first;
  const auto skip_digits = [&] {
    const std::size_t begin = at;
    while (at < text.size() && is_digit(static_cast<unsigned char>(text[at]))) ++at;
    return at > begin;
  };
  if (text.size() > 24 || !skip_digits()) return std::nullopt;
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (!skip_digits()) return std::nullopt;
  }
  if (at != text.size()) return std::nullopt;
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value == 0 ? 0.0 : value;
}

ATTAIN_INLINE parsed<number_text> rounded_number(const written_number& written, const exact_factor& factor, std::string_view text,
                                                 std::string_view where) {
  const rounded_decimal low = round_decimal(written.low, factor);
  const rounded_decimal high = round_decimal(written.high, factor);
  for (const auto& end : {low, high}) {
    if (end.range == rounding_range::representable) continue;
    const bool large = end.range == rounding_range::too_large;
    return finding{severity::error,
                   large ? code::overflow : code::out_of_range,
                   std::string(where),
                   escaped_excerpt(text),
                   "at most 1.7e308 and, unless zero, at least 5e-324",
                   large ? "the number is too large" : "the number is too small to differ from zero"};
  }
  return number_text{low.value, high.value, written.low_open, written.high_open, written.approximate, written.unit};
}

}  // namespace detail

ATTAIN_INLINE parsed<number_text> try_parse_number_text(std::string_view text, std::string_view where) {
  if (const auto simple = detail::read_simple_number(text)) return number_text{*simple, *simple};
  const auto written = detail::read_written_number(text, where);
  if (!written) return written.problem();
  return detail::rounded_number(*written, {}, text, where);
}

ATTAIN_INLINE number_text parse_number_text(std::string_view text) {
  auto result = try_parse_number_text(text);
  if (!result) throw invalid_input(result.problem());
  return *result;
}

ATTAIN_INLINE parsed<double> try_parse_number(std::string_view text, std::string_view where) {
  const auto number = try_parse_number_text(text, where);
  if (!number) return number.problem();
  const auto refuse = [&](std::size_t at, std::string message) {
    return finding{severity::error,
                   code::malformed_number,
                   detail::at_column(where, detail::column_of(text, at)),
                   escaped_excerpt(text),
                   "one number without a unit, such as 139, 5.85万 or 60%",
                   std::move(message)};
  };
  if (!number->is_plain()) return refuse(0, "this is not one exact number");
  const detail::cursor unit(number->unit);
  const bool percent = unit.peek() == U'%' || unit.peek() == U'‰';
  if (!unit.done() && (!percent || detail::character_at(number->unit, 0).size != number->unit.size())) {
    return refuse(static_cast<std::size_t>(number->unit.data() - text.data()), "there is more after the number");
  }
  return number->low;
}

ATTAIN_INLINE double parse_number(std::string_view text) {
  auto result = try_parse_number(text);
  if (!result) throw invalid_input(result.problem());
  return *result;
}

ATTAIN_INLINE std::string to_text(double x) {
  assert(std::isfinite(x));
  if (x == 0) return "0";
  const double size = std::fabs(x);
  const auto format = size >= 1e-6 && size < 1e15 ? std::chars_format::fixed : std::chars_format::scientific;
  char buffer[32];
  const auto written = std::to_chars(buffer, buffer + sizeof buffer, x, format);
  return {buffer, written.ptr};
}

}  // namespace attain::inline v0
