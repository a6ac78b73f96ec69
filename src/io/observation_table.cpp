#include "observation_table.hpp"

#include <attain/core/in_threads.hpp>

#include <algorithm>
#include <atomic>
#include <functional>
#include <type_traits>

namespace attain::inline v0::io::detail {

coded_texts::found coded_texts::code_of(std::string_view text) {
  if (dictionary_[last_] == text) return {last_, false};
  if (text.empty()) return {last_ = 0, false};
  const auto next = static_cast<std::uint32_t>(dictionary_.size());
  if (repeats_) {
    const auto [place, is_new] = known_.try_emplace(text, next);
    if (!is_new) return {last_ = place->second, false};
  }
  dictionary_.push_back(text);
  return {last_ = next, true};
}

void coded_texts::take(coded_texts& following) {
  std::vector<std::uint32_t> code(following.dictionary_.size());
  for (std::size_t i = 1; i < code.size(); ++i) code[i] = code_of(following.dictionary_[i]).code;
  last_ = code[following.last_];
  for (const std::uint32_t c : following.codes_) codes_.push_back(code[c]);
  following = coded_texts(repeats_);
}

coded_column coded_texts::column() const noexcept {
  if (dictionary_.size() == 1) return {};
  return {codes_, dictionary_};
}

void observation_table::add(const period& about, const stored_amount& amount, bool share_of_goal, std::optional<reason> missing,
                            bool withdrawn, std::optional<date> recorded, std::size_t at) {
  first_day_.push_back(about.start.days());
  last_day_.push_back(about.end.days() - 1);
  low_.push_back(amount.low);
  high_.push_back(amount.high);
  low_open_.push_back(amount.low_open);
  high_open_.push_back(amount.high_open);
  share_of_goal_.push_back(share_of_goal);
  missing_.push_back(missing ? static_cast<std::uint8_t>(*missing) : std::uint8_t{0});
  withdrawn_.push_back(withdrawn);
  recorded_.push_back(recorded ? recorded->days() : last_day_.back());
  has_recorded_.push_back(recorded.has_value());
  at_.push_back(static_cast<std::uint32_t>(at));
}

template <class Texts, class Values>
void observation_table::each_column(Texts&& texts, Values&& values) {
  using table = observation_table;
  for (const auto member : {&table::indicator, &table::place, &table::dimensions, &table::step, &table::stage, &table::scope,
                            &table::unit, &table::author, &table::source, &table::evidence, &table::note, &table::key}) {
    texts(member);
  }
  for (const auto member : {&table::low_, &table::high_}) values(member);
  for (const auto member : {&table::first_day_, &table::last_day_, &table::recorded_}) values(member);
  values(&table::at_);
  for (const auto member : {&table::has_recorded_, &table::low_open_, &table::high_open_, &table::share_of_goal_,
                            &table::withdrawn_, &table::missing_}) {
    values(member);
  }
}

void observation_table::reserve(std::size_t rows) {
  each_column(
      [&](auto texts) {
        if ((this->*texts).has_rows()) (this->*texts).reserve(rows);
      },
      [&](auto values) { (this->*values).reserve(rows); });
}

void observation_table::take(std::span<observation_table* const> following, std::size_t threads) {
  std::size_t rows = size();
  for (const observation_table* table : following) rows += table->size();

  std::vector<std::function<void()>> columns;
  each_column(
      [&](auto member) {
        columns.emplace_back([this, following, rows, member] {
          coded_texts& all = this->*member;
          if (all.has_rows()) all.reserve(rows);
          for (observation_table* table : following) all.take(table->*member);
        });
      },
      [&](auto member) {
        columns.emplace_back([this, following, rows, member] {
          auto& all = this->*member;
          all.reserve(rows);
          for (observation_table* table : following) {
            auto& more = table->*member;
            all.insert(all.end(), more.begin(), more.end());
            std::decay_t<decltype(more)>().swap(more);
          }
        });
      });

  std::atomic<std::size_t> next = 0;
  attain::detail::in_threads(threads, [&](std::size_t) {
    for (std::size_t i = next++; i < columns.size(); i = next++) columns[i]();
  });
}

observation_columns observation_table::columns() const noexcept {
  const auto unless_zero = [](const std::vector<std::uint8_t>& flags) {
    const bool all_zero = std::all_of(flags.begin(), flags.end(), [](std::uint8_t f) { return f == 0; });
    return all_zero ? std::span<const std::uint8_t>{} : std::span<const std::uint8_t>{flags};
  };
  observation_columns c;
  c.size = size();
  c.indicator = indicator.column();
  c.place = place.column();
  c.first_day = first_day_;
  c.last_day = last_day_;
  c.low = low_;
  if (high_ != low_) c.high = high_;
  c.low_open = unless_zero(low_open_);
  c.high_open = unless_zero(high_open_);
  c.share_of_goal = unless_zero(share_of_goal_);
  c.withdrawn = unless_zero(withdrawn_);
  c.missing = unless_zero(missing_);
  c.dimensions = dimensions.column();
  c.step = step.column();
  c.stage = stage.column();
  c.scope = scope.column();
  c.unit = unit.column();
  c.recorded = recorded_;
  c.author = author.column();
  c.source = source.column();
  c.evidence = evidence.column();
  c.note = note.column();
  c.key = key.column();
  return c;
}

observation observation_table::row(std::size_t row) const {
  observation o{.indicator = std::string(indicator.text(row)),
                .place = std::string(place.text(row)),
                .about = {date::from_days(first_day_[row]), date::from_days(last_day_[row] + 1)}};
  o.low = low_[row];
  o.high = high_[row];
  o.low_open = low_open_[row] != 0;
  o.high_open = high_open_[row] != 0;
  if (share_of_goal_[row] != 0) o.form = amount_form::share_of_goal;
  if (missing_[row] != 0) o.missing = static_cast<reason>(missing_[row]);
  o.withdrawn = withdrawn_[row] != 0;
  for (const auto& [dimension, category] : pairs_of(dimensions.text(row))) o.dimensions.emplace_back(dimension, category);
  o.step = step.text(row);
  o.stage = stage.text(row);
  o.scope = scope.text(row);
  o.unit = unit.text(row);
  if (has_recorded_[row] != 0) o.recorded = date::from_days(recorded_[row]);
  o.author = author.text(row);
  o.source = source.text(row);
  o.evidence = evidence.text(row);
  o.note = note.text(row);
  o.key = key.text(row);
  return o;
}

std::vector<std::pair<std::string_view, std::string_view>> pairs_of(std::string_view dimensions) {
  std::vector<std::pair<std::string_view, std::string_view>> pairs;
  while (!dimensions.empty()) {
    const std::string_view pair = dimensions.substr(0, dimensions.find(';'));
    dimensions.remove_prefix(std::min(pair.size() + 1, dimensions.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    pairs.emplace_back(pair.substr(0, equals), pair.substr(std::min(equals + 1, pair.size())));
  }
  return pairs;
}

}  // namespace attain::inline v0::io::detail
