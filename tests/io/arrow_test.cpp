#include <attain/core/error.hpp>
#include <attain/engine/evaluate.hpp>
#include <attain/io/arrow.hpp>
#include <attain/io/csv.hpp>

#include "ledger/quality_scene.hpp"
#include "support/builders.hpp"
#include "support/catch.hpp"
#include "support/small_stack.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

using namespace attain;

namespace {

const programme& plan() {
  static const programme p([] {
    programme_spec city = test::city();
    city.indicators[test::in_city::score] = test::increment("score", "分");  // instead of a function of the user
    return city;
  }());
  return p;
}

ledger book() {
  return io::ledger_from_csv(
      "indicator,place,period,amount,missing,withdrawn,note\n"
      "lifts,south,2021-01,40,,,first\n"
      "lifts,west,2021-01,,,true,\n"
      "lifts,west,2021-02,180余,,,\n"
      "lifts,west,2021-03,,withheld,,\n",
      plan());
}

evaluation now() { return evaluate(plan(), book(), {.as_of = date(2021, 3, 31)}); }

io::table through_arrow(const io::table& t) {
  ArrowArrayStream stream{};
  io::export_stream(t, &stream);
  return io::import_stream(&stream);
}

void check_equal(const io::table& a, const io::table& b) {
  REQUIRE(a.rows == b.rows);
  REQUIRE(a.columns.size() == b.columns.size());
  for (std::size_t c = 0; c < a.columns.size(); ++c) {
    const io::column &x = a.columns[c], &y = b.columns[c];
    INFO(x.name);
    CHECK(x.name == y.name);
    CHECK(x.kind == y.kind);
    for (std::size_t row = 0; row < a.rows; ++row) {
      CHECK(x.is_missing(row) == y.is_missing(row));
      if (x.is_missing(row)) continue;
      if (x.kind == io::column_kind::number) CHECK(x.numbers[row] == y.numbers[row]);
      if (x.kind == io::column_kind::flag) CHECK(x.flags[row] == y.flags[row]);
      if (x.kind == io::column_kind::word) CHECK(x.word(row) == y.word(row));
      if (x.kind == io::column_kind::count || x.kind == io::column_kind::day) CHECK(x.integers[row] == y.integers[row]);
    }
  }
}

/// A stream of one array that says how often it was released.
struct counted {
  ArrowArrayStream stream{};
  std::string format = "+s";
  int released = 0;

  counted() {
    stream.private_data = this;
    stream.get_schema = [](ArrowArrayStream* from, ArrowSchema* out) {
      auto& self = *static_cast<counted*>(from->private_data);
      *out = ArrowSchema{};
      out->format = self.format.c_str();
      out->release = [](ArrowSchema* schema) { schema->release = nullptr; };
      return 0;
    };
    stream.get_next = [](ArrowArrayStream*, ArrowArray*) { return 5; };
    stream.get_last_error = [](ArrowArrayStream*) { return "the disk is gone"; };
    stream.release = [](ArrowArrayStream* from) {
      ++static_cast<counted*>(from->private_data)->released;
      from->release = nullptr;
    };
  }
};

}  // namespace

TEST_CASE("tables come back through an Arrow stream", "[io][arrow]") {
  for (const io::table& t : {io::target_table(now()), io::target_table(now(), io::result_places::every), io::project_table(now()),
                             io::ledger_table(book()), io::ledger_table(ledger()), io::table{}}) {
    check_equal(t, through_arrow(t));
  }
  test::quality_scene slipped;
  auto amounts = test::ordinary_year();
  amounts[4] *= 1000;
  slipped.months("east", amounts);
  const quality_report report = slipped.report_now();
  REQUIRE(io::quality_table(report).rows > 0);
  check_equal(io::quality_table(report), through_arrow(io::quality_table(report)));
  check_equal(io::quality_score_table(report), through_arrow(io::quality_score_table(report)));
}

TEST_CASE("a ledger comes back through an Arrow stream", "[io][arrow]") {
  ledger back;
  append_table(back, through_arrow(io::ledger_table(book())));
  CHECK(back == book());
}

TEST_CASE("numbers, days and positions are not copied on either side", "[io][arrow]") {
  const io::table t = io::target_table(now(), io::result_places::every);
  const io::table back = through_arrow(t);
  CHECK(back.at("attainment").numbers.data() == t.at("attainment").numbers.data());
  CHECK(back.at("data_day").integers.data() == t.at("data_day").integers.data());

  ArrowArrayStream stream{};
  io::export_stream(t, &stream);
  ArrowArray batch{};
  REQUIRE(stream.get_next(&stream, &batch) == 0);
  const auto at = static_cast<std::size_t>(&t.at("target") - t.columns.data());
  CHECK(batch.children[at]->buffers[1] == t.at("target").integers.data());
  batch.release(&batch);
  stream.release(&stream);
}

