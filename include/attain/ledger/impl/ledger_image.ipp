#pragma once

#include <attain/core/date.hpp>
#include <attain/core/finite.hpp>
#include <attain/ledger/detail/intake.hpp>
#include <attain/ledger/detail/ledger_state.hpp>
#include <attain/ledger/detail/problems.hpp>
#include <attain/ledger/ledger_image.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>

namespace attain::inline v0 {
namespace detail {

inline run_image_view image_of_run(const run& from) {
  run_image_view image;
  const std::size_t most = from.directory.size();
  image.series.resize(most);
  image.count.resize(most);
  std::size_t present = 0;
  for (std::size_t i = 0; i < most; ++i) {
    const row_range rows = from.directory.rows(i);
    image.series[present] = from.directory.series(i);
    image.count[present] = rows.end - rows.begin;
    present += rows.begin != rows.end;
  }
  image.series.resize(present);
  image.count.resize(present);
  image.last_day = {from.last_day.data(), from.size()};
  image.length_and_flags = {from.length_and_flags.data(), from.size()};
  image.batch = {from.batch.data(), from.size()};
  image.amount = {from.amount.data(), from.size()};
  image.high_rows = from.high.rows;
  image.high = from.high.values;
  image.evidence_rows = from.evidence.rows;
  image.evidence = from.evidence.values;
  image.note_rows = from.note.rows;
  image.note = from.note.values;
  image.key_rows = from.key.rows;
  image.key = from.key.values;
  return image;
}

/// "run 2, row 3, amount", counted from 1
struct image_place {
  const char* kind;
  std::size_t number;
  std::size_t row = 0;

  std::string field(std::string_view name) const {
    std::string where = std::string(kind) + " " + std::to_string(number);
    if (row != 0) where += ", row " + std::to_string(row);
    return where.append(", ").append(name);
  }
};

/// Makes a ledger's state of an image, or notes why it cannot.
class image_reader {
 public:
  explicit image_reader(ledger_image image)
      : image_(std::move(image)),
        empty_(empty_ledger_state()),
        texts_(empty_->base->texts),
        aspects_(empty_->base->aspects),
        series_(empty_->base->series),
        batches_(empty_->base->batches) {}

  std::shared_ptr<const ledger_state> read() {
    read_texts();
    stop_at_problems();
    read_series();
    read_batches();
    check_texts();
    stop_at_problems();
    auto base = std::make_shared<ledger_base>();
    base->texts = texts_.finish();
    base->aspects = aspects_.finish();
    base->series = series_.finish();
    base->batches = batches_.finish();
    used_batches_.assign(base->batches.size(), 0);
    std::size_t rows = 0;
    for (std::size_t i = 0; i < image_.runs.size(); ++i) {
      auto made = read_run(*base, image_.runs[i], i + 1);
      stop_at_problems();
      rows += made->size();
      if (rows >= nowhere) {
        problems_.add(code::too_large, "", "", "fewer than 4294967295 entries", "a ledger cannot hold as many entries");
        stop_at_problems();
      }
      base->runs.push_back(std::move(made));
    }
    check_keys(*base);
    stop_at_problems();
    auto state = std::make_shared<ledger_state>();
    state->id = next_state_id();
    state->size = rows;
    for (std::uint32_t b = 0; b < used_batches_.size(); ++b) {
      if (used_batches_[b] != 0) state->max_recorded = (std::max)(state->max_recorded, base->batches[b].recorded);
    }
    state->base = std::move(base);
    return state;
  }

 private:
  /// What a text is used as; each is checked once for each use.
  enum use : std::uint8_t { as_id = 1, as_dimensions = 2, as_unit = 4, as_name = 8, as_free_text = 16 };

  void stop_at_problems() { problems_.throw_if_any<invalid_input>(); }

  void refuse(const image_place& where, std::string_view field, std::string expected, std::string message,
              code what = code::malformed) {
    problems_.add(what, where.field(field), "", std::move(expected), std::move(message));
  }

  // -- tables -------------------------------------------------------------------------------------

