#pragma once

// What holds of a target as known at a day.

#include <attain/model/programme.hpp>

#include <optional>
#include <span>

namespace attain::inline v0::detail {

/// The row of a target's history that holds (rule T1).
struct terms {
  std::optional<attain::aim> aim;
  std::optional<double> baseline;
  double weight;
  period window;
  std::span<const quota_spec> quotas;
};

inline terms terms_at(const programme_target& target, std::optional<date> known_at) {
  terms present{target.aim, target.baseline, target.weight, target.window, {}};
  if (target.has_quotas) present.quotas = target.spec->quotas;
  if (!target.has_history || !known_at) return present;
  const target_spec& spec = *target.spec;
  if (!spec.recorded || *spec.recorded <= *known_at) return present;
  const target_row* row = &spec.history.front();
  for (const target_row& r : spec.history) {
    if (r.recorded && *r.recorded <= *known_at) row = &r;
  }
  if (row->aim) present.aim = row->aim;
  if (row->baseline) present.baseline = row->baseline;
  if (row->weight) present.weight = *row->weight;
  if (!row->weight && !spec.weight) present.weight = spec.belongs == belonging::none && present.aim ? 1 : 0;
  if (row->window) present.window = *row->window;
  if (row->quotas) present.quotas = *row->quotas;
  return present;
}

/// An aim that is measured from period to period has no goal of its own; its cell keeps the baseline.
inline aim period_aim(aim what) {
  what.change = change_kind::none;
  what.from_previous_period = false;
  return what;
}

inline bool is_withdrawn(const target_spec& spec, std::optional<date> known_at) {
  return spec.withdrawn && (!spec.withdrawn_on || !known_at || *spec.withdrawn_on <= *known_at);
}

/// Declared, else rule A2.
inline cadence cadence_at(const programme& plan, const programme_target& target, const terms& now) {
  const bool declared = !target.has_history || target.spec->cadence.has_value();
  return declared ? target.cadence : plan.default_cadence(target.indicator, now.aim);
}

}  // namespace attain::inline v0::detail
