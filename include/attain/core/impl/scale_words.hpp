#pragma once

/** The million of 1.2 million people and of million people. Private. */

#include <cstdint>
#include <string_view>

namespace attain::inline v0::detail {

/// English words that multiply, and the power of ten.
struct scale_word {
  std::string_view word;
  std::int64_t power;
};
inline constexpr scale_word scale_words[] = {{"thousand", 3}, {"million", 6}, {"billion", 9}, {"trillion", 12}};

}  // namespace attain::inline v0::detail
