#include <attain/core/error.hpp>
#include <attain/model/formula.hpp>

#include "support/catch.hpp"
#include "support/small_stack.hpp"

#include <array>
#include <cstddef>
#include <iterator>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

/// The value with a = 6, b = 4, half = 0.5, zero = 0, and three indicators that have no amount.
answer<double> value_of(std::string_view text) {
  const formula f = parse_formula(text);
  std::vector<answer<double>> amounts;
  for (const std::string& id : f.inputs) {
    if (id == "a")
      amounts.emplace_back(6.0);
    else if (id == "b")
      amounts.emplace_back(4.0);
    else if (id == "half")
      amounts.emplace_back(0.5);
    else if (id == "zero")
      amounts.emplace_back(0.0);
    else if (id == "huge")
      amounts.emplace_back(std::numeric_limits<double>::max());
    else if (id == "unreported")
      amounts.emplace_back(reason::no_observation);
    else if (id == "old")
      amounts.emplace_back(reason::stale);
    else if (id == "withheld")
      amounts.emplace_back(reason::withheld);
    else
      FAIL("no such input: " << id);
  }
  return f(amounts);
}

finding refusal_of(std::string_view text) {
  std::vector<finding> problems;
  const formula f = try_parse_formula(text, "", problems);
  INFO(text);
  REQUIRE(problems.size() == 1);
  CHECK(f.nodes.empty());
  return problems.front();
}

bool same_nodes(const formula& a, const formula& b) {
  if (a.inputs != b.inputs || a.nodes.size() != b.nodes.size()) return false;
  for (std::size_t i = 0; i < a.nodes.size(); ++i) {
    const formula_node& x = a.nodes[i];
    const formula_node& y = b.nodes[i];
    if (x.what != y.what || x.operands != y.operands || x.end != y.end || x.input != y.input || x.number != y.number)
      return false;
  }
  return true;
}

std::string repeated(std::string_view part, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

/// A random formula of the whole grammar, as text with more parentheses than it needs.
class random_formula {
 public:
  explicit random_formula(unsigned seed) : random_(seed) {}

  std::string text(int depth) {
    if (depth == 0) return leaf();
    switch (pick(7)) {
      case 0: return leaf();
      case 1: return "(-" + nested(depth) + ")";
      case 2: return "(not " + nested(depth) + ")";
      case 3:
        return std::string(pick_of({"min", "max", "sum", "mean", "coalesce"})) + "(" + text(depth - 1) + ", " + text(depth - 1) +
               ")";
      case 4: return std::string(pick_of({"abs", "sqrt", "ln", "exp", "is_missing"})) + "(" + text(depth - 1) + ")";
      case 5: return "if(" + text(depth - 1) + ", " + text(depth - 1) + ", " + text(depth - 1) + ")";
      default:
        return "(" + nested(depth) + " " +
               std::string(pick_of({"+", "-", "*", "/", "^", "<", "<=", ">", ">=", "=", "!=", "and", "or"})) + " " +
               nested(depth) + ")";
    }
  }

 private:
  std::size_t pick(std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_); }
  std::string_view pick_of(std::vector<std::string_view> words) { return words[pick(words.size())]; }
  std::string leaf() {
    return std::string(pick_of({"[a]", "[b]", "[half]", "[zero]", "[unreported]", "[old]", "2", "0.25", "60%", "1e3", "true"}));
  }
  std::string nested(int depth) { return "(" + text(depth - 1) + ")"; }

  std::mt19937 random_;
};

}  // namespace

