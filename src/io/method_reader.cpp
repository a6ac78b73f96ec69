#include "method_reader.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace attain::inline v0::io::detail {

namespace {

class method_reader {
 public:
  method_reader(json_values& values, method_spec& to) : values_(values), m_(to) {}

  void read(std::uint32_t node, bool is_file) {
    json_fields fields(values_, node, "a method");
    if (is_file) {
      std::string format;
      const auto given = fields.require("format");
      if (given != no_node && values_.read(given, format) && format != method_format)
        values_.refuse(given, code::malformed, "the text is of another format", "\"" + std::string(method_format) + "\"");
    }
    fields.required("name", m_.name);
    fields.optional("version", m_.version);
    fields.optional("source", m_.source);
    fields.optional("verified", m_.verified);
    fields.optional("caveat", m_.caveat);
    fields.optional("base", m_.base);
    fields.optional("zero_stands_as", m_.zero_stands_as);
    fields.optional("limit_exponent", m_.limit_exponent);
    fields.optional("changes", m_.changes);
    fields.optional("fewest_changes", m_.fewest_changes);
    // States first, then bands: rules and nodes name them.
    if (const auto states = fields.require("states"); states != no_node) read_list(states, "a list", m_.states);
    if (const auto lists = fields.require("bands"); lists != no_node) read_list(lists, "a list", m_.band_lists);
    if (const auto rules = fields.require("rules"); rules != no_node) read_list(rules, "a list", m_.rules);
    if (const auto nodes = fields.require("nodes"); nodes != no_node) read_nodes(nodes);
    fields.finish();
  }

 private:
  template <class Spec>
  void read_list(std::uint32_t node, std::string_view expected, std::vector<Spec>& to) {
    values_.each(node, expected, [&](std::uint32_t one) {
      read(one, to.emplace_back());
      if (values_.problems().full()) to.pop_back();  // nobody will look at it, and there may be millions
    });
  }

  void read(std::uint32_t node, state_spec& to) {
    json_fields fields(values_, node, "a state");
    fields.required("name", to.name);
    fields.required("role", to.role);
    fields.optional("zh", to.chinese);
    fields.optional("en", to.english);
    fields.finish();
  }

  void read(std::uint32_t node, band_list& to) {
    json_fields fields(values_, node, "a band list");
    fields.required("name", to.name);
    fields.required("quantity", to.quantity);
    if (const auto edges = fields.find("edges"); edges != no_node) {
      read_list(edges, "a list of bands from the top down", to.bands);
    }
    state(fields, "below", true, to.below);
    fields.optional("below_without_answer", to.below_without_answer);
    if (const auto decimals = fields.find("decimals"); decimals != no_node) {
      int count = 0;
      if (values_.read(decimals, count)) to.decimals = count;
    }
    if (const auto score = fields.find("score"); score != no_node) {
      read_list(score, "a list of points [quantity, score]", to.score);
    }
    fields.finish();
  }

  void read(std::uint32_t node, band_spec& to) {
    json_fields fields(values_, node, "a band");
    edge(fields, to.edge, to.closed);
    state(fields, "state", true, to.state);
    fields.optional("to", to.upper);
    fields.finish();
  }

  void read(std::uint32_t node, score_point& to) {
    std::array<double*, 2> parts{&to.at, &to.score};
    std::size_t count = 0;
    values_.each(node, "a point [quantity, score]", [&](std::uint32_t number) {
      if (count < parts.size()) values_.read(number, *parts[count]);
      ++count;
    });
    const bool is_list = values_.document()[node].kind == json_kind::array;
    if (is_list && count != parts.size())
      values_.refuse(node, code::wrong_type, "the list does not have two elements", "a point [quantity, score]");
  }

