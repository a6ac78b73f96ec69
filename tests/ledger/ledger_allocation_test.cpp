#include <attain/ledger/binding.hpp>
#include <attain/ledger/ledger.hpp>

#include "ledger/random_entries.hpp"
#include "support/builders.hpp"
#include "support/catch.hpp"
#include "support/failing_allocation.hpp"
#include "support/observations.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

using namespace attain;
using namespace attain::test;

TEST_CASE("an append that fails at any allocation leaves the ledger as it was (G6)", "[ledger][ledger]") {
  ledger base;
  for (const observation& o : random_entries(128, 21)) base.append(o);  // the next one makes a run of the tail and merges it
  const auto state = base.view().state_id();
  const auto seen = base.observations();
  const observation known = report("indicator1", "place1", "2021-06", 5);
  observation unheard_of = report("new indicator", "new place", "2021-06", 5);
  unheard_of.author = "new author";
  unheard_of.note = "a note that is too long to be kept within a string";
  unheard_of.key = "new key";
  std::vector<observation> many(80, unheard_of);
  for (std::size_t i = 0; i < many.size(); ++i) many[i].key += std::to_string(i);
  const ledger_row row{.series = 0, .batch = 0, .last_day = 0, .length_and_flags = 1, .amount = 1, .high = 1};

  const std::vector<std::function<void(ledger&)>> changes = {
      [&](ledger& book) { book.append(known); },
      [&](ledger& book) { book.append(unheard_of); },
      [&](ledger& book) { book.append(many); },
      [&](ledger& book) { book.append_row(row); },
      [&](ledger& book) { book.series_for(unheard_of); },
      [&](ledger& book) { book.batch_for(date(2031, 1, 1), "new author"); },
  };
  for (const auto& change : changes) {
    ledger book = base;
    bool unchanged = true;
    const std::size_t failures =
        failures_of([&] { change(book); }, [&] { unchanged = unchanged && book.view().state_id() == state; });
    CHECK(failures > 0);
    CHECK(unchanged);
    CHECK(book.view().state_id() != state);
    CHECK(base.observations() == seen);
  }
}

TEST_CASE("a binding that fails at any allocation leaves no trace (G6)", "[ledger][binding]") {
  ledger book;
  book.append(random_entries(200, 22));
  const auto seen = book.observations();
  const std::vector<indicator_spec> indicators = {increment("indicator1"), increment("indicator2")};
  const std::vector<place_spec> places = {{.id = "place0"}, {.id = "place1", .within = "place0"}};
  const binding_scope scope{indicators, places};
  std::size_t strands = 0;
  CHECK(failures_of([&] { strands = binding({&scope, 1}, book.view()).strands(0, 0).size(); }, [] {}) > 0);
  CHECK(strands > 0);
  CHECK(book.observations() == seen);
}
