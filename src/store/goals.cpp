#include "implementation.hpp"

#include <attain/core/number_text.hpp>
#include <attain/core/period.hpp>
#include <attain/model/words.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <utility>

namespace attain::inline v0::io {

using namespace detail;

namespace {

date day_at(const statement& row, int column) {
  const std::int64_t day = row.integer(column);
  if (day < attain::detail::first_day || day > attain::detail::last_day) {
    throw_store(code::broken_chain, "goal", "there is no such day", {}, std::to_string(day));
  }
  return date::from_days(static_cast<std::int32_t>(day));
}

/// What is asked, field by field, as text.
using asked_fields = std::map<std::string, std::string>;

constexpr const char* columns_of_all =
    "SELECT seq, at, utc_offset, author, reason, programme, target, field, before, after, data_day, after_result FROM goal ORDER "
    "BY seq";

/// "at_least 139", "about 7000 within 5%", "between 3 and 5", with "more than", "change of" and "percent" where they apply.
std::string text_of(const aim& asked) {
  std::string text(to_string(asked.kind));
  if (asked.strict) text += " strictly";
  if (asked.kind == aim_kind::rises || asked.kind == aim_kind::falls) return text;
  text += " " + to_text(asked.goal);
  if (asked.kind == aim_kind::between) text += " and " + to_text(asked.upper);
  if (asked.change == change_kind::percent) text += " percent";
  if (asked.kind == aim_kind::about) {
    text += " within " + (asked.tolerance_is_amount ? to_text(asked.tolerance) : to_text(100 * asked.tolerance) + "%");
  }
  if (asked.change != change_kind::none) text += asked.from_previous_period ? " from the period before" : " from the baseline";
  return text;
}

asked_fields fields_of(const programme_target& target) {
  asked_fields fields;
  const target_spec& spec = *target.spec;
  if (target.aim) fields["aim"] = text_of(*target.aim);
  if (target.baseline) fields["baseline"] = to_text(*target.baseline);
  fields["indicator"] = spec.indicator;
  fields["weight"] = to_text(target.weight);
  fields["window"] = to_string(target.window);
  if (spec.withdrawn) fields["withdrawn"] = spec.withdrawn_on ? "on " + to_string(*spec.withdrawn_on) : "always";
  for (const quota_spec& quota : spec.quotas) {
    fields["goal at " + quota.place] =
        to_text(quota.goal) + (quota.baseline ? " from " + to_text(*quota.baseline) : std::string());
  }
  return fields;
}

/// By target, what was recorded last.
std::map<std::string, asked_fields> recorded_fields(const connection& in, const std::string& programme) {
  std::map<std::string, asked_fields> recorded;
  statement read(in, "SELECT target, field, after FROM goal WHERE programme = ?1 ORDER BY seq");
  read.bind(1, std::string_view(programme));
  while (read.step()) {
    asked_fields& fields = recorded[std::string(read.text(0))];
    const std::string field(read.text(1));
    if (read.is_null(2)) {
      fields.erase(field);
    } else {
      fields[field] = read.text(2);
    }
  }
  return recorded;
}

/// What became different, field by field; @p made says the rest.
void add_differences(std::vector<goal_change>& to, goal_change made, const asked_fields& before, const asked_fields& after) {
  const auto add = [&](const std::string& field, std::optional<std::string> was, std::optional<std::string> is) {
    made.field = field;
    made.before = std::move(was);
    made.after = std::move(is);
    to.push_back(made);
  };
  for (const auto& [field, value] : after) {
    const auto was = before.find(field);
    if (was == before.end()) {
      add(field, std::nullopt, value);
    } else if (was->second != value) {
      add(field, was->second, value);
    }
  }
  for (const auto& [field, value] : before) {
    if (!after.contains(field)) add(field, value, std::nullopt);
  }
}

/// The last day that approved amounts of each indicator are about. Reads all entries, once, when first asked.
class data_days {
 public:
  explicit data_days(const connection& in) : in_(in) {}

  std::optional<date> of(const programme& plan, const std::string& indicator) {
    if (!is_read_) read();
    const auto known = plan.find_indicator(indicator);
    if (!known) return of_reports(indicator);
    std::optional<date> latest;
    for (const std::uint32_t member : plan.members(*known)) latest = (std::max)(latest, of_reports(plan.indicators()[member].id));
    return latest;
  }

