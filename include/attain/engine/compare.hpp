#pragma once

/** Why a total moved between two evaluations: what each target contributed, exactly (rule U8).

  The evaluations may differ in the as-of day, in what was known, in the ledger or in the programme; targets, projects and places are
  matched by their ids. The change of any node splits into

  - *performance*: targets came further, or fell back;
  - *coverage*: what has an answer changed, so that other weights are in force;
  - *rules*: what the rules of nodes took or gave;
  - *plan*: a goal, a baseline, a weight or what belongs to the programme changed

  and each of them by target and node. The parts add up to the change; they do not depend on the order of children, and comparing the
  other way round turns every sign (docs/comparing.md). Means of the power family split in closed form, everything else by Owen values
  (`judge/decomposition.hpp`), which beyond twelve changes are sampled and have a standard error.
*/

#include <attain/core/answer.hpp>
#include <attain/core/config.hpp>
#include <attain/engine/evaluation.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attain::inline v0 {

/// The four components of a change, in shares.
struct change_components {
  double performance = 0;
  double coverage = 0;
  double rules = 0;
  double plan = 0;

  double sum() const noexcept { return performance + coverage + rules + plan; }
  friend bool operator==(const change_components&, const change_components&) = default;
};

/// What one target or node contributes to the change of a node above it.
struct change_part {
  std::string id{};
  std::string name{};
  bool is_target = true;  ///< else a node: its rules, and that it came, went or weighs otherwise
  std::string place{};
  answer<double> before = reason::not_applicable;  ///< its own score
  answer<double> after = reason::not_applicable;
  change_components components{};
  double standard_error = 0;  ///< of its contribution, where orders were sampled; 0 is exact
};

/// The rank of a node among others by attainment, 1 the highest, equal ones alike; those without an attainment have none.
struct rank_change {
  std::string id{};
  std::string place{};
  answer<double> before = reason::not_applicable;  ///< attainment
  answer<double> after = reason::not_applicable;
  int rank_before = 0;
  int rank_after = 0;
  int own = 0;     ///< places gained (negative: lost) by its own change
  int others = 0;  ///< and by that of the others
};

class evaluation_comparison;

/// The change of one node at one place.
class node_change {
 public:
  const std::string& id() const noexcept { return id_; }
  const std::string& name() const noexcept { return name_; }
  const std::string& place() const noexcept { return place_; }
  answer<double> before() const noexcept { return before_; }
  answer<double> after() const noexcept { return after_; }
  answer<double> change() const;
  const change_components& components() const noexcept { return components_; }
  /// What each target and node below contributed, those that contributed nothing left out, the largest first.
  const std::vector<change_part>& parts() const noexcept { return parts_; }
  /// "up 3.2 points: 5.1 from …, −1.9 from …", in one sentence.
  std::string sentence(language in = language::english) const;

 private:
  friend class evaluation_comparison;

  std::string id_{}, name_{}, place_{};
  answer<double> before_ = reason::not_applicable;
  answer<double> after_ = reason::not_applicable;
  change_components components_{};
  std::vector<change_part> parts_{};
};

/// Two evaluations side by side. A cheap handle.
class evaluation_comparison {
 public:
  const evaluation& before() const noexcept { return before_; }
  const evaluation& after() const noexcept { return after_; }

  /// Of one project, or of the whole if @p project is "", as the later evaluation has them. Throws `unknown_id`.
  node_change change(std::string_view project = {}, std::optional<std::string_view> place = {}) const;

  /// The components of every node cell of the later evaluation, in the order of its `compiled`; all 0 where there is no change to split.
  const std::vector<change_components>& components() const noexcept;

  /// Ranks of the projects directly within one, or of the places that a project has results at within its place.
  std::vector<rank_change> ranks_of_projects(std::string_view within = {}, std::optional<std::string_view> place = {}) const;
  std::vector<rank_change> ranks_of_places(std::string_view project = {}) const;

 private:
  friend evaluation_comparison compare(const evaluation& before, const evaluation& after);
  struct state;

  evaluation_comparison(evaluation before, evaluation after, std::shared_ptr<const state> made) noexcept
      : before_(std::move(before)), after_(std::move(after)), state_(std::move(made)) {}
  std::vector<rank_change> ranks(std::vector<std::uint32_t> node_cells) const;

  evaluation before_;
  evaluation after_;
  std::shared_ptr<const state> state_;
};

/// Compares; what is there in only one of the two is plan or coverage, never performance.
evaluation_comparison compare(const evaluation& before, const evaluation& after);

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/engine/impl/compare.ipp>
#endif
