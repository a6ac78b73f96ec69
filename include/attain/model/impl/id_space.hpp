#pragma once
/** Ids that must differ from one another, and the look-up of references to them. */
#include <attain/core/config.hpp>
#include <attain/model/impl/finding_list.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace attain::inline v0::detail {

/// The ids must outlive it.
class id_space {
 public:
  /// @param noun what has such an id, for messages: "place"
  explicit id_space(std::string noun) : noun_(std::move(noun)) {}

  /// Takes an id in, or reports invalid_id or duplicate_id; reports confusable_id if another one looks like it.
  void add(std::string_view id, std::uint32_t index, const path& where, finding_list& found);

  std::optional<std::uint32_t> find(std::string_view id) const;

  /// The index of the id that @p where refers to; reports dangling_id, or missing_field if it is empty.
  std::optional<std::uint32_t> resolve(std::string_view id, const path& where, finding_list& found);

 private:
  struct first_use {
    std::uint32_t index;
    std::string where;
  };

  std::string noun_;
  std::unordered_map<std::string_view, first_use> uses_;
  std::unordered_map<std::string, std::string_view> look_alikes_;  // by confusable_key
  std::vector<std::string> names_;                                 // in the order of the text
  std::size_t suggestions_left_ = 20;  // comparing each of many broken references with all ids would be quadratic
};

}  // namespace attain::inline v0::detail

#ifndef ATTAIN_COMPILED
#include <attain/model/impl/id_space.ipp>
#endif
