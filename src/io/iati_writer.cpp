#include <attain/io/iati.hpp>

#include <attain/core/error.hpp>
#include <attain/core/number_text.hpp>
#include <attain/core/unit.hpp>
#include <attain/model/words.hpp>

#include "iati_words.hpp"
#include "standing_observations.hpp"
#include "xml_text.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace attain::inline v0::io {

namespace {

using namespace detail;

using pairs = std::vector<std::pair<std::string, std::string>>;

/// A project of the tree with the path to it.
struct placed_project {
  const project_spec* spec;
  std::string pointer;
};

class iati_writer {
 public:
  iati_writer(const programme& plan, const ledger& book, const iati_publisher& publisher)
      : plan_(plan), publisher_(publisher), entries_(standing_observations(book)) {
    for (auto& [id, entries] : entries_) std::erase_if(entries, [](const observation& o) { return o.withdrawn; });
    std::erase_if(entries_, [](const auto& one) { return one.second.empty(); });
  }

  iati_text write() {
    xml_.open("iati-activities").attribute("version", "2.03");
    const auto& projects = plan_.spec().projects;
    for (std::size_t i = 0; i < projects.size(); ++i) write_activity({&projects[i], "/projects/" + std::to_string(i)});
    xml_.close();
    for (const auto& [id, entries] : entries_) {
      if (!written_.contains(id)) lose(id, "observations of an indicator that no target is about");
    }
    if (!xml_.problems().empty()) throw invalid_input(xml_.problems());
    return {xml_.take(), std::move(losses_)};
  }

 private:
  void lose(std::string where, std::string what) {
    losses_.push_back({severity::note, code::unused_field, std::move(where), {}, {}, "not written: " + std::move(what)});
  }

  void write_narrative(std::string_view element, std::string_view text) {
    xml_.open(element).open("narrative").text(text).close().close();
  }

  void write_link(const std::string& address) {
    if (address.empty()) return;
    xml_.open("document-link").attribute("format", "application/octet-stream").attribute("url", address);
    write_narrative("title", address);
    xml_.open("category").attribute("code", "A08").close();  // results, outcomes and outputs
    xml_.close();
  }

  // -- activities and results ----------------------------------------------------------------------

  void write_activity(const placed_project& activity) {
    const project_spec& spec = *activity.spec;
    std::vector<placed_project> results;
    gather_results(activity, results);
    if (results.empty()) return lose(activity.pointer, "a project without targets");
    activity_ = spec.id;
    xml_.open("iati-activity").open("iati-identifier").text(from_id(spec.id)).close();
    write_head(activity, results);
    for (const placed_project& result : results) write_result(result, result.spec == &spec);
    xml_.close();
  }

  /// Every project below an activity that has targets is a result of it, and so is the activity itself if it has some.
  void gather_results(const placed_project& from, std::vector<placed_project>& to) {
    if (!from.spec->targets.empty()) to.push_back(from);
    for (std::size_t i = 0; i < from.spec->projects.size(); ++i) {
      gather_results({&from.spec->projects[i], from.pointer + "/projects/" + std::to_string(i)}, to);
    }
    if (from.spec->weight != 1) lose(from.pointer + "/weight", "the weight of a project");
    if (!(from.spec->roll_up == roll_up_spec{})) lose(from.pointer + "/roll_up", "how a project rolls up");
    if (from.spec->due) lose(from.pointer + "/due", "the declared due day of a project");
    if (!without_lines(from.spec->note).empty()) lose(from.pointer + "/note", "the note of a project");
  }

  void write_head(const placed_project& activity, const std::vector<placed_project>& results) {
    const project_spec& spec = *activity.spec;
    const auto said = [&](std::string_view key, const std::string& otherwise) {
      const auto line = line_of(spec.note, key);
      return line ? std::string(*line) : otherwise;
    };
    const std::string ref = said("reporting-org", publisher_.ref);
    const std::string type = said("reporting-org-type", publisher_.type);
    const std::string name = said("reporting-org-name", publisher_.name);
    if (ref.empty()) lose(activity.pointer, "the reporting organisation, which is not known and which IATI demands");
    xml_.open("reporting-org");
    if (!ref.empty()) xml_.attribute("ref", ref);
    xml_.attribute("type", type);
    if (!name.empty()) xml_.open("narrative").text(name).close();
    xml_.close();
    write_narrative("title", spec.name);
    write_narrative("description", spec.text);
    for (const std::string& one : spec.responsible) {
      xml_.open("participating-org").attribute("role", "4").open("narrative").text(one).close().close();
    }
    if (spec.responsible.empty()) {
      xml_.open("participating-org").attribute("role", "2");
      if (!ref.empty()) xml_.attribute("ref", ref);
      if (!name.empty()) xml_.open("narrative").text(name).close();
      xml_.close();
    }
    xml_.open("activity-status").attribute("code", said("activity-status", publisher_.activity_status)).close();
    write_dates(spec, results);
    write_locations(results);
  }

