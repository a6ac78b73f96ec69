#include "text_source.hpp"

#include <attain/core/id.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

namespace attain::inline v0::io::detail {

namespace {

std::string shown_path(std::string_view path) { return escaped_excerpt(path, 400); }

invalid_input unreadable(const std::string& path, std::string why) {
  return invalid_input(finding{severity::error, code::unreadable_file, shown_path(path), {}, "a file that can be read",
                               "the file cannot be read: " + std::move(why)});
}

std::string size_text(std::size_t bytes) {
  constexpr std::size_t mebibyte = std::size_t{1} << 20;
  return bytes % mebibyte == 0 ? std::to_string(bytes / mebibyte) + " MiB" : std::to_string(bytes) + " bytes";
}

std::string too_large_message(std::size_t limit) { return "the text is longer than " + size_text(limit); }

bool is_ascii(char c) noexcept { return static_cast<unsigned char>(c) < 0x80; }

/// As `find_invalid_utf8`, passing over ASCII eight bytes at a time.
std::optional<std::size_t> find_invalid_byte(std::string_view text) noexcept {
  constexpr std::uint64_t high_bits = 0x8080808080808080u;
  for (std::size_t at = 0; at < text.size();) {
    std::uint64_t eight = 0;
    if (text.size() - at >= sizeof eight) std::memcpy(&eight, text.data() + at, sizeof eight);
    if (text.size() - at >= sizeof eight && (eight & high_bits) == 0) {
      at += sizeof eight;
    } else if (is_ascii(text[at])) {
      ++at;
    } else {
      const std::size_t begin = at;
      while (at < text.size() && !is_ascii(text[at])) ++at;
      if (const auto bad = find_invalid_utf8(text.substr(begin, at - begin))) return begin + *bad;
    }
  }
  return std::nullopt;
}

}  // namespace

void require_whole_path(const std::string& path) {
  if (path.find('\0') != std::string::npos) throw unreadable(path, std::generic_category().message(EINVAL));
}

std::string read_file(const std::string& path, std::size_t limit) {
  const auto close = [](std::FILE* f) { std::fclose(f); };
  require_whole_path(path);
  errno = 0;
  const std::unique_ptr<std::FILE, decltype(close)> file(std::fopen(path.c_str(), "rb"), close);
  if (!file) throw unreadable(path, std::generic_category().message(errno));

  // An ordinary file is read at once, with a byte more to see its end.
  std::error_code no_size;
  const std::uintmax_t size = std::filesystem::file_size(path, no_size);
  std::size_t chunk = no_size ? std::size_t{1} << 16 : static_cast<std::size_t>(std::min<std::uintmax_t>(size, limit)) + 1;
  std::string bytes;
  for (;; chunk = std::min(chunk * 2, std::size_t{1} << 24)) {
    const std::size_t had = bytes.size();
    bytes.resize(had + chunk);
    const std::size_t got = std::fread(bytes.data() + had, 1, chunk, file.get());
    bytes.resize(had + got);
    if (bytes.size() > limit) {
      throw invalid_input(finding{severity::error, code::too_large, shown_path(path), {}, "at most " + size_text(limit), too_large_message(limit)});
    }
    if (got < chunk) break;
  }
  if (std::ferror(file.get())) throw unreadable(path, std::generic_category().message(errno));
  return bytes;
}

line_index::line_index(std::string_view text) : text_(text), starts_{0} {
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) starts_.push_back(at + 1);
}

text_position line_index::at(std::size_t offset) const noexcept {
  offset = std::min(offset, text_.size());
  const auto line = std::upper_bound(starts_.begin(), starts_.end(), offset) - starts_.begin();
  std::size_t begin = starts_[static_cast<std::size_t>(line) - 1];
  if (begin == 0) begin = std::min(skip_byte_order_mark(text_), offset);
  const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xc0u) == 0x80u; };
  const auto width = [&](std::size_t from) {
    const std::string_view piece = text_.substr(from, offset - from);
    return piece.size() - static_cast<std::size_t>(std::count_if(piece.begin(), piece.end(), continues));
  };
  const bool goes_on = begin == last_begin_ && offset >= last_offset_;
  last_column_ = goes_on ? last_column_ + width(last_offset_) : width(begin) + 1;
  last_begin_ = begin;
  last_offset_ = offset;
  return {static_cast<std::size_t>(line), last_column_};
}

