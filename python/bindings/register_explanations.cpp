/** How results came about: explanations, their steps and what went into them. */
#include "bind.hpp"
#include "register.hpp"

#include <attain/core/number_text.hpp>
#include <attain/engine/explain.hpp>
#include <attain/io/table.hpp>

#include <optional>
#include <string>

namespace {

using attain::explanation;
using attain::explanation_step;
using attain::step_input;

template <class Word>
void register_words(py::module_& m, const char* name, const char* doc, Word last) {
  py::native_enum<Word> words(m, name, "attain.words.Word", doc);
  for (int number = 0; number <= static_cast<int>(last); ++number) {
    const auto word = static_cast<Word>(number);
    words.value(std::string(to_string(word)).c_str(), word);
  }
  words.finalize();
  set_public(m.attr(name));
}

typed<"dict[str, typing.Any]"> dictionary_of(const explanation_step& s) {
  py::dict made;
  made["kind"] = std::string(to_string(s.kind));
  made["rule"] = s.rule;
  made["text"] = s.text;
  made["operation"] = std::string(to_string(s.operation));
  made["value"] = py::cast(s.value);
  made["missing"] = s.missing ? py::object(py::str(std::string(to_string(*s.missing)))) : py::object(py::none());
  made["state"] = s.state;
  py::list inputs;
  for (const step_input& i : s.inputs) {
    py::dict input;
    input["name"] = i.name;
    input["value"] = i.value;
    if (i.weight) input["weight"] = *i.weight;
    if (i.step) input["step"] = *i.step;
    inputs.append(input);
  }
  made["inputs"] = inputs;
  made["fate"] = s.fate ? py::object(py::str(std::string(to_string(*s.fate)))) : py::object(py::none());
  made["aside"] = s.aside;
  return typed<"dict[str, typing.Any]">(made);
}

void register_step(py::module_& m) {
  py::class_<step_input> input(m, "StepInput", "A named number that went into a step.");
  set_public_class(input);
  input.def_readonly("name", &step_input::name, "What it is.")
      .def_readonly("value", &step_input::value, "The number.")
      .def_readonly("weight", &step_input::weight, "Its weight in a mean or a weighted sum; None elsewhere.")
      .def_readonly("step", &step_input::step, "The number of the earlier step that came to it; None if none did.")
      .def("__repr__", [](const step_input& i) {
        return "<attain.StepInput " + i.name + " " + attain::to_text(i.value) + (i.step ? ", step " + std::to_string(*i.step) : "") + ">";
      });

  py::class_<explanation_step> step(m, "ExplanationStep", R"(One step of an explanation.

It is recomputed from its own operation and inputs alone; docs/explaining.md defines the operations.
)");
  set_public_class(step);
  step.def_readonly("kind", &explanation_step::kind, "What it is about.")
      .def_readonly("rule", &explanation_step::rule, "The rule of the semantics or of the method: \"R5\", \"S3\"; may be empty.")
      .def_readonly("text", &explanation_step::text, "One line for people.")
      .def_readonly("operation", &explanation_step::operation, "What it does with its inputs.")
      .def_readonly("inputs", &explanation_step::inputs, "The numbers that went in, in the order that the operation asks for.")
      .def_readonly("value", &explanation_step::value, "What it came to, if a number.")
      .def_readonly("missing", &explanation_step::missing, "Why it came to none.")
      .def_readonly("state", &explanation_step::state, "The state that it gives; empty if none.")
      .def_readonly("fate", &explanation_step::fate, "Of an entry what became of it; None of other steps.")
      .def_readonly("aside", &explanation_step::aside, "Whether the text leaves it out.")
      .def(
          "sentence",
          [](const explanation_step& s, const std::string& language) {
            return from_package("attain.catalogue", "Words")(language).attr("step")(s).cast<std::string>();
          },
          "language"_a = "en", "Its text in English (\"en\") or Chinese (\"zh\").")
      .def("to_dict", &dictionary_of, "The same as a dictionary of plain values.")
      .def("__repr__", [](const explanation_step& s) {
        return "<attain.ExplanationStep " + std::string(to_string(s.kind)) + (s.rule.empty() ? "" : " " + s.rule) + ": " + s.text + ">";
      });
}

void register_explanation(py::module_& m) {
  py::class_<explanation> bound(m, "Explanation", R"(How an answer came about, as steps: data first, text second.

Printing it shows the text.
)");
  set_public_class(bound);
  bound.def_readonly("subject", &explanation::subject, "What is explained: target or project, place and day.")
      .def_readonly("steps", &explanation::steps, "The steps, in order; an input refers to an earlier one by its number from 0.")
      .def_readonly("findings", &explanation::findings, "What a person should look at.")
      .def_property_readonly(
          "method", [](const explanation& e) { return e.method ? std::optional(*e.method) : std::nullopt; },
          "The method that judged, as data; None of an earned value and of a target without an aim.")
      .def_property_readonly("text", &explanation::text, "One line a step, indented under the subject.")
      .def(
          "sentences",
          [](const explanation& e, const std::string& language) {
            return from_package("attain.catalogue", "Words")(language).attr("explanation")(e).cast<std::string>();
          },
          "language"_a = "en", "Its text in English (\"en\") or Chinese (\"zh\").")
      .def_property_readonly("table", &attain::io::step_table, "A table with one row a step.")
      .def_property_readonly("inputs", &attain::io::step_input_table, "A table with one row an input of a step.")
      .def(
          "to_dict",
          [](const explanation& e) {
            py::list steps;
            for (const explanation_step& s : e.steps) steps.append(dictionary_of(s));
            py::list findings;
            for (const attain::finding& f : e.findings) findings.append(to_string(f));
            py::dict made;
            made["subject"] = e.subject;
            made["steps"] = steps;
            made["findings"] = findings;
            return typed<"dict[str, typing.Any]">(made);
          },
          "Subject, steps and findings as plain values, such as JSON has.")
      .def("__str__", &explanation::text)
      .def("__repr__", [](const explanation& e) {
        std::string text = e.text();
        while (text.ends_with('\n')) text.pop_back();
        return text;
      });
}

}  // namespace

void register_explanations(py::module_& m) {
  register_words(m, "StepKind", "What an explanation step is about.", attain::step_kind::ceiling);
  register_words(m, "StepOperation", "What an explanation step does with its inputs.", attain::step_operation::first);
  register_words(m, "EntryFate", "What became of an entry of an explanation.", attain::entry_fate::straddles_window);
  register_step(m);
  register_explanation(m);
}
