#include "core/company_news.hpp"
#include "daemon/sweep/instance_sweep.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

// What a sweep tells of companies that came, went or were renamed since the last one.

namespace contactd {

namespace asio = boost::asio;

namespace {

/// So many that have gone are asked about, one query for each `autotask::longest_list`: a filter that was changed can
/// shut out thousands.
constexpr std::size_t most_asked_about = 5 * autotask::longest_list;

} // namespace

/// Companies that an organization is mapped to, and that no sweep has seen pass.
void instance_sweep::add_mapped(std::vector<core::seen_company>& to, const std::vector<core::seen_company>& known,
                                const company_list& passing) const {
    std::unordered_set<core::company_id> seen;
    for (const auto& one : known)
        seen.insert(one.id);
    for (const auto& one : passing)
        seen.insert(one.id);
    for (const auto& one : subject_.clients.organizations)
        if (!seen.contains(*one.company_id.value))
            to.push_back({*one.company_id.value, one.company.value});
}

/// Nothing is left undone because of it: whatever fails here is tried again in the next sweep.
asio::awaitable<void> instance_sweep::tell_company_news(company_list passing) {
    // A command that was told to look at some companies has not been asked for news.
    if (context_.records == nullptr || !context_.chosen.companies.empty() || context_.chosen.device)
        co_return;
    // A zone that was not asked for in this sweep may be one that was moved away from.
    if (passing.empty() && subject_.zone && reads_in_part())
        co_return;
    auto known = co_await context_.records->journal().known_companies(subject_.settings.name.value);
    if (!known)
        co_return warn(known.error());
    auto news = core::compare_companies(*known, passing);
    add_mapped(news.missing, *known, passing);
    news.missing.resize(std::min(news.missing.size(), most_asked_about));
    std::vector<core::company_id> missing;
    for (const auto& one : news.missing)
        missing.push_back(one.id);
    auto looked_after = co_await reader_.companies_now(std::move(missing));
    if (!looked_after && looked_after.error().kind == autotask::error_kind::cancelled)
        co_return;
    if (!looked_after)
        co_return warn(looked_after.error().message());
    std::unordered_map<core::company_id, core::company> now;
    for (auto& one : looked_after->good)
        now.emplace(one.id, std::move(one));
    for (const auto& one : news.missing) {
        const auto found = now.find(one.id);
        if (found == now.end() && !looked_after->bad.empty())
            continue; // It may be the one whose row cannot be read.
        auto change = core::look_after(one, found == now.end() ? nullptr : &found->second);
        change.is_new = std::ranges::find(*known, one.id, &core::seen_company::id) == known->end();
        news.changes.push_back(std::move(change));
    }
    if (news.changes.empty())
        co_return;
    changed_companies told;
    told.instance = subject_.settings.name.value;
    told.are_first = known->empty();
    for (auto& one : news.changes) {
        const auto* organization = subject_.clients.of(one.id);
        told.changes.push_back({std::move(one), organization ? organization->name.value : std::string()});
    }
    told.only_mapped = subject_.settings.companies.value == company_choice::mapped;
    context_.listener.companies_changed(told);
}

} // namespace contactd
