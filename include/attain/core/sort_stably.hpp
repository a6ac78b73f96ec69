#pragma once

/** A stable sort that is cheap to compile.

  std::stable_sort costs a translation unit more than most headers of this library, anew for each type and comparison, and
  clang warns about the buffer that libstdc++ gives it. Takes n log n steps, n for what is in order already.
*/

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace attain::inline v0 {

/// Items of which neither is less than the other keep their order. Less: `bool less(const T&, const T&)`.
template <class T, class Less>
void sort_stably(std::span<T> items, const Less& less) {
  constexpr std::size_t run = 16;  // up to here inserting is faster than merging
  for (std::size_t begin = 0; begin < items.size(); begin += run) {
    for (std::size_t i = begin + 1; i < items.size() && i < begin + run; ++i) {
      if (!less(items[i], items[i - 1])) continue;
      T item = std::move(items[i]);
      std::size_t at = i;
      for (; at > begin && less(item, items[at - 1]); --at) items[at] = std::move(items[at - 1]);
      items[at] = std::move(item);
    }
  }
  std::vector<T> left;
  for (std::size_t width = run; width < items.size(); width *= 2) {
    for (std::size_t begin = 0; begin + width < items.size(); begin += 2 * width) {
      const std::size_t middle = begin + width;
      const std::size_t end = items.size() - middle < width ? items.size() : middle + width;
      if (!less(items[middle], items[middle - 1])) continue;
      left.clear();
      for (std::size_t i = begin; i < middle; ++i) left.push_back(std::move(items[i]));
      std::size_t right = middle;
      std::size_t to = begin;
      for (T& item : left) {
        while (right < end && less(items[right], item)) items[to++] = std::move(items[right++]);
        items[to++] = std::move(item);
      }
    }
  }
}

}  // namespace attain::inline v0