TEST_CASE("what is exported lives until its last part is released, on any thread", "[io][arrow]") {
  ArrowArrayStream stream{};
  io::export_stream(io::target_table(now(), io::result_places::every), &stream);
  ArrowArray batch{};
  REQUIRE(stream.get_next(&stream, &batch) == 0);
  ArrowArray end{};
  REQUIRE(stream.get_next(&stream, &end) == 0);
  CHECK(end.release == nullptr);
  CHECK(stream.get_last_error(&stream) == nullptr);
  stream.release(&stream);
  CHECK(stream.release == nullptr);

  ArrowArray child = *batch.children[7];  // taken out, as the interface allows
  batch.children[7]->release = nullptr;
  std::thread([&batch] { batch.release(&batch); }).join();
  CHECK(batch.release == nullptr);
  const auto* readings = static_cast<const double*>(child.buffers[1]);
  CHECK(readings[0] == now().data().cells.reading[0]);
  child.release(&child);
}

TEST_CASE("a schema says names, types and what may be missing", "[io][arrow]") {
  ArrowSchema schema{};
  io::export_schema(io::target_table(now()), &schema);
  CHECK(std::string_view(schema.format) == "+s");
  const auto child = [&](std::string_view name) -> const ArrowSchema& {
    for (std::int64_t i = 0; i < schema.n_children; ++i) {
      if (schema.children[i]->name == name) return *schema.children[i];
    }
    FAIL("no column " << name);
    return schema;
  };
  CHECK(std::string_view(child("reading").format) == "g");
  CHECK(child("reading").flags == ARROW_FLAG_NULLABLE);
  CHECK(child("coverage").flags == 0);
  CHECK(std::string_view(child("data_day").format) == "tdD");
  CHECK(std::string_view(child("is_hold").format) == "b");
  CHECK(std::string_view(child("status").format) == "i");
  CHECK(std::string_view(child("status").dictionary->format) == "u");
  schema.release(&schema);
  CHECK(schema.release == nullptr);
}

TEST_CASE("a stream is released once, whether it can be read or not", "[io][arrow]") {
  counted broken;
  CHECK_THROWS_AS(io::import_stream(&broken.stream), invalid_input);
  CHECK(broken.released == 1);

  counted column;
  column.format = "g";
  CHECK_THROWS_AS(io::import_stream(&column.stream), invalid_input);
  CHECK(column.released == 1);
}

TEST_CASE("a column of lists within lists is refused on a small stack, however deep they are (P1)", "[io][arrow]") {
  // Every level has the next one as its only child; the outermost is the table itself.
  struct nested {
    std::vector<ArrowSchema> levels = std::vector<ArrowSchema>(100'000);
    std::vector<ArrowSchema*> children;
    std::vector<ArrowArray> arrays = std::vector<ArrowArray>(levels.size());
    std::vector<ArrowArray*> array_children;
    bool is_done = false;
    ArrowArrayStream stream{};

    nested() {
      children.resize(levels.size());
      array_children.resize(levels.size());
      for (std::size_t i = 0; i < levels.size(); ++i) {
        const bool is_last = i + 1 == levels.size();
        levels[i].format = is_last ? "g" : "+s";
        levels[i].name = "deep";
        levels[i].n_children = is_last ? 0 : 1;
        children[i] = is_last ? nullptr : &levels[i + 1];
        levels[i].children = &children[i];
        levels[i].release = [](ArrowSchema* one) { one->release = nullptr; };
        arrays[i].length = 1;
        arrays[i].n_children = levels[i].n_children;
        array_children[i] = is_last ? nullptr : &arrays[i + 1];
        arrays[i].children = &array_children[i];
        arrays[i].release = [](ArrowArray* one) { one->release = nullptr; };
      }
      stream.private_data = this;
      stream.get_schema = [](ArrowArrayStream* from, ArrowSchema* out) {
        *out = static_cast<nested*>(from->private_data)->levels[0];
        return 0;
      };
      stream.get_next = [](ArrowArrayStream* from, ArrowArray* out) {
        auto& self = *static_cast<nested*>(from->private_data);
        *out = std::exchange(self.is_done, true) ? ArrowArray{} : self.arrays[0];
        return 0;
      };
      stream.get_last_error = [](ArrowArrayStream*) -> const char* { return nullptr; };
      stream.release = [](ArrowArrayStream* from) { from->release = nullptr; };
    }
  };
  test::run_on_stack(256 * 1024, [] {
    nested deep;
    try {
      io::import_stream(&deep.stream);
      FAIL("read");
    } catch (const invalid_input& refused) {
      CHECK(refused.findings()[0].where == "deep");
    }
  });
}

TEST_CASE("an error of the stream is told in its own words", "[io][arrow]") {
  counted broken;
  try {
    io::import_stream(&broken.stream);
    FAIL("nothing was thrown");
  } catch (const invalid_input& e) {
    CHECK(e.code() == code::malformed);
    CHECK(e.findings()[0].text == "the disk is gone");
  }
}
