// A total of one's own: a project is as far as the middle one of its targets, so that one laggard and one runaway say nothing.
//
// The library has a weighted median; this one goes without weights.

#include <attain.hpp>
#include <attain/engine/custom.hpp>
#include <attain/io/csv.hpp>
#include <attain/io/json.hpp>

#include <algorithm>
#include <iostream>
#include <memory>
#include <span>
#include <vector>

using namespace attain;

namespace {

/// One call for all nodes of a level: the children of node i are rows `begin[i]` up to `begin[i + 1]`, none of them missing.
void middle_one(const child_columns& of, std::span<double> out) {
  for (std::size_t node = 0; node < out.size(); ++node) {
    const auto children = of.value.subspan(of.begin[node], of.begin[node + 1] - of.begin[node]);
    if (children.empty()) continue;  // its answer is missing already
    std::vector<double> sorted(children.begin(), children.end());
    std::ranges::sort(sorted);
    const std::size_t middle = sorted.size() / 2;
    out[node] = sorted.size() % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}

}  // namespace

int main() {
  programme_spec list = io::read_programme("examples/counties-lesson/programme.json").spec();
  list.roll_up.aggregator = "custom:median@1";  // a programme names what it cannot hold
  const programme plan(list);
  const ledger book = io::read_observations("examples/counties-lesson/observations.csv", plan);

  const auto own = std::make_shared<custom_functions>();
  own->aggregators["median@1"] = middle_one;
  const evaluation now = evaluate(plan, book, {.as_of = date{2021, 9, 30}, .custom = own});

  for (const project_result& project : now.root().projects()) {
    std::cout << project.name() << ": " << project.attainment().value() << '\n';
  }
  std::cout << "the middle one: " << now.root().attainment().value() << '\n';
}
