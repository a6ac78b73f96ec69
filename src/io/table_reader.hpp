#pragma once
/** From the columns of a table to the columns that a ledger takes (`append_table` says which, and how they are read).

  What lies in the table as the ledger wants it is not copied. Texts are read once for each word of a dictionary, not once a row.
*/
#include "observation_amounts.hpp"
#include "observation_columns.hpp"

#include <attain/core/finding.hpp>
#include <attain/io/table.hpp>
#include <attain/ledger/observation_columns.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace attain::inline v0::io::detail {

class table_reader {
 public:
  /// Both must outlive the reader, and the reader what it reads.
  table_reader(const table& from, const programme* plan);

  /// Throws `invalid_input` with every problem.
  observation_columns read();

 private:
  /// Texts of a column by code; what is missing is the empty text.
  struct texts {
    std::span<const std::uint32_t> codes{};
    std::span<const std::string_view> dictionary{};
    std::vector<std::uint32_t> own_codes{};
    std::vector<std::string_view> own_dictionary{};

    bool absent() const noexcept { return codes.empty(); }
    std::string_view at(std::size_t row) const noexcept { return absent() ? std::string_view{} : dictionary[codes[row]]; }
    coded_column column() const noexcept { return {codes, dictionary}; }
  };
  /// Days of a column, or nothing in a row.
  struct days {
    const column* from = nullptr;
    std::vector<std::int32_t> of_word{};  ///< of a column of words
    bool has(std::size_t row) const noexcept { return from != nullptr && !from->is_missing(row); }
    std::int32_t at(std::size_t row) const noexcept {
      const std::int32_t value = from->integers[row];
      return of_word.empty() ? value : of_word[static_cast<std::size_t>(value)];
    }
  };
  using rule_key = std::tuple<const indicator_spec*, bool, std::string_view>;

  void sort_columns();
  void read_texts(csv_column name, texts& to);
  days read_days(csv_column name);
  void read_periods();
  void read_recorded();

  void read_amounts();
  void read_missing();
  void read_form();
  std::span<const std::uint8_t> flags_of(const column* from, csv_column name, std::vector<std::uint8_t>& own);
  void check_contents();
  void read_amount_numbers();
  void read_amount_words();
  void check_amount_numbers();
  bool has_word(std::size_t row) const noexcept;
  bool has_number(std::size_t row) const noexcept;
  const amount_rule* rule_for(std::size_t row);

  void check_programme();
  void check_indicators();
  void check_places();
  void check_steps();
  void check_days();

  const column* column_of(csv_column name) const noexcept { return by_name_[static_cast<std::size_t>(name)]; }
  const indicator_spec* about(std::size_t row) const noexcept;
  std::size_t first_row_of(const texts& in, std::uint32_t code) const noexcept;
  /// Calls `visit(code)` for each code that a row has.
  template <class Visit>
  static void each_used(const texts& in, Visit visit) {
    std::vector<std::uint8_t> used(in.dictionary.size());
    for (const std::uint32_t code : in.codes) used[code] = 1;
    for (std::uint32_t code = 0; code < used.size(); ++code) {
      if (used[code] != 0) visit(code);
    }
  }

  void refuse(std::size_t row, csv_column column, attain::code what, std::string_view text, std::string message,
              std::string expected);
  void refuse(std::size_t row, csv_column column, const finding& why);
  void refuse(finding why);
  void throw_if_any();

  const table& from_;
  const programme* plan_;
  std::array<const column*, csv_column_names.size()> by_name_{};
  const column* amount_words_ = nullptr;  ///< besides the numbers in `by_name_`
  const column* amount_high_ = nullptr;
  const column* low_open_ = nullptr;
  const column* high_open_ = nullptr;

  observation_columns to_;
  texts indicator_, place_, dimensions_, step_, stage_, scope_, unit_, author_, source_, evidence_, note_, key_;
  texts form_, missing_;
  std::vector<const indicator_spec*> indicators_;  ///< by code of `indicator_`
  std::vector<std::int32_t> first_day_, last_day_, recorded_;
  std::vector<double> low_, high_;
  std::vector<std::uint8_t> low_open_flags_, high_open_flags_, share_of_goal_, withdrawn_, missing_reasons_;
  std::map<rule_key, std::optional<amount_rule>> rules_;
  std::set<std::string, std::less<>> units_;

  std::vector<finding> problems_;
  std::size_t unlisted_ = 0;
};

}  // namespace attain::inline v0::io::detail
