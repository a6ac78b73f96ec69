#include <attain/core/error.hpp>
#include <attain/io/iati.hpp>

#include "support/catch.hpp"
#include "support/paths.hpp"
#include "support/small_stack.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <random>
#include <sstream>
#include <streambuf>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace attain;

namespace {

std::string text_of_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  REQUIRE(in);
  return {std::istreambuf_iterator<char>(in), {}};
}

const std::string& wells() {
  static const std::string text = text_of_file(test::source_dir() / "tests" / "data" / "iati" / "wells.xml");
  return text;
}

/// A file with one indicator, of which the attributes and what is in it are given.
std::string activity_with(std::string_view attributes, std::string_view within, std::string_view version = "2.03") {
  std::string xml = "<iati-activities version=\"";
  xml.append(version).append(
      "\"><iati-activity><iati-identifier>A</iati-identifier><result "
      "type=\"1\"><title><narrative>R</narrative></title><indicator ");
  xml.append(attributes).append("><title><narrative>I</narrative></title>").append(within);
  return xml + "</indicator></result></iati-activity></iati-activities>";
}

std::string period_of_2016(std::string_view within) {
  return "<period><period-start iso-date=\"2016-01-01\"/><period-end iso-date=\"2016-12-31\"/>" + std::string(within) +
         "</period>";
}

std::vector<finding> errors_in(std::string_view xml, const io::iati_options& options = {}) {
  try {
    io::iati_from_xml(xml, options);
  } catch (const invalid_input& refused) {
    return refused.findings();
  }
  return {};
}

bool has(const std::vector<finding>& findings, code what) {
  return std::any_of(findings.begin(), findings.end(), [&](const finding& f) { return f.code == what; });
}

bool names_rule(const std::vector<finding>& findings, std::string_view rule) {
  return std::any_of(findings.begin(), findings.end(), [&](const finding& f) {
    return f.message.find("IATI rule " + std::string(rule) + ")") != std::string::npos;
  });
}

const target_spec& target_named(const programme& plan, std::string_view id) {
  return *plan.targets()[plan.target_index(id)].spec;
}

/// A stream that fails after so many bytes.
class failing_buffer final : public std::streambuf {
 public:
  failing_buffer(std::string_view text, std::size_t good) : text_(text.substr(0, good)) {}

 private:
  int_type underflow() override {
    if (at_ == text_.size()) throw std::ios_base::failure("the disk is gone");
    setg(&byte_, &byte_, &byte_ + 1);
    byte_ = text_[at_++];
    return traits_type::to_int_type(byte_);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  char byte_ = 0;
};

}  // namespace

// -- what is mapped --------------------------------------------------------------------------------

TEST_CASE("an activity is a project, a result one within it, and every period of an indicator a target", "[io][iati]") {
  const io::iati_results read = io::iati_from_xml(wells());
  CHECK(read.refused == 0);
  REQUIRE(read.plan.spec().projects.size() == 1);
  const project_spec& activity = read.plan.spec().projects[0];
  CHECK(activity.id == "AA-AAA-123%2Fwells");
  CHECK(activity.name == "Wells for the north");
  CHECK(activity.text == "Drill and keep up wells.");
  CHECK(activity.responsible == std::vector<std::string>{"Water office"});
  CHECK(activity.window == period{date{2016, 1, 1}, date{2019, 1, 1}});
  CHECK(activity.note ==
        "iati reporting-org: AA-AAA-123\niati reporting-org-type: 21\niati reporting-org-name: Wells & Water\niati "
        "activity-status: 2");
  REQUIRE(activity.projects.size() == 2);
  CHECK(activity.projects[0].id == "AA-AAA-123%2Fwells:1");
  CHECK(activity.projects[0].note == "iati type: 1\niati aggregation-status: 1");
  CHECK(activity.projects[1].note == "iati type: 2\niati reference: 99 H");

  const target_spec& first = target_named(read.plan, "AA-AAA-123%2Fwells:1.1@2016");
  CHECK(first.aim == at_least(60));
  CHECK(first.baseline == 40.0);
  CHECK(first.window == parse_period("2016"));
  const target_spec& north = target_named(read.plan, "AA-AAA-123%2Fwells:1.1@2016#2");
  CHECK(north.place == "AA-AAA-123%2Fwells:north");
  CHECK(north.aim == at_least(35));
  CHECK(north.baseline == 25.0);
  CHECK(target_named(read.plan, "AA-AAA-123%2Fwells:1.1@2017").text == "As agreed in May.");
  CHECK(target_named(read.plan, "AA-AAA-123%2Fwells:1.1@2016#3").place == "AA-AAA-123%2Fwells:south");
  CHECK_FALSE(target_named(read.plan, "AA-AAA-123%2Fwells:1.1@2016#3").aim);
}

