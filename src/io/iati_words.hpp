#pragma once
/** How IATI writes what a programme has no field for, and how ids are made of IATI's texts (docs/iati.md). */
#include <attain/core/finding.hpp>
#include <attain/core/period.hpp>
#include <attain/model/indicator.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0::io::detail {

/// IndicatorMeasure
enum class iati_measure : std::uint8_t { other = 0, unit = 1, percentage = 2, nominal = 3, ordinal = 4, qualitative = 5 };

/// From a code, or a word of version 1.
iati_measure parse_measure(std::string_view code) noexcept;
/// Whether larger amounts can be better or worse than smaller ones.
constexpr bool has_direction(iati_measure m) noexcept {
  return m == iati_measure::unit || m == iati_measure::percentage || m == iati_measure::ordinal;
}
/// The unit of an indicator of this measure, and back.
std::string_view unit_of(iati_measure m) noexcept;
iati_measure measure_of(std::string_view unit) noexcept;

/// ResultType from a code, or a word of version 1; empty if it is neither.
std::string_view parse_result_type(std::string_view code) noexcept;

/// "1", "true", "0", "false"
std::optional<bool> parse_flag(std::string_view text) noexcept;

/// Text with runs of white space made one space, and none at the edges.
std::string collapsed(std::string_view text);

/// A number as IATI writes it: sign, digits, a point anywhere, blanks around. No thousands marks, no units.
std::optional<double> parse_iati_number(std::string_view text);

/// An id that says @p text: `/`, `:`, `@`, `#`, `=`, `;`, `+`, `%` and controls as %XX, the rest as it is.
std::string to_id(std::string_view text);
std::string from_id(std::string_view id);

/// A period within an id: `2016`, `2016-07..2017-06`.
std::string period_in_id(const period& p);

// -- lines of a note: `iati KEY: VALUE` ----------------------------------------------------------

void add_line(std::string& note, std::string_view key, std::string_view value);
/// The values of a key, in their order.
std::vector<std::string_view> lines_of(std::string_view note, std::string_view key);
std::optional<std::string_view> line_of(std::string_view note, std::string_view key);
/// What else the note says.
std::string without_lines(std::string_view note);

}  // namespace attain::inline v0::io::detail
