#pragma once
/** Everything in a file, from the first record to the last, each checked: its hash, and what it refers to. Private. */
#include "chain.hpp"
#include "entry_row.hpp"

#include <attain/io/store.hpp>

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0::io::detail {

/** The columns of a ledger, as they come in from the file. */
class ledger_columns {
 public:
  /// Takes memory for so many rows at once.
  void reserve(std::size_t rows);
  void add(const entry_numbers& numbers, const std::array<std::uint32_t, series_texts>& series,
           const std::array<std::uint32_t, 5>& texts);
  /// @p dictionary is that of all texts.
  observation_columns get(std::span<const std::string_view> dictionary) const;

 private:
  std::vector<std::int32_t> first_day_, last_day_, recorded_;
  std::vector<double> low_, high_;
  std::vector<std::uint8_t> flags_, missing_;
  std::array<std::vector<std::uint32_t>, series_texts> series_;
  std::array<std::vector<std::uint32_t>, 5> texts_;  ///< author, source, evidence, note, key; empty while none is used
  mutable std::array<std::vector<std::uint8_t>, 4> one_flag_;
};

class replay {
 public:
  /// @param wanted  the batches whose entries are collected, or null
  replay(const connection& from, const std::map<batch_number, stored_batch>* wanted);

  /// Reads everything. Throws `store_error` (`broken_chain`).
  void run();

  const link& last() const noexcept { return walk_.last(); }
  attain::ledger ledger(int threads) const;

  /// The chain must have had this head once.
  void expect(const chain_head& kept) { kept_ = kept; }
  /// Takes memory for so many entries.
  void reserve(std::size_t entries) { columns_.reserve(entries); }

 private:
  /// A batch that has been read.
  struct open_batch {
    std::string author;
    bool approved = false;
    bool withdrawn = false;
  };

  void check_kept() const;
  void read_text();
  void read_series();
  void read_batch();
  void read_entry();
  void read_decision();
  /// The code of a text that a column refers to, 0 for none.
  std::uint32_t text_at(int column) const;
  [[noreturn]] void refuse(const char* message) const { walk_.refuse(message); }

  record_walk walk_;
  const std::map<batch_number, stored_batch>* wanted_;

  std::deque<std::string> texts_;
  std::vector<std::string_view> dictionary_{std::string_view{}};
  std::vector<std::array<std::uint32_t, series_texts>> series_;
  std::vector<std::uint32_t> position_{0};  ///< of a record: its code or place in one of these, 0 for others
  std::map<batch_number, open_batch> batches_;

  batch_number batch_ = 0;  ///< the batch that entries belong to now
  std::int64_t batch_left_ = 0;
  std::int32_t batch_day_ = 0;
  bool batch_wanted_ = false;
  ledger_columns columns_;
  std::optional<chain_head> kept_;
};

}  // namespace attain::inline v0::io::detail
