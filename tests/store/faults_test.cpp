/** Every call to the disk fails once: the error has a type, the file stays whole, and the same calls again do what was asked. */
#include <attain/io/store.hpp>

#include <attain/core/error.hpp>

#include "faulty_disk.hpp"
#include "store_support.hpp"
#include "support/catch.hpp"

#include <memory>

using namespace attain;
using namespace attain::test;
using io::ledger_store;

namespace {

/// Does the work with the n-th call failing. Returns whether it came to that.
bool survives(long n, fault how, bool for_good) {
  const temporary_folder folder;
  faulty_disk disk;
  std::unique_ptr<ledger_store> book;
  disk.fail_at(n, how, for_good);
  bool failed = false;
  try {
    work_of_a_day(book, folder.file());
  } catch (const store_error&) {  // anything else fails the test
    failed = true;
  }
  const bool reached = disk.has_failed();
  REQUIRE((reached || !failed));

  // With the store that saw the failure, once the disk works again, and then as if the process had ended there.
  disk.work_again();
  work_of_a_day(book, folder.file());
  book.reset();
  ledger_store again(folder.file());
  ledger expected(first_batch);
  expected.append(second_batch);
  REQUIRE(again.ledger() == expected);
  REQUIRE(again.verify() == again.head());
  REQUIRE(again.batches().size() == 2);
  return reached;
}

}  // namespace

TEST_CASE("whichever call to the disk fails, nothing is lost and nothing is recorded twice", "[store][faults]") {
  for (const fault how : {fault::io_error, fault::full}) {
    for (const bool for_good : {false, true}) {
      long n = 1;
      for (;; ++n) {
        CAPTURE(n, static_cast<int>(how), for_good);
        if (!survives(n, how, for_good)) break;
      }
      CHECK(n > 60);  // the work takes so many calls
    }
  }
}

TEST_CASE("a failure while the store is closed loses nothing", "[store][faults]") {
  for (long n = 1;; ++n) {
    const temporary_folder folder;
    faulty_disk disk;
    CAPTURE(n);
    {
      std::unique_ptr<ledger_store> book;
      work_of_a_day(book, folder.file());
      disk.fail_at(n, fault::io_error, true);
      book.reset();
    }
    const bool reached = disk.has_failed();
    disk.work_again();
    std::unique_ptr<ledger_store> book;
    work_of_a_day(book, folder.file());
    REQUIRE(book->verify() == book->head());
    REQUIRE(book->batches().size() == 2);
    if (!reached) break;
  }
}
