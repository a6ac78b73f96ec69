// Text becomes a unit only where it is read, since reading may fail.
#include <attain/core/unit.hpp>

#ifdef FORBIDDEN
attain::unit counted = "人次";
#else
attain::unit counted = attain::parse_unit("人次");
#endif
