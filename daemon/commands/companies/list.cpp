#include "daemon/commands/companies/companies.hpp"
#include "daemon/commands/companies/company_directory.hpp"
#include "daemon/config/toml_write.hpp"
#include "daemon/organizations/csv.hpp"
#include "daemon/printable.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iostream>

namespace contactd {

namespace {

constexpr std::size_t name_columns = 34;
constexpr std::size_t instance_columns = 12;
constexpr std::size_t id_columns = 10;

bool is_chosen(const command_context& context, const organization_settings& one) {
    const auto& chosen = context.line.chosen.instances;
    return chosen.empty() || std::ranges::find(chosen, one.instance.value) != chosen.end();
}

std::string joined(const names& tags, std::string_view between) {
    std::string text;
    for (const auto& one : tags)
        text.append(text.empty() ? "" : between).append(one);
    return text;
}

/// With a semicolon at the end where a tag holds what else could be taken for the end of one.
std::string exported_tags(const names& tags) {
    auto text = joined(tags, ";");
    if (tags.size() == 1 && text.find_first_of(",|") != std::string::npos)
        text += ';';
    return text;
}

void say(const organization_settings& one) {
    std::string line = padded(printable(one.name.value), name_columns) + "  ";
    line += padded(one.instance.value.empty() ? "-" : one.instance.value, instance_columns) + "  ";
    if (one.company_id.value)
        line += padded(std::to_string(one.company_id.value->value), id_columns) +
                padded(printable(one.company.value), name_columns) + "  ";
    else
        line += padded("not mapped", id_columns + name_columns) + "  ";
    line += one.enabled.value ? "" : "disabled ";
    line += printable(joined(one.tags.value, ", "));
    line.erase(line.find_last_not_of(' ') + 1);
    std::cout << line << '\n';
}

exit_status list_organizations(const command_context& context) {
    std::int64_t all = 0;
    std::int64_t mapped = 0;
    for (const auto& one : context.settings.organizations) {
        if (!is_chosen(context, one))
            continue;
        say(one);
        ++all;
        mapped += one.company_id.value ? 1 : 0;
    }
    if (all == 0)
        std::cout << "There are no organizations in " << context.settings.organizations_file << " yet\n";
    else
        std::cout << fmt::format("{}, {} mapped to a company\n", counted(all, "organization", "organizations"), mapped);
    return exit_status::done;
}

exit_status list_unmapped(const command_context& context) {
    one_shot once(context);
    if (auto ready = once.prepare(); !ready)
        return ready.error();
    const auto found = read_directory(context, once, [](const std::string&) { return directory_request(); });
    std::int64_t companies = 0;
    for (const auto& of : found.instances) {
        const client_list clients(context.settings, of.instance);
        for (const auto& one : of.passing) {
            if (clients.of(one.id) != nullptr)
                continue;
            ++companies;
            std::cout << padded("company " + std::to_string(one.id.value), name_columns / 2)
                      << padded(of.instance, instance_columns) << printable(one.name) << '\n';
        }
    }
    std::int64_t organizations = 0;
    for (const auto& one : context.settings.organizations)
        if (!one.company_id.value && is_chosen(context, one)) {
            ++organizations;
            std::cout << padded("organization", name_columns / 2)
                      << padded(one.instance.value.empty() ? "-" : one.instance.value, instance_columns)
                      << printable(one.name.value) << '\n';
        }
    std::cout << counted(companies, "company", "companies") << " without an organization, "
              << counted(organizations, "organization", "organizations") << " without a company\n";
    return found.complete ? exit_status::done : exit_status::failed;
}

} // namespace

exit_status run_companies_list(const command_context& context) {
    if (auto good = check_instances(context); !good)
        return good.error();
    return context.line.companies.unmapped ? list_unmapped(context) : list_organizations(context);
}

exit_status run_companies_export(const command_context& context) {
    if (auto good = check_instances(context); !good)
        return good.error();
    std::cout << "name,instance,company_id,company,domain,enabled,tags\n";
    for (const auto& one : context.settings.organizations) {
        if (!is_chosen(context, one))
            continue;
        const auto id = one.company_id.value ? std::to_string(one.company_id.value->value) : std::string();
        std::cout << csv_field(one.name.value) << ',' << csv_field(one.instance.value) << ',' << id << ','
                  << csv_field(one.company.value) << ',' << csv_field(one.domain.value) << ','
                  << (one.enabled.value ? "true" : "false") << ',' << csv_field(exported_tags(one.tags.value)) << '\n';
    }
    return exit_status::done;
}

} // namespace contactd
