#pragma once

#include "core/company_name.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace core {

/// Finds the names that look most like another, by the groups of three letters that they share; a group that few names
/// hold counts more. What it costs to look for one name has a bound, however many names there are.
class similar_names {
public:
    explicit similar_names(std::span<const company_name* const> names);

    struct found {
        std::size_t index;
        int likeness; ///< Of 100.
    };

    /// The names that share most of their letters with this one, or are most of it, or it of them; in no particular
    /// order, without those for which there is no reason to believe that they mean the same.
    std::vector<found> like(const company_name& name) const;

    /// How much two names have in common, of 100.
    int likeness(const company_name& one, const company_name& other) const;

private:
    using trigram = std::uint32_t;
    struct posting {
        trigram letters;
        std::uint32_t index;
    };

    static std::vector<trigram> trigrams_of(const company_name& name);
    std::span<const posting> holding(trigram letters) const;
    int weight(trigram letters) const;
    int compare(std::span<const trigram> one, std::span<const trigram> other) const;

    std::vector<std::vector<trigram>> names_;
    std::vector<posting> postings_; ///< By letters, then by index.
};

} // namespace core
