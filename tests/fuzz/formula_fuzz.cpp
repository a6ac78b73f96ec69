/** Formula text. Oracle: what is read is written in one spelling, and read again with the same nodes and the same value. */
#include "fuzz.hpp"

#include <attain/core/error.hpp>
#include <attain/model/formula.hpp>

#include <cmath>
#include <vector>

using namespace attain;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::vector<finding> problems;
  const formula read = try_parse_formula(text, "", problems);
  if (!problems.empty()) return 0;
  const std::string written = to_string(read);
  const formula again = parse_formula(written);
  fuzz::require(to_string(again) == written, "a formula is written differently the second time");
  fuzz::require(again.inputs == read.inputs && again.nodes.size() == read.nodes.size(), "a formula comes back changed");
  std::vector<answer<double>> amounts;
  for (std::size_t i = 0; i < read.inputs.size(); ++i) {
    amounts.push_back(i % 3 == 2 ? answer<double>(reason::stale) : answer<double>(static_cast<double>(i) * 1.5 - 1));
  }
  const answer<double> value = read(amounts);
  fuzz::require(value == again(amounts), "a formula comes back with another value");
  if (value.has_value()) fuzz::require(std::isfinite(*value), "a formula gives what is not a finite number");
  return 0;
}
