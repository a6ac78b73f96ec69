#pragma once

#include <attain/model/impl/check_method.hpp>

#include <attain/core/id.hpp>
#include <attain/model/words.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace attain::inline v0::detail {

/// Checks one method, whose fields lie under `root`.
class method_checker {
 public:
  method_checker(const method_spec& method, const path& root, finding_list& found) : m_(method), root_(root), found_(found) {}

  void run() {
    check_head();
    for (std::size_t i = 0; i < m_.states.size(); ++i) check_state(i);
    for (std::size_t i = 0; i < m_.band_lists.size(); ++i) check_bands(i);
    for (std::size_t i = 0; i < m_.rules.size(); ++i) check_rule(i);
    if (m_.rules.empty() || m_.rules.back().facts != 0 || !m_.rules.back().where.empty()) {
      found_.error(code::undecided, {&root_, "rules"}, "", "a last rule without facts and conditions",
                   "some targets are decided by no rule");
    }
    check_nodes();
  }

 private:
  static constexpr std::size_t most_states = 254;  // states are numbered in a byte, 255 is none

  void check_head() {
    const path name{&root_, "name"};
    if (auto problem = check_id(m_.name, name.text())) found_.add(std::move(*problem));
    if (m_.name.find_first_of("@:") != std::string::npos)
      found_.error(code::invalid_id, name, m_.name, "a name without @ and :", "a name is followed by @ and the version");
    found_.check_count({&root_, "version"}, m_.version, 1, "version");
    found_.check_text({&root_, "source"}, m_.source);
    found_.check_text({&root_, "caveat"}, m_.caveat);
    if (m_.states.empty() || m_.states.size() > most_states)
      found_.error(code::out_of_range, {&root_, "states"}, std::to_string(m_.states.size()), "1 to 254 states",
                   "the method has " + std::to_string(m_.states.size()) + " states");
    if (m_.zero_stands_as) {
      const path zero{&root_, "zero_stands_as"};
      if (found_.check_finite(zero, *m_.zero_stands_as, "substitute for 0") && *m_.zero_stands_as == 0)
        found_.error(code::out_of_range, zero, "0", "a number other than 0", "0 cannot stand for itself");
    }
    const path exponent{&root_, "limit_exponent"};
    if (found_.check_finite(exponent, m_.limit_exponent, "exponent") && m_.limit_exponent < 0)
      found_.error(code::out_of_range, exponent, shown(m_.limit_exponent), "0 or more",
                   "the exponent is " + shown(m_.limit_exponent));
    found_.check_count({&root_, "changes"}, m_.changes, 1, "number of changes");
    found_.check_count({&root_, "fewest_changes"}, m_.fewest_changes, 1, "number of changes");
    if (m_.fewest_changes > m_.changes)
      found_.error(code::out_of_range, {&root_, "fewest_changes"}, std::to_string(m_.fewest_changes),
                   "at most " + std::to_string(m_.changes), "more changes are needed than are looked at");
  }

  void check_state(std::size_t i) {
    const path states{&root_, "states", i};
    const path name{&states, "name"};
    const state_spec& state = m_.states[i];
    if (auto problem = check_id(state.name, name.text())) found_.add(std::move(*problem));
    found_.check_name({&states, "zh"}, state.chinese);
    found_.check_name({&states, "en"}, state.english);
    for (std::size_t k = 0; k < i; ++k) {
      if (m_.states[k].name != state.name) continue;
      found_.error(code::duplicate_id, name, state.name, "a name of its own",
                   "two states are called " + escaped_excerpt(state.name));
      return;
    }
  }

  void check_known_state(const path& where, std::size_t state) {
    if (state < m_.states.size()) return;
    found_.error(code::unknown_state, where, std::to_string(state), "one of the states", "there is no such state");
  }

  void check_bands(std::size_t i) {
    const band_list& list = m_.band_lists[i];
    const path bands{&root_, "bands", i};
    if (auto problem = check_name(list.name, path{&bands, "name"}.text())) found_.add(std::move(*problem));
    for (std::size_t k = 0; k < i; ++k) {
      if (m_.band_lists[k].name == list.name)
        found_.error(code::duplicate_id, {&bands, "name"}, list.name, "a name of its own",
                     "two band lists are called " + escaped_excerpt(list.name));
    }
    if (list.decimals) {
      if (*list.decimals < 0 || *list.decimals > 12)
        found_.error(code::out_of_range, {&bands, "decimals"}, std::to_string(*list.decimals), "0 to 12",
                     "a quantity is rounded to " + std::to_string(*list.decimals) + " decimals");
    }
    for (std::size_t b = 0; b < list.bands.size(); ++b) check_band(list, b, {&bands, "edges", b});
    check_known_state({&bands, "below"}, list.below);
    for (std::size_t p = 0; p < list.score.size(); ++p) check_point(list, p, {&bands, "score", p});
    bool used = m_.node_bands == i || cost_bands(m_) == i;
    for (const method_rule& rule : m_.rules) used = used || (rule.outcome == outcome::bands && rule.index == i);
    found_.check_unused(!used, bands, "a method whose rules do not name it");
  }

