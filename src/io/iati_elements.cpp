#include "iati_elements.hpp"

#include <algorithm>

namespace attain::inline v0::io::detail {

const std::string* iati_element::attribute(std::string_view wanted) const noexcept {
  const auto found = std::find_if(attributes.begin(), attributes.end(), [&](const auto& given) { return given.first == wanted; });
  return found == attributes.end() ? nullptr : &found->second;
}

iati_element& iati_elements::add(std::string_view name, std::span<const xml_attribute> attributes, xml_position at) {
  iati_element& made = all_.emplace_back(iati_element{.name = std::string(name), .at = at});
  bytes_ += sizeof(iati_element) + name.size();
  for (const auto& [key, value] : attributes) {
    made.attributes.emplace_back(key, value);
    bytes_ += key.size() + value.size();
  }
  return made;
}

void iati_elements::begin(std::uint32_t number, std::string_view name, std::span<const xml_attribute> attributes,
                          xml_position at) {
  clear();
  add(name, attributes, at).number = number;
  open_.push_back({.element = 0});
}

void iati_elements::open(std::string_view name, std::span<const xml_attribute> attributes, xml_position at) {
  const auto index = static_cast<std::uint32_t>(all_.size());
  open_element& parent = open_.back();
  iati_element& made = add(name, attributes, at);
  made.parent = parent.element;
  made.number = ++parent.numbers[made.name];
  (parent.last == no_element ? all_[parent.element].first : all_[parent.last].next) = index;
  parent.last = index;
  open_.push_back({.element = index});
}

void iati_elements::text(std::string_view piece) {
  all_[open_.back().element].text.append(piece);
  bytes_ += piece.size();
}

void iati_elements::close() noexcept { open_.pop_back(); }

void iati_elements::clear() noexcept {
  all_.clear();
  open_.clear();
  bytes_ = 0;
}

std::uint32_t iati_elements::find(std::uint32_t within, std::string_view name) const noexcept {
  auto child = all_[within].first;
  while (child != no_element && all_[child].name != name) child = all_[child].next;
  return child;
}

std::size_t iati_elements::count(std::uint32_t within, std::string_view name) const noexcept {
  std::size_t found = 0;
  each(within, name, [&](std::uint32_t) { ++found; });
  return found;
}

std::string iati_elements::path(std::uint32_t element) const {
  std::vector<std::uint32_t> steps;
  for (; element != no_element; element = all_[element].parent) steps.push_back(element);
  std::string text;
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    if (!text.empty()) text += '/';
    text += all_[*step].name + '[' + std::to_string(all_[*step].number) + ']';
  }
  return text;
}

}  // namespace attain::inline v0::io::detail
