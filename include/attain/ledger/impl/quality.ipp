#pragma once

#include <attain/core/arguments.hpp>
#include <attain/core/id.hpp>
#include <attain/core/number_text.hpp>
#include <attain/core/sort_stably.hpp>
#include <attain/ledger/binding_scopes.hpp>
#include <attain/ledger/impl/quality_amounts.hpp>
#include <attain/ledger/impl/quality_between.hpp>
#include <attain/ledger/impl/quality_programme.hpp>
#include <attain/ledger/impl/quality_reports.hpp>
#include <attain/ledger/impl/quality_series.hpp>
#include <attain/ledger/quality.hpp>
#include <attain/model/built_in_methods.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <span>
#include <tuple>
#include <utility>

namespace attain::inline v0 {

struct quality_report::data {
  portfolio plan;
  ledger book;
  quality_options options;
  std::vector<quality_finding> findings{};
  std::vector<quality_score> scores{};
  std::vector<std::vector<std::optional<int>>> days_to_report{};  ///< by programme and indicator
};

/// Makes a report, programme by programme and indicator by indicator.
class quality_maker {
 public:
  explicit quality_maker(quality_report::data& made) : made_(made), bound_(scopes_of(made.plan), made.book.view()) {}

  void make() {
    find_what_is_read();
    for (std::uint32_t k = 0; k < made_.plan.programmes().size(); ++k) check_programme(k);
    put_in_order();
    add_consistency();
    add_totals();
  }

 private:
  // Programmes of a portfolio share their ledger: what one of them reads is outside no window.
  void find_what_is_read() {
    for (std::uint32_t k = 0; k < made_.plan.programmes().size(); ++k) {
      const programme& plan = made_.plan.programmes()[k];
      read_windows(plan);
      for (std::uint32_t i = 0; i < plan.indicators().size(); ++i) {
        const asked_for& asked = asked_[i];
        if (asked.is_read) read_days_[plan_number(k, i)].emplace_back(first_day_read(plan, i, asked), asked.due);
      }
      asked_by_programme_.push_back(std::move(asked_));
    }
  }

  std::uint32_t plan_number(std::uint32_t programme, std::uint32_t indicator) const {
    const std::span numbers = made_.plan.indicator_numbers(programme);
    return numbers.empty() ? indicator : numbers[indicator];  // none of a single programme
  }

  void check_programme(std::uint32_t number) {
    const programme& plan = made_.plan.programmes()[number];
    detail::quality_context context(plan, number, bound_, made_.options, made_.findings, made_.scores);
    auto& days = made_.days_to_report.emplace_back(plan.indicators().size());
    const std::vector<char> is_kept = detail::programme_checks::kept(plan, made_.options);
    std::vector<std::vector<detail::placed_amount>> wholes(plan.indicators().size());
    asked_ = std::move(asked_by_programme_[number]);
    for (std::uint32_t i = 0; i < plan.indicators().size(); ++i) {
      if (!is_reported(plan.indicators()[i].kind)) continue;
      const detail::quality_subject subject = subject_of(context, i);
      if (subject.is_read && subject.spec->period) days[i] = subject.days_to_report;
      auto amounts = check_indicator(context, subject);
      if (is_kept[i] != 0) wholes[i] = std::move(amounts);
    }
    detail::programme_checks(context, wholes).check();
  }

  // -- what is due -----------------------------------------------------------------------------------------

  struct asked_for {
    std::int32_t start = 0;
    std::int32_t due = 0;
    bool is_read = false;
    std::vector<std::uint32_t> own_places{};  ///< of targets
    std::vector<std::uint32_t> quota_places{};
    std::vector<detail::asked_of_place> sums{};  ///< of its increments as a whole
  };

