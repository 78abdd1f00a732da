#pragma once

namespace core {

// Of one byte, whatever the locale; bytes of other characters stay as they are.

constexpr bool is_ascii_digit(char c) {
    return c >= '0' && c <= '9';
}

constexpr char ascii_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr bool is_ascii_letter(char c) {
    return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z';
}

} // namespace core
