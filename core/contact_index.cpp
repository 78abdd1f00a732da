#include "core/contact_index.hpp"

#include "core/address.hpp"

#include <algorithm>

namespace core {

namespace {

/// Something stands in these fields. Of a contact who has nothing in any of them, what he has is an empty text.
bool has_anything(const contact& who, address_columns of) {
    bool in_others = false;
    for (std::size_t i = 0; i < who.addresses.size(); ++i) {
        if (of.test(i) && !who.addresses[i].empty())
            return true;
        in_others = in_others || !who.addresses[i].empty();
    }
    return who.has_address && !in_others;
}

} // namespace

contact_index::contact_index(std::span<const contact> contacts, address_columns of) {
    entries_.reserve(contacts.size());
    for (const auto& who : contacts) {
        if (!who.active)
            continue;
        bool readable = false;
        for (std::size_t i = 0; i < std::min(who.addresses.size(), of.size()); ++i) {
            auto read = of.test(i) ? read_address(who.addresses[i]) : std::nullopt;
            if (!read)
                continue;
            readable = true;
            entries_.push_back({std::move(read->whole), read->local_part.size(), &who});
        }
        if (!readable && has_anything(who, of))
            ++unreadable_;
    }
    std::ranges::sort(entries_, [](const entry& a, const entry& b) {
        if (const auto order = a.local_part().compare(b.local_part()); order != 0)
            return order < 0;
        if (const auto order = a.whole.compare(b.whole); order != 0)
            return order < 0;
        return a.who->id < b.who->id;
    });
}

std::span<const contact_index::entry> contact_index::having_local_part(std::string_view folded) const {
    return std::ranges::equal_range(entries_, folded, {}, &entry::local_part);
}

std::vector<const contact*> contact_index::with_address(std::string_view folded) const {
    std::vector<const contact*> found;
    for (const auto& one : having_local_part(folded.substr(0, folded.rfind('@'))))
        // A contact may hold the address twice; equal ids stand side by side.
        if (one.whole == folded && (found.empty() || found.back()->id != one.who->id))
            found.push_back(one.who);
    return found;
}

std::vector<const contact*> contact_index::with_local_part(std::string_view folded) const {
    std::vector<const contact*> found;
    for (const auto& one : having_local_part(folded))
        found.push_back(one.who);
    // A contact may match through two of its addresses.
    std::ranges::sort(found, {}, &contact::id);
    const auto again = std::ranges::unique(found, {}, &contact::id);
    found.erase(again.begin(), again.end());
    return found;
}

bool contact_index::has_longer_local_part(std::string_view folded, std::span<const contact* const> except) const {
    const auto is_excepted = [except](const entry& e) {
        return std::ranges::any_of(except, [&e](const contact* who) { return who->id == e.who->id; });
    };
    auto at = std::ranges::upper_bound(entries_, folded, {}, &entry::local_part);
    for (; at != entries_.end() && at->local_part().starts_with(folded); ++at)
        if (!is_excepted(*at))
            return true;
    return false;
}

bool contact_index::local_part_has_one_address(std::string_view folded) const {
    const auto all = having_local_part(folded);
    return !all.empty() && all.front().whole == all.back().whole;
}

} // namespace core
