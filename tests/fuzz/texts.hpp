#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace fuzz {

/// True for a text that may stand in a message of one line.
inline bool is_one_line(std::string_view text) {
    return std::ranges::none_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7F;
    });
}

/// True for well-formed UTF-8 (RFC 3629); written out, so that no code under test judges itself.
inline bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const auto first = static_cast<unsigned char>(text.front());
        const std::size_t size = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (size == 0 || first > 0xF4 || text.size() < size)
            return false;
        for (const char c : text.substr(1, size - 1))
            if ((static_cast<unsigned char>(c) & 0xC0u) != 0x80u)
                return false;
        const auto second = size > 2 ? static_cast<unsigned char>(text[1]) : 0u;
        if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) || (first == 0xF0 && second < 0x90) ||
            (first == 0xF4 && second > 0x8F))
            return false;
        text.remove_prefix(size);
    }
    return true;
}

/// The text with its ASCII letters turned into the other case.
inline std::string with_other_case(std::string_view text) {
    std::string turned(text);
    for (char& c : turned)
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
            c = static_cast<char>(c ^ 0x20);
    return turned;
}

} // namespace fuzz
