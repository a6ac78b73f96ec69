#include "dhis2_note.hpp"

namespace attain::inline v0::io::detail {

namespace {

constexpr std::string_view mark = "dhis2 ";
constexpr std::string_view comment_mark = "dhis2 comment: ";
constexpr std::string_view value_mark = "dhis2 value: ";
constexpr std::string_view follow_up_mark = "dhis2 followup";

template <class F>
void each_line(std::string_view text, F&& f) {
  if (text.empty()) return;
  for (;;) {
    const std::size_t end = text.find('\n');
    f(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

class lines {
 public:
  explicit lines(std::string& to) : to_(to) {}
  void add(std::string_view mark_of_line, std::string_view line) {
    if (!is_first_) to_ += '\n';
    is_first_ = false;
    to_.append(mark_of_line).append(line);
  }

 private:
  std::string& to_;
  bool is_first_ = true;
};

}  // namespace

std::string to_note(const dhis2_note& from) {
  std::string note;
  lines all(note);
  each_line(from.comment,
            [&](std::string_view line) { all.add(line.starts_with(mark) ? comment_mark : std::string_view{}, line); });
  each_line(from.value, [&](std::string_view line) { all.add(value_mark, line); });
  if (from.follow_up) all.add({}, follow_up_mark);
  return note;
}

dhis2_note parse_note(std::string_view note) {
  dhis2_note to;
  lines comment(to.comment);
  lines value(to.value);
  each_line(note, [&](std::string_view line) {
    if (line == follow_up_mark) {
      to.follow_up = true;
    } else if (line.starts_with(value_mark)) {
      value.add({}, line.substr(value_mark.size()));
    } else {
      comment.add({}, line.starts_with(comment_mark) ? line.substr(comment_mark.size()) : line);
    }
  });
  return to;
}

}  // namespace attain::inline v0::io::detail
