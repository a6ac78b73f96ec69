#include <attain/ledger/detail/interned.hpp>
#include <attain/ledger/detail/tables.hpp>

#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace attain;
using namespace attain::detail;

namespace {

text_table with(const text_table& table, int from, int to) {
  interner texts(table);
  for (int i = from; i < to; ++i) texts.find_or_add(std::to_string(i));
  return texts.finish();
}

}  // namespace

TEST_CASE("ids are dense and in the order of adding", "[ledger][interned]") {
  const text_table table = with({}, 0, 1000);
  CHECK(table.size() == 1000);
  for (std::uint32_t i = 0; i < 1000; ++i) {
    CHECK(table.find(std::to_string(i)) == i);
    CHECK(table[i] == std::to_string(i));
  }
  CHECK(table.find("1000") == nowhere);
}

TEST_CASE("a table does not change when it is added to", "[ledger][interned]") {
  const text_table before = with({}, 0, 10);
  const text_table after = with(before, 5, 20);
  CHECK(before.size() == 10);
  CHECK(before.find("15") == nowhere);
  CHECK(after.size() == 20);
  CHECK(after.find("15") == 15u);
}

TEST_CASE("adding what is there changes nothing", "[ledger][interned]") {
  const text_table table = with({}, 0, 300);
  interner texts(table);
  for (int i = 299; i >= 0; --i) CHECK(texts.find_or_add(std::to_string(i)) == static_cast<std::uint32_t>(i));
  CHECK_FALSE(texts.changed());
  CHECK(texts.finish().layers() == table.layers());
}

TEST_CASE("layers stay few, and ids survive every merge", "[ledger][interned]") {
  text_table table;
  std::size_t most = 0;
  for (int i = 0; i < 5000; ++i) {
    table = with(table, i, i + 1);
    most = std::max(most, table.layers().size());
  }
  CHECK(most <= 6);
  for (std::uint32_t i = 0; i < 5000; ++i) CHECK(table.find(std::to_string(i)) == i);
}

TEST_CASE("what is added is seen before it is finished", "[ledger][interned]") {
  const text_table table = with({}, 0, 100);
  interner texts(table);
  const auto id = texts.find_or_add("new");
  CHECK(id == 100);
  CHECK(texts.find("new") == id);
  CHECK(texts[id] == "new");
  CHECK(texts[3] == "3");
  CHECK(texts.size() == 101);
}

TEST_CASE("many different values are added at once as they would be one by one", "[ledger][interned]") {
  using batches = interned<key_store<batch_key>>;
  constexpr std::int32_t count = 100'000;  // enough to be dealt out
  const auto value = [](std::size_t i) { return batch_key{static_cast<std::int32_t>(i * 7919 % count), 1, 2}; };
  const batches empty;
  interner one_by_one(empty), at_once(empty);
  for (std::size_t i = 0; i < count; ++i) one_by_one.find_or_add(value(i));
  std::vector<std::uint32_t> ids;
  at_once.find_or_add_all(count, value, [&](std::uint32_t id) { ids.push_back(id); });
  const batches a = one_by_one.finish(), b = at_once.finish();
  bool same = ids.size() == count;
  for (std::size_t i = 0; i < count; ++i) same = same && ids[i] == i && a.find(value(i)) == i && b.find(value(i)) == i;
  CHECK(same);
  CHECK(b.find({count, 1, 2}) == nowhere);
}
