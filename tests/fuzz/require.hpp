#pragma once

#include <cstdio>
#include <cstdlib>

namespace fuzz {

/// Ends the program when a promise is broken, so that libFuzzer keeps the input; in every build, also without asserts.
inline void require(bool kept, const char* promise) {
    if (kept)
        return;
    std::fprintf(stderr, "Broken promise: %s.\n", promise);
    std::abort();
}

} // namespace fuzz
