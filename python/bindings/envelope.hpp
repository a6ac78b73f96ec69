#pragma once
/** What pickles hold: bytes in an envelope with magic, kind, version, length and checksum.

  | bytes | field |
  |---|---|
  | 8 | `\x89attain\n` |
  | 2 | kind |
  | 2 | version of the layout of that kind |
  | 8 | length of the contents |
  | 8 | checksum of the contents |

  Numbers are little-endian. An envelope that is damaged, of another kind or of a newer version is refused with `invalid_input` before
  anything in it is read. A checksum finds damage, it does not prove where bytes come from: like any pickle, these are for trusted
  files only. When a layout changes, its version grows and the reader of the old one stays.
*/
#include "pybind.hpp"

#include <cstdint>
#include <string>
#include <string_view>

enum class envelope_kind : std::uint16_t { programme = 1, ledger = 2 };

py::bytes seal(envelope_kind kind, std::string_view contents);

/// The contents. Throws `invalid_input`.
std::string unseal(envelope_kind kind, std::string_view sealed);
