#include "writer_lock.hpp"

#include "sqlite.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace attain::inline v0::io::detail {

writer_lock::writer_lock(const std::string& ledger_path) : path_(ledger_path + ".lock") {
  for (int tries = 0; tries < 100; ++tries) {
    file_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (file_ < 0) {
      throw_store(code::unreadable_file, path_, "the lock file cannot be made", {}, std::generic_category().message(errno));
    }
    int locked = 0;
    do {
      locked = ::flock(file_, LOCK_EX | LOCK_NB);
    } while (locked != 0 && errno == EINTR);
    const int why = errno;
    if (locked == 0 && holds()) return;  // else somebody removed the file between the two calls
    ::close(file_);
    file_ = -1;
    if (locked == 0) continue;
    if (why == EWOULDBLOCK) {
      throw_store(code::in_use, ledger_path, "another writer has the ledger open", "one writer at a time; others may read");
    }
    throw_store(code::io_failure, path_, "the lock cannot be taken", "a file system with flock",
                std::generic_category().message(why));
  }
  throw_store(code::io_failure, path_, "the lock file is removed again and again");
}

writer_lock::~writer_lock() {
  if (file_ < 0) return;
  ::flock(file_, LOCK_UN);  // also for a child process that still has a copy
  ::close(file_);
}

void writer_lock::abandon() noexcept {
  ::close(file_);
  file_ = -1;
}

bool writer_lock::holds() const noexcept {
  struct stat held {};
  if (file_ < 0 || ::fstat(file_, &held) != 0) return false;
  return identity_of(path_) == file_identity{held.st_dev, held.st_ino};
}

std::optional<file_identity> identity_of(const std::string& path) noexcept {
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0) return std::nullopt;
  return file_identity{found.st_dev, found.st_ino};
}

std::string resolved_path(const std::string& path) {
  std::error_code why;
  std::filesystem::path resolved = std::filesystem::absolute(path, why);
  if (!why) resolved = std::filesystem::weakly_canonical(resolved, why);
  if (why || path.find('\0') != std::string::npos) {
    throw_store(code::unreadable_file, escaped_excerpt(path, 400), "there is no such path", {}, why ? why.message() : path);
  }
  return resolved.string();
}

}  // namespace attain::inline v0::io::detail
