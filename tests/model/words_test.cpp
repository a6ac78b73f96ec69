#include <attain/model/words.hpp>

#include "support/catch.hpp"

#include <set>
#include <string>
#include <string_view>

using namespace attain;

namespace {

/// Whether the words are distinct and lead back to their values, of which @p last is the last.
template <class Enum>
void check_words(Enum last) {
  const auto words = words_of<Enum>();
  REQUIRE(words.size() == static_cast<std::size_t>(last) + 1);
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto value = static_cast<Enum>(i);
    CHECK(to_string(value) == words[i]);
    CHECK(parse_word<Enum>(words[i]) == value);
    CHECK(seen.insert(words[i]).second);
  }
  CHECK(!parse_word<Enum>(""));
  CHECK(!parse_word<Enum>("At_least"));
}

}  // namespace

TEST_CASE("every value of the model's enumerations has one word, which leads back to it", "[model][words]") {
  check_words(indicator_kind::formula);
  check_words(origin::ever);
  check_words(combination::greatest);
  check_words(aim_kind::falls);
  check_words(change_kind::percent);
  check_words(cadence_kind::throughout);
  check_words(hold_judging::each_period);
  check_words(trajectory_kind::seasonal);
  check_words(belonging::input);
  check_words(not_due_policy::count_as_zero);
  check_words(quantity::cpi);
  check_words(base_rule::eve_or_nearest);
  check_words(role::not_due);
}

TEST_CASE("the words are those of docs/programme-format.md", "[model][words]") {
  CHECK(to_string(indicator_kind::running_total) == "running_total");
  CHECK(to_string(origin::year) == "year");
  CHECK(to_string(combination::weighted_mean) == "weighted_mean");
  CHECK(to_string(aim_kind::at_least) == "at_least");
  CHECK(to_string(change_kind::percent) == "percent");
  CHECK(to_string(cadence_kind::every) == "every");
  CHECK(to_string(hold_judging::window_to_date) == "window_to_date");
  CHECK(to_string(trajectory_kind::checkpoints) == "checkpoints");
  CHECK(to_string(belonging::part) == "part_of");
  CHECK(to_string(not_due_policy::leave_out) == "leave_out");
  CHECK(to_string(missing_policy::refuse) == "refuse");
  CHECK(to_string(aggregation::worst) == "worst");
  CHECK(to_string(divisor::n_minus_1) == "n_minus_1");
  CHECK(to_string(weighting::entropy) == "entropy");
  CHECK(to_string(priority_method::column_mean) == "column_mean");
  CHECK(to_string(random_index::tummala_ling_1998) == "tummala_ling_1998");
  CHECK(to_string(entropy_transform::min_max_plus_one) == "min_max_plus_one");
  CHECK(to_string(rule_effect::fail) == "fail");
  CHECK(to_string(rule_condition::below) == "below");
  CHECK(to_string(quantity::gap) == "gap");
  CHECK(to_string(quantity::score) == "score");
  CHECK(to_string(base_rule::eve_or_nearest) == "eve_or_nearest");
  CHECK(to_string(role::on_track) == "on_track");
}

TEST_CASE("a list of words reads as a choice", "[model][words]") {
  CHECK(one_of(words_of<origin>()) == "window, year or ever");
  CHECK(one_of(aggregator_words) == "weighted_mean, geometric_mean, harmonic_mean, power_mean, least, greatest, mean_min, "
                                    "penalised_mean, weighted_median, share_met, all_met or worst");
  CHECK(one_of({}).empty());
}

TEST_CASE("a custom name is custom:NAME@VERSION and nothing else", "[model][words]") {
  const auto name = parse_custom_name("custom:city-score@2.1");
  REQUIRE(name);
  CHECK(name->name == "city-score");
  CHECK(name->version == "2.1");
  for (const char* text : {"", "worst", "custom:", "custom:a", "custom:@1", "custom:a@", "custom:a@1@2", "custom:a b@1",
                           "Custom:a@1", " custom:a@1", "custom:分@1"}) {
    INFO(text);
    CHECK(!parse_custom_name(text));
  }
  CHECK(is_custom("custom:nothing"));
  CHECK(!is_custom("worst"));
}
