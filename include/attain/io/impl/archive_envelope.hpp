#pragma once

/** The envelope of a snapshot, one line: `attain snapshot VERSION FORM KIND LIBRARY LENGTH CHECKSUM`, the last two of 16
  hexadecimal digits.

  There is one way to write an envelope, and the checksum covers the line up to itself and the body. So every damaged bit shows,
  in the line or in the body.
*/
#include <attain/io/archive.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace attain::inline v0::io {
namespace detail {

static_assert(std::endian::native == std::endian::little, "binary snapshots are written as numbers lie in memory");

inline constexpr std::string_view snapshot_magic = "attain snapshot ";
inline constexpr std::size_t max_envelope_bytes = 128;
inline constexpr std::array<std::string_view, 4> snapshot_kind_words{"programme", "ledger", "evaluation", "method"};
inline constexpr std::array<std::string_view, 2> snapshot_form_words{"binary", "text"};

template <class T>
inline constexpr snapshot_kind kind_of = std::is_same_v<T, programme>    ? snapshot_kind::programme
                                         : std::is_same_v<T, ledger>     ? snapshot_kind::ledger
                                         : std::is_same_v<T, evaluation> ? snapshot_kind::evaluation
                                                                         : snapshot_kind::method;

[[noreturn]] inline void refuse_snapshot(code what, std::string where, std::string_view text, std::string expected,
                                         std::string message) {
  throw invalid_input(
      finding{severity::error, what, std::move(where), escaped_excerpt(text), std::move(expected), std::move(message)});
}

/** Finds damage at the speed of memory; a table of CRC takes ten times as long.

  Eight bytes a step, in four lanes. A step is a bijection of its lane for a given word, and of the word for a given lane, and so
  is what joins the lanes: any change within one word changes the result.
*/
class checksum {
 public:
  void add(std::string_view bytes) noexcept {
    const std::size_t steps = add_steps(bytes);
    add_rest(bytes.substr(steps), bytes.size());
  }

  /// The same piece by piece: all whole steps that there are. How many bytes these are.
  std::size_t add_steps(std::string_view bytes) noexcept {
    std::size_t at = 0;
    for (; at + 32 <= bytes.size(); at += 32) {
      for (std::size_t lane = 0; lane < 4; ++lane) mix(lanes_[lane], word(bytes.data() + at + 8 * lane));
    }
    return at;
  }
  /// And at last what is less than a step, with the size of all.
  void add_rest(std::string_view bytes, std::size_t size) noexcept {
    std::size_t at = 0;
    for (; at + 8 <= bytes.size(); at += 8) mix(lanes_[0], word(bytes.data() + at));
    for (; at < bytes.size(); ++at) mix(lanes_[1], static_cast<unsigned char>(bytes[at]));
    mix(lanes_[2], size);
  }

  std::uint64_t value() const noexcept {
    std::uint64_t all = 0;
    for (const std::uint64_t lane : lanes_) mix(all, lane);
    return all;
  }

 private:
  static std::uint64_t word(const char* at) noexcept {
    std::uint64_t value;
    std::memcpy(&value, at, sizeof(value));
    return value;
  }
  static void mix(std::uint64_t& state, std::uint64_t word) noexcept {
    state = (state ^ word) * 0xD6E8FEB86659FD93u;
    state ^= state >> 32;
  }

  std::array<std::uint64_t, 4> lanes_{0x9E3779B97F4A7C15u, 0xBF58476D1CE4E5B9u, 0x94D049BB133111EBu, 0xD1342543DE82EF95u};
};

inline std::string hexadecimal(std::uint64_t number) {
  std::string text(16, '0');
  for (std::size_t i = 16; i-- > 0; number >>= 4) text[i] = "0123456789abcdef"[number & 15u];
  return text;
}

inline std::optional<std::uint64_t> parse_hexadecimal(std::string_view text) noexcept {
  if (text.size() != 16) return std::nullopt;
  std::uint64_t number = 0;
  for (const char c : text) {
    const std::size_t digit = std::string_view("0123456789abcdef").find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    number = number << 4 | digit;
  }
  return number;
}

/// The line up to the checksum.
inline std::string envelope_before_checksum(const snapshot_info& info) {
  std::string line(snapshot_magic);
  line.append(std::to_string(info.version)).append(" ").append(to_string(info.form)).append(" ").append(to_string(info.kind));
  return line.append(" ").append(info.written_by).append(" ").append(hexadecimal(info.length)).append(" ");
}

inline std::string envelope_line(const snapshot_info& info) {
  return envelope_before_checksum(info) + hexadecimal(info.checksum) + '\n';
}

/// The number of one of the words.
template <std::size_t Size>
std::optional<std::size_t> find_word(const std::array<std::string_view, Size>& words, std::string_view word) noexcept {
  for (std::size_t i = 0; i < Size; ++i) {
    if (words[i] == word) return i;
  }
  return std::nullopt;
}

/// Reads an envelope. The version comes first: of a newer one, nothing else is known.
inline snapshot_info read_envelope(std::string_view bytes) {
  if (!bytes.starts_with(snapshot_magic)) {
    refuse_snapshot(code::malformed, "", bytes.substr(0, 40), "a file that begins with \"attain snapshot\"",
                    "this is no snapshot of attain");
  }
  std::string_view line = bytes.substr(0, (std::min)(bytes.substr(0, max_envelope_bytes).find('\n'), bytes.size()));
  std::string_view rest = line.substr(snapshot_magic.size());
  const auto next = [&rest] {
    const std::size_t length = (std::min)(rest.find(' '), rest.size());
    const std::string_view word = rest.substr(0, length);
    rest.remove_prefix((std::min)(length + 1, rest.size()));
    return word;
  };
  snapshot_info info;
  const std::string_view version = next();
  for (const char digit : version.substr(0, 9)) {
    if (digit < '0' || digit > '9')
      refuse_snapshot(code::damaged, "envelope", line, "", "the envelope of the snapshot is damaged");
    info.version = info.version * 10 + static_cast<std::uint32_t>(digit - '0');
  }
  if (info.version > snapshot_version) {
    refuse_snapshot(code::newer_version, "envelope", version, "format " + std::to_string(snapshot_version) + " or older",
                    "the snapshot was written by a newer attain");
  }
  const auto form = find_word(snapshot_form_words, next());
  const auto kind = find_word(snapshot_kind_words, next());
  info.written_by = next();
  const auto length = parse_hexadecimal(next());
  const auto sum = parse_hexadecimal(next());
  const auto is_printable = [](char c) { return c > ' ' && c <= '~'; };
  if (form && kind && length && sum && std::all_of(info.written_by.begin(), info.written_by.end(), is_printable)) {
    info.form = static_cast<snapshot_form>(*form);
    info.kind = static_cast<snapshot_kind>(*kind);
    info.length = *length;
    info.checksum = *sum;
    if (info.version != 0 && bytes.starts_with(envelope_line(info))) return info;
  }
  refuse_snapshot(code::damaged, "envelope", line, "", "the envelope of the snapshot is damaged");
}

inline std::uint64_t checksum_of(const snapshot_info& info, std::string_view body) {
  checksum sum;
  sum.add(envelope_before_checksum(info));
  sum.add(body);
  return sum.value();
}

/** A body that is being written behind its envelope.

  Once it is known how long it will be, its checksum is taken as it grows, while the bytes lie at hand.
*/
class growing_body {
 public:
  /// @param info what the envelope says, but for length and checksum
  growing_body(std::string& behind, snapshot_info info) : bytes_(behind), begin_(behind.size()), info_(std::move(info)) {}

