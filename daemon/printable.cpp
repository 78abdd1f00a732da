#include "daemon/printable.hpp"

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

std::string padded(std::string_view text, std::size_t columns) {
    std::string shown(text);
    std::size_t width = 0;
    while (!text.empty()) {
        const auto next = first_of(text);
        width += next.value < 0 ? 1 : static_cast<std::size_t>(utf8proc_charwidth(next.value));
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
