#include "xml_text.hpp"

#include <attain/core/id.hpp>

#include <utility>

namespace attain::inline v0::io::detail {

namespace {

/// Whether a character of UTF-8 may not stand in XML: a control, or U+FFFE and U+FFFF.
bool is_refused(std::string_view rest) noexcept {
  const auto byte = static_cast<unsigned char>(rest.front());
  if (byte < 0x20) return byte != '\t' && byte != '\n' && byte != '\r';
  return rest.starts_with("\xef\xbf\xbe") || rest.starts_with("\xef\xbf\xbf");
}

}  // namespace

xml_text& xml_text::open(std::string_view name) {
  end_tag();
  document_.append(2 * open_.size(), ' ').append("<").append(name);
  open_.emplace_back(name);
  tag_is_open_ = true;
  has_text_ = false;
  return *this;
}

xml_text& xml_text::attribute(std::string_view name, std::string_view value) {
  document_.append(" ").append(name).append("=\"");
  add(value, true);
  document_ += '"';
  return *this;
}

xml_text& xml_text::text(std::string_view value) {
  document_ += '>';
  tag_is_open_ = false;
  has_text_ = true;
  add(value, false);
  return *this;
}

xml_text& xml_text::close() {
  if (tag_is_open_) {
    document_ += "/>\n";
    tag_is_open_ = false;
  } else {
    if (!has_text_) document_.append(2 * (open_.size() - 1), ' ');
    document_.append("</").append(open_.back()).append(">\n");
  }
  has_text_ = false;
  open_.pop_back();
  return *this;
}

void xml_text::end_tag() {
  if (tag_is_open_) document_ += ">\n";
  tag_is_open_ = false;
}

void xml_text::add(std::string_view value, bool in_attribute) {
  const auto refuse = [&](attain::code what, std::string_view found, std::string message) {
    std::string where;
    for (const std::string& name : open_) where += (where.empty() ? "" : "/") + name;
    problems_.push_back(
        {severity::error, what, std::move(where), escaped_excerpt(found), "text that XML can hold", std::move(message)});
  };
  if (const auto bad = find_invalid_utf8(value)) return refuse(code::bad_encoding, value.substr(*bad), "the text is not UTF-8");
  for (std::size_t at = 0; at < value.size(); ++at) {
    const char c = value[at];
    if (is_refused(value.substr(at))) return refuse(code::malformed, value, "the text has a character that XML cannot hold");
    if (c == '&') {
      document_ += "&amp;";
    } else if (c == '<') {
      document_ += "&lt;";
    } else if (c == '>') {
      document_ += "&gt;";
    } else if (c == '"' && in_attribute) {
      document_ += "&quot;";
    } else if (c == '\r' || (in_attribute && (c == '\n' || c == '\t'))) {
      document_ += c == '\r' ? "&#13;" : c == '\n' ? "&#10;" : "&#9;";
    } else {
      document_ += c;
    }
  }
}

}  // namespace attain::inline v0::io::detail
