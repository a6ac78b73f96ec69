/** What reading files takes: `benchmark_files programme|iati FILE`, `benchmark_files observations FILE THREADS`.

  A programme beside the JSON library's own parse of the same text, observations into a ledger, and IATI activities: visited one
  by one, which keeps nothing, and read as a programme and a ledger. Prints a line of JSON for each; tests/benchmark/files.py
  makes the files and starts it.
*/
#include "measure.hpp"

#include <attain/io/csv.hpp>
#include <attain/io/iati.hpp>
#include <attain/io/json.hpp>

#include <nlohmann/json.hpp>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace {

std::string text_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    std::fprintf(stderr, "no file %s\n", path.c_str());
    std::exit(2);
  }
  return {std::istreambuf_iterator<char>(in), {}};
}

double peak_of_now() { return static_cast<double>(benchmark::process_memory("VmHWM")); }

void programme(const std::string& path) {
  const std::string text = text_of(path);
  std::size_t targets = 0;
  benchmark::tell("library", benchmark::repeated(7, [&] {
                    if (nlohmann::json::parse(text).empty()) std::exit(1);
                  }));
  const auto times = benchmark::repeated(7, [&] { targets = attain::io::programme_from_json(text).targets().size(); });
  benchmark::tell("programme", times, {{"targets", static_cast<double>(targets)}, {"bytes", static_cast<double>(text.size())}});
}

void observations(const std::string& path, int threads) {
  std::size_t entries = 0;
  const auto times = benchmark::repeated(5, [&] { entries = attain::io::read_observations(path, {.threads = threads}).size(); });
  benchmark::tell("observations", times, {{"entries", static_cast<double>(entries)}});
}

void iati(const std::string& path) {
  const double before = peak_of_now();
  std::size_t visited = 0;
  const double visiting = benchmark::seconds([&] {
    std::ifstream in(path, std::ios::binary);
    attain::io::visit_iati(in, {}, [&](attain::io::iati_activity&&) { ++visited; });
  });
  benchmark::tell("visit",
                  {{"seconds", visiting}, {"activities", static_cast<double>(visited)}, {"memory", peak_of_now() - before}});
  std::size_t entries = 0;
  const double reading = benchmark::seconds([&] { entries = attain::io::read_iati(path).book.size(); });
  benchmark::tell("read", {{"seconds", reading}, {"entries", static_cast<double>(entries)}, {"memory", peak_of_now() - before}});
}

}  // namespace

int main(int count, char** words) {
  const std::string_view kind = count >= 3 ? words[1] : "";
  if (kind == "programme") {
    programme(words[2]);
  } else if (kind == "observations" && count == 4) {
    observations(words[2], std::atoi(words[3]));
  } else if (kind == "iati") {
    iati(words[2]);
  } else {
    return 2;
  }
}
