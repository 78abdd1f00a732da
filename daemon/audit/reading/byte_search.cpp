#include "daemon/audit/reading/byte_search.hpp"

#include "core/ascii.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

namespace contactd {

namespace {

/// As many bytes as every machine compares at once; the compilers make the best instructions of it.
using lanes = unsigned char __attribute__((vector_size(16)));

constexpr std::size_t width = sizeof(lanes);

lanes load(const char* from) {
    lanes loaded;
    std::memcpy(&loaded, from, width);
    return loaded;
}

lanes filled(unsigned char with) {
    return lanes{} + with;
}

template <class Compared>
bool any(const Compared& compared) {
    struct halves {
        std::uint64_t low, high;
    };
    const auto both = std::bit_cast<halves>(compared);
    return (both.low | both.high) != 0;
}

constexpr unsigned char case_bit = 0x20;

} // namespace

byte_search::byte_search(std::string_view text, bool any_case) : text_(text), any_case_(any_case) {
    if (any_case_)
        for (char& c : text_)
            c = core::ascii_lower(c);
}

bool byte_search::stands_at(const char* place) const {
    if (!any_case_)
        return std::memcmp(place, text_.data(), text_.size()) == 0;
    for (std::size_t i = 0; i < text_.size(); ++i)
        if (core::ascii_lower(place[i]) != text_[i])
            return false;
    return true;
}

std::size_t byte_search::find(std::string_view bytes, std::size_t from) const {
    if (from > bytes.size() || bytes.size() - from < text_.size())
        return nowhere;
    if (text_.empty())
        return from;
    // The first and the last byte are looked for side by side; where both stand, all of it is compared. A bit that is
    // set on both sides finds letters of either case, and now and then something else, which is compared in vain.
    const unsigned char blur = any_case_ ? case_bit : 0;
    const auto blurred = [blur](char c) { return static_cast<unsigned char>(static_cast<unsigned char>(c) | blur); };
    const auto first = filled(blurred(text_.front()));
    const auto last = filled(blurred(text_.back()));
    const auto blurs = filled(blur);
    const auto distance = text_.size() - 1;
    const auto ends = bytes.size() - distance; // Behind the last place where it could begin.
    auto at = from;
    for (; at + width <= ends; at += width) {
        const auto hits =
            ((load(bytes.data() + at) | blurs) == first) & ((load(bytes.data() + at + distance) | blurs) == last);
        if (!any(hits))
            continue;
        for (std::size_t i = 0; i < width; ++i)
            if (hits[i] != 0 && stands_at(bytes.data() + at + i))
                return at + i;
    }
    for (; at < ends; ++at)
        if (stands_at(bytes.data() + at))
            return at;
    return nowhere;
}

std::size_t find_odd_line_end(std::string_view bytes, std::size_t from) {
    const auto is_odd = [bytes](std::size_t at) {
        return bytes[at] == '\n' &&
               (at == 0 || bytes[at - 1] != '}' || (at + 1 < bytes.size() && bytes[at + 1] != '{'));
    };
    auto at = from;
    if (at == 0 && !bytes.empty()) {
        if (is_odd(0))
            return 0;
        at = 1;
    }
    const auto feeds = filled('\n');
    const auto closing = filled('}');
    const auto opening = filled('{');
    for (; at + width < bytes.size(); at += width) {
        const auto* const place = bytes.data() + at;
        const auto odd = (load(place) == feeds) & ((load(place - 1) != closing) | (load(place + 1) != opening));
        if (!any(odd))
            continue;
        for (std::size_t i = 0; i < width; ++i)
            if (odd[i] != 0)
                return at + i;
    }
    for (; at < bytes.size(); ++at)
        if (is_odd(at))
            return at;
    return byte_search::nowhere;
}

std::size_t find_unicode_escape(std::string_view bytes, std::size_t from) {
    constexpr std::size_t length = 6;
    const auto is_escape = [bytes](std::size_t at) {
        if (bytes.size() - at < length || bytes[at] != '\\' || bytes[at + 1] != 'u' ||
            bytes.substr(at + 2, length - 2).find_first_not_of("0123456789abcdefABCDEF") != std::string_view::npos)
            return false;
        std::size_t before = 0;
        while (before < at && bytes[at - before - 1] == '\\')
            ++before;
        return before % 2 == 0;
    };
    // "ACME\\uwe" is in many lines; what the first digit cannot be is not looked at any closer.
    const auto backslashes = filled('\\');
    const auto us = filled('u');
    const auto zeros = filled('0');
    const auto tens = filled(10);
    const auto blurs = filled(case_bit);
    const auto as = filled('a');
    const auto sixes = filled(6);
    auto at = from;
    for (; at + width + 2 <= bytes.size(); at += width) {
        const auto* const place = bytes.data() + at;
        const auto pairs = (load(place) == backslashes) & (load(place + 1) == us);
        if (!any(pairs))
            continue;
        const auto digits = load(place + 2);
        const auto hits = pairs & ((digits - zeros < tens) | ((digits | blurs) - as < sixes));
        for (std::size_t i = 0; i < width; ++i)
            if (hits[i] != 0 && is_escape(at + i))
                return at + i;
    }
    for (; at < bytes.size(); ++at)
        if (is_escape(at))
            return at;
    return byte_search::nowhere;
}

} // namespace contactd
