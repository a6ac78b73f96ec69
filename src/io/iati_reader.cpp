#include "iati_reader.hpp"

#include "iati_checks.hpp"
#include "iati_words.hpp"

#include <attain/core/id.hpp>
#include <attain/core/sort_stably.hpp>
#include <attain/core/unit.hpp>
#include <attain/model/validate.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <span>
#include <tuple>
#include <utility>

namespace attain::inline v0::io::detail {

namespace {

using pairs = std::vector<std::pair<std::string, std::string>>;

/// Ids of targets are that of the activity and up to 50 bytes more.
constexpr std::size_t longest_identifier = max_id_bytes - 50;

/// What a value is about within its indicator and period.
struct subject {
  std::string place;
  pairs dimensions;  ///< sorted

  friend auto operator<=>(const subject&, const subject&) = default;
};

struct baseline_of {
  std::uint32_t element = no_element;
  std::size_t count = 0;
};

struct promised {
  period window;
  subject about;
  std::uint32_t element = no_element;  ///< the `target`; none: a reading only
};

class activity_reader {
 public:
  activity_reader(const iati_elements& elements, const iati_options& options, iati_version version, std::string_view file)
      : elements_(elements),
        options_(options),
        is_old_(version == iati_version::one),
        checks_(elements, file, !is_old_, made_.findings) {}

  iati_activity read() {
    if (elements_.find(0, "result") == no_element) return {};
    read_head();
    elements_.each(0, "result", [&](std::uint32_t result) { read_result(result); });
    if (checks_.texts_left_out() > 0) {
      checks_.note(code::unused_field, 0,
                   "of texts in several languages the first is read; left out: " + std::to_string(checks_.texts_left_out()));
    }
    if (links_left_out_ > 0) {
      checks_.note(code::unused_field, 0,
                   "of several documents the first address is read; left out: " + std::to_string(links_left_out_));
    }
    if (checks_.unlisted() > 0) {
      made_.findings.push_back({severity::note,
                                code::too_large,
                                xml_place(checks_.file(), elements_[0].at, elements_.path(0)),
                                {},
                                {},
                                std::to_string(checks_.unlisted()) + " more findings of the activity are not listed"});
    }
    return std::move(made_);
  }

 private:
  // -- the activity --------------------------------------------------------------------------------

  void read_head() {
    const std::uint32_t identifier = checks_.one(0, "iati-identifier", true);
    const std::string text = identifier == no_element ? std::string{} : collapsed(elements_[identifier].text);
    if (identifier != no_element && text.empty()) {
      checks_.error(code::missing_field, identifier, {}, {}, "an identifier", "the activity has no identifier");
    }
    id_ = to_id(text);
    if (const auto problem = text.empty() ? std::nullopt : check_id(id_, {})) {
      checks_.error(problem->code, identifier, {}, text, problem->expected, problem->message);
    } else if (id_.size() > longest_identifier) {
      checks_.error(code::too_large, identifier, {}, text, "at most " + std::to_string(longest_identifier) + " bytes",
                    "the identifier leaves no room for those of what is within");
    }
    project_spec& project = made_.project;
    project.id = id_;
    project.name = name_of(0, "title", false);
    if (const auto description = elements_.find(0, "description"); description != no_element)
      project.text = checks_.text(description);
    read_organisations(project);
    if (const auto status = elements_.find(0, "activity-status"); status != no_element) {
      if (const std::string* const code = elements_[status].attribute("code")) add_line(project.note, "activity-status", *code);
    }
    read_window(project);
  }

  void read_organisations(project_spec& project) {
    elements_.each(0, "participating-org", [&](std::uint32_t organisation) {
      const std::string* const role = elements_[organisation].attribute("role");
      if (role == nullptr || (*role != "4" && *role != "Implementing")) return;
      const std::string name = organisation_name(organisation);
      if (!name.empty()) project.responsible.push_back(name);
    });
    const std::uint32_t reporting = elements_.find(0, "reporting-org");
    if (reporting == no_element) return;
    const std::string* const ref = elements_[reporting].attribute("ref");
    const std::string* const type = elements_[reporting].attribute("type");
    if (ref != nullptr) {
      author_ = collapsed(*ref);
      if (!author_.empty()) add_line(project.note, "reporting-org", author_);
    }
    if (type != nullptr) add_line(project.note, "reporting-org-type", *type);
    if (const std::string name = organisation_name(reporting); !name.empty()) add_line(project.note, "reporting-org-name", name);
    if (check_name(author_, {})) author_.clear();
  }

