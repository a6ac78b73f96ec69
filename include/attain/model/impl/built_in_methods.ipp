#pragma once

#include <attain/model/built_in_methods.hpp>

#include <attain/core/id.hpp>

#include <algorithm>
#include <utility>

namespace attain::inline v0 {
namespace detail {

inline method_rule gives(std::string name, std::uint16_t facts, std::size_t state, std::vector<condition> where = {},
                         std::optional<double> score = {}) {
  return {std::move(name), facts, outcome::state, state, std::move(where), score};
}
inline method_rule cuts(std::string name, std::uint16_t facts, std::size_t bands, std::vector<condition> where = {}) {
  return {std::move(name), facts, outcome::bands, bands, std::move(where), {}};
}
inline method_rule refuses(std::string name, std::uint16_t facts) {
  return {std::move(name), facts, outcome::no_answer, 0, {}, {}};
}

// Bands from the top down; a quantity without an answer gives none.
inline band_list bands_of(std::string name, quantity what, std::vector<band_spec> bands, std::size_t below) {
  return {.quantity = what, .bands = std::move(bands), .below = below, .name = std::move(name)};
}

inline method_spec time_proportional_1() {
  enum : std::size_t { met, on_track, at_risk, behind, missed, not_due };
  enum : std::size_t { by_gap, by_shortfall };
  method_spec m;
  m.name = "time_proportional";
  m.source = "semantics, section S; thresholds of the attain project";
  m.caveat = "the thresholds are ours; no regulation with cut-offs is known";
  m.states = {{"met", role::met, "已完成", "met"},
              {"on_track", role::on_track, "进展正常", "on track"},
              {"at_risk", role::at_risk, "存在风险", "at risk"},
              {"behind", role::behind, "进度滞后", "behind"},
              {"missed", role::missed, "未完成", "missed"},
              {"not_due", role::not_due, "未到期", "not due"}};
  m.rules = {refuses("S1", all_of(fact::not_applicable)),
             gives("S2", all_of(fact::before_start), not_due),
             gives("S3", all_of(fact::reached_for_good), met),
             gives("S4", all_of(fact::out_of_reach), missed),
             gives("S5", all_of(fact::due, fact::covers_due, fact::reached), met),
             gives("S5", all_of(fact::due, fact::covers_due), missed),
             refuses("S5", all_of(fact::due)),
             gives("S6", all_of(fact::nothing_expected), not_due),
             refuses("S7", all_of(fact::unreadable)),
             gives("S8", all_of(fact::reached_reversibly), met),
             gives("S9", all_of(fact::hold, fact::reached), on_track),
             cuts("S9", all_of(fact::hold), by_shortfall),
             refuses("S10", all_of(fact::without_attainment)),
             cuts("S11", 0, by_gap)};
  m.band_lists = {{.quantity = quantity::gap,
                   .bands = {{-0.05, true, on_track, {}}, {-0.15, true, at_risk, {}}},
                   .below = behind,
                   .below_without_answer = true,
                   .name = "gap"},
                  {.quantity = quantity::attainment,
                   .bands = {{0.95, true, at_risk, {}}},
                   .below = behind,
                   .below_without_answer = true,
                   .name = "shortfall"}};
  m.node_bands = by_gap;
  m.ceiling = at_risk;
  return m;
}

// Section 2 of the methodology text; what differs between its editions is the score and the ratio.
inline method_spec open_sdg_states(int version) {
  enum : std::size_t { achieved, substantial, moderate, limited, deterioration };
  method_spec m;
  m.name = "open_sdg";
  m.version = version;
  m.base = base_rule::eve_or_later;
  m.zero_stands_as = 0.001;
  m.deadlines = false;
  m.all_met = achieved;
  m.states = {{"target_achieved", role::met, "目标已实现", "target achieved"},
              {"substantial_progress", role::on_track, "进展显著", "on track"},
              {"moderate_progress", role::at_risk, "有进展但需加快", "progress made but acceleration needed"},
              {"limited_progress", role::behind, "进展有限", "limited progress"},
              {"deterioration", role::behind, "倒退", "deterioration"}};
  return m;
}

// sdg-build of June 2023 (pull request 318): no limit, no score, the ratio with signs as they fall.
inline method_spec open_sdg_1() {
  enum : std::size_t { achieved, substantial, moderate, limited, deterioration };
  enum : std::size_t { by_growth, by_ratio, of_nodes };
  method_spec m = open_sdg_states(1);
  m.states[limited].name = "negligible_progress";
  m.states[limited].english = "negligible progress";
  m.source = "open-sdg/sdg-build, pull request 318 (head 6d3d128af882, June 2023)";
  m.caveat = "it had no roll-up: the bands of nodes are ours. The signs of the ratio mislead where the base is past the goal";
  m.rules = {refuses("not applicable", all_of(fact::not_applicable)), cuts("without target", all_of(fact::open_ended), by_growth),
             gives("achieved", 0, achieved, {{quantity::lead, 0, true}}), cuts("with target", 0, by_ratio)};
  m.band_lists = {bands_of("growth", quantity::plain_growth,
                           {{0.015, true, substantial, {}}, {0.005, true, moderate, {}}, {0, true, limited, {}}}, deterioration),
                  bands_of("growth_ratio", quantity::plain_growth_ratio,
                           {{0.95, true, substantial, {}}, {0.6, true, moderate, {}}, {0, true, limited, {}}}, deterioration)};
  m.band_lists.push_back(bands_of(
      "nodes", quantity::spi, {{0.95, true, substantial, {}}, {0.6, true, moderate, {}}, {0, true, limited, {}}}, deterioration));
  m.node_bands = of_nodes;
  return m;
}

// Version 2 is Open SDG 2.4: published lines of the score, or the constants of the code, rounded to four decimals.
inline method_spec open_sdg_2(bool rounded) {
  enum : std::size_t { achieved, substantial, moderate, limited, deterioration };
  enum : std::size_t { by_growth, by_ratio, by_score };
  method_spec m = open_sdg_states(2);
  m.source = "open-sdg/open-sdg, docs/progress-methodology.md (26d2e38700e4): Open SDG 2.4, after Statistics Canada";
  m.rules = {refuses("not applicable", all_of(fact::not_applicable)), cuts("without target", all_of(fact::open_ended), by_growth),
             gives("achieved", 0, achieved, {{quantity::lead, 0, true}}, 5), cuts("with target", 0, by_ratio)};
  m.band_lists = {bands_of("growth", quantity::growth,
                           {{0.015, true, substantial, {}}, {0.005, true, moderate, {}}, {0, true, limited, {}}}, deterioration),
                  bands_of("growth_ratio", quantity::growth_ratio,
                           {{0.95, true, substantial, {}}, {0.6, true, moderate, {}}, {0, true, limited, {}}}, deterioration),
                  bands_of("score", quantity::score,
                           {{2.5, true, substantial, {}}, {0, true, moderate, {}}, {-2.5, true, limited, {}}}, deterioration)};
  m.band_lists[by_growth].score = {{-0.02, -5}, {0, -2.5}, {0.005, 0}, {0.015, 2.5}, {0.02, 5}};
  m.band_lists[by_ratio].score = {{-0.6, -5}, {0.6, 0}, {1.3, 5}};
  if (rounded) {  // 4.1667·r − 2.5 below 0.6, 7.1429·r − 4.2857 from there on
    m.name = "open_sdg_rounded";
    m.source = "open-sdg/sdg-build, sdg/ProgressMeasure.py (139fede74ba5): the constants of the code, rounded to four decimals";
    m.band_lists[by_ratio].score = {
        {-2.5 / 4.1667, -5}, {0.6, 4.1667 * 0.6 - 2.5}, {0.6, 7.1429 * 0.6 - 4.2857}, {(5 + 4.2857) / 7.1429, 5}};
  }
  m.node_bands = by_score;
  return m;
}

inline method_spec toladata_1() {
  enum : std::size_t { above, on_scope, below };
  method_spec m;
  m.name = "toladata";
  m.source = "mercycorps/toladata (7ca89ab1e5f5), over and under scope of an indicator: actual to date / target to date";
  m.states = {{"above", role::on_track, "高于目标", "above target"},
              {"on_scope", role::on_track, "符合目标", "on track"},
              {"below", role::behind, "低于目标", "below target"}};
  m.rules = {refuses("not applicable", all_of(fact::not_applicable)), refuses("not started", all_of(fact::before_start)),
             refuses("not reporting", all_of(fact::unreadable)), cuts("less is better", all_of(fact::decreasing), 1),
             cuts("more is better", 0, 0)};
  m.band_lists = {
      bands_of("rising", quantity::of_planned, {{1.15, false, above, {}}, {0.85, true, on_scope, {}}}, below),
      bands_of("falling", quantity::of_planned, {{1 / 0.85, false, above, {}}, {1 / 1.15, true, on_scope, {}}}, below),
      bands_of("nodes", quantity::spi, {{1.15, false, above, {}}, {0.85, true, on_scope, {}}}, below)};
  m.node_bands = 2;
  m.deadlines = false;
  return m;
}

inline method_spec global_fund_1() {
  enum : std::size_t { a1, a2, b1, b2, c };
  method_spec m;
  m.name = "global_fund";
  m.source = "The Global Fund, grant rating by indicator performance: A1 above 100 %, A2 90–100, B1 60–89, B2 30–59, C below 30";
  m.caveat =
      "the bands are printed in whole percent; a value is rounded half up to whole percent first. The downgrade for "
      "management issues is a judgement and not part of it";
  m.states = {{"A1", role::on_track, "超出预期", "exceeds expectations"},
              {"A2", role::on_track, "符合预期", "meets expectations"},
              {"B1", role::at_risk, "尚可", "adequate"},
              {"B2", role::behind, "不足但有潜力", "inadequate but potential demonstrated"},
              {"C", role::behind, "不可接受", "unacceptable"}};
  m.rules = {refuses("not applicable", all_of(fact::not_applicable)), refuses("not started", all_of(fact::before_start)),
             refuses("not reported", all_of(fact::unreadable)), cuts("rating", 0, 0)};
  const std::vector<band_spec> bands = {{1, false, a1, {}}, {0.9, true, a2, 1.0}, {0.6, true, b1, 0.89}, {0.3, true, b2, 0.59}};
  m.band_lists = {bands_of("rating", quantity::of_planned, bands, c), bands_of("nodes", quantity::spi, bands, c)};
  for (band_list& list : m.band_lists) list.decimals = 2;
  m.node_bands = 1;
  m.deadlines = false;
  return m;
}

inline method_spec unsd_2023_1() {
  enum : std::size_t { on_track, fair, stagnation };
  method_spec m;
  m.name = "unsd_2023";
  m.source = "UN DESA, SDG Progress Chart 2023, technical note as restated by EUSTAT (EUSTAT-DES/site, _pages/en/metodologia.md)";
  m.verified = false;
  m.caveat = "known through EUSTAT's restatement only";
  m.base = base_rule::eve_or_nearest;
  m.limit_exponent = 0;
  m.states = {{"on_track", role::on_track, "目标已实现或进展顺利", "target met or on track"},
              {"fair_progress", role::at_risk, "有进展但需加快", "fair progress, but acceleration needed"},
              {"stagnation", role::behind, "停滞或倒退", "stagnation or regression"}};
  m.rules = {refuses("not applicable", all_of(fact::not_applicable)), cuts("without target", all_of(fact::open_ended), 0),
             gives("met", 0, on_track, {{quantity::lead, 0, true}}),
             gives("within a point of 0 % or 100 %", all_of(fact::share_at_end), on_track, {{quantity::lead, -0.01, true}}),
             cuts("with target", 0, 1)};
  m.band_lists = {bands_of("growth", quantity::growth, {{0.02, true, on_track, {}}, {0.005, true, fair, {}}}, stagnation),
                  bands_of("share", quantity::change_by_due, {{0.95, true, on_track, {}}, {0.1, true, fair, {}}}, stagnation),
                  bands_of("nodes", quantity::spi, {{0.95, true, on_track, {}}, {0.1, true, fair, {}}}, stagnation)};
  m.node_bands = 2;
  m.deadlines = false;
  return m;
}

inline method_spec germany_1() {
  enum : std::size_t { sun, sun_and_cloud, cloud, thunderstorm };
  enum : std::size_t { held, missed_hold, last_right, last_wrong, by_rest, of_nodes };
  method_spec m;
  m.name = "germany";
  m.source = "German Sustainable Development Strategy, status symbols (open-sdg-site-starter, _pages/en/status.md)";
  m.caveat = "nodes are ours: the strategy shows no symbol above an indicator, which has the worst of its targets (rule worst_status)";
  m.states = {{"sun", role::on_track, "晴", "sun"},
              {"sun_and_cloud", role::at_risk, "晴间多云", "slightly cloudy sun"},
              {"cloud", role::behind, "多云", "cloud"},
              {"thunderstorm", role::behind, "雷雨", "thunderstorm"}};
  m.rules = {refuses("not applicable", all_of(fact::not_applicable)),
             cuts("direction only: last right", all_of(fact::open_ended), last_right, {{quantity::last_change, 0, false}}),
             cuts("direction only: last wrong", all_of(fact::open_ended), last_wrong),
             cuts("met", 0, held, {{quantity::lead, 0, true}}),
             cuts("to hold, not met", all_of(fact::hold), missed_hold),
             cuts("target", 0, by_rest)};
  m.band_lists = {bands_of("held", quantity::mean_change, {{0, true, sun, {}}}, sun_and_cloud),
                  bands_of("missed_hold", quantity::mean_change, {{0, false, cloud, {}}}, thunderstorm),
                  bands_of("last right", quantity::mean_change, {{0, false, sun, {}}}, cloud),
                  bands_of("last wrong", quantity::mean_change, {{0, false, sun_and_cloud, {}}}, thunderstorm),
                  bands_of("rest", quantity::rest_by_due,
                           {{0.95, false, sun, {}}, {0.8, true, sun_and_cloud, {}}, {0, false, cloud, {}}}, thunderstorm),
                  bands_of("nodes", quantity::spi,
                           {{0.95, false, sun, {}}, {0.8, true, sun_and_cloud, {}}, {0, false, cloud, {}}}, thunderstorm)};
  m.node_bands = of_nodes;
  m.deadlines = false;
  return m;
}

inline method_spec hdi_1() {
  enum : std::size_t { very_high, high, medium, low };
  method_spec m;
  m.name = "hdi";
  m.source = "UNDP, Human Development Report 2023/24: groups of human development, cut on three decimals";
  m.states = {{"very_high", role::on_track, "极高", "very high"},
              {"high", role::on_track, "高", "high"},
              {"medium", role::at_risk, "中等", "medium"},
              {"low", role::behind, "低", "low"}};
  m.rules = {refuses("not applicable", all_of(fact::not_applicable)), cuts("group", 0, 0)};
  m.band_lists = {bands_of("group", quantity::attainment,
                           {{0.8, true, very_high, {}}, {0.7, true, high, 0.799}, {0.55, true, medium, 0.699}}, low)};
  m.band_lists[0].decimals = 3;
  m.deadlines = false;
  return m;
}

inline method_spec cn_90_80_60_1() {
  enum : std::size_t { excellent, good, fair, poor };
  method_spec m;
  m.name = "cn_90_80_60";
  m.source = "财政部, 项目支出绩效评价: 90–100 优, 80–89 良, 60–79 中, 0–59 差";
  m.verified = false;
  m.caveat = "the regulation's own wording was not read; the bands are taken as half-open, so that 89.5 is 良";
  m.states = {{"excellent", role::on_track, "优", "excellent"},
              {"good", role::on_track, "良", "good"},
              {"fair", role::at_risk, "中", "fair"},
              {"poor", role::behind, "差", "poor"}};
  m.rules = {refuses("not applicable", all_of(fact::not_applicable)), refuses("not started", all_of(fact::before_start)),
             cuts("grade", 0, 0)};
  m.band_lists = {
      bands_of("grade", quantity::attainment, {{0.9, true, excellent, {}}, {0.8, true, good, {}}, {0.6, true, fair, {}}}, poor)};
  m.deadlines = false;
  return m;
}

inline method_spec earned_value_1() {
  enum : std::size_t { green, amber, red };
  method_spec m;
  m.name = "earned_value";
  m.source =
      "schedule performance index, EV / PV (ANSI/EIA-748); lights of \"Understanding EVA V2\": from 0.95, from 0.85, below";
  m.verified = false;
  m.caveat = "the standard fixes no thresholds; these are one published convention, printed to two decimals";
  m.states = {{"green", role::on_track, "绿灯", "green"},
              {"amber", role::at_risk, "黄灯", "amber"},
              {"red", role::behind, "红灯", "red"}};
  m.rules = {refuses("not applicable", all_of(fact::not_applicable)), refuses("not started", all_of(fact::before_start)),
             refuses("not reported", all_of(fact::unreadable)), cuts("SPI", 0, 0)};
  m.band_lists = {bands_of("spi", quantity::spi, {{0.95, true, green, {}}, {0.85, true, amber, 0.94}}, red)};
  m.band_lists[0].decimals = 2;
  m.deadlines = false;
  return m;
}

// Two-sided: far ahead is a warning about the plan. Nodes are judged by the worse of both indices.
inline method_spec fema_cpi_spi_1() {
  enum : std::size_t { green, yellow, red };
  method_spec m;
  m.name = "fema_cpi_spi";
  m.source =
      "FEMA, MIP dashboard FAQ: SPI and CPI green from 0.95 to 1.05, yellow from 0.90 and to 1.10, red outside; the worse counts";
  m.verified = false;
  m.caveat =
      "two versions of the FAQ differ on whether the indices of tasks are averaged; here money is summed first. A target has no "
      "cost index of its own and is judged by its SPI";
  m.states = {{"green", role::on_track, "绿灯", "green"},
              {"yellow", role::at_risk, "黄灯", "yellow"},
              {"red", role::behind, "红灯", "red"}};
  m.rules = {refuses("not applicable", all_of(fact::not_applicable)), refuses("not started", all_of(fact::before_start)),
             refuses("not reported", all_of(fact::unreadable)), cuts("SPI", 0, 0)};
  const std::vector<band_spec> bands = {
      {1.1, false, red, {}}, {1.05, false, yellow, {}}, {0.95, true, green, {}}, {0.9, true, yellow, {}}};
  m.band_lists = {bands_of("spi", quantity::spi, bands, red), bands_of("cpi", quantity::cpi, bands, red)};
  m.deadlines = false;
  return m;
}

inline method_spec sap_scorecard_1() {
  enum : std::size_t { a, b, c, below_c };
  method_spec m;
  m.name = "sap_scorecard";
  m.source = "SAP Strategy Management, achievement score 100 · actual / target; letters from 90, 80 and 70";
  m.caveat = "targets below 0 have no score: their quotient rewards missing them";
  m.states = {{"A", role::on_track, "A", "A"},
              {"B", role::on_track, "B", "B"},
              {"C", role::at_risk, "C", "C"},
              {"below_C", role::behind, "C 以下", "below C"}};
  m.rules = {refuses("not applicable", all_of(fact::not_applicable)), refuses("not reported", all_of(fact::unreadable)),
             cuts("achievement", 0, 0)};
  const std::vector<band_spec> bands = {{0.9, true, a, {}}, {0.8, true, b, 0.89}, {0.7, true, c, 0.79}};
  m.band_lists = {bands_of("achievement", quantity::of_goal, bands, below_c),
                  bands_of("nodes", quantity::attainment, bands, below_c)};
  for (band_list& list : m.band_lists) list.decimals = 2;
  m.node_bands = 1;
  m.deadlines = false;
  return m;
}

// The words and the lines are those of the guidance; nodes, which have no chance of their own, are judged by the gap.
inline method_spec likelihood_1() {
  enum : std::size_t { met, likely, as_likely_as_not, unlikely, missed, not_due };
  enum : std::size_t { by_chance, of_nodes };
  method_spec m = time_proportional_1();
  m.name = "likelihood";
  m.source =
      "M. D. Mastrandrea et al., Guidance Note for Lead Authors of the IPCC Fifth Assessment Report on Consistent Treatment of "
      "Uncertainties (2010), table 1; the projection is the project's own";
  m.caveat = "the projection was chosen by backtests of the project's own; its chances are of the goal alone, not of data that come late";
  m.states[likely] = {"likely", role::on_track, "很可能达到", "likely"};
  m.states[as_likely_as_not] = {"as_likely_as_not", role::at_risk, "能否达到难以判断", "about as likely as not"};
  m.states[unlikely] = {"unlikely", role::behind, "不太可能达到", "unlikely"};
  std::erase_if(m.rules, [](const method_rule& rule) { return rule.name == "S10" || rule.name == "S11"; });
  for (method_rule& rule : m.rules) {
    if (rule.outcome == outcome::bands) rule.index = 2;
  }
  m.rules.push_back(cuts("chance", 0, by_chance));
  m.band_lists.insert(m.band_lists.begin(), bands_of("chance", quantity::chance,
                                                     {{0.66, true, likely, {}}, {0.33, true, as_likely_as_not, {}}}, unlikely));
  m.node_bands = of_nodes;
  return m;
}

inline const std::vector<method_spec>& all_methods() {
  static const std::vector<method_spec> methods{cn_90_80_60_1(), earned_value_1(),  fema_cpi_spi_1(),  germany_1(),       global_fund_1(),
                                                hdi_1(),         likelihood_1(),    open_sdg_1(),      open_sdg_2(false), open_sdg_2(true),
                                                sap_scorecard_1(), time_proportional_1(), toladata_1(), unsd_2023_1()};
  return methods;
}

}  // namespace detail

ATTAIN_INLINE const method_spec& time_proportional() {
  static const method_spec& method = *find_method("time_proportional");
  return method;
}

ATTAIN_INLINE std::span<const method_spec> built_in_methods() { return detail::all_methods(); }

ATTAIN_INLINE const method_spec* method_meant(std::span<const method_spec> own, std::string_view reference) {
  const method_spec* const found = find_method(own, reference);
  return found != nullptr ? found : find_method(reference);
}

ATTAIN_INLINE std::string reference_to(const method_spec& method) { return method.name + "@" + std::to_string(method.version); }

ATTAIN_INLINE const method_spec* find_method(std::span<const method_spec> among, std::string_view reference) {
  const method_spec* newest = nullptr;
  for (const method_spec& m : among) {
    if (!reference.starts_with(m.name)) continue;
    if (reference_to(m) == reference) return &m;
    if (m.name == reference && (newest == nullptr || m.version > newest->version)) newest = &m;
  }
  return newest;
}

ATTAIN_INLINE const method_spec* find_method(std::string_view reference) { return find_method(built_in_methods(), reference); }

ATTAIN_INLINE std::vector<std::string> nearest_methods(std::string_view reference, std::span<const method_spec> own) {
  std::vector<std::string> known;
  const std::string_view name = reference.substr(0, reference.find('@'));
  for (const auto& methods : {built_in_methods(), own}) {
    for (std::size_t i = methods.size(); i-- > 0;) {  // newer versions first
      known.push_back(methods[i].name == name ? reference_to(methods[i]) : methods[i].name);
    }
  }
  known.erase(std::unique(known.begin(), known.end()), known.end());
  return nearest_ids(reference, known);
}

}  // namespace attain::inline v0
