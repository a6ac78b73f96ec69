#pragma once

/** The work that everybody in the benchmark is given: counties that all follow one list of projects, each with its own goals and
  windows, and what their offices reported.

  Every county is a programme of its own with one place. Of its indicators a third are levels, a third increments, a third ratios
  of two increments. A target began 1 to 60 months before the as-of day (a dozen on average) and has been reported monthly since.
  Five in a hundred reports are missing, five in a hundred were corrected later. Rows come in random order. A seed gives the same
  work anywhere.
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

struct shape {
  std::size_t cells = 1'000'000;
  std::size_t programmes = 2'200;
  std::size_t targets_of_a_project = 10;
  bool one_report_each = false;  ///< else 1 to 60
  int place_levels = 1;          ///< of each programme; 1 is the county alone
  int places_within = 4;         ///< a place that is no leaf
  std::uint32_t silent = 0;      ///< leaves in a hundred that never report about a target
  std::uint64_t seed = 1;
};

enum class kind : std::uint8_t { level, increment, ratio };

/// Of one target, what a peer needs to judge it.
struct target_row {
  std::uint32_t programme = 0;
  std::uint32_t project = 0;    ///< counted over all programmes
  std::uint32_t indicator = 0;  ///< code of what is reported; of a ratio the numerator, and the next code is the denominator
  benchmark::kind kind = benchmark::kind::level;
  std::int32_t start = 0;
  std::int32_t due = 0;
  double baseline = 0;
  double goal = 0;
};

class workload {
 public:
  explicit workload(const shape& of) : shape_(of), random_(of.seed) {
    std::size_t places_of_a_programme = 0;
    for (int level = 0; level < of.place_levels; ++level) {
      leaves_ = level == 0 ? 1 : leaves_ * static_cast<std::size_t>(of.places_within);
      places_of_a_programme += leaves_;
    }
    std::size_t left = of.cells / places_of_a_programme;
    name_indicators((left + of.programmes - 1) / of.programmes);
    for (std::size_t p = 0; p < of.programmes; ++p) {
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

  // The places of a programme, the leaves last; returns the code of the first leaf.
  std::uint32_t add_places(std::uint32_t number, attain::programme_spec& spec) {
    spec.places.push_back({.id = "county " + std::to_string(number)});
    std::size_t level = 0;
    for (int depth = 1; depth < shape_.place_levels; ++depth) {
      const std::size_t next = spec.places.size();
      for (std::size_t above = level; above < next; ++above) {
        for (int i = 0; i < shape_.places_within; ++i) {
          const std::string within = spec.places[above].id;
          spec.places.push_back({.id = within + "." + std::to_string(i), .within = within});
        }
      }
      level = next;
    }
    for (const attain::place_spec& made : spec.places) places.push_back(made.id);
    return static_cast<std::uint32_t>(places.size() - leaves_);
  }

  // Nine on average, which makes about twelve reports, since a ratio has two a month.
  int months_of_reports() {
    if (shape_.one_report_each) return 1;
    return std::min(60, 1 + static_cast<int>(68 * random_.share() * random_.share() * random_.share()));
  }

  void add_programme(std::uint32_t number, std::size_t count) {
    attain::programme_spec spec;
    spec.id = "programme " + std::to_string(number);
    const std::uint32_t first_leaf = add_places(number, spec);
    const attain::date end = as_of();
    for (std::size_t t = 0; t < count; ++t) {
      if (t % shape_.targets_of_a_project == 0) {
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
          spec.indicators.push_back(
              {.id = code, .unit = "人", .kind = attain::indicator_kind::level, .period = attain::frequency::month});
          if (leaves_ > 1) spec.indicators.back().across_places = attain::combination::sum;
          target.baseline = row.baseline;
          break;
        case kind::increment:
          row.goal = 50 * (months + after) * (0.6 + 0.9 * random_.share());
          spec.indicators.push_back(
              {.id = code, .unit = "吨", .kind = attain::indicator_kind::increment, .period = attain::frequency::month});
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
      for (std::size_t leaf = 0; leaves_ > 1 && leaf < leaves_; ++leaf) target.quotas.push_back(quota_of(row, first_leaf + leaf));
      spec.projects.back().targets.push_back(std::move(target));
      targets.push_back(row);
      for (std::size_t leaf = 0; leaf < leaves_; ++leaf) {
        if (shape_.silent == 0 || random_.below(100) >= shape_.silent) {
          report(row, static_cast<std::uint32_t>(first_leaf + leaf), months);
        }
      }
    }
    programmes.emplace_back(std::move(spec));
  }

  attain::quota_spec quota_of(const target_row& row, std::size_t where) const {
    if (row.kind == kind::ratio) return {.place = places[where], .goal = row.goal};
    const double share = 1 / static_cast<double>(leaves_);
    attain::quota_spec quota{.place = places[where], .goal = row.goal * share};
    if (row.kind == kind::level) quota.baseline = row.baseline * share;
    return quota;
  }

  void report(const target_row& row, std::uint32_t where, int months) {
    const double part = 1 / static_cast<double>(leaves_);
    const attain::date start = attain::date::from_days(row.start);
    const double way = 0.5 + 0.7 * random_.share();  // of what the trajectory plans
    for (int m = 0; m < months; ++m) {
      const attain::date first = attain::add_months(start, m);
      if (row.kind == kind::level) {
        const double share = (m + 1.0) / months;
        put(row.indicator, where, first, part * (row.baseline + (row.goal - row.baseline) * share * way * random_.share()));
      } else if (row.kind == kind::increment) {
        put(row.indicator, where, first, part * 100 * way * random_.share());
      } else {
        const double asked = 1 + random_.below(1000);
        put(row.indicator, where, first, asked * row.goal * way);
        put(row.indicator + 1, where, first, asked);
      }
    }
  }

  void put(std::uint32_t code, std::uint32_t where, attain::date first, double x) {
    if (random_.below(100) < 5) return;
    const std::int32_t last = first.last_of_month().days();
    const std::int32_t day = last + 5 + static_cast<std::int32_t>(random_.below(10));
    add(code, where, first.days(), last, day, x);
    if (random_.below(100) < 5) add(code, where, first.days(), last, day + 30, x * 1.25);
  }

  void add(std::uint32_t code, std::uint32_t where, std::int32_t first, std::int32_t last, std::int32_t day, double x) {
    indicator.push_back(code);
    place.push_back(where);
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
  std::size_t leaves_ = 1;                 ///< of each programme
  std::vector<std::uint32_t> first_code_;  ///< of each target of the list
  std::vector<std::string_view> indicator_texts_;
  std::vector<std::string_view> place_texts_;
};

}  // namespace benchmark
