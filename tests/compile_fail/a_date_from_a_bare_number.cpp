// 20210930 is neither a day nor a count of days until somebody says which.
#include <attain/core/date.hpp>

#ifdef FORBIDDEN
attain::date as_of = 18900;
#else
attain::date as_of = attain::date::from_days(18900);
#endif
