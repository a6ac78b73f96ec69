#include <attain/core/version.hpp>

#include <cstdio>

int main() { return std::printf("attain %s\n", attain::version_text.data()) > 0 ? 0 : 1; }
