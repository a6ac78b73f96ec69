/** What it takes until a report has gone through a tracker: `benchmark_tracker NAME [OPTION VALUE]...`.

  Options: cells, programmes, targets (of a project), levels (of the place tree), within (a place), one_report, rows (applied by
  handle), texts (applied by ids as strings). Reports arrive at random: for the month of the as-of day, late for months before,
  and corrections. Prints two lines of JSON: seconds of one call at the median, at the 99th percentile and on average, merges
  included. Fails if what the tracker holds in the end is not what a full run gives, bit by bit.
*/
#include "measure.hpp"
#include "workload.hpp"

#include <attain.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <utility>
#include <vector>

using namespace attain;

namespace {

/// A report that may come next.
struct arrival {
  std::uint32_t indicator = 0;
  std::uint32_t place = 0;
  period about;
  date recorded;
  double amount = 0;
};

// What comes in, at random. Each report of a series is recorded on a day of its own, after those of the work, so that none
// contradicts another.
class arrivals {
 public:
  explicit arrivals(const benchmark::workload& work) : work_(work) {}

  std::vector<arrival> next(std::size_t count) {
    std::vector<arrival> all;
    all.reserve(count);
    while (all.size() < count) {
      const std::size_t like = random_.next() % work_.amount.size();
      date month = date::from_days(work_.first_day[like]);  // a correction
      const std::uint32_t kind = random_.below(10);
      if (kind < 5) month = work_.as_of().first_of_month();
      if (kind >= 5 && kind < 7) month = add_months(month, -static_cast<int>(1 + random_.below(3)));  // late
      all.push_back({.indicator = work_.indicator[like],
                     .place = work_.place[like],
                     .about = {month, month.last_of_month() + 1},
                     .recorded = work_.as_of() + 60 + ++reports_[std::pair(work_.indicator[like], work_.place[like])],
                     .amount = work_.amount[like] * (0.5 + random_.share())});
    }
    return all;
  }

 private:
  const benchmark::workload& work_;
  benchmark::random_source random_{2};
  std::map<std::pair<std::uint32_t, std::uint32_t>, int> reports_;
};

observation observation_of(const benchmark::workload& work, const arrival& a) {
  return {.indicator = work.indicators[a.indicator],
          .place = work.places[a.place],
          .about = a.about,
          .low = a.amount,
          .high = a.amount,
          .recorded = a.recorded};
}

ledger_row row_of(tracker& now, const benchmark::workload& work, const arrival& a) {
  return {.series = now.series_for(observation_of(work, a)),
          .batch = now.batch_for(a.recorded),
          .last_day = a.about.last().days(),
          .length_and_flags = static_cast<std::uint32_t>(a.about.days()),
          .amount = a.amount,
          .high = a.amount};
}

template <class Entry>
void measure(const std::string& name, tracker& now, const std::vector<Entry>& entries, double cells) {
  using clock = std::chrono::steady_clock;
  std::vector<double> times;
  times.reserve(entries.size());
  for (const Entry& entry : entries) {
    const auto before = clock::now();
    now.apply(entry);
    times.push_back(std::chrono::duration<double>(clock::now() - before).count());
  }
  double sum = 0;
  for (const double t : times) sum += t;
  std::sort(times.begin(), times.end());
  benchmark::tell(name.c_str(), {{"cells", cells},
                                 {"median", times[times.size() / 2]},
                                 {"percentile_99", times[times.size() * 99 / 100]},
                                 {"mean", sum / static_cast<double>(times.size())},
                                 {"calls", static_cast<double>(times.size())},
                                 {"peak_bytes", static_cast<double>(benchmark::process_memory("VmHWM"))}});
}

bool equals_a_full_run(const tracker& now) {
  const evaluation full = now.snapshot();
  for (std::size_t i = 0; i < now.cells().size(); ++i) {
    if (!(now.cells()[i] == full.data().cells[i])) return false;
  }
  return std::equal(now.nodes().begin(), now.nodes().end(), full.data().nodes.begin(), full.data().nodes.end());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  std::map<std::string, std::size_t> options{{"cells", 10'000}, {"programmes", 22}, {"targets", 10},     {"levels", 1},
                                             {"within", 4},     {"one_report", 0},  {"rows", 1'000'000}, {"texts", 100'000}};
  for (int i = 2; i + 1 < argc; i += 2) {
    const auto option = options.find(argv[i]);
    if (option == options.end()) return 2;
    option->second = std::strtoull(argv[i + 1], nullptr, 10);
  }
  const benchmark::workload work({.cells = options["cells"],
                                  .programmes = options["programmes"],
                                  .targets_of_a_project = options["targets"],
                                  .one_report_each = options["one_report"] != 0,
                                  .place_levels = static_cast<int>(options["levels"]),
                                  .places_within = static_cast<int>(options["within"])});
  ledger book;
  book.append_columns(work.columns());
  tracker now(portfolio(work.programmes), std::move(book), {.as_of = work.as_of()});
  const auto cells = static_cast<double>(now.cells().size());

  arrivals source(work);
  std::vector<ledger_row> rows;
  for (const arrival& a : source.next(options["rows"])) rows.push_back(row_of(now, work, a));
  std::vector<observation> texts;
  for (const arrival& a : source.next(options["texts"])) texts.push_back(observation_of(work, a));

  const std::string name = argv[1];
  measure(name + ", by handle", now, rows, cells);
  measure(name + ", by string id", now, texts, cells);
  if (!equals_a_full_run(now)) {
    std::fprintf(stderr, "%s: the tracker does not hold what a full run gives\n", argv[1]);
    return 1;
  }
}
