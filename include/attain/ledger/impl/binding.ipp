#pragma once

#include <attain/core/unit.hpp>
#include <attain/ledger/binding.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace attain::inline v0 {

/// Makes a binding, indicator by indicator in the order of the scopes.
class binding::maker {
 public:
  explicit maker(binding& made) : made_(made), ledger_(made.ledger_) {}

  void make() {
    know_indicators();
    know_places();
    deal_out_series();
    bind_indicators();
    tell();
  }

 private:
  /// What a series is to one indicator.
  struct bound_series {
    strand as;
    series_part part;
  };

  struct placed_series {
    series_id series = 0;
    std::uint32_t place : 31 = 0;    ///< in the scope that reads it
    std::uint32_t is_plain : 1 = 0;  ///< says an indicator and a place alone
  };

  struct problem {
    attain::code code;
    std::string_view indicator;  ///< where it is; empty for what concerns all
    std::string_view text;

    series_id series = 0;

    auto key() const noexcept { return std::tuple(indicator, static_cast<int>(code), text); }
  };

  void know_indicators() {
    std::uint32_t count = 0;
    std::vector<std::optional<std::optional<text_id>>> text_of_number;  // as far as looked up
    for (std::uint32_t scope = 0; scope < made_.scopes_.size(); ++scope) {
      made_.first_indicator_.push_back(count);
      const auto indicators = made_.scopes_[scope].indicators;
      const auto numbers = made_.scopes_[scope].numbers;
      count += static_cast<std::uint32_t>(indicators.size());
      for (std::uint32_t i = 0; i < indicators.size(); ++i) {
        std::optional<text_id> text;
        if (numbers.empty()) {
          if (is_reported(indicators[i].kind)) text = ledger_.find_text(indicators[i].id);
        } else if (numbers[i] != none) {
          if (numbers[i] >= text_of_number.size()) text_of_number.resize(numbers[i] + std::size_t{1});
          auto& known = text_of_number[numbers[i]];
          if (!known) known = ledger_.find_text(indicators[i].id);
          text = *known;
        }
        if (text) made_.reported_.add(*text, {scope, i});
      }
    }
    made_.first_indicator_.push_back(count);
    made_.reported_.finish(ledger_.text_count());
  }

  // An entry without a place is about the root, the first place of each scope.
  void know_places() {
    for (std::uint32_t scope = 0; scope < made_.scopes_.size(); ++scope) {
      made_.places_.add(0, {scope, 0});
      const auto places = made_.scopes_[scope].places;
      for (std::uint32_t place = 0; place < places.size(); ++place) {
        if (const auto text = ledger_.find_text(places[place].id)) made_.places_.add(*text, {scope, place});
      }
    }
    made_.places_.finish(ledger_.text_count());
  }

  /// Puts the series under the indicators that read them.
  void deal_out_series() {
    struct reader {
      std::uint32_t number;
      placed_series what;
    };
    std::vector<reader> readers;
    readers.reserve(ledger_.series_count());
    std::size_t likely = 0;  // series of one indicator mostly come in the order of their places
    first_series_.assign(made_.first_indicator_.back() + std::size_t{1}, 0u);
    for (series_id s = 0; s < ledger_.series_count(); ++s) {
      const series_key key = ledger_.key(s);
      const auto indicators = made_.reported_.of(key.indicator);
      if (indicators.empty()) note({code::unknown_indicator, {}, ledger_.text(key.indicator), s});
      const std::size_t before = readers.size();
      const bool is_plain = key == series_key{.indicator = key.indicator, .place = key.place};
      detail::occurrences::for_each_common(
          indicators, made_.places_.of(key.place), likely, [&](const auto& indicator, const auto& place) {
            const auto number = static_cast<std::uint32_t>(made_.number(indicator.scope, indicator.position));
            readers.push_back({number, {s, place.position & 0x7FFFFFFFu, is_plain}});
            ++first_series_[number + std::size_t{1}];
          });
      if (readers.size() == before && !indicators.empty()) note({code::unknown_place, {}, ledger_.text(key.place), s});
    }
    for (std::size_t i = 1; i < first_series_.size(); ++i) first_series_[i] += first_series_[i - 1];
    series_.resize(first_series_.back());
    std::vector<std::uint32_t> next(first_series_.begin(), first_series_.end() - 1);
    for (const reader& r : readers) series_[next[r.number]++] = r.what;
  }

