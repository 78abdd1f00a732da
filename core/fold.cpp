#include "core/fold.hpp"

#include "core/ascii.hpp"
#include "core/text.hpp"

#include <cstdlib>
#include <memory>
#include <utf8proc.h>

namespace core {
namespace {

/// Putting combining marks in order takes time quadratic in their number. No name or address comes near this length.
constexpr std::size_t longest_text = 4096;

std::string fold_ascii(std::string_view text) {
    std::string folded(text);
    for (char& c : folded)
        c = ascii_lower(c);
    return folded;
}

/// Empty when the text is not valid UTF-8.
std::string mapped(std::string_view text, unsigned options) {
    utf8proc_uint8_t* raw = nullptr;
    const auto size =
        utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                     &raw, static_cast<utf8proc_option_t>(options));
    const std::unique_ptr<utf8proc_uint8_t, decltype([](utf8proc_uint8_t* p) { std::free(p); })> owner(raw);
    if (size < 0)
        return {};
    return {reinterpret_cast<const char*>(raw), static_cast<std::size_t>(size)};
}

/// True when the text may hold U+0345, by itself or inside of a letter of Greek Extended (U+1F00 to U+1FFF).
bool may_hold_iota_below(std::string_view text) {
    return text.contains("\xCD\x85") || text.contains("\xE1\xBC") || text.contains("\xE1\xBD") ||
           text.contains("\xE1\xBE") || text.contains("\xE1\xBF");
}

} // namespace

std::string fold(std::string_view text) {
    // Nearly every account name is plain ASCII.
    if (text.size() > longest_text || is_ascii(text))
        return fold_ascii(text);
    if (!may_hold_iota_below(text)) {
        const auto folded = mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
        return folded.empty() ? fold_ascii(text) : folded;
    }
    // The folding of a combining iota would come between a letter and its accents: compose them first.
    const auto composed = mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (composed.empty())
        return fold_ascii(text);
    return mapped(composed, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
}

} // namespace core
