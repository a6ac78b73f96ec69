/** Findings, reasons, and the translation of errors. */
#include "bind.hpp"
#include "register.hpp"

#include <attain/core/answer.hpp>
#include <attain/core/error.hpp>
#include <attain/core/finding.hpp>
#include <attain/core/version.hpp>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace {

using attain::finding;

constexpr std::array codes{
#define ATTAIN_CODE(word) attain::code::word,
    ATTAIN_CODES(ATTAIN_CODE)
#undef ATTAIN_CODE
};

attain::code parse_code(const std::string& word) {
  for (const attain::code one : codes) {
    if (to_string(one) == word) return one;
  }
  throw py::value_error("there is no code " + word);
}

using severity_like = typed<"Severity | str">;

attain::severity severity_of(const severity_like& one) {
  if (py::isinstance<attain::severity>(one)) return one.cast<attain::severity>();
  const std::string word = text_argument(one, "a severity is a Severity or its word: note, warning or error");
  for (const auto level : {attain::severity::note, attain::severity::warning, attain::severity::error}) {
    if (to_string(level) == word) return level;
  }
  throw py::value_error("there is no severity " + word);
}

finding make_finding(const std::string& code, std::string message, std::string where, std::string text, std::string expected,
                     const severity_like& severity) {
  return {severity_of(severity), parse_code(code), std::move(where), std::move(text), std::move(expected), std::move(message)};
}

void register_enums(py::module_& m) {
  using attain::severity;
  py::native_enum<severity>(m, "Severity", "attain.words.Word",
                            "How much a finding matters: an error refuses what it is about, a warning keeps it, a note only informs.")
      .value("note", severity::note)
      .value("warning", severity::warning)
      .value("error", severity::error)
      .finalize();

  py::native_enum<attain::reason> reasons(m, "Reason", "attain.words.ReasonWord",
                                          "Why there is no value, in order of precedence: where several apply, the first is given.");
  for (int number = 1; number <= static_cast<int>(attain::reason::infeasible); ++number) {
    const auto why = static_cast<attain::reason>(number);
    reasons.value(std::string(to_string(why)).c_str(), why, std::string(sentence(why, attain::language::english)).c_str());
  }
  reasons.finalize();
  set_public(m.attr("Severity"));
  set_public(m.attr("Reason"));
}

void register_finding(py::module_& m) {
  py::class_<finding> bound(m, "Finding", R"(Something a person should look at, and where.

Attributes
----------
severity : Severity
code : str
    One stable word, the same in C++, Python and files: ``"duplicate_id"``.
where : str
    ``file:line:column``, a JSON pointer, or a row; may be empty.
text : str
    The offending text, escaped and cut.
expected : str
    What would have been right; may be empty.
message : str
    One sentence.
)");
  set_public_class(bound);
  bound.def(py::init(&make_finding), py::kw_only(), "code"_a, "message"_a, "where"_a = "", "text"_a = "", "expected"_a = "",
            "severity"_a = "error")
      .def_readonly("severity", &finding::severity, "How much it matters.")
      .def_property_readonly("code", [](const finding& f) { return to_string(f.code); }, "What is wrong, in one stable word.")
      .def_readonly("where", &finding::where, "File, line and column, JSON pointer, or row; may be empty.")
      .def_readonly("text", &finding::text, "The offending text, escaped and cut.")
      .def_readonly("expected", &finding::expected, "What would have been right; may be empty.")
      .def_readonly("message", &finding::message, "One sentence.")
      .def(
          "sentence",
          [](const finding& f, const std::string& language) {
            return from_package("attain.catalogue", "Words")(language).attr("sentence")(f).cast<std::string>();
          },
          "language"_a = "en",
          "All of it in one line, in English (\"en\"), as str() gives it, or in Chinese (\"zh\").")
      .def("__str__", [](const finding& f) { return to_string(f); })
      .def("__repr__", [](const finding& f) { return "<attain.Finding: " + to_string(f) + ">"; })
      .def("__eq__", [](const finding& a, const finding& b) { return a == b; }, py::is_operator())
      .def("__hash__", [](const finding& f) { return py::hash(py::make_tuple(to_string(f.code), f.where, f.message)); })
      .def(py::pickle(
          [](const finding& f) {
            return py::make_tuple(to_string(f.code), f.message, f.where, f.text, f.expected, f.severity);
          },
          [](const py::tuple& state) {
            using fields = std::tuple<std::string, std::string, std::string, std::string, std::string, severity_like>;
            py::detail::make_caster<fields> held;
            if (!held.load(state, true)) throw py::type_error("this is not what a Finding was pickled as");
            const auto [code, message, where, text, expected, severity] = py::detail::cast_op<fields>(std::move(held));
            return make_finding(code, message, where, text, expected, severity);
          }));
  copies_are_itself(bound);
}

/// Raises the Python exception of that name with the findings of the error.
template <class... More>
void raise(const char* name, const attain::error& error, More&&... more) {
  const py::object type = from_package("attain.errors", name);
  const py::object exception = type(error.what(), py::tuple(py::cast(error.findings())), std::forward<More>(more)...);
  PyErr_SetObject(type.ptr(), exception.ptr());
}

void translate(std::exception_ptr thrown) {
  try {
    if (thrown) std::rethrow_exception(thrown);
  } catch (const attain::unknown_id& e) {
    raise("UnknownId", e, e.kind(), e.id(), py::tuple(py::cast(e.nearest())));
  } catch (const attain::invalid_programme& e) {
    raise("InvalidProgramme", e);
  } catch (const attain::invalid_input& e) {
    raise("InvalidInput", e);
  } catch (const attain::invalid_option& e) {
    raise("InvalidOption", e);
  } catch (const attain::ledger_conflict& e) {
    raise("LedgerConflict", e);
  } catch (const attain::store_error& e) {
    raise("StoreError", e);
  } catch (const attain::error& e) {
    raise("Error", e);
  }
}

}  // namespace

void refuse_option(const std::string& option, const std::string& text, const std::string& expected, const std::string& message) {
  throw attain::invalid_option(attain::finding{.code = attain::code::invalid_option,
                                               .where = option,
                                               .text = attain::escaped_excerpt(text),
                                               .expected = expected,
                                               .message = message});
}

attain::language language_of(const std::string& word) {
  if (word == "en" || word == "english") return attain::language::english;
  if (word == "zh" || word == "chinese") return attain::language::chinese;
  refuse_option("language", word, "zh or en", "there are no texts in this language");
}

void register_core(py::module_& m) {
  m.attr("__version__") = std::string(attain::version_text);
  register_enums(m);
  register_finding(m);
  py::register_exception_translator(&translate);
  m.def(
      "sentence",
      [](attain::reason why, const std::string& language) {
        return sentence(why, language_of(language));
      },
      "why"_a, "language"_a, "One sentence that says what is the matter and what would give an answer.");
  m.def(
      "label_of_reason", [](attain::reason why, const std::string& language) { return label_of(why, language_of(language)); },
      "why"_a, "language"_a, "A reason in a word or two, as tables have it.");
  m.def(
      "language_word", [](const std::string& word) { return language_of(word) == attain::language::chinese ? "zh" : "en"; }, "word"_a,
      "\"en\" or \"zh\" of that word or of \"english\" or \"chinese\". Raises InvalidOption for any other.");
}
