#pragma once

/** One state of a ledger, and the next one in the making.

  States share what they have in common: an append of one entry copies the tail and a pointer. Runs are merged as layers of the
  tables are: a new one swallows those before it that are not at least four times its size.
*/
#include <attain/core/date.hpp>
#include <attain/core/error.hpp>
#include <attain/ledger/detail/run.hpp>
#include <attain/ledger/detail/run_merge.hpp>
#include <attain/ledger/detail/tables.hpp>
#include <attain/ledger/detail/tail.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

struct ledger_base {
  text_table texts;
  aspect_table aspects;
  series_table series;
  batch_table batches;
  std::vector<std::shared_ptr<const run>> runs;  ///< oldest and largest first
};

struct ledger_state {
  std::uint64_t id = 0;
  std::size_t size = 0;
  std::int32_t max_recorded = first_day;
  std::shared_ptr<const ledger_base> base;
  tail recent;

  std::uint32_t run_count() const noexcept {
    return static_cast<std::uint32_t>(base->runs.size() + (recent.size != 0 ? 1 : 0));
  }
  /// The tail is the run behind the runs.
  bool is_tail(std::uint32_t number) const noexcept { return number == base->runs.size(); }
};

inline std::uint64_t next_state_id() noexcept {
  static std::atomic<std::uint64_t> last{0};
  return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

inline std::shared_ptr<const ledger_state> empty_ledger_state() {
  auto base = std::make_shared<ledger_base>();
  interner texts(base->texts);
  texts.find_or_add({});
  interner aspects(base->aspects);
  aspects.find_or_add({});
  auto filled = std::make_shared<ledger_base>();
  filled->texts = texts.finish();
  filled->aspects = aspects.finish();
  auto state = std::make_shared<ledger_state>();
  state->id = next_state_id();
  state->base = std::move(filled);
  return state;
}

/// A keyed entry that a ledger already has.
struct keyed_entry {
  series_id series = 0;
  row_fields fields;
};

class ledger_draft {
 public:
  /// @p from must outlive the draft.
  explicit ledger_draft(const ledger_state& from)
      : texts(from.base->texts),
        aspects(from.base->aspects),
        series(from.base->series),
        batches(from.base->batches),
        from_(from),
        next_(std::make_shared<ledger_state>(from)) {}

  interner<text_store> texts;
  interner<key_store<aspect_key>> aspects;
  interner<series_store> series;
  interner<key_store<batch_key>> batches;

  /// Throws `invalid_input` (`too_large`) if a run could not number the rows of the ledger.
  void make_room(std::size_t more) const {
    if (more >= nowhere - next_->size) {
      throw invalid_input(finding{severity::error, code::too_large, "", "", "fewer than 4294967295 entries",
                                  "a ledger cannot hold as many entries"});
    }
  }

  void add(series_id of, const row_fields& fields) {
    if (next_->recent.full()) {
      add_run(next_->recent.to_run(series.size()));
      next_->recent.size = 0;
    }
    next_->recent.insert(of, fields, texts, batches);
    count(1, batches[fields.batch].recorded);
  }

  void add(std::shared_ptr<const run> added, std::int32_t latest_recorded) {
    const std::size_t rows = added->size();
    if (rows == 0) return;
    add_run(std::move(added));
    count(rows, latest_recorded);
  }

  /// The entry that has a key.
  std::optional<keyed_entry> find_key(text_id text) const {
    if (text >= from_.base->texts.size()) return std::nullopt;
    for (const auto& r : from_.base->runs) {
      if (const std::uint32_t row = r->find_key(text); row != nowhere) return keyed_entry{r->series_of(row), r->fields(row)};
    }
    if (const std::uint32_t row = from_.recent.find_key(text); row != nowhere) {
      return keyed_entry{from_.recent.series[row], from_.recent.fields(row)};
    }
    return std::nullopt;
  }

  std::shared_ptr<const ledger_state> finish() {
    if (runs_ || texts.changed() || aspects.changed() || series.changed() || batches.changed()) {
      auto base = std::make_shared<ledger_base>();
      base->texts = texts.finish();
      base->aspects = aspects.finish();
      base->series = series.finish();
      base->batches = batches.finish();
      base->runs = runs_ ? std::move(*runs_) : from_.base->runs;
      next_->base = std::move(base);
    }
    next_->id = next_state_id();
    return std::move(next_);
  }

 private:
  void add_run(std::shared_ptr<const run> added) {
    if (!runs_) runs_ = from_.base->runs;
    for (std::size_t more = to_swallow(*runs_, added->size()); more != 0; --more) {
      added = run_merger(*runs_->back(), *added, series.size())(texts, batches);
      runs_->pop_back();
    }
    runs_->push_back(std::move(added));
  }

  void count(std::size_t rows, std::int32_t recorded) noexcept {
    next_->size += rows;
    next_->max_recorded = (std::max)(next_->max_recorded, recorded);
  }

  const ledger_state& from_;
  std::shared_ptr<ledger_state> next_;
  std::optional<std::vector<std::shared_ptr<const run>>> runs_;  ///< once they differ
};

}  // namespace attain::inline v0::detail
