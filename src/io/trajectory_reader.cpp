#include "trajectory_reader.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace attain::inline v0::io::detail {

namespace {

class trajectory_reader {
 public:
  trajectory_reader(json_values& values, const amount_reader& amounts) : values_(values), amounts_(amounts) {}

  void read(std::uint32_t node, trajectory& to) {
    const json_document& document = values_.document();
    if (document[node].kind == json_kind::string) {
      const std::string_view word = document.string(node);
      if (word == "straight" || word == "step") {
        to.kind = *parse_word<trajectory_kind>(word);
      } else {
        values_.refuse(node, code::malformed, "the text is not a trajectory", "\"straight\", \"step\" or an object");
      }
      return;
    }
    json_fields fields(values_, node, "a trajectory");
    std::uint32_t shape = no_node;
    for (const auto kind :
         {trajectory_kind::step, trajectory_kind::checkpoints, trajectory_kind::logistic, trajectory_kind::seasonal}) {
      const auto found = fields.find(to_string(kind));
      if (found == no_node) continue;
      if (shape != no_node) {
        values_.refuse(found, code::malformed,
                       "a trajectory has one shape, and this one already has " + std::string(to_string(to.kind)),
                       "one of step, checkpoints, logistic and seasonal");
        continue;
      }
      shape = found;
      to.kind = kind;
    }
    if (to.kind == trajectory_kind::checkpoints) optional_joints(fields, to);
    if (shape != no_node) {
      read_shape(shape, to);
    } else if (document[node].kind == json_kind::object) {
      values_.refuse(node, code::missing_field, "a trajectory needs a shape", "one of step, checkpoints, logistic and seasonal");
    }
    fields.finish();
  }

 private:
  void optional_joints(json_fields& fields, trajectory& to) {
    constexpr std::array<std::string_view, 2> words{"lines", "steps"};
    const auto node = fields.find("joined");
    if (node == no_node || !values_.is(node, json_kind::string, "a word")) return;
    const std::string_view word = values_.document().string(node);
    if (word == words[0] || word == words[1]) {
      to.joined_by_lines = word == words[0];
    } else {
      values_.refuse_word(node, words);
    }
  }

  void read_shape(std::uint32_t node, trajectory& to) {
    switch (to.kind) {
      case trajectory_kind::step:
        values_.read(node, to.step_day);
        return;
      case trajectory_kind::checkpoints:
        values_.each(node, "a list of checkpoints", [&](std::uint32_t point) { read_checkpoint(point, to.checkpoints); });
        return;
      case trajectory_kind::logistic: {
        json_fields curve(values_, node, "a logistic curve");
        curve.optional_share("midpoint", to.midpoint);
        curve.optional("steepness", to.steepness);
        curve.finish();
        return;
      }
      case trajectory_kind::seasonal:
        values_.each(node, "a list of numbers", [&](std::uint32_t weight) { values_.read(weight, to.seasonal.emplace_back()); });
        return;
      case trajectory_kind::by_default:
      case trajectory_kind::straight:
        return;
    }
  }

  void read_checkpoint(std::uint32_t node, std::vector<checkpoint>& to) {
    json_fields fields(values_, node, "a checkpoint");
    std::optional<date> day;
    fields.required("day", day);
    const auto share = fields.find("share");
    const auto amount = fields.find("amount");
    double value = 0;
    if (share != no_node && amount != no_node) {
      values_.refuse(amount, code::malformed, "the checkpoint has a share already", "share or amount");
    } else if (share != no_node) {
      values_.read_share(share, value);
    } else if (amount != no_node) {
      amounts_.read(amount, value);
    } else if (values_.document()[node].kind == json_kind::object) {
      values_.refuse_missing(node, "share", "a checkpoint without an amount");
    }
    fields.finish();
    if (day) to.push_back({*day, value, amount != no_node});
  }

  json_values& values_;
  const amount_reader& amounts_;
};

}  // namespace

void read_trajectory(json_values& values, std::uint32_t node, const amount_reader& amounts, trajectory& to) {
  trajectory_reader(values, amounts).read(node, to);
}

}  // namespace attain::inline v0::io::detail
