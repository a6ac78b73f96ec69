#include <attain/ledger/reading.hpp>

#include "ledger/folding.hpp"
#include "support/catch.hpp"

#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

fold_rule counted_from(origin start, std::string_view window = "2021") {
  fold_rule rule = rule_for(indicator_kind::running_total, window);
  rule.counted_from = start;
  return rule;
}

const fold_rule from_window = counted_from(origin::window);
const fold_rule from_year = counted_from(origin::year);
const fold_rule from_ever = counted_from(origin::ever);

}  // namespace

// -- R5, R5a: the window as origin ------------------------------------------------------------------

TEST_CASE("a running total of the window is its latest entry in the window (R5, R5a)", "[ledger][reading]") {
  const auto read =
      folded_from({amount_of("2021-03-31", 40), amount_of("2021-06-30", 70), amount_of("2020-12-31", 900)}, from_window);
  CHECK(read.on("2021-03-30") == reason::no_observation);
  CHECK(read.on("2021-03-31") == 40.0);
  CHECK(read.on("2021-06-29") == 40.0);
  CHECK(read.on("2021-12-31") == 70.0);
  CHECK(read.at("2021-12-31")->data_day == day("2021-06-30"));
}

TEST_CASE("a running total after the due day is not read (R2, R5a)", "[ledger][reading]") {
  CHECK(folded_from({amount_of("2022-01-31", 40)}, from_window).on("2022-12-31") == reason::no_observation);
}

TEST_CASE("a running total is known by its day, not by the first day of its period (R5a)", "[ledger][reading]") {
  CHECK(folded_from({amount_of("2020-07-01/2021-03-31", 40)}, from_window).on("2021-03-31") == 40.0);
}

TEST_CASE("a running total covers its time up to its data day (R8)", "[ledger][reading]") {
  const auto read = folded_from({amount_of("2021-06-30", 70)}, from_window);
  CHECK(read.covered_on("2021-06-30") == 1);
  CHECK(read.covered_on("2021-12-31") == 1);  // up to 30 June; that it does not reach the due day is told by the data day
}

TEST_CASE("a running total that is known for some categories covers their share (R8, R10a)", "[ledger][reading]") {
  std::vector<entry> entries{in_slot(1, amount_of("2021-06-30", 70))};
  standing(entries);
  const dimension_slots quarters{1, 4, true};
  undivided(entries, std::span(&quarters, 1));
  folded read;
  fold(entries, from_window, read.events);
  CHECK(read.on("2021-06-30") == 70.0);
  CHECK(read.covered_on("2021-06-30") == 0.25);
}

// -- R5: an earlier origin --------------------------------------------------------------------------

TEST_CASE("an earlier origin subtracts the entry of the eve: 192 to 264 is 72 new (R5)", "[ledger][reading]") {
  const auto read =
      folded_from({amount_of("2020-12-31", 192), amount_of("2021-06-30", 230), amount_of("2021-12-31", 264)}, from_ever);
  CHECK(read.on("2020-12-31") == reason::no_observation);
  CHECK(read.on("2021-06-30") == 38.0);
  CHECK(read.on("2021-12-31") == 72.0);
  CHECK(read.covered_on("2021-12-31") == 1);
}

TEST_CASE("a declared total on the eve comes before an entry of that day (R5)", "[ledger][reading]") {
  fold_rule rule = from_ever;
  rule.eve_amount = 190;
  CHECK(folded_from({amount_of("2020-12-31", 192), amount_of("2021-12-31", 264)}, rule).on("2021-12-31") == 74.0);
  CHECK(folded_from({amount_of("2021-12-31", 264)}, rule).on("2021-12-31") == 74.0);
}

TEST_CASE("without the eve an earlier origin has no reading: an older entry is not the eve (R5)", "[ledger][reading]") {
  CHECK(folded_from({amount_of("2020-12-30", 192), amount_of("2021-12-31", 264)}, from_ever).on("2021-12-31") ==
        reason::baseline_missing);
  CHECK(folded_from({missing_in("2020-12-31", reason::withheld), amount_of("2021-12-31", 264)}, from_ever).on("2021-12-31") ==
        reason::baseline_missing);
}

TEST_CASE("the entry of the eve may be about any period that ends on it (R5, R6c)", "[ledger][reading]") {
  CHECK(folded_from({amount_of("2020", 192), amount_of("2021-12-31", 264)}, from_ever).on("2021-12-31") == 72.0);
}

