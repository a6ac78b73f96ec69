#pragma once

#include <attain/core/error.hpp>
#include <attain/core/impl/number_reader.hpp>
#include <attain/core/impl/refuse_bytes.hpp>
#include <attain/core/impl/text.hpp>
#include <attain/core/impl/unit_reader.hpp>
#include <attain/core/impl/unit_table.hpp>
#include <attain/core/unit.hpp>

#include <cassert>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>

namespace attain::inline v0 {

namespace detail {

ATTAIN_INLINE unit unit_data::make(std::shared_ptr<const unit_data> data) { return unit(std::move(data)); }
ATTAIN_INLINE const std::shared_ptr<const unit_data>& unit_data::of(const unit& u) noexcept { return u.data_; }

/// From a written number in one to a held or written number in the other.
ATTAIN_INLINE exact_factor factor_between(const unit& from, const unit& to) {
  const unit_data& a = *unit_data::of(from);
  const unit_data& b = *unit_data::of(to);
  exact_factor factor{a.scale - b.scale + a.to_base.exponent - b.to_base.exponent, a.to_base.numerator * b.to_base.denominator,
                      a.to_base.denominator * b.to_base.numerator};
  const std::int64_t common = std::gcd(factor.numerator, factor.denominator);
  factor.numerator /= common;
  factor.denominator /= common;
  for (; factor.denominator % 10 == 0; factor.denominator /= 10) --factor.exponent;
  return factor;
}

ATTAIN_INLINE parsed<double> shifted(double x, std::int64_t places) {
  if (places == 0) return x;
  assert(std::isfinite(x));
  char buffer[32];
  const auto written = std::to_chars(buffer, buffer + sizeof buffer, std::fabs(x), std::chars_format::scientific);
  const std::string_view text(buffer, static_cast<std::size_t>(written.ptr - buffer));
  const std::size_t mark = text.find('e');
  decimal number{std::signbit(x), std::string(text.substr(0, mark)), places};
  int exponent = 0;
  const std::size_t sign_size = text[mark + 1] == '+' ? 2 : 1;  // from_chars reads no plus
  std::from_chars(text.data() + mark + sign_size, text.data() + text.size(), exponent);
  number.exponent += exponent;
  if (number.digits.size() > 1) {
    number.digits.erase(1, 1);
    number.exponent -= static_cast<std::int64_t>(number.digits.size()) - 1;
  }
  const written_number both{number, number, false, false, false, false, {}};
  const auto rounded = rounded_number(both, {}, to_text(x), {});
  if (!rounded) return rounded.problem();
  return rounded->low;
}

ATTAIN_INLINE double value_or_throw(const parsed<double>& x) {
  if (!x) throw invalid_input(x.problem());
  return *x;
}

}  // namespace detail

ATTAIN_INLINE unit::unit() : data_(detail::find_known_unit("1")) {}

ATTAIN_INLINE unit unit::count_kind(std::string_view name, bool indivisible) {
  auto problem = detail::refuse_bytes(name, {}, detail::max_unit_bytes);
  if (problem) throw invalid_input(*std::move(problem));
  const std::string symbol = detail::uniform_symbol(name);
  auto refusal = detail::refusal_of_kind(symbol);
  if (!refusal.empty()) throw invalid_input(detail::unknown_unit(name, {}, std::move(refusal)));
  return unit(detail::own_kind(symbol, indivisible));
}

ATTAIN_INLINE std::string_view unit::symbol() const noexcept { return data_->symbol; }
ATTAIN_INLINE std::string_view unit::dimension() const noexcept { return data_->dimension; }
ATTAIN_INLINE bool unit::is_indivisible() const noexcept { return data_->indivisible; }
ATTAIN_INLINE bool unit::is_percentage() const noexcept { return data_->dimension == "ratio" && data_->scale < 0; }
ATTAIN_INLINE unit unit::plain() const noexcept { return data_->plain ? unit(data_->plain) : *this; }
ATTAIN_INLINE double unit::held(double written) const { return detail::value_or_throw(detail::shifted(written, data_->scale)); }
ATTAIN_INLINE double unit::written(double held) const { return detail::value_or_throw(try_written(held)); }
ATTAIN_INLINE parsed<double> unit::try_written(double held) const { return detail::shifted(held, -data_->scale); }
ATTAIN_INLINE bool unit::same(const unit& a, const unit& b) noexcept { return *a.data_ == *b.data_; }

ATTAIN_INLINE parsed<unit> try_parse_unit(std::string_view text, std::string_view where, std::span<const unit_alias> aliases) {
  return detail::unit_reader(text, where, aliases).read();
}

ATTAIN_INLINE unit parse_unit(std::string_view text, std::span<const unit_alias> aliases) {
  auto result = try_parse_unit(text, {}, aliases);
  if (!result) throw invalid_input(result.problem());
  return *result;
}

ATTAIN_INLINE bool addable(const unit& a, const unit& b) noexcept { return a.dimension() == b.dimension(); }

ATTAIN_INLINE double conversion_factor(const unit& from, const unit& to) {
  if (!addable(from, to)) {
    throw invalid_option({severity::error,
                          code::unit_mismatch,
                          {},
                          escaped_excerpt(from.symbol()),
                          "a unit of " + std::string(to.dimension()) + ", like " + escaped_excerpt(to.symbol()),
                          escaped_excerpt(from.symbol()) + " and " + escaped_excerpt(to.symbol()) + " do not convert"});
  }
  const detail::exact_factor factor = detail::factor_between(from, to);
  return detail::round_decimal({false, std::to_string(factor.numerator), 0}, {factor.exponent, 1, factor.denominator}).value;
}

ATTAIN_INLINE parsed<number_text> try_parse_amount(std::string_view text, const unit& declared, std::string_view where,
                                                   std::span<const unit_alias> aliases) {
  const std::int64_t declared_scale = detail::unit_data::of(declared)->scale;
  if (declared_scale == 0) {
    if (const auto simple = detail::read_simple_number(text)) return number_text{*simple, *simple};
  }
  const auto number = detail::read_written_number(text, where);
  if (!number) return number.problem();
  const auto differs = [&](std::string message) {
    return finding{severity::error,
                   code::unit_differs,
                   std::string(where),
                   escaped_excerpt(text),
                   "an amount in " + escaped_excerpt(declared.symbol()),
                   std::move(message)};
  };
  if (number->unit.empty()) {
    if (declared_scale != 0 && number->has_scale) return differs("the scale may be meant twice; write the unit out");
    return detail::rounded_number(*number, {declared_scale}, text, where);
  }
  const auto unit_written = try_parse_unit(number->unit, where, aliases);
  if (!unit_written) return unit_written.problem();
  if (!addable(*unit_written, declared)) {
    return differs(escaped_excerpt(unit_written->symbol()) + " and " + escaped_excerpt(declared.symbol()) + " do not convert");
  }
  detail::exact_factor factor = detail::factor_between(*unit_written, declared.plain());
  const char32_t sign = detail::cursor(number->unit).peek();
  if (sign == U'%') factor.exponent += 2;  // the number was read with it
  if (sign == U'‰') factor.exponent += 3;
  return detail::rounded_number(*number, factor, text, where);
}

ATTAIN_INLINE number_text parse_amount(std::string_view text, const unit& declared, std::span<const unit_alias> aliases) {
  auto result = try_parse_amount(text, declared, {}, aliases);
  if (!result) throw invalid_input(result.problem());
  return *result;
}

ATTAIN_INLINE bool is_money(std::string_view text) {
  const parsed<unit> found = try_parse_unit(text);
  return found.has_value() && found->dimension().starts_with("currency:") && found->dimension().find('/') == std::string_view::npos;
}

}  // namespace attain::inline v0