  void read_texts() {
    const ledger_image_tables& t = image_.tables;
    if (t.text_lengths.empty() || t.text_lengths[0] != 0) {
      return refuse({"text", 1}, "length", "the empty text", "the first text of a ledger is empty");
    }
    std::string_view rest = t.text_bytes;
    for (std::size_t i = 1; i < t.text_lengths.size(); ++i) {
      const std::size_t length = t.text_lengths[i];
      if (length > rest.size()) {
        return refuse({"text", i + 1}, "length", "at most " + std::to_string(rest.size()) + " bytes", "the texts end early");
      }
      if (texts_.find_or_add(rest.substr(0, length)) != i) {
        return refuse({"text", i + 1}, "bytes", "each text once", "a text is listed twice", code::duplicate_id);
      }
      rest.remove_prefix(length);
    }
    if (!rest.empty()) refuse({"text", t.text_lengths.size()}, "bytes", "no bytes behind the last text", "there are more bytes");
    used_as_.assign(t.text_lengths.size(), 0);
  }

  /// Whether a column has so many elements, all of them texts, which are used as @p how.
  bool read_text_column(std::span<const text_id> column, std::size_t size, const char* kind, const char* field, use how) {
    if (column.size() != size) {
      refuse({kind, size}, field, std::to_string(size) + " texts", "a column has not as many elements as the others");
      return false;
    }
    for (std::size_t i = 0; i < size; ++i) {
      if (i != 0 && column[i] == column[i - 1]) continue;
      if (column[i] >= used_as_.size()) {
        refuse({kind, i + 1}, field, "a text below " + std::to_string(used_as_.size()), "there is no such text",
               code::out_of_range);
        return false;
      }
      used_as_[column[i]] |= how;
    }
    return true;
  }

  void read_series() {
    const ledger_image_tables& t = image_.tables;
    const std::size_t size = t.indicator.size();
    const auto read = [&](std::span<const text_id> column, const char* field, use how) {
      return read_text_column(column, size, "series", field, how);
    };
    if (!read(t.indicator, "indicator", as_id) || !read(t.place, "place", as_id) ||
        !read(t.dimensions, "dimensions", as_dimensions) || !read(t.step, "step", as_id) || !read(t.stage, "stage", as_name) ||
        !read(t.scope, "scope", as_name) || !read(t.unit, "unit", as_unit)) {
      return;
    }
    column<packed_series> all(size);
    bool ascends = true;  // as in a ledger that took most of its entries at once; then no series is there twice
    aspect_key last_aspect;
    std::uint32_t aspect = 0;
    for (std::size_t i = 0; i < size; ++i) {
      if (t.indicator[i] == 0) return refuse({"series", i + 1}, "indicator", "an id", "a series is about no indicator");
      const aspect_key key{t.dimensions[i], t.step[i], t.stage[i], t.scope[i], t.unit[i]};
      if (i == 0 || key != last_aspect) {
        last_aspect = key;
        aspect = aspects_.find_or_add(key);
      }
      all[i] = {t.indicator[i], t.place[i], aspect};
      ascends = ascends && (i == 0 || std::tie(all[i - 1].indicator, all[i - 1].place, all[i - 1].aspect) <
                                          std::tie(all[i].indicator, all[i].place, all[i].aspect));
    }
    if (ascends)
      return series_.find_or_add_all(
          size, [&](std::size_t i) { return all[i]; }, [](std::uint32_t) {});
    series_.reserve(size);
    for (std::size_t i = 0; i < size; ++i) {
      if (series_.find_or_add(all[i]) != i) {
        return refuse({"series", i + 1}, "indicator", "each series once", "a series is listed twice", code::duplicate_id);
      }
    }
  }