  std::string& bytes() noexcept { return bytes_; }
  std::size_t size() const noexcept { return bytes_.size() - begin_; }

  void append(const char* from, std::size_t size) {
    bytes_.append(from, size);
    if (is_summed_) sum();
  }

  /// So many bytes are still to come.
  void ends_after(std::size_t bytes) {
    if (is_summed_ || info_.version == 0) return;  // without an envelope there is no checksum
    info_.length = size() + bytes;
    sum_.add(envelope_before_checksum(info_));
    is_summed_ = true;
    sum();
  }

  /// What the envelope of the whole body says.
  snapshot_info info() && {
    if (is_summed_ && size() == info_.length) {
      sum_.add_rest(body().substr(summed_), size());
      info_.checksum = sum_.value();
    } else {
      info_.length = size();
      info_.checksum = checksum_of(info_, body());
    }
    return std::move(info_);
  }

 private:
  std::string_view body() const noexcept { return std::string_view(bytes_).substr(begin_); }
  void sum() noexcept { summed_ += sum_.add_steps(body().substr(summed_)); }

  std::string& bytes_;
  std::size_t begin_;
  snapshot_info info_;
  checksum sum_;
  std::size_t summed_ = 0;  // of the body, in whole steps
  bool is_summed_ = false;
};

/// A snapshot whose body `write(to)` appends, to a `growing_body` or to its bytes. The envelope's length does not depend on what
/// it will say.
template <class Write>
std::string seal(snapshot_kind kind, snapshot_form form, Write&& write) {
  const snapshot_info info{snapshot_version, form, kind, std::string(version_text), 0, 0};
  std::string bytes = envelope_line(info);
  const std::size_t begin = bytes.size();
  growing_body body(bytes, info);
  if constexpr (std::is_invocable_v<Write, growing_body&>) {
    write(body);
  } else {
    write(bytes);
  }
  bytes.replace(0, begin, envelope_line(std::move(body).info()));
  return bytes;
}

/// Refuses a body of another length than its envelope says.
inline void require_length(const snapshot_info& info, std::uint64_t found) {
  if (found == info.length) return;
  refuse_snapshot(code::damaged, "envelope", std::to_string(found) + " bytes", std::to_string(info.length) + " bytes",
                  "the snapshot is damaged: its length is wrong");
}

/// The body of an undamaged snapshot, and what its envelope says.
struct opened_snapshot {
  snapshot_info info;
  std::string_view body;
};

inline opened_snapshot unseal(std::string_view bytes) {
  const snapshot_info info = read_envelope(bytes);
  const std::string_view body = bytes.substr(envelope_line(info).size());
  require_length(info, body.size());
  if (checksum_of(info, body) != info.checksum) {
    refuse_snapshot(code::damaged, "envelope", "", hexadecimal(info.checksum), "the snapshot is damaged: its checksum is wrong");
  }
  return {info, body};
}

inline opened_snapshot unseal(std::string_view bytes, snapshot_kind wanted) {
  const opened_snapshot opened = unseal(bytes);
  if (opened.info.kind != wanted) {
    refuse_snapshot(code::malformed, "envelope", to_string(opened.info.kind), std::string(to_string(wanted)),
                    "the snapshot is of another kind");
  }
  return opened;
}

}  // namespace detail

inline std::string_view to_string(snapshot_kind kind) noexcept {
  return detail::snapshot_kind_words[static_cast<std::size_t>(kind)];
}
inline std::string_view to_string(snapshot_form form) noexcept {
  return detail::snapshot_form_words[static_cast<std::size_t>(form)];
}

inline snapshot_info inspect_snapshot(std::string_view bytes) { return detail::read_envelope(bytes); }

}  // namespace attain::inline v0::io
