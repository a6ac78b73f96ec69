#pragma once
/** Programmes and methods as JSON (docs/programme-format.md, docs/methods/README.md, schemas/).

  Reading refuses what is not understood: unknown and repeated fields, wrong types, text that is not UTF-8, more than 64 MiB,
  nesting beyond what `max_depth` projects need, and lists of so many rows of next to nothing that they would take many times the
  memory of their text. Every problem of a text is reported at once, at most 200 in the order of the
  text with the count of the rest; `where` is `file:line:column#/json/pointer`. Nothing is read in half.

  `invalid_input` is thrown for what is no programme text, `invalid_programme` for one whose only errors are those of `validate`.
*/
#include <attain/core/finding.hpp>
#include <attain/model/method.hpp>
#include <attain/model/programme.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0::io {

inline constexpr std::size_t max_programme_bytes = std::size_t{64} << 20;
inline constexpr std::size_t max_json_depth = 2 * max_depth + 8;
inline constexpr std::size_t max_json_values = 4'000'000;

/** The specification that a text spells out; whether it can be a programme is for `validate` to say.

  @param file stands in the places of findings; it is not opened.
  Throws `invalid_input`, which then also carries what `validate` says about the rest.
*/
programme_spec parse_programme(std::string_view json, std::string_view file = {});

/// A valid programme, with the errors of `validate` at their place in the text.
programme programme_from_json(std::string_view json, std::string_view file = {});

/// The same from a file. Throws `invalid_input` (`unreadable_file`) if it cannot be read.
programme read_programme(const std::string& path);

/// Everything there is to say about a text, warnings included, at its place. Throws nothing but for lack of memory.
std::vector<finding> check_programme(std::string_view json, std::string_view file = {});

/** The canonical text of a specification: fields in the order of the documentation, defaults left out, two spaces a level, what
    has no list or object in it on one line where it fits, the shortest digits that read back to the same number.

  `parse_programme` gives the same specification again, and the text of that is the same bytes.
  Throws `invalid_programme` for numbers that are not finite, text that is not UTF-8, and nesting beyond `max_depth`.
*/
std::string to_json(const programme_spec& spec);
inline std::string to_json(const programme& plan) { return to_json(plan.spec()); }

/** A way of judging from the text of a method file (docs/methods/README.md, schemas/method.schema.json).

  Throws `invalid_input` for what is no method text, `invalid_programme` for one that `validate_method` refuses.
*/
method_spec method_from_json(std::string_view json, std::string_view file = {});

/// The same from a file. Throws `invalid_input` (`unreadable_file`) if it cannot be read.
method_spec read_method(const std::string& path);

/// The canonical text of a method; `method_from_json` gives the same method again. Throws `invalid_programme` for a wrong one.
std::string to_json(const method_spec& method);

}  // namespace attain::inline v0::io
