// Planned shares and progress that others published; tests/reference/README.md says where.

#include <attain/core/date.hpp>
#include <attain/core/period.hpp>
#include <attain/judge/attainment.hpp>
#include <attain/judge/expected.hpp>

#include "judge/goals.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

/// The fields of a file without quotes, by row, the header left out.
std::vector<std::vector<std::string>> rows_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  REQUIRE(in);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    std::vector<std::string>& fields = rows.emplace_back(1);
    for (const char c : line) {
      if (c == ',') {
        fields.emplace_back();
      } else {
        fields.back() += c;
      }
    }
  }
  rows.erase(rows.begin());
  return rows;
}

constexpr double printed = 0.005 + 1e-9;  // two decimals of a percentage

}  // namespace

TEST_CASE("the straight line is the planned share that progress reports print (F1)", "[judge][expected]") {
  const auto rows = rows_of(source_dir() / "tests" / "reference" / "linear_schedule.csv");
  CHECK(rows.size() == 8);
  for (const auto& row : rows) {
    CAPTURE(row[0], row[1], row[3]);
    const double f = expected_curve::straight(parse_period(row[2])).at(parse_date(row[3]).days());
    const double progress = std::stod(row[6]);
    CHECK_THAT(100 * f, WithinAbs(std::stod(row[7]), printed));
    if (!row[8].empty()) CHECK_THAT(progress - 100 * f, WithinAbs(std::stod(row[8]), printed));
    if (row[4].empty()) continue;
    // target and amount are rounded themselves, which moves the quotient by up to 0.02 points
    const answer<double> a = attainment_of(of_sum(at_least(std::stod(row[4]))), exactly(std::stod(row[5])));
    CHECK_THAT(100 * *a, WithinAbs(progress, 0.02));
  }
}

TEST_CASE("progress from a baseline to a target is what another project tests (A1, U1)", "[judge][attainment]") {
  const auto rows = rows_of(source_dir() / "tests" / "reference" / "baseline_to_target.csv");
  CHECK(rows.size() > 15);
  for (const auto& row : rows) {
    const double b = std::stod(row[0]);
    const double g = std::stod(row[1]);
    CAPTURE(b, g, row[2]);
    double a = *attainment_of(of_level(g > b ? at_least(g) : at_most(g), b), exactly(std::stod(row[2])));
    if (row[3] == "1") a = std::clamp(a, 0.0, 1.0);
    CHECK_THAT(100 * a, WithinAbs(std::stod(row[4]), 1e-12));
  }
}

TEST_CASE("the day on which a share was planned is earned schedule (P3)", "[judge][expected][shared]") {
  // 13 months of a project that was planned for 9, with its planned value, earned value and earned schedule. A month is a day
  // here.
  const auto rows = rows_of(shared_dir() / "vectors" / "project-control" / "evm-earned-schedule-13-periods.csv");
  REQUIRE(rows.size() == 13);
  constexpr std::size_t ev = 2, pv = 3, es = 15;
  const double budget = std::stod(rows.back()[pv]);
  const period plan{{2021, 1, 1}, {2021, 1, 10}};
  trajectory planned{.kind = trajectory_kind::checkpoints};
  for (int month = 0; month < 9; ++month) {
    planned.checkpoints.push_back({plan.start + month, std::stod(rows[static_cast<std::size_t>(month)][pv]) / budget});
  }
  const expected_curve f = expected_curve::of(planned, plan);
  for (const auto& row : rows) {
    const double earned = std::stod(row[ev]) / budget;
    CAPTURE(row[0], earned);
    const double months = earned < 1 ? f.when(earned).first - (plan.start.days() - 1) : plan.days();
    CHECK_THAT(months, WithinAbs(std::stod(row[es]), 1e-9));
  }
}
