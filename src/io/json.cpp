#include <attain/io/json.hpp>

#include <attain/core/error.hpp>
#include <attain/model/validate.hpp>
#include <attain/model/validate_method.hpp>

#include "method_reader.hpp"
#include "method_writer.hpp"
#include "programme_reader.hpp"

#include <algorithm>

namespace attain::inline v0::io {

namespace {

using namespace detail;

bool begins_with_pointer(std::string_view pointer, std::string_view beginning) {
  return pointer.starts_with(beginning) && (pointer.size() == beginning.size() || pointer[beginning.size()] == '/');
}

/// Whether a finding of `validate` only echoes that a value was refused: it is about that value, about the object that lacks it,
/// or about what may have been meant by it.
bool echoes(const finding& f, std::string_view refused) {
  const std::string_view object = refused.substr(0, refused.rfind('/'));
  if (begins_with_pointer(f.where, refused) || f.where == object) return true;

  const std::string_view name = refused.substr(std::min(object.size() + 1, refused.size()));
  const std::string_view object_name = object.substr(object.rfind('/') + 1);
  const bool is_listed = object_name.find_first_not_of("0123456789") == std::string_view::npos;
  if (begins_with_pointer(f.where, object) && !object.empty() && (name == "kind" || !is_listed)) return true;

  // An amount of an aim that cannot be read was taken for 0, which then differs from everything that it should agree with.
  const std::size_t aim = refused.find("/aim/");
  switch (f.code) {
    case code::quotas_differ_from_goal:
    case code::goal_reached_at_baseline:
    case code::alias_contradicts: return aim != std::string_view::npos && begins_with_pointer(f.where, refused.substr(0, aim));
    case code::part_exceeds_whole:
    case code::parts_differ_from_whole: return aim != std::string_view::npos;
    case code::dangling_id:
    case code::ratio_without_parts: return name == "id" || name == "indicators" || name == "projects";
    case code::missing_window: return name == "window" || object_name == "window";
    default: return false;
  }
}

bool echoes_any(const finding& f, const std::vector<std::string>& refused) {
  return std::any_of(refused.begin(), refused.end(), [&](const std::string& pointer) { return echoes(f, pointer); });
}

constexpr json_limits limits{max_programme_bytes, max_json_depth, max_json_values};

/// A specification that a text spells out, and the values that were refused in it.
struct spelled_out {
  std::optional<programme_spec> spec;
  std::vector<std::string> refused;
};

/// The tree of the text ends here, since what comes next takes memory of its own.
spelled_out spell_out(std::string_view json, problem_list& problems) {
  const auto document = json_document::parse(json, limits, problems);
  if (!document) return {};
  json_values values(*document, problems);
  auto spec = detail::read_programme(values);
  return {std::move(spec), values.refused()};
}

/// Whether a finding asks how a number was meant that the text says with its unit ("600%").
bool asks_about_text(const finding& f, const json_node& at) {
  return f.code == code::doubtful_amount && at.kind == json_kind::string;
}

/// Adds findings about a text that can be read, each at its place in it.
void add_at_their_places(const std::vector<finding>& findings, std::string_view json, problem_list& problems) {
  if (findings.empty()) return;
  problem_list known(json, {});
  const auto document = json_document::parse(json, limits, known);
  for (const finding& f : findings) {
    if (problems.full()) {
      problems.add(f, 0, f.where);
      continue;
    }
    const json_node& at = (*document)[document->nearest(f.where)];
    if (!asks_about_text(f, at)) problems.add(f, at.at, f.where);
  }
}

/// What a text says, and everything that is to be said about it.
struct reading_of_text {
  programme_spec spec;
  std::vector<finding> findings;
  bool is_programme_text = false;  ///< the text itself has no problem
};

reading_of_text read_text(std::string_view json, std::string_view file) {
  reading_of_text result;
  problem_list problems(json, file);
  spelled_out read = spell_out(json, problems);
  result.is_programme_text = read.spec && problems.empty();
  if (read.spec) {
    result.spec = *std::move(read.spec);
    std::vector<finding> found = problems.full() ? std::vector<finding>{} : validate(result.spec);
    std::erase_if(found, [&](const finding& f) { return echoes_any(f, read.refused); });
    add_at_their_places(found, json, problems);
  }
  result.findings = problems.findings();
  return result;
}

std::vector<finding> errors_of(std::vector<finding> findings) {
  std::erase_if(findings, [](const finding& f) { return f.severity == severity::warning; });
  return findings;
}

/// The programme of a text; nothing if the text has problems.
std::optional<programme> made_of(std::string_view json, std::string_view file) {
  problem_list problems(json, file);
  std::optional<programme_spec> spec = spell_out(json, problems).spec;
  if (!spec || !problems.empty()) return std::nullopt;
  try {
    return programme(*std::move(spec));  // what it breaks is found once, where it is made
  } catch (const invalid_programme& wrong) {
    add_at_their_places({wrong.findings().begin(), wrong.findings().end()}, json, problems);
  }
  throw invalid_programme(problems.findings());
}

}  // namespace

programme_spec parse_programme(std::string_view json, std::string_view file) {
  reading_of_text text = read_text(json, file);
  if (!text.is_programme_text) throw invalid_input(errors_of(std::move(text.findings)));
  return std::move(text.spec);
}

programme programme_from_json(std::string_view json, std::string_view file) {
  if (auto made = made_of(json, file)) return *std::move(made);
  // the text itself has problems, and what validate says of the rest stands among them
  throw invalid_input(errors_of(read_text(json, file).findings));
}

programme read_programme(const std::string& path) { return programme_from_json(read_file(path, max_programme_bytes), path); }

method_spec method_from_json(std::string_view json, std::string_view file) {
  problem_list problems(json, file);
  method_spec method;
  const auto document = json_document::parse(json, limits, problems);
  if (document) {
    json_values values(*document, problems);
    detail::read_method(values, 0, true, method);
  }
  if (!problems.empty()) throw invalid_input(errors_of(problems.findings()));
  for (const finding& f : validate_method(method)) {
    if (f.severity == severity::error) problems.add(f, (*document)[document->nearest(f.where)].at, f.where);
  }
  if (!problems.empty()) throw invalid_programme(problems.findings());
  return method;
}

method_spec read_method(const std::string& path) { return method_from_json(read_file(path, max_programme_bytes), path); }

std::string to_json(const method_spec& method) {
  const std::vector<finding> wrong = errors_of(validate_method(method));
  if (!wrong.empty()) throw invalid_programme(wrong);
  json_text out;
  write_method(out, method, true);
  return out.take();
}

std::vector<finding> check_programme(std::string_view json, std::string_view file) { return read_text(json, file).findings; }

}  // namespace attain::inline v0::io
