#include "wrong_calls.hpp"

#include <attain/core/suggestion.hpp>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

/// Takes any object, but only where conversions are allowed: after every signature has refused the call as it stands.
struct anything_at_last {
  py::object given;
};

}  // namespace

namespace pybind11::detail {

template <>
struct type_caster<anything_at_last> {
  PYBIND11_TYPE_CASTER(anything_at_last, const_name("typing.Any"));
  bool load(handle one, bool convert) {
    value.given = reinterpret_borrow<object>(one);
    return convert;
  }
};

}  // namespace pybind11::detail

namespace {

/// An argument as the first line of a docstring has it: `place: str | None = None`.
struct parameter {
  std::string name;
  std::string type;
  bool is_optional = false;
  bool is_keyword = false;  ///< by name only
};

struct signature {
  std::string called;  ///< `Ledger.append`
  std::vector<parameter> parameters;
};

/// The parts between the commas that stand in no brackets, up to the bracket that ends the list.
std::vector<std::string> parts_of(std::string_view list) {
  std::vector<std::string> parts(1);
  int depth = 0;
  char quote = 0;
  for (const char c : list) {
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '(' || c == '[' || c == '{') {
      ++depth;
    } else if (c == ')' || c == ']' || c == '}') {
      if (depth-- == 0) break;
    } else if (c == ',' && depth == 0) {
      parts.emplace_back();
      continue;
    }
    if (c != ' ' || !parts.back().empty()) parts.back() += c;
  }
  if (parts.back().empty()) parts.pop_back();
  return parts;
}

/// Nothing of a function that takes any number of arguments, or whose docstring has no signature.
std::optional<signature> signature_of(const std::string& called, const std::string& name, std::string_view doc, bool is_method) {
  if (!doc.starts_with(name + "(")) return std::nullopt;
  const std::string_view line = doc.substr(name.size() + 1, doc.find('\n') - name.size() - 1);
  signature made{called, {}};
  bool by_name = false;
  for (const std::string& part : parts_of(line)) {
    if (part == "/") continue;
    if (part == "*") {
      by_name = true;
      continue;
    }
    if (part.starts_with("*")) return std::nullopt;
    const std::size_t colon = part.find(": "), equals = part.rfind(" = ");
    made.parameters.push_back({.name = part.substr(0, colon),
                               .type = colon == std::string::npos ? "" : part.substr(colon + 2, (equals == std::string::npos ? part.size() : equals) - colon - 2),
                               .is_optional = equals != std::string::npos,
                               .is_keyword = by_name});
  }
  if (is_method && !made.parameters.empty()) made.parameters.erase(made.parameters.begin());  // self
  return made;
}

std::string short_repr(py::handle one) {
  constexpr std::size_t most = 60;
  std::string text = py::repr(one).cast<std::string>();
  if (text.size() > most || text.find('\n') != std::string::npos) return "a " + py::type::of(one).attr("__name__").cast<std::string>();
  return text;
}

