#include "io/archive_values.hpp"
#include "support/catch.hpp"
#include "support/peak_memory.hpp"
#include "support/small_stack.hpp"

#include <attain/core/error.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <string>
#include <string_view>
#include <utility>

using namespace attain;
using io::snapshot_form;
using io::snapshot_kind;

namespace {

/// Whether bytes are refused with a typed error.
bool is_refused(snapshot_kind kind, std::string_view bytes) {
  try {
    test::take_up(kind, bytes);
  } catch (const error&) {
    return true;
  }
  return false;
}

/// The snapshot of a ledger in exactly so many bytes.
std::string ledger_of_bytes(std::size_t size) {
  ledger book = test::archived_ledger();
  for (int day = 1; day <= 28; ++day)
    book.append(test::report("lifts", "south", "2021-02-" + std::to_string(100 + day).substr(1), day));
  const auto with_note = [&](std::size_t length) {
    ledger with = book;
    observation noted = test::report("lifts", "south", "2021-03", 1);
    noted.note = std::string(length, 'n');
    with.append(noted);
    return io::to_snapshot(with);
  };
  const std::size_t least = with_note(1).size();
  REQUIRE(least <= size);
  return with_note(1 + size - least);
}

/// Envelope and body anew, so that only the body is wrong.
std::string with_body(snapshot_kind kind, snapshot_form form, std::string_view body) {
  return io::detail::seal(kind, form, [&](std::string& to) { to.append(body); });
}

}  // namespace

TEST_CASE("every flipped bit of a snapshot of 4 KiB is refused (S1)", "[io][archive]") {
  std::string bytes = ledger_of_bytes(4096);
  REQUIRE(bytes.size() == 4096);
  REQUIRE(!is_refused(snapshot_kind::ledger, bytes));
  std::size_t refused = 0;
  for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    const auto flip = static_cast<char>(1u << bit % 8);
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ flip);
    refused += is_refused(snapshot_kind::ledger, bytes);
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ flip);
  }
  CHECK(refused == 32768);
}

TEST_CASE("every flipped bit of a snapshot of any kind and form is refused (S1)", "[io][archive]") {
  for (const snapshot_kind kind : test::all_kinds) {
    for (const snapshot_form form : test::both_forms) {
      INFO(io::to_string(kind) << ", " << io::to_string(form));
      std::string bytes = test::archived(kind, form);
      std::size_t refused = 0;
      for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
        const auto flip = static_cast<char>(1u << bit % 8);
        bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ flip);
        refused += is_refused(kind, bytes);
        bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ flip);
      }
      CHECK(refused == 8 * bytes.size());
    }
  }
}

TEST_CASE("a snapshot cut short anywhere is refused, and so is one that goes on (S2)", "[io][archive]") {
  const std::string bytes = ledger_of_bytes(4096);
  std::size_t refused = 0;
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    refused += is_refused(snapshot_kind::ledger, std::string_view(bytes).substr(0, length));
  }
  CHECK(refused == 4096);
  CHECK(is_refused(snapshot_kind::ledger, bytes + '\0'));
  CHECK(is_refused(snapshot_kind::ledger, bytes + bytes));
  for (const snapshot_kind kind : test::all_kinds) {
    for (const snapshot_form form : test::both_forms) {
      const std::string whole = test::archived(kind, form);
      std::size_t found = 0;
      for (std::size_t length = 0; length < whole.size(); ++length)
        found += is_refused(kind, std::string_view(whole).substr(0, length));
      CHECK(found == whole.size());
    }
  }
}

TEST_CASE("a body cut short behind a right checksum is refused (S3)", "[io][archive]") {
  for (const snapshot_kind kind : test::all_kinds) {
    const std::string whole = test::archived(kind, snapshot_form::binary);
    const std::string_view body = io::detail::unseal(whole).body;
    std::size_t refused = 0;
    for (std::size_t length = 0; length < body.size(); ++length) {
      refused += is_refused(kind, with_body(kind, snapshot_form::binary, body.substr(0, length)));
    }
    CHECK(refused == body.size());
  }
}

TEST_CASE("counts that lie behind a right checksum cost no memory (S3)", "[io][archive]") {
  test::forget_peak();
  const std::size_t before = test::peak_bytes();
  std::size_t refused = 0, tried = 0;
  for (const snapshot_kind kind : test::all_kinds) {
    const std::string whole = test::archived(kind, snapshot_form::binary);
    const std::string body(io::detail::unseal(whole).body);
    for (const std::uint64_t lie : {std::uint64_t{1} << 20, std::uint64_t{1} << 27, std::uint64_t{1} << 32, ~std::uint64_t{0}}) {
      for (std::size_t at = 0; at + 8 <= body.size(); at += kind == snapshot_kind::evaluation ? 5 : 1) {
        std::string lying = body;
        std::memcpy(lying.data() + at, &lie, 8);
        ++tried;
        try {
          test::take_up(kind, with_body(kind, snapshot_form::binary, lying));
        } catch (const error&) {
          ++refused;
        }  // anything else, std::bad_alloc first of all, fails the test
      }
    }
  }
  CHECK(refused > tried / 2);
  CHECK(test::peak_bytes() - before < test::memory_allowed(0));
}

