#include <attain/io/table.hpp>

#include "column_builder.hpp"

namespace attain::inline v0::io {

namespace {

using namespace detail;

constexpr struct {
  const char* name;
  double change_components::*value;
} component_columns[] = {{"performance", &change_components::performance},
                         {"coverage", &change_components::coverage},
                         {"rules", &change_components::rules},
                         {"plan", &change_components::plan}};

}  // namespace

table change_table(const node_change& from) {
  // The words of the columns live in the copy that they keep.
  const auto kept = std::make_shared<const node_change>(from);
  const std::vector<change_part>& parts = kept->parts();
  const std::size_t size = parts.size();
  const auto word = [&](const char* name, auto word_of) {
    word_column made(size);
    for (const change_part& part : parts) made.add(word_of(part));
    column words = std::move(made).finish(name);
    words.owners.push_back(kept);
    return words;
  };
  const auto number = [&](const char* name, auto value_of) {
    number_column made(size);
    for (const change_part& part : parts) made.add(value_of(part));
    return std::move(made).finish(name);
  };
  table made{.rows = size};
  made.columns = {
      word("target", [](const change_part& p) { return p.is_target ? std::string_view(p.id) : std::string_view{}; }),
      word("project", [](const change_part& p) { return p.is_target ? std::string_view{} : std::string_view(p.id); }),
      word("name", [](const change_part& p) { return std::string_view(p.name); }),
      word("place", [](const change_part& p) { return std::string_view(p.place); }),
      number("before", [](const change_part& p) { return p.before; }),
      number("after", [](const change_part& p) { return p.after; }),
      number("contribution", [](const change_part& p) { return answer<double>(p.components.sum()); }),
  };
  for (const auto& one : component_columns) {
    made.columns.push_back(number(one.name, [&](const change_part& p) { return answer<double>(p.components.*one.value); }));
  }
  made.columns.push_back(number("standard_error", [](const change_part& p) { return answer<double>(p.standard_error); }));
  return made;
}

table comparison_table(const evaluation_comparison& from) {
  std::vector<node_change> all;
  const evaluation& after = from.after();
  for (const programme& p : after.plan().programmes()) {
    for (std::size_t i = 0; i < p.nodes().size(); ++i) {
      all.push_back(from.change(p.id() + (i == 0 ? "" : "/" + p.nodes()[i].spec->id)));
    }
  }
  const auto kept = std::make_shared<const std::vector<node_change>>(std::move(all));
  const std::size_t size = kept->size();
  const auto word = [&](const char* name, const std::string& (node_change::*value)() const) {
    word_column made(size);
    for (const node_change& one : *kept) made.add((one.*value)());
    column words = std::move(made).finish(name);
    words.owners.push_back(kept);
    return words;
  };
  const auto number = [&](const char* name, auto value_of) {
    number_column made(size);
    for (const node_change& one : *kept) made.add(value_of(one));
    return std::move(made).finish(name);
  };
  table made{.rows = size};
  made.columns = {
      word("project", &node_change::id),
      word("name", &node_change::name),
      word("place", &node_change::place),
      number("before", [](const node_change& c) { return c.before(); }),
      number("after", [](const node_change& c) { return c.after(); }),
      number("change", [](const node_change& c) { return c.change(); }),
  };
  for (const auto& one : component_columns) {
    made.columns.push_back(number(one.name, [&](const node_change& c) {
      return c.change().has_value() ? answer<double>(c.components().*one.value) : c.change();
    }));
  }
  return made;
}

}  // namespace attain::inline v0::io
