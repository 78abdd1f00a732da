#include "core/company_news.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

namespace core {
namespace {

constexpr std::array<std::string_view, standing_count> names{"passes", "inactive", "filtered", "gone"};

} // namespace

std::string_view to_string(standing one) {
    return names[static_cast<std::size_t>(one)];
}

company_news compare_companies(std::span<const seen_company> known, std::span<const company> passing) {
    std::unordered_map<company_id, const seen_company*> before;
    for (const auto& one : known)
        before.emplace(one.id, &one);
    company_news news;
    std::unordered_set<company_id> present;
    for (const auto& one : passing) {
        present.insert(one.id);
        const auto found = before.find(one.id);
        if (found == before.end()) {
            news.changes.push_back({one.id, one.name, {}, true, standing::passes});
            continue;
        }
        const auto& then = *found->second;
        const bool renamed = then.name != one.name;
        if (renamed || then.how != standing::passes)
            news.changes.push_back({one.id, one.name, renamed ? then.name : std::string(), false, standing::passes,
                                    then.how != standing::passes});
    }
    for (const auto& one : known)
        if (one.how == standing::passes && !present.contains(one.id))
            news.missing.push_back(one);
    std::ranges::sort(news.changes, {}, &company_change::id);
    std::ranges::sort(news.missing, {}, &seen_company::id);
    return news;
}

company_change look_after(const seen_company& missing, const company* now) {
    if (now == nullptr)
        return {missing.id, missing.name, {}, false, standing::gone};
    return {missing.id, now->name, now->name == missing.name ? std::string() : missing.name, false,
            now->active ? standing::filtered : standing::inactive};
}

} // namespace core
