#pragma once

#include <attain/model/portfolio.hpp>

#include <attain/core/number_text.hpp>
#include <attain/core/text_index.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace attain::inline v0 {

struct portfolio::data {
  std::vector<programme> programmes;
  std::vector<place_spec> places;
  std::vector<std::uint32_t> place_parents;
  std::vector<std::uint32_t> shared_places;      // of all programmes, one after another
  std::vector<std::size_t> first_shared_place;   // of each programme
  std::vector<std::uint32_t> indicator_numbers;  // of all programmes, one after another
  std::vector<indicator_kind> indicator_kinds;   // likewise
  std::vector<std::size_t> first_indicator;      // of each programme, and the end
  detail::text_index programme_ids;              // texts live in the programmes
  detail::text_index place_ids;
  mutable memo compiled_form;
  mutable memo compiled_plan;

  explicit data(std::vector<programme> given) : programmes(std::move(given)) {
    std::vector<finding> errors;
    if (programmes.empty())
      errors.push_back(
          {severity::error, code::missing_field, "", "", "at least one programme", "a portfolio without programmes"});
    for (std::size_t i = 0; i < programmes.size(); ++i) {
      const std::uint32_t first = programme_ids.add(programmes[i].id(), static_cast<std::uint32_t>(i));
      if (first != i)
        errors.push_back({severity::error, code::duplicate_id, "/" + std::to_string(i) + "/id",
                          escaped_excerpt(programmes[i].id()), "an id of its own",
                          "programmes " + std::to_string(first) + " and " + std::to_string(i) + " have one id"});
      share_places(programmes[i], errors);
    }
    if (!errors.empty()) throw invalid_programme(std::move(errors));
    if (!is_single()) number_indicators();
  }

  void number_indicators() {
    detail::text_index numbers;
    std::size_t count = 0;
    for (const programme& p : programmes) count += p.indicators().size();
    indicator_numbers.reserve(count);
    indicator_kinds.reserve(count);
    for (const programme& p : programmes) {
      first_indicator.push_back(indicator_numbers.size());
      for (const indicator_spec& i : p.indicators()) {
        const bool reported = is_reported(i.kind);
        indicator_numbers.push_back(reported ? numbers.add(i.id, static_cast<std::uint32_t>(numbers.size())) : none);
        indicator_kinds.push_back(i.kind);
      }
    }
    first_indicator.push_back(indicator_numbers.size());
  }

  // Parents precede children in every programme, so they do in the list of all.
  void share_places(const programme& p, std::vector<finding>& errors) {
    first_shared_place.push_back(shared_places.size());
    const auto own = p.places();
    for (std::size_t local = 0; local < own.size(); ++local) {
      const place_spec& place = own[local];
      const std::uint32_t local_parent = p.place_parents()[local];
      const std::uint32_t parent = local_parent == none ? none : shared_places[first_shared_place.back() + local_parent];
      const std::uint32_t shared = place_ids.add(place.id, static_cast<std::uint32_t>(places.size()));
      shared_places.push_back(shared);
      if (shared == places.size()) {
        places.push_back(place);
        place_parents.push_back(parent);
      } else if (place_parents[shared] != parent) {
        errors.push_back(disagreement(p, place, "lies " + within(parent), within(place_parents[shared])));
      } else if (places[shared].weight != place.weight) {
        errors.push_back(disagreement(p, place, "has weight " + to_text(place.weight), to_text(places[shared].weight)));
      }
    }
  }

  std::string within(std::uint32_t parent) const {
    return parent == none ? "at the root" : "within " + escaped_excerpt(places[parent].id);
  }

  static finding disagreement(const programme& p, const place_spec& place, const std::string& here,
                              const std::string& elsewhere) {
    return {severity::error,
            code::places_disagree,
            escaped_excerpt(p.id()),
            escaped_excerpt(place.id),
            elsewhere + ", as in an earlier programme",
            "place " + escaped_excerpt(place.id) + " " + here + " in programme " + escaped_excerpt(p.id())};
  }

  bool is_single() const noexcept { return programmes.size() == 1; }

  /// Those of one programme.
  template <class T>
  std::span<T> of_indicators(std::span<T> all, std::uint32_t programme) const noexcept {
    if (is_single()) return {};
    return all.subspan(first_indicator[programme], first_indicator[programme + 1] - first_indicator[programme]);
  }

  /// Programme and remainder of a full id `programme/rest`; without a `/` the remainder is empty.
  struct full_id {
    std::uint32_t programme;
    std::string_view rest;
  };
  std::optional<full_id> split(std::string_view id) const noexcept {
    const std::size_t slash = id.find('/');
    const std::uint32_t found = programme_ids.find(id.substr(0, slash));
    if (found == detail::nowhere) return std::nullopt;
    return full_id{found, slash == std::string_view::npos ? std::string_view() : id.substr(slash + 1)};
  }
};

ATTAIN_INLINE portfolio::portfolio(programme only) : portfolio(std::vector<programme>{std::move(only)}) {}

ATTAIN_INLINE portfolio::portfolio(std::vector<programme> programmes)
    : data_(std::make_shared<const data>(std::move(programmes))) {}

ATTAIN_INLINE std::span<const programme> portfolio::programmes() const noexcept { return data_->programmes; }

ATTAIN_INLINE std::span<const place_spec> portfolio::places() const noexcept { return data_->places; }

ATTAIN_INLINE std::span<const std::uint32_t> portfolio::place_parents() const noexcept { return data_->place_parents; }

ATTAIN_INLINE std::uint32_t portfolio::shared_place(std::uint32_t programme, std::uint32_t local) const noexcept {
  return data_->shared_places[data_->first_shared_place[programme] + local];
}

ATTAIN_INLINE std::span<const std::uint32_t> portfolio::indicator_numbers(std::uint32_t programme) const noexcept {
  return data_->of_indicators(std::span(data_->indicator_numbers), programme);
}

ATTAIN_INLINE std::span<const indicator_kind> portfolio::indicator_kinds(std::uint32_t programme) const noexcept {
  return data_->of_indicators(std::span(data_->indicator_kinds), programme);
}

ATTAIN_INLINE std::optional<portfolio::target_position> portfolio::find_target(std::string_view id) const noexcept {
  if (data_->is_single())
    if (const auto own = data_->programmes.front().find_target(id)) return target_position{0, *own};
  if (const auto full = data_->split(id))
    if (const auto found = data_->programmes[full->programme].find_target(full->rest))
      return target_position{full->programme, *found};
  return std::nullopt;
}

ATTAIN_INLINE std::optional<portfolio::node_position> portfolio::find_project(std::string_view id) const noexcept {
  if (data_->is_single())
    if (const auto own = data_->programmes.front().find_project(id)) return node_position{0, *own};
  if (const auto full = data_->split(id))
    if (const auto found = data_->programmes[full->programme].find_project(full->rest))
      return node_position{full->programme, *found};
  return std::nullopt;
}

ATTAIN_INLINE std::optional<std::uint32_t> portfolio::find_place(std::string_view id) const noexcept {
  const std::uint32_t found = data_->place_ids.find(id);
  if (found == detail::nowhere) return std::nullopt;
  return found;
}

ATTAIN_INLINE memo& portfolio::compiled_form() const noexcept {
  return data_->is_single() ? data_->programmes[0].compiled_form() : data_->compiled_form;
}

ATTAIN_INLINE memo& portfolio::compiled_plan() const noexcept {
  return data_->is_single() ? data_->programmes[0].compiled_plan() : data_->compiled_plan;
}

}  // namespace attain::inline v0
