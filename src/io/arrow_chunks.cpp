#include "arrow_chunks.hpp"

#include "column_builder.hpp"

#include <attain/core/date.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>
#include <type_traits>
#include <utility>

namespace attain::inline v0::io::detail {

namespace {

/// Texts of an array as views into it.
class text_reader {
 public:
  text_reader(std::string_view format, const arrow_chunk& from, const std::string& name)
      : from_(from),
        kind_(format == "u"   ? kind::small
              : format == "U" ? kind::large
                              : kind::views),
        name_(name) {}

  static bool reads(std::string_view format) { return format == "u" || format == "U" || format == "vu"; }

  std::string_view at(std::size_t row) const {
    switch (kind_) {
      case kind::small:
        return between<std::int32_t>(row);
      case kind::large:
        return between<std::int64_t>(row);
      case kind::views:
        break;
    }
    return view(row);
  }

 private:
  enum class kind { small, large, views };

  /// A view of up to 12 bytes holds them; a longer one says where they are.
  struct text_view {
    std::int32_t size;
    char inlined[4];
    std::int32_t buffer;
    std::int32_t offset;
  };
  static constexpr std::int32_t longest_inlined = 12;

  template <class Offset>
  std::string_view between(std::size_t row) const {
    const Offset* offsets = from_.buffer<Offset>(1) + from_.offset;
    if (offsets[row] < 0 || offsets[row + 1] < offsets[row]) malformed();
    return {from_.buffer<char>(2) + offsets[row], static_cast<std::size_t>(offsets[row + 1] - offsets[row])};
  }

  std::string_view view(std::size_t row) const {
    const text_view* one = from_.buffer<text_view>(1) + from_.offset + row;
    if (one->size < 0) malformed();
    const auto size = static_cast<std::size_t>(one->size);
    if (one->size <= longest_inlined) return {reinterpret_cast<const char*>(one) + sizeof(one->size), size};
    // Behind validity and views come the buffers, and behind them their lengths.
    const std::int64_t buffers = from_.array->n_buffers - 3;
    if (one->buffer < 0 || one->buffer >= buffers || one->offset < 0) malformed();
    const auto* lengths = from_.buffer<std::int64_t>(static_cast<std::size_t>(from_.array->n_buffers - 1));
    if (one->offset + std::int64_t{one->size} > lengths[one->buffer]) malformed();
    return {from_.buffer<char>(static_cast<std::size_t>(one->buffer) + 2) + one->offset, size};
  }

  [[noreturn]] void malformed() const {
    throw_bad_arrow(code::malformed, name_, {}, "the offsets of a text column lie outside", "offsets that ascend");
  }

  const arrow_chunk& from_;
  kind kind_;
  const std::string& name_;
};

/// Whole numbers of any width.
class integer_reader {
 public:
  static bool reads(std::string_view format) {
    return format.size() == 1 && std::string_view("cCsSiIlL").find(format) != std::string_view::npos;
  }

  integer_reader(char format, const arrow_chunk& from) : from_(from), format_(format) {}

  /// What use(values) gives, of a pointer to the values as they are laid out.
  template <class Use>
  auto with_values(Use use) const {
    switch (format_) {
      case 'c':
        return use(values<std::int8_t>());
      case 'C':
        return use(values<std::uint8_t>());
      case 's':
        return use(values<std::int16_t>());
      case 'S':
        return use(values<std::uint16_t>());
      case 'i':
        return use(values<std::int32_t>());
      case 'I':
        return use(values<std::uint32_t>());
      case 'l':
        return use(values<std::int64_t>());
      default:
        return use(values<std::uint64_t>());
    }
  }

  std::int64_t at(std::size_t row) const {
    return with_values([row](const auto* values) {
      constexpr auto most = (std::numeric_limits<std::int64_t>::max)();
      return std::in_range<std::int64_t>(values[row]) ? static_cast<std::int64_t>(values[row]) : most;
    });
  }

 private:
  template <class T>
  const T* values() const {
    return from_.buffer<T>(1) + from_.offset;
  }

