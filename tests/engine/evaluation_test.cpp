#include <attain/engine/evaluation.hpp>

#include "engine/scene.hpp"
#include "support/catch.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

/// Lifts by county, a nested project, an alias and a band.
scene small() {
  scene of{lifts(), {report("lifts", "east", until_september, 60), report("lifts", "west", until_september, 40)}};
  of.spec.indicators.push_back(increment("flats", "套"));
  target_spec band = target("2.1", "flats", between(10, 20));
  band.aliases = {{.id = "2.2", .aim = between(10, 20)}};
  of.spec.projects.push_back(project("2", {}));
  of.spec.projects[1].name = "Homes";
  of.spec.projects[1].projects = {project("2.a", {band})};
  return of;
}

}  // namespace

TEST_CASE("targets are found by id, by alias and with the programme before them", "[engine][evaluation]") {
  const evaluation now = small().at("2021-09-30");
  CHECK(now.target("1.1").id() == "1.1");
  CHECK(now.target("lesson/1.1").cell() == now.target("1.1").cell());
  CHECK(now.target("2.2").id() == "2.1");
  CHECK(now.target("1.1").place() == "city");
  CHECK(now.target("1.1", "east").place() == "east");
  CHECK(now.target("1.1").indicator().id == "lifts");
}

TEST_CASE("projects are found by id, and the root by the empty id or the programme's", "[engine][evaluation]") {
  const evaluation now = small().at("2021-09-30");
  CHECK(now.project("2.a").id() == "2.a");
  CHECK(now.project("2").name() == "Homes");
  CHECK(now.project("").is_root());
  CHECK(now.project("lesson").is_root());
  CHECK(now.root().id() == "lesson");
  CHECK_FALSE(now.project("1").is_root());
  CHECK(now.project("1", "west").place() == "west");
}

TEST_CASE("a project without targets has no answer and takes no part above", "[engine][evaluation]") {
  scene of = small();
  const auto before = of.at("2021-09-30").root().attainment();
  of.spec.projects.push_back(project("3", {}));
  const evaluation now = of.at("2021-09-30");
  CHECK(now.project("3").id() == "3");
  CHECK(now.project("3").attainment() == reason::not_applicable);
  CHECK(now.project("3").targets().empty());
  CHECK(now.root().attainment() == before);
}

TEST_CASE("an id that does not exist is refused with the nearest ones", "[engine][evaluation]") {
  const evaluation now = small().at("2021-09-30");
  CHECK_THROWS_MATCHES(now.target("1.l"), unknown_id, MessageContains("1.1"));
  CHECK_THROWS_AS(now.project("9"), unknown_id);
  CHECK_THROWS_AS(now.target("1.1", "eastt"), unknown_id);
  CHECK_THROWS_AS(now.target("2.1", "east"), unknown_id);   // a place, but none of this target
  CHECK_THROWS_AS(now.project("2", "west"), unknown_id);
}

TEST_CASE("targets come in the order of the programme, with the places below on request", "[engine][evaluation]") {
  const evaluation now = small().at("2021-09-30");
  const auto names = [](const std::vector<target_result>& results) {
    std::vector<std::string> all;
    for (const target_result& r : results) all.push_back(r.id() + " " + r.place());
    return all;
  };
  CHECK(names(now.targets()) == std::vector<std::string>{"1.1 city", "2.1 city"});
  CHECK(names(now.targets(true)) == std::vector<std::string>{"1.1 city", "1.1 east", "1.1 west", "2.1 city"});
  CHECK(names(now.project("1", "east").targets()) == std::vector<std::string>{"1.1 east"});
  CHECK(now.root().projects().size() == 2);
  CHECK(now.root().projects()[1].projects()[0].id() == "2.a");
  CHECK(now.root().targets().empty());
}

TEST_CASE("a result keeps its evaluation alive", "[engine][evaluation]") {
  std::optional<target_result> kept;
  {
    const evaluation now = small().at("2021-09-30");
    kept = now.target("1.1");
  }
  CHECK(kept->reading() == 100.0);
  CHECK(status_of(*kept) == "on_track");
}

TEST_CASE("of a band the goal is its lower edge and the upper goal its upper one", "[engine][evaluation]") {
  const evaluation now = small().at("2021-09-30");
  CHECK(now.target("2.1").goal() == 10.0);
  CHECK(now.target("2.1").upper_goal() == 20.0);
  CHECK(now.target("1.1").upper_goal() == reason::not_applicable);
}

TEST_CASE("a reading only has a reading and is not applicable otherwise", "[engine][evaluation]") {
  scene of = small();
  of.spec.projects[0].targets.push_back({.id = "1.9", .indicator = "lifts"});
  const target_result only = of.at("2021-09-30").target("1.9");
  CHECK(only.reading() == 100.0);
  CHECK(only.goal() == reason::not_applicable);
  CHECK(only.baseline() == reason::not_applicable);
  CHECK(only.attainment() == reason::not_applicable);
  CHECK(only.status() == reason::not_applicable);
}

TEST_CASE("the data day is the end of the last period used, over several places the latest (D4)", "[engine][evaluation]") {
  scene of = small();
  CHECK(of.at("2021-12-01").target("1.1").data_day() == date(2021, 9, 30));
  of.said.push_back(report("lifts", "west", "2021-10", 1));
  CHECK(of.at("2021-12-01").target("1.1").data_day() == date(2021, 10, 31));
  CHECK(of.at("2021-12-01").target("1.1", "east").data_day() == date(2021, 9, 30));
  CHECK(of.at("2021-12-01").target("2.1").data_day() == reason::no_observation);
}

TEST_CASE("statuses are equal by method and word", "[engine][evaluation]") {
  const evaluation now = small().at("2021-09-30");
  CHECK(now.target("1.1").status().value() == now.project("1").status().value());
  CHECK(now.target("1.1").status().value() == "on_track");
  CHECK_FALSE(now.target("1.1").status().value() == "met");
  CHECK(now.target("1.1").status()->means() == role::on_track);
  CHECK(now.target("1.1").status()->method().name == "time_proportional");
}

TEST_CASE("an evaluation says as of when, known when, of what", "[engine][evaluation]") {
  const scene of = small();
  CHECK(of.at("2021-09-30").as_of() == date(2021, 9, 30));
  CHECK(of.at("2021-09-30").known_at() == std::nullopt);
  CHECK(of.at("2021-09-30", "2021-10-02").known_at() == date(2021, 10, 2));
  CHECK(of.at("2021-09-30").book() == ledger(of.said));
  CHECK(of.at("2021-09-30").plan().programmes()[0] == programme(of.spec));
}

TEST_CASE("leaves are counted by what became of them", "[engine][evaluation]") {
  const leaf_counts leaves = small().at("2021-09-30").root().leaves();
  CHECK(leaves.all == 2);
  CHECK(leaves.progress == 2);
  CHECK(leaves.met == 0);
  CHECK(leaves.not_due == 0);
}
