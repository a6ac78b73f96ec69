#pragma once

/** What pure functions over columns refuse: an `invalid_option` that names the place. */

#include <attain/core/error.hpp>
#include <attain/core/number_text.hpp>

#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace attain::inline v0::detail {

[[noreturn]] inline void refuse_argument(code what, std::string where, std::string text, std::string expected,
                                         std::string message) {
  throw invalid_option(finding{.code = what,
                               .where = std::move(where),
                               .text = std::move(text),
                               .expected = std::move(expected),
                               .message = std::move(message)});
}

inline std::string place_of(std::string_view name, std::size_t index) {
  return std::string(name) + "[" + std::to_string(index) + "]";
}

inline void require_finite(std::span<const double> values, std::string_view name) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i])) {
      refuse_argument(code::not_finite, place_of(name, i), std::isnan(values[i]) ? "NaN" : "infinite", "a finite number",
                      "a value is not finite");
    }
  }
}

inline void require_length(std::size_t length, std::size_t expected, std::string_view name) {
  if (length != expected) {
    refuse_argument(
        code::out_of_range, std::string(name), std::to_string(length), std::to_string(expected),
        "there are " + std::to_string(length) + " " + std::string(name) + " for " + std::to_string(expected) + " values");
  }
}

inline void require(bool holds, std::string_view name, double value, std::string_view expected) {
  if (!holds) {
    refuse_argument(code::out_of_range, std::string(name), std::isfinite(value) ? to_text(value) : "not finite",
                    std::string(expected), std::string(name) + " lies outside its range");
  }
}

}  // namespace attain::inline v0::detail
