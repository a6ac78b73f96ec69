#pragma once

/** From a portfolio and a ledger to flat arrays. See `engine/compiled.hpp` for what comes out. */

#include <attain/core/config.hpp>
#include <attain/core/progress.hpp>
#include <attain/engine/compiled.hpp>
#include <attain/ledger/ledger.hpp>
#include <attain/model/portfolio.hpp>

#include <memory>
#include <optional>

namespace attain::inline v0 {

struct custom_functions;  // engine/custom.hpp

/** Compiles for one `known_at` (none: everything recorded). What comes out is the same for any number of threads, but for the
  blocks that events lie in.

  Throws `invalid_option` with every `custom:` name that @p custom does not supply (code unsupplied_custom).
*/
std::shared_ptr<const compiled> compile(const portfolio& plan, const ledger& book, std::optional<date> known_at = std::nullopt,
                                        const custom_functions* custom = nullptr, int threads = 1,
                                        const progress_function& progress = {});

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/engine/impl/compile.ipp>
#endif
