#pragma once

/** Reading a unit: known, scaled, compound, or a kind of count of its own. Private. */

#include <attain/core/impl/chinese_numeral.hpp>
#include <attain/core/impl/refuse_bytes.hpp>
#include <attain/core/impl/refused_characters.hpp>
#include <attain/core/impl/scale_words.hpp>
#include <attain/core/impl/text.hpp>
#include <attain/core/impl/unit_table.hpp>
#include <attain/core/unit.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

inline constexpr std::size_t max_unit_bytes = 200;
inline constexpr std::size_t max_unit_factors = 6;
inline constexpr std::int64_t max_conversion = 2147483647;  // so that two of them multiply in 64 bits

inline finding unknown_unit(std::string_view text, std::string_view where, std::string message) {
  return {
      severity::error,   code::unknown_unit, std::string(where), escaped_excerpt(text), "a unit such as 人, 万元, %, 元/人·月",
      std::move(message)};
}

/// With full-width ASCII, dots and edge spaces made uniform.
inline std::string uniform_symbol(std::string_view text) {
  std::string symbol;
  const std::string_view body = trimmed(text);
  for (std::size_t at = 0; at < body.size();) {
    const character c = character_at(body, at);
    const bool dot = c.value == 0x22c5 || c.value == 0x30fb || c.value == 0x2022 || c.value == 0x2219;
    append_utf8(symbol, dot ? U'·' : half_width(c.value));
    at += c.size;
  }
  return symbol;
}

/// Why a symbol cannot name a kind of count, or nothing.
inline std::string refusal_of_kind(std::string_view symbol) {
  if (symbol.empty()) return "the unit is empty";
  constexpr std::u32string_view marks = U"!\"#&'()*+,-.:;<=>?@[\\]^_`{|}~。、…–—·";
  bool only_scales = true;
  bool first = true;
  for (cursor c(symbol); !c.done(); c.next()) {
    if (const auto refusal = refusal_in_id(c.peek()); !refusal.empty()) {
      return "the unit contains " + code_point_name(c.peek()) + ", " + std::string(refusal);
    }
    if (first && (is_digit(c.peek()) || marks.find(c.peek()) != std::u32string_view::npos)) {
      return "the unit begins with a digit or a mark";
    }
    only_scales = only_scales && chinese_scale(c.peek()) > 0;
    first = false;
  }
  for (const auto& scale : scale_words) only_scales = only_scales || symbol == scale.word;
  return only_scales ? "a scale alone is no unit" : "";
}

using shared_unit = std::shared_ptr<const unit_data>;

inline shared_unit own_kind(std::string_view symbol, bool indivisible) {
  return std::make_shared<const unit_data>(
      unit_data{std::string(symbol), "count:" + std::string(symbol), {}, 0, indivisible, nullptr});
}

/// A unit written with a scale: 万元, 千台, "million people", "USD million".
inline shared_unit scaled(const shared_unit& base, std::int64_t scale, std::string_view symbol) {
  unit_data data = *base;
  data.symbol = symbol;
  data.scale = scale;
  data.plain = base;
  return std::make_shared<const unit_data>(std::move(data));
}

class unit_reader {
 public:
  unit_reader(std::string_view text, std::string_view where, std::span<const unit_alias> aliases)
      : text_(text), where_(where), aliases_(aliases) {}

  parsed<unit> read() {
    if (auto problem = refuse_bytes(text_, where_, max_unit_bytes)) return *std::move(problem);
    const std::string symbol = uniform_symbol(text_);
    shared_unit found = known(symbol);
    if (!found) {
      const bool compound = symbol.find('/') != std::string::npos || symbol.find("·") != std::string::npos;
      found = compound ? read_compound(symbol) : read_simple(symbol);
    }
    if (!found) return unknown_unit(text_, where_, std::move(problem_));
    return unit_data::make(std::move(found));
  }

 private:
  shared_unit refuse(std::string message) {
    problem_ = std::move(message);
    return nullptr;
  }

  shared_unit known(std::string_view symbol) const {
    for (const auto& alias : aliases_) {
      if (alias.name == symbol) return unit_data::of(alias.meaning);
    }
    return find_known_unit(symbol);
  }

  shared_unit read_simple(std::string_view symbol) {
    if (auto found = known(symbol)) return found;
    if (auto found = read_scaled(symbol); found || !problem_.empty()) return found;
    if (auto refusal = refusal_of_kind(symbol); !refusal.empty()) return refuse(std::move(refusal));
    return own_kind(symbol, false);
  }

