/** programme.json and method files. Oracle: what is read is written, and read again, as the same specification and the same
 * bytes. */
#include "fuzz.hpp"

#include <attain/core/error.hpp>
#include <attain/io/json.hpp>

using namespace attain;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  bool is_programme = false;
  try {
    const programme_spec spec = io::parse_programme(text, "fuzz.json");
    is_programme = true;
    const std::string written = io::to_json(spec);
    const programme_spec again = io::parse_programme(written);
    fuzz::require(again == spec, "a specification comes back changed");
    fuzz::require(io::to_json(again) == written, "a specification is written differently the second time");
  } catch (const error&) {
    fuzz::require(!is_programme, "what was read cannot be written");
  }
  const std::size_t findings = io::check_programme(text, "fuzz.json").size();
  try {
    const programme plan = io::programme_from_json(text, "fuzz.json");
    fuzz::require(is_programme, "a programme without a specification");
  } catch (const error&) {
    fuzz::require(findings > 0, "a programme was refused and nothing is wrong with it");
  }
  try {
    const method_spec method = io::method_from_json(text);
    fuzz::require(io::method_from_json(io::to_json(method)) == method, "a method comes back changed");
  } catch (const error&) {
  }
  return 0;
}
