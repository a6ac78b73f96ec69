#pragma once

/** The grammar of docs/formula.md as an operator-precedence parser (V. R. Pratt, "Top down operator precedence", 1973).

  The syntax tree is built in a pool and laid out in prefix order at the end. Only nesting recurses, and it is limited.
*/

#include <attain/core/error.hpp>
#include <attain/core/id.hpp>
#include <attain/core/number_text.hpp>
#include <attain/model/formula_node.hpp>
#include <attain/model/impl/formula_syntax.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

/// A list of indicator ids in order of first use, each once.
class input_list {
 public:
  explicit input_list(std::vector<std::string>& ids) : ids_(ids) {}

  std::uint32_t index_of(const std::string& id) {
    const auto [found, is_new] = indices_.emplace(id, static_cast<std::uint32_t>(ids_.size()));
    if (is_new) ids_.push_back(id);
    return found->second;
  }

 private:
  std::vector<std::string>& ids_;
  std::unordered_map<std::string, std::uint32_t> indices_;
};

/// Fills in `end` of nodes in prefix order.
inline void set_ends(std::vector<formula_node>& nodes) {
  for (std::size_t i = nodes.size(); i-- > 0;) {
    auto end = static_cast<std::uint32_t>(i + 1);
    for (std::uint32_t operand = 0; operand < nodes[i].operands; ++operand) end = nodes[end].end;
    nodes[i].end = end;
  }
}

class formula_parser {
 public:
  formula_parser(std::string_view text, std::string_view where) : text_(text), where_(where) {}

  /// Fills in both lists, which are empty. Throws invalid_input.
  void parse(std::vector<formula_node>& nodes, std::vector<std::string>& inputs) {
    read_characters();
    const index root = expression(precedence::disjunction);
    if (!done()) refuse_here("the formula goes on after its end", "an operator");
    lay_out(root, nodes);
    inputs = std::move(ids_);
  }

 private:
  using index = std::uint32_t;
  static constexpr index no_branch = 0xFFFFFFFFu;

  // The operands of a branch are linked from the last to the first, the order in which laying out needs them.
  struct branch {
    formula_node node;
    index last_operand = no_branch;
    index previous = no_branch;
  };

  /// One level of parentheses, of a function, a sign or an exponent.
  class nesting {
   public:
    nesting(formula_parser& parser, std::size_t at) : parser_(parser) {
      if (parser_.depth_ == max_formula_depth)
        parser_.refuse(at, code::too_deep, "the formula nests too deeply",
                       "at most " + std::to_string(max_formula_depth) + " levels");
      ++parser_.depth_;
    }
    ~nesting() { --parser_.depth_; }
    nesting(const nesting&) = delete;
    nesting& operator=(const nesting&) = delete;

   private:
    formula_parser& parser_;
  };

  // -- The grammar ---------------------------------------------------------------------------------

  /// Everything ahead that binds at least as tightly as @p level.
  index expression(precedence level) {
    index left = prefix(level);
    for (;;) {
      const formula_operator* ahead = operator_ahead();
      if (ahead == nullptr || ahead->level < level) return left;
      const std::size_t at = at_;
      at_ += ahead->symbol.size();
      index right = no_branch;
      if (ahead->level == precedence::power) {
        const nesting deeper(*this, at);
        right = expression(precedence::sign);
      } else {
        right = expression(tighter(ahead->level));
      }
      left = grow(at, ahead->what, left, right);
      if (ahead->level != precedence::comparison) continue;
      const formula_operator* next = operator_ahead();
      if (next != nullptr && next->level == precedence::comparison)
        refuse_here("comparisons do not chain", "and, as in a < b and b < c");
    }
  }

  index prefix(precedence level) {
    skip_blanks();
    const std::size_t at = at_;
    if (take("-")) {
      const nesting deeper(*this, at);
      return grow(at, operation::negate, expression(precedence::sign));
    }
    if (take("not")) {
      if (level > precedence::negation)
        refuse(at, code::malformed_formula, "not binds more loosely than what stands before it", "(not …)");
      const nesting deeper(*this, at);
      return grow(at, operation::logical_not, expression(precedence::negation));
    }
    return atom();
  }

