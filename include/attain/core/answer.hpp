#pragma once

/** An answer: a value, or the reason for having none.

  Missing is never NaN, 0 or an exception (section N of the semantics). An answer has no
  truth value: "met" and "has an answer" must not be confused, so `if (answer)` does not
  compile. `value()` throws bad_answer when there is none.
*/

#include <attain/core/config.hpp>

#include <cassert>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace attain::inline v0 {

/// Why there is no value, in order of precedence: where several apply, the first is given.
enum class reason : std::uint8_t {
  not_applicable = 1,
  withdrawn,
  withheld,
  not_started,
  ambiguous,
  not_comparable,
  no_observation,
  not_due,
  stale,
  incomplete,
  denominator_zero,
  baseline_missing,
  goal_equals_baseline,
  not_scalable,
  too_early,
  too_few_observations,
  overflow,
  infeasible,
};

enum class language : std::uint8_t { english, chinese };

/// The enumerator's own name.
std::string_view to_string(reason why) noexcept;

/// The reason in a word or two, as tables and explanations have it: "not reported", 未报送.
std::string_view label_of(reason why, language in) noexcept;

/// The reason of that name, if there is one.
std::optional<reason> parse_reason(std::string_view word) noexcept;

/// The one of the two that takes precedence.
constexpr reason first_of(reason a, reason b) noexcept { return a < b ? a : b; }

/// One sentence that says what is the matter and what would give an answer.
std::string_view sentence(reason why, language in) noexcept;

/// Thrown by `answer::value()` when there is none; `what()` names the reason.
class bad_answer : public std::logic_error {
 public:
  explicit bad_answer(reason why);
  reason why() const noexcept { return why_; }

 private:
  reason why_;
};

/** A T, or a reason. As cheap as `std::variant<T, reason>`: trivially copyable when T is. */
template <class T>
class answer {
  static_assert(std::is_object_v<T> && !std::is_same_v<std::remove_cv_t<T>, reason>);

 public:
  using value_type = T;

  constexpr answer(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  constexpr answer(reason why) noexcept : state_(std::in_place_index<1>, why) {}

  constexpr bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const = delete;

  /// Throws bad_answer if there is none.
  constexpr const T& value() const& {
    if (!has_value()) throw bad_answer(why());
    return **this;
  }
  constexpr T value() && {
    if (!has_value()) throw bad_answer(why());
    return std::move(std::get<0>(state_));
  }

  /// Precondition: has_value()
  constexpr const T& operator*() const noexcept {
    assert(has_value());
    return std::get<0>(state_);
  }
  constexpr const T* operator->() const noexcept { return &**this; }

  /// Precondition: !has_value()
  constexpr reason why() const noexcept {
    assert(!has_value());
    return std::get<1>(state_);
  }

  constexpr T value_or(T otherwise) const { return has_value() ? **this : std::move(otherwise); }

  /// An answer of f(value), or the same reason.
  template <class F>
  constexpr auto transform(F&& f) const -> answer<std::remove_cvref_t<std::invoke_result_t<F, const T&>>> {
    if (!has_value()) return why();
    return std::forward<F>(f)(**this);
  }

  /// Equal values, or equal reasons; so `a == 0.5` and `a == reason::stale` read as meant.
  friend constexpr bool operator==(const answer& a, const answer& b) {
    if (!b.has_value()) return a == b.why();
    return a.has_value() && *a == *b;
  }
  friend constexpr bool operator==(const answer& a, reason why) noexcept { return !a.has_value() && a.why() == why; }

 private:
  std::variant<T, reason> state_;
};

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/core/impl/answer.ipp>
#endif
