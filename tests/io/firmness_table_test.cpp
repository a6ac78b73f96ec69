#include <attain/io/firmness_table.hpp>

#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace attain;

namespace {

/// Two targets with weights 3 and 1 at two places; the second place lacks one score.
const score_tree tree{.parent = {0, 0, 0}, .weight = {1, 3, 1}};
const score_sheet sheet{.units = 2, .score = {0.4, 0.8, 0.6, 0}, .missing = {0, 0, 0, 1}};
const names_of_totals two_places{.among = ranked::places, .units = {"east", "west"}, .parts = {"1.1", "1.2"}};

std::vector<std::string> words_of(const io::column& of) {
  std::vector<std::string> words;
  for (std::size_t row = 0; row < of.size(); ++row) words.emplace_back(of.word(row));
  return words;
}

}  // namespace

TEST_CASE("draws are a table of places, and one of places and ranks", "[io][firmness_table]") {
  const firmness found = firmness_of(tree, sheet, {.seed = 5, .draws = 200});
  const io::table places = io::firmness_table(two_places, found);
  CHECK(words_of(places.at("place")) == std::vector<std::string>{"east", "west"});
  CHECK(places.at("score").numbers[0] == 0.5);
  CHECK(places.at("rank").integers[1] == 1);
  CHECK(places.at("mean").numbers[1] == found.mean[1]);
  CHECK(places.at("first").numbers[0] == found.rank_share[0]);
  const io::table ranks = io::rank_share_table(two_places, found);
  REQUIRE(ranks.rows == 4);
  CHECK(words_of(ranks.at("place")) == std::vector<std::string>{"east", "east", "west", "west"});
  for (std::size_t row = 0; row < 4; ++row) CHECK(ranks.at("share").numbers[row] == found.rank_share[row]);
}

TEST_CASE("what a part decides is a row a part and place, without a score where none is left", "[io][firmness_table]") {
  const std::vector<without_node> without{
      {.node = 0, .scores = {0.8, reason::no_observation}, .ranks = {1, 0}, .mean_rank_shift = 1},
      {.node = 1, .scores = {0.4, 0.6}, .ranks = {2, 1}}};
  const io::table made = io::leave_one_out_table(two_places, without);
  CHECK(words_of(made.at("without")) == std::vector<std::string>{"1.1", "1.1", "1.2", "1.2"});
  CHECK(words_of(made.at("place")) == std::vector<std::string>{"east", "west", "east", "west"});
  CHECK(made.at("score").numbers[0] == 0.8);
  CHECK(made.at("score").why(1) == reason::no_observation);
  CHECK(made.at("rank").is_missing(1));
  CHECK(made.at("mean_rank_shift").numbers[0] == 1);
}

TEST_CASE("ranges of weights are a row a part, and none has its reason", "[io][firmness_table]") {
  const std::vector<answer<weight_range>> ranges{weight_range{.share = 0.75, .least = 0.5, .most = 1}, reason::not_applicable};
  const io::table made = io::weight_range_table(two_places, ranges);
  CHECK(words_of(made.at("node")) == two_places.parts);
  CHECK(made.at("share").numbers[0] == 0.75);
  CHECK(made.at("least").numbers[0] == 0.5);
  CHECK(made.at("most").why(1) == reason::not_applicable);
}

TEST_CASE("projects are told as such", "[io][firmness_table]") {
  names_of_totals projects = two_places;
  projects.among = ranked::projects;
  const io::table made = io::firmness_table(projects, firmness_of(tree, sheet, {.draws = 10}));
  CHECK(words_of(made.at("project")) == projects.units);
  CHECK(made.at("answered").numbers[0] == 1);
}
