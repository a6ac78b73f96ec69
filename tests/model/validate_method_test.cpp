#include <attain/model/built_in_methods.hpp>
#include <attain/model/validate_method.hpp>

#include "support/builders.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

/// "code /where" of each finding.
std::vector<std::string> findings_of(const method_spec& method) {
  std::vector<std::string> found;
  for (const finding& f : validate_method(method)) found.push_back(std::string(to_string(f.code)) + " " + f.where);
  return found;
}

using texts = std::vector<std::string>;

}  // namespace

TEST_CASE("every built-in method is valid, has a source, and labels in both languages", "[model][validate_method]") {
  for (const method_spec& method : built_in_methods()) {
    INFO(reference_to(method));
    CHECK(findings_of(method).empty());
    CHECK_FALSE(method.source.empty());
    CHECK((method.verified || !method.caveat.empty()));
    for (const state_spec& state : method.states) CHECK((!state.chinese.empty() && !state.english.empty()));
  }
}

TEST_CASE("a name finds the newest version, and name@version that one", "[model][validate_method]") {
  CHECK(find_method("open_sdg")->version == 2);
  CHECK(find_method("open_sdg@1")->version == 1);
  CHECK(find_method("open_sdg@3") == nullptr);
  CHECK(find_method("") == nullptr);
  CHECK(nearest_methods("open_sdg@3", {}).front() == "open_sdg@2");
  CHECK(nearest_methods("germny", {}).front() == "germany");
}

TEST_CASE("bands whose printed ends leave a gap or overlap are refused", "[model][validate_method]") {
  method_spec m = *find_method("global_fund");
  m.band_lists[0].decimals.reset();  // 89.5 belongs nowhere
  CHECK(findings_of(m) == texts{"bands_with_gap /bands/0/edges/2/to", "bands_with_gap /bands/0/edges/3/to"});
  m = *find_method("global_fund");
  m.band_lists[0].bands[2].upper = 0.95;
  CHECK(findings_of(m) == texts{"bands_overlap /bands/0/edges/2/to"});
}

TEST_CASE("bands and rules that nothing reaches, and edges out of order, are refused all at once", "[model][validate_method]") {
  method_spec m = *find_method("hdi");
  m.band_lists[0].bands[1].edge = 0.8;
  m.band_lists[0].bands[1].upper.reset();
  m.band_lists[0].bands[2].edge = 0.9;
  m.band_lists[0].bands[2].upper.reset();
  m.rules.push_back(m.rules.back());
  CHECK(findings_of(m) == texts{"unreachable /bands/0/edges/1", "edges_out_of_order /bands/0/edges/2/from", "unreachable /rules/2"});
}

TEST_CASE("a method decides every target, by states and bands that it has", "[model][validate_method]") {
  method_spec m = *find_method("hdi");
  m.rules.back().facts = all_of(fact::due);
  m.rules.front().outcome = outcome::state;
  m.rules.front().index = 9;
  m.node_bands = 4;
  CHECK(findings_of(m) == texts{"unknown_state /rules/0/state", "undecided /rules", "unknown_state /nodes/bands"});
}

TEST_CASE("nodes are cut by what nodes have", "[model][validate_method]") {
  method_spec m = *find_method("open_sdg");
  m.node_bands = 0;
  texts found = findings_of(m);
  CHECK(found.back() == "wrong_kind /nodes/bands");
  m = *find_method("hdi");
  m.band_lists[0].quantity = quantity::score;
  found = findings_of(m);
  CHECK(found == texts{"wrong_kind /rules/1/bands", "method_needs_more /nodes/bands"});
}

TEST_CASE("a method of growth needs levels, or what is computed from levels alone", "[model][validate_method]") {
  const programme_spec plan = programme_of({level("a"), increment("b"), ratio("c", "a", "b"), ratio("d", "a", "a"),
                                            formula_of("e", "人", "[a] + [b]"), formula_of("f", "人", "2 * [a]")},
                                           {target("1", "a", at_least(1)), target("2", "b", at_least(1)), target("3", "c", at_least(1)),
                                            target("4", "d", at_least(1)), target("5", "e", at_least(1)), target("6", "f", at_least(1))});
  texts where;
  for (const finding& f : needs_of_method(*find_method("open_sdg"), plan)) {
    where.push_back(f.where);
    CHECK(f.severity == severity::warning);
  }
  CHECK(where == texts{"/projects/0/targets/1/indicator", "/projects/0/targets/2/indicator", "/projects/0/targets/4/indicator"});
  CHECK(needs_of_method(time_proportional(), plan).empty());
}

TEST_CASE("a method of growth is not meant for a programme of which nothing grows (S11h)", "[model][validate_method]") {
  const programme_spec plan = programme_of({level("a"), increment("b")}, {target("1", "b", at_least(1)), target("2", "b", at_least(2))});
  const auto found = needs_of_method(*find_method("germany"), plan);
  REQUIRE(found.size() == 2);
  CHECK(found[0].severity == severity::error);
  CHECK(found[1].severity == severity::error);
}

TEST_CASE("the cost index is of nodes only, and one band list over it is enough", "[model][validate_method]") {
  method_spec m = *find_method("fema_cpi_spi");
  m.rules.back().index = 1;
  CHECK(findings_of(m) == texts{"wrong_kind /rules/3/bands"});
  m = *find_method("fema_cpi_spi");
  m.band_lists.push_back(m.band_lists[1]);
  m.band_lists.back().name = "more";
  CHECK(findings_of(m) == texts{"unused_field /bands/2"});
}

TEST_CASE("a method of costs needs a target that is an input of another one, in money", "[model][validate_method]") {
  programme_spec plan = programme_of({increment("lifts"), increment("money", "万元"), increment("hours", "小时")}, {target("1", "lifts", at_least(1))});
  const method_spec& fema = *find_method("fema_cpi_spi");
  const auto add_input = [&](const char* id, const char* indicator) {
    target_spec input = target(id, indicator, at_most(1));
    input.belongs = belonging::input;
    input.belongs_to = "1";
    plan.projects[0].targets.push_back(input);
  };
  add_input("2", "hours");
  REQUIRE(needs_of_method(fema, plan).size() == 1);
  CHECK(needs_of_method(fema, plan)[0].code == code::method_needs_more);
  add_input("3", "money");
  CHECK(needs_of_method(fema, plan).empty());
}
