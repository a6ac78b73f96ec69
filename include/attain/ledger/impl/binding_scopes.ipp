#pragma once

#include <attain/ledger/binding_scopes.hpp>

#include <cstdint>

namespace attain::inline v0 {

ATTAIN_INLINE std::vector<binding_scope> scopes_of(const portfolio& plan) {
  std::vector<binding_scope> scopes;
  scopes.reserve(plan.programmes().size());
  for (std::uint32_t k = 0; k < plan.programmes().size(); ++k) {
    const programme& one = plan.programmes()[k];
    scopes.push_back({one.indicators(), one.places(), plan.indicator_numbers(k), plan.indicator_kinds(k)});
  }
  return scopes;
}

}  // namespace attain::inline v0