TEST_CASE("percentages are held as shares, and less can be better", "[io][iati]") {
  const io::iati_results read = io::iati_from_xml(wells());
  const target_spec& broken = target_named(read.plan, "AA-AAA-123%2Fwells:1.2@2016-07-01..2017-06-30");
  CHECK(broken.aim == at_most(0.1));
  CHECK(broken.baseline == 0.3);
  const auto entries = read.book.entries("AA-AAA-123%2Fwells:1.2", "");
  REQUIRE(entries.size() == 1);
  CHECK(entries[0].low == 0.005);
  CHECK(entries[0].author == "AA-AAA-123");
}

TEST_CASE("a target whose indicator does not say whether more is better has no aim, unless the caller says it", "[io][iati]") {
  const io::iati_results open = io::iati_from_xml(wells());
  const target_spec& cases = target_named(open.plan, "AA-AAA-123%2Fwells:2.1@2016");
  CHECK_FALSE(cases.aim);
  CHECK(cases.note == "iati value: 20");
  CHECK(cases.disaggregation == std::vector<std::pair<std::string, std::string>>{{"sex", "female"}});
  CHECK(has(open.findings, code::undeclared_direction));

  const io::iati_results said = io::iati_from_xml(wells(), {.direction = aim_kind::at_most});
  CHECK(target_named(said.plan, "AA-AAA-123%2Fwells:2.1@2016").aim == at_most(20));
  CHECK(target_named(said.plan, "AA-AAA-123%2Fwells:1.1@2016").aim == at_least(60));  // the file says so itself
  CHECK_FALSE(has(said.findings, code::undeclared_direction));
}

TEST_CASE("what is no number is kept as text, and missing is never zero", "[io][iati]") {
  const io::iati_results read = io::iati_from_xml(wells());
  const auto cases = read.book.entries("AA-AAA-123%2Fwells:2.1", "");
  REQUIRE(cases.size() == 2);
  const auto text = std::find_if(cases.begin(), cases.end(), [](const observation& o) { return o.dimensions.empty(); });
  REQUIRE(text != cases.end());
  CHECK(text->missing == reason::not_comparable);
  CHECK(text->note == "iati value: 41 - 43");
  CHECK(names_rule(read.findings, "8.10.2"));
  const auto said = read.book.entries("AA-AAA-123%2Fwells:2.2", "");
  REQUIRE(said.size() == 1);
  CHECK(said[0].missing == reason::not_comparable);
  CHECK(said[0].note == "Water is nearer.");
  const auto absent = io::iati_from_xml(activity_with("measure=\"1\"", period_of_2016("<actual/>"))).book.observations();
  REQUIRE(absent.size() == 1);
  CHECK(absent[0].missing == reason::no_observation);
}

