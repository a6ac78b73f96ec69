#pragma once

/** The units that are known, as docs/units.md lists them. Private. */

#include <attain/core/impl/decimal.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace attain::inline v0::detail {

/// One row of the table. Chinese and Latin spellings are rows of their own, so that a unit
/// is shown as it was written; they convert to each other by 1.
struct unit_row {
  std::string_view symbol;
  std::string_view aliases;  // separated by |
  std::string_view dimension;
  exact_factor to_base{};
  std::int64_t scale = 0;
  std::string_view plain{};
};

// clang-format off
inline constexpr unit_row unit_rows[] = {
    {"1", "ratio|share", "ratio"},
    {"%", "percent|per cent|percentage|pct|百分比", "ratio", {}, -2, "1"},
    {"‰", "permille|per mille|千分比", "ratio", {}, -3, "1"},
    {"ratio difference", "", "percentage_point"},
    {"百分点", "个百分点", "percentage_point", {}, -2, "ratio difference"},
    {"percentage points", "percentage point|pp|ppt", "percentage_point", {}, -2, "ratio difference"},

    {"元", "人民币|元人民币|人民币元|圆|¥|￥", "currency:CNY"},
    {"CNY", "RMB|yuan", "currency:CNY"},
    {"USD", "$|US$|美元", "currency:USD"},
    {"EUR", "€|euro|euros|欧元", "currency:EUR"},
    {"GBP", "£|英镑", "currency:GBP"},
    {"JPY", "円|日元|yen", "currency:JPY"},
    {"HKD", "HK$|港元|港币", "currency:HKD"},
    {"MOP", "澳门元", "currency:MOP"},
    {"TWD", "NT$|新台币", "currency:TWD"},
    {"KRW", "₩|韩元", "currency:KRW"},
    {"INR", "₹", "currency:INR"},
    {"CAD", "C$|加元", "currency:CAD"},
    {"AUD", "A$|澳元", "currency:AUD"},
    {"CHF", "瑞士法郎", "currency:CHF"},

    {"米", "公尺", "length"},
    {"公里", "千米", "length", {3, 1, 1}},
    {"厘米", "公分", "length", {-2, 1, 1}},
    {"毫米", "", "length", {-3, 1, 1}},
    {"里", "华里|市里", "length", {2, 5, 1}},
    {"英里", "", "length", {0, 201168, 125}},
    {"m", "metre|metres|meter|meters", "length"},
    {"km", "㎞|kilometre|kilometres|kilometer|kilometers", "length", {3, 1, 1}},
    {"cm", "㎝", "length", {-2, 1, 1}},
    {"mm", "㎜", "length", {-3, 1, 1}},
    {"miles", "mile", "length", {0, 201168, 125}},

    {"平方米", "平米|㎡", "area"},
    {"平方公里", "平方千米|㎢", "area", {6, 1, 1}},
    {"公顷", "", "area", {4, 1, 1}},
    {"亩", "市亩", "area", {3, 2, 3}},
    {"m²", "m2|sqm", "area"},
    {"km²", "km2|sq km", "area", {6, 1, 1}},
    {"ha", "hectare|hectares", "area", {4, 1, 1}},

    {"立方米", "㎥", "volume"},
    {"升", "公升", "volume", {-3, 1, 1}},
    {"毫升", "", "volume", {-6, 1, 1}},
    {"m³", "m3", "volume"},
    {"L", "litre|litres|liter|liters", "volume", {-3, 1, 1}},
    {"mL", "ml", "volume", {-6, 1, 1}},

    {"公斤", "千克", "mass"},
    {"克", "", "mass", {-3, 1, 1}},
    {"斤", "市斤", "mass", {0, 1, 2}},
    {"吨", "公吨", "mass", {3, 1, 1}},
    {"kg", "㎏|kilogram|kilograms", "mass"},
    {"g", "gram|grams", "mass", {-3, 1, 1}},
    {"mg", "", "mass", {-6, 1, 1}},
    {"t", "tonne|tonnes|metric tons", "mass", {3, 1, 1}},

    {"焦耳", "", "energy"},
    {"千瓦时", "", "energy", {5, 36, 1}},
    {"兆瓦时", "", "energy", {8, 36, 1}},
    {"J", "", "energy"},
    {"kWh", "", "energy", {5, 36, 1}},
    {"MWh", "", "energy", {8, 36, 1}},
    {"GWh", "", "energy", {11, 36, 1}},
    {"瓦", "", "power"},
    {"千瓦", "", "power", {3, 1, 1}},
    {"兆瓦", "", "power", {6, 1, 1}},
    {"W", "", "power"},
    {"kW", "", "power", {3, 1, 1}},
    {"MW", "", "power", {6, 1, 1}},
    {"GW", "", "power", {9, 1, 1}},

    {"秒", "", "time"},
    {"分钟", "", "time", {1, 6, 1}},
    {"小时", "个小时", "time", {2, 36, 1}},
    {"天", "日", "time", {2, 864, 1}},
    {"周", "星期", "time", {2, 6048, 1}},
    {"seconds", "second", "time"},
    {"minutes", "minute", "time", {1, 6, 1}},
    {"hours", "hour", "time", {2, 36, 1}},
    {"days", "day", "time", {2, 864, 1}},
    {"weeks", "week", "time", {2, 6048, 1}},
    {"月", "个月", "months"},
    {"季度", "季|个季度", "months", {0, 3, 1}},
    {"年", "", "months", {0, 12, 1}},
    {"months", "month", "months"},
    {"quarters", "quarter", "months", {0, 3, 1}},
    {"years", "year", "months", {0, 12, 1}},

    {"people", "person|persons", "count:人"},
    {"households", "household", "count:户"},
    {"person-times", "person-time", "count:人次"},
};

// Kinds of count of which only whole ones exist; each is a kind of its own.
inline constexpr std::string_view indivisible_kinds =
    "人|人次|户|户次|名|个|台|套|座|所|家|件|条|间|次|批|批次|场|场次|班次|车次|辆|艘|架|部|栋|幢|处|项|盏|株|棵|头|只|匹|张|例|起|"
    "期|班|册|份|支|口|眼|根|门|届|轮|对|组|队|村";
// clang-format on

/// Whether a name is one of several separated by |.
constexpr bool is_among(std::string_view name, std::string_view names) noexcept {
  for (;;) {
    const std::size_t end = names.find('|');
    if (names.substr(0, end) == name) return true;
    if (end == std::string_view::npos) return false;
    names.remove_prefix(end + 1);
  }
}

inline constexpr std::size_t currency_code_size = 3;

/// Whether these are the letters of a currency in the table: EUR, but not €, 元 or euro.
constexpr bool is_currency_code(std::string_view letters) noexcept {
  if (letters.size() != currency_code_size) return false;
  for (const char c : letters) {
    if (c < 'A' || c > 'Z') return false;
  }
  for (const unit_row& row : unit_rows) {
    const bool is_currency = row.dimension.starts_with("currency:");
    if (is_currency && (row.symbol == letters || is_among(letters, row.aliases))) return true;
  }
  return false;
}

}  // namespace attain::inline v0::detail
