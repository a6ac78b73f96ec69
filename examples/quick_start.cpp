// How far the invented year of examples/counties-lesson has come, and why one target stands where it does.

#include <attain.hpp>
#include <attain/io/csv.hpp>
#include <attain/io/json.hpp>
#include <iostream>

int main() {
  using namespace attain;
  const programme plan = io::read_programme("examples/counties-lesson/programme.json");
  const ledger book = io::read_observations("examples/counties-lesson/observations.csv", plan);
  const evaluation now = evaluate(plan, book, {.as_of = date{2021, 9, 30}});

  const answer<status> judged = now.target("22.1").status();  // a status, or the reason for having none
  std::cout << (judged.has_value() ? judged->name() : to_string(judged.why())) << '\n' << now.root().explain().text();
}
