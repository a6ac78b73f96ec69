#pragma once

/** The problems of the entries that are being appended: the first thousand, and how many more there were. */
#include <attain/core/error.hpp>
#include <attain/core/finding.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

/// Where in an append something is: "row 3, amount" or, of a single entry, "amount".
struct entry_place {
  std::size_t row = 0;  ///< from 1; 0 of a single entry

  std::string field(std::string_view name) const {
    std::string where = row == 0 ? std::string() : "row " + std::to_string(row) + ", ";
    return where.append(name);
  }
};

class problem_list {
 public:
  void add(finding problem) {
    if (problems_.size() < most) {
      problems_.push_back(std::move(problem));
    } else {
      ++left_out_;
    }
  }
  void add(code what, std::string where, std::string_view text, std::string expected, std::string message) {
    if (problems_.size() < most) {
      problems_.push_back({severity::error, what, std::move(where), escaped_excerpt(text), std::move(expected), std::move(message)});
    } else {
      ++left_out_;
    }
  }

  void add(problem_list&& others) {
    for (finding& problem : others.problems_) add(std::move(problem));
    left_out_ += others.left_out_;
  }

  bool empty() const noexcept { return problems_.empty(); }

  /// Calls `visit(const finding&)` for each that is listed.
  template <class Visitor>
  void each(Visitor&& visit) const {
    for (const finding& problem : problems_) visit(problem);
  }

  template <class Error>
  void throw_if_any() {
    if (problems_.empty()) return;
    if (left_out_ != 0) {
      problems_.push_back({severity::note, code::too_large, "", "", "", std::to_string(left_out_) + " more problems are not listed"});
    }
    throw Error(std::move(problems_));
  }

 private:
  static constexpr std::size_t most = 1000;

  std::vector<finding> problems_;
  std::size_t left_out_ = 0;
};

}  // namespace attain::inline v0::detail
