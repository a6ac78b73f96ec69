#pragma once
/** Text in GB 18030, the encoding that the spreadsheets of Chinese offices save CSV in. */
#include <string>
#include <string_view>

namespace attain::inline v0::io::detail {

/// The same in UTF-8, by iconv of the system. Throws `invalid_input` (`bad_encoding`) at the first byte that is not of GB 18030.
std::string from_gb18030(std::string_view text, std::string_view file);

}  // namespace attain::inline v0::io::detail
