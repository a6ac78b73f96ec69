#pragma once
/** What can be wrong with the places of a programme. */
#include <attain/core/config.hpp>
#include <attain/model/impl/finding_list.hpp>
#include <attain/model/impl/id_space.hpp>
#include <attain/model/programme_spec.hpp>

#include <cstdint>
#include <vector>

namespace attain::inline v0::detail {

struct checked_places {
  id_space ids{"place"};
  std::vector<std::uint32_t> parents;  ///< as listed; none for a root
  std::uint32_t root = 0;
  bool is_tree = true;  ///< every place lies below one root, no deeper than `max_depth`
};

checked_places check_places(const programme_spec& spec, finding_list& found);

}  // namespace attain::inline v0::detail

#ifndef ATTAIN_COMPILED
#include <attain/model/impl/check_places.ipp>
#endif
