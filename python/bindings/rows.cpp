#include "rows.hpp"

#include <attain/core/number_text.hpp>
#include <attain/io/csv.hpp>

#include <cmath>
#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

using attain::io::column;
using attain::io::column_kind;

/// A column that gets a value in some of the rows.
struct growing_column {
  column_kind kind;
  std::vector<double> numbers{};
  std::vector<std::int32_t> positions{};
  std::deque<std::string> texts{};
  std::vector<std::string_view> words{};
  std::map<std::string_view, std::int32_t> known{};
  std::vector<std::uint8_t> flags{};
  std::vector<std::uint8_t> missing{};

  std::size_t size() const { return missing.size(); }

  void pad(std::size_t rows) {
    numbers.resize(kind == column_kind::number ? rows : 0);
    positions.resize(kind == column_kind::word ? rows : 0);
    flags.resize(kind == column_kind::flag ? rows : 0);
    missing.resize(rows, column::unexplained);
  }

  void add_word(std::string text) {
    auto at = known.find(text);
    if (at == known.end()) {
      words.push_back(texts.emplace_back(std::move(text)));
      at = known.emplace(words.back(), static_cast<std::int32_t>(words.size() - 1)).first;
    }
    positions.push_back(at->second);
    missing.push_back(0);
  }
  void add_number(double number) {
    numbers.push_back(number);
    missing.push_back(0);
  }
  void add_flag(bool flag) {
    flags.push_back(flag ? 1 : 0);
    missing.push_back(0);
  }
};

column finished(std::string name, std::shared_ptr<const growing_column> from) {
  return {.name = std::move(name),
          .kind = from->kind,
          .numbers = from->numbers,
          .integers = from->positions,
          .flags = from->flags,
          .words = from->words,
          .missing = from->missing,
          .owners = {from}};
}

bool is_number(py::handle value) {
  return PyFloat_Check(value.ptr()) != 0 || PyIndex_Check(value.ptr()) != 0 || py::hasattr(value, "__float__");
}

std::string type_name(py::handle of) { return py::type::of(of).attr("__name__").cast<std::string>(); }

/// What data frames put where there is nothing: None, NaN, and pandas' NaT and NA.
bool is_nothing(py::handle value) {
  if (value.is_none()) return true;
  if (PyFloat_Check(value.ptr()) != 0) return std::isnan(PyFloat_AS_DOUBLE(value.ptr()));
  if (PyUnicode_Check(value.ptr()) != 0 || PyIndex_Check(value.ptr()) != 0) return false;
  const std::string name = type_name(value);
  if (name == "NaTType" || name == "NAType") return true;
  return py::hasattr(value, "__float__") && std::isnan(value.cast<double>());
}

bool is_date(py::handle value) {
  py::detail::make_caster<attain::date> day;
  return !py::isinstance<py::str>(value) && day.load(value, false);
}

/// The first and last day of a pandas.Period, whatever its frequency.
std::optional<std::string> text_of_pandas_period(py::handle value) {
  if (type_name(value) != "Period" || !py::hasattr(value, "start_time") || !py::hasattr(value, "end_time")) return std::nullopt;
  const auto day = [&](const char* end) { return value.attr(end).attr("strftime")("%Y-%m-%d").cast<std::string>(); };
  return day("start_time") + "/" + day("end_time");
}

/// The value as text, if it is something that has one.
std::optional<std::string> text_of(py::handle value) {
  if (py::isinstance<py::str>(value)) return value.cast<std::string>();
  if (py::isinstance<attain::reason>(value)) return std::string(to_string(value.cast<attain::reason>()));
  if (py::detail::make_caster<attain::date> day; day.load(value, false)) return to_string(static_cast<attain::date>(day));
  if (py::isinstance<py::tuple>(value)) return to_string(value.cast<attain::period>());
  if (py::isinstance<py::dict>(value)) {
    std::string text;
    for (const auto& [dimension, category] : value.cast<std::map<std::string, std::string>>()) {
      text += (text.empty() ? "" : ";") + dimension + "=" + category;
    }
    return text;
  }
  return text_of_pandas_period(value);
}