TEST_CASE("a formula has the value that hand calculation gives", "[model][formula]") {
  struct row {
    std::string_view text;
    double value;
  };
  const row table[] = {
      {"1", 1},
      {"[a]", 6},
      {"[a] + [b]", 10},
      {"[a] - [b] - 1", 1},
      {"[a] - ([b] - 1)", 3},
      {"[a] * [b] / 2", 12},
      {"[a] / [b] / 2", 0.75},
      {"[a] / ([b] / 2)", 3},
      {"1 + 2 * 3", 7},
      {"(1 + 2) * 3", 9},
      {"2 ^ 3 ^ 2", 512},
      {"2^-1", 0.5},
      {"-2^2", -4},
      {"(-2)^2", 4},
      {"--[a]", 6},
      {"2 - -3", 5},
      {"-[a] + [b]", -2},
      {"2 * -[b]", -8},
      {"[zero] ^ 0", 1},
      {"(-8) ^ 3", -512},
      {"4 ^ [half]", 2},
      {"1 < 2", 1},
      {"2 < 1", 0},
      {"2 <= 2", 1},
      {"2 > 2", 0},
      {"2 >= 2", 1},
      {"[a] = 6", 1},
      {"[a] != 6", 0},
      {"0.1 + 0.2 = 0.3", 0},  // comparisons are exact
      {"1 + 1 = 2", 1},
      {"not 0", 1},
      {"not 3", 0},
      {"not not 3", 1},
      {"not 1 = 2", 1},
      {"1 and 0", 0},
      {"2 and 3", 1},
      {"0 or 0", 0},
      {"0 or 5", 1},
      {"1 or 1 and 0", 1},
      {"not 1 or 1", 1},
      {"1 < 2 and 3 > 4", 0},
      {"true", 1},
      {"false or true", 1},
      {"min([a], [b])", 4},
      {"max([a], [b], 9)", 9},
      {"sum([a], [b], 1)", 11},
      {"mean([a], [b])", 5},
      {"min(3)", 3},
      {"sum(1e16, 1, -1e16)", 1},  // compensated
      {"abs(-[a])", 6},
      {"sqrt(16)", 4},
      {"ln(1)", 0},
      {"exp(0)", 1},
      {"if([a] > [b], 1, 2)", 1},
      {"if([a] < [b], 1, 2)", 2},
      {"if(0, 1, if(1, 2, 3))", 2},
      {"coalesce([a], 1)", 6},
      {"is_missing([a])", 0},
      {"60% * [a]", 3.6},
      {"5.85万", 58500},
      {"1,200", 1200},
      {"1,200 + max((1,200), 5)", 2400},
      {"max(1,2)", 2},
      {"max(1000,200)", 1000},
      {"（[a] ＋ ２）＊３", 24},  // full-width
      {" \t\n[a]\r\n+ 1 ", 7},
      {"1e3 + 1e-3 * 1000", 1001},
  };
  for (const row& r : table) {
    INFO(r.text);
    const answer<double> value = value_of(r.text);
    REQUIRE(value.has_value());
    CHECK_THAT(*value, WithinRel(r.value, 1e-15) || WithinAbs(r.value, 1e-300));
  }
}

TEST_CASE("a formula without a value gives the reason", "[model][formula]") {
  struct row {
    std::string_view text;
    reason why;
  };
  const row table[] = {
      {"[a] / [zero]", reason::denominator_zero},
      {"[zero] / [zero]", reason::denominator_zero},
      {"[zero] ^ -1", reason::denominator_zero},
      {"sqrt(-1)", reason::not_scalable},
      {"(-8) ^ 0.5", reason::not_scalable},
      {"ln(0)", reason::not_scalable},
      {"ln(-1)", reason::not_scalable},
      {"exp(1000)", reason::overflow},
      {"10 ^ 400", reason::overflow},
      {"[huge] * 10", reason::overflow},
      {"[huge] + [huge]", reason::overflow},
      {"sum([huge], [huge], -[huge])", reason::overflow},
      {"mean([huge], [huge])", reason::overflow},
      {"[unreported]", reason::no_observation},
      {"-[old]", reason::stale},
      {"[old] + [unreported]", reason::no_observation},  // the first in the order of section N
      {"[unreported] + [old]", reason::no_observation},
      {"max([a], [old], [withheld], [unreported])", reason::withheld},
      {"[unreported] + 1 / 0", reason::no_observation},
      {"coalesce([old], [unreported])", reason::no_observation},
      {"[unreported] and 1", reason::no_observation},
      {"1 and [unreported]", reason::no_observation},
      {"0 or [unreported]", reason::no_observation},
      {"not [old]", reason::stale},
      {"if([unreported], 1, 2)", reason::no_observation},
      {"if(1, [old], 2)", reason::stale},
      {"[unreported] = [unreported]", reason::no_observation},
  };
  for (const row& r : table) {
    INFO(r.text);
    const answer<double> value = value_of(r.text);
    REQUIRE(!value.has_value());
    CHECK(value.why() == r.why);
  }
}

