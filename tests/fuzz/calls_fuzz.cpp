/** Sequences of calls: reports, corrections, withdrawals, keys, moves of the as-of day. Oracles: the tracker against a full run,
   to the last bit; the ledger against one that was filled at once; a call that throws against nothing having happened. */
#include "fuzz.hpp"

#include <attain/core/error.hpp>
#include <attain/engine/tracker.hpp>

#include "engine/bits.hpp"
#include "support/builders.hpp"

#include <algorithm>
#include <vector>

using namespace attain;

namespace {

const portfolio& plan() {
  static const portfolio made = [] {
    programme_spec city = test::city();
    city.indicators[test::in_city::score] = test::increment("score", "分");  // instead of a function of the user
    return portfolio(programme(std::move(city)));
  }();
  return made;
}

observation take_observation(fuzz::input& from) {
  static constexpr const char* indicators[] = {"lifts",       "insured",  "residents", "price", "loans",
                                               "small-loans", "building", "mood",      "score"};
  static constexpr const char* places[] = {"", "city", "east", "west", "south"};
  const date start = add_months(date(2020, 11, 1), static_cast<int>(from.below(16)));
  const int months = from.below(8) == 0 ? 3 : 1;
  observation made{
      .indicator = indicators[from.below(9)], .place = places[from.below(5)], .about = {start, add_months(start, months)}};
  if (from.below(4) == 0) made.about = {start, start + 1};
  const std::uint8_t how = from.byte();
  made.low = made.high = (how & 1u) != 0 ? static_cast<double>(from.byte()) : from.take<std::int16_t>() / 8.0;
  if (made.indicator == "building") {
    made.step = (how & 2u) != 0 ? "design" : "build";
    made.low = made.high = how & 1u;
  }
  if (made.indicator == "mood") made.author = (how & 2u) != 0 ? "council" : "press";
  switch (how >> 4) {
    case 0:
      made.withdrawn = true;
      break;
    case 1:
      made.missing = reason::withheld;
      break;
    case 2:
      made.high += 5;
      break;
    case 3:
      made.high_open = true;
      break;
    case 4:
      made.form = amount_form::share_of_goal;
      break;
    case 5:
      made.dimensions = {{"sex", (how & 4u) != 0 ? "f" : "m"}};
      break;
    case 6:
      made.key = "key " + std::to_string(how & 3u);
      break;
    case 7:
      made.low = 1e300 * made.low;
      made.high = made.low;
      break;
    default:
      break;
  }
  if ((how & 8u) != 0) made.recorded = made.about.end + static_cast<int>(from.below(40));
  return made;
}

void compare_with_full_run(const tracker& now, const evaluate_options& options) {
  const evaluation full = evaluate(plan(), now.book(), options);
  const std::string cells = test::difference(now.cells(), full.data().cells);
  fuzz::require(cells.empty(), "the tracker is not a full run: " + cells);
  const std::string nodes = test::difference(now.nodes(), full.data().nodes);
  fuzz::require(nodes.empty(), "the tracker is not a full run: " + nodes);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::input from(data, size);
  evaluate_options options{.as_of = date(2021, 1, 31) + static_cast<int>(from.below(256))};
  std::vector<observation> all;
  const std::size_t start = from.below(20);
  for (std::size_t i = 0; i < start; ++i) all.push_back(take_observation(from));
  ledger book;
  try {
    book.append(all);
  } catch (const error&) {
    all.clear();
  }
  tracker now(plan(), book, options);
  for (int call = 0; call < 16 && !from.empty(); ++call) {
    if (from.below(16) == 0) {
      options.as_of = date(2021, 1, 31) + static_cast<int>(from.below(256)) * 2;
      now.move_to(options.as_of);
    } else {
      const observation entry = take_observation(from);
      const ledger before = now.book();
      try {
        now.apply(entry);
        all.push_back(entry);
      } catch (const error&) {
        fuzz::require(now.book() == before, "a call that failed has changed the ledger");
      }
    }
    compare_with_full_run(now, options);
  }
  std::reverse(all.begin(), all.end());
  fuzz::require(ledger(all) == now.book(), "the order of appending has decided something");
  return 0;
}
