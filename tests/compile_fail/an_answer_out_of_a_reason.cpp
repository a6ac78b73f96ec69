// A reason is no value: answer<reason> could not tell the two apart.
#include <attain/core/answer.hpp>

#ifdef FORBIDDEN
attain::answer<attain::reason> why = attain::reason::stale;
#else
attain::answer<double> why = attain::reason::stale;
#endif
