/** Results of targets and projects, and how they came about. */
#include "bind.hpp"
#include "register.hpp"

#include <attain/core/error.hpp>
#include <attain/core/id.hpp>
#include <attain/core/number_text.hpp>
#include <attain/engine/evaluation.hpp>
#include <attain/engine/explain.hpp>
#include <attain/io/table.hpp>
#include <attain/model/words.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using attain::answer;
using attain::explanation;
using attain::explanation_step;
using attain::project_result;
using attain::reason;
using attain::step_input;
using attain::target_result;

template <class T>
std::optional<reason> why(const answer<T>& from) {
  return from.has_value() ? std::nullopt : std::optional(from.why());
}

answer<std::string> status_word(const answer<attain::status>& from) {
  if (!from.has_value()) return from.why();
  return std::string(from->name());
}

std::optional<std::string> status_means(const answer<attain::status>& from) {
  return from.has_value() ? std::optional(std::string(to_string(from->means()))) : std::nullopt;
}

/// The status as people read it; where there is none, the sentence of its reason.
std::string status_label(const answer<attain::status>& from, const std::string& language) {
  const attain::language in = language_of(language);
  if (!from.has_value()) return std::string(sentence(from.why(), in));
  return std::string(from->label(in));
}

constexpr const char* status_means_doc =
    "What the status means, whatever its method calls it: \"met\", \"on_track\", \"at_risk\", \"behind\", \"missed\" or \"not_due\"; None "
    "without one.";
constexpr const char* status_label_doc =
    "The status as people read it, in English (\"en\") or Chinese (\"zh\"); where there is none, the sentence of its reason.";

/// An answer of a result by its name: what Python reads as an attribute.
template <class Result>
struct named_answer {
  const char* name;
  std::optional<reason> (*why_none)(const Result&);
  const char* doc;
};

template <class Result, auto Member>
std::optional<reason> why_none(const Result& of) {
  return why((of.*Member)());
}

constexpr named_answer<target_result> target_answers[] = {
    {"reading", &why_none<target_result, &target_result::reading>,
     "The amount as of the day, in ``unit``; of a recurring target the periods kept."},
    {"baseline", &why_none<target_result, &target_result::baseline>, "The amount that a change is measured from, in ``unit``."},
    {"goal", &why_none<target_result, &target_result::goal>,
     "The amount that is asked for, in ``unit``; of a band its lower edge, of a recurring target its periods."},
    {"upper_goal", &why_none<target_result, &target_result::upper_goal>, "Of a band its upper edge, in ``unit``."},
    {"attainment", &why_none<target_result, &target_result::attainment>,
     "Share of the way from baseline to goal, unclamped (rules A of the semantics)."},
    {"expected", &why_none<target_result, &target_result::expected>, "Share that the trajectory plans by the day (rules F)."},
    {"gap", &why_none<target_result, &target_result::gap>, "Attainment minus expected, a share; of a cap expected minus used (rule P1)."},
    {"pace", &why_none<target_result, &target_result::pace>, "Attainment divided by expected (rule P2)."},
    {"days_ahead", &why_none<target_result, &target_result::days_ahead>,
     "The day on which so much was planned, minus the as-of day, in days (rule P3)."},
    {"of_goal", &why_none<target_result, &target_result::of_goal>, "Reading divided by goal, a share (rule A5)."},
    {"status", &why_none<target_result, &target_result::status>,
     "The state that the method gives, in one word, such as ``\"on_track\"`` (rules S)."},
    {"measured", &why_none<target_result, &target_result::measured>,
     "The quantity that the bands of the method cut; None where a rule alone decided."},
    {"score", &why_none<target_result, &target_result::score>, "The score that the method gives, in its own scale."},
    {"data_day", &why_none<target_result, &target_result::data_day>, "The last day that the reading is about (rule D4)."},
};

