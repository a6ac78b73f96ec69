#pragma once
/** From JSON values to the fields of a struct, with every misfit noted.

  `json_values` reads single values. `json_fields` reads the members of one object by name: what was never asked for is unknown
  and refused by `finish`, with the nearest name that was.
*/
#include "json_document.hpp"

#include <attain/core/date.hpp>
#include <attain/model/words.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attain::inline v0::io::detail {

/// Every `read` gives whether there was a value of the right kind; otherwise it has noted why not and changed nothing.
class json_values {
 public:
  json_values(const json_document& document, problem_list& problems) : document_(document), problems_(problems) {}

  const json_document& document() const noexcept { return document_; }
  problem_list& problems() const noexcept { return problems_; }

  void refuse(std::uint32_t node, attain::code what, std::string message, std::string expected);
  /// @param what the object is: "a target"
  void refuse_missing(std::uint32_t object, std::string_view name, std::string_view what);
  void refuse_type(std::uint32_t node, std::string_view expected);
  /// Passes on what a parser of floor 0 found in a text value.
  void refuse(std::uint32_t node, const finding& why);

  /// Pointers of the values that were refused or missing, and so have their default in what was read.
  const std::vector<std::string>& refused() const noexcept { return refused_; }

  bool read(std::uint32_t node, std::string& to);
  bool read(std::uint32_t node, double& to);
  bool read(std::uint32_t node, int& to);
  bool read(std::uint32_t node, bool& to);
  bool read(std::uint32_t node, std::optional<date>& to);
  bool read(std::uint32_t node, std::vector<std::string>& to);
  /// A number, or its text: 0.6 or "60%".
  bool read_share(std::uint32_t node, double& to);

  template <Worded Enum>
  bool read(std::uint32_t node, Enum& to) {
    if (!is(node, json_kind::string, "a word")) return false;
    const auto word = parse_word<Enum>(document_.string(node));
    if (!word) return refuse_word(node, words_of<Enum>());
    to = *word;
    return true;
  }

  template <class T>
  bool read(std::uint32_t node, std::optional<T>& to) {
    T value{};
    if (!read(node, value)) return false;
    to = std::move(value);
    return true;
  }

  /// Notes an unknown word and what it could have been; false.
  bool refuse_word(std::uint32_t node, std::span<const std::string_view> words);
  bool is(std::uint32_t node, json_kind kind, std::string_view expected);

  /// Calls `f(child)` for every element of a list.
  template <class F>
  void each(std::uint32_t list, std::string_view expected, F&& f) {
    if (!is(list, json_kind::array, expected)) return;
    for (auto n = document_.first(list); n != no_node; n = document_[n].next) f(n);
  }
  /// How many children a list or an object has.
  std::size_t count(std::uint32_t node) const noexcept {
    std::size_t children = 0;
    for (auto n = document_.first(node); n != no_node; n = document_[n].next) ++children;
    return children;
  }
  /// Calls `f(name, value)` for every member of an object that maps names to values.
  template <class F>
  void each_member(std::uint32_t object, std::string_view expected, F&& f) {
    if (!is(object, json_kind::object, expected)) return;
    for (auto n = document_.first(object); n != no_node; n = document_[n].next) f(document_.key(n), n);
  }

 private:
  const json_document& document_;
  problem_list& problems_;
  std::vector<std::string> refused_;
};

class json_fields {
 public:
  /// @param what the object is, for messages: "a target"
  json_fields(json_values& values, std::uint32_t object, std::string_view what);

  /// The value of a field, or `no_node`.
  std::uint32_t find(std::string_view name);
  std::uint32_t require(std::string_view name);

  template <class T>
  void optional(std::string_view name, T& to) {
    if (const auto node = find(name); node != no_node) values_.read(node, to);
  }
  template <class T>
  void required(std::string_view name, T& to) {
    if (const auto node = require(name); node != no_node) values_.read(node, to);
  }
  void optional_share(std::string_view name, double& to) {
    if (const auto node = find(name); node != no_node) values_.read_share(node, to);
  }
  void optional_share(std::string_view name, std::optional<double>& to) {
    double share = 0;
    if (const auto node = find(name); node != no_node && values_.read_share(node, share)) to = share;
  }

  /// Refuses every field that was not asked for.
  void finish();

  std::uint32_t node() const noexcept { return object_; }

 private:
  json_values& values_;
  std::uint32_t object_;
  std::string_view what_;
  bool is_object_;
  std::vector<std::string_view> asked_;
};

}  // namespace attain::inline v0::io::detail
