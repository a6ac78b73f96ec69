/** Bodies of snapshots, as if their envelopes were right. The first byte is the kind and the form. Oracle: what comes out is
   written and read again as the same bytes. */
#include "fuzz.hpp"

#include <attain/core/error.hpp>
#include <attain/io/archive.hpp>

using namespace attain;

namespace {

template <class T>
void go_through(std::string_view body, io::snapshot_form form) {
  const T value = io::detail::from_body<T>(body, form);
  const std::string written = io::to_snapshot(value, form);
  fuzz::require(io::to_snapshot(io::from_snapshot<T>(written), form) == written, "a value comes back changed");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::input from(data, size);
  const std::uint8_t what = from.byte();
  const io::snapshot_form form = (what & 4u) != 0 ? io::snapshot_form::text : io::snapshot_form::binary;
  try {
    switch (what & 3u) {
      case 0:
        go_through<programme>(from.rest(), form);
        break;
      case 1:
        go_through<ledger>(from.rest(), form);
        break;
      case 2:
        go_through<evaluation>(from.rest(), form);
        break;
      default:
        go_through<method_spec>(from.rest(), form);
        break;
    }
  } catch (const error&) {
  }
  try {
    static_cast<void>(io::inspect_snapshot(from.rest()));
  } catch (const invalid_input&) {
  }
  return 0;
}
