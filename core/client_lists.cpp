#include "core/client_lists.hpp"

#include "core/name_groups.hpp"

#include <algorithm>
#include <tuple>

namespace core {
namespace {

/// What stands behind so many words of a name is not looked at: their runs are as many as half of the square.
constexpr std::size_t most_words = 12;

} // namespace

client_lists::client_lists(std::span<const organization_entry> organizations, std::span<const company_entry> companies)
    : entries_(companies) {
    organizations_.reserve(organizations.size());
    for (const auto& one : organizations)
        organizations_.push_back(know_company(one.name, one.domain));
    companies_.reserve(companies.size());
    for (const auto& one : companies)
        companies_.push_back(know_company(one.name, one.web_address));
    group_by_names();
    group_by_domains();
    collect_parts();
}

bool client_lists::are_namesakes(std::size_t organization, std::size_t company) const {
    return organization_groups_[organization] == company_groups_[company];
}

const sharers* client_lists::domain_of_organization(std::size_t index) const {
    const auto found = domains_.find(organizations_[index].domain);
    return found == domains_.end() ? nullptr : &found->second;
}

const std::string* client_lists::longer_than(const company_name& name) const {
    std::string part;
    for (const auto& one : name.words)
        part += (part.empty() ? "" : " ") + one.plain;
    const auto found = wholes_.find(part);
    return found == wholes_.end() ? nullptr : found->second;
}

bool client_lists::comes_before(std::size_t one, std::size_t other) const {
    const auto content = [this](std::size_t index) {
        return std::tie(entries_[index].name, entries_[index].web_address, entries_[index].id);
    };
    return content(one) < content(other);
}

void client_lists::group_by_names() {
    std::vector<const company_name*> names;
    for (const auto* list : {&organizations_, &companies_})
        for (const auto& one : *list)
            names.push_back(&one.name);
    const auto groups = group_by_name(names);
    groups_.resize(groups.empty() ? 0 : *std::ranges::max_element(groups) + 1);
    const auto middle = groups.begin() + static_cast<std::ptrdiff_t>(organizations_.size());
    organization_groups_.assign(groups.begin(), middle);
    company_groups_.assign(middle, groups.end());
    for (std::size_t i = 0; i < organizations_.size(); ++i)
        groups_[organization_groups_[i]].organizations.push_back(i);
    for (std::size_t i = 0; i < companies_.size(); ++i)
        groups_[company_groups_[i]].companies.push_back(i);
    for (auto& group : groups_)
        put_in_order(group);
}

void client_lists::group_by_domains() {
    for (std::size_t i = 0; i < organizations_.size(); ++i)
        if (!organizations_[i].domain.empty())
            domains_[organizations_[i].domain].organizations.push_back(i);
    for (std::size_t i = 0; i < companies_.size(); ++i)
        if (!companies_[i].domain.empty())
            domains_[companies_[i].domain].companies.push_back(i);
    for (auto& [domain, all] : domains_)
        put_in_order(all);
}

void client_lists::collect_parts() {
    for (const auto& group : groups_) {
        if (group.on_both_sides())
            continue;
        for (const auto index : group.organizations)
            add_parts_of(organizations_[index]);
        for (const auto index : group.companies)
            add_parts_of(companies_[index]);
    }
}

void client_lists::add_parts_of(const known_company& whole) {
    const auto& words = whole.name.words;
    const auto count = std::min(words.size(), most_words);
    for (std::size_t from = 0; from < count; ++from) {
        std::string part;
        for (std::size_t i = from; i < count; ++i) {
            part += (i == from ? "" : " ") + words[i].plain;
            if (from == 0 && i + 1 == words.size())
                continue; // All of it.
            auto& example = wholes_.try_emplace(part, &whole.text).first->second;
            if (whole.text < *example)
                example = &whole.text;
        }
    }
}

void client_lists::put_in_order(sharers& all) const {
    std::ranges::sort(all.companies, [this](std::size_t a, std::size_t b) { return comes_before(a, b); });
}

} // namespace core
