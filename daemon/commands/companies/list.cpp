#include "daemon/commands/companies/companies.hpp"
#include "daemon/commands/companies/company_directory.hpp"
#include "daemon/organizations/csv.hpp"
#include "daemon/organizations/organizations_words.hpp"
#include "daemon/printable.hpp"
#include "daemon/sweep/swept_companies.hpp"

#include <algorithm>
#include <iostream>
#include <map>
#include <optional>

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

/// Why an organization that is mapped is not swept, as far as nobody has to be asked.
class sweeping {
public:
    explicit sweeping(const config& settings) {
        for (const auto& one : settings.instances)
            instances_.try_emplace(one.name.value, one, client_list(settings, one.name.value));
    }

    std::optional<left_out> why_not(const organization_settings& one) const {
        const auto found = instances_.find(one.instance.value);
        if (found == instances_.end() || !one.company_id.value)
            return std::nullopt;
        core::company company;
        company.id = *one.company_id.value;
        company.name = one.company.value;
        return why_left_out(company, found->second.settings, found->second.clients);
    }

private:
    struct of_instance {
        const instance_settings& settings;
        client_list clients;
    };
    std::map<std::string, of_instance> instances_;
};

/// "own [match] and [policy]; not swept: exclude_companies names it", or nothing.
std::string remarks(const organization_settings& one, const sweeping& whether) {
    std::string words;
    const auto add = [&words](const std::string& more) { words += (words.empty() ? "" : "; ") + more; };
    if (one.match || one.policy)
        add(std::string("own ") + (one.match ? "[match]" : "") + (one.match && one.policy ? " and " : "") +
            (one.policy ? "[policy]" : ""));
    if (const auto why = whether.why_not(one))
        add("not swept: " + to_words(*why));
    else if (!one.enabled.value)
        add("disabled");
    return words;
}

void say(const organization_settings& one, const sweeping& whether) {
    std::string line = padded(printable(one.name.value), name_columns) + "  ";
    line += padded(one.instance.value.empty() ? "-" : one.instance.value, instance_columns) + "  ";
    if (one.company_id.value)
        line += padded(std::to_string(one.company_id.value->value), id_columns) +
                padded(printable(one.company.value), name_columns) + "  ";
    else
        line += padded("not mapped", id_columns + name_columns) + "  ";
    line += printable(joined(one.tags.value, ", "));
    if (const auto special = remarks(one, whether); !special.empty())
        line += (one.tags.value.empty() ? "(" : " (") + special + ")";
    line.erase(line.find_last_not_of(' ') + 1);
    std::cout << line << '\n';
}

exit_status list_organizations(const command_context& context) {
    const sweeping whether(context.settings);
    std::int64_t all = 0;
    std::int64_t mapped = 0;
    for (const auto& one : context.settings.organizations) {
        if (!is_chosen(context, one))
            continue;
        say(one, whether);
        ++all;
        mapped += one.company_id.value ? 1 : 0;
    }
    if (all == 0)
        std::cout << "There are no organizations in " << context.settings.organizations_file << " yet\n";
    else
        std::cout << organizations_words(all, mapped) << '\n';
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
