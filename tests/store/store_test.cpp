#include <attain/io/store.hpp>

#include <attain/core/error.hpp>
#include <attain/core/period.hpp>

#include "ledger/random_entries.hpp"
#include "store_support.hpp"
#include "support/builders.hpp"
#include "support/catch.hpp"

#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <thread>

using namespace attain;
using namespace attain::test;
using io::batch_state;
using io::ledger_store;
using io::store_access;

namespace {

const std::vector<observation> two_months{report("lifts", "east", "2026-08", 10), report("lifts", "east", "2026-09", 12)};

}  // namespace

TEST_CASE("what was recorded is there when the file is opened again", "[store]") {
  const temporary_folder folder;
  {
    ledger_store book(folder.file());
    record(book, two_months);
  }
  CHECK_FALSE(std::filesystem::exists(folder.file() + "-wal"));  // everything is in the one file
  const ledger_store again(folder.file());
  CHECK(again.ledger() == ledger(two_months));
  CHECK(again.verify() == again.head());
}

TEST_CASE("a ledger comes back as it was handed in", "[store][property]") {
  const temporary_folder folder;
  ledger_store book(folder.file());
  ledger expected;
  for (unsigned seed = 0; seed < 8; ++seed) {
    std::vector<observation> entries = random_entries(150, seed);
    for (observation& o : entries) {
      o = normalised(std::move(o));
      if (!o.key.empty()) o.key += " of " + std::to_string(seed);
    }
    record(book, entries);
    expected.append(entries);
    CHECK(book.ledger() == expected);
    CHECK(book.ledger({.threads = 2}) == expected);
  }
  CHECK(book.verify().number == book.head().number);
}

TEST_CASE("columns, observations and a ledger are recorded alike", "[store]") {
  const temporary_folder folder;
  ledger_store book(folder.file());
  const std::vector<std::string_view> words{"lifts", "east"};
  const std::vector<std::uint32_t> first{0, 0}, second{1, 1};
  const std::vector<std::int32_t> start{date(2026, 8, 1).days(), date(2026, 9, 1).days()};
  const std::vector<std::int32_t> end{date(2026, 8, 31).days(), date(2026, 9, 30).days()};
  const std::vector<double> amounts{10, 12};
  observation_columns columns;
  columns.size = 2;
  columns.indicator = {first, words};
  columns.place = {second, words};
  columns.first_day = start;
  columns.last_day = columns.recorded = end;
  columns.low = amounts;
  const auto one = book.submit(columns, by_li("a"));
  CHECK(book.submit(ledger(two_months), by_li("a")).number == one.number);
  CHECK(submit(book, two_months, by_li("a")).number == one.number);
}

TEST_CASE("rule R2: an entry that names no recorded day is recorded on the day its batch was handed in", "[store]") {
  const temporary_folder folder;
  ledger_store book(folder.file());
  observation o = report("lifts", "east", "2026-09", 12);
  o.recorded.reset();
  record(book, {o});
  CHECK(book.ledger().observations().front().recorded == date(2026, 10, 1));
}

// -- four eyes -----------------------------------------------------------------------------------

TEST_CASE("a batch counts from its approval until it is withdrawn", "[store]") {
  const temporary_folder folder;
  ledger_store book(folder.file());
  const auto batch = submit(book, two_months);
  CHECK(batch.state == batch_state::pending);
  CHECK(book.ledger().empty());
  CHECK(book.ledger({.pending = true}).size() == 2);

  CHECK(book.approve(batch.number, by_wang()).state == batch_state::approved);
  CHECK(book.ledger().size() == 2);
  const auto taken_back = book.withdraw(batch.number, by_wang("counted twice", 5));
  CHECK(taken_back.state == batch_state::withdrawn);
  CHECK(taken_back.withdrawal->reason == "counted twice");
  CHECK(book.ledger({.pending = true}).empty());
  CHECK(book.history("lifts", "east").size() == 2);  // it is still there to be read
}

