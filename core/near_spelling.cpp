#include "core/near_spelling.hpp"

#include "core/ascii.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace core {
namespace {

/// Shorter words turn into one another too easily: "Ost" and "Orst", "II" and "III".
constexpr std::size_t shortest_word = 5;
constexpr int most_misspelled_words = 2;

std::vector<std::string> sorted_words(const company_name& name) {
    std::vector<std::string> words;
    for (const auto& one : name.words)
        words.push_back(one.plain);
    std::ranges::sort(words);
    return words;
}

/// One letter more, one less, another one, or two that changed places.
bool is_one_slip(std::string_view one, std::string_view other) {
    if (one.size() > other.size())
        std::swap(one, other);
    const auto from = static_cast<std::size_t>(std::ranges::mismatch(one, other).in1 - one.begin());
    one.remove_prefix(from);
    other.remove_prefix(from);
    if (other.size() == one.size() + 1)
        return one == other.substr(1);
    if (one.size() != other.size() || one.empty())
        return false;
    return one.substr(1) == other.substr(1) ||
           (one.size() > 1 && one[0] == other[1] && one[1] == other[0] && one.substr(2) == other.substr(2));
}

bool can_be_misspelled(const name_word& word) {
    return word.plain.size() >= shortest_word && std::ranges::none_of(word.plain, is_ascii_digit);
}

bool is_spelled_in(const name_word& word, std::string_view label) {
    return label.contains(word.plain) || label.contains(word.spelled);
}

std::string digits_of(std::string_view text) {
    std::string digits;
    for (const char c : text)
        if (is_ascii_digit(c))
            digits += c;
    return digits;
}

} // namespace

bool has_same_words(const company_name& one, const company_name& other) {
    return !one.words.empty() && sorted_words(one) == sorted_words(other);
}

bool is_misspelling(const company_name& one, const company_name& other, std::string_view label) {
    if (one.words.size() != other.words.size() || one.words.empty())
        return false;
    int misspelled = 0;
    for (std::size_t i = 0; i < one.words.size(); ++i) {
        const auto& a = one.words[i];
        const auto& b = other.words[i];
        if (a.plain == b.plain)
            continue;
        if (++misspelled > most_misspelled_words || !can_be_misspelled(a) || !can_be_misspelled(b))
            return false;
        const bool slip = is_one_slip(a.plain, b.plain) || is_one_slip(a.spelled, b.spelled);
        if (!slip || is_spelled_in(a, label) == is_spelled_in(b, label))
            return false;
    }
    return true;
}

bool is_near_login(std::string_view one, std::string_view other) {
    return std::min(one.size(), other.size()) >= shortest_word && is_one_slip(one, other) &&
           digits_of(one) == digits_of(other);
}

} // namespace core
