// Totals worked out again: with one part left out, with other weights, and with weights and scores at random (docs/firmness.md).

#include <attain/engine/uncertainty.hpp>

#include <attain/core/random.hpp>
#include <attain/model/portfolio.hpp>
#include <attain/model/programme.hpp>
#include <attain/model/validate.hpp>

#include "engine/lively.hpp"
#include "engine/scene.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

bool same_bits(const std::vector<answer<double>>& a, const std::vector<answer<double>>& b) { return a == b; }

evaluation evaluated(const programme_spec& spec, const ledger& book, const char* day = "2021-09-30") {
  return evaluate(programme(spec), book, {.as_of = parse_date(day), .custom = functions_of_the_user()});
}

ledger reported(unsigned seed, int reports_made) {
  reports some(seed);
  ledger book;
  for (int i = 0; i < reports_made; ++i) {
    try {
      book.append(some.next());
    } catch (const std::exception&) {  // what contradicts another entry
    }
  }
  return book;
}

bool is_valid(const programme_spec& spec) {
  return std::ranges::none_of(validate(spec), [](const finding& f) { return f.severity == severity::error; });
}

// Weight 0 for the target or node of this id.
void leave_out(std::vector<project_spec>& projects, const std::string& id) {
  for (project_spec& p : projects) {
    if (p.id == id) p.weight = 0;
    for (target_spec& t : p.targets) {
      if (t.id == id) t.weight = 0;
    }
    leave_out(p.projects, id);
  }
}

programme_spec without(programme_spec spec, const std::string& id) {
  leave_out(spec.projects, id);
  return spec;
}

std::vector<answer<double>> attainments(const evaluation& of, const std::string& project, const names_of_totals& names) {
  std::vector<answer<double>> all;
  for (const std::string& unit : names.units) {
    switch (names.among) {
      case ranked::places:
        all.push_back(of.project(project, unit).attainment());
        break;
      case ranked::projects:
        all.push_back(of.project(unit).attainment());
        break;
      case ranked::itself:
        all.push_back(of.project(project).attainment());
        break;
    }
  }
  return all;
}

struct asked {
  std::string project;
  ranked among;
};

const std::vector<asked> everything{{"", ranked::places},  {"", ranked::projects},  {"", ranked::itself},
                                    {"1", ranked::places}, {"2", ranked::itself},   {"2", ranked::projects},
                                    {"4", ranked::places}, {"many", ranked::places}};

std::vector<programme_spec> programmes() { return {lively(), lively_roll_ups(false), lively_roll_ups(true)}; }

/// A project with three promises at three places, and one nested group.
scene at_three_places(std::uint64_t seed) {
  scene of = with_projects(1);
  random_stream random(seed, 0);
  project_spec group = project("2", {});
  group.group = true;
  group.weight = 2;
  of.spec.projects[0].projects.push_back(group);
  of.spec.places.push_back({.id = "north"});
  of.spec.places.back().within = "city";
  for (int i = 0; i < 5; ++i) {
    const std::string id = "p" + std::to_string(i);
    target_spec& t = add_promise(of, 0, id, std::nullopt);
    t.weight = 1 + i;
    for (const char* place : {"east", "west", "north"}) {
      t.quotas.push_back({.place = place, .goal = 100});
      of.said.push_back(report("of-" + id, place, "2021-01-01/2021-09-30", 100 * random.uniform()));
    }
    t.aim = at_least(300);
    if (i > 2) {
      of.spec.projects[0].projects[0].targets.push_back(t);
      of.spec.projects[0].targets.pop_back();
    }
  }
  return of;
}

/// A rule that never fires: what it names is not missed.
rule_spec never(const std::string& of) {
  return {.effect = rule_effect::ceiling, .of = {of}, .when = rule_condition::missed, .score = 0.5};
}

}  // namespace

TEST_CASE("without noise every draw is the evaluation to the bit, whatever its nodes have", "[engine][uncertainty]") {
  for (const programme_spec& spec : programmes()) {
    const evaluation now = evaluated(spec, reported(7, 900));
    for (const auto& [project, among] : everything) {
      const totals of(now, project, among);
      CHECK(same_bits(of.scores(), attainments(now, project, of.names())));
      const firmness drawn = of.draw({.draws = 3, .weights = weight_noise::fixed});
      for (std::size_t u = 0; u < drawn.scores.size(); ++u) {
        if (!drawn.scores[u].has_value()) continue;
        CHECK(drawn.mean[u] == *drawn.scores[u]);
        CHECK(drawn.deviation[u] == 0);
        CHECK(drawn.answered[u] == 1);
        CHECK(drawn.mean_rank[u] == drawn.ranks[u]);
      }
    }
  }
}

