#include <attain/ledger/reading.hpp>

#include "ledger/folding.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <random>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

const fold_rule ratings = rule_for(indicator_kind::rating);

}  // namespace

// -- R2, R3, R4: increments -------------------------------------------------------------------------

TEST_CASE("increments of the window add up, each from the last day of its period on (R2, R4)", "[ledger][reading]") {
  const auto read = folded_from({amount_of("2021-01", 10), amount_of("2021-02", 20), amount_of("2021-03", 30)}, sums);
  CHECK(read.on("2021-01-30") == reason::no_observation);
  CHECK(read.on("2021-01-31") == 10.0);
  CHECK(read.on("2021-02-27") == 10.0);
  CHECK(read.on("2021-02-28") == 30.0);
  CHECK(read.on("2021-12-31") == 60.0);
}

TEST_CASE("a sum that no number holds has no amount, for that reason (R4, N)", "[ledger][reading]") {
  const auto read = folded_from({amount_of("2021-01", 1e308), amount_of("2021-02", 1e308), amount_of("2021-03", 1)}, sums);
  CHECK(read.on("2021-01-31") == 1e308);
  CHECK(read.on("2021-02-28") == reason::overflow);
  CHECK(read.on("2021-12-31") == reason::overflow);
}

TEST_CASE("a day means its close: as of 30 June includes 30 June (R3)", "[ledger][reading]") {
  const auto read = folded_from({amount_of("2021-06-30", 5)}, sums);
  CHECK(read.on("2021-06-29") == reason::no_observation);
  CHECK(read.on("2021-06-30") == 5.0);
}

TEST_CASE("a result that is published after its period counts for its period (R2)", "[ledger][reading]") {
  CHECK(folded_from({amount_of("2021", 139, "2022-01-15")}, sums).on("2021-12-31") == 139.0);
  CHECK(folded_from({amount_of("2022-01", 139, "2022-01-31")}, sums).on("2021-12-31") == reason::no_observation);
}

TEST_CASE("increments count if their period lies inside the window, both edges included (R4)", "[ledger][reading]") {
  const auto read = folded_from(
      {amount_of("2020-12", 1), amount_of("2021-01-01", 2), amount_of("2021-12-31", 4), amount_of("2022-01", 8)}, sums);
  CHECK(read.on("2021-12-31") == 6.0);
  CHECK(read.remarks().empty());
}

TEST_CASE("a straddling increment is left out with a finding (R4)", "[ledger][reading]") {
  const auto read = folded_from({amount_of("2020-12-16/2021-01-15", 1), amount_of("2021-06", 2),
                                 amount_of("2021-12-25/2022-01-03", 4), amount_of("2020/2022", 8)},
                                sums);
  CHECK(read.on("2021-12-31") == 2.0);
  CHECK(read.remarks() == std::vector<code>(3, code::straddles_window));
  CHECK(read.notes.remarks()[0].first == day("2020-12-16"));
  CHECK(read.notes.remarks()[0].last == day("2021-01-15"));
}

TEST_CASE("a straddling entry alone is no observation (R4)", "[ledger][reading]") {
  CHECK(folded_from({amount_of("2020-12-16/2021-01-15", 1)}, sums).on("2021-12-31") == reason::no_observation);
}

TEST_CASE("a container takes the place of earlier recorded tiles only as of its own last day (R2, R4)", "[ledger][reading]") {
  const auto read = folded_from({amount_of("2021-01", 10), amount_of("2021-02", 20), amount_of("2021-03", 30),
                                 amount_of("2021Q1", 66, "2021-04-20"), amount_of("2021-04", 5)},
                                sums);
  CHECK(read.on("2021-02-28") == 30.0);
  CHECK(read.on("2021-03-31") == 66.0);
  CHECK(read.on("2021-04-30") == 71.0);
}

