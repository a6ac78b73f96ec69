#pragma once

/** What series say about one another: categories and places against their whole, parts, related indicators, twins, evidence. */

#include <attain/core/statistics.hpp>
#include <attain/ledger/impl/quality_series.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

/// An amount with its place; sorted, those of one place and period lie together.
struct placed_amount {
  std::uint32_t place = 0;
  std::int32_t last = 0;
  std::int32_t first = 0;
  double amount = 0;
  row_position where;

  auto key() const noexcept { return std::tuple(place, last, first); }
};

inline std::vector<placed_amount>::const_iterator find_placed(const std::vector<placed_amount>& in, std::uint32_t place,
                                                              std::int32_t last, std::int32_t first) {
  const std::tuple wanted(place, last, first);
  const auto at = std::partition_point(in.begin(), in.end(), [&](const placed_amount& a) { return a.key() < wanted; });
  return at != in.end() && at->key() == wanted ? at : in.end();
}

inline bool differ(double a, double b) noexcept { return std::fabs(a - b) > 1e-9 * (std::max)(std::fabs(a), std::fabs(b)); }

/// Checks of one indicator, place after place.
class between_series {
 public:
  between_series(quality_context& context, const quality_subject& subject, std::span<const division> divisions)
      : context_(context), subject_(subject), divisions_(divisions) {}

  /// What stands of one strand of the place at hand.
  void see(std::uint32_t place, const strand& of, std::span<const reported_value> values) {
    if (of.step != strand::undivided) return;
    if (of.division == strand::undivided) {
      remember_whole(place, values);
      print_series(place);
    } else if (divisions_[of.division].items.size() == 1) {
      const division::item item = divisions_[of.division].items.front();
      for (const reported_value& value : values) {
        if (value.has_amount) categories_.push_back({item.dimension, value.last, value.first, item.category, value.amount});
      }
    }
    remember_evidence(place, values);
  }

  void finish_place(std::uint32_t place) {
    compare_categories(place);
    categories_.clear();
    first_at_place_ = wholes_.size();
  }

  void finish() {
    if (subject_.adds_up_across_places(context_.plan)) compare_places();
    tell_twins();
    tell_evidence();
  }

  /// The undivided amounts, sorted by place and period.
  std::vector<placed_amount> take_wholes() && { return std::move(wholes_); }

 private:
  struct category_amount {
    std::uint32_t dimension = 0;
    std::int32_t last = 0;
    std::int32_t first = 0;
    std::uint32_t category = 0;
    double amount = 0;

    auto key() const noexcept { return std::tuple(dimension, last, first); }
  };
  struct series_print {
    std::uint64_t hash = 0;
    std::uint32_t place = 0;
    std::uint32_t begin = 0;  ///< in `wholes_`
    std::uint32_t size = 0;
  };
  struct evidence_of {
    text_id text = 0;
    std::uint32_t place = 0;
    std::int32_t first = 0;
    std::int32_t last = 0;
    row_position where;
  };

  void remember_whole(std::uint32_t place, std::span<const reported_value> values) {
    for (const reported_value& value : values) {
      if (value.has_amount && value.last <= context_.as_of) {
        wholes_.push_back({place, value.last, value.first, value.amount, value.where});
      }
    }
  }

  // Twins are series of at least four amounts that are not all equal and none of them of one digit.
  void print_series(std::uint32_t place) {
    const std::size_t size = wholes_.size() - first_at_place_;
    if (size < 4) return;
    std::uint64_t hash = 0xCBF29CE484222325u;
    const auto mix = [&hash](std::uint64_t word) {
      hash = (hash ^ word) * 0x100000001B3u;
      hash ^= hash >> 29;
    };
    bool differs = false;
    for (std::size_t i = first_at_place_; i < wholes_.size(); ++i) {
      const placed_amount& one = wholes_[i];
      if (std::fabs(one.amount) < 10) return;
      differs = differs || one.amount != wholes_[first_at_place_].amount;
      mix(static_cast<std::uint32_t>(one.last));
      mix(static_cast<std::uint32_t>(one.first));
      mix(std::bit_cast<std::uint64_t>(one.amount));
    }
    if (differs) {
      prints_.push_back({hash, place, static_cast<std::uint32_t>(first_at_place_), static_cast<std::uint32_t>(size)});
    }
  }

  bool are_equal(const series_print& a, const series_print& b) const {
    if (a.size != b.size) return false;
    for (std::uint32_t i = 0; i < a.size; ++i) {
      const placed_amount &x = wholes_[a.begin + i], &y = wholes_[b.begin + i];
      if (x.last != y.last || x.first != y.first || x.amount != y.amount) return false;
    }
    return true;
  }

  void tell_twins() {
    std::sort(prints_.begin(), prints_.end(), [](const series_print& a, const series_print& b) {
      return std::tuple(a.hash, a.place) < std::tuple(b.hash, b.place);
    });
    for (std::size_t i = 1; i < prints_.size(); ++i) {
      const series_print &a = prints_[i - 1], &b = prints_[i];
      if (a.hash != b.hash || !are_equal(a, b) || is_within(a.place, b.place) || is_within(b.place, a.place)) continue;
      quality_finding twin{.check = quality_check::same_series, .indicator = subject_.indicator, .place = b.place};
      twin.other = a.place;
      twin.first_day = wholes_[b.begin].first;
      twin.last_day = wholes_[b.begin + b.size - 1].last;
      twin.n = b.size;
      twin.entry = wholes_[b.begin + b.size - 1].where;
      context_.find(twin);
    }
  }