TEST_CASE("leaving a part out is the evaluation of the programme in which it has no weight, to the bit",
          "[engine][uncertainty]") {
  for (const programme_spec& spec : programmes()) {
    const ledger book = reported(11, 900);
    const evaluation now = evaluated(spec, book);
    for (const auto& [project, among] : everything) {
      const totals of(now, project, among);
      const auto all = of.leave_one_out();
      REQUIRE(all.size() == of.names().parts.size());
      for (const without_node& one : all) {
        const std::string& id = of.names().parts[one.node];
        if (id.starts_with("many.") && id.back() != '3') continue;  // some of many are enough
        const programme_spec edited = without(spec, id);
        if (!is_valid(edited)) continue;  // it was the only child
        INFO(project << " without " << id);
        CHECK(same_bits(one.scores, attainments(evaluated(edited, book), project, of.names())));
      }
    }
  }
}

TEST_CASE("a project of a portfolio has the totals that it has alone", "[engine][uncertainty]") {
  programme_spec second = lively_roll_ups(true);
  second.id = "second";
  const ledger book = reported(3, 900);
  const portfolio both({programme(lively()), programme(second)});
  const evaluation now = evaluate(both, book, {.as_of = parse_date("2021-09-30"), .custom = functions_of_the_user()});
  const evaluation alone = evaluated(second, book);
  for (const auto& [project, among] : everything) {
    const totals of(now, project.empty() ? "second" : "second/" + project, among);
    const totals expected(alone, project, among);
    CHECK(of.names().units == expected.names().units);
    CHECK(of.names().parts == expected.names().parts);
    CHECK(of.scores() == expected.scores());
    CHECK(of.draw({.draws = 20, .data_error = 0.1}).mean == expected.draw({.draws = 20, .data_error = 0.1}).mean);
    const auto without = of.leave_one_out();
    const auto without_alone = expected.leave_one_out();
    for (std::size_t i = 0; i < without.size(); ++i) CHECK(without[i].scores == without_alone[i].scores);
  }
}

TEST_CASE("the plain way and the kernel draw the same weights", "[engine][uncertainty]") {
  for (const bool with_gap : {false, true}) {
    scene of = at_three_places(3);
    if (with_gap) of.said.pop_back();
    const totals plain(of.at("2021-09-30"));
    of.spec.roll_up.rules = {never("p0")};
    const totals by_kernel(of.at("2021-09-30"));
    REQUIRE(plain.is_plain());
    REQUIRE_FALSE(by_kernel.is_plain());
    CHECK(plain.names().parts == by_kernel.names().parts);
    for (const weight_noise noise : {weight_noise::dirichlet, weight_noise::relative}) {
      const firmness_options options{
          .seed = 5, .draws = 2000, .weights = noise, .amount = noise == weight_noise::relative ? 0.6 : 3};
      const firmness a = plain.draw(options);
      const firmness b = by_kernel.draw(options);
      CHECK(a.scores == b.scores);
      CHECK(a.rank_share == b.rank_share);
      for (std::size_t u = 0; u < a.scores.size(); ++u) {
        CHECK_THAT(a.mean[u], WithinAbs(b.mean[u], 1e-12));
        CHECK_THAT(a.deviation[u], WithinAbs(b.deviation[u], 1e-12));
        CHECK(a.deviation[u] > 0.001);
      }
    }
    // Errors of the data are drawn together by one way and apart by the other.
    const firmness_options options{.seed = 5, .draws = 20000, .weights = weight_noise::fixed, .data_error = 0.1};
    const firmness a = plain.draw(options);
    const firmness b = by_kernel.draw(options);
    for (std::size_t u = 0; u < a.scores.size(); ++u) {
      CHECK_THAT(a.mean[u], WithinAbs(b.mean[u], 0.002));
      CHECK_THAT(a.deviation[u], WithinAbs(b.deviation[u], 0.002));
      CHECK_THAT(a.mean_rank[u], WithinAbs(b.mean_rank[u], 0.05));
    }
  }
}

