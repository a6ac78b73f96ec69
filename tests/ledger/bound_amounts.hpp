#pragma once

#include <attain/ledger/binding.hpp>

#include <vector>

namespace attain::test {

/// What a strand of a binding reads.
inline std::vector<double> amounts(const binding& bound, const strand& of) {
  row_buffer buffer;
  const row_slice rows = bound.rows(of, buffer);
  return {rows.amount, rows.amount + rows.size};
}

}  // namespace attain::test
