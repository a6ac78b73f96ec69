// A forgotten as-of day does not compile: a date has no default.
#include <attain/core/date.hpp>

#ifdef FORBIDDEN
attain::date as_of;
#else
attain::date as_of{2021, 9, 30};
#endif
