#pragma once

/** The results of one evaluation: every target and project, at every place, as of one day.

  An evaluation keeps what it saw: it stays valid and unchanged whatever is appended to the ledger (rule T2). It is a cheap
  handle; results by id are handles too and keep it alive. No result has a truth value: ask for its status.
*/

#include <attain/core/answer.hpp>
#include <attain/core/config.hpp>
#include <attain/core/date.hpp>
#include <attain/core/error.hpp>
#include <attain/engine/compiled.hpp>
#include <attain/engine/judging.hpp>
#include <attain/engine/roll_up.hpp>
#include <attain/ledger/ledger.hpp>
#include <attain/model/portfolio.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0 {

/// A judgement: a method, and a state of it.
class status {
 public:
  status(std::shared_ptr<const method_spec> method, std::uint8_t state) noexcept : method_(std::move(method)), state_(state) {}

  /// The state's word: "met", "on_track", …
  std::string_view name() const noexcept { return method_->states[state_].name; }
  /// What the state means, whatever the method calls it.
  role means() const noexcept { return method_->states[state_].role; }
  /// The state as people read it; its word where the method has none for them.
  std::string_view label(language in) const noexcept { return label_of(state(), in); }
  const state_spec& state() const noexcept { return method_->states[state_]; }
  const method_spec& method() const noexcept { return *method_; }

  friend bool operator==(const status& a, std::string_view name) noexcept { return a.name() == name; }
  friend bool operator==(const status& a, const status& b) noexcept {
    return a.name() == b.name() && a.method_->name == b.method_->name && a.method_->version == b.method_->version;
  }

 private:
  std::shared_ptr<const method_spec> method_;
  std::uint8_t state_;
};

/// What an evaluation holds. All columns are in the order of `compiled`.
struct evaluation_data {
  portfolio plan;
  ledger book;
  date as_of;
  std::shared_ptr<const attain::compiled> compiled;
  std::shared_ptr<const used_method> by{};  ///< the method that judged; none: that of each programme
  cell_columns cells{};
  node_results nodes{};
  data_weights weights{};
  std::vector<std::shared_ptr<const evaluation_data>> others{};  ///< the same, judged by further methods
};

class explanation;

/// One target at one place.
class target_result {
 public:
  target_result(std::shared_ptr<const evaluation_data> data, std::uint32_t cell) noexcept : data_(std::move(data)), cell_(cell) {}

  const target_spec& spec() const noexcept;
  const indicator_spec& indicator() const noexcept;
  const std::string& id() const noexcept { return spec().id; }
  const std::string& place() const noexcept;

  answer<double> reading() const;  ///< in the indicator's unit; of a recurring target the periods kept
  answer<double> baseline() const;
  answer<double> goal() const;        ///< of a band its lower edge; of a recurring target its periods
  answer<double> upper_goal() const;  ///< of a band its upper edge, else `not_applicable`
  answer<double> attainment() const;  ///< share of the way, unclamped
  answer<double> expected() const;    ///< share that the trajectory plans (F*)
  answer<double> gap() const;         ///< attainment − expected, of a cap expected − used
  answer<double> pace() const;        ///< attainment / expected
  answer<double> days_ahead() const;  ///< earned day − as-of (rule P3)
  answer<double> of_goal() const;     ///< reading / goal, where there is no baseline (rule A5)
  answer<attain::status> status() const;
  answer<double> measured() const;   ///< the quantity that the bands of the method cut; `not_applicable` where a rule decided
  answer<double> score() const;      ///< that the method gives, in its own scale
  double coverage() const noexcept;  ///< covered share of place-days (rule R8)
  answer<date> data_day() const;

  bool is_hold() const noexcept;        ///< a hold or a cap: it counts in the share of holds, not in progress
  bool is_reached() const noexcept;     ///< as the reading stands (rule B2)
  bool is_reversible() const noexcept;  ///< met, until the next reading says otherwise

  std::vector<finding> findings() const;  ///< what a person should look at; recomputed from the ledger
  explanation explain() const;

  std::uint32_t cell() const noexcept { return cell_; }

 private:
  const target_plan& plan() const noexcept;
  answer<double> number(double value, std::uint8_t missing) const;

  std::shared_ptr<const evaluation_data> data_;
  std::uint32_t cell_;
};

