#include <attain/ledger/reading_together.hpp>

#include "ledger/folding.hpp"
#include "support/catch.hpp"

#include <string_view>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

using pair = std::vector<double>;

}  // namespace

// -- R7: sides of one kind use identical periods only ------------------------------------------------

TEST_CASE("increments of a ratio use only the periods that both sides have (R7, R7a)", "[ledger][reading]") {
  const auto read = folded_together({{amount_of("2021-01", 10), amount_of("2021-02", 20), amount_of("2021-04", 40)},
                                     {amount_of("2021-01", 100), amount_of("2021-03", 300), amount_of("2021-04", 400)}},
                                    {sums, sums});
  CHECK(read.on("2021-01-31") == pair{10, 100});
  CHECK(read.on("2021-03-31") == pair{10, 100});
  CHECK(read.on("2021-12-31") == pair{50, 500});
  CHECK(read.at("2021-04-30")->covered == 61);
  CHECK(read.at("2021-03-31")->data_day == day("2021-01-31"));
}

TEST_CASE("a period of one side and its months of the other are not identical (R7)", "[ledger][reading]") {
  const auto read = folded_together(
      {{amount_of("2021Q1", 60)}, {amount_of("2021-01", 100), amount_of("2021-02", 200), amount_of("2021-03", 300)}},
      {sums, sums});
  CHECK(read.on("2021-12-31") == reason::no_observation);
}

TEST_CASE("levels of a ratio are read on the latest day on which every side has an entry (R7a)", "[ledger][reading]") {
  const auto read = folded_together({{amount_of("2021-01-31", 10), amount_of("2021-02-28", 20), amount_of("2021-03-31", 30)},
                                     {amount_of("2021-01-31", 100), amount_of("2021-03-31", 300)}},
                                    {levels, levels});
  CHECK(read.on("2021-02-28") == pair{10, 100});
  CHECK(read.on("2021-03-30") == pair{10, 100});
  CHECK(read.on("2021-03-31") == pair{30, 300});
}

TEST_CASE("levels of one day need not have the same first day (R6a, R7a)", "[ledger][reading]") {
  CHECK(folded_together({{amount_of("2021Q1", 10)}, {amount_of("2021-03-31", 100)}}, {levels, levels}).on("2021-03-31") ==
        pair{10, 100});
}

TEST_CASE("running totals of a ratio are read on the latest day on which every side has an entry (R7a)", "[ledger][reading]") {
  const auto read = folded_together(
      {{amount_of("2021-03-31", 30), amount_of("2021-06-30", 60)}, {amount_of("2021-03-31", 300), amount_of("2021-05-31", 500)}},
      {totals, totals});
  CHECK(read.on("2021-12-31") == pair{30, 300});
  CHECK(read.at("2021-12-31")->data_day == day("2021-03-31"));
}

TEST_CASE("each running total keeps its own eve (R5, R7a)", "[ledger][reading]") {
  fold_rule ever = totals;
  ever.counted_from = origin::ever;
  fold_rule declared = ever;
  declared.eve_amount = 1000;
  const auto read = folded_together(
      {{amount_of("2020-12-31", 192), amount_of("2021-12-31", 264)}, {amount_of("2021-12-31", 1100)}}, {ever, declared});
  CHECK(read.on("2021-12-31") == pair{72, 100});
}

TEST_CASE("more than two members must all have the period (R7a)", "[ledger][reading]") {
  const auto read = folded_together({{amount_of("2021-01", 1), amount_of("2021-02", 2), amount_of("2021-03", 3)},
                                     {amount_of("2021-02", 20), amount_of("2021-03", 30)},
                                     {amount_of("2021-01", 100), amount_of("2021-03", 300)}},
                                    {sums, sums, sums});
  CHECK(read.on("2021-02-28") == reason::no_observation);
  CHECK(read.on("2021-03-31") == pair{3, 30, 300});
}

TEST_CASE("a tuple is seen as soon as one member is, if only to say that it has no amount yet (S6a)", "[ledger][reading]") {
  for (const fold_rule& rule : {sums, totals, levels}) {
    const auto read =
        folded_together({{amount_of("2021-02", 20), amount_of("2021-03", 30)}, {amount_of("2021-03", 300)}}, {rule, rule});
    CHECK(read.at("2021-02-27") == nullptr);
    REQUIRE(read.at("2021-02-28") != nullptr);
    CHECK(read.on("2021-02-28") == reason::no_observation);
    CHECK(read.on("2021-03-31") == pair{30, 300});
  }
  CHECK(folded_together({{amount_of("2020-12-15/2021-01-15", 20)}, {}}, {sums, sums}).events.empty());
}

