#include <attain/ledger/ledger.hpp>
#include <attain/ledger/ledger_view.hpp>

#include "ledger/random_entries.hpp"
#include "support/catch.hpp"
#include "support/observations.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

series_id series_of(const ledger_view& view, std::string_view indicator, std::string_view place) {
  const auto found = view.series_at(*view.find_text(indicator), *view.find_text(place));
  REQUIRE(found.size() == 1);
  return found.front();
}

std::vector<std::uint32_t> flags_of(const row_slice& rows, std::uint32_t mask) {
  std::vector<std::uint32_t> flags;
  for (std::size_t i = 0; i < rows.size; ++i) flags.push_back(rows.length_and_flags[i] & mask);
  return flags;
}

std::vector<double> amounts_of(const row_slice& rows) { return {rows.amount, rows.amount + rows.size}; }

/// The same entries in one run, and one by one in many.
std::pair<ledger, ledger> in_one_run_and_in_many(const std::vector<observation>& entries) {
  ledger one, many;
  one.append(entries);
  for (const observation& o : entries) many.append(o);
  return {one, many};
}

}  // namespace

TEST_CASE("the rows of a series come by last day, then first day, then recorded day", "[ledger][ledger_view]") {
  ledger book;
  book.append(report("lifts", "east", "2021-06", 3, "2021-07-05"));
  book.append(report("lifts", "east", "2021-05", 1));
  book.append(report("lifts", "east", "2021-06", 2, "2021-07-04"));
  book.append(report("lifts", "east", "2021-04/2021-06", 9, "2021-07-09"));
  book.append(report("lifts", "west", "2021-05", 100));
  const ledger_view view = book.view();
  row_buffer buffer;
  const row_slice rows = view.rows(series_of(view, "lifts", "east"), buffer);
  CHECK(amounts_of(rows) == std::vector<double>{1, 9, 2, 3});
  CHECK(rows.first_day(1) == date(2021, 4, 1).days());
  CHECK(rows.last_day[1] == date(2021, 6, 30).days());
  CHECK(view.recorded(rows.batch[3]) == date(2021, 7, 5).days());
  CHECK(flags_of(rows, row_flag::followed) == std::vector<std::uint32_t>{0, 0, row_flag::followed, 0});
}

TEST_CASE("entries of one identity and recorded day that disagree are a tie (R1a)", "[ledger][ledger_view]") {
  const auto ties = [](std::vector<observation> entries) {
    std::vector<bool> tied;
    ledger one, many;
    std::tie(one, many) = in_one_run_and_in_many(entries);
    for (const ledger& book : {one, many}) {
      const ledger_view view = book.view();
      row_buffer buffer;
      const row_slice rows = view.rows(series_of(view, "lifts", "east"), buffer);
      tied.push_back((rows.length_and_flags[rows.size - 1] & row_flag::tie) != 0);
    }
    CHECK(tied[0] == tied[1]);
    return static_cast<bool>(tied[0]);
  };
  const observation o = report("lifts", "east", "2021-06", 12, "2021-07-03");
  const auto with = [&](auto change) {
    observation changed = o;
    change(changed);
    return changed;
  };
  CHECK_FALSE(ties({o}));
  CHECK_FALSE(ties({o, o, o}));
  CHECK_FALSE(ties({o, with([](observation& x) { x.author = "another"; })}));
  CHECK_FALSE(ties({o, with([](observation& x) { x.note = "another"; })}));
  CHECK_FALSE(ties({o, with([](observation& x) { x.recorded = date(2021, 7, 4), x.low = x.high = 13; })}));
  CHECK_FALSE(ties({o, with([](observation& x) { x.about = parse_period("2021-04/2021-06"), x.low = x.high = 13; })}));
  CHECK(ties({o, with([](observation& x) { x.low = x.high = 13; })}));
  CHECK(ties({with([](observation& x) { x.low = x.high = 11; }), o, o, o}));
  CHECK(ties({o, with([](observation& x) { x.high = 13; })}));
  CHECK(ties({o, with([](observation& x) { x.high_open = true; })}));
  CHECK(ties({o, with([](observation& x) { x.low_open = true; })}));
  CHECK(ties({o, with([](observation& x) { x.form = amount_form::share_of_goal; })}));
  CHECK(ties({o, with([](observation& x) { x.withdrawn = true; })}));
  CHECK(ties({o, with([](observation& x) { x.missing = reason::withheld; })}));
  CHECK(ties({with([](observation& x) { x.missing = reason::no_observation; }),
              with([](observation& x) { x.missing = reason::withheld; })}));
  // a later day settles it
  CHECK_FALSE(ties({o, with([](observation& x) { x.low = x.high = 13; }), with([](observation& x) { x.recorded = date(2021, 7, 9); })}));
}