TEST_CASE("ranges of weights of the plain way are those that the kernel finds", "[engine][uncertainty]") {
  scene of = at_three_places(8);
  const totals plain(of.at("2021-09-30"));
  of.spec.roll_up.rules = {never("p0")};
  const auto exact = plain.stable_weights();
  const auto searched = totals(of.at("2021-09-30")).stable_weights();
  REQUIRE(exact.size() == searched.size());
  int moved = 0;
  for (std::size_t i = 0; i < exact.size(); ++i) {
    CHECK_THAT(searched[i]->share, WithinAbs(exact[i]->share, 1e-12));
    CHECK_THAT(searched[i]->least, WithinAbs(exact[i]->least, 1e-8));
    CHECK_THAT(searched[i]->most, WithinAbs(exact[i]->most, 1e-8));
    moved += exact[i]->least > 0 || exact[i]->most < 1 ? 1 : 0;
  }
  CHECK(moved > 0);
}

TEST_CASE("within its range a weight keeps the order under any aggregator, just beyond it does not", "[engine][uncertainty]") {
  for (const char* aggregator : {"geometric_mean", "harmonic_mean", "mean_min", "penalised_mean", "weighted_median", "least"}) {
    scene of = at_three_places(2);
    of.spec.projects[0].roll_up = {.aggregator = aggregator, .floor = 0.01};
    of.spec.projects[0].roll_up.alpha = 0.5;
    if (std::string_view(aggregator) != "mean_min") of.spec.projects[0].roll_up.alpha.reset();
    const evaluation now = of.at("2021-09-30");
    const totals asked(now, "1");
    const auto ranges = asked.stable_weights();
    for (std::size_t i = 0; i < ranges.size(); ++i) {
      const std::string& id = asked.names().parts[i];
      if (id != "p0" && id != "p1" && id != "p2") continue;
      const weight_range& r = *ranges[i];
      const auto ranks_at = [&](double share) {
        scene moved = of;
        double others = 2;  // of the group beside them
        for (const target_spec& t : moved.spec.projects[0].targets) others += t.id == id ? 0 : *t.weight;
        for (target_spec& t : moved.spec.projects[0].targets) {
          if (t.id == id) t.weight = others * share / (1 - share);
        }
        return totals(moved.at("2021-09-30"), "1").ranks();
      };
      INFO(aggregator << " " << id << " " << r.least << " " << r.share << " " << r.most);
      CHECK(ranks_at(r.share) == asked.ranks());
      if (r.least > 1e-3) CHECK(ranks_at(r.least + 1e-6) == asked.ranks());
      if (r.least > 1e-3) CHECK(ranks_at(r.least - 1e-6) != asked.ranks());
      if (r.most < 1 - 1e-3) CHECK(ranks_at(r.most - 1e-6) == asked.ranks());
      if (r.most < 1 - 1e-3) CHECK(ranks_at(r.most + 1e-6) != asked.ranks());
    }
  }
}

TEST_CASE("a veto stays a veto, whatever is drawn or left out", "[engine][uncertainty]") {
  scene of = with_projects(1);
  add_promise(of, 0, "good", 70);
  add_promise(of, 0, "fair", 60);
  add_promise(of, 0, "bad", 10);
  of.spec.projects[0].roll_up.rules = {
      {.effect = rule_effect::veto, .of = {"bad"}, .when = rule_condition::failing, .score = 0.2}};
  const totals asked(of.at("2021-09-30"), "1", ranked::itself);
  REQUIRE(*asked.scores()[0] == 0.2);
  const firmness drawn = asked.draw({.draws = 500, .amount = 5, .data_error = 0.2});
  CHECK(drawn.mean[0] == 0.2);
  CHECK(drawn.deviation[0] == 0);
  for (const without_node& one : asked.leave_one_out()) CHECK(*one.scores[0] == 0.2);

  // One that asks for a score sees the score of the draw.
  of.spec.projects[0].roll_up.rules[0].when = rule_condition::below;
  of.spec.projects[0].roll_up.rules[0].below = 0.1;
  const totals by_score(of.at("2021-09-30"), "1", ranked::itself);
  const firmness half = by_score.draw({.draws = 4000, .weights = weight_noise::fixed, .data_error = 0.01});
  CHECK_THAT(half.mean[0], WithinAbs((0.2 + (0.7 + 0.6 + 0.1) / 3) / 2, 0.01));
}

TEST_CASE("an error is one of the attainment before it is cut off", "[engine][uncertainty]") {
  for (const bool plain : {true, false}) {
    scene of = with_projects(1);
    add_promise(of, 0, "well beyond", 150);
    add_promise(of, 0, "just met", 100);
    if (!plain) of.spec.projects[0].roll_up.rules = {never("just met")};
    const totals asked(of.at("2021-09-30"), "1", ranked::itself);
    REQUIRE(asked.is_plain() == plain);
    const firmness drawn = asked.draw({.draws = 20000, .weights = weight_noise::fixed, .data_error = 0.02});
    const double lost = 0.02 / std::sqrt(2 * 3.14159265358979) / 2;  // of half a normal, at half the weight
    CHECK_THAT(drawn.mean[0], WithinAbs(1 - lost, 1e-4));
  }
}

