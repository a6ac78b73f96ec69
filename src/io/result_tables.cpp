#include <attain/io/table.hpp>

#include <attain/core/id.hpp>
#include <attain/core/unit.hpp>
#include <attain/model/words.hpp>

#include "column_builder.hpp"

#include <deque>
#include <functional>
#include <span>

namespace attain::inline v0::io {

namespace {

using namespace detail;

const programme& programme_of(const evaluation_data& data, std::uint32_t number) { return data.plan.programmes()[number]; }

/// The columns of targets for some of the cells of an evaluation, or for all of them as they lie there.
class target_columns {
 public:
  explicit target_columns(const evaluation& from) : from_(from), data_(from.data()), size_(cells().place.size()) {}
  target_columns(const evaluation& from, std::vector<std::uint32_t> chosen)
      : from_(from), data_(from.data()), size_(chosen.size()) {
    // Cells that are all chosen are in order.
    if (size_ != cells().place.size()) chosen_ = std::move(chosen);
  }

  table make(std::span<const std::string> only) const;

 private:
  const compiled_cells& cells() const { return data_.compiled->cells; }
  bool all() const { return chosen_.empty() && size_ > 0; }
  std::uint32_t cell(std::size_t row) const { return chosen_.empty() ? static_cast<std::uint32_t>(row) : chosen_[row]; }
  const target_plan& plan(std::uint32_t cell) const { return cells().targets[cells().target_of[cell]]; }
  target_result result(std::uint32_t cell) const { return {from_.share(), cell}; }
  const programme_target& target(const target_plan& of) const { return programme_of(data_, of.programme).targets()[of.target]; }
  const indicator_spec& indicator(const target_plan& of) const {
    return programme_of(data_, of.programme).indicators()[target(of).indicator];
  }

  column held(std::string name, std::span<const double> values, std::span<const std::uint8_t> missing = {}) const;
  column computed(std::string name, answer<double> (target_result::*value)() const) const;
  template <class WordOf>
  column word_of_target(std::string name, WordOf word_of) const;
  template <class WordOf>
  column word_of_cell(std::string name, WordOf word_of) const;
  template <class CodeOf, class WordOf>
  column word_of_code(std::string name, std::size_t codes, CodeOf code_of, WordOf word_of) const;
  column statuses(std::string name) const;
  column reasons(std::string name) const;
  column data_days(std::string name) const;
  column units(std::string name) const;
  column holds(std::string name) const;

