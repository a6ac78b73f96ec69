/** Observations from CSV on several threads: what comes out, and what is refused, is what one thread gives. */
#include <attain/core/error.hpp>
#include <attain/io/csv.hpp>
#include <attain/ledger/ledger_image.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <random>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

using namespace attain;

namespace {

/// Texts are cut into parts of at least this size.
constexpr std::size_t part_bytes = std::size_t{1} << 16;

/// The same to the last bit: texts, series and batches with the same numbers, rows in the same places.
bool same_image(const ledger& a, const ledger& b) {
  const ledger_image_view x = image_of(a), y = image_of(b);
  const auto all = [](const ledger_image_tables& t) {
    return std::tie(t.text_lengths, t.text_bytes, t.indicator, t.place, t.dimensions, t.step, t.stage, t.scope, t.unit,
                    t.recorded, t.author, t.source);
  };
  const auto same = [](auto p, auto q) { return std::equal(p.begin(), p.end(), q.begin(), q.end()); };
  return all(x.tables) == all(y.tables) &&
         std::equal(x.runs.begin(), x.runs.end(), y.runs.begin(), y.runs.end(),
                    [&](const run_image_view& r, const run_image_view& s) {
                      return r.series == s.series && r.count == s.count && same(r.last_day, s.last_day) &&
                             same(r.length_and_flags, s.length_and_flags) && same(r.batch, s.batch) && same(r.amount, s.amount) &&
                             same(r.high_rows, s.high_rows) && same(r.high, s.high) && same(r.evidence_rows, s.evidence_rows) &&
                             same(r.evidence, s.evidence) && same(r.note_rows, s.note_rows) && same(r.note, s.note) &&
                             same(r.key_rows, s.key_rows) && same(r.key, s.key);
                    });
}

struct read_outcome {
  std::vector<observation> entries{};
  ledger book{};
  std::vector<finding> refused{}, book_refused{};
};

read_outcome outcome_of(std::string_view csv, io::csv_options options, int threads) {
  options.threads = threads;
  read_outcome found;
  try {
    found.entries = io::parse_observations(csv, "book.csv", options);
  } catch (const error& refused) {
    found.refused = refused.findings();
  }
  try {
    found.book = io::ledger_from_csv(csv, "book.csv", options);
  } catch (const error& refused) {
    found.book_refused = refused.findings();
  }
  return found;
}

/// Checks several threads against one, whose outcome is returned.
read_outcome check_threads(std::string_view csv, const io::csv_options& options = {},
                           std::initializer_list<int> threads = {2, 3, 7}) {
  const read_outcome one = outcome_of(csv, options, 1);
  for (const int count : threads) {
    CAPTURE(count);
    const read_outcome several = outcome_of(csv, options, count);
    CHECK(several.entries == one.entries);
    CHECK(several.refused == one.refused);
    CHECK(several.book_refused == one.book_refused);
    CHECK(same_image(several.book, one.book));
  }
  return one;
}

/// Rows at random until the text has a size, as offices and spreadsheets write them.
std::string random_text(unsigned seed, std::size_t size, std::string_view line_end) {
  std::mt19937 random(seed);
  const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
  const auto one_of = [&](std::initializer_list<const char*> words) {
    return std::string(words.begin()[below(static_cast<unsigned>(words.size()))]);
  };
  const auto quoted = [&] {
    std::string cell = "\"";
    for (unsigned n = below(9); n > 0; --n) cell += one_of({"\n", "\r\n", "\"\"", ",", "电梯", "a, b", "\n\n", "=", "x"});
    return cell + "\"";
  };
  std::string text = "indicator,place,period,amount,unit,recorded,dimensions,evidence,note,key";
  for (unsigned row = 0; text.size() < size; ++row) {
    text += line_end;
    if (below(50) == 0) continue;  // a blank row
    text += "i" + std::to_string(below(30)) + "," + one_of({"east", "west", "\"the, north\"", ""}) + ",20" +
            std::to_string(10 + below(12)) + "-" + one_of({"01", "06", "12"}) + "," +
            one_of({"12", "5.85万", "\"1,200\"", "180余", "3.25"}) + "," + one_of({"", "人"}) + ",";
    if (below(2) == 0) text += "2024-01-" + std::to_string(10 + below(19));
    text += "," + one_of({"", "sex=f", "sex=f;age=15"}) + "," + one_of({"", "sheet 1", "sheet 2"}) + ",";
    if (below(2) == 0) text += quoted();
    text += below(2) == 0 ? "," : ",k" + std::to_string(row);
  }
  return text + std::string(line_end);
}

}  // namespace