  void read_batches() {
    const ledger_image_tables& t = image_.tables;
    const std::size_t size = t.recorded.size();
    if (!read_text_column(t.author, size, "batch", "author", as_name) ||
        !read_text_column(t.source, size, "batch", "source", as_name)) {
      return;
    }
    for (std::size_t i = 0; i < size; ++i) {
      if (t.recorded[i] < first_day || t.recorded[i] > last_day) {
        return refuse({"batch", i + 1}, "recorded", "a day from 0001-01-01 to 9999-12-31", "no such day", code::out_of_range);
      }
      if (batches_.find_or_add({t.recorded[i], t.author[i], t.source[i]}) != i) {
        return refuse({"batch", i + 1}, "recorded", "each batch once", "a batch is listed twice", code::duplicate_id);
      }
    }
  }

  /// What texts of entries are used as is noted here too, before any row is read.
  void check_texts() {
    for (std::size_t r = 0; r < image_.runs.size(); ++r) {
      const run_image& from = image_.runs[r];
      if (!read_text_column(from.evidence, from.evidence_rows.size(), "evidence of run", "text", as_name) ||
          !read_text_column(from.note, from.note_rows.size(), "note of run", "text", as_free_text) ||
          !read_text_column(from.key, from.key_rows.size(), "key of run", "text", as_name)) {
        return;
      }
    }
    for (std::uint32_t i = 1; i < used_as_.size(); ++i) {
      const std::string_view text = texts_[i];
      problem_list own;
      entry_checker check({}, own);
      if ((used_as_[i] & as_id) != 0) check.id("id", text, true);
      if ((used_as_[i] & as_unit) != 0) check.unit(text);
      if ((used_as_[i] & as_name) != 0) check.name("name", text);
      if ((used_as_[i] & as_free_text) != 0) check.free_text("note", text);
      if ((used_as_[i] & as_dimensions) != 0) {
        const auto pairs = split_dimensions(text);
        check.dimensions(pairs);
        if (dimensions_text({pairs.begin(), pairs.end()}) != text) {
          own.add(code::malformed, "dimensions", text, "dimensions in order", "dimensions are not as a ledger has them");
        }
      }
      own.each([&](finding problem) {
        problem.where = image_place{"text", i + std::size_t{1}}.field(problem.where);
        problems_.add(std::move(problem));
      });
    }
  }

  // -- rows ---------------------------------------------------------------------------------------

  std::shared_ptr<const run> read_run(const ledger_base& base, run_image& from, std::size_t number) {
    const std::size_t rows = from.last_day.size();
    auto made = std::make_shared<run>(0, 0);
    made->directory = run_directory(base.series.size(), rows);
    const image_place whole{"run", number};
    if (rows == 0 || from.length_and_flags.size() != rows || from.batch.size() != rows || from.amount.size() != rows) {
      refuse(whole, "rows", "columns of one length, not empty", "a column has not as many rows as the others");
      return made;
    }
    made->last_day = std::move(from.last_day);
    made->length_and_flags = std::move(from.length_and_flags);
    made->batch = std::move(from.batch);
    made->amount = std::move(from.amount);
    if (!read_directory(base, from, whole, *made) || !read_side_columns(from, whole, *made)) return made;
    made->finish();
    read_rows(base, *made, number);
    return made;
  }

  bool read_directory(const ledger_base& base, const run_image& from, const image_place& where, run& to) {
    std::uint64_t row = 0;
    if (from.series.size() != from.count.size()) {
      refuse(where, "series", "a count for each", "series and counts are not as many");
      return false;
    }
    for (std::size_t i = 0; i < from.series.size(); ++i) {
      const bool ascends = i == 0 || from.series[i] > from.series[i - 1];
      if (!ascends || from.series[i] >= base.series.size() || from.count[i] == 0 || row + from.count[i] > to.size()) {
        refuse(where, "series", "series in ascending order, each with rows of the run", "the directory of the run is wrong");
        return false;
      }
      to.directory.add(from.series[i], static_cast<std::uint32_t>(row));
      row += from.count[i];
    }
    if (row == to.size()) return true;
    refuse(where, "series", std::to_string(to.size()) + " rows", "the series of the run have not as many rows");
    return false;
  }