  void bind_indicators() {
    made_.parts_.reserve(series_.size());
    made_.strands_.reserve(series_.size());
    made_.first_strand_.reserve(first_series_.size());
    made_.first_division_.reserve(first_series_.size());
    for (std::size_t scope = 0; scope < made_.scopes_.size(); ++scope) {
      for (std::size_t i = 0; i < made_.scopes_[scope].indicators.size(); ++i) bind_indicator(scope, i);
    }
    made_.first_strand_.push_back(static_cast<std::uint32_t>(made_.strands_.size()));
    made_.first_division_.push_back(static_cast<std::uint32_t>(made_.divisions_.size()));
  }

  void bind_indicator(std::size_t scope, std::size_t indicator) {
    made_.first_strand_.push_back(static_cast<std::uint32_t>(made_.strands_.size()));
    made_.first_division_.push_back(static_cast<std::uint32_t>(made_.divisions_.size()));
    const binding_scope& of = made_.scopes_[scope];
    const indicator_kind kind = of.kinds.empty() ? of.indicators[indicator].kind : of.kinds[indicator];
    const std::size_t number = made_.number(scope, indicator);
    const auto series = std::span(series_).subspan(first_series_[number], first_series_[number + 1] - first_series_[number]);
    if (kind != indicator_kind::steps && is_one_a_place(series)) return bind_one_a_place(series);
    const indicator_spec& spec = of.indicators[indicator];
    bound_.clear();
    scales_.clear();
    division_of_text_.clear();
    for (const placed_series& placed : series) bind_series(spec, placed);

    const auto key = [](const strand& s) { return std::tuple(s.place, s.comparable == 0, s.division + 1, s.step + 1); };
    const auto before = [&key](const bound_series& a, const bound_series& b) {
      return key(a.as) != key(b.as) ? key(a.as) < key(b.as) : a.part.series < b.part.series;
    };
    if (bound_.size() > 1 && !std::is_sorted(bound_.begin(), bound_.end(), before))
      std::sort(bound_.begin(), bound_.end(), before);
    for (std::size_t i = 0; i < bound_.size(); ++i) {
      if (i == 0 || key(bound_[i - 1].as) != key(bound_[i].as)) {
        made_.strands_.push_back(bound_[i].as);
        made_.strands_.back().first_part = static_cast<std::uint32_t>(made_.parts_.size());
      }
      ++made_.strands_.back().part_count;
      made_.parts_.push_back(bound_[i].part);
    }
  }

  /// Whether each place has one series that says an indicator and a place alone, in the order of the places.
  static bool is_one_a_place(std::span<const placed_series> series) {
    for (std::size_t i = 0; i < series.size(); ++i) {
      if (!series[i].is_plain || (i != 0 && series[i - 1].place >= series[i].place)) return false;
    }
    return true;
  }

  void bind_one_a_place(std::span<const placed_series> series) {
    for (const placed_series& placed : series) {
      made_.strands_.push_back(
          {.place = placed.place, .first_part = static_cast<std::uint32_t>(made_.parts_.size()), .part_count = 1});
      made_.parts_.push_back({placed.series, {}});
    }
  }

  void bind_series(const indicator_spec& spec, const placed_series& placed) {
    const series_id series = placed.series;
    if (placed.is_plain && spec.kind != indicator_kind::steps) {
      bound_.push_back({{.place = placed.place}, {series, {}}});
      return;
    }
    const series_key key = ledger_.key(series);
    bound_series bound{{.place = placed.place}, {series, {}}};

    bool is_read = true;
    if (key.dimensions != 0) {
      bound.as.division = division_of(spec, key.dimensions);
      if (bound.as.division == none) {
        note({code::unknown_id, spec.id, ledger_.text(key.dimensions), series});
        is_read = false;
      }
    }
    if (key.step != 0 || spec.kind == indicator_kind::steps) {
      bound.as.step = step_of(spec, ledger_.text(key.step));
      if (bound.as.step == none) {
        note({code::unknown_id, spec.id, ledger_.text(key.step), series});
        is_read = false;
      }
    }
    if (key.unit != 0) {
      if (const auto scale = scale_of(spec, key.unit)) {
        bound.part.scale = *scale;
      } else {
        note({code::unit_differs, spec.id, ledger_.text(key.unit), series});
        is_read = false;
      }
    }
    bound.as.comparable = agrees(key.stage, spec.stage) && agrees(key.scope, spec.scope);
    if (is_read) bound_.push_back(bound);
  }

