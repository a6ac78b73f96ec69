/** Every file of json/, csv/, iati/ and dhis2/ is refused with exactly the findings of the `.expected` beside it: one a line, in order, as
    `code where message`, where the message may be the beginning of the real one. A line `…` stands for any number of findings. */
#include "support/catch.hpp"
#include "support/paths.hpp"

#include <attain/core/error.hpp>
#include <attain/core/id.hpp>
#include <attain/io/csv.hpp>
#include <attain/io/dhis2.hpp>
#include <attain/io/iati.hpp>
#include <attain/io/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;
using namespace attain;

fs::path folder() { return test::source_dir() / "tests" / "bad_input"; }

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  REQUIRE(in);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<fs::path> inputs(std::string_view kind) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(folder() / kind)) {
    if (fs::exists(fs::path(entry.path()).replace_extension(".expected")) && entry.path().extension() != ".expected") {
      found.push_back(entry.path());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<std::string> expected_beside(fs::path input) {
  std::ifstream in(input.replace_extension(".expected"));
  REQUIRE(in);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string line_of(const finding& f) {
  return std::string(to_string(f.code)) + " " + (f.where.empty() ? "-" : f.where) + " " + f.message;
}

/// Whether the findings are those expected, from the first on.
void check_findings(const std::vector<finding>& findings, const std::vector<std::string>& expected) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (expected[i] == "…") {
      const std::size_t rest = expected.size() - i - 1;
      REQUIRE(findings.size() >= at + rest);
      at = findings.size() - rest;
      continue;
    }
    REQUIRE(at < findings.size());
    CHECK_THAT(line_of(findings[at]), test::StartsWith(expected[i]));
    ++at;
  }
  CHECK(at == findings.size());
}

/// What every finding promises: text that can be shown anywhere, and not much of it.
void check_manners(const finding& f) {
  INFO(to_string(f));
  CHECK_FALSE(f.message.empty());
  for (const std::string& text : {f.text, f.where, f.expected, f.message}) {
    CHECK_FALSE(find_invalid_utf8(text));
    CHECK(std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }));
  }
  const auto characters = std::count_if(f.text.begin(), f.text.end(),
                                        [](char c) { return (static_cast<unsigned char>(c) & 0xc0u) != 0x80u; });
  CHECK(characters <= 81);
}

template <class Read>
void check_refused(std::string_view kind, std::size_t least, Read&& read) {
  const std::vector<fs::path> files = inputs(kind);
  CHECK(files.size() >= least);
  for (const fs::path& file : files) {
    INFO(file.filename().string());
    const std::string text = bytes_of(file);
    std::vector<finding> findings;
    try {
      read(text);
    } catch (const error& refused) {
      findings = refused.findings();
    }
    check_findings(findings, expected_beside(file));
    for (const finding& f : findings) check_manners(f);
  }
}

TEST_CASE("a bad programme.json is refused with every problem at its place", "[bad_input][json]") {
  check_refused("json", 60, [](std::string_view text) { io::programme_from_json(text); });
}

TEST_CASE("a bad observations.csv is refused with every problem at its place", "[bad_input][csv]") {
  const programme plan = io::read_programme((folder() / "csv" / "programme.json").string());
  check_refused("csv", 60, [&](std::string_view text) { io::ledger_from_csv(text, plan); });
}

TEST_CASE("a bad file of IATI activities is refused with every problem at its place", "[bad_input][iati]") {
  check_refused("iati", 40, [](std::string_view text) { io::iati_from_xml(text); });
}

TEST_CASE("a bad data value set is refused with every problem at its place", "[bad_input][dhis2]") {
  const programme plan = io::read_programme((folder() / "csv" / "programme.json").string());
  check_refused("dhis2", 30, [&](std::string_view text) { io::dhis2_from_json(text, plan); });
}

TEST_CASE("observations as structs are refused for the same as observations in a ledger", "[bad_input][csv]") {
  const programme plan = io::read_programme((folder() / "csv" / "programme.json").string());
  for (const fs::path& file : inputs("csv")) {
    INFO(file.filename().string());
    if (file.stem() == "key_with_two_contents") continue;  // only a ledger knows
    std::vector<finding> findings;
    try {
      io::parse_observations(bytes_of(file), plan);
    } catch (const invalid_input& refused) {
      findings = refused.findings();
    }
    check_findings(findings, expected_beside(file));
  }
}

}  // namespace