TEST_CASE("a snapshot of two hundred bytes that claims three gibibytes is refused", "[io][archive]") {
  for (const std::uint64_t claim : {std::uint64_t{3} << 30, std::uint64_t{3} << 27}) {
    std::string body(200, '\0');
    std::memcpy(body.data(), &claim, 8);
    CHECK(is_refused(snapshot_kind::ledger, with_body(snapshot_kind::ledger, snapshot_form::binary, body)));
    CHECK(is_refused(snapshot_kind::evaluation, with_body(snapshot_kind::evaluation, snapshot_form::binary, body)));
    const std::string text = std::to_string(claim) + " 1 2 3";
    CHECK(is_refused(snapshot_kind::ledger, with_body(snapshot_kind::ledger, snapshot_form::text, text)));
  }
}

TEST_CASE("a number of nodes that lies in a text takes no more memory than the text could fill", "[io][archive]") {
  const std::string whole = test::archived(snapshot_kind::evaluation, snapshot_form::text);
  const std::string body(io::detail::unseal(whole).body);
  const std::string nodes = " " + std::to_string(test::archived_evaluation().data().nodes.size());
  constexpr std::size_t lie = 900'000;
  std::string numbers;
  for (std::size_t i = 0; i < lie; ++i) numbers += " 0";
  test::forget_peak();
  const std::size_t before = test::peak_bytes();
  std::size_t named = 0;
  // The number of nodes stands before the number in its first column, which is the same.
  for (std::size_t at = body.find(nodes + nodes + " "); at != std::string::npos; at = body.find(nodes + nodes + " ", at + 1)) {
    try {
      test::take_up(snapshot_kind::evaluation, with_body(snapshot_kind::evaluation, snapshot_form::text,
                                                         body.substr(0, at) + " " + std::to_string(lie) + numbers));
      FAIL("a lie was read");
    } catch (const error& refused) {
      named += refused.code() == code::too_large && refused.findings().front().where == "results/nodes";
    }
  }
  CHECK(named > 0);
  CHECK(test::peak_bytes() - before < test::memory_allowed(0));
}

TEST_CASE("a programme of nothing but mistakes is refused within 64 MiB and 40 times its size", "[io][archive]") {
  programme_spec spec = test::city();
  spec.indicators[0].dimensions.resize(200'000);
  programme_spec projects = test::city();
  projects.projects.resize(20'000);
  programme_spec places = test::city();
  places.places.resize(60'000);
  for (const programme_spec& wrong : {spec, projects, places}) {
    for (const snapshot_form form : test::both_forms) {
      const std::string bytes =
          io::detail::seal(snapshot_kind::programme, form, [&](std::string& to) { io::detail::write_body(wrong, form, to); });
      bool refused = false;
      const std::size_t cost = test::memory_of([&] { refused = is_refused(snapshot_kind::programme, bytes); });
      CAPTURE(bytes.size(), cost);
      CHECK(refused);
      CHECK(cost <= test::memory_allowed(bytes.size()));
    }
  }
}

TEST_CASE("any byte may be any other behind a right checksum: what is read can be used (S3, S4)", "[io][archive]") {
  std::size_t read = 0;
  for (const snapshot_kind kind : test::all_kinds) {
    const std::string whole = test::archived(kind, snapshot_form::binary);
    const std::string body(io::detail::unseal(whole).body);
    for (std::size_t at = 0; at < body.size(); ++at) {
      for (const int value : {0, 1, 7, 128, 255}) {
        std::string changed = body;
        changed[at] = static_cast<char>(value);
        const std::string bytes = with_body(kind, snapshot_form::binary, changed);
        try {
          if (kind == snapshot_kind::ledger) {
            const ledger book = io::from_snapshot<ledger>(bytes);
            read += book.observations().size() == book.size();
            REQUIRE(ledger(book.observations()).size() == book.size());
          } else if (kind == snapshot_kind::evaluation) {
            if (at % 7 != 0) continue;
            const evaluation now = io::from_snapshot<evaluation>(bytes);
            for (const target_result& target : now.targets(true)) read += !target.explain().text().empty();
          } else {
            test::take_up(kind, bytes);
          }
        } catch (const error&) {
        }
      }
    }
  }
  CHECK(read > 0);
}