  void write_dates(const project_spec& spec, const std::vector<placed_project>& results) {
    const auto write = [&](std::string_view type, date day) {
      xml_.open("activity-date").attribute("iso-date", to_string(day)).attribute("type", type).close();
    };
    if (spec.window) {
      write("1", spec.window->start);
      write("3", spec.window->last());
      return;
    }
    std::optional<date> first;
    for (const placed_project& result : results) {
      for (const target_spec& target : result.spec->targets) {
        const period window = window_of(target);
        if (!first || window.start < *first) first = window.start;
      }
    }
    write("1", *first);
  }

  period window_of(const target_spec& target) const { return plan_.targets()[plan_.target_index(target.id)].window; }

  void write_locations(const std::vector<placed_project>& results) {
    std::set<std::string> used;
    const auto add = [&](const std::string& place) {
      for (const std::string& ref : refs_of(place)) used.insert(ref);
    };
    for (const placed_project& result : results) {
      for (const target_spec& target : result.spec->targets) {
        add(target.place);
        for (const quota_spec& quota : target.quotas) add(quota.place);
        const auto known = entries_.find(target.indicator);
        if (known == entries_.end()) continue;
        for (const observation& entry : known->second) add(entry.place);
      }
    }
    for (const std::string& ref : used) {
      xml_.open("location").attribute("ref", ref);
      const auto place = place_named(ref);
      if (place && !place->name.empty()) write_narrative("name", place->name);
      xml_.close();
    }
  }

  /// The locations of a place: none of the root, several of one that stands for them together.
  std::vector<std::string> refs_of(std::string_view place) const {
    if (place.empty() || place == plan_.places().front().id) return {};
    if (place.starts_with(activity_) && place.substr(activity_.size()).starts_with(':'))
      place.remove_prefix(activity_.size() + 1);
    std::vector<std::string> refs;
    for (;;) {
      const std::size_t end = place.find('+');
      refs.push_back(from_id(place.substr(0, end)));
      if (end == std::string_view::npos) return refs;
      place.remove_prefix(end + 1);
    }
  }

  std::optional<place_spec> place_named(const std::string& ref) const {
    for (const std::string& id : {activity_ + ':' + to_id(ref), to_id(ref), ref}) {
      if (const auto index = plan_.find_place(id)) return plan_.places()[*index];
    }
    return std::nullopt;
  }

  void write_result(const placed_project& result, bool is_activity) {
    const project_spec& spec = *result.spec;
    const auto line = [&](std::string_view key) { return is_activity ? std::nullopt : line_of(spec.note, key); };
    xml_.open("result").attribute("type", line("type").value_or("9"));
    if (const auto adds_up = line("aggregation-status")) xml_.attribute("aggregation-status", *adds_up);
    write_narrative("title", spec.name);
    if (!is_activity && !spec.text.empty()) write_narrative("description", spec.text);
    write_link(spec.source);
    if (!is_activity) write_references(spec.note);

    std::vector<std::string> order;
    for (const target_spec& target : spec.targets) {
      if (std::find(order.begin(), order.end(), target.indicator) == order.end()) order.push_back(target.indicator);
    }
    for (const std::string& indicator : order) write_indicator(indicator, result);
    xml_.close();
  }

  void write_references(const std::string& note) {
    for (const std::string_view reference : lines_of(note, "reference")) {
      const std::size_t blank = reference.find(' ');
      xml_.open("reference").attribute("vocabulary", from_id(reference.substr(0, blank)));
      xml_.attribute("code", blank == std::string_view::npos ? std::string_view{} : reference.substr(blank + 1)).close();
    }
  }

  // -- indicators ----------------------------------------------------------------------------------

  void write_indicator(const std::string& id, const placed_project& result) {
    const indicator_spec& spec = plan_.indicators()[plan_.indicator_index(id)];
    written_.insert(id);
    const bool is_share = spec.kind == indicator_kind::steps || spec.kind == indicator_kind::rating;
    unit_ = is_share ? parse_unit("%") : parse_unit(spec.unit);
    std::vector<const target_spec*> targets;
    for (const target_spec& target : result.spec->targets) {
      if (target.indicator == id) targets.push_back(&target);
    }
    lose_of(spec);

    xml_.open("indicator").attribute("measure", measure_text(spec));
    if (const auto ascending = ascending_text(spec, targets); !ascending.empty()) xml_.attribute("ascending", ascending);
    if (const auto adds_up = line_of(spec.note, "aggregation-status")) xml_.attribute("aggregation-status", *adds_up);
    write_narrative("title", spec.name);
    if (const auto text = line_of(spec.note, "description")) write_narrative("description", *text);
    write_link(spec.source);
    write_references(spec.note);
    write_baselines(targets, result);
    write_periods(targets, result);
    xml_.close();
  }

