/** Results of targets and projects. */
#include "bind.hpp"
#include "register.hpp"

#include <attain/core/error.hpp>
#include <attain/core/id.hpp>
#include <attain/engine/evaluation.hpp>
#include <attain/engine/explain.hpp>
#include <attain/io/table.hpp>
#include <attain/model/words.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using attain::answer;
using attain::project_result;
using attain::reason;
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

/// What the results of targets and of projects say alike.
template <class Result, std::size_t Size>
void register_status(py::class_<Result>& bound, const named_answer<Result> (&answers)[Size]) {
  bound.def_property_readonly("status", [](const Result& r) { return status_word(r.status()); }, doc_of(answers, "status"))
      .def_property_readonly("status_means", [](const Result& r) { return status_means(r.status()); }, status_means_doc)
      .def(
          "status_label", [](const Result& r, const std::string& language) { return status_label(r.status(), language); },
          py::kw_only(), "language"_a = "en", status_label_doc)
      .def_property_readonly("reason", [](const Result& r) { return why(r.status()); }, reason_doc)
      .def(
          "reason_of", [&answers](const Result& r, const std::string& name) { return reason_of(answers, r, name); }, "answer"_a,
          reason_of_doc);
}

/// As a dictionary, as text and in a notebook: @p before and @p after are what the dictionary has beside the answers.
template <class Result, std::size_t Size>
void register_forms(py::class_<Result>& bound, const named_answer<Result> (&answers)[Size], std::vector<const char*> before,
                    std::vector<const char*> after) {
  bound
      .def(
          "to_dict",
          [&answers, before = std::move(before), after = std::move(after)](py::object self) {
            py::dict made;
            for (const char* name : before) made[name] = self.attr(name);
            for (const auto& one : answers) made[one.name] = self.attr(one.name);
            for (const char* name : after) made[name] = self.attr(name);
            return typed<"dict[str, typing.Any]">(made);
          },
          "The answers as a dictionary, with None where there is none.")
      .def("__repr__", [](py::object self) { return from_package("attain._display", "result_text")(self).cast<std::string>(); })
      .def("_repr_html_", [](py::object self) { return from_package("attain._display", "result_html")(self).cast<std::string>(); });
  has_no_truth_value(bound, "ask for its status: result.status == \"met\"");
  copies_are_itself(bound);
}

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
  register_status(bound, target_answers);
  bound.def_property_readonly("coverage", &target_result::coverage,
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
           "How the answers came about: entries used and superseded, reading, goal, trajectory, and the rule that decided.");
  register_forms(bound, target_answers, {"id", "place", "indicator", "unit"}, {"reason", "coverage", "is_hold"});
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
  register_status(bound, project_answers);
  count_of("target_count", &attain::leaf_counts::all, "How many applicable targets with weight lie below.");
  count_of("met_count", &attain::leaf_counts::met, "How many of them are met.");
  count_of("missed_count", &attain::leaf_counts::missed, "How many of them are missed.");
  count_of("not_due_count", &attain::leaf_counts::not_due, "How many of them are not due.");
  bound.def_property_readonly("coverage", &project_result::coverage, "Answered share of what is due, by weight (rule U6).")
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
           "How the answers came about: children with weights, means, and the rule that decided.");
  register_forms(bound, project_answers, {"id", "place"}, {"reason", "coverage"});
}

}  // namespace

void register_results(py::module_& m) {
  register_target_result(m);
  register_project_result(m);
}
