#include <attain/ledger/binding_scopes.hpp>
#include <attain/ledger/ledger.hpp>

#include "ledger/bound_amounts.hpp"
#include "support/builders.hpp"
#include "support/catch.hpp"
#include "support/observations.hpp"

#include <tuple>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

programme named(std::string id, std::vector<indicator_spec> indicators) {
  programme_spec spec = programme_of(std::move(indicators), {});
  spec.id = std::move(id);
  return programme(spec);
}

}  // namespace

TEST_CASE("each programme of a portfolio brings its indicators, read as if they were written out", "[ledger][binding_scopes]") {
  const portfolio both(
      {named("first", {increment("lifts"), increment("asked")}), named("second", {increment("asked"), increment("built")})});
  const ledger book(std::vector{report("asked", "city", "2021-01", 5), report("built", "city", "2021-02", 7)});
  const std::vector<binding_scope> scopes = scopes_of(both);
  REQUIRE(scopes.size() == 2);
  std::vector<binding_scope> written_out;
  for (const programme& one : both.programmes()) written_out.push_back({one.indicators(), one.places()});

  for (const auto& brought : {scopes, written_out}) {
    const binding bound(brought, book.view());
    CHECK(bound.strands(0, 0).empty());
    for (const auto& [scope, indicator, amount] : {std::tuple(0u, 1u, 5.0), std::tuple(1u, 0u, 5.0), std::tuple(1u, 1u, 7.0)}) {
      REQUIRE(bound.strands(scope, indicator).size() == 1);
      CHECK(amounts(bound, bound.strands(scope, indicator)[0]) == std::vector{amount});
    }
  }
}

TEST_CASE("a programme alone brings what it has", "[ledger][binding_scopes]") {
  const programme plan = named("only", {increment("lifts")});
  const portfolio alone({plan});
  const std::vector<binding_scope> scopes = scopes_of(alone);
  REQUIRE(scopes.size() == 1);
  CHECK(scopes.front().indicators.data() == plan.indicators().data());
}
