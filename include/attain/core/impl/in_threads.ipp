#pragma once

#include <attain/core/impl/start_threads.hpp>
#include <attain/core/in_threads.hpp>

#include <thread>

namespace attain::inline v0::detail {

ATTAIN_INLINE void share_out(std::size_t parts, const part_work& work) {
  share_out(parts, work, [](const auto& guarded, std::size_t part) { return std::thread(guarded, part); });
}

}  // namespace attain::inline v0::detail
