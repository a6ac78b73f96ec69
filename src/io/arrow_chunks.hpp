#pragma once
/** The arrays of one column of an Arrow stream, and the column that they make. */
#include <attain/io/arrow.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0::io::detail {

/// One array of a column, cut to the rows of its batch.
struct arrow_chunk {
  const ArrowArray* array = nullptr;
  std::size_t offset = 0;  ///< of the first row in the buffers
  std::size_t rows = 0;
  std::shared_ptr<const void> owner{};  ///< of the batch

  template <class T>
  const T* buffer(std::size_t number) const noexcept {
    return static_cast<const T*>(array->buffers[number]);
  }
  bool may_have_nulls() const noexcept { return array->null_count != 0 && array->n_buffers > 0 && array->buffers[0] != nullptr; }
  /// Precondition: may_have_nulls()
  bool is_null(std::size_t row) const noexcept { return !bit(0, row); }
  bool bit(std::size_t buffer_number, std::size_t row) const noexcept {
    const std::size_t at = offset + row;
    return ((buffer<std::uint8_t>(buffer_number)[at / 8] >> (at % 8)) & 1u) != 0;
  }
};

/// The column of that name. Throws `invalid_input` for what is not read.
column column_of_chunks(const std::string& name, const ArrowSchema& schema, const std::vector<arrow_chunk>& chunks);

/// Throws `invalid_input`: the data contradict the interface, or cannot be read.
[[noreturn]] void throw_bad_arrow(attain::code what, std::string where, std::string_view text, std::string message,
                                  std::string expected);

}  // namespace attain::inline v0::io::detail
