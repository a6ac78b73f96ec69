#include <attain/ledger/plain.hpp>
#include <attain/ledger/reading_together.hpp>

#include "folding.hpp"
#include "support/catch.hpp"

#include <random>
#include <span>
#include <utility>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

/// Months of 2021 that somebody reported, some of them in the year before or after.
std::vector<plain_entry> random_months(std::mt19937& random) {
  std::vector<plain_entry> entries;
  for (int month = -2; month < 15; ++month) {
    if (random() % 3 == 0) continue;
    const date first = add_months(date(2021, 1, 1), month);
    entries.push_back({first.days(), first.last_of_month().days(), static_cast<double>(random() % 1000) / 7});
  }
  return entries;
}

std::vector<entry> general(const std::vector<plain_entry>& plain) {
  std::vector<entry> entries;
  for (const plain_entry& e : plain) entries.push_back({.first = e.first, .last = e.last, .low = e.amount, .high = e.amount});
  return entries;
}

bool fold(const std::vector<std::vector<plain_entry>>& members, const std::vector<fold_rule>& rules, plain_events& events) {
  return fold_plain(std::span(members), plain_fold_of(rules), rules[0].start, rules[0].due, events);
}

plain_events folded_plainly(const std::vector<std::vector<plain_entry>>& members, const std::vector<fold_rule>& rules) {
  plain_events events;
  REQUIRE(fold(members, rules, events));
  return events;
}

bool is_plain(const std::vector<plain_entry>& entries, const fold_rule& rule) {
  plain_events events;
  return fold({entries}, {rule}, events);
}

}  // namespace

TEST_CASE("plain entries of one member fold to the same events as any others", "[ledger][plain]") {
  std::mt19937 random(1);
  const auto kind = GENERATE(indicator_kind::increment, indicator_kind::level, indicator_kind::running_total);
  for (int i = 0; i < 200; ++i) {
    const std::vector<plain_entry> entries = random_months(random);
    fold_rule rule = rule_for(kind, i % 2 == 0 ? "2021" : "2021-03-15/2021-09-30");
    rule.inside_only = i % 3 == 0;
    std::vector<event> events;
    fold(general(entries), rule, events);
    const plain_events plain = folded_plainly({entries}, {rule});
    REQUIRE(plain.day.size() == events.size());
    for (std::size_t e = 0; e < events.size(); ++e) {
      CHECK(plain.day[e] == events[e].day);
      CHECK(plain.day[e] == events[e].data_day);
      CHECK(plain.covered[e] == events[e].covered);
      CHECK(events[e].missing == 0);
      CHECK(plain.amount[e] == events[e].low);
    }
  }
}

TEST_CASE("plain increments of several members fold together as any others do (R7a)", "[ledger][plain]") {
  std::mt19937 random(2);
  for (int i = 0; i < 300; ++i) {
    const std::size_t count = 2 + static_cast<std::size_t>(i) % 2;
    std::vector<std::vector<plain_entry>> members;
    for (std::size_t m = 0; m < count; ++m) members.push_back(random_months(random));
    if (i % 10 == 0) members[1].clear();
    const std::vector<fold_rule> rules(count, rule_for(indicator_kind::increment, i % 2 == 0 ? "2021" : "2021-02-10/2021-10-31"));
    std::vector<std::vector<entry>> entries;
    for (const auto& member : members) entries.push_back(general(member));
    std::vector<event> events;
    std::vector<std::pair<double, double>> amounts;
    fold_together(entries, rules, events, amounts);
    const plain_events plain = folded_plainly(members, rules);
    REQUIRE(plain.day.size() == events.size());
    for (std::size_t e = 0; e < events.size(); ++e) {
      CHECK(plain.day[e] == events[e].day);
      CHECK(plain.day[e] == events[e].data_day);
      CHECK(plain.day[e] == events[e].reach);
      CHECK(plain.covered[e] == events[e].covered);
      CHECK((plain.covered[e] == 0) == (events[e].missing != 0));
      for (std::size_t m = 0; m < count; ++m) CHECK(plain.amount[e * count + m] == amounts[e * count + m].first);
    }
  }
}

TEST_CASE("what needs resolving is not plain (R4, R5, R6c)", "[ledger][plain]") {
  const plain_entry january{day("2021-01-01"), day("2021-01-31"), 1};
  const plain_entry quarter{day("2021-01-01"), day("2021-03-31"), 3};
  const plain_entry end_of_january{day("2021-01-31"), day("2021-01-31"), 2};
  CHECK(is_plain({january}, rule_for(indicator_kind::increment)));
  CHECK_FALSE(is_plain({january, quarter}, rule_for(indicator_kind::increment)));
  CHECK_FALSE(is_plain({january, end_of_january}, rule_for(indicator_kind::level)));
  CHECK(is_plain({january, quarter}, rule_for(indicator_kind::level)));
  CHECK_FALSE(is_plain({january}, rule_for(indicator_kind::steps)));
  CHECK_FALSE(is_plain({january}, rule_for(indicator_kind::rating)));

  fold_rule ever = rule_for(indicator_kind::running_total);
  ever.counted_from = origin::ever;
  CHECK_FALSE(is_plain({january}, ever));

  const plain_entry huge_january{day("2021-01-01"), day("2021-01-31"), 1e308};
  const plain_entry huge_march{day("2021-03-01"), day("2021-03-31"), 1e308};
  CHECK_FALSE(is_plain({huge_january, huge_march}, rule_for(indicator_kind::increment)));

  plain_events events;
  const std::vector<fold_rule> kinds{rule_for(indicator_kind::increment), rule_for(indicator_kind::level)};
  CHECK_FALSE(fold({{january}, {january}}, kinds, events));
  const std::vector<fold_rule> increments(2, rule_for(indicator_kind::increment));
  CHECK_FALSE(fold({{january}, {january, quarter}}, increments, events));
  CHECK_FALSE(fold({{huge_january, huge_march}, {huge_january, huge_march}}, increments, events));
  CHECK(events.day.empty());
}

TEST_CASE("rows stand unless another of their identity follows, and are converted (R1)", "[ledger][plain]") {
  const std::vector<std::int32_t> last{31, 31, 59};
  const std::vector<std::uint32_t> flags{31 | row_flag::followed, 31, 28};
  const std::vector<double> amount{1, 2, 3};
  row_slice rows;
  rows.last_day = last.data();
  rows.length_and_flags = flags.data();
  rows.amount = amount.data();
  rows.size = 3;
  std::vector<plain_entry> entries;
  for (const plain_entry e : standing_rows(rows, unit_scale::times(10))) entries.push_back(e);
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].first == 1);
  CHECK(entries[0].amount == 20);
  CHECK(entries[1].last == 59);
  CHECK(entries[1].amount == 30);
}
