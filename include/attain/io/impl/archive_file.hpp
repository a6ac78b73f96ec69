#pragma once

/** Files of snapshots: replaced as a whole, read no further than they say they go. */
#include <attain/io/impl/archive_envelope.hpp>

#include <atomic>
#include <cerrno>
#include <optional>
#include <utility>

namespace attain::inline v0::io {
namespace detail {

/** The calls to the system that files need, each with its errno; tests have others that fail. Numbers below 0 are failures. */
class posix_files {
  template <class Call>
  static auto again(Call&& call) {
    auto result = call();
    while (result < 0 && errno == EINTR) result = call();
    return result;
  }

 public:
  int open_new(const std::string& path, unsigned mode) {
    return again([&] { return ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode); });
  }
  int open_folder(const std::string& path) {
    return again([&] { return ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); });
  }
  /// A pipe is opened without waiting for whoever writes to it.
  int open_to_read(const std::string& path) {
    return again([&] { return ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC); });
  }
  long read(int file, char* to, std::size_t size) {
    return again([&] { return static_cast<long>(::read(file, to, size)); });
  }
  long write(int file, const char* from, std::size_t size) {
    return again([&] { return static_cast<long>(::write(file, from, size)); });
  }
  int set_rights(int file, unsigned mode) {
    return again([&] { return ::fchmod(file, mode); });
  }
  int sync(int file) {
    return again([&] { return ::fsync(file); });
  }
  int close(int file) { return ::close(file); }
  int rename(const std::string& from, const std::string& to) { return ::rename(from.c_str(), to.c_str()); }
  int remove(const std::string& path) { return ::unlink(path.c_str()); }
};

[[noreturn]] inline void refuse_file(code what, const std::string& path, std::string_view cannot, int error) {
  refuse_snapshot(what, path, "", "", std::string(cannot) + ": " + std::generic_category().message(error));
}

/// A NUL would cut the path off, and another file would be meant.
inline void refuse_cut_path(code what, const std::string& path, std::string_view cannot) {
  if (path.find('\0') != std::string::npos) refuse_file(what, escaped_excerpt(path, 400), cannot, EINVAL);
}

/// An open file, closed at the end.
template <class Files>
class open_file {
 public:
  open_file(Files& files, int number) noexcept : files_(files), number_(number) {}
  open_file(const open_file&) = delete;
  open_file& operator=(const open_file&) = delete;
  ~open_file() {
    if (number_ >= 0) files_.close(number_);
  }

  int number() const noexcept { return number_; }
  bool is_open() const noexcept { return number_ >= 0; }
  int close() { return files_.close(std::exchange(number_, -1)); }

 private:
  Files& files_;
  int number_;
};

/// Where a path leads, all symbolic links followed. Throws for what is no place of an ordinary file.
inline std::string place_of_file(const std::string& path) {
  constexpr code what = code::unwritable_file;
  refuse_cut_path(what, path, "the file cannot be written");
  std::string place = path;
  struct ::stat found {};
  for (int links = 0; ::lstat(place.c_str(), &found) == 0 && S_ISLNK(found.st_mode); ++links) {
    if (links == 40) refuse_file(what, path, "the file cannot be written", ELOOP);
    std::string target(4096, '\0');
    const auto length = ::readlink(place.c_str(), target.data(), target.size());
    if (length < 0) refuse_file(what, path, "the file cannot be written", errno);
    target.resize(static_cast<std::size_t>(length));
    const bool is_relative = target.empty() || target.front() != '/';
    const std::size_t slash = place.rfind('/');
    place = is_relative && slash != std::string::npos ? place.substr(0, slash + 1) + target : target;
  }
  if (::stat(place.c_str(), &found) == 0 && !S_ISREG(found.st_mode)) {
    refuse_snapshot(what, path, "", "an ordinary file, or a name that is free", "what is there is no ordinary file");
  }
  return place;
}

