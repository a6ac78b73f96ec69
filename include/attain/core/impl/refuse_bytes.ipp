#pragma once

#include <attain/core/impl/refuse_bytes.hpp>
#include <attain/core/impl/text.hpp>

namespace attain::inline v0::detail {

ATTAIN_INLINE std::optional<finding> refuse_bytes(std::string_view text, std::string_view where, std::size_t max_bytes) {
  if (text.size() > max_bytes) {
    return finding{severity::error,
                   code::too_large,
                   std::string(where),
                   escaped_excerpt(text),
                   "at most " + std::to_string(max_bytes) + " bytes",
                   "the text is too long"};
  }
  for (std::size_t at = 0; at < text.size();) {
    const character c = character_at(text, at);
    if (!c.valid) {
      return finding{severity::error,
                     code::bad_encoding,
                     at_column(where, column_of(text, at)),
                     escaped_excerpt(text),
                     "UTF-8",
                     "byte " + std::to_string(at + 1) + " is not UTF-8"};
    }
    at += c.size;
  }
  return std::nullopt;
}

}  // namespace attain::inline v0::detail
