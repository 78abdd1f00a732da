#include "core/text.hpp"

#include <algorithm>
#include <utf8proc.h>

namespace core {
namespace {

struct code_point {
    utf8proc_int32_t value = -1; ///< -1 for a byte that is not part of valid UTF-8.
    std::size_t bytes = 1;
};

code_point first_code_point(std::string_view text) {
    if (const auto byte = static_cast<unsigned char>(text.front()); byte < 0x80)
        return {byte, 1};
    utf8proc_int32_t value = -1;
    const auto bytes = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                        static_cast<utf8proc_ssize_t>(text.size()), &value);
    if (bytes <= 0)
        return {};
    return {value, static_cast<std::size_t>(bytes)};
}

code_point last_code_point(std::string_view text) {
    // A code point has at most four bytes: step back over the continuation bytes.
    std::size_t start = text.size() - 1;
    while (start > 0 && text.size() - start < 4 && (static_cast<unsigned char>(text[start]) & 0xC0u) == 0x80u)
        --start;
    const auto last = first_code_point(text.substr(start));
    if (last.value >= 0 && start + last.bytes == text.size())
        return last;
    return {};
}

bool is_quote(utf8proc_int32_t c) {
    return c == '"' || c == '\'' || c == '`' || c == 0xB4 || c == 0xAB || c == 0xBB || (c >= 0x2018 && c <= 0x201F);
}

bool is_blank(utf8proc_int32_t c) {
    if (c < 0x80)
        return (c >= 0 && c <= ' ') || c == 0x7F;
    switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_CC: // Holds tab, line feed and the other white space that is a control character.
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return true;
    default:
        return false;
    }
}

bool is_blank_or_quote(utf8proc_int32_t c) {
    return is_blank(c) || is_quote(c);
}

std::string_view trimmed(std::string_view text, bool (*surrounds)(utf8proc_int32_t)) {
    while (!text.empty()) {
        const auto first = first_code_point(text);
        if (!surrounds(first.value))
            break;
        text.remove_prefix(first.bytes);
    }
    while (!text.empty()) {
        const auto last = last_code_point(text);
        if (!surrounds(last.value))
            break;
        text.remove_suffix(last.bytes);
    }
    return text;
}

bool is_zero_width(utf8proc_int32_t c) {
    return (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF;
}

} // namespace

bool is_ascii(std::string_view text) {
    // Without an early end, so that the compiler looks at many bytes at once.
    unsigned bits = 0;
    for (const char c : text)
        bits |= static_cast<unsigned char>(c);
    return bits < 0x80;
}

std::size_t utf16_units(std::string_view text) {
    if (is_ascii(text))
        return text.size();
    std::size_t units = 0;
    while (!text.empty()) {
        const auto next = first_code_point(text);
        units += next.value > 0xFFFF ? 2 : 1;
        text.remove_prefix(next.bytes);
    }
    return units;
}

std::string_view trim(std::string_view text) {
    return trimmed(text, is_blank_or_quote);
}

std::string_view trim_blanks(std::string_view text) {
    return trimmed(text, is_blank);
}

std::string without_zero_width(std::string_view text) {
    if (is_ascii(text))
        return std::string(text);
    std::string kept;
    kept.reserve(text.size());
    while (!text.empty()) {
        const auto next = first_code_point(text);
        if (!is_zero_width(next.value))
            kept += text.substr(0, next.bytes);
        text.remove_prefix(next.bytes);
    }
    return kept;
}

bool has_line_break(std::string_view text) {
    return text.find_first_of("\n\v\f\r") != std::string_view::npos || text.contains("\xC2\x85") ||
           text.contains("\xE2\x80\xA8") || text.contains("\xE2\x80\xA9");
}

} // namespace core