TEST_CASE("what overlaps in one place of the window leaves the sums before and after it alone (R4)", "[ledger][reading]") {
  const auto read =
      folded_from({amount_of("2021-01", 1), amount_of("2021-02", 2, "2021-04-20"), amount_of("2021-03", 4, "2021-04-20"),
                   amount_of("2021-02-01/2021-03-31", 100, "2021-04-10"), amount_of("2021-04", 8),
                   amount_of("2021-05", 16, "2021-06-01"), amount_of("2021-05-31", 50, "2021-05-31"), amount_of("2021-06", 32)},
                  sums);
  CHECK(read.on("2021-02-28") == 3.0);
  CHECK(read.on("2021-03-31") == 7.0);   // the months were recorded later
  CHECK(read.on("2021-05-31") == 31.0);  // the month was recorded later than its last day
  CHECK(read.on("2021-06-30") == 63.0);
  CHECK(read.covered_on("2021-06-30") == 181);
}

TEST_CASE("a partial overlap is ambiguous from the day on which it is complete, until a later container settles it (R4, R4b)",
          "[ledger][reading]") {
  std::vector<entry> entries{amount_of("2021-01-01/2021-01-20", 10), amount_of("2021-01-15/2021-01-31", 20),
                             amount_of("2021-02", 1)};
  const auto read = folded_from(entries, sums);
  CHECK(read.on("2021-01-30") == 10.0);
  CHECK(read.on("2021-01-31") == reason::ambiguous);
  CHECK(read.on("2021-02-28") == reason::ambiguous);
  CHECK(read.remarks() == std::vector<code>{code::partial_overlap});

  entries.push_back(amount_of("2021Q1", 44, "2021-04-01"));
  const auto settled = folded_from(entries, sums);
  CHECK(settled.on("2021-02-28") == reason::ambiguous);
  CHECK(settled.on("2021-03-31") == 44.0);
}

TEST_CASE("a straddling entry does not come back among those that overlap (R4)", "[ledger][reading]") {
  const auto read = folded_from(
      {amount_of("2021-01-01/2021-01-10", 1), amount_of("2020-12-20/2021-01-15", 100), amount_of("2021-01", 5)}, sums);
  CHECK(read.on("2021-01-31") == 5.0);
}

TEST_CASE("entries without an amount neither tile nor contain (R4a)", "[ledger][reading]") {
  const auto read_of = [](const entry& rest) {
    return folded_from({amount_of("2021-01-01/2021-01-10", 4, "2021-02-01"), rest, amount_of("2021-01", 9, "2021-01-31")}, sums)
        .on("2021-01-31");
  };
  CHECK(read_of(amount_of("2021-01-11/2021-01-31", 0, "2021-02-01")) == 4.0);
  CHECK(read_of(missing_in("2021-01-11/2021-01-31", reason::withheld, "2021-02-01")) == reason::ambiguous);
  CHECK(folded_from({amount_of("2021-01", 9), missing_in("2021Q1", reason::withheld, "2021-04-09")}, sums).on("2021-03-31") ==
        9.0);
}

TEST_CASE("daily and monthly reports of ten years are folded in no time (R4)", "[ledger][reading]") {
  std::vector<entry> entries;
  for (std::int32_t d = day("2012-01-01"); d <= day("2021-12-31"); ++d)
    entries.push_back({.first = d, .last = d, .recorded = d, .low = 1, .high = 1});
  for (date month{2012, 1, 1}; month < date{2022, 1, 1}; month = add_months(month, 1)) {
    const std::int32_t last = month.last_of_month().days();
    entries.push_back({.first = month.days(), .last = last, .recorded = last + 3, .low = 40, .high = 40});
  }
  const auto read = folded_from(entries, rule_for(indicator_kind::increment, "2012/2021"));
  CHECK(read.on("2021-12-31") == 120 * 40.0);
  CHECK(read.on("2021-12-30") == 119 * 40.0 + 30);
}

TEST_CASE("a sum returns the days that its periods cover (R8)", "[ledger][reading]") {
  const auto read = folded_from({amount_of("2021-01", 10), amount_of("2021-03", 30)}, sums);
  CHECK(read.covered_on("2021-01-31") == 31);
  CHECK(read.covered_on("2021-03-31") == 62);
  CHECK(read.at("2021-03-31")->data_day == day("2021-03-31"));  // D4
}

