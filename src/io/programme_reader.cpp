#include "programme_reader.hpp"

#include "aim_reader.hpp"
#include "json_amounts.hpp"
#include "method_reader.hpp"
#include "trajectory_reader.hpp"

#include <attain/core/unit.hpp>

#include <array>
#include <map>

namespace attain::inline v0::io::detail {

namespace {

class programme_reader {
 public:
  explicit programme_reader(json_values& values) : values_(values) {}

  std::optional<programme_spec> read() {
    programme_spec spec;
    json_fields fields(values_, 0, "a programme");
    const auto format = fields.require("format");
    if (format != no_node && !is_this_format(format)) return std::nullopt;
    fields.required("id", spec.id);
    fields.optional("name", spec.name);
    fields.optional("source", spec.source);
    fields.optional("note", spec.note);
    optional_window(fields, spec.window);
    fields.optional("method", spec.method);
    optional_list(fields, "methods", spec.methods);
    if (const auto node = fields.find("defaults"); node != no_node) read(node, spec.defaults);
    if (const auto node = fields.find("roll_up"); node != no_node) read(node, spec.roll_up);
    optional_list(fields, "places", spec.places);
    required_list(fields, "indicators", spec.indicators);
    required_list(fields, "projects", spec.projects);
    fields.finish();
    return spec;
  }

 private:
  bool is_this_format(std::uint32_t node) {
    std::string format;
    if (!values_.read(node, format)) return false;
    if (format == programme_format) return true;
    const bool other_version = format.starts_with(programme_format.substr(0, programme_format.find('/') + 1));
    values_.refuse(node, code::malformed,
                   other_version ? "the programme is written in another version of the format" : "the text is of another format",
                   "\"" + std::string(programme_format) + "\"");
    return false;
  }

  /// @param with  what reading an element takes besides
  template <class Spec, class... With>
  void list(std::uint32_t node, std::vector<Spec>& to, const With&... with) {
    const std::size_t rows = values_.count(node);
    if (!is_in_proportion(node, rows, sizeof(Spec))) return;
    to.reserve(rows);
    values_.each(node, "a list", [&](std::uint32_t element) {
      read(element, with..., to.emplace_back());
      if (values_.problems().full()) to.pop_back();  // nobody will look at it, and there may be millions
    });
  }

  /// Rows of next to nothing would take many times the memory of their text: so many of them are refused.
  bool is_in_proportion(std::uint32_t list, std::size_t rows, std::size_t bytes_each) {
    constexpr std::size_t free = std::size_t{32} << 20, times_the_text = 24;
    const std::size_t most = free + times_the_text * values_.problems().text().size() - bytes_of_rows_;
    if (rows > most / bytes_each) {
      values_.refuse(list, code::too_large, "the list is too long for so little text",
                     "at most " + std::to_string(most / bytes_each) + " rows, or longer ones");
      return false;
    }
    bytes_of_rows_ += rows * bytes_each;
    return true;
  }

  template <class Spec>
  void optional_list(json_fields& fields, std::string_view name, std::vector<Spec>& to) {
    if (const auto node = fields.find(name); node != no_node) list(node, to);
  }
  template <class Spec>
  void required_list(json_fields& fields, std::string_view name, std::vector<Spec>& to) {
    if (const auto node = fields.require(name); node != no_node) list(node, to);
  }

  void optional_window(json_fields& fields, std::optional<period>& to) {
    const auto node = fields.find("window");
    if (node == no_node) return;
    json_fields window(values_, node, "a window");
    std::optional<date> start;
    std::optional<date> due;
    window.required("start", start);
    window.required("due", due);
    window.finish();
    if (!start || !due) return;
    if (*due == date::max()) {
      values_.refuse(window.find("due"), code::out_of_range, "no day follows the due day", "a day before 9999-12-31");
      return;
    }
    to = period{*start, *due + 1};
  }

  void read(std::uint32_t node, method_spec& to) { read_method(values_, node, false, to); }

  void read(std::uint32_t node, defaults_spec& to) {
    json_fields fields(values_, node, "the defaults");
    fields.optional_share("minimum_coverage_of_reading", to.minimum_coverage_of_reading);
    fields.optional_share("minimum_coverage_of_node", to.minimum_coverage_of_node);
    fields.optional("allowed_failed_periods", to.allowed_failed_periods);
    fields.optional_share("score_cap", to.score_cap);
    fields.optional_share("too_early_below", to.too_early_below);
    fields.finish();
  }

