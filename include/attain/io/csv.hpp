#pragma once
/** Observations as CSV (docs/programme-format.md): one header row, then one row an entry.

  RFC 4180 in UTF-8, with or without a byte order mark, lines ended by LF or CRLF; another separator or GB 18030 only where the
  options say so. Columns are named in English or Chinese. Blank rows are skipped. Every problem of a text is reported at once,
  at most 200 in the order of the text with the count of the rest; `where` is `file:line:column` of the cell. Nothing is imported
  in half.

  With a programme, indicators, places, steps and units are checked; a number without a unit is in the indicator's, and amounts
  come out as they are held: a share for `%`, 元 for 万元, then with that unit. Without a programme ids are taken as they are, an
  amount stays as written and carries its unit, and one without a unit is an amount as it is held.
  All of this throws `invalid_input` (`unreadable_file` for a file that cannot be read).
*/
#include <attain/core/progress.hpp>
#include <attain/ledger/ledger.hpp>
#include <attain/ledger/observation.hpp>
#include <attain/model/programme.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0::io {

inline constexpr std::size_t max_observations_bytes = std::size_t{1} << 30;
inline constexpr std::size_t max_cell_bytes = std::size_t{1} << 16;

/// How characters are written. None is guessed.
enum class text_encoding : std::uint8_t { utf_8, gb18030 };

/// How to read a CSV text. Throws `invalid_option` where it is used if it cannot be.
struct csv_options {
  char delimiter = ',';                           ///< or `;`, a tab, `|`
  text_encoding encoding = text_encoding::utf_8;  ///< GB 18030 (and GBK, GB 2312 within it) needs iconv of the system
  int threads = 1;                                ///< on so many, from some 100 KiB; what comes out does not depend on them
  progress_function progress{};                   ///< is told how far the work has come, and may throw to stop it
};

/// One observation a row, in the order of the rows.
/// @param file stands in the places of findings; it is not opened.
std::vector<observation> parse_observations(std::string_view csv, const programme& plan, std::string_view file = {},
                                            const csv_options& options = {});
std::vector<observation> parse_observations(std::string_view csv, std::string_view file = {}, const csv_options& options = {});

/// The same as a ledger, without making an observation of each row. Also throws `ledger_conflict` for a key with two contents.
ledger ledger_from_csv(std::string_view csv, const programme& plan, std::string_view file = {}, const csv_options& options = {});
ledger ledger_from_csv(std::string_view csv, std::string_view file = {}, const csv_options& options = {});

/// The same from a file.
ledger read_observations(const std::string& path, const programme& plan, const csv_options& options = {});
ledger read_observations(const std::string& path, const csv_options& options = {});

/** The text of observations, with the columns that are in use.

  Text that a spreadsheet would take for a formula gets a leading apostrophe, which reading takes away again; numbers stay
  numbers. Reading without a programme gives the same observations. Throws `invalid_input` for one that no text can say, such as
  an amount that is not finite (`where` is "row 3, amount", counted from 1 without the header).
*/
std::string to_csv(std::span<const observation> entries);

/// The same for reading with the programme: an amount without a unit, which is as its indicator's are held, is written with that
/// unit where it is not the indicator's own (a share of `%`, 元 of 万元).
std::string to_csv(std::span<const observation> entries, const programme& plan);

}  // namespace attain::inline v0::io
