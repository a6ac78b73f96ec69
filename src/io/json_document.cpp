#include "json_document.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

namespace attain::inline v0::io::detail {

namespace {

/// The bytes of a text, telling the one who listens how many were taken.
class counted_byte {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  counted_byte(const char* at, const char** taken) noexcept : at_(at), taken_(taken) {}

  reference operator*() const noexcept { return *at_; }
  counted_byte& operator++() noexcept {
    *taken_ = ++at_;
    return *this;
  }
  counted_byte operator++(int) noexcept {
    counted_byte before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const counted_byte& a, const counted_byte& b) noexcept { return a.at_ == b.at_; }

 private:
  const char* at_;
  const char** taken_;
};

bool is_json_space(char c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool is_digit_byte(char c) noexcept { return c >= '0' && c <= '9'; }

/// Bytes of the number that a text begins with, by the grammar of JSON: the parser itself has looked one byte further.
std::size_t length_of_number(std::string_view text) noexcept {
  std::size_t at = 0;
  const auto has = [&](std::size_t i) { return i < text.size(); };
  const auto take_digits = [&] {
    while (has(at) && is_digit_byte(text[at])) ++at;
  };
  if (has(at) && text[at] == '-') ++at;
  if (has(at) && text[at] == '0') {
    ++at;
  } else {
    take_digits();
  }
  if (has(at) && text[at] == '.') {
    ++at;
    take_digits();
  }
  if (has(at) && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (has(at) && (text[at] == '+' || text[at] == '-')) ++at;
    take_digits();
  }
  return at;
}

/// What the parser says after "syntax error while parsing value - ", the same for every version of it as far as possible.
std::string reason_of(std::string_view what) {
  if (const auto at = what.find(" - "); at != std::string_view::npos) what.remove_prefix(at + 3);
  if (what.starts_with("invalid BOM")) return "invalid literal";
  if (const auto at = what.find("; last read:"); at != std::string_view::npos) {
    const auto expected = what.find("; expected", at);
    std::string without(what.substr(0, at));
    if (expected != std::string_view::npos) without += what.substr(expected);
    return without;
  }
  return std::string(what);
}

}  // namespace

/// Builds the tree from the parser's events. An event comes when its token has just been taken, so a token begins where the one
/// before it ended, spaces and separators apart.
class json_builder {
 public:
  using number_integer_t = nlohmann::json::number_integer_t;
  using number_unsigned_t = nlohmann::json::number_unsigned_t;
  using number_float_t = nlohmann::json::number_float_t;
  using string_t = nlohmann::json::string_t;
  using binary_t = nlohmann::json::binary_t;

  json_builder(std::string_view text, const json_limits& limits, problem_list& problems)
      : limits_(limits), problems_(problems), taken_(text.data()) {
    made_.text_ = text;
    end_of_token_ = skip_byte_order_mark(text);
  }