  void read(std::uint32_t node, roll_up_spec& to) {
    json_fields fields(values_, node, "a roll-up");
    fields.optional("aggregator", to.aggregator);
    fields.optional("exponent", to.exponent);
    fields.optional_share("floor", to.floor);
    fields.optional_share("alpha", to.alpha);
    fields.optional("beta", to.beta);
    fields.optional("divisor", to.divisor);
    if (const auto weights = fields.find("weights"); weights != no_node) read(weights, to.weights);
    fields.optional_share("minimum_coverage", to.minimum_coverage);
    fields.optional("not_due", to.not_due);
    fields.optional("missing", to.missing);
    optional_list(fields, "rules", to.rules);
    fields.finish();
  }

  void read(std::uint32_t node, weights_spec& to) {
    json_fields fields(values_, node, "weights");
    fields.required("by", to.by);
    if (const auto measures = fields.find("measures"); measures != no_node) {
      values_.each_member(measures, "an object of children and targets", [&](std::string_view child, std::uint32_t target) {
        values_.read(target, to.measures.emplace_back(child, "").second);
      });
    }
    optional_list(fields, "comparisons", to.comparisons);
    fields.optional("priority", to.priority);
    fields.optional("index", to.index);
    fields.optional("transform", to.transform);
    fields.finish();
  }

  void read(std::uint32_t node, comparison_spec& to) {
    json_fields fields(values_, node, "a comparison");
    fields.required("child", to.child);
    fields.required("over", to.over);
    fields.required("times", to.times);
    fields.finish();
  }

  void read(std::uint32_t node, rule_spec& to) {
    json_fields fields(values_, node, "a rule");
    fields.optional("name", to.name);
    fields.required("effect", to.effect);
    fields.required("of", to.of);
    fields.optional("when", to.when);
    fields.optional_share("below", to.below);
    fields.optional("count", to.count);
    fields.optional_share("score", to.score);
    fields.optional("grade", to.grade);
    fields.optional_share("points", to.points);
    fields.optional("per_unit", to.per_unit);
    fields.optional_share("most", to.most);
    fields.finish();
  }

  void read(std::uint32_t node, place_spec& to) {
    json_fields fields(values_, node, "a place");
    fields.required("id", to.id);
    fields.optional("name", to.name);
    fields.optional("within", to.within);
    fields.optional("weight", to.weight);
    fields.finish();
  }

  void read(std::uint32_t node, step_spec& to) {
    json_fields fields(values_, node, "a step");
    fields.required("id", to.id);
    fields.optional("name", to.name);
    fields.optional("weight", to.weight);
    fields.optional("due", to.due);
    fields.finish();
  }

  void read(std::uint32_t node, dimension_spec& to) {
    json_fields fields(values_, node, "a dimension");
    fields.required("id", to.id);
    fields.required("categories", to.categories);
    fields.optional("complete", to.complete);
    fields.finish();
  }

  void read(std::uint32_t node, indicator_spec& to) {
    json_fields fields(values_, node, "an indicator");
    fields.required("id", to.id);
    fields.optional("name", to.name);
    fields.required("kind", to.kind);
    const bool unit_is_share = to.kind == indicator_kind::steps || to.kind == indicator_kind::rating;
    if (const auto unit = unit_is_share ? fields.find("unit") : fields.require("unit"); unit != no_node) values_.read(unit, to.unit);
    optional_reporting_period(fields, to);
    fields.optional("maximum_age", to.maximum_age);
    if (const auto limit = fields.find("natural_limit"); limit != no_node) amount_reader(values_, known_unit(to.unit)).read(limit, to.natural_limit);
    fields.optional("allowed_lag", to.allowed_lag);
    fields.optional("indivisible", to.indivisible);
    fields.optional("origin", to.counted_from);
    if (const auto eve = fields.find("eve_amount"); eve != no_node) amount_reader(values_, known_unit(to.unit)).read(eve, to.eve_amount);
    fields.optional("across_places", to.across_places);
    fields.optional("weighted_by", to.weighted_by);
    fields.optional("numerator", to.numerator);
    fields.optional("denominator", to.denominator);
    fields.optional("expression", to.expression);
    fields.optional("inputs", to.inputs);
    optional_list(fields, "steps", to.steps);
    if (const auto scale = fields.find("scale"); scale != no_node) {
      values_.each_member(scale, "an object of names and amounts", [&](std::string_view name, std::uint32_t amount) {
        values_.read_share(amount, to.scale.emplace_back(name, 0).second);
      });
    }
    fields.optional("authors", to.authors);
    optional_list(fields, "dimensions", to.dimensions);
    fields.optional("stage", to.stage);
    fields.optional("scope", to.scope);
    fields.optional("note", to.note);
    fields.optional("source", to.source);
    fields.finish();
    written_as_.try_emplace(to.id, form_of_amounts{known_unit(to.unit), to.scale});
  }