  index atom() {
    const char32_t c = peek();
    if (c == U'(') return parenthesis();
    if (c == U'[') return input();
    if (is_digit(c) || c == U'.') return number();
    if (is_letter(c)) return word();
    refuse_here(done() ? "the formula ends too early" : "nothing here has a value", "a number, [indicator], a function or (");
  }

  index parenthesis() {
    const std::size_t open = at_;
    const nesting deeper(*this, open);
    ++at_;
    const bool among_arguments = std::exchange(among_arguments_, false);
    const index inner = expression(precedence::disjunction);
    among_arguments_ = among_arguments;
    close(open, ")");
    return inner;
  }

  index input() {
    const std::size_t open = at_;
    std::string id;
    for (++at_;; ++at_) {
      if (done()) refuse(open, code::malformed_formula, "the bracket is not closed", "[indicator id]");
      if (peek() == U']' && (++at_, peek() != U']')) break;
      id += text_.substr(characters_[at_].offset, characters_[at_ + 1].offset - characters_[at_].offset);
    }
    if (const auto problem = check_id(id, {})) refuse(open, code::malformed_formula, problem->message, "[indicator id]");
    const index leaf = grow(open, operation::input);
    pool_[leaf].node.input = inputs_.index_of(id);
    return leaf;
  }

  index number() {
    if (is_ambiguous_comma_ahead())
      refuse_here("this is one number or two arguments", "no comma inside a number here, and a space between two arguments");
    const std::size_t from = at_;
    while (!done() && continues_number(from)) ++at_;
    const auto value =
        try_parse_number(text_.substr(characters_[from].offset, characters_[at_].offset - characters_[from].offset));
    if (!value) refuse(from, code::malformed_formula, value.problem().message, value.problem().expected);
    return constant(from, *value);
  }

  /// Whether the number that began at @p from goes on: it takes all that means nothing else in a formula.
  bool continues_number(std::size_t from) const {
    const char32_t c = peek();
    if (c == U',') return !among_arguments_ && is_digit(peek(1));
    if (c == U'+' || c == U'-') {
      const char32_t before = character(at_ - 1);
      return at_ > from + 1 && (before == U'e' || before == U'E') && is_digit(peek(1));
    }
    return !is_blank(c) && std::u32string_view(U"*/^()[]<>=!").find(c) == std::u32string_view::npos;
  }

  /// Between arguments `1,200` could be one number or two.
  bool is_ambiguous_comma_ahead() const {
    if (!among_arguments_) return false;
    std::size_t digits = 0;
    while (is_digit(peek(digits))) ++digits;
    return digits >= 1 && digits <= 3 && peek(digits) == U',' && is_digit(peek(digits + 1)) && is_digit(peek(digits + 2)) &&
           is_digit(peek(digits + 3)) && !is_digit(peek(digits + 4));
  }

  index word() {
    const std::size_t at = at_;
    std::string name;
    for (; is_name_character(peek()); ++at_) name += static_cast<char>(peek());
    if (name == "true") return constant(at, 1);
    if (name == "false") return constant(at, 0);
    const auto* function = std::find_if(std::begin(formula_functions), std::end(formula_functions),
                                        [&](const formula_function& f) { return f.name == name; });
    if (function == std::end(formula_functions)) refuse_word(at, name);
    return call(at, *function);
  }

  index call(std::size_t at, const formula_function& function) {
    const nesting deeper(*this, at);
    skip_blanks();
    const std::size_t open = at_;
    if (!take("(")) refuse_here("a function needs its arguments", "(");
    const index made = grow(at, function.what);
    const bool among_arguments = std::exchange(among_arguments_, true);
    do {
      add_operand(made, expression(precedence::disjunction));
    } while (take(","));
    among_arguments_ = among_arguments;
    close(open, ", or )");
    const std::uint32_t given = pool_[made].node.operands;
    if (function.or_more ? given < function.operands : given != function.operands)
      refuse(at, code::malformed_formula,
             std::string(function.name) + " is given " + std::to_string(given) + (given == 1 ? " argument" : " arguments"),
             std::to_string(function.operands) + (function.or_more ? " or more" : ""));
    return made;
  }

