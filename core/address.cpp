#include "core/address.hpp"

#include "core/fold.hpp"
#include "core/text.hpp"

namespace core {
namespace {

bool is_at_sign(char c) {
    return c == '@';
}

bool is_separator(char c) {
    return c == ',' || c == ';' || c == '<' || c == '>' || c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// How many such characters stand outside of a quoted string (RFC 5322, section 3.2.4).
template <class Predicate>
int count_unquoted(std::string_view text, Predicate is_meant) {
    int count = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (quoted && text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            quoted = !quoted;
        else if (!quoted && is_meant(text[i]))
            ++count;
    }
    return count;
}

/// Quotation marks go only in pairs around the whole: one at the front alone opens a quoted local part.
std::string_view without_quotes(std::string_view text) {
    while (text.size() >= 2 && text.front() == text.back() && (text.front() == '"' || text.front() == '\''))
        text = trim_blanks(text.substr(1, text.size() - 2));
    return text;
}

/// What stands between the angle brackets, where there are any; nothing where there is more than one such group.
std::optional<std::string_view> inside_angle_brackets(std::string_view text) {
    if (!text.ends_with('>'))
        return text;
    const auto opens = text.rfind('<');
    if (opens == std::string_view::npos ||
        count_unquoted(text.substr(0, opens), [](char c) { return c == '<' || c == '@'; }) > 0)
        return std::nullopt;
    return without_quotes(trim_blanks(text.substr(opens + 1, text.size() - opens - 2)));
}

std::string_view without_mailto(std::string_view text) {
    constexpr std::string_view scheme = "mailto:";
    if (text.size() < scheme.size() || fold(text.substr(0, scheme.size())) != scheme)
        return text;
    text.remove_prefix(scheme.size());
    return trim_blanks(text.substr(0, text.find('?')));
}

} // namespace

std::optional<address> read_address(std::string_view field) {
    const auto cleaned = without_zero_width(field);
    const auto bracketed = inside_angle_brackets(without_quotes(trim_blanks(cleaned)));
    if (!bracketed)
        return std::nullopt;
    const auto text = without_mailto(*bracketed);
    if (count_unquoted(text, is_at_sign) != 1 || count_unquoted(text, is_separator) != 0)
        return std::nullopt;
    const auto at = text.rfind('@');
    if (at == 0 || at + 1 == text.size())
        return std::nullopt;
    auto whole = fold(text);
    auto local_part = whole.substr(0, whole.rfind('@'));
    return address{std::move(whole), std::move(local_part)};
}

} // namespace core
