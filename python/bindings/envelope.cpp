#include "envelope.hpp"

#include <attain/core/error.hpp>

#include <array>
#include <cstddef>

namespace {

constexpr std::string_view magic = "\x89" "attain\n";
constexpr std::uint16_t newest_version = 1;
constexpr std::size_t header_size = 28;

template <class Number>
void put(std::string& to, Number number) {
  for (std::size_t i = 0; i < sizeof(Number); ++i) to += static_cast<char>(static_cast<std::uint64_t>(number) >> (8 * i) & 0xFFu);
}

template <class Number>
Number take(std::string_view from, std::size_t at) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < sizeof(Number); ++i) number |= std::uint64_t{static_cast<unsigned char>(from[at + i])} << (8 * i);
  return static_cast<Number>(number);
}

/// Eight bytes at a time, each step a bijection of the state: any single damaged byte changes the result.
std::uint64_t checksum(std::string_view bytes) {
  std::uint64_t state = 0x9E3779B97F4A7C15u ^ bytes.size();
  const auto mix = [&state](std::uint64_t word) {
    state = (state ^ word) * 0xD6E8FEB86659FD93u;
    state ^= state >> 32;
  };
  std::size_t at = 0;
  for (; at + 8 <= bytes.size(); at += 8) mix(take<std::uint64_t>(bytes, at));
  for (; at < bytes.size(); ++at) mix(static_cast<unsigned char>(bytes[at]));
  return state;
}

[[noreturn]] void refuse(attain::code what, const char* message, std::string text = {}, std::string expected = {}) {
  throw attain::invalid_input(
      attain::finding{.code = what, .text = std::move(text), .expected = std::move(expected), .message = message});
}

}  // namespace

py::bytes seal(envelope_kind kind, std::string_view contents) {
  std::string sealed(magic);
  sealed.reserve(header_size + contents.size());
  put(sealed, static_cast<std::uint16_t>(kind));
  put(sealed, newest_version);
  put(sealed, static_cast<std::uint64_t>(contents.size()));
  put(sealed, checksum(contents));
  sealed += contents;
  return py::bytes(sealed);
}

std::string unseal(envelope_kind kind, std::string_view sealed) {
  using attain::code;
  if (sealed.size() < header_size || !sealed.starts_with(magic)) refuse(code::malformed, "these bytes are no pickle of attain");
  const auto found_kind = take<std::uint16_t>(sealed, 8);
  const auto version = take<std::uint16_t>(sealed, 10);
  const auto length = take<std::uint64_t>(sealed, 12);
  const std::string_view contents = sealed.substr(header_size);
  if (version > newest_version || version == 0) {
    refuse(code::malformed, "the pickle was written by a newer attain", "version " + std::to_string(version),
           "version " + std::to_string(newest_version) + " or older");
  }
  if (found_kind != static_cast<std::uint16_t>(kind)) refuse(code::malformed, "the pickle is of another kind");
  if (length != contents.size()) {
    refuse(code::malformed, "the pickle is damaged: its length is wrong", std::to_string(contents.size()) + " bytes",
           std::to_string(length) + " bytes");
  }
  if (take<std::uint64_t>(sealed, 20) != checksum(contents)) refuse(code::malformed, "the pickle is damaged: its checksum is wrong");
  return std::string(contents);
}