  void optional_reporting_period(json_fields& fields, indicator_spec& to) {
    const auto node = fields.find("period");
    if (node == no_node) return;
    const json_document& document = values_.document();
    if (document[node].kind == json_kind::number) {
      values_.read(node, to.period_days);
    } else if (values_.is(node, json_kind::string, "\"month\" or the like, or a number of days")) {
      read_frequency(node, to.period);
    }
  }

  void read_frequency(std::uint32_t node, std::optional<frequency>& to) {
    constexpr std::array<std::string_view, 7> words{"day", "week", "ten_days", "month", "quarter", "half_year", "year"};
    if (!values_.is(node, json_kind::string, "a word")) return;
    to = parse_frequency(values_.document().string(node));
    if (!to) values_.refuse_word(node, words);
  }

  void read(std::uint32_t node, project_spec& to) {
    json_fields fields(values_, node, "a project");
    fields.required("id", to.id);
    fields.optional("name", to.name);
    fields.optional("weight", to.weight);
    optional_window(fields, to.window);
    fields.optional("due", to.due);
    fields.optional("responsible", to.responsible);
    if (const auto roll_up = fields.find("roll_up"); roll_up != no_node) read(roll_up, to.roll_up);
    fields.optional("group", to.group);
    fields.optional("text", to.text);
    fields.optional("note", to.note);
    fields.optional("source", to.source);
    optional_list(fields, "projects", to.projects);
    optional_list(fields, "targets", to.targets);
    fields.finish();
  }

  void read(std::uint32_t node, target_spec& to) {
    json_fields fields(values_, node, "a target");
    fields.required("id", to.id);
    fields.optional("name", to.name);
    fields.optional("text", to.text);
    fields.optional("note", to.note);
    fields.optional("source", to.source);
    fields.required("indicator", to.indicator);
    const amount_reader amounts = amounts_of(to.indicator);
    optional_aim(fields, amounts, to.aim);
    fields.optional("place", to.place);
    optional_quotas(fields, amounts, to.quotas);
    optional_cadence(fields, to.cadence);
    fields.optional("judged", to.judged);
    fields.optional("allowed_failed_periods", to.allowed_failed_periods);
    optional_window(fields, to.window);
    if (const auto baseline = fields.find("baseline"); baseline != no_node) amounts.read(baseline, to.baseline);
    if (const auto shape = fields.find("trajectory"); shape != no_node) read_trajectory(values_, shape, amounts, to.trajectory);
    fields.optional("standard", to.standard);
    fields.optional("open_group", to.open_group);
    fields.optional("weight", to.weight);
    optional_belonging(fields, to);
    fields.optional("partition", to.partition);
    if (const auto aliases = fields.find("aliases"); aliases != no_node) {
      list(aliases, to.aliases, amounts);
    }
    if (const auto dimensions = fields.find("disaggregation"); dimensions != no_node) {
      values_.each_member(dimensions, "an object of dimensions and categories", [&](std::string_view name, std::uint32_t category) {
        values_.read(category, to.disaggregation.emplace_back(name, "").second);
      });
    }
    optional_withdrawal(fields, to);
    if (const auto history = fields.find("history"); history != no_node) {
      list(history, to.history, amounts);
    }
    fields.optional("recorded", to.recorded);
    fields.optional("author", to.author);
    fields.optional("reason", to.reason);
    fields.finish();
  }

  void read(std::uint32_t node, const amount_reader& amounts, target_row& to) {
    json_fields fields(values_, node, "a history row");
    fields.optional("recorded", to.recorded);
    fields.optional("author", to.author);
    fields.optional("reason", to.reason);
    optional_aim(fields, amounts, to.aim);
    if (const auto baseline = fields.find("baseline"); baseline != no_node) amounts.read(baseline, to.baseline);
    fields.optional("weight", to.weight);
    optional_window(fields, to.window);
    if (const auto quotas = fields.find("quotas"); quotas != no_node) read(quotas, amounts, to.quotas.emplace());
    fields.finish();
  }

