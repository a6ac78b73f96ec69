#include "aim_reader.hpp"

#include <array>
#include <string>
#include <vector>

namespace attain::inline v0::io::detail {

namespace {

class aim_reader {
 public:
  aim_reader(json_values& values, const amount_reader& amounts) : values_(values), amounts_(amounts) {}

  /// Whether there is one aim, its number read or refused.
  bool read(std::uint32_t node, aim& to) {
    json_fields fields(values_, node, "an aim");
    std::uint32_t goal = no_node;
    for (const auto word : words_of<aim_kind>()) {
      const auto found = fields.find(word);
      if (found == no_node) continue;
      if (goal != no_node) {
        values_.refuse(found, code::malformed,
                       "an aim is of one kind, and this one is already " + std::string(to_string(to.kind)),
                       "one of " + one_of(words_of<aim_kind>()));
        continue;
      }
      goal = found;
      to.kind = *parse_word<aim_kind>(word);
    }
    const bool has_edge = to.kind != aim_kind::rises && to.kind != aim_kind::falls;
    if (to.kind == aim_kind::at_least || to.kind == aim_kind::at_most) fields.optional("strict", to.strict);
    if (to.kind == aim_kind::about) optional_tolerance(fields, to);
    if (has_edge) optional_change(fields, to);
    optional_previous(fields, to);
    if (goal == no_node) {
      if (values_.document()[node].kind == json_kind::object) {
        values_.refuse(node, code::missing_field, "an aim needs a kind", one_of(words_of<aim_kind>()));
      }
    } else {
      read_goal(goal, to);
    }
    fields.finish();
    return goal != no_node;
  }

 private:
  void read_goal(std::uint32_t node, aim& to) {
    switch (to.kind) {
      case aim_kind::rises:
      case aim_kind::falls: {
        bool truth = true;
        if (values_.read(node, truth) && !truth) {
          values_.refuse(node, code::malformed, "an aim that does not hold is left out", "true");
        }
        return;
      }
      case aim_kind::between: {
        constexpr std::string_view expected = "a list of two amounts";
        if (!values_.is(node, json_kind::array, expected)) return;
        std::vector<std::uint32_t> edges;
        values_.each(node, expected, [&](std::uint32_t edge) { edges.push_back(edge); });
        if (edges.size() != 2) {
          values_.refuse(node, code::wrong_type, "the list does not have two elements", std::string(expected));
          return;
        }
        read_edge(edges[0], to.change, to.goal);
        read_edge(edges[1], to.change, to.upper);
        return;
      }
      case aim_kind::at_least:
      case aim_kind::at_most:
      case aim_kind::about:
        read_edge(node, to.change, to.goal);
        return;
    }
  }

  void read_edge(std::uint32_t node, change_kind change, double& to) {
    switch (change) {
      case change_kind::none:
        amounts_.read(node, to);
        return;
      case change_kind::amount:
        amounts_.read_change(node, to);
        return;
      case change_kind::percent:
        amounts_.read_percent(node, to);
        return;
    }
  }

  void optional_change(json_fields& fields, aim& to) {
    constexpr std::array<std::string_view, 2> words{"amount", "percent"};
    const auto node = fields.find("change");
    if (node == no_node || !values_.is(node, json_kind::string, "a word")) return;
    const auto change = parse_word<change_kind>(values_.document().string(node));
    if (!change || change == change_kind::none) {
      values_.refuse_word(node, words);
      return;
    }
    to.change = *change;
  }

  void optional_previous(json_fields& fields, aim& to) {
    constexpr std::array<std::string_view, 1> words{"previous_period"};
    const auto node = fields.find("from");
    if (node == no_node || !values_.is(node, json_kind::string, "a word")) return;
    if (values_.document().string(node) != words[0]) {
      values_.refuse_word(node, words);
      return;
    }
    to.from_previous_period = true;
  }

  void optional_tolerance(json_fields& fields, aim& to) {
    fields.optional_share("tolerance", to.tolerance);
    const auto amount = fields.find("tolerance_amount");
    if (amount == no_node) return;
    if (fields.find("tolerance") != no_node) {
      values_.refuse(amount, code::malformed, "the tolerance is given twice", "tolerance or tolerance_amount");
      return;
    }
    to.tolerance_is_amount = amounts_.read_change(amount, to.tolerance);
  }

  json_values& values_;
  const amount_reader& amounts_;
};

}  // namespace

bool read_aim(json_values& values, std::uint32_t node, const amount_reader& amounts, aim& to) {
  return aim_reader(values, amounts).read(node, to);
}

}  // namespace attain::inline v0::io::detail