 private:
  std::optional<date> of_reports(const std::string& indicator) const {
    const auto found = days_.find(indicator);
    return found == days_.end() ? std::nullopt : std::optional(found->second);
  }
  void read() {
    statement rows(
        in_,
        "SELECT text.text, max(latest.day) FROM (SELECT series, max(last_day) AS day FROM entry WHERE low IS NOT NULL AND "
        "batch IN (SELECT batch FROM decision WHERE kind = 'approve') AND batch NOT IN (SELECT batch FROM decision WHERE "
        "kind = 'withdraw') GROUP BY series) AS latest JOIN series ON series.seq = latest.series JOIN text ON text.seq = "
        "series.indicator GROUP BY text.text");
    while (rows.step()) days_.emplace(rows.text(0), day_at(rows, 1));
    is_read_ = true;
  }

  const connection& in_;
  std::map<std::string, date, std::less<>> days_;
  bool is_read_ = false;
};

void record(record_writer& to, goal_change& change) {
  const auto add = [&to](const std::optional<std::string>& text) { text ? to.add(std::string_view(*text)) : to.add_null(); };
  to.begin(record_kind::goal);
  to.add(change.made.at.microseconds());
  to.add(std::int64_t{change.made.at.offset_minutes()});
  to.add(std::string_view(change.made.author));
  to.add_unless_empty(change.made.reason);
  to.add(std::string_view(change.programme));
  to.add(std::string_view(change.target));
  to.add(std::string_view(change.field));
  add(change.before);
  add(change.after);
  change.data_day ? to.add(std::int64_t{change.data_day->days()}) : to.add_null();
  to.add(std::int64_t{change.after_result});
  change.number = to.finish();
}

goal_change change_at(const statement& row) {
  const auto text = [&row](int column) {
    return row.is_null(column) ? std::nullopt : std::optional<std::string>(row.text(column));
  };
  goal_change made{.number = row.integer(0), .made = decision_at(row, 1)};
  made.programme = row.text(5);
  made.target = row.text(6);
  made.field = row.text(7);
  made.before = text(8);
  made.after = text(9);
  if (!row.is_null(10)) made.data_day = day_at(row, 10);
  made.after_result = row.integer(11) != 0;
  return made;
}

}  // namespace

std::vector<goal_change> ledger_store::adopt(const programme& plan, const decision& by) {
  check(by);
  implementation::writing change(*inside_);
  std::map<std::string, asked_fields> recorded = recorded_fields(inside_->db(), plan.id());
  const bool is_first = recorded.empty();

  std::vector<goal_change> changes;
  data_days known(inside_->db());
  const auto compare = [&](const std::string& target, const asked_fields& before, const asked_fields& after) {
    if (before == after) return;
    goal_change made{.made = by, .programme = plan.id(), .target = target};
    // Who moves the deadline, or takes the target out, knew the result of the target as it was.
    for (const asked_fields* asked : {&before, &after}) {
      const auto indicator = asked->find("indicator"), window = asked->find("window");
      if (indicator == asked->end() || window == asked->end()) continue;
      const std::optional<date> day = known.of(plan, indicator->second);
      made.data_day = (std::max)(made.data_day, day);
      made.after_result = made.after_result || (day && *day >= parse_period(window->second).last());
    }
    add_differences(changes, made, before, after);
  };
  for (const programme_target& target : plan.targets()) {
    const std::string& id = target.spec->id;
    compare(id, recorded[id], fields_of(target));
    recorded.erase(id);
  }
  for (const auto& [target, fields] : recorded) compare(target, fields, {});

  if (changes.empty()) return changes;
  if (!is_first && by.reason.empty()) {
    throw invalid_input(finding{.code = code::missing_field,
                                .where = "reason",
                                .text = escaped_excerpt(changes.front().target + ", " + changes.front().field),
                                .expected = "why the goals moved",
                                .message = "a change of what is asked has a reason"});
  }
  for (goal_change& one : changes) record(change.records(), one);
  change.commit();
  return changes;
}

std::vector<goal_change> ledger_store::goal_changes(std::string_view target) const {
  const implementation::reading state(*inside_);
  std::vector<goal_change> found;
  statement read(inside_->db(), columns_of_all);
  while (read.step()) {
    if (target.empty() || read.text(6) == target) found.push_back(change_at(read));
  }
  return found;
}

}  // namespace attain::inline v0::io
