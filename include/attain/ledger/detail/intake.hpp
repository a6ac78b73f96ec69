#pragma once

/** From observations to rows: what is wrong with them, and the ids of what they name. */
#include <attain/core/answer.hpp>
#include <attain/core/date.hpp>
#include <attain/core/id.hpp>
#include <attain/core/number_text.hpp>
#include <attain/core/period.hpp>
#include <attain/core/unit.hpp>
#include <attain/ledger/detail/ledger_state.hpp>
#include <attain/ledger/detail/problems.hpp>
#include <attain/ledger/observation.hpp>

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

/// The reasons that a report may give for having no amount.
constexpr bool is_reportable(reason why) noexcept {
  return why == reason::not_applicable || why == reason::withheld || why == reason::not_comparable ||
         why == reason::no_observation;
}

/// Pairs of a dimension and a category as one text: "age=15-24;sex=f", by dimension.
inline std::string dimensions_text(std::vector<std::pair<std::string, std::string>> pairs) {
  std::sort(pairs.begin(), pairs.end());
  std::string text;
  for (const auto& [dimension, category] : pairs) {
    if (!text.empty()) text += ';';
    text.append(dimension).append("=").append(category);
  }
  return text;
}

/// The pairs of such a text, which need not be sorted. Text without `=` is a dimension without a category.
inline std::vector<std::pair<std::string_view, std::string_view>> split_dimensions(std::string_view text) {
  std::vector<std::pair<std::string_view, std::string_view>> pairs;
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, text.find(';'));
    const std::size_t equals = (std::min)(pair.find('='), pair.size());
    pairs.emplace_back(pair.substr(0, equals), pair.substr((std::min)(equals + 1, pair.size())));
    text.remove_prefix((std::min)(pair.size() + 1, text.size()));
  }
  return pairs;
}

// -- what may be in a field ----------------------------------------------------------------------

class entry_checker {
 public:
  entry_checker(entry_place where, problem_list& problems) : where_(where), problems_(problems) {}

  void id(std::string_view field, std::string_view text, bool required) {
    if (text.empty() && !required) return;
    if (auto problem = check_id(text, where_.field(field))) problems_.add(*std::move(problem));
  }
  void name(std::string_view field, std::string_view text) {
    if (text.empty()) return;
    if (auto problem = check_name(text, where_.field(field))) problems_.add(*std::move(problem));
  }
  void free_text(std::string_view field, std::string_view text) {
    if (find_invalid_utf8(text)) {
      problems_.add(code::bad_encoding, where_.field(field), text, "UTF-8", "the text is not well-formed UTF-8");
    }
  }
  void unit(std::string_view text) {
    if (text.empty()) return;
    if (auto parsed = try_parse_unit(text, where_.field("unit")); !parsed) problems_.add(parsed.problem());
  }

  template <class Pairs>
  void dimensions(const Pairs& pairs) {
    for (auto i = pairs.begin(); i != pairs.end(); ++i) {
      const std::string_view dimension = i->first, category = i->second;
      for (const std::string_view part : {dimension, category}) {
        if (auto problem = check_id(part, where_.field("dimensions"))) {
          problems_.add(*std::move(problem));
        } else if (part.find_first_of("=;") != std::string_view::npos) {
          problems_.add(code::invalid_id, where_.field("dimensions"), part, "an id without = and ;",
                        "dimensions and categories are joined by = and ;");
        }
      }
      if (std::any_of(pairs.begin(), i, [&](const auto& earlier) { return earlier.first == dimension; })) {
        problems_.add(code::duplicate_id, where_.field("dimensions"), dimension, "each dimension once",
                      "a dimension is given twice");
      }
    }
  }

  /// First and last day in days since 1970-01-01.
  void days(std::int64_t first, std::int64_t last) {
    if (first > last) {
      problems_.add(code::malformed_period, where_.field("period"), "", "a first day at or before the last",
                    "the period ends before it begins");
    } else if (first < first_day || last > last_day - 1) {
      problems_.add(code::out_of_range, where_.field("period"), "", "0001-01-01 to 9999-12-30", "no such day");
    } else if (last - first + 1 > std::int64_t{row_flag::length}) {
      problems_.add(code::out_of_range, where_.field("period"), std::to_string(last - first + 1) + " days",
                    "at most 1048575 days", "the period is too long");
    }
  }
  void recorded(std::int32_t day) {
    if (day < first_day || day > last_day) {
      problems_.add(code::out_of_range, where_.field("recorded"), std::to_string(day), "a day from 0001-01-01 to 9999-12-31",
                    "no such day");
    }
  }

  void ends(double low, double high) {
    if (!std::isfinite(low) || !std::isfinite(high)) {
      problems_.add(code::not_finite, where_.field("amount"), "", "a finite number, or the reason for having none",
                    "the amount is not a finite number");
    } else if (low > high) {
      problems_.add(code::out_of_range, where_.field("amount"), to_text(low) + " to " + to_text(high),
                    "a low end at or below the high end", "the interval ends before it begins");
    }
  }
  void missing(reason why, bool withdrawn) {
    if (!is_reportable(why)) {
      problems_.add(code::out_of_range, where_.field("missing"), std::to_string(static_cast<int>(why)),
                    "withheld, no_observation, not_comparable or not_applicable", "a report cannot be missing for this reason");
    } else if (withdrawn) {
      problems_.add(code::malformed, where_.field("missing"), to_string(why), "missing or withdrawn",
                    "an entry cannot be both missing and withdrawn");
    }
  }

