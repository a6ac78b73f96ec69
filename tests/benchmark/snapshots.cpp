/** Snapshots of a large ledger and of its evaluation, beside copying the same columns and computing the same checksum of them.

  benchmark_snapshots [MILLIONS_OF_REPORTS]
*/
#include "measure.hpp"
#include "workload.hpp"

#include <attain/engine/evaluate.hpp>
#include <attain/io/archive.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace {

using namespace attain;

/// The columns that make up a snapshot, as pieces of memory.
std::vector<std::string_view> pieces_of(const ledger_image_view& image) {
  std::vector<std::string_view> pieces;
  const auto add = [&](const auto& column) {
    pieces.emplace_back(reinterpret_cast<const char*>(column.data()), column.size() * sizeof(*column.data()));
  };
  const ledger_image_tables& t = image.tables;
  add(t.text_lengths);
  add(t.text_bytes);
  for (const auto* column : {&t.indicator, &t.place, &t.dimensions, &t.step, &t.stage, &t.scope, &t.unit}) add(*column);
  add(t.recorded);
  add(t.author);
  add(t.source);
  for (const run_image_view& run : image.runs) {
    add(run.series);
    add(run.count);
    add(run.last_day);
    add(run.length_and_flags);
    add(run.batch);
    add(run.amount);
  }
  return pieces;
}

std::vector<std::string_view> pieces_of(const evaluation& now) {
  std::vector<std::string_view> pieces;
  const cell_columns& c = now.data().cells;
  const auto add = [&](const auto&... columns) {
    (pieces.emplace_back(reinterpret_cast<const char*>(columns.data()), columns.size() * sizeof(*columns.data())), ...);
  };
  add(c.reading, c.attainment, c.expected, c.gap, c.covered, c.score, c.score_covered, c.data_day, c.facts, c.flags);
  add(c.reading_missing, c.attainment_missing, c.expected_missing, c.gap_missing, c.state, c.state_missing, c.rule);
  pieces.emplace_back(reinterpret_cast<const char*>(now.data().nodes.data()), now.data().nodes.size() * sizeof(node_result));
  return pieces;
}

/// The results alone, as they stand in the snapshot of an evaluation.
struct results {
  evaluation now;
};

/// Copies each piece to memory of its own, as reading does, and computes the checksum of the copy.
std::uint64_t copy_and_sum(const std::vector<std::string_view>& pieces) {
  io::detail::checksum sum;
  std::vector<attain::detail::column<char>> kept;
  for (const std::string_view piece : pieces) {
    kept.emplace_back(piece.size());
    std::memcpy(kept.back().data(), piece.data(), piece.size());
    sum.add({kept.back().data(), piece.size()});
  }
  return sum.value();
}

std::size_t bytes_of(const std::vector<std::string_view>& pieces) {
  std::size_t bytes = 0;
  for (const std::string_view piece : pieces) bytes += piece.size();
  return bytes;
}

template <class T>
std::string written(const T& value) {
  return io::to_snapshot(value);
}
std::string written(const results& of) {
  return io::detail::seal(io::snapshot_kind::evaluation, io::snapshot_form::binary, [&](io::detail::growing_body& to) {
    io::detail::reserve_for_body(to, io::detail::bytes_of(of.now.data()));
    io::detail::write_body(of.now.data(), io::snapshot_form::binary, to);
  });
}

template <class T>
void read(std::string_view bytes) {
  if constexpr (std::is_same_v<T, results>) {
    io::detail::judged_results taken;
    io::detail::read_body(io::detail::unseal(bytes).body, io::snapshot_form::binary, taken);
  } else {
    static_cast<void>(io::from_snapshot<T>(bytes));
  }
}

/// The least processor time of several turns: others may use the machine.
template <class Work>
double least_time(Work&& work) {
  double least = 1e9;
  for (int turn = 0; turn < 5; ++turn) {
    const std::clock_t before = std::clock();
    work();
    least = (std::min)(least, static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC);
  }
  return least;
}

template <class T>
void measure(const char* name, const T& value, const std::vector<std::string_view>& pieces) {
  const auto size = static_cast<double>(bytes_of(pieces));
  std::uint64_t sum = 0;
  const double copied = least_time([&] { sum ^= copy_and_sum(pieces); });
  std::string bytes;
  const double wrote = least_time([&] {
    bytes = std::string();
    bytes = written(value);
  });
  const double took = least_time([&] { read<T>(bytes); });
  benchmark::tell(name, {{"column_bytes", size},
                         {"snapshot_bytes", static_cast<double>(bytes.size())},
                         {"copy_and_checksum", copied},
                         {"write", wrote},
                         {"read", took},
                         {"write_speed", copied / wrote},
                         {"read_speed", copied / took}});
  if (sum == 1) std::puts("");  // the sum is used
}

}  // namespace

int main(int count, char** arguments) {
  const double millions = count > 1 ? std::atof(arguments[1]) : 10;
  benchmark::workload work({.cells = static_cast<std::size_t>(millions * 1e6 / 12)});
  ledger book;
  book.append_columns(work.columns(), 2);
  std::printf("# %zu reports\n", book.size());
  const ledger_image_view image = image_of(book);
  measure("ledger", book, pieces_of(image));

  const portfolio plan(work.programmes);
  const evaluation now = evaluate(plan, book, {.as_of = benchmark::workload::as_of(), .threads = 2});
  std::vector<std::string_view> pieces = pieces_of(now);
  measure("results", results{now}, pieces);
  for (const std::string_view piece : pieces_of(image)) pieces.push_back(piece);
  measure("evaluation", now, pieces);
  return 0;
}