TEST_CASE("nobody approves what they handed in", "[store]") {
  const temporary_folder folder;
  ledger_store book(folder.file());
  const auto batch = submit(book, two_months);
  const auto before = book.head();
  CHECK(refused_as([&] { book.approve(batch.number, {noon(2), "Li", ""}); }) == "four_eyes");
  CHECK(book.head() == before);
  book.approve(batch.number, by_wang());
  CHECK(refused_as([&] { book.withdraw(batch.number, {noon(3), "Li", "wrong"}); }) == "four_eyes");
}

TEST_CASE("a decision that is repeated changes nothing, another one is refused", "[store]") {
  const temporary_folder folder;
  ledger_store book(folder.file());
  const auto batch = submit(book, two_months);
  book.approve(batch.number, by_wang());
  const auto before = book.head();
  CHECK(book.approve(batch.number, by_wang("", 7)).approval->at == noon(2));
  CHECK(refused_as([&] { book.approve(batch.number, {noon(2), "Zhao", ""}); }) == "already_decided");
  CHECK(book.head() == before);
  book.withdraw(batch.number, by_wang("wrong"));
  CHECK_NOTHROW(book.withdraw(batch.number, by_wang("wrong", 9)));
  CHECK(refused_as([&] { book.withdraw(batch.number, by_wang("for another reason")); }) == "already_decided");
  CHECK(refused_as([&] { book.approve(batch.number, by_wang()); }) == "already_decided");
  CHECK_THROWS_AS(book.approve(99, by_wang()), unknown_id);
  CHECK(refused_as([&] { book.withdraw(batch.number, by_wang()); }) == "missing_field");
}

TEST_CASE("the file can be read as it stood on a day", "[store]") {
  const temporary_folder folder;
  ledger_store book(folder.file());
  const auto batch = submit(book, two_months, by_li("a", 1));
  book.approve(batch.number, by_wang("", 3));
  book.withdraw(batch.number, by_wang("wrong", 6));
  CHECK(book.ledger({.pending = true, .known_at = date(2026, 9, 30)}).empty());
  CHECK(book.ledger({.pending = true, .known_at = date(2026, 10, 1)}).size() == 2);
  CHECK(book.ledger({.known_at = date(2026, 10, 2)}).empty());
  CHECK(book.ledger({.known_at = date(2026, 10, 3)}).size() == 2);
  CHECK(book.ledger({.known_at = date(2026, 10, 6)}).empty());
}

// -- keys ----------------------------------------------------------------------------------------

TEST_CASE("the same batch under the same key is recorded once", "[store]") {
  const temporary_folder folder;
  ledger_store book(folder.file());
  std::vector<observation> entries = two_months;
  entries[0].recorded.reset();
  const auto first = submit(book, entries, by_li("2026-09 lifts", 1));
  const auto before = book.head();
  std::reverse(entries.begin(), entries.end());
  CHECK(submit(book, entries, by_li("2026-09 lifts", 4)).number == first.number);
  CHECK(book.head() == before);
  CHECK(book.find_batch("2026-09 lifts")->number == first.number);
  CHECK_FALSE(book.find_batch("2026-10 lifts"));
}

TEST_CASE("a key that stands for another batch is a conflict", "[store]") {
  const temporary_folder folder;
  ledger_store book(folder.file());
  submit(book, two_months, by_li("a"));
  const auto before = book.head();
  const auto conflict = [&](std::vector<observation> entries, io::submission how) {
    return refused_as([&] { submit(book, entries, how); }) == "key_conflict";
  };
  auto other = two_months;
  other[1].high = other[1].low = 13;
  CHECK(conflict(other, by_li("a")));
  CHECK(conflict({two_months[0]}, by_li("a")));
  CHECK(conflict({two_months[0], two_months[1], two_months[1]}, by_li("a")));
  CHECK(conflict(two_months, {.at = noon(1), .author = "Zhao", .key = "a"}));
  CHECK(conflict(two_months, {.at = noon(1), .author = "Li", .key = "a", .note = "other"}));
  CHECK(conflict(two_months, {.at = noon(1), .author = "Li", .key = "a", .evidence = {.uri = "file:b.pdf"}}));
  CHECK(book.head() == before);
}