  /// Organisations may be without a narrative.
  std::string organisation_name(std::uint32_t organisation) const {
    const std::uint32_t narrative = elements_.find(organisation, "narrative");
    const std::string name = collapsed(elements_[narrative == no_element ? organisation : narrative].text);
    return check_name(name, {}) ? std::string{} : name;
  }

  /// Planned days, or where there are none the actual ones.
  void read_window(project_spec& project) {
    const auto day_of = [&](std::string_view type, std::string_view old_word) -> std::optional<date> {
      std::optional<date> found;
      elements_.each(0, "activity-date", [&](std::uint32_t element) {
        const std::string* const given = elements_[element].attribute("type");
        if (!found && given != nullptr && (*given == type || *given == old_word)) found = checks_.day(element, false);
      });
      return found;
    };
    const auto start = either(day_of("1", "start-planned"), [&] { return day_of("2", "start-actual"); });
    const auto end = either(day_of("3", "end-planned"), [&] { return day_of("4", "end-actual"); });
    if (start && end && *start <= *end && *end != (date::max)()) project.window = period{*start, *end + 1};
  }

  template <class F>
  static std::optional<date> either(std::optional<date> first, F&& second) {
    return first ? first : second();
  }

  std::string name_of(std::uint32_t within, std::string_view element, bool is_required) {
    const std::uint32_t found = checks_.one(within, element, is_required);
    if (found == no_element) return {};
    std::string name = checks_.text(found);
    if (name.empty()) return name;
    if (const auto problem = check_name(name, {})) {
      checks_.error(problem->code, found, {}, name, problem->expected, problem->message);
      return {};
    }
    return name;
  }

  std::string link_of(std::uint32_t within) {
    std::string address;
    elements_.each(within, "document-link", [&](std::uint32_t link) {
      const std::string* const url = elements_[link].attribute("url");
      std::string text = url == nullptr ? std::string{} : collapsed(*url);
      if (address.empty() && !text.empty() && !check_name(text, {})) {
        address = std::move(text);
      } else {
        ++links_left_out_;
      }
    });
    return address;
  }

  // -- results and indicators ----------------------------------------------------------------------

  void read_result(std::uint32_t result) {
    project_spec project;
    project.id = id_ + ':' + std::to_string(made_.project.projects.size() + 1);
    project.name = name_of(result, "title", !is_old_);
    project.text = checks_.text_of(result, "description", false);
    project.source = link_of(result);
    if (const std::string* const type = checks_.require(result, "type")) {
      const std::string_view known = parse_result_type(collapsed(*type));
      if (known.empty())
        checks_.warning(code::unknown_field, result, "type", *type, "1, 2, 3 or 9",
                        "the type of the result is not in the code list");
      add_line(project.note, "type", known.empty() ? std::string_view(*type) : known);
    }
    const auto adds_up = checks_.flag(result, "aggregation-status");
    if (adds_up) add_line(project.note, "aggregation-status", *adds_up ? "1" : "0");
    read_references(result, project.note);

    const std::size_t had = made_.indicators.size();
    std::uint32_t referring = no_element;
    elements_.each(result, "indicator", [&](std::uint32_t indicator) {
      if (elements_.find(indicator, "reference") != no_element && referring == no_element) referring = indicator;
      read_indicator(indicator, project, made_.indicators.size() - had + 1, adds_up.value_or(false));
    });
    if (elements_.find(result, "indicator") == no_element) {
      checks_.error(code::missing_field, result, {}, {}, "the element indicator", "the result lacks the element indicator");
    }
    if (referring != no_element && elements_.find(result, "reference") != no_element) {
      checks_.warning(code::conflicting_fields, referring, {}, {}, "references at one of the two",
                      "both the result and its indicator have references (IATI rule 8.11.1)");
    }
    if (made_.indicators.size() > had) made_.project.projects.push_back(std::move(project));
  }

