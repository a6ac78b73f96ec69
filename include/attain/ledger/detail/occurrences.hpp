#pragma once

/** Where texts of a ledger occur as ids in programmes: for each text the scopes that declare it, in ascending order. */

#include <attain/ledger/rows.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

class occurrences {
 public:
  struct occurrence {
    std::uint32_t scope = 0;
    std::uint32_t position = 0;  ///< of the id in its scope
  };

  /// Scopes come in ascending order. `finish` makes what was added known.
  void add(text_id text, occurrence at) { added_.emplace_back(text, at); }

  void finish(std::uint32_t text_count) {
    begin_.assign(text_count + std::size_t{1}, 0u);
    for (const auto& [text, at] : added_) ++begin_[text + std::size_t{1}];
    for (std::size_t i = 1; i < begin_.size(); ++i) begin_[i] += begin_[i - 1];
    all_.resize(added_.size());
    std::vector<std::uint32_t> next(begin_.begin(), begin_.end() - 1);
    for (const auto& [text, at] : added_) all_[next[text]++] = at;
    added_ = {};
  }

  std::uint32_t text_count() const noexcept { return static_cast<std::uint32_t>(begin_.size() - 1); }
  std::span<const occurrence> of(text_id text) const noexcept {
    return {all_.data() + begin_[text], all_.data() + begin_[text + 1]};
  }
  const occurrence* find(text_id text, std::uint32_t scope) const noexcept { return find(of(text), scope); }

  /** Calls visit(a's, b's) for each scope that two texts have in common, in time that follows the rarer one.

    @param likely  where to look first in the more frequent one; then what comes after the last that was found
  */
  template <class Visitor>
  static void for_each_common(std::span<const occurrence> a, std::span<const occurrence> b, std::size_t& likely, Visitor visit) {
    const bool a_is_rarer = a.size() <= b.size();
    const std::span<const occurrence> frequent = a_is_rarer ? b : a;
    for (const occurrence& one : a_is_rarer ? a : b) {
      const bool is_there = likely < frequent.size() && frequent[likely].scope == one.scope;
      const occurrence* other = is_there ? &frequent[likely] : find(frequent, one.scope);
      if (other == nullptr) continue;
      likely = static_cast<std::size_t>(other - frequent.data()) + 1;
      a_is_rarer ? visit(one, *other) : visit(*other, one);
    }
  }

  std::size_t memory_bytes() const noexcept { return begin_.capacity() * sizeof(begin_[0]) + all_.capacity() * sizeof(all_[0]); }

 private:
  static const occurrence* find(std::span<const occurrence> in, std::uint32_t scope) noexcept {
    while (!in.empty()) {
      const occurrence& middle = in[in.size() / 2];
      if (middle.scope == scope) return &middle;
      in = middle.scope < scope ? in.subspan(in.size() / 2 + 1) : in.first(in.size() / 2);
    }
    return nullptr;
  }

  std::vector<std::pair<text_id, occurrence>> added_;
  std::vector<std::uint32_t> begin_{0};  ///< of each text in `all_`, one more than texts
  std::vector<occurrence> all_;
};

}  // namespace attain::inline v0::detail
