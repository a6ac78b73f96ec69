/** Aggregators, weights and normalisation over columns of numbers: what attain.aggregate, attain.weights and attain.normalise call. */
#include "bind.hpp"
#include "register.hpp"

#include <attain/judge/aggregate.hpp>
#include <attain/judge/normalise.hpp>
#include <attain/judge/treatment.hpp>
#include <attain/judge/weights.hpp>
#include <attain/model/words.hpp>

#include <pybind11/numpy.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace {

using column = py::array_t<double, py::array::c_style | py::array::forcecast>;
using reasons = py::array_t<std::uint8_t>;
using values_and_reasons = std::pair<column, reasons>;

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

std::span<const double> span_of(const column& values) { return {values.data(), static_cast<std::size_t>(values.size())}; }

template <attain::Worded Enum>
Enum word_of(const std::string& word, const char* what) {
  const auto found = attain::parse_word<Enum>(word);
  if (!found) throw py::value_error(std::string(what) + " is " + attain::one_of(attain::words_of<Enum>()) + ", not " + word);
  return *found;
}

/// Positions in this order are those of the enumerations.
template <class Enum, std::size_t N>
Enum one_of_words(const std::string_view (&words)[N], const std::string& word, const char* what) {
  for (std::size_t i = 0; i < N; ++i) {
    if (words[i] == word) return static_cast<Enum>(i);
  }
  throw py::value_error(std::string(what) + " is " + attain::one_of(words) + ", not " + word);
}

constexpr std::string_view scale_words[] = {"min_max",         "z_score",       "rank",      "rank_share",        "rank_position",
                                            "share_of_greatest", "share_of_sum", "share_of_length", "ratio_to_best", "nonlinear",
                                            "enhanced_accuracy", "zavadskas_turskis", "logarithmic"};
constexpr std::string_view tie_words[] = {"least", "average", "dense", "greatest"};

/// Answers one by one, NaN and the reason where there is none.
class answers {
 public:
  explicit answers(py::ssize_t n) : values_(n), reasons_(n) {}

  void put(py::ssize_t i, const attain::answer<double>& found) {
    values_.mutable_at(i) = found.has_value() ? *found : not_a_number;
    reasons_.mutable_at(i) = found.has_value() ? std::uint8_t{0} : static_cast<std::uint8_t>(found.why());
  }
  values_and_reasons take() { return {std::move(values_), std::move(reasons_)}; }

 private:
  column values_;
  reasons reasons_;
};

values_and_reasons both_or_none(const attain::answer<std::vector<double>>& found, std::size_t n) {
  answers made(static_cast<py::ssize_t>(n));
  for (std::size_t i = 0; i < n; ++i) {
    made.put(static_cast<py::ssize_t>(i), found.has_value() ? attain::answer<double>((*found)[i]) : found.why());
  }
  return made.take();
}

/// What is there of a sample, and where.
struct present {
  std::vector<double> values;
  std::vector<std::size_t> at;

  explicit present(std::span<const double> sample) {
    for (std::size_t i = 0; i < sample.size(); ++i) {
      if (std::isnan(sample[i])) continue;
      values.push_back(sample[i]);
      at.push_back(i);
    }
  }
  values_and_reasons spread(const attain::answer<std::vector<double>>& found, std::size_t n) const {
    answers made(static_cast<py::ssize_t>(n));
    for (std::size_t i = 0; i < n; ++i) made.put(static_cast<py::ssize_t>(i), attain::reason::no_observation);
    for (std::size_t i = 0; i < at.size(); ++i) {
      made.put(static_cast<py::ssize_t>(at[i]), found.has_value() ? attain::answer<double>((*found)[i]) : found.why());
    }
    return made.take();
  }
};

struct row_policy {
  attain::missing_policy missing;
  double minimum_coverage;
  bool by_count;
};

/// One row of scores, of which some may be missing (rule U9).
attain::answer<double> aggregate_row(const attain::aggregator& how, attain::penalty direction, std::span<const double> row,
                                     std::span<const double> weights, const row_policy& policy) {
  std::vector<double> scores;
  std::vector<double> of;
  double answered = 0;
  double all = 0;
  for (std::size_t k = 0; k < row.size(); ++k) {
    const double share = policy.by_count ? (weights[k] > 0 ? 1 : 0) : weights[k];
    all += share;
    const bool is_missing = std::isnan(row[k]);
    if (!is_missing) answered += share;
    if (is_missing && policy.missing != attain::missing_policy::count_as_zero) continue;
    scores.push_back(is_missing ? 0 : row[k]);
    of.push_back(weights[k]);
  }
  const double least = policy.missing == attain::missing_policy::refuse ? 1 : policy.minimum_coverage;
  if (all > 0 && answered > 0 && answered / all < least - 1e-9) return attain::reason::incomplete;
  if (how.kind == attain::aggregation::penalised_mean && direction == attain::penalty::up)
    return attain::penalised_mean(scores, of, how.spread, direction);
  return attain::aggregate(how, scores, of);
}