  shared_unit read_scaled(std::string_view symbol) {
    std::int64_t scale = 0;
    bool large = false;
    cursor at(symbol);
    for (; chinese_scale(at.peek()) > 0; at.next()) {
      scale += chinese_scale(at.peek());
      large = large || chinese_scale(at.peek()) >= 4;
    }
    std::string_view rest = trimmed(at.rest());
    for (const auto& [word, power] : scale_words) {
      if (symbol.starts_with(word) && symbol.substr(word.size()).starts_with(' ')) {
        rest = trimmed(symbol.substr(word.size()));
      } else if (symbol.ends_with(word) && symbol.substr(0, symbol.size() - word.size()).ends_with(' ')) {
        rest = trimmed(symbol.substr(0, symbol.size() - word.size()));
      } else {
        continue;
      }
      if (scale != 0) return refuse("the unit has two scales");
      scale = power;
      large = true;
      break;
    }
    if (scale == 0 || rest.empty()) return nullptr;
    shared_unit base = known(rest);
    if (!base && (read_scaled(rest) || !problem_.empty())) return refuse("the unit has two scales");
    // 十字路口 is not ten 字路口: before a kind that is not known only 万 and larger are scales.
    if (!base && (!large || !refusal_of_kind(rest).empty())) return nullptr;
    if (!base) base = own_kind(rest, false);
    if (base->scale != 0) return refuse("the unit has two scales");
    return scaled(base, scale, symbol);
  }

  shared_unit read_compound(std::string_view symbol) {
    std::vector<shared_unit> above;
    std::vector<shared_unit> below;
    const std::size_t slash = symbol.find('/');
    std::string divisors(slash == std::string_view::npos ? std::string_view{} : symbol.substr(slash + 1));
    for (std::size_t at = divisors.find('/'); at != std::string::npos; at = divisors.find('/')) divisors.replace(at, 1, "·");
    const auto read_factors = [&](std::string_view product, std::vector<shared_unit>& factors) {
      for (const auto factor : split(product, "·")) {
        auto found = read_simple(trimmed(factor));
        if (!found) return false;
        if (found->dimension.find('/') != std::string::npos || found->dimension.find("·") != std::string::npos) {
          refuse("the name of a compound cannot be part of another");
          return false;
        }
        factors.push_back(std::move(found));
      }
      return true;
    };
    const std::string_view product = symbol.substr(0, slash);
    if (product.empty() || (slash != std::string_view::npos && divisors.empty()))
      return refuse("a unit is missing beside the slash");
    if (!read_factors(product, above) || !read_factors(divisors, below)) return nullptr;
    if (above.size() + below.size() > max_unit_factors) return refuse("the unit has more than six factors");
    return combine(above, below, false);
  }

  shared_unit combine(const std::vector<shared_unit>& above, const std::vector<shared_unit>& below, bool plain) {
    unit_data data;
    std::vector<std::string_view> bases_above;
    std::vector<std::string_view> bases_below;
    const auto take = [&](const shared_unit& factor, bool divides) {
      const std::string& symbol = plain && factor->plain ? factor->plain->symbol : factor->symbol;
      add_base(factor->dimension, divides ? bases_below : bases_above, divides ? bases_above : bases_below);
      const std::int64_t sign = divides ? -1 : 1;
      data.symbol += symbol;
      data.to_base.exponent += sign * factor->to_base.exponent;
      data.to_base.numerator *= divides ? factor->to_base.denominator : factor->to_base.numerator;
      data.to_base.denominator *= divides ? factor->to_base.numerator : factor->to_base.denominator;
      if (!plain) data.scale += sign * factor->scale;
      return data.to_base.numerator <= max_conversion && data.to_base.denominator <= max_conversion;
    };
    for (std::size_t i = 0; i < above.size(); ++i) {
      if (i > 0) data.symbol += "·";
      if (!take(above[i], false)) return refuse("the conversion of the unit is too large");
    }
    for (std::size_t i = 0; i < below.size(); ++i) {
      data.symbol += i == 0 ? "/" : "·";
      if (!take(below[i], true)) return refuse("the conversion of the unit is too large");
    }
    data.dimension = dimension_of(bases_above, bases_below);
    if (data.scale != 0) data.plain = combine(above, below, true);
    return std::make_shared<const unit_data>(std::move(data));
  }

  /// Adds the base of a factor, in order; what stands on both sides cancels, so that 人/千人 is a ratio.
  static void add_base(std::string_view base, std::vector<std::string_view>& to, std::vector<std::string_view>& against) {
    if (base == "ratio") return;
    const auto same = std::find(against.begin(), against.end(), base);
    if (same != against.end()) {
      against.erase(same);
      return;
    }
    to.insert(std::find_if(to.begin(), to.end(), [&](std::string_view other) { return other > base; }), base);
  }

  static std::string dimension_of(const std::vector<std::string_view>& above, const std::vector<std::string_view>& below) {
    std::string dimension = above.empty() ? "ratio" : "";
    for (std::size_t i = 0; i < above.size(); ++i) dimension.append(i > 0 ? "·" : "").append(above[i]);
    for (std::size_t i = 0; i < below.size(); ++i) dimension.append(i > 0 ? "·" : "/").append(below[i]);
    return dimension;
  }

  std::string_view text_;
  std::string_view where_;
  std::span<const unit_alias> aliases_;
  std::string problem_;
};

}  // namespace attain::inline v0::detail
