#include <attain/io/table.hpp>

#include "column_builder.hpp"

#include <string>
#include <vector>

namespace attain::inline v0::io {

namespace {

using namespace detail;

/// What the columns of words point into.
struct quality_texts {
  quality_report report;
  std::vector<std::string> english{};
  std::vector<std::string> chinese{};
  std::vector<observation> entries{};  ///< of findings with an entry, in their order
};

constexpr struct {
  const char* name;
  answer<double> quality_finding::*value;
} amounts[] = {{"value", &quality_finding::value},
               {"expected", &quality_finding::expected},
               {"score", &quality_finding::score},
               {"threshold", &quality_finding::threshold},
               {"effect", &quality_finding::effect}};

constexpr struct {
  const char* name;
  std::string observation::*text;
} entry_texts[] = {{"author", &observation::author},
                   {"source", &observation::source},
                   {"evidence", &observation::evidence},
                   {"key", &observation::key}};

std::int32_t as_count(std::size_t count) { return static_cast<std::int32_t>((std::min)(count, std::size_t{0x7FFFFFFF})); }

}  // namespace

table quality_table(const quality_report& from) {
  const auto kept = std::make_shared<quality_texts>(quality_texts{from});
  const auto findings = kept->report.findings();
  const std::size_t size = findings.size();
  for (const quality_finding& f : findings) {
    kept->english.push_back(from.sentence(f, language::english));
    kept->chinese.push_back(from.sentence(f, language::chinese));
    if (auto entry = from.entry(f)) kept->entries.push_back(*std::move(entry));
  }
  const auto word = [&](const char* name, auto word_of) {
    word_column made(size);
    for (const quality_finding& f : findings) made.add(word_of(f));
    column words = std::move(made).finish(name);
    words.owners.push_back(kept);
    return words;
  };
  const auto number = [&](const char* name, answer<double> quality_finding::*value) {
    number_column made(size);
    for (const quality_finding& f : findings) made.add(f.*value);
    return std::move(made).finish(name);
  };
  const auto day = [&](const char* name, std::int32_t quality_finding::*value) {
    std::vector<std::int32_t> days;
    for (const quality_finding& f : findings) days.push_back(f.*value);
    return integer_column(name, column_kind::day, std::move(days));
  };
  const auto texts = [&](const char* name, const std::vector<std::string>& all) {
    std::size_t next = 0;
    return word(name, [&](const quality_finding&) { return std::string_view(all[next++]); });
  };
  const quality_report& report = kept->report;

  table made{.rows = size};
  made.columns = {
      word("check", [](const quality_finding& f) { return to_string(f.check); }),
      word("severity", [](const quality_finding& f) { return to_string(f.severity); }),
      word("programme", [&](const quality_finding& f) { return std::string_view(report.programme_id(f)); }),
      word("indicator", [&](const quality_finding& f) { return report.indicator_id(f); }),
      word("target", [&](const quality_finding& f) { return report.target_id(f); }),
      word("place", [&](const quality_finding& f) { return report.place_id(f); }),
      word("other", [&](const quality_finding& f) { return report.other_id(f); }),
      day("start", &quality_finding::first_day),
      day("end", &quality_finding::last_day),
  };
  for (const auto& amount : amounts) made.columns.push_back(number(amount.name, amount.value));
  made.columns.push_back(word("variant", [](const quality_finding& f) { return f.variant; }));
  std::vector<std::int32_t> counts, recorded;
  std::vector<std::uint8_t> without_entry;
  std::size_t next = 0;
  for (const quality_finding& f : findings) {
    counts.push_back(as_count(f.n));
    recorded.push_back(f.entry ? kept->entries[next++].recorded->days() : 0);
    without_entry.push_back(f.entry ? std::uint8_t{0} : column::unexplained);
  }
  made.columns.push_back(integer_column("n", column_kind::count, std::move(counts)));
  made.columns.push_back(integer_column("recorded", column_kind::day, std::move(recorded), std::move(without_entry)));
  for (const auto& text : entry_texts) {
    next = 0;
    made.columns.push_back(word(text.name, [&](const quality_finding& f) {
      return f.entry ? std::string_view(kept->entries[next++].*text.text) : std::string_view();
    }));
  }
  made.columns.push_back(texts("sentence", kept->english));
  made.columns.push_back(texts("sentence_chinese", kept->chinese));
  return made;
}

table quality_score_table(const quality_report& from) {
  const auto scores = from.scores();
  const std::size_t size = scores.size();
  const auto word = [&](const char* name, auto word_of) {
    word_column made(size);
    for (const quality_score& s : scores) made.add(word_of(s));
    column words = std::move(made).finish(name);
    words.owners.push_back(from.share());
    return words;
  };
  const auto number = [&](const char* name, answer<double> quality_score::*value) {
    number_column made(size);
    for (const quality_score& s : scores) made.add(s.*value);
    return std::move(made).finish(name);
  };
  const auto count = [&](const char* name, std::size_t quality_score::*value) {
    std::vector<std::int32_t> counts;
    for (const quality_score& s : scores) counts.push_back(as_count(s.*value));
    return integer_column(name, column_kind::count, std::move(counts));
  };
  const auto programmes = from.plan().programmes();
  table made{.rows = size};
  made.columns = {
      word("measure", [](const quality_score& s) { return to_string(s.measure); }),
      word("programme", [&](const quality_score& s) { return std::string_view(programmes[s.programme].id()); }),
      word("indicator",
           [&](const quality_score& s) {
             return s.indicator == none ? std::string_view()
                                        : std::string_view(programmes[s.programme].indicators()[s.indicator].id);
           }),
      number("share", &quality_score::share),
      count("count", &quality_score::count),
      count("of", &quality_score::of),
      count("not_calculable", &quality_score::not_calculable),
      count("divergent", &quality_score::divergent),
      number("threshold", &quality_score::threshold),
      word("variant", [](const quality_score& s) { return s.variant; }),
  };
  return made;
}

}  // namespace attain::inline v0::io
