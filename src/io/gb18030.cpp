#include "gb18030.hpp"

#include "text_source.hpp"

#include <attain/core/error.hpp>

#include <iconv.h>

#include <cerrno>
#include <memory>
#include <type_traits>

namespace attain::inline v0::io::detail {

namespace {

struct close_converter {
  void operator()(iconv_t converter) const noexcept { iconv_close(converter); }
};

}  // namespace

std::string from_gb18030(std::string_view text, std::string_view file) {
  errno = 0;
  const iconv_t opened = iconv_open("UTF-8", "GB18030");
  if (opened == reinterpret_cast<iconv_t>(-1)) {
    throw invalid_input(finding{severity::error,
                                code::bad_encoding,
                                escaped_excerpt(file, 400),
                                {},
                                "iconv with GB18030",
                                "this system cannot convert GB 18030"});
  }
  const std::unique_ptr<std::remove_pointer_t<iconv_t>, close_converter> converter(opened);

  std::string converted;
  char* from = const_cast<char*>(text.data());
  std::size_t left = text.size();
  while (left > 0) {
    char piece[1 << 14];
    char* to = piece;
    std::size_t room = sizeof piece;
    const std::size_t done = iconv(converter.get(), &from, &left, &to, &room);
    const int problem = errno;
    converted.append(piece, sizeof piece - room);
    if (done != static_cast<std::size_t>(-1) || problem == E2BIG) continue;
    problem_list problems(converted, file);
    problems.add({.code = code::bad_encoding,
                  .offset = converted.size(),
                  .message = "the text is not GB 18030 from here on",
                  .found = std::string(text.substr(text.size() - left, 1)),
                  .expected = "GB 18030, or the encoding named that it is in"});
    throw invalid_input(problems.findings());
  }
  return converted;
}

}  // namespace attain::inline v0::io::detail