values_and_reasons aggregate_rows(const std::string& kind, const column& scores, const column& weights, double exponent, double alpha,
                                  double beta, const std::string& divisor, bool up, std::optional<double> floor,
                                  const std::string& missing, double minimum_coverage, bool by_count) {
  if (scores.ndim() != 2 || weights.ndim() != 1 || scores.shape(1) != weights.shape(0)) {
    throw py::value_error("scores have the shape (rows, children) and weights the shape (children,)");
  }
  const attain::aggregator how{.kind = word_of<attain::aggregation>(kind, "the aggregator"),
                               .exponent = exponent,
                               .alpha = alpha,
                               .beta = beta,
                               .spread = word_of<attain::divisor>(divisor, "the divisor"),
                               .floor = floor};
  const row_policy policy{word_of<attain::missing_policy>(missing, "missing"), minimum_coverage, by_count};
  const auto children = static_cast<std::size_t>(scores.shape(1));
  answers made(scores.shape(0));
  for (py::ssize_t i = 0; i < scores.shape(0); ++i) {
    const std::span<const double> row(scores.data() + i * scores.shape(1), children);
    made.put(i, aggregate_row(how, up ? attain::penalty::up : attain::penalty::down, row, span_of(weights), policy));
  }
  return made.take();
}

/// Weights, or the reason for having none.
std::pair<column, int> entropy_of(const column& scores, const std::string& transform) {
  if (scores.ndim() != 2) throw py::value_error("scores have the shape (units, children)");
  std::vector<std::vector<double>> columns(static_cast<std::size_t>(scores.shape(1)));
  for (py::ssize_t i = 0; i < scores.shape(0); ++i) {
    for (py::ssize_t j = 0; j < scores.shape(1); ++j) {
      if (!std::isnan(scores.at(i, j))) columns[static_cast<std::size_t>(j)].push_back(scores.at(i, j));
    }
  }
  const auto found = attain::entropy_weights(columns, word_of<attain::entropy_transform>(transform, "the transform"));
  if (!found.has_value()) return {column(0), static_cast<int>(found.why())};
  return {column(static_cast<py::ssize_t>(found->size()), found->data()), 0};
}

py::tuple priorities_of(const column& matrix, const std::string& method, const std::string& index) {
  if (matrix.ndim() != 2) throw py::value_error("comparisons have the shape (children, children)");
  const auto n = static_cast<std::size_t>(matrix.shape(0));
  const auto p = attain::priorities_of(attain::completed_comparisons(span_of(matrix), n), n,
                                       word_of<attain::priority_method>(method, "the priority method"),
                                       word_of<attain::random_index>(index, "the random index"));
  const py::object ratio = p.consistency_ratio.has_value() ? py::object(py::float_(*p.consistency_ratio)) : py::object(py::none());
  return py::make_tuple(column(static_cast<py::ssize_t>(p.weights.size()), p.weights.data()), p.lambda_max, p.consistency_index, ratio);
}

/// Calls score(x) for each value that is there.
template <class Score>
values_and_reasons each(const column& values, Score score) {
  answers made(values.size());
  for (py::ssize_t i = 0; i < values.size(); ++i) {
    const double x = values.data()[i];
    made.put(i, std::isnan(x) ? attain::answer<double>(attain::reason::no_observation) : score(x));
  }
  return made.take();
}

attain::sample_options options_of(bool larger_is_better, const std::string& divisor, const std::string& ties) {
  return {.larger_is_better = larger_is_better,
          .spread = word_of<attain::divisor>(divisor, "the divisor"),
          .ties = one_of_words<attain::ties>(tie_words, ties, "ties")};
}

}  // namespace