TEST_CASE("if, coalesce, is_missing, and, or need only what decides", "[model][formula]") {
  CHECK(value_of("if(1, 5, [unreported])") == 5.0);
  CHECK(value_of("if(0, [unreported], 5)") == 5.0);
  CHECK(value_of("coalesce([unreported], [old], 7)") == 7.0);
  CHECK(value_of("coalesce([a] / [zero], 0)") == 0.0);
  CHECK(value_of("is_missing([unreported])") == 1.0);
  CHECK(value_of("is_missing(1 / 0)") == 1.0);
  CHECK(value_of("0 and [unreported]") == 0.0);
  CHECK(value_of("[unreported] and 0") == 0.0);
  CHECK(value_of("1 or [unreported]") == 1.0);
  CHECK(value_of("[unreported] or 1") == 1.0);
}

TEST_CASE("a formula lists its inputs once, in order of first use", "[model][formula]") {
  const formula f = parse_formula("[b] + [22.1] * [b] - [养老 金]");
  CHECK(f.inputs == std::vector<std::string>{"b", "22.1", "养老 金"});
  CHECK(parse_formula("[a]]b]").inputs == std::vector<std::string>{"a]b"});
  CHECK(parse_formula("[a]]]").inputs == std::vector<std::string>{"a]"});
}

TEST_CASE("the nodes of a formula are in prefix order and know where their operands end", "[model][formula]") {
  using kind = formula_node::kind;
  const formula f = parse_formula("min([a], 2 * [b], 3) - 1");
  const kind kinds[] = {kind::subtract, kind::minimum, kind::input,  kind::multiply,
                        kind::number,   kind::input,   kind::number, kind::number};
  const std::uint32_t ends[] = {8, 7, 3, 6, 5, 6, 7, 8};
  REQUIRE(f.nodes.size() == std::size(kinds));
  for (std::size_t i = 0; i < f.nodes.size(); ++i) {
    CHECK(f.nodes[i].what == kinds[i]);
    CHECK(f.nodes[i].end == ends[i]);
  }
}

TEST_CASE("a formula that cannot be read says where, in characters", "[model][formula]") {
  struct row {
    std::string_view text;
    std::string_view where;
    std::string_view found;
  };
  const row table[] = {
      {"", "column 1", ""},
      {"[a] +", "column 6", ""},
      {"[a] + * 2", "column 7", "*"},
      {"[台数] + ）", "column 8", "）"},
      {"[a] [b]", "column 5", "["},
      {"1 2", "column 3", "2"},
      {"(1 + 2", "column 1", "("},
      {"1 + 2)", "column 6", ")"},
      {"min(1, 2", "column 4", "("},
      {"min(1; 2)", "column 5", "1"},  // the number parser does not know 1;
      {"min 1", "column 5", "1"},
      {"[a", "column 1", "["},
      {"[]", "column 1", "["},
      {"[ a ]", "column 1", "["},
      {"1 < 2 < 3", "column 7", "<"},
      {"2 * not 1", "column 5", "n"},
      {"5台", "column 1", "5"},
      {"1.2.3", "column 1", "1"},
      {"1 + .5", "column 5", "."},
      {"max(1,200)", "column 5", "1"},
      {"max(12,200, 3)", "column 5", "1"},
      {"abs(1, 2)", "column 1", "a"},
      {"if(1, 2)", "column 1", "i"},
      {"min()", "column 5", ")"},
      {"avg([a])", "column 1", "a"},
      {"a + b", "column 1", "a"},
      {"nothing", "column 1", "n"},
      {"1 and", "column 6", ""},
      {"1 andy 2", "column 3", "a"},
      {"[a] == 6", "column 6", "="},
      {"[a] & [b]", "column 5", "&"},
  };
  for (const row& r : table) {
    INFO(r.text);
    const finding f = refusal_of(r.text);
    CHECK(f.code == code::malformed_formula);
    CHECK(f.where == r.where);
    CHECK(f.text == r.found);
    CHECK(!f.expected.empty());
    CHECK_THROWS_AS(parse_formula(r.text), invalid_input);
  }
}

