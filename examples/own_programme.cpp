// A programme of three projects made in code, reports from text and by hand, a formula of one's own, and what is said of mistakes.

#include <attain.hpp>
#include <attain/engine/custom.hpp>
#include <attain/io/csv.hpp>
#include <attain/io/json.hpp>

#include <cstddef>
#include <iostream>
#include <memory>
#include <span>
#include <string>
#include <utility>

using namespace attain;

namespace {

/// Fields are named in the order in which the headers declare them; those that are left out have their defaults.
programme_spec town() {
  programme_spec list;
  list.id = "my-town";
  list.window = parse_period("2026");
  list.places = {{.id = "town"}, {.id = "east", .within = "town"}, {.id = "west", .within = "town"}};
  list.indicators = {
      {.id = "lifts", .unit = "台", .kind = indicator_kind::increment, .period = frequency::month},
      {.id = "insured", .unit = "人", .kind = indicator_kind::level, .period = frequency::quarter},
      {.id = "spent", .unit = "元", .kind = indicator_kind::increment, .period = frequency::month},
      {.id = "price", .unit = "元", .kind = indicator_kind::formula, .expression = "custom:price@1", .inputs = {"spent", "lifts"}},
      {.id = "refund-days", .unit = "次", .kind = indicator_kind::increment, .period = frequency::month}};

  const target_spec lifts{.id = "1.1",
                          .name = "Lifts",
                          .indicator = "lifts",
                          .aim = at_least(139),
                          .quotas = {{.place = "east", .goal = 80}, {.place = "west", .goal = 59}}};
  const target_spec price{.id = "1.2", .name = "Price of a lift", .indicator = "price", .aim = at_most(300'000), .cadence = throughout()};
  const target_spec insured{.id = "2.1", .name = "People insured", .indicator = "insured", .aim = at_least(2'060'000), .baseline = 1'900'000};
  const target_spec days{.id = "3.1", .name = "Refund days", .indicator = "refund-days", .aim = at_least(1), .cadence = every(frequency::month)};
  list.projects = {{.id = "1", .name = "Lifts in old houses", .weight = 2, .targets = {lifts, price}},
                   {.id = "2", .name = "Health insurance", .targets = {insured}},
                   {.id = "3", .name = "Refund days", .targets = {days}}};
  return list;
}

/// What a program branches on is the code; the place and the words are for people, `what()` is all of it.
void tell(const error& of) {
  for (const finding& one : of.findings()) {
    std::cout << "  " << to_string(one.code) << " | " << one.where << " | " << one.message;
    if (!one.text.empty()) std::cout << " | found " << one.text;
    if (!one.expected.empty()) std::cout << " | expected " << one.expected;
    std::cout << '\n';
  }
}

void tell(const target_result& of) {
  const answer<double> share = of.attainment();
  std::cout << of.id() << ": ";
  if (share.has_value()) {
    std::cout << *share;
  } else {
    std::cout << label_of(share.why(), language::english);
  }
  const answer<status> judged = of.status();
  if (judged.has_value()) std::cout << ", " << judged->label(language::english);
  std::cout << '\n';
}

}  // namespace

int main() {
  const programme plan(town());  // or throws everything that is wrong at once
  ledger book = io::ledger_from_csv(
      "indicator,place,period,amount,recorded\n"
      "lifts,east,2026-01,7,2026-02-03\n"
      "lifts,west,2026-01,3,2026-02-03\n"
      "spent,east,2026-01,200万,2026-02-03\n"
      "spent,west,2026-01,80万,2026-02-03\n"
      "insured,,2026-01-31,191万,2026-02-10\n"
      "refund-days,,2026-01,1,2026-02-01\n",
      plan, "reports");
  book.append({.indicator = "lifts", .place = "east", .about = parse_period("2026-02"), .low = 6, .high = 6, .recorded = date{2026, 3, 3}});
  book.append({.indicator = "lifts", .place = "west", .about = parse_period("2026-02"), .low = 12, .high = 12, .recorded = date{2026, 3, 3}});
  for (const auto& [place, amount] : {std::pair{"east", 1.6e6}, std::pair{"west", 3.4e6}}) {  // where the lifts are: a formula needs all its inputs
    book.append({.indicator = "spent", .place = place, .about = parse_period("2026-02"), .low = amount, .high = amount, .recorded = date{2026, 3, 3}});
  }

  const auto own = std::make_shared<custom_functions>();
  own->formulas["price@1"] = [](std::span<const std::span<const double>> inputs, std::span<double> out) {
    for (std::size_t row = 0; row < out.size(); ++row) out[row] = inputs[0][row] / inputs[1][row];
  };
  const evaluation now = evaluate(plan, book, {.as_of = date{2026, 2, 28}, .custom = own});
  for (const target_result& one : now.targets()) tell(one);
  std::cout << "the same from its JSON: " << std::boolalpha << (io::programme_from_json(io::to_json(plan)) == plan) << '\n';

  std::cout << "a programme with mistakes:\n";
  try {
    programme_spec wrong = town();
    wrong.places[1].within = "twn";
    wrong.projects[0].targets[0].indicator = "lift";
    const programme refused(std::move(wrong));
  } catch (const invalid_programme& problem) {
    tell(problem);
  }
  std::cout << "reports with mistakes:\n";
  try {
    io::ledger_from_csv("indicator,place,period,amount\nlifts,eest,2026-03,7\nlifts,east,2026-13,7\n", plan, "march.csv");
  } catch (const invalid_input& problem) {
    tell(problem);
  }
}
