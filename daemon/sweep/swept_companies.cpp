#include "daemon/sweep/swept_companies.hpp"

#include "core/fold.hpp"
#include "daemon/sweep/selection.hpp"

#include <algorithm>
#include <set>

namespace contactd {

namespace {

bool names_organization(const names& list, const organization_settings& one) {
    return std::ranges::any_of(
        list, [folded = core::fold(one.name.value)](const std::string& name) { return core::fold(name) == folded; });
}

bool has_one_of(const organization_settings* one, const names& tags) {
    if (one == nullptr)
        return false;
    return std::ranges::any_of(one->tags.value, [&tags](const std::string& tag) {
        return std::ranges::any_of(
            tags, [folded = core::fold(tag)](const std::string& other) { return core::fold(other) == folded; });
    });
}

} // namespace

std::string to_words(left_out why) {
    switch (why) {
    case left_out::not_mapped:
        return "no organization is mapped to it, and companies = \"mapped\"";
    case left_out::disabled:
        return "its organization has enabled = false";
    case left_out::without_tags:
        return "no organization is mapped to it, and include_tags wants a tag of one";
    case left_out::not_included:
        return "its organization has none of include_tags";
    case left_out::excluded_tag:
        return "its organization has one of exclude_tags";
    case left_out::excluded:
        break;
    }
    return "exclude_companies names it";
}

std::optional<left_out> why_left_out(const core::company& company, const instance_settings& settings,
                                     const client_list& clients) {
    const auto* organization = clients.of(company.id);
    if (organization == nullptr && settings.companies.value == company_choice::mapped)
        return left_out::not_mapped;
    const bool is_named_by_us =
        organization != nullptr && names_organization(settings.exclude_companies.value, *organization);
    if (is_named_by_us || is_named(company, settings.exclude_companies.value))
        return left_out::excluded;
    if (organization != nullptr && !organization->enabled.value)
        return left_out::disabled;
    if (has_one_of(organization, settings.exclude_tags.value))
        return left_out::excluded_tag;
    if (!settings.include_tags.value.empty() && organization == nullptr)
        return left_out::without_tags;
    if (!settings.include_tags.value.empty() && !has_one_of(organization, settings.include_tags.value))
        return left_out::not_included;
    return std::nullopt;
}

std::vector<core::company> swept_companies(std::span<const core::company> all, const instance_settings& settings,
                                           const client_list& clients) {
    std::vector<core::company> swept;
    for (const auto& one : all)
        if (!why_left_out(one, settings, clients))
            swept.push_back(one);
    return swept;
}

std::string nothing_to_sweep(const instance_settings& settings) {
    if (settings.companies.value == company_choice::mapped)
        return "of the companies that pass the filter none is mapped to an organization that is swept: map them with "
               "\"contactd companies suggest\", or set companies = \"all\"";
    return "exclude_companies and the tags of the organizations leave no company to sweep";
}

std::vector<std::pair<std::string, std::string>> names_of_companies(const std::vector<std::string>& given,
                                                                    const client_list& clients) {
    std::vector<std::pair<std::string, std::string>> meant;
    for (const auto& name : given) {
        meant.emplace_back(name, name);
        const auto folded = core::fold(name);
        for (const auto& one : clients.organizations)
            if (core::fold(one.name.value) == folded)
                meant.emplace_back(name, std::to_string(one.company_id.value->value));
    }
    return meant;
}

std::vector<std::string> names_of_nothing(const names& given, const std::vector<core::company>& companies,
                                          const client_list& clients) {
    std::set<std::string> mean_something;
    for (const auto& [name, meant] : names_of_companies(given, clients))
        if (!names_in_use({meant}, companies).empty())
            mean_something.insert(name);
    std::vector<std::string> others;
    for (const auto& name : given)
        if (!mean_something.contains(name))
            others.push_back(name);
    return others;
}

} // namespace contactd