  bool read_side_columns(run_image& from, const image_place& where, run& to) {
    const auto take = [&](std::vector<std::uint32_t>& rows, auto& values, const char* field, auto& side) {
      const bool ascending = std::adjacent_find(rows.begin(), rows.end(), [](auto a, auto b) { return a >= b; }) == rows.end();
      if (rows.size() != values.size() || !ascending || (!rows.empty() && rows.back() >= to.size())) {
        refuse(where, field, "rows of the run in ascending order", "a side column is wrong");
        return false;
      }
      side.rows = std::move(rows);
      side.values = std::move(values);
      return true;
    };
    const auto none_is_empty = [&](const std::vector<text_id>& texts, const char* field) {
      if (std::find(texts.begin(), texts.end(), 0u) == texts.end()) return true;
      refuse(where, field, "a text", "a side column holds an empty text");
      return false;
    };
    return take(from.high_rows, from.high, "high", to.high) && take(from.evidence_rows, from.evidence, "evidence", to.evidence) &&
           take(from.note_rows, from.note, "note", to.note) && take(from.key_rows, from.key, "key", to.key) &&
           none_is_empty(to.evidence.values, "evidence") && none_is_empty(to.note.values, "note") &&
           none_is_empty(to.key.values, "key");
  }

  static constexpr std::uint32_t known = row_flag::length | row_flag::content;

  /// Whether a row is one that a ledger makes; see `set_content`.
  static bool is_row(std::int32_t last, std::uint32_t flags, double amount) noexcept {
    const std::int64_t length = flags & row_flag::length;
    constexpr std::uint32_t kinds = row_flag::missing | row_flag::withdrawn;
    const bool days = (last < last_day) & (length > 0) & (last - length + 1 >= first_day);
    if ((flags & kinds) == 0) return days & std::isfinite(amount);
    if ((flags & row_flag::content) == row_flag::withdrawn) return days & (amount == 0);
    const bool is_number = amount > 0 && amount < 256 && amount == std::floor(amount);
    return days && (flags & row_flag::content) == row_flag::missing && is_number &&
           is_reportable(static_cast<reason>(static_cast<int>(amount)));
  }

  bool is_interval(const run& of, std::size_t i) const noexcept {
    const std::uint32_t row = of.high.rows[i];
    const double high = of.high.values[i];
    return (of.length_and_flags[row] & row_flag::interval) != 0 && std::isfinite(high) && high > of.amount[row];
  }

  /// So few rows that they stay at hand while one thing after the other is looked at.
  static constexpr std::size_t stretch = 2048;
  static constexpr std::uint32_t marks = row_flag::followed | row_flag::tie;

  /// Checks rows and the order of the rows of each series, and marks their identities.
  void read_rows(const ledger_base& base, run& of, std::size_t number) {
    std::size_t intervals = 0, begun = 0, misplaced = of.size();
    bool right = true;
    for (std::size_t begin = 0; begin < of.size() && right; begin += stretch) {
      const std::size_t end = (std::min)(begin + stretch, of.size());
      right = are_rows(base, of, begin, end, intervals);
      if (right && misplaced == of.size()) misplaced = put_in_order(base, of, begin, end, begun);
    }
    for (std::size_t i = 0; i < of.high.rows.size(); ++i) right = right && is_interval(of, i);
    if (!right || intervals != of.high.rows.size()) return name_wrong_rows(base, of, number);
    if (misplaced != of.size()) {
      refuse({"run", number, misplaced + 1}, "last_day", "rows in order", "a row comes before the one above it");
    }
  }

