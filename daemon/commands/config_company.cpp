#include "core/read_id.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/config/config_text.hpp"
#include "daemon/config/find_instance.hpp"
#include "daemon/organizations/organization_name.hpp"
#include "daemon/printable.hpp"
#include "daemon/sweep/swept_companies.hpp"

#include <fmt/format.h>
#include <iostream>
#include <vector>

namespace contactd {

namespace {

struct meant_company {
    const instance_settings* instance = nullptr;
    const organization_settings* organization = nullptr; ///< Null where none is mapped to it.
    core::company company;
};

/// An id, or the name of an organization or of the company it is mapped to. Nobody is asked, so that other names mean
/// nothing.
std::vector<meant_company> find_companies(const config& settings, const std::string& wanted) {
    std::vector<meant_company> found;
    const auto id = core::read_id(wanted);
    for (const auto& one : settings.organizations) {
        const bool is_meant = (id && one.company_id.value == core::company_id{*id}) ||
                              name_key(one.name.value) == name_key(wanted) ||
                              (!one.company.value.empty() && name_key(one.company.value) == name_key(wanted));
        const auto* instance = find_instance(settings.instances, one.instance.value);
        if (!is_meant || instance == nullptr)
            continue;
        meant_company meant{instance, &one, {}};
        meant.company.id = one.company_id.value.value_or(core::company_id{});
        meant.company.name = one.company.value;
        found.push_back(std::move(meant));
    }
    if (found.empty() && id)
        for (const auto& one : settings.instances) {
            meant_company meant{&one, nullptr, {}};
            meant.company.id.value = *id;
            found.push_back(std::move(meant));
        }
    return found;
}

std::string whether_it_is_swept(const config& settings, const meant_company& one) {
    if (one.organization != nullptr && !one.organization->company_id.value)
        return "It is mapped to no company, so nothing is swept because of it.";
    const client_list clients(settings, one.instance->name.value);
    if (const auto why = why_left_out(one.company, *one.instance, clients))
        return "It is not swept: " + to_words(*why) + ".";
    return "It is swept when it is active and passes company_filter; \"contactd check --online\" says whether it does.";
}

std::string title(const meant_company& one) {
    std::string words;
    if (one.organization != nullptr)
        words += "organization " + printable(one.organization->name.value) + ", ";
    if (one.organization == nullptr || one.organization->company_id.value)
        words += fmt::format("company {}{}, ", one.company.id.value,
                             one.company.name.empty() ? "" : " " + printable(one.company.name));
    return words + "instance " + one.instance->name.value;
}

} // namespace

exit_status show_company_config(const command_context& context) {
    const auto& wanted = *context.line.company;
    const auto found = find_companies(context.settings, wanted);
    if (found.empty()) {
        context.messages.error("--company " + printable(wanted) + ": " + context.settings.organizations_file +
                               " has no organization and no mapped company of this name; give the id of the company");
        return exit_status::failed;
    }
    for (const auto& one : found) {
        std::cout << "# What holds for " << title(one) << ".\n# " << whether_it_is_swept(context.settings, one)
                  << "\n# Behind every value: the line it comes from, or \"default\".\n"
                  << company_config_text(*one.instance, one.organization);
        if (&one != &found.back())
            std::cout << '\n';
    }
    return exit_status::done;
}

} // namespace contactd