TEST_CASE("a refused formula is shown with a caret under the offence", "[model][formula]") {
  CHECK_THAT(refusal_of("[a] + * 2").message, EndsWith("\n  [a] + * 2\n        ^"));
  CHECK_THAT(refusal_of("[台数] + ）").message, EndsWith("\n  [台数] + ）\n   　　    ^"));
  CHECK_THAT(refusal_of("\t*").message, EndsWith("\n   *\n   ^"));
  const std::string far = repeated("[a] + ", 100) + "*";
  CHECK_THAT(refusal_of(far).message, EndsWith("^"));
  CHECK(refusal_of(far).message.size() < 200);
}

TEST_CASE("an unknown function is answered with the nearest one", "[model][formula]") {
  CHECK_THAT(refusal_of("sqr(4)").expected, ContainsSubstring("sqrt"));
  CHECK_THAT(refusal_of("lifts + 1").expected, ContainsSubstring("[lifts]"));
}

TEST_CASE("a formula under a pointer keeps the pointer in front of the column", "[model][formula]") {
  std::vector<finding> problems;
  try_parse_formula("1 +", "/indicators/2/expression", problems);
  REQUIRE(problems.size() == 1);
  CHECK(problems.front().where == "/indicators/2/expression, column 4");
}

TEST_CASE("the deepest nesting that the text of a formula has room for is refused on a small stack (P1)", "[model][formula]") {
  run_on_stack(256 * 1024, [] {
    for (const std::string open : {"(", "-", "abs(", "2^", "not "}) {
      CHECK(refusal_of(repeated(open, max_formula_bytes / open.size() - 1) + "1").code == code::too_deep);
      CHECK(refusal_of(repeated(open, 100'000) + "1").code == code::too_large);
    }
  });
}

TEST_CASE("a formula holds the limits of size and depth, and not one more", "[model][formula]") {
  SECTION("16 KiB of text") {
    const std::string text = "1" + std::string(max_formula_bytes - 1, ' ');
    CHECK(parse_formula(text).nodes.size() == 1);
    CHECK(refusal_of(text + " ").code == code::too_large);
  }
  SECTION("depth 64 of parentheses, signs, exponents and functions") {
    for (const auto& [open, close] :
         {std::pair("(", ")"), std::pair("-", ""), std::pair("not ", ""), std::pair("abs(", ")"), std::pair("1 ^ ", "")}) {
      const auto nested = [before = open, after = close](std::size_t depth) {
        return repeated(before, depth) + "1" + repeated(after, depth);
      };
      INFO(open);
      CHECK_NOTHROW(parse_formula(nested(max_formula_depth)));
      CHECK(refusal_of(nested(max_formula_depth + 1)).code == code::too_deep);
      CHECK(refusal_of(nested(2000)).code == code::too_deep);
    }
  }
  SECTION("4,096 nodes") {
    const auto chain = [](std::size_t nodes) { return (nodes % 2 == 1 ? "1" : "-1") + repeated("+1", (nodes - 1) / 2); };
    const formula f = parse_formula(chain(max_formula_nodes));
    CHECK(f.nodes.size() == max_formula_nodes);
    CHECK(f({}) == 2046.0);
    CHECK(refusal_of(chain(max_formula_nodes + 1)).code == code::too_large);
  }
  SECTION("text that is not UTF-8") { CHECK(refusal_of("[a\xff]").code == code::bad_encoding); }
}

TEST_CASE("printing a formula spends no parenthesis that is not needed", "[model][formula]") {
  const auto printed = [](std::string_view text) { return to_string(parse_formula(text)); };
  CHECK(printed("((1)+((2)*(3)))") == "1 + 2 * 3");
  CHECK(printed("(1+2)*3") == "(1 + 2) * 3");
  CHECK(printed("1-(2-3)-4") == "1 - (2 - 3) - 4");
  CHECK(printed("(2^3)^2") == "(2 ^ 3) ^ 2");
  CHECK(printed("2^(3^2)") == "2 ^ 3 ^ 2");
  CHECK(printed("(-2)^2") == "(-2) ^ 2");
  CHECK(printed("-(2^2)") == "-2 ^ 2");
  CHECK(printed("(1<2)=(3<4)") == "(1 < 2) = (3 < 4)");
  CHECK(printed("not(1 and 2)or 3") == "not (1 and 2) or 3");
  CHECK(printed("max(60%,[a]]b])") == "max(0.6, [a]]b])");
  CHECK(printed("2*(not 1)") == "2 * (not 1)");
}

TEST_CASE("parsing what a formula prints gives the formula again", "[model][formula]") {
  random_formula source(20211231);
  for (int i = 0; i < 2000; ++i) {
    const formula f = parse_formula(source.text(1 + i % 6));
    const std::string printed = to_string(f);
    INFO(f.text << "\n" << printed);
    const formula again = parse_formula(printed);
    REQUIRE(same_nodes(f, again));
    REQUIRE(to_string(again) == printed);
    REQUIRE(printed.size() <= f.text.size() + 6 * f.nodes.size());
  }
}

TEST_CASE("random text is a formula or is refused with a column, and nothing else", "[model][formula]") {
  constexpr std::string_view pieces[] = {"[a]",  "[", "]",   "(",   ")",  ",",  "+",   "-",    "*",   "/",
                                         "^",    "<", "=",   "!",   "!=", " ",  "and", "or",   "not", "if(",
                                         "min(", "1", "2.5", "60%", "万", "，", "x",   "\xe4", "e",   "."};
  std::mt19937 random(7);
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (int k = std::uniform_int_distribution<int>(0, 8)(random); k > 0; --k)
      text += pieces[std::uniform_int_distribution<std::size_t>(0, std::size(pieces) - 1)(random)];
    std::vector<finding> problems;
    const formula f = try_parse_formula(text, "", problems);
    INFO(text);
    REQUIRE(f.nodes.empty() == (problems.size() == 1));
    if (!f.nodes.empty()) REQUIRE(same_nodes(f, parse_formula(to_string(f))));
  }
}

TEST_CASE("substituting an input is the same as computing it first (R7a)", "[model][formula]") {
  const formula outer = parse_formula("[rate] * [a] + [rate] ^ 2");
  const formula inner = parse_formula("[b] / [a]");
  const formula whole = substitute(outer, 0, inner);
  CHECK(whole.inputs == std::vector<std::string>{"b", "a"});
  CHECK(whole.text == "[b] / [a] * [a] + ([b] / [a]) ^ 2");
  CHECK(same_nodes(whole, parse_formula(whole.text)));
  const std::array<answer<double>, 2> amounts{answer<double>(4.0), answer<double>(8.0)};
  CHECK(whole(amounts) == 4.25);

  const formula other = substitute(outer, 1, parse_formula("5"));
  CHECK(other.inputs == std::vector<std::string>{"rate"});
  CHECK(other.text == "[rate] * 5 + [rate] ^ 2");
}

TEST_CASE("an operation is called what it is called in a formula", "[model][formula]") {
  for (const std::string_view text : {"[a] + [b]", "[a] - [b]", "[a] <= [b]", "[a] and [b]", "-[a]", "not [a]", "mean([a], [b])"}) {
    const formula f = parse_formula(text);
    INFO(text);
    CHECK(text.find(spelling_of(f.nodes.front().what)) != std::string_view::npos);
    CHECK_FALSE(spelling_of(f.nodes.front().what).empty());
    CHECK(spelling_of(f.nodes.back().what).empty());
  }
}

TEST_CASE("substituting stops at the limit of nodes instead of doubling for ever", "[model][formula]") {
  formula f = parse_formula("[x] + [x]");
  const formula twice = f;
  for (int i = 0; i < 10; ++i) f = substitute(f, 0, twice);
  CHECK(f.nodes.size() == 4095);
  try {
    substitute(f, 0, twice);
    FAIL("8191 nodes were accepted");
  } catch (const invalid_input& refused) {
    CHECK(refused.code() == code::too_large);
  }
}
