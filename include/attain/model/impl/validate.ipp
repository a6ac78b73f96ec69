#pragma once

#include <attain/model/validate.hpp>

#include <attain/core/id.hpp>
#include <attain/model/impl/check_indicators.hpp>
#include <attain/model/impl/check_places.hpp>
#include <attain/model/impl/check_projects.hpp>
#include <attain/model/impl/check_roll_up.hpp>
#include <attain/model/impl/finding_list.hpp>
#include <attain/model/words.hpp>

#include <utility>

namespace attain::inline v0 {

namespace detail {

/// What a programme says besides its three lists.
ATTAIN_INLINE void check_head(const programme_spec& spec, finding_list& found) {
  const path root;
  const path id{&root, "id"};
  if (auto problem = check_id(spec.id, id.text())) found.add(std::move(*problem));
  found.check_name({&root, "name"}, spec.name);
  found.check_text({&root, "source"}, spec.source);
  found.check_text({&root, "note"}, spec.note);
  found.check_window({&root, "window"}, spec.window);
  found.check_callable({&root, "method"}, spec.method, code::unknown_method, "method", method_words);

  const path defaults{&root, "defaults"};
  const defaults_spec& d = spec.defaults;
  found.check_share({&defaults, "minimum_coverage_of_reading"}, d.minimum_coverage_of_reading, "minimum coverage of a reading");
  found.check_share({&defaults, "minimum_coverage_of_node"}, d.minimum_coverage_of_node, "minimum coverage of a node");
  found.check_count({&defaults, "allowed_failed_periods"}, d.allowed_failed_periods, 0, "number of periods that may fail");
  const path cap{&defaults, "score_cap"};
  if (found.check_finite(cap, d.score_cap, "score cap") && d.score_cap <= 0)
    found.error(code::out_of_range, cap, shown(d.score_cap), "more than 0", "the score cap is " + shown(d.score_cap));
  found.check_share({&defaults, "too_early_below"}, d.too_early_below, "share below which pace is too early");
  check_roll_up({&root, "roll_up"}, spec.roll_up, found);
}

}  // namespace detail

ATTAIN_INLINE std::vector<finding> validate(const programme_spec& spec) {
  detail::finding_list found;
  detail::check_head(spec, found);
  detail::checked_places places = detail::check_places(spec, found);
  detail::checked_indicators indicators = detail::check_indicators(spec, found);
  detail::check_projects(spec, places, indicators, found);
  return found.take();
}

}  // namespace attain::inline v0