TEST_CASE("on the eve, too, the later recorded stands and equally recorded ones must agree (R6c)", "[ledger][reading]") {
  const auto with_eve = [](std::string_view year_recorded, std::string_view day_recorded, double on_day) {
    return folded_from({amount_of("2020", 192, year_recorded), amount_of("2020-12-31", on_day, day_recorded),
                        amount_of("2021-12-31", 264)},
                       from_ever)
        .on("2021-12-31");
  };
  CHECK(with_eve("2021-01-10", "2021-01-05", 190) == 72.0);
  CHECK(with_eve("2021-01-05", "2021-01-10", 190) == 74.0);
  CHECK(with_eve("2021-01-05", "2021-01-05", 192) == 72.0);
  CHECK(with_eve("2021-01-05", "2021-01-05", 190) == reason::ambiguous);
}

TEST_CASE("an ambiguous eve makes every amount ambiguous that subtracts it (R1a, R5)", "[ledger][reading]") {
  CHECK(folded_from({ambiguous_in("2020-12-31"), amount_of("2021-12-31", 264)}, from_ever).on("2021-12-31") == reason::ambiguous);
}

TEST_CASE("an interval less an interval takes the widest difference (R11a)", "[ledger][reading]") {
  const auto read = folded_from({interval_of("2020-12-31", 190, 195), upward_of("2021-12-31", 264)}, from_ever);
  CHECK(read.on("2021-12-31") == 69.0);
  CHECK(read.high_on("2021-12-31") == 74);
  CHECK(read.at("2021-12-31")->high_open);
  CHECK_FALSE(read.at("2021-12-31")->low_open);

  const auto open_eve = folded_from({upward_of("2020-12-31", 190), amount_of("2021-12-31", 264)}, from_ever);
  CHECK(open_eve.at("2021-12-31")->low_open);  // more than 190 before, so less than 74 since
  CHECK_FALSE(open_eve.at("2021-12-31")->high_open);
}

// -- R5, R5a: a yearly origin -----------------------------------------------------------------------

TEST_CASE("a yearly origin adds the closed years (R5)", "[ledger][reading]") {
  const fold_rule rule = counted_from(origin::year, "2019/2021");
  const auto read = folded_from({amount_of("2019-06-30", 50), amount_of("2019-12-31", 100), amount_of("2020-03-31", 30),
                                 amount_of("2020-12-31", 120), amount_of("2021-06-30", 60)},
                                rule);
  CHECK(read.on("2019-06-30") == 50.0);
  CHECK(read.on("2019-12-31") == 100.0);
  CHECK(read.on("2020-03-30") == 100.0);
  CHECK(read.on("2020-03-31") == 130.0);
  CHECK(read.on("2020-12-31") == 220.0);
  CHECK(read.on("2021-06-30") == 280.0);
  CHECK(read.covered_on("2021-06-30") == 1);
}

TEST_CASE("a closed year gives its latest entry where it has none of 31 December, covered up to that day (R5a)",
          "[ledger][reading]") {
  const fold_rule rule = counted_from(origin::year, "2019/2021");
  const auto read = folded_from({amount_of("2019-06-30", 50), amount_of("2020-12-31", 120), amount_of("2021-06-30", 60)}, rule);
  CHECK(read.on("2021-06-30") == 230.0);
  // 181 days of 2019, 366 of 2020 and 181 of 2021, of the 365 + 366 + 181 that have passed
  CHECK(read.covered_on("2021-06-30") == 728.0 / 912.0);
  CHECK(read.covered_on("2019-06-30") == 1);
}

TEST_CASE("a closed year without any entry is a gap (R5a, R8)", "[ledger][reading]") {
  const fold_rule rule = counted_from(origin::year, "2019/2021");
  const auto read =
      folded_from({amount_of("2019-12-31", 100), missing_in("2020-12-31", reason::withheld), amount_of("2021-12-31", 60)}, rule);
  CHECK(read.on("2021-12-31") == 160.0);
  CHECK(read.covered_on("2021-12-31") == 730.0 / 1096.0);
}

TEST_CASE("a yearly origin in a window of the year subtracts nothing (R5)", "[ledger][reading]") {
  CHECK(folded_from({amount_of("2020-12-31", 192), amount_of("2021-12-31", 264)}, from_year).on("2021-12-31") == 264.0);
}