  void check_band(const band_list& list, std::size_t b, const path& where) {
    const band_spec& band = list.bands[b];
    check_known_state({&where, "state"}, band.state);
    const path edge{&where, band.closed ? "from" : "above"};
    if (!found_.check_finite(edge, band.edge, "edge")) return;
    if (b > 0) {
      const band_spec& above = list.bands[b - 1];
      if (band.edge > above.edge)
        found_.error(code::edges_out_of_order, edge, shown(band.edge), "at most " + shown(above.edge),
                     "edges go from the top down");
      else if (band.edge == above.edge && (above.closed || !band.closed))
        found_.error(code::unreachable, where, shown(band.edge), "an edge below " + shown(above.edge),
                     "the band above leaves nothing to it");
    }
    if (band.upper) check_upper(list, b, {&where, "to"});
  }

  // The band has to end where the one above begins: there, or with rounded values one step before.
  void check_upper(const band_list& list, std::size_t b, const path& where) {
    const double upper = *list.bands[b].upper;
    if (!found_.check_finite(where, upper, "upper end") || b == 0) return;
    const band_spec& above = list.bands[b - 1];
    const double step = list.decimals && above.closed ? std::pow(10.0, -*list.decimals) : 0;
    const double wanted = above.edge - step;
    const double tolerance = 1e-9 * (std::max)(1.0, std::abs(above.edge));
    if (upper < wanted - tolerance)
      found_.error(code::bands_with_gap, where, shown(upper), shown(wanted),
                   "nothing holds between " + shown(upper) + " and " + shown(above.edge));
    else if (upper > above.edge + tolerance || (step > 0 && upper > wanted + tolerance))
      found_.error(code::bands_overlap, where, shown(upper), shown(wanted), "the band above begins at " + shown(above.edge));
  }

  void check_point(const band_list& list, std::size_t p, const path& where) {
    const score_point& point = list.score[p];
    const bool finite = found_.check_finite(where, point.at, "abscissa") && found_.check_finite(where, point.score, "score");
    if (!finite || p == 0) return;
    const bool third = p > 1 && list.score[p - 2].at == point.at;
    if (point.at < list.score[p - 1].at || third)
      found_.error(code::edges_out_of_order, where, shown(point.at), "more than " + shown(list.score[p - 1].at),
                   "points go from the left to the right, at most two at one place");
  }

  void check_rule(std::size_t i) {
    const method_rule& rule = m_.rules[i];
    const path where{&root_, "rules", i};
    found_.check_name({&where, "name"}, rule.name);
    if (rule.facts >> fact_count != 0)
      found_.error(code::out_of_range, {&where, "facts"}, std::to_string(rule.facts), "known facts", "there is no such fact");
    for (std::size_t c = 0; c < rule.where.size(); ++c) {
      const path condition{&where, "where", c};
      found_.check_finite(condition, rule.where[c].edge, "edge");
      check_is_of_cells(rule.where[c].quantity, {&condition, "quantity"});
    }
    if (rule.outcome == outcome::state) check_known_state({&where, "state"}, rule.index);
    if (rule.outcome == outcome::bands) {
      if (rule.index >= m_.band_lists.size())
        found_.error(code::unknown_state, {&where, "bands"}, std::to_string(rule.index), "one of the band lists",
                     "there is no such band list");
      else
        check_is_of_cells(m_.band_lists[rule.index].quantity, {&where, "bands"});
    }
    if (rule.score) found_.check_finite({&where, "score"}, *rule.score, "score");
    for (std::size_t k = 0; k < i; ++k) {
      const method_rule& before = m_.rules[k];
      const bool hides = (before.facts & rule.facts) == before.facts &&
                         std::all_of(before.where.begin(), before.where.end(), [&](const condition& c) {
                           return std::find(rule.where.begin(), rule.where.end(), c) != rule.where.end();
                         });
      if (!hides) continue;
      found_.error(code::unreachable, where, rule.name, "a rule that asks for less than an earlier one leaves",
                   "rule " + std::to_string(k) + " decides whatever this rule could");
      return;
    }
  }

  void check_is_of_cells(quantity what, const path& where) {
    if (what == quantity::score)
      found_.error(code::wrong_kind, where, to_string(what), "a quantity of a target", "only nodes have a mean score");
    if (what == quantity::cpi)
      found_.error(code::wrong_kind, where, to_string(what), "a quantity of a target", "only nodes have a cost index");
  }

  void check_nodes() {
    const path nodes{&root_, "nodes"};
    if (m_.ceiling) check_known_state({&nodes, "ceiling"}, *m_.ceiling);
    if (m_.all_met) check_known_state({&nodes, "all_met"}, *m_.all_met);
    const path bands{&nodes, "bands"};
    if (m_.node_bands >= m_.band_lists.size()) {
      found_.error(code::unknown_state, bands, std::to_string(m_.node_bands), "one of the band lists",
                   "there is no such band list");
      return;
    }
    const quantity what = m_.band_lists[m_.node_bands].quantity;
    const bool of_nodes = what == quantity::gap || what == quantity::attainment || what == quantity::pace ||
                          what == quantity::spi || what == quantity::score || what == quantity::cpi;
    if (!of_nodes)
      found_.error(code::wrong_kind, bands, to_string(what), "gap, attainment, pace, spi, score or cpi",
                   "a node has no " + std::string(to_string(what)));
    if (what == quantity::score && !gives_scores(m_))
      found_.error(code::method_needs_more, bands, "score", "bands with a score, or another quantity",
                   "no rule and no band list gives a score that nodes could average");
  }

  const method_spec& m_;
  const path& root_;
  finding_list& found_;
};

ATTAIN_INLINE void check_method(const method_spec& method, const path& where, finding_list& found) {
  method_checker(method, where, found).run();
}

}  // namespace attain::inline v0::detail
