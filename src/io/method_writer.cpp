#include "method_writer.hpp"

#include "method_reader.hpp"

#include <string>
#include <string_view>

namespace attain::inline v0::io::detail {

namespace {

class method_writer {
 public:
  method_writer(json_text& out, const method_spec& method) : out_(out), m_(method) {}

  void write(bool is_file) {
    const method_spec absent;
    out_.open_object();
    if (is_file) text("format", method_format);
    text("name", m_.name);
    if (m_.version != absent.version) number("version", m_.version);
    if (!m_.source.empty()) text("source", m_.source);
    if (!m_.verified) truth("verified", false);
    if (!m_.caveat.empty()) text("caveat", m_.caveat);
    if (m_.base != absent.base) text("base", attain::to_string(m_.base));
    if (m_.zero_stands_as) number("zero_stands_as", *m_.zero_stands_as);
    if (m_.limit_exponent != absent.limit_exponent) number("limit_exponent", m_.limit_exponent);
    if (m_.changes != absent.changes) number("changes", m_.changes);
    if (m_.fewest_changes != absent.fewest_changes) number("fewest_changes", m_.fewest_changes);
    list("states", m_.states);
    list("bands", m_.band_lists);
    list("rules", m_.rules);
    out_.name("nodes");
    out_.open_object();
    text("bands", bands(m_.node_bands));
    if (m_.ceiling) text("ceiling", state(*m_.ceiling));
    if (!m_.deadlines) truth("deadlines", false);
    if (m_.all_met) text("all_met", state(*m_.all_met));
    out_.close();
    out_.close();
  }

 private:
  std::string_view state(std::size_t number) {
    if (number < m_.states.size()) return m_.states[number].name;
    return refuse(number, "a state");
  }
  std::string_view bands(std::size_t number) {
    if (number < m_.band_lists.size()) return m_.band_lists[number].name;
    return refuse(number, "a band list");
  }
  std::string_view refuse(std::size_t number, const char* what) {
    out_.refuse(code::unknown_state, std::to_string(number), what, "the method refers to what it does not have");
    return {};
  }

  void text(std::string_view name, std::string_view value) {
    out_.name(name);
    out_.text(value);
  }
  void number(std::string_view name, double value) {
    out_.name(name);
    out_.number(value);
  }
  void truth(std::string_view name, bool value) {
    out_.name(name);
    out_.truth(value);
  }
  template <class Element>
  void list(std::string_view name, const std::vector<Element>& elements) {
    out_.name(name);
    out_.open_list();
    for (const Element& one : elements) put(one);
    out_.close();
  }

  void put(const state_spec& state) {
    out_.open_object();
    text("name", state.name);
    text("role", attain::to_string(state.role));
    if (!state.chinese.empty()) text("zh", state.chinese);
    if (!state.english.empty()) text("en", state.english);
    out_.close();
  }

  void put(const band_list& bands) {
    out_.open_object();
    text("name", bands.name);
    text("quantity", attain::to_string(bands.quantity));
    if (!bands.bands.empty()) list("edges", bands.bands);
    text("below", state(bands.below));
    if (bands.below_without_answer) truth("below_without_answer", true);
    if (bands.decimals) number("decimals", *bands.decimals);
    if (!bands.score.empty()) list("score", bands.score);
    out_.close();
  }

  void put(const band_spec& band) {
    out_.open_object();
    number(band.closed ? "from" : "above", band.edge);
    if (band.upper) number("to", *band.upper);
    text("state", state(band.state));
    out_.close();
  }

  void put(const score_point& point) {
    out_.open_list();
    out_.number(point.at);
    out_.number(point.score);
    out_.close();
  }

  void put(const method_rule& rule) {
    out_.open_object();
    if (!rule.name.empty()) text("name", rule.name);
    if (rule.facts != 0) {
      out_.name("facts");
      out_.open_list();
      for (std::size_t bit = 0; bit < fact_count; ++bit) {
        if ((rule.facts >> bit & 1u) != 0) out_.text(fact_words[bit]);
      }
      out_.close();
    }
    if (!rule.where.empty()) list("where", rule.where);
    switch (rule.outcome) {
      case outcome::state:
        text("state", state(rule.index));
        break;
      case outcome::bands:
        text("bands", bands(rule.index));
        break;
      case outcome::no_answer:
        truth("no_answer", true);
        break;
    }
    if (rule.score) number("score", *rule.score);
    out_.close();
  }

  void put(const condition& asked) {
    out_.open_object();
    text("quantity", attain::to_string(asked.quantity));
    number(asked.closed ? "from" : "above", asked.edge);
    out_.close();
  }

  json_text& out_;
  const method_spec& m_;
};

}  // namespace

void write_method(json_text& out, const method_spec& method, bool is_file) { method_writer(out, method).write(is_file); }

}  // namespace attain::inline v0::io::detail
