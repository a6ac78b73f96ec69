#include <attain.hpp>
#include <attain/io/csv.hpp>
#include <attain/io/json.hpp>

#include <cstdio>

using namespace attain;

constexpr char programme_json[] = R"({
  "format": "attain-programme/1",
  "id": "lifts-2021",
  "window": {"start": "2021-01-01", "due": "2021-12-31"},
  "indicators": [{"id": "lifts", "unit": "台", "kind": "increment"}],
  "projects": [{"id": "1", "targets": [{"id": "1.1", "indicator": "lifts", "aim": {"at_least": 139}}]}]
})";

constexpr char observations_csv[] =
    "indicator,period,amount\n"
    "lifts,2021H1,80\n";

int main() {
  const programme plan = io::programme_from_json(programme_json);
  const ledger book = io::ledger_from_csv(observations_csv, plan);
  const evaluation now = evaluate(plan, book, {.as_of = date{2021, 6, 30}});
  const target_result lifts = now.target("1.1");
  std::printf("attain %s: %.0f of %.0f lifts, %s\n", version_text.data(), lifts.reading().value(), lifts.goal().value(),
              lifts.status().value().name().data());
  return lifts.reading() == 80.0 && !lifts.is_reached() ? 0 : 1;
}
