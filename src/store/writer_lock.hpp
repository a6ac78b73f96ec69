#pragma once
/** That one process writes, and that the file is still the one that was opened. Private. */
#include <sys/types.h>

#include <optional>
#include <string>

namespace attain::inline v0::io::detail {

/** An exclusive lock on the file NAME.lock beside a ledger, for as long as this lives.

  By flock(2), which belongs to the open file and not to the process: SQLite's own locks are lost when anything in the process,
  such as another copy of SQLite, opens and closes the same file. The file NAME.lock stays behind, since removing it would let two
  writers hold a lock each.
*/
class writer_lock {
 public:
  /// Throws `store_error`: `in_use`, or `unreadable_file` if the lock file cannot be made.
  explicit writer_lock(const std::string& ledger_path);
  writer_lock(const writer_lock&) = delete;
  writer_lock& operator=(const writer_lock&) = delete;
  ~writer_lock();

  /// Whether NAME.lock is still the file that is locked.
  bool holds() const noexcept;
  /// In a child process: lets go of the copy without taking the lock from the parent.
  void abandon() noexcept;

 private:
  std::string path_;
  int file_ = -1;
};

/// Which file a path names.
struct file_identity {
  dev_t device = 0;
  ino_t number = 0;

  friend bool operator==(const file_identity&, const file_identity&) = default;
};

std::optional<file_identity> identity_of(const std::string& path) noexcept;

/// The path without links, of a file that need not be there yet. Throws `store_error` (`unreadable_file`).
std::string resolved_path(const std::string& path);

}  // namespace attain::inline v0::io::detail