  void read(std::uint32_t node, method_rule& to) {
    json_fields fields(values_, node, "a rule");
    fields.optional("name", to.name);
    if (const auto facts = fields.find("facts"); facts != no_node) {
      values_.each(facts, "a list of facts", [&](std::uint32_t one) {
        const std::size_t bit = word(one, fact_words);
        if (bit < fact_count) to.facts = static_cast<std::uint16_t>(to.facts | (1u << bit));
      });
    }
    if (const auto where = fields.find("where"); where != no_node) {
      read_list(where, "a list of conditions", to.where);
    }
    read_outcome(fields, to);
    fields.optional("score", to.score);
    fields.finish();
  }

  void read_outcome(json_fields& fields, method_rule& to) {
    const auto state_node = fields.find("state");
    const auto bands_node = fields.find("bands");
    const auto none_node = fields.find("no_answer");
    const int given = (state_node != no_node) + (bands_node != no_node) + (none_node != no_node);
    if (given != 1) {
      if (values_.document()[fields.node()].kind == json_kind::object)
        values_.refuse(fields.node(), given == 0 ? code::missing_field : code::malformed,
                       given == 0 ? "a rule decides nothing" : "a rule decides one thing", "one of state, bands and no_answer");
      return;
    }
    if (state_node != no_node) state(fields, "state", true, to.index);
    if (bands_node != no_node) {
      to.outcome = outcome::bands;
      bands(bands_node, to.index);
    }
    if (none_node != no_node) {
      to.outcome = outcome::no_answer;
      bool truth = true;
      if (values_.read(none_node, truth) && !truth) values_.refuse(none_node, code::malformed, "a rule decides nothing", "true");
    }
  }

  void read(std::uint32_t node, condition& to) {
    json_fields fields(values_, node, "a condition");
    fields.required("quantity", to.quantity);
    edge(fields, to.edge, to.closed);
    fields.finish();
  }

  void read_nodes(std::uint32_t node) {
    json_fields fields(values_, node, "the judging of nodes");
    if (const auto named = fields.require("bands"); named != no_node) bands(named, m_.node_bands);
    std::size_t found = 0;
    if (state(fields, "ceiling", false, found)) m_.ceiling = found;
    fields.optional("deadlines", m_.deadlines);
    if (state(fields, "all_met", false, found)) m_.all_met = found;
    fields.finish();
  }

  // "from" is an edge that belongs to what is above it, "above" one that does not.
  void edge(json_fields& fields, double& to, bool& closed) {
    const auto from = fields.find("from");
    const auto above = fields.find("above");
    if ((from == no_node) == (above == no_node)) {
      if (values_.document()[fields.node()].kind == json_kind::object)
        values_.refuse(fields.node(), from == no_node ? code::missing_field : code::malformed, "an edge is given once",
                       "from, which the edge belongs to, or above");
      return;
    }
    closed = from != no_node;
    values_.read(closed ? from : above, to);
  }

  bool state(json_fields& fields, std::string_view field, bool required, std::size_t& to) {
    const auto node = required ? fields.require(field) : fields.find(field);
    if (node == no_node) return false;
    std::vector<std::string_view> names;
    for (const state_spec& s : m_.states) names.push_back(s.name);
    return index(node, names, to);
  }

  bool bands(std::uint32_t node, std::size_t& to) {
    std::vector<std::string_view> names;
    for (const band_list& list : m_.band_lists) names.push_back(list.name);
    return index(node, names, to);
  }

  bool index(std::uint32_t node, std::span<const std::string_view> names, std::size_t& to) {
    const std::size_t found = word(node, names);
    if (found == names.size()) return false;
    to = found;
    return true;
  }

  std::size_t word(std::uint32_t node, std::span<const std::string_view> words) {
    if (!values_.is(node, json_kind::string, "a word")) return words.size();
    const auto found = std::find(words.begin(), words.end(), values_.document().string(node));
    if (found == words.end()) values_.refuse_word(node, words);
    return static_cast<std::size_t>(found - words.begin());
  }

  json_values& values_;
  method_spec& m_;
};

}  // namespace

void read_method(json_values& values, std::uint32_t node, bool is_file, method_spec& to) {
  method_reader(values, to).read(node, is_file);
}

}  // namespace attain::inline v0::io::detail
