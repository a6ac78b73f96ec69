#include <attain.hpp>
#include <attain/io/store.hpp>

#include <cstdio>
#include <vector>

using namespace attain;

int main() {
  std::remove("consumer.attain");
  io::ledger_store book("consumer.attain");
  const std::vector<observation> lifts{{.indicator = "lifts", .about = parse_period("2021H1"), .low = 80, .high = 80}};
  const io::moment at = io::parse_moment("2021-07-01T09:00:00+08:00");
  const io::stored_batch batch = book.submit(lifts, {.at = at, .author = "Li"});
  book.approve(batch.number, {.at = at, .author = "Wang"});
  std::printf("attain %s: %zu entry, head %s\n", version_text.data(), book.ledger().size(), to_string(book.verify()).c_str());
  return book.ledger().size() == 1 ? 0 : 1;
}