TEST_CASE("an entry under the same key counts once, another entry under it is a conflict", "[store]") {
  const temporary_folder folder;
  ledger_store book(folder.file());
  observation o = two_months[0];
  o.key = "lifts 2026-08";
  o.recorded.reset();
  record(book, {o});
  const auto later = submit(book, {o, two_months[1]}, by_li("b", 9));
  book.approve(later.number, by_wang("", 9));
  CHECK(book.ledger().size() == 2);
  CHECK(book.ledger().entries("lifts", "east").front().recorded == date(2026, 10, 1));  // it was recorded then
  CHECK(submit(book, {o, two_months[1]}, by_li("b", 10)).number == later.number);

  o.low = o.high = 11;
  observation also = o;
  also.key = "new";
  CHECK(refused_as([&] { submit(book, {also, o}); }) == "key_conflict");
  CHECK(book.history("lifts", "east").size() == 3);
}

// -- what is refused -----------------------------------------------------------------------------

TEST_CASE("entries that cannot be are refused with every problem, and nothing is recorded", "[store]") {
  const temporary_folder folder;
  ledger_store book(folder.file());
  auto wrong = two_months;
  wrong[0].indicator = "";
  wrong[1].low = 20;
  try {
    submit(book, wrong);
    FAIL("was recorded");
  } catch (const invalid_input& e) {
    CHECK(e.findings().size() == 2);
  }
  CHECK(refused_as([&] { submit(book, {}); }) == "missing_field");
  CHECK(refused_as([&] { submit(book, two_months, {.at = noon(1), .author = ""}); }) == "invalid_id");
  CHECK(refused_as([&] { submit(book, two_months, {.at = noon(1), .author = "Li", .evidence = {.sha256 = "ABC"}}); }) ==
        "malformed");
  CHECK(refused_as([&] { submit(book, two_months, {.at = noon(1), .author = "Li", .note = std::string(65 << 20, 'n')}); }) ==
        "too_large");
  CHECK(book.head().number == 0);
}

TEST_CASE("every text comes back as it went in", "[store]") {
  const temporary_folder folder;
  ledger_store book(folder.file());
  const std::string canary = "<script>'); DROP TABLE entry; -- \"=cmd|' /C calc'!A0";
  observation o = two_months[0];
  o.stage = o.scope = o.author = o.source = o.evidence = o.key = canary;
  o.note = canary + std::string("\n\t\x01\x7f", 4) + std::string(1, '\0') + "end";
  o.dimensions = {{"sex'", "f\"--"}};
  const io::submission how{
      .at = noon(1), .author = canary, .key = canary, .evidence = {canary, std::string(64, 'a'), canary}, .note = o.note};
  const auto batch = submit(book, {o}, how);
  book.approve(batch.number, {noon(2), canary + "2", o.note});
  CHECK(book.batch(batch.number).handed_in == how);
  CHECK(book.batch(batch.number).approval->reason == o.note);
  CHECK(book.ledger().observations() == std::vector{normalised(o)});
  CHECK(book.history("lifts", "east").front().said == normalised(o));
  CHECK(book.history(canary, canary).empty());
  CHECK_NOTHROW(book.verify());
}

TEST_CASE("a file that is no ledger is refused and left alone", "[store]") {
  const temporary_folder folder;
  write_bytes(folder.file("a"), "indicator,period,amount\n" + std::string(5000, 'x'));
  CHECK(refused_as([&] { ledger_store book(folder.file("a")); }) == "not_a_ledger");
  CHECK(read_bytes(folder.file("a")).size() == 5024);
  REQUIRE(run_sql(folder.file("b"), "CREATE TABLE mine(x)") == SQLITE_OK);
  const std::string before = read_bytes(folder.file("b"));
  CHECK(refused_as([&] { ledger_store book(folder.file("b")); }) == "not_a_ledger");
  CHECK(read_bytes(folder.file("b")) == before);
  CHECK(refused_as([&] { ledger_store book(folder.file("c"), {.create = false}); }) == "unreadable_file");
  CHECK(refused_as([&] { ledger_store book(folder.file("c"), {.access = store_access::read}); }) == "unreadable_file");
  CHECK(refused_as([&] { ledger_store book(folder.file("no/such/folder")); }) == "unreadable_file");
  CHECK(refused_as([&] { ledger_store book(""); }) == "unreadable_file");
}

