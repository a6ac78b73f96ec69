#include <attain.hpp>

#include <cstdio>

using namespace attain;

int main() {
  const programme plan({
      .id = "lifts-2021",
      .window = parse_period("2021"),
      .indicators = {{.id = "lifts", .unit = "台"}},
      .projects = {{.id = "1", .name = "139 lifts for old houses",
                    .targets = {{.id = "1.1", .indicator = "lifts", .aim = at_least(139)}}}},
  });

  ledger book;
  book.append({.indicator = "lifts", .about = parse_period("2021H1"), .low = 80, .high = 80});

  const evaluation now = evaluate(plan, book, {.as_of = date{2021, 6, 30}});
  const target_result lifts = now.target("1.1");
  std::printf("attain %s: %.0f of %.0f lifts, %s\n", version_text.data(), lifts.reading().value(), lifts.goal().value(),
              lifts.status().value().name().data());
  return lifts.reading() == 80.0 && !lifts.is_reached() ? 0 : 1;
}
