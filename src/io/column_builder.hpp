#pragma once
/** Ways to make the columns of a table: from memory that is kept anyway, or from vectors that the column keeps. */
#include <attain/io/table.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace attain::inline v0::io::detail {

/// Keeps a vector for a column and gives its span.
template <class T>
std::span<const T> keep(column& by, std::vector<T> values) {
  auto kept = std::make_shared<const std::vector<T>>(std::move(values));
  const std::span<const T> span(*kept);
  by.owners.push_back(std::move(kept));
  return span;
}

/// Sets what is missing, unless nothing is.
inline void keep_missing(column& by, std::vector<std::uint8_t> missing) {
  const bool any = std::any_of(missing.begin(), missing.end(), [](std::uint8_t m) { return m != 0; });
  if (any) by.missing = keep(by, std::move(missing));
}

/// Numbers, or the reasons for having none, one after another.
class number_column {
 public:
  explicit number_column(std::size_t rows) {
    values_.reserve(rows);
    missing_.reserve(rows);
  }

  void add(const answer<double>& value) {
    values_.push_back(value.value_or(0));
    missing_.push_back(value.has_value() ? std::uint8_t{0} : static_cast<std::uint8_t>(value.why()));
  }

  column finish(std::string name) && {
    column made{.name = std::move(name), .kind = column_kind::number};
    made.numbers = keep(made, std::move(values_));
    keep_missing(made, std::move(missing_));
    return made;
  }

 private:
  std::vector<double> values_;
  std::vector<std::uint8_t> missing_;
};

/// Words, each of which gets a position where it first comes. The texts live elsewhere.
class word_list {
 public:
  std::int32_t position_of(std::string_view word) {
    const auto next = static_cast<std::int32_t>(words_.size());
    const auto [known, is_new] = positions_.try_emplace(word, next);
    if (is_new) words_.push_back(word);
    return known->second;
  }
  std::vector<std::string_view> take() && { return std::move(words_); }

 private:
  std::vector<std::string_view> words_;
  std::unordered_map<std::string_view, std::int32_t> positions_;
};

/// A column of words; an empty one is missing.
class word_column {
 public:
  explicit word_column(std::size_t rows) { positions_.reserve(rows); }

  void add(std::string_view word) {
    const bool as_before = !positions_.empty() && word.data() == last_.data() && word.size() == last_.size();
    positions_.push_back(as_before ? positions_.back() : position_of(word));
    last_ = word;
  }

  column finish(std::string name) && {
    column made{.name = std::move(name), .kind = column_kind::word};
    std::vector<std::uint8_t> missing(positions_.size());
    for (std::size_t i = 0; i < positions_.size(); ++i) {
      if (positions_[i] != none) continue;
      missing[i] = column::unexplained;
      positions_[i] = 0;
    }
    made.integers = keep(made, std::move(positions_));
    made.words = keep(made, std::move(words_).take());
    keep_missing(made, std::move(missing));
    return made;
  }

 private:
  static constexpr std::int32_t none = -1;

  std::int32_t position_of(std::string_view word) { return word.empty() ? none : words_.position_of(word); }

  std::vector<std::int32_t> positions_;
  std::string_view last_;  ///< lives elsewhere, so the same address and size are the same word
  word_list words_;
};

inline column integer_column(std::string name, column_kind kind, std::vector<std::int32_t> values,
                             std::vector<std::uint8_t> missing = {}) {
  column made{.name = std::move(name), .kind = kind};
  made.integers = keep(made, std::move(values));
  keep_missing(made, std::move(missing));
  return made;
}

inline column flag_column(std::string name, std::vector<std::uint8_t> values) {
  column made{.name = std::move(name), .kind = column_kind::flag};
  made.flags = keep(made, std::move(values));
  return made;
}

}  // namespace attain::inline v0::io::detail
