#pragma once
/** A ledger that stays: everything that was ever reported, in one file (docs/ledger-store.md).

  The file is append-only. Entries come in *batches*, each handed in by one person and approved by another; until then, and after
  it was taken back, a batch does not count. Every record (a batch, an entry, an approval, a goal that moved) carries the SHA-256
  of itself and of the record before it, so that `verify` names the first record that was changed by other means.

  Who records something says when it is (io/moment.hpp): the library reads no clock. A record keeps both that moment and, in each
  entry, the day it was recorded (rule R2); an entry that names none is recorded on the day its batch was handed in.

  One process writes at a time. The writer holds a lock on the file NAME.lock for as long as the store is open, which no other
  copy of SQLite in the process can lose for it; readers are never in its way. Every call is one transaction: when it returns,
  what it recorded is on the disk; when it throws, nothing was recorded, but for `outcome_unknown`, after which the same call with
  the same key may be repeated safely. A store that was open when the process forked cannot be used in the child.

  All members may be called from several threads; they wait for one another.

  Errors, besides those named at the members:
  - `store_error`: the file cannot be used. `in_use`: another writer has it; `unreadable_file`; `not_a_ledger`, `newer_version`;
    `damaged`: the file; `broken_chain`: a record; `changed_elsewhere`: something else wrote to the file or replaced it;
    `disk_full`, `io_failure`, `outcome_unknown`; `read_only`; `forked`; `too_large`: a text of 64 MiB or more;
  - `std::bad_alloc`: as after `outcome_unknown`, the same call with the same key may be repeated safely.

  Bodies are in attain::store.
*/
#include <attain/core/date.hpp>
#include <attain/core/error.hpp>
#include <attain/io/moment.hpp>
#include <attain/ledger/ledger.hpp>
#include <attain/ledger/observation.hpp>
#include <attain/ledger/observation_columns.hpp>
#include <attain/model/programme.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0::io {

/// Where the proof of a batch lies. All may be empty.
struct evidence_reference {
  std::string uri{};
  std::string sha256{};  ///< 64 hexadecimal digits in lower case
  std::string page{};    ///< where in it: "12", "sheet 2!B7"

  friend bool operator==(const evidence_reference&, const evidence_reference&) = default;
};

/// How a batch comes in.
struct submission {
  moment at;
  std::string author;  ///< who hands it in; required
  std::string key{};   ///< what makes it safe to repeat: "2026-09 lifts"
  evidence_reference evidence{};
  std::string note{};

  friend bool operator==(const submission&, const submission&) = default;
};

/// Who decided something, when and why.
struct decision {
  moment at;
  std::string author;
  std::string reason{};

  friend bool operator==(const decision&, const decision&) = default;
};

enum class batch_state : std::uint8_t { pending, approved, withdrawn };

std::string_view to_string(batch_state state) noexcept;

/// The number of the record that opens a batch.
using batch_number = std::int64_t;

struct stored_batch {
  batch_number number = 0;
  submission handed_in;
  std::size_t entries = 0;
  batch_state state = batch_state::pending;
  std::optional<decision> approval{};
  std::optional<decision> withdrawal{};
};

/// An entry, the number of its record, and how it came in. `said.recorded` is always given.
struct stored_entry {
  std::int64_t number = 0;
  observation said;
  stored_batch batch;
};

/// Something a target asks that became different (rule T1).
struct goal_change {
  std::int64_t number = 0;
  decision made;
  std::string programme{};
  std::string target{};
  std::string field{};                  ///< "aim", "baseline", "weight", "window", "withdrawn", "goal at east"
  std::optional<std::string> before{};  ///< none: the target was new
  std::optional<std::string> after{};   ///< none: the target was left out
  std::optional<date> data_day{};       ///< the last day that approved entries of its indicator were about, then
  bool after_result = false;            ///< the target, as it was or as it became, was due by then: the result was known
};

