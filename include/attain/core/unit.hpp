#pragma once

/** Units at run time: what may be added to what, and by which factor.

  人 and 人次 are different kinds and never add; 万元 is 10⁴ 元; 公顷 is 15 亩; % and
  百分点 differ. A symbol that is not known is its own kind of count, so a notice may count
  anything; what it cannot do is be added to something else. docs/units.md lists all.

  Amounts are *held* without scale: 万 and 亿 in front of a unit, and % and ‰, belong to
  the number wherever they are written. 3200 in a column of 万元 is held as 32000000 元,
  60 in a column of % as 0.6. `held` and `written` go between the two, and bring back every
  number of up to 15 digits.
*/

#include <attain/core/config.hpp>
#include <attain/core/finding.hpp>
#include <attain/core/number_text.hpp>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace attain::inline v0 {

namespace detail {
struct unit_data;
}

/** A unit: a handle to immutable data, as cheap to copy and compare as a pointer.

  The default unit is the plain ratio, `1`.
*/
class unit {
 public:
  unit();

  /// A kind of count of its own, not declared elsewhere: `unit::count_kind("外语教师")`.
  /// Throws invalid_input if the name is not a valid unit symbol.
  static unit count_kind(std::string_view name, bool indivisible = false);

  /// As people write it, in its canonical spelling: "人次", "万元", "%", "元/人·月".
  std::string_view symbol() const noexcept;

  /// What it measures: "count:人", "currency:CNY", "length", "area", "volume", "mass", "energy", "power",
  /// "time", "months", "ratio", "percentage_point", or for compounds "currency:CNY/count:人·months".
  std::string_view dimension() const noexcept;

  /// Whether only whole numbers of it exist (rule F2): 台, 户, 人; not 元, 亩, 吨.
  bool is_indivisible() const noexcept;

  /// Whether amounts are written in parts of a hundred or a thousand (%, ‰) of a held share.
  bool is_percentage() const noexcept;

  /// The unit in which amounts are held: 元 for 万元, `1` for %, itself for most.
  unit plain() const noexcept;

  /// The amount to hold, in `plain()`, for a number written in this unit: 60 % → 0.6.
  /// Decimal text and scale are combined before rounding, as in the number parser. Throws
  /// invalid_input (`overflow`, `out_of_range`) if the result does not fit a double.
  double held(double written) const;

  /// The number to write in this unit for a held amount: 0.6 → 60 %. Throws likewise.
  double written(double held) const;
  /// The same, or the problem instead.
  parsed<double> try_written(double held) const;

  friend bool operator==(const unit& a, const unit& b) noexcept { return a.data_ == b.data_ || same(a, b); }

 private:
  explicit unit(std::shared_ptr<const detail::unit_data> data) noexcept : data_(std::move(data)) {}
  static bool same(const unit& a, const unit& b) noexcept;

  std::shared_ptr<const detail::unit_data> data_;
  friend struct detail::unit_data;
};

/// A further name for a unit, declared by a programme: {"名", parse_unit("人")}.
struct unit_alias {
  std::string name;
  unit meaning;
};

/** Reads a unit: a symbol or an alias, perhaps scaled (万, 亿, million), perhaps a compound (元/人·月).

  What follows `/` divides, to the end. A well-formed symbol that is not known becomes its
  own kind of count. Names in @p aliases come before all others. Throws invalid_input
  (`unknown_unit`) for what cannot be a symbol.
*/
unit parse_unit(std::string_view text, std::span<const unit_alias> aliases = {});
parsed<unit> try_parse_unit(std::string_view text, std::string_view where = {}, std::span<const unit_alias> aliases = {});

/// Whether a unit counts money; false for what is no unit.
bool is_money(std::string_view text);

/// Whether amounts of the two can be added, after conversion.
bool addable(const unit& a, const unit& b) noexcept;

/// The number to multiply an amount written in @p from by to have it in @p to: 15 from 公顷 to 亩.
/// Throws invalid_option (`unit_mismatch`, naming both) if they are not addable.
double conversion_factor(const unit& from, const unit& to);

/** Reads an amount that is declared to be in @p declared, into the held form of that unit.

  "5.85万人" declared in 人 is 58500; "60" and "60%" declared in % are 0.6; "2公顷" declared
  in 亩 is 30. The result's `unit` is what was written. Throws invalid_input: `unit_differs`
  if the written unit does not convert, or if 万 could be meant twice ("3200万" in a column
  of 万元).
*/
number_text parse_amount(std::string_view text, const unit& declared, std::span<const unit_alias> aliases = {});
parsed<number_text> try_parse_amount(std::string_view text, const unit& declared, std::string_view where = {},
                                     std::span<const unit_alias> aliases = {});

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/core/impl/unit.ipp>
#endif