TEST_CASE("numbers of IATI have digits and one point; nothing else is guessed to be one", "[io][iati]") {
  const auto amount = [](std::string_view value) -> std::optional<double> {
    const auto book =
        io::iati_from_xml(activity_with("measure=\"1\"", period_of_2016("<actual value=\"" + std::string(value) + "\"/>"))).book;
    const observation entry = book.observations().at(0);
    return entry.missing ? std::nullopt : std::optional(entry.low);
  };
  CHECK(amount(".2") == 0.2);
  CHECK(amount(" 5. ") == 5);
  CHECK(amount("+7") == 7);
  CHECK(amount("-0.5") == -0.5);
  CHECK(amount("0.10") == 0.1);
  CHECK(amount("1e15") == 1e15);
  for (const char* text :
       {"20,000", "1,5", "5%", "N/A", "-", ".", "12 000", "２", "0x10", "NaN", "1.2.3", "5万", "1e", "1e999"}) {
    CAPTURE(text);
    CHECK_FALSE(amount(text));
  }
}

TEST_CASE("what an actual is and when it was recorded is said by the caller", "[io][iati]") {
  const io::iati_results read = io::iati_from_xml(wells(), {.kind = indicator_kind::increment, .recorded = date{2018, 2, 1}});
  CHECK(read.plan.indicators()[0].kind == indicator_kind::increment);
  CHECK(read.plan.indicators()[1].kind == indicator_kind::level);  // percentages do not add up
  CHECK(read.book.last_recorded() == date{2018, 2, 1});
  CHECK(io::iati_from_xml(wells()).plan.indicators()[0].across_places == combination::sum);
  CHECK_THROWS_AS(io::iati_from_xml(wells(), {.kind = indicator_kind::rating}), invalid_option);
  CHECK_THROWS_AS(io::iati_from_xml(wells(), {.direction = aim_kind::about}), invalid_option);
}

TEST_CASE("flags that contradict values are findings, and both are read as they stand", "[io][iati]") {
  const auto target = [](std::string_view ascending, int goal) {
    return io::iati_from_xml(activity_with(
        "measure=\"1\" ascending=\"" + std::string(ascending) + "\"",
        "<baseline year=\"2015\" value=\"50\"/>" + period_of_2016("<target value=\"" + std::to_string(goal) + "\"/>")));
  };
  const io::iati_results falls = target("1", 40);
  CHECK(has(falls.findings, code::direction_contradicts));
  CHECK(falls.plan.targets()[0].aim == at_least(40));
  CHECK(has(target("0", 60).findings, code::direction_contradicts));
  CHECK_FALSE(has(target("1", 60).findings, code::direction_contradicts));
  CHECK_FALSE(has(target("0", 50).findings, code::direction_contradicts));
}

TEST_CASE("two baselines of one thing are no baseline", "[io][iati]") {
  const io::iati_results read = io::iati_from_xml(activity_with(
      "measure=\"1\" ascending=\"1\"",
      "<baseline year=\"2014\" value=\"1\"/><baseline year=\"2015\" value=\"2\"/>" + period_of_2016("<target value=\"3\"/>")));
  CHECK(has(read.findings, code::conflicting_fields));
  CHECK_FALSE(read.plan.targets()[0].baseline);
}

// -- what is refused -------------------------------------------------------------------------------

TEST_CASE("all problems are reported at once, at their place", "[io][iati]") {
  const std::string xml =
      "<iati-activities version=\"2.03\">\n<iati-activity>\n <iati-identifier>A</iati-identifier>\n <result>\n  "
      "<title><narrative>R</narrative></title>\n"
      "  <indicator measure=\"1\" ascending=\"maybe\"><title/>\n   <period><period-start iso-date=\"2016-13-01\"/></period>\n  "
      "</indicator>\n </result>\n"
      "</iati-activity>\n</iati-activities>";
  const auto found = errors_in(xml);
  REQUIRE(found.size() == 5);
  CHECK(found[0].where == "4:2#iati-activity[1]/result[1]/@type");
  CHECK(found[1].where == "6:44#iati-activity[1]/result[1]/indicator[1]/title[1]");
  CHECK(found[2].where == "6:3#iati-activity[1]/result[1]/indicator[1]/@ascending");
  CHECK(found[2].text == "maybe");
  CHECK(found[3].where == "7:4#iati-activity[1]/result[1]/indicator[1]/period[1]");
  CHECK(found[4].where == "7:12#iati-activity[1]/result[1]/indicator[1]/period[1]/period-start[1]/@iso-date");
}