TEST_CASE("days of a period that is known in part count in that part (R8, R10a)", "[ledger][reading]") {
  std::vector<entry> entries{amount_of("2021-01", 10), in_slot(1, amount_of("2021-02", 7))};
  standing(entries);
  const dimension_slots halves{1, 2, true};
  undivided(entries, std::span(&halves, 1));
  folded read;
  fold(entries, sums, read.events);
  CHECK(read.on("2021-02-28") == 17.0);
  CHECK(read.covered_on("2021-02-28") == 31 + 14);
}

TEST_CASE("a missing increment is a gap, and its reason is given only while there is no amount (R6, R8)", "[ledger][reading]") {
  const auto read = folded_from({missing_in("2021-01", reason::not_comparable), missing_in("2021-02", reason::withheld),
                                 amount_of("2021-03", 30), missing_in("2021-04", reason::withheld)},
                                sums);
  CHECK(read.on("2021-01-31") == reason::not_comparable);
  CHECK(read.on("2021-02-28") == reason::withheld);
  CHECK(read.on("2021-04-30") == 30.0);
  CHECK(read.covered_on("2021-04-30") == 31);
}

TEST_CASE("an ambiguous increment anywhere in the window makes the sum ambiguous from its day on (R1a)", "[ledger][reading]") {
  const auto read = folded_from({amount_of("2021-01", 10), amount_of("2021-02", 20, "2021-03-01"),
                                 amount_of("2021-02", 21, "2021-03-01"), amount_of("2021-03", 30)},
                                sums);
  CHECK(read.on("2021-01-31") == 10.0);
  CHECK(read.on("2021-02-28") == reason::ambiguous);
  CHECK(read.on("2021-12-31") == reason::ambiguous);
  CHECK(read.remarks() == std::vector<code>{code::equal_recorded_differs});
  CHECK(
      folded_from({amount_of("2020-12", 1, "2021-01-01"), amount_of("2020-12", 2, "2021-01-01"), amount_of("2021-01", 10)}, sums)
          .on("2021-01-31") == 10.0);
}

TEST_CASE("a withdrawn increment is a gap (R1)", "[ledger][reading]") {
  const auto read =
      folded_from({amount_of("2021-01", 10), amount_of("2021-02", 20), withdrawn_in("2021-02", "2021-03-15")}, sums);
  CHECK(read.on("2021-02-28") == 10.0);
}

TEST_CASE("intervals add their ends, and an open end stays open (R11a)", "[ledger][reading]") {
  const auto read = folded_from({amount_of("2021-01", 10), interval_of("2021-02", 97, 99), upward_of("2021-03", 180)}, sums);
  CHECK(read.on("2021-02-28") == 107.0);
  CHECK(read.high_on("2021-02-28") == 109);
  CHECK_FALSE(read.at("2021-02-28")->high_open);
  CHECK(read.on("2021-03-31") == 287.0);
  CHECK(read.at("2021-03-31")->high_open);
  CHECK_FALSE(read.at("2021-03-31")->low_open);
}

TEST_CASE("negative corrections are increments like any other (R4)", "[ledger][reading]") {
  CHECK(folded_from({amount_of("2021-01", 10), amount_of("2021-02", -3)}, sums).on("2021-02-28") == 7.0);
}

TEST_CASE("a long sum loses nothing to rounding", "[ledger][reading]") {
  std::vector<entry> entries;
  for (std::int32_t d = day("2021-01-01"); d <= day("2021-12-31"); ++d)
    entries.push_back({.first = d, .last = d, .recorded = d, .low = 0.1, .high = 0.1});
  CHECK(folded_from(entries, sums).on("2021-12-31") == 36.5);
}

// -- R6: levels -------------------------------------------------------------------------------------

