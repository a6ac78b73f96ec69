#pragma once
/** A JSON text as a flat tree that remembers where every value stands.

  nlohmann's parser decides what JSON is; this keeps the offset of each value beside it. Nodes lie in one array in the order of
  the text and point to each other by index, so nothing recurses: not reading, not destroying.
*/
#include "text_source.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0::io::detail {

inline constexpr std::uint32_t no_node = 0xFFFFFFFFu;

enum class json_kind : std::uint8_t { null, boolean, number, string, array, object };

struct json_node {
  json_kind kind = json_kind::null;
  bool truth = false;
  std::uint32_t at = 0;            ///< offset of its first byte
  std::uint32_t size = 0;          ///< bytes of a number, a list or an object in the text; of a string in `strings`
  std::uint32_t inside = no_node;  ///< of a list or an object its first child; of a string where it begins in `strings`
  std::uint32_t key = 0;           ///< of a member: its name in `strings`
  std::uint32_t key_size = 0;
  std::uint32_t key_at = 0;  ///< offset of its name
  std::uint32_t parent = no_node;
  std::uint32_t next = no_node;    ///< sibling
};

struct json_limits {
  std::size_t bytes;
  std::size_t depth;
  std::size_t values;
};

class json_document {
 public:
  /// Reads @p text, which must outlive the document, or notes why it cannot be read. Node 0 is the root.
  static std::optional<json_document> parse(std::string_view text, const json_limits& limits, problem_list& problems);

  const json_node& operator[](std::uint32_t node) const noexcept { return nodes_[node]; }
  /// The first child of a list or an object; none of anything else.
  std::uint32_t first(std::uint32_t node) const noexcept;
  std::string_view key(std::uint32_t node) const noexcept;
  std::string_view string(std::uint32_t node) const noexcept;
  /// A number as it is written.
  std::string_view number(std::uint32_t node) const noexcept;
  /// Any value as it is written; of a list or an object the beginning.
  std::string_view written(std::uint32_t node) const noexcept;

  /// RFC 6901: "/projects/0/targets/3".
  std::string pointer(std::uint32_t node) const;
  /// The node of a pointer or, if there is none, of the longest beginning of it that exists.
  std::uint32_t nearest(std::string_view pointer) const noexcept;

 private:
  friend class json_builder;

  /// Among the children of its parent, from 0.
  std::size_t position(std::uint32_t node) const noexcept;

  std::string_view text_;
  std::vector<json_node> nodes_;
  std::string strings_;
};

/// "a number", "an object", …
std::string_view described(json_kind kind) noexcept;

/// A name as one step of a JSON pointer.
std::string pointer_step(std::string_view name);

}  // namespace attain::inline v0::io::detail
