/** Writers that are killed: nothing that was acknowledged is lost, nothing is there twice, the chain holds.

      store_kill [TIMES] [SEED]

  A child process opens a ledger, hands batches in and approves them, and says through a pipe when a call has returned. Its parent
  kills it after a moment, opens the ledger and reads what is there. The next child begins with the batch of which the last one
  did not say that it was recorded: under the same key.
*/
#include <attain/io/store.hpp>

#include <attain/core/error.hpp>

#include "store_support.hpp"

#include <sys/wait.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <thread>

using namespace attain;
using namespace attain::test;

namespace {

/// Batches of one to four entries; what is in them follows from their number.
std::vector<observation> entries_of(long batch) {
  std::vector<observation> entries;
  for (long i = 0; i <= batch % 4; ++i) {
    entries.push_back(report("lifts", "place" + std::to_string(batch % 7), "2026-09", static_cast<double>(10 * batch + i)));
  }
  return entries;
}

std::string key_of(long batch) { return "batch " + std::to_string(batch); }

struct call {
  char what;  ///< 's' submitted, 'a' approved
  long batch;
};

[[noreturn]] void write_until_killed(const std::string& path, int pipe, long batch) {
  const auto acknowledge = [pipe](call one) {
    if (::write(pipe, &one, sizeof(one)) != sizeof(one)) ::_exit(2);
  };
  try {
    io::ledger_store book(path);
    for (;; ++batch) {
      const auto made = submit(book, entries_of(batch), by_li(key_of(batch)));
      acknowledge({'s', batch});
      book.approve(made.number, by_wang());
      acknowledge({'a', batch});
    }
  } catch (const error& e) {
    std::fprintf(stderr, "the writer failed: %s\n", e.what());
  }
  ::_exit(1);
}

struct tally {
  long acknowledged = 0;  ///< batches that were said to be approved
  long unsaid = 0;        ///< kills after which a call was recorded that nobody had said so of
  long problems = 0;
};

void problem(tally& count, const char* what, long batch) {
  ++count.problems;
  std::fprintf(stderr, "%s: batch %ld\n", what, batch);
}

/// Compares the file with what was acknowledged.
void check(const std::string& path, long submitted, long approved, tally& count) {
  const io::ledger_store book(path);
  book.verify();
  const auto batches = book.batches();
  long at = 0;
  for (const io::stored_batch& one : batches) {
    if (one.handed_in.key != key_of(at)) problem(count, "a batch is missing or there twice", at);
    if (one.entries != entries_of(at).size()) problem(count, "a batch is not whole", at);
    if (at < approved && one.state != io::batch_state::approved) problem(count, "an approval was lost", at);
    ++at;
  }
  if (at < submitted) problem(count, "a batch that was acknowledged was lost", at);
  const bool more =
      at > submitted || (at > approved && batches[static_cast<std::size_t>(approved)].state == io::batch_state::approved);
  if (more) ++count.unsaid;
}

}  // namespace

int main(int argc, char** argv) {
  const long times = argc > 1 ? std::strtol(argv[1], nullptr, 10) : 200;
  std::mt19937 random(argc > 2 ? static_cast<unsigned>(std::strtoul(argv[2], nullptr, 10)) : 42u);
  constexpr long kills_a_file = 200;  // a long file only takes longer to verify
  tally count;
  long done = 0;
  while (done < times && count.problems == 0) {
    const temporary_folder folder;
    long submitted = 0, approved = 0;
    for (long i = 0; i < kills_a_file && done < times && count.problems == 0; ++i, ++done) {
      int ends[2];
      if (::pipe(ends) != 0) return 2;
      const pid_t child = ::fork();
      if (child == 0) {
        ::close(ends[0]);
        write_until_killed(folder.file(), ends[1], approved);
      }
      ::close(ends[1]);
      // Counted from the first word of the child, so that a slow machine kills at the same places; now and then before it.
      call said{};
      const bool early = random() % 8 == 0;
      const auto hear = [&] {
        if (::read(ends[0], &said, sizeof(said)) != sizeof(said)) return false;
        (said.what == 's' ? submitted : approved) = said.batch + 1;
        return true;
      };
      if (!early && !hear()) problem(count, "the writer ended by itself", approved);
      std::this_thread::sleep_for(std::chrono::microseconds(random() % 12000));
      ::kill(child, SIGKILL);
      int status = 0;
      ::waitpid(child, &status, 0);
      if (!WIFSIGNALED(status)) problem(count, "the writer ended by itself", approved);
      while (hear()) {
      }
      ::close(ends[0]);
      try {
        check(folder.file(), submitted, approved, count);
      } catch (const error& e) {
        std::fprintf(stderr, "%s\n", e.what());
        ++count.problems;
      }
    }
    // With the retry, every batch is there once.
    io::ledger_store book(folder.file());
    submitted = approved + 1;
    book.approve(submit(book, entries_of(approved), by_li(key_of(approved))).number, by_wang());
    ledger expected;
    for (long batch = 0; batch < submitted; ++batch) expected.append(entries_of(batch));
    if (!(book.ledger() == expected)) problem(count, "the ledger is not what was handed in", submitted);
    count.acknowledged += submitted;
  }
  std::printf("%ld kills, %ld batches acknowledged, %ld calls recorded without a word, %ld problems\n", done, count.acknowledged,
              count.unsaid, count.problems);
  return count.problems == 0 ? 0 : 1;
}