TEST_CASE("one bad activity refuses the file, unless good ones are asked for", "[io][iati]") {
  std::string xml = wells();
  const std::string bad =
      "<iati-activity><iati-identifier>B</iati-identifier><result type=\"1\"/></iati-activity></iati-activities>";
  xml.replace(xml.find("</iati-activities>"), std::string::npos, bad);
  CHECK(errors_in(xml).size() == 2);
  const io::iati_results good = io::iati_from_xml(xml, {.partial = true});
  CHECK(good.refused == 1);
  CHECK(good.plan.spec().projects == io::iati_from_xml(wells()).plan.spec().projects);
  CHECK(has(good.findings, code::missing_field));
}

TEST_CASE("an identifier that stands twice is refused with both places", "[io][iati]") {
  std::string xml = activity_with("measure=\"1\"", period_of_2016("<actual value=\"1\"/>"));
  const std::string activity =
      xml.substr(xml.find("<iati-activity>"), xml.find("</iati-activities>") - xml.find("<iati-activity>"));
  xml.insert(xml.find("</iati-activities>"), "\n" + activity);
  const auto found = errors_in(xml);
  REQUIRE(found.size() == 1);
  CHECK(found[0].code == code::duplicate_id);
  CHECK(found[0].where == "2:1#iati-activity[2]");
  CHECK_THAT(found[0].message, test::EndsWith("the first is at 1:33"));
}

TEST_CASE("a DOCTYPE is refused before anything of it is read", "[io][iati]") {
  for (const std::string_view doctype :
       {"<!DOCTYPE a>", "<!DOCTYPE a SYSTEM \"file:///etc/passwd\">", "<!DOCTYPE a [<!ENTITY e SYSTEM \"http://example.org/\">]>",
        "<!DOCTYPE a [<!ENTITY x \"ha\"><!ENTITY y \"&x;&x;&x;&x;&x;&x;\">]>"}) {
    const auto found = errors_in(std::string(doctype) + wells().substr(wells().find("<iati-activities")));
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == code::malformed_xml);
    CHECK(found[0].message == "the text has a DOCTYPE");
  }
}

TEST_CASE("what is no IATI text is refused with its place", "[io][iati]") {
  const auto only = [](std::string_view xml) {
    const auto found = errors_in(xml);
    return found.size() == 1 ? std::string(to_string(found[0].code)) + " " + found[0].where : std::to_string(found.size());
  };
  CHECK(only("") == "malformed_xml 1:1");
  CHECK(only("text") == "malformed_xml 1:1");
  CHECK(only("<iati-activities>\n<b></iati-activities>") == "malformed_xml 2:6");
  CHECK(only("<html/>") == "wrong_type 1:1");
  CHECK(only("<iati-activities>&unknown;</iati-activities>") == "malformed_xml 1:18");
  CHECK(only("<iati-activities a=\"1\" a=\"2\"/>") == "malformed_xml 1:24");
  CHECK(only("<iati-activities>\x01</iati-activities>") == "malformed_xml 1:18");
  CHECK(only("<iati-activities>\xff</iati-activities>") == "bad_encoding 1:18");
  CHECK(only("<iati-activities a=\"\xc4\xcf\"/>") == "bad_encoding 1:21");
  CHECK(only("<iati-activities>\xe7\x94</iati-activities>") == "bad_encoding 1:18");
  CHECK(only("<iati-activities>\xe7\x94\xb5\x01</iati-activities>") == "malformed_xml 1:19");
  CHECK(only("<?xml version=\"1.0\" encoding=\"EBCDIC\"?><iati-activities/>") == "malformed_xml 1:31");
  CHECK_THROWS_AS(io::read_iati(std::string("/nowhere/at/all.xml")), invalid_input);
}

