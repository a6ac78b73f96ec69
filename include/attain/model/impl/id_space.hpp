#pragma once
/** Ids that must differ from one another, and the look-up of references to them. */
#include <attain/core/config.hpp>
#include <attain/core/hash_index.hpp>
#include <attain/core/text_index.hpp>
#include <attain/model/impl/finding_list.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0::detail {

/// The ids and names must outlive it.
class id_space {
 public:
  /// @param noun what has such an id, for messages: "place"; outlives it
  explicit id_space(std::string_view noun) : noun_(noun) {}

  /// Makes room for so many ids.
  void reserve(std::size_t count);

  /** Takes an id in, or reports invalid_id or duplicate_id; reports confusable_id if another one looks like it.

    @param within a part of @p where, or a part above it, that outlives all calls, as do the fields of what lies below it
    @param name what has the id is also called, by which it may be referred to by mistake
  */
  void add(std::string_view id, std::uint32_t index, const path& within, const path& where, finding_list& found,
           std::string_view name = {});

  std::optional<std::uint32_t> find(std::string_view id) const;

  /// The index of the id that @p where refers to; reports dangling_id, or missing_field if it is empty.
  std::optional<std::uint32_t> resolve(std::string_view id, const path& where, finding_list& found);

 private:
  struct id_use {
    std::string_view id;
    std::string_view name;
    const path* within;
    std::uint32_t index;
    std::uint32_t where;  // below `within`: its last step here in `steps_`, the one above behind it, then those of the next
    std::uint32_t hash;   // of the id
    std::uint32_t look;   // of its confusable_key
  };

  struct step {
    const char* field;
    std::uint32_t size;
    std::uint32_t index;  // or none
  };

  void make_room(std::size_t count);
  std::string where(std::uint32_t use) const;
  std::vector<std::string> names() const;

  std::string_view noun_;
  std::vector<id_use> uses_;           // in the order of the text
  std::vector<step> steps_;            // of the uses, one behind the other
  hash_index by_id_;                   // positions in `uses_`
  hash_index look_alikes_;             // likewise, by confusable_key
  std::size_t suggestions_left_ = 20;  // comparing each of many broken references with all ids would be quadratic
};

}  // namespace attain::inline v0::detail

#ifndef ATTAIN_COMPILED
#include <attain/model/impl/id_space.ipp>
#endif
