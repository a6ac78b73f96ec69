/** The power goes at any step: of what was written since a file was last brought to the disk, some, none or torn pieces are
  there.

  Whatever is left, the file opens, what was acknowledged is in it, the chain is whole, and the same calls again do what was
  asked.
*/
#include <attain/io/store.hpp>

#include <attain/core/error.hpp>

#include "faulty_disk.hpp"
#include "store_support.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace attain;
using namespace attain::test;
using io::ledger_store;

namespace {

const std::vector<std::string> batches{"first", "second", "third", "fourth"};

std::vector<observation> entries_of(std::size_t batch) {
  std::vector<observation> entries;
  for (std::size_t i = 0; i < 1 + 30 * batch; ++i) {
    entries.push_back(
        report("lifts", i % 2 == 0 ? "east" : "west", "2026-0" + std::to_string(batch + 1), static_cast<double>(i)));
    entries.back().note = std::string(40 * (i % 3), 'n');
  }
  return entries;
}

/// What somebody does in two days; after each batch `acknowledged(number of batches)`. Safe to repeat.
template <class Acknowledged>
void work(const std::string& path, Acknowledged&& acknowledged) {
  for (std::size_t day = 0; day < 2; ++day) {
    ledger_store book(path);  // closing it folds the log into the file
    for (std::size_t batch = 2 * day; batch < 2 * day + 2; ++batch) {
      book.approve(submit(book, entries_of(batch), by_li(batches[batch])).number, by_wang());
      acknowledged(batch + 1);
    }
  }
}

ledger expected_of(std::size_t count) {
  ledger book;
  for (std::size_t batch = 0; batch < count; ++batch) book.append(entries_of(batch));
  return book;
}

/// How much of what was not brought to the disk is there after all.
enum class luck { none, all, the_last_only, torn, anything };

/// A file as the disk may have it.
class file_on_disk {
 public:
  void apply(const disk_step& step) {
    if (step.what == disk_step::kind::sync) {
      for (const disk_step& one : waiting_) settle(one);
      waiting_.clear();
    } else {
      waiting_.push_back(step);
    }
  }

  /// The folder is brought to the disk: which files there are, not what is in them.
  void apply_to_folder() {
    const auto removed =
        std::find_if(waiting_.rbegin(), waiting_.rend(), [](const disk_step& s) { return s.what == disk_step::kind::remove; });
    for (auto one = waiting_.begin(); one != removed.base(); ++one) settle(*one);
    waiting_.erase(waiting_.begin(), removed.base());
    exists_ = exists_ || !waiting_.empty();
  }

  /// The bytes after the power was lost; none: there is no such file.
  std::optional<std::string> left(luck how, std::mt19937& random) const {
    file_on_disk after = *this;
    for (std::size_t i = 0; i < waiting_.size(); ++i) {
      disk_step step = waiting_[i];
      const bool last = i + 1 == waiting_.size();
      const bool kept = how == luck::all || (how == luck::the_last_only && last) ||
                        ((how == luck::torn || how == luck::anything) && random() % 2 == 0);
      if (how == luck::torn && step.what == disk_step::kind::write) {
        settle_pieces(after, step, random);
      } else if (kept) {
        after.settle(step);
      }
    }
    return after.exists_ ? std::optional(after.bytes_) : std::nullopt;
  }

 private:
  static constexpr std::size_t sector = 512;

  void settle(const disk_step& step) {
    switch (step.what) {
      case disk_step::kind::open:
        exists_ = true;
        break;
      case disk_step::kind::write: {
        exists_ = true;
        const auto at = static_cast<std::size_t>(step.at);
        if (bytes_.size() < at + step.bytes.size()) bytes_.resize(at + step.bytes.size());
        bytes_.replace(at, step.bytes.size(), step.bytes);
        break;
      }
      case disk_step::kind::truncate:
        bytes_.resize(static_cast<std::size_t>(step.at));
        break;
      case disk_step::kind::remove:
        exists_ = false;
        bytes_.clear();
        break;
      case disk_step::kind::sync:
        break;
    }
  }

  /// Some of the sectors that a write touches.
  static void settle_pieces(file_on_disk& to, const disk_step& write, std::mt19937& random) {
    for (std::size_t from = 0; from < write.bytes.size();) {
      const std::size_t size = std::min(write.bytes.size() - from, sector - (static_cast<std::size_t>(write.at) + from) % sector);
      if (random() % 2 == 0) {
        to.settle({disk_step::kind::write, {}, write.at + static_cast<std::int64_t>(from), write.bytes.substr(from, size)});
      }
      from += size;
    }
  }

  bool exists_ = false;
  std::string bytes_;
  std::vector<disk_step> waiting_;
};

/// Checks what a power loss left in a folder of its own. @p acknowledged: so many batches.
void check_left(const std::map<std::string, file_on_disk>& files, luck how, std::size_t acknowledged, std::mt19937& random) {
  const temporary_folder folder;
  for (const auto& [name, file] : files) {
    if (const auto bytes = file.left(how, random)) write_bytes(folder.file(name), *bytes);
  }
  std::size_t found = 0;
  {
    ledger_store book(folder.file());
    REQUIRE(book.verify() == book.head());
    while (found < batches.size() && book.find_batch(batches[found])) ++found;
    REQUIRE(found >= acknowledged);
    const std::size_t approved = static_cast<std::size_t>(std::ranges::count_if(
        book.batches(), [](const io::stored_batch& batch) { return batch.state == io::batch_state::approved; }));
    REQUIRE(approved >= acknowledged);
    REQUIRE(book.ledger() == expected_of(approved));
  }
  work(folder.file(), [](std::size_t) {});
  const ledger_store book(folder.file());
  REQUIRE(book.ledger() == expected_of(batches.size()));
  REQUIRE(book.batches().size() == batches.size());
  REQUIRE(book.verify() == book.head());
}

}  // namespace

TEST_CASE("whenever the power is lost, what was acknowledged is there and nothing is recorded twice (L3)", "[store][faults]") {
  const temporary_folder folder;
  faulty_disk disk;
  std::vector<disk_step> steps;
  std::vector<std::size_t> acknowledged_at;  // by batch: how many steps had been made
  disk.remember(steps);
  disk.stop_syncing();
  work(folder.file(), [&](std::size_t) { acknowledged_at.push_back(steps.size()); });
  std::vector<disk_step> ignored;
  disk.remember(ignored);

  std::mt19937 random(3);
  std::map<std::string, file_on_disk> files;
  for (std::size_t made = 0; made <= steps.size(); ++made) {
    const auto acknowledged =
        static_cast<std::size_t>(std::ranges::count_if(acknowledged_at, [&](std::size_t at) { return at <= made; }));
    for (const luck how : {luck::none, luck::all, luck::the_last_only, luck::torn, luck::anything}) {
      CAPTURE(made, static_cast<int>(how), acknowledged);
      check_left(files, how, acknowledged, random);
      ignored.clear();
    }
    if (made == steps.size()) break;
    files[std::filesystem::path(steps[made].path).filename().string()].apply(steps[made]);
    if (!steps[made].and_folder) continue;
    for (auto& [name, file] : files) file.apply_to_folder();
  }
  CHECK(steps.size() > 80);
  CHECK(std::ranges::count_if(steps, [](const disk_step& step) { return step.what == disk_step::kind::sync; }) > 10);
}
