// An answer is not a number: what holds when there is none must be said.
#include <attain/core/answer.hpp>

double shown(const attain::answer<double>& attainment) {
#ifdef FORBIDDEN
  return attainment;
#else
  return attainment.value_or(0.0);
#endif
}
