#pragma once

#include <attain/model/validate.hpp>

#include <attain/core/id.hpp>
#include <attain/model/built_in_methods.hpp>
#include <attain/model/impl/check_indicators.hpp>
#include <attain/model/impl/check_method.hpp>
#include <attain/model/impl/check_places.hpp>
#include <attain/model/impl/check_projects.hpp>
#include <attain/model/impl/check_roll_up.hpp>
#include <attain/model/impl/finding_list.hpp>
#include <attain/model/known_methods.hpp>
#include <attain/model/validate_method.hpp>
#include <attain/model/words.hpp>

#include <algorithm>
#include <span>
#include <utility>

namespace attain::inline v0 {

namespace detail {

inline void check_methods(const programme_spec& spec, finding_list& found) {
  const path root;
  for (std::size_t i = 0; i < spec.methods.size(); ++i) {
    const path where{&root, "methods", i};
    const method_spec& method = spec.methods[i];
    check_method(method, where, found);
    const auto is_same = [&](const method_spec& other) { return other.name == method.name && other.version == method.version; };
    const auto earlier = std::span(spec.methods).first(i);
    if (std::any_of(earlier.begin(), earlier.end(), is_same) || std::ranges::any_of(built_in_methods(), is_same))
      found.error(code::duplicate_id, {&where, "name"}, reference_to(method), "a name or a version of its own",
                  "there is a method " + escaped_excerpt(reference_to(method)) + " already");
  }
  const path name{&root, "method"};
  if (parse_custom_name(spec.method)) return;
  if (is_custom(spec.method)) {
    found.error(code::malformed_custom, name, spec.method, "custom:NAME@VERSION", "the name of a custom method has another form");
    return;
  }
  const method_spec* method = method_meant(spec.methods, spec.method);
  if (method == nullptr) {
    const std::vector<std::string> near = nearest_methods(spec.method, spec.methods);
    found.error(code::unknown_method, name, spec.method,
                (near.empty() ? known_methods(spec.methods) : near.front()) + ", or custom:NAME@VERSION",
                "there is no method " + escaped_excerpt(spec.method));
    return;
  }
  for (finding& f : needs_of_method(*method, spec)) found.add(std::move(f));
}

/// What a programme says besides its three lists.
ATTAIN_INLINE void check_head(const programme_spec& spec, finding_list& found) {
  const path root;
  const path id{&root, "id"};
  if (auto problem = check_id(spec.id, id.text())) found.add(std::move(*problem));
  found.check_name({&root, "name"}, spec.name);
  found.check_text({&root, "source"}, spec.source);
  found.check_text({&root, "note"}, spec.note);
  found.check_window({&root, "window"}, spec.window);
  check_methods(spec, found);

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
