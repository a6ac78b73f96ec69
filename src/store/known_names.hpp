#pragma once
/** The numbers of texts and series that a writer has met, so that most need not be looked up in the file. Private. */
#include "entry_row.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>

namespace attain::inline v0::io::detail {

/// The texts of a series, by the numbers of their records; 0 for the empty text.
using series_of_texts = std::array<std::int64_t, series_texts>;

struct series_hash {
  std::size_t operator()(const series_of_texts& of) const noexcept {
    std::uint64_t hash = 0;
    for (const std::int64_t id : of) hash = (hash ^ static_cast<std::uint64_t>(id)) * 0x9E3779B97F4A7C15u;
    return static_cast<std::size_t>(hash ^ (hash >> 32));
  }
};

struct known_names {
  std::unordered_map<std::string, std::int64_t> texts;
  std::unordered_map<series_of_texts, std::int64_t, series_hash> series;

  void forget() {
    texts.clear();
    series.clear();
  }
  /// Forgets all if that would otherwise take too much memory.
  void stay_small() {
    constexpr std::size_t most = 2'000'000;
    if (texts.size() + series.size() > most) forget();
  }
};

}  // namespace attain::inline v0::io::detail
