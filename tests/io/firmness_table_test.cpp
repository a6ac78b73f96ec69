#include <attain/io/firmness_table.hpp>

#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace attain;

namespace {

/// Two targets with weights 3 and 1 at two places; the second place lacks one score.
scores_of_places two_places() {
  return {.tree = {.parent = {0, 0, 0}, .weight = {1, 3, 1}},
          .sheet = {.units = 2, .score = {0.4, 0.8, 0.6, 0}, .missing = {0, 0, 0, 1}},
          .nodes = {"all", "1.1", "1.2"},
          .places = {"east", "west"}};
}

std::vector<std::string> words_of(const io::column& of) {
  std::vector<std::string> words;
  for (std::size_t row = 0; row < of.size(); ++row) words.emplace_back(of.word(row));
  return words;
}

}  // namespace

TEST_CASE("draws are a table of places, and one of places and ranks", "[io][firmness_table]") {
  const scores_of_places of = two_places();
  const firmness found = firmness_of(of.tree, of.sheet, {.seed = 5, .draws = 200});
  const io::table places = io::firmness_table(of, found);
  CHECK(words_of(places.at("place")) == std::vector<std::string>{"east", "west"});
  CHECK(places.at("score").numbers[0] == 0.5);
  CHECK(places.at("rank").integers[1] == 1);
  CHECK(places.at("mean").numbers[1] == found.mean[1]);
  CHECK(places.at("first").numbers[0] == found.rank_share[0]);
  const io::table ranks = io::rank_share_table(of, found);
  REQUIRE(ranks.rows == 4);
  CHECK(words_of(ranks.at("place")) == std::vector<std::string>{"east", "east", "west", "west"});
  for (std::size_t row = 0; row < 4; ++row) CHECK(ranks.at("share").numbers[row] == found.rank_share[row]);
}

TEST_CASE("what a part decides is a row a node and place, without a score where none is left", "[io][firmness_table]") {
  const scores_of_places of = two_places();
  const io::table made = io::leave_one_out_table(of, leave_one_out(of.tree, of.sheet));
  CHECK(words_of(made.at("without")) == std::vector<std::string>{"1.1", "1.1", "1.2", "1.2"});
  CHECK(made.at("score").numbers[0] == 0.8);
  CHECK(made.at("score").why(1) == reason::no_observation);
  CHECK(made.at("rank").is_missing(1));
}

TEST_CASE("ranges of weights are a row a node", "[io][firmness_table]") {
  scores_of_places of = two_places();
  of.sheet.missing.clear();
  const auto ranges = stable_weights(of.tree, of.sheet);
  const io::table made = io::weight_range_table(of, *ranges);
  CHECK(words_of(made.at("node")) == of.nodes);
  CHECK(made.at("share").numbers[1] == 0.75);
  CHECK(made.at("most").numbers[1] == (*ranges)[1].most);
}