std::string list_of(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// Each argument with its type, since one of them is not of it.
std::string what_is_mistyped(const signature& with, const py::args& given, const py::kwargs& named) {
  std::string types;
  for (std::size_t i = 0; i < with.parameters.size(); ++i) {
    const parameter& one = with.parameters[i];
    const bool is_placed = !one.is_keyword && i < given.size();
    if (!is_placed && !named.contains(one.name.c_str())) continue;
    const py::object value = is_placed ? py::object(given[i]) : py::object(named[one.name.c_str()]);
    types += (types.empty() ? "" : "; ") + one.name + " is " + short_repr(value) + " (expected " + one.type + ")";
  }
  return types;
}

/// What is wrong with the call, the first reason that applies.
std::string what_is_wrong(const signature& with, const py::args& given, const py::kwargs& named) {
  std::vector<std::string> names;
  std::vector<const parameter*> by_position;
  for (const parameter& one : with.parameters) {
    names.push_back(one.name);
    if (!one.is_keyword) by_position.push_back(&one);
  }
  const auto is_known = [&](const std::string& name) { return std::find(names.begin(), names.end(), name) != names.end(); };

  for (const auto& [key, value] : named) {
    const std::string name = key.cast<std::string>();
    if (is_known(name)) continue;
    if (names.empty()) return "there is no argument " + name + ", nor any other";
    return "there is no argument " + name + attain::detail::did_you_mean(name, names) + " (expected " + list_of(names) + ")";
  }
  if (given.size() > by_position.size()) {
    const std::string most = std::to_string(by_position.size());
    if (names.size() > by_position.size()) {
      return (by_position.empty() ? "no argument" : "no more than " + most + (by_position.size() == 1 ? " argument" : " arguments")) +
             std::string(" without a name, ") + std::to_string(given.size()) + " given; name them: " + list_of(names);
    }
    return "at most " + most + (by_position.size() == 1 ? " argument, " : " arguments, ") + std::to_string(given.size()) + " given";
  }
  std::vector<std::string> absent;
  for (std::size_t i = 0; i < with.parameters.size(); ++i) {
    const parameter& one = with.parameters[i];
    const bool is_placed = !one.is_keyword && i < given.size();
    const bool is_named = named.contains(one.name.c_str());
    if (is_placed && is_named) return one.name + " is given twice";
    if (!is_placed && !is_named) {
      if (!one.is_optional) absent.push_back(one.name);
    }
  }
  if (!absent.empty()) return list_of(absent) + (absent.size() == 1 ? " is missing" : " are missing");
  return what_is_mistyped(with, given, named);
}

PyCFunctionObject* bare(py::handle function) {
  return reinterpret_cast<PyCFunctionObject*>(PyInstanceMethod_Check(function.ptr()) ? PyInstanceMethod_GET_FUNCTION(function.ptr()) : function.ptr());
}

/// pybind11 writes the docstring of a function anew with each overload; this one is no part of it.
class keeps_docstring {
 public:
  explicit keeps_docstring(PyCFunctionObject* of) : of_(of), text_(of->m_ml->ml_doc) {}
  keeps_docstring(const keeps_docstring&) = delete;
  keeps_docstring& operator=(const keeps_docstring&) = delete;
  ~keeps_docstring() {
    std::free(const_cast<char*>(of_->m_ml->ml_doc));  // pybind11's own, by strdup
    of_->m_ml->ml_doc = strdup(text_.c_str());
  }

 private:
  PyCFunctionObject* of_;
  std::string text_;
};

void explain(const py::object& scope, const std::string& owner, const std::string& name, py::object function, bool is_method) {
  const bool is_static = py::isinstance<py::staticmethod>(function);
  if (is_static) function = function.attr("__func__");
  if (!PyCFunction_Check(reinterpret_cast<PyObject*>(bare(function)))) return;
  const char* const doc = bare(function)->m_ml->ml_doc;
  const bool has_self = is_method && !is_static;
  const std::string called = name == "__init__" ? owner : owner.empty() ? name : owner + "." + name;
  auto with = doc == nullptr ? std::nullopt : signature_of(called, name, doc, has_self);
  if (!with) return;

  const keeps_docstring kept(bare(function));
  // The place of the first argument is always taken, by a mark if nothing was given: what asks for conversions there comes last.
  const py::object nothing = py::module_::import("builtins").attr("object")();
  const auto refuse = [with = *std::move(with), nothing](const anything_at_last& first, const py::args& others, const py::kwargs& named) {
    py::list given;
    if (!first.given.is(nothing)) given.append(first.given);
    for (const py::handle one : others) given.append(one);
    throw py::type_error(with.called + "(): " + what_is_wrong(with, py::args(py::tuple(given)), named));
  };
  if (has_self) {
    py::cpp_function([refuse](py::handle, const anything_at_last& first, const py::args& others, const py::kwargs& named) { refuse(first, others, named); },
                     py::name(name.c_str()), py::is_method(scope), py::sibling(function), py::arg("_") = nothing);
  } else {
    py::cpp_function([refuse](const anything_at_last& first, const py::args& others, const py::kwargs& named) { refuse(first, others, named); },
                     py::name(name.c_str()), py::scope(scope), py::sibling(function), py::arg("_") = nothing);
  }
}

}  // namespace

void explain_wrong_calls(py::module_& m) {
  for (const auto& [key, value] : py::dict(m.attr("__dict__"))) {
    const std::string name = key.cast<std::string>();
    const py::object one = py::reinterpret_borrow<py::object>(value);
    if (!PyType_Check(one.ptr())) {
      explain(m, "", name, one, false);
      continue;
    }
    for (const auto& [inner, member] : py::dict(one.attr("__dict__"))) {
      const std::string method = inner.cast<std::string>();
      if (method.starts_with("_") && method != "__init__") continue;
      explain(one, name, method, py::reinterpret_borrow<py::object>(member), true);
    }
  }
}
