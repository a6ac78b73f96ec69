#pragma once

/** What quality checks read: the identities of a strand as they stand, and where findings go. */

#include <attain/ledger/binding.hpp>
#include <attain/ledger/impl/totals_so_far.hpp>
#include <attain/ledger/quality.hpp>
#include <attain/model/programme.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

/// One identity (rule R1), as known.
struct reported_value {
  std::int32_t first = 0;
  std::int32_t last = 0;
  std::int32_t first_recorded = 0;
  std::int32_t recorded = 0;
  double amount = 0;
  double first_amount = 0;   ///< before corrections
  row_position where;        ///< of the entry that stands
  bool is_received = false;  ///< not withdrawn
  bool has_amount = false;   ///< one number: no interval, no share of the goal, not ambiguous
  bool is_ambiguous = false;
  bool was_corrected = false;  ///< to another amount
};

/// The identities of a slice that were recorded at or before @p known, by last day, then first day.
inline void read_series(const ledger_view& ledger, const row_slice& rows, std::int32_t known,
                        std::vector<reported_value>& values) {
  constexpr std::uint32_t no_number =
      row_flag::without_amount | row_flag::share_of_goal | row_flag::interval | row_flag::low_open | row_flag::high_open;
  values.clear();
  for (std::size_t first = 0, end = 0; first < rows.size; first = end) {
    end = first + 1;
    while ((rows.length_and_flags[end - 1] & row_flag::followed) != 0) ++end;
    std::size_t stands = end;
    for (std::size_t i = first; i < end && ledger.recorded(rows.batch[i]) <= known; ++i) stands = i;
    if (stands == end) continue;
    const std::uint32_t flags = rows.length_and_flags[stands];
    reported_value value;
    value.first = rows.first_day(stands);
    value.last = rows.last_day[stands];
    value.first_recorded = ledger.recorded(rows.batch[first]);
    value.recorded = ledger.recorded(rows.batch[stands]);
    value.amount = rows.amount[stands];
    value.first_amount = rows.amount[first];
    value.where = rows.at(stands);
    value.is_ambiguous = (flags & row_flag::tie) != 0;
    value.is_received = (flags & row_flag::withdrawn) == 0;
    value.has_amount = (flags & no_number) == 0 && !value.is_ambiguous;
    value.was_corrected = stands != first && value.has_amount && (rows.length_and_flags[first] & no_number) == 0 &&
                          value.amount != value.first_amount;
    values.push_back(value);
  }
}

/// An indicator of a programme, and what its targets ask for.
struct quality_subject {
  std::uint32_t indicator = 0;
  const indicator_spec* spec = nullptr;
  bool is_read = false;    ///< by some target
  std::int32_t start = 0;  ///< first and last day of the windows of its targets
  std::int32_t due = 0;
  std::span<const std::pair<std::int32_t, std::int32_t>> read_days{};  ///< first and last days of what some programme reads
  int days_to_report = 0;
  std::vector<asked_of_place> asked{};                           ///< of the sum of its increments
  std::vector<std::pair<std::int32_t, std::int32_t>> periods{};  ///< first and last days for which reports are due

  bool adds_up_across_places(const programme& plan) const {
    return is_accumulator(spec->kind) || plan.resolved(indicator).across == combination::sum;
  }
};

/// One programme under check, and where findings go.
class quality_context {
 public:
  quality_context(const programme& of, std::uint32_t of_number, const attain::binding& bound_to, const quality_options& asked,
                  std::vector<quality_finding>& found, std::vector<quality_score>& scored)
      : plan(of),
        bound(bound_to),
        options(asked),
        as_of(asked.as_of.days()),
        number(of_number),
        findings_(found),
        scores_(scored) {
    known = asked.known_at ? asked.known_at->days() : (std::numeric_limits<std::int32_t>::max)();
    told = asked.known_at ? known : (std::max)(as_of, bound.ledger().max_recorded());
  }

  bool wants(quality_check check) const {
    return options.only.empty() || std::find(options.only.begin(), options.only.end(), check) != options.only.end();
  }

  /// Adds a finding if it is asked for.
  void find(quality_finding what) {
    if (!wants(what.check)) return;
    what.programme = number;
    what.severity = severity_of(what.check);
    findings_.push_back(std::move(what));
  }

  /// Adds a score, with its share.
  void score(quality_score what) {
    what.programme = number;
    if (what.of != 0) what.share = static_cast<double>(what.count) / static_cast<double>(what.of);
    scores_.push_back(std::move(what));
  }

  /// A finding about an entry, with its period.
  static quality_finding about(quality_check check, const quality_subject& of, std::uint32_t place, const reported_value& value) {
    quality_finding made{.check = check, .indicator = of.indicator, .place = place};
    made.first_day = value.first;
    made.last_day = value.last;
    made.entry = value.where;
    return made;
  }

  const programme& plan;
  const attain::binding& bound;
  const quality_options& options;
  std::int32_t as_of;
  std::uint32_t number;  ///< in the portfolio and the binding
  std::int32_t known;    ///< what was recorded later is not seen
  std::int32_t told;     ///< the day up to which we would have been told

 private:
  std::vector<quality_finding>& findings_;
  std::vector<quality_score>& scores_;
};

}  // namespace attain::inline v0::detail
