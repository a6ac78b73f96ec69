#pragma once

#include <attain/model/impl/finding_list.hpp>

#include <attain/core/id.hpp>
#include <attain/core/number_text.hpp>
#include <attain/model/words.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace attain::inline v0::detail {

ATTAIN_INLINE std::string path::text(const path* below) const {
  std::string text;  // from its end, since a part knows the one above it
  for (const path* part = this; part != below && part != nullptr; part = part->up) {
    if (part->field.empty()) continue;
    if (part->index != no_index) {
      std::size_t left = part->index;
      do text += static_cast<char>('0' + left % 10);
      while ((left /= 10) != 0);
      text += '/';
    }
    for (std::size_t i = part->field.size(); i-- > 0;) {
      const char c = part->field[i];
      if (c == '~')
        text += "0~";
      else if (c == '/')
        text += "1~";
      else
        text += c;
    }
    text += '/';
  }
  std::reverse(text.begin(), text.end());
  return text;
}

ATTAIN_INLINE std::string shown(double value) {
  if (std::isnan(value)) return "not a number";
  if (std::isinf(value)) return value > 0 ? "infinity" : "-infinity";
  return to_text(value);
}

ATTAIN_INLINE std::string joined_by_arrows(const std::vector<std::string_view>& ids) {
  constexpr std::size_t at_each_end = 50;
  std::string text;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (i > 0) text += " → ";
    if (ids.size() > 2 * at_each_end && i == at_each_end) {
      const std::size_t left_out = ids.size() - 2 * at_each_end;
      text += "(" + std::to_string(left_out) + " more) → ";
      i += left_out;
    }
    text += escaped_excerpt(ids[i]);
  }
  return text;
}

ATTAIN_INLINE void finding_list::add(finding f) {
  const bool is_error = f.severity == severity::error;
  if ((is_error ? errors_ : found_.size() - errors_) >= max_findings) {
    ++unlisted_;
    return;
  }
  errors_ += is_error;
  found_.push_back(std::move(f));
}

ATTAIN_INLINE std::vector<finding> finding_list::take() {
  if (unlisted_ > 0) {
    found_.push_back(
        {.severity = severity::note,
         .code = code::too_large,
         .message = std::to_string(unlisted_) + (unlisted_ == 1 ? " more finding is" : " more findings are") + " not listed"});
  }
  return std::move(found_);
}

ATTAIN_INLINE void finding_list::error(code what, const path& where, std::string_view text, std::string expected,
                                       std::string message) {
  add({severity::error, what, where.text(), escaped_excerpt(text), std::move(expected), std::move(message)});
}

ATTAIN_INLINE void finding_list::warning(code what, const path& where, std::string_view text, std::string expected,
                                         std::string message) {
  add({severity::warning, what, where.text(), escaped_excerpt(text), std::move(expected), std::move(message)});
}

ATTAIN_INLINE void finding_list::check_name(const path& where, std::string_view name) {
  if (name.empty()) return;
  if (attain::check_name(name, {})) add(*attain::check_name(name, where.text()));
}

ATTAIN_INLINE void finding_list::check_text(const path& where, std::string_view text) {
  if (text.empty()) return;
  if (text.size() > max_text_bytes)
    error(code::too_large, where, text, "at most " + std::to_string(max_text_bytes) + " bytes",
          "the text has " + std::to_string(text.size()) + " bytes");
  else if (const auto bad = find_invalid_utf8(text))
    error(code::bad_encoding, where, text, "UTF-8", "the text is not UTF-8 from byte " + std::to_string(*bad + 1) + " on");
}

ATTAIN_INLINE bool finding_list::check_finite(const path& where, double value, std::string_view noun) {
  if (std::isfinite(value)) return true;
  error(code::not_finite, where, shown(value), "a finite number", "the " + std::string(noun) + " is " + shown(value));
  return false;
}

ATTAIN_INLINE bool finding_list::check_weight(const path& where, double weight) {
  if (!check_finite(where, weight, "weight")) return false;
  if (weight >= 0) return true;
  error(code::negative_weight, where, shown(weight), "0 or more", "the weight " + shown(weight) + " is negative");
  return false;
}

ATTAIN_INLINE void finding_list::check_share(const path& where, double share, std::string_view noun) {
  if (!check_finite(where, share, noun) || (share >= 0 && share <= 1)) return;
  error(code::out_of_range, where, shown(share), "0 to 1", "the " + std::string(noun) + " is " + shown(share));
}

ATTAIN_INLINE void finding_list::check_count(const path& where, std::optional<int> count, int least, std::string_view noun) {
  constexpr int most = 1000 * 366;  // what is counted is days or periods, and nothing lasts longer
  if (!count || (*count >= least && *count <= most)) return;
  error(code::out_of_range, where, std::to_string(*count), std::to_string(least) + " to " + std::to_string(most),
        "the " + std::string(noun) + " is " + std::to_string(*count));
}

ATTAIN_INLINE bool finding_list::check_window(const path& where, const std::optional<period>& window) {
  if (!window || window->start < window->end) return true;
  const path due{&where, "due"};
  const std::string last = window->end == (date::min)() ? "before " + to_string(window->end) : to_string(window->end - 1);
  error(code::due_before_start, due, last, to_string(window->start) + " or later",
        "the window starts on " + to_string(window->start) + " and is due on " + last);
  return false;
}

ATTAIN_INLINE void finding_list::check_callable(const path& where, std::string_view name, code unknown, std::string_view noun,
                                                std::span<const std::string_view> known) {
  if (std::find(known.begin(), known.end(), name) != known.end() || parse_custom_name(name)) return;
  if (is_custom(name))
    error(code::malformed_custom, where, name, "custom:NAME@VERSION",
          "the name of a custom " + std::string(noun) + " has another form");
  else
    error(unknown, where, name, one_of(known) + ", or custom:NAME@VERSION",
          "there is no " + std::string(noun) + " " + escaped_excerpt(name));
}

ATTAIN_INLINE void finding_list::check_unused(bool given, const path& where, std::string_view holder) {
  if (given) warning(code::unused_field, where, "", "the field left out", std::string(where.field) + " has no meaning for " + std::string(holder));
}

}  // namespace attain::inline v0::detail
