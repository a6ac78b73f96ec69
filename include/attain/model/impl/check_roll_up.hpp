#pragma once
/** What can be wrong with a roll-up: by itself, and with the children and targets that it names. */
#include <attain/core/config.hpp>
#include <attain/model/impl/finding_list.hpp>
#include <attain/model/impl/id_space.hpp>
#include <attain/model/roll_up.hpp>
#include <attain/model/target.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace attain::inline v0::detail {

/// Parameters, policies and rules, as far as they stand alone.
void check_roll_up(const path& where, const roll_up_spec& roll_up, finding_list& found);

/// A child as the weights of its node see it.
struct weighed_child {
  std::string id;
  bool has_weight = true;    ///< given, or by default
  bool is_declared = false;  ///< the weight stands in the programme
};

/// Weights name each child that has a weight once, and compare each pair once; warns of comparisons that are inconsistent.
void check_weights_of(const path& where, const weights_spec& weights, const std::vector<weighed_child>& children,
                      std::size_t places, finding_list& found);

/// What a rule asks of a target has to make sense for it.
void check_rule_target(const path& where, const rule_spec& rule, const target_spec& target, finding_list& found);

}  // namespace attain::inline v0::detail

#ifndef ATTAIN_COMPILED
#include <attain/model/impl/check_roll_up.ipp>
#endif