constexpr named_answer<project_result> project_answers[] = {
    {"attainment", &why_none<project_result, &project_result::attainment>, "Weighted mean of what is due below, a share (rules U)."},
    {"expected", &why_none<project_result, &project_result::expected>,
     "The same mean of the expected shares, of the same children with the same weights (rule U2)."},
    {"gap", &why_none<project_result, &project_result::gap>, "Attainment minus expected, a share."},
    {"pace", &why_none<project_result, &project_result::pace>, "Attainment divided by expected: the schedule performance index."},
    {"hold_share", &why_none<project_result, &project_result::hold_share>, "Weighted share of holds and caps that hold (rule U3)."},
    {"lower", &why_none<project_result, &project_result::lower>, "Attainment if everything missing were 0 (rule U6)."},
    {"upper", &why_none<project_result, &project_result::upper>, "Attainment if everything missing were 1 (rule U6)."},
    {"status", &why_none<project_result, &project_result::status>,
     "The state that the method gives, in one word, such as ``\"at_risk\"`` (rules S, nodes)."},
    {"score", &why_none<project_result, &project_result::score>,
     "Weighted mean of the scores that the method gives below; a group counts once."},
    {"due", &why_none<project_result, &project_result::due>, "The declared due day, else the latest of its targets."},
};

template <class Result, std::size_t Size>
const char* doc_of(const named_answer<Result> (&answers)[Size], std::string_view name) {
  for (const auto& one : answers) {
    if (one.name == name) return one.doc;
  }
  return "";
}

template <class Result, std::size_t Size>
std::optional<reason> reason_of(const named_answer<Result> (&answers)[Size], const Result& result, const std::string& name) {
  std::vector<std::string> names;
  for (const auto& one : answers) {
    if (one.name == name) return one.why_none(result);
    names.emplace_back(one.name);
  }
  throw attain::unknown_id("answer", name, attain::nearest_ids(name, names));
}

bool is_recurring(const target_result& result) {
  return result.spec().cadence && result.spec().cadence->kind == attain::cadence_kind::every;
}

/// Rule R8: of what adds up, a reading with gaps is a lower bound.
bool is_lower_bound(const target_result& result) {
  const attain::indicator_spec& about = result.indicator();
  const bool adds_up = is_accumulator(about.kind) ||
                       (about.kind == attain::indicator_kind::level && about.across_places == attain::combination::sum);
  return adds_up && !is_recurring(result) && result.reading().has_value() && result.coverage() < 1 - 1e-9;
}

constexpr const char* reason_of_doc = R"(Why an answer is None, or None if there is one: ``result.reason_of("gap")``.

Raises
------
UnknownId
    There is no answer of that name.
)";
constexpr const char* reason_doc = "Why there is no status, or None if there is one.";
constexpr const char* status_question = "ask for its status: result.status == \"met\"";

// -- explanations --------------------------------------------------------------------------------

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
  register_words(m, "StepKind", "What an explanation step is about.", attain::step_kind::ceiling);
  register_words(m, "StepOperation", "What an explanation step does with its inputs.", attain::step_operation::first);
  register_words(m, "EntryFate", "What became of an entry of an explanation.", attain::entry_fate::straddles_window);
  register_step(m);

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

// -- results -------------------------------------------------------------------------------------

