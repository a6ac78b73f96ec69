#pragma once
/** From the rows of a CSV text to a table of observations (docs/programme-format.md). */
#include "csv_scanner.hpp"
#include "observation_amounts.hpp"
#include "observation_header.hpp"
#include "observation_table.hpp"

#include <attain/core/progress.hpp>
#include <attain/model/programme.hpp>

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace attain::inline v0::io::detail {

class observation_reader {
 public:
  /// @param from offset of the first row
  /// @param plan may be null. All must outlive the reader, and the reader its table.
  observation_reader(std::string_view csv, std::size_t from, char delimiter, const programme* plan, problem_list& problems);

  /// Reads the header row. Without one that can be used, which is noted, there is nothing more to read.
  bool read_header();
  const observation_header& header() const noexcept { return header_; }

  /// Reads the rows to the end of the text, for its own header or that of another reader.
  /// @param end of a longer text, for the rows of which the table is to have room
  /// @param asked whether this is the thread that asked for the work
  void read_rows(const observation_header& header, std::size_t end, attain::detail::phase_watch& reading, bool asked = true);

  /// Of use only if there are no problems.
  observation_table& table() noexcept { return table_; }

 private:
  using row = std::vector<csv_cell>;

  static constexpr std::size_t text_columns = 11;
  /// A column that is stored as it is: where it is in the CSV and in the table.
  struct text_column {
    csv_column name;
    coded_texts observation_table::*texts;
  };
  static const std::array<text_column, text_columns> texts_;

  /// A text of a coded column that was refused; it is named once, where it first stands.
  struct refused_text {
    std::size_t problem;
    std::size_t rows;
  };
  using text_codes = std::array<std::uint32_t, text_columns>;

  struct content {
    stored_amount amount;
    std::string_view unit{};
    bool share_of_goal = false;
    std::optional<reason> missing;
    bool withdrawn = false;
  };

  csv_cell cell(const row& cells, csv_column column) const { return header_.cell(cells, column); }
  void refuse(const csv_cell& cell, attain::code what, std::string message, std::string expected);
  void refuse(const csv_cell& cell, csv_column column, const finding& why);

  void read_row(const row& cells);
  void make_room(std::size_t at, std::size_t end);

  text_codes read_texts(const row& cells);
  bool is_good(csv_column column, const csv_cell& cell, std::string_view text);
  bool is_good_indicator(const csv_cell& cell, std::string_view id);
  bool are_good_dimensions(const csv_cell& cell, std::string_view text);
  void count_refused_texts();

  std::optional<period> read_about(const row& cells, const indicator_spec* about);
  std::optional<period> read_start_and_end(const csv_cell& start, const csv_cell& end);
  std::optional<period> read_period(const csv_cell& cell);
  std::optional<period> read_day(const csv_cell& cell, const indicator_spec* about);
  std::optional<date> read_date(const csv_cell& cell, csv_column column);

  content read_content(const row& cells, std::uint32_t indicator, const indicator_spec* about);
  std::optional<reason> read_missing(const csv_cell& cell);
  bool read_withdrawn(const csv_cell& cell);
  bool read_form(const csv_cell& cell, const indicator_spec* about);
  void check_step(const row& cells, const indicator_spec* about);
  const amount_rule* rule_for(const csv_cell& unit_cell, std::uint32_t indicator, const indicator_spec* about, bool share_of_goal);

  std::size_t from_;
  char delimiter_;
  const programme* plan_;
  problem_list& problems_;
  csv_scanner scanner_;
  observation_header header_;
  observation_table table_;

  std::map<std::pair<csv_column, std::uint32_t>, refused_text> refused_texts_;
  std::vector<const indicator_spec*> indicators_{nullptr};   ///< by code
  std::vector<std::string> indicator_ids_;
  std::vector<std::string> place_ids_;
  std::unordered_map<std::string_view, std::optional<period>> periods_;
  std::unordered_map<std::string_view, std::optional<date>> dates_;
  std::map<std::tuple<std::size_t, bool, std::string_view>, std::optional<amount_rule>> rules_;   ///< by indicator, form, unit
  std::vector<const amount_rule*> usual_rules_;              ///< those of amounts without a unit, by indicator
  std::set<std::string, std::less<>> units_;                 ///< of stored amounts
};

}  // namespace attain::inline v0::io::detail