void register_composites(py::module_& m) {
  m.def("aggregate_rows", &aggregate_rows, "kind"_a, "scores"_a, "weights"_a, "exponent"_a, "alpha"_a, "beta"_a, "divisor"_a, "up"_a,
        "floor"_a, "missing"_a, "minimum_coverage"_a, "by_count"_a, "One answer a row; NaN is missing.");
  m.def("entropy_weights", &entropy_of, "scores"_a, "transform"_a, "Weights, or none and the number of the reason.");
  m.def("priorities", &priorities_of, "comparisons"_a, "method"_a, "index"_a,
        "Weights, principal eigenvalue, consistency index and ratio.");
  m.def(
      "completed_comparisons",
      [](const column& matrix) {
        if (matrix.ndim() != 2) throw py::value_error("comparisons have the shape (children, children)");
        const auto found = attain::completed_comparisons(span_of(matrix), static_cast<std::size_t>(matrix.shape(0)));
        return column(static_cast<py::ssize_t>(found.size()), found.data());
      },
      "comparisons"_a, "The matrix row by row, its missing entries filled in.");
  m.def(
      "effective_weights",
      [](const std::vector<std::uint32_t>& parents, const std::vector<double>& weights) {
        const auto found = attain::effective_weights(parents, weights);
        return column(static_cast<py::ssize_t>(found.size()), found.data());
      },
      "parents"_a, "weights"_a, "Products of the normalised weights on each path.");
  m.def(
      "goalpost_scores",
      [](const column& values, double worst, double best, bool logarithmic, bool clamp_low, bool clamp_high) {
        const attain::goalposts between{worst, best, logarithmic, clamp_low, clamp_high};
        return each(values, [&](double x) { return attain::goalpost_score(x, between); });
      },
      "values"_a, "worst"_a, "best"_a, "logarithmic"_a, "clamp_low"_a, "clamp_high"_a, "One score a value.");
  m.def(
      "efficacy_scores",
      [](const column& values, double not_allowed, double satisfactory, double span, double base) {
        return each(values, [&](double x) { return attain::efficacy_score(x, not_allowed, satisfactory, span, base); });
      },
      "values"_a, "not_allowed"_a, "satisfactory"_a, "span"_a, "base"_a, "One score a value.");
  m.def(
      "interval_scores",
      [](const column& values, double low, double high, double reach) {
        return each(values, [&](double x) { return attain::interval_score(x, low, high, reach); });
      },
      "values"_a, "low"_a, "high"_a, "reach"_a, "One score a value.");
  m.def(
      "reference_scores",
      [](const column& values, double reference, bool distance) {
        return each(values, [&](double x) {
          return distance ? attain::distance_to_reference(x, reference) : attain::ratio_to_reference(x, reference);
        });
      },
      "values"_a, "reference"_a, "distance"_a, "One score a value.");
  m.def(
      "stepped_scores",
      [](const column& values, const std::vector<double>& edges, const std::vector<double>& scores, double below) {
        return each(values, [&](double x) { return attain::answer<double>(attain::stepped_score(x, edges, scores, below)); });
      },
      "values"_a, "edges"_a, "scores"_a, "below"_a, "One score a value.");
  m.def(
      "sample_scores",
      [](const column& values, const std::string& scale, bool larger_is_better, const std::string& divisor, const std::string& ties) {
        const auto kind = one_of_words<attain::sample_scale>(scale_words, scale, "the scale");
        const present sample(span_of(values));
        return sample.spread(attain::sample_scores(sample.values, kind, options_of(larger_is_better, divisor, ties)),
                             static_cast<std::size_t>(values.size()));
      },
      "values"_a, "scale"_a, "larger_is_better"_a, "divisor"_a, "ties"_a, "One score a value; NaN is missing.");
  m.def(
      "distances_to_target",
      [](const column& values, double target, bool larger_is_better, bool cap) {
        const present sample(span_of(values));
        return sample.spread(attain::distance_to_target(sample.values, target, larger_is_better, cap),
                             static_cast<std::size_t>(values.size()));
      },
      "values"_a, "target"_a, "larger_is_better"_a, "cap"_a, "One score a value; NaN is missing.");
  m.def(
      "around_mean",
      [](const column& values, double margin) {
        const present sample(span_of(values));
        return sample.spread(attain::around_mean(sample.values, margin), static_cast<std::size_t>(values.size()));
      },
      "values"_a, "margin"_a, "One score a value; NaN is missing.");
  m.def(
      "shape_of_sample",
      [](const column& values) {
        const present sample(span_of(values));
        return both_or_none(attain::skewness(sample.values).has_value() && attain::excess_kurtosis(sample.values).has_value()
                          ? attain::answer<std::vector<double>>(std::vector<double>{*attain::skewness(sample.values),
                                                                                    *attain::excess_kurtosis(sample.values)})
                          : attain::excess_kurtosis(sample.values).why(),
                      2);
      },
      "values"_a, "Skewness and excess kurtosis.");
  m.def(
      "winsorised",
      [](const column& values, double skewness, double kurtosis, int most_points) {
        const present sample(span_of(values));
        const attain::winsorised found =
            attain::winsorise(sample.values, {.skewness = skewness, .kurtosis = kurtosis, .most_points = most_points});
        const auto [treated, missing] = sample.spread(found.values, static_cast<std::size_t>(values.size()));
        return py::make_tuple(treated, found.replaced, found.passes);
      },
      "values"_a, "skewness"_a, "kurtosis"_a, "most_points"_a, "Treated values, how many were replaced, and whether they pass.");
}
