#include <attain.hpp>

#include <cstdio>

int main() {
  const attain::period year = attain::parse_period("2021");
  const attain::date as_of{2021, 9, 30};
  std::printf("attain %s: %s is day %d of %d\n", attain::version_text.data(), attain::to_string(as_of).c_str(),
              as_of - year.start + 1, year.days());
  return year.contains(as_of) ? 0 : 1;
}