  const arrow_chunk& from_;
  char format_;
};

std::size_t rows_of(const std::vector<arrow_chunk>& chunks) {
  std::size_t rows = 0;
  for (const arrow_chunk& chunk : chunks) rows += chunk.rows;
  return rows;
}

/// Where values are missing, a byte a row; empty if none is.
std::vector<std::uint8_t> missing_of(const std::vector<arrow_chunk>& chunks) {
  std::vector<std::uint8_t> missing;
  if (std::none_of(chunks.begin(), chunks.end(), [](const arrow_chunk& chunk) { return chunk.may_have_nulls(); })) return missing;
  bool any = false;
  missing.reserve(rows_of(chunks));
  for (const arrow_chunk& chunk : chunks) {
    if (!chunk.may_have_nulls()) {
      missing.resize(missing.size() + chunk.rows);
      continue;
    }
    for (std::size_t row = 0; row < chunk.rows; ++row) {
      const bool is_null = chunk.is_null(row);
      any = any || is_null;
      missing.push_back(is_null ? column::unexplained : std::uint8_t{0});
    }
  }
  if (!any) missing.clear();
  return missing;
}

/// Calls `visit(chunk, row in the chunk, row in the column)` for every value that is there.
template <class Visit>
void each_value(const std::vector<arrow_chunk>& chunks, Visit visit) {
  std::size_t at = 0;
  for (const arrow_chunk& chunk : chunks) {
    const bool may_have_nulls = chunk.may_have_nulls();
    for (std::size_t row = 0; row < chunk.rows; ++row, ++at) {
      if (!may_have_nulls || !chunk.is_null(row)) visit(chunk, row, at);
    }
  }
}

/// Values that are laid out as a column's: of one array without copying, of several one after another.
template <class T>
std::span<const T> laid_out(column& to, const std::vector<arrow_chunk>& chunks) {
  if (chunks.size() == 1) {
    to.owners.push_back(chunks[0].owner);
    return {chunks[0].buffer<T>(1) + chunks[0].offset, chunks[0].rows};
  }
  std::vector<T> joined;
  joined.reserve(rows_of(chunks));
  for (const arrow_chunk& chunk : chunks) {
    const T* begin = chunk.buffer<T>(1) + chunk.offset;
    joined.insert(joined.end(), begin, begin + chunk.rows);
  }
  return keep(to, std::move(joined));
}

/// 2024-04-10 13:45:00: so many of the ticks of a day after its midnight, in whole seconds.
std::string timestamp_text(date day, std::int64_t ticks, std::int64_t ticks_a_day) {
  const std::int64_t minute_ticks = ticks_a_day / (24 * 60);
  const std::int64_t minutes = ticks / minute_ticks;
  const std::int64_t seconds = ticks % minute_ticks / (minute_ticks / 60 > 0 ? minute_ticks / 60 : 1);
  const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return to_string(day) + " " + two(minutes / 60) + ":" + two(minutes % 60) + ":" + two(seconds);
}

class column_maker {
 public:
  column_maker(const std::string& name, const ArrowSchema& schema, const std::vector<arrow_chunk>& chunks)
      : schema_(schema), chunks_(chunks), format_(schema.format) {
    made_.name = name;
  }

  column make() && {
    if (schema_.dictionary != nullptr) return coded();
    if (format_ == "n") return nothing();
    if (text_reader::reads(format_)) {
      texts();
    } else if (integer_reader::reads(format_)) {
      integers();
    } else if (format_ == "g") {
      made_.kind = column_kind::number;
      made_.numbers = laid_out<double>(made_, chunks_);
    } else if (format_ == "f") {
      numbers([](const arrow_chunk& c, std::size_t row) { return static_cast<double>(c.buffer<float>(1)[c.offset + row]); });
    } else if (format_.starts_with("d:")) {
      decimals();
    } else if (format_ == "b") {
      flags();
    } else if (format_ == "tdD") {
      made_.kind = column_kind::day;
      made_.integers = laid_out<std::int32_t>(made_, chunks_);
    } else if (format_ == "tdm") {
      days(86'400'000);
    } else if (format_.starts_with("ts")) {
      timestamps();
    } else {
      refuse("columns of this type are not read");
    }
    keep_missing(made_, missing_of(chunks_));
    return std::move(made_);
  }

 private:
  [[noreturn]] void refuse(std::string message) const {
    throw_bad_arrow(code::wrong_type, made_.name, format_, std::move(message),
                    "numbers, days, true and false, or text (the text found is the type in Arrow's notation)");
  }

  column nothing() {
    made_.kind = column_kind::word;
    made_.integers = keep(made_, std::vector<std::int32_t>(rows_of(chunks_)));
    keep_missing(made_, std::vector<std::uint8_t>(rows_of(chunks_), column::unexplained));
    return std::move(made_);
  }

  void flags() {
    made_.kind = column_kind::flag;
    std::vector<std::uint8_t> values(rows_of(chunks_));
    each_value(chunks_, [&](const arrow_chunk& chunk, std::size_t row, std::size_t at) { values[at] = chunk.bit(1, row); });
    made_.flags = keep(made_, std::move(values));
  }

  template <class Value>
  void numbers(Value value) {
    made_.kind = column_kind::number;
    std::vector<double> values(rows_of(chunks_));
    each_value(chunks_, [&](const arrow_chunk& chunk, std::size_t row, std::size_t at) { values[at] = value(chunk, row); });
    made_.numbers = keep(made_, std::move(values));
  }

