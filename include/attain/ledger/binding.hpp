#pragma once

/** What the texts of a ledger mean to programmes: which series each indicator reads, at which place, and in which unit.

  A binding belongs to one state of a ledger. It is made in one pass over the series. What cannot be read is a finding, one for
  each id with the number of entries in its message:
  - `unknown_indicator`, `unknown_place`: no programme has the id, or only as an indicator that is computed from others; for a
    place, no programme that has the indicator;
  - `unit_differs`: the unit does not convert to the indicator's;
  - `unknown_id`: a dimension or category that the indicator does not declare (rule R10a), or a step it does not have.
  Findings are warnings: data that nobody asked for refuse nothing.

  An entry without a place is about the root place of the programme. An entry that carries another stage or scope than the
  indicator's is kept apart as not comparable (rule R12).
  An entry without a unit is in the indicator's, as it is held; one with a unit is as written in it (60 of `%` is 0.6). A step or
  a rating has no unit to convert.
*/
#include <attain/core/config.hpp>
#include <attain/core/finding.hpp>
#include <attain/ledger/detail/occurrences.hpp>
#include <attain/ledger/ledger_view.hpp>
#include <attain/ledger/rows.hpp>
#include <attain/model/indicator.hpp>
#include <attain/model/place.hpp>
#include <attain/model/programme_spec.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace attain::inline v0 {

/// What a programme brings: its indicators, and its places with the root first. Both must outlive the binding.
struct binding_scope {
  std::span<const indicator_spec> indicators;
  std::span<const place_spec> places;
  /// Of each indicator the number of its id, which scopes share, or `none` for what is not reported; empty: look each id up.
  std::span<const std::uint32_t> numbers{};
  std::span<const indicator_kind> kinds{};  ///< of the indicators, side by side; empty: look each up
};

/// The series that hold the identities of one indicator, place, disaggregation and step.
struct strand {
  static constexpr std::uint32_t undivided = 0xFFFFFFFFu;

  std::uint32_t place = 0;                ///< index among the places of its programme
  /// Position in `binding::divisions` of what the entries are about, or `undivided`.
  std::uint32_t division = undivided;
  std::uint32_t step = undivided;         ///< index among the indicator's steps, or `undivided`
  std::uint32_t first_part = 0;
  std::uint32_t part_count : 31 = 0;
  std::uint32_t comparable : 1 = 1;       ///< 0: another stage or scope (rule R12)
};

/// A category of a dimension of an indicator, or several dimensions crossed.
struct division {
  struct item {
    std::uint32_t dimension = 0;          ///< index among the indicator's dimensions
    std::uint32_t category = 0;           ///< index among the dimension's categories
    friend bool operator==(const item&, const item&) = default;
  };
  std::vector<item> items;                ///< by dimension
  friend bool operator==(const division&, const division&) = default;
};

class binding {
 public:
  binding(std::span<const binding_scope> scopes, ledger_view ledger);

  const ledger_view& ledger() const noexcept { return ledger_; }

  /// The strands of an indicator by place, then comparable ones first, undivided ones first, then division and step.
  std::span<const strand> strands(std::size_t scope, std::size_t indicator) const noexcept;
  /// Those of one place.
  std::span<const strand> strands_at(std::size_t scope, std::size_t indicator, std::uint32_t place) const noexcept;
  std::span<const series_part> parts(const strand& of) const noexcept {
    return {parts_.data() + of.first_part, of.part_count};
  }
  /// The parts of all strands, indicator after indicator.
  std::span<const series_part> parts() const noexcept { return parts_; }
  /// Divisions are numbered for each indicator on its own.
  std::span<const division> divisions(std::size_t scope, std::size_t indicator) const noexcept;
  /// All entries of a strand as one sorted slice.
  row_slice rows(const strand& of, row_buffer& buffer) const { return ledger_.rows(parts(of), buffer); }

  /// Warnings, in the order of their texts.
  std::span<const finding> findings() const noexcept { return findings_; }

  struct place_of_series {
    std::uint32_t scope = 0;
    std::uint32_t indicator = 0;
    std::uint32_t place = 0;

    friend bool operator==(const place_of_series&, const place_of_series&) = default;
  };
  /** Which indicators may read a series, and at which of their places.

    Also of series that came to the ledger after the binding was made; @p later is a view of a state that has it. The first entry
    about an indicator or a place is found by comparing its text with all of them.
  */
  std::vector<place_of_series> where(const ledger_view& later, series_id series) const;

  std::size_t memory_bytes() const noexcept;

 private:
  class maker;

  std::size_t number(std::size_t scope, std::size_t indicator) const noexcept { return first_indicator_[scope] + indicator; }
  std::optional<std::uint32_t> place_in(std::size_t scope, text_id text, const ledger_view& later) const;

  ledger_view ledger_;
  std::vector<binding_scope> scopes_;
  std::vector<std::uint32_t> first_indicator_;  ///< of each scope in the numbering of all indicators
  std::vector<std::uint32_t> first_strand_;     ///< of each indicator, one more than indicators
  std::vector<strand> strands_;
  std::vector<series_part> parts_;
  std::vector<std::uint32_t> first_division_;   ///< of each indicator, one more than indicators
  std::vector<division> divisions_;
  detail::occurrences reported_;                ///< of texts as ids of indicators that are reported
  detail::occurrences places_;                  ///< of texts as ids of places
  std::vector<finding> findings_;
};

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/ledger/impl/binding.ipp>
#endif
