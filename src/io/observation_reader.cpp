#include "observation_reader.hpp"

#include <attain/core/id.hpp>
#include <attain/io/csv.hpp>
#include <attain/model/words.hpp>

#include <algorithm>
#include <utility>

namespace attain::inline v0::io::detail {

namespace {

constexpr std::array<std::string_view, 4> missing_words{"withheld", "no_observation", "not_comparable", "not_applicable"};
constexpr std::array<std::string_view, 2> form_words{"amount", "share_of_goal"};

std::vector<std::string> strings(std::span<const std::string_view> words) { return {words.begin(), words.end()}; }

/// Text without the apostrophe that keeps a spreadsheet from taking it for a formula.
std::string_view without_guard(std::string_view text) {
  return text.starts_with('\'') && looks_like_formula(text) ? text.substr(1) : text;
}

bool may_use_day(const indicator_spec& about) {
  return about.kind != indicator_kind::increment || about.period == frequency::day || about.period_days == 1;
}

}  // namespace

const std::array<observation_reader::text_column, observation_reader::text_columns> observation_reader::texts_{{
    {csv_column::indicator, &observation_table::indicator},
    {csv_column::place, &observation_table::place},
    {csv_column::dimensions, &observation_table::dimensions},
    {csv_column::step, &observation_table::step},
    {csv_column::stage, &observation_table::stage},
    {csv_column::scope, &observation_table::scope},
    {csv_column::author, &observation_table::author},
    {csv_column::source, &observation_table::source},
    {csv_column::evidence, &observation_table::evidence},
    {csv_column::note, &observation_table::note},
    {csv_column::key, &observation_table::key},
}};

observation_reader::observation_reader(std::string_view csv, std::size_t from, char delimiter, const programme* plan,
                                       problem_list& problems)
    : from_(from),
      delimiter_(delimiter),
      plan_(plan),
      problems_(problems),
      scanner_(csv, from, delimiter, max_cell_bytes, problems) {
  if (plan_ == nullptr) return;
  for (const auto& indicator : plan_->indicators()) indicator_ids_.push_back(indicator.id);
  for (const auto& place : plan_->places()) place_ids_.push_back(place.id);
}

bool observation_reader::read_header() {
  row cells;
  if (scanner_.next(cells)) return header_.read(cells, delimiter_, problems_);
  if (problems_.empty()) {
    problems_.add({.code = code::malformed_csv, .message = "the text is empty", .expected = "a header row"});
  }
  return false;
}

void observation_reader::read_rows(const observation_header& header, std::size_t end, attain::detail::phase_watch& reading,
                                   bool asked) {
  constexpr std::size_t rows_to_judge_by = 1024;
  bool has_room = false;
  header_ = header;
  row cells;
  std::size_t told = scanner_.offset();
  for (std::size_t before = problems_.count(); scanner_.next(cells); before = problems_.count()) {
    if (scanner_.offset() - told >= reading.block()) {
      if (!reading.advance(scanner_.offset() - told, asked)) return;
      told = scanner_.offset();
    }
    if (problems_.count() > before) continue;  // the cells may not be what was meant
    if (cells.size() == header_.size()) {
      read_row(cells);
      if (!has_room && table_.size() == rows_to_judge_by) {
        make_room(cells.front().at, end);
        has_room = true;
      }
    } else {
      problems_.add_with([&] {
        return problem{.code = code::malformed_csv,
                       .offset = cells.front().at,
                       .message = "the row has " + std::to_string(cells.size()) + (cells.size() == 1 ? " cell" : " cells") +
                                  ", the header " + std::to_string(header_.size()),
                       .found = std::string(excerpt(cells.back().text)),
                       .expected = "as many cells as columns"};
      });
    }
  }
  count_refused_texts();
}

/// For as many rows as there may be if all are as long as those up to @p at. What is not needed costs addresses, not memory.
void observation_reader::make_room(std::size_t at, std::size_t end) {
  const std::size_t bytes_a_row = std::max<std::size_t>(1, (at - from_) / table_.size());
  const std::size_t rows = (end - from_) / bytes_a_row;
  table_.reserve(rows + rows / 16);
}

void observation_reader::refuse(const csv_cell& cell, attain::code what, std::string message, std::string expected) {
  problems_.add_with([&] {
    return problem{.code = what,
                   .offset = cell.at,
                   .message = std::move(message),
                   .found = std::string(excerpt(cell.text)),
                   .expected = std::move(expected)};
  });
}

void observation_reader::refuse(const csv_cell& cell, csv_column column, const finding& why) {
  finding named = why;
  named.message = std::string(to_string(column)) + ": " + why.message;
  problems_.add(named, cell.at);
}

void observation_reader::read_row(const row& cells) {
  for (const std::size_t column : header_.nameless()) {
    if (!cells[column].text.empty())
      refuse(cells[column], code::unknown_field, "the column has no name", "a heading, or nothing");
  }
  const text_codes texts = read_texts(cells);
  const std::uint32_t indicator = texts[0];
  const indicator_spec* const about = plan_ != nullptr ? indicators_[indicator] : nullptr;
  if (indicator == 0) refuse(cell(cells, csv_column::indicator), code::missing_field, "the row has no indicator", "an indicator");

  const auto when = read_about(cells, about);
  const csv_cell recorded_cell = cell(cells, csv_column::recorded);
  const auto recorded = recorded_cell.text.empty() ? std::nullopt : read_date(recorded_cell, csv_column::recorded);
  if (plan_ == nullptr || about != nullptr) {
    const content what = read_content(cells, indicator, about);
    check_step(cells, about);
    if (!problems_.empty()) return;
    for (std::size_t i = 0; i < text_columns; ++i) {
      if (header_.has(texts_[i].name)) (table_.*texts_[i].texts).add(texts[i]);
    }
    table_.unit.add(table_.unit.code_of(what.unit).code);
    table_.add(*when, what.amount, what.share_of_goal, what.missing, what.withdrawn, recorded, cells.front().at);
  }
}

// -- texts ---------------------------------------------------------------------------------------

observation_reader::text_codes observation_reader::read_texts(const row& cells) {
  text_codes codes{};
  for (std::size_t i = 0; i < text_columns; ++i) {
    const csv_column name = texts_[i].name;
    if (!header_.has(name)) continue;
    const csv_cell from = cell(cells, name);
    const auto [code, is_new] = (table_.*texts_[i].texts).code_of(without_guard(from.text));
    codes[i] = code;
    if (is_new) {
      const std::size_t before = problems_.count();
      if (name == csv_column::indicator) indicators_.push_back(nullptr);
      if (!is_good(name, from, without_guard(from.text))) refused_texts_.try_emplace({name, code}, refused_text{before + 1, 1});
    } else if (!refused_texts_.empty()) {
      if (const auto known = refused_texts_.find({name, code}); known != refused_texts_.end()) ++known->second.rows;
    }
  }
  return codes;
}

/// Whether a text that has not been seen in this column can stand there; otherwise it is noted why not.
bool observation_reader::is_good(csv_column column, const csv_cell& cell, std::string_view text) {
  std::optional<finding> problem;
  switch (column) {
    case csv_column::indicator: return is_good_indicator(cell, text);
    case csv_column::place:
      if (plan_ != nullptr) {
        if (plan_->find_place(text)) return true;
        refuse(cell, code::unknown_place, "the programme has no such place" + did_you_mean_one_of(text, plan_->places()),
               any_of_few(place_ids_, "a place of the programme"));
        return false;
      }
      problem = check_id(text, {});
      break;
    case csv_column::dimensions: return are_good_dimensions(cell, text);
    case csv_column::step: problem = check_id(text, {}); break;
    case csv_column::note: return true;
    default: problem = check_name(text, {});
  }
  if (problem) refuse(cell, column, *problem);
  return !problem;
}

bool observation_reader::is_good_indicator(const csv_cell& cell, std::string_view id) {
  if (plan_ == nullptr) {
    const auto problem = check_id(id, {});
    if (problem) refuse(cell, csv_column::indicator, *problem);
    return !problem;
  }
  const auto index = plan_->find_indicator(id);
  if (!index) {
    refuse(cell, code::unknown_indicator, "the programme has no such indicator" + did_you_mean_one_of(id, plan_->indicators()),
           any_of_few(indicator_ids_, "an indicator of the programme"));
    return false;
  }
  const indicator_spec& spec = plan_->indicators()[*index];
  if (!is_reported(spec.kind)) {
    refuse(cell, code::unknown_indicator, "the indicator is computed from others and has no entries of its own",
           reported_instead_of(spec));
    return false;
  }
  indicators_.back() = &spec;
  return true;
}

bool observation_reader::are_good_dimensions(const csv_cell& cell, std::string_view text) {
  const auto pairs = pairs_of(text);
  for (auto pair = pairs.begin(); pair != pairs.end(); ++pair) {
    const bool is_pair = !check_id(pair->first, {}) && !check_id(pair->second, {}) && pair->second.find('=') == std::string_view::npos;
    if (!is_pair) {
      refuse(cell, code::malformed, "the dimensions are not pairs of ids", "sex=f or sex=f;age=15-24");
      return false;
    }
    if (std::any_of(pairs.begin(), pair, [&](const auto& earlier) { return earlier.first == pair->first; })) {
      refuse(cell, code::duplicate_id, "a dimension is given twice", "each dimension once");
      return false;
    }
  }
  return true;
}

void observation_reader::count_refused_texts() {
  for (const auto& [where, refused] : refused_texts_) {
    if (refused.rows < 2) continue;
    problems_.add_to_message(refused.problem, " (in " + std::to_string(refused.rows) + " rows)");
  }
}

// -- days ----------------------------------------------------------------------------------------

std::optional<period> observation_reader::read_about(const row& cells, const indicator_spec* about) {
  const csv_cell period_cell = cell(cells, csv_column::period);
  const csv_cell day_cell = cell(cells, csv_column::day);
  const csv_cell start_cell = cell(cells, csv_column::start);
  const csv_cell end_cell = cell(cells, csv_column::end);
  const bool has_ends = !start_cell.text.empty() || !end_cell.text.empty();
  const int given = (period_cell.text.empty() ? 0 : 1) + (day_cell.text.empty() ? 0 : 1) + (has_ends ? 1 : 0);
  if (given == 0) {
    refuse(cells.front(), code::missing_field, "the row says of no day or period what it is about", "a period or a day");
    return std::nullopt;
  }
  if (given > 1) {
    refuse(day_cell.text.empty() ? period_cell : day_cell, code::malformed, "the row is about two periods or days",
           "one of period, day, and start with end");
    return std::nullopt;
  }
  if (has_ends) return read_start_and_end(start_cell, end_cell);
  return day_cell.text.empty() ? read_period(period_cell) : read_day(day_cell, about);
}

std::optional<period> observation_reader::read_start_and_end(const csv_cell& start, const csv_cell& end) {
  if (start.text.empty() || end.text.empty()) {
    refuse(start.text.empty() ? start : end, code::missing_field, "one of start and end is missing", "both");
    return std::nullopt;
  }
  const auto first = read_date(start, csv_column::start);
  const auto last = read_date(end, csv_column::end);
  if (!first || !last) return std::nullopt;
  if (*last < *first) {
    refuse(end, code::malformed_period, "the period ends before it starts", "a day from " + to_string(*first));
    return std::nullopt;
  }
  if (*last == date::max()) {
    refuse(end, code::out_of_range, "no day follows the end", "a day before 9999-12-31");
    return std::nullopt;
  }
  return period{*first, *last + 1};
}

std::optional<period> observation_reader::read_period(const csv_cell& cell) {
  const auto [known, is_new] = periods_.try_emplace(cell.text, std::nullopt);
  if (is_new || !known->second) {
    const auto read = try_parse_period(cell.text);
    if (read) {
      known->second = *read;
    } else {
      refuse(cell, csv_column::period, read.problem());
    }
  }
  return known->second;
}

std::optional<period> observation_reader::read_day(const csv_cell& cell, const indicator_spec* about) {
  const auto day = read_date(cell, csv_column::day);
  if (!day) return std::nullopt;
  if (*day == date::max()) {
    refuse(cell, code::out_of_range, "no day follows this one", "a day before 9999-12-31");
    return std::nullopt;
  }
  if (about != nullptr && !may_use_day(*about)) {
    refuse(cell, code::malformed_period, "an increment is about a period, and its indicator is not reported by the day",
           "a period, such as 2021-06");
    return std::nullopt;
  }
  return period{*day, *day + 1};
}

std::optional<date> observation_reader::read_date(const csv_cell& cell, csv_column column) {
  const auto [known, is_new] = dates_.try_emplace(cell.text, std::nullopt);
  if (is_new || !known->second) {
    const auto read = try_parse_date(cell.text);
    if (read) {
      known->second = *read;
    } else {
      refuse(cell, column, read.problem());
    }
  }
  return known->second;
}

// -- amounts -------------------------------------------------------------------------------------

observation_reader::content observation_reader::read_content(const row& cells, std::uint32_t indicator, const indicator_spec* about) {
  const csv_cell amount_cell = cell(cells, csv_column::amount);
  const csv_cell missing_cell = cell(cells, csv_column::missing);
  const csv_cell withdrawn_cell = cell(cells, csv_column::withdrawn);
  content to;
  to.withdrawn = read_withdrawn(withdrawn_cell);
  to.share_of_goal = read_form(cell(cells, csv_column::form), about);
  const amount_rule* const rule = rule_for(cell(cells, csv_column::unit), indicator, about, to.share_of_goal);
  if (rule != nullptr) to.unit = rule->unit;

  const int given = (amount_cell.text.empty() ? 0 : 1) + (missing_cell.text.empty() ? 0 : 1) +
                    (withdrawn_cell.text.empty() || withdrawn_cell.text == "false" ? 0 : 1);
  if (given == 0) {
    refuse(amount_cell, code::missing_field, "the row has no amount and no reason for having none", "amount, missing or withdrawn");
  } else if (given > 1) {
    refuse(missing_cell.text.empty() ? amount_cell : missing_cell, code::malformed,
           "of an amount, a reason for having none, and a withdrawal the row has more than one", "one of amount, missing and withdrawn");
  } else if (!missing_cell.text.empty()) {
    to.missing = read_missing(missing_cell);
  } else if (!amount_cell.text.empty() && rule != nullptr) {
    const auto read = read_amount(amount_cell.text, *rule);
    if (!read) {
      refuse(amount_cell, csv_column::amount, read.problem());
    } else {
      to.amount = read->amount;
      if (read->unit != to.unit) to.unit = *units_.insert(read->unit).first;
    }
  }
  if (!to.withdrawn && !to.missing) return to;
  to.share_of_goal = false;
  return to;
}

std::optional<reason> observation_reader::read_missing(const csv_cell& cell) {
  if (std::find(missing_words.begin(), missing_words.end(), cell.text) != missing_words.end()) return parse_reason(cell.text);
  refuse(cell, code::malformed, "this is not a reason that a report can give" + did_you_mean(cell.text, strings(missing_words)),
         one_of(missing_words));
  return std::nullopt;
}

bool observation_reader::read_withdrawn(const csv_cell& cell) {
  if (cell.text == "true") return true;
  if (!cell.text.empty() && cell.text != "false") refuse(cell, code::malformed, "withdrawn is true or false", "true, false or nothing");
  return false;
}

bool observation_reader::read_form(const csv_cell& cell, const indicator_spec* about) {
  if (cell.text.empty() || cell.text == form_words[0]) return false;
  if (cell.text != form_words[1]) {
    refuse(cell, code::malformed, "there is no such form of an amount" + did_you_mean(cell.text, strings(form_words)),
           one_of(form_words));
    return false;
  }
  if (about == nullptr || (about->kind != indicator_kind::steps && about->kind != indicator_kind::rating)) return true;
  refuse(cell, code::malformed, "steps and ratings are shares already", "amount or nothing");
  return false;
}

void observation_reader::check_step(const row& cells, const indicator_spec* about) {
  if (about == nullptr) return;
  const csv_cell step_cell = cell(cells, csv_column::step);
  const std::string_view step = without_guard(step_cell.text);
  if (about->kind != indicator_kind::steps) {
    if (!step.empty()) refuse(step_cell, code::unknown_id, "the indicator has no steps", "no step");
    return;
  }
  const auto is_step = [&](const step_spec& s) { return s.id == step; };
  if (std::any_of(about->steps.begin(), about->steps.end(), is_step)) return;
  std::vector<std::string> ids;
  for (const auto& s : about->steps) ids.push_back(s.id);
  if (step.empty()) {
    refuse(step_cell, code::missing_field, "the row does not say which step it is about", any_of(ids));
  } else {
    refuse(step_cell, code::unknown_id, "the indicator has no such step" + did_you_mean(step, ids), any_of(ids));
  }
}

const amount_rule* observation_reader::rule_for(const csv_cell& unit_cell, std::uint32_t indicator, const indicator_spec* about,
                                                bool share_of_goal) {
  const std::string_view text = without_guard(unit_cell.text);
  const std::size_t of_indicator = about != nullptr ? indicator : 0;
  const bool usual = text.empty() && !share_of_goal;
  if (usual && of_indicator < usual_rules_.size() && usual_rules_[of_indicator] != nullptr) return usual_rules_[of_indicator];
  auto& rule = rules_[{of_indicator, share_of_goal, text}];
  if (!rule) {
    const auto made = rule_for_amounts(about, text, share_of_goal);
    if (made) {
      rule = *made;
    } else {
      refuse(unit_cell, csv_column::unit, made.problem());
    }
  }
  if (!rule) return nullptr;
  if (usual) {
    usual_rules_.resize(std::max(usual_rules_.size(), of_indicator + 1));
    usual_rules_[of_indicator] = &*rule;
  }
  return &*rule;
}

}  // namespace attain::inline v0::io::detail
