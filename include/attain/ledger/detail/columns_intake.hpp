#pragma once

/** From columns to rows, in a few passes that do little for each row: texts are checked and looked up once for each code. */
#include <attain/ledger/detail/column.hpp>
#include <attain/ledger/detail/intake.hpp>
#include <attain/ledger/detail/ledger_state.hpp>
#include <attain/ledger/detail/problems.hpp>
#include <attain/ledger/observation_columns.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

class columns_intake {
 public:
  column<series_id> series;
  column<batch_id> batch;

  /// Throws `invalid_option` if columns are missing or of different lengths, `invalid_input` with all that is wrong in the rows.
  columns_intake(const observation_columns& columns, ledger_draft& draft) : columns_(columns), draft_(draft) {
    check_shape();
    problem_list problems;
    check_codes(problems);
    problems.throw_if_any<invalid_input>();
    check_rows(problems);
    check_texts(problems);
    problems.throw_if_any<invalid_input>();
    find_texts();
    find_series();
    find_batches();
  }

  std::size_t size() const noexcept { return columns_.size; }

  bool has_extras() const noexcept {
    return !columns_.high.empty() || has(columns_.evidence) || has(columns_.note) || has(columns_.key);
  }

  text_id key_of(std::size_t row) const noexcept { return key_.id(row); }
  bool has_keys() const noexcept { return has(columns_.key); }

  row_fields operator()(std::size_t row) const noexcept {
    row_fields f;
    f.last_day = columns_.last_day[row];
    set_content(f, static_cast<std::uint32_t>(f.last_day - first_day_of(row) + 1), missing_of(row), is(columns_.withdrawn, row),
                is(columns_.share_of_goal, row), columns_.low[row], high_of(row), is(columns_.low_open, row),
                is(columns_.high_open, row));
    f.batch = batch[row];
    f.evidence = evidence_.id(row);
    f.note = note_.id(row);
    f.key = key_.id(row);
    return f;
  }

  std::int32_t latest_recorded() const noexcept {
    std::int32_t latest = first_day;
    for (std::size_t row = 0; row < size(); ++row) latest = std::max(latest, recorded_of(row));
    return latest;
  }

 private:
  /// A coded column and what its codes mean in the ledger.
  struct text_column {
    coded_column from;
    std::vector<text_id> ids;

    std::uint32_t code(std::size_t row) const noexcept { return from.codes.empty() ? 0 : from.codes[row]; }
    text_id id(std::size_t row) const noexcept { return from.codes.empty() ? 0 : ids[from.codes[row]]; }
    std::size_t codes() const noexcept { return from.codes.empty() ? 1 : from.dictionary.size(); }
    text_id id_of(std::uint32_t code) const noexcept { return from.codes.empty() ? 0 : ids[code]; }
  };

  static bool has(const coded_column& c) noexcept { return !c.codes.empty(); }
  static bool is(std::span<const std::uint8_t> flags, std::size_t row) noexcept { return !flags.empty() && flags[row] != 0; }

  std::int32_t first_day_of(std::size_t row) const noexcept {
    return columns_.first_day.empty() ? columns_.last_day[row] : columns_.first_day[row];
  }
  std::int32_t recorded_of(std::size_t row) const noexcept {
    return columns_.recorded.empty() ? columns_.last_day[row] : columns_.recorded[row];
  }
  double high_of(std::size_t row) const noexcept { return columns_.high.empty() ? columns_.low[row] : columns_.high[row]; }
  std::optional<reason> missing_of(std::size_t row) const noexcept {
    if (columns_.missing.empty() || columns_.missing[row] == 0) return std::nullopt;
    return static_cast<reason>(columns_.missing[row]);
  }
  static entry_place place_of(std::size_t row) noexcept { return {row + 1}; }

  template <class Visit>
  void each_text_column(Visit&& visit) {
    visit("indicator", columns_.indicator, indicator_);
    visit("place", columns_.place, place_);
    visit("dimensions", columns_.dimensions, dimensions_);
    visit("step", columns_.step, step_);
    visit("stage", columns_.stage, stage_);
    visit("scope", columns_.scope, scope_);
    visit("unit", columns_.unit, unit_);
    visit("author", columns_.author, author_);
    visit("source", columns_.source, source_);
    visit("evidence", columns_.evidence, evidence_);
    visit("note", columns_.note, note_);
    visit("key", columns_.key, key_);
  }

