#include <attain/core/error.hpp>
#include <attain/model/comparisons.hpp>

#include "support/catch.hpp"

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
  const std::vector<comparison_spec> said{{"roads", "schools", 4}, {"parks", "roads", 0.5}};
  const std::vector<std::string> children{"roads", "schools", "parks"};
  CHECK(comparison_matrix(said, children) == numbers{1, 4, 2, 0.25, 1, 1, 0.5, 1, 1});
}

TEST_CASE("priorities refuse what is not square or not positive", "[model][comparisons]") {
  CHECK_THROWS_AS(priorities_of(numbers{1, 2, 3}, 2), invalid_option);
  CHECK_THROWS_AS(priorities_of(numbers{}, 0), invalid_option);
  CHECK_THROWS_AS(priorities_of(numbers{1, 0, 2, 1}, 2), invalid_option);
}
