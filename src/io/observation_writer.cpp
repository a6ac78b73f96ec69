#include <attain/io/csv.hpp>

#include <attain/core/error.hpp>
#include <attain/core/id.hpp>
#include <attain/core/number_text.hpp>
#include <attain/core/unit.hpp>

#include "observation_columns.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

namespace attain::inline v0::io {

namespace {

using namespace detail;

/// What cannot be said in a row.
class row_checker {
 public:
  row_checker(std::size_t row, std::vector<finding>& problems) : row_(row), problems_(problems) {}

  void check(const observation& o) {
    note(csv_column::indicator, check_id(o.indicator, {}));
    unless_empty(csv_column::place, o.place, check_id);
    unless_empty(csv_column::step, o.step, check_id);
    for (const auto& [column, text] : {std::pair{csv_column::stage, &o.stage}, std::pair{csv_column::scope, &o.scope},
                                       std::pair{csv_column::author, &o.author}, std::pair{csv_column::source, &o.source},
                                       std::pair{csv_column::evidence, &o.evidence}, std::pair{csv_column::key, &o.key}}) {
      unless_empty(column, *text, check_name);
    }
    check_note(o.note);
    if (const auto unit = o.unit.empty() ? std::nullopt : std::optional(try_parse_unit(o.unit)); unit && !*unit) {
      note(csv_column::unit, unit->problem());
    }
    check_dimensions(o);
    if (!(o.about.start < o.about.end)) refuse(csv_column::period, code::malformed_period, {}, "the period ends before it starts");
    check_content(o);
  }

 private:
  void note(csv_column column, std::optional<finding> problem) {
    if (!problem) return;
    problem->where = where(column);
    problems_.push_back(*std::move(problem));
  }
  void refuse(csv_column column, attain::code what, std::string_view text, std::string message) {
    note(column, finding{severity::error, what, {}, escaped_excerpt(text), {}, std::move(message)});
  }
  std::string where(csv_column column) const {
    return "row " + std::to_string(row_) + ", " + std::string(to_string(column));
  }
  template <class Check>
  void unless_empty(csv_column column, std::string_view text, Check&& check) {
    if (!text.empty()) note(column, check(text, std::string_view{}));
  }

  void check_note(std::string_view text) {
    if (find_invalid_utf8(text) || text.find('\0') != std::string_view::npos) {
      refuse(csv_column::note, code::bad_encoding, text, "the note is not text in UTF-8");
    } else if (text.size() >= max_cell_bytes) {
      refuse(csv_column::note, code::too_large, text, "the note is longer than a cell can be");
    }
  }

  void check_dimensions(const observation& o) {
    for (const auto& pair : o.dimensions) {
      for (const auto& part : {pair.first, pair.second}) {
        if (!check_id(part, {}) && part.find_first_of("=;") == std::string::npos) continue;
        refuse(csv_column::dimensions, code::invalid_id, part, "the dimensions are not pairs of ids without = and ;");
        return;
      }
    }
  }

  void check_content(const observation& o) {
    if (o.missing || o.withdrawn) {
      const bool reportable = !o.missing || *o.missing == reason::withheld || *o.missing == reason::no_observation ||
                              *o.missing == reason::not_comparable || *o.missing == reason::not_applicable;
      if (!reportable) refuse(csv_column::missing, code::malformed, to_string(*o.missing), "no report is missing for this reason");
      if (o.missing && o.withdrawn) refuse(csv_column::missing, code::malformed, {}, "the entry is missing and withdrawn");
      return;
    }
    if (!std::isfinite(o.low) || !std::isfinite(o.high)) {
      refuse(csv_column::amount, code::not_finite, {}, "the amount is not finite");
    } else if (o.low > o.high) {
      refuse(csv_column::amount, code::out_of_range, {}, "the low end of the amount lies above the high end");
    } else if ((o.low_open || o.high_open) && (o.low != o.high || o.low < 0 || (o.low_open && o.high_open))) {
      refuse(csv_column::amount, code::malformed_number, {}, "an amount with an open end has one known end, not below 0");
    }
  }