problem_list::problem_list(std::string_view text, std::string_view file) : text_(text), file_(shown_path(file)) {}

void problem_list::add(problem p) {
  finding f{severity::error, p.code, std::move(p.pointer), escaped_excerpt(p.found), std::move(p.expected), std::move(p.message)};
  list({std::move(f), p.offset, p.first_at});
}

void problem_list::add(const finding& f, std::size_t offset, std::string pointer) {
  finding moved = f;
  moved.where = std::move(pointer);
  list({std::move(moved), offset, std::nullopt});
}

void problem_list::list(entry e) {
  if (full()) {
    ++unlisted_;
  } else {
    listed_.push_back(std::move(e));
  }
}

void problem_list::add_to_message(std::size_t count, std::string_view more) {
  if (count > 0 && count <= listed_.size()) listed_[count - 1].what.message += more;
}

const line_index& problem_list::lines() const {
  if (!lines_) lines_.emplace(text_);
  return *lines_;
}

std::string problem_list::where(std::size_t offset, std::string_view pointer) const {
  const text_position at = lines().at(offset);
  std::string place = file_;
  if (!place.empty()) place += ':';
  place += std::to_string(at.line) + ':' + std::to_string(at.column);
  if (!pointer.empty()) place.append("#").append(pointer);
  return place;
}

std::vector<finding> problem_list::findings() const {
  std::vector<const entry*> sorted;
  for (const entry& e : listed_) sorted.push_back(&e);
  // those at one place stay as they were added
  std::sort(sorted.begin(), sorted.end(), [](const entry* a, const entry* b) {
    return a->offset != b->offset ? a->offset < b->offset : a < b;
  });
  std::vector<finding> all;
  for (const entry* e : sorted) {
    finding& f = all.emplace_back(e->what);
    f.where = where(e->offset, e->what.where);
    if (e->first_at) f.message += "; the first is at " + where(*e->first_at, {});
  }
  if (unlisted_ > 0) {
    all.push_back({severity::note, code::too_large, file_, {}, {},
                   std::to_string(unlisted_) + (unlisted_ == 1 ? " more problem is" : " more problems are") + " not listed"});
  }
  return all;
}

std::size_t skip_byte_order_mark(std::string_view text) noexcept { return text.starts_with("\xef\xbb\xbf") ? 3 : 0; }

bool is_text(std::string_view text) noexcept { return !find_invalid_byte(text) && text.find('\0') == std::string_view::npos; }

bool check_text(std::string_view text, std::size_t limit, problem_list& problems) {
  if (text.size() > limit) {
    problems.add({.code = code::too_large, .message = too_large_message(limit), .expected = "at most " + size_text(limit)});
    return false;
  }
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff")) {
    problems.add({.code = code::bad_encoding, .message = "the text is UTF-16", .expected = "UTF-8"});
    return false;
  }
  if (const auto at = find_invalid_byte(text)) {
    problems.add({.code = code::bad_encoding,
                  .offset = *at,
                  .message = "the text is not UTF-8 from here on",
                  .found = std::string(text.substr(*at, 1)),
                  .expected = "UTF-8: save the file as UTF-8, or, of observations in GBK or GB 18030, name the encoding: gb18030"});
    return false;
  }
  if (const auto at = text.find('\0'); at != std::string_view::npos) {
    problems.add({.code = code::bad_encoding, .offset = at, .message = "the text holds a NUL", .expected = "text"});
    return false;
  }
  return true;
}

}  // namespace attain::inline v0::io::detail
