#pragma once
/** Amounts in JSON: numbers, or text in the unit of an indicator. */
#include "json_fields.hpp"

#include <attain/core/number_text.hpp>
#include <attain/core/unit.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attain::inline v0::io::detail {

/** Reads the amounts of one indicator.

  A number is the held amount: a share for `%`, 元 for 万元. Text is read in the indicator's unit and may carry any that converts.
  Where the indicator or its unit is not known, which `validate` reports, a text counts by its number. Of a rating the names of
  its scale are amounts, too.
*/
class amount_reader {
 public:
  using scale = std::vector<std::pair<std::string, double>>;

  /// @param named the scale of a rating, which outlives the reader; null of anything else
  amount_reader(json_values& values, const std::optional<unit>& declared, const scale* named = nullptr)
      : values_(values), declared_(declared), named_(named) {}

  bool read(std::uint32_t node, double& to) const;
  bool read(std::uint32_t node, std::optional<double>& to) const;

  /// A change of an amount; of a percentage also in percentage points, which are held as shares too.
  bool read_change(std::uint32_t node, double& to) const;

  /// A change in percent: 10 and "10%" are the same.
  bool read_percent(std::uint32_t node, double& to) const;

 private:
  parsed<number_text> parse(std::string_view text) const;

  /// @param parse what a text says: a function of it that gives a `parsed<number_text>`
  template <class Parse>
  bool read(std::uint32_t node, double& to, Parse&& parse) const;

  json_values& values_;
  std::optional<unit> declared_;
  const scale* named_;
};

}  // namespace attain::inline v0::io::detail
