/** What it costs to index, compile and evaluate: `benchmark_engine [cells [programmes [threads [repeats]]]]`.

  Prints one line of JSON a work, in wall seconds. With `--write FOLDER` as the first two arguments it writes the work and its results as
  raw columns instead, for others to do the same work with.
*/
#include "workload.hpp"

#include <attain.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>

using namespace attain;

namespace {

double seconds(const std::function<void()>& work) {
  const auto before = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
}

void tell(const char* name, std::vector<double> times, std::size_t rows) {
  std::sort(times.begin(), times.end());
  std::printf("%-22s median %8.1f ms  least %8.1f  most %8.1f   %6.1f ns a row\n", name, times[times.size() / 2] * 1e3,
              times.front() * 1e3, times.back() * 1e3, times[times.size() / 2] * 1e9 / static_cast<double>(rows));
}

}  // namespace

int main(int argc, char** argv) {
  const auto number = [&](int i, std::size_t otherwise) {
    return argc > i ? static_cast<std::size_t>(std::strtoull(argv[i], nullptr, 10)) : otherwise;
  };
  benchmark::shape shape;
  shape.cells = number(1, 100'000);
  shape.programmes = number(2, 220);
  const int threads = static_cast<int>(number(3, 1));
  const std::size_t repeats = number(4, 5);
  std::unique_ptr<benchmark::workload> work;
  std::printf("made in %.1f s\n", seconds([&] { work = std::make_unique<benchmark::workload>(shape); }));
  const portfolio plan(work->programmes);
  const std::size_t rows = work->amount.size();
  std::printf("%zu rows, %zu cells, %zu programmes\n", rows, work->targets.size(), work->programmes.size());
  std::vector<double> index, compiling, first, again, months;
  std::vector<date> days;
  for (int m = 0; m < 12; ++m) days.push_back(add_months(date(2025, 1, 1), m).last_of_month());
  for (std::size_t i = 0; i < repeats; ++i) {
    ledger book;
    index.push_back(seconds([&] { book.append_columns(work->columns()); }));
    compiling.push_back(seconds([&] { compile(plan, book); }));
    const evaluate_options options{.as_of = work->as_of(), .threads = threads};
    first.push_back(seconds([&] { evaluate(plan, book, options); }));
    again.push_back(seconds([&] { evaluate(plan, book, options); }));
    months.push_back(seconds([&] { history(plan, book, days, options); }));
  }
  tell("index", index, rows);
  tell("compile", compiling, rows);
  tell("first evaluate", first, rows);
  tell("evaluate again", again, rows);
  tell("twelve months", months, rows);
  ledger book;
  book.append_columns(work->columns());
  const evaluation e = evaluate(plan, book, {.as_of = work->as_of()});
  std::vector<std::size_t> states(8);
  for (std::size_t i = 0; i < e.data().cells.size(); ++i) ++states[std::min<std::size_t>(e.data().cells.state[i], 7)];
  for (std::size_t s : states) std::printf("%zu ", s);
  std::printf("\n");
}
