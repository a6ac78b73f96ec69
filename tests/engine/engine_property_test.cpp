#include <attain/engine/evaluate.hpp>

#include "engine/bits.hpp"
#include "engine/lively.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

using namespace attain;
using namespace attain::test;

// Laws of the engine over random ledgers of a programme with every way of reading, judging and adding up.

namespace {

std::vector<observation> random_entries(unsigned seed, int count = 600) {
  reports random(seed);
  std::vector<observation> entries;
  for (int i = 0; i < count; ++i) entries.push_back(random.next());
  return entries;
}

evaluate_options at(date day) { return {.as_of = day, .custom = functions_of_the_user()}; }

constexpr unsigned seeds = 6;

bool reads_a_level(const compiled& from, std::uint32_t number, const programme& plan) {
  const reading_key& key = from.readings.keys[number];
  const auto members = std::span(from.readings.members).subspan(key.first_member, key.member_count);
  return std::ranges::any_of(members, [&](const key_member& m) { return plan.indicators()[m.indicator].kind == indicator_kind::level; });
}

/// Everything that is an amount times a factor. Ratings, steps and percentages are no amounts.
void scale(programme_spec& spec, std::vector<observation>& entries, double factor) {
  const auto is_scaled = [&](const std::string& id) {
    const auto found = std::ranges::find(spec.indicators, id, &indicator_spec::id);
    return found->unit != "%" && !found->unit.empty();
  };
  const auto scale_aim = [&](aim& a) {
    a.goal *= factor;
    a.upper *= factor;
  };
  for (project_spec* p = spec.projects.data(); p != spec.projects.data() + spec.projects.size(); ++p) {
    std::vector<project_spec*> nested{p};
    for (project_spec& below : p->projects) nested.push_back(&below);
    for (project_spec* here : nested) {
      for (target_spec& t : here->targets) {
        if (!is_scaled(t.indicator)) continue;
        if (t.aim) scale_aim(*t.aim);
        if (t.baseline) *t.baseline *= factor;
        for (quota_spec& q : t.quotas) q.goal *= factor;
      }
    }
  }
  for (observation& o : entries) {
    if (!is_scaled(o.indicator) || o.form == amount_form::share_of_goal) continue;
    o.low *= factor;
    o.high *= factor;
  }
}

}  // namespace

TEST_CASE("scaling all units by a power of two changes nothing but amounts", "[engine][property]") {
  for (unsigned seed = 0; seed < seeds; ++seed) {
    programme_spec spec = lively();
    for (indicator_spec& i : spec.indicators) i.indivisible = false;  // a thousandth of a lift
    std::vector<observation> entries = random_entries(seed);
    const evaluation plain = evaluate(programme(spec), ledger(entries), at(date(2021, 9, 30)));
    scale(spec, entries, 1.0 / 1024);
    const evaluation scaled = evaluate(programme(spec), ledger(entries), at(date(2021, 9, 30)));
    INFO("seed " << seed);
    cell_columns amounts_apart = scaled.data().cells;
    amounts_apart.reading = plain.data().cells.reading;
    CHECK(difference(amounts_apart, plain.data().cells) == "");
    CHECK(difference(scaled.data().nodes, plain.data().nodes) == "");
    CHECK(scaled.target("many.1").reading().transform([](double x) { return x * 1024; }) == plain.target("many.1").reading());
  }
}

TEST_CASE("the order of input never matters, to the last bit (U7)", "[engine][property]") {
  const programme plan(lively());
  std::mt19937 random(1);
  for (unsigned seed = 0; seed < seeds; ++seed) {
    std::vector<observation> entries = random_entries(seed);
    const evaluation before = evaluate(plan, ledger(entries), at(date(2021, 9, 30)));
    for (int i = 0; i < 5; ++i) {
      std::shuffle(entries.begin(), entries.end(), random);
      ledger book;  // in one piece, in parts, one by one
      const std::size_t part = i == 0 ? entries.size() : i == 1 ? 1 : 1 + random() % 90;
      for (std::size_t begin = 0; begin < entries.size(); begin += part) {
        book.append(std::span(entries).subspan(begin, std::min(part, entries.size() - begin)));
      }
      INFO("seed " << seed << ", order " << i);
      REQUIRE(difference(evaluate(plan, book, at(date(2021, 9, 30))), before) == "");
    }
  }
}

