#include "implementation.hpp"
#include "replay.hpp"
#include "stored_entries.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace attain::inline v0::io {

using namespace detail;

namespace {

/// As many rows as the entries of a file can be at most, so that a file that lies about them costs no memory.
std::size_t most_entries(const std::string& path, const std::map<batch_number, stored_batch>& batches) {
  constexpr std::size_t least_bytes = 40;  // of a row: its hash and the head of its columns
  std::size_t bytes = 0;
  for (const char* part : {"", "-wal"}) {
    struct stat found {};
    if (::stat((path + part).c_str(), &found) == 0) bytes += static_cast<std::size_t>(found.st_size);
  }
  const std::size_t most = bytes / least_bytes;
  std::size_t entries = 0;
  for (const auto& [number, batch] : batches) entries = (std::min)(most, entries + (std::min)(most, batch.entries));
  return entries;
}

}  // namespace

std::string_view to_string(batch_state state) noexcept {
  switch (state) {
    case batch_state::pending:
      return "pending";
    case batch_state::approved:
      return "approved";
    case batch_state::withdrawn:
      break;
  }
  return "withdrawn";
}

std::string to_string(const chain_head& head) { return std::to_string(head.number) + ":" + head.hash; }

chain_head parse_chain_head(std::string_view text) {
  chain_head made;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), made.number);
  const std::string_view rest = text.substr(static_cast<std::size_t>(end - text.data()));
  if (problem != std::errc() || made.number < 0 || !rest.starts_with(':') || !is_sha256(rest.substr(1))) {
    throw invalid_input(finding{.code = code::malformed,
                                .text = escaped_excerpt(text),
                                .expected = "the number of a record, a colon and 64 hexadecimal digits",
                                .message = "this is no head of a ledger"});
  }
  made.hash = rest.substr(1);
  return made;
}

ledger_store::ledger_store(const std::string& path, store_options options)
    : inside_(std::make_unique<implementation>(path, options)) {}
ledger_store::ledger_store(ledger_store&&) noexcept = default;
ledger_store& ledger_store::operator=(ledger_store&&) noexcept = default;
ledger_store::~ledger_store() = default;

const std::string& ledger_store::path() const noexcept { return inside_->path(); }
store_access ledger_store::access() const noexcept { return inside_->access(); }

attain::ledger ledger_store::ledger(const loading& which) const {
  const implementation::reading state(*inside_);
  auto batches = read_batches(inside_->db(), which.known_at);
  std::erase_if(batches, [&](const auto& one) {
    const batch_state is = one.second.state;
    return is != batch_state::approved && !(which.pending && is == batch_state::pending);
  });
  replay all(inside_->db(), &batches);
  all.reserve(most_entries(path(), batches));
  all.run();
  return all.ledger(which.threads);
}

std::vector<stored_entry> ledger_store::history(std::string_view indicator, std::string_view place) const {
  const implementation::reading state(*inside_);
  std::map<batch_number, stored_batch> known;
  std::vector<stored_entry> found;
  stored_entries read(inside_->db());
  read.about(indicator, place, [&](std::int64_t number, batch_number batch, observation said) {
    auto [at, is_new] = known.try_emplace(batch, stored_batch{.handed_in = {.at = moment(0), .author = {}}});
    if (is_new) {
      auto one = read_batch(inside_->db(), batch);
      if (!one) throw_store(code::broken_chain, "record " + std::to_string(number), "the entry belongs to no batch");
      at->second = *std::move(one);
    }
    found.push_back({number, std::move(said), at->second});
  });
  return found;
}

chain_head ledger_store::head() const {
  const implementation::reading state(*inside_);
  return head_of(last_link(inside_->db()));
}

chain_head ledger_store::verify(const std::optional<chain_head>& kept) const {
  const implementation::reading state(*inside_);
  const connection& file = inside_->db();
  replay all(file, nullptr);
  if (kept) all.expect(*kept);
  all.run();

  statement structure(file, "PRAGMA integrity_check(20)");
  std::vector<finding> damage;
  while (structure.step()) {
    if (structure.text(0) == "ok") continue;
    damage.push_back({.code = code::damaged,
                      .where = path(),
                      .text = escaped_excerpt(structure.text(0)),
                      .message = "the structure of the file is damaged"});
  }
  if (!damage.empty()) throw store_error(std::move(damage));
  return head_of(all.last());
}

std::vector<finding> ledger_store::health() const {
  const implementation::reading state(*inside_);
  std::vector<finding> notes;
  const bool has_race = sqlite3_libversion_number() < 3051003;  // two connections that fold the log into the file at once
  notes.push_back({.severity = severity::note,
                   .code = code::sqlite_version,
                   .text = sqlite3_libversion(),
                   .expected = has_race ? "SQLite 3.51.3 or later" : "",
                   .message = has_race ? "programs other than attain that write to the file at the same time can damage it"
                                       : "the version of SQLite in use"});
  return notes;
}

}  // namespace attain::inline v0::io