TEST_CASE("a merged slice is what a single run would be", "[ledger][ledger_view]") {
  const auto [one, many] = in_one_run_and_in_many(random_entries(700, 11));
  const ledger_view a = one.view(), b = many.view();
  REQUIRE(a.run_count() == 1);
  REQUIRE(b.run_count() > 1);
  row_buffer buffer_a, buffer_b;
  std::size_t rows = 0, merged = 0;
  for (series_id s = 0; s < a.series_count(); ++s) {
    const series_key key = a.key(s);
    const auto same = [&](text_id id) { return *b.find_text(a.text(id)); };
    const auto t = b.find_series({same(key.indicator), same(key.place), same(key.dimensions), same(key.step), same(key.stage),
                                  same(key.scope), same(key.unit)});
    REQUIRE(t.has_value());
    const row_slice x = a.rows(s, buffer_a), y = b.rows(*t, buffer_b);
    REQUIRE(x.size == y.size);
    CHECK(x.position == nullptr);
    merged += y.position != nullptr ? 1u : 0u;
    for (std::size_t i = 0; i < x.size; ++i, ++rows) {
      CHECK(x.last_day[i] == y.last_day[i]);
      CHECK(x.length_and_flags[i] == y.length_and_flags[i]);
      CHECK(x.amount[i] == y.amount[i]);
      CHECK(a.high(x, i) == b.high(y, i));
      CHECK(a.entry(x.at(i)) == b.entry(y.at(i)));
    }
  }
  CHECK(rows == one.size());
  CHECK(merged > 10);
}

TEST_CASE("series that share their identities are merged and converted", "[ledger][ledger_view]") {
  observation plain = report("lifts", "east", "2021-06", 50000, "2021-07-03");
  observation scaled = report("lifts", "east", "2021-06", 5, "2021-07-03");
  scaled.unit = "万台";
  observation later = interval("lifts", "east", "2021-07", 6, 7);
  later.unit = "万台";
  observation share = report("lifts", "east", "2021-08", 0.5);
  share.unit = "万台";
  share.form = amount_form::share_of_goal;
  observation missing = without_amount("lifts", "east", "2021-09", reason::withheld);
  missing.unit = "万台";
  ledger book;
  book.append(std::vector{plain, scaled, later, share, missing});
  const ledger_view view = book.view();
  const auto series = view.series_at(*view.find_text("lifts"), *view.find_text("east"));
  REQUIRE(series.size() == 2);
  std::vector<series_part> parts;
  for (const series_id s : series) {
    parts.push_back({s, view.text(view.key(s).unit) == "万台" ? unit_scale::times(10000) : unit_scale()});
  }
  row_buffer buffer;
  const row_slice rows = view.rows(parts, buffer);
  CHECK(amounts_of(rows) == std::vector<double>{50000, 50000, 60000, 0.5, static_cast<double>(reason::withheld)});
  CHECK(view.high(rows, 2) == 70000);
  CHECK(flags_of(rows, row_flag::tie) == std::vector<std::uint32_t>{0, 0, 0, 0, 0});  // 5万台 is 50000台
  CHECK(flags_of(rows, row_flag::followed) == std::vector<std::uint32_t>{row_flag::followed, 0, 0, 0, 0});
  CHECK(view.entry(rows.at(2)).low == 6);  // as it was reported
}

TEST_CASE("a scale rounds once", "[ledger][ledger_view]") {
  CHECK(unit_scale::divided_by(100)(7) == 0.07);
  CHECK(unit_scale::times(10000)(5.85) == 58500);
  CHECK(unit_scale()(0.1) == 0.1);
  CHECK(unit_scale().is_identity());
  CHECK_FALSE(unit_scale::divided_by(1000).is_identity());
}