  /// As counts where all fit, else as numbers, if a double holds them all.
  void integers() {
    std::int64_t least = 0, greatest = 0;
    each_value(chunks_, [&](const arrow_chunk& chunk, std::size_t row, std::size_t) {
      const std::int64_t value = integer_reader(format_[0], chunk).at(row);
      least = (std::min)(least, value);
      greatest = (std::max)(greatest, value);
    });
    using narrow = std::numeric_limits<std::int32_t>;
    constexpr std::int64_t exact = std::int64_t{1} << 53;
    if (least >= (narrow::min)() && greatest <= (narrow::max)()) {
      made_.kind = column_kind::count;
      if (format_ == "i") {
        made_.integers = laid_out<std::int32_t>(made_, chunks_);
        return;
      }
      std::vector<std::int32_t> values(rows_of(chunks_));
      each_value(chunks_, [&](const arrow_chunk& chunk, std::size_t row, std::size_t at) {
        values[at] = static_cast<std::int32_t>(integer_reader(format_[0], chunk).at(row));
      });
      made_.integers = keep(made_, std::move(values));
      return;
    }
    if (least < -exact || greatest > exact) {
      throw_bad_arrow(code::out_of_range, made_.name, std::to_string(greatest > exact ? greatest : least),
                      "a whole number is too large to be held exactly", "at most 2^53");
    }
    numbers([this](const arrow_chunk& chunk, std::size_t row) {
      return static_cast<double>(integer_reader(format_[0], chunk).at(row));
    });
  }

  /// A decimal is read by way of its digits, so that it is rounded once.
  void decimals() {
    int precision = 0, scale = 0, bits = 128;
    const char* at = format_.data() + 2;
    const char* const end = format_.data() + format_.size();
    for (int* part : {&precision, &scale, &bits}) {
      at = std::from_chars(at, end, *part).ptr;
      if (at != end) ++at;
    }
    if (bits != 32 && bits != 64 && bits != 128) refuse("decimals of this width are not read");
    numbers([&](const arrow_chunk& chunk, std::size_t row) {
      __extension__ using wide = __int128;
      wide value = 0;
      const std::size_t index = chunk.offset + row;
      if (bits == 32) value = chunk.buffer<std::int32_t>(1)[index];
      if (bits == 64) value = chunk.buffer<std::int64_t>(1)[index];
      if (bits == 128) std::memcpy(&value, chunk.buffer<char>(1) + index * sizeof(value), sizeof(value));
      std::string digits;
      const bool is_negative = value < 0;
      do {
        const auto digit = static_cast<int>(value % 10);
        digits.insert(digits.begin(), static_cast<char>('0' + (digit < 0 ? -digit : digit)));
        value /= 10;
      } while (value != 0);
      if (is_negative) digits.insert(digits.begin(), '-');
      digits += "e" + std::to_string(-scale);
      double result = 0;
      std::from_chars(digits.data(), digits.data() + digits.size(), result);
      return result;
    });
  }

  void days(std::int64_t ticks_a_day) {
    made_.kind = column_kind::day;
    std::vector<std::int32_t> values(rows_of(chunks_));
    each_value(chunks_, [&](const arrow_chunk& chunk, std::size_t row, std::size_t at) {
      const std::int64_t ticks = chunk.buffer<std::int64_t>(1)[chunk.offset + row];
      const std::int64_t rest = (ticks % ticks_a_day + ticks_a_day) % ticks_a_day;  // days end at midnight before 1970, too
      const std::int64_t day = ticks / ticks_a_day - (ticks % ticks_a_day < 0 ? 1 : 0);
      const bool is_day = day >= date::min().days() && day <= date::max().days();
      if (rest != 0 || !is_day) {
        throw_bad_arrow(code::out_of_range, "row " + std::to_string(at + 1) + ", " + made_.name,
                        is_day ? timestamp_text(date::from_days(static_cast<std::int32_t>(day)), rest, ticks_a_day) : std::to_string(ticks),
                        rest == 0 ? "there is no such day" : "a time of the day is not a day", "timestamps at midnight");
      }
      values[at] = static_cast<std::int32_t>(day);
    });
    made_.integers = keep(made_, std::move(values));
  }

  /// "tsu:" in microseconds without a zone, "tsn:Asia/Shanghai" in nanoseconds with one.
  void timestamps() {
    if (format_.size() < 4 || format_[3] != ':') refuse("columns of this type are not read");
    if (format_.size() > 4) refuse("a timestamp with a zone is no day: take the date that is meant");
    const std::string_view units = "smun";
    const std::size_t unit = units.find(format_[2]);
    if (unit == std::string_view::npos) refuse("columns of this type are not read");
    std::int64_t ticks_a_day = 86'400;
    for (std::size_t i = 0; i < unit; ++i) ticks_a_day *= 1000;
    days(ticks_a_day);
  }