 private:
  entry_place where_;
  problem_list& problems_;
};

/** The columns of a row that say how much. What is no amount has amount 0 and no form; zero has no sign.

  @param missing  the number of a `reason`; 0 with an amount
*/
inline void set_content(row_fields& row, std::uint32_t length, std::uint8_t missing, bool withdrawn, bool share_of_goal, double low,
                        double high, bool low_open, bool high_open) noexcept {
  row.length_and_flags = length;
  if (withdrawn) {
    row.length_and_flags |= row_flag::withdrawn;
    row.amount = row.high = 0;
  } else if (missing != 0) {
    row.length_and_flags |= row_flag::missing;
    row.amount = row.high = missing;
  } else {
    if (share_of_goal) row.length_and_flags |= row_flag::share_of_goal;
    if (low != high) row.length_and_flags |= row_flag::interval;
    if (low_open) row.length_and_flags |= row_flag::low_open;
    if (high_open) row.length_and_flags |= row_flag::high_open;
    row.amount = low + 0.0;
    row.high = high + 0.0;
  }
}

// -- from texts to ids ---------------------------------------------------------------------------

/// The series of an entry, made in the draft if there is none; 0 with problems.
inline series_id take_series(ledger_draft& draft, const observation& o, entry_place where, problem_list& problems) {
  const std::string dimensions = dimensions_text(o.dimensions);
  const std::string_view parts[] = {o.indicator, o.place, dimensions, o.step, o.stage, o.scope, o.unit};
  text_id ids[7];
  const auto key = [&] {
    return packed_series{ids[0], ids[1], draft.aspects.find({ids[2], ids[3], ids[4], ids[5], ids[6]})};
  };

  // What makes up a series that exists has been checked before.
  bool known = true;
  for (std::size_t i = 0; i < 7; ++i) {
    ids[i] = parts[i].empty() ? 0 : draft.texts.find(parts[i]);
    known = known && ids[i] != nowhere;
  }
  if (known) {
    const packed_series wanted = key();
    if (wanted.aspect != nowhere) {
      if (const series_id found = draft.series.find(wanted); found != nowhere) return found;
    }
  }

  problem_list own;
  entry_checker check(where, own);
  check.id("indicator", o.indicator, true);
  check.id("place", o.place, false);
  check.dimensions(o.dimensions);
  check.id("step", o.step, false);
  check.name("stage", o.stage);
  check.name("scope", o.scope);
  check.unit(o.unit);
  if (!own.empty()) {
    problems.add(std::move(own));
    return 0;
  }
  for (std::size_t i = 0; i < 7; ++i) ids[i] = draft.texts.find_or_add(parts[i]);
  return draft.series.find_or_add({ids[0], ids[1], draft.aspects.find_or_add({ids[2], ids[3], ids[4], ids[5], ids[6]})});
}

inline batch_id take_batch(ledger_draft& draft, std::int32_t recorded, std::string_view author, std::string_view source,
                           entry_place where, problem_list& problems) {
  const text_id known_author = draft.texts.find(author), known_source = draft.texts.find(source);
  if (known_author != nowhere && known_source != nowhere) {
    if (const batch_id found = draft.batches.find({recorded, known_author, known_source}); found != nowhere) return found;
  }
  problem_list own;
  entry_checker check(where, own);
  check.name("author", author);
  check.name("source", source);
  if (!own.empty()) {
    problems.add(std::move(own));
    return 0;
  }
  const text_id author_id = draft.texts.find_or_add(author);
  return draft.batches.find_or_add({recorded, author_id, draft.texts.find_or_add(source)});
}

/// An observation as a row of the draft, with all that is wrong with it among the problems.
inline keyed_entry take(ledger_draft& draft, const observation& o, entry_place where, problem_list& problems) {
  problem_list own;
  entry_checker check(where, own);
  const std::int32_t first = o.about.start.days(), last = o.about.end.days() - 1;
  check.days(first, last);
  if (o.missing) {
    check.missing(*o.missing, o.withdrawn);
  } else if (!o.withdrawn) {
    check.ends(o.low, o.high);
  }
  check.name("evidence", o.evidence);
  check.free_text("note", o.note);
  check.name("key", o.key);

  keyed_entry entry;
  entry.series = take_series(draft, o, where, own);
  entry.fields.batch =
      take_batch(draft, o.recorded ? o.recorded->days() : (std::min)(last, last_day), o.author, o.source, where, own);
  if (!own.empty()) {
    problems.add(std::move(own));
    return entry;
  }
  entry.fields.last_day = last;
  set_content(entry.fields, static_cast<std::uint32_t>(last - first + 1), o.missing ? static_cast<std::uint8_t>(*o.missing) : 0,
              o.withdrawn, o.form == amount_form::share_of_goal, o.low, o.high, o.low_open, o.high_open);
  entry.fields.evidence = draft.texts.find_or_add(o.evidence);
  entry.fields.note = draft.texts.find_or_add(o.note);
  entry.fields.key = draft.texts.find_or_add(o.key);
  return entry;
}

}  // namespace attain::inline v0::detail
