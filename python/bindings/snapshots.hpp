#pragma once
/** Snapshots as pickles, copies and files have them (docs/snapshots.md). Bodies are in register_snapshots.cpp, which alone sees
 * Boost. */
#include "pybind.hpp"

#include <string>
#include <string_view>

/// The binary snapshot of a programme, ledger, evaluation or method.
template <class T>
std::string snapshot_of(const T& value);

/// What a snapshot holds. Throws `invalid_input`.
template <class T>
T from_snapshot(std::string_view bytes);

/// Pickles hold snapshots.
template <class T>
auto pickled_as_snapshot() {
  return py::pickle(
      [](const T& value) {
        const T kept = value;  // another thread may append to a ledger meanwhile
        std::string bytes;
        {
          const py::gil_scoped_release released;
          bytes = snapshot_of(kept);
        }
        return py::bytes(bytes);
      },
      [](const py::bytes& state) {
        const std::string_view bytes = state;
        const py::gil_scoped_release released;
        return from_snapshot<T>(bytes);
      });
}