  // -- checks -------------------------------------------------------------------------------------

  void check_shape() {
    problem_list problems;
    const auto length = [&](std::string_view name, std::size_t found, bool required) {
      if (found == size() || (found == 0 && !required)) return;
      problems.add(found == 0 ? code::missing_field : code::out_of_range, std::string(name), std::to_string(found) + " rows",
                   std::to_string(size()) + " rows", "a column has not as many rows as there are observations");
    };
    each_text_column([&](std::string_view name, const coded_column& c, text_column&) {
      length(name, c.codes.size(), name == "indicator");
    });
    length("first_day", columns_.first_day.size(), false);
    length("last_day", columns_.last_day.size(), true);
    length("low", columns_.low.size(), true);
    length("high", columns_.high.size(), false);
    length("low_open", columns_.low_open.size(), false);
    length("high_open", columns_.high_open.size(), false);
    length("share_of_goal", columns_.share_of_goal.size(), false);
    length("withdrawn", columns_.withdrawn.size(), false);
    length("missing", columns_.missing.size(), false);
    length("recorded", columns_.recorded.size(), false);
    problems.throw_if_any<invalid_option>();
  }

  void check_codes(problem_list& problems) {
    each_text_column([&](std::string_view name, const coded_column& c, text_column& column) {
      column.from = c;
      if (c.codes.empty() || *std::max_element(c.codes.begin(), c.codes.end()) < c.dictionary.size()) return;
      for (std::size_t row = 0; row < size(); ++row) {
        if (c.codes[row] < c.dictionary.size()) continue;
        problems.add(code::out_of_range, place_of(row).field(name), std::to_string(c.codes[row]),
                     "a code below " + std::to_string(c.dictionary.size()), "the code is not in the dictionary");
      }
    });
  }

  bool is_sound(std::size_t row) const noexcept {
    const std::int32_t first = first_day_of(row), last = columns_.last_day[row], recorded = recorded_of(row);
    const double low = columns_.low[row], high = high_of(row);
    const bool days = (first >= first_day) & (first <= last) & (last < last_day) &
                      (std::int64_t{last} - first < std::int64_t{row_flag::length}) & (recorded >= first_day) &
                      (recorded <= last_day);
    if (!columns_.missing.empty() && columns_.missing[row] != 0) {
      return days && is_reportable(static_cast<reason>(columns_.missing[row])) && !is(columns_.withdrawn, row);
    }
    return days && ((std::isfinite(low) && std::isfinite(high) && low <= high) || is(columns_.withdrawn, row));
  }

  void check_rows(problem_list& problems) {
    for (std::size_t row = 0; row < size(); ++row) {
      if (is_sound(row)) continue;
      entry_checker check(place_of(row), problems);
      check.days(first_day_of(row), columns_.last_day[row]);
      check.recorded(recorded_of(row));
      if (const auto missing = missing_of(row)) {
        check.missing(*missing, is(columns_.withdrawn, row));
      } else if (!is(columns_.withdrawn, row)) {
        check.ends(columns_.low[row], high_of(row));
      }
    }
  }

  /// Every text that is used, at the first row that uses it.
  void check_texts(problem_list& problems) {
    each_text_column([&](std::string_view name, const coded_column& c, text_column& column) {
      if (c.codes.empty()) return;
      column.ids.assign(c.dictionary.size(), nowhere);
      for (std::size_t row = 0; row < size(); ++row) {
        if (text_id& id = column.ids[c.codes[row]]; id == nowhere) {
          id = 0;
          check_text(name, c.dictionary[c.codes[row]], entry_checker(place_of(row), problems));
        }
      }
    });
  }

  static void check_text(std::string_view name, std::string_view text, entry_checker check) {
    if (name == "indicator" || name == "place" || name == "step") check.id(name, text, name == "indicator");
    else if (name == "dimensions") check.dimensions(split_dimensions(text));
    else if (name == "unit") check.unit(text);
    else if (name == "note") check.free_text(name, text);
    else check.name(name, text);
  }

