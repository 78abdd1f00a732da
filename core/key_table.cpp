#include "core/key_table.hpp"

#include <algorithm>
#include <tuple>

namespace core {

void key_table::sort() {
    std::ranges::sort(entries_, [](const entry& a, const entry& b) {
        return std::tie(a.key, a.who->id) < std::tie(b.key, b.who->id);
    });
}

std::vector<const contact*> key_table::find(std::string_view key) const {
    std::vector<const contact*> found;
    for (const auto& one : std::ranges::equal_range(entries_, key, std::ranges::less{}, &entry::key))
        found.push_back(one.who);
    keep_distinct(found);
    return found;
}

bool key_table::has_longer(std::string_view key, std::span<const contact* const> except) const {
    const auto is_excepted = [except](const entry& e) {
        return std::ranges::any_of(except, [&e](const contact* who) { return who->id == e.who->id; });
    };
    auto at = std::ranges::upper_bound(entries_, key, std::ranges::less{}, &entry::key);
    for (; at != entries_.end() && at->key.starts_with(key); ++at)
        if (!is_excepted(*at))
            return true;
    return false;
}

std::vector<const contact*> key_table::find_longer(std::string_view key) const {
    std::vector<const contact*> found;
    auto at = std::ranges::upper_bound(entries_, key, std::ranges::less{}, &entry::key);
    for (; at != entries_.end() && at->key.starts_with(key); ++at)
        found.push_back(at->who);
    keep_distinct(found);
    return found;
}

void keep_distinct(std::vector<const contact*>& found) {
    std::ranges::sort(found, {}, &contact::id);
    const auto again = std::ranges::unique(found, {}, &contact::id);
    found.erase(again.begin(), again.end());
}

} // namespace core