TEST_CASE("every beginning of a file, and every failing of its source, is refused", "[io][iati]") {
  const std::string xml = activity_with("measure=\"1\"", period_of_2016("<target value=\"1\"/><actual value=\"1\"/>"));
  REQUIRE(errors_in(xml).empty());
  for (std::size_t good = 0; good < xml.size(); ++good) {
    CAPTURE(good);
    CHECK(has(errors_in(std::string_view(xml).substr(0, good)), code::malformed_xml));
    failing_buffer source(xml, good);
    std::istream stream(&source);
    try {
      io::read_iati(stream);
      FAIL("read in half");
    } catch (const invalid_input& refused) {
      CHECK(refused.code() == code::unreadable_file);
    }
  }
}

TEST_CASE("nesting and size are bounded, on a small stack", "[io][iati]") {
  std::string deep = "<iati-activities><iati-activity>";
  for (int i = 0; i < 100'000; ++i) deep += "<result>";
  test::run_on_stack(256 * 1024, [&] {
    const auto found = errors_in(deep);
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == code::too_deep);
  });
  const std::string long_tag =
      "<iati-activities><iati-activity a=\"" + std::string(io::max_tag_bytes * 2, 'a') + "\"/></iati-activities>";
  CHECK(has(errors_in(long_tag), code::too_large));
  const std::string long_text =
      activity_with("measure=\"1\"", "<description><narrative>" + std::string(io::max_activity_bytes + 1, 'a'));
  CHECK(has(errors_in(long_text), code::too_large));
}

// -- what is written -------------------------------------------------------------------------------

TEST_CASE("reading what was written gives the same again", "[io][iati]") {
  const io::iati_results first = io::iati_from_xml(wells());
  const io::iati_text written = io::to_iati(first.plan, first.book);
  CHECK(written.losses.empty());
  const io::iati_results again = io::iati_from_xml(written.xml);
  CHECK(again.plan.spec() == first.plan.spec());
  CHECK(again.book.observations() == first.book.observations());
  CHECK(io::to_iati(again.plan, again.book).xml == written.xml);
}

TEST_CASE("text is escaped, and comes back unchanged", "[io][iati]") {
  const io::iati_results read = io::iati_from_xml(wells());
  programme_spec spec = read.plan.spec();
  const std::string canary = "<script>'\"&amp;]]> =cmd'); DROP é 😀";
  spec.projects[0].name = canary;
  spec.projects[0].projects[0].targets[0].text = canary;
  spec.projects[0].projects[0].source = canary;
  const io::iati_text written = io::to_iati(programme(spec), read.book);
  CHECK(written.xml.find("<script>") == std::string::npos);
  CHECK(io::iati_from_xml(written.xml).plan.spec() == spec);

  spec.projects[0].text = "a\x01";
  CHECK_THROWS_AS(io::to_iati(programme(spec), {}), invalid_input);
}

TEST_CASE("of corrections the last is written, and of what was withdrawn nothing", "[io][iati]") {
  const io::iati_results read = io::iati_from_xml(wells());
  ledger book = read.book;
  observation correction = book.entries("AA-AAA-123%2Fwells:1.2", "").at(0);
  correction.low = correction.high = 0.125;
  correction.recorded = date{2019, 1, 1};
  book.append(correction);
  const auto entries = [&] {
    return io::iati_from_xml(io::to_iati(read.plan, book).xml).book.entries("AA-AAA-123%2Fwells:1.2", "");
  };
  REQUIRE(entries().size() == 1);
  CHECK(entries()[0].low == 0.125);
  correction.withdrawn = true;
  correction.low = correction.high = 0;
  correction.recorded = date{2019, 1, 2};
  book.append(correction);
  CHECK(entries().empty());
}

TEST_CASE("what IATI has no word for is listed", "[io][iati]") {
  programme_spec spec = io::iati_from_xml(wells()).plan.spec();
  target_spec& target = spec.projects[0].projects[0].targets[0];
  target.aim = about(60);
  target.weight = 2;
  const io::iati_text written = io::to_iati(programme(spec), {});
  REQUIRE(written.losses.size() == 2);
  CHECK(written.losses[0].where == "/projects/0/projects/0/targets/0/aim");
  CHECK(written.losses[1].where == "/projects/0/projects/0/targets/0/weight");
}

