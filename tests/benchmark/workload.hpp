#pragma once

/** The work that everybody in the benchmark is given: counties that all follow one list of projects, each with its own goals and
  windows, and what their offices reported.

  Every county is a programme of its own with one place. Of its indicators a third are levels, a third increments, a third ratios of
  two increments. A target began 1 to 60 months before the as-of day (a dozen on average) and has been reported monthly since. Five in a
  hundred reports are missing, five in a hundred were corrected later. Rows come in random order. A seed gives the same work anywhere.
*/

#include <attain/ledger/observation_columns.hpp>
#include <attain/model/portfolio.hpp>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace benchmark {

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): the same numbers with every standard library.
class random_source {
 public:
  explicit random_source(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ull);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
  }
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(next() % n); }
  double share() { return static_cast<double>(next() >> 11) * 0x1p-53; }

 private:
  std::uint64_t state_;
};

inline constexpr int targets_of_a_project = 10;

struct shape {
  std::size_t cells = 1'000'000;
  std::size_t programmes = 2'200;
  bool one_report_each = false;  ///< else 1 to 60
  std::uint64_t seed = 1;
};

enum class kind : std::uint8_t { level, increment, ratio };

/// Of one target, what a peer needs to judge it.
struct target_row {
  std::uint32_t programme = 0;
  std::uint32_t project = 0;  ///< counted over all programmes
  std::uint32_t indicator = 0;    ///< code of what is reported; of a ratio the numerator, and the next code is the denominator
  benchmark::kind kind = benchmark::kind::level;
  std::int32_t start = 0;
  std::int32_t due = 0;
  double baseline = 0;
  double goal = 0;
};

class workload {
 public:
  explicit workload(const shape& of) : shape_(of), random_(of.seed) {
    const std::size_t projects = (of.cells / targets_of_a_project + of.programmes - 1) / of.programmes;
    name_indicators(projects * targets_of_a_project);
    std::size_t left = of.cells;
    for (std::size_t p = 0; p < of.programmes; ++p) {
      places.push_back("county " + std::to_string(p));
      const std::size_t share = left / (of.programmes - p);
      add_programme(static_cast<std::uint32_t>(p), share);
      left -= share;
    }
    shuffle();
    refer();
  }

  static attain::date as_of() { return attain::date(2025, 12, 31); }

  attain::observation_columns columns() const {
    attain::observation_columns c;
    c.size = amount.size();
    c.indicator = {indicator, indicator_texts_};
    c.place = {place, place_texts_};
    c.first_day = first_day;
    c.last_day = last_day;
    c.recorded = recorded;
    c.low = amount;
    return c;
  }

  /// The same by plain strings is up to the reader: `indicators[indicator[row]]`.
  std::vector<std::string> indicators;
  std::vector<std::string> places;
  std::vector<target_row> targets;
  std::vector<attain::programme> programmes;

  std::vector<std::uint32_t> indicator, place;
  std::vector<std::int32_t> first_day, last_day, recorded;
  std::vector<double> amount;

 private:
  static kind kind_of(std::size_t target) { return static_cast<kind>(target % 3); }

  void name_indicators(std::size_t count) {
    for (std::size_t t = 0; t < count; ++t) {
      first_code_.push_back(static_cast<std::uint32_t>(indicators.size()));
      const std::string id = "indicator " + std::to_string(t);
      if (kind_of(t) == kind::ratio) {
        indicators.push_back(id + " done");
        indicators.push_back(id + " asked");
      } else {
        indicators.push_back(id);
      }
    }
  }

  // Nine on average, which makes about twelve reports, since a ratio has two a month.
  int months_of_reports() {
    if (shape_.one_report_each) return 1;
    return std::min(60, 1 + static_cast<int>(68 * random_.share() * random_.share() * random_.share()));
  }

