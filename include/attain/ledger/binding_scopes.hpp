#pragma once

/** What the programmes of a portfolio bring to a binding, which itself reads no portfolios. */

#include <attain/core/config.hpp>
#include <attain/ledger/binding.hpp>
#include <attain/model/portfolio.hpp>

#include <vector>

namespace attain::inline v0 {

/// The scopes of a portfolio, one a programme. It must outlive them.
std::vector<binding_scope> scopes_of(const portfolio& plan);

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/ledger/impl/binding_scopes.ipp>
#endif
