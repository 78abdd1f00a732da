#include "core/plain_letters.hpp"

#include "core/text.hpp"
#include "core/whole_letters.hpp"

#include <cstdlib>
#include <memory>
#include <utf8proc.h>

namespace core {
namespace {

/// As in fold(): no name comes near this length.
constexpr std::size_t longest_text = 4096;

/// Letters with a mark that German and Nordic writers replace by two, and one that stands for two.
constexpr whole_letter replaced_letters[]{
    {0xE4, "\xC3\xA4", "a", "ae"},  // ä
    {0xF6, "\xC3\xB6", "o", "oe"},  // ö
    {0xFC, "\xC3\xBC", "u", "ue"},  // ü
    {0xE5, "\xC3\xA5", "a", "aa"},  // å
    {0xDF, "\xC3\x9F", "ss", "ss"}, // ß
};

const whole_letter* letter_at_start(std::string_view text) {
    for (const auto& one : replaced_letters)
        if (text.starts_with(one.written))
            return &one;
    for (const auto& one : whole_letters)
        if (text.starts_with(one.written))
            return &one;
    return nullptr;
}

std::string replaced(std::string_view text, std::string_view whole_letter::*by) {
    std::string made;
    made.reserve(text.size());
    while (!text.empty()) {
        const auto* letter = letter_at_start(text);
        if (letter != nullptr)
            made += letter->*by;
        else
            made += text[0];
        text.remove_prefix(letter != nullptr ? letter->written.size() : 1);
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
    auto plain = without_marks(replaced(folded, &whole_letter::plain));
    auto other = without_marks(replaced(folded, &whole_letter::spelled));
    if (plain.empty())
        return {std::string(folded)};
    std::vector<std::string> all{std::move(plain)};
    if (other != all.front())
        all.push_back(std::move(other));
    return all;
}

} // namespace core
