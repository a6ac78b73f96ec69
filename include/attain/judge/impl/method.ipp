#pragma once

#include <attain/judge/method.hpp>

#include <attain/core/missing.hpp>

#include <cstdint>
#include <optional>

namespace attain::inline v0 {

ATTAIN_INLINE quantity_value judged_quantities::operator()(quantity what) const noexcept {
  const std::optional<double> value = what == quantity::gap          ? gap
                                      : what == quantity::attainment ? attainment
                                      : what == quantity::pace       ? pace
                                                                     : std::nullopt;
  if (!value) return {.missing = detail::as_missing(reason::not_applicable)};
  return {.value = *value};
}

ATTAIN_INLINE std::uint8_t band_of(const band_list& list, const quantity_value& of) noexcept { return detail::band_at(list, of); }

ATTAIN_INLINE std::uint8_t band_of(const band_list& list, std::optional<double> value) noexcept {
  if (!value) return band_of(list, quantity_value{.missing = detail::as_missing(reason::not_applicable)});
  return band_of(list, quantity_value{.value = *value});
}

ATTAIN_INLINE std::optional<double> score_of(const band_list& list, const quantity_value& of) noexcept {
  if (list.score.empty() || of.missing != 0) return std::nullopt;
  const score_point* before = nullptr;
  for (const score_point& point : list.score) {
    const double at = detail::scaled(point.at, of.scale);
    if (of.value < at) {
      if (before == nullptr) return point.score;
      const double from = detail::scaled(before->at, of.scale);
      return before->score + (point.score - before->score) * ((of.value - from) / (at - from));
    }
    before = &point;
  }
  return before->score;
}

ATTAIN_INLINE verdict cut(const band_list& list, const quantity_value& of) noexcept { return detail::cut_by(list, of); }

}  // namespace attain::inline v0
