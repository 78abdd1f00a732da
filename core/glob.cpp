#include "core/glob.hpp"

#include "core/fold.hpp"

#include <algorithm>

namespace core {
namespace {

std::size_t after_character(std::string_view text, std::size_t at) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0u) == 0x80u)
        ++at;
    return at;
}

} // namespace

bool glob_matches(std::string_view pattern, std::string_view text) {
    // On a mismatch only the latest `*` needs to grow, so the time is bounded by the product of the lengths.
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = std::string_view::npos;
    std::size_t star_text = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            star_text = t;
        } else if (p < pattern.size() && pattern[p] == '?') {
            ++p;
            t = after_character(text, t);
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            star_text = after_character(text, star_text);
            t = star_text;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

glob_list::glob_list(std::span<const std::string> patterns) {
    for (const auto& pattern : patterns)
        add(pattern);
}

void glob_list::add(std::string_view pattern) {
    auto folded = fold(pattern);
    if (folded.find_first_of("*?") == std::string::npos)
        names_.insert(std::move(folded));
    else
        patterns_.push_back(std::move(folded));
}

bool glob_list::matches(std::string_view folded) const {
    return names_.contains(folded) ||
           std::ranges::any_of(patterns_, [folded](const auto& pattern) { return glob_matches(pattern, folded); });
}

} // namespace core
