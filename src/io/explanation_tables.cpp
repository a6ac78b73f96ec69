#include <attain/io/table.hpp>

#include "column_builder.hpp"

#include <memory>

namespace attain::inline v0::io {

table step_table(const explanation& from) {
  using namespace detail;
  // The words of the columns live in a copy that they keep.
  const auto kept = std::make_shared<const explanation>(from);
  const std::size_t size = kept->steps.size();
  const auto word = [&](std::string name, auto word_of) {
    word_column made(size);
    for (const explanation_step& s : kept->steps) made.add(word_of(s));
    column words = std::move(made).finish(std::move(name));
    words.owners.push_back(kept);
    return words;
  };
  std::vector<std::int32_t> numbers;
  std::vector<double> values;
  std::vector<std::uint8_t> missing;
  std::vector<std::uint8_t> aside;
  for (const explanation_step& s : kept->steps) {
    numbers.push_back(static_cast<std::int32_t>(numbers.size()));
    values.push_back(s.value.value_or(0));
    const std::uint8_t why = s.missing ? static_cast<std::uint8_t>(*s.missing) : column::unexplained;
    missing.push_back(s.value ? std::uint8_t{0} : why);
    aside.push_back(s.aside ? 1 : 0);
  }
  column value{.name = "value", .kind = column_kind::number};
  value.numbers = keep(value, std::move(values));
  keep_missing(value, std::move(missing));
  table made{.rows = size};
  made.columns = {
      integer_column("step", column_kind::count, std::move(numbers)),
      word("kind", [](const explanation_step& s) { return to_string(s.kind); }),
      word("rule", [](const explanation_step& s) { return std::string_view(s.rule); }),
      word("text", [](const explanation_step& s) { return std::string_view(s.text); }),
      word("operation", [](const explanation_step& s) { return to_string(s.operation); }),
      std::move(value),
      word("state", [](const explanation_step& s) { return std::string_view(s.state); }),
      word("reason", [](const explanation_step& s) { return s.missing ? to_string(*s.missing) : std::string_view{}; }),
      word("fate", [](const explanation_step& s) { return s.fate ? to_string(*s.fate) : std::string_view{}; }),
      flag_column("aside", std::move(aside)),
  };
  return made;
}

table step_input_table(const explanation& from) {
  using namespace detail;
  const auto kept = std::make_shared<const explanation>(from);
  std::vector<std::int32_t> steps, sources;
  std::vector<double> values, weights;
  std::vector<std::uint8_t> without_weight, without_source;
  word_column names(0);
  for (std::size_t i = 0; i < kept->steps.size(); ++i) {
    for (const step_input& input : kept->steps[i].inputs) {
      steps.push_back(static_cast<std::int32_t>(i));
      names.add(input.name);
      values.push_back(input.value);
      weights.push_back(input.weight.value_or(0));
      without_weight.push_back(input.weight ? std::uint8_t{0} : column::unexplained);
      sources.push_back(input.step ? static_cast<std::int32_t>(*input.step) : 0);
      without_source.push_back(input.step ? std::uint8_t{0} : column::unexplained);
    }
  }
  const auto number = [](std::string name, std::vector<double> numbers, std::vector<std::uint8_t> missing) {
    column made{.name = std::move(name), .kind = column_kind::number};
    made.numbers = keep(made, std::move(numbers));
    keep_missing(made, std::move(missing));
    return made;
  };
  table made{.rows = steps.size()};
  column name = std::move(names).finish("name");
  name.owners.push_back(kept);
  made.columns = {integer_column("step", column_kind::count, std::move(steps)), std::move(name),
                  number("value", std::move(values), {}), number("weight", std::move(weights), std::move(without_weight)),
                  integer_column("from_step", column_kind::count, std::move(sources), std::move(without_source))};
  return made;
}

}  // namespace attain::inline v0::io
