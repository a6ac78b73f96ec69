#pragma once

/** From columns to rows, in a few passes that do little for each row: texts are checked and looked up once for each code. */
#include <attain/core/column.hpp>
#include <attain/core/in_threads.hpp>
#include <attain/ledger/detail/intake.hpp>
#include <attain/ledger/detail/ledger_state.hpp>
#include <attain/ledger/detail/number_set.hpp>
#include <attain/ledger/detail/problems.hpp>
#include <attain/ledger/observation_columns.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
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
  columns_intake(const observation_columns& columns, ledger_draft& draft, std::size_t threads)
      : columns_(columns), draft_(draft), parts_(parts_for(columns.size, threads)) {
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

  /// Rows without their texts, for a loop over many.
  auto plain() const noexcept {
    return [c = columns_, first = first_days().data(), batches = batch.data(),
            amounts_alone = has_amounts_alone()](std::size_t row) noexcept {
      row_fields f;
      f.last_day = c.last_day[row];
      f.batch = batches[row];
      const auto length = static_cast<std::uint32_t>(f.last_day - first[row] + 1);
      if (amounts_alone) {
        set_content(f, length, 0, false, false, c.low[row], c.low[row], false, false);
      } else {
        set_content(f, length, c.missing.empty() ? 0 : c.missing[row], is(c.withdrawn, row), is(c.share_of_goal, row), c.low[row],
                    c.high.empty() ? c.low[row] : c.high[row], is(c.low_open, row), is(c.high_open, row));
      }
      return f;
    };
  }

  row_fields whole(std::size_t row) const noexcept {
    row_fields f = plain()(row);
    f.evidence = evidence_.id(row);
    f.note = note_.id(row);
    f.key = key_.id(row);
    return f;
  }

  std::int32_t latest_recorded() const noexcept { return latest_recorded_; }
  std::size_t parts() const noexcept { return parts_; }

 private:
  /// A coded column and what its codes mean in the ledger.
  struct text_column {
    coded_column from;
    std::vector<text_id> ids;           ///< of each code; `nowhere` for a code that no row has
    std::vector<std::uint32_t> number;  ///< of each code: which of the different texts; empty if it is the code
    std::vector<text_id> texts{0};      ///< by number

    text_id id(std::size_t row) const noexcept { return from.codes.empty() ? 0 : ids[from.codes[row]]; }
    /// A function that gives the number of a row's text, for a loop over many.
    auto numbers() const noexcept {
      return [codes = from.codes.empty() ? nullptr : from.codes.data(),
              number = number.empty() ? nullptr : number.data()](std::size_t row) noexcept -> std::size_t {
        if (codes == nullptr) return 0;
        return number == nullptr ? codes[row] : number[codes[row]];
      };
    }

    /// Numbers the texts in use without gaps and repetitions. @p text_count is that of the ledger.
    void number_texts(std::uint32_t text_count) {
      if (from.codes.empty()) return;
      texts.clear();
      number.assign(ids.size(), 0u);
      std::vector<std::uint32_t> known(text_count, nowhere);
      for (std::size_t code = 0; code < ids.size(); ++code) {
        if (ids[code] == nowhere) continue;
        std::uint32_t& of_text = known[ids[code]];
        if (of_text == nowhere) {
          of_text = static_cast<std::uint32_t>(texts.size());
          texts.push_back(ids[code]);
        }
        number[code] = of_text;
      }
      if (texts.size() == ids.size()) number.clear();
    }
  };

  /// Threads are worth starting for many rows only. At least one part.
  static std::size_t parts_for(std::size_t rows, std::size_t threads) noexcept {
    return (std::max)(std::size_t{1}, (std::min)(threads, rows / 65536));
  }

  /// Calls work(part, begin, end) for each part of the rows.
  template <class Work>
  void each_part(const Work& work) const {
    in_threads(parts_, [&](std::size_t part) {
      const auto [begin, end] = part_of(size(), part, parts_);
      work(part, begin, end);
    });
  }

  static bool has(const coded_column& c) noexcept { return !c.codes.empty(); }
  static bool is(std::span<const std::uint8_t> flags, std::size_t row) noexcept { return !flags.empty() && flags[row] != 0; }

  std::span<const std::int32_t> first_days() const noexcept {
    return columns_.first_day.empty() ? columns_.last_day : columns_.first_day;
  }
  std::span<const std::int32_t> recorded_days() const noexcept {
    return columns_.recorded.empty() ? columns_.last_day : columns_.recorded;
  }
  /// Whether every row is one exact amount and nothing else.
  bool has_amounts_alone() const noexcept {
    return columns_.high.empty() && columns_.missing.empty() && columns_.withdrawn.empty() && columns_.share_of_goal.empty() &&
           columns_.low_open.empty() && columns_.high_open.empty();
  }
  double high_of(std::size_t row) const noexcept { return columns_.high.empty() ? columns_.low[row] : columns_.high[row]; }
  std::uint8_t missing_of(std::size_t row) const noexcept { return columns_.missing.empty() ? 0 : columns_.missing[row]; }
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
    each_text_column(
        [&](std::string_view name, const coded_column& c, text_column&) { length(name, c.codes.size(), name == "indicator"); });
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
      if (c.codes.empty()) return;
      std::vector<std::uint32_t> largest(parts_);
      each_part([&](std::size_t part, std::size_t begin, std::size_t end) {
        std::uint32_t most = 0;
        for (std::size_t row = begin; row < end; ++row) most = (std::max)(most, c.codes[row]);
        largest[part] = most;
      });
      if (*std::max_element(largest.begin(), largest.end()) < c.dictionary.size()) return;
      for (std::size_t row = 0; row < size(); ++row) {
        if (c.codes[row] < c.dictionary.size()) continue;
        problems.add(code::out_of_range, place_of(row).field(name), std::to_string(c.codes[row]),
                     "a code below " + std::to_string(c.dictionary.size()), "the code is not in the dictionary");
      }
    });
  }

  static bool are_sound_days(std::int32_t first, std::int32_t last, std::int32_t recorded) noexcept {
    return (first >= first_day) & (first <= last) & (last < last_day) &
           (std::int64_t{last} - first < std::int64_t{row_flag::length}) & (recorded >= first_day) & (recorded <= last_day);
  }
  static bool are_sound_ends(double low, double high) noexcept {
    const bool low_is_finite = std::isfinite(low), high_is_finite = std::isfinite(high);
    return low_is_finite & high_is_finite & (low <= high);
  }

  bool is_sound(std::size_t row) const noexcept {
    if (!are_sound_days(first_days()[row], columns_.last_day[row], recorded_days()[row])) return false;
    const bool withdrawn = is(columns_.withdrawn, row);
    if (const std::uint8_t missing = missing_of(row); missing != 0) {
      return is_reportable(static_cast<reason>(missing)) && !withdrawn;
    }
    return withdrawn || are_sound_ends(columns_.low[row], high_of(row));
  }

  bool are_sound(std::size_t begin, std::size_t end) const noexcept {
    bool all = true;
    if (has_amounts_alone()) {
      const std::int32_t *const first = first_days().data(), *const last = columns_.last_day.data();
      const std::int32_t* const recorded = recorded_days().data();
      const double* const amount = columns_.low.data();
      for (std::size_t row = begin; row < end; ++row) {
        const bool has_days = are_sound_days(first[row], last[row], recorded[row]);
        const bool has_ends = are_sound_ends(amount[row], amount[row]);
        all &= has_days & has_ends;
      }
    } else {
      for (std::size_t row = begin; row < end; ++row) all &= is_sound(row);
    }
    return all;
  }

  void check_rows(problem_list& problems) {
    std::vector<std::uint8_t> sound(parts_);
    each_part([&](std::size_t part, std::size_t begin, std::size_t end) { sound[part] = are_sound(begin, end); });
    if (std::find(sound.begin(), sound.end(), 0) == sound.end()) return;
    for (std::size_t row = 0; row < size(); ++row) {
      if (is_sound(row)) continue;
      entry_checker check(place_of(row), problems);
      check.days(first_days()[row], columns_.last_day[row]);
      check.recorded(recorded_days()[row]);
      if (const std::uint8_t missing = missing_of(row); missing != 0) {
        check.missing(static_cast<reason>(missing), is(columns_.withdrawn, row));
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
      mark_used(c, column.ids);
      for (std::uint32_t code = 0; code < c.dictionary.size(); ++code) {
        if (column.ids[code] == nowhere) continue;
        problem_list own;
        check_text(name, c.dictionary[code], entry_checker({}, own));
        if (own.empty()) continue;
        const auto row = static_cast<std::size_t>(std::find(c.codes.begin(), c.codes.end(), code) - c.codes.begin());
        check_text(name, c.dictionary[code], entry_checker(place_of(row), problems));
      }
    });
  }

  /// Sets the ids of codes that some row has to 0.
  void mark_used(const coded_column& c, std::vector<text_id>& ids) const {
    const auto mark = [&c](std::vector<text_id>& to, std::size_t begin, std::size_t end) {
      text_id* const marks = to.data();
      for (std::size_t row = begin; row < end; ++row) marks[c.codes[row]] = 0;
    };
    if (ids.size() > size() / 8) return mark(ids, 0, size());  // threads would spend their time on the marks
    std::vector<std::vector<text_id>> of_part(parts_, ids);
    each_part([&](std::size_t part, std::size_t begin, std::size_t end) { mark(of_part[part], begin, end); });
    for (const std::vector<text_id>& marks : of_part) {
      for (std::size_t code = 0; code < ids.size(); ++code) ids[code] = (std::min)(ids[code], marks[code]);
    }
  }

  static void check_text(std::string_view name, std::string_view text, entry_checker check) {
    if (name == "indicator" || name == "place" || name == "step") {
      check.id(name, text, name == "indicator");
    } else if (name == "dimensions") {
      check.dimensions(split_dimensions(text));
    } else if (name == "unit") {
      check.unit(text);
    } else if (name == "note") {
      check.free_text(name, text);
    } else {
      check.name(name, text);
    }
  }

  // -- ids ----------------------------------------------------------------------------------------

  void find_texts() {
    each_text_column([&](std::string_view name, const coded_column& c, text_column& column) {
      for (std::size_t i = 0; i < column.ids.size(); ++i) {
        if (column.ids[i] == nowhere) continue;
        column.ids[i] = draft_.texts.find_or_add(name == "dimensions" ? canonical(c.dictionary[i]) : c.dictionary[i]);
      }
    });
    for (text_column* column : {&indicator_, &place_, &author_, &source_}) column->number_texts(draft_.texts.size());
  }

  std::string_view canonical(std::string_view dimensions) {
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const auto& [dimension, category] : split_dimensions(dimensions)) pairs.emplace_back(dimension, category);
    return canonical_ = dimensions_text(std::move(pairs));
  }

  /** One id a row for a pair of numbers. Where there are not too many pairs, ids are made in the order of the pairs, which keeps
      together what will be read together, and each pair is looked up once.

    @param first, second  first(row) below @p firsts, second(row) below @p seconds
    @param key_of         key_of(first, second): what @p table knows by an id
  */
  template <class Table, class First, class Second, class Key>
  column<std::uint32_t> one_id_a_row(Table& table, std::size_t firsts, First&& first, std::size_t seconds, Second&& second,
                                     Key&& key_of) const {
    column<std::uint32_t> ids(size());
    if (firsts > (64 * size() + 4096) / seconds) {
      for (std::size_t row = 0; row < size(); ++row) ids[row] = table.find_or_add(key_of(first(row), second(row)));
      return ids;
    }
    const auto number = [first, second, seconds](std::size_t row) { return first(row) * seconds + second(row); };
    number_set pairs = distinct_pairs(firsts * seconds, number);
    const std::vector<std::size_t> distinct = pairs.members();
    column<std::uint32_t> id_of_rank(distinct.size());
    table.find_or_add_all(
        distinct.size(), [&](std::size_t i) { return key_of(distinct[i] / seconds, distinct[i] % seconds); },
        [next = id_of_rank.data()](std::uint32_t id) mutable { *next++ = id; });
    const std::uint32_t start = id_of_rank[0];
    bool consecutive = true;
    for (std::uint32_t rank = 0; rank < id_of_rank.size(); ++rank) consecutive = consecutive && id_of_rank[rank] == start + rank;
    each_part([&](std::size_t, std::size_t begin, std::size_t end) {
      const auto write = [begin, end, to = ids.data(), number](auto id_of) {
        for (std::size_t row = begin; row < end; ++row) to[row] = id_of(number(row));
      };
      if (firsts * seconds <= few_pairs) {
        column<std::uint32_t> id_of_number(firsts * seconds);
        for (std::size_t rank = 0; rank < distinct.size(); ++rank) id_of_number[distinct[rank]] = id_of_rank[rank];
        write([id = id_of_number.data()](std::size_t pair) { return id[pair]; });
      } else if (consecutive) {
        write([start, &pairs](std::size_t pair) { return start + pairs.rank(pair); });
      } else {
        write([id = id_of_rank.data(), &pairs](std::size_t pair) { return id[pairs.rank(pair)]; });
      }
    });
    return ids;
  }

  static constexpr std::size_t few_pairs = 16384;  ///< so few that a table of all of them stays in the cache

  template <class Number>
  number_set distinct_pairs(std::size_t bound, Number&& number) const {
    const auto insert = [&](number_set& to, std::size_t begin, std::size_t end) {
      for (std::size_t row = begin; row < end; ++row) to.insert(number(row));
    };
    number_set pairs(bound);
    if (bound > 4 * size()) {  // threads would spend their time on the sets
      insert(pairs, 0, size());
      return pairs;
    }
    std::vector<number_set> others(parts_ - 1, pairs);
    each_part(
        [&](std::size_t part, std::size_t begin, std::size_t end) { insert(part == 0 ? pairs : others[part - 1], begin, end); });
    for (const number_set& other : others) pairs.merge(other);
    return pairs;
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
    const auto indicator = indicator_.numbers();
    if (aspects.size() == 0) {
      series = one_id_a_row(draft_.series, indicator_.texts.size(), indicator, place_.texts.size(), place_.numbers(),
                            [&](std::size_t i, std::size_t place) {
                              return packed_series{indicator_.texts[i], place_.texts[place], 0};
                            });
    } else {
      const std::size_t count = draft_.aspects.size();
      series = one_id_a_row(
          draft_.series, indicator_.texts.size(), indicator, place_.texts.size() * count,
          [place = place_.numbers(), count, aspect = aspects.data()](std::size_t row) {
            return place(row) * count + aspect[row];
          },
          [&](std::size_t i, std::size_t rest) {
            return packed_series{indicator_.texts[i], place_.texts[rest / count], static_cast<std::uint32_t>(rest % count)};
          });
    }
  }

  void find_batches() {
    const std::span<const std::int32_t> days = recorded_days();
    std::vector<std::int32_t> earliest(parts_), latest(parts_);
    each_part([&](std::size_t part, std::size_t begin, std::size_t end) {
      std::int32_t least = days[begin], most = days[begin];
      for (std::size_t row = begin; row < end; ++row) {
        least = (std::min)(least, days[row]);
        most = (std::max)(most, days[row]);
      }
      earliest[part] = least;
      latest[part] = most;
    });
    latest_recorded_ = *std::max_element(latest.begin(), latest.end());
    const std::int32_t first = *std::min_element(earliest.begin(), earliest.end());
    const std::size_t sources = source_.texts.size();
    batch = one_id_a_row(
        draft_.batches, static_cast<std::size_t>(std::int64_t{latest_recorded_} - first) + 1,
        [days, first](std::size_t row) { return static_cast<std::size_t>(days[row] - first); }, author_.texts.size() * sources,
        [author = author_.numbers(), source = source_.numbers(), sources](std::size_t row) {
          return author(row) * sources + source(row);
        },
        [&](std::size_t day, std::size_t rest) {
          return batch_key{first + static_cast<std::int32_t>(day), author_.texts[rest / sources], source_.texts[rest % sources]};
        });
  }

  const observation_columns columns_;
  ledger_draft& draft_;
  std::size_t parts_;  ///< of the rows, each for a thread
  text_column indicator_, place_, dimensions_, step_, stage_, scope_, unit_, author_, source_, evidence_, note_, key_;
  std::string canonical_;
  std::int32_t latest_recorded_ = first_day;
};

}  // namespace attain::inline v0::detail