  void read_windows(const programme& plan) {
    asked_.assign(plan.indicators().size(), {});
    for (const programme_target& target : plan.targets()) {
      for (const std::uint32_t member : plan.members(target.indicator)) {
        asked_for& of = asked_[member];
        const std::int32_t start = target.window.start.days(), due = target.window.last().days();
        of.start = of.is_read ? (std::min)(of.start, start) : start;
        of.due = of.is_read ? (std::max)(of.due, due) : due;
        of.is_read = true;
        for (const quota_spec& quota : target.spec->quotas) {
          if (const auto place = plan.find_place(quota.place)) of.quota_places.push_back(*place);
        }
        of.own_places.push_back(target.place);
      }
      read_goals(plan, target);
    }
  }

  // What is asked of the sum of increments over a window, in numbers.
  void read_goals(const programme& plan, const programme_target& target) {
    const bool is_of_sum = plan.resolved(target.indicator).kind == indicator_kind::increment && !target.has_categories &&
                           target.cadence.kind != cadence_kind::every && !target.each_period;
    if (!is_of_sum || !target.aim || target.aim->change != change_kind::none) return;
    if (target.aim->kind == aim_kind::rises || target.aim->kind == aim_kind::falls) return;
    auto& sums = asked_[target.indicator].sums;
    const std::int32_t start = target.window.start.days(), due = target.window.last().days();
    sums.push_back({target.place, start, due, target.aim->kind == aim_kind::between ? target.aim->upper : target.aim->goal});
    for (const quota_spec& quota : target.spec->quotas) {
      if (const auto place = plan.find_place(quota.place)) sums.push_back({*place, start, due, quota.goal});
    }
  }

  detail::quality_subject subject_of(const detail::quality_context& context, std::uint32_t indicator) const {
    const asked_for& asked = asked_[indicator];
    const programme_indicator& resolved = context.plan.resolved(indicator);
    detail::quality_subject made{.indicator = indicator, .spec = &context.plan.indicators()[indicator], .is_read = asked.is_read};
    made.start = asked.start;
    made.due = asked.due;
    made.asked = asked.sums;
    if (asked.is_read) made.read_days = read_days_.at(plan_number(context.number, indicator));
    made.days_to_report =
        made_.options.days_to_report.value_or(resolved.allowed_lag.value_or(2 * reporting_days_of(resolved, asked)));
    if (asked.is_read && made.spec->period) {
      const period window{date::from_days(asked.start), date::from_days(asked.due) + 1};
      for (const period& p : whole_periods(*made.spec->period, window)) {
        const std::int32_t last = p.last().days();
        if (last <= context.as_of && last + made.days_to_report <= context.told) made.periods.emplace_back(p.start.days(), last);
      }
    }
    return made;
  }

  // The eve is where baselines are reported, of levels as long before it as their age allows (rules R5, R6, B1). Every step that was
  // done counts (rule R6b), and growth goes back to the first level (rule S11a).
  static std::int32_t first_day_read(const programme& plan, std::uint32_t indicator, const asked_for& asked) {
    const programme_indicator& resolved = plan.resolved(indicator);
    const bool is_level = resolved.kind == indicator_kind::level;
    if (resolved.kind == indicator_kind::steps || (is_level && measures_growth(plan.spec())))
      return (std::numeric_limits<std::int32_t>::min)();
    return asked.start - 1 - (is_level ? resolved.maximum_age.value_or(2 * reporting_days_of(resolved, asked)) : 0);
  }

  static int reporting_days_of(const programme_indicator& resolved, const asked_for& asked) {
    return resolved.reporting_days != 0 ? resolved.reporting_days : asked.due - asked.start + 1;
  }

  static bool measures_growth(const programme_spec& spec) {
    const method_spec* method = method_meant(spec.methods, spec.method);
    return method != nullptr && needs_series(*method);
  }

  /// The places at which reports are due, with or without entries.
  std::vector<std::uint32_t> places_of(const asked_for& asked, std::span<const strand> strands) const {
    std::vector<std::uint32_t> places = asked.quota_places;
    if (places.empty() && strands.empty()) places = asked.own_places;
    for (const strand& of : strands) places.push_back(of.place);
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    return places;
  }

  // -- one indicator ---------------------------------------------------------------------------------------

