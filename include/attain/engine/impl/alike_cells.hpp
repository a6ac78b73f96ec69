#pragma once

// Plain cells with the same facts, which a method decides by the same rules: these are looked up once for all of them.

#include <attain/core/config.hpp>
#include <attain/core/missing.hpp>
#include <attain/engine/compiled.hpp>
#include <attain/engine/impl/cell_rules.hpp>
#include <attain/engine/measures.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace attain::inline v0::detail {

class alike_cells {
 public:
  bool is_empty() const noexcept { return count_ == 0; }
  void clear() noexcept { count_ = 0; }
  std::uint32_t own_method() const noexcept { return own_method_; }

  /// Whether a cell with these facts and this method of its own may join.
  ATTAIN_HOT inline bool fits(std::uint16_t facts, std::uint32_t own_method) const noexcept {
    return count_ == 0 || (count_ < room && facts_ == facts && own_method_ == own_method);
  }

  /// A cell that fits and whose score is put, with the quantities that are @p asked for, one bit each.
  ATTAIN_HOT inline void add(std::uint32_t cell, const cell_result& r, const plain_terms& terms, const cell_goal& goal,
                             std::uint32_t asked) noexcept {
    const std::size_t i = count_++;
    facts_ = r.facts;
    own_method_ = terms.method;
    cell_[i] = cell;
    flags_[i] = r.flags;
    within_reach_[i] = flags_within_reach(r);
    why_not_[i] = {goal.missing, r.reading_missing, r.attainment_missing, r.gap_missing};
    put(quantity::gap, i, r.gap, r.gap_missing);
    put(quantity::attainment, i, r.attainment, r.attainment_missing);
    constexpr std::uint32_t known = 1u << static_cast<unsigned>(quantity::gap) | 1u << static_cast<unsigned>(quantity::attainment);
    for (asked &= ~known; asked != 0; asked &= asked - 1) {
      const auto what = static_cast<quantity>(std::countr_zero(asked));
      const answer<double> found = judged_quantity(what, terms, judging::once, goal, r);
      put(what, i, found.value_or(0), found.has_value() ? std::uint8_t{0} : as_missing(found.why()));
    }
  }

  /// Writes what a method makes of each.
  void write_verdicts(const used_method& method, const cell_writer& to) const {
    method.judge_alike(facts_, count_, quantities_of{*this}, verdict_writer{*this, method.state_flags.data(), to});
  }

 private:
  static constexpr std::size_t room = 32;
  static constexpr std::size_t quantities = static_cast<std::size_t>(quantity::closeness) + 1;  // those of a cell without dates
  template <class T>
  using column = std::array<T, room>;

  ATTAIN_HOT inline void put(quantity what, std::size_t i, double value, std::uint8_t missing) noexcept {
    value_[static_cast<std::size_t>(what)][i] = value;
    missing_[static_cast<std::size_t>(what)][i] = missing;
  }

  struct quantities_of {
    const alike_cells& cells;

    ATTAIN_HOT inline quantity_column operator()(quantity what) const noexcept {
      const auto q = static_cast<std::size_t>(what);
      return {cells.value_[q].data(), cells.missing_[q].data()};
    }
  };

  struct verdict_writer {
    const alike_cells& cells;
    const std::uint16_t* state_flags;
    cell_writer to;

    ATTAIN_HOT inline void operator()(std::size_t i, const verdict& decided) const noexcept {
      const std::uint16_t flags = cells.flags_[i];
      const auto why_none = [&] { return reason_without_state(judging::once, cells.facts_, flags, cells.why_not_[i]); };
      to.put_verdict(cells.cell_[i], settled(decided, flags, state_flags, cells.within_reach_[i], why_none));
    }
  };

  std::uint32_t count_ = 0;
  std::uint32_t own_method_ = 0;
  std::uint16_t facts_ = 0;
  column<std::uint32_t> cell_;
  column<std::uint16_t> flags_;
  column<std::uint16_t> within_reach_;
  column<missing_parts> why_not_;
  std::array<column<double>, quantities> value_;
  std::array<column<std::uint8_t>, quantities> missing_;
};

}  // namespace attain::inline v0::detail
