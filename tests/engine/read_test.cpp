#include <attain/engine/read.hpp>

#include "engine/scene.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

/// Reads the key of the first target of a scene.
class first_key {
 public:
  explicit first_key(const scene& of) : plan_(of.spec), now_(of.at("2021-01-01")), reader_(*now_.data().compiled) {}

  cell_reading on(std::string_view day, std::string_view place = "city") {
    const std::uint32_t key = now_.data().compiled->cells.targets[0].key;
    reader_.read(key, parse_date(day).days());
    return reader_.at(cell(place));
  }
  std::uint32_t cell(std::string_view place) const {
    const compiled& from = *now_.data().compiled;
    const reading_key& key = from.readings.keys[from.cells.targets[0].key];
    for (std::uint32_t c = key.first_cell; c < key.first_cell + key.cell_count; ++c) {
      if (plan_.places()[from.readings.place[c]].id == place) return c;
    }
    return none;
  }
  const compiled& from() const { return *now_.data().compiled; }

 private:
  programme plan_;
  evaluation now_;
  reader reader_;
};

scene sums(std::vector<observation> said) { return {programme_of({increment("x", "元")}, {target("1.1", "x", at_least(100))}), std::move(said)}; }
scene levels(std::vector<observation> said) { return {programme_of({level("x")}, {target("1.1", "x", at_least(100))}), std::move(said)}; }

constexpr std::uint8_t missing(reason why) { return static_cast<std::uint8_t>(why); }

}  // namespace

TEST_CASE("a day is read at its close and cut to the due day (R2, R3)", "[engine][read]") {
  first_key read(sums({report("x", "city", "2021-01", 1), report("x", "city", "2021-12", 2), report("x", "city", "2022-01", 4)}));
  CHECK(read.on("2021-01-30").missing == missing(reason::no_observation));
  CHECK(read.on("2021-01-31").amount.low == 1);
  CHECK(read.on("2021-12-31").amount.low == 3);
  CHECK(read.on("2030-01-01").amount.low == 3);
}

TEST_CASE("own entries beat the sum of the children from their own day on (R9)", "[engine][read]") {
  first_key read(sums({report("x", "east", "2021-01", 1), report("x", "west", "2021-01", 2), report("x", "city", "2021-02", 10)}));
  CHECK(read.on("2021-01-31").amount.low == 3);
  CHECK(read.on("2021-02-28").amount.low == 10);
  CHECK(read.on("2021-02-28", "east").amount.low == 1);
}

TEST_CASE("a withdrawn own report gives way to the children, an ambiguous one does not (R9)", "[engine][read]") {
  std::vector<observation> said{report("x", "east", "2021-01", 1), report("x", "city", "2021-01", 9), withdrawal("x", "city", "2021-01", "2021-03-01")};
  CHECK(first_key(sums(said)).on("2021-06-30").amount.low == 1);
  said[2] = report("x", "city", "2021-01", 8);
  CHECK(first_key(sums(said)).on("2021-06-30").missing == missing(reason::ambiguous));
}

TEST_CASE("the covered share is of place-days: by time at a place, by weight over places (R8a)", "[engine][read]") {
  first_key read(sums({report("x", "east", "2021-01", 1)}));
  CHECK(read.on("2021-01-31", "east").covered == 1);
  CHECK(read.on("2021-01-31").covered == 0.5);
  CHECK(read.on("2021-03-03", "east").covered == 0.5);  // 31 of 62 days
  CHECK(read.on("2021-03-03").covered == 0.25);
}

TEST_CASE("a stale child has no amount; if all are stale so is the place (R6, R9a)", "[engine][read]") {
  first_key read(levels({report("x", "east", "2021-03-31", 1), report("x", "west", "2021-05-31", 2)}));
  CHECK(read.on("2021-05-31").amount.low == 3);
  CHECK(read.on("2021-06-30").amount.low == 2);
  CHECK(read.on("2021-06-30", "east").missing == missing(reason::stale));
  CHECK(read.on("2021-06-30").covered == 0.5);
  CHECK(read.on("2021-09-30").missing == missing(reason::stale));
}

TEST_CASE("over quotas the covered share goes by these, also where amounts do not add up across places (R8a)", "[engine][read]") {
  scene of{programme_of({level("x", "人", combination::greatest)}, {target("1.1", "x", at_least(100))}),
           {report("x", "west", "2021-05-31", 2)}};
  of.spec.places.push_back({.id = "south", .within = "east"});
  CHECK(first_key(of).on("2021-05-31").covered == 0.5);  // by declared weights
  of.spec.projects[0].targets[0].quotas = {{.place = "south", .goal = 30}};
  CHECK(first_key(of).on("2021-05-31").covered == 0);  // what is below the east weighs 30, the west nothing
  of.spec.projects[0].targets[0].quotas.push_back({.place = "west", .goal = 90});
  CHECK(first_key(of).on("2021-05-31").covered == 0.75);
}