void register_target_result(py::module_& m) {
  py::class_<target_result> bound(m, "TargetResult", R"(One target at one place.

Each answer is a value or None; :meth:`reason_of` says why it is None. Shares are 0 to 1 and beyond, never percent.
)");
  set_public_class(bound);
  const auto answer_of = [&](const char* name, auto member) { bound.def_property_readonly(name, member, doc_of(target_answers, name)); };
  bound.def_property_readonly("id", &target_result::id, "Id of the target.")
      .def_property_readonly("name", [](const target_result& r) { return r.spec().name; }, "Its name; may be empty.")
      .def_property_readonly("text", [](const target_result& r) { return r.spec().text; }, "The published clause; may be empty.")
      .def_property_readonly("place", &target_result::place, "Id of the place.")
      .def_property_readonly("indicator", [](const target_result& r) { return r.indicator().id; }, "Id of its indicator.")
      .def_property_readonly(
          "unit", [](const target_result& r) { return attain::io::unit_of_reading(r.spec(), r.indicator()); },
          "Unit of reading, baseline and goal: without scale (元 for 万元), \"share\" for %, of a recurring target its period.")
      .def_property_readonly(
          "declared_unit", [](const target_result& r) { return r.indicator().unit; },
          "The unit as the programme writes it, such as 万元 or %; may be empty.");
  answer_of("reading", &target_result::reading);
  answer_of("baseline", &target_result::baseline);
  answer_of("goal", &target_result::goal);
  answer_of("upper_goal", &target_result::upper_goal);
  answer_of("attainment", &target_result::attainment);
  answer_of("expected", &target_result::expected);
  answer_of("gap", &target_result::gap);
  answer_of("pace", &target_result::pace);
  answer_of("days_ahead", &target_result::days_ahead);
  answer_of("of_goal", &target_result::of_goal);
  answer_of("measured", &target_result::measured);
  answer_of("score", &target_result::score);
  answer_of("data_day", &target_result::data_day);
  answer_of("status", [](const target_result& r) { return status_word(r.status()); });
  bound
      .def_property_readonly("status_means", [](const target_result& r) { return status_means(r.status()); }, status_means_doc)
      .def(
          "status_label", [](const target_result& r, const std::string& language) { return status_label(r.status(), language); },
          py::kw_only(), "language"_a = "en", status_label_doc);
  bound.def_property_readonly("reason", [](const target_result& r) { return why(r.status()); }, reason_doc)
      .def(
          "reason_of", [](const target_result& r, const std::string& name) { return reason_of(target_answers, r, name); }, "answer"_a,
          reason_of_doc)
      .def_property_readonly("coverage", &target_result::coverage,
                             "Covered share of time and places (rule R8); below 1 a sum is a lower bound.")
      .def_property_readonly("is_hold", &target_result::is_hold,
                             "Whether it is a hold or a cap: it counts in the share of holds, not in progress.")
      .def_property_readonly("is_reached", &target_result::is_reached, "Whether the goal is reached, as the reading stands (rule B2).")
      .def_property_readonly("is_reversible", &target_result::is_reversible, "Whether it is met only until the next reading says otherwise.")
      .def_property_readonly(
          "is_recurring", &is_recurring,
          "Whether it is to be kept in every period: reading and goal then count periods.")
      .def_property_readonly(
          "aim",
          [](const target_result& r) {
            return r.spec().aim ? std::optional(std::string(attain::to_string(r.spec().aim->kind))) : std::nullopt;
          },
          "Kind of its aim: \"at_least\", \"at_most\", \"about\", \"between\", \"rises\" or \"falls\"; None of a reading only.")
      .def_property_readonly("is_lower_bound", &is_lower_bound, "Whether something is missing from the sum that is read (rule R8).")
      .def_property_readonly("findings", &target_result::findings, "What a person should look at; recomputed from the ledger.")
      .def("explain", &target_result::explain, py::call_guard<py::gil_scoped_release>(),
           "How the answers came about: entries used and superseded, reading, goal, trajectory, and the rule that decided.")
      .def(
          "to_dict",
          [](py::object self) {
            py::dict made;
            for (const char* name : {"id", "place", "indicator", "unit"}) made[name] = self.attr(name);
            for (const auto& one : target_answers) made[one.name] = self.attr(one.name);
            for (const char* name : {"reason", "coverage", "is_hold"}) made[name] = self.attr(name);
            return typed<"dict[str, typing.Any]">(made);
          },
          "The answers as a dictionary, with None where there is none.")
      .def("__repr__", [](py::object self) { return from_package("attain._display", "result_text")(self).cast<std::string>(); })
      .def("_repr_html_", [](py::object self) { return from_package("attain._display", "result_html")(self).cast<std::string>(); });
  has_no_truth_value(bound, status_question);
  copies_are_itself(bound);
}

typed<"dict[str, float]"> weights_of(const project_result& r) {
  py::dict made;
  for (const attain::child_weight& child : r.weights()) made[py::str(child.id)] = child.weight;
  return typed<"dict[str, float]">(made);
}

typed<"list[dict[str, typing.Any]]"> fired_rules(const project_result& r) {
  py::list made;
  for (const attain::fired_rule& fired : r.rules()) {
    py::dict step;
    step["name"] = fired.rule->name;
    step["effect"] = std::string(attain::to_string(fired.rule->effect));
    step["score_before"] = py::cast(fired.score_before);
    step["score_after"] = py::cast(fired.score_after);
    step["status_before"] = py::cast(status_word(fired.status_before));
    step["status_after"] = py::cast(status_word(fired.status_after));
    made.append(step);
  }
  return typed<"list[dict[str, typing.Any]]">(made);
}