TEST_CASE("a text is read on several threads as on one", "[io][csv]") {
  const auto seed = GENERATE(range(1u, 9u));
  CAPTURE(seed);
  const std::string text = random_text(seed, (2 + seed % 3) * part_bytes + seed, seed % 2 == 0 ? "\n" : "\r\n");
  const read_outcome one = check_threads(seed % 3 == 0 ? "\xef\xbb\xbf" + text : text);
  REQUIRE(one.refused == std::vector<finding>{});
  CHECK(one.entries.size() > 1000);
  CHECK(one.book.size() == one.entries.size());
}

TEST_CASE("a text may be cut anywhere between threads", "[io][csv]") {
  const std::string row = "lifts,2021-01,4,\n";
  const std::string odd =
      "lifts,2021-01,4,\"a\n\"\"\nlifts,2021-02,5,\n,\"\"\"\r\nlifts,2021-02,6,\"\r\n\r\n\"\r\n\r\nlifts,2021-03,7,\"\"\n\n";
  std::string head = "indicator,period,amount,note\n", tail;
  while (head.size() < part_bytes) head += row;
  while (tail.size() < head.size() + odd.size()) tail += row;
  // The middle of the text, where it is cut, goes from one end of the odd rows to the other.
  for (std::size_t more = 0; more <= 2 * odd.size() + 4; ++more) {
    CAPTURE(more);
    const std::string text = head + "lifts,2021-01,4," + std::string(more, 'x') + "\n" + odd + tail;
    const read_outcome one = check_threads(text, {}, {2});
    REQUIRE(one.refused.empty());
  }
}

TEST_CASE("GB 18030 is read on several threads as on one", "[io][csv]") {
  std::string text = "\xd6\xb8\xb1\xea,\xca\xb1\xc6\xda,\xca\xfd\xd6\xb5,\xb1\xb8\xd7\xa2\n";
  while (text.size() < 4 * part_bytes) text += "lifts,2021-01,4,\"\xb5\xe7\n\xcc\xdd\x81\x39\xee\x39\"\n";
  const io::csv_options gb{.encoding = io::text_encoding::gb18030};
  CHECK(check_threads(text, gb).entries.size() > 1000);
  text[3 * part_bytes] = '\xff';
  check_threads(text, gb);
}

TEST_CASE("several threads tell the problems that one would tell, in its order", "[io][csv]") {
  const auto seed = GENERATE(range(1u, 25u));
  CAPTURE(seed);
  std::mt19937 random(seed);
  std::string text = random_text(seed, 3 * part_bytes, "\n");
  for (unsigned harm = 0; harm < 1 + seed % 3; ++harm) {
    const std::size_t at = random() % text.size();
    switch (random() % 8) {
      case 0:
        text[at] = '"';
        break;
      case 1:
        text[at] = '\n';
        break;
      case 2:
        text.insert(at, "\n\xef\xbb\xbf");
        break;
      case 3:
        text[at] = '\xff';
        break;
      case 4:
        text[at] = '\0';
        break;
      case 5:
        text.insert(at, "\ni1,east,2021-13,x,,,,,,\n");
        break;
      case 6:
        text.insert(at, "\r");
        break;
      default:
        text.resize(at);
        text += "\"";
    }
  }
  check_threads(text);
}

TEST_CASE("a problem in every row is told by several threads as by one", "[io][csv]") {
  std::string text = "indicator,period,amount\n";
  while (text.size() < 3 * part_bytes) text += "no id!\t,2021-13,twelve\n";
  CHECK(check_threads(text).refused.size() == 201);
}

TEST_CASE("a key with two contents is found at its cell, whichever thread read it", "[io][csv]") {
  std::string text = "indicator,period,amount,note,key\nlifts,2021-01,4,,one\n";
  while (text.size() < 3 * part_bytes) text += "lifts,2021-02,4,\"a\nb\",\n";
  const auto line = std::count(text.begin(), text.end(), '\n') + 1;
  text += "lifts,2021-01,5,,one\n";
  const read_outcome one = check_threads(text);
  CHECK(one.refused.empty());
  REQUIRE_FALSE(one.book_refused.empty());
  CHECK(one.book_refused[0].where == "book.csv:" + std::to_string(line) + ":18");
}

TEST_CASE("less than one thread is refused", "[io][csv]") {
  try {
    io::parse_observations("indicator,period,amount\n", {}, {.threads = 0});
    FAIL("read");
  } catch (const invalid_option& refused) {
    CHECK(refused.findings().at(0).where == "threads");
  }
}