  /// Looks at rows, counts intervals, and takes away marks and the sign of zero.
  bool are_rows(const ledger_base& base, run& of, std::size_t begin, std::size_t end, std::size_t& intervals) {
    std::uint32_t flags = 0;
    for (std::size_t row = begin; row < end; ++row) flags |= of.length_and_flags[row];
    if ((flags & marks) != 0) {
      for (std::size_t row = begin; row < end; ++row) of.length_and_flags[row] &= ~marks;
    }
    batch_id last_batch = 0;
    for (std::size_t row = begin; row < end; ++row) last_batch = (std::max)(last_batch, of.batch[row]);
    if (last_batch >= base.batches.size()) return false;
    for (std::size_t row = begin; row < end; ++row) used_batches_[of.batch[row]] = 1;
    for (std::size_t row = begin; row < end; ++row) of.amount[row] += 0.0;
    if ((flags & ~(row_flag::length | marks)) == 0) return are_amounts(of, begin, end);
    bool right = true;
    for (std::size_t row = begin; row < end; ++row) {
      const std::uint32_t own = of.length_and_flags[row];
      right &= (own & ~known) == 0 && is_row(of.last_day[row], own, of.amount[row]);
      intervals += (own & row_flag::interval) != 0;
    }
    return right;
  }

  /// The same as `is_row` of rows with nothing but amounts, which most are. What is too small shows in the sign of a difference;
  /// a last day so far out that one difference is taken round shows in the other.
  static bool are_amounts(const run& of, std::size_t begin, std::size_t end) noexcept {
    constexpr auto first = static_cast<std::uint32_t>(first_day), latest = static_cast<std::uint32_t>(last_day) - 1;
    std::uint32_t too_small = 0;
    for (std::size_t row = begin; row < end; ++row) {
      const auto last = static_cast<std::uint32_t>(of.last_day[row]);
      const std::uint32_t before = of.length_and_flags[row] - 1;
      too_small |= before | (latest - last) | (last - (first + before));
    }
    return too_small >> 31 == 0 && are_finite(std::span(of.amount.data() + begin, end - begin));
  }

  void name_wrong_rows(const ledger_base& base, const run& of, std::size_t number) {
    for (std::size_t row = 0; row < of.size(); ++row) {
      const image_place where{"run", number, row + 1};
      const std::uint32_t flags = of.length_and_flags[row] & ~marks;
      if (of.batch[row] >= base.batches.size())
        refuse(where, "batch", "a batch of the ledger", "no such batch", code::out_of_range);
      if ((flags & ~known) != 0) refuse(where, "length_and_flags", "known flags", "an unknown flag is set");
      if (!is_row(of.last_day[row], flags, of.amount[row])) {
        refuse(where, "amount", "an entry with an amount, a reason or a withdrawal", "the row is no entry", code::out_of_range);
      }
    }
    for (std::size_t i = 0; i < of.high.rows.size(); ++i) {
      if (is_interval(of, i)) continue;
      refuse({"run", number, of.high.rows[i] + std::size_t{1}}, "high", "more than the low end", "the row is no interval",
             code::out_of_range);
    }
    if (problems_.empty()) refuse({"run", number}, "high", "a high end for each interval", "an interval has no high end");
  }

  /// Marks identities. The first row that should not stand behind the one before, or the number of rows.
  /// @param begun  how many series begin before @p begin; then, before @p end
  std::size_t put_in_order(const ledger_base& base, run& of, std::size_t begin, std::size_t end, std::size_t& begun) const {
    std::array<std::uint8_t, stretch> is_behind;
    is_behind[0] = begin != 0 && lies_behind(of, begin);
    for (std::size_t row = begin + 1; row < end; ++row) is_behind[row - begin] = lies_behind(of, row);
    for (; begun < of.directory.size() && of.directory.rows(begun).begin < end; ++begun) {
      is_behind[of.directory.rows(begun).begin - begin] = true;
    }
    const std::vector<std::int32_t>& days = image_.tables.recorded;
    const auto recorded = [&days](batch_id id) { return days[id]; };
    const auto high = [&of](std::size_t row) { return of.high_of(row); };
    for (std::size_t row = begin; row < end; ++row) {
      if (is_behind[row - begin]) continue;
      const bool same = identity_of(of.last_day[row], of.length_and_flags[row]) ==
                        identity_of(of.last_day[row - 1], of.length_and_flags[row - 1]);
      if (!same || !are_in_order(base, of, static_cast<std::uint32_t>(row))) return row;
      mark_second(of.length_and_flags.data(), of.batch.data(), of.amount.data(), row, high, recorded);
    }
    return of.size();
  }

