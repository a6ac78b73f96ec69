#include "implementation.hpp"

#include <attain/core/id.hpp>

#include <utility>

namespace attain::inline v0::io {

namespace detail {

namespace {

constexpr const char* all_batches =
    "SELECT seq, at, utc_offset, author, key, evidence_uri, evidence_sha256, evidence_page, note, entries FROM batch ORDER BY "
    "seq";
constexpr const char* one_batch =
    "SELECT seq, at, utc_offset, author, key, evidence_uri, evidence_sha256, evidence_page, note, entries FROM batch WHERE seq = "
    "?1";
constexpr const char* all_decisions = "SELECT batch, kind, at, utc_offset, author, reason FROM decision ORDER BY seq";
constexpr const char* decisions_of_one =
    "SELECT batch, kind, at, utc_offset, author, reason FROM decision WHERE batch = ?1 ORDER BY seq";

stored_batch batch_at(const statement& row) {
  stored_batch made{.number = row.integer(0), .handed_in = {.at = moment_at(row, 1), .author = std::string(row.text(3))}};
  made.handed_in.key = row.text(4);
  made.handed_in.evidence = {std::string(row.text(5)), std::string(row.text(6)), std::string(row.text(7))};
  made.handed_in.note = row.text(8);
  made.entries = static_cast<std::size_t>(row.integer(9));
  return made;
}

void decide(stored_batch& batch, const statement& row) {
  if (row.text(1) == "approve") {
    batch.approval = decision_at(row, 2);
    batch.state = batch_state::approved;
  } else {
    batch.withdrawal = decision_at(row, 2);
    batch.state = batch_state::withdrawn;
  }
}

class who_and_why {
 public:
  void name(std::string_view where, std::string_view text, bool required) {
    if (text.empty() && !required) return;
    if (auto problem = check_name(text, where)) problems_.push_back(*std::move(problem));
  }
  void text(std::string_view where, std::string_view text) {
    if (!find_invalid_utf8(text)) return;
    problems_.push_back({.code = code::bad_encoding,
                         .where = std::string(where),
                         .text = escaped_excerpt(text),
                         .expected = "UTF-8",
                         .message = "the text is not well-formed UTF-8"});
  }
  void add(finding problem) { problems_.push_back(std::move(problem)); }
  void throw_if_any() {
    if (!problems_.empty()) throw invalid_input(std::move(problems_));
  }

