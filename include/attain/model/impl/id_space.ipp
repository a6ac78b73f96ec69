#pragma once

#include <attain/model/impl/id_space.hpp>

#include <attain/core/id.hpp>
#include <attain/core/suggestion.hpp>

#include <functional>
#include <utility>

namespace attain::inline v0::detail {

inline std::uint32_t hash_of_text(std::string_view text) noexcept { return mix(std::hash<std::string_view>()(text), text.size()); }

ATTAIN_INLINE void id_space::add(std::string_view id, std::uint32_t index, const path& within, const path& here,
                                 finding_list& found, std::string_view name) {
  if (check_id(id, {})) {
    found.add(*check_id(id, here.text()));
    return;
  }
  const auto position = static_cast<std::uint32_t>(uses_.size());
  by_id_.reserve(uses_.size() + 1, position, [&](std::uint32_t i) { return hash_of_text(uses_[i].id); });
  const std::uint32_t first = by_id_.find_or_insert(hash_of_text(id), position, [&](std::uint32_t i) { return uses_[i].id == id; });
  if (first != position) {
    found.error(code::duplicate_id, here, id, "an id of its own",
                "the " + noun_ + " id " + escaped_excerpt(id) + " is taken by " + where(first));
    return;
  }
  const std::string key = confusable_key(id);
  const std::uint32_t look = hash_of_text(key);
  uses_.push_back({id, name, &within, index, static_cast<std::uint32_t>(wheres_.size()), look});
  wheres_ += here.text(&within);

  look_alikes_.reserve(uses_.size(), position, [&](std::uint32_t i) { return uses_[i].look; });
  const std::uint32_t twin = look_alikes_.find_or_insert(
      look, position, [&](std::uint32_t i) { return uses_[i].look == look && confusable_key(uses_[i].id) == key; });
  if (twin != position)
    found.warning(code::confusable_id, here, id, "ids that cannot be mistaken for one another",
                  "the id " + escaped_excerpt(id) + " looks like " + escaped_excerpt(uses_[twin].id) + " at " + where(twin));
}

ATTAIN_INLINE std::string id_space::where(std::uint32_t use) const {
  const std::size_t end = use + 1 < uses_.size() ? uses_[use + 1].where : wheres_.size();
  return uses_[use].within->text() + wheres_.substr(uses_[use].where, end - uses_[use].where);
}

ATTAIN_INLINE std::vector<std::string> id_space::names() const {
  std::vector<std::string> all;
  all.reserve(uses_.size());
  for (const id_use& u : uses_) all.emplace_back(u.id);
  return all;
}

ATTAIN_INLINE std::optional<std::uint32_t> id_space::find(std::string_view id) const {
  const std::uint32_t use = by_id_.find(hash_of_text(id), [&](std::uint32_t i) { return uses_[i].id == id; });
  if (use == nowhere) return std::nullopt;
  return uses_[use].index;
}

ATTAIN_INLINE std::optional<std::uint32_t> id_space::resolve(std::string_view id, const path& where, finding_list& found) {
  if (const auto index = find(id)) return index;
  if (id.empty()) {
    found.error(code::missing_field, where, "", "an existing id", std::string(where.field) + " names no " + noun_);
    return std::nullopt;
  }
  std::string meant;
  std::string expected = "an existing id";
  if (suggestions_left_ > 0 || uses_.size() <= few_names) {
    const std::vector<std::string> known = names();
    expected = any_of_few(known, expected);
    if (suggestions_left_ > 0) {
      --suggestions_left_;
      meant = did_you_mean_one_of(id, uses_);
    }
  }
  found.error(code::dangling_id, where, id, std::move(expected), "there is no " + noun_ + " " + escaped_excerpt(id) + meant);
  return std::nullopt;
}

}  // namespace attain::inline v0::detail
