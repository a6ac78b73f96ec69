# Warnings for what this project compiles itself; never part of what it exports.

option(ATTAIN_WARNINGS_AS_ERRORS "A warning stops the build" OFF)

function(attain_warnings target)
  if(MSVC)
    target_compile_options(${target} PRIVATE
      /W4
      /permissive-  # the standard's C++, not the compiler's
      /utf-8)       # source files are UTF-8 on every system
  else()
    target_compile_options(${target} PRIVATE
      -Wall -Wextra -Wpedantic
      -Wconversion  # a value that may not survive an implicit conversion
      -Wshadow)     # a name that hides another
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
      # optimising, g++ 12 takes the assignment of a literal to a std::string for an overlap (its bug 105651)
      target_compile_options(${target} PRIVATE -Wno-restrict)
    endif()
  endif()
  if(ATTAIN_WARNINGS_AS_ERRORS)
    set_target_properties(${target} PROPERTIES COMPILE_WARNING_AS_ERROR ON)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      # a guess of the optimiser, which differs from level to level and is often wrong about std::optional
      target_compile_options(${target} PRIVATE -Wno-error=maybe-uninitialized)
    endif()
  endif()
endfunction()
