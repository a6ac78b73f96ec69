#include "table_reader.hpp"

#include "text_source.hpp"

#include <attain/core/answer.hpp>
#include <attain/core/error.hpp>
#include <attain/model/words.hpp>

#include <algorithm>
#include <utility>

namespace attain::inline v0::io::detail {

namespace {

constexpr std::array<std::string_view, 4> missing_words{"withheld", "no_observation", "not_comparable", "not_applicable"};
constexpr std::array<std::string_view, 2> form_words{"amount", "share_of_goal"};

template <std::size_t Size>
std::vector<std::string> strings(const std::array<std::string_view, Size>& words) {
  return {words.begin(), words.end()};
}

bool is_set(std::span<const std::uint8_t> flags, std::size_t row) noexcept { return !flags.empty() && flags[row] != 0; }

}  // namespace

// -- what stands in place of an amount, and how it is meant --------------------------------------

void table_reader::read_missing() {
  if (missing_.absent()) return;
  std::vector<std::uint8_t> reason_of(missing_.dictionary.size());
  each_used(missing_, [&](std::uint32_t code) {
    const std::string_view word = missing_.dictionary[code];
    if (word.empty()) return;
    if (std::find(missing_words.begin(), missing_words.end(), word) != missing_words.end()) {
      reason_of[code] = static_cast<std::uint8_t>(*parse_reason(word));
    } else {
      refuse(first_row_of(missing_, code), csv_column::missing, code::malformed, word,
             "this is not a reason that a report can give" + did_you_mean(word, strings(missing_words)), one_of(missing_words));
    }
  });
  missing_reasons_.resize(from_.rows);
  for (std::size_t row = 0; row < from_.rows; ++row) missing_reasons_[row] = reason_of[missing_.codes[row]];
  to_.missing = missing_reasons_;
}

void table_reader::read_form() {
  if (form_.absent()) return;
  std::vector<std::uint8_t> is_share(form_.dictionary.size());
  each_used(form_, [&](std::uint32_t code) {
    const std::string_view word = form_.dictionary[code];
    is_share[code] = word == form_words[1];
    if (word.empty() || std::find(form_words.begin(), form_words.end(), word) != form_words.end()) return;
    refuse(first_row_of(form_, code), csv_column::form, code::malformed, word,
           "there is no such form of an amount" + did_you_mean(word, strings(form_words)), one_of(form_words));
  });
  share_of_goal_.resize(from_.rows);
  for (std::size_t row = 0; row < from_.rows; ++row) {
    const indicator_spec* spec = about(row);
    share_of_goal_[row] = is_share[form_.codes[row]];
    if (share_of_goal_[row] == 0 || spec == nullptr) continue;
    if (spec->kind == indicator_kind::steps || spec->kind == indicator_kind::rating) {
      refuse(row, csv_column::form, code::malformed, form_words[1], "steps and ratings are shares already", "amount or nothing");
    }
  }
  to_.share_of_goal = share_of_goal_;
}

std::span<const std::uint8_t> table_reader::flags_of(const column* from, csv_column name, std::vector<std::uint8_t>& own) {
  if (from == nullptr) return {};
  if (from->kind == column_kind::flag && from->missing.empty()) return from->flags;
  own.resize(from_.rows);
  for (std::size_t row = 0; row < from_.rows; ++row) {
    if (from->is_missing(row)) continue;
    if (from->kind == column_kind::flag) {
      own[row] = from->flags[row];
    } else if (const std::string_view word = from->word(row); word == "true" || word == "false" || word.empty()) {
      own[row] = word == "true";
    } else {
      refuse(row, name, code::malformed, word, "this is neither true nor false", "true, false or nothing");
    }
  }
  return own;
}

// -- amounts -------------------------------------------------------------------------------------

void table_reader::read_amounts() {
  read_missing();
  read_form();
  to_.withdrawn = flags_of(column_of(csv_column::withdrawn), csv_column::withdrawn, withdrawn_);
  to_.low_open = flags_of(low_open_, csv_column::amount, low_open_flags_);
  to_.high_open = flags_of(high_open_, csv_column::amount, high_open_flags_);
  throw_if_any();
  check_contents();
  read_amount_numbers();
  if (amount_words_ != nullptr) read_amount_words();
  if (plan_ != nullptr) check_amount_numbers();
}

bool table_reader::has_word(std::size_t row) const noexcept {
  return amount_words_ != nullptr && !amount_words_->is_missing(row) && !amount_words_->word(row).empty();
}

bool table_reader::has_number(std::size_t row) const noexcept {
  const column* numbers = column_of(csv_column::amount);
  return numbers != nullptr && !numbers->is_missing(row);
}

/// Every row says one thing.
void table_reader::check_contents() {
  const column* numbers = column_of(csv_column::amount);
  const bool has_numbers_alone = numbers != nullptr && numbers->missing.empty() && amount_words_ == nullptr &&
                                 to_.missing.empty() && to_.withdrawn.empty();
  if (has_numbers_alone) return;
  for (std::size_t row = 0; row < from_.rows; ++row) {
    const int given = (has_number(row) ? 1 : 0) + (has_word(row) ? 1 : 0) + (is_set(to_.missing, row) ? 1 : 0) +
                      (is_set(to_.withdrawn, row) ? 1 : 0);
    if (given == 0) {
      refuse(row, csv_column::amount, code::missing_field, {}, "the row has no amount and no reason for having none",
             "amount, missing or withdrawn");
    } else if (given > 1) {
      refuse(row, csv_column::amount, code::malformed, {},
             "of an amount, a reason for having none, and a withdrawal the row has more than one",
             "one of amount, missing and withdrawn");
    }
  }
}

void table_reader::read_amount_numbers() {
  const column* numbers = column_of(csv_column::amount);
  if (numbers != nullptr && numbers->kind == column_kind::number && amount_words_ == nullptr) {
    to_.low = numbers->numbers;
  } else {
    low_.resize(from_.rows);
    for (std::size_t row = 0; row < from_.rows; ++row) {
      if (!has_number(row)) continue;
      low_[row] = numbers->kind == column_kind::count ? numbers->integers[row] : numbers->numbers[row];
    }
    to_.low = low_;
  }
  if (amount_high_ == nullptr && amount_words_ == nullptr) return;
  high_.assign(to_.low.begin(), to_.low.end());
  for (std::size_t row = 0; amount_high_ != nullptr && row < from_.rows; ++row) {
    if (!amount_high_->is_missing(row)) high_[row] = amount_high_->numbers[row];
  }
  to_.high = high_;
}

void table_reader::read_amount_words() {
  low_open_flags_.assign(to_.low_open.begin(), to_.low_open.end());
  high_open_flags_.assign(to_.high_open.begin(), to_.high_open.end());
  low_open_flags_.resize(from_.rows);
  high_open_flags_.resize(from_.rows);
  coded_texts units;
  for (std::size_t row = 0; row < from_.rows; ++row) {
    std::string_view stored_unit = unit_.at(row);
    if (has_word(row)) {
      const amount_rule* rule = rule_for(row);
      if (rule == nullptr) continue;
      const auto read = read_amount(amount_words_->word(row), *rule);
      if (!read) {
        refuse(row, csv_column::amount, read.problem());
        continue;
      }
      low_[row] = read->amount.low;
      high_[row] = read->amount.high;
      low_open_flags_[row] = read->amount.low_open;
      high_open_flags_[row] = read->amount.high_open;
      stored_unit = *units_.insert(read->unit).first;
    }
    units.add(units.code_of(stored_unit).code);
  }
  if (!problems_.empty()) return;
  to_.low_open = low_open_flags_;
  to_.high_open = high_open_flags_;
  unit_.own_codes.assign(units.column().codes.begin(), units.column().codes.end());
  unit_.own_dictionary.assign(units.column().dictionary.begin(), units.column().dictionary.end());
  unit_.codes = unit_.own_codes;
  unit_.dictionary = unit_.own_dictionary;
}

/// Numbers of steps are 0 or 1, those of ratings shares; a unit that is given converts to the indicator's.
void table_reader::check_amount_numbers() {
  const auto is_share = [](const indicator_spec* i) {
    return i != nullptr && (i->kind == indicator_kind::steps || i->kind == indicator_kind::rating);
  };
  if (unit_.absent() && std::none_of(indicators_.begin(), indicators_.end(), is_share)) return;
  for (std::size_t row = 0; row < from_.rows; ++row) {
    if (!has_number(row)) continue;
    const indicator_spec& spec = *about(row);
    const double amount = to_.low[row];
    if (!unit_.at(row).empty() && rule_for(row) == nullptr) continue;
    if (spec.kind == indicator_kind::steps && amount != 0 && amount != 1) {
      refuse(row, csv_column::amount, code::out_of_range, to_text(amount), "a step is done or open", "1 (done) or 0 (open)");
    } else if (spec.kind == indicator_kind::rating && !(amount >= 0 && amount <= 1)) {
      refuse(row, csv_column::amount, code::out_of_range, to_text(amount), "a rating lies between 0 and 1",
             "a number from 0 to 1");
    }
  }
}

/// How amounts of the row's indicator in the row's unit are read; null, and noted once, if they cannot be.
const amount_rule* table_reader::rule_for(std::size_t row) {
  const std::string_view unit = unit_.at(row);
  const bool share_of_goal = is_set(to_.share_of_goal, row);
  const auto [known, is_new] = rules_.try_emplace(rule_key{about(row), share_of_goal, unit}, std::nullopt);
  if (is_new) {
    const auto made = rule_for_amounts(about(row), unit, share_of_goal);
    if (made) {
      known->second = *made;
    } else {
      refuse(row, csv_column::unit, made.problem());
    }
  }
  return known->second ? &*known->second : nullptr;
}

}  // namespace attain::inline v0::io::detail
