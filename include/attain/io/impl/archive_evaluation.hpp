#pragma once

/** What an evaluation consists of in a snapshot: programmes, ledger, days and methods, and the results in columns.

  Columns have one element a cell (a target at a place) or a node at a place. Which target and which node is written too: results
  are taken back only if the programmes and the ledger of the snapshot give these cells and nodes.
*/
#include <attain/core/column_memory.hpp>
#include <attain/engine/compile.hpp>
#include <attain/engine/custom.hpp>
#include <attain/io/impl/archive_counter.hpp>
#include <attain/io/impl/archive_ledger.hpp>
#include <attain/io/impl/archive_programme.hpp>

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace attain::inline v0::io::detail {

template <class F>
void fields_of(F& f, field_value<F, cell_columns>& v) {
  const auto shared = [&](const char* name, auto& column) {
    if constexpr (F::reads) {
      f(name, column.edit());
    } else {
      f(name, column.values());
    }
  };
  shared("reading", v.reading);
  shared("attainment", v.attainment);
  shared("expected", v.expected);
  shared("gap", v.gap);
  shared("covered", v.covered);
  shared("score", v.score);
  shared("score_covered", v.score_covered);
  f("measured", v.measured);
  f("method_score", v.method_score);
  shared("data_day", v.data_day);
  shared("facts", v.facts);
  f("flags", v.flags);
  shared("reading_missing", v.reading_missing);
  shared("attainment_missing", v.attainment_missing);
  shared("expected_missing", v.expected_missing);
  shared("gap_missing", v.gap_missing);
  f("state", v.state);
  f("state_missing", v.state_missing);
  f("rule", v.rule);
}

template <class F>
void fields_of(F& f, field_value<F, data_weights>& v) {
  f("of_child", v.of_child);
  f("missing", v.missing);
}

/// A field of nodes: of the result, or of its counts of leaves.
template <class Value, class Of>
struct node_field {
  using stored = std::conditional_t<std::is_same_v<Value, bool>, std::uint8_t, Value>;

  const char* name;
  Value Of::*member;

  auto& of(auto& node) const noexcept {
    if constexpr (std::is_same_v<Of, leaf_counts>) {
      return node.leaves.*member;
    } else {
      return node.*member;
    }
  }
};

inline constexpr auto node_fields = std::tuple{
    node_field{"attainment", &node_result::attainment},
    node_field{"expected", &node_result::expected},
    node_field{"hold_share", &node_result::hold_share},
    node_field{"coverage", &node_result::coverage},
    node_field{"lower", &node_result::lower},
    node_field{"upper", &node_result::upper},
    node_field{"before_rules", &node_result::before_rules},
    node_field{"answered", &node_result::answered},
    node_field{"due", &node_result::due},
    node_field{"applicable", &node_result::applicable},
    node_field{"holds", &node_result::holds},
    node_field{"held", &node_result::held},
    node_field{"withdrawn", &leaf_counts::withdrawn},
    node_field{"not_applicable", &leaf_counts::not_applicable},
    node_field{"all", &leaf_counts::all},
    node_field{"not_due", &leaf_counts::not_due},
    node_field{"met", &leaf_counts::met},
    node_field{"missed", &leaf_counts::missed},
    node_field{"unmet_holds", &leaf_counts::unmet_holds},
    node_field{"progress", &leaf_counts::progress},
    node_field{"running", &leaf_counts::running},
    node_field{"judged", &leaf_counts::judged},
    node_field{"attainment_missing", &node_result::attainment_missing},
    node_field{"hold_missing", &node_result::hold_missing},
    node_field{"bounds_missing", &node_result::bounds_missing},
    node_field{"state", &node_result::state},
    node_field{"state_missing", &node_result::state_missing},
    node_field{"fired", &node_result::fired},
    node_field{"capped", &node_result::capped},
    node_field{"scored", &node_result::scored},
    node_field{"method_score", &node_result::method_score},
};

template <class Field>
using node_column = attain::detail::growing_column<typename Field::stored>;
template <class Field>
using node_allocator = attain::detail::column_allocator<typename Field::stored>;

/// What all columns of so many nodes take of a block.
inline std::size_t room_of_node_columns(std::size_t nodes) noexcept {
  return std::apply(
      [&](auto... field) {
        return (attain::detail::column_block::room_for(nodes * sizeof(typename decltype(field)::stored)) + ...);
      },
      node_fields);
}

/// Calls visit(field, column) for each field of nodes and the column of it.
template <class Columns, class Visitor>
void for_each_column(Columns& columns, Visitor visit) {
  const auto visit_all = [&]<std::size_t... I>(std::index_sequence<I...>) {
    (visit(std::get<I>(node_fields), std::get<I>(columns)), ...);
  };
  visit_all(std::make_index_sequence<std::tuple_size_v<Columns>>());
}

/// Nodes lie side by side in memory, in a snapshot each field of them is a column. All columns of a stretch of nodes are taken
/// before the next, while it lies at hand.
template <class F>
void fields_through_columns(F& f, field_value<F, node_results>& nodes) {
  const std::size_t size = F::reads ? 0 : nodes.size();  // a reader makes each as it comes
  const auto block = F::reads ? nullptr : std::make_shared<attain::detail::column_block>(room_of_node_columns(size));
  auto columns = std::apply(
      [&](auto... field) { return std::tuple{node_column<decltype(field)>(size, node_allocator<decltype(field)>(block))...}; },
      node_fields);
  if constexpr (F::reads) {
    for_each_column(columns, [&](const auto& field, auto& column) {
      f(field.name, column);
      if (column.size() == nodes.size()) return;
      f.refuse(code::malformed, std::to_string(column.size()), std::to_string(nodes.size()) + " nodes",
               "a column has not as many nodes as the others");
    });
  }
  constexpr std::size_t stretch = 64;
  for (std::size_t begin = 0; begin < nodes.size(); begin += stretch) {
    const std::size_t end = (std::min)(begin + stretch, nodes.size());
    for_each_column(columns, [&](const auto& field, auto& column) {
      for (std::size_t i = begin; i < end; ++i) {
        auto& value = field.of(nodes[i]);
        if constexpr (F::reads) {
          value = static_cast<std::remove_reference_t<decltype(value)>>(column[i]);
        } else {
          column[i] = value;
        }
      }
    });
  }
  if constexpr (!F::reads) for_each_column(columns, [&](const auto& field, const auto& column) { f(field.name, column); });
}

template <class F>
void fields_of_nodes(F& f, field_value<F, node_results>& nodes) {
  if constexpr (std::is_same_v<F, archive_counter>) {
    std::apply([&](auto... field) { (f.column(nodes.size(), sizeof(typename decltype(field)::stored)), ...); }, node_fields);
  } else {
    fields_through_columns(f, nodes);
  }
}

struct node_list_view {
  const node_results& nodes;
};
struct node_list {
  node_results& nodes;
};

template <class F>
void fields_of(F& f, const node_list_view& v) {
  const std::uint64_t count = v.nodes.size();
  f("count", count);
  fields_of_nodes(f, v.nodes);
}
template <class F>
void fields_of(F& f, node_list& v) {
  constexpr std::size_t doubles = 13, integers = 11, bytes = 7;  // a node
  v.nodes.resize(f.count(doubles * sizeof(double) + integers * sizeof(std::int32_t) + bytes, doubles + integers + bytes));
  fields_of_nodes(f, v.nodes);
}

/// The results by one method; none: by the method of each programme.
struct judged_results {
  std::optional<method_spec> method;
  cell_columns cells;
  node_results nodes;
  data_weights weights;
};

template <class F, class Results>
void fields_of_results(F& f, Results& v) {
  f("cells", v.cells);
  std::conditional_t<F::reads, node_list, const node_list_view> nodes{v.nodes};
  f("nodes", nodes);
  f("weights", v.weights);
}

template <class F>
void fields_of(F& f, const evaluation_data& v) {
  f("method", v.by == nullptr ? std::nullopt : std::optional(v.by->spec));
  fields_of_results(f, v);
}
template <class F>
void fields_of(F& f, judged_results& v) {
  f("method", v.method);
  fields_of_results(f, v);
}

/// Which cells and nodes the results are about.
struct result_places {
  std::vector<std::uint32_t> target, cell_place, node, node_place;

  friend bool operator==(const result_places&, const result_places&) = default;
};

inline result_places places_of(const compiled& from) {
  const auto copied = [](const auto& column) { return std::vector<std::uint32_t>(column.begin(), column.end()); };
  return {copied(from.cells.target_of), copied(from.cells.place), copied(from.nodes.plan), copied(from.nodes.place)};
}

template <class F>
void fields_of(F& f, field_value<F, result_places>& v) {
  f("target", v.target);
  f("cell_place", v.cell_place);
  f("node", v.node);
  f("node_place", v.node_place);
}

// -- writing -------------------------------------------------------------------------------------

inline void refuse_functions_of_the_user(const evaluation_data& data) {
  const compiled& from = *data.compiled;
  const auto refuse = [](std::string_view what, std::string_view name) {
    throw invalid_option(finding{severity::error, code::unsupplied_custom, "", escaped_excerpt(name),
                                 "methods, aggregators and formulas that are data",
                                 std::string(what) + " of the user cannot be saved"});
  };
  if (!from.custom->formulas.empty() || !from.custom->aggregators.empty()) refuse("a function", data.plan.programmes()[0].id());
  for (const used_method& own : from.cells.methods) {
    if (own.function != nullptr) refuse("a method", own.spec.name);
  }
  if (data.by != nullptr && data.by->function != nullptr) refuse("a method", data.by->spec.name);
  for (const auto& other : data.others) {
    if (other->by != nullptr && other->by->function != nullptr) refuse("a method", other->by->spec.name);
  }
}

/// An evaluation with what is made of it for a snapshot.
struct evaluation_view {
  explicit evaluation_view(const evaluation& now)
      : data(now.data()), book(image_of(data.book)), places(places_of(*data.compiled)) {}

  const evaluation_data& data;
  ledger_image_view book;
  result_places places;
};

template <class F>
void fields_behind_programmes(F& f, const evaluation_view& v) {
  f("ledger", v.book);
  f("as_of", v.data.as_of);
  f("known_at", v.data.compiled->known_at);
  f("places", v.places);
  const std::uint64_t judges = 1 + v.data.others.size();
  f("judges", judges);
  f("results", v.data);
  for (const auto& other : v.data.others) f("results", *other);
}

inline std::size_t bytes_behind_programmes(const evaluation_view& v) {
  archive_counter counter;
  fields_behind_programmes(counter, v);
  return counter.bytes();
}

template <class F>
void fields_of(F& f, const evaluation_view& v) {
  const std::uint64_t programmes = v.data.plan.programmes().size();
  f("programmes", programmes);
  for (const programme& one : v.data.plan.programmes()) f("programme", one.spec());
  f.ends_after(bytes_behind_programmes(v));
  fields_behind_programmes(f, v);
}

/// About as many bytes as the binary form takes.
inline std::size_t bytes_of_body(const evaluation_view& v) {
  constexpr std::size_t a_target = 400, an_indicator = 300, a_place = 64;
  std::size_t bytes = bytes_behind_programmes(v) + 4096;
  for (const programme& one : v.data.plan.programmes()) {
    bytes += a_target * (one.targets().size() + one.nodes().size());
    bytes += an_indicator * one.indicators().size() + a_place * one.places().size();
  }
  return bytes;
}

// -- reading -------------------------------------------------------------------------------------

/// Whether results are such as an evaluation could have: throws if not.
class result_checker {
 public:
  explicit result_checker(const evaluation_data& data) : data_(data), from_(*data.compiled) {}

  void check() const {
    check_sizes();
    for (std::size_t cell = 0; cell < data_.cells.size(); ++cell) check_cell(cell);
    for (std::size_t node = 0; node < data_.nodes.size(); ++node) check_node(node);
    for (const std::uint8_t why : data_.weights.missing) require(is_reason(why), "weights/missing");
  }

 private:
  static constexpr std::uint8_t last_reason = static_cast<std::uint8_t>(reason::infeasible);

  static bool is_reason(std::uint8_t why) noexcept { return why <= last_reason; }

  static void require(bool right, const char* where) {
    if (!right) refuse_snapshot(code::out_of_range, where, "", "what an evaluation gives", "a result is none that there can be");
  }

  void check_sizes() const {
    const cell_columns& c = data_.cells;
    const std::size_t cells = from_.cells.place.size();
    const auto sized = [](const auto& column, std::size_t size) { return column.size() == size; };
    bool all = sized(c.measured, c.method_score.size()) && (c.measured.empty() || sized(c.measured, cells));
    const auto require_all = [&](const auto&... columns) { all = all && (sized(columns, cells) && ...); };
    require_all(c.reading, c.attainment, c.expected, c.gap, c.covered, c.score, c.score_covered, c.data_day, c.facts, c.flags);
    require_all(c.reading_missing, c.attainment_missing, c.expected_missing, c.gap_missing, c.state, c.state_missing, c.rule);
    require(all, "results/cells");
    require(sized(data_.nodes, from_.nodes.plan.size()), "results/nodes");
    const bool finds_weights =
        std::any_of(from_.nodes.plans.begin(), from_.nodes.plans.end(), [](const node_plan& p) { return p.has_data_weights(); });
    require(sized(data_.weights.of_child, finds_weights ? from_.nodes.children.size() : 0) &&
                sized(data_.weights.missing, finds_weights ? from_.nodes.plan.size() : 0),
            "results/weights");
  }

  const method_spec& method(std::uint32_t number) const noexcept { return from_.method(number, data_.by.get()).spec; }

  static void check_state(std::uint8_t state, std::uint8_t missing, const method_spec& by, const char* where) {
    require(state == no_state ? missing != 0 && is_reason(missing) : state < by.states.size(), where);
  }

  void check_cell(std::size_t i) const {
    const cell_columns& c = data_.cells;
    const method_spec& by = method(from_.cells.targets[from_.cells.target_of[i]].method);
    check_state(c.state[i], c.state_missing[i], by, "results/cells/state");
    require(is_reason(c.reading_missing[i]) && is_reason(c.attainment_missing[i]) && is_reason(c.expected_missing[i]) &&
                is_reason(c.gap_missing[i]),
            "results/cells/missing");
    require(c.data_day[i] >= (date::min)().days() && c.data_day[i] <= (date::max)().days(), "results/cells/data_day");
    require((c.flags[i] & cell_flag::scored) == 0 || !c.method_score.empty(), "results/cells/flags");
    if ((c.flags[i] & cell_flag::measured) == 0) return;
    require(c.rule[i] < by.rules.size() && by.rules[c.rule[i]].outcome == outcome::bands, "results/cells/rule");
  }

  void check_node(std::size_t i) const {
    const node_result& node = data_.nodes[i];
    const node_plan& plan = from_.nodes.plans[from_.nodes.plan[i]];
    check_state(node.state, node.state_missing, method(plan.method), "results/nodes/state");
    require(is_reason(node.attainment_missing) && is_reason(node.hold_missing) && is_reason(node.bounds_missing),
            "results/nodes/missing");
    require(plan.rule_count >= 32 || node.fired >> plan.rule_count == 0, "results/nodes/fired");
  }

  const evaluation_data& data_;
  const compiled& from_;
};

/// What comes out of a snapshot before it is an evaluation again.
struct evaluation_parts {
  std::vector<programme> programmes;
  ledger_image book;
  date as_of = (date::min)();
  std::optional<date> known_at;
  result_places places;
  std::vector<judged_results> judged;
};

template <class F>
void fields_of(F& f, evaluation_parts& v) {
  for (std::size_t left = f.count(); left != 0; --left) {
    programme_spec spec;
    f("programme", spec);
    v.programmes.emplace_back(std::move(spec));  // checked while it lies at hand
  }
  f("ledger", v.book);
  f("as_of", v.as_of);
  f("known_at", v.known_at);
  f("places", v.places);
  for (std::size_t left = f.count(); left != 0; --left) f("results", v.judged.emplace_back());
}

inline evaluation evaluation_of(evaluation_parts parts) {
  const portfolio plan = parts.programmes.size() == 1 ? portfolio(parts.programmes[0]) : portfolio(std::move(parts.programmes));
  const ledger book = ledger_from(std::move(parts.book));
  const memo::key key{book.view().state_id(),
                      parts.known_at ? std::int64_t{parts.known_at->days()} : (std::numeric_limits<std::int64_t>::max)()};
  const auto from = plan.compiled_form().get<compiled>(key, [&] { return compile(plan, book, parts.known_at); });
  if (places_of(*from) != parts.places) {
    refuse_snapshot(code::malformed, "places", "", "the cells of the programmes inside",
                    "the results are not about the programmes and the ledger of the snapshot");
  }
  std::vector<std::shared_ptr<evaluation_data>> all;
  for (judged_results& results : parts.judged) {
    all.push_back(std::make_shared<evaluation_data>(evaluation_data{plan, book, parts.as_of, from}));
    evaluation_data& data = *all.back();
    if (results.method) {
      data.by = std::make_shared<const used_method>(checked(std::move(*results.method)));
    } else if (parts.judged.size() > 1) {
      refuse_snapshot(code::malformed, "results/method", "", "a method for each", "results side by side are by no method");
    }
    data.cells = std::move(results.cells);
    data.nodes = std::move(results.nodes);
    data.weights = std::move(results.weights);
    result_checker(data).check();
    if (all.size() > 1) all[0]->others.push_back(all.back());
  }
  if (all.empty())
    refuse_snapshot(code::malformed, "results", "", "results by one or more methods", "the snapshot has no results");
  return evaluation(std::move(all[0]));
}

}  // namespace attain::inline v0::io::detail