TEST_CASE("a child without a weight has no amount in a weighted mean (R9d)", "[engine][read]") {
  scene of{programme_of({level("x", "人", combination::weighted_mean), level("size")}, {target("1.1", "x", at_least(100))}),
           {report("x", "east", "2021-05-31", 2), report("x", "west", "2021-05-31", 4), report("size", "west", "2021-05-31", 10)}};
  of.spec.indicators[0].weighted_by = "size";
  CHECK(first_key(of).on("2021-05-31").amount.low == 4);
  of.said.pop_back();
  CHECK(first_key(of).on("2021-05-31").missing == missing(reason::no_observation));
  of.said[1] = report("x", "west", "2021-01-31", 4);
  CHECK(first_key(of).on("2021-05-31").missing == missing(reason::no_observation));  // before stale, in the order of N
  of.said.push_back(report("size", "east", "2021-05-31", 0));
  CHECK(first_key(of).on("2021-05-31").missing == missing(reason::denominator_zero));
}

TEST_CASE("a tuple with a member that does not combine across places is read from own entries only (R9e, S6a)", "[engine][read]") {
  scene of{programme_of({level("a"), level("b"), ratio("share", "a", "b")}, {target("1.1", "share", at_least(0.5))}),
           {report("a", "east", "2021-01", 10), without_amount("b", "east", "2021-01", reason::withheld)}};
  CHECK(first_key(of).on("2021-01-31").missing == missing(reason::withheld));
  CHECK(first_key(of).on("2021-01-31").seen);
  of.spec.indicators[0].across_places = combination::none;
  CHECK(first_key(of).on("2021-01-31").missing == missing(reason::no_observation));
  CHECK_FALSE(first_key(of).on("2021-01-31").seen);
}

TEST_CASE("an entry is seen although it has no amount (S6a)", "[engine][read]") {
  first_key read(sums({without_amount("x", "east", "2021-01", reason::withheld)}));
  CHECK(read.on("2021-01-31").seen);
  CHECK(read.on("2021-01-31").missing == missing(reason::withheld));
  CHECK_FALSE(read.on("2021-01-30").seen);
}

TEST_CASE("sums over places add the ends of intervals, and an open end opens the sum (R11a)", "[engine][read]") {
  std::vector<observation> said{interval("x", "east", "2021-01", 1, 3), report("x", "west", "2021-01", 10)};
  const cell_reading closed = first_key(sums(said)).on("2021-01-31");
  CHECK(closed.amount.low == 11);
  CHECK(closed.amount.high == 13);
  CHECK_FALSE(closed.amount.high_open);
  said[1].high_open = true;
  CHECK(first_key(sums(said)).on("2021-01-31").amount.high_open);
}

TEST_CASE("sums over places are exact, whatever the sizes (U7)", "[engine][read]") {
  scene of = sums({report("x", "east", "2021-01", 1e17), report("x", "west", "2021-01", 1), report("x", "north", "2021-01", -1e17)});
  of.spec.places.push_back({.id = "north", .within = "city"});
  CHECK(first_key(of).on("2021-01-31").amount.low == 1);
}

TEST_CASE("a sum too large for a number is an overflow", "[engine][read]") {
  first_key read(levels({report("x", "east", "2021-01", 1.5e308), report("x", "west", "2021-01", 1.5e308)}));
  CHECK(read.on("2021-01-31").missing == missing(reason::overflow));
}

TEST_CASE("an interval in a ratio gives the widest quotient (R11c)", "[engine][read]") {
  const scene of{programme_of({level("a"), level("b"), ratio("share", "a", "b")}, {target("1.1", "share", at_least(0.5))}),
                 {interval("a", "city", "2021-01", 10, 20), interval("b", "city", "2021-01", 40, 50)}};
  const cell_reading r = first_key(of).on("2021-01-31");
  CHECK(r.amount.low == 0.2);
  CHECK(r.amount.high == 0.5);
  for (const double low : {0.0, -10.0}) {  // a quotient by what may be 0 has no bounds
    scene by_zero = of;
    by_zero.said[1].low = low;
    CHECK(first_key(by_zero).on("2021-01-31").missing == missing(reason::not_comparable));
  }
}

TEST_CASE("a ratio to zero has no value (R7)", "[engine][read]") {
  const scene of{programme_of({level("a"), level("b"), ratio("share", "a", "b")}, {target("1.1", "share", at_least(0.5))}),
                 {report("a", "city", "2021-01", 10), report("b", "city", "2021-01", 0)}};
  CHECK(first_key(of).on("2021-01-31").missing == missing(reason::denominator_zero));
}

TEST_CASE("the first reached day begins the run that is still reached (P3, P3c)", "[engine][read]") {
  first_key read(levels({report("x", "city", "2021-02-28", 120), report("x", "city", "2021-03-31", 90), report("x", "city", "2021-04-30", 100),
                         report("x", "city", "2021-05-31", 130)}));
  const target_plan& t = read.from().cells.targets[0];
  CHECK(first_reached_day(read.from(), t, 0, parse_date("2021-06-15").days()) == parse_date("2021-04-30").days());
  CHECK(first_reached_day(read.from(), t, 0, parse_date("2021-03-15").days()) == parse_date("2021-02-28").days());
}
