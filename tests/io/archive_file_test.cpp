#include "io/archive_values.hpp"
#include "support/catch.hpp"

#include <attain/core/error.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

using namespace attain;
using io::snapshot_form;
using io::snapshot_kind;

namespace {

/// An empty folder, gone at the end.
class folder {
 public:
  folder() {
    std::string name = (std::filesystem::temp_directory_path() / "attain-archive-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder to test in");
    path_ = name;
  }
  ~folder() { std::filesystem::remove_all(path_); }

  std::string file(const char* name) const { return (path_ / name).string(); }
  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& entry : std::filesystem::directory_iterator(path_)) all.push_back(entry.path().filename().string());
    std::sort(all.begin(), all.end());
    return all;
  }

 private:
  std::filesystem::path path_;
};

std::string bytes_in(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string code_of_saving(const std::string& path) {
  try {
    io::save_snapshot(test::archived_ledger(), path);
  } catch (const invalid_input& refused) {
    return std::string(to_string(refused.code()));
  }
  return {};
}

std::string code_of_loading(const std::string& path) {
  try {
    io::load_snapshot<ledger>(path);
  } catch (const invalid_input& refused) {
    return std::string(to_string(refused.code()));
  }
  return {};
}

/// What a machine that loses power does not do any more.
struct power_cut {};

/// The system's files, of which the n-th call fails, or is the last that the machine makes.
class failing_files : public io::detail::posix_files {
 public:
  failing_files(std::size_t calls, bool cuts_power) : left_(calls), cuts_power_(cuts_power) {}

  int open_new(const std::string& path, unsigned mode) { return fails() ? -1 : posix_files::open_new(path, mode); }
  int open_folder(const std::string& path) { return fails() ? -1 : posix_files::open_folder(path); }
  int set_rights(int file, unsigned mode) { return fails() ? -1 : posix_files::set_rights(file, mode); }
  long write(int file, const char* from, std::size_t size) {
    if (fails()) return -1;
    return posix_files::write(file, from, (std::min)(size, std::size_t{100}));  // a disk may take less than it is given
  }
  int sync(int file) { return fails() ? -1 : posix_files::sync(file); }
  int close(int file) {
    const int closed = posix_files::close(file);
    return !cuts_power_ && fails() ? -1 : closed;
  }
  int rename(const std::string& from, const std::string& to) { return fails() ? -1 : posix_files::rename(from, to); }
  int remove(const std::string& path) { return is_off_ ? -1 : posix_files::remove(path); }

 private:
  bool fails() {
    if (left_-- != 0) return false;
    if (cuts_power_) {
      is_off_ = true;
      throw power_cut{};
    }
    errno = EIO;
    return true;
  }

  std::size_t left_;
  bool cuts_power_;
  bool is_off_ = false;
};

}  // namespace

TEST_CASE("what was saved is loaded, whatever lay there before", "[io][archive]") {
  const folder in;
  const std::string path = in.file("book.snapshot");
  io::save_snapshot(test::archived_programme(), path);
  CHECK(io::load_snapshot<programme>(path) == test::archived_programme());
  io::save_snapshot(test::archived_ledger(), path, snapshot_form::text);
  CHECK(io::load_snapshot<ledger>(path) == test::archived_ledger());
  CHECK(bytes_in(path) == test::archived(snapshot_kind::ledger, snapshot_form::text));
  CHECK(io::inspect_snapshot_file(path).kind == snapshot_kind::ledger);
  CHECK(in.names() == std::vector<std::string>{"book.snapshot"});
}

TEST_CASE("access rights of a file stay, and a symbolic link leads where it led", "[io][archive]") {
  const folder in;
  const std::string path = in.file("book.snapshot"), link = in.file("link");
  io::save_snapshot(test::archived_programme(), path);
  std::filesystem::create_symlink("book.snapshot", link);
  for (const ::mode_t rights : {0600u, 0664u}) {  // the second has more than a umask of 022 gives to new files
    ::chmod(path.c_str(), rights);
    io::save_snapshot(test::archived_ledger(), link);
    struct ::stat found {};
    ::stat(path.c_str(), &found);
    CHECK((found.st_mode & 0777u) == rights);
  }
  CHECK(std::filesystem::is_symlink(link));
  CHECK(io::load_snapshot<ledger>(path) == test::archived_ledger());
}