TEST_CASE("a missing side gives its reason while there is no pair (R6, N)", "[ledger][reading]") {
  const auto read = folded_together({{missing_in("2021-01", reason::withheld), amount_of("2021-02", 20)},
                                     {amount_of("2021-01", 100), amount_of("2021-02", 200)}},
                                    {sums, sums});
  CHECK(read.on("2021-01-31") == reason::withheld);
  CHECK(read.on("2021-02-28") == pair{20, 200});
}

TEST_CASE("a tuple is ambiguous if a member is that it would use (R1a, R7a)", "[ledger][reading]") {
  const auto both = folded_together(
      {{amount_of("2021-01", 10), ambiguous_in("2021-02")}, {amount_of("2021-01", 100), amount_of("2021-02", 200)}},
      {sums, sums});
  CHECK(both.on("2021-01-31") == pair{10, 100});
  CHECK(both.on("2021-02-28") == reason::ambiguous);
}

TEST_CASE("an ambiguous increment of the window makes the tuple ambiguous, whether the others have its period or not (R1a)",
          "[ledger][reading]") {
  const auto read =
      folded_together({{amount_of("2021-01", 10), ambiguous_in("2021-02")}, {amount_of("2021-01", 100)}}, {sums, sums});
  CHECK(read.on("2021-01-31") == pair{10, 100});
  CHECK(read.on("2021-02-28") == reason::ambiguous);
}

TEST_CASE("an ambiguous level or running total that the others do not share is not used (R1a, R7a)", "[ledger][reading]") {
  for (const fold_rule& rule : {totals, levels}) {
    const auto read = folded_together({{amount_of("2021-01-31", 10), ambiguous_in("2021-02-28")}, {amount_of("2021-01-31", 100)}},
                                      {rule, rule});
    CHECK(read.on("2021-02-28") == pair{10, 100});
  }
}

TEST_CASE("a side whose amount the others do not share gives no reason of its own (R6, R7a)", "[ledger][reading]") {
  const auto read = folded_together(
      {{missing_in("2021-01", reason::withheld), amount_of("2021-02", 20)}, {amount_of("2021-03", 300)}}, {sums, sums});
  CHECK(read.on("2021-01-31") == reason::withheld);
  CHECK(read.on("2021-02-28") == reason::no_observation);
  CHECK(read.on("2021-03-31") == reason::no_observation);
}

TEST_CASE("a running total without its eve leaves the tuple without a baseline (R5, R7a)", "[ledger][reading]") {
  fold_rule ever = totals;
  ever.counted_from = origin::ever;
  const auto read = folded_together({{amount_of("2021-06-30", 264)}, {amount_of("2021-06-30", 100)}}, {ever, totals});
  CHECK(read.on("2021-06-30") == reason::baseline_missing);
}

TEST_CASE("the covered share of a tuple is the least of its members' (R8a)", "[ledger][reading]") {
  std::vector<std::vector<entry>> members{{amount_of("2021-06-30", 10)}, {in_slot(1, amount_of("2021-06-30", 100))}};
  const dimension_slots halves{1, 2, true};
  undivided(members[1], std::span(&halves, 1));
  CHECK(folded_together(members, {levels, levels}).at("2021-06-30")->covered == 0.5);
}

TEST_CASE("open ends of any member are open ends of the tuple (R11c)", "[ledger][reading]") {
  const auto read = folded_together({{amount_of("2021-01", 10)}, {upward_of("2021-01", 100)}}, {sums, sums});
  CHECK(read.at("2021-01-31")->high_open);
  CHECK_FALSE(read.at("2021-01-31")->low_open);
}

// -- R7: sides of different kinds are read as of the earlier data day --------------------------------

TEST_CASE("an increment over a level is read as of the earlier of their data days (R7, R7a)", "[ledger][reading]") {
  const auto read = folded_together({{amount_of("2021-01", 10), amount_of("2021-02", 20), amount_of("2021-03", 30)},
                                     {amount_of("2021-01-15", 100), amount_of("2021-02-15", 200), amount_of("2021-03-31", 300)}},
                                    {sums, levels});
  CHECK(read.on("2021-01-31") == reason::no_observation);  // as of 15 January nothing had been added up
  CHECK(read.on("2021-02-28") == pair{10, 200});           // as of 15 February
  CHECK(read.at("2021-02-28")->data_day == day("2021-02-15"));
  CHECK(read.on("2021-03-30") == pair{10, 200});
  CHECK(read.on("2021-03-31") == pair{60, 300});
}