  void lose_of(const indicator_spec& spec) {
    if (spec.kind == indicator_kind::ratio || spec.kind == indicator_kind::formula)
      lose(spec.id, "the readings of an indicator that is computed from others");
    else if (spec.kind != indicator_kind::level)
      lose(spec.id, "how the amounts of a " + std::string(to_string(spec.kind)) + " add up");
    if (!line_of(spec.note, "measure") && unit_of(measure_of(spec.unit)) != spec.unit)
      lose(spec.id, "the unit " + escaped_excerpt(spec.unit));
    if (!without_lines(spec.note).empty()) lose(spec.id, "the note of an indicator");
  }

  std::string measure_text(const indicator_spec& spec) const {
    if (const auto line = line_of(spec.note, "measure")) return std::string(*line);
    const iati_measure measure = unit_.is_percentage() ? iati_measure::percentage : measure_of(spec.unit);
    return std::to_string(static_cast<int>(measure));
  }

  static std::string ascending_text(const indicator_spec& spec, const std::vector<const target_spec*>& targets) {
    if (const auto line = line_of(spec.note, "ascending")) return std::string(*line);
    std::set<aim_kind> kinds;
    for (const target_spec* target : targets) {
      if (target->aim) kinds.insert(target->aim->kind);
    }
    if (kinds == std::set{aim_kind::at_least} || kinds == std::set{aim_kind::rises}) return "1";
    if (kinds == std::set{aim_kind::at_most} || kinds == std::set{aim_kind::falls}) return "0";
    return {};
  }

  std::string number_text(double held) const { return to_text(unit_.written(held)); }

  void write_subject(std::string_view place, const pairs& dimensions) {
    for (const std::string& ref : refs_of(place)) xml_.open("location").attribute("ref", ref).close();
    for (const auto& [name, category] : dimensions) {
      xml_.open("dimension").attribute("name", from_id(name)).attribute("value", from_id(category)).close();
    }
  }

  void write_baselines(const std::vector<const target_spec*>& targets, const placed_project& result) {
    std::map<std::pair<std::string, pairs>, std::string> known;
    for (const target_spec* target : targets) {
      const auto text = line_of(target->note, "baseline");
      const auto year = line_of(target->note, "baseline-year");
      const auto day = line_of(target->note, "baseline-date");
      const auto comment = line_of(target->note, "baseline-comment");
      if (!target->baseline && !text && !year && !day && !comment) continue;
      const std::string value = target->baseline ? number_text(*target->baseline) : std::string(text.value_or(""));
      const auto [first, is_new] = known.try_emplace({target->place, target->disaggregation}, value);
      if (!is_new) {
        if (first->second != value)
          lose(pointer_of(*target, result) + "/baseline", "a second baseline of one indicator, place and category");
        continue;
      }
      xml_.open("baseline").attribute("year", year ? std::string(*year) : std::to_string((window_of(*target).start - 1).year()));
      if (day) xml_.attribute("iso-date", *day);
      if (!value.empty()) xml_.attribute("value", value);
      write_subject(target->place, target->disaggregation);
      if (comment) write_narrative("comment", *comment);
      xml_.close();
    }
  }

  static std::string pointer_of(const target_spec& target, const placed_project& result) {
    return result.pointer + "/targets/" + std::to_string(&target - result.spec->targets.data());
  }

  void write_periods(const std::vector<const target_spec*>& targets, const placed_project& result) {
    std::map<period, std::vector<const target_spec*>> periods;
    for (const target_spec* target : targets) periods[window_of(*target)].push_back(target);
    const auto known = entries_.find(targets.front()->indicator);
    std::map<period, std::vector<const observation*>> reported;
    if (known != entries_.end()) {
      for (const observation& entry : known->second) {
        reported[entry.about].push_back(&entry);
        periods[entry.about];
      }
    }
    for (const auto& [window, promised] : periods) {
      xml_.open("period");
      xml_.open("period-start").attribute("iso-date", to_string(window.start)).close();
      xml_.open("period-end").attribute("iso-date", to_string(window.last())).close();
      for (const target_spec* target : promised) write_target(*target, result);
      for (const observation* entry : reported[window]) write_actual(*entry);
      xml_.close();
    }
  }

