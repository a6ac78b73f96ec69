#pragma once
/** The list, checked and flat: places, indicators, projects with targets.

  A `programme` is made from a `programme_spec`, is always valid and never changes; making one from a wrong spec throws
  `invalid_programme` with every error. To change a programme take `spec()`, edit, and make anew. Copying a programme copies a
  handle.
*/
#include <attain/core/config.hpp>
#include <attain/core/error.hpp>
#include <attain/core/memo.hpp>
#include <attain/model/programme_spec.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0 {

struct formula;

/// A node of the programme tree as flat data; node 0 is the root. Children come after their parents.
struct programme_node {
  const project_spec* spec = nullptr;    ///< none for the root
  std::uint32_t parent = none;
  std::optional<period> window{};        ///< own or inherited
};

/** A target as the engine reads it: what it names resolved, and its present terms side by side.

  The flags say where the spec has more to tell, so that most targets are compiled without looking there.
*/
struct programme_target {
  const target_spec* spec = nullptr;
  std::uint32_t node = 0;
  std::uint32_t indicator = 0;
  std::uint32_t place = 0;               ///< where the goal applies
  std::uint32_t belongs_to = none;       ///< index of the target it belongs to
  period window;                         ///< own or inherited
  std::optional<attain::aim> aim{};
  std::optional<double> baseline{};
  double weight = 1;                     ///< declared, else 1, or 0 of what belongs to another or has no aim (rule U4)
  attain::cadence cadence{};             ///< declared, else rule A2
  int allowed_failed_periods = 0;        ///< declared, else the programme's
  bool each_period = false;              ///< how a hold is judged
  bool standard = false;
  bool open_group = false;
  bool straight_by_default = false;      ///< no trajectory of its own
  bool has_quotas = false;
  bool has_categories = false;           ///< reads only some (`disaggregation`)
  bool has_history = false;
  bool may_be_withdrawn = false;
  bool is_partition = false;             ///< its parts may stand in for it (rule U4)
};

/// How the amounts of its members become the amount of an indicator (rule R7).
enum class derivation : std::uint8_t { plain, ratio, formula, custom };

/// An indicator as the engine reads it, what it names resolved.
struct programme_indicator {
  indicator_kind kind = indicator_kind::increment;
  derivation derive = derivation::plain;
  combination across = combination::none;  ///< how its amounts combine across places (rule R9)
  origin counted_from = origin::window;
  bool is_indivisible = false;             ///< declared, else by its unit (rule F2)
  bool is_share = false;                   ///< its amounts are shares, written in %
  int reporting_days = 0;                  ///< rule D2; 0: the window's length
  std::optional<int> maximum_age{};
  std::optional<int> allowed_lag{};
  std::optional<double> eve_amount{};
  std::optional<double> natural_limit{};
  std::uint32_t authors = 0;               ///< with a precedence (rule R14)
  std::uint32_t weighted_by = none;        ///< index of the indicator that weighs places
  std::uint32_t first_member = 0;          ///< see `programme::members`
  std::uint32_t member_count = 0;
  const formula* expression = nullptr;     ///< of a formula: over its members, inner formulas and ratios expanded (rule R7a)
};

class programme {
 public:
  /// Throws `invalid_programme` with every error of `validate(spec)`.
  explicit programme(programme_spec spec);

  const programme_spec& spec() const noexcept;
  const std::string& id() const noexcept { return spec().id; }

  /// The tree in order: parents before children, siblings as listed.
  std::span<const programme_node> nodes() const noexcept;
  std::span<const programme_target> targets() const noexcept;
  std::span<const indicator_spec> indicators() const noexcept;
  const programme_indicator& resolved(std::uint32_t indicator) const noexcept;
  /// Indices of the reported indicators that one comes down to; of a reported one itself.
  std::span<const std::uint32_t> members(std::uint32_t indicator) const noexcept;
  /// How a target with this aim is to be reached if it does not say (rule A2).
  cadence default_cadence(std::uint32_t indicator, const std::optional<aim>& asked) const noexcept;
  std::span<const place_spec> places() const noexcept;   ///< parents before children, root first
  std::span<const std::uint32_t> place_parents() const noexcept;

  /// Index of an id, an alias included; `find_…` gives none, `…_index` throws `unknown_id` with the nearest ids.
  std::optional<std::uint32_t> find_target(std::string_view id) const noexcept;
  std::optional<std::uint32_t> find_project(std::string_view id) const noexcept;  ///< node index; "" is the root
  std::optional<std::uint32_t> find_indicator(std::string_view id) const noexcept;
  std::optional<std::uint32_t> find_place(std::string_view id) const noexcept;
  std::uint32_t target_index(std::string_view id) const;
  std::uint32_t project_index(std::string_view id) const;
  std::uint32_t indicator_index(std::string_view id) const;
  std::uint32_t place_index(std::string_view id) const;

  /// What `validate` found that does not make it invalid.
  std::span<const finding> warnings() const noexcept;

  friend bool operator==(const programme& a, const programme& b) noexcept { return a.data_ == b.data_ || same(a, b); }
  /// Whether two handles share one programme.
  bool same_as(const programme& other) const noexcept { return data_ == other.data_; }
  /// Where evaluations keep its compiled form.
  memo& compiled_form() const noexcept;
  /// Likewise of what no ledger changes.
  memo& compiled_plan() const noexcept;

 private:
  struct data;
  static bool same(const programme& a, const programme& b) noexcept;

  std::shared_ptr<const data> data_;
};

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/model/impl/programme.ipp>
#endif
