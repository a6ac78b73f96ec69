#pragma once

/** Names that system headers are known to define as macros, defined here to something that breaks whoever uses them.

  The standard library comes first, as it would in a program that includes such a header before ours.
*/

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <charconv>
#include <chrono>
#include <cmath>
#include <compare>
#include <concepts>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <exception>
#include <functional>
#include <future>
#include <initializer_list>
#include <iosfwd>
#include <iterator>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <numeric>
#include <optional>
#include <semaphore>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

#undef major
#undef minor

// <windows.h>
#define min(a, b) ATTAIN_USES_A_HOSTILE_MACRO
#define max(a, b) ATTAIN_USES_A_HOSTILE_MACRO
#define small ATTAIN_USES_A_HOSTILE_MACRO
#define near ATTAIN_USES_A_HOSTILE_MACRO
#define far ATTAIN_USES_A_HOSTILE_MACRO
#define interface ATTAIN_USES_A_HOSTILE_MACRO
#define ERROR ATTAIN_USES_A_HOSTILE_MACRO
// <sys/sysmacros.h>
#define major(device) ATTAIN_USES_A_HOSTILE_MACRO
#define minor(device) ATTAIN_USES_A_HOSTILE_MACRO
