#include "observation_amounts.hpp"

#include "text_source.hpp"

#include <attain/core/number_text.hpp>

#include <algorithm>
#include <charconv>

namespace attain::inline v0::io::detail {

namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// The number, if the text is one in the plainest notation: then the number parser would say the same.
std::optional<double> bare_number(std::string_view text) noexcept {
  constexpr std::size_t most = 15;         // digits that a double holds
  if (text.size() > most || text.empty()) return std::nullopt;
  std::size_t at = text.front() == '-' ? 1 : 0;
  const std::size_t whole = at;
  while (at < text.size() && is_digit(text[at])) ++at;
  if (at == whole) return std::nullopt;
  if (at < text.size()) {
    if (text[at] != '.' || ++at == text.size()) return std::nullopt;
    while (at < text.size() && is_digit(text[at])) ++at;
    if (at < text.size()) return std::nullopt;
  }
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value + 0.0;  // -0 is 0
}

finding refused(attain::code what, std::string_view text, std::string message, std::string expected) {
  return {severity::error, what, {}, escaped_excerpt(text), std::move(expected), std::move(message)};
}

stored_amount stored(const number_text& n) { return {n.low, n.high, n.low_open, n.high_open}; }

parsed<read_amount_result> read_as_written(std::string_view text, const amount_rule& rule) {
  const auto number = try_parse_number_text(text);
  if (!number) return number.problem();
  if (!rule.read_in && number->unit.empty()) return read_amount_result{stored(*number)};

  std::optional<unit> in = rule.read_in;
  if (!in) {
    const auto own = try_parse_unit(number->unit);
    if (!own) return own.problem();
    in = *own;
  }
  const auto held = try_parse_amount(text, *in);
  if (!held) return held.problem();
  read_amount_result result{stored(*number), rule.read_in ? rule.unit : std::string(in->symbol())};
  if (!number->unit.empty()) {
    result.amount.low = in->written(held->low);
    result.amount.high = in->written(held->high);
  }
  return result;
}

parsed<read_amount_result> read_converted(std::string_view text, const amount_rule& rule) {
  const auto held = try_parse_amount(text, *rule.read_in);
  if (!held) return held.problem();
  read_amount_result result{stored(*held), rule.unit};
  result.amount.low = result.amount.low * rule.multiply / rule.divide;
  result.amount.high = result.amount.high * rule.multiply / rule.divide;
  return result;
}

parsed<read_amount_result> read_rating(std::string_view text, const amount_rule& rule) {
  const auto& scale = *rule.scale;
  const auto named = std::find_if(scale.begin(), scale.end(), [&](const auto& step) { return step.first == text; });
  if (named != scale.end()) return read_amount_result{{named->second, named->second}};
  auto result = read_converted(text, rule);
  if (scale.empty() && !result) return result;
  if (result && result->amount.low >= 0 && result->amount.high <= 1) return result;
  std::vector<std::string> names;
  for (const auto& [name, amount] : scale) names.push_back(name);
  if (!result) {
    return refused(code::malformed, text, "the rating is not on the scale" + did_you_mean(text, names),
                   any_of(names) + ", or a number from 0 to 1");
  }
  return refused(code::out_of_range, text, "a rating lies between 0 and 1", "a number from 0 to 1");
}

parsed<read_amount_result> read_step(std::string_view text, const amount_rule& rule) {
  auto result = read_converted(text, rule);
  if (!result && result.problem().code == code::unit_differs) return result;
  if (!result) return refused(code::malformed_number, text, "a step is done or open", "1 (done) or 0 (open)");
  const stored_amount& amount = result->amount;
  if (amount.low == amount.high && (amount.low == 0 || amount.low == 1) && !amount.low_open && !amount.high_open) return result;
  return refused(code::out_of_range, text, "a step is done or open", "1 (done) or 0 (open)");
}

}  // namespace

std::string reported_instead_of(const indicator_spec& computed) {
  if (computed.kind != indicator_kind::ratio) return "entries of what it is computed from";
  return "entries of \"" + escaped_excerpt(computed.numerator) + "\" and \"" + escaped_excerpt(computed.denominator) + "\"";
}

parsed<amount_rule> rule_for_amounts(const indicator_spec* about, std::string_view unit_text, bool share_of_goal) {
  using kind = amount_rule::kind;
  amount_rule rule;
  if (!unit_text.empty()) {
    const auto written = try_parse_unit(unit_text);
    if (!written) return written.problem();
    rule.read_in = *written;
  }

  if (about == nullptr && !share_of_goal) {
    rule.unit = unit_text;
    rule.is_plain = true;
    return rule;
  }

  const bool of_a_share = share_of_goal || about->kind == indicator_kind::steps || about->kind == indicator_kind::rating;
  rule.what = share_of_goal                           ? kind::share_of_goal
              : about->kind == indicator_kind::steps  ? kind::step
              : about->kind == indicator_kind::rating ? kind::rating
                                                      : kind::amount;
  if (rule.what == kind::rating) rule.scale = &about->scale;
  const unit declared = of_a_share ? unit() : parse_unit(about->unit);
  if (!rule.read_in) {
    rule.read_in = declared;
  } else if (!addable(*rule.read_in, declared)) {
    return refused(code::unit_differs, unit_text,
                   escaped_excerpt(rule.read_in->symbol()) + " and " + escaped_excerpt(declared.symbol()) + " do not convert",
                   "a unit that converts to " + escaped_excerpt(declared.symbol()));
  }

  const unit from = rule.read_in->plain();
  const unit to = declared.plain();
  const double factor = conversion_factor(from, to);
  if (factor < 1) {
    rule.divide = conversion_factor(to, from);
  } else {
    rule.multiply = factor;
  }
  if (to != declared) rule.unit = to.symbol();
  rule.is_plain = *rule.read_in == to && (rule.what == kind::amount || rule.what == kind::share_of_goal);
  return rule;
}

parsed<read_amount_result> read_amount(std::string_view text, const amount_rule& rule) {
  if (rule.is_plain) {
    if (const auto number = bare_number(text)) return read_amount_result{{*number, *number}, rule.unit};
  }
  switch (rule.what) {
    case amount_rule::kind::as_written: return read_as_written(text, rule);
    case amount_rule::kind::rating: return read_rating(text, rule);
    case amount_rule::kind::step: return read_step(text, rule);
    case amount_rule::kind::amount:
    case amount_rule::kind::share_of_goal: break;
  }
  return read_converted(text, rule);
}

}  // namespace attain::inline v0::io::detail
