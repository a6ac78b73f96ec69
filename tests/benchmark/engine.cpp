/** What it costs to index, compile and evaluate: `benchmark_engine [cells [programmes [threads [repeats]]]]`.

  Prints one line of JSON a work, in wall seconds. With `--write FOLDER` as the first two arguments it writes the work, the plans
  and the results of twelve months as raw columns instead, for others to do the same work with.
*/
#include "measure.hpp"
#include "workload.hpp"

#include <attain.hpp>
#include <attain/io/json.hpp>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <vector>

using namespace attain;

namespace {

// Whatever cannot be written throws.
std::ofstream open(const std::string& folder, const std::string& name) {
  std::ofstream file;
  file.exceptions(std::ios::failbit | std::ios::badbit);
  file.open(folder + "/" + name, std::ios::binary);
  return file;
}

/// A column, `std::vector` or `shared_column`.
template <class Column>
  requires requires(const Column& c) { c.data() + c.size(); }
void write(const std::string& folder, const std::string& name, const Column& values) {
  const std::size_t bytes = values.size() * sizeof(*values.data());
  open(folder, name).write(reinterpret_cast<const char*>(values.data()), static_cast<std::streamsize>(bytes));
}

/// One member of each item.
template <class Items, class Member>
void write_each(const std::string& folder, const std::string& name, const Items& items, Member member) {
  std::vector<std::decay_t<decltype(member(items[0]))>> column;
  for (const auto& item : items) column.push_back(member(item));
  write(folder, name, column);
}

void write(const std::string& folder, const std::string& name, const std::vector<std::string>& lines) {
  std::ofstream file = open(folder, name);
  for (const std::string& line : lines) file << line << '\n';
}

// Rows and targets as columns: NAME.TYPE in little-endian, ids one a line.
void write_work(const std::string& folder, const benchmark::workload& work) {
  write(folder, "indicators.txt", work.indicators);
  write(folder, "places.txt", work.places);
  write(folder, "row_indicator.u32", work.indicator);
  write(folder, "row_place.u32", work.place);
  write(folder, "row_first_day.i32", work.first_day);
  write(folder, "row_last_day.i32", work.last_day);
  write(folder, "row_recorded.i32", work.recorded);
  write(folder, "row_amount.f64", work.amount);
  const auto of_targets = [&](const char* name, auto member) { write_each(folder, name, work.targets, member); };
  of_targets("target_programme.u32", [](const auto& t) { return t.programme; });
  of_targets("target_project.u32", [](const auto& t) { return t.project; });
  of_targets("target_indicator.u32", [](const auto& t) { return t.indicator; });
  of_targets("target_kind.u8", [](const auto& t) { return t.kind; });
  of_targets("target_start.i32", [](const auto& t) { return t.start; });
  of_targets("target_due.i32", [](const auto& t) { return t.due; });
  of_targets("target_baseline.f64", [](const auto& t) { return t.baseline; });
  of_targets("target_goal.f64", [](const auto& t) { return t.goal; });
}

void write_plans(const std::string& folder, const benchmark::workload& work) {
  std::filesystem::create_directories(folder);
  for (std::size_t p = 0; p < work.programmes.size(); ++p) {
    open(folder, std::to_string(p) + ".json") << io::to_json(work.programmes[p].spec());
  }
}

// Results as of a day: of targets in their order, of the roots in the order of programmes, of projects likewise.
void write_results(const std::string& folder, const evaluation& e) {
  std::filesystem::create_directories(folder);
  const cell_columns& cells = e.data().cells;
  write(folder, "target_reading.f64", cells.reading);
  write(folder, "target_reading_missing.u8", cells.reading_missing);
  write(folder, "target_attainment.f64", cells.attainment);
  write(folder, "target_attainment_missing.u8", cells.attainment_missing);
  write(folder, "target_expected.f64", cells.expected);
  write(folder, "target_expected_missing.u8", cells.expected_missing);
  write(folder, "target_gap.f64", cells.gap);
  write(folder, "target_gap_missing.u8", cells.gap_missing);
  write(folder, "target_state.u8", cells.state);
  write(folder, "target_state_missing.u8", cells.state_missing);

  const auto& levels = e.data().compiled->nodes.level_begin;
  for (std::size_t level = 0; level < 2; ++level) {
    const auto nodes = std::span(e.data().nodes).subspan(levels[level], levels[level + 1] - levels[level]);
    const auto of_nodes = [&](std::string_view name, auto member) {
      write_each(folder, (level == 0 ? "programme_" : "project_") + std::string(name), nodes, member);
    };
    of_nodes("attainment.f64", [](const auto& n) { return n.attainment; });
    of_nodes("attainment_missing.u8", [](const auto& n) { return n.attainment_missing; });
    of_nodes("expected.f64", [](const auto& n) { return n.expected; });
    of_nodes("coverage.f64", [](const auto& n) { return n.coverage; });
    of_nodes("state.u8", [](const auto& n) { return n.state; });
    of_nodes("state_missing.u8", [](const auto& n) { return n.state_missing; });
  }
}

// The least that an evaluation can be: 24 bytes read of each report, and as many written of each cell as a row of results has.
void touch(const benchmark::workload& work, int threads) {
  std::vector<std::thread> workers;
  const auto parts = static_cast<std::size_t>(threads);
  const auto result_size = sizeof(double) * 7 + sizeof(std::int32_t) + sizeof(std::uint16_t) * 2 + 7;
  const auto results = std::make_unique_for_overwrite<char[]>(work.targets.size() * result_size);
  for (std::size_t part = 0; part < parts; ++part) {
    workers.emplace_back([&, part] {
      const std::size_t begin = work.amount.size() * part / parts;
      const std::size_t end = work.amount.size() * (part + 1) / parts;
      std::uint64_t sum = 0;
      for (std::size_t i = begin; i < end; ++i) {
        sum += work.indicator[i] + work.place[i] + std::bit_cast<std::uint64_t>(work.amount[i]) +
               static_cast<std::uint32_t>(work.last_day[i] ^ work.recorded[i]);
      }
      const std::size_t from = work.targets.size() * part / parts * result_size;
      const std::size_t to = work.targets.size() * (part + 1) / parts * result_size;
      std::fill(results.get() + from, results.get() + to, static_cast<char>(sum));
    });
  }
  for (std::thread& worker : workers) worker.join();
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
  const benchmark::workload work(shape);
  const portfolio plan(work.programmes);
  std::vector<date> days;
  for (int m = 0; m < 12; ++m) days.push_back(add_months(date(2025, 1, 1), m).last_of_month());
  if (!folder.empty()) {
    std::filesystem::create_directories(folder);
    write_work(folder, work);
    write_plans(folder + "/plans", work);
    ledger book;
    book.append_columns(work.columns());
    for (const evaluation& e : history(plan, book, days, {.as_of = work.as_of()})) {
      write_results(folder + "/" + to_string(e.as_of()), e);
    }
    return 0;
  }
  const evaluate_options options{.as_of = work.as_of(), .threads = threads};
  const auto planning = benchmark::repeated(1, [&] { evaluate(portfolio(work.programmes), ledger(), options); });
  const double input = static_cast<double>(benchmark::process_memory("VmRSS"));
  std::vector<double> index, compiling, once, again, months;
  for (std::size_t i = 0; i < repeats; ++i) {
    ledger book;
    index.push_back(benchmark::seconds([&] { book.append_columns(work.columns(), threads); }));
    const double first = benchmark::seconds([&] { evaluate(plan, book, options); });
    once.push_back(index.back() + first);
    again.push_back(benchmark::seconds([&] { evaluate(plan, book, options); }));
    months.push_back(benchmark::seconds([&] { history(plan, book, days, options); }));
    compiling.push_back(benchmark::seconds([&] { compile(plan, book, std::nullopt, nullptr, threads); }));
  }
  const auto rows = static_cast<double>(work.amount.size());
  const auto cells = static_cast<double>(work.targets.size());
  const benchmark::figures size{{"rows", rows}, {"cells", cells}, {"input_bytes", input}};
  benchmark::tell("index", index, size);
  benchmark::tell("plan", planning, size);  // what no ledger changes, and an evaluation of nothing
  benchmark::tell("compile", compiling, size);
  benchmark::tell("index and evaluate", once, size);
  benchmark::tell("evaluate again", again, size);
  benchmark::tell("twelve months", months, size);
  benchmark::tell("read and write", benchmark::repeated(repeats, [&] { touch(work, threads); }), size);
}