  bool agrees(text_id said, const std::string& wanted) const { return said == 0 || ledger_.text(said) == wanted; }

  static std::uint32_t step_of(const indicator_spec& spec, std::string_view id) {
    const auto found = std::find_if(spec.steps.begin(), spec.steps.end(), [&](const step_spec& s) { return s.id == id; });
    return found != spec.steps.end() ? static_cast<std::uint32_t>(found - spec.steps.begin()) : none;
  }

  std::uint32_t division_of(const indicator_spec& spec, text_id text) {
    for (const auto& [known, position] : division_of_text_) {
      if (known == text) return position;
    }
    std::uint32_t position = none;
    if (auto items = items_of(spec, text)) {
      position = static_cast<std::uint32_t>(made_.divisions_.size()) - made_.first_division_.back();
      made_.divisions_.push_back({*std::move(items)});
    }
    division_of_text_.emplace_back(text, position);
    return position;
  }

  std::optional<std::vector<division::item>> items_of(const indicator_spec& spec, text_id text) const {
    std::vector<division::item> items;
    for (const auto& [dimension, category] : ledger_.dimensions(text)) {
      const auto d = std::find_if(spec.dimensions.begin(), spec.dimensions.end(),
                                  [id = dimension](const dimension_spec& known) { return known.id == id; });
      if (d == spec.dimensions.end()) return std::nullopt;
      const auto c = std::find(d->categories.begin(), d->categories.end(), category);
      if (c == d->categories.end()) return std::nullopt;
      items.push_back(
          {static_cast<std::uint32_t>(d - spec.dimensions.begin()), static_cast<std::uint32_t>(c - d->categories.begin())});
    }
    std::sort(items.begin(), items.end(), [](const auto& a, const auto& b) { return a.dimension < b.dimension; });
    return items;
  }

  std::optional<unit_scale> scale_of(const indicator_spec& spec, text_id text) {
    for (const auto& [known, scale] : scales_) {
      if (known == text) return scale;
    }
    std::optional<unit_scale> scale;
    const unit from = parse_unit(ledger_.text(text));
    const bool is_share = spec.kind == indicator_kind::steps || spec.kind == indicator_kind::rating;
    const unit to = is_share || spec.unit.empty() ? unit() : parse_unit(spec.unit).plain();
    if (addable(from, to)) {
      const double factor = conversion_factor(from, to);
      scale = factor < 1 ? unit_scale::divided_by(conversion_factor(to, from)) : unit_scale::times(factor);
    }
    scales_.emplace_back(text, scale);
    return scale;
  }

  // -- what is not read ---------------------------------------------------------------------------

  void note(problem what) {
    if (entries_of(what.series) != 0) problems_.push_back(what);
  }
  std::size_t entries_of(series_id series) const {
    std::size_t entries = 0;
    for (std::uint32_t run = 0; run < ledger_.run_count(); ++run) entries += ledger_.rows(run, series).size;
    return entries;
  }

  void tell() {
    std::sort(problems_.begin(), problems_.end(),
              [](const problem& a, const problem& b) { return std::tuple(a.key(), a.series) < std::tuple(b.key(), b.series); });
    for (std::size_t i = 0; i < problems_.size();) {
      const problem what = problems_[i];
      std::size_t entries = 0;
      for (series_id last = none; i < problems_.size() && problems_[i].key() == what.key(); last = problems_[i++].series) {
        if (problems_[i].series != last) entries += entries_of(problems_[i].series);
      }
      const std::string count = std::to_string(entries) + (entries == 1 ? " entry is" : " entries are");
      finding told{severity::warning, what.code, std::string(what.indicator), escaped_excerpt(what.text), {}, {}};
      if (what.code == code::unknown_indicator) {
        told.message = count + " about an indicator that no programme reads";
        told.expected = "an indicator that is reported";
      } else if (what.code == code::unknown_place) {
        told.message = count + " about a place that no programme with the indicator has";
        told.expected = "a place of the programme";
      } else if (what.code == code::unit_differs) {
        told.message = count + " in a unit that does not convert to the indicator's";
        told.expected = "a unit that converts";
      } else {
        told.message = count + " about a category or step that the indicator does not have";
        told.expected = "dimensions, categories and steps as declared";
      }
      made_.findings_.push_back(std::move(told));
    }
  }