class row_collector {
 public:
  void add(const py::dict& row) {
    ++rows_;
    for (const auto& [key, value] : row) {
      const auto text = py::detail::utf8_of(key);
      if (!text) throw py::type_error("row " + std::to_string(rows_) + ": columns are named by text");
      const std::string name(*text);
      try {
        if (is_nothing(value) && !(name == "amount" && is_number(value))) continue;  // an amount that is no number is refused
        // A day as a period is a day, and refused where a day is no period.
        const bool is_day = name == "period" && is_date(value) && (!row.contains("day") || is_nothing(row["day"]));
        add(is_day ? "day" : name, value);
      } catch (const py::cast_error&) {
        throw py::type_error("row " + std::to_string(rows_) + ", " + name + ": a " +
                             py::type::of(value).attr("__name__").cast<std::string>() + " is no value of an observation");
      }
    }
    for (auto& [name, one] : columns_) one->pad(rows_);
  }

  attain::io::table table() {
    attain::io::table made{.rows = rows_};
    for (auto& [name, one] : columns_) made.columns.push_back(finished(name.first, one));
    return made;
  }

 private:
  void add(const std::string& name, py::handle value) {
    if (PyBool_Check(value.ptr())) return at(name, column_kind::flag).add_flag(value.cast<bool>());
    if (auto text = text_of(value)) return at(name, column_kind::word).add_word(*std::move(text));
    if (!is_number(value)) throw py::cast_error();
    at(name, column_kind::number).add_number(value.cast<double>());
  }

  growing_column& at(const std::string& name, column_kind kind) {
    auto& one = columns_[{name, kind}];
    if (one == nullptr) one = std::make_shared<growing_column>(growing_column{.kind = kind});
    one->pad(rows_ - 1);
    return *one;
  }

  std::size_t rows_ = 0;
  std::map<std::pair<std::string, column_kind>, std::shared_ptr<growing_column>> columns_;
};

std::string amount_text(const attain::observation& entry) {
  const std::string low = attain::to_text(entry.low);
  if (entry.low_open) return "近" + low;
  if (entry.high_open) return low + "余";
  return low + (entry.high < 0 ? "~" : "–") + attain::to_text(entry.high);
}

}  // namespace

attain::io::table table_of_rows(const py::iterable& rows) {
  row_collector collector;
  for (const py::handle row : rows) collector.add(row.cast<py::dict>());
  return collector.table();
}

py::dict row_of(const attain::observation& entry) {
  py::dict row;
  const auto put = [&row](const char* key, const std::string& text) {
    if (!text.empty()) row[key] = text;
  };
  row["indicator"] = entry.indicator;
  put("place", entry.place);
  row["start"] = entry.about.start;
  row["end"] = entry.about.last();
  if (entry.missing) {
    row["missing"] = *entry.missing;
  } else if (entry.withdrawn) {
    row["withdrawn"] = true;
  } else if (entry.low == entry.high && !entry.low_open && !entry.high_open) {
    row["amount"] = entry.low;
  } else {
    row["amount"] = amount_text(entry);
  }
  put("unit", entry.unit);
  if (entry.form == attain::amount_form::share_of_goal) row["form"] = "share_of_goal";
  if (!entry.dimensions.empty()) row["dimensions"] = py::dict(py::cast(std::map<std::string, std::string>(entry.dimensions.begin(), entry.dimensions.end())));
  put("step", entry.step);
  put("stage", entry.stage);
  put("scope", entry.scope);
  if (entry.recorded) row["recorded"] = *entry.recorded;
  put("author", entry.author);
  put("source", entry.source);
  put("evidence", entry.evidence);
  put("note", entry.note);
  put("key", entry.key);
  return row;
}
