#include "core/rules.hpp"
#include "daemon/config/read_sections.hpp"
#include "daemon/config/read_values.hpp"
#include "daemon/config/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace contactd {

namespace {

void read_rules(const section& from, match_settings& into) {
    const auto names = core::rule_names();
    names_rule rule("an array of rules, such as \"email\" and \"local_part\"");
    rule.choice = names;
    read_names(from, "only_fill", into.only_fill, rule);
    rule.if_empty = "Name at least one rule; without any, no device could get a contact.";
    read_names(from, "rules", into.rules, rule);
}

// Types or categories: ids, labels, "*" or "none".
void read_kinds(const section& from, std::string_view key, setting<names>& into) {
    names_rule rule("an array of ids and labels");
    rule.ids = true;
    rule.if_empty = "Name some, or write [\"*\"] for every device.";
    setting<names> read = into;
    read_names(from, key, read, rule);
    const bool every = std::find(read.value.begin(), read.value.end(), "*") != read.value.end();
    if (every && read.value.size() > 1)
        from.complain(*from.find(key), key,
                      {"\"*\" stands for every device already.", "Leave out the others, or the \"*\"."});
    else
        into = std::move(read);
}

void read_device_globs(const section& from, match_settings& into) {
    names_rule rule("an array of hostnames, in which \"*\" and \"?\" may stand for anything");
    read_names(from, "exclude_devices", into.exclude_devices, rule);
    rule.if_empty = "Write [\"*\"] for every device; with an empty list there would be none.";
    read_names(from, "include_devices", into.include_devices, rule);
}

void read_email_fields(const section& from, match_settings& into) {
    names_rule rule("an array of the fields \"emailAddress\", \"emailAddress2\" and \"emailAddress3\"");
    rule.choice = contact_email_fields;
    rule.if_empty = "Name at least one field; the usual one is \"emailAddress\".";
    read_names(from, "email_fields", into.email_fields, rule);
}

// What a rule looks at has to be named, here or further out. Where nothing of it is said here, it was checked there.
void check_rule_needs(const section& from, const match_settings& read) {
    constexpr std::string_view keys[]{"rules", "login_field", "alias_file", "email_fields"};
    if (std::ranges::none_of(keys, [&from](std::string_view key) { return from.find(key) != nullptr; }))
        return;
    const auto is_used = [&read](core::rule one) {
        return std::ranges::find(read.rules.value, core::to_string(one)) != read.rules.value.end();
    };
    const toml_node* rules = from.find("rules");
    const toml_node& at = rules != nullptr ? *rules : from.table();
    if (is_used(core::rule::login_field) && read.login_field.value.empty())
        from.complain(at, "rules",
                      {"The rule \"login_field\" looks at a user-defined field of contacts, but none is named.",
                       "Add login_field = \"NAME OF THE FIELD\"."});
    if (is_used(core::rule::alias) && read.alias_file.value.empty())
        from.complain(at, "rules",
                      {"The rule \"alias\" needs a file of aliases, but none is named.",
                       "Add alias_file = \"/etc/contactd/aliases.csv\"."});
    const auto is_other = [](const std::string& name) {
        return name == core::to_string(core::rule::other_email) ||
               name == core::to_string(core::rule::other_local_part);
    };
    if (read.email_fields.value.size() == contact_email_fields.size() &&
        std::ranges::any_of(read.rules.value, is_other))
        from.complain(
            at, "rules",
            {"The rules \"other_email\" and \"other_local_part\" look at the addresses that email_fields does not "
             "name, but it names all of them.",
             "Take \"emailAddress2\" and \"emailAddress3\" out of email_fields."});
}

} // namespace

void read_match(const section& from, match_settings& into) {
    from.check_keys();
    read_rules(from, into);
    read_kinds(from, "device_types", into.device_types);
    read_kinds(from, "device_categories", into.device_categories);
    read_device_globs(from, into);
    read_email_fields(from, into);
    read_text(from, "login_field", into.login_field, check_optional_name);
    read_text(from, "alias_file", into.alias_file, check_optional_file);
    read_names(from, "ignored_accounts", into.ignored_accounts,
               names_rule("an array of account names, in which \"*\" and \"?\" may stand for anything"));
    for (const auto& name : into.ignored_accounts.value)
        if (from.find("ignored_accounts") != nullptr && name.contains('\\'))
            from.complain(
                *from.find("ignored_accounts"), "ignored_accounts",
                {fmt::format("\"{}\" matches no account: the name is what stands behind the backslash.", shown(name)),
                 "Leave out the domain; a whole domain belongs in ignored_authorities."});
    read_names(from, "ignored_authorities", into.ignored_authorities, names_rule("an array of domains or computers"));
    check_rule_needs(from, into);
}

} // namespace contactd
