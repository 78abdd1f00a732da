#include "daemon/config/words.hpp"

#include <fmt/format.h>

namespace contactd {

namespace {

constexpr std::size_t longest_shown = 80;

std::string joined(std::span<const std::string_view> words, std::string_view last_joint) {
    std::string result;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0)
            result += i + 1 == words.size() ? last_joint : ", ";
        result += fmt::format("\"{}\"", words[i]);
    }
    return result;
}

} // namespace

std::string listed(std::span<const std::string_view> words) {
    return joined(words, " and ");
}

std::string listed_choices(std::span<const std::string_view> words) {
    return joined(words, " or ");
}

std::string shown(std::string_view text) {
    std::string result;
    for (char c : text.substr(0, longest_shown)) {
        const auto byte = static_cast<unsigned char>(c);
        result += byte < 0x20 || byte == 0x7f ? '?' : c;
    }
    if (text.size() > longest_shown) {
        // The cut may not leave half a UTF-8 character behind.
        while (!result.empty() && (static_cast<unsigned char>(result.back()) & 0xc0) == 0x80)
            result.pop_back();
        if (!result.empty() && static_cast<unsigned char>(result.back()) >= 0xc0)
            result.pop_back();
        result += "...";
    }
    return result;
}

} // namespace contactd