  std::optional<json_document> build() {
    const std::string_view text = made_.text_;
    const auto opens_or_separates = [](char c) { return c == ',' || c == '[' || c == '{'; };
    const auto most = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), opens_or_separates)) + 1;
    made_.nodes_.reserve(std::min(most, limits_.values));
    const char* ignored = nullptr;
    const bool read = nlohmann::json::sax_parse(counted_byte(text.data(), &taken_),
                                                counted_byte(text.data() + text.size(), &ignored), this);
    if (!read) return std::nullopt;
    return std::move(made_);
  }

  bool null() { return value(json_kind::null); }
  bool boolean(bool truth) {
    if (!value(json_kind::boolean)) return false;
    made_.nodes_.back().truth = truth;
    return true;
  }
  bool number_integer(number_integer_t) { return number(); }
  bool number_unsigned(number_unsigned_t) { return number(); }
  bool number_float(number_float_t, const string_t&) { return number(); }
  bool string(string_t& text) {
    if (!value(json_kind::string)) return false;
    json_node& node = made_.nodes_.back();
    node.inside = static_cast<std::uint32_t>(made_.strings_.size());
    node.size = static_cast<std::uint32_t>(text.size());
    made_.strings_ += text;
    return true;
  }
  bool binary(binary_t&) { return false; }

  bool start_object(std::size_t) { return open(json_kind::object); }
  bool start_array(std::size_t) { return open(json_kind::array); }
  bool key(string_t& name) {
    key_at_ = static_cast<std::uint32_t>(take_token());
    key_ = static_cast<std::uint32_t>(made_.strings_.size());
    key_size_ = static_cast<std::uint32_t>(name.size());
    made_.strings_ += name;
    return true;
  }
  bool end_object() {
    refuse_duplicates(open_.back().node);
    return close();
  }
  bool end_array() { return close(); }

  bool parse_error(std::size_t, const std::string& token, const nlohmann::json::exception& why) {
    const std::string what = why.what();
    const bool ended = what.find("unexpected end of input") != std::string::npos;
    const std::size_t at = ended ? made_.text_.size() : next_token();
    if (why.id == out_of_range_id) {
      problems_.add({.code = code::out_of_range,
                     .offset = at,
                     .message = "the number is too large",
                     .found = token,
                     .expected = "a number up to 1.8e308"});
      return false;
    }
    problem p{.code = code::malformed_json, .offset = at, .expected = "JSON (RFC 8259)"};
    if (!ended) p.found = whole_characters(at, std::max(end_of_taken(), at + 1));
    if (ended) {
      p.message = open_.empty() ? "the text is empty" : "the text ends before everything is closed";
      if (!open_.empty()) {
        p.message += ": " + std::string(described(made_.nodes_[open_.back().node].kind)) + " is open since " +
                     problems_.where(made_.nodes_[open_.back().node].at, {});
      }
    } else if (made_.nodes_.size() > 0 && open_.empty()) {
      p.message = "there is more after the end of the document";
    } else if ((made_.text_[at] == '}' || made_.text_[at] == ']') && last_before(at) == ',') {
      p.message = "a comma stands before the closing bracket";
    } else if (is_digit_byte(made_.text_[at]) && at == end_of_token_) {
      p.message = "a number begins with a zero that is not all of its whole part";
    } else {
      p.message = "the text is not JSON from here on: " + reason_of(what);
    }
    problems_.add(std::move(p));
    return false;
  }

 private:
  static constexpr int out_of_range_id = 406;

  struct open_container {
    std::uint32_t node;
    std::uint32_t last_child;
  };

  std::size_t end_of_taken() const { return static_cast<std::size_t>(taken_ - made_.text_.data()); }

  /// Where the token after the last one begins.
  std::size_t next_token() const {
    const std::string_view text = made_.text_;
    std::size_t at = end_of_token_;
    while (at < text.size() && (is_json_space(text[at]) || text[at] == ',' || text[at] == ':')) {
      if (!is_json_space(text[at]) && at + 1 >= end_of_taken()) break;  // a separator that was refused itself
      ++at;
    }
    return at;
  }

  std::size_t take_token() {
    const std::size_t at = next_token();
    end_of_token_ = end_of_taken();
    return at;
  }

  /// The bytes from @p at to @p end, and the rest of the last character.
  std::string whole_characters(std::size_t at, std::size_t end) const {
    const auto continues = [&] { return end < made_.text_.size() && (static_cast<unsigned char>(made_.text_[end]) & 0xc0u) == 0x80u; };
    while (continues()) ++end;
    return std::string(made_.text_.substr(at, end - at));
  }

  char last_before(std::size_t at) const {
    while (at > 0 && is_json_space(made_.text_[at - 1])) --at;
    return at > 0 ? made_.text_[at - 1] : '\0';
  }

  bool number() {
    if (!value(json_kind::number)) return false;
    json_node& node = made_.nodes_.back();
    node.size = static_cast<std::uint32_t>(length_of_number(made_.text_.substr(node.at)));
    end_of_token_ = node.at + node.size;
    return true;
  }

  bool value(json_kind kind) {
    const auto at = static_cast<std::uint32_t>(take_token());
    if (made_.nodes_.size() >= limits_.values) {
      problems_.add({.code = code::too_large,
                     .offset = at,
                     .message = "there are too many values",
                     .expected = "at most " + std::to_string(limits_.values)});
      return false;
    }
    const auto index = static_cast<std::uint32_t>(made_.nodes_.size());
    json_node node{.kind = kind, .at = at, .key = key_, .key_size = key_size_, .key_at = key_at_};
    if (!open_.empty()) {
      open_container& parent = open_.back();
      node.parent = parent.node;
      (parent.last_child == no_node ? made_.nodes_[parent.node].inside : made_.nodes_[parent.last_child].next) = index;
      parent.last_child = index;
    }
    key_size_ = 0;
    made_.nodes_.push_back(node);
    return true;
  }

  bool open(json_kind kind) {
    if (!value(kind)) return false;
    const auto index = static_cast<std::uint32_t>(made_.nodes_.size() - 1);
    if (open_.size() >= limits_.depth) {
      problems_.add({.code = code::too_deep,
                     .offset = made_.nodes_[index].at,
                     .message = "objects and lists are nested too deep",
                     .expected = "at most " + std::to_string(limits_.depth) + " levels"});
      return false;
    }
    open_.push_back({index, no_node});
    return true;
  }

  bool close() {
    take_token();
    json_node& closed = made_.nodes_[open_.back().node];
    closed.size = static_cast<std::uint32_t>(end_of_token_ - closed.at);
    open_.pop_back();
    return true;
  }

  void refuse_duplicates(std::uint32_t object) {
    members_.clear();
    for (std::uint32_t n = made_.first(object); n != no_node; n = made_.nodes_[n].next) members_.push_back(n);
    std::sort(members_.begin(), members_.end(), [&](std::uint32_t a, std::uint32_t b) {
      const auto order = made_.key(a).compare(made_.key(b));
      return order != 0 ? order < 0 : a < b;
    });
    for (std::size_t i = 1, first = 0; i < members_.size(); ++i) {
      if (made_.key(members_[i]) != made_.key(members_[first])) {
        first = i;
        continue;
      }
      problems_.add_with([&] {
        return problem{.code = code::duplicate_field,
                       .offset = made_.nodes_[members_[i]].key_at,
                       .message = "the field is given twice",
                       .found = std::string(made_.key(members_[i])),
                       .expected = "each name once",
                       .pointer = made_.pointer(members_[i]),
                       .first_at = made_.nodes_[members_[first]].key_at};
      });
    }
  }

  json_document made_;
  const json_limits& limits_;
  problem_list& problems_;
  const char* taken_;
  std::size_t end_of_token_ = 0;
  std::uint32_t key_ = 0;
  std::uint32_t key_size_ = 0;
  std::uint32_t key_at_ = 0;
  std::vector<open_container> open_;
  std::vector<std::uint32_t> members_;
};

