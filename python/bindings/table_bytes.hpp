#pragma once
/** A table as bytes: the contents of a ledger's pickle. Columns lie there as they lie in memory. */
#include <attain/io/table.hpp>

#include <string>
#include <string_view>

std::string bytes_of(const attain::io::table& from);

/// Throws `attain::invalid_input` for bytes that are no table; no count in them is believed before it is checked.
attain::io::table table_from_bytes(std::string_view bytes);
