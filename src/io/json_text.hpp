#pragma once
/** Writes JSON in the canonical layout.

  Two spaces a level. A list of objects has each on lines of its own; everything else stands on one line if that has at most 100
  characters, otherwise each member on its own. Numbers have the shortest digits that read back to the same double.
*/
#include <attain/core/finding.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0::io::detail {

class json_text {
 public:
  void open_object() { open(true); }
  void open_list() { open(false); }
  void close();

  /// The name of the next value.
  void name(std::string_view name);

  void text(std::string_view value);
  void number(double value);
  void truth(bool value) { add(value ? "true" : "false"); }

  void refuse(attain::code what, std::string_view shown, std::string expected, std::string message);

  /// What could not be written: numbers that are not finite, text that is not UTF-8. `where` is the pointer.
  const std::vector<finding>& problems() const noexcept { return problems_; }

  /// The document. Precondition: everything is closed.
  std::string take();

 private:
  struct frame {
    bool is_object = false;
    bool breaks = false;                 ///< it cannot stand on one line
    std::string name;                    ///< of the next value
    std::vector<std::string> items;
  };

  void open(bool is_object);
  void add(std::string item);
  std::string pointer() const;

  std::vector<frame> open_;
  std::string document_;
  std::vector<finding> problems_;
};

}  // namespace attain::inline v0::io::detail