std::optional<json_document> json_document::parse(std::string_view text, const json_limits& limits, problem_list& problems) {
  if (!check_text(text, limits.bytes, problems)) return std::nullopt;
  return json_builder(text, limits, problems).build();
}

std::uint32_t json_document::first(std::uint32_t node) const noexcept {
  const bool has_children = nodes_[node].kind == json_kind::array || nodes_[node].kind == json_kind::object;
  return has_children ? nodes_[node].inside : no_node;
}

std::size_t json_document::position(std::uint32_t node) const noexcept {
  std::size_t before = 0;
  for (std::uint32_t n = first(nodes_[node].parent); n != node; n = nodes_[n].next) ++before;
  return before;
}

std::string_view json_document::key(std::uint32_t node) const noexcept {
  return std::string_view(strings_).substr(nodes_[node].key, nodes_[node].key_size);
}

std::string_view json_document::string(std::uint32_t node) const noexcept {
  return std::string_view(strings_).substr(nodes_[node].inside, nodes_[node].size);
}

std::string_view json_document::number(std::uint32_t node) const noexcept {
  return text_.substr(nodes_[node].at, nodes_[node].size);
}

std::string_view json_document::written(std::uint32_t node) const noexcept {
  switch (nodes_[node].kind) {
    case json_kind::null: return "null";
    case json_kind::boolean: return nodes_[node].truth ? "true" : "false";
    case json_kind::number: return number(node);
    case json_kind::string: return string(node);
    case json_kind::array:
    case json_kind::object: break;
  }
  // of a list or an object, what stands on its first line
  const std::string_view begins = excerpt(text_.substr(nodes_[node].at, nodes_[node].size));
  return begins.substr(0, begins.find_first_of("\r\n"));
}

std::string json_document::pointer(std::uint32_t node) const {
  std::vector<std::uint32_t> path;
  for (; nodes_[node].parent != no_node; node = nodes_[node].parent) path.push_back(node);
  std::string pointer;
  for (auto step = path.rbegin(); step != path.rend(); ++step) {
    const bool in_list = nodes_[nodes_[*step].parent].kind == json_kind::array;
    pointer += '/';
    pointer += in_list ? std::to_string(position(*step)) : pointer_step(key(*step));
  }
  return pointer;
}

std::uint32_t json_document::nearest(std::string_view pointer) const noexcept {
  pointer = pointer.substr(0, pointer.rfind(", column "));  // within the text that it points to
  std::uint32_t found = 0;
  while (pointer.starts_with('/')) {
    pointer.remove_prefix(1);
    const std::string_view step = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(step.size());
    const bool in_list = nodes_[found].kind == json_kind::array;
    std::uint32_t child = first(found);
    for (std::size_t i = 0; child != no_node && step != (in_list ? std::to_string(i) : pointer_step(key(child))); ++i) {
      child = nodes_[child].next;
    }
    if (child == no_node) break;
    found = child;
  }
  return found;
}

std::string_view described(json_kind kind) noexcept {
  switch (kind) {
    case json_kind::null: return "null";
    case json_kind::boolean: return "a truth value";
    case json_kind::number: return "a number";
    case json_kind::string: return "text";
    case json_kind::array: return "a list";
    case json_kind::object: return "an object";
  }
  return {};
}

std::string pointer_step(std::string_view name) {
  std::string step;
  for (const char c : name) {
    if (c == '~') {
      step += "~0";
    } else if (c == '/') {
      step += "~1";
    } else {
      step += c;
    }
  }
  return step;
}

}  // namespace attain::inline v0::io::detail