TEST_CASE("the high end of an interval is found beside the columns (R11)", "[ledger][ledger_view]") {
  const auto [one, many] = in_one_run_and_in_many(
      {report("a", "", "2021-01", 1), interval("a", "", "2021-02", 97, 99), report("a", "", "2021-03", 5), interval("a", "", "2021-04", 1, 8)});
  for (const ledger& book : {one, many}) {
    const ledger_view view = book.view();
    row_buffer buffer;
    const row_slice rows = view.rows(series_of(view, "a", ""), buffer);
    std::vector<double> high;
    for (std::size_t i = 0; i < rows.size; ++i) high.push_back(view.high(rows, i));
    CHECK(high == std::vector<double>{1, 99, 5, 8});
  }
}

TEST_CASE("series are found by their texts and by indicator and place, in every layer", "[ledger][ledger_view]") {
  ledger book;
  std::set<std::string> places;
  for (int i = 0; i < 300; ++i) {
    const std::string place = "place" + std::to_string(i % 150);
    places.insert(place);
    observation o = report("lifts", place, "2021-06", i);
    if (i >= 150) o.dimensions = {{"sex", "f"}};
    book.append(o);
    if (i % 47 == 0) {
      const ledger_view so_far = book.view();
      CHECK(so_far.series_at(*so_far.find_text("lifts"), *so_far.find_text(place)).size() == (i < 150 ? 1 : 2));
    }
  }
  const ledger_view view = book.view();
  CHECK(view.series_count() == 300);
  for (const std::string& place : places) {
    auto found = view.series_at(*view.find_text("lifts"), *view.find_text(place));
    REQUIRE(found.size() == 2);
    std::sort(found.begin(), found.end());
    CHECK(view.text(view.key(found[0]).place) == place);
    CHECK(view.key(found[0]).dimensions == 0);
    CHECK(view.dimensions(view.key(found[1]).dimensions) ==
          std::vector<std::pair<std::string_view, std::string_view>>{{"sex", "f"}});
    CHECK(view.find_series(view.key(found[1])) == found[1]);
  }
  CHECK(view.series_at(*view.find_text("lifts"), *view.find_text("lifts")).empty());
  CHECK_FALSE(view.find_text("unheard of").has_value());
  series_key nothing;
  nothing.indicator = *view.find_text("place1");
  CHECK_FALSE(view.find_series(nothing).has_value());
}

TEST_CASE("the empty text is text 0", "[ledger][ledger_view]") {
  const ledger_view view = ledger().view();
  CHECK(view.text_count() == 1);
  CHECK(view.text(0).empty());
  CHECK(view.find_text("") == 0u);
}

TEST_CASE("states are told apart by a growing number", "[ledger][ledger_view]") {
  ledger book;
  auto last = book.view().state_id();
  for (int i = 0; i < 5; ++i) {
    book.append(report("lifts", "east", "2021-06", i));
    CHECK(book.view().state_id() > last);
    last = book.view().state_id();
  }
  CHECK(ledger(book).view().state_id() == last);
  CHECK(ledger().view().state_id() > last);
}

TEST_CASE("runs stay few however entries come", "[ledger][ledger_view]") {
  ledger book;
  std::uint32_t most = 0;
  for (int i = 0; i < 20000; ++i) {
    book.append(report("lifts", "place" + std::to_string(i % 7), "2021-06", i));
    most = std::max(most, book.view().run_count());
  }
  CHECK(book.size() == 20000);
  CHECK(most <= 7);  // the tail, and runs that grow by four
}

TEST_CASE("a batch keeps the recorded day, the author and the source", "[ledger][ledger_view]") {
  observation o = report("lifts", "east", "2021-06", 1, "2021-07-03");
  o.author = "bureau";
  o.source = "https://example.org";
  ledger book;
  book.append(o);
  book.append(o);
  const ledger_view view = book.view();
  REQUIRE(view.batch_count() == 1);
  CHECK(view.recorded(0) == date(2021, 7, 3).days());
  CHECK(view.text(view.author(0)) == "bureau");
  CHECK(view.text(view.batch(0).source) == "https://example.org");
  CHECK(view.max_recorded() == date(2021, 7, 3).days());
}
