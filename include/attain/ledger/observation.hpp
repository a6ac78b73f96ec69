#pragma once
/** One report as people write it: indicator, place, period or day, amount or the reason for having none.

  A ledger stores it in columns; this struct is how single entries come in and go out.
*/
#include <attain/core/answer.hpp>
#include <attain/core/date.hpp>
#include <attain/core/period.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace attain::inline v0 {

/// What the number of an entry is (rule R11).
enum class amount_form : std::uint8_t { amount, share_of_goal };

struct observation {
  std::string indicator{};
  std::string place{};                   ///< empty: the root place
  period about;                          ///< a day is a period of one day
  double low = 0;                        ///< a plain number has low == high
  double high = 0;
  bool low_open = false;                 ///< "not quite 200": no lower end is known
  bool high_open = false;                ///< "180余": no upper end is known
  amount_form form = amount_form::amount;
  std::optional<reason> missing{};       ///< reported without an amount, and why
  bool withdrawn = false;                ///< from `recorded` on the identity has no entry
  std::vector<std::pair<std::string, std::string>> dimensions{};  ///< (dimension, category)
  std::string step{};
  std::string stage{};
  std::string scope{};
  std::string unit{};                    ///< empty: the indicator's
  std::optional<date> recorded{};        ///< else the last day of the period
  std::string author{};
  std::string source{};
  std::string evidence{};
  std::string note{};
  std::string key{};                     ///< idempotency key

  friend bool operator==(const observation&, const observation&) = default;
};

}  // namespace attain::inline v0
