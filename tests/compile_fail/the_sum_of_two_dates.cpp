// The difference of two dates is a number of days; their sum is nothing.
#include <attain/core/date.hpp>

int days(attain::date from, attain::date to) {
#ifdef FORBIDDEN
  return to + from;
#else
  return to - from;
#endif
}
