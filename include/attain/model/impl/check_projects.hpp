#pragma once
/** What can be wrong with the tree of projects, with its targets, and between targets. */
#include <attain/core/config.hpp>
#include <attain/model/impl/check_indicators.hpp>
#include <attain/model/impl/check_places.hpp>
#include <attain/model/impl/finding_list.hpp>
#include <attain/model/programme_spec.hpp>

namespace attain::inline v0::detail {

void check_projects(const programme_spec& spec, checked_places& places, checked_indicators& indicators, finding_list& found);

}  // namespace attain::inline v0::detail

#ifndef ATTAIN_COMPILED
#include <attain/model/impl/check_projects.ipp>
#endif