TEST_CASE("what a method scores of the targets is there for every draw and without every part (S11d)", "[engine][uncertainty]") {
  scene of = with_projects(2);
  for (const auto& [project, id] : {std::pair(0u, "1.1"), std::pair(0u, "1.2"), std::pair(1u, "2.1")}) {
    const std::string indicator = std::string("of-") + id;
    of.spec.indicators.push_back(level(indicator, "元"));
    of.spec.projects[project].targets.push_back(target(id, indicator, at_least(200)));
    of.said.push_back(report(indicator, "city", "2020-12", 100));
    of.said.push_back(report(indicator, "city", "2021-06", 110));
    of.said.push_back(report(indicator, "city", "2021-09", 130));
  }
  of.spec.projects[0].roll_up.rules = {never("1.1")};
  const evaluation now =
      evaluate(programme(of.spec), ledger(of.said), {.as_of = parse_date("2021-09-30"), .methods = {"open_sdg"}});
  REQUIRE(now.project("1").score().has_value());
  for (const ranked among : {ranked::projects, ranked::places, ranked::itself}) {
    const totals asked(now, "", among);
    REQUIRE_FALSE(asked.is_plain());
    const firmness drawn = asked.draw({.draws = 10, .weights = weight_noise::fixed});
    for (std::size_t u = 0; u < drawn.mean.size(); ++u) CHECK(drawn.mean[u] == *asked.scores()[u]);
    CHECK(asked.leave_one_out().size() == asked.names().parts.size());
  }
}

TEST_CASE("the same numbers for a seed on any number of threads, through the kernel", "[engine][uncertainty]") {
  const evaluation now = evaluated(lively_roll_ups(true), reported(5, 900));
  const totals asked(now, "", ranked::projects);
  firmness_options options{.seed = 9, .draws = 2500, .amount = 20, .data_error = 0.05};
  const firmness one = asked.draw(options);
  options.threads = 3;
  const firmness three = asked.draw(options);
  CHECK(one.mean == three.mean);
  CHECK(one.deviation == three.deviation);
  CHECK(one.rank_share == three.rank_share);
  for (std::size_t u = 0; u < one.scores.size(); ++u) {
    double share = 0;
    for (std::size_t r = 0; r < one.scores.size(); ++r) share += one.rank_share[u * one.scores.size() + r];
    CHECK_THAT(share, WithinAbs(one.answered[u], 1e-12));
  }
}

TEST_CASE("measured weights are drawn place by place, entropy weights follow from the scores of the draw",
          "[engine][uncertainty]") {
  scene of = with_projects(1);
  add_promise(of, 0, "a", 20);
  add_promise(of, 0, "b", 80);
  add_promise(of, 0, "budget-a", 30).aim.reset();
  add_promise(of, 0, "budget-b", 10).aim.reset();
  of.spec.projects[0].roll_up.weights = {.by = weighting::measure, .measures = {{"a", "budget-a"}, {"b", "budget-b"}}};
  const totals measured(of.at("2021-09-30"), "1", ranked::itself);
  REQUIRE(is_near(measured.scores()[0], 0.35));
  const firmness drawn = measured.draw({.draws = 20000, .amount = 4});
  CHECK_THAT(drawn.mean[0], WithinAbs(0.35, 0.005));
  CHECK_THAT(drawn.deviation[0], WithinAbs(0.6 * std::sqrt(0.75 * 0.25 / 5), 0.005));
  for (const auto& range : measured.stable_weights()) CHECK(range == reason::not_applicable);

  scene two = at_three_places(4);
  two.spec.projects[0].roll_up.weights = {.by = weighting::entropy};
  const totals entropy(two.at("2021-09-30"), "1");
  CHECK(entropy.draw({.draws = 50, .weights = weight_noise::fixed}).deviation[0] == 0);
  CHECK(entropy.draw({.draws = 200, .weights = weight_noise::fixed, .data_error = 0.05}).deviation[0] > 0);
}

TEST_CASE("what is asked of a project that is not there, or with options that cannot be, is refused", "[engine][uncertainty]") {
  const evaluation now = at_three_places(1).at("2021-09-30");
  CHECK_THROWS_AS(totals(now, "99"), unknown_id);
  CHECK_THROWS_AS(totals(now).draw({.draws = 0}), invalid_option);
  CHECK_THROWS_AS(totals(now, "1", ranked::itself).draw({.threads = 0}), invalid_option);
}
