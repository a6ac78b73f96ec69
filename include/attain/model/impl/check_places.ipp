#pragma once

#include <attain/model/impl/check_places.hpp>

#include <attain/model/impl/references.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace attain::inline v0::detail {

/// Which places are roots, which go round in a circle, and which lie too deep.
ATTAIN_INLINE void check_place_tree(const programme_spec& spec, checked_places& places, finding_list& found) {
  const path root;
  const auto where = [&](std::size_t i) { return path{&root, "places", i}; };
  const std::size_t count = spec.places.size();
  std::uint32_t first_root = none;
  references within(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    if (places.parents[i] != none) within[i].push_back(places.parents[i]);
    if (!spec.places[i].within.empty()) continue;
    if (first_root == none) {
      first_root = i;
      continue;
    }
    const path here = where(i);
    found.error(code::several_root_places, {&here, "within"}, spec.places[i].id, "the id of the place it lies within",
                "both " + escaped_excerpt(spec.places[first_root].id) + " and " + escaped_excerpt(spec.places[i].id) +
                    " lie within no other place");
    places.is_tree = false;
  }
  if (first_root != none) places.root = first_root;

  const resolved_order resolved = resolve_order(within);
  for (const std::vector<std::uint32_t>& cycle : resolved.cycles) {
    std::vector<std::string_view> ids;
    for (const std::uint32_t i : cycle) ids.push_back(spec.places[i].id);
    ids.push_back(ids.front());
    const path here = where(cycle.front());
    found.error(code::cycle, {&here, "within"}, ids.front(), "a place that does not lie within itself",
                "places lie within one another: " + joined_by_arrows(ids));
    places.is_tree = false;
  }
  if (!resolved.cycles.empty()) return;

  std::vector<std::uint32_t> depths(count, 1);
  for (const std::uint32_t i : resolved.order) {
    if (places.parents[i] == none) continue;
    depths[i] = depths[places.parents[i]] + 1;
    if (depths[i] != max_depth + 1) continue;
    found.error(code::too_deep, where(i), spec.places[i].id, "at most " + std::to_string(max_depth) + " levels",
                "the place " + escaped_excerpt(spec.places[i].id) + " lies too deep");
    places.is_tree = false;
  }
}

/// Siblings without any weight have no covered share (rule R8).
ATTAIN_INLINE void check_sibling_weights(const programme_spec& spec, const checked_places& places, finding_list& found) {
  struct family {
    std::uint32_t first = none;
    double weight = 0;
  };
  std::vector<family> families(spec.places.size());
  for (std::uint32_t i = 0; i < spec.places.size(); ++i) {
    if (places.parents[i] == none) continue;
    family& siblings = families[places.parents[i]];
    if (siblings.first == none) siblings.first = i;
    siblings.weight += spec.places[i].weight > 0 ? spec.places[i].weight : 0;
  }
  const path root;
  for (std::size_t i = 0; i < families.size(); ++i) {
    if (families[i].first == none || families[i].weight > 0) continue;
    const path first{&root, "places", families[i].first};
    found.error(code::weights_sum_to_zero, {&first, "weight"}, "0", "a positive weight somewhere",
                "no place within " + escaped_excerpt(spec.places[i].id) + " has a weight");
  }
}

ATTAIN_INLINE checked_places check_places(const programme_spec& spec, finding_list& found) {
  checked_places places;
  const path root;
  if (spec.places.empty()) {
    places.ids.add("all", 0, root, root, found);
    places.parents.push_back(none);
    return places;
  }
  places.ids.reserve(spec.places.size());
  places.parents.reserve(spec.places.size());
  for (std::uint32_t i = 0; i < spec.places.size(); ++i) {
    const place_spec& place = spec.places[i];
    const path here{&root, "places", i};
    places.ids.add(place.id, i, root, {&here, "id"}, found, place.name);
    found.check_name({&here, "name"}, place.name);
    found.check_weight({&here, "weight"}, place.weight);
  }
  for (std::size_t i = 0; i < spec.places.size(); ++i) {
    const path here{&root, "places", i};
    const std::string& within = spec.places[i].within;
    const auto parent = within.empty() ? std::nullopt : places.ids.resolve(within, {&here, "within"}, found);
    places.parents.push_back(parent.value_or(none));
    if (!within.empty() && !parent) places.is_tree = false;
  }
  check_place_tree(spec, places, found);
  check_sibling_weights(spec, places, found);
  return places;
}

}  // namespace attain::inline v0::detail
