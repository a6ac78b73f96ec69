/** What it costs to index reports in bulk and to append single ones: `benchmark_ledger_index [rows [series]]`.

  Reports come in random order, a dozen for each series; times are the median of five, in processor time.
*/
#include <attain/ledger/ledger.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace attain;

namespace {

double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// Reports of sixty months about ten places, as columns.
struct reports {
  reports(std::size_t rows, std::size_t series) : indicator(rows), place(rows), first(rows), last(rows), recorded(rows), amount(rows) {
    const std::size_t indicators = std::max<std::size_t>(series / 10, 1);
    for (std::size_t i = 0; i < indicators; ++i) names.push_back("indicator " + std::to_string(i));
    texts.assign(names.begin(), names.end());
    std::mt19937_64 random(1);
    for (std::size_t i = 0; i < rows; ++i) {
      indicator[i] = static_cast<std::uint32_t>(random() % indicators);
      place[i] = static_cast<std::uint32_t>(random() % std::min<std::size_t>(10, indicators));
      first[i] = 18000 + static_cast<std::int32_t>(random() % 60) * 30;
      last[i] = first[i] + 29;
      recorded[i] = last[i] + static_cast<std::int32_t>(random() % 30);
      amount[i] = static_cast<double>(random() % 100000) / 16;
    }
  }

  observation_columns columns() const {
    observation_columns c;
    c.size = indicator.size();
    c.indicator = {indicator, texts};
    c.place = {place, texts};
    c.first_day = first;
    c.last_day = last;
    c.recorded = recorded;
    c.low = amount;
    return c;
  }

  std::vector<std::string> names;
  std::vector<std::string_view> texts;
  std::vector<std::uint32_t> indicator, place;
  std::vector<std::int32_t> first, last, recorded;
  std::vector<double> amount;
};

template <class Work>
double median_of_five(Work&& work) {
  std::vector<double> seconds;
  for (int i = 0; i < 5; ++i) {
    const double before = processor_seconds();
    work();
    seconds.push_back(processor_seconds() - before);
  }
  std::sort(seconds.begin(), seconds.end());
  return seconds[2];
}

void append_one_by_one(ledger& book) {
  constexpr std::size_t count = 1'000'000;
  std::mt19937_64 random(2);
  std::vector<ledger_row> rows(count);
  for (ledger_row& row : rows) {
    row.series = static_cast<series_id>(random() % book.view().series_count());
    row.batch = static_cast<batch_id>(random() % book.view().batch_count());
    row.last_day = 18000 + static_cast<std::int32_t>(random() % 1800);
    row.length_and_flags = 30;
    row.amount = row.high = 1;
  }
  using clock = std::chrono::steady_clock;
  std::vector<double> nanoseconds;
  nanoseconds.reserve(count);
  for (const ledger_row& row : rows) {
    const auto before = clock::now();
    book.append_row(row);
    nanoseconds.push_back(std::chrono::duration<double, std::nano>(clock::now() - before).count());
  }
  double sum = 0;
  for (const double ns : nanoseconds) sum += ns;
  std::sort(nanoseconds.begin(), nanoseconds.end());
  std::printf("append by ids: median %.0f ns, 99th percentile %.0f ns, mean with merges %.0f ns\n", nanoseconds[count / 2],
              nanoseconds[count / 100 * 99], sum / count);
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t rows = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 12'000'000;
  const std::size_t series = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : rows / 12;
  const reports all(rows, series);
  ledger book;
  const double seconds = median_of_five([&] {
    book = ledger();
    book.append_columns(all.columns());
  });
  std::printf("index %zu rows of %u series: %.3f s, %.1f ns a row, %.1f bytes a row\n", rows, book.view().series_count(), seconds,
              seconds / static_cast<double>(rows) * 1e9, static_cast<double>(book.memory_bytes()) / static_cast<double>(rows));
  append_one_by_one(book);
}
