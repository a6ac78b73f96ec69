#pragma once

/** Work in parts, each in a thread of its own. */

#include <attain/core/config.hpp>
#include <attain/core/part_work.hpp>

#include <cstddef>
#include <utility>

namespace attain::inline v0::detail {

/// `in_threads` for more than one part.
void share_out(std::size_t parts, const part_work& work);

/** Calls work(part) for every part below @p parts and waits; throws what the first of them to fail threw.

  One part needs no thread, and what the system has no thread for is done in this one.
*/
template <class Work>
void in_threads(std::size_t parts, const Work& work) {
  if (parts == 1) return work(std::size_t{0});
  share_out(parts, part_work(work));
}

/// Where a part of @p size elements begins and ends.
constexpr std::pair<std::size_t, std::size_t> part_of(std::size_t size, std::size_t part, std::size_t parts) noexcept {
  return {size / parts * part + size % parts * part / parts, size / parts * (part + 1) + size % parts * (part + 1) / parts};
}

}  // namespace attain::inline v0::detail

#ifndef ATTAIN_COMPILED
#include <attain/core/impl/in_threads.ipp>
#endif