  void texts() {
    made_.kind = column_kind::word;
    word_list words;
    std::vector<std::int32_t> positions(rows_of(chunks_));
    std::string_view last;
    std::int32_t last_position = -1;
    each_value(chunks_, [&](const arrow_chunk& chunk, std::size_t row, std::size_t at) {
      const std::string_view text = text_reader(format_, chunk, made_.name).at(row);
      if (last_position < 0 || text != last) {
        last = text;
        last_position = words.position_of(text);
      }
      positions[at] = last_position;
    });
    for (const arrow_chunk& chunk : chunks_) made_.owners.push_back(chunk.owner);
    made_.integers = keep(made_, std::move(positions));
    made_.words = keep(made_, std::move(words).take());
  }

  /// What a dictionary says at each of its positions; a position may also be missing.
  std::vector<std::int32_t> read_dictionary(const arrow_chunk& chunk, word_list& words) const {
    const arrow_chunk dictionary{.array = chunk.array->dictionary,
                                 .offset = static_cast<std::size_t>(chunk.array->dictionary->offset),
                                 .rows = static_cast<std::size_t>(chunk.array->dictionary->length)};
    const text_reader reader(schema_.dictionary->format, dictionary, made_.name);
    std::vector<std::int32_t> positions(dictionary.rows);
    for (std::size_t i = 0; i < dictionary.rows; ++i) {
      positions[i] = dictionary.may_have_nulls() && dictionary.is_null(i) ? -1 : words.position_of(reader.at(i));
    }
    return positions;
  }

  /// Looks up a chunk where each row has a word; false if some row has none, or a position that is not in the dictionary.
  bool look_up_all(const arrow_chunk& chunk, const std::vector<std::int32_t>& dictionary, std::int32_t* to) const {
    if (std::find(dictionary.begin(), dictionary.end(), -1) != dictionary.end()) return false;
    return integer_reader(format_[0], chunk).with_values([&](const auto* indices) {
      using index = std::remove_cvref_t<decltype(*indices)>;
      index least = 0, most = 0;
      for (std::size_t row = 0; row < chunk.rows; ++row) {
        least = (std::min)(least, indices[row]);
        most = (std::max)(most, indices[row]);
      }
      if (least < 0 || std::cmp_greater_equal(most, dictionary.size())) return false;
      for (std::size_t row = 0; row < chunk.rows; ++row) to[row] = dictionary[static_cast<std::size_t>(indices[row])];
      return true;
    });
  }

  column coded() {
    if (schema_.dictionary->format == std::string_view("n")) return nothing();  // of pandas, where all are missing
    if (!text_reader::reads(schema_.dictionary->format)) refuse("a dictionary of something else than text is not read");
    if (!integer_reader::reads(format_)) refuse("a dictionary with such positions is not read");
    made_.kind = column_kind::word;
    word_list words;
    std::vector<std::int32_t> positions(rows_of(chunks_));
    std::vector<std::uint8_t> missing = missing_of(chunks_);
    std::size_t begin = 0;
    for (const arrow_chunk& chunk : chunks_) {
      const std::vector<std::int32_t> dictionary = read_dictionary(chunk, words);
      const bool looked_up = !chunk.may_have_nulls() && look_up_all(chunk, dictionary, positions.data() + begin);
      for (std::size_t row = 0; row < chunk.rows && !looked_up; ++row) {
        const std::size_t at = begin + row;
        if (!missing.empty() && missing[at] != 0) continue;
        const std::int64_t index = integer_reader(format_[0], chunk).at(row);
        if (index < 0 || static_cast<std::size_t>(index) >= dictionary.size()) {
          throw_bad_arrow(code::malformed, "row " + std::to_string(at + 1) + ", " + made_.name, std::to_string(index),
                          "the position is not in the dictionary", "a position below " + std::to_string(dictionary.size()));
        }
        const std::int32_t position = dictionary[static_cast<std::size_t>(index)];
        if (position < 0) {
          missing.resize(positions.size());
          missing[at] = column::unexplained;
        } else {
          positions[at] = position;
        }
      }
      begin += chunk.rows;
      made_.owners.push_back(chunk.owner);
    }
    made_.integers = keep(made_, std::move(positions));
    made_.words = keep(made_, std::move(words).take());
    keep_missing(made_, std::move(missing));
    return std::move(made_);
  }

  const ArrowSchema& schema_;
  const std::vector<arrow_chunk>& chunks_;
  std::string_view format_;
  column made_;
};

}  // namespace

column column_of_chunks(const std::string& name, const ArrowSchema& schema, const std::vector<arrow_chunk>& chunks) {
  return column_maker(name, schema, chunks).make();
}

}  // namespace attain::inline v0::io::detail
