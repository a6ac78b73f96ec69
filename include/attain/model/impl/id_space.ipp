#pragma once

#include <attain/model/impl/id_space.hpp>

#include <attain/core/id.hpp>

#include <utility>

namespace attain::inline v0::detail {

ATTAIN_INLINE void id_space::add(std::string_view id, std::uint32_t index, const path& where, finding_list& found) {
  std::string here = where.text();
  if (auto problem = check_id(id, here)) {
    found.add(std::move(*problem));
    return;
  }
  const auto [use, is_new] = uses_.emplace(id, first_use{index, here});
  if (!is_new) {
    found.error(code::duplicate_id, where, id, "an id of its own",
                "the " + noun_ + " id " + escaped_excerpt(id) + " is taken by " + use->second.where);
    return;
  }
  names_.emplace_back(id);
  const auto [twin, is_distinct] = look_alikes_.emplace(confusable_key(id), id);
  if (!is_distinct)
    found.warning(
        code::confusable_id, where, id, "ids that cannot be mistaken for one another",
        "the id " + escaped_excerpt(id) + " looks like " + escaped_excerpt(twin->second) + " at " + uses_.at(twin->second).where);
}

ATTAIN_INLINE std::optional<std::uint32_t> id_space::find(std::string_view id) const {
  const auto use = uses_.find(id);
  if (use == uses_.end()) return std::nullopt;
  return use->second.index;
}

ATTAIN_INLINE std::optional<std::uint32_t> id_space::resolve(std::string_view id, const path& where, finding_list& found) {
  if (const auto index = find(id)) return index;
  if (id.empty()) {
    found.error(code::missing_field, where, "", "an existing id", std::string(where.field) + " names no " + noun_);
    return std::nullopt;
  }
  std::string expected = "an existing id";
  if (suggestions_left_ > 0) {
    --suggestions_left_;
    const std::vector<std::string> nearest = nearest_ids(id, names_);
    for (std::size_t i = 0; i < nearest.size(); ++i) expected += (i == 0 ? ", perhaps " : ", ") + escaped_excerpt(nearest[i]);
  }
  found.error(code::dangling_id, where, id, std::move(expected), "there is no " + noun_ + " " + escaped_excerpt(id));
  return std::nullopt;
}

}  // namespace attain::inline v0::detail
