#include <attain/io/archive.hpp>

#include <cstdio>

using namespace attain;

int main() {
  ledger book;
  book.append({.indicator = "lifts", .about = parse_period("2021H1"), .low = 80, .high = 80});
  const std::string bytes = io::to_snapshot(book);
  std::printf("attain %s: %zu bytes\n", version_text.data(), bytes.size());
  return io::from_snapshot<ledger>(bytes) == book ? 0 : 1;
}
