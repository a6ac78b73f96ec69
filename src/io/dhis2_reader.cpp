#include "dhis2_reader.hpp"

#include "dhis2_note.hpp"

#include <attain/core/id.hpp>

#include <algorithm>
#include <utility>

namespace attain::inline v0::io::detail {

namespace {

/// Fields of the top and of values that say nothing to a ledger.
constexpr std::string_view passed_at_top[] = {
    "dataSet",         "completeDate",        "completedDate",   "idScheme",
    "orgUnitIdScheme", "dataElementIdScheme", "dataSetIdScheme", "categoryOptionComboIdScheme",
    "dryRun",          "importStrategy",      "strategy",        "attributeCategoryOptions"};
constexpr std::string_view passed_in_values[] = {"createdByUserInfo", "lastUpdatedByUserInfo", "attributeCategoryOptions",
                                                 "dataSet"};

template <class Ids>
std::vector<std::string> ids_of(const Ids& list) {
  std::vector<std::string> ids;
  for (const auto& one : list) ids.push_back(one.id);
  return ids;
}

std::vector<std::string> keys_of(const dhis2_ids::map& map) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : map) keys.push_back(key);
  return keys;
}

}  // namespace

dhis2_reader::dhis2_reader(json_values& values, const programme* plan, const dhis2_ids& ids)
    : values_(values), plan_(plan), ids_(ids) {}

void dhis2_reader::read() {
  std::uint32_t list = no_node;
  const usual otherwise = read_top(list);
  if (list == no_node) return;
  values_.each(list, "a list of data values", [&](std::uint32_t node) { read_value(node, otherwise); });
}

dhis2_reader::usual dhis2_reader::read_top(std::uint32_t& list) {
  json_fields top(values_, 0, "a data value set");
  usual said{text_of(top, "dataElement"), text_of(top, "period"), text_of(top, "orgUnit"), text_of(top, "attributeOptionCombo")};
  for (const std::string_view name : passed_at_top) top.find(name);
  list = top.require("dataValues");
  top.finish();
  return said;
}

/// A field that is text, or absent where it is null as DHIS2 writes it.
std::string dhis2_reader::text_of(json_fields& fields, std::string_view name, bool is_required, std::string_view otherwise) {
  std::string text(otherwise);
  auto node = fields.find(name);
  if (node != no_node && values_.document()[node].kind == json_kind::null) node = no_node;
  if (node != no_node) {
    values_.read(node, text);
  } else if (text.empty() && is_required) {
    fields.require(name);
    if (fields.find(name) != no_node) values_.refuse(fields.find(name), code::missing_field, "the field has no value", "text");
  }
  return text;
}

bool dhis2_reader::truth_of(json_fields& fields, std::string_view name) {
  bool value = false;
  const auto node = fields.find(name);
  if (node != no_node && values_.document()[node].kind != json_kind::null) values_.read(node, value);
  return value;
}

/// The civil day of a moment, as it is written: its zone says nothing about the day that people meant.
std::optional<date> dhis2_reader::day_of(json_fields& fields, std::string_view name) {
  const std::string text = text_of(fields, name);
  if (text.empty()) return std::nullopt;
  const auto day = try_parse_date(std::string_view(text).substr(0, 10));
  const bool is_moment = text.size() == 10 || (text.size() > 10 && text[10] == 'T');
  if (day && is_moment) return *day;
  values_.refuse(fields.find(name), code::malformed_date, "the moment cannot be read", "2018-01-31 or 2018-01-31T12:00:00.000");
  return std::nullopt;
}

void dhis2_reader::read_value(std::uint32_t node, const usual& otherwise) {
  const std::size_t before = values_.problems().count();
  json_fields fields(values_, node, "a data value");
  const std::string element = text_of(fields, "dataElement", true, otherwise.element);
  const std::string when = text_of(fields, "period", true, otherwise.period);
  const std::string unit = text_of(fields, "orgUnit", true, otherwise.unit);
  const std::string combination = text_of(fields, "categoryOptionCombo");
  const std::string attribute = text_of(fields, "attributeOptionCombo", false, otherwise.attribute);
  observation entry{.about = {date{1970, 1, 1}, date{1970, 1, 2}}};
  entry.author = text_of(fields, "storedBy");
  dhis2_note note{.comment = text_of(fields, "comment")};
  const auto created = day_of(fields, "created");
  const auto updated = day_of(fields, "lastUpdated");
  entry.recorded = updated ? updated : created;
  note.follow_up = truth_of(fields, "followup") || truth_of(fields, "followUp");
  entry.withdrawn = truth_of(fields, "deleted");
  for (const std::string_view name : passed_in_values) fields.find(name);

  const auto at = [&](std::string_view name) {
    const auto given = fields.find(name);
    return given == no_node ? node : given;
  };
  bool is_operand = false;
  const bool is_known = values_.problems().count() == before &&
                        read_indicator(at("dataElement"), element, combination, entry, is_operand) &&
                        read_place(at("orgUnit"), unit, entry) &&
                        (is_operand || read_categories(at("categoryOptionCombo"), combination, "categoryOptionCombo", entry)) &&
                        read_categories(at("attributeOptionCombo"), attribute, "attributeOptionCombo", entry);
  if (is_known) read_period(at("period"), when, entry);
  fields.find("value");
  if (is_known) read_amount_of(fields, entry, note.value);
  fields.finish();
  entry.note = to_note(note);
  if (!is_known || !values_.problems().empty()) return;
  std::sort(entry.dimensions.begin(), entry.dimensions.end());
  observations_.push_back(std::move(entry));
  nodes_.push_back(node);
}

