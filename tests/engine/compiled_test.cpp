#include <attain/engine/compiled.hpp>

#include "engine/lively.hpp"
#include "engine/scene.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <utility>
#include <vector>

using namespace attain;
using namespace attain::test;

TEST_CASE("a cell is found by target and place, a node cell by programme, node and place", "[engine][compiled]") {
  const programme plan(lively());
  const evaluation now = evaluate(plan, ledger(), {.as_of = date(2021, 9, 30), .custom = functions_of_the_user()});
  const compiled& from = *now.data().compiled;
  for (std::uint32_t c = 0; c < from.cells.place.size(); ++c) {
    REQUIRE(from.find_cell(from.cells.target_of[c], from.cells.place[c]) == c);
  }
  for (std::uint32_t n = 0; n < from.nodes.plan.size(); ++n) {
    REQUIRE(from.find_node_cell(0, from.nodes.plan[n], from.nodes.place[n]) == n);
  }
}

TEST_CASE("a node cell knows its programme", "[engine][compiled]") {
  std::vector<programme> all;
  for (const char* id : {"one", "two", "three"}) {
    programme_spec spec = lifts();
    spec.id = id;
    all.emplace_back(std::move(spec));
  }
  const evaluation now = evaluate(portfolio(all), ledger(), {.as_of = date(2021, 9, 30)});
  const compiled& from = *now.data().compiled;
  for (std::uint32_t k = 0; k < all.size(); ++k) CHECK(from.programme_of(*from.find_node_cell(k, 0, 0)) == k);
}

TEST_CASE("where there is no cell none is found", "[engine][compiled]") {
  const programme plan(lifts());
  const evaluation now = evaluate(plan, ledger(), {.as_of = date(2021, 9, 30)});
  const compiled& from = *now.data().compiled;
  CHECK_FALSE(from.find_cell(0, 99).has_value());
  CHECK_FALSE(from.find_node_cell(0, 1, 99).has_value());
  CHECK(from.find_cell(0, plan.place_index("west")).has_value());
}
