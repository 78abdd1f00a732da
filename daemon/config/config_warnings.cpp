#include "daemon/config/config_warnings.hpp"

#include "core/fold.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <string_view>

namespace contactd {

namespace {

// The line of an origin such as "line 12", or 0.
int line_of(std::string_view origin) {
    constexpr std::string_view prefix = "line ";
    int line = 0;
    if (origin.starts_with(prefix))
        std::from_chars(origin.data() + prefix.size(), origin.data() + origin.size(), line);
    return line;
}

std::size_t user_defined_fields(const std::vector<autotask::condition>& filter) {
    std::set<std::string> fields;
    for (const auto& one : filter)
        if (one.user_defined)
            fields.insert(core::fold(one.field));
    return fields.size();
}

bool has_mapped_company(const config& settings, const std::string& instance) {
    return std::ranges::any_of(settings.organizations, [&instance](const organization_settings& one) {
        return one.instance.value == instance && one.company_id.value;
    });
}

} // namespace

std::vector<config_warning> warnings_about(const config& settings) {
    std::vector<config_warning> result;
    for (const instance_settings& each : settings.instances) {
        const std::string& name = each.name.value;
        const auto warn = [&result, &settings, &each](const std::string& origin, std::string key, std::string what,
                                                      std::string remedy) {
            // A default has no line; then the instance is where to look.
            const int line = line_of(origin) > 0 ? line_of(origin) : line_of(each.name.origin);
            result.push_back({.file = settings.file,
                              .line = line,
                              .column = 0,
                              .key = std::move(key),
                              .what = std::move(what),
                              .remedy = std::move(remedy)});
        };
        if (each.username.value == "api-user@example.com")
            warn(each.username.origin, "instance.username",
                 fmt::format("The instance \"{}\" still has the user name of the example.", name),
                 "Put in the one of your API user.");
        if (each.tracking_identifier.value == "ABCDEFGHIJKLMNOPQRSTUVWXYZ1")
            warn(each.tracking_identifier.origin, "instance.tracking_identifier",
                 fmt::format("The instance \"{}\" still has the tracking identifier of the example.", name),
                 "Put in the one of your API user.");
        if (each.companies.value == company_choice::mapped && !has_mapped_company(settings, name))
            warn(each.companies.origin, "instance.companies",
                 fmt::format(
                     "The instance \"{}\" covers mapped companies only, and no organization in {} is mapped to one "
                     "of them, so it covers none.",
                     name, settings.organizations_file),
                 "Map some with \"contactd companies suggest\", or set companies = \"all\" to cover every company that "
                 "company_filter passes.");
        if (user_defined_fields(each.company_filter.value) > 1)
            warn(each.company_filter.origin, "instance.company_filter",
                 fmt::format(
                     "The filter of the instance \"{}\" names several user-defined fields, and Autotask's help says "
                     "that a query may name one.",
                     name),
                 "\"contactd check --online\" says whether yours takes them.");
        for (const instance_settings& other : settings.instances) {
            if (&other == &each)
                break;
            if (other.username.value == each.username.value)
                warn(each.username.origin, "instance.username",
                     fmt::format("The instances \"{}\" and \"{}\" have the same API user, so they sweep the same "
                                 "database.",
                                 other.name.value, name),
                     "Make sure that no company passes both of their filters, or it is swept twice.");
        }
        if (each.policy.dry_run.value)
            warn(each.policy.dry_run.origin, "policy.dry_run",
                 fmt::format("The instance \"{}\" is in a dry run, so nothing is written.", name),
                 "Set it to false when the plan looks right.");
    }
    return result;
}

} // namespace contactd