  const evaluation& from_;
  const evaluation_data& data_;
  std::size_t size_;
  std::vector<std::uint32_t> chosen_;
};

/// @param missing  empty: nothing is
column target_columns::held(std::string name, std::span<const double> values, std::span<const std::uint8_t> missing) const {
  if (all()) {
    column made{.name = std::move(name), .kind = column_kind::number, .numbers = values, .owners = {from_.share()}};
    if (std::any_of(missing.begin(), missing.end(), [](std::uint8_t m) { return m != 0; })) made.missing = missing;
    return made;
  }
  number_column made(size_);
  for (const std::uint32_t c : chosen_) {
    const std::uint8_t why = missing.empty() ? std::uint8_t{0} : missing[c];
    made.add(why != 0 ? answer<double>(static_cast<reason>(why)) : values[c]);
  }
  return std::move(made).finish(std::move(name));
}

column target_columns::computed(std::string name, answer<double> (target_result::*value)() const) const {
  number_column made(size_);
  for (std::size_t row = 0; row < size_; ++row) made.add((result(cell(row)).*value)());
  return std::move(made).finish(std::move(name));
}

/// A word that all cells of a target share is looked up once a target.
template <class WordOf>
column target_columns::word_of_target(std::string name, WordOf word_of) const {
  word_list words;
  std::vector<std::int32_t> of_plan;
  of_plan.reserve(cells().targets.size());
  bool any_empty = false;
  for (const target_plan& t : cells().targets) {
    const std::string_view word = word_of(t);
    any_empty = any_empty || word.empty();
    of_plan.push_back(words.position_of(word));
  }
  std::vector<std::int32_t> positions(size_);
  for (std::size_t row = 0; row < size_; ++row) positions[row] = of_plan[cells().target_of[cell(row)]];
  column made{.name = std::move(name), .kind = column_kind::word, .owners = {from_.share()}};
  if (any_empty) {
    const std::int32_t empty = words.position_of({});
    std::vector<std::uint8_t> missing(size_);
    for (std::size_t row = 0; row < size_; ++row) missing[row] = positions[row] == empty ? column::unexplained : std::uint8_t{0};
    keep_missing(made, std::move(missing));
  }
  made.integers = keep(made, std::move(positions));
  made.words = keep(made, std::move(words).take());
  return made;
}

template <class WordOf>
column target_columns::word_of_cell(std::string name, WordOf word_of) const {
  word_column made(size_);
  for (std::size_t row = 0; row < size_; ++row) made.add(word_of(cell(row)));
  column finished = std::move(made).finish(std::move(name));
  finished.owners.push_back(from_.share());
  return finished;
}

/// A word that follows from a small number is looked up once a number.
///
/// @param codes    code_of(cell) is below
/// @param word_of  word_of(code), empty where there is none
template <class CodeOf, class WordOf>
column target_columns::word_of_code(std::string name, std::size_t codes, CodeOf code_of, WordOf word_of) const {
  constexpr std::int32_t unknown = -1, wordless = -2;
  word_list words;
  std::vector<std::int32_t> known(codes, unknown), positions(size_);
  std::vector<std::uint8_t> missing(size_);
  for (std::size_t row = 0; row < size_; ++row) {
    const std::size_t code = code_of(cell(row));
    if (known[code] == unknown) {
      const std::string_view word = word_of(code);
      known[code] = word.empty() ? wordless : words.position_of(word);
    }
    positions[row] = (std::max)(known[code], 0);
    missing[row] = known[code] == wordless ? column::unexplained : std::uint8_t{0};
  }
  column made{.name = std::move(name), .kind = column_kind::word, .owners = {from_.share()}};
  made.integers = keep(made, std::move(positions));
  made.words = keep(made, std::move(words).take());
  keep_missing(made, std::move(missing));
  return made;
}

column target_columns::statuses(std::string name) const {
  constexpr std::size_t states = std::size_t{no_state} + 1;  // of a method, and none
  const auto& methods = data_.compiled->cells.methods;
  const std::span<const std::uint8_t> state(data_.cells.state);
  const auto word_of = [&](std::size_t code) -> std::string_view {
    if (code % states == no_state) return {};
    return data_.compiled->method(static_cast<std::uint32_t>(code / states), data_.by.get()).spec.states[code % states].name;
  };
  if (data_.by != nullptr || methods.size() == 1) {
    return word_of_code(std::move(name), states, [&](std::uint32_t cell) { return std::size_t{state[cell]}; }, word_of);
  }
  return word_of_code(
      std::move(name), states * methods.size(), [&](std::uint32_t cell) { return states * plan(cell).method + state[cell]; }, word_of);
}

column target_columns::reasons(std::string name) const {
  const cell_columns& c = data_.cells;
  return word_of_code(
      std::move(name), 256, [&](std::uint32_t cell) { return c.state[cell] == no_state ? std::size_t{c.state_missing[cell]} : 0; },
      [](std::size_t code) { return code == 0 ? std::string_view{} : to_string(static_cast<reason>(code)); });
}

column target_columns::data_days(std::string name) const {
  std::vector<std::int32_t> days(size_);
  std::vector<std::uint8_t> missing(size_);
  for (std::size_t row = 0; row < size_; ++row) {
    const std::uint32_t c = cell(row);
    missing[row] = data_.cells.reading_missing[c];
    if (missing[row] == 0) days[row] = data_.cells.data_day[c];
  }
  return integer_column(std::move(name), column_kind::day, std::move(days), std::move(missing));
}

column target_columns::units(std::string name) const {
  auto symbols = std::make_shared<std::deque<std::string>>();
  column made = word_of_target(std::move(name), [&](const target_plan& t) -> std::string_view {
    return symbols->emplace_back(unit_of_reading(*target(t).spec, indicator(t)));
  });
  made.owners.push_back(std::move(symbols));
  return made;
}

column target_columns::holds(std::string name) const {
  std::vector<std::uint8_t> flags(size_);
  for (std::size_t row = 0; row < size_; ++row) {
    flags[row] = (data_.cells.flags[cell(row)] & cell_flag::hold_stream) != 0 ? std::uint8_t{1} : std::uint8_t{0};
  }
  return flag_column(std::move(name), std::move(flags));
}

table target_columns::make(std::span<const std::string> only) const {
  const cell_columns& c = data_.cells;
  const auto programme_id = [&](const target_plan& t) -> std::string_view { return programme_of(data_, t.programme).id(); };
  const auto project_id = [&](const target_plan& t) -> std::string_view {
    const project_spec* project = programme_of(data_, t.programme).nodes()[target(t).node].spec;
    return project == nullptr ? std::string_view{} : std::string_view(project->id);
  };
  const auto place_id = [&](std::uint32_t cell) -> std::string_view {
    return programme_of(data_, plan(cell).programme).places()[cells().place[cell]].id;
  };

  struct maker {
    const char* name;
    std::function<column(std::string)> make;
  };
  const auto number = [&](answer<double> (target_result::*value)() const) {
    return [this, value](std::string name) { return computed(std::move(name), value); };
  };
  const maker makers[] = {
      {"programme", [&](std::string n) { return word_of_target(std::move(n), programme_id); }},
      {"project", [&](std::string n) { return word_of_target(std::move(n), project_id); }},
      {"target",
       [&](std::string n) {
         return word_of_target(std::move(n), [&](const target_plan& t) -> std::string_view { return target(t).spec->id; });
       }},
      {"name",
       [&](std::string n) {
         return word_of_target(std::move(n), [&](const target_plan& t) -> std::string_view { return target(t).spec->name; });
       }},
      {"place", [&](std::string n) { return word_of_cell(std::move(n), place_id); }},
      {"indicator",
       [&](std::string n) {
         return word_of_target(std::move(n), [&](const target_plan& t) -> std::string_view { return indicator(t).id; });
       }},
      {"unit", [&](std::string n) { return units(std::move(n)); }},
      {"reading", [&](std::string n) { return held(std::move(n), c.reading.values(), c.reading_missing.values()); }},
      {"baseline", number(&target_result::baseline)},
      {"goal", number(&target_result::goal)},
      {"upper_goal", number(&target_result::upper_goal)},
      {"attainment", [&](std::string n) { return held(std::move(n), c.attainment.values(), c.attainment_missing.values()); }},
      {"expected", [&](std::string n) { return held(std::move(n), c.expected.values(), c.expected_missing.values()); }},
      {"gap", [&](std::string n) { return held(std::move(n), c.gap.values(), c.gap_missing.values()); }},
      {"pace", number(&target_result::pace)},
      {"days_ahead", number(&target_result::days_ahead)},
      {"coverage", [&](std::string n) { return held(std::move(n), c.covered.values()); }},
      {"data_day", [&](std::string n) { return data_days(std::move(n)); }},
      {"status", [&](std::string n) { return statuses(std::move(n)); }},
      {"reason", [&](std::string n) { return reasons(std::move(n)); }},
      {"is_hold", [&](std::string n) { return holds(std::move(n)); }},
  };

  table made{.rows = size_};
  if (only.empty()) {
    for (const maker& m : makers) made.columns.push_back(m.make(m.name));
    return made;
  }
  for (const std::string& name : only) {
    const auto found = std::find_if(std::begin(makers), std::end(makers), [&](const maker& m) { return m.name == name; });
    if (found == std::end(makers)) {
      std::vector<std::string> names;
      for (const maker& m : makers) names.emplace_back(m.name);
      throw unknown_id("column", name, nearest_ids(name, names));
    }
    made.columns.push_back(found->make(name));
  }
  return made;
}

/// The place of that id in a programme, or `none`.
std::uint32_t place_in(const programme& plan, std::string_view id) { return plan.find_place(id).value_or(none); }

void require_place(const evaluation& from, std::string_view id) {
  if (from.plan().find_place(id)) return;
  std::vector<std::string> ids;
  for (const place_spec& p : from.plan().places()) ids.push_back(p.id);
  throw unknown_id("place", std::string(id), nearest_ids(id, ids));
}

table table_of_nodes(const evaluation& from, const std::vector<project_result>& nodes) {
  const std::size_t size = nodes.size();
  word_column programme_id(size), project(size), name(size), within(size), place(size), status(size), why(size);
  std::vector<std::int32_t> all, met, missed, not_due, due;
  std::vector<std::uint8_t> due_missing;
  const compiled& compiled = *from.data().compiled;

  for (const project_result& node : nodes) {
    const std::uint32_t cell = node.node_cell();
    const std::uint32_t number = compiled.programme_of(cell);
    const programme& of = programme_of(from.data(), number);
    const auto spec_of = [&](std::uint32_t c) {  // none of a root
      return of.nodes()[compiled.nodes.plan[c] - compiled.nodes.first_plan[number]].spec;
    };
    const auto id_of = [](const project_spec* spec) { return spec == nullptr ? std::string_view{} : std::string_view(spec->id); };
    const project_spec* const spec = spec_of(cell);
    const std::uint32_t parent = compiled.nodes.parent[cell];
    programme_id.add(of.id());
    project.add(id_of(spec));
    name.add(spec == nullptr ? of.spec().name : spec->name);
    within.add(parent == none ? std::string_view{} : id_of(spec_of(parent)));
    place.add(of.places()[compiled.nodes.place[cell]].id);
    const auto state = node.status();
    status.add(state.has_value() ? state->name() : std::string_view{});
    why.add(state.has_value() ? std::string_view{} : to_string(state.why()));
    const auto day = node.due();
    due.push_back(day.has_value() ? day->days() : 0);
    due_missing.push_back(day.has_value() ? std::uint8_t{0} : static_cast<std::uint8_t>(day.why()));
    const leaf_counts& leaves = node.leaves();
    all.push_back(leaves.all);
    met.push_back(leaves.met);
    missed.push_back(leaves.missed);
    not_due.push_back(leaves.not_due);
  }

  const auto number = [&](std::string column_name, auto value) {
    number_column made(size);
    for (const project_result& node : nodes) made.add((node.*value)());
    return std::move(made).finish(std::move(column_name));
  };
  const auto kept = [&](column words) {
    words.owners.push_back(from.share());
    return words;
  };
  const auto count = [](std::string column_name, std::vector<std::int32_t> values) {
    return integer_column(std::move(column_name), column_kind::count, std::move(values));
  };
  table made{.rows = size};
  made.columns = {
      kept(std::move(programme_id).finish("programme")),
      kept(std::move(project).finish("project")),
      kept(std::move(name).finish("name")),
      kept(std::move(within).finish("within")),
      kept(std::move(place).finish("place")),
      number("attainment", &project_result::attainment),
      number("expected", &project_result::expected),
      number("gap", &project_result::gap),
      number("pace", &project_result::pace),
      number("hold_share", &project_result::hold_share),
      number("lower", &project_result::lower),
      number("upper", &project_result::upper),
      number("coverage", &project_result::coverage),
      integer_column("due", column_kind::day, std::move(due), std::move(due_missing)),
      kept(std::move(status).finish("status")),
      kept(std::move(why).finish("reason")),
      count("targets", std::move(all)),
      count("targets_met", std::move(met)),
      count("targets_missed", std::move(missed)),
      count("targets_not_due", std::move(not_due)),
  };
  return made;
}

/// The node cells for which `chosen(programme, place)` holds, by programme, node, place.
template <class Chosen>
std::vector<project_result> nodes_where(const evaluation& from, Chosen chosen) {
  const compiled_nodes& nodes = from.data().compiled->nodes;
  std::vector<project_result> found;
  for (std::uint32_t p = 0; p + 1 < nodes.first_plan.size(); ++p) {
    for (std::uint32_t plan = nodes.first_plan[p]; plan < nodes.first_plan[p + 1]; ++plan) {
      for (std::uint32_t i = nodes.of_node_begin[plan]; i < nodes.of_node_begin[plan + 1]; ++i) {
        const std::uint32_t cell = nodes.of_node[i];
        if (chosen(p, nodes.place[cell])) found.emplace_back(from.share(), cell);
      }
    }
  }
  return found;
}

}  // namespace

std::string unit_of_reading(const target_spec& target, const indicator_spec& about) {
  if (target.cadence && target.cadence->kind == cadence_kind::every) return std::string(to_string(target.cadence->every));
  if (about.unit.empty()) return "share";
  const unit plain = parse_unit(about.unit).plain();
  return plain == unit() ? "share" : std::string(plain.symbol());
}

table target_table(const evaluation& from, result_places where, std::span<const std::string> only) {
  const compiled_cells& cells = from.data().compiled->cells;
  const bool all_are_own = cells.targets.size() == cells.place.size();
  if (where == result_places::every || all_are_own) return target_columns(from).make(only);
  std::vector<std::uint32_t> own;
  own.reserve(cells.targets.size());
  for (const target_result& t : from.targets()) own.push_back(t.cell());
  return target_columns(from, std::move(own)).make(only);
}

table target_table_at(const evaluation& from, std::string_view place, std::span<const std::string> only) {
  require_place(from, place);
  const compiled& compiled = *from.data().compiled;
  std::vector<std::uint32_t> there;
  for (std::uint32_t t = 0; t < compiled.cells.targets.size(); ++t) {
    const std::uint32_t local = place_in(programme_of(from.data(), compiled.cells.targets[t].programme), place);
    if (local == none) continue;
    if (const auto cell = compiled.find_cell(t, local)) there.push_back(*cell);
  }
  return target_columns(from, std::move(there)).make(only);
}

table disagreement_table(const evaluation& from, result_places where) {
  std::vector<evaluation> judged{from};
  for (const auto& other : from.data().others) judged.emplace_back(other);
  std::vector<std::uint32_t> differing;
  for (const target_result& t : from.targets(where == result_places::every)) {
    const auto meaning = [&](const evaluation& by) {
      const auto status = target_result(by.share(), t.cell()).status();
      return status.has_value() ? std::optional(status->means()) : std::nullopt;
    };
    const bool differs = std::ranges::any_of(judged, [&](const evaluation& by) { return meaning(by) != meaning(from); });
    if (differs) differing.push_back(t.cell());
  }
  const std::vector<std::string> about{"programme", "project", "target", "place"};
  table made = target_columns(from, differing).make(about);
  const std::vector<std::string> status{"status"};
  const std::vector<std::string> names = from.methods();
  for (std::size_t i = 0; i < judged.size() && judged.size() > 1; ++i) {
    table of_one = target_columns(judged[i], differing).make(status);
    of_one.columns[0].name = names[i];
    made.columns.push_back(std::move(of_one.columns[0]));
  }
  return made;
}

table project_table(const evaluation& from, result_places where) {
  const bool every = where == result_places::every;
  return table_of_nodes(from, nodes_where(from, [&](std::uint32_t, std::uint32_t place) { return every || place == 0; }));
}

table project_table_at(const evaluation& from, std::string_view place) {
  require_place(from, place);
  return table_of_nodes(from, nodes_where(from, [&](std::uint32_t p, std::uint32_t at) {
                          return at == place_in(programme_of(from.data(), p), place);
                        }));
}

}  // namespace attain::inline v0::io
