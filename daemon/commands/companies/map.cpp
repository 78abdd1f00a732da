#include "core/fold.hpp"
#include "core/read_id.hpp"
#include "daemon/commands/companies/companies.hpp"
#include "daemon/commands/companies/company_directory.hpp"
#include "daemon/commands/companies/doubts.hpp"
#include "daemon/commands/companies/save_mapping.hpp"
#include "daemon/config/find_instance.hpp"
#include "daemon/config/nearest.hpp"
#include "daemon/organizations/organization_name.hpp"
#include "daemon/printable.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace contactd {

namespace {

const organization_settings* find_organization(const config& settings, const std::string& name) {
    for (const auto& one : settings.organizations)
        if (name_key(one.name.value) == name_key(name))
            return &one;
    return nullptr;
}

struct found_company {
    const instance_companies* of = nullptr;
    const core::company* company = nullptr;
};

/// A name means companies that pass the filter; an id means any.
std::vector<found_company> find_companies(const company_directory& directory, const std::string& wanted) {
    std::vector<found_company> found;
    const auto id = core::read_id(wanted);
    const auto folded = core::fold(wanted);
    for (const auto& of : directory.instances) {
        const auto* by_id = id ? of.find(core::company_id{*id}) : nullptr;
        if (by_id)
            found.push_back({&of, by_id});
        for (const auto& one : of.passing)
            if (&one != by_id && core::fold(one.name) == folded)
                found.push_back({&of, &one});
    }
    return found;
}

std::string meant_company(const company_directory& directory, const std::string& wanted) {
    std::vector<std::string_view> known;
    for (const auto& of : directory.instances)
        for (const auto& one : of.passing)
            known.push_back(one.name);
    const auto meant = nearest(wanted, known);
    if (meant)
        return "; did you mean \"" + printable(*meant) + "\"?";
    return core::read_id(wanted) ? ""
                                 : "; one that is inactive or does not pass company_filter has to be given by its id";
}

bool are_in_one_instance(const std::vector<found_company>& found) {
    return std::ranges::all_of(found, [&found](const found_company& one) { return one.of == found.front().of; });
}

std::string words_of(const found_company& one) {
    return fmt::format("company {} {} (instance {})", one.company->id.value, printable(one.company->name),
                       one.of->instance);
}

bool is_swept_all_the_same(const config& settings, const organization_settings& without) {
    const auto* instance = find_instance(settings.instances, without.instance.value);
    return instance != nullptr && instance->companies.value == company_choice::all;
}

exit_status fail(const command_context& context, const std::string& sentence) {
    context.messages.error(sentence);
    return exit_status::failed;
}

} // namespace

exit_status run_companies_map(const command_context& context) {
    const auto& options = context.line.companies;
    one_shot once(context);
    if (auto ready = once.prepare(); !ready)
        return ready.error();
    const auto directory = read_directory(context, once, [&options](const std::string&) {
        directory_request request;
        if (const auto id = core::read_id(options.company))
            request.wanted.push_back(core::company_id{*id});
        return request;
    });
    if (!directory.complete)
        return fail(context, "nothing was saved: not every instance could be asked; --instance NAME asks only one");
    const auto found = find_companies(directory, options.company);
    if (found.empty())
        return fail(context, fmt::format("no company of the id or name \"{}\" was found{}", printable(options.company),
                                         meant_company(directory, options.company)));
    if (found.size() > 1) {
        std::string all;
        for (const auto& one : found)
            all += (all.empty() ? "" : ", ") + words_of(one);
        return fail(context, fmt::format("\"{}\" means {}; say which by {}", printable(options.company), all,
                                         are_in_one_instance(found) ? "its id" : "--instance NAME"));
    }
    const auto& only = found.front();
    if (!only.of->passes(only.company->id))
        context.messages.warn(words_of(only) +
                              (only.company->active ? " does not pass company_filter" : " is inactive") +
                              ", so it is not swept");
    const client_list clients(context.settings, only.of->instance);
    const auto* taken = clients.of(only.company->id);
    if (taken != nullptr && name_key(taken->name.value) != name_key(options.organization))
        return fail(context, fmt::format("{} is mapped to organization {} already ({}); unmap that first",
                                         words_of(only), printable(taken->name.value), taken->company_id.origin));
    wanted_organization wanted;
    wanted.name = options.organization;
    wanted.company = wanted_company{only.of->instance, only.company->id, only.company->name};
    warn_of_doubts(context, directory, std::array{wanted});
    return save_mapping(context, std::array{wanted});
}

exit_status run_companies_unmap(const command_context& context) {
    const auto& name = context.line.companies.organization;
    const auto* organization = find_organization(context.settings, name);
    if (organization == nullptr) {
        std::vector<std::string_view> known;
        for (const auto& one : context.settings.organizations)
            known.push_back(one.name.value);
        const auto meant = nearest(name, known);
        return fail(context,
                    fmt::format("{} has no organization \"{}\"{}", context.settings.organizations_file, printable(name),
                                meant ? "; did you mean \"" + printable(*meant) + "\"?" : ""));
    }
    const auto& chosen = context.line.chosen.instances;
    if (!chosen.empty() && std::ranges::find(chosen, organization->instance.value) == chosen.end())
        return fail(context, fmt::format("{} is not in this instance, but in {}", printable(organization->name.value),
                                         organization->instance.value.empty() ? "none" : organization->instance.value));
    if (organization->company_id.value && is_swept_all_the_same(context.settings, *organization))
        context.messages.warn(
            fmt::format("company {} goes on being swept, with the settings of instance {}, because companies = "
                        "\"all\"; enabled = false in the organization keeps it out",
                        organization->company_id.value->value, organization->instance.value));
    wanted_organization wanted;
    wanted.name = organization->name.value;
    wanted.unmap = true;
    return save_mapping(context, std::array{wanted});
}

} // namespace contactd
