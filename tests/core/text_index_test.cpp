#include <attain/core/text_index.hpp>

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "support/catch.hpp"

using namespace attain::detail;

TEST_CASE("an empty text_index finds nothing", "[core][text_index]") {
  CHECK(text_index().find("") == nowhere);
  CHECK(text_index().find("22.1") == nowhere);
}

TEST_CASE("a text_index keeps the first number of a text, however many come after it", "[core][text_index]") {
  std::vector<std::string> texts;
  for (int i = 0; i < 5000; ++i) texts.push_back("target " + std::to_string(i));
  text_index index;
  for (std::uint32_t i = 0; i < texts.size(); ++i) CHECK(index.add(texts[i], 7 * i) == 7 * i);
  const std::string again = texts[42];  // the same text elsewhere
  CHECK(index.add(again, 1) == 7 * 42);
  CHECK(index.size() == texts.size());
  for (std::uint32_t i = 0; i < texts.size(); ++i) CHECK(index.find(texts[i]) == 7 * i);
  CHECK(index.find("target 5000") == nowhere);
  CHECK(index.find("target") == nowhere);
  CHECK(index.entries().front().text == "target 0");
}

TEST_CASE("texts of any length differ in the text_index, also by bytes of zero", "[core][text_index]") {
  std::vector<std::string> texts;
  for (std::size_t size = 0; size < 40; ++size) {
    texts.emplace_back(size, '\0');
    texts.emplace_back(size + 1, 'a');
    texts.push_back(std::string(size, 'a') + "b");
    texts.push_back("b" + std::string(size + 1, 'a'));
  }
  text_index index;
  index.reserve(texts.size());
  for (std::uint32_t i = 0; i < texts.size(); ++i) index.add(texts[i], i);
  for (std::uint32_t i = 0; i < texts.size(); ++i) CHECK(texts[index.find(texts[i])] == texts[i]);
  CHECK(index.size() == std::set<std::string>(texts.begin(), texts.end()).size());
}

TEST_CASE("the hashes of like texts spread", "[core][text_index]") {
  std::set<std::uint32_t> low_bits;
  for (int i = 0; i < 4096; ++i) low_bits.insert(hash_of_text("indicator " + std::to_string(i)) & 4095u);
  CHECK(low_bits.size() > 2300);  // of 2589 expected by chance
}
