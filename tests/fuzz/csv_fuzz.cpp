/** observations.csv, with and without a programme. Oracles: what is read is written and read again as the same entries, and the
   two ways of reading, row by row and in columns, give one ledger. */
#include "fuzz.hpp"

#include <attain/core/error.hpp>
#include <attain/io/csv.hpp>

#include "support/builders.hpp"

#include <optional>
#include <vector>

using namespace attain;

namespace {

const programme& plan() {
  static const programme made(test::city());
  return made;
}

template <class Read, class ReadLedger, class Write>
void go_through(std::string_view text, const Read& read, const ReadLedger& read_ledger, const Write& write) {
  std::optional<std::vector<observation>> entries;
  try {
    entries = read(text);
  } catch (const error&) {
  }
  std::optional<ledger> by_rows, by_columns;
  try {
    if (entries) by_rows = ledger(*entries);
  } catch (const error&) {
  }
  try {
    by_columns = read_ledger(text);
  } catch (const error&) {
  }
  fuzz::require(by_rows.has_value() == by_columns.has_value(), "one way of reading refuses what the other takes");
  if (!by_rows) return;
  fuzz::require(*by_rows == *by_columns, "the two ways of reading give different ledgers");
  try {
    const std::string written = write(*entries);
    fuzz::require(read(written) == *entries, "entries come back changed");
  } catch (const error& refused) {
    fuzz::require(false, refused.what());
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  go_through(
      text, [](std::string_view csv) { return io::parse_observations(csv); },
      [](std::string_view csv) { return io::ledger_from_csv(csv); },
      [](const std::vector<observation>& entries) { return io::to_csv(entries); });
  go_through(
      text, [](std::string_view csv) { return io::parse_observations(csv, plan()); },
      [](std::string_view csv) { return io::ledger_from_csv(csv, plan()); },
      [](const std::vector<observation>& entries) { return io::to_csv(entries, plan()); });
  return 0;
}
