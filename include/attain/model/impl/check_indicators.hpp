#pragma once
/** What can be wrong with the indicators of a programme, and what their targets need to know about them. */
#include <attain/core/config.hpp>
#include <attain/core/unit.hpp>
#include <attain/model/impl/finding_list.hpp>
#include <attain/model/impl/id_space.hpp>
#include <attain/model/programme_spec.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace attain::inline v0::detail {

struct checked_indicator {
  const indicator_spec* spec = nullptr;
  std::optional<unit> measured_in;
  bool finds_baseline = false;         ///< the reading on the eve can be its baseline (rule B1)
  bool of_accumulators = false;        ///< a ratio whose sides are both accumulators (rule A2)
  std::uint32_t own = none;            ///< its number, of a reported one
  std::vector<std::uint32_t> parts{};  ///< of any other: the reported indicators that it comes down to (rule R7a)

  /// Itself or its parts; none on a cycle.
  std::span<const std::uint32_t> reported() const noexcept { return own == none ? std::span(parts) : std::span(&own, 1); }
};

struct checked_indicators {
  id_space ids{"indicator"};
  std::vector<checked_indicator> all;  ///< as listed
};

checked_indicators check_indicators(const programme_spec& spec, finding_list& found);

}  // namespace attain::inline v0::detail

#ifndef ATTAIN_COMPILED
#include <attain/model/impl/check_indicators.ipp>
#endif
