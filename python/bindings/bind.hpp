#pragma once
/** What the bound classes have in common. */
#include "pybind.hpp"

#include <attain/core/answer.hpp>

#include <algorithm>
#include <cstddef>
#include <string>

/// A text as a template argument.
template <std::size_t Size>
struct type_text {
  char characters[Size]{};
  constexpr type_text(const char (&text)[Size]) { std::copy_n(text, Size, characters); }
};

/** Any Python object, with a type for signatures and stubs that C++ has no name for: `typed<"datetime.date | str">`. */
template <type_text Type>
class typed : public py::object {
 public:
  typed() = default;
  typed(py::handle one, borrowed_t borrowed) : object(one, borrowed) {}
  typed(py::handle one, stolen_t stolen) : object(one, stolen) {}
  typed(py::object one) : object(std::move(one)) {}
  static bool check_(py::handle) { return true; }
};

namespace pybind11::detail {

template <type_text Type>
struct handle_type_name<typed<Type>> {
  static constexpr auto name = const_name(Type.characters);
};

}  // namespace pybind11::detail

/// An attribute of a module of this package, imported when it is first needed.
inline py::object from_package(const char* module, const char* name) { return py::module_::import(module).attr(name); }

/// The text that an argument is; of anything else a TypeError with this message.
inline std::string text_argument(py::handle one, const std::string& message) {
  const auto text = py::detail::utf8_of(one);
  if (!text) throw py::type_error(message);
  return std::string(*text);
}

/// Throws an InvalidOption about the text that an option was given.
[[noreturn]] void refuse_option(const std::string& option, const std::string& text, const std::string& expected,
                                const std::string& message);

/// The language of a word: "en" or "zh", or its English name. Another word is an InvalidOption.
attain::language language_of(const std::string& word);

/// Says where users find it, in messages and pickles.
inline void set_public(py::handle one) { one.attr("__module__") = "attain"; }

/** What pickles of every protocol, and copies, make an object from: its class and its state. Objects of a class without a state
    are no data, which is a TypeError. */
inline py::tuple class_and_state(const py::object& one) {
  const py::type of = py::type::of(one);
  if (!py::hasattr(of, "__setstate__")) {
    throw py::type_error("cannot pickle '" + std::string(Py_TYPE(one.ptr())->tp_name) + "' object");
  }
  return py::make_tuple(py::module_::import("copyreg").attr("__newobj__"), py::make_tuple(of), one.attr("__getstate__")());
}

/** A class that users see.

  pybind11 lends raw memory to an object whose `__init__` never ran, as after `Class.__new__(Class)`; here that is a TypeError.
  Protocols 0 and 1 of pickles would make an object of the class above all bound ones, which ends the process.
*/
template <class Class>
void set_public_class(Class& bound) {
  set_public(bound);
  auto* const type = py::detail::get_type_info(reinterpret_cast<PyTypeObject*>(bound.ptr()));
  const bool has_own = bound.attr("__dict__").contains("__reduce__");
  if (!has_own) bound.attr("__reduce__") = py::cpp_function(&class_and_state, py::name("__reduce__"), py::is_method(bound));
  type->operator_new = [](std::size_t) -> void* { throw py::type_error("the object was never made: call its class"); };
}

/// Handles to immutable state: a copy is the same object.
template <class Class>
void copies_are_itself(Class& bound) {
  bound.def("__copy__", [](py::object self) { return typed<"typing.Self">(self); });
  bound.def("__deepcopy__", [](py::object self, const py::dict&) { return typed<"typing.Self">(self); }, "memo"_a);
}

/// `if result:` could mean "is there a result", "is it met" or "is it above zero"; none of them is guessed.
template <class Class>
void has_no_truth_value(Class& bound, const char* instead) {
  bound.def("__bool__", [instead](py::object self) -> bool {
    throw py::type_error(py::type::of(self).attr("__name__").cast<std::string>() + " has no truth value; " + instead);
  }, "Raises TypeError: a result has no truth value.");
}
