#pragma once

/** Brings the rows of an indicator at a place together as standing entries (rules R1, R2, R10, R11, R12, R14). */

#include <attain/core/config.hpp>
#include <attain/ledger/binding.hpp>
#include <attain/ledger/entry.hpp>
#include <attain/ledger/plain.hpp>
#include <attain/model/indicator.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace attain::inline v0 {

class gatherer {
 public:
  /// @p ledger may be a later state than the one that @p bound was made for. Entries recorded after @p known_at are unknown.
  gatherer(const binding& bound, ledger_view ledger, std::int32_t known_at)
      : bound_(&bound), ledger_(std::move(ledger)), known_at_(known_at) {}

  /// Goes on with a later state of the ledger.
  void move_to(ledger_view ledger) { ledger_ = std::move(ledger); }

  /// What a target reads of an indicator.
  struct request {
    std::size_t scope = 0;  ///< the programme
    std::size_t indicator = 0;
    const indicator_spec* spec = nullptr;
    std::span<const division::item> about{};  ///< only entries about exactly these categories; none: undivided (rule R10)
    std::uint32_t place = 0;
    std::optional<double> goal{};  ///< of the place, for shares of it
  };

  /// Standing, undivided entries in the order of their days; of steps and ratings with their slots. True if a share of the goal
  /// was read.
  bool operator()(const request& of, std::vector<entry>& entries);

  /// Whether everything that was recorded is known.
  bool knows_all() const noexcept { return known_at_ >= ledger_.max_recorded(); }

  /// Undivided entries where there is nothing to resolve: one series of plain amounts without ties. Else false. Not for steps and
  /// ratings. Precondition: `knows_all()`. They hold until those of another indicator as the same @p member are asked for.
  bool plain_rows(std::size_t scope, std::size_t indicator, std::uint32_t place, std::size_t member, standing_rows& rows);

  /// The same for whatever is known, as copies. @p recorded gets the days on which they were.
  bool plain(std::size_t scope, std::size_t indicator, std::uint32_t place, std::vector<plain_entry>& entries,
             std::vector<std::int32_t>* recorded = nullptr);

 private:
  struct plain_series {
    bool found = false;  ///< else there is something to resolve
    row_slice rows;
    unit_scale scale;
  };
  plain_series find_plain(std::size_t scope, std::size_t indicator, std::uint32_t place, row_buffer& buffer);
  void append(const strand& from, std::uint32_t slot, const request& of, std::vector<entry>& to, bool& used_goal);
  std::uint32_t author_slot(const indicator_spec& spec, text_id author);

  const binding* bound_;
  ledger_view ledger_;
  std::int32_t known_at_;
  row_buffer buffer_;
  std::array<row_buffer, most_plain_members> member_buffers_;
  std::vector<entry> other_scope_;
  std::vector<text_id> authors_;
  std::vector<dimension_slots> dimensions_;
};

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/engine/impl/gather.ipp>
#endif
