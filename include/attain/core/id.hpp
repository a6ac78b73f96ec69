#pragma once

/** Ids and names: what they may contain, and which ones look alike.

  An id (`22.1`) is stable, case-sensitive and compared byte by byte, so everything that
  would make two ids look equal and be different is refused: invisible and bidirectional
  characters, edge spaces, decomposed accents. A name is kept as given.
  Nothing here throws except for lack of memory.
*/

#include <attain/core/config.hpp>
#include <attain/core/finding.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0 {

inline constexpr std::size_t max_id_bytes = 200;
inline constexpr std::size_t max_name_bytes = 4096;

/// The offset of the first byte that is not part of well-formed UTF-8 (RFC 3629: no
/// surrogates, no overlong forms, nothing beyond U+10FFFF), or nothing.
std::optional<std::size_t> find_invalid_utf8(std::string_view text) noexcept;

/** What is wrong with an id, or nothing.

  1 to 200 bytes of UTF-8; printable; no spaces at the edges; no `/`, which joins a
  programme and its target in `programme/target`. The finding names the code point.
*/
std::optional<finding> check_id(std::string_view id, std::string_view where);

/// What is wrong with a name, or nothing: 1 to 4096 bytes of UTF-8 without controls,
/// line breaks or bidirectional overrides.
std::optional<finding> check_name(std::string_view name, std::string_view where);

/** The key under which look-alike ids collide: `22.1` and its full-width form; `A` and the Cyrillic `А`; `ab` and `AB`.

  Folds width, case of ASCII letters, and the common Cyrillic and Greek twins of Latin
  letters. It is for warnings (`confusable_id`), never for identity.
*/
std::string confusable_key(std::string_view id);

/// Up to @p max of the ids that resemble @p wanted, by edit distance in characters, the
/// closest first and in their given order among equals. Ids that share too little are left out.
std::vector<std::string> nearest_ids(std::string_view wanted, std::span<const std::string> ids, std::size_t max = 3);

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/core/impl/id.ipp>
#endif