TEST_CASE("a newer format is refused before anything is read", "[store]") {
  const temporary_folder folder;
  { ledger_store book(folder.file()); }
  REQUIRE(run_sql(folder.file(), "PRAGMA user_version = 2") == SQLITE_OK);
  CHECK(refused_as([&] { ledger_store book(folder.file()); }) == "newer_version");
}

// -- history, goals ------------------------------------------------------------------------------

TEST_CASE("the history of a number says what was said, by whom, and what became of it", "[store]") {
  const temporary_folder folder;
  ledger_store book(folder.file());
  record(book, {two_months[1], report("lifts", "west", "2026-09", 5), report("lifts", "", "2026-09", 17)});
  observation corrected = two_months[1];
  corrected.low = corrected.high = 13;
  corrected.recorded.reset();
  submit(book, {corrected}, by_li("correction", 8));
  const auto said = book.history("lifts", "east");
  REQUIRE(said.size() == 2);
  CHECK(said[0].said.low == 12);
  CHECK(said[0].batch.approval->author == "Wang");
  CHECK(said[1].said.low == 13);
  CHECK(said[1].said.recorded == date(2026, 10, 8));
  CHECK(said[1].batch.state == batch_state::pending);
  CHECK(said[0].number < said[1].number);
  CHECK(book.history("lifts").size() == 1);
  CHECK(book.history("no such indicator", "east").empty());
  CHECK(book.history("lifts", "no such place").empty());
}

TEST_CASE("rule T1: a goal that moved is recorded with its author, its reason, and whether the result was known", "[store]") {
  const temporary_folder folder;
  ledger_store book(folder.file());
  const auto plan_with = [](double goal, double east) {
    programme_spec spec = lifts();
    lift_target(spec).aim = at_least(goal);
    lift_target(spec).quotas = {{.place = "east", .goal = east}, {.place = "west", .goal = goal - east}};
    return programme(spec);
  };
  CHECK(book.adopt(plan_with(139, 80), {noon(1), "Li", ""}).size() == 6);
  CHECK(book.adopt(plan_with(139, 80), {noon(2), "Li", ""}).empty());
  CHECK(refused_as([&] { book.adopt(plan_with(120, 80), {noon(3), "Li", ""}); }) == "missing_field");

  const auto lowered = book.adopt(plan_with(130, 80), {noon(3), "Li", "fewer houses qualify"});
  REQUIRE(lowered.size() == 2);
  CHECK(lowered[0].field == "aim");
  CHECK(lowered[0].before == "at_least 139");
  CHECK(lowered[0].after == "at_least 130");
  CHECK(lowered[1].field == "goal at west");
  CHECK_FALSE(lowered[0].after_result);
  CHECK_FALSE(lowered[0].data_day);

  const auto early = submit(book, {report("lifts", "east", "2021-06", 60)});
  const auto final = submit(book, {report("lifts", "east", "2021-12", 66)});
  book.approve(early.number, by_wang());
  CHECK_FALSE(book.adopt(plan_with(128, 80), {noon(4), "Li", "again"})[0].after_result);
  book.approve(final.number, by_wang());
  const auto hindsight = book.adopt(plan_with(126, 80), {noon(5), "Li", "to be met"});
  CHECK(hindsight[0].after_result);
  CHECK(hindsight[0].data_day == date(2021, 12, 31));
  CHECK(book.goal_changes("1.1").size() == 12);
  CHECK(book.goal_changes("9.9").empty());
  CHECK(book.goal_changes().back().made.reason == "to be met");
  CHECK_NOTHROW(book.verify());
}

