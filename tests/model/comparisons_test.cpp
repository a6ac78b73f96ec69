#include <attain/core/error.hpp>
#include <attain/model/comparisons.hpp>

#include "support/catch.hpp"

#include <cmath>
#include <string>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

using numbers = std::vector<double>;

// OECD/JRC Handbook (2008), Table 20; weights and λ of a LAPACK eigensolver.
const numbers handbook{1,     2,     3, 2,     5, 5, 1,    3,   1.0 / 2, 1,       2,   1.0 / 2, 4, 4, 1.0 / 2, 3,
                       1. / 3, 1. / 2, 1, 1. / 4, 2, 2, 1. / 5, 1. / 2, 1. / 2, 2, 4, 1, 4, 4, 1. / 2, 3,
                       1. / 5, 1. / 4, 1. / 2, 1. / 4, 1, 1, 1. / 5, 1. / 2, 1. / 5, 1. / 4, 1. / 2, 1. / 4, 1, 1, 1. / 5, 1. / 2,
                       1, 2, 5, 2, 5, 5, 1, 4, 1. / 3, 1. / 3, 2, 1. / 3, 2, 2, 1. / 4, 1};

}  // namespace

TEST_CASE("priorities are the principal eigenvector, with the consistency of the comparisons (U11)", "[model][comparisons]") {
  const priorities p = priorities_of(handbook, 8);
  const numbers weights{0.2291, 0.1346, 0.0594, 0.1761, 0.0385, 0.0385, 0.2522, 0.0715};
  for (std::size_t i = 0; i < 8; ++i) CHECK_THAT(p.weights[i], WithinAbs(weights[i], 6e-5));
  CHECK_THAT(p.lambda_max, WithinAbs(8.211079397, 1e-8));
  CHECK_THAT(p.consistency_ratio.value(), WithinAbs(0.021386, 1e-6));
}

TEST_CASE("all priority methods agree where comparisons are consistent (U11)", "[model][comparisons]") {
  const numbers consistent{1, 2, 6, 0.5, 1, 3, 1.0 / 6, 1.0 / 3, 1};
  for (const auto how : {priority_method::eigenvector, priority_method::row_geometric_mean, priority_method::column_mean}) {
    const priorities p = priorities_of(consistent, 3, how);
    CHECK_THAT(p.weights[0], WithinAbs(0.6, 1e-14));
    CHECK_THAT(p.weights[2], WithinAbs(0.1, 1e-14));
    CHECK_THAT(p.consistency_ratio.value(), WithinAbs(0, 1e-13));
  }
}

TEST_CASE("the consistency ratio depends on the named table, is 0 for two and has no answer beyond 15 (U11)", "[model][comparisons]") {
  CHECK(random_consistency(random_index::saaty_1980, 8) == 1.41);
  CHECK(random_consistency(random_index::saaty_2005, 8) == 1.40);
  CHECK(random_consistency(random_index::donegan_dodd_1991, 3) == 0.4914);
  CHECK(random_consistency(random_index::tummala_ling_1998, 15) == 1.5831);
  CHECK(priorities_of(numbers{1, 9, 1.0 / 9, 1}, 2).consistency_ratio == 0.0);
  CHECK(priorities_of(numbers(256, 1), 16).consistency_ratio == reason::not_applicable);
}

TEST_CASE("comparisons become a reciprocal matrix", "[model][comparisons]") {
  const std::vector<comparison_spec> said{{"roads", "schools", 4}, {"parks", "roads", 0.5}, {"parks", "schools", 1}};
  const std::vector<std::string> children{"roads", "schools", "parks"};
  CHECK(comparison_matrix(said, children) == numbers{1, 4, 2, 0.25, 1, 1, 0.5, 1, 1});
}

TEST_CASE("a pair that nobody compared is what makes the greatest eigenvalue least (U11d)", "[model][comparisons]") {
  // Bozóki, Fülöp, Rónyai (2010): of one missing entry √(8/15), the geometric mean of the two ways round.
  const std::vector<comparison_spec> said{{"a", "b", 1}, {"a", "c", 5}, {"a", "d", 2}, {"b", "c", 3}, {"b", "d", 4}};
  const std::vector<std::string> children{"a", "b", "c", "d"};
  const numbers matrix = comparison_matrix(said, children);
  CHECK_THAT(matrix[2 * 4 + 3], WithinRel(std::sqrt(8.0 / 15), 1e-10));
  const double least = priorities_of(matrix, 4).lambda_max;
  for (const double other : {0.7, 0.76}) {
    numbers moved = matrix;
    moved[2 * 4 + 3] = other;
    moved[3 * 4 + 2] = 1 / other;
    CHECK(priorities_of(moved, 4).lambda_max > least);
  }
  // Along a chain everything follows.
  const numbers chain = comparison_matrix(std::vector<comparison_spec>{{"a", "b", 2}, {"b", "c", 3}, {"d", "c", 6}}, children);
  CHECK_THAT(chain[0 * 4 + 2], WithinRel(6, 1e-10));
  CHECK_THAT(priorities_of(chain, 4).lambda_max, WithinRel(4, 1e-10));
}

TEST_CASE("comparisons that leave an element apart are refused (U11d)", "[model][comparisons]") {
  const std::vector<std::string> children{"a", "b", "c", "d"};
  const std::vector<comparison_spec> apart{{"a", "b", 2}, {"c", "d", 3}};
  CHECK_FALSE(are_connected(apart, children));
  CHECK_THROWS_AS(comparison_matrix(apart, children), invalid_option);
  const double open = std::nan("");
  CHECK_THROWS_AS(completed_comparisons(numbers{1, 2, open, 1}, 2), invalid_option);
}

TEST_CASE("priorities refuse what is not square or not positive", "[model][comparisons]") {
  CHECK_THROWS_AS(priorities_of(numbers{1, 2, 3}, 2), invalid_option);
  CHECK_THROWS_AS(priorities_of(numbers{}, 0), invalid_option);
  CHECK_THROWS_AS(priorities_of(numbers{1, 0, 2, 1}, 2), invalid_option);
}
