#pragma once

/** Ledgers full of every kind of entry, made from a seed. */

#include <attain/ledger/observation.hpp>

#include "support/observations.hpp"

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <vector>

namespace attain::test {

/// Few places, days and amounts, so that corrections, ties and repetitions are frequent.
inline std::vector<observation> random_entries(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  const auto below = [&random](unsigned n) { return static_cast<unsigned>(random() % n); };
  const auto one_in = [&below](unsigned n) { return below(n) == 0; };
  std::vector<observation> entries;
  for (std::size_t i = 0; i < count; ++i) {
    const date start = date(2021, 1 + below(12), 1);
    observation o{.indicator = "indicator" + std::to_string(below(4)),
                  .place = one_in(4) ? "" : "place" + std::to_string(below(3)),
                  .about = {start, one_in(5) ? add_months(start, 3) : add_months(start, 1)}};
    o.low = o.high = below(4);
    if (one_in(8)) o.high += 1 + below(2);
    o.low_open = one_in(20);
    o.high_open = one_in(20);
    if (one_in(15)) o.form = amount_form::share_of_goal;
    if (one_in(12)) o.missing = reason::withheld;
    else if (one_in(12)) o.withdrawn = true;
    if (one_in(6)) o.dimensions = {{"sex", one_in(2) ? "f" : "m"}};
    if (one_in(20)) o.dimensions.emplace_back("age", "15-24");
    if (one_in(15)) o.step = "step" + std::to_string(below(2));
    if (one_in(15)) o.stage = "开工";
    if (one_in(25)) o.scope = "urban";
    if (one_in(10)) o.unit = one_in(2) ? "万台" : "台";
    if (!one_in(3)) o.recorded = o.about.end + static_cast<int>(below(5));
    if (one_in(3)) o.author = "author" + std::to_string(below(2));
    if (one_in(3)) o.source = "https://example.org/" + std::to_string(below(3));
    if (one_in(10)) o.evidence = "photograph " + std::to_string(below(3));
    if (one_in(10)) o.note = one_in(2) ? "two\nlines" : "a note";
    if (one_in(6)) o.key = "key " + std::to_string(i);
    entries.push_back(std::move(o));
  }
  return entries;
}

/// What a ledger gives back for an observation.
inline observation normalised(observation o) {
  if (!o.recorded) o.recorded = o.about.last();
  std::sort(o.dimensions.begin(), o.dimensions.end());
  if (o.missing || o.withdrawn) {
    o.low = o.high = 0;
    o.low_open = o.high_open = false;
    o.form = amount_form::amount;
  }
  return o;
}

}  // namespace attain::test