TEST_CASE("rule T1: who puts a deadline off, or leaves a target out, knew the result of the target as it was", "[store]") {
  const auto flags_after = [](const char* month, auto&& edit) {
    const temporary_folder folder;
    ledger_store book(folder.file());
    programme_spec spec = lifts();
    book.adopt(programme(spec), {noon(1), "Li", ""});
    record(book, {report("lifts", "east", month, 66)});
    edit(spec);
    std::vector<std::string> flags;
    for (const io::goal_change& one : book.adopt(programme(spec), {noon(4), "Li", "later"})) {
      CHECK(one.data_day == parse_period(month).last());
      flags.push_back(one.target + " " + one.field + (one.after_result ? " after" : " before"));
    }
    return flags;
  };
  using texts = std::vector<std::string>;
  const auto put_off = [](programme_spec& spec) { lift_target(spec).window = parse_period("2023"); };
  CHECK(flags_after("2021-12", put_off) == texts{"1.1 window after"});
  CHECK(flags_after("2021-11", put_off) == texts{"1.1 window before"});
  const auto brought_forward = [](programme_spec& spec) { lift_target(spec).window = parse_period("2021H1"); };
  CHECK(flags_after("2021-11", brought_forward) == texts{"1.1 window after"});
  CHECK(flags_after("2021-05", brought_forward) == texts{"1.1 window before"});

  const auto left_out = [](programme_spec& spec) { spec.projects.front().targets.clear(); };
  const texts gone = flags_after("2021-12", left_out);
  CHECK(gone.size() == 6);
  CHECK(std::all_of(gone.begin(), gone.end(), [](const std::string& one) { return one.ends_with(" after"); }));
  CHECK(flags_after("2021-11", left_out).front() == "1.1 aim before");
}

// -- one writer ----------------------------------------------------------------------------------

TEST_CASE("one writer at a time, by whatever name the file is called", "[store]") {
  const temporary_folder folder;
  ledger_store book(folder.file());
  record(book, two_months);
  std::filesystem::create_symlink(folder.file(), folder.file("link"));
  for (const std::string& name : {folder.file(), folder.file("link"), folder.file("./city.attain")}) {
    CHECK(refused_as([&] { ledger_store other(name); }) == "in_use");
  }
  ledger_store reader(folder.file(), {.access = store_access::read});
  CHECK(reader.ledger() == book.ledger());
  record(book, {two_months[0]});
  CHECK(reader.ledger().size() == 3);
  CHECK(refused_as([&] { submit(reader, two_months); }) == "read_only");
}