TEST_CASE("a level is its latest entry with an amount, which may lie before the window (R6)", "[ledger][reading]") {
  const auto read =
      folded_from({amount_of("2020-12-31", 200), amount_of("2021-03-31", 206), amount_of("2021-02-28", 203)}, levels);
  CHECK(read.on("2020-12-30") == reason::no_observation);
  CHECK(read.on("2021-01-01") == 200.0);
  CHECK(read.on("2021-03-30") == 203.0);
  CHECK(read.on("2021-12-31") == 206.0);
  CHECK(read.at("2021-12-31")->data_day == day("2021-03-31"));
}

TEST_CASE("a level is known by its day, not by when it was recorded (R2, R6)", "[ledger][reading]") {
  const auto read = folded_from({amount_of("2021-03-31", 206, "2021-04-01"), amount_of("2021-02-28", 203, "2021-05-01")}, levels);
  CHECK(read.on("2021-06-30") == 206.0);
}

TEST_CASE("a level after the due day is not read (R2)", "[ledger][reading]") {
  CHECK(folded_from({amount_of("2022-01-01", 9)}, levels).on("2022-06-30") == reason::no_observation);
}

TEST_CASE("an entry missing with reason is skipped; its reason is given only if no other remains, the first in the order of N (R6, R6d)", "[ledger][reading]") {
  const auto read = folded_from({missing_in("2021-01-31", reason::not_comparable), missing_in("2021-02-28", reason::withheld),
                                 amount_of("2021-03-31", 9), missing_in("2021-04-30", reason::withheld)},
                                levels);
  CHECK(read.on("2021-01-31") == reason::not_comparable);
  CHECK(read.on("2021-02-28") == reason::withheld);
  CHECK(read.on("2021-04-30") == 9.0);
  CHECK(read.at("2021-04-30")->data_day == day("2021-03-31"));
}

TEST_CASE("under `every` and strict holds a level must lie in the period (R6)", "[ledger][reading]") {
  fold_rule in_march = rule_for(indicator_kind::level, "2021-03");
  in_march.inside_only = true;
  CHECK(folded_from({amount_of("2021-02-28", 9)}, in_march).on("2021-03-31") == reason::no_observation);
  CHECK(folded_from({amount_of("2021-03-01", 9)}, in_march).on("2021-03-31") == 9.0);
  CHECK(folded_from({amount_of("2021Q1", 9)}, in_march).on("2021-03-31") == 9.0);  // about its last day (R6a)
}

TEST_CASE("a level is about the last day of its period; of several the later recorded stands (R6a)", "[ledger][reading]") {
  const auto read_of = [](const entry& a, const entry& b) { return folded_from({a, b}, levels).on("2021-06-30"); };
  const entry half = amount_of("2021H1", 7, "2021-07-05");
  CHECK(folded_from({half}, levels).on("2021-06-29") == reason::no_observation);
  CHECK(read_of(half, amount_of("2021-06", 8, "2021-07-04")) == 7.0);
  CHECK(read_of(half, amount_of("2021-06", 8, "2021-07-06")) == 8.0);
  CHECK(read_of(half, amount_of("2021-06-30", 8, "2021-07-04")) == 7.0);
  CHECK(read_of(half, missing_in("2021-06-30", reason::withheld, "2021-07-09")) == 7.0);
}

TEST_CASE("equally recorded levels of one last day that differ are ambiguous, in whatever number and order (R1a, R6c)",
          "[ledger][reading]") {
  const auto said = [](std::string_view about, double amount, std::string_view recorded = "2021-07-05") {
    return amount_of(about, amount, recorded);
  };
  const std::vector<std::vector<entry>> doubtful{
      {said("2021H1", 7), said("2021-06", 8)},
      {said("2021H1", 7), said("2021-06", 7), said("2021-06-30", 8)},
      {said("2021H1", 7), said("2021-06", 8), said("2021-06-30", 7)},
      {said("2021H1", 7), said("2021-06", 7), said("2021-06", 8)},
      {said("2021H1", 8), said("2021-06", 7), said("2021-06", 8)},
      {said("2021H1", 8), said("2021H1", 7), said("2021-06", 7)},
      {said("2021H1", 8), said("2021H1", 7), said("2021-06", 0)},
      {said("2021H1", 0), said("2021-06", 8), said("2021-06", 7)},
  };
  const auto before = [](const entry& a, const entry& b) { return std::pair(a.low, a.first) < std::pair(b.low, b.first); };
  for (std::vector<entry> entries : doubtful) {
    std::sort(entries.begin(), entries.end(), before);
    do {
      CHECK(folded_from(entries, levels).on("2021-06-30") == reason::ambiguous);
    } while (std::next_permutation(entries.begin(), entries.end(), before));
    entries.push_back(said("2021-06-15/2021-06-30", 9, "2021-07-06"));
    CHECK(folded_from(entries, levels).on("2021-06-30") == 9.0);
  }
  CHECK(folded_from({said("2021H1", 7), said("2021-06", 7)}, levels).on("2021-06-30") == 7.0);
}

