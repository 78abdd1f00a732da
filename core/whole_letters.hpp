#pragma once

#include <array>
#include <string_view>

namespace core {

/// A Latin letter that Unicode does not take apart into a letter and its marks.
struct whole_letter {
    char32_t letter;
    std::string_view written; ///< UTF-8.
    std::string_view plain;   ///< As it is typed on a keyboard without it ...
    std::string_view spelled; ///< ... and as its own writers replace it.
};

inline constexpr std::array whole_letters{
    whole_letter{0xE6, "\xC3\xA6", "ae", "ae"},  // æ
    whole_letter{0xF0, "\xC3\xB0", "d", "d"},    // ð
    whole_letter{0xF8, "\xC3\xB8", "o", "oe"},   // ø
    whole_letter{0xFE, "\xC3\xBE", "th", "th"},  // þ
    whole_letter{0x111, "\xC4\x91", "d", "d"},   // đ
    whole_letter{0x131, "\xC4\xB1", "i", "i"},   // ı
    whole_letter{0x142, "\xC5\x82", "l", "l"},   // ł
    whole_letter{0x153, "\xC5\x93", "oe", "oe"}, // œ
};

} // namespace core
