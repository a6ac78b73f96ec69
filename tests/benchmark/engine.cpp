/** What it costs to index, compile and evaluate: `benchmark_engine [cells [programmes [threads [repeats]]]]`.

  Prints one line of JSON a work, in wall seconds. With `--write FOLDER` as the first two arguments it writes the work and its results as
  raw columns instead, for others to do the same work with.
*/
#include "workload.hpp"

#include <attain.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
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

template <class T>
void write(const std::string& folder, const char* name, const std::vector<T>& values) {
  std::ofstream(folder + "/" + name, std::ios::binary)
      .write(reinterpret_cast<const char*>(values.data()), static_cast<std::streamsize>(values.size() * sizeof(T)));
}

void write(const std::string& folder, const char* name, const std::vector<std::string>& lines) {
  std::ofstream file(folder + "/" + name);
  for (const std::string& line : lines) file << line << '\n';
}

// Rows, targets and results as columns: NAME.TYPE in little-endian, ids one a line.
void write_work(const std::string& folder, const benchmark::workload& work, const evaluation& e) {
  write(folder, "indicators.txt", work.indicators);
  write(folder, "places.txt", work.places);
  write(folder, "row_indicator.u32", work.indicator);
  write(folder, "row_place.u32", work.place);
  write(folder, "row_first_day.i32", work.first_day);
  write(folder, "row_last_day.i32", work.last_day);
  write(folder, "row_recorded.i32", work.recorded);
  write(folder, "row_amount.f64", work.amount);
  const auto of_targets = [&](const char* name, auto member) {
    std::vector<std::decay_t<decltype(member(work.targets[0]))>> column;
    for (const benchmark::target_row& t : work.targets) column.push_back(member(t));
    write(folder, name, column);
  };
  of_targets("target_programme.u32", [](const auto& t) { return t.programme; });
  of_targets("target_project.u32", [](const auto& t) { return t.project; });
  of_targets("target_indicator.u32", [](const auto& t) { return t.indicator; });
  of_targets("target_kind.u8", [](const auto& t) { return t.kind; });
  of_targets("target_start.i32", [](const auto& t) { return t.start; });
  of_targets("target_due.i32", [](const auto& t) { return t.due; });
  of_targets("target_baseline.f64", [](const auto& t) { return t.baseline; });
  of_targets("target_goal.f64", [](const auto& t) { return t.goal; });

  const cell_columns& cells = e.data().cells;
  write(folder, "cell_reading.f64", cells.reading);
  write(folder, "cell_reading_missing.u8", cells.reading_missing);
  write(folder, "cell_attainment.f64", cells.attainment);
  write(folder, "cell_attainment_missing.u8", cells.attainment_missing);
  write(folder, "cell_expected.f64", cells.expected);
  write(folder, "cell_expected_missing.u8", cells.expected_missing);
  write(folder, "cell_gap.f64", cells.gap);
  write(folder, "cell_gap_missing.u8", cells.gap_missing);
  write(folder, "cell_state.u8", cells.state);
  write(folder, "cell_state_missing.u8", cells.state_missing);

  const std::span<const node_result> nodes(e.data().nodes);
  const std::uint32_t levels = e.data().compiled->nodes.level_begin[1];
  const auto of_programmes = [&](const char* name, auto member) {
    std::vector<std::decay_t<decltype(member(nodes[0]))>> column;
    for (const node_result& n : nodes.first(levels)) column.push_back(member(n));
    write(folder, name, column);
  };
  of_programmes("programme_attainment.f64", [](const auto& n) { return n.attainment; });
  of_programmes("programme_attainment_missing.u8", [](const auto& n) { return n.attainment_missing; });
  of_programmes("programme_expected.f64", [](const auto& n) { return n.expected; });
  of_programmes("programme_coverage.f64", [](const auto& n) { return n.coverage; });
  of_programmes("programme_state.u8", [](const auto& n) { return n.state; });
  of_programmes("programme_state_missing.u8", [](const auto& n) { return n.state_missing; });
}

}  // namespace

int main(int argc, char** argv) {
  std::string folder;
  if (argc > 2 && std::string_view(argv[1]) == "--write") {
    folder = argv[2];
    argc -= 2;
    argv += 2;
  }
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
  if (!folder.empty()) {
    ledger book;
    book.append_columns(work->columns());
    write_work(folder, *work, evaluate(plan, book, {.as_of = work->as_of()}));
    return 0;
  }
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
}
