#include "core/plain_letters.hpp"

#include "core/text.hpp"

#include <cstdlib>
#include <memory>
#include <utf8proc.h>

namespace core {
namespace {

/// As in fold(): no name comes near this length.
constexpr std::size_t longest_text = 4096;

struct letter {
    std::string_view written;
    std::string_view plain;
    std::string_view replaced; ///< As German and Nordic writers do.
};

/// Letters that Unicode does not take apart, and those that are replaced by two.
constexpr letter letters[]{
    {"\xC3\xA4", "a", "ae"},  // ä
    {"\xC3\xB6", "o", "oe"},  // ö
    {"\xC3\xBC", "u", "ue"},  // ü
    {"\xC3\xA5", "a", "aa"},  // å
    {"\xC3\xB8", "o", "oe"},  // ø
    {"\xC3\xA6", "ae", "ae"}, // æ
    {"\xC5\x93", "oe", "oe"}, // œ
    {"\xC3\x9F", "ss", "ss"}, // ß
    {"\xC5\x82", "l", "l"},   // ł
    {"\xC4\x91", "d", "d"},   // đ
    {"\xC3\xB0", "d", "d"},   // ð
    {"\xC3\xBE", "th", "th"}, // þ
    {"\xC4\xB1", "i", "i"},   // ı
};

std::string replaced(std::string_view text, std::string_view letter::*by) {
    std::string made;
    made.reserve(text.size());
    while (!text.empty()) {
        std::size_t taken = 0;
        for (const auto& one : letters)
            if (taken == 0 && text.starts_with(one.written)) {
                made += one.*by;
                taken = one.written.size();
            }
        if (taken == 0)
            made += text[0];
        text.remove_prefix(taken == 0 ? 1 : taken);
    }
    return made;
}

/// Empty when the text is not valid UTF-8.
std::string without_marks(std::string_view text) {
    utf8proc_uint8_t* raw = nullptr;
    const auto size =
        utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                     &raw, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK));
    const std::unique_ptr<utf8proc_uint8_t, decltype([](utf8proc_uint8_t* p) { std::free(p); })> owner(raw);
    if (size < 0)
        return {};
    return {reinterpret_cast<const char*>(raw), static_cast<std::size_t>(size)};
}

} // namespace

std::vector<std::string> plain_spellings(std::string_view folded) {
    if (is_ascii(folded) || folded.size() > longest_text)
        return {std::string(folded)};
    auto plain = without_marks(replaced(folded, &letter::plain));
    auto other = without_marks(replaced(folded, &letter::replaced));
    if (plain.empty())
        return {std::string(folded)};
    std::vector<std::string> all{std::move(plain)};
    if (other != all.front())
        all.push_back(std::move(other));
    return all;
}

} // namespace core
