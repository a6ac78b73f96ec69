#include "json_amounts.hpp"

#include "text_source.hpp"

#include <algorithm>

namespace attain::inline v0::io::detail {

bool amount_reader::read(std::uint32_t node, double& to) const {
  return read(node, to, [&](std::string_view text) { return parse(text); });
}

bool amount_reader::read(std::uint32_t node, std::optional<double>& to) const {
  double value = 0;
  if (!read(node, value)) return false;
  to = value;
  return true;
}

bool amount_reader::read_change(std::uint32_t node, double& to) const {
  return read(node, to, [&](std::string_view text) {
    auto amount = parse(text);
    if (amount || !declared_ || !declared_->is_percentage()) return amount;
    auto points = try_parse_amount(text, parse_unit("百分点"));
    return points ? points : amount;
  });
}

bool amount_reader::read_percent(std::uint32_t node, double& to) const {
  const unit percent = parse_unit("%");
  const bool is_number = values_.document()[node].kind == json_kind::number;
  if (!read(node, to, [&](std::string_view text) { return try_parse_amount(text, percent); })) return false;
  if (!is_number) to = percent.written(to);
  return true;
}

parsed<number_text> amount_reader::parse(std::string_view text) const {
  if (named_ != nullptr) {
    const auto found = std::find_if(named_->begin(), named_->end(), [&](const auto& one) { return one.first == text; });
    if (found != named_->end()) return number_text{found->second, found->second};
  }
  auto amount = declared_ ? try_parse_amount(text, *declared_) : try_parse_number_text(text);
  if (amount || named_ == nullptr || named_->empty()) return amount;
  std::vector<std::string> names;
  for (const auto& [name, value] : *named_) names.push_back(name);
  finding problem = amount.problem();
  problem.code = code::malformed;
  problem.message = "the rating is not on the scale" + did_you_mean(text, names);
  problem.expected = any_of(names) + ", or a number from 0 to 1";
  return problem;
}

template <class Parse>
bool amount_reader::read(std::uint32_t node, double& to, Parse&& parse) const {
  const json_document& document = values_.document();
  if (document[node].kind == json_kind::number) return values_.read(node, to);
  if (document[node].kind != json_kind::string) {
    values_.refuse_type(node, "an amount: a number, or text such as \"5.85万\"");
    return false;
  }
  const parsed<number_text> amount = parse(document.string(node));
  if (!amount) {
    values_.refuse(node, amount.problem());
    return false;
  }
  if (!amount->is_plain()) {
    values_.refuse(node, code::malformed_number, "the amount is not one exact number",
                   "one number; say how exact an aim is by its kind, such as {\"about\": 1.06}");
    return false;
  }
  to = amount->low;
  return true;
}

}  // namespace attain::inline v0::io::detail
