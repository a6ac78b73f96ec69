#pragma once

// What the targets of a portfolio ask of its reports: which indicators are read, over which days and at which places.

#include <attain/ledger/binding.hpp>
#include <attain/ledger/impl/totals_so_far.hpp>
#include <attain/model/built_in_methods.hpp>
#include <attain/model/portfolio.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

// What the targets of one programme ask of one indicator.
struct asked_of_indicator {
  std::int32_t start = 0;  ///< first and last day of their windows
  std::int32_t due = 0;
  bool is_read = false;
  std::vector<std::uint32_t> own_places{};  ///< of targets
  std::vector<std::uint32_t> quota_places{};
  std::vector<asked_of_place> sums{};  ///< of its increments as a whole

  void add_window(const period& window) {
    const std::int32_t first = window.start.days(), last = window.last().days();
    start = is_read ? (std::min)(start, first) : first;
    due = is_read ? (std::max)(due, last) : last;
    is_read = true;
  }

  int reporting_days_of(const programme_indicator& resolved) const noexcept {
    return resolved.reporting_days != 0 ? resolved.reporting_days : due - start + 1;
  }

  /// The places at which reports are due, with or without entries.
  std::vector<std::uint32_t> places_with(std::span<const strand> strands) const {
    std::vector<std::uint32_t> places = quota_places;
    if (places.empty() && strands.empty()) places = own_places;
    for (const strand& of : strands) places.push_back(of.place);
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    return places;
  }
};

class asked_of_reports {
 public:
  using days = std::pair<std::int32_t, std::int32_t>;  ///< first and last

  explicit asked_of_reports(const portfolio& plan) : plan_(plan) {
    for (std::uint32_t k = 0; k < plan.programmes().size(); ++k) {
      read_targets(plan.programmes()[k]);
      note_days_read(k);
    }
  }

  const asked_of_indicator& of(std::uint32_t programme, std::uint32_t indicator) const { return asked_[programme][indicator]; }

  /// What some programme reads of an indicator that is read. Programmes of a portfolio share their ledger: what one of them reads
  /// is outside no window.
  std::span<const days> days_read(std::uint32_t programme, std::uint32_t indicator) const {
    return days_read_.at(plan_number(programme, indicator));
  }

 private:
  void read_targets(const programme& plan) {
    auto& asked = asked_.emplace_back(plan.indicators().size());
    for (const programme_target& target : plan.targets()) {
      for (const std::uint32_t member : plan.members(target.indicator)) {
        asked[member].add_window(target.window);
        for (const quota_spec& quota : target.spec->quotas) {
          if (const auto place = plan.find_place(quota.place)) asked[member].quota_places.push_back(*place);
        }
        asked[member].own_places.push_back(target.place);
      }
      read_goals(plan, target, asked[target.indicator].sums);
    }
  }

  // What is asked of the sum of increments over a window, in numbers.
  static void read_goals(const programme& plan, const programme_target& target, std::vector<asked_of_place>& sums) {
    const bool is_of_sum = plan.resolved(target.indicator).kind == indicator_kind::increment && !target.has_categories &&
                           target.cadence.kind != cadence_kind::every && !target.each_period;
    if (!is_of_sum || !target.aim || target.aim->change != change_kind::none) return;
    if (target.aim->kind == aim_kind::rises || target.aim->kind == aim_kind::falls) return;
    const std::int32_t start = target.window.start.days(), due = target.window.last().days();
    sums.push_back({target.place, start, due, target.aim->kind == aim_kind::between ? target.aim->upper : target.aim->goal});
    for (const quota_spec& quota : target.spec->quotas) {
      if (const auto place = plan.find_place(quota.place)) sums.push_back({*place, start, due, quota.goal});
    }
  }

  void note_days_read(std::uint32_t number) {
    const programme& plan = plan_.programmes()[number];
    for (std::uint32_t i = 0; i < plan.indicators().size(); ++i) {
      const asked_of_indicator& asked = asked_[number][i];
      if (asked.is_read) days_read_[plan_number(number, i)].emplace_back(first_day_read(plan, i, asked), asked.due);
    }
  }

  std::uint32_t plan_number(std::uint32_t programme, std::uint32_t indicator) const {
    const std::span numbers = plan_.indicator_numbers(programme);
    return numbers.empty() ? indicator : numbers[indicator];  // none of a single programme
  }

  // The eve is where baselines are reported, of levels as long before it as their age allows (rules R5, R6, B1). Every step that
  // was done counts (rule R6b), and growth goes back to the first level (rule S11a).
  static std::int32_t first_day_read(const programme& plan, std::uint32_t indicator, const asked_of_indicator& asked) {
    const programme_indicator& resolved = plan.resolved(indicator);
    const bool is_level = resolved.kind == indicator_kind::level;
    if (resolved.kind == indicator_kind::steps || (is_level && measures_growth(plan.spec())))
      return (std::numeric_limits<std::int32_t>::min)();
    return asked.start - 1 - (is_level ? resolved.maximum_age.value_or(2 * asked.reporting_days_of(resolved)) : 0);
  }

  static bool measures_growth(const programme_spec& spec) {
    const method_spec* method = method_meant(spec.methods, spec.method);
    return method != nullptr && needs_series(*method);
  }

  const portfolio& plan_;
  std::vector<std::vector<asked_of_indicator>> asked_;    ///< by programme and indicator
  std::map<std::uint32_t, std::vector<days>> days_read_;  ///< by indicator of the portfolio
};

}  // namespace attain::inline v0::detail