  void close(std::size_t open, const char* expected) {
    skip_blanks();
    if (take(")")) return;
    if (done()) refuse(open, code::malformed_formula, "the parenthesis is not closed", ")");
    refuse_here("the parenthesis is not closed before this", expected);
  }

  // -- Characters ----------------------------------------------------------------------------------

  // Full-width characters are read as their ASCII twins, except inside brackets.
  struct placed_character {
    char32_t value;
    std::size_t offset;  // in bytes
  };

  void read_characters() {
    if (text_.size() > max_formula_bytes)
      throw invalid_input(finding{severity::error, code::too_large, std::string(where_), escaped_excerpt(text_),
                                  "at most " + std::to_string(max_formula_bytes) + " bytes",
                                  "the formula has " + std::to_string(text_.size()) + " bytes"});
    if (const auto bad = find_invalid_utf8(text_))
      throw invalid_input(finding{severity::error, code::bad_encoding, std::string(where_), escaped_excerpt(text_), "UTF-8",
                                  "the formula is not UTF-8 from byte " + std::to_string(*bad + 1) + " on"});
    for (std::size_t at = 0; at < text_.size();) {
      const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text_[at + i]); };
      const std::size_t size = byte(0) < 0x80 ? 1 : byte(0) < 0xe0 ? 2 : byte(0) < 0xf0 ? 3 : 4;
      char32_t value = size == 1 ? byte(0) : byte(0) & (0x7fu >> size);
      for (std::size_t i = 1; i < size; ++i) value = (value << 6) | (byte(i) & 0x3fu);
      characters_.push_back({value, at});
      at += size;
    }
    characters_.push_back({0, text_.size()});
  }

  static bool is_digit(char32_t c) noexcept { return c >= U'0' && c <= U'9'; }
  static bool is_letter(char32_t c) noexcept { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }
  static bool is_name_character(char32_t c) noexcept { return is_letter(c) || is_digit(c) || c == U'_'; }
  static bool is_blank(char32_t c) noexcept {
    return c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == 0xa0 || c == 0x3000;
  }
  /// Whether a terminal shows the character two columns wide (the East Asian blocks).
  static bool is_wide(char32_t c) noexcept {
    return (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) || (c >= 0xac00 && c <= 0xd7a3) ||
           (c >= 0xf900 && c <= 0xfaff) || (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60) ||
           (c >= 0xffe0 && c <= 0xffe6) || (c >= 0x20000 && c <= 0x3fffd);
  }

  bool done() const noexcept { return at_ + 1 == characters_.size(); }

  /// The character at index @p at; 0 at the end and beyond.
  char32_t character(std::size_t at) const noexcept {
    const char32_t c = at < characters_.size() ? characters_[at].value : 0;
    return c >= 0xff01 && c <= 0xff5e && c != 0xff3b && c != 0xff3d ? c - 0xfee0 : c;
  }
  char32_t peek(std::size_t ahead = 0) const noexcept { return character(at_ + ahead); }

  void skip_blanks() noexcept {
    while (is_blank(peek())) ++at_;
  }

  bool is_ahead(std::string_view symbol) const noexcept {
    for (std::size_t i = 0; i < symbol.size(); ++i)
      if (peek(i) != static_cast<char32_t>(symbol[i])) return false;
    return !is_letter(static_cast<char32_t>(symbol.front())) || !is_name_character(peek(symbol.size()));
  }

  bool take(std::string_view symbol) noexcept {
    if (!is_ahead(symbol)) return false;
    at_ += symbol.size();
    return true;
  }

  const formula_operator* operator_ahead() noexcept {
    skip_blanks();
    for (const formula_operator& row : formula_operators)
      if (is_ahead(row.symbol)) return &row;
    return nullptr;
  }

  // -- The tree ------------------------------------------------------------------------------------

  template <class... Operands>
  index grow(std::size_t at, operation what, Operands... operands) {
    if (pool_.size() == max_formula_nodes)
      refuse(at, code::too_large, "the formula is too large", "at most " + std::to_string(max_formula_nodes) + " nodes");
    const auto made = static_cast<index>(pool_.size());
    pool_.emplace_back().node.what = what;
    (add_operand(made, operands), ...);
    return made;
  }

  void add_operand(index to, index operand) {
    pool_[operand].previous = std::exchange(pool_[to].last_operand, operand);
    ++pool_[to].node.operands;
  }

  index constant(std::size_t at, double number) {
    const index leaf = grow(at, operation::number);
    pool_[leaf].node.number = number;
    return leaf;
  }

  void lay_out(index root, std::vector<formula_node>& nodes) const {
    nodes.reserve(pool_.size());
    std::vector<index> waiting{root};
    while (!waiting.empty()) {
      const branch& next = pool_[waiting.back()];
      waiting.pop_back();
      nodes.push_back(next.node);
      for (index operand = next.last_operand; operand != no_branch; operand = pool_[operand].previous) waiting.push_back(operand);
    }
    set_ends(nodes);
  }

  // -- Refusing ------------------------------------------------------------------------------------

  [[noreturn]] void refuse_word(std::size_t at, const std::string& name) const {
    std::vector<std::string> names;
    for (const formula_function& f : formula_functions) names.emplace_back(f.name);
    const std::vector<std::string> nearest = nearest_ids(name, names, 1);
    const std::string shown = escaped_excerpt(name, 40);
    refuse(at, code::malformed_formula, "there is no function " + shown,
           nearest.empty() ? "an indicator in brackets, [" + shown + "]" : "perhaps " + nearest.front());
  }

  [[noreturn]] void refuse_here(std::string message, std::string expected) const {
    refuse(at_, code::malformed_formula, std::move(message), std::move(expected));
  }

  [[noreturn]] void refuse(std::size_t at, code what, std::string message, std::string expected) const {
    std::string where(where_);
    if (!where.empty()) where += ", ";
    throw invalid_input(finding{severity::error, what, where + "column " + std::to_string(at + 1), escaped_excerpt(shown(at)),
                                std::move(expected), std::move(message) + caret_lines(at)});
  }

  /// The character at index @p at as it was written.
  std::string_view shown(std::size_t at) const {
    return at + 1 < characters_.size() ? text_.substr(characters_[at].offset, characters_[at + 1].offset - characters_[at].offset)
                                       : std::string_view();
  }

  /// Two lines: the text around a character, and a caret below it. A wide space steps over a wide character.
  std::string caret_lines(std::size_t at) const {
    constexpr std::size_t before = 40;
    constexpr std::size_t after = 20;
    std::string line = "\n  ";
    std::string pad = "\n  ";
    const std::size_t end = (std::min)(characters_.size() - 1, at + after);
    for (std::size_t i = at > before ? at - before : 0; i < end; ++i) {
      const char32_t c = characters_[i].value;
      const std::string text = is_blank(c) && c != 0x3000 ? " " : escaped_excerpt(shown(i));
      line += text;
      if (i >= at) continue;
      if (text == shown(i))
        pad += is_wide(c) ? "\u3000" : " ";
      else
        pad.append(text.size(), ' ');
    }
    return line + pad + "^";
  }

  std::string_view text_;
  std::string_view where_;
  std::vector<placed_character> characters_;  // and one behind the last
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  bool among_arguments_ = false;  // of a function, with no parenthesis in between
  std::vector<branch> pool_;
  std::vector<std::string> ids_;
  input_list inputs_{ids_};
};

}  // namespace attain::inline v0::detail
