#pragma once

#include <attain/model/impl/id_space.hpp>

#include <attain/core/id.hpp>
#include <attain/core/suggestion.hpp>

#include <algorithm>

namespace attain::inline v0::detail {

/// Whether the id is its own confusable_key: of ASCII without capital letters, as most are.
inline bool is_own_key(std::string_view id) noexcept {
  return std::all_of(id.begin(), id.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80 && !(c >= 'A' && c <= 'Z'); });
}

ATTAIN_INLINE void id_space::reserve(std::size_t count) {
  uses_.reserve(count);
  steps_.reserve(2 * count);
  make_room(count);
}

ATTAIN_INLINE void id_space::make_room(std::size_t count) {
  const auto present = static_cast<std::uint32_t>(uses_.size());
  by_id_.reserve(count, present, [&](std::uint32_t i) { return uses_[i].hash; });
  look_alikes_.reserve(count, present, [&](std::uint32_t i) { return uses_[i].look; });
}

ATTAIN_INLINE void id_space::add(std::string_view id, std::uint32_t index, const path& within, const path& here,
                                 finding_list& found, std::string_view name) {
  if (check_id(id, {})) {
    found.add(*check_id(id, here.text()));
    return;
  }
  const auto position = static_cast<std::uint32_t>(uses_.size());
  make_room(uses_.size() + 1);
  const std::uint32_t hash = hash_of_text(id);
  const std::uint32_t first =
      by_id_.find_or_insert(hash, position, [&](std::uint32_t i) { return uses_[i].hash == hash && uses_[i].id == id; });
  if (first != position) {
    found.error(code::duplicate_id, here, id, "an id of its own",
                "the " + std::string(noun_) + " id " + escaped_excerpt(id) + " is taken by " + where(first));
    return;
  }
  std::string folded;
  if (!is_own_key(id)) folded = confusable_key(id);
  const std::string_view key = folded.empty() ? id : std::string_view(folded);
  const std::uint32_t look = folded.empty() ? hash : hash_of_text(key);
  uses_.push_back({id, name, &within, index, static_cast<std::uint32_t>(steps_.size()), hash, look});
  for (const path* part = &here; part != &within && part != nullptr; part = part->up) {
    const bool has_index = part->index != path::no_index;
    steps_.push_back({part->field.data(), static_cast<std::uint32_t>(part->field.size()),
                      has_index ? static_cast<std::uint32_t>(part->index) : nowhere});
  }

  const std::uint32_t twin = look_alikes_.find_or_insert(
      look, position, [&](std::uint32_t i) { return uses_[i].look == look && confusable_key(uses_[i].id) == key; });
  if (twin != position)
    found.warning(code::confusable_id, here, id, "ids that cannot be mistaken for one another",
                  "the id " + escaped_excerpt(id) + " looks like " + escaped_excerpt(uses_[twin].id) + " at " + where(twin));
}

ATTAIN_INLINE std::string id_space::where(std::uint32_t use) const {
  const std::size_t end = use + 1 < uses_.size() ? uses_[use + 1].where : steps_.size();
  std::vector<path> parts;
  parts.reserve(end - uses_[use].where);  // parts point to one another
  for (std::size_t i = end; i-- > uses_[use].where;) {
    const step& s = steps_[i];
    parts.push_back(
        {parts.empty() ? uses_[use].within : &parts.back(), {s.field, s.size}, s.index == nowhere ? path::no_index : s.index});
  }
  return (parts.empty() ? *uses_[use].within : parts.back()).text();
}

ATTAIN_INLINE std::vector<std::string> id_space::names() const {
  std::vector<std::string> all;
  all.reserve(uses_.size());
  for (const id_use& u : uses_) all.emplace_back(u.id);
  return all;
}

ATTAIN_INLINE std::optional<std::uint32_t> id_space::find(std::string_view id) const {
  const std::uint32_t hash = hash_of_text(id);
  const std::uint32_t use = by_id_.find(hash, [&](std::uint32_t i) { return uses_[i].hash == hash && uses_[i].id == id; });
  if (use == nowhere) return std::nullopt;
  return uses_[use].index;
}

ATTAIN_INLINE std::optional<std::uint32_t> id_space::resolve(std::string_view id, const path& where, finding_list& found) {
  if (const auto index = find(id)) return index;
  if (id.empty()) {
    found.error(code::missing_field, where, "", "an existing id", std::string(where.field) + " names no " + std::string(noun_));
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
  found.error(code::dangling_id, where, id, std::move(expected),
              "there is no " + std::string(noun_) + " " + escaped_excerpt(id) + meant);
  return std::nullopt;
}

}  // namespace attain::inline v0::detail
