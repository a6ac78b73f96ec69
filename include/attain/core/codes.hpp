#pragma once

/** Every code a finding can carry, once: the enumerators of `code` and the words of
    `to_string(code)` are both made from this list.

  A new code is one line, in its group, in alphabetical order. The *word* is what is
  stable: it is what C++, Python, files and reports show. The number behind it may
  change between versions and is never stored.
*/

// clang-format off
#define ATTAIN_CODES(X)              \
  /* text that cannot be read */     \
  X(bad_encoding)                    \
  X(damaged)                         \
  X(malformed)                       \
  X(malformed_csv)                   \
  X(malformed_date)                  \
  X(malformed_formula)               \
  X(malformed_json)                  \
  X(malformed_number)                \
  X(malformed_period)                \
  X(malformed_xml)                   \
  X(newer_version)                   \
  X(not_finite)                      \
  X(out_of_range)                    \
  X(overflow)                        \
  X(too_deep)                        \
  X(too_large)                       \
  X(unknown_version)                 \
  X(unreadable_file)                 \
  X(unwritable_file)                 \
  /* the shape of a document */      \
  X(duplicate_field)                 \
  X(missing_field)                   \
  X(unknown_field)                   \
  X(wrong_type)                      \
  /* ids and references */           \
  X(confusable_id)                   \
  X(cycle)                           \
  X(dangling_id)                     \
  X(duplicate_id)                    \
  X(invalid_id)                      \
  X(unknown_id)                      \
  X(unknown_indicator)               \
  X(unknown_place)                   \
  /* a programme */                  \
  X(alias_contradicts)               \
  X(bands_overlap)                   \
  X(bands_with_gap)                  \
  X(checkpoints_out_of_order)        \
  X(conflicting_fields)              \
  X(direction_contradicts)           \
  X(due_before_start)                \
  X(edges_out_of_order)              \
  X(empty_project)                   \
  X(goal_moved_after_result)         \
  X(goal_reached_at_baseline)        \
  X(history_out_of_order)            \
  X(impossible_change)               \
  X(inconsistent_comparisons)        \
  X(malformed_custom)                \
  X(method_needs_more)               \
  X(missing_window)                  \
  X(negative_weight)                 \
  X(no_baseline)                     \
  X(no_calendar_period)              \
  X(no_floor)                        \
  X(no_whole_period)                 \
  X(outside_window)                  \
  X(part_exceeds_whole)              \
  X(partition_without_parts)         \
  X(parts_differ_from_whole)         \
  X(places_disagree)                 \
  X(quota_outside_place)             \
  X(quotas_differ_from_goal)         \
  X(quotas_not_allowed)              \
  X(ratio_without_parts)             \
  X(several_root_places)             \
  X(steps_out_of_order)              \
  X(steps_without_weight)            \
  X(too_few_places)                  \
  X(undecided)                       \
  X(undeclared_direction)            \
  X(unit_mismatch)                   \
  X(unknown_aggregator)              \
  X(unknown_method)                  \
  X(unknown_state)                   \
  X(unknown_unit)                    \
  X(unreachable)                     \
  X(unsupplied_custom)               \
  X(unused_field)                    \
  X(weights_do_not_match)            \
  X(weights_sum_to_zero)             \
  X(wrong_kind)                      \
  /* observations and readings */    \
  X(doubtful_amount)                 \
  X(equal_recorded_differs)          \
  X(future_observation)              \
  X(gap_in_places)                   \
  X(gap_in_time)                     \
  X(key_conflict)                    \
  X(own_differs_from_children)       \
  X(partial_overlap)                 \
  X(running_total_falls)             \
  X(straddles_window)                \
  X(unit_differs)                    \
  /* a ledger in a file */           \
  X(already_decided)                 \
  X(broken_chain)                    \
  X(changed_elsewhere)               \
  X(disk_full)                       \
  X(forked)                          \
  X(four_eyes)                       \
  X(in_use)                          \
  X(io_failure)                      \
  X(not_a_ledger)                    \
  X(older_copy)                      \
  X(outcome_unknown)                 \
  X(read_only)                       \
  X(sqlite_version)                  \
  /* an evaluation */                \
  X(checkpoint_missed)               \
  X(invalid_option)
// clang-format on
