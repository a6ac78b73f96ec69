#pragma once
/** Programmes that share a place tree and a ledger and are evaluated in one pass; a programme is a portfolio of one.

  Places with one id are one place; they must have the same parent and weight in every programme that names them, otherwise
  making the portfolio throws `invalid_programme`. The full id of a target is `programme/target`; in a portfolio of one the
  programme may be left out. The id of a programme alone is its root.
*/
#include <attain/core/config.hpp>
#include <attain/model/programme.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace attain::inline v0 {

class portfolio {
 public:
  portfolio(programme only);  // NOLINT: a programme is a portfolio of one
  /// Throws `invalid_programme` for an empty list, duplicate programme ids, or places that disagree.
  explicit portfolio(std::vector<programme> programmes);

  std::span<const programme> programmes() const noexcept;
  std::span<const place_spec> places() const noexcept;               ///< of all, parents before children
  std::span<const std::uint32_t> place_parents() const noexcept;     ///< `none` for a root
  /// Index among `places()` of place @p local of programme number @p programme.
  std::uint32_t shared_place(std::uint32_t programme, std::uint32_t local) const noexcept;
  /// Numbers of the ids of a programme's reported indicators, `none` of others: programmes that share an id share its number. Empty
  /// in a portfolio of one.
  std::span<const std::uint32_t> indicator_numbers(std::uint32_t programme) const noexcept;
  /// Kinds of a programme's indicators side by side, for loops that ask for nothing else; likewise.
  std::span<const indicator_kind> indicator_kinds(std::uint32_t programme) const noexcept;

  /// A target, or a node of the tree, by full id or, in a portfolio of one, by its own id.
  struct target_position { std::uint32_t programme; std::uint32_t target; };
  struct node_position { std::uint32_t programme; std::uint32_t node; };
  std::optional<target_position> find_target(std::string_view id) const noexcept;
  std::optional<node_position> find_project(std::string_view id) const noexcept;
  std::optional<std::uint32_t> find_place(std::string_view id) const noexcept;

  /// Where evaluations keep its compiled form; a portfolio of one shares that of its programme.
  memo& compiled_form() const noexcept;
  /// Likewise of what no ledger changes.
  memo& compiled_plan() const noexcept;

 private:
  struct data;
  std::shared_ptr<const data> data_;
};

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/model/impl/portfolio.ipp>
#endif
