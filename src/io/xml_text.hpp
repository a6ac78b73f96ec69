#pragma once
/** Writes XML, two spaces a level, one element a line. */
#include <attain/core/finding.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0::io::detail {

class xml_text {
 public:
  xml_text() : document_("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") {}

  xml_text& open(std::string_view name);
  /// Of the element that was opened last, before anything is in it.
  xml_text& attribute(std::string_view name, std::string_view value);
  /// Its text; it then has no children.
  xml_text& text(std::string_view value);
  xml_text& close();

  /// What could not be written: text that is not UTF-8, or has characters that XML cannot hold.
  const std::vector<finding>& problems() const noexcept { return problems_; }

  /// Precondition: everything is closed.
  std::string take() { return std::move(document_); }

 private:
  void end_tag();
  void add(std::string_view value, bool in_attribute);

  std::string document_;
  std::vector<std::string> open_;
  bool tag_is_open_ = false;
  bool has_text_ = false;
  std::vector<finding> problems_;
};

}  // namespace attain::inline v0::io::detail