  std::size_t row_;
  std::vector<finding>& problems_;
};

std::string amount_text(const observation& o) {
  if (o.low_open) return "近" + to_text(o.low);
  if (o.high_open) return to_text(o.low) + "余";
  if (o.low == o.high) return to_text(o.low);
  return to_text(o.low) + (o.high < 0 ? "~" : "–") + to_text(o.high);
}

std::string dimensions_text(const observation& o) {
  std::string text;
  for (const auto& [dimension, category] : o.dimensions) {
    if (!text.empty()) text += ';';
    text.append(dimension).append("=").append(category);
  }
  return text;
}

/// Text as a cell that no spreadsheet takes for a formula.
std::string guarded(std::string_view text) {
  return looks_like_formula(text) ? "'" + std::string(text) : std::string(text);
}

std::string cell_text(const observation& o, std::string_view unit, csv_column column) {
  const bool has_amount = !o.missing && !o.withdrawn;
  switch (column) {
    case csv_column::indicator: return guarded(o.indicator);
    case csv_column::place: return guarded(o.place);
    case csv_column::period: return to_string(o.about);
    case csv_column::day:
    case csv_column::start:
    case csv_column::end: return {};
    case csv_column::amount: return has_amount ? amount_text(o) : std::string{};
    case csv_column::unit: return guarded(unit);
    case csv_column::form: return has_amount && o.form == amount_form::share_of_goal ? "share_of_goal" : "";
    case csv_column::missing: return o.missing ? std::string(to_string(*o.missing)) : std::string{};
    case csv_column::withdrawn: return o.withdrawn ? "true" : "";
    case csv_column::dimensions: return guarded(dimensions_text(o));
    case csv_column::step: return guarded(o.step);
    case csv_column::stage: return guarded(o.stage);
    case csv_column::scope: return guarded(o.scope);
    case csv_column::recorded: return o.recorded ? to_string(*o.recorded) : std::string{};
    case csv_column::author: return guarded(o.author);
    case csv_column::source: return guarded(o.source);
    case csv_column::evidence: return guarded(o.evidence);
    case csv_column::note: return guarded(o.note);
    case csv_column::key: return guarded(o.key);
  }
  return {};
}

bool uses(const observation& o, std::string_view unit, csv_column column) {
  switch (column) {
    case csv_column::indicator:
    case csv_column::period:
    case csv_column::amount: return true;
    case csv_column::day:
    case csv_column::start:
    case csv_column::end: return false;
    case csv_column::place: return !o.place.empty();
    case csv_column::unit: return !unit.empty();
    case csv_column::form: return o.form != amount_form::amount;
    case csv_column::missing: return o.missing.has_value();
    case csv_column::withdrawn: return o.withdrawn;
    case csv_column::dimensions: return !o.dimensions.empty();
    case csv_column::step: return !o.step.empty();
    case csv_column::stage: return !o.stage.empty();
    case csv_column::scope: return !o.scope.empty();
    case csv_column::recorded: return o.recorded.has_value();
    case csv_column::author: return !o.author.empty();
    case csv_column::source: return !o.source.empty();
    case csv_column::evidence: return !o.evidence.empty();
    case csv_column::note: return !o.note.empty();
    case csv_column::key: return !o.key.empty();
  }
  return false;
}

void append_cell(std::string& to, std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    to += text;
    return;
  }
  to += '"';
  for (const char c : text) {
    if (c == '"') to += '"';
    to += c;
  }
  to += '"';
}

/// @param unit_of the unit that an observation's amount is written with
template <class UnitOf>
std::string written(std::span<const observation> entries, UnitOf&& unit_of) {
  std::vector<finding> problems;
  for (std::size_t i = 0; i < entries.size(); ++i) row_checker(i + 1, problems).check(entries[i]);
  if (!problems.empty()) throw invalid_input(std::move(problems));

  std::vector<csv_column> columns;
  for (std::size_t i = 0; i < csv_column_names.size(); ++i) {
    const auto column = static_cast<csv_column>(i);
    const bool always = column == csv_column::indicator || column == csv_column::period || column == csv_column::amount;
    if (always || std::any_of(entries.begin(), entries.end(), [&](const observation& o) { return uses(o, unit_of(o), column); })) {
      columns.push_back(column);
    }
  }

  std::string csv;
  for (std::size_t i = 0; i < columns.size(); ++i) csv.append(i > 0 ? "," : "").append(to_string(columns[i]));
  csv += '\n';
  for (const observation& o : entries) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i > 0) csv += ',';
      append_cell(csv, cell_text(o, unit_of(o), columns[i]));
    }
    csv += '\n';
  }
  return csv;
}

}  // namespace

std::string to_csv(std::span<const observation> entries) {
  return written(entries, [](const observation& o) -> std::string_view { return o.unit; });
}

std::string to_csv(std::span<const observation> entries, const programme& plan) {
  std::map<std::string, std::string, std::less<>> held_in;
  for (const indicator_spec& indicator : plan.indicators()) {
    const unit declared = indicator.unit.empty() ? unit() : parse_unit(indicator.unit);
    if (declared.plain() != declared) held_in.emplace(indicator.id, declared.plain().symbol());
  }
  return written(entries, [&](const observation& o) -> std::string_view {
    const auto known = o.unit.empty() && o.form == amount_form::amount ? held_in.find(o.indicator) : held_in.end();
    return known != held_in.end() ? std::string_view(known->second) : std::string_view(o.unit);
  });
}

}  // namespace attain::inline v0::io