TEST_CASE("random programmes of IATI's form come back from IATI (property)", "[io][iati]") {
  for (unsigned seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
    const auto maybe = [&](std::string text) { return below(2) == 0 ? std::move(text) : std::string{}; };
    const auto value = [&] {
      static const std::vector<std::string> texts{"0", "12", "-3.25", "1000000", ".5", "N/A", "2,5", "100"};
      return below(8) == 0 ? std::string{} : " value=\"" + texts[below(8)] + "\"";
    };
    const auto about = [&] {
      std::string text;
      if (below(3) == 0) text += "<location ref=\"p" + std::to_string(below(3)) + "\"/>";
      if (below(9) == 0) text += "<location ref=\"a/b+c\"/>";
      if (below(3) == 0) text += "<dimension name=\"sex;=\" value=\"" + std::to_string(below(2)) + "\"/>";
      return text;
    };
    std::string xml = "<iati-activities version=\"2.03\">";
    for (unsigned a = 0; a <= below(3); ++a) {
      xml += "<iati-activity><iati-identifier>X:" + std::to_string(a) + "</iati-identifier><title><narrative>T &lt; " +
             std::to_string(a) + "</narrative></title>";
      for (unsigned r = 0; r <= below(2); ++r) {
        xml += "<result type=\"" + std::to_string(1 + below(3)) + "\"" + maybe(" aggregation-status=\"0\"") +
               "><title><narrative>R</narrative></title>" + maybe("<description><narrative>d</narrative></description>");
        for (unsigned i = 0; i <= below(3); ++i) {
          xml += "<indicator measure=\"" + std::to_string(1 + below(5)) + "\"" +
                 maybe(" ascending=\"" + std::to_string(below(2)) + "\"") + maybe(" aggregation-status=\"true\"") +
                 "><title><narrative>I</narrative></title>" + maybe("<reference vocabulary=\"a b\" code=\"c d\"/>");
          for (unsigned b = below(3); b > 0; --b) xml += "<baseline year=\"2015\"" + value() + ">" + about() + "</baseline>";
          for (unsigned p = below(4); p > 0; --p) {
            const unsigned year = 2015 + below(3);
            xml += "<period><period-start iso-date=\"" + std::to_string(year) + "-01-01\"/><period-end iso-date=\"" +
                   std::to_string(year + below(2)) + "-12-31\"/>";
            for (unsigned t = below(3); t > 0; --t)
              xml += "<target" + value() + ">" + about() + maybe("<comment><narrative>iati value: 3</narrative></comment>") +
                     "</target>";
            for (unsigned t = below(3); t > 0; --t)
              xml += "<actual" + value() + ">" + about() + maybe("<comment><narrative>iati value: 3</narrative></comment>") +
                     "</actual>";
            xml += "</period>";
          }
          xml += "</indicator>";
        }
        xml += "</result>";
      }
      xml += "</iati-activity>";
    }
    const io::iati_results first = io::iati_from_xml(xml + "</iati-activities>");
    if (first.plan.targets().empty()) continue;
    const io::iati_results again = io::iati_from_xml(io::to_iati(first.plan, first.book).xml);
    CHECK(again.plan.targets().size() == first.plan.targets().size());
    CHECK(again.book.observations() == first.book.observations());
    // places that a value left out was about are not written
    programme_spec expected = first.plan.spec();
    programme_spec found = again.plan.spec();
    expected.places.clear();
    found.places.clear();
    for (auto* spec : {&expected, &found}) {
      for (project_spec& activity : spec->projects) {
        activity.note.clear();  // a status is made up where there is none
        activity.window.reset();
      }
      for (indicator_spec& indicator : spec->indicators) indicator.dimensions.clear();
    }
    CHECK(found == expected);
  }
}
