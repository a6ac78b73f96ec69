#pragma once
/** XML as events, read from a stream piece by piece (expat).

  What could do harm is refused: a DOCTYPE, so that there are no entities beyond the five of XML, nesting beyond a limit, and a
  tag longer than `max_tag_bytes`. Nothing is opened or fetched. Memory does not grow with the text.
*/
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace attain::inline v0::io::detail {

inline constexpr std::uint32_t max_xml_depth = 64;

/// From 1; columns count characters.
struct xml_position {
  std::uint64_t line = 1;
  std::uint64_t column = 1;
};

/// `file:line:column#path`, without the parts that are not known.
std::string xml_place(std::string_view file, xml_position at, std::string_view path = {});

using xml_attribute = std::pair<std::string_view, std::string_view>;

class xml_events {
 public:
  virtual ~xml_events() = default;
  virtual void open(std::string_view name, std::span<const xml_attribute> attributes, xml_position at) = 0;
  virtual void close(std::string_view name) = 0;
  virtual void text(std::string_view piece) = 0;
};

/// Reads @p from to its end. Throws `invalid_input` for what is not well-formed or refused, and what @p to throws.
void parse_xml(std::istream& from, std::string_view file, xml_events& to);

}  // namespace attain::inline v0::io::detail