/// Access rights of the file that is there, if there is one.
inline std::optional<unsigned> rights_of_file(const std::string& place) noexcept {
  struct ::stat found {};
  return ::stat(place.c_str(), &found) == 0 ? std::optional(found.st_mode & 0777u) : std::nullopt;
}

/// Puts @p bytes in the place of a file: a new file beside it, to the disk, then the name, then the folder to the disk.
template <class Files>
void replace_file(Files& files, const std::string& path, std::string_view bytes) {
  static std::atomic<unsigned> number{0};
  const auto refuse = [&](int error) { refuse_file(code::unwritable_file, path, "the file cannot be written", error); };
  const std::string place = place_of_file(path);
  const std::string added = place + ".new-" + std::to_string(::getpid()) + "-" + std::to_string(++number);
  const std::optional<unsigned> rights = rights_of_file(place);
  open_file file(files, files.open_new(added, rights.value_or(0666u)));
  if (!file.is_open()) refuse(errno);
  const auto give_up = [&](int error) {
    files.remove(added);
    refuse(error);
  };
  if (rights && files.set_rights(file.number(), *rights) < 0) give_up(errno);  // whatever the umask took away
  for (std::string_view rest = bytes; !rest.empty();) {
    const long written = files.write(file.number(), rest.data(), (std::min)(rest.size(), std::size_t{1} << 30));
    if (written <= 0) give_up(written < 0 ? errno : ENOSPC);
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  if (files.sync(file.number()) < 0) give_up(errno);
  if (file.close() < 0) give_up(errno);
  if (files.rename(added, place) < 0) give_up(errno);
  const std::size_t slash = place.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : place.substr(0, slash + 1);
  open_file above(files, files.open_folder(folder));
  if (!above.is_open() || files.sync(above.number()) < 0) refuse(errno);
}

/// The first bytes of a file, at most so many; and the size of all of it.
struct file_beginning {
  std::string bytes;
  std::uint64_t size = 0;
};

template <class Files>
std::string read_bytes(Files& files, int file, std::size_t size, const std::string& path) {
  std::string bytes(size, '\0');
  std::size_t got = 0;
  while (got < size) {
    const long more = files.read(file, bytes.data() + got, size - got);
    if (more < 0) refuse_file(code::unreadable_file, path, "the file cannot be read", errno);
    if (more == 0) break;
    got += static_cast<std::size_t>(more);
  }
  bytes.resize(got);
  return bytes;
}

/// The bytes of a snapshot file, or only its beginning. A file of another length than it says is refused before its body is read.
template <class Files>
std::string read_snapshot(Files& files, const std::string& path, bool only_envelope) {
  refuse_cut_path(code::unreadable_file, path, "the file cannot be read");
  open_file file(files, files.open_to_read(path));
  struct ::stat found {};
  if (!file.is_open() || ::fstat(file.number(), &found) < 0) {
    refuse_file(code::unreadable_file, path, "the file cannot be read", errno);
  }
  if (!S_ISREG(found.st_mode)) {
    refuse_snapshot(code::unreadable_file, path, "", "an ordinary file", "the file cannot be read: it is no ordinary file");
  }
  const auto size = static_cast<std::uint64_t>(found.st_size);
  std::string bytes = read_bytes(files, file.number(), (std::min)(max_envelope_bytes, static_cast<std::size_t>(size)), path);
  const snapshot_info info = read_envelope(bytes);
  if (only_envelope) return bytes;
  require_length(info, size - envelope_line(info).size());
  return bytes + read_bytes(files, file.number(), static_cast<std::size_t>(size) - bytes.size(), path);
}

}  // namespace detail

inline std::string read_snapshot_file(const std::string& path) {
  detail::posix_files files;
  return detail::read_snapshot(files, path, false);
}

inline snapshot_info inspect_snapshot_file(const std::string& path) {
  detail::posix_files files;
  return inspect_snapshot(detail::read_snapshot(files, path, true));
}

}  // namespace attain::inline v0::io
