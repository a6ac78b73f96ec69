#pragma once

/** A disk that fails: SQLite's own, with one call that goes wrong. */

#include <sqlite3.h>

#include <cstdint>

namespace attain::test {

/// How the call goes wrong.
enum class fault : std::uint8_t { io_error, full };

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
};

}  // namespace attain::test