  std::vector<detail::placed_amount> check_indicator(detail::quality_context& context, const detail::quality_subject& subject) {
    const auto strands = bound_.strands(context.number, subject.indicator);
    detail::report_checks reports(context, subject);
    detail::amount_checks amounts(context, subject);
    detail::between_series between(context, subject, bound_.divisions(context.number, subject.indicator));
    const bool ties_are_authors = subject.spec->kind == indicator_kind::rating;
    std::size_t next = 0, reporting = 0;
    for (const std::uint32_t place : places_of(asked_[subject.indicator], strands)) {
      answer<double> usual = reason::no_observation;
      bool has_reported = false;
      for (; next < strands.size() && strands[next].place == place; ++next) {
        const strand& of = strands[next];
        if (of.comparable == 0) continue;
        detail::read_series(bound_.ledger(), bound_.rows(of, buffer_), context.known, values_);
        if (ties_are_authors) {
          for (auto& value : values_) value.is_ambiguous = value.was_corrected = false;
        }
        reports.see(place, values_);
        const bool is_whole = of.division == strand::undivided && of.step == strand::undivided;
        amounts.see(place, values_, is_whole);
        if (is_whole) usual = amounts.usual();
        between.see(place, of, values_);
        has_reported = has_reported || !values_.empty();
      }
      reporting += has_reported;
      reports.finish_place(place, usual);
      between.finish_place(place);
    }
    reports.finish();
    amounts.finish();
    between.finish();
    if (reporting != 0) reporting_[key_of(context.number, subject.indicator)] = reporting;
    return std::move(between).take_wholes();
  }

  static std::uint64_t key_of(std::uint32_t programme, std::uint32_t indicator) {
    return (std::uint64_t{programme} << 32) | indicator;
  }

  // -- the whole ---------------------------------------------------------------------------------------------

  void put_in_order() {
    const auto key = [](const quality_finding& f) {
      return std::tuple(f.programme, f.indicator, f.place + 1, f.first_day, f.last_day, f.check, f.other);
    };
    sort_stably(std::span(made_.findings), [&](const quality_finding& a, const quality_finding& b) { return key(a) < key(b); });
  }

  // Places with a warning, except one about their plan or the calendar, contradict themselves or others.
  void add_consistency() {
    std::map<std::uint64_t, std::set<std::uint32_t>> doubtful;
    for (const quality_finding& f : made_.findings) {
      const bool contradicts = f.severity == severity::warning && f.place != none && f.check != quality_check::goal_moved &&
                               f.check != quality_check::future_day;
      if (contradicts) doubtful[key_of(f.programme, f.indicator)].insert(f.place);
    }
    for (const auto& [key, places] : reporting_) {
      const auto found = doubtful.find(key);
      quality_score score{.measure = quality_measure::internal_consistency,
                          .programme = static_cast<std::uint32_t>(key >> 32),
                          .indicator = static_cast<std::uint32_t>(key)};
      score.of = places;
      score.divergent = found == doubtful.end() ? 0 : (std::min)(found->second.size(), places);
      score.count = score.of - score.divergent;
      score.share = static_cast<double>(score.count) / static_cast<double>(score.of);
      made_.scores.push_back(score);
    }
  }

  // The sums over the indicators of each programme, before its own; a measure and variant each.
  void add_totals() {
    const auto key = [](const quality_score& s) {
      return std::tuple(s.programme, s.measure, s.variant, s.threshold.value_or(0));
    };
    std::map<std::tuple<std::uint32_t, quality_measure, std::string_view, double>, quality_score> totals;
    for (const quality_score& s : made_.scores) {
      quality_score& sum =
          totals.try_emplace(key(s), quality_score{.measure = s.measure, .programme = s.programme}).first->second;
      sum.count += s.count;
      sum.of += s.of;
      sum.not_calculable += s.not_calculable;
      sum.divergent += s.divergent;
      sum.threshold = s.threshold;
      sum.variant = s.variant;
    }
    for (auto& [of, sum] : totals) {
      if (sum.of != 0) sum.share = static_cast<double>(sum.count) / static_cast<double>(sum.of);
      made_.scores.push_back(sum);
    }
    sort_stably(std::span(made_.scores), [&](const quality_score& a, const quality_score& b) {
      return std::tuple(a.programme, a.indicator + 1, a.measure) < std::tuple(b.programme, b.indicator + 1, b.measure);
    });
  }

