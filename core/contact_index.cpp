#include "core/contact_index.hpp"

#include "core/address.hpp"

#include <algorithm>

namespace core {

contact_index::contact_index(std::span<const contact> contacts) {
    addresses_.reserve(contacts.size());
    local_parts_.reserve(contacts.size());
    for (const auto& who : contacts) {
        if (!who.active)
            continue;
        bool readable = false;
        for (const auto& field : who.addresses) {
            auto read = read_address(field);
            if (!read)
                continue;
            readable = true;
            addresses_.push_back({std::move(read->whole), &who});
            local_parts_.push_back({std::move(read->local_part), &who});
        }
        if (!readable)
            ++unreadable_;
    }
    const auto order = [](const entry& a, const entry& b) {
        const auto keys = a.key.compare(b.key);
        return keys < 0 || (keys == 0 && a.who->id < b.who->id);
    };
    std::ranges::sort(addresses_, order);
    std::ranges::sort(local_parts_, order);
}

std::vector<const contact*> contact_index::find(const std::vector<entry>& sorted, std::string_view key) {
    std::vector<const contact*> found;
    for (auto at = std::ranges::lower_bound(sorted, key, {}, [](const entry& e) { return std::string_view(e.key); });
         at != sorted.end() && at->key == key; ++at)
        // A contact may match through two of its addresses; equal ids stand side by side.
        if (found.empty() || found.back()->id != at->who->id)
            found.push_back(at->who);
    return found;
}

std::vector<const contact*> contact_index::with_address(std::string_view folded) const {
    return find(addresses_, folded);
}

std::vector<const contact*> contact_index::with_local_part(std::string_view folded) const {
    return find(local_parts_, folded);
}

bool contact_index::has_longer_local_part(std::string_view folded, std::span<const contact* const> except) const {
    const auto is_excepted = [except](const entry& e) {
        return std::ranges::any_of(except, [&e](const contact* who) { return who->id == e.who->id; });
    };
    auto at =
        std::ranges::upper_bound(local_parts_, folded, {}, [](const entry& e) { return std::string_view(e.key); });
    for (; at != local_parts_.end() && at->key.starts_with(folded); ++at)
        if (!is_excepted(*at))
            return true;
    return false;
}

bool contact_index::local_part_has_one_address(std::string_view folded) const {
    const auto prefix = std::string(folded) + '@';
    auto at = std::ranges::lower_bound(addresses_, prefix, {}, &entry::key);
    if (at == addresses_.end())
        return false;
    const auto& first = at->key;
    for (; at != addresses_.end() && at->key.starts_with(prefix); ++at)
        if (at->key != first)
            return false;
    return first.starts_with(prefix);
}

} // namespace core
