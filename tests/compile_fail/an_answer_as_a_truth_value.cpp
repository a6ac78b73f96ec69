// "Met" and "has an answer" must not be confused.
#include <attain/core/answer.hpp>

int shown(const attain::answer<double>& attainment) {
#ifdef FORBIDDEN
  if (attainment) return 1;
#else
  if (attainment.has_value()) return 1;
#endif
  return 0;
}
