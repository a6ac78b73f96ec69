/** How time and memory go with the shape of the work: `benchmark_shapes NAME [OPTION VALUE]...`.

  Options: cells, programmes, levels (of the place tree), within (a place), silent (leaves in a hundred), one_report (1: each
  series has one), threads, repeats. Prints one line of JSON under the name: seconds of evaluating again, of indexing and of the
  first evaluation, and the bytes of the ledger and of everything that the first evaluation keeps.
*/
#include "measure.hpp"
#include "workload.hpp"

#include <attain.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

using namespace attain;

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  std::map<std::string, std::size_t> options{{"cells", 100'000}, {"programmes", 220}, {"levels", 1},  {"within", 4},
                                             {"silent", 0},      {"one_report", 0},   {"threads", 1}, {"repeats", 7}};
  for (int i = 2; i + 1 < argc; i += 2) {
    const auto option = options.find(argv[i]);
    if (option == options.end()) return 2;
    option->second = std::strtoull(argv[i + 1], nullptr, 10);
  }
  const benchmark::workload work({.cells = options["cells"],
                                  .programmes = options["programmes"],
                                  .one_report_each = options["one_report"] != 0,
                                  .place_levels = static_cast<int>(options["levels"]),
                                  .places_within = static_cast<int>(options["within"]),
                                  .silent = static_cast<std::uint32_t>(options["silent"])});
  const portfolio plan(work.programmes);
  const evaluate_options how{.as_of = work.as_of(), .threads = static_cast<int>(options["threads"])};

  benchmark::forget_peak();
  const auto before = static_cast<double>(benchmark::process_memory("VmRSS"));
  ledger book;
  const double index = benchmark::seconds([&] { book.append_columns(work.columns(), how.threads); });
  std::size_t cells = 0;
  const double first = benchmark::seconds([&] { cells = evaluate(plan, book, how).data().cells.size(); });
  const auto peak = static_cast<double>(benchmark::process_memory("VmHWM"));
  const auto again = benchmark::repeated(options["repeats"], [&] { evaluate(plan, book, how); });
  benchmark::tell(argv[1], again,
                  {{"cells", static_cast<double>(cells)},
                   {"rows", static_cast<double>(work.amount.size())},
                   {"index", index},
                   {"first", first},
                   {"ledger_bytes", static_cast<double>(book.memory_bytes())},
                   {"added_bytes", peak - before}});
}
