#pragma once
/** The methods that come with the library, each as data with its source, by name and version.

  `open_sdg` is the newest version of it, `open_sdg@1` an older one. What could not be checked against its publisher is marked
  (`method_spec::verified`, `caveat`); docs/methods/ has a page for each. Nothing here throws.
*/
#include <attain/core/config.hpp>
#include <attain/model/method.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0 {

/// `time_proportional`, version 1: attainment against the share of time that has passed (序时进度). Thresholds are ours, not law.
const method_spec& time_proportional();

/// All of them, by name, older versions first.
std::span<const method_spec> built_in_methods();

/// A built-in method by `name` or `name@version`, none if there is no such.
const method_spec* find_method(std::string_view reference);

/// A method of a list by `name` (the newest) or `name@version`.
const method_spec* find_method(std::span<const method_spec> among, std::string_view reference);

/// The method that a reference means beside these: one of them, else a built-in one, none if there is no such.
const method_spec* method_meant(std::span<const method_spec> own, std::string_view reference);

/// "name@version".
std::string reference_to(const method_spec& method);

/// What a reference that leads nowhere could have meant: the names of built-in methods and of those given.
std::vector<std::string> nearest_methods(std::string_view reference, std::span<const method_spec> own);

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/model/impl/built_in_methods.ipp>
#endif