  void read(std::uint32_t node, const amount_reader& amounts, alias_spec& to) {
    json_fields fields(values_, node, "an alias");
    fields.required("id", to.id);
    optional_aim(fields, amounts, to.aim);
    fields.optional("text", to.text);
    fields.finish();
  }

  void optional_quotas(json_fields& fields, const amount_reader& amounts, std::vector<quota_spec>& to) {
    if (const auto quotas = fields.find("quotas"); quotas != no_node) read(quotas, amounts, to);
  }

  void read(std::uint32_t node, const amount_reader& amounts, std::vector<quota_spec>& to) {
    values_.each_member(node, "an object of places and goals", [&](std::string_view place, std::uint32_t goal) {
      quota_spec& quota = to.emplace_back();
      quota.place = place;
      if (values_.document()[goal].kind != json_kind::object) {
        amounts.read(goal, quota.goal);
        return;
      }
      json_fields fields(values_, goal, "a quota");
      if (const auto amount = fields.require("goal"); amount != no_node) amounts.read(amount, quota.goal);
      if (const auto baseline = fields.find("baseline"); baseline != no_node) amounts.read(baseline, quota.baseline);
      fields.finish();
    });
  }

  void optional_cadence(json_fields& fields, std::optional<cadence>& to) {
    const auto node = fields.find("cadence");
    if (node == no_node) return;
    constexpr std::string_view expected = "\"by\", \"throughout\" or {\"every\": \"month\"}";
    if (values_.document()[node].kind == json_kind::object) {
      json_fields recurring(values_, node, "a cadence");
      std::optional<frequency> every;
      if (const auto word = recurring.require("every"); word != no_node) read_frequency(word, every);
      recurring.finish();
      if (every) to = cadence{cadence_kind::every, *every};
      return;
    }
    if (!values_.is(node, json_kind::string, expected)) return;
    const auto kind = parse_word<cadence_kind>(values_.document().string(node));
    if (!kind || kind == cadence_kind::every) {
      values_.refuse(node, code::malformed, "the text is not a cadence", std::string(expected));
      return;
    }
    to = cadence{*kind, frequency::month};
  }

  void optional_belonging(json_fields& fields, target_spec& to) {
    for (const auto kind : {belonging::part, belonging::attribute, belonging::input}) {
      const auto node = fields.find(to_string(kind));
      if (node == no_node) continue;
      if (to.belongs != belonging::none) {
        values_.refuse(node, code::malformed, "the target already belongs to another one as " + std::string(to_string(to.belongs)),
                       "one of part_of, attribute_of and input_of");
        continue;
      }
      if (values_.read(node, to.belongs_to)) to.belongs = kind;
    }
  }

  void optional_withdrawal(json_fields& fields, target_spec& to) {
    const auto node = fields.find("withdrawn");
    if (node == no_node) return;
    json_fields withdrawal(values_, node, "a withdrawal");
    withdrawal.optional("recorded", to.withdrawn_on);
    withdrawal.optional("reason", to.withdrawn_reason);
    withdrawal.finish();
    to.withdrawn = true;
  }

  void optional_aim(json_fields& fields, const amount_reader& amounts, std::optional<aim>& to) {
    const auto node = fields.find("aim");
    if (node == no_node) return;
    aim read;
    if (read_aim(values_, node, amounts, read)) to = read;
  }

  static std::optional<unit> known_unit(std::string_view symbol) {
    const auto known = try_parse_unit(symbol);
    return known ? std::optional<unit>(*known) : std::nullopt;
  }

  amount_reader amounts_of(const std::string& indicator) {
    const auto found = written_as_.find(indicator);
    if (found == written_as_.end()) return {values_, std::nullopt};
    const form_of_amounts& form = found->second;
    return {values_, form.in, form.scale.empty() ? nullptr : &form.scale};
  }

  struct form_of_amounts {
    std::optional<unit> in;
    amount_reader::scale scale;  ///< of a rating
  };

  json_values& values_;
  std::size_t bytes_of_rows_ = 0;                      ///< that lists have taken
  std::map<std::string, form_of_amounts> written_as_;  ///< by indicator
};

}  // namespace

std::optional<programme_spec> read_programme(json_values& values) { return programme_reader(values).read(); }

}  // namespace attain::inline v0::io::detail
