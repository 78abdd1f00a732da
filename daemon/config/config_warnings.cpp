#include "daemon/config/config_warnings.hpp"

#include "core/fold.hpp"
#include "core/rules.hpp"

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

bool has(const setting<names>& list, std::string_view name) {
    return std::ranges::find(list.value, name) != list.value.end();
}

// Every [match] that holds for a company of the instance.
std::vector<const match_settings*> matches_of(const config& settings, const instance_settings& instance) {
    std::vector<const match_settings*> all{&instance.match};
    for (const auto& one : settings.organizations)
        if (one.match && one.instance.value == instance.name.value)
            all.push_back(&*one.match);
    return all;
}

// The first rule that may find namesakes and is tried before one that looks at people's own addresses.
std::string weaker_before_stronger(const match_settings& match) {
    std::string weaker;
    for (const auto& name : match.rules.value) {
        const auto rule = core::parse_rule(name);
        if (rule && core::may_find_a_namesake(*rule) && weaker.empty())
            weaker = name;
        if (!weaker.empty() && (rule == core::rule::email || rule == core::rule::local_part))
            return weaker;
    }
    return {};
}

bool is_known_tag(const config& settings, const std::string& tag) {
    const auto folded = core::fold(tag);
    return std::ranges::any_of(settings.organizations, [&folded](const organization_settings& one) {
        return std::ranges::any_of(one.tags.value,
                                   [&folded](const std::string& other) { return core::fold(other) == folded; });
    });
}

bool writes_all_the_same(const config& settings, const std::string& instance) {
    return std::ranges::any_of(settings.organizations, [&instance](const organization_settings& one) {
        return one.instance.value == instance && one.policy && !one.policy->dry_run.value;
    });
}

bool has_mapped_company(const config& settings, const std::string& instance) {
    return std::ranges::any_of(settings.organizations, [&instance](const organization_settings& one) {
        return one.instance.value == instance && one.company_id.value;
    });
}

} // namespace

std::vector<config_warning> warnings_about(const config& settings) {
    std::vector<config_warning> result;
    if (settings.daemon.organizations.value != "organizations.toml" && !settings.organizations_text)
        result.push_back(
            {.file = settings.file,
             .line = line_of(settings.daemon.organizations.origin),
             .column = 0,
             .key = "daemon.organizations",
             .what = fmt::format("There is no file {}, so there are no organizations.", settings.organizations_file),
             .remedy = "Correct the path, or create it with \"contactd companies map\"."});
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
            if (core::fold(other.username.value) == core::fold(each.username.value) &&
                other.zone_discovery_url.value == each.zone_discovery_url.value)
                warn(each.username.origin, "instance.username",
                     fmt::format("The instances \"{}\" and \"{}\" have the same API user, so they sweep the same "
                                 "database.",
                                 other.name.value, name),
                     "Make sure that no company passes both of their filters, or it is swept twice.");
        }
        if (each.policy.dry_run.value)
            warn(each.policy.dry_run.origin, "policy.dry_run",
                 fmt::format("The instance \"{}\" is in a dry run, so nothing is written{}.", name,
                             writes_all_the_same(settings, name) ? " but for organizations that say dry_run = false"
                                                                 : ""),
                 "Set it to false when the plan looks right.");
        const auto matches = matches_of(settings, each);
        const auto is_used = [&matches](std::string_view rule) {
            return std::ranges::any_of(matches, [rule](const match_settings* one) { return has(one->rules, rule); });
        };
        const auto unused = [&](const auto& of, std::string_view rule, std::string_view key) {
            if (!of.value.empty() && !is_used(rule))
                warn(of.origin, fmt::format("match.{}", key),
                     fmt::format("This has no effect in the instance \"{}\": none of its rules is \"{}\".", name, rule),
                     fmt::format("Add \"{}\" to rules where it is meant to be used.", rule));
        };
        unused(each.match.login_field, "login_field", "login_field");
        unused(each.match.alias_file, "alias", "alias_file");
        for (const auto& rule : each.match.only_fill.value)
            if (!is_used(rule))
                warn(each.match.only_fill.origin, "match.only_fill",
                     fmt::format("\"{}\" is none of the rules of the instance \"{}\".", rule, name),
                     "Take it out, or add it to rules.");
        if (const auto weaker = weaker_before_stronger(each.match); !weaker.empty())
            warn(each.match.rules.origin, "match.rules",
                 fmt::format("\"{}\" comes before \"email\" or \"local_part\", and so it overrules them.", weaker),
                 "Put it behind them: what it finds may be a namesake.");
        for (const auto* tags : {&each.include_tags, &each.exclude_tags})
            for (const auto& tag : tags->value)
                if (!is_known_tag(settings, tag))
                    warn(tags->origin, tags == &each.include_tags ? "instance.include_tags" : "instance.exclude_tags",
                         fmt::format("No organization has the tag \"{}\".", tag), "Correct it, or take it out.");
    }
    return result;
}

} // namespace contactd
