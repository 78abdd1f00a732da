#include "daemon/config/nearest.hpp"

#include "core/ascii.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace contactd {

namespace {

// Longer than any key; keeps the work small whatever was typed.
constexpr std::size_t longest_word = 64;

// Shorter pieces are contained in too many words to mean anything.
constexpr std::size_t shortest_piece = 4;

std::string plain(std::string_view word) {
    std::string result(word);
    for (char& c : result)
        c = c == '-' ? '_' : core::ascii_lower(c);
    return result;
}

std::optional<std::string_view> only_one_containing(std::string_view piece, std::span<const std::string_view> known) {
    if (piece.size() < shortest_piece)
        return std::nullopt;
    std::optional<std::string_view> found;
    for (std::string_view word : known) {
        if (plain(word).find(piece) == std::string::npos)
            continue;
        if (found)
            return std::nullopt;
        found = word;
    }
    return found;
}

} // namespace

// Damerau-Levenshtein in its restricted form: no part is edited twice.
std::size_t edit_distance(std::string_view left, std::string_view right) {
    const std::string a = plain(left);
    const std::string b = plain(right);
    std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        before_last.swap(last);
        last.swap(row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t wrong = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + wrong});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
    }
    return row[b.size()];
}

std::optional<std::string_view> nearest(std::string_view typed, std::span<const std::string_view> known) {
    if (typed.empty() || typed.size() > longest_word)
        return std::nullopt;
    std::optional<std::string_view> best;
    std::size_t best_distance = 0;
    for (std::string_view word : known) {
        const std::size_t distance = edit_distance(typed, word);
        const std::size_t plausible = std::max(typed.size(), word.size()) / 3;
        if (distance <= plausible && (!best || distance < best_distance)) {
            best = word;
            best_distance = distance;
        }
    }
    return best ? best : only_one_containing(plain(typed), known);
}

} // namespace contactd
