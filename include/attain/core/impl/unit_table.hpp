#pragma once

/** What stands behind a unit, and the table of known ones. Private. */

#include <attain/core/impl/decimal.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace attain::inline v0 {

class unit;

namespace detail {

struct unit_data {
  std::string symbol;
  std::string dimension;
  exact_factor to_base;    // from plain() to the base of the dimension
  std::int64_t scale = 0;  // a written number is held as number × 10^scale in plain()
  bool indivisible = false;
  std::shared_ptr<const unit_data> plain{};  // none if it is its own

  friend bool operator==(const unit_data& a, const unit_data& b) noexcept {
    return a.symbol == b.symbol && a.dimension == b.dimension && a.to_base == b.to_base && a.scale == b.scale &&
           a.indivisible == b.indivisible;
  }

  static unit make(std::shared_ptr<const unit_data> data);
  static const std::shared_ptr<const unit_data>& of(const unit& u) noexcept;
};

/// The known unit of that symbol or alias, or none.
std::shared_ptr<const unit_data> find_known_unit(std::string_view name);

}  // namespace detail

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/core/impl/unit_table.ipp>
#endif