 private:
  std::vector<finding> problems_;
};

}  // namespace

moment moment_at(const statement& row, int column) {
  try {
    const std::int64_t offset = row.integer(column + 1);
    return moment(row.integer(column), offset >= -1440 && offset <= 1440 ? static_cast<int>(offset) : 1441);
  } catch (const invalid_input& no_moment) {
    throw store_error(finding{.code = code::broken_chain, .message = no_moment.findings().front().message});
  }
}

decision decision_at(const statement& row, int column) {
  return {moment_at(row, column), std::string(row.text(column + 2)), std::string(row.text(column + 3))};
}

std::map<batch_number, stored_batch> read_batches(const connection& in, std::optional<date> known_at) {
  std::map<batch_number, stored_batch> batches;
  const auto is_known = [&](const moment& at) { return !known_at || at.day() <= *known_at; };
  statement read(in, all_batches);
  while (read.step()) {
    stored_batch one = batch_at(read);
    if (is_known(one.handed_in.at)) batches.emplace_hint(batches.end(), one.number, std::move(one));
  }
  statement decided(in, all_decisions);
  while (decided.step()) {
    const auto about = batches.find(decided.integer(0));
    if (about != batches.end() && is_known(moment_at(decided, 2))) decide(about->second, decided);
  }
  return batches;
}

std::optional<stored_batch> read_batch(const connection& in, batch_number number) {
  statement read(in, one_batch);
  read.bind(1, number);
  if (!read.step()) return std::nullopt;
  stored_batch one = batch_at(read);
  statement decided(in, decisions_of_one);
  decided.bind(1, number);
  while (decided.step()) decide(one, decided);
  return one;
}

std::optional<batch_number> find_batch(const connection& in, std::string_view key) {
  statement read(in, "SELECT seq FROM batch WHERE key = ?1");
  read.bind(1, key);
  return read.step() ? std::optional(read.integer(0)) : std::nullopt;
}

void check(const submission& how) {
  who_and_why problems;
  problems.name("author", how.author, true);
  problems.name("key", how.key, false);
  problems.name("evidence, uri", how.evidence.uri, false);
  problems.name("evidence, page", how.evidence.page, false);
  problems.text("note", how.note);
  if (!how.evidence.sha256.empty() && !is_sha256(how.evidence.sha256)) {
    problems.add({.code = code::malformed,
                  .where = "evidence, sha256",
                  .text = escaped_excerpt(how.evidence.sha256),
                  .expected = "64 hexadecimal digits in lower case",
                  .message = "this is no SHA-256"});
  }
  problems.throw_if_any();
}

void check(const decision& by) {
  who_and_why problems;
  problems.name("author", by.author, true);
  problems.text("reason", by.reason);
  problems.throw_if_any();
}

}  // namespace detail

using namespace detail;

namespace {

stored_batch known_batch(const connection& in, batch_number number) {
  if (auto found = read_batch(in, number)) return *std::move(found);
  throw unknown_id("batch", std::to_string(number), {});
}

[[noreturn]] void refuse_decision(code what, const stored_batch& batch, std::string message, std::string expected,
                                  std::string text) {
  throw ledger_conflict(finding{.code = what,
                                .where = "batch " + std::to_string(batch.number),
                                .text = escaped_excerpt(text),
                                .expected = std::move(expected),
                                .message = std::move(message)});
}

void must_be_another(const stored_batch& batch, const decision& by) {
  if (by.author != batch.handed_in.author) return;
  refuse_decision(code::four_eyes, batch, "who handed a batch in cannot decide that it counts, or no longer counts",
                  "another person", by.author);
}

void record(record_writer& to, batch_number batch, const decision& by, std::string_view kind) {
  to.begin(record_kind::decision);
  to.add(by.at.microseconds());
  to.add(std::int64_t{by.at.offset_minutes()});
  to.add(std::string_view(by.author));
  to.add_unless_empty(by.reason);
  to.add(batch);
  to.add(kind);
  to.finish();
}

}  // namespace

stored_batch ledger_store::approve(batch_number batch, const decision& by) {
  check(by);
  implementation::writing change(*inside_);
  const stored_batch found = known_batch(inside_->db(), batch);
  must_be_another(found, by);
  if (found.state == batch_state::approved && found.approval->author == by.author) return found;
  if (found.state != batch_state::pending) {
    const decision& earlier = found.withdrawal ? *found.withdrawal : *found.approval;
    refuse_decision(code::already_decided, found, "the batch is " + std::string(to_string(found.state)) + " already",
                    "a batch that is pending", earlier.author + ", " + to_string(earlier.at));
  }
  record(change.records(), batch, by, "approve");
  const stored_batch made = known_batch(inside_->db(), batch);
  change.commit();
  return made;
}

stored_batch ledger_store::withdraw(batch_number batch, const decision& by) {
  check(by);
  if (by.reason.empty()) {
    throw invalid_input(finding{.code = code::missing_field,
                                .where = "reason",
                                .expected = "why the batch is taken back",
                                .message = "a withdrawal has a reason"});
  }
  implementation::writing change(*inside_);
  const stored_batch found = known_batch(inside_->db(), batch);
  if (found.withdrawal) {
    if (found.withdrawal->author == by.author && found.withdrawal->reason == by.reason) return found;
    refuse_decision(code::already_decided, found, "the batch is withdrawn already", "a batch that is pending or approved",
                    found.withdrawal->author + ", " + to_string(found.withdrawal->at));
  }
  if (found.state == batch_state::approved) must_be_another(found, by);
  record(change.records(), batch, by, "withdraw");
  const stored_batch made = known_batch(inside_->db(), batch);
  change.commit();
  return made;
}

std::vector<stored_batch> ledger_store::batches() const {
  const implementation::reading state(*inside_);
  std::vector<stored_batch> all;
  for (auto& [number, one] : read_batches(inside_->db())) all.push_back(std::move(one));
  return all;
}

stored_batch ledger_store::batch(batch_number number) const {
  const implementation::reading state(*inside_);
  return known_batch(inside_->db(), number);
}

std::optional<stored_batch> ledger_store::find_batch(std::string_view key) const {
  const implementation::reading state(*inside_);
  const auto number = detail::find_batch(inside_->db(), key);
  return number ? read_batch(inside_->db(), *number) : std::nullopt;
}

}  // namespace attain::inline v0::io