TEST_CASE("a place that holds no ordinary file is refused and left alone (S11)", "[io][archive]") {
  const folder in;
  const std::string within = in.file("folder"), pipe = in.file("pipe"), loop = in.file("loop");
  std::filesystem::create_directory(within);
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  std::filesystem::create_symlink("loop", loop);
  for (const std::string& path : {within, pipe, loop, in.file("no such folder/book")}) {
    INFO(path);
    CHECK(code_of_saving(path) == "unwritable_file");
    CHECK(code_of_loading(path) == "unreadable_file");
  }
  CHECK(in.names() == std::vector<std::string>{"folder", "loop", "pipe"});
}

TEST_CASE("a path that a NUL would cut off is refused, and no other file is meant (S11)", "[io][archive]") {
  const folder in;
  for (const std::string& path : {in.file("book") + '\0', in.file("book") + '\0' + ".old"}) {
    CHECK(code_of_saving(path) == "unwritable_file");
    CHECK(in.names().empty());
    CHECK(code_of_loading(path) == "unreadable_file");
  }
}

TEST_CASE("a file that is no snapshot is not read, however long it is", "[io][archive]") {
  const folder in;
  const std::string path = in.file("long");
  std::ofstream(path) << "attain snapshot 1 binary ledger 0.1.0 0000000000000008 0000000000000000\n";
  std::filesystem::resize_file(path, std::uint64_t{1} << 40);  // a hole of a tebibyte
  CHECK(code_of_loading(path) == "damaged");
  CHECK(io::inspect_snapshot_file(path).length == 8);
  std::ofstream(path) << "something else";
  std::filesystem::resize_file(path, std::uint64_t{1} << 40);
  CHECK(code_of_loading(path) == "malformed");
  std::ofstream(in.file("empty"));
  CHECK(code_of_loading(in.file("empty")) == "malformed");
}

TEST_CASE("a file that was cut off is refused with the length that it has", "[io][archive]") {
  const folder in;
  const std::string path = in.file("cut");
  io::save_snapshot(test::archived_ledger(), path);
  const std::uint64_t length = io::inspect_snapshot_file(path).length;
  std::filesystem::resize_file(path, std::filesystem::file_size(path) - 5);
  try {
    static_cast<void>(io::load_snapshot<ledger>(path));
    FAIL("it was read");
  } catch (const invalid_input& refused) {
    CHECK(refused.findings().front().text == std::to_string(length - 5) + " bytes");
    CHECK(refused.findings().front().expected == std::to_string(length) + " bytes");
  }
}

TEST_CASE("a call to the system that fails leaves the old file and nothing else (S11)", "[io][archive]") {
  const folder in;
  const std::string path = in.file("book.snapshot");
  io::save_snapshot(test::archived_programme(), path);
  const std::string old = bytes_in(path), bytes = test::archived(snapshot_kind::ledger, snapshot_form::binary);
  std::size_t failures = 0;
  for (std::size_t call = 0;; ++call) {
    failing_files files(call, false);
    try {
      io::detail::replace_file(files, path, bytes);
      break;
    } catch (const invalid_input& refused) {
      CHECK(refused.code() == code::unwritable_file);
      CHECK(in.names() == std::vector<std::string>{"book.snapshot"});
      const std::string now = bytes_in(path);
      const bool has_name = now == bytes;  // only the folder was not brought to the disk
      CHECK((now == old || has_name));
      if (has_name) io::save_snapshot(test::archived_programme(), path);
      ++failures;
    }
  }
  CHECK(failures >= 8);  // open, rights, some writes, sync, close, rename, open and sync of the folder
  CHECK(bytes_in(path) == bytes);
}

TEST_CASE("a machine that stops at any call leaves the old file or the new one (S10)", "[io][archive]") {
  const std::string bytes = test::archived(snapshot_kind::ledger, snapshot_form::binary);
  bool done = false;
  std::size_t old_ones = 0, new_ones = 0;
  for (std::size_t call = 0; !done; ++call) {
    const folder in;
    const std::string path = in.file("book.snapshot");
    io::save_snapshot(test::archived_programme(), path);
    const std::string old = bytes_in(path);
    failing_files files(call, true);
    try {
      io::detail::replace_file(files, path, bytes);
      done = true;
    } catch (const power_cut&) {
      const std::string now = bytes_in(path);
      old_ones += now == old;
      new_ones += now == bytes;
      CHECK((now == old || now == bytes));
    }
  }
  CHECK(old_ones >= 5);
  CHECK(new_ones >= 1);
}
