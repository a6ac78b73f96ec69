/** Every allocation fails once, of ours and of SQLite's: the error is std::bad_alloc or typed, the file stays whole, and the same
   calls again do what was asked. */
#include <attain/io/store.hpp>

#include <attain/core/error.hpp>

#include "faulty_disk.hpp"
#include "store_support.hpp"
#include "support/catch.hpp"
#include "support/failing_allocation.hpp"

#include <memory>
#include <new>
#include <stdexcept>

using namespace attain;
using namespace attain::test;
using io::ledger_store;

namespace {

/// Lets SQLite's allocations count among ours, while one of these lives. No file may be open then.
class counted_sqlite {
 public:
  counted_sqlite() {
    sqlite3_shutdown();
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usual);
    sqlite3_mem_methods counted = usual;
    counted.xMalloc = [](int size) { return fails() ? nullptr : usual.xMalloc(size); };
    counted.xRealloc = [](void* memory, int size) { return fails() ? nullptr : usual.xRealloc(memory, size); };
    sqlite3_config(SQLITE_CONFIG_MALLOC, &counted);
    sqlite3_initialize();
  }
  ~counted_sqlite() {
    sqlite3_shutdown();
    sqlite3_config(SQLITE_CONFIG_MALLOC, &usual);
    sqlite3_initialize();
  }
  counted_sqlite(const counted_sqlite&) = delete;
  counted_sqlite& operator=(const counted_sqlite&) = delete;

 private:
  static bool fails() {
    if (!allocations_left || (*allocations_left)-- != 0) return false;
    allocations_left.reset();
    return true;
  }

  inline static sqlite3_mem_methods usual{};
};

/// The workload, and a look at the whole file.
void work_and_verify(std::unique_ptr<ledger_store>& book, const std::string& path) {
  work_of_a_day(book, path);
  book->verify();
}

/// Runs with the n-th allocation failing, counted from 0. Whether it failed.
template <class Work>
bool fails_without_memory(std::size_t n, Work&& run) {
  allocations_left = n;
  try {
    run();
  } catch (const std::bad_alloc&) {
  } catch (const store_error&) {  // anything else fails the test
  }
  const bool reached = !allocations_left.has_value();
  allocations_left.reset();
  return reached;
}

void check_whole(const std::string& path) {
  ledger_store again(path);
  ledger expected(first_batch);
  expected.append(second_batch);
  REQUIRE(again.ledger() == expected);
  REQUIRE(again.verify() == again.head());
  REQUIRE(again.batches().size() == 2);
}

}  // namespace

TEST_CASE("whichever allocation fails, nothing is lost and nothing is recorded twice", "[store][faults]") {
  const counted_sqlite counted;
  faulty_disk disk;
  disk.stop_syncing();
  std::size_t n = 0;
  for (bool reached = true; reached; n += n < 100 ? 1 : 5) {  // each of the first hundred, then one of five: much repeats
    CAPTURE(n);
    const temporary_folder folder;
    std::unique_ptr<ledger_store> book;
    reached = fails_without_memory(n, [&] { work_and_verify(book, folder.file()); });
    // With the store that saw the failure, and then as if the process had ended there.
    work_and_verify(book, folder.file());
    book.reset();
    check_whole(folder.file());
  }
  CHECK(n > 1000);  // the work takes so many
}

TEST_CASE("an allocation that fails while the store is closed loses nothing", "[store][faults]") {
  const counted_sqlite counted;
  faulty_disk disk;
  disk.stop_syncing();
  for (std::size_t n = 0;; ++n) {
    CAPTURE(n);
    const temporary_folder folder;
    std::unique_ptr<ledger_store> book;
    work_and_verify(book, folder.file());
    const bool reached = fails_without_memory(n, [&] { book.reset(); });
    check_whole(folder.file());
    if (!reached) break;
  }
}