  /// Whether the identity of a row comes behind that of the row before; see `identity_of`.
  static bool lies_behind(const run& of, std::size_t row) noexcept {
    const auto length = [&of](std::size_t i) { return static_cast<std::int32_t>(of.length_and_flags[i] & row_flag::length); };
    const std::int32_t day = of.last_day[row], before = of.last_day[row - 1];
    return (day > before) | ((day == before) & (length(row) < length(row - 1)));
  }

  /// Whether a row of the identity of the one before may stand behind it. Most are told apart by the day they were recorded.
  bool are_in_order(const ledger_base& base, const run& of, std::uint32_t row) const {
    const std::vector<std::int32_t>& days = image_.tables.recorded;
    const std::int32_t earlier = days[of.batch[row - 1]], later = days[of.batch[row]];
    if (earlier != later) return earlier < later;
    return compare_within_identity(of.fields(row - 1), of.fields(row), base.texts, base.batches) <= 0;
  }

  /// A key belongs to one entry of the whole ledger.
  void check_keys(const ledger_base& base) {
    std::vector<text_id> keys;
    for (const auto& r : base.runs) keys.insert(keys.end(), r->key.values.begin(), r->key.values.end());
    std::sort(keys.begin(), keys.end());
    const auto twice = std::adjacent_find(keys.begin(), keys.end());
    if (twice == keys.end()) return;
    problems_.add(code::key_conflict, image_place{"text", *twice + std::size_t{1}}.field("key"), base.texts[*twice],
                  "one entry for each key", "a key belongs to two entries");
  }

  ledger_image image_;
  std::shared_ptr<const ledger_state> empty_;
  interner<text_store> texts_;
  interner<key_store<aspect_key>> aspects_;
  interner<series_store> series_;
  interner<key_store<batch_key>> batches_;
  std::vector<std::uint8_t> used_as_;       ///< by text
  std::vector<std::uint8_t> used_batches_;  ///< by batch
  problem_list problems_;
};

}  // namespace detail

ATTAIN_INLINE ledger_image_view image_of(const ledger& book) {
  const std::shared_ptr<const detail::ledger_state>& state = book.state_;
  const detail::ledger_base& base = *state->base;
  ledger_image_view image;
  ledger_image_tables& t = image.tables;
  for (std::uint32_t i = 0; i < base.texts.size(); ++i) {
    const std::string_view text = base.texts[i];
    t.text_lengths.push_back(static_cast<std::uint32_t>(text.size()));
    t.text_bytes.append(text);
  }
  for (auto* column : {&t.indicator, &t.place, &t.dimensions, &t.step, &t.stage, &t.scope, &t.unit}) {
    column->resize(base.series.size());
  }
  for (std::uint32_t i = 0; i < base.series.size(); ++i) {
    const detail::packed_series series = base.series[i];
    const detail::aspect_key aspect = base.aspects[series.aspect];
    t.indicator[i] = series.indicator;
    t.place[i] = series.place;
    t.dimensions[i] = aspect.dimensions;
    t.step[i] = aspect.step;
    t.stage[i] = aspect.stage;
    t.scope[i] = aspect.scope;
    t.unit[i] = aspect.unit;
  }
  for (std::uint32_t i = 0; i < base.batches.size(); ++i) {
    const batch_key batch = base.batches[i];
    t.recorded.push_back(batch.recorded);
    t.author.push_back(batch.author);
    t.source.push_back(batch.source);
  }
  image.owners.push_back(state);
  for (const auto& r : base.runs) image.runs.push_back(detail::image_of_run(*r));
  if (state->recent.size != 0) {
    const auto last = state->recent.to_run(base.series.size());
    image.runs.push_back(detail::image_of_run(*last));
    image.owners.push_back(last);
  }
  return image;
}

ATTAIN_INLINE ledger ledger_from(ledger_image image) {
  ledger made;
  made.state_ = detail::image_reader(std::move(image)).read();
  return made;
}

}  // namespace attain::inline v0
