/** Numbers, dates, periods and units as people write them. */
#include "bind.hpp"
#include "register.hpp"

#include <attain/core/error.hpp>
#include <attain/core/number_text.hpp>
#include <attain/core/period.hpp>
#include <attain/core/unit.hpp>
#include <attain/io/impl/field_suggestion.hpp>

#include <optional>
#include <string>

namespace {

using amount = typed<"float | tuple[float | None, float | None]">;

/// `97–99` as (97.0, 99.0), `180余` as (180.0, None).
amount interval_of(const attain::number_text& n) {
  if (n.low == n.high && !n.low_open && !n.high_open) return amount(py::float_(n.low));
  const auto end = [](double value, bool is_open) -> py::object { return is_open ? py::object(py::none()) : py::float_(value); };
  return amount(py::make_tuple(end(n.low, n.low_open), end(n.high, n.high_open)));
}

}  // namespace

void register_text(py::module_& m) {
  m.def("parse_number", &attain::parse_number, "text"_a, R"(Reads one plain number, scales and ``%`` included, without a unit.

``5.85万`` is 58500.0, ``1,200`` is 1200.0, ``60%`` is 0.6, ``１３９`` is 139.0. Nothing is guessed.

Raises
------
InvalidInput
    The text is not understood to its last character.
)");
  m.def(
      "parse_amount",
      [](const std::string& text, const std::string& unit) {
        return interval_of(attain::parse_amount(text, attain::parse_unit(unit)));
      },
      "text"_a, "unit"_a,
      R"(Reads an amount that is declared to be in a unit, into the held form of that unit.

The result is in the unit without its scale: 元 for 万元, a share for %. An interval is a pair, with None at an open end:
``180余`` is ``(180.0, None)``.

Raises
------
InvalidInput
    The text is no amount, or its unit does not convert.
)");
  m.def("parse_date", &attain::parse_date, "text"_a,
        R"(Reads ``2026-01-01``, ``20260101``, ``2026/1/1``, ``2026.1.1`` or ``2026年1月1日``, with half- or full-width digits.

Raises
------
InvalidInput
    The text is no date, or there is no such day.
)");
  m.def(
      "to_date", [](attain::date day) { return day; }, "day"_a, "The day that a date, a text, or a datetime at midnight means.");
  m.def("parse_period", &attain::parse_period, "text"_a, R"(Reads a period: its first and last day.

``2021``, ``2021H1``, ``2021Q2``, ``2021-06``, ``2021-06上旬``, ``2021-W05``, a day, or two of these joined by ``/``.

Raises
------
InvalidInput
    The text is no period.
)");
  m.def(
      "period_text", [](const attain::period& days) { return attain::to_string(days); }, "days"_a,
      "The shortest text that parse_period reads back to the same days: 2021-06 for a month.");
  m.def(
      "period_containing",
      [](const std::string& frequency, attain::date day) {
        const auto known = attain::parse_frequency(frequency);
        if (!known) {
          throw attain::invalid_option(attain::finding{.code = attain::code::invalid_option,
                                                       .text = attain::escaped_excerpt(frequency),
                                                       .expected = "day, week, ten_days, month, quarter, half_year or year",
                                                       .message = "there is no such calendar period"});
        }
        return attain::period_containing(*known, day);
      },
      "frequency"_a, "day"_a, "The first and last day of the calendar period (month, quarter, …) that a day lies in.");
  m.def("number_text", &attain::to_text, "number"_a, "The shortest text that parse_number reads back to the same number.");
  m.def(
      "written", [](double held, const std::string& unit) { return attain::parse_unit(unit).written(held); }, "held"_a, "unit"_a,
      "The number to write in a unit for a held amount: 0.6 is 60 in %.");
  m.def(
      "did_you_mean",
      [](const std::string& name, const std::vector<std::string>& known) {
        return attain::io::detail::did_you_mean_field(name, std::vector<std::string_view>(known.begin(), known.end()));
      },
      "name"_a, "known"_a,
      R"(The end of a message about a field that is not there, by what people call it or by its letters; empty if nothing is like it.
)");
  m.def(
      "is_percentage", [](const std::string& unit) { return attain::parse_unit(unit).is_percentage(); }, "unit"_a,
      "Whether amounts in the unit are written in parts of a hundred or a thousand of a held share.");
}