TEST_CASE("a leaf of weight 0 changes no node", "[engine][property]") {
  for (unsigned seed = 0; seed < seeds; ++seed) {
    const ledger book(random_entries(seed));
    const evaluation before = evaluate(programme(lively()), book, at(date(2021, 9, 30)));
    programme_spec more = lively();
    int number = 0;
    for (project_spec& p : more.projects) {
      ++number;
      p.targets.push_back(with_weight(target("more-" + std::to_string(number), "lifts", at_least(100 + number)), 0));
      p.targets.push_back(with_weight(target("cap-" + std::to_string(number), "overtime", at_most(1)), 0));
      p.targets.push_back(with_weight(every_month(target("every-" + std::to_string(number), "loans", at_least(1))), 0));
    }
    const evaluation after = evaluate(programme(more), book, at(date(2021, 9, 30)));
    INFO("seed " << seed);
    CHECK(difference(after.data().nodes, before.data().nodes) == "");
  }
}

TEST_CASE("as-of changes a reading's amount only on days when something happened, staleness apart", "[engine][property]") {
  const programme plan(lively());
  for (unsigned seed = 0; seed < seeds; ++seed) {
    const std::vector<observation> entries = random_entries(seed, 250);
    std::vector<date> days;
    for (date d(2020, 12, 25); d < date(2022, 1, 10); d = d + 1) days.push_back(d);
    const std::vector<evaluation> all = history(plan, ledger(entries), days, at(days.front()));
    for (std::size_t i = 1; i < days.size(); ++i) {
      const bool happened = std::ranges::any_of(entries, [&](const observation& o) { return o.about.last() == days[i]; });
      if (happened) continue;
      const cell_columns& before = all[i - 1].data().cells;
      const cell_columns& after = all[i].data().cells;
      const compiled_cells& from = all[i].data().compiled->cells;
      for (std::size_t c = 0; c < after.size(); ++c) {
        if (from.targets[from.target_of[c]].judging != judging::once) continue;  // a period closes on its last day
        if (reads_a_level(*all[i].data().compiled, from.targets[from.target_of[c]].key, plan)) continue;  // may go stale on any day
        INFO("seed " << seed << ", " << to_string(days[i]) << ", " << name_of_cell(all[i], c));
        REQUIRE(after.reading_missing[c] == before.reading_missing[c]);
        REQUIRE(same_bits(after.reading[c], before.reading[c]));
      }
    }
  }
}

TEST_CASE("evaluating twice gives the same bits, also with nothing remembered", "[engine][property]") {
  for (unsigned seed = 0; seed < seeds; ++seed) {
    const programme plan(lively());
    const ledger book(random_entries(seed));
    const evaluation once = evaluate(plan, book, at(date(2021, 9, 30)));
    CHECK(difference(evaluate(plan, book, at(date(2021, 9, 30))), once) == "");
    CHECK(difference(evaluate(programme(lively()), ledger(random_entries(seed)), at(date(2021, 9, 30))), once) == "");
  }
}

TEST_CASE("any number of threads gives the same bits (D5)", "[engine][property]") {
  const programme plan(lively());
  for (unsigned seed = 0; seed < seeds; ++seed) {
    const ledger book(random_entries(seed));
    const evaluation alone = evaluate(plan, book, at(date(2021, 9, 30)));
    for (int threads = 2; threads <= 4; ++threads) {
      evaluate_options options = at(date(2021, 9, 30));
      options.threads = threads;
      INFO("seed " << seed << ", " << threads << " threads");
      CHECK(difference(evaluate(plan, book, options), alone) == "");
    }
  }
}

