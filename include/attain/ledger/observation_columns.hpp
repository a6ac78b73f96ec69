#pragma once

/** Many observations as columns, for appending them in bulk without making one struct each.

  Texts are coded: a column holds positions in its dictionary. A column that is left empty has the default value of the same
  field of `observation` in every row. Nothing is copied; the memory must live until the append returns.
*/
#include <attain/core/answer.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace attain::inline v0 {

struct coded_column {
  std::span<const std::uint32_t> codes;           ///< one a row, or empty
  std::span<const std::string_view> dictionary;   ///< texts may repeat
};

struct observation_columns {
  std::size_t size = 0;                           ///< rows

  coded_column indicator;                         ///< required
  coded_column place;
  std::span<const std::int32_t> first_day;        ///< days since 1970-01-01; empty: periods of one day
  std::span<const std::int32_t> last_day;         ///< required

  std::span<const double> low;                    ///< required
  std::span<const double> high;                   ///< empty: as `low`
  std::span<const std::uint8_t> low_open;         ///< 0 or 1, as in the next four
  std::span<const std::uint8_t> high_open;
  std::span<const std::uint8_t> share_of_goal;
  std::span<const std::uint8_t> withdrawn;
  std::span<const std::uint8_t> missing;          ///< number of the `reason`, 0 for an amount

  coded_column dimensions;                        ///< "sex=f;age=15-24"
  coded_column step;
  coded_column stage;
  coded_column scope;
  coded_column unit;

  std::span<const std::int32_t> recorded;         ///< empty: the last day of each period
  coded_column author;
  coded_column source;
  coded_column evidence;
  coded_column note;
  coded_column key;
};

}  // namespace attain::inline v0
