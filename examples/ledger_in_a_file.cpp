// A ledger that stays: one hands a batch in, another approves it, and what counts is evaluated. Made anew with every run.

#include <attain.hpp>
#include <attain/io/csv.hpp>
#include <attain/io/json.hpp>
#include <attain/io/store.hpp>

#include <filesystem>
#include <iostream>

using namespace attain;

int main() {
  const programme plan = io::read_programme("examples/counties-lesson/programme.json");
  const ledger reported = io::read_observations("examples/counties-lesson/observations.csv", plan);

  const auto folder = std::filesystem::temp_directory_path() / "attain-example-ledger";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  {
    io::ledger_store book((folder / "city.attain").string());
    const auto attained = [&](const io::loading& which) {
      return evaluate(plan, book.ledger(which), {.as_of = date{2021, 9, 30}}).target("22.1").attainment();
    };

    // The library reads no clock: who records something says when it is. The key makes it safe to hand the same in twice.
    const io::moment autumn = io::parse_moment("2021-10-12T09:30:00+08:00");
    const io::stored_batch batch = book.submit(reported, {.at = autumn, .author = "Li", .key = "2021-10"});
    std::cout << batch.entries << " entries, " << io::to_string(batch.state) << '\n';
    std::cout << "approved: " << attained({}).has_value() << ", with what is pending: " << attained({.pending = true}).value()
              << '\n';

    book.approve(batch.number, {.at = autumn, .author = "Wang"});
    std::cout << "approved: " << attained({}).value() << '\n';

    for (const io::stored_entry& entry : book.history("trained", "north")) {
      std::cout << "record " << entry.number << ": " << entry.said.low << ", handed in by " << entry.batch.handed_in.author
                << ", approved by " << entry.batch.approval->author << '\n';
    }
    std::cout << "nothing was changed up to record " << book.verify().number << '\n';
  }
  std::filesystem::remove_all(folder);
}
