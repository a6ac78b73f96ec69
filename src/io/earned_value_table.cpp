#include <attain/io/table.hpp>

#include "column_builder.hpp"

namespace attain::inline v0::io {

table earned_value_table(const evaluation& from, const earned_value_options& options, std::optional<std::string_view> place) {
  using namespace detail;
  const std::vector<earned_value> all = earned_values(from, options, place);
  const std::size_t size = all.size();
  const auto word = [&](std::string name, auto word_of) {
    word_column made(size);
    for (const earned_value& one : all) made.add(word_of(one.node()));
    column words = std::move(made).finish(std::move(name));
    words.owners.push_back(from.share());
    return words;
  };
  const auto number = [&](std::string name, auto value_of) {
    number_column made(size);
    for (const earned_value& one : all) made.add(value_of(one));
    return std::move(made).finish(std::move(name));
  };
  const auto of_amounts = [&](std::string name, answer<double> (*value)(const earned_amounts&)) {
    return number(std::move(name), [value](const earned_value& of) { return value(of.amounts()); });
  };
  const auto estimate = [](const earned_value& of) { return estimate_at_completion(of.amounts(), cost_index(of.amounts())); };
  std::vector<std::int32_t> starts;
  std::vector<std::uint8_t> without_start;
  for (const earned_value& one : all) {
    starts.push_back(one.start().has_value() ? one.start()->days() : 0);
    without_start.push_back(one.start().has_value() ? std::uint8_t{0} : static_cast<std::uint8_t>(one.start().why()));
  }

  table made{.rows = size};
  made.columns = {
      word("project", [](const project_result& n) { return n.is_root() ? std::string_view{} : std::string_view(n.id()); }),
      word("name", [](const project_result& n) { return std::string_view(n.name()); }),
      word("place", [](const project_result& n) { return std::string_view(n.place()); }),
      number("budget", [](const earned_value& of) { return of.amounts().budget; }),
      number("planned", [](const earned_value& of) { return of.amounts().planned; }),
      number("earned", [](const earned_value& of) { return of.amounts().earned; }),
      number("cost", [](const earned_value& of) { return of.amounts().cost; }),
      number("coverage", [](const earned_value& of) { return answer<double>(of.coverage()); }),
      of_amounts("schedule_variance", &schedule_variance),
      of_amounts("cost_variance", &cost_variance),
      of_amounts("schedule_index", &schedule_index),
      of_amounts("cost_index", &cost_index),
      of_amounts("combined_index", &combined_index),
      of_amounts("share_complete", &share_complete),
      number("estimate_at_completion", estimate),
      number("variance_at_completion",
             [&](const earned_value& of) { return variance_at_completion(of.amounts(), estimate(of)); }),
      number("to_complete_index",
             [](const earned_value& of) { return to_complete_index(of.amounts(), of.amounts().budget); }),
      integer_column("start", column_kind::day, std::move(starts), std::move(without_start)),
      number("duration", [](const earned_value& of) { return of.time().duration; }),
      number("earned_schedule", [](const earned_value& of) { return of.time().earned; }),
      number("actual_time", [](const earned_value& of) { return of.time().actual; }),
      number("time_variance", [](const earned_value& of) { return time_variance(of.time()); }),
      number("time_index", [](const earned_value& of) { return time_index(of.time()); }),
      number("duration_at_completion",
             [](const earned_value& of) {
               return duration_at_completion(duration_method::earned_schedule, duration_factor::schedule, of.amounts(), of.time());
             }),
  };
  return made;
}

}  // namespace attain::inline v0::io
