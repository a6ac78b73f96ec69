#include "hostile.hpp"

#include "everything.hpp"

using parser = attain::date (*)(std::string_view);
parser parser_seen_by_two();

parser parser_seen_by_two() { return &attain::parse_date; }
