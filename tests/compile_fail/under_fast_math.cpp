// Results are promised bit for bit: arithmetic that may be reordered is refused.
#ifdef FORBIDDEN
#define __FAST_MATH__ 1
#endif
#include <attain/core/config.hpp>
