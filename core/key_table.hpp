#pragma once

#include "core/entities.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace core {

/// Contacts by names that stand for them. Refers to the contacts: it lives no longer than they do.
class key_table {
public:
    void add(std::string key, const contact& who) { entries_.push_back({std::move(key), &who}); }

    /// To be called when everything was added, and before anything is asked.
    void sort();

    /// The distinct contacts of this name, by ascending id.
    std::vector<const contact*> find(std::string_view key) const;

    /// True when a name of a contact who is none of these begins with the key and goes on after it.
    bool has_longer(std::string_view key, std::span<const contact* const> except) const;

    /// The distinct contacts with a name that begins with the key and goes on after it, by ascending id.
    std::vector<const contact*> find_longer(std::string_view key) const;

private:
    struct entry {
        std::string key;
        const contact* who;
    };

    std::vector<entry> entries_; ///< By key, then by contact id.
};

/// Puts contacts in the order of their ids, each of them once.
void keep_distinct(std::vector<const contact*>& found);

} // namespace core
