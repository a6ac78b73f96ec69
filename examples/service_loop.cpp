// A service that keeps an evaluation current: reports come in one by one, and only what they changed goes out.
//
// Here the reports are those of September of examples/counties-lesson; a service would read them from its queue.

#include <attain.hpp>
#include <attain/io/csv.hpp>
#include <attain/io/json.hpp>

#include <cstdint>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

using namespace attain;

namespace {

std::vector<observation> reports_of(const std::string& path, const programme& plan) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return io::parse_observations(text, plan, path);
}

/// A cell is a target at a place.
void tell(const tracker& now, const programme& plan, std::uint32_t cell) {
  const compiled_cells& cells = now.compiled().cells;
  const std::uint32_t target = cells.targets[cells.target_of[cell]].target;
  std::cout << "  " << plan.targets()[target].spec->id << " in " << plan.places()[cells.place[cell]].id;
  const cell_result result = now.cells()[cell];
  if (result.attainment_missing == 0) {
    std::cout << ": " << result.attainment << " of the way\n";
  } else {
    std::cout << ": " << to_string(static_cast<reason>(result.attainment_missing)) << '\n';
  }
}

}  // namespace

int main() {
  const programme plan = io::read_programme("examples/counties-lesson/programme.json");

  ledger known;
  std::vector<observation> coming;
  for (const observation& entry : reports_of("examples/counties-lesson/observations.csv", plan)) {
    if (entry.about.start < date{2021, 9, 1}) {
      known.append(entry);
    } else {
      coming.push_back(entry);
    }
  }

  tracker now(plan, known, {.as_of = date{2021, 9, 30}});
  for (const observation& entry : coming) {
    try {
      const tracked_changes& changed = now.apply(entry);
      std::cout << entry.indicator << ": " << changed.cells.size() << " targets and " << changed.nodes.size()
                << " projects change\n";
      for (const std::uint32_t cell : changed.cells) tell(now, plan, cell);
    } catch (const error& refused) {  // a bad report is told, and nothing has changed
      std::cout << entry.indicator << ": " << refused.what() << '\n';
    }
  }
  std::cout << "the whole: " << now.snapshot().root().attainment().value() << '\n';
}