  void read_references(std::uint32_t within, std::string& note) {
    elements_.each(within, "reference", [&](std::uint32_t reference) {
      const std::string* const vocabulary = checks_.require(reference, "vocabulary");
      const std::string* const code = checks_.require(reference, "code");
      if (vocabulary != nullptr && code != nullptr)
        add_line(note, "reference", to_id(collapsed(*vocabulary)) + ' ' + collapsed(*code));
    });
  }

  void read_indicator(std::uint32_t element, project_spec& result, std::size_t number, bool result_adds_up) {
    indicator_spec indicator;
    indicator.id = result.id + '.' + std::to_string(number);
    indicator.name = name_of(element, "title", true);
    if (const std::string text = checks_.text_of(element, "description", false); !text.empty())
      add_line(indicator.note, "description", text);
    indicator.source = link_of(element);
    measure_ = iati_measure::other;
    if (const std::string* const code = checks_.require(element, "measure")) {
      measure_ = parse_measure(collapsed(*code));
      if (measure_ == iati_measure::other) {
        checks_.warning(code::unknown_field, element, "measure", *code, "1 to 5", "the measure is not in the code list");
        add_line(indicator.note, "measure", *code);
      }
    }
    indicator.unit = unit_of(measure_);
    indicator.kind = measure_ == iati_measure::unit ? options_.kind : indicator_kind::level;
    if (measure_ == iati_measure::unit) indicator.indivisible = false;  // published counts may be shares of counts
    ascending_ = checks_.flag(element, "ascending");
    if (ascending_) add_line(indicator.note, "ascending", *ascending_ ? "1" : "0");
    const auto adds_up = checks_.flag(element, "aggregation-status");
    if (adds_up) add_line(indicator.note, "aggregation-status", *adds_up ? "1" : "0");
    if (adds_up.value_or(result_adds_up) && indicator.kind == indicator_kind::level) indicator.across_places = combination::sum;
    read_references(element, indicator.note);

    read_baselines(element, indicator);
    std::vector<promised> list = read_periods(element, indicator);
    const bool misses_direction =
        !ascending_ && !options_.direction && has_direction(measure_) &&
        std::any_of(list.begin(), list.end(), [&](const promised& p) { return number_at(p.element).has_value(); });
    if (misses_direction) {
      checks_.warning(code::undeclared_direction, element, "ascending", {}, "ascending, or a direction from the caller",
                      "it is not said whether more is better: targets of the indicator have no aim");
    }
    if (list.empty()) {
      checks_.note(code::unused_field, element,
                   "the indicator has no period in which something is promised or reported, and is left out");
      return;
    }
    add_targets(std::move(list), indicator, result);
    made_.indicators.push_back(std::move(indicator));
  }

  // -- values --------------------------------------------------------------------------------------

  std::optional<double> number_at(std::uint32_t element) const {
    if (element == no_element) return std::nullopt;
    const std::string* const value = elements_[element].attribute("value");
    const auto read = value == nullptr ? std::nullopt : parse_iati_number(*value);
    if (!read || measure_ != iati_measure::percentage) return read;
    return parse_unit("%").held(*read);
  }

  std::string text_at(std::uint32_t element) const { return attribute_of(element, "value"); }

  /// What a value is about, its categories declared by the indicator; nothing if that cannot be said.
  std::optional<subject> read_subject(std::uint32_t value, indicator_spec& indicator) {
    subject about;
    bool is_clear = true;
    const auto leave_out = [&](attain::code what, std::uint32_t element, std::string_view found, const char* expected,
                               const char* why) {
      checks_.warning(what, element, {}, found, expected, std::string(why) + "; what it is about is left out");
      is_clear = false;
    };
    std::vector<std::string> refs;
    elements_.each(value, "location", [&](std::uint32_t location) {
      const std::string ref = attribute_of(location, "ref");
      if (ref.empty()) return leave_out(code::missing_field, location, {}, "a ref", "a location is not named");
      refs.push_back(ref);
    });
    std::sort(refs.begin(), refs.end());
    refs.erase(std::unique(refs.begin(), refs.end()), refs.end());

    elements_.each(value, "dimension", [&](std::uint32_t dimension) {
      std::pair<std::string, std::string> pair{to_id(attribute_of(dimension, "name")), to_id(attribute_of(dimension, "value"))};
      for (const std::string& id : {pair.first, pair.second}) {
        if (const auto problem = check_id(id, {}))
          return leave_out(problem->code, dimension, from_id(id), "a name and a value", "a dimension is not named");
      }
      const bool is_twice = std::any_of(about.dimensions.begin(), about.dimensions.end(),
                                        [&](const auto& other) { return other.first == pair.first; });
      if (is_twice)
        return leave_out(code::duplicate_field, dimension, from_id(pair.first), "each dimension once",
                         "a dimension is named twice");
      about.dimensions.push_back(std::move(pair));
    });
    if (!is_clear) return std::nullopt;
    if (!refs.empty()) about.place = place_of(refs, value);
    std::sort(about.dimensions.begin(), about.dimensions.end());
    for (const auto& [name, category] : about.dimensions) declare(indicator, name, category);
    return about;
  }

