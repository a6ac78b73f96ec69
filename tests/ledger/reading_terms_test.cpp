#include <attain/ledger/reading_terms.hpp>

#include "ledger/folding.hpp"
#include "support/catch.hpp"

#include <cmath>
#include <cstdint>
#include <random>
#include <string_view>
#include <utility>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

std::vector<reading_term> terms_from(std::vector<entry> entries, const fold_rule& rule, std::string_view as_of) {
  standing(entries);
  return terms_of(entries, rule, day(as_of));
}

/// Months, quarters and single days, corrected and reported again, some of them as intervals or without an amount.
std::vector<entry> entries_at_random(unsigned seed) {
  std::mt19937 random(seed);
  const auto below = [&random](unsigned n) { return static_cast<unsigned>(random() % n); };
  std::vector<entry> entries;
  for (int i = 0; i < 25; ++i) {
    const date start = date(2020 + static_cast<int>(below(2)), 1 + below(12), 1);
    const period about{start, below(4) == 0 ? start + 1 : add_months(start, below(4) == 0 ? 3 : 1)};
    entry e{
        .first = about.start.days(), .last = about.last().days(), .recorded = about.last().days() + static_cast<int>(below(60))};
    e.low = e.high = below(20);
    if (below(6) == 0) e.high += 2;
    if (below(9) == 0) e.withdrawn = true;
    if (below(9) == 0) e.missing = static_cast<std::uint8_t>(reason::withheld);
    entries.push_back(e);
  }
  return entries;
}

double sum_of_terms(const std::vector<reading_term>& terms, bool high) {
  double sum = 0;
  for (const reading_term& t : terms) sum += t.factor * t.end(high);
  return sum;
}

}  // namespace

TEST_CASE("a sum consists of the increments of the window up to the day (R4)", "[ledger][reading_terms]") {
  const std::vector<entry> entries{amount_of("2020-12", 7), amount_of("2021-01", 10), amount_of("2021-02", 20),
                                   amount_of("2021-03", 30)};
  const auto terms = terms_from(entries, sums, "2021-02-28");
  REQUIRE(terms.size() == 2);
  CHECK(terms[0].of.low == 10);
  CHECK(terms[1].of.low == 20);
}

TEST_CASE("tiles that are recorded later stand in for their container (R4)", "[ledger][reading_terms]") {
  const auto terms = terms_from({amount_of("2021Q1", 50, "2021-04-01"), amount_of("2021-01", 10, "2021-05-01"),
                                 amount_of("2021-02", 20, "2021-05-01"), amount_of("2021-03", 30, "2021-05-01")},
                                sums, "2021-12-31");
  CHECK(terms.size() == 3);
  CHECK(sum_of_terms(terms, false) == 60);
}

TEST_CASE("a running total from ever takes away what was there on the eve, of intervals its other end (R5, R11)",
          "[ledger][reading_terms]") {
  fold_rule ever = totals;
  ever.counted_from = origin::ever;
  std::vector<entry> entries{amount_of("2020-12-31", 192), amount_of("2021-06-30", 264)};
  entries[0].high = 194;
  const auto terms = terms_from(entries, ever, "2021-12-31");
  REQUIRE(terms.size() == 2);
  CHECK(terms[1].factor == -1);
  CHECK(sum_of_terms(terms, false) == 264 - 194);
  CHECK(sum_of_terms(terms, true) == 264 - 192);
}

TEST_CASE("an amount declared for the eve is marked as declared (R5)", "[ledger][reading_terms]") {
  fold_rule ever = totals;
  ever.counted_from = origin::ever;
  ever.eve_amount = 100;
  const auto terms = terms_from({amount_of("2021-06-30", 120)}, ever, "2021-12-31");
  REQUIRE(terms.size() == 2);
  CHECK(terms[1].declared);
  CHECK(sum_of_terms(terms, false) == 20);
}

TEST_CASE("terms add up to the reading on every day, whatever was reported (R4, R5, R6)", "[ledger][reading_terms][property]") {
  int checked = 0;
  for (unsigned seed = 0; seed < 60; ++seed) {
    for (const fold_rule& plain : {sums, totals, levels}) {
      for (const origin from : {origin::window, origin::year, origin::ever}) {
        fold_rule rule = plain;
        rule.counted_from = from;
        std::vector<entry> entries = entries_at_random(seed);
        standing(entries);
        std::vector<event> events;
        fold(entries, rule, events);
        for (const event& e : events) {
          if (e.missing != 0) continue;
          const auto terms = terms_of(entries, rule, e.day);
          INFO("seed " << seed << ", day " << e.day);
          CHECK(std::abs(sum_of_terms(terms, false) - e.low) <= 1e-9 * std::abs(e.low));
          CHECK(std::abs(sum_of_terms(terms, true) - e.high) <= 1e-9 * std::abs(e.high));
          ++checked;
        }
      }
    }
  }
  CHECK(checked > 1000);
}