TEST_CASE("reading the file in the same process does not let another writer in", "[store]") {
  const temporary_folder folder;
  ledger_store book(folder.file());
  record(book, two_months);
  CHECK(read_bytes(folder.file()).starts_with("SQLite format 3"));  // SQLite's own locks are gone after this
  const pid_t child = ::fork();
  if (child == 0) {
    // A fresh store of a child process is another process to the lock.
    const std::string answer = refused_as([&] { ledger_store other(folder.file()); });
    ::_exit(answer == "in_use" ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  record(book, {two_months[0]});
  CHECK(book.verify() == book.head());
  CHECK(book.ledger().size() == 3);
}

TEST_CASE("a store cannot be used in a process that was forked from its own, and outlives it", "[store]") {
  const temporary_folder folder;
  ledger_store book(folder.file());
  record(book, two_months);
  const pid_t child = ::fork();
  if (child == 0) {
    bool refused = refused_as([&] { submit(book, two_months); }) == "forked" && refused_as([&] { book.ledger(); }) == "forked";
    { const ledger_store gone = std::move(book); }
    ::_exit(refused ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  CHECK(refused_as([&] { ledger_store other(folder.file()); }) == "in_use");
  record(book, {two_months[0]});
  CHECK(book.verify() == book.head());
}

TEST_CASE("a child process is refused at once, also if a thread of its parent was at the store", "[store]") {
  const temporary_folder folder;
  ledger_store book(folder.file());
  record(book, two_months);
  sqlite3* other = nullptr;
  REQUIRE(sqlite3_open(folder.file().c_str(), &other) == SQLITE_OK);
  REQUIRE(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK);
  std::thread waits([&] { record(book, two_months, "waits"); });
  std::this_thread::sleep_for(std::chrono::milliseconds(200));  // until it waits for the other
  const pid_t child = ::fork();
  if (child == 0) {
    ::alarm(20);  // rather than wait for ever
    ::_exit(refused_as([&] { static_cast<void>(book.head()); }) == "forked" ? 0 : 1);
  }
  CHECK(sqlite3_exec(other, "ROLLBACK", nullptr, nullptr, nullptr) == SQLITE_OK);
  CHECK(sqlite3_close(other) == SQLITE_OK);
  waits.join();
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  CHECK(book.verify() == book.head());
}

TEST_CASE("what else writes to the file is noticed", "[store]") {
  const temporary_folder folder;
  ledger_store book(folder.file());
  record(book, two_months);
  SECTION("a row") {
    REQUIRE(run_sql(folder.file(), "INSERT INTO text VALUES(100, 'mine', zeroblob(32))") == SQLITE_OK);
    CHECK(refused_as([&] { record(book, two_months); }) == "changed_elsewhere");
  }
  SECTION("a trigger") {
    REQUIRE(run_sql(folder.file(), "CREATE TRIGGER mine AFTER INSERT ON entry BEGIN SELECT 1; END") == SQLITE_OK);
    CHECK(refused_as([&] { record(book, two_months); }) == "broken_chain");
    CHECK(refused_as([&] { book.ledger(); }) == "broken_chain");
  }
  SECTION("the file replaced by another") {
    std::filesystem::rename(folder.file(), folder.file("old"));
    std::filesystem::copy_file(folder.file("old"), folder.file());
    CHECK(refused_as([&] { record(book, two_months); }) == "changed_elsewhere");
  }
  SECTION("the lock file removed") {
    std::filesystem::remove(folder.file() + ".lock");
    CHECK(refused_as([&] { record(book, two_months); }) == "changed_elsewhere");
  }
}

TEST_CASE("a log that was folded into the file by something else is left behind", "[store]") {
  const temporary_folder folder;
  {
    ledger_store book(folder.file());
    record(book, two_months);
    REQUIRE(run_sql(folder.file(), "PRAGMA wal_checkpoint(TRUNCATE)") == SQLITE_OK);
    std::filesystem::remove(folder.file() + "-wal");
    record(book, {two_months[0]});
    CHECK(book.ledger().size() == 3);
  }
  const ledger_store again(folder.file());
  CHECK(again.ledger().size() == 3);
  CHECK(again.verify() == again.head());
}

TEST_CASE("threads wait for one another", "[store]") {
  const temporary_folder folder;
  ledger_store book(folder.file());
  std::vector<std::thread> all;
  for (int t = 0; t < 4; ++t) {
    all.emplace_back([&book, t] {
      for (int i = 0; i < 10; ++i) record(book, {report("lifts", "east", "2026-09", t)}, "thread " + std::to_string(10 * t + i));
      static_cast<void>(book.ledger());
    });
  }
  for (std::thread& one : all) one.join();
  CHECK(book.ledger().size() == 40);
  CHECK(book.verify() == book.head());
}

TEST_CASE("a clock that goes back changes nothing about the order", "[store]") {
  const temporary_folder folder;
  ledger_store book(folder.file());
  submit(book, {two_months[0]}, by_li("late", 9));
  submit(book, {two_months[1]}, by_li("early", 3));
  const auto all = book.batches();
  REQUIRE(all.size() == 2);
  CHECK(all[0].handed_in.key == "late");
  CHECK(all[1].handed_in.key == "early");
}

TEST_CASE("a head is text that can be kept", "[store]") {
  const io::chain_head head{12, std::string(64, 'c')};
  CHECK(io::parse_chain_head(to_string(head)) == head);
  for (const char* wrong : {"", "12", "12:abc", ":", "-1:"}) CHECK_THROWS_AS(io::parse_chain_head(wrong), invalid_input);
}