  std::string attribute_of(std::uint32_t element, std::string_view name) const {
    const std::string* const given = elements_[element].attribute(name);
    return given == nullptr ? std::string{} : collapsed(*given);
  }

  static void declare(indicator_spec& indicator, const std::string& name, const std::string& category) {
    auto& list = indicator.dimensions;
    auto known = std::find_if(list.begin(), list.end(), [&](const dimension_spec& d) { return d.id == name; });
    if (known == list.end()) known = list.insert(list.end(), dimension_spec{.id = name});
    auto& categories = known->categories;
    if (std::find(categories.begin(), categories.end(), category) == categories.end()) categories.push_back(category);
  }

  /// Several locations of one value are one place: the value is of them together.
  std::string place_of(const std::vector<std::string>& refs, std::uint32_t value) {
    std::string id = id_ + ':';
    for (const std::string& ref : refs) id += (&ref == &refs.front() ? "" : "+") + to_id(ref);
    const auto [known, is_new] = places_.try_emplace(id);
    if (!is_new) return id;
    place_spec place{.id = id, .within = "all"};
    if (refs.size() == 1) place.name = location_name(refs.front());
    if (const auto problem = check_id(id, {})) checks_.error(problem->code, value, {}, id, problem->expected, problem->message);
    made_.places.push_back(std::move(place));
    return id;
  }

  std::string location_name(const std::string& ref) {
    std::string name;
    elements_.each(0, "location", [&](std::uint32_t location) {
      const std::string* const own = elements_[location].attribute("ref");
      const std::uint32_t named = elements_.find(location, "name");
      if (own == nullptr || collapsed(*own) != ref || named == no_element || !name.empty()) return;
      name = organisation_name(named);
    });
    return name;
  }

  // -- baselines, targets, actuals -----------------------------------------------------------------

  void read_baselines(std::uint32_t element, indicator_spec& indicator) {
    baselines_.clear();
    elements_.each(element, "baseline", [&](std::uint32_t baseline) {
      if (!is_old_ || elements_[baseline].attribute("year") != nullptr) {
        if (const std::string* const year = checks_.require(baseline, "year")) check_year(baseline, *year);
      }
      checks_.day(baseline, false);
      checks_.text_of(baseline, "comment", false);
      checks_.check_value(baseline, measure_, "8.8");
      link_of(baseline);
      const auto about = read_subject(baseline, indicator);
      if (!about) return;
      baseline_of& known = baselines_[*about];
      if (++known.count == 2) {
        checks_.warning(code::conflicting_fields, baseline, {}, text_at(baseline), "one baseline",
                        "the indicator has several baselines for one thing, and none is taken");
      }
      known.element = baseline;
    });
  }

  void check_year(std::uint32_t baseline, std::string_view year) {
    const std::string text = collapsed(year);
    const bool is_year = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos &&
                         text.find_first_not_of('0') != std::string::npos;
    if (!is_year)
      checks_.error(code::wrong_type, baseline, "year", year, "a year such as 2015", "the year of the baseline is no year");
  }

