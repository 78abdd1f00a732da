#pragma once

#include <string_view>

namespace contactd {

/// The escape sequences of a terminal, or nothing at all.
struct palette {
    std::string_view bold, green, yellow, red, dim, plain;
};

inline constexpr palette colours{"\x1b[1m", "\x1b[32m", "\x1b[33m", "\x1b[31m", "\x1b[2m", "\x1b[0m"};
inline constexpr palette no_colours{};

/// Those of a terminal, or none.
inline const palette& palette_for(bool coloured) {
    return coloured ? colours : no_colours;
}

} // namespace contactd
