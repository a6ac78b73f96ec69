#include "csv_scanner.hpp"

#include <algorithm>

namespace attain::inline v0::io::detail {

namespace {

bool is_blank(const std::vector<csv_cell>& row) {
  return std::all_of(row.begin(), row.end(), [](const csv_cell& cell) { return cell.text.empty(); });
}

}  // namespace

csv_scanner::csv_scanner(std::string_view text, std::size_t from, char delimiter, std::size_t longest_cell,
                         problem_list& problems)
    : text_(text), delimiter_(delimiter), longest_cell_(longest_cell), problems_(problems), at_(from) {
  for (const char c : {delimiter, '"', '\r', '\n'}) special_[static_cast<unsigned char>(c)] = true;
}

void csv_scanner::refuse(std::size_t at, const char* message, std::string_view found, const char* expected) {
  problems_.add_with([&] {
    return problem{.code = code::malformed_csv,
                   .offset = at,
                   .message = message,
                   .found = std::string(excerpt(found)),
                   .expected = expected};
  });
}

bool csv_scanner::next(std::vector<csv_cell>& row) {
  while (at_ < text_.size()) {
    row.clear();
    do row.push_back(take_cell());
    while (take_separator());
    if (is_open_) return false;
    if (!is_blank(row)) return true;
  }
  return false;
}

bool csv_scanner::at_end_of_cell() const noexcept {
  return at_ >= text_.size() || text_[at_] == delimiter_ || text_[at_] == '\n' || text_[at_] == '\r';
}

/// Moves behind a separator (true) or the end of the line (false).
bool csv_scanner::take_separator() {
  if (at_ >= text_.size()) return false;
  const char mark = text_[at_++];
  if (mark == delimiter_) return true;
  if (mark == '\r') {
    if (at_ < text_.size() && text_[at_] == '\n') {
      ++at_;
    } else if (at_ < text_.size()) {
      refuse(at_ - 1, "a carriage return stands alone", "\r", "lines ended by LF or CRLF");
    }
  }
  return false;
}

csv_cell csv_scanner::take_cell() {
  csv_cell cell;
  if (at_ < text_.size() && text_[at_] == '"') {
    cell = take_quoted();
  } else {
    const std::size_t begin = at_;
    take_rest(begin);
    cell = {text_.substr(begin, at_ - begin), begin};
  }
  if (cell.text.size() > longest_cell_) {
    problems_.add_with([&] {
      return problem{.code = code::too_large,
                     .offset = cell.at,
                     .message = "the cell has " + std::to_string(cell.text.size()) + " bytes",
                     .found = std::string(excerpt(cell.text)),
                     .expected = "at most " + std::to_string(longest_cell_) + " bytes"};
    });
    cell.text = {};
  }
  return cell;
}

/// Moves to the end of a plain cell; @p from is where its text begins.
void csv_scanner::take_rest(std::size_t from) {
  for (bool noted = false;; ++at_) {
    while (at_ < text_.size() && !special_[static_cast<unsigned char>(text_[at_])]) ++at_;
    if (at_end_of_cell()) return;
    if (noted) continue;
    noted = true;
    refuse(at_, "a quote stands inside a cell that does not begin with one", text_.substr(from, at_ + 1 - from),
           "the whole cell in quotes, and quotes inside it doubled");
  }
}

csv_cell csv_scanner::take_quoted() {
  const std::size_t opening = at_++;
  std::string* unescaped = nullptr;
  std::size_t begin = at_;
  std::string_view piece;
  for (;;) {
    const std::size_t quote = text_.find('"', at_);
    if (quote == std::string_view::npos) {
      refuse(opening, "the quote that opens here is never closed", text_.substr(opening), "a closing quote");
      at_ = text_.size();
      is_open_ = true;
      return {{}, opening};
    }
    piece = text_.substr(begin, quote - begin);
    at_ = quote + 1;
    if (at_ >= text_.size() || text_[at_] != '"') break;
    if (unescaped == nullptr) unescaped = &unescaped_.emplace_back();
    unescaped->append(piece).push_back('"');
    begin = ++at_;
  }
  if (unescaped != nullptr) unescaped->append(piece);
  if (!at_end_of_cell()) {
    refuse(at_, "text follows the closing quote", text_.substr(opening, at_ + 1 - opening),
           "a separator or the end of the line; quotes inside a cell are doubled");
    while (!at_end_of_cell()) ++at_;
  }
  return {unescaped != nullptr ? std::string_view(*unescaped) : piece, opening};
}

}  // namespace attain::inline v0::io::detail
