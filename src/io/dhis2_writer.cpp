#include <attain/io/dhis2.hpp>

#include <attain/core/error.hpp>
#include <attain/core/number_text.hpp>
#include <attain/core/unit.hpp>

#include "dhis2_note.hpp"
#include "json_text.hpp"
#include "standing_observations.hpp"

#include <algorithm>
#include <utility>

namespace attain::inline v0::io {

namespace {

using namespace detail;

/// A map the other way round; of several ids for one of ours the first in order.
dhis2_ids::map reversed(const dhis2_ids::map& map) {
  dhis2_ids::map other;
  for (const auto& [theirs, ours] : map) other.try_emplace(ours, theirs);
  return other;
}

std::string text_of(std::vector<std::pair<std::string, std::string>> dimensions) {
  std::sort(dimensions.begin(), dimensions.end());
  std::string text;
  for (const auto& [name, category] : dimensions) text += (text.empty() ? "" : ";") + name + '=' + category;
  return text;
}

/// "sex=f;age=15-24" with its pairs in order.
std::string in_order(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> pairs;
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, text.find(';'));
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos) pairs.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
    text.remove_prefix((std::min)(text.size(), pair.size() + 1));
  }
  return text_of(std::move(pairs));
}

/// What a data value says beside amount and texts.
struct data_key {
  std::string element, period, unit, category, attribute;
};

class dhis2_writer {
 public:
  dhis2_writer(const programme* plan, const dhis2_ids& ids)
      : plan_(plan), ids_(ids), elements_(reversed(ids.elements)), places_(reversed(ids.places)) {
    for (const auto& [theirs, ours] : ids.categories) categories_.try_emplace(in_order(ours), theirs);
  }

  dhis2_text write(const ledger& book) {
    out_.open_object();
    out_.name("dataValues");
    out_.open_list();
    for (const auto& [indicator, entries] : standing_observations(book)) {
      for (const observation& entry : entries) write(entry);
    }
    out_.close();
    out_.close();
    if (!out_.problems().empty()) throw invalid_input(out_.problems());
    return {out_.take(), std::move(losses_)};
  }

 private:
  void lose(const observation& entry, std::string what) {
    std::string where = escaped_excerpt(entry.indicator) + ", " + to_string(entry.about);
    if (!entry.place.empty()) where += ", " + escaped_excerpt(entry.place);
    losses_.push_back({severity::note, code::unused_field, std::move(where), {}, {}, "not written: " + std::move(what)});
  }

  /// Where an entry goes, or why it cannot be written.
  parsed<data_key> key_of(const observation& entry) const {
    const auto refused = [](std::string why) { return finding{.message = std::move(why)}; };
    data_key key;
    const auto when = to_dhis2_period(entry.about);
    if (!when) return refused("an entry of a period that DHIS2 has no word for");
    key.period = *when;
    key.element = entry.indicator;
    if (!ids_.elements.empty()) {
      const auto known = elements_.find(entry.indicator);
      if (known == elements_.end()) return refused("an entry of an indicator that is in no map");
      key.element = known->second;
    }
    key.unit = entry.place;
    if (!ids_.places.empty()) {
      const auto known = places_.find(entry.place);
      if (known == places_.end()) return refused("an entry of a place that is in no map");
      key.unit = known->second;
    }
    if (key.unit.empty()) return refused("an entry of the root place, which has no organisation unit");
    if (const std::size_t dot = key.element.find('.'); dot != std::string::npos && !ids_.elements.empty()) {
      key.category = key.element.substr(dot + 1);
      key.element.erase(dot);
      if (!entry.dimensions.empty()) return refused("categories of an operand");
      return key;
    }
    if (!find_categories(entry, key)) return refused("an entry of categories that are in no map");
    return key;
  }

  bool find_categories(const observation& entry, data_key& key) const {
    if (!ids_.categories.empty()) {
      const auto known = categories_.find(text_of(entry.dimensions));
      if (known != categories_.end()) key.category = known->second;
      return known != categories_.end() || entry.dimensions.empty();
    }
    for (const auto& [name, category] : entry.dimensions) {
      if (name != "categoryOptionCombo" && name != "attributeOptionCombo") return false;
      (name == "categoryOptionCombo" ? key.category : key.attribute) = category;
    }
    return true;
  }

  /// The text of an amount, in the unit of its indicator where that is known.
  std::optional<std::string> amount_text(const observation& entry) const {
    if (entry.low != entry.high || entry.low_open || entry.high_open || entry.form != amount_form::amount) return std::nullopt;
    const auto index = plan_ == nullptr ? std::nullopt : plan_->find_indicator(entry.indicator);
    if (!index) return entry.unit.empty() ? std::optional(to_text(entry.low)) : std::nullopt;
    const indicator_spec& about = plan_->indicators()[*index];
    const bool is_share = about.kind == indicator_kind::steps || about.kind == indicator_kind::rating;
    const unit declared = is_share ? unit() : parse_unit(about.unit);
    if (entry.unit.empty()) return to_text(declared.written(entry.low));
    const auto own = try_parse_unit(entry.unit);
    if (!own || !addable(*own, declared)) return std::nullopt;
    return to_text(declared.written(own->held(entry.low) * conversion_factor(own->plain(), declared.plain())));
  }

  void write(const observation& entry) {
    if (!entry.step.empty() || !entry.stage.empty() || !entry.scope.empty())
      return lose(entry, "an entry of a step, stage or scope");
    const auto key = key_of(entry);
    if (!key) return lose(entry, key.problem().message);
    const dhis2_note note = parse_note(entry.note);
    std::string value = note.value;
    if (!entry.missing && !entry.withdrawn) {
      const auto text = amount_text(entry);
      if (!text) return lose(entry, "an amount that is no plain number in the unit of its indicator");
      value = *text;
    }
    const bool is_said = !entry.missing || *entry.missing == reason::no_observation ||
                         (*entry.missing == reason::not_comparable && !value.empty());
    if (!is_said) lose(entry, "why there is no amount: " + std::string(to_string(*entry.missing)));
    if (!entry.source.empty() || !entry.evidence.empty() || !entry.key.empty())
      lose(entry, "source, evidence or key of an entry");

    out_.open_object();
    const auto field = [&](std::string_view name, std::string_view text) {
      if (text.empty()) return;
      out_.name(name);
      out_.text(text);
    };
    field("dataElement", key->element);
    field("period", key->period);
    field("orgUnit", key->unit);
    field("categoryOptionCombo", key->category);
    field("attributeOptionCombo", key->attribute);
    if (!entry.withdrawn) {
      out_.name("value");
      out_.text(value);
    }
    field("storedBy", entry.author);
    if (entry.recorded) field("lastUpdated", to_string(*entry.recorded));
    field("comment", note.comment);
    if (note.follow_up) {
      out_.name("followup");
      out_.truth(true);
    }
    if (entry.withdrawn) {
      out_.name("deleted");
      out_.truth(true);
    }
    out_.close();
  }

  const programme* plan_;
  const dhis2_ids& ids_;
  dhis2_ids::map elements_;
  dhis2_ids::map places_;
  dhis2_ids::map categories_;  ///< by text in order
  json_text out_;
  std::vector<finding> losses_;
};

}  // namespace

dhis2_text to_dhis2(const ledger& book, const programme& plan, const dhis2_ids& ids) {
  return dhis2_writer(&plan, ids).write(book);
}

dhis2_text to_dhis2(const ledger& book, const dhis2_ids& ids) { return dhis2_writer(nullptr, ids).write(book); }

}  // namespace attain::inline v0::io
