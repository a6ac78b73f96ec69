/** IATI activities. Oracles: what was read is written as IATI that is read again, with no more entries; what is refused as a
   whole has an error that reading in part tells, too. */
#include "fuzz.hpp"

#include <attain/core/error.hpp>
#include <attain/io/iati.hpp>

#include <optional>

using namespace attain;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view xml(reinterpret_cast<const char*>(data), size);
  std::optional<io::iati_results> whole;
  try {
    whole = io::iati_from_xml(xml);
  } catch (const error&) {
  }
  try {
    const io::iati_results part = io::iati_from_xml(xml, {.partial = true});
    fuzz::require(!whole || part.refused == 0, "an activity was left out of a file without an error");
    if (whole) fuzz::require(part.plan == whole->plan && part.book == whole->book, "reading in part gives something else");
  } catch (const error&) {
    fuzz::require(!whole, "reading in part refuses what reading as a whole takes");
  }
  if (!whole) return 0;
  std::string written;
  try {
    written = io::to_iati(whole->plan, whole->book).xml;
  } catch (const invalid_input&) {  // controls that XML cannot hold
    return 0;
  }
  try {
    const io::iati_results again = io::iati_from_xml(written);
    fuzz::require(again.book.size() <= whole->book.size(), "writing has made entries");
  } catch (const error& refused) {
    fuzz::require(false, refused.what());
  }
  return 0;
}