TEST_CASE("an ambiguous level makes the reading ambiguous only while it is the latest (R1a)", "[ledger][reading]") {
  const auto read = folded_from({amount_of("2021-01-31", 5), ambiguous_in("2021-02-28"), amount_of("2021-03-31", 6)}, levels);
  CHECK(read.on("2021-02-27") == 5.0);
  CHECK(read.on("2021-02-28") == reason::ambiguous);
  CHECK(read.on("2021-03-31") == 6.0);
}

TEST_CASE("a withdrawn level gives way to the one before it (R1, R6)", "[ledger][reading]") {
  CHECK(folded_from({amount_of("2021-01-31", 5), amount_of("2021-02-28", 6), withdrawn_in("2021-02-28", "2021-03-09")}, levels)
            .on("2021-03-31") == 5.0);
}

// -- R6b, A9: steps ---------------------------------------------------------------------------------

TEST_CASE("the reading of steps is the weights of those done (A9, R6b)", "[ledger][reading]") {
  const std::vector<double> weights{1, 2, 5};
  const std::vector<std::int32_t> days{day("2021-03-31"), day("2021-06-30"), day("2021-12-31")};
  fold_rule rule = rule_for(indicator_kind::steps);
  rule.step_weights = weights;
  rule.step_days = days;

  SECTION("a step without an entry adds 0") {
    const auto read = folded_from({in_slot(2, amount_of("2021-05-10", 1))}, rule);
    CHECK(read.on("2021-05-09") == reason::no_observation);
    CHECK(read.on("2021-05-10") == 0.25);
    CHECK(read.on("2021-12-31") == 0.25);
  }
  SECTION("all done is exactly 1") {
    const std::vector<double> tenths{0.1, 0.2, 0.7};
    rule.step_weights = tenths;
    CHECK(folded_from({in_slot(3, amount_of("2021-01-02", 1)), in_slot(1, amount_of("2021-02-02", 1)),
                       in_slot(2, amount_of("2021-03-02", 1))},
                      rule)
              .on("2021-12-31") == 1.0);
  }
  SECTION("a step is done if its latest entry is 1, however high it was, and whatever came in between (R6b)") {
    const auto read = folded_from({in_slot(1, amount_of("2021-02-01", 1)), in_slot(1, amount_of("2021-04-01", 0)),
                                   in_slot(1, amount_of("2021-05-01", 0.9)), in_slot(1, amount_of("2021-06-01", 1))},
                                  rule);
    CHECK(read.on("2021-02-01") == 0.125);
    CHECK(read.on("2021-04-01") == 0.0);
    CHECK(read.on("2021-05-01") == 0.0);
    CHECK(read.on("2021-06-01") == 0.125);
  }
  SECTION("every usable entry is used, also from before the window (R6b)") {
    CHECK(folded_from({in_slot(3, amount_of("2019-05-01", 1))}, rule).on("2021-01-01") == 0.625);
    CHECK(folded_from({in_slot(3, amount_of("2022-05-01", 1))}, rule).on("2022-12-31") == reason::no_observation);
  }
  SECTION("at due, a step is decided if it is done, or was reported open on or after its day (A9)") {
    const auto decided = [&](std::vector<entry> entries) {
      return folded_from(std::move(entries), rule).covered_on("2021-12-31");
    };
    CHECK(decided({in_slot(1, amount_of("2021-01-10", 1))}) == 0.125);
    CHECK(decided({in_slot(1, amount_of("2021-03-30", 0))}) == 0);
    CHECK(decided({in_slot(1, amount_of("2021-03-31", 0))}) == 0.125);
    CHECK(decided({in_slot(1, amount_of("2021-03-31", 0)), in_slot(2, amount_of("2021-07-01", 0)),
                   in_slot(3, amount_of("2021-12-31", 0))}) == 1);
    CHECK(decided({in_slot(1, amount_of("2021-02-01", 1)), in_slot(2, amount_of("2021-02-01", 1)),
                   in_slot(3, amount_of("2021-02-01", 1))}) == 1);
  }
  SECTION("an ambiguous step makes the reading ambiguous while it is that step's latest (R1a)") {
    const auto read = folded_from(
        {in_slot(1, amount_of("2021-01-10", 1)), in_slot(2, ambiguous_in("2021-02-10")), in_slot(2, amount_of("2021-03-10", 1))},
        rule);
    CHECK(read.on("2021-01-10") == 0.125);
    CHECK(read.on("2021-02-10") == reason::ambiguous);
    CHECK(read.on("2021-03-10") == 0.375);
  }
  SECTION("of entries about one last day the later recorded stands; equally recorded ones must agree (R6c)") {
    const auto on_due = [&](std::string_view a, std::string_view b) {
      return folded_from({in_slot(1, amount_of("2021-06", 1, a)), in_slot(1, amount_of("2021-06-30", 0, b))}, rule)
          .on("2021-12-31");
    };
    CHECK(on_due("2021-07-02", "2021-07-01") == 0.125);
    CHECK(on_due("2021-07-01", "2021-07-02") == 0.0);
    CHECK(on_due("2021-07-01", "2021-07-01") == reason::ambiguous);
  }
  SECTION("a missing entry is skipped; its reason is given only if no other remains (R6)") {
    const auto read = folded_from({in_slot(1, missing_in("2021-01-10", reason::withheld)), in_slot(2, amount_of("2021-02-10", 1)),
                                   in_slot(2, missing_in("2021-03-10", reason::withheld))},
                                  rule);
    CHECK(read.on("2021-01-10") == reason::withheld);
    CHECK(read.on("2021-02-10") == 0.25);
    CHECK(read.on("2021-03-10") == 0.25);
  }
}

