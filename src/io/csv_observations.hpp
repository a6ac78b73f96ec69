#pragma once
/** A CSV text as one table of observations, read by as many threads as asked.

  Several threads cut the text at ends of lines outside quotes, found by counting the quotes before them, and each reads a part of
  its own. The count is a guess where quotes break the rules, but none that can go wrong: a part that reads without a problem ends
  with a row, so that the next begins with one; and as soon as a part has a problem, one thread reads the whole, and what it notes
  is what is told. So the table and the findings are the same for any number of threads.
*/
#include "observation_reader.hpp"

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace attain::inline v0::io::detail {

class csv_observations {
 public:
  /// @param plan may be null
  /// @param problems of this text, which both must outlive the table. With any, the table is of no use.
  csv_observations(std::string_view csv, char delimiter, const programme* plan, std::size_t threads, problem_list& problems,
                   const progress_function& progress = {});

  const observation_table& table() const noexcept { return readers_.front()->table(); }

  /// The offset of the cell of a column in a row of the table, or of the row if there is none.
  std::size_t find_cell(std::size_t row, std::string_view column) const;

 private:
  bool read_in_parts(std::size_t threads, attain::detail::phase_watch& reading);
  void read_as_one(problem_list& problems, attain::detail::phase_watch& reading);

  std::string_view csv_;
  char delimiter_;
  const programme* plan_;
  std::vector<std::unique_ptr<observation_reader>> readers_;  ///< the first has the table
};

}  // namespace attain::inline v0::io::detail
