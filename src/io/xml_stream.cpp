#include "xml_stream.hpp"

#include <attain/core/error.hpp>
#include <attain/core/id.hpp>
#include <attain/io/iati.hpp>

#include <expat.h>

#include <exception>
#include <istream>
#include <memory>
#include <type_traits>
#include <vector>

namespace attain::inline v0::io::detail {

namespace {

struct free_parser {
  void operator()(XML_Parser parser) const noexcept { XML_ParserFree(parser); }
};
using parser_handle = std::unique_ptr<std::remove_pointer_t<XML_Parser>, free_parser>;

/// What expat calls back. Nothing may be thrown through it, so what is thrown waits until it has returned.
class xml_reader {
 public:
  xml_reader(XML_Parser parser, std::string_view file, xml_events& to) : parser_(parser), file_(file), to_(to) {
    XML_SetUserData(parser_, this);
    XML_SetElementHandler(parser_, on_open, on_close);
    XML_SetCharacterDataHandler(parser_, on_text);
    XML_SetStartDoctypeDeclHandler(parser_, on_doctype);
  }

  void read(std::istream& from) {
    constexpr int piece = 1 << 16;
    std::uint64_t fed = 0;
    for (bool at_end = false; !at_end;) {
      void* const buffer = XML_GetBuffer(parser_, piece);
      if (buffer == nullptr) throw std::bad_alloc();
      from.read(static_cast<char*>(buffer), piece);
      const auto got = static_cast<int>(from.gcount());
      if (from.bad())
        throw refusal(code::unreadable_file, "the text ends in an error of its source", "a text that can be read to its end");
      at_end = got < piece;
      fed += static_cast<std::uint64_t>(got);
      if (XML_ParseBuffer(parser_, got, at_end ? 1 : 0) == XML_STATUS_ERROR) {
        if (thrown_) std::rethrow_exception(thrown_);
        if (const std::string_view bytes = refused_bytes(); is_not_utf8(bytes)) {
          throw invalid_input(finding{severity::error, code::bad_encoding, xml_place(file_, position()),
                                      escaped_excerpt(bytes.substr(0, 1)), "UTF-8, or the encoding declared that it is in",
                                      "the text is not UTF-8 from here on"});
        }
        throw refusal(code::malformed_xml,
                      std::string("this is not well-formed XML: ") + XML_ErrorString(XML_GetErrorCode(parser_)),
                      "well-formed XML");
      }
      const auto done = static_cast<std::uint64_t>(XML_GetCurrentByteIndex(parser_));
      if (!at_end && fed - done > max_tag_bytes + piece) {
        throw refusal(code::too_large, "a tag is longer than " + std::to_string(max_tag_bytes) + " bytes", "shorter tags");
      }
    }
  }

 private:
  xml_position position() const noexcept { return {XML_GetCurrentLineNumber(parser_), XML_GetCurrentColumnNumber(parser_) + 1}; }

  /// Where the parser stopped at a character that cannot be: what it has from there on.
  std::string_view refused_bytes() const {
    int offset = 0, size = 0;
    const char* const context = XML_GetInputContext(parser_, &offset, &size);
    if (XML_GetErrorCode(parser_) != XML_ERROR_INVALID_TOKEN || context == nullptr || offset >= size) return {};
    return {context + offset, static_cast<std::size_t>(size - offset)};
  }

  /// Whether a text begins with bytes that are no character of UTF-8.
  static bool is_not_utf8(std::string_view bytes) { return find_invalid_utf8(bytes.substr(0, 4)) == std::size_t{0}; }

  invalid_input refusal(attain::code what, std::string message, std::string expected) const {
    return invalid_input(
        finding{severity::error, what, xml_place(file_, position()), {}, std::move(expected), std::move(message)});
  }

  template <class F>
  void guarded(F&& f) noexcept {
    if (thrown_) return;
    try {
      f();
    } catch (...) {
      thrown_ = std::current_exception();
      XML_StopParser(parser_, XML_FALSE);
    }
  }

  static void XMLCALL on_open(void* self, const XML_Char* name, const XML_Char** given) {
    auto& reader = *static_cast<xml_reader*>(self);
    reader.guarded([&] {
      if (++reader.depth_ > max_xml_depth) {
        throw reader.refusal(code::too_deep, "elements are nested too deep",
                             "at most " + std::to_string(max_xml_depth) + " levels");
      }
      reader.attributes_.clear();
      for (; *given != nullptr; given += 2) reader.attributes_.emplace_back(given[0], given[1]);
      reader.to_.open(name, reader.attributes_, reader.position());
    });
  }

  static void XMLCALL on_close(void* self, const XML_Char* name) {
    auto& reader = *static_cast<xml_reader*>(self);
    --reader.depth_;
    reader.guarded([&] { reader.to_.close(name); });
  }

  static void XMLCALL on_text(void* self, const XML_Char* text, int size) {
    auto& reader = *static_cast<xml_reader*>(self);
    reader.guarded([&] { reader.to_.text({text, static_cast<std::size_t>(size)}); });
  }

  static void XMLCALL on_doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    auto& reader = *static_cast<xml_reader*>(self);
    reader.guarded([&] { throw reader.refusal(code::malformed_xml, "the text has a DOCTYPE", "XML without a DOCTYPE"); });
  }

  XML_Parser parser_;
  std::string_view file_;
  xml_events& to_;
  std::uint32_t depth_ = 0;
  std::vector<xml_attribute> attributes_;
  std::exception_ptr thrown_;
};

}  // namespace

std::string xml_place(std::string_view file, xml_position at, std::string_view path) {
  std::string place = escaped_excerpt(file, 400);
  if (!place.empty()) place += ':';
  place += std::to_string(at.line) + ':' + std::to_string(at.column);
  if (!path.empty()) place.append("#").append(path);
  return place;
}

void parse_xml(std::istream& from, std::string_view file, xml_events& to) {
  const parser_handle parser(XML_ParserCreate(nullptr));
  if (!parser) throw std::bad_alloc();
  xml_reader(parser.get(), file, to).read(from);
}

}  // namespace attain::inline v0::io::detail
