#pragma once

/** A disk that fails: SQLite's own, with one call that goes wrong, or with a memory of what was done to it. */

#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <vector>

namespace attain::test {

/// How the call goes wrong.
enum class fault : std::uint8_t { io_error, full };

/// Something done to a file, by its path.
struct disk_step {
  enum class kind : std::uint8_t { open, write, truncate, sync, remove };

  disk_step::kind what = kind::sync;
  std::string path{};
  std::int64_t at = 0;  ///< of a write; of a truncation the size
  std::string bytes{};
  bool and_folder = false;  ///< also brings what files there are in the folder to the disk
};

/** Counts the calls that reach the disk, and lets the n-th fail. While one of these lives, all files of SQLite are on it. */
class faulty_disk {
 public:
  faulty_disk();
  ~faulty_disk();
  faulty_disk(const faulty_disk&) = delete;
  faulty_disk& operator=(const faulty_disk&) = delete;

  /// From now on the @p n-th call fails, counted from 1, and with @p for_good all after it.
  void fail_at(long n, fault how, bool for_good = false);
  void work_again();
  /// Calls since then.
  long calls() const;
  bool has_failed() const;

  /// From now on steps are appended to @p steps, which must live as long.
  void remember(std::vector<disk_step>& steps);
  /// From now on nothing is forced to the real disk: a test that does not cut its power need not wait for it.
  void stop_syncing();
};

}  // namespace attain::test
