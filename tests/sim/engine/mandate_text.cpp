#include "tests/sim/engine/mandate_text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string_view>

namespace simulation {

namespace {

template <class List, class Show>
std::string list_of(const List& all, Show show) {
    std::string made;
    for (const auto& one : all)
        made += (made.empty() ? "" : ", ") + show(one);
    return '[' + made + ']';
}

std::string quoted(std::string_view text) {
    return fmt::format("\"{}\"", text);
}

std::string texts(const std::vector<std::string>& all) {
    return list_of(all, [](const std::string& one) { return quoted(one); });
}

std::string rules(const std::vector<core::rule>& all) {
    return list_of(all, [](core::rule one) { return quoted(core::to_string(one)); });
}

std::string match_keys(const own_settings& own) {
    std::string made;
    if (own.every_type)
        made += *own.every_type ? "device_types = [\"*\"]\n" : "device_types = [1]\n";
    if (own.left_alone)
        made +=
            "exclude_devices = " + list_of(*own.left_alone, [](const std::string& end) { return quoted("*" + end); }) +
            '\n';
    if (own.rules)
        made += "rules = " + rules(*own.rules) + '\n';
    if (own.filling_rules)
        made += "only_fill = " + rules(*own.filling_rules) + '\n';
    return made;
}

std::string word_of(core::manual_changes manual) {
    using enum core::manual_changes;
    return manual == always ? "always" : manual == never ? "never" : "until_user_changes";
}

std::string policy_keys(const own_settings& own) {
    std::string made;
    if (own.dry_run)
        made += fmt::format("dry_run = {}\n", *own.dry_run);
    if (own.only_fills)
        made += *own.only_fills ? "write = \"fill-empty\"\n" : "write = \"reassign\"\n";
    if (own.manual)
        made += "manual_changes = " + quoted(word_of(*own.manual)) + '\n';
    if (own.most_changes)
        made += fmt::format("max_changes = {}\n", *own.most_changes);
    return made;
}

/// The sections of something, where they would not be empty.
std::string sections(const std::string& of, const own_settings& own) {
    const auto section = [&of](const std::string& name, const std::string& keys) {
        return keys.empty() ? keys : '[' + of + '.' + name + "]\n" + keys;
    };
    return section("match", match_keys(own)) + section("policy", policy_keys(own));
}

bool is_configured(const mandate& wanted, const std::string& instance) {
    return std::ranges::find(wanted.instances, instance, &wanted_instance::name) != wanted.instances.end();
}

std::string instance_text(const wanted_instance& one) {
    std::string made = "[[instance]]\n";
    made += "name = " + quoted(one.name) + "\nusername = " + quoted(user_of(one.site)) +
            "\ntracking_identifier = " + quoted(tracking_of(one.site)) + "\nsecret = \"env:SECRET\"\n";
    made += one.every_company ? "companies = \"all\"\n" : "companies = \"mapped\"\n";
    if (!one.include_tags.empty())
        made += "include_tags = " + texts(one.include_tags) + '\n';
    if (!one.exclude_tags.empty())
        made += "exclude_tags = " + texts(one.exclude_tags) + '\n';
    if (!one.exclude_companies.empty())
        made +=
            "exclude_companies = " + list_of(one.exclude_companies, [](auto id) { return std::to_string(id); }) + '\n';
    return made + sections("instance", one.own);
}

} // namespace

std::string user_of(std::size_t site) {
    return fmt::format("api-user-{}@sandbox.example", site);
}

std::string tracking_of(std::size_t site) {
    return fmt::format("SANDBOX{}TRACKING{}IDENTIFIER", site, site);
}

std::string config_text(const mandate& wanted) {
    auto made =
        fmt::format("[schedule]\nevery = \"{}m\"\njitter = \"{}m\"\n", sweep_every.count(), sweep_jitter.count());
    made += "[match]\n" + match_keys(wanted.everywhere);
    if (wanted.names_more)
        made += "login_field = \"login name\"\nalias_file = \"aliases.csv\"\n";
    made += "[policy]\nbrake_percent = 100\n" + policy_keys(wanted.everywhere);
    for (const auto& one : wanted.instances)
        made += instance_text(one);
    return made;
}

test_support::further_files other_files(const mandate& wanted) {
    std::string organizations;
    for (const auto& one : wanted.clients) {
        if (!is_configured(wanted, one.instance))
            continue;
        organizations += "[[organization]]\nname = " + quoted(one.name) + "\ninstance = " + quoted(one.instance) + '\n';
        if (one.company)
            organizations += fmt::format("company_id = {}\n", *one.company);
        if (!one.enabled)
            organizations += "enabled = false\n";
        if (!one.tags.empty())
            organizations += "tags = " + texts(one.tags) + '\n';
        organizations += sections("organization", one.own);
    }
    std::string aliases = "instance,company_id,account,contact\n";
    for (const auto& one : wanted.aliases)
        if (is_configured(wanted, one.instance))
            aliases += fmt::format("{},{},{},{}\n", one.instance, one.company, one.account, one.contact);
    return {{"organizations.toml", organizations}, {"aliases.csv", aliases}};
}

} // namespace simulation
