#include "table_reader.hpp"

#include "text_source.hpp"

#include <attain/core/error.hpp>
#include <attain/core/period.hpp>
#include <attain/io/impl/field_suggestion.hpp>
#include <attain/model/programme.hpp>
#include <attain/model/words.hpp>

#include <algorithm>
#include <functional>
#include <utility>

namespace attain::inline v0::io::detail {

namespace {

constexpr std::array<std::string_view, 3> table_column_names{"amount_high", "low_open", "high_open"};

bool all_missing(const column& c) {
  return c.missing.size() == c.size() && std::all_of(c.missing.begin(), c.missing.end(), [](std::uint8_t m) { return m != 0; });
}

bool is_reported_by_day(const indicator_spec& about) {
  return about.kind != indicator_kind::increment || about.period == frequency::day || about.period_days == 1;
}

bool is_day_column(csv_column name) {
  return name == csv_column::day || name == csv_column::start || name == csv_column::end || name == csv_column::recorded;
}

/// What the kind of a column may be, for the message if it is another.
std::string_view expected_kind(csv_column name) {
  if (is_day_column(name)) return "days, or text with a date";
  if (name == csv_column::amount) return "numbers or text";
  if (name == csv_column::withdrawn) return "true and false";
  return "text";
}

bool is_expected_kind(csv_column name, column_kind kind) {
  if (kind == column_kind::word) return true;
  if (is_day_column(name)) return kind == column_kind::day || kind == column_kind::count;
  if (name == csv_column::amount) return kind == column_kind::number || kind == column_kind::count;
  return name == csv_column::withdrawn && kind == column_kind::flag;
}

}  // namespace

table_reader::table_reader(const table& from, const programme* plan) : from_(from), plan_(plan) {}

observation_columns table_reader::read() {
  to_.size = from_.rows;
  sort_columns();
  throw_if_any();
  for (const auto& [name, to] :
       {std::pair{csv_column::indicator, &indicator_}, std::pair{csv_column::place, &place_},
        std::pair{csv_column::dimensions, &dimensions_}, std::pair{csv_column::step, &step_},
        std::pair{csv_column::stage, &stage_}, std::pair{csv_column::scope, &scope_}, std::pair{csv_column::unit, &unit_},
        std::pair{csv_column::author, &author_}, std::pair{csv_column::source, &source_},
        std::pair{csv_column::evidence, &evidence_}, std::pair{csv_column::note, &note_}, std::pair{csv_column::key, &key_},
        std::pair{csv_column::form, &form_}, std::pair{csv_column::missing, &missing_}}) {
    read_texts(name, *to);
  }
  check_programme();
  read_periods();
  read_recorded();
  if (from_.rows > 0) read_amounts();
  throw_if_any();

  to_.indicator = indicator_.column();
  to_.place = place_.column();
  to_.dimensions = dimensions_.column();
  to_.step = step_.column();
  to_.stage = stage_.column();
  to_.scope = scope_.column();
  to_.unit = unit_.column();
  to_.author = author_.column();
  to_.source = source_.column();
  to_.evidence = evidence_.column();
  to_.note = note_.column();
  to_.key = key_.column();
  return to_;
}

void table_reader::sort_columns() {
  bool holds_something_else = false;  // then it is not missing as well
  for (const column& c : from_.columns) {
    const auto name = parse_csv_column(c.name);
    const column** to = nullptr;
    if (c.name == "amount_high") {
      to = &amount_high_;
    } else if (c.name == "low_open") {
      to = &low_open_;
    } else if (c.name == "high_open") {
      to = &high_open_;
    } else if (name == csv_column::amount && c.kind == column_kind::word) {
      to = &amount_words_;
    } else if (name) {
      to = &by_name_[static_cast<std::size_t>(*name)];
    }
    if (to == nullptr) {
      std::vector<std::string_view> names(csv_column_names.begin(), csv_column_names.end());
      names.insert(names.end(), table_column_names.begin(), table_column_names.end());
      refuse({severity::error, code::unknown_field, c.name, escaped_excerpt(c.name), one_of(names),
              "there is no such column" + did_you_mean_field(c.name, names)});
    } else if (*to != nullptr) {
      refuse({severity::error, code::duplicate_field, c.name, {}, "each column once", "the column is there twice"});
    } else if (all_missing(c)) {
      continue;
    } else if (name && !is_expected_kind(*name, c.kind)) {
      refuse({severity::error, code::wrong_type, c.name, std::string(to_string(c.kind)), std::string(expected_kind(*name)),
              "the column holds something else"});
      holds_something_else = true;
    } else {
      *to = &c;
    }
  }
  const auto require = [&](bool there, std::string names) {
    if (there || from_.rows == 0 || holds_something_else) return;
    refuse({severity::error, code::missing_field, {}, {}, names, "the table has none of the columns " + names});
  };
  require(column_of(csv_column::indicator) != nullptr, "indicator");
  require(column_of(csv_column::period) != nullptr || column_of(csv_column::day) != nullptr ||
              column_of(csv_column::end) != nullptr || column_of(csv_column::start) != nullptr,
          "period, day, start and end");
  require(column_of(csv_column::amount) != nullptr || amount_words_ != nullptr || column_of(csv_column::missing) != nullptr ||
              column_of(csv_column::withdrawn) != nullptr,
          "amount, missing and withdrawn");
}

// -- texts ---------------------------------------------------------------------------------------

void table_reader::read_texts(csv_column name, texts& to) {
  const column* c = column_of(name);
  if (c == nullptr) return;
  const auto* codes = reinterpret_cast<const std::uint32_t*>(c->integers.data());  // positions are not negative
  to.codes = {codes, c->integers.size()};
  to.dictionary = c->words;
  if (c->missing.empty()) return;
  const auto empty = static_cast<std::uint32_t>(c->words.size());
  to.own_dictionary.assign(c->words.begin(), c->words.end());
  to.own_dictionary.emplace_back();
  to.own_codes.assign(to.codes.begin(), to.codes.end());
  for (std::size_t row = 0; row < to.own_codes.size(); ++row) {
    if (c->missing[row] != 0) to.own_codes[row] = empty;
  }
  to.codes = to.own_codes;
  to.dictionary = to.own_dictionary;
}

std::size_t table_reader::first_row_of(const texts& in, std::uint32_t code) const noexcept {
  return static_cast<std::size_t>(std::find(in.codes.begin(), in.codes.end(), code) - in.codes.begin());
}

// -- what the programme knows --------------------------------------------------------------------

const indicator_spec* table_reader::about(std::size_t row) const noexcept {
  return plan_ == nullptr ? nullptr : indicators_[indicator_.codes[row]];
}

void table_reader::check_programme() {
  if (plan_ == nullptr || from_.rows == 0) return;
  check_indicators();
  check_places();
  throw_if_any();
  check_steps();
  check_days();
}

void table_reader::check_indicators() {
  indicators_.resize(indicator_.dictionary.size());
  std::vector<std::string> ids;
  for (const indicator_spec& i : plan_->indicators()) ids.push_back(i.id);
  each_used(indicator_, [&](std::uint32_t code) {
    const std::string_view id = indicator_.dictionary[code];
    const auto refuse_it = [&](std::string message, std::string expected) {
      refuse(first_row_of(indicator_, code), csv_column::indicator, code::unknown_indicator, id, std::move(message),
             std::move(expected));
    };
    if (id.empty()) {
      refuse(first_row_of(indicator_, code), csv_column::indicator, code::missing_field, id, "the row has no indicator",
             "an indicator");
    } else if (const auto index = plan_->find_indicator(id); !index) {
      refuse_it("the programme has no such indicator" + did_you_mean_one_of(id, plan_->indicators()),
                any_of_few(ids, "an indicator of the programme"));
    } else if (!is_reported(plan_->indicators()[*index].kind)) {
      refuse_it("the indicator is computed from others and has no entries of its own",
                reported_instead_of(plan_->indicators()[*index]));
    } else {
      indicators_[code] = &plan_->indicators()[*index];
    }
  });
}

void table_reader::check_places() {
  if (place_.absent()) return;
  std::vector<std::string> ids;
  for (const place_spec& p : plan_->places()) ids.push_back(p.id);
  each_used(place_, [&](std::uint32_t code) {
    const std::string_view id = place_.dictionary[code];
    if (id.empty() || plan_->find_place(id)) return;
    refuse(first_row_of(place_, code), csv_column::place, code::unknown_place, id,
           "the programme has no such place" + did_you_mean_one_of(id, plan_->places()),
           any_of_few(ids, "a place of the programme"));
  });
}

void table_reader::check_steps() {
  const bool any_steps = std::any_of(indicators_.begin(), indicators_.end(),
                                     [](const indicator_spec* i) { return i != nullptr && i->kind == indicator_kind::steps; });
  if (step_.absent() && !any_steps) return;
  for (std::size_t row = 0; row < from_.rows; ++row) {
    const indicator_spec& spec = *about(row);
    const std::string_view step = step_.at(row);
    if (spec.kind != indicator_kind::steps) {
      if (!step.empty()) refuse(row, csv_column::step, code::unknown_id, step, "the indicator has no steps", "no step");
      continue;
    }
    if (std::any_of(spec.steps.begin(), spec.steps.end(), [&](const step_spec& s) { return s.id == step; })) continue;
    std::vector<std::string> ids;
    for (const step_spec& s : spec.steps) ids.push_back(s.id);
    if (step.empty()) {
      refuse(row, csv_column::step, code::missing_field, step, "the row does not say which step it is about", any_of(ids));
    } else {
      refuse(row, csv_column::step, code::unknown_id, step, "the indicator has no such step" + did_you_mean(step, ids),
             any_of(ids));
    }
  }
}

void table_reader::check_days() {
  const column* day = column_of(csv_column::day);
  if (day == nullptr) return;
  for (std::size_t row = 0; row < from_.rows; ++row) {
    if (day->is_missing(row) || is_reported_by_day(*about(row))) continue;
    refuse(row, csv_column::day, code::malformed_period, {},
           "an increment is about a period, and its indicator is not reported by the day", "a period, such as 2021-06");
  }
}

// -- days ----------------------------------------------------------------------------------------

table_reader::days table_reader::read_days(csv_column name) {
  days read{.from = column_of(name)};
  if (read.from == nullptr || read.from->kind != column_kind::word) return read;
  texts words;
  read_texts(name, words);
  read.of_word.resize((std::max)(words.dictionary.size(), std::size_t{1}));
  each_used(words, [&](std::uint32_t code) {
    if (words.dictionary[code].empty()) return;
    const auto day = try_parse_date(words.dictionary[code]);
    if (day) {
      read.of_word[code] = day->days();
    } else {
      refuse(first_row_of(words, code), name, day.problem());
    }
  });
  return read;
}

void table_reader::read_periods() {
  const days day = read_days(csv_column::day);
  const days start = read_days(csv_column::start);
  const days end = read_days(csv_column::end);
  texts period_words;
  read_texts(csv_column::period, period_words);
  std::vector<std::optional<period>> periods(period_words.dictionary.size());
  each_used(period_words, [&](std::uint32_t code) {
    if (period_words.dictionary[code].empty()) return;
    const auto read = try_parse_period(period_words.dictionary[code]);
    if (read) {
      periods[code] = *read;
    } else {
      refuse(first_row_of(period_words, code), csv_column::period, read.problem());
    }
  });
  if (!problems_.empty()) return;

  // Days as they lie in the table are taken as they are.
  const auto is_plain = [](const days& d) { return d.from != nullptr && d.of_word.empty() && d.from->missing.empty(); };
  if (is_plain(day) && start.from == nullptr && end.from == nullptr && period_words.absent()) {
    to_.last_day = day.from->integers;
    return;
  }
  const auto in_order = [&] {
    return std::equal(start.from->integers.begin(), start.from->integers.end(), end.from->integers.begin(), std::less_equal<>());
  };
  if (is_plain(start) && is_plain(end) && day.from == nullptr && period_words.absent() && in_order()) {
    to_.first_day = start.from->integers;
    to_.last_day = end.from->integers;
    return;
  }

  first_day_.resize(from_.rows);
  last_day_.resize(from_.rows);
  for (std::size_t row = 0; row < from_.rows; ++row) {
    const bool has_period = !period_words.at(row).empty();
    const bool has_ends = start.has(row) || end.has(row);
    const int given = (has_period ? 1 : 0) + (day.has(row) ? 1 : 0) + (has_ends ? 1 : 0);
    if (given == 0) {
      refuse(row, csv_column::period, code::missing_field, {}, "the row says of no day or period what it is about",
             "a period or a day");
    } else if (given > 1) {
      refuse(row, csv_column::period, code::malformed, {}, "the row is about two periods or days",
             "one of period, day, and start with end");
    } else if (has_ends && start.has(row) != end.has(row)) {
      refuse(row, start.has(row) ? csv_column::end : csv_column::start, code::missing_field, {},
             "one of start and end is missing", "both");
    } else if (has_ends && end.at(row) < start.at(row)) {
      refuse(row, csv_column::end, code::malformed_period, {}, "the period ends before it begins", "a day on or after its start");
    } else if (has_period) {
      const period& p = *periods[period_words.codes[row]];
      first_day_[row] = p.start.days();
      last_day_[row] = p.end.days() - 1;
    } else {
      first_day_[row] = has_ends ? start.at(row) : day.at(row);
      last_day_[row] = has_ends ? end.at(row) : day.at(row);
    }
  }
  to_.first_day = first_day_;
  to_.last_day = last_day_;
}

void table_reader::read_recorded() {
  const days recorded = read_days(csv_column::recorded);
  if (recorded.from == nullptr || !problems_.empty()) return;
  if (recorded.of_word.empty() && recorded.from->missing.empty()) {
    to_.recorded = recorded.from->integers;
    return;
  }
  recorded_.resize(from_.rows);
  for (std::size_t row = 0; row < from_.rows; ++row) {
    const bool has = recorded.has(row) && (recorded.from->kind != column_kind::word || !recorded.from->word(row).empty());
    recorded_[row] = has ? recorded.at(row) : to_.last_day[row];
  }
  to_.recorded = recorded_;
}

// -- problems ------------------------------------------------------------------------------------

void table_reader::refuse(std::size_t row, csv_column column, attain::code what, std::string_view text, std::string message,
                          std::string expected) {
  refuse({severity::error, what, "row " + std::to_string(row + 1) + ", " + std::string(to_string(column)), escaped_excerpt(text),
          std::move(expected), std::move(message)});
}

void table_reader::refuse(std::size_t row, csv_column column, const finding& why) {
  finding placed = why;
  placed.where = "row " + std::to_string(row + 1) + ", " + std::string(to_string(column));
  refuse(std::move(placed));
}

void table_reader::refuse(finding why) {
  if (problems_.size() < max_listed_problems) {
    problems_.push_back(std::move(why));
  } else {
    ++unlisted_;
  }
}

void table_reader::throw_if_any() {
  if (problems_.empty()) return;
  if (unlisted_ > 0) {
    problems_.push_back(
        {severity::note, code::too_large, {}, {}, {}, std::to_string(unlisted_) + " more problems are not listed"});
  }
  throw invalid_input(std::move(problems_));
}

}  // namespace attain::inline v0::io::detail