  void add_programme(std::uint32_t number, std::size_t count) {
    attain::programme_spec spec;
    spec.id = "programme " + std::to_string(number);
    spec.places.push_back({.id = places.back()});
    const attain::date end = as_of();
    for (std::size_t t = 0; t < count; ++t) {
      if (t % targets_of_a_project == 0) {
        ++projects_;
        spec.projects.push_back({.id = "project " + std::to_string(spec.projects.size())});
      }
      const int months = months_of_reports();
      const attain::date start = attain::add_months(end.first_of_month(), 1 - months);
      const int after = static_cast<int>(random_.below(49));
      const attain::period window{start, attain::add_months(start, months + after)};

      target_row row{.programme = number,
                     .project = projects_ - 1,
                     .indicator = first_code_[t],
                     .kind = kind_of(t),
                     .start = start.days(),
                     .due = window.last().days()};
      attain::target_spec target;
      target.id = "target " + std::to_string(t);
      target.window = window;
      const std::string& code = indicators[row.indicator];
      switch (row.kind) {
        case kind::level:
          row.baseline = 100;
          row.goal = 200 + random_.below(400);
          spec.indicators.push_back({.id = code, .unit = "人", .kind = attain::indicator_kind::level, .period = attain::frequency::month});
          target.baseline = row.baseline;
          break;
        case kind::increment:
          row.goal = 50 * (months + after) * (0.6 + 0.9 * random_.share());
          spec.indicators.push_back({.id = code, .unit = "吨", .kind = attain::indicator_kind::increment, .period = attain::frequency::month});
          break;
        case kind::ratio:
          row.baseline = 0.25;
          row.goal = 0.4 + 0.4 * random_.share();
          for (int side = 0; side < 2; ++side) {
            spec.indicators.push_back({.id = indicators[row.indicator + static_cast<std::uint32_t>(side)],
                                       .unit = "件",
                                       .kind = attain::indicator_kind::increment,
                                       .period = attain::frequency::month});
          }
          spec.indicators.push_back({.id = "indicator " + std::to_string(t),
                                     .unit = "%",
                                     .kind = attain::indicator_kind::ratio,
                                     .period = attain::frequency::month,
                                     .numerator = code,
                                     .denominator = indicators[row.indicator + 1]});
          target.baseline = row.baseline;
          target.cadence = attain::cadence{attain::cadence_kind::by};
          break;
      }
      target.indicator = spec.indicators.back().id;
      target.aim = attain::at_least(row.goal);
      spec.projects.back().targets.push_back(std::move(target));
      targets.push_back(row);
      report(row, months);
    }
    programmes.emplace_back(std::move(spec));
  }

  void report(const target_row& row, int months) {
    const attain::date start = attain::date::from_days(row.start);
    const double way = 0.5 + 0.7 * random_.share();  // of what the trajectory plans
    for (int m = 0; m < months; ++m) {
      const attain::date first = attain::add_months(start, m);
      if (row.kind == kind::level) {
        const double share = (m + 1.0) / months;
        put(row.indicator, row.programme, first, row.baseline + (row.goal - row.baseline) * share * way * random_.share());
      } else if (row.kind == kind::increment) {
        put(row.indicator, row.programme, first, 100 * way * random_.share());
      } else {
        const double asked = 1 + random_.below(1000);
        put(row.indicator, row.programme, first, asked * row.goal * way);
        put(row.indicator + 1, row.programme, first, asked);
      }
    }
  }

  void put(std::uint32_t code, std::uint32_t county, attain::date first, double x) {
    if (random_.below(100) < 5) return;
    const std::int32_t last = first.last_of_month().days();
    const std::int32_t day = last + 5 + static_cast<std::int32_t>(random_.below(10));
    add(code, county, first.days(), last, day, x);
    if (random_.below(100) < 5) add(code, county, first.days(), last, day + 30, x * 1.25);
  }

  void add(std::uint32_t code, std::uint32_t county, std::int32_t first, std::int32_t last, std::int32_t day, double x) {
    indicator.push_back(code);
    place.push_back(county);
    first_day.push_back(first);
    last_day.push_back(last);
    recorded.push_back(day);
    amount.push_back(x);
  }

  void shuffle() {
    for (std::size_t i = amount.size(); i > 1; --i) {
      const std::size_t j = random_.next() % i;
      std::swap(indicator[i - 1], indicator[j]);
      std::swap(place[i - 1], place[j]);
      std::swap(first_day[i - 1], first_day[j]);
      std::swap(last_day[i - 1], last_day[j]);
      std::swap(recorded[i - 1], recorded[j]);
      std::swap(amount[i - 1], amount[j]);
    }
  }

  void refer() {
    indicator_texts_.assign(indicators.begin(), indicators.end());
    place_texts_.assign(places.begin(), places.end());
  }

  shape shape_;
  random_source random_;
  std::uint32_t projects_ = 0;
  std::vector<std::uint32_t> first_code_;  ///< of each target of the list
  std::vector<std::string_view> indicator_texts_;
  std::vector<std::string_view> place_texts_;
};

}  // namespace benchmark