/// False; an id that is in no map is counted, or refused.
bool dhis2_reader::refuse_unmapped(std::uint32_t node, const char* what, const std::string& id, const dhis2_ids::map& map) {
  if (ids_.skip_unmapped) {
    ++passed_over_;
  } else {
    values_.refuse(node, code::unknown_id, std::string("the map has no such ") + what + did_you_mean(id, keys_of(map)),
                   "an id of the map");
  }
  return false;
}

bool dhis2_reader::read_indicator(std::uint32_t node, const std::string& element, const std::string& combination, observation& to,
                                  bool& is_operand) {
  to.indicator = element;
  if (!ids_.elements.empty()) {
    auto known = ids_.elements.find(element + '.' + combination);
    is_operand = known != ids_.elements.end();
    if (!is_operand) known = ids_.elements.find(element);
    if (known == ids_.elements.end()) return refuse_unmapped(node, "data element", element, ids_.elements);
    to.indicator = known->second;
  }
  if (plan_ == nullptr) {
    const auto problem = check_id(to.indicator, {});
    if (problem) values_.refuse(node, *problem);
    return !problem;
  }
  const auto index = plan_->find_indicator(to.indicator);
  if (index && is_reported(plan_->indicators()[*index].kind)) return true;
  values_.refuse(node, code::unknown_indicator,
                 index ? "the indicator is computed from others and has no entries of its own"
                       : "the programme has no such indicator" + did_you_mean(to.indicator, ids_of(plan_->indicators())),
                 "an indicator of the programme");
  return false;
}

bool dhis2_reader::read_place(std::uint32_t node, const std::string& unit, observation& to) {
  to.place = unit;
  if (!ids_.places.empty()) {
    const auto known = ids_.places.find(unit);
    if (known == ids_.places.end()) return refuse_unmapped(node, "organisation unit", unit, ids_.places);
    to.place = known->second;
  }
  if (to.place.empty()) return true;
  if (plan_ != nullptr) {
    if (plan_->find_place(to.place)) return true;
    values_.refuse(node, code::unknown_place, "the programme has no such place" + did_you_mean(to.place, ids_of(plan_->places())),
                   "a place of the programme");
    return false;
  }
  const auto problem = check_id(to.place, {});
  if (problem) values_.refuse(node, *problem);
  return !problem;
}

bool dhis2_reader::read_categories(std::uint32_t node, const std::string& combination, const char* dimension, observation& to) {
  if (combination.empty()) return true;
  if (ids_.categories.empty()) {
    if (const auto problem = check_id(combination, {})) {
      values_.refuse(node, *problem);
      return false;
    }
    to.dimensions.emplace_back(dimension, combination);
    return true;
  }
  const auto known = ids_.categories.find(combination);
  if (known == ids_.categories.end()) return refuse_unmapped(node, "option combination", combination, ids_.categories);
  for (const auto& [name, category] : pairs_of(known->second)) to.dimensions.emplace_back(name, category);
  return true;
}

bool dhis2_reader::read_period(std::uint32_t node, const std::string& text, observation& to) {
  auto known = periods_.find(text);
  if (known == periods_.end()) {
    const auto read = parse_dhis2_period(text);
    if (!read) {
      values_.refuse(node, read.problem());
      return false;
    }
    known = periods_.emplace(text, *read).first;
  }
  to.about = known->second;
  return true;
}

void dhis2_reader::read_amount_of(json_fields& fields, observation& to, std::string& kept_text) {
  const auto node = fields.find("value");
  std::string text;
  if (node != no_node) {
    const json_kind kind = values_.document()[node].kind;
    if (kind == json_kind::number) {
      text = values_.document().number(node);
    } else if (kind != json_kind::null) {
      values_.read(node, text);
    }
  }
  if (to.withdrawn) return;
  if (text.empty()) {
    to.missing = reason::no_observation;
    return;
  }
  auto rule = rules_.find(to.indicator);
  if (rule == rules_.end()) {
    const indicator_spec* const about = plan_ == nullptr ? nullptr : &plan_->indicators()[plan_->indicator_index(to.indicator)];
    rule = rules_.emplace(to.indicator, rule_for_amounts(about, {}, false)).first;
  }
  if (!rule->second) return values_.refuse(node, rule->second.problem());
  const auto amount = read_amount(text, *rule->second);
  if (!amount) {
    // a truth value, a text or a day is as good a data value as a number, but no amount
    to.missing = reason::not_comparable;
    finding warning = amount.problem();
    warning.severity = severity::warning;
    warning.where = values_.problems().where(values_.document()[node].at, values_.document().pointer(node));
    warning.message += "; the value is kept as text";
    warnings_.push_back(std::move(warning));
    kept_text = std::move(text);
    return;
  }
  to.low = amount->amount.low;
  to.high = amount->amount.high;
  to.low_open = amount->amount.low_open;
  to.high_open = amount->amount.high_open;
  to.unit = amount->unit;
}

}  // namespace attain::inline v0::io::detail