  void write_target(const target_spec& target, const placed_project& result) {
    const std::string pointer = pointer_of(target, result);
    lose_of(target, pointer);
    std::string value;
    if (target.aim && can_say(*target.aim)) {
      value = number_text(target.aim->goal);
    } else if (const auto text = line_of(target.note, "value")) {
      value = *text;
    }
    if (!value.empty() || !target.text.empty() || !target.source.empty()) {
      xml_.open("target");
      if (!value.empty()) xml_.attribute("value", value);
      write_subject(target.place, target.disaggregation);
      if (!target.text.empty()) write_narrative("comment", target.text);
      write_link(target.source);
      xml_.close();
    }
    for (const quota_spec& quota : target.quotas) {
      xml_.open("target").attribute("value", number_text(quota.goal));
      write_subject(quota.place, target.disaggregation);
      xml_.close();
    }
  }

  static bool can_say(const aim& asked) noexcept {
    return (asked.kind == aim_kind::at_least || asked.kind == aim_kind::at_most) && asked.change == change_kind::none;
  }

  void lose_of(const target_spec& target, const std::string& pointer) {
    const auto lose_if = [&](bool is_there, std::string_view field, const char* what) {
      if (is_there) lose(pointer + '/' + std::string(field), what);
    };
    lose_if(target.aim && !can_say(*target.aim), "aim", "an aim other than an amount to reach or to stay under");
    lose_if(target.aim && target.aim->strict, "aim", "that the aim is strict");
    lose_if(target.cadence.has_value(), "cadence", "the cadence of a target");
    lose_if(!(target.trajectory == attain::trajectory{}), "trajectory", "the trajectory of a target");
    lose_if(target.weight.has_value(), "weight", "the weight of a target");
    lose_if(target.belongs != belonging::none, "part_of", "what a target belongs to");
    lose_if(target.withdrawn, "withdrawn", "that a target is withdrawn");
    lose_if(!target.history.empty(), "history", "the history of a target");
    lose_if(!target.quotas.empty(), "quotas", "that targets of locations are quotas of one target");
    lose_if(!target.aliases.empty(), "aliases", "the restatements of a target");
    lose_if(!target.name.empty(), "name", "the name of a target");
    lose_if(!without_lines(target.note).empty(), "note", "the note of a target");
  }

  // -- actuals -------------------------------------------------------------------------------------

  /// The text of an amount in the indicator's unit; nothing if it is no plain number, or in a unit that does not convert.
  std::optional<std::string> amount_text(const observation& entry) const {
    if (entry.low != entry.high || entry.low_open || entry.high_open || entry.form != amount_form::amount) return std::nullopt;
    if (entry.unit.empty()) return number_text(entry.low);
    const auto own = try_parse_unit(entry.unit);
    if (!own || !addable(*own, unit_)) return std::nullopt;
    return number_text(own->held(entry.low) * conversion_factor(own->plain(), unit_.plain()));
  }

  void write_actual(const observation& entry) {
    const auto where = [&] { return entry.indicator + ", " + to_string(entry.about); };
    if (!entry.step.empty() || !entry.stage.empty() || !entry.scope.empty()) {
      return lose(where(), "an entry of a step, stage or scope");
    }
    std::string value;
    if (!entry.missing) {
      const auto text = amount_text(entry);
      if (!text) return lose(where(), "an amount that is no plain number in the unit of its indicator");
      value = *text;
    } else {
      value = line_of(entry.note, "value").value_or("");
      if (*entry.missing != reason::no_observation && *entry.missing != reason::not_comparable) {
        lose(where(), "why there is no amount: " + std::string(to_string(*entry.missing)));
      }
    }
    xml_.open("actual");
    if (!value.empty()) xml_.attribute("value", value);
    write_subject(entry.place, entry.dimensions);
    const auto line = line_of(entry.note, "comment");
    if (const std::string comment = line ? std::string(*line) : without_lines(entry.note); !comment.empty())
      write_narrative("comment", comment);
    write_link(entry.evidence);
    xml_.close();
  }

  const programme& plan_;
  const iati_publisher& publisher_;
  std::map<std::string, std::vector<observation>, std::less<>> entries_;  ///< by indicator
  std::set<std::string> written_;
  xml_text xml_;
  std::vector<finding> losses_;
  std::string activity_;  ///< id of the project that is written
  unit unit_;             ///< of the indicator that is written
};

}  // namespace

iati_text to_iati(const programme& plan, const ledger& book, const iati_publisher& publisher) {
  return iati_writer(plan, book, publisher).write();
}

}  // namespace attain::inline v0::io
