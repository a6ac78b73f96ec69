#pragma once
/** Conversions at the border: days, periods, answers. Included by pybind.hpp only.

  | C++ | from Python | to Python |
  |---|---|---|
  | date | `datetime.date`, text of the one date parser, a `datetime` or `Timestamp` at midnight without zone | `datetime.date` |
  | period | text of the one period parser, or its first and last day | `(first, last)`, inclusive |
  | answer<T> | – | T, or None |

  Dates cross by year, month and day. What looks like a date and is none throws `invalid_input`; anything else is a TypeError.
*/
#include <attain/core/answer.hpp>
#include <attain/core/date.hpp>
#include <attain/core/error.hpp>
#include <attain/core/period.hpp>

#include <datetime.h>

#include <optional>
#include <string_view>

namespace pybind11::detail {

inline void import_datetime() {
  if (PyDateTimeAPI == nullptr) PyDateTime_IMPORT;
}

/// The text that a string is; none of one with halves of a pair of surrogates, which is no text.
inline std::optional<std::string_view> utf8_of(handle source) {
  make_caster<std::string_view> text;
  if (!PyUnicode_Check(source.ptr()) || !text.load(source, false)) return std::nullopt;
  return cast_op<std::string_view>(text);
}

/// Whether a datetime is a day: at midnight, without a zone.
inline bool is_plain_midnight(handle datetime) {
  PyObject* const d = datetime.ptr();
  const bool is_midnight = PyDateTime_DATE_GET_HOUR(d) == 0 && PyDateTime_DATE_GET_MINUTE(d) == 0 &&
                           PyDateTime_DATE_GET_SECOND(d) == 0 && PyDateTime_DATE_GET_MICROSECOND(d) == 0;
  const object nanoseconds = getattr(datetime, "nanosecond", int_(0));  // of NaT it is NaN
  return is_midnight && nanoseconds.equal(int_(0)) && datetime.attr("tzinfo").is_none();
}

template <>
class type_caster<attain::date> {
 public:
  static constexpr auto name = io_name("datetime.date | str", "datetime.date");
  template <class>
  using cast_op_type = attain::date;

  bool load(handle source, bool) {
    import_datetime();
    if (const auto text = utf8_of(source)) {
      value_ = attain::parse_date(*text);
      return true;
    }
    if (!PyDate_Check(source.ptr())) return false;
    if (PyDateTime_Check(source.ptr()) && !is_plain_midnight(source)) {
      throw attain::invalid_input(attain::finding{.code = attain::code::malformed_date,
                                                  .text = attain::escaped_excerpt(str(source).cast<std::string>()),
                                                  .expected = "a date, or midnight without a time zone",
                                                  .message = "a time of the day is not a day"});
    }
    value_ = attain::date(PyDateTime_GET_YEAR(source.ptr()), static_cast<unsigned>(PyDateTime_GET_MONTH(source.ptr())),
                          static_cast<unsigned>(PyDateTime_GET_DAY(source.ptr())));
    return true;
  }

  operator attain::date() const { return *value_; }

  static handle cast(attain::date day, return_value_policy, handle) {
    import_datetime();
    return PyDate_FromDate(day.year(), static_cast<int>(day.month()), static_cast<int>(day.day()));
  }

 private:
  std::optional<attain::date> value_;
};

template <>
class type_caster<attain::period> {
 public:
  static constexpr auto name = io_name("tuple[datetime.date | str, datetime.date | str] | str", "tuple[datetime.date, datetime.date]");
  template <class>
  using cast_op_type = attain::period;

  bool load(handle source, bool convert) {
    if (const auto text = utf8_of(source)) {
      value_ = attain::parse_period(*text);
      return true;
    }
    if (PyUnicode_Check(source.ptr())) return false;
    make_caster<std::pair<attain::date, attain::date>> ends;
    if (!ends.load(source, convert)) return false;
    const auto [first, last] = cast_op<std::pair<attain::date, attain::date>>(ends);
    if (last < first) {
      throw attain::invalid_input(attain::finding{.code = attain::code::malformed_period,
                                                  .text = to_string(first) + " to " + to_string(last),
                                                  .expected = "a first day at or before the last",
                                                  .message = "the period ends before it begins"});
    }
    value_ = attain::period{first, last + 1};
    return true;
  }

  operator attain::period() const { return *value_; }

  static handle cast(const attain::period& p, return_value_policy policy, handle parent) {
    return make_caster<std::pair<attain::date, attain::date>>::cast(std::pair(p.start, p.last()), policy, parent);
  }

 private:
  std::optional<attain::period> value_;
};

template <class T>
class type_caster<attain::answer<T>> {
 public:
  static constexpr auto name = make_caster<T>::name + const_name(" | None");

  static handle cast(const attain::answer<T>& answer, return_value_policy policy, handle parent) {
    if (!answer.has_value()) return none().release();
    return make_caster<T>::cast(*answer, policy, parent);
  }
};

}  // namespace pybind11::detail
