#pragma once

/** How the library is compiled.

  Header-only is the default: ATTAIN_INLINE is `inline` and every header includes
  its bodies. With ATTAIN_COMPILED defined (the target attain::compiled does it)
  ATTAIN_INLINE is empty and the bodies live once, in src/attain.cpp.

  Results are promised bit for bit, so a compiler that may reorder arithmetic is
  refused here.
*/

#if defined(__FAST_MATH__)
#error "attain: -ffast-math changes results (sums, comparisons, thresholds); compile without it"
#endif

#if defined(ATTAIN_COMPILED)
#define ATTAIN_INLINE
#else
#define ATTAIN_INLINE inline
#endif

/// Before `inline`: the caller has to see constants through the call, or the call costs more than the work.
#if defined(__GNUC__)
#define ATTAIN_HOT [[gnu::always_inline]]
#else
#define ATTAIN_HOT
#endif

/// Before a function: all that it calls is compiled into it, whatever else the file holds.
#if defined(__GNUC__)
#define ATTAIN_WHOLE [[gnu::flatten]]
#else
#define ATTAIN_WHOLE
#endif

/// Asks the processor to fetch memory that will soon be read; nothing where there is no way to ask.
#if defined(__GNUC__)
#define ATTAIN_PREFETCH(address) __builtin_prefetch(address)
#else
#define ATTAIN_PREFETCH(address) static_cast<void>(address)
#endif
