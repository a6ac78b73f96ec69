#pragma once

#include <attain/ledger/impl/quality_maker.hpp>
#include <attain/ledger/impl/quality_options.hpp>
#include <attain/ledger/impl/quality_text.hpp>
#include <attain/ledger/quality.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace attain::inline v0 {

struct quality_report::data {
  portfolio plan;
  ledger book;
  quality_options options;
  detail::quality_results found{};
};

ATTAIN_INLINE quality_report quality(const portfolio& plan, const ledger& book, const quality_options& options) {
  detail::check_quality_options(plan, options);
  auto made = std::make_shared<quality_report::data>(quality_report::data{plan, book, options});
  made->found = detail::quality_maker(made->plan, made->book, made->options).make();
  return quality_report(std::move(made));
}

ATTAIN_INLINE date quality_report::as_of() const noexcept { return data_->options.as_of; }
ATTAIN_INLINE std::optional<date> quality_report::known_at() const noexcept { return data_->options.known_at; }
ATTAIN_INLINE const portfolio& quality_report::plan() const noexcept { return data_->plan; }
ATTAIN_INLINE const ledger& quality_report::book() const noexcept { return data_->book; }
ATTAIN_INLINE std::optional<int> quality_report::days_to_report(std::uint32_t programme, std::uint32_t indicator) const noexcept {
  return data_->found.days_to_report[programme][indicator];
}
ATTAIN_INLINE std::span<const quality_finding> quality_report::findings() const noexcept { return data_->found.findings; }
ATTAIN_INLINE std::span<const quality_score> quality_report::scores() const noexcept { return data_->found.scores; }

ATTAIN_INLINE const std::string& quality_report::programme_id(const quality_finding& of) const noexcept {
  return data_->plan.programmes()[of.programme].id();
}

ATTAIN_INLINE std::string_view quality_report::indicator_id(const quality_finding& of) const noexcept {
  if (of.indicator == none) return {};
  return data_->plan.programmes()[of.programme].indicators()[of.indicator].id;
}

ATTAIN_INLINE std::string_view quality_report::place_id(const quality_finding& of) const noexcept {
  return of.place == none ? std::string_view() : data_->plan.programmes()[of.programme].places()[of.place].id;
}

ATTAIN_INLINE std::string_view quality_report::target_id(const quality_finding& of) const noexcept {
  return of.target == none ? std::string_view() : data_->plan.programmes()[of.programme].targets()[of.target].spec->id;
}

ATTAIN_INLINE std::string_view quality_report::other_id(const quality_finding& of) const noexcept {
  if (of.other == none) return {};
  const programme& plan = data_->plan.programmes()[of.programme];
  switch (of.check) {
    case quality_check::same_series:
    case quality_check::same_evidence:
      return plan.places()[of.other].id;
    case quality_check::categories_differ:
      return plan.indicators()[of.indicator].dimensions[of.other].id;
    default:
      return plan.indicators()[of.other].id;
  }
}

ATTAIN_INLINE std::string quality_report::sentence(const quality_finding& of, language in) const {
  const auto number = [](const answer<double>& x) { return x.has_value() ? detail::rounded_text(*x) : std::string(); };
  const auto share = [](const answer<double>& x) { return x.has_value() ? detail::rounded_text(*x * 100) + "%" : std::string(); };
  return detail::fill_sentence(sentence_of(of.check, in), [&](std::string_view place) -> std::string {
    if (place == "value") return number(of.value);
    if (place == "value%") return share(of.value);
    if (place == "expected") return number(of.expected);
    if (place == "expected%") return share(of.expected);
    if (place == "score") return number(of.score);
    if (place == "score%") return share(of.score);
    if (place == "threshold") return number(of.threshold);
    if (place == "effect") return number(of.effect);
    if (place == "factor") return detail::factor_text(of.threshold.value_or(0));
    if (place == "variant") return std::string(of.variant);
    if (place == "other") return escaped_excerpt(other_id(of));
    return std::to_string(of.n);
  });
}

ATTAIN_INLINE std::optional<observation> quality_report::entry(const quality_finding& of) const {
  if (!of.entry) return std::nullopt;
  return data_->book.view().entry(*of.entry);
}

}  // namespace attain::inline v0
