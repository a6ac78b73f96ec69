#pragma once
/** Observations as columns with coded texts, which is how a ledger takes many of them (`observation_columns`). */
#include <attain/core/answer.hpp>
#include <attain/core/period.hpp>
#include <attain/ledger/observation.hpp>
#include <attain/ledger/observation_columns.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace attain::inline v0::io::detail {

/// A column of texts that live elsewhere. Code 0 is the empty text.
class coded_texts {
 public:
  struct found {
    std::uint32_t code;
    bool is_new;
  };

  /// @param repeats whether to look for an earlier equal text; otherwise only the one just before is compared.
  explicit coded_texts(bool repeats = true) : repeats_(repeats) {}

  found code_of(std::string_view text);
  void add(std::uint32_t code) { codes_.push_back(code); }
  /// Adds the column that follows this one and empties it, as if its texts had been added here one by one.
  void take(coded_texts& following);
  void reserve(std::size_t rows) { codes_.reserve(rows); }
  bool has_rows() const noexcept { return !codes_.empty(); }

  /// Empty in a column to which nothing was added.
  std::string_view text(std::size_t row) const noexcept { return codes_.empty() ? std::string_view{} : dictionary_[codes_[row]]; }
  /// Empty where every text is.
  coded_column column() const noexcept;

 private:
  bool repeats_;
  std::uint32_t last_ = 0;
  std::vector<std::string_view> dictionary_{std::string_view{}};
  std::unordered_map<std::string_view, std::uint32_t> known_;
  std::vector<std::uint32_t> codes_;
};

/// An amount as it is stored.
struct stored_amount {
  double low = 0;
  double high = 0;
  bool low_open = false;
  bool high_open = false;
};

class observation_table {
 public:
  coded_texts indicator, place, dimensions, step, stage, scope, unit, author, source;
  coded_texts evidence{false}, note{false}, key{false};

  /// The texts of the row are added to their columns by the caller.
  void add(const period& about, const stored_amount& amount, bool share_of_goal, std::optional<reason> missing, bool withdrawn,
           std::optional<date> recorded, std::size_t at);

  void reserve(std::size_t rows);
  /// Takes the rows of tables that follow this one, as if they had been added here one by one; they are left empty.
  void take(std::span<observation_table* const> following, std::size_t threads);

  std::size_t size() const noexcept { return last_day_.size(); }
  /// Offset of a row in the text it came from.
  std::size_t at(std::size_t row) const noexcept { return at_[row]; }

  observation_columns columns() const noexcept;
  observation row(std::size_t row) const;

 private:
  /// Calls `visit(member)` for each column, those of texts first.
  template <class Texts, class Values>
  static void each_column(Texts&& texts, Values&& values);

  std::vector<std::int32_t> first_day_, last_day_, recorded_;
  std::vector<std::uint8_t> has_recorded_;
  std::vector<double> low_, high_;
  std::vector<std::uint8_t> low_open_, high_open_, share_of_goal_, withdrawn_, missing_;
  std::vector<std::uint32_t> at_;
};

/// "sex=f;age=15-24" as pairs; a part without `=` has no category.
std::vector<std::pair<std::string_view, std::string_view>> pairs_of(std::string_view dimensions);

}  // namespace attain::inline v0::io::detail