// -- R14: ratings -----------------------------------------------------------------------------------

TEST_CASE("ratings count only inside the window (R6)", "[ledger][reading]") {
  CHECK(folded_from({in_slot(1, amount_of("2020-12-31", 0.5))}, ratings).on("2021-06-30") == reason::no_observation);
  CHECK(folded_from({in_slot(1, amount_of("2022-01-01", 0.5))}, ratings).on("2022-06-30") == reason::no_observation);
  CHECK(folded_from({in_slot(1, amount_of("2021-01-01", 0.5))}, ratings).on("2021-06-30") == 0.5);
  CHECK(folded_from({in_slot(1, amount_of("2020-07-01/2021-06-30", 0.5))}, ratings).on("2021-06-30") ==
        0.5);  // by its last day (R6c)
}

TEST_CASE("a rating is the latest of its author (R14)", "[ledger][reading]") {
  const auto read = folded_from({in_slot(1, amount_of("2021-03-31", 0.5)), in_slot(1, amount_of("2021-06-30", 0.8))}, ratings);
  CHECK(read.on("2021-03-31") == 0.5);
  CHECK(read.on("2021-06-30") == 0.8);
}

TEST_CASE("of ranked authors the first stands, whenever the others spoke (R14, R14a)", "[ledger][reading]") {
  fold_rule rule = ratings;
  rule.ranked_authors = 2;
  const auto read = folded_from({in_slot(3, amount_of("2021-01-31", 0.1)), in_slot(2, amount_of("2021-02-28", 0.2)),
                                 in_slot(1, amount_of("2021-03-31", 0.3)), in_slot(2, amount_of("2021-04-30", 0.4)),
                                 in_slot(4, amount_of("2021-05-31", 0.5)), in_slot(1, amount_of("2021-06-30", 0.6))},
                                rule);
  CHECK(read.on("2021-01-31") == 0.1);
  CHECK(read.on("2021-02-28") == 0.2);
  CHECK(read.on("2021-03-31") == 0.3);
  CHECK(read.on("2021-04-30") == 0.3);
  CHECK(read.on("2021-05-31") == 0.3);
  CHECK(read.on("2021-06-30") == 0.6);
}