  bool is_within(std::uint32_t place, std::uint32_t other) const {
    for (std::uint32_t up = place; up != none; up = context_.plan.place_parents()[up]) {
      if (up == other) return true;
    }
    return false;
  }

  void remember_evidence(std::uint32_t place, std::span<const reported_value> values) {
    if (!context_.bound.ledger().has_evidence() || !context_.wants(quality_check::same_evidence)) return;
    for (const reported_value& value : values) {
      if (!value.is_received) continue;
      if (const text_id text = context_.bound.ledger().evidence(value.where); text != 0) {
        evidence_.push_back({text, place, value.first, value.last, value.where});
      }
    }
  }

  // Entries of categories and steps of one place and period may well share their evidence.
  void tell_evidence() {
    const auto key = [](const evidence_of& e) { return std::tuple(e.text, e.place, e.last, e.first); };
    std::sort(evidence_.begin(), evidence_.end(), [&](const evidence_of& a, const evidence_of& b) { return key(a) < key(b); });
    evidence_.erase(std::unique(evidence_.begin(), evidence_.end(),
                                [&](const evidence_of& a, const evidence_of& b) { return key(a) == key(b); }),
                    evidence_.end());
    for (std::size_t begin = 0, end = 0; begin < evidence_.size(); begin = end) {
      end = begin + 1;
      while (end < evidence_.size() && evidence_[end].text == evidence_[begin].text) ++end;
      for (std::size_t i = begin + 1; i < end; ++i) {
        quality_finding same{.check = quality_check::same_evidence, .indicator = subject_.indicator, .place = evidence_[i].place};
        same.other = evidence_[begin].place;
        same.first_day = evidence_[i].first;
        same.last_day = evidence_[i].last;
        same.n = static_cast<std::uint32_t>(end - begin);
        same.entry = evidence_[i].where;
        context_.find(same);
      }
    }
  }

  // Rule R10: the categories of a complete dimension sum to the undivided entry, those of another do not exceed it.
  void compare_categories(std::uint32_t place) {
    if (categories_.empty() || first_at_place_ == wholes_.size() || !subject_.adds_up_across_places(context_.plan)) return;
    std::sort(categories_.begin(), categories_.end(),
              [](const category_amount& a, const category_amount& b) { return a.key() < b.key(); });
    for (std::size_t begin = 0, end = 0; begin < categories_.size(); begin = end) {
      double sum = 0;
      std::size_t present = 0;
      for (end = begin; end < categories_.size() && categories_[end].key() == categories_[begin].key(); ++end) {
        sum += categories_[end].amount;
        ++present;
      }
      const category_amount& of = categories_[begin];
      const auto whole = find_placed(wholes_, place, of.last, of.first);
      if (whole == wholes_.end()) continue;
      const dimension_spec& dimension = subject_.spec->dimensions[of.dimension];
      const bool is_complete = dimension.complete && present == dimension.categories.size();
      if (!differ(sum, whole->amount) || (!is_complete && sum < whole->amount)) continue;
      tell_difference(quality_check::categories_differ, place, of.dimension, sum, *whole);
    }
  }

  // Rule R9: where every place within has reported, and where the places that have exceed what contains them.
  void compare_places() {
    std::vector<placed_amount> sums;
    const auto parents = context_.plan.place_parents();
    std::vector<std::uint32_t> children(parents.size(), 0u);
    for (const std::uint32_t parent : parents) {
      if (parent != none) ++children[parent];
    }
    std::vector<char> reports(parents.size(), 0);
    for (const placed_amount& one : wholes_) reports[one.place] = 1;
    bool any = false;
    for (std::size_t i = 0; i < parents.size(); ++i)
      any = any || (reports[i] != 0 && parents[i] != none && reports[parents[i]] != 0);
    if (!any) return;
    for (const placed_amount& one : wholes_) {
      const std::uint32_t parent = parents[one.place];
      if (parent != none && reports[parent] != 0) sums.push_back({parent, one.last, one.first, one.amount, one.where});
    }
    std::sort(sums.begin(), sums.end(), [](const placed_amount& a, const placed_amount& b) { return a.key() < b.key(); });
    for (std::size_t begin = 0, end = 0; begin < sums.size(); begin = end) {
      double sum = 0;
      std::uint32_t present = 0;
      for (end = begin; end < sums.size() && sums[end].key() == sums[begin].key(); ++end) {
        sum += sums[end].amount;
        ++present;
      }
      const auto own = find_placed(wholes_, sums[begin].place, sums[begin].last, sums[begin].first);
      if (own == wholes_.end() || !differ(sum, own->amount)) continue;
      if (present != children[own->place] && sum < own->amount) continue;
      tell_difference(quality_check::places_differ, own->place, none, sum, *own);
    }
  }

  void tell_difference(quality_check check, std::uint32_t place, std::uint32_t other, double sum, const placed_amount& whole) {
    quality_finding told{.check = check, .indicator = subject_.indicator, .place = place};
    told.other = other;
    told.first_day = whole.first;
    told.last_day = whole.last;
    told.value = sum;
    told.expected = whole.amount;
    told.effect = sum - whole.amount;
    told.entry = whole.where;
    context_.find(told);
  }

  quality_context& context_;
  const quality_subject& subject_;
  std::span<const division> divisions_;
  std::vector<placed_amount> wholes_;
  std::size_t first_at_place_ = 0;  ///< in `wholes_`, of the place at hand
  std::vector<category_amount> categories_;
  std::vector<series_print> prints_;
  std::vector<evidence_of> evidence_;
};

}  // namespace attain::inline v0::detail
