#include "core/similar_names.hpp"

#include <algorithm>
#include <bit>
#include <functional>
#include <map>
#include <string>

namespace core {
namespace {

/// How many entries of the index one question may look at. Rare letters come first and say most.
constexpr std::size_t most_postings = 3000;
/// How many of those that share rare letters are compared as a whole.
constexpr std::size_t most_compared = 48;
/// What counts as similar, of 100.
constexpr int similar_enough = 60;
/// Letters of a name beyond these do not count.
constexpr std::size_t longest_word = 40;
constexpr std::size_t most_words = 16;

} // namespace

std::vector<similar_names::trigram> similar_names::trigrams_of(const company_name& name) {
    std::vector<trigram> list;
    for (const auto& one : std::span(name.words).first(std::min(name.words.size(), most_words))) {
        // With marks of where the word begins and ends, so that short words have some, too.
        const auto word = '\1' + one.plain.substr(0, longest_word) + '\1';
        for (std::size_t i = 0; i + 3 <= word.size(); ++i)
            list.push_back(static_cast<trigram>(static_cast<unsigned char>(word[i]) << 16 |
                                                static_cast<unsigned char>(word[i + 1]) << 8 |
                                                static_cast<unsigned char>(word[i + 2])));
    }
    std::ranges::sort(list);
    const auto again = std::ranges::unique(list);
    list.erase(again.begin(), again.end());
    return list;
}

similar_names::similar_names(std::span<const company_name* const> names) {
    names_.reserve(names.size());
    for (const auto* one : names) {
        names_.push_back(trigrams_of(*one));
        for (const auto letters : names_.back())
            postings_.push_back({letters, static_cast<std::uint32_t>(names_.size() - 1)});
    }
    std::ranges::sort(postings_, [](const posting& a, const posting& b) {
        return a.letters != b.letters ? a.letters < b.letters : a.index < b.index;
    });
}

std::span<const similar_names::posting> similar_names::holding(trigram letters) const {
    return std::ranges::equal_range(postings_, letters, {}, &posting::letters);
}

/// How many bits of information the letters carry, times eight. Whole numbers, so that the order of adding them makes
/// no difference.
int similar_names::weight(trigram letters) const {
    const auto rarity = names_.size() * 8 / (holding(letters).size() + 1) + 1;
    return static_cast<int>(std::bit_width(rarity));
}

int similar_names::compare(std::span<const trigram> one, std::span<const trigram> other) const {
    int shared = 0;
    int of_one = 0;
    int of_other = 0;
    std::size_t j = 0;
    for (const auto letters : one) {
        const auto value = weight(letters);
        of_one += value;
        while (j < other.size() && other[j] < letters)
            of_other += weight(other[j++]);
        if (j < other.size() && other[j] == letters)
            shared += value;
    }
    for (; j < other.size(); ++j)
        of_other += weight(other[j]);
    if (of_one + of_other == 0)
        return 0;
    const auto alike = 200 * shared / (of_one + of_other);
    // One name may be a part of the other, "Nordlicht" of "Nordlicht Druckerei"; that is worth somewhat less.
    const auto part = 100 * shared / std::max(std::min(of_one, of_other), 1);
    return std::max(alike, part * 3 / 5);
}

int similar_names::likeness(const company_name& one, const company_name& other) const {
    return compare(trigrams_of(one), trigrams_of(other));
}

std::vector<similar_names::found> similar_names::like(const company_name& name) const {
    const auto wanted = trigrams_of(name);
    std::vector<std::span<const posting>> lists;
    for (const auto letters : wanted)
        if (const auto list = holding(letters); !list.empty())
            lists.push_back(list);
    std::ranges::sort(lists, [](std::span<const posting> a, std::span<const posting> b) {
        return a.size() != b.size() ? a.size() < b.size() : a.front().letters < b.front().letters;
    });

    std::vector<int> shared(names_.size());
    std::vector<std::size_t> touched;
    std::size_t looked_at = 0;
    for (const auto list : lists) {
        if (looked_at += list.size(); looked_at > most_postings)
            break;
        const auto value = weight(list.front().letters);
        for (const auto& one : list) {
            if (shared[one.index] == 0)
                touched.push_back(one.index);
            shared[one.index] += value;
        }
    }
    // Of those that share equally much, all are compared or none: which one comes first must make no difference.
    std::map<int, std::vector<std::size_t>, std::greater<>> by_share;
    for (const auto index : touched)
        by_share[shared[index]].push_back(index);

    std::vector<found> result;
    std::size_t compared = 0;
    for (const auto& [value, indexes] : by_share) {
        if (compared += indexes.size(); compared > most_compared)
            break;
        for (const auto index : indexes)
            if (const auto likeness = compare(wanted, names_[index]); likeness >= similar_enough)
                result.push_back({index, likeness});
    }
    return result;
}

} // namespace core