  quality_report::data& made_;
  binding bound_;
  std::vector<asked_for> asked_;  ///< of each indicator of the programme at hand
  std::vector<std::vector<asked_for>> asked_by_programme_;
  /// Of each indicator of the portfolio the first and last days of what some programme reads.
  std::map<std::uint32_t, std::vector<std::pair<std::int32_t, std::int32_t>>> read_days_;
  row_buffer buffer_;
  std::vector<detail::reported_value> values_;
  std::map<std::uint64_t, std::size_t> reporting_;  ///< places with entries, by programme and indicator
};

namespace detail {

inline void check_quality_options(const portfolio& plan, const quality_options& options) {
  const auto share = [](double value, std::string_view name) {
    require(value >= 0 && value <= 1, name, value, "a share from 0 to 1");
  };
  share(options.minimum_completeness, "minimum_completeness");
  share(options.minimum_timeliness, "minimum_timeliness");
  require(options.steady_within >= 0 && std::isfinite(options.steady_within), "steady_within", options.steady_within,
          "0 or more");
  require(options.reference_years >= 1, "reference_years", options.reference_years, "1 or more");
  require(options.equal_in_a_row >= 2, "equal_in_a_row", options.equal_in_a_row, "2 or more");
  require(options.days_to_report.value_or(0) >= 0, "days_to_report", options.days_to_report.value_or(0), "0 or more");
  require(options.slips.tolerance > 0 && options.slips.tolerance < 0.5, "slips", options.slips.tolerance,
          "a tolerance above 0 and below 0.5");
  for (std::size_t i = 0; i < options.outliers.size(); ++i) {
    const double threshold = options.outliers[i].threshold;
    require(threshold >= 0 && std::isfinite(threshold), place_of("outliers", i), threshold, "a threshold of 0 or more");
  }
  for (std::size_t i = 0; i < options.related.size(); ++i) {
    const related_indicators& pair = options.related[i];
    require(pair.tolerance >= 0 && std::isfinite(pair.tolerance), place_of("related", i), pair.tolerance,
            "a tolerance of 0 or more");
    for (const std::string& id : {pair.first, pair.second}) {
      const bool is_known = std::any_of(plan.programmes().begin(), plan.programmes().end(), [&](const programme& p) {
        const auto found = p.find_indicator(id);
        return found && is_reported(p.indicators()[*found].kind);
      });
      if (is_known) continue;
      refuse_argument(code::unknown_indicator, place_of("related", i), escaped_excerpt(id), "an indicator that is reported",
                      "no programme has the indicator " + escaped_excerpt(id) + " reported");
    }
  }
}

/// ×10000 (万), ÷100
inline std::string factor_text(double power) {
  const int exponent = static_cast<int>(std::fabs(power));
  std::string text = power < 0 ? "÷1" : "×1";
  text.append(static_cast<std::size_t>(exponent), '0');
  return text + (exponent == 4 ? " (万)" : exponent == 8 ? " (亿)" : "");
}

/// Four significant digits of what is computed, all of what was reported.
inline std::string rounded_text(double x) {
  if (x == 0 || !std::isfinite(x)) return x == 0 ? "0" : "∞";
  const double unit = std::pow(10.0, 3 - std::floor(std::log10(std::fabs(x))));
  const double shown = std::fabs(x) >= 1000 ? std::round(x * 100) / 100 : std::round(x * unit) / unit;
  return to_text(shown);
}

/// Fills the places of a sentence; a place without text drops the `[…]` around it.
template <class TextOf>
std::string fill_sentence(std::string_view from, const TextOf& text_of) {
  std::string filled, part;
  bool in_part = false, is_whole = true;
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::string& to = in_part ? part : filled;
    if (from[i] == '[') {
      in_part = is_whole = true;
      part.clear();
    } else if (from[i] == ']') {
      if (is_whole) filled += part;
      in_part = false;
    } else if (from[i] == '{') {
      const std::size_t end = from.find('}', i);
      const std::string text = text_of(from.substr(i + 1, end - i - 1));
      is_whole = is_whole && !text.empty();
      to += text;
      i = end;
    } else {
      to += from[i];
    }
  }
  return filled;
}

}  // namespace detail