  binding& made_;
  const ledger_view& ledger_;
  std::vector<std::uint32_t> first_series_;  ///< of each indicator in `series_`, one more than indicators
  std::vector<placed_series> series_;
  std::vector<bound_series> bound_;  ///< of the indicator at hand, as are the next two
  std::vector<std::pair<text_id, std::optional<unit_scale>>> scales_;
  std::vector<std::pair<text_id, std::uint32_t>> division_of_text_;
  std::vector<problem> problems_;
};

ATTAIN_INLINE binding::binding(std::span<const binding_scope> scopes, ledger_view ledger)
    : ledger_(std::move(ledger)), scopes_(scopes.begin(), scopes.end()) {
  maker(*this).make();
}

ATTAIN_INLINE std::span<const strand> binding::strands(std::size_t scope, std::size_t indicator) const noexcept {
  const std::size_t i = number(scope, indicator);
  return {strands_.data() + first_strand_[i], strands_.data() + first_strand_[i + 1]};
}

ATTAIN_INLINE std::span<const strand> binding::strands_at(std::size_t scope, std::size_t indicator,
                                                          std::uint32_t place) const noexcept {
  const auto all = strands(scope, indicator);
  const auto begin = std::partition_point(all.begin(), all.end(), [place](const strand& s) { return s.place < place; });
  const auto end = std::find_if(begin, all.end(), [place](const strand& s) { return s.place != place; });
  return {begin, end};
}

ATTAIN_INLINE std::span<const division> binding::divisions(std::size_t scope, std::size_t indicator) const noexcept {
  const std::size_t i = number(scope, indicator);
  return {divisions_.data() + first_division_[i], divisions_.data() + first_division_[i + 1]};
}

ATTAIN_INLINE std::vector<binding::place_of_series> binding::where(const ledger_view& later, series_id series) const {
  const series_key key = later.key(series);
  std::vector<place_of_series> found;
  const auto add = [&](std::uint32_t scope, std::uint32_t indicator) {
    if (const auto place = place_in(scope, key.place, later)) found.push_back({scope, indicator, *place});
  };
  if (key.indicator < reported_.text_count()) {
    for (const auto& reported : reported_.of(key.indicator)) add(reported.scope, reported.position);
  } else {
    const std::string_view id = later.text(key.indicator);
    for (std::uint32_t scope = 0; scope < scopes_.size(); ++scope) {
      const auto indicators = scopes_[scope].indicators;
      for (std::uint32_t i = 0; i < indicators.size(); ++i) {
        if (indicators[i].id == id && is_reported(indicators[i].kind)) add(scope, i);
      }
    }
  }
  return found;
}

ATTAIN_INLINE std::optional<std::uint32_t> binding::place_in(std::size_t scope, text_id text, const ledger_view& later) const {
  if (text < places_.text_count()) {
    const auto* known = places_.find(text, static_cast<std::uint32_t>(scope));
    return known != nullptr ? std::optional(known->position) : std::nullopt;
  }
  const auto places = scopes_[scope].places;
  const auto place =
      std::find_if(places.begin(), places.end(), [id = later.text(text)](const place_spec& p) { return p.id == id; });
  return place != places.end() ? std::optional(static_cast<std::uint32_t>(place - places.begin())) : std::nullopt;
}

ATTAIN_INLINE std::size_t binding::memory_bytes() const noexcept {
  const auto bytes = [](const auto& v) { return v.capacity() * sizeof(v[0]); };
  return bytes(scopes_) + bytes(first_indicator_) + bytes(first_strand_) + bytes(strands_) + bytes(parts_) +
         bytes(first_division_) + bytes(divisions_) + reported_.memory_bytes() + places_.memory_bytes() + bytes(findings_);
}

}  // namespace attain::inline v0