  std::vector<promised> read_periods(std::uint32_t element, indicator_spec& indicator) {
    std::vector<promised> list;
    std::vector<promised> reported;
    elements_.each(element, "period", [&](std::uint32_t span) {
      const auto window = read_window_of(span);
      elements_.each(span, "target", [&](std::uint32_t target) {
        const std::string comment = checks_.text_of(target, "comment", false);
        checks_.check_value(target, measure_, "8.9");
        const auto about = read_subject(target, indicator);
        const bool is_empty = text_at(target).empty() && comment.empty() && elements_.find(target, "document-link") == no_element;
        if (window && about && !is_empty) list.push_back({*window, *about, target});
      });
      elements_.each(span, "actual", [&](std::uint32_t actual) {
        const std::string comment = checks_.text_of(actual, "comment", false);
        checks_.check_value(actual, measure_, "8.10");
        const auto about = read_subject(actual, indicator);
        if (!window || !about) return;
        reported.push_back({*window, *about});
        add_observation(actual, comment, *window, *about, indicator);
      });
    });
    add_readings(list, std::move(reported));
    return list;
  }

  std::optional<period> read_window_of(std::uint32_t span) {
    const std::uint32_t start = checks_.one(span, "period-start", true);
    const std::uint32_t end = checks_.one(span, "period-end", true);
    const auto first = start == no_element ? std::nullopt : checks_.day(start, true);
    const auto last = end == no_element ? std::nullopt : checks_.day(end, true);
    if (!first || !last) return std::nullopt;
    if (*last == (date::max)()) {
      checks_.error(code::out_of_range, end, "iso-date", to_string(*last), "a day before 9999-12-31",
                    "no day follows the end of the period");
      return std::nullopt;
    }
    if (*last < *first) {
      checks_.error(code::malformed_period, span, {}, to_string(*first) + " to " + to_string(*last), "a start before the end",
                    "the period ends before it starts (IATI rule 8.6.1)");
      return std::nullopt;
    }
    return period{*first, *last + 1};
  }

  /// What is only reported gets a target without an aim, so that it has its place in the tree.
  static void add_readings(std::vector<promised>& list, std::vector<promised> reported) {
    const auto key = [](const promised& p) { return std::tie(p.window, p.about); };
    const auto before = [&](const promised& a, const promised& b) { return key(a) < key(b); };
    std::vector<promised> known = list;
    std::sort(known.begin(), known.end(), before);
    std::sort(reported.begin(), reported.end(), before);
    reported.erase(std::unique(reported.begin(), reported.end(), [&](const auto& a, const auto& b) { return key(a) == key(b); }),
                   reported.end());
    for (promised& p : reported) {
      if (!std::binary_search(known.begin(), known.end(), p, before)) list.push_back(std::move(p));
    }
    sort_stably(std::span(list), [](const promised& a, const promised& b) { return a.window < b.window; });
  }

  void add_observation(std::uint32_t actual, const std::string& comment, const period& window, const subject& about,
                       const indicator_spec& indicator) {
    observation entry{.indicator = indicator.id, .place = about.place, .about = window};
    entry.dimensions = about.dimensions;
    entry.recorded = options_.recorded;
    entry.author = author_;
    entry.evidence = link_of(actual);
    const std::string text = text_at(actual);
    if (const auto number = number_at(actual)) {
      entry.low = entry.high = *number;
    } else {
      const bool says_something = !text.empty() || (measure_ == iati_measure::qualitative && !comment.empty());
      entry.missing = says_something ? reason::not_comparable : reason::no_observation;
      if (!text.empty()) add_line(entry.note, "value", text);
    }
    add_comment(entry.note, comment);
    made_.observations.push_back(std::move(entry));
  }

  /// A comment as it stands, unless it could be taken for a line of ours.
  static void add_comment(std::string& note, const std::string& comment) {
    if (comment.starts_with("iati ")) {
      add_line(note, "comment", comment);
    } else if (!comment.empty()) {
      note += (note.empty() ? "" : "\n") + comment;
    }
  }

  void add_targets(std::vector<promised> list, const indicator_spec& indicator, project_spec& result) {
    const promised* previous = nullptr;
    std::size_t number = 0;
    for (const promised& p : list) {
      number = previous != nullptr && previous->window == p.window ? number + 1 : 1;
      previous = &p;
      target_spec target{.id = indicator.id + '@' + period_in_id(p.window),
                         .indicator = indicator.id,
                         .place = p.about.place,
                         .window = p.window};
      if (number > 1) target.id += '#' + std::to_string(number);
      target.disaggregation = p.about.dimensions;
      read_baseline_for(p, target);
      if (p.element != no_element) read_target(p.element, target);
      result.targets.push_back(std::move(target));
    }
  }

