#pragma once
/** What stands in a ledger, for formats that have no history. */
#include <attain/ledger/ledger.hpp>
#include <attain/ledger/observation.hpp>

#include <map>
#include <string>
#include <vector>

namespace attain::inline v0::io::detail {

/** By indicator, in the order of period, place and the rest of the identity: of each identity (rule R1) the entry recorded last,
    withdrawals included. Several recorded last on one day contradict each other, and all of them are there. */
std::map<std::string, std::vector<observation>, std::less<>> standing_observations(const ledger& book);

}  // namespace attain::inline v0::io::detail
