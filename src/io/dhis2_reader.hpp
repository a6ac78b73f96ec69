#pragma once
/** From a data value set to observations. */
#include "json_fields.hpp"
#include "observation_amounts.hpp"

#include <attain/io/dhis2.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0::io::detail {

class dhis2_reader {
 public:
  /// @param plan  null: without a programme
  dhis2_reader(json_values& values, const programme* plan, const dhis2_ids& ids);

  /// One observation a data value that is read, and with it the node that it came from.
  void read();

  const std::vector<observation>& observations() const noexcept { return observations_; }
  std::uint32_t node_of(std::size_t observation) const noexcept { return nodes_[observation]; }
  /// How many data values were passed over, as their ids are in no map.
  std::size_t passed_over() const noexcept { return passed_over_; }
  /// Warnings: values that are no numbers.
  const std::vector<finding>& warnings() const noexcept { return warnings_; }

 private:
  /// What stands at the top, for values that do not say.
  struct usual {
    std::string element, period, unit, attribute;
  };

  std::string text_of(json_fields& fields, std::string_view name, bool is_required = false, std::string_view otherwise = {});
  bool truth_of(json_fields& fields, std::string_view name);
  std::optional<date> day_of(json_fields& fields, std::string_view name);
  usual read_top(std::uint32_t& list);
  void read_value(std::uint32_t node, const usual& otherwise);
  bool read_indicator(std::uint32_t node, const std::string& element, const std::string& combination, observation& to,
                      bool& is_operand);
  bool read_place(std::uint32_t node, const std::string& unit, observation& to);
  bool read_categories(std::uint32_t node, const std::string& combination, const char* dimension, observation& to);
  bool read_period(std::uint32_t node, const std::string& text, observation& to);
  void read_amount_of(json_fields& fields, observation& to, std::string& kept_text);
  bool refuse_unmapped(std::uint32_t node, const char* what, const std::string& id, const dhis2_ids::map& map);

  json_values& values_;
  const programme* plan_;
  const dhis2_ids& ids_;
  std::vector<observation> observations_;
  std::vector<std::uint32_t> nodes_;
  std::size_t passed_over_ = 0;
  std::vector<finding> warnings_;
  std::map<std::string, parsed<amount_rule>, std::less<>> rules_;  ///< by indicator
  std::map<std::string, period, std::less<>> periods_;             ///< that were read
};

}  // namespace attain::inline v0::io::detail