TEST_CASE("a level over an increment whose data are older is read as of those (R7)", "[ledger][reading]") {
  const auto read =
      folded_together({{amount_of("2021-01-31", 100), amount_of("2021-02-15", 200)}, {amount_of("2021-01", 10)}}, {levels, sums});
  CHECK(read.on("2021-02-28") == pair{100, 10});
  CHECK(read.at("2021-02-28")->data_day == day("2021-01-31"));
}

TEST_CASE("a level before the window holds the tuple back to before the window (R7)", "[ledger][reading]") {
  CHECK(folded_together({{amount_of("2021-01", 10)}, {amount_of("2020-12-31", 100)}}, {sums, levels}).on("2021-01-31") ==
        reason::no_observation);
}

TEST_CASE("of different kinds a member without an amount of its own gives the tuple its reason (R7b)", "[ledger][reading]") {
  const std::vector<entry> january{amount_of("2021-01-31", 300)};
  const auto on_june = [&](std::vector<entry> others) {
    return folded_together({std::move(others), january}, {sums, levels}).on("2021-06-30");
  };
  CHECK(on_june({amount_of("2021-01", 10)}) == pair{10, 300});
  CHECK(on_june({missing_in("2021-02", reason::withheld)}) == reason::withheld);  // although as of January it has no entry
  CHECK(on_june({amount_of("2021-01", 10), ambiguous_in("2021-02")}) == reason::ambiguous);
  CHECK(on_june({missing_in("2021-02", reason::not_applicable), missing_in("2021-01", reason::withheld)}) == reason::not_applicable);
}

TEST_CASE("of different kinds a stale level makes the tuple stale, be there a common day or not (R6, R7b)", "[ledger][reading]") {
  fold_rule monthly = levels;
  monthly.maximum_age = 60;
  const std::vector<entry> eve{amount_of("2020-12-31", 300)};  // fresh until 1 March
  const auto read = folded_together({{amount_of("2021-01", 10)}, eve}, {sums, monthly});
  CHECK(read.on("2021-03-01") == reason::no_observation);
  CHECK(read.on("2021-03-02") == reason::stale);
  CHECK(folded_together({{amount_of("2021-01", 10)}, {}}, {sums, monthly}).on("2021-03-02") == reason::no_observation);
}

TEST_CASE("a tuple of different kinds covers the share of time up to its data day (R8)", "[ledger][reading]") {
  const auto read =
      folded_together({{amount_of("2021-01", 10), amount_of("2021-03", 30)}, {amount_of("2021-03-31", 300)}}, {sums, levels});
  CHECK(read.on("2021-03-31") == pair{40, 300});
  CHECK(read.at("2021-03-31")->covered == 62.0 / 90);
}

TEST_CASE("in a tuple of different kinds the accumulators reach as far as they have no gap (S5c)", "[ledger][reading]") {
  const std::vector<entry> level{amount_of("2021-01-31", 300)};
  CHECK(folded_together({{amount_of("2021-01", 1), amount_of("2021-02", 2)}, level}, {sums, levels}).at("2021-02-28")->reach ==
        day("2021-02-28"));
  CHECK(folded_together({{amount_of("2021-01", 1), amount_of("2021-03", 2)}, level}, {sums, levels}).at("2021-03-31")->reach ==
        day("2020-12-31"));
  CHECK(folded_together({{amount_of("2021-02-28", 2)}, level}, {totals, levels}).at("2021-02-28")->reach == day("2021-02-28"));
}

TEST_CASE("increments and running totals are different kinds (R7a)", "[ledger][reading]") {
  const auto read = folded_together(
      {{amount_of("2021-01", 10), amount_of("2021-02", 20)}, {amount_of("2021-01-31", 100), amount_of("2021-03-31", 300)}},
      {sums, totals});
  CHECK(read.on("2021-02-28") == pair{10, 100});
  CHECK(read.on("2021-03-31") == pair{30, 100});
  CHECK(read.at("2021-03-31")->data_day == day("2021-02-28"));
}