void register_project_result(py::module_& m) {
  py::class_<project_result> bound(m, "ProjectResult", R"(One project, group or programme at one place.

Each answer is a value or None; :meth:`reason_of` says why it is None. Shares are 0 to 1 and beyond, never percent.
)");
  set_public_class(bound);
  const auto answer_of = [&](const char* name, auto member) { bound.def_property_readonly(name, member, doc_of(project_answers, name)); };
  const auto count_of = [&](const char* name, std::int32_t attain::leaf_counts::*count, const char* doc) {
    bound.def_property_readonly(name, [count](const project_result& r) { return r.leaves().*count; }, doc);
  };
  bound.def_property_readonly("id", &project_result::id, "Id of the project; of a root that of the programme.")
      .def_property_readonly("name", &project_result::name, "Its name; may be empty.")
      .def_property_readonly("place", &project_result::place, "Id of the place.")
      .def_property_readonly("is_root", &project_result::is_root, "Whether it is a whole programme.");
  answer_of("attainment", &project_result::attainment);
  answer_of("expected", &project_result::expected);
  answer_of("gap", &project_result::gap);
  answer_of("pace", &project_result::pace);
  answer_of("hold_share", &project_result::hold_share);
  answer_of("lower", &project_result::lower);
  answer_of("upper", &project_result::upper);
  answer_of("score", &project_result::score);
  answer_of("due", &project_result::due);
  answer_of("status", [](const project_result& r) { return status_word(r.status()); });
  bound
      .def_property_readonly("status_means", [](const project_result& r) { return status_means(r.status()); }, status_means_doc)
      .def(
          "status_label", [](const project_result& r, const std::string& language) { return status_label(r.status(), language); },
          py::kw_only(), "language"_a = "en", status_label_doc);
  count_of("target_count", &attain::leaf_counts::all, "How many applicable targets with weight lie below.");
  count_of("met_count", &attain::leaf_counts::met, "How many of them are met.");
  count_of("missed_count", &attain::leaf_counts::missed, "How many of them are missed.");
  count_of("not_due_count", &attain::leaf_counts::not_due, "How many of them are not due.");
  bound.def_property_readonly("reason", [](const project_result& r) { return why(r.status()); }, reason_doc)
      .def(
          "reason_of", [](const project_result& r, const std::string& name) { return reason_of(project_answers, r, name); }, "answer"_a,
          reason_of_doc)
      .def_property_readonly("coverage", &project_result::coverage, "Answered share of what is due, by weight (rule U6).")
      .def_property_readonly("attainment_before_rules", &project_result::attainment_before_rules, "Attainment that the rules changed.")
      .def_property_readonly("rules", &fired_rules, "Rules that fired, in their order, with score and status before and after (rule U12).")
      .def_property_readonly(
          "weights_by", [](const project_result& r) { return attain::to_string(r.weights_by()); },
          "Where the weights of its children come from (rule U11).")
      .def_property_readonly("weights", &weights_of, "Share of each child in the weight of all; empty where it cannot be told.")
      .def_property_readonly("consistency_ratio", &project_result::consistency_ratio,
                             "Of the comparisons that the weights come from; None without.")
      .def_property_readonly("projects", &project_result::projects, "Results of the projects directly below, in order.")
      .def_property_readonly("targets", &project_result::targets, "Results of the targets directly below, in order.")
      .def("explain", &project_result::explain, py::call_guard<py::gil_scoped_release>(),
           "How the answers came about: children with weights, means, and the rule that decided.")
      .def(
          "to_dict",
          [](py::object self) {
            py::dict made;
            for (const char* name : {"id", "place"}) made[name] = self.attr(name);
            for (const auto& one : project_answers) made[one.name] = self.attr(one.name);
            for (const char* name : {"reason", "coverage"}) made[name] = self.attr(name);
            return typed<"dict[str, typing.Any]">(made);
          },
          "The answers as a dictionary, with None where there is none.")
      .def("__repr__", [](py::object self) { return from_package("attain._display", "result_text")(self).cast<std::string>(); })
      .def("_repr_html_", [](py::object self) { return from_package("attain._display", "result_html")(self).cast<std::string>(); });
  has_no_truth_value(bound, status_question);
  copies_are_itself(bound);
}

}  // namespace

void register_results(py::module_& m) {
  register_explanation(m);
  register_target_result(m);
  register_project_result(m);
}
