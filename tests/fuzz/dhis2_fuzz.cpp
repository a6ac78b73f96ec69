/** DHIS2 data value sets, without a programme and with one, and periods. Oracles: what was read is written, read again and
   written as the same text; a period that is written is read back. */
#include "fuzz.hpp"

#include <attain/core/error.hpp>
#include <attain/core/period.hpp>
#include <attain/io/dhis2.hpp>

#include "support/builders.hpp"

#include <optional>

using namespace attain;

namespace {

/// @p read and @p write with the same programme, or none.
template <class Read, class Write>
void go_through(std::string_view json, Read&& read, Write&& write) {
  std::optional<ledger> book;
  try {
    book = read(json);
  } catch (const error&) {
    return;
  }
  try {
    const std::string written = write(*book);
    const ledger again = read(written);
    fuzz::require(again.size() <= book->size(), "writing has made entries");
    fuzz::require(write(again) == written, "a data value set is written differently the second time");
  } catch (const error& refused) {
    fuzz::require(false, refused.what());
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const programme plan(test::lifts());
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  go_through(
      text, [](std::string_view json) { return io::dhis2_from_json(json).book; },
      [](const ledger& book) { return io::to_dhis2(book).json; });
  go_through(
      text, [](std::string_view json) { return io::dhis2_from_json(json, plan).book; },
      [](const ledger& book) { return io::to_dhis2(book, plan).json; });
  if (const auto read = io::parse_dhis2_period(text)) {
    if (const auto word = io::to_dhis2_period(*read)) {
      const auto again = io::parse_dhis2_period(*word);
      fuzz::require(again && *again == *read, "a period comes back changed");
    }
  }
  return 0;
}