TEST_CASE("disagreement without precedence is ambiguous, until the authors agree (R14, R14a)", "[ledger][reading]") {
  const auto read = folded_from({in_slot(1, amount_of("2021-01-31", 0.1)), in_slot(2, amount_of("2021-02-28", 0.2)),
                                 in_slot(1, amount_of("2021-03-31", 0.2))},
                                ratings);
  CHECK(read.on("2021-01-31") == 0.1);
  CHECK(read.on("2021-02-28") == reason::ambiguous);
  CHECK(read.on("2021-03-31") == 0.2);
  CHECK(folded_from({in_slot(1, amount_of("2021-01-31", 0.5)), in_slot(2, upward_of("2021-01-31", 0.5))}, ratings)
            .on("2021-01-31") == reason::ambiguous);
}

TEST_CASE("an ambiguous rating matters only if its author is the one who counts (R1a, R14)", "[ledger][reading]") {
  fold_rule rule = ratings;
  rule.ranked_authors = 1;
  CHECK(folded_from({in_slot(1, amount_of("2021-01-31", 0.5)), in_slot(2, ambiguous_in("2021-02-28"))}, rule).on("2021-06-30") ==
        0.5);
  CHECK(folded_from({in_slot(1, ambiguous_in("2021-01-31")), in_slot(2, amount_of("2021-02-28", 0.5))}, rule).on("2021-06-30") ==
        reason::ambiguous);
}

TEST_CASE("a missing rating is skipped; a withdrawn author leaves the field to the next (R1, R6, R14)", "[ledger][reading]") {
  fold_rule rule = ratings;
  rule.ranked_authors = 1;
  const auto read = folded_from({in_slot(1, missing_in("2021-01-31", reason::withheld)), in_slot(2, amount_of("2021-02-28", 0.5)),
                                 in_slot(1, missing_in("2021-03-31", reason::withheld))},
                                rule);
  CHECK(read.on("2021-01-31") == reason::withheld);
  CHECK(read.on("2021-03-31") == 0.5);
  CHECK(folded_from({in_slot(1, amount_of("2021-01-31", 0.9)), in_slot(1, withdrawn_in("2021-01-31", "2021-02-05")),
                     in_slot(2, amount_of("2021-02-28", 0.5))},
                    rule)
            .on("2021-03-31") == 0.5);
}

TEST_CASE("of ratings of one author about one last day the later recorded stands; equally recorded ones must agree (R6c)",
          "[ledger][reading]") {
  const auto rated = [](std::string_view a, std::string_view b) {
    return folded_from({in_slot(1, amount_of("2021-06", 0.4, a)), in_slot(1, amount_of("2021-06-30", 0.6, b))}, ratings)
        .on("2021-12-31");
  };
  CHECK(rated("2021-07-02", "2021-07-01") == 0.4);
  CHECK(rated("2021-07-01", "2021-07-02") == 0.6);
  CHECK(rated("2021-07-01", "2021-07-01") == reason::ambiguous);
}

// -- laws -------------------------------------------------------------------------------------------