TEST_CASE("so it does where nodes have thousands of children, and for a history of them (D5)", "[engine][property]") {
  programme_spec spec = programme_of({level("x")}, {});
  spec.projects.clear();
  for (int p = 0; p < 9; ++p) {
    project_spec& project = spec.projects.emplace_back();
    project.id = project.name = "p" + std::to_string(p);
    for (int t = 0; t < 1000; ++t) {
      project.targets.push_back(with_baseline(target(project.id + "." + std::to_string(t), "x", at_least(50 + t)), p - 4.5));
    }
  }
  const programme plan(spec);
  std::vector<observation> said;
  for (const char* month : {"2021-01", "2021-02", "2021-04", "2021-05"}) {
    said.push_back(report("x", "city", month, 100.0 * static_cast<double>(said.size() + 1) / 3));
  }
  const ledger book(said);
  std::vector<date> days;
  for (const int month : {2, 6, 4, 5, 12}) days.push_back(date(2021, 1, 31) + 30 * month);
  const std::vector<evaluation> run = history(plan, book, days, {.as_of = days[0], .threads = 2});
  for (std::size_t i = 0; i < days.size(); ++i) {
    const evaluation alone = evaluate(plan, book, {.as_of = days[i]});
    INFO(to_string(days[i]));
    CHECK(difference(evaluate(plan, book, {.as_of = days[i], .threads = 3}), alone) == "");
    CHECK(difference(run[i], alone) == "");
  }
}

TEST_CASE("history gives the bits of single evaluations, whatever order the days come in", "[engine][property]") {
  const programme plan(lively());
  std::mt19937 random(2);
  for (unsigned seed = 0; seed < seeds; ++seed) {
    const ledger book(random_entries(seed));
    std::vector<date> days;
    for (int i = 0; i < 20; ++i) days.push_back(date(2020, 12, 1) + static_cast<int>(random() % 450));
    const std::vector<evaluation> all = history(plan, book, days, at(days[0]));
    for (std::size_t i = 0; i < days.size(); ++i) {
      INFO("seed " << seed << ", " << to_string(days[i]));
      REQUIRE(difference(all[i], evaluate(programme(lively()), book, at(days[i]))) == "");
    }
  }
}

TEST_CASE("a portfolio of two programmes gives the bits of the two alone", "[engine][property]") {
  programme_spec second = lively();
  second.id = "second";
  second.projects.erase(second.projects.begin() + 1, second.projects.begin() + 3);
  second.projects[0].weight = 5;
  const programme a(lively());
  const programme b(second);
  for (unsigned seed = 0; seed < seeds; ++seed) {
    const ledger book(random_entries(seed));
    const evaluation both = evaluate(portfolio({a, b}), book, at(date(2021, 9, 30)));
    INFO("seed " << seed);
    for (const programme& p : {a, b}) {
      const evaluation alone = evaluate(p, book, at(date(2021, 9, 30)));
      for (const target_result& t : alone.targets(true)) {
        const target_result same = both.target(p.id() + "/" + t.id(), t.place());
        INFO(t.id() << " at " << t.place());
        REQUIRE(same_bits(both.data().cells[same.cell()], alone.data().cells[t.cell()]));
      }
      for (const programme_node& node : p.nodes()) {
        const std::string id = node.spec == nullptr ? "" : node.spec->id;
        const project_result same = both.project(id.empty() ? p.id() : p.id() + "/" + id);
        REQUIRE(same_bits(both.data().nodes[same.node_cell()], alone.data().nodes[alone.project(id).node_cell()]));
      }
    }
  }
}

TEST_CASE("moving a reading toward its goal never lowers its attainment", "[engine][property]") {
  std::mt19937 random(4);
  std::uniform_real_distribution<double> amount(-20, 220);
  for (int i = 0; i < 100; ++i) {
    programme_spec spec = programme_of({level("x")}, {});
    const double goal = std::round(amount(random));
    const double baseline = std::round(amount(random));
    const bool up = goal > baseline;
    if (goal == baseline) continue;
    spec.projects[0].targets = {with_baseline(target("1.1", "x", up ? at_least(goal) : at_most(goal)), baseline)};
    const programme plan(spec);
    std::vector<double> readings;
    for (int k = 0; k < 20; ++k) readings.push_back(amount(random));
    std::ranges::sort(readings);
    if (!up) std::ranges::reverse(readings);
    double before = -INFINITY;
    for (const double x : readings) {
      const double a = evaluate(plan, ledger(std::vector{report("x", "city", "2021-09", x)}), {.as_of = date(2021, 9, 30)}).target("1.1").attainment().value();
      REQUIRE(a >= before);
      before = a;
    }
  }
}
