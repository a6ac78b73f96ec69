#pragma once
/** The elements of one activity, in the order of the file, with the place of each. */
#include "xml_stream.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attain::inline v0::io::detail {

inline constexpr std::uint32_t no_element = 0xFFFFFFFFu;

struct iati_element {
  std::string name;
  std::vector<std::pair<std::string, std::string>> attributes{};
  std::string text{};  ///< its own, without that of its children
  xml_position at{};
  std::uint32_t number = 1;  ///< among those of its name within its parent
  std::uint32_t parent = no_element;
  std::uint32_t first = no_element;  ///< child
  std::uint32_t next = no_element;   ///< sibling

  const std::string* attribute(std::string_view wanted) const noexcept;
};

/// Element 0 is the activity.
class iati_elements {
 public:
  bool empty() const noexcept { return all_.empty(); }
  std::size_t bytes() const noexcept { return bytes_; }
  const iati_element& operator[](std::uint32_t element) const noexcept { return all_[element]; }

  /// The activity, which is the n-th of the file.
  void begin(std::uint32_t number, std::string_view name, std::span<const xml_attribute> attributes, xml_position at);
  /// A new last child of the element that is open, which is then open itself.
  void open(std::string_view name, std::span<const xml_attribute> attributes, xml_position at);
  void text(std::string_view piece);
  void close() noexcept;
  void clear() noexcept;

  /// The first child of a name, or `no_element`.
  std::uint32_t find(std::uint32_t within, std::string_view name) const noexcept;
  /// Calls `f(child)` for every child of a name.
  template <class F>
  void each(std::uint32_t within, std::string_view name, F&& f) const {
    for (auto child = all_[within].first; child != no_element; child = all_[child].next) {
      if (all_[child].name == name) f(child);
    }
  }
  std::size_t count(std::uint32_t within, std::string_view name) const noexcept;

  /// `iati-activity[2]/result[1]/indicator[3]`
  std::string path(std::uint32_t element) const;

 private:
  struct open_element {
    std::uint32_t element;
    std::uint32_t last = no_element;                              ///< child
    std::map<std::string, std::uint32_t, std::less<>> numbers{};  ///< of children by name
  };

  iati_element& add(std::string_view name, std::span<const xml_attribute> attributes, xml_position at);

  std::vector<iati_element> all_;
  std::vector<open_element> open_;
  std::size_t bytes_ = 0;
};

}  // namespace attain::inline v0::io::detail