ATTAIN_INLINE quality_report quality(const portfolio& plan, const ledger& book, const quality_options& options) {
  detail::check_quality_options(plan, options);
  auto made = std::make_shared<quality_report::data>(quality_report::data{plan, book, options});
  quality_maker(*made).make();
  return quality_report(std::move(made));
}

ATTAIN_INLINE date quality_report::as_of() const noexcept { return data_->options.as_of; }
ATTAIN_INLINE std::optional<date> quality_report::known_at() const noexcept { return data_->options.known_at; }
ATTAIN_INLINE const portfolio& quality_report::plan() const noexcept { return data_->plan; }
ATTAIN_INLINE const ledger& quality_report::book() const noexcept { return data_->book; }
ATTAIN_INLINE std::optional<int> quality_report::days_to_report(std::uint32_t programme, std::uint32_t indicator) const noexcept {
  return data_->days_to_report[programme][indicator];
}
ATTAIN_INLINE std::span<const quality_finding> quality_report::findings() const noexcept { return data_->findings; }
ATTAIN_INLINE std::span<const quality_score> quality_report::scores() const noexcept { return data_->scores; }

ATTAIN_INLINE const std::string& quality_report::programme_id(const quality_finding& of) const noexcept {
  return data_->plan.programmes()[of.programme].id();
}

ATTAIN_INLINE std::string_view quality_report::indicator_id(const quality_finding& of) const noexcept {
  if (of.indicator == none) return {};
  return data_->plan.programmes()[of.programme].indicators()[of.indicator].id;
}

ATTAIN_INLINE std::string_view quality_report::place_id(const quality_finding& of) const noexcept {
  return of.place == none ? std::string_view() : data_->plan.programmes()[of.programme].places()[of.place].id;
}

ATTAIN_INLINE std::string_view quality_report::target_id(const quality_finding& of) const noexcept {
  return of.target == none ? std::string_view() : data_->plan.programmes()[of.programme].targets()[of.target].spec->id;
}

ATTAIN_INLINE std::string_view quality_report::other_id(const quality_finding& of) const noexcept {
  if (of.other == none) return {};
  const programme& plan = data_->plan.programmes()[of.programme];
  switch (of.check) {
    case quality_check::same_series:
    case quality_check::same_evidence:
      return plan.places()[of.other].id;
    case quality_check::categories_differ:
      return plan.indicators()[of.indicator].dimensions[of.other].id;
    default:
      return plan.indicators()[of.other].id;
  }
}

ATTAIN_INLINE std::string quality_report::sentence(const quality_finding& of, language in) const {
  const auto number = [](const answer<double>& x) { return x.has_value() ? detail::rounded_text(*x) : std::string(); };
  const auto share = [](const answer<double>& x) { return x.has_value() ? detail::rounded_text(*x * 100) + "%" : std::string(); };
  return detail::fill_sentence(sentence_of(of.check, in), [&](std::string_view place) -> std::string {
    if (place == "value") return number(of.value);
    if (place == "value%") return share(of.value);
    if (place == "expected") return number(of.expected);
    if (place == "expected%") return share(of.expected);
    if (place == "score") return number(of.score);
    if (place == "score%") return share(of.score);
    if (place == "threshold") return number(of.threshold);
    if (place == "effect") return number(of.effect);
    if (place == "factor") return detail::factor_text(of.threshold.value_or(0));
    if (place == "variant") return std::string(of.variant);
    if (place == "other") return escaped_excerpt(other_id(of));
    return std::to_string(of.n);
  });
}

ATTAIN_INLINE std::optional<observation> quality_report::entry(const quality_finding& of) const {
  if (!of.entry) return std::nullopt;
  return data_->book.view().entry(*of.entry);
}

}  // namespace attain::inline v0
