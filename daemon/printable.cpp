#include "daemon/printable.hpp"

#include <fmt/format.h>
#include <utf8proc.h>

namespace contactd {
namespace {

struct character {
    utf8proc_int32_t value = -1;
    std::size_t bytes = 1;
};

character first_of(std::string_view text) {
    character first;
    const auto bytes = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                        static_cast<utf8proc_ssize_t>(text.size()), &first.value);
    if (bytes > 0)
        first.bytes = static_cast<std::size_t>(bytes);
    return first;
}

bool is_harmless(utf8proc_int32_t c) {
    if (c < 0)
        return false;
    const auto category = utf8proc_category(c);
    // Format characters hold the marks that turn the direction of writing, which can disguise a line.
    return category != UTF8PROC_CATEGORY_CC && category != UTF8PROC_CATEGORY_CF && category != UTF8PROC_CATEGORY_ZL &&
           category != UTF8PROC_CATEGORY_ZP;
}

std::size_t width_of(const character& one) {
    return one.value < 0 ? 1 : static_cast<std::size_t>(utf8proc_charwidth(one.value));
}

} // namespace

std::string printable(std::string_view text) {
    std::string shown;
    shown.reserve(text.size());
    while (!text.empty()) {
        const auto next = first_of(text);
        if (is_harmless(next.value))
            shown += text.substr(0, next.bytes);
        else
            shown += ' ';
        text.remove_prefix(next.bytes);
    }
    return shown;
}

std::string printable_json(std::string_view text) {
    std::string shown;
    shown.reserve(text.size());
    while (!text.empty()) {
        const auto next = first_of(text);
        constexpr utf8proc_int32_t first_pair = 0x10000;
        constexpr utf8proc_int32_t half_bits = 10;
        constexpr utf8proc_int32_t half_mask = (1 << half_bits) - 1;
        if (is_harmless(next.value))
            shown += text.substr(0, next.bytes);
        else if (next.value < 0)
            shown += "\xEF\xBF\xBD"; // It was no text: JSON cannot hold it.
        else if (next.value < first_pair)
            shown += fmt::format("\\u{:04x}", next.value);
        else
            shown += fmt::format("\\u{:04x}\\u{:04x}", 0xD800 + ((next.value - first_pair) >> half_bits),
                                 0xDC00 + ((next.value - first_pair) & half_mask));
        text.remove_prefix(next.bytes);
    }
    return shown;
}

std::string revealed(std::string_view text) {
    std::string shown;
    while (!text.empty()) {
        const auto next = first_of(text);
        const bool is_space = next.value >= 0 && utf8proc_category(next.value) == UTF8PROC_CATEGORY_ZS;
        if (next.value < 0)
            shown += fmt::format("<byte {:02X}>", static_cast<unsigned char>(text.front()));
        else if (next.value == ' ' || (is_harmless(next.value) && !is_space))
            shown += text.substr(0, next.bytes);
        else
            shown += fmt::format("<U+{:04X}>", next.value);
        text.remove_prefix(next.bytes);
    }
    return shown;
}

std::string shortened(std::string_view text, std::size_t columns) {
    std::size_t width = 0;
    std::size_t kept = 0; // Bytes that leave a column for the mark.
    for (auto rest = text; !rest.empty();) {
        const auto next = first_of(rest);
        width += width_of(next);
        rest.remove_prefix(next.bytes);
        if (width < columns)
            kept = text.size() - rest.size();
        if (width > columns)
            return std::string(text.substr(0, kept)) + (columns > 0 ? "\xE2\x80\xA6" : "");
    }
    return std::string(text);
}

std::string padded(std::string_view text, std::size_t columns) {
    std::string shown(text);
    std::size_t width = 0;
    while (!text.empty()) {
        const auto next = first_of(text);
        width += width_of(next);
        text.remove_prefix(next.bytes);
    }
    if (width < columns)
        shown.append(columns - width, ' ');
    return shown;
}

std::string grouped(std::int64_t number) {
    auto digits = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > (number < 0 ? 1 : 0); at -= 3)
        digits.insert(static_cast<std::size_t>(at), 1, ',');
    return digits;
}

std::string about(std::chrono::milliseconds time) {
    using namespace std::chrono_literals;
    if (time < 90s)
        return "about " + std::to_string(std::chrono::ceil<std::chrono::seconds>(time).count()) + " s";
    if (time < 90min)
        return "about " + std::to_string(std::chrono::ceil<std::chrono::minutes>(time).count()) + " min";
    return "about " + std::to_string(std::chrono::ceil<std::chrono::hours>(time).count()) + " h";
}

std::string counted(std::int64_t number, std::string_view one, std::string_view many) {
    return grouped(number) + ' ' + std::string(number == 1 ? one : many);
}

} // namespace contactd