  // -- ids ----------------------------------------------------------------------------------------

  void find_texts() {
    each_text_column([&](std::string_view name, const coded_column& c, text_column& column) {
      for (std::size_t i = 0; i < column.ids.size(); ++i) {
        if (column.ids[i] == nowhere) {
          column.ids[i] = 0;
        } else {
          column.ids[i] = draft_.texts.find_or_add(name == "dimensions" ? canonical(c.dictionary[i]) : c.dictionary[i]);
        }
      }
    });
  }

  std::string_view canonical(std::string_view dimensions) {
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const auto& [dimension, category] : split_dimensions(dimensions)) pairs.emplace_back(dimension, category);
    return canonical_ = dimensions_text(std::move(pairs));
  }

  /** One id a row for a pair of numbers: looked up in a table of all pairs where that is not much larger than the rows.

    @param a, b     a(row) below @p size_a, b(row) below @p size_b
    @param id_of    id_of(row)
  */
  template <class A, class B, class Id>
  column<std::uint32_t> one_id_a_row(std::size_t size_a, A&& a, std::size_t size_b, B&& b, Id&& id_of) {
    column<std::uint32_t> ids(size());
    if (size_a <= (2 * size() + 4096) / std::max<std::size_t>(size_b, 1)) {
      std::vector<std::uint32_t> known(size_a * size_b, nowhere);
      for (std::size_t row = 0; row < size(); ++row) {
        std::uint32_t& id = known[a(row) * size_b + b(row)];
        if (id == nowhere) id = id_of(row);
        ids[row] = id;
      }
    } else {
      for (std::size_t row = 0; row < size(); ++row) ids[row] = id_of(row);
    }
    return ids;
  }

  void find_series() {
    column<std::uint32_t> aspects;
    if (has(columns_.dimensions) || has(columns_.step) || has(columns_.stage) || has(columns_.scope) || has(columns_.unit)) {
      aspects = column<std::uint32_t>(size());
      aspect_key last;
      std::uint32_t last_id = 0;
      for (std::size_t row = 0; row < size(); ++row) {
        const aspect_key key{dimensions_.id(row), step_.id(row), stage_.id(row), scope_.id(row), unit_.id(row)};
        if (key != last) {
          last = key;
          last_id = draft_.aspects.find_or_add(key);
        }
        aspects[row] = last_id;
      }
    }
    const auto aspect_of = [&](std::size_t row) { return aspects.size() == 0 ? 0u : aspects[row]; };
    const std::size_t aspect_count = aspects.size() == 0 ? 1 : draft_.aspects.size();
    series = one_id_a_row(
        indicator_.codes(), [&](std::size_t row) { return std::size_t{indicator_.code(row)}; }, place_.codes() * aspect_count,
        [&](std::size_t row) { return std::size_t{place_.code(row)} * aspect_count + aspect_of(row); },
        [&](std::size_t row) { return draft_.series.find_or_add({indicator_.id(row), place_.id(row), aspect_of(row)}); });
  }

  void find_batches() {
    if (size() == 0) return;
    std::int32_t earliest = last_day, latest = first_day;
    for (std::size_t row = 0; row < size(); ++row) {
      earliest = std::min(earliest, recorded_of(row));
      latest = std::max(latest, recorded_of(row));
    }
    const std::size_t sources = source_.codes();
    batch = one_id_a_row(
        static_cast<std::size_t>(latest - earliest) + 1, [&](std::size_t row) { return static_cast<std::size_t>(recorded_of(row) - earliest); },
        author_.codes() * sources, [&](std::size_t row) { return author_.code(row) * sources + source_.code(row); },
        [&](std::size_t row) { return draft_.batches.find_or_add({recorded_of(row), author_.id(row), source_.id(row)}); });
  }

  const observation_columns& columns_;
  ledger_draft& draft_;
  text_column indicator_, place_, dimensions_, step_, stage_, scope_, unit_, author_, source_, evidence_, note_, key_;
  std::string canonical_;
};

}  // namespace attain::inline v0::detail