/// A rule of a node that fired, with the score and the status before and after it (rule U12).
struct fired_rule {
  const rule_spec* rule = nullptr;
  answer<double> score_before = reason::not_applicable;
  answer<double> score_after = reason::not_applicable;
  answer<attain::status> status_before = reason::not_applicable;
  answer<attain::status> status_after = reason::not_applicable;
};

/// A child of a node and its share of the weight of all its siblings that have one at that place.
struct child_weight {
  std::string id;
  double weight = 0;

  friend bool operator==(const child_weight&, const child_weight&) = default;
};

/// One project, group or programme at one place.
class project_result {
 public:
  project_result(std::shared_ptr<const evaluation_data> data, std::uint32_t node_cell) noexcept
      : data_(std::move(data)), node_(node_cell) {}

  const std::string& id() const noexcept;  ///< of a root the programme's
  const std::string& name() const noexcept;
  const std::string& place() const noexcept;
  bool is_root() const noexcept;

  answer<double> attainment() const;  ///< of what is due below, by the node's aggregator, after its rules
  answer<double> expected() const;    ///< of the same children with the same weights
  answer<double> gap() const;
  answer<double> pace() const;        ///< attainment / expected: the schedule performance index
  answer<double> hold_share() const;  ///< weighted share of holds and caps that hold
  answer<double> lower() const;       ///< attainment if everything missing were 0
  answer<double> upper() const;       ///< and if it were 1
  double coverage() const noexcept;   ///< answered share of what is due, by weight
  answer<attain::status> status() const;
  answer<double> score() const;  ///< weighted mean of the scores that the method gives below; a group counts once
  answer<date> due() const;  ///< declared, else the latest of its leaves
  leaf_counts leaves() const noexcept;

  answer<double> attainment_before_rules() const;
  std::vector<fired_rule> rules() const;       ///< those that fired, in their order
  weighting weights_by() const noexcept;       ///< where the weights of its children come from
  std::vector<child_weight> weights() const;   ///< in force; empty where they cannot be told
  answer<double> consistency_ratio() const;    ///< of the comparisons that the weights come from

  std::vector<project_result> projects() const;
  std::vector<target_result> targets() const;
  explanation explain() const;

  std::uint32_t node_cell() const noexcept { return node_; }

 private:
  struct position {
    std::uint32_t programme;
    std::uint32_t node;
  };
  const node_result& result() const noexcept;
  position where() const noexcept;

  std::shared_ptr<const evaluation_data> data_;
  std::uint32_t node_;
};

class evaluation {
 public:
  explicit evaluation(std::shared_ptr<const evaluation_data> data) noexcept : data_(std::move(data)) {}

  date as_of() const noexcept { return data_->as_of; }
  std::optional<date> known_at() const noexcept { return data_->compiled->known_at; }
  const portfolio& plan() const noexcept { return data_->plan; }
  const ledger& book() const noexcept { return data_->book; }

  /// A target by its id, an alias, or `programme/target`, at its own place or at a given one. Throws `unknown_id`.
  target_result target(std::string_view id) const;
  target_result target(std::string_view id, std::string_view place) const;
  /// A project likewise; "" or the programme's id is the root.
  project_result project(std::string_view id) const;
  project_result project(std::string_view id, std::string_view place) const;
  /// The root of the (first) programme.
  project_result root() const;

  /// The methods that judged, as `name@version`, the one in front first; of a portfolio without a choice those of its programmes.
  std::vector<std::string> methods() const;
  /// The same evaluation judged by another of its methods, by name or `name@version`. Throws `unknown_id`.
  evaluation by(std::string_view method) const;

  /// All targets at their own places, in the order of the programme; `at_places` adds those at the places below.
  std::vector<target_result> targets(bool at_places = false) const;

  const evaluation_data& data() const noexcept { return *data_; }
  const std::shared_ptr<const evaluation_data>& share() const noexcept { return data_; }

 private:
  std::uint32_t place_in(std::uint32_t programme, std::string_view place) const;

  std::shared_ptr<const evaluation_data> data_;
};

}  // namespace attain::inline v0

#include <attain/engine/explain.hpp>

#ifndef ATTAIN_COMPILED
#include <attain/engine/impl/evaluation.ipp>
#endif
