#include <attain/io/table.hpp>

#include "column_builder.hpp"

#include <array>
#include <deque>

namespace attain::inline v0::io {

namespace {

using namespace detail;

/// A column of words that keeps a copy of each.
class copied_words {
 public:
  void add(std::string_view word) {
    if (word.empty()) {
      positions_.push_back(-1);
      return;
    }
    if (last_ < 0 || (*texts_)[static_cast<std::size_t>(last_)] != word) last_ = position_of(word);
    positions_.push_back(last_);
  }

  bool in_use() const noexcept { return !texts_->empty(); }

  column finish(std::string name) && {
    word_column words(positions_.size());
    for (const std::int32_t p : positions_) words.add(p < 0 ? std::string_view{} : (*texts_)[static_cast<std::size_t>(p)]);
    column made = std::move(words).finish(std::move(name));
    made.owners.push_back(std::move(texts_));
    return made;
  }

 private:
  std::int32_t position_of(std::string_view word) {
    const auto known = known_.find(word);
    if (known != known_.end()) return known->second;
    const auto position = static_cast<std::int32_t>(texts_->size());
    known_.emplace(texts_->emplace_back(word), position);
    return position;
  }

  std::shared_ptr<std::deque<std::string>> texts_ = std::make_shared<std::deque<std::string>>();
  std::unordered_map<std::string_view, std::int32_t> known_;
  std::vector<std::int32_t> positions_;
  std::int32_t last_ = -1;
};

std::string text_of_dimensions(const observation& entry) {
  std::string text;
  for (const auto& [dimension, category] : entry.dimensions) {
    if (!text.empty()) text += ';';
    text.append(dimension).append("=").append(category);
  }
  return text;
}

bool any(const std::vector<std::uint8_t>& flags) {
  return std::any_of(flags.begin(), flags.end(), [](std::uint8_t f) { return f != 0; });
}

}  // namespace

table ledger_table(const ledger& from) {
  struct text_column {
    const char* name;
    std::string observation::*text;
    copied_words words{};
  };
  std::array<text_column, 10> texts{{{"indicator", &observation::indicator},
                                     {"place", &observation::place},
                                     {"step", &observation::step},
                                     {"stage", &observation::stage},
                                     {"scope", &observation::scope},
                                     {"author", &observation::author},
                                     {"source", &observation::source},
                                     {"evidence", &observation::evidence},
                                     {"note", &observation::note},
                                     {"key", &observation::key}}};
  copied_words unit, dimensions, form, missing_words;
  std::vector<std::int32_t> start, end, recorded;
  std::vector<double> low, high;
  std::vector<std::uint8_t> missing, low_open, high_open, withdrawn;

  from.for_each([&](const observation& entry) {
    for (text_column& column : texts) column.words.add(entry.*column.text);
    unit.add(entry.unit);
    dimensions.add(text_of_dimensions(entry));
    form.add(entry.form == amount_form::share_of_goal ? "share_of_goal" : "");
    missing_words.add(entry.missing ? to_string(*entry.missing) : std::string_view{});
    start.push_back(entry.about.start.days());
    end.push_back(entry.about.end.days() - 1);
    recorded.push_back(entry.recorded->days());
    const bool has_amount = !entry.missing && !entry.withdrawn;
    low.push_back(has_amount ? entry.low : 0);
    high.push_back(has_amount ? entry.high : 0);
    missing.push_back(entry.missing     ? static_cast<std::uint8_t>(*entry.missing)
                      : entry.withdrawn ? column::unexplained
                                        : std::uint8_t{0});
    low_open.push_back(entry.low_open);
    high_open.push_back(entry.high_open);
    withdrawn.push_back(entry.withdrawn);
  });

  table made{.rows = start.size()};
  const auto add = [&](column one) { made.columns.push_back(std::move(one)); };
  const auto add_words = [&](const char* name, copied_words& words) {
    if (words.in_use()) add(std::move(words).finish(name));
  };
  const auto add_flags = [&](const char* name, std::vector<std::uint8_t>& flags) {
    if (any(flags)) add(flag_column(name, std::move(flags)));
  };
  const auto numbers = [&](const char* name, std::vector<double> values) {
    column one{.name = name, .kind = column_kind::number};
    one.numbers = keep(one, std::move(values));
    keep_missing(one, missing);
    return one;
  };
  const bool has_intervals = low != high;

  add(std::move(texts[0].words).finish(texts[0].name));
  add(std::move(texts[1].words).finish(texts[1].name));
  add(integer_column("start", column_kind::day, std::move(start)));
  add(integer_column("end", column_kind::day, std::move(end)));
  add(numbers("amount", std::move(low)));
  if (has_intervals) add(numbers("amount_high", std::move(high)));
  add_flags("low_open", low_open);
  add_flags("high_open", high_open);
  add_words("unit", unit);
  add_words("form", form);
  add_words("missing", missing_words);
  add_flags("withdrawn", withdrawn);
  add_words("dimensions", dimensions);
  for (std::size_t i = 2; i < 5; ++i) add_words(texts[i].name, texts[i].words);
  add(integer_column("recorded", column_kind::day, std::move(recorded)));
  for (std::size_t i = 5; i < texts.size(); ++i) add_words(texts[i].name, texts[i].words);
  return made;
}

}  // namespace attain::inline v0::io
