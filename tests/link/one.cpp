#include "hostile.hpp"

#include "everything.hpp"

using parser = attain::date (*)(std::string_view);
parser parser_seen_by_two();

// What is inline is one thing for the whole program.
int main() { return parser_seen_by_two() == &attain::parse_date ? 0 : 1; }
