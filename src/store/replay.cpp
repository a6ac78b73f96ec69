#include "replay.hpp"

#include "implementation.hpp"

#include <attain/core/date.hpp>

#include <algorithm>
#include <utility>

namespace attain::inline v0::io::detail {

namespace {

constexpr std::uint32_t series_mark = 1u << 31;  ///< of positions: a series, not a text

bool any(const std::vector<std::uint8_t>& flags) { return std::find(flags.begin(), flags.end(), 1) != flags.end(); }

}  // namespace

// -- columns -------------------------------------------------------------------------------------

void ledger_columns::reserve(std::size_t rows) {
  for (auto* days : {&first_day_, &last_day_, &recorded_}) days->reserve(rows);
  for (auto* ends : {&low_, &high_}) ends->reserve(rows);
  for (auto* marks : {&flags_, &missing_}) marks->reserve(rows);
  for (auto& codes : {&series_[0], &series_[1]}) codes->reserve(rows);
}

void ledger_columns::add(const entry_numbers& numbers, const std::array<std::uint32_t, series_texts>& series,
                         const std::array<std::uint32_t, 5>& texts) {
  const auto put = [rows = first_day_.size()](std::vector<std::uint32_t>& codes, std::uint32_t code) {
    if (codes.empty() && code == 0) return;
    codes.resize(rows);  // where none was used before
    codes.push_back(code);
  };
  for (std::size_t i = 0; i < series.size(); ++i) put(series_[i], series[i]);
  for (std::size_t i = 0; i < texts.size(); ++i) put(texts_[i], texts[i]);
  first_day_.push_back(numbers.first_day);
  last_day_.push_back(numbers.last_day);
  recorded_.push_back(numbers.recorded);
  low_.push_back(numbers.low);
  high_.push_back(numbers.high);
  flags_.push_back(numbers.flags);
  missing_.push_back(numbers.missing);
}

observation_columns ledger_columns::get(std::span<const std::string_view> dictionary) const {
  observation_columns made;
  made.size = first_day_.size();
  const auto coded = [&](const std::vector<std::uint32_t>& codes) {
    return codes.empty() ? coded_column{} : coded_column{codes, dictionary};
  };
  made.indicator = coded(series_[0]);
  made.place = coded(series_[1]);
  made.dimensions = coded(series_[2]);
  made.step = coded(series_[3]);
  made.stage = coded(series_[4]);
  made.scope = coded(series_[5]);
  made.unit = coded(series_[6]);
  made.author = coded(texts_[0]);
  made.source = coded(texts_[1]);
  made.evidence = coded(texts_[2]);
  made.note = coded(texts_[3]);
  made.key = coded(texts_[4]);
  made.first_day = first_day_;
  made.last_day = last_day_;
  made.recorded = recorded_;
  made.low = low_;
  if (low_ != high_) made.high = high_;
  if (std::any_of(missing_.begin(), missing_.end(), [](std::uint8_t why) { return why != 0; })) made.missing = missing_;
  if (std::any_of(flags_.begin(), flags_.end(), [](std::uint8_t bits) { return bits != 0; })) {
    for (std::size_t bit = 0; bit < one_flag_.size(); ++bit) {
      one_flag_[bit].resize(flags_.size());
      for (std::size_t row = 0; row < flags_.size(); ++row) one_flag_[bit][row] = (flags_[row] >> bit) & 1;
    }
    if (any(one_flag_[0])) made.low_open = one_flag_[0];
    if (any(one_flag_[1])) made.high_open = one_flag_[1];
    if (any(one_flag_[2])) made.share_of_goal = one_flag_[2];
    if (any(one_flag_[3])) made.withdrawn = one_flag_[3];
  }
  return made;
}

// -- records -------------------------------------------------------------------------------------

replay::replay(const connection& from, const std::map<batch_number, stored_batch>* wanted) : walk_(from), wanted_(wanted) {}

void replay::run() {
  while (walk_.next()) {
    if (batch_left_ != 0 && walk_.kind() != record_kind::entry) refuse("the batch before it has fewer entries than it says");
    if (kept_ && kept_->number == walk_.number()) check_kept();
    position_.push_back(0);
    switch (walk_.kind()) {
      case record_kind::text:
        read_text();
        break;
      case record_kind::series:
        read_series();
        break;
      case record_kind::batch:
        read_batch();
        break;
      case record_kind::entry:
        read_entry();
        break;
      case record_kind::decision:
        read_decision();
        break;
      case record_kind::goal:
        break;
    }
  }
  if (batch_left_ != 0) refuse("the last batch has fewer entries than it says");
  if (kept_ && kept_->number > walk_.number()) {
    throw_store(code::older_copy, "record " + std::to_string(walk_.number()), "the ledger ends before the head that was kept",
                to_string(*kept_), to_string(head_of(walk_.last())));
  }
}

void replay::check_kept() const {
  if (hexadecimal(walk_.last().hash) != kept_->hash) refuse("the record is another than the one whose hash was kept");
}

void replay::read_text() {
  texts_.emplace_back(walk_.row().text(1));
  position_.back() = static_cast<std::uint32_t>(dictionary_.size());
  dictionary_.push_back(texts_.back());
}

std::uint32_t replay::text_at(int column) const {
  if (walk_.row().is_null(column)) return 0;
  const std::int64_t number = walk_.row().integer(column);
  if (number <= 0 || number >= static_cast<std::int64_t>(position_.size())) refuse("it refers to a record that is not before it");
  const std::uint32_t position = position_[static_cast<std::size_t>(number)];
  if (position == 0 || (position & series_mark) != 0) refuse("it refers to a record that is no text");
  return position;
}

void replay::read_series() {
  std::array<std::uint32_t, series_texts> parts{};
  for (int i = 0; i < series_texts; ++i) parts[static_cast<std::size_t>(i)] = text_at(i + 1);
  position_.back() = static_cast<std::uint32_t>(series_.size()) | series_mark;
  series_.push_back(parts);
}

void replay::read_batch() {
  const statement& row = walk_.row();
  batch_ = walk_.number();
  batch_left_ = row.integer(9);
  if (batch_left_ <= 0) refuse("a batch has at least one entry");
  batch_day_ = moment_at(row, 1).day().days();
  batch_wanted_ = wanted_ != nullptr && wanted_->contains(batch_);
  batches_.emplace_hint(batches_.end(), batch_, open_batch{std::string(row.text(3))});
}

void replay::read_entry() {
  const statement& row = walk_.row();
  if (batch_left_ == 0 || row.integer(entry_column::batch) != batch_) refuse("the entry does not belong to the batch before it");
  --batch_left_;
  const std::int64_t series = row.integer(entry_column::series);
  if (series <= 0 || series >= static_cast<std::int64_t>(position_.size()) ||
      (position_[static_cast<std::size_t>(series)] & series_mark) == 0) {
    refuse("the entry belongs to no series");
  }
  entry_numbers numbers;
  if (const char* problem = read_numbers(row, batch_day_, numbers)) refuse(problem);
  std::array<std::uint32_t, 5> texts{};
  for (int i = 0; i < 5; ++i) texts[static_cast<std::size_t>(i)] = text_at(entry_column::author + i);
  if (!batch_wanted_) return;
  columns_.add(numbers, series_[position_[static_cast<std::size_t>(series)] & ~series_mark], texts);
}

void replay::read_decision() {
  const statement& row = walk_.row();
  const auto about = batches_.find(row.integer(5));
  if (about == batches_.end()) refuse("the decision is about no batch");
  open_batch& batch = about->second;
  const bool approves = row.text(6) == "approve";
  if (batch.withdrawn || (approves && batch.approved)) refuse("the batch was decided before");
  if ((approves || batch.approved) && row.text(3) == batch.author) refuse("the batch was decided by who handed it in");
  (approves ? batch.approved : batch.withdrawn) = true;
}

attain::ledger replay::ledger(int threads) const {
  attain::ledger book;
  try {
    book.append_columns(columns_.get(dictionary_), threads);
  } catch (const error& refused) {
    std::vector<finding> findings = refused.findings();
    for (finding& f : findings) f.where = "entry, " + f.where;
    findings.insert(findings.begin(),
                    finding{.code = code::broken_chain, .message = "the records hold entries that no ledger takes"});
    throw store_error(std::move(findings));
  }
  return book;
}

}  // namespace attain::inline v0::io::detail