TEST_CASE("a window that begins inside a year subtracts the value on its eve, from that year only (R5a)", "[ledger][reading]") {
  const fold_rule rule = counted_from(origin::year, "2020-07-01/2022-06-30");
  std::vector<entry> entries{amount_of("2020-06-30", 40), amount_of("2020-12-31", 100), amount_of("2021-12-31", 110),
                             amount_of("2022-03-31", 20)};
  const auto read = folded_from(entries, rule);
  CHECK(read.on("2020-12-31") == 60.0);
  CHECK(read.on("2021-12-31") == 170.0);
  CHECK(read.on("2022-03-31") == 190.0);
  CHECK(read.covered_on("2022-03-31") == 1);

  const auto without_2020 = folded_from({interval_of("2020-06-30", 38, 42), amount_of("2021-12-31", 110)}, rule);
  CHECK(without_2020.on("2021-12-31") == 110.0);
  CHECK(without_2020.high_on("2021-12-31") == 110);

  entries.erase(entries.begin());
  CHECK(folded_from(entries, rule).on("2020-12-31") == reason::baseline_missing);
  CHECK(folded_from(entries, rule).on("2022-03-31") == reason::baseline_missing);

  entries.erase(entries.begin());  // nothing of 2020 is used, so nothing is subtracted: half a year is a gap
  CHECK(folded_from(entries, rule).on("2022-03-31") == 130.0);
  CHECK(folded_from(entries, rule).covered_on("2022-03-31") == 455.0 / 639.0);
}

TEST_CASE("an ambiguous entry matters where it is the latest or closes a year (R1a)", "[ledger][reading]") {
  const fold_rule rule = counted_from(origin::year, "2020/2021");
  const auto read = folded_from(
      {amount_of("2020-06-30", 50), ambiguous_in("2020-09-30"), amount_of("2020-12-31", 100), amount_of("2021-06-30", 60)}, rule);
  CHECK(read.on("2020-08-31") == 50.0);
  CHECK(read.on("2020-09-30") == reason::ambiguous);
  CHECK(read.on("2020-12-31") == 100.0);
  CHECK(read.on("2021-06-30") == 160.0);
  CHECK(folded_from({ambiguous_in("2020-12-31"), amount_of("2021-06-30", 60)}, rule).on("2021-06-30") == reason::ambiguous);
}

// -- falls, corrections, missing --------------------------------------------------------------------

TEST_CASE("a fall is a finding, and the reading follows it (R5)", "[ledger][reading]") {
  const auto read =
      folded_from({amount_of("2021-03-31", 40), amount_of("2021-06-30", 35), amount_of("2021-09-30", 50)}, from_window);
  CHECK(read.on("2021-06-30") == 35.0);
  CHECK(read.remarks() == std::vector<code>{code::running_total_falls});
  CHECK(read.notes.remarks()[0].last == day("2021-06-30"));
}

TEST_CASE("a fall below the eve is a finding (R5)", "[ledger][reading]") {
  const auto read = folded_from({amount_of("2020-12-31", 192), amount_of("2021-06-30", 180)}, from_ever);
  CHECK(read.on("2021-06-30") == -12.0);
  CHECK(read.remarks() == std::vector<code>{code::running_total_falls});
}

TEST_CASE("beginning a new year at 0 is no fall (R5)", "[ledger][reading]") {
  const fold_rule rule = counted_from(origin::year, "2020/2021");
  CHECK(folded_from({amount_of("2020-12-31", 100), amount_of("2021-01-31", 5)}, rule).remarks().empty());
  CHECK(folded_from({amount_of("2020-12-31", 100), amount_of("2021-01-31", 5)}, counted_from(origin::window, "2020/2021"))
            .remarks() == std::vector<code>{code::running_total_falls});
}

TEST_CASE("of running totals about one last day the later recorded stands; equally recorded ones must agree (R6c)",
          "[ledger][reading]") {
  const auto reported = [](std::string_view half_recorded, std::string_view day_recorded) {
    return folded_from({amount_of("2021H1", 100, half_recorded), amount_of("2021-06-30", 120, day_recorded)}, from_window)
        .on("2021-06-30");
  };
  CHECK(reported("2021-07-05", "2021-07-01") == 100.0);
  CHECK(reported("2021-07-01", "2021-07-05") == 120.0);
  CHECK(reported("2021-07-01", "2021-07-01") == reason::ambiguous);
}

TEST_CASE("a missing running total is skipped; its reason is given only if no other remains (R6)", "[ledger][reading]") {
  const auto read = folded_from(
      {missing_in("2021-03-31", reason::withheld), amount_of("2021-06-30", 70), missing_in("2021-09-30", reason::withheld)},
      from_window);
  CHECK(read.on("2021-03-31") == reason::withheld);
  CHECK(read.on("2021-09-30") == 70.0);
  CHECK(read.at("2021-09-30")->data_day == day("2021-06-30"));
}

TEST_CASE("a withdrawn running total gives way to the one before it (R1, R5a)", "[ledger][reading]") {
  CHECK(folded_from({amount_of("2021-03-31", 40), amount_of("2021-06-30", 70), withdrawn_in("2021-06-30", "2021-07-09")},
                    from_window)
            .on("2021-12-31") == 40.0);
}