  void read_target(std::uint32_t element, target_spec& target) {
    const std::uint32_t comment = elements_.find(element, "comment");
    if (comment != no_element) target.text = collapsed(elements_[first_text(comment)].text);
    target.source = link_of(element);
    const auto goal = number_at(element);
    if (goal && has_direction(measure_) && (ascending_ || options_.direction)) {
      const bool more = ascending_ ? *ascending_ : options_.direction == aim_kind::at_least;
      target.aim = more ? at_least(*goal) : at_most(*goal);
      if (ascending_ && target.baseline && (more ? *goal < *target.baseline : *goal > *target.baseline)) {
        checks_.warning(code::direction_contradicts, element, "value", text_at(element),
                        more ? "a target above the baseline" : "a target below the baseline",
                        more ? "more is said to be better, and the target lies below the baseline"
                             : "less is said to be better, and the target lies above the baseline");
      }
    } else if (const std::string text = text_at(element); !text.empty()) {
      add_line(target.note, "value", text);
    }
  }

  std::uint32_t first_text(std::uint32_t element) const noexcept {
    const std::uint32_t narrative = elements_.find(element, "narrative");
    return narrative == no_element ? element : narrative;
  }

  void read_baseline_for(const promised& p, target_spec& target) {
    const auto known = baselines_.find(p.about);
    if (known == baselines_.end() || known->second.count != 1) return;
    const std::uint32_t element = known->second.element;
    target.baseline = number_at(element);
    if (const std::string text = text_at(element); !target.baseline && !text.empty()) add_line(target.note, "baseline", text);
    if (const std::string* const year = elements_[element].attribute("year")) add_line(target.note, "baseline-year", *year);
    if (const std::string* const day = elements_[element].attribute("iso-date")) add_line(target.note, "baseline-date", *day);
    if (const std::uint32_t comment = elements_.find(element, "comment"); comment != no_element) {
      if (const std::string text = collapsed(elements_[first_text(comment)].text); !text.empty())
        add_line(target.note, "baseline-comment", text);
    }
  }

  const iati_elements& elements_;
  const iati_options& options_;
  bool is_old_;
  iati_activity made_;
  iati_checks checks_;
  std::string id_;
  std::string author_;
  std::size_t links_left_out_ = 0;
  std::map<std::string, bool> places_;

  // of the indicator that is read
  iati_measure measure_ = iati_measure::other;
  std::optional<bool> ascending_;
  std::map<subject, baseline_of> baselines_;
};

}  // namespace

iati_version parse_iati_version(std::string_view text) noexcept {
  if (text == "2.01" || text == "2.02" || text == "2.03") return iati_version::two;
  return text.empty() || text.starts_with("1.") ? iati_version::one : iati_version::unknown;
}

bool is_read(std::string_view child_of_activity) noexcept {
  constexpr std::array<std::string_view, 9> read{"iati-identifier", "reporting-org",     "title",
                                                 "description",     "participating-org", "activity-status",
                                                 "activity-date",   "location",          "result"};
  return std::find(read.begin(), read.end(), child_of_activity) != read.end();
}

iati_activity read_activity(const iati_elements& elements, const iati_options& options, iati_version version,
                            std::string_view file) {
  return activity_reader(elements, options, version, file).read();
}

void check_activity(iati_activity& activity, const iati_elements& elements, std::string_view file) {
  if (activity.is_refused() || activity.indicators.empty()) return;
  programme_spec alone{
      .id = "activity", .places = {{.id = "all"}}, .indicators = activity.indicators, .projects = {activity.project}};
  alone.places.insert(alone.places.end(), activity.places.begin(), activity.places.end());
  for (finding& f : validate(alone)) {
    if (f.severity != severity::error) continue;
    f.message += " (" + f.where + " of the programme)";
    f.where = xml_place(file, elements[0].at, elements.path(0));
    activity.findings.push_back(std::move(f));
  }
}

}  // namespace attain::inline v0::io::detail
