#include "io/archive_values.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"

#include <attain/core/number_text.hpp>
#include <attain/io/csv.hpp>
#include <attain/io/json.hpp>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace attain;
using io::snapshot_form;

namespace {

std::filesystem::path archives() { return test::source_dir() / "tests" / "data" / "archives"; }

std::string bytes_in(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file);
  return {std::istreambuf_iterator<char>(file), {}};
}

template <class T, class Text>
std::string said(const answer<T>& value, Text&& text) {
  return value.has_value() ? std::string(text(*value)) : "(" + std::string(to_string(value.why())) + ")";
}

/// Every result of an evaluation as lines of text, numbers to the last bit.
std::string lines_of(const evaluation& all) {
  std::string lines;
  const auto number = [](const answer<double>& value) { return said(value, [](double v) { return to_text(v); }); };
  const auto state = [](const answer<attain::status>& value) {
    return said(value, [](const attain::status& s) { return s.name(); });
  };
  for (const std::string& method : all.methods()) {
    const evaluation now = all.by(method);
    for (const target_result& target : now.targets(true)) {
      lines += method + "," + target.id() + "," + target.place() + "," + number(target.reading()) + "," +
               number(target.attainment()) + "," + number(target.expected()) + "," + number(target.gap()) + "," +
               state(target.status()) + "\n";
    }
    std::vector<project_result> waiting{now.root()};
    while (!waiting.empty()) {
      const project_result node = waiting.back();
      waiting.pop_back();
      lines += method + "," + node.id() + "," + node.place() + "," + number(node.attainment()) + "," + number(node.expected()) +
               "," + number(node.lower()) + "," + number(node.upper()) + "," + state(node.status()) + "\n";
      for (const project_result& within : node.projects()) waiting.push_back(within);
    }
  }
  return lines;
}

/// The snapshots of one version of the format; each has both forms.
std::vector<std::filesystem::path> versions() {
  std::vector<std::filesystem::path> all;
  for (const auto& entry : std::filesystem::directory_iterator(archives())) {
    if (entry.is_directory()) all.push_back(entry.path());
  }
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace

TEST_CASE("every released format is read for ever, value by value (S6)", "[io][archive]") {
  REQUIRE(versions().size() == io::snapshot_version);
  for (const std::filesystem::path& version : versions()) {
    for (const snapshot_form form : test::both_forms) {
      INFO(version << ", " << io::to_string(form));
      const auto stored = [&](const char* kind) {
        return (version / (std::string(kind) + "." + std::string(to_string(form)))).string();
      };
      const auto programme_read = io::load_snapshot<programme>(stored("programme"));
      CHECK(io::to_json(programme_read.spec()) == bytes_in(version / "programme.json"));
      CHECK(io::to_csv(io::load_snapshot<ledger>(stored("ledger")).observations()) == bytes_in(version / "observations.csv"));
      CHECK(io::to_json(io::load_snapshot<method_spec>(stored("method"))) == bytes_in(version / "method.json"));
      const auto evaluation_read = io::load_snapshot<evaluation>(stored("evaluation"));
      CHECK(lines_of(evaluation_read) == bytes_in(version / "results.csv"));
      CHECK(evaluation_read.plan().programmes()[0] == programme_read);
    }
  }
}

TEST_CASE("the present format is what its stored files are, byte for byte", "[io][archive]") {
  const std::filesystem::path version = archives() / std::to_string(io::snapshot_version);
  for (const snapshot_form form : test::both_forms) {
    for (const char* kind : {"programme", "ledger", "evaluation", "method"}) {
      INFO(kind << ", " << io::to_string(form));
      const std::string stored = bytes_in(version / (std::string(kind) + "." + std::string(to_string(form))));
      std::string again;
      if (kind == std::string_view("programme")) again = io::to_snapshot(io::from_snapshot<programme>(stored), form);
      if (kind == std::string_view("ledger")) again = io::to_snapshot(io::from_snapshot<ledger>(stored), form);
      if (kind == std::string_view("evaluation")) again = io::to_snapshot(io::from_snapshot<evaluation>(stored), form);
      if (kind == std::string_view("method")) again = io::to_snapshot(io::from_snapshot<method_spec>(stored), form);
      CHECK(again.substr(again.find('\n')) == stored.substr(stored.find('\n')));
    }
  }
}

TEST_CASE("the files of this version are written to the folder archives here", "[.][write_archives]") {
  const std::filesystem::path to = "archives";
  std::filesystem::create_directory(to);
  const auto put = [&](const std::string& name, const std::string& bytes) {
    std::ofstream(to / name, std::ios::binary) << bytes;
  };
  const method_spec& method = *find_method("open_sdg");
  for (const snapshot_form form : test::both_forms) {
    const std::string ending = "." + std::string(to_string(form));
    put("programme" + ending, io::to_snapshot(test::archived_programme(), form));
    put("ledger" + ending, io::to_snapshot(test::archived_ledger(), form));
    put("evaluation" + ending, io::to_snapshot(test::archived_evaluation(), form));
    put("method" + ending, io::to_snapshot(method, form));
  }
  put("programme.json", io::to_json(test::archived_programme().spec()));
  put("observations.csv", io::to_csv(test::archived_ledger().observations()));
  put("method.json", io::to_json(method));
  put("results.csv", lines_of(test::archived_evaluation()));
}