TEST_CASE("the order of entries never matters to a reading (R1)", "[ledger][reading]") {
  std::mt19937 random(7);
  const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
  const std::vector<double> weights{1, 2, 3};
  const std::vector<std::int32_t> days{day("2021-03-31"), day("2021-06-30"), day("2021-12-31")};
  const char* periods[] = {"2021-01", "2021-02", "2021Q1",     "2021-03", "2021-03-31",
                           "2021-06", "2021H1",  "2020-12-31", "2021",    "2021-03-20/2021-04-10"};
  for (int round = 0; round < 300; ++round) {
    for (const indicator_kind kind : {indicator_kind::increment, indicator_kind::running_total, indicator_kind::level,
                                      indicator_kind::steps, indicator_kind::rating}) {
      fold_rule rule = rule_for(kind);
      rule.counted_from = static_cast<origin>(below(3));
      rule.step_weights = weights;
      rule.step_days = days;
      rule.ranked_authors = below(3);
      const bool has_slots = kind == indicator_kind::steps || kind == indicator_kind::rating;
      std::vector<entry> entries;
      for (std::uint32_t n = below(8); n > 0; --n) {
        entry e = amount_of(periods[below(std::size(periods))], below(2));
        e.recorded = day("2022-01-01") + static_cast<std::int32_t>(below(2));
        if (has_slots) e.slot = 1 + below(3);
        if (below(8) == 0) e = missing_in("2021-03", reason::withheld);
        if (below(8) == 0) e.withdrawn = true;
        if (e.withdrawn) e.low = e.high = e.missing = 0;
        entries.push_back(e);
      }
      const auto expected = folded_from(entries, rule);
      for (int i = 0; i < 4; ++i) {
        std::shuffle(entries.begin(), entries.end(), random);
        const auto again = folded_from(entries, rule);
        REQUIRE(again.events.size() == expected.events.size());
        for (std::size_t k = 0; k < again.events.size(); ++k) {
          const event& a = again.events[k];
          const event& b = expected.events[k];
          CHECK(a.day == b.day);
          CHECK(a.missing == b.missing);
          if (a.missing == 0) CHECK((a.low == b.low && a.high == b.high && a.covered == b.covered));
        }
      }
    }
  }
}

TEST_CASE("a reading scales with its amounts by a power of two, bit for bit", "[ledger][reading]") {
  std::mt19937 random(8);
  for (int round = 0; round < 200; ++round) {
    for (const indicator_kind kind : {indicator_kind::increment, indicator_kind::running_total, indicator_kind::level}) {
      std::vector<entry> entries;
      for (date month{2021, 1, 1}; month < date{2022, 1, 1}; month = add_months(month, 1)) {
        if (random() % 4 == 0) continue;
        const std::int32_t last = month.last_of_month().days();
        entries.push_back(
            {.first = month.days(), .last = last, .recorded = last, .low = 0.1 * static_cast<double>(random() % 1000)});
        entries.back().high = entries.back().low + 0.3 * static_cast<double>(random() % 2);
      }
      auto scaled = entries;
      for (entry& e : scaled) {
        e.low *= 4096;
        e.high *= 4096;
      }
      const auto plain = folded_from(entries, rule_for(kind));
      const auto large = folded_from(scaled, rule_for(kind));
      REQUIRE(plain.events.size() == large.events.size());
      for (std::size_t k = 0; k < plain.events.size(); ++k) {
        CHECK(large.events[k].low == 4096 * plain.events[k].low);
        CHECK(large.events[k].high == 4096 * plain.events[k].high);
        CHECK(large.events[k].covered == plain.events[k].covered);
      }
    }
  }
}

TEST_CASE("events come in the order of their days, one a day", "[ledger][reading]") {
  const auto read = folded_from(
      {amount_of("2021Q1", 9), amount_of("2021-03-31", 1), amount_of("2021-03", 5), missing_in("2021-02-28", reason::withheld)},
      levels);
  REQUIRE(read.events.size() == 2);
  CHECK(read.events[0].day == day("2021-02-28"));
  CHECK(read.events[1].day == day("2021-03-31"));
}

TEST_CASE("ratios and formulas have no entries of their own to fold (R7)", "[ledger][reading]") {
  CHECK(folded_from({amount_of("2021-01", 1)}, rule_for(indicator_kind::ratio)).events.empty());
  CHECK(folded_from({amount_of("2021-01", 1)}, rule_for(indicator_kind::formula)).events.empty());
}