/// The last record and its hash. Kept outside the file, it proves later that nothing up to it was changed or taken away.
struct chain_head {
  std::int64_t number = 0;
  std::string hash{};  ///< 64 hexadecimal digits

  friend bool operator==(const chain_head&, const chain_head&) = default;
};

/// "1234:9f86d0…", and back. Throws `invalid_input` (`malformed`).
std::string to_string(const chain_head& head);
chain_head parse_chain_head(std::string_view text);

enum class store_access : std::uint8_t { write, read };

struct store_options {
  store_access access = store_access::write;
  bool create = true;  ///< of a writer: makes the file if there is none
};

/// Which entries count.
struct loading {
  bool pending = false;            ///< also those that nobody has approved yet
  std::optional<date> known_at{};  ///< as the file stood at the close of that day, by the moments of its records
  int threads = 1;
};

class ledger_store {
 public:
  /// Throws `store_error`.
  explicit ledger_store(const std::string& path, store_options options = {});
  ledger_store(ledger_store&&) noexcept;
  ledger_store& operator=(ledger_store&&) noexcept;
  /// Everything recorded is on the disk already; this folds it into the one file and lets the lock go.
  ~ledger_store();

  // -- recording ----------------------------------------------------------------------------------

  /** Records a batch, which is pending until it is approved.

    With a key that has the same batch already (entries, author, evidence and note), nothing is recorded and that batch returned.
    Throws `ledger_conflict` (`key_conflict`) for a key, of the batch or of an entry, that stands for something else, and
    `invalid_input` with every problem of the entries. An empty column `recorded`, like an observation without one, stands for the
    day of `how.at`. The same entry under the same key may come again: it counts once.
  */
  stored_batch submit(std::span<const observation> entries, const submission& how);
  stored_batch submit(const observation_columns& entries, const submission& how);
  stored_batch submit(const attain::ledger& entries, const submission& how);

  /// From now on the batch counts. By another than handed it in: else `ledger_conflict` (`four_eyes`). Repeated by the same
  /// person it changes nothing. Throws `ledger_conflict` (`already_decided`), `unknown_id`.
  stored_batch approve(batch_number batch, const decision& by);

  /// Takes a batch back for good. A reason is required; one that was approved is taken back by another than handed it in. Throws
  /// as `approve` does.
  stored_batch withdraw(batch_number batch, const decision& by);

  /** Records what of the targets of a programme differs from what was recorded last: aims, baselines, weights, windows, goals of
      places, targets that are new or gone.

    Returns the changes, none if all is as before. A reason is required but for the first time.
  */
  std::vector<goal_change> adopt(const programme& plan, const decision& by);

  // -- reading ------------------------------------------------------------------------------------

  /// The entries that count, as the engine reads them. Checks every record on the way: throws `store_error` (`broken_chain`).
  attain::ledger ledger(const loading& which = {}) const;

  /// What was ever said about an indicator at a place (empty: the root place), pending and withdrawn included, as it came in.
  std::vector<stored_entry> history(std::string_view indicator, std::string_view place = {}) const;

  /// All of them, as they came in.
  std::vector<stored_batch> batches() const;
  /// Throws `unknown_id`.
  stored_batch batch(batch_number number) const;
  std::optional<stored_batch> find_batch(std::string_view key) const;

  /// How goals moved, as it was recorded: of one target (`target`), or of all.
  std::vector<goal_change> goal_changes(std::string_view target = {}) const;

  /** Reads every record and the structure of the file, and compares the chain with a head that was kept elsewhere.

    Returns the head. Throws `store_error`: `broken_chain`, where the first bad record is ("record 17"); `older_copy` if the file
    ends before the given head.
  */
  chain_head verify(const std::optional<chain_head>& kept = {}) const;

  chain_head head() const;

  /// What the file system and this SQLite can and cannot promise.
  std::vector<finding> health() const;

  const std::string& path() const noexcept;
  store_access access() const noexcept;

 private:
  class implementation;
  std::unique_ptr<implementation> inside_;
};

}  // namespace attain::inline v0::io
