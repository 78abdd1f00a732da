#include "daemon/config/read_sections.hpp"
#include "daemon/config/read_values.hpp"

#include <algorithm>

namespace contactd {

namespace {

void read_rules(const section& from, match_settings& into) {
    names_rule rule("an array of the rules \"email\" and \"local_part\"");
    rule.choice = match_rules;
    rule.if_empty = "Name at least one rule; without any, no device could get a contact.";
    read_names(from, "rules", into.rules, rule);
}

void read_device_types(const section& from, match_settings& into) {
    names_rule rule("an array of picklist ids and labels");
    rule.ids = true;
    rule.if_empty = "Name the types, or write [\"*\"] for every device.";
    setting<names> read = into.device_types;
    read_names(from, "device_types", read, rule);
    const bool every = std::find(read.value.begin(), read.value.end(), "*") != read.value.end();
    if (every && read.value.size() > 1)
        from.complain(*from.find("device_types"), "device_types",
                      {"\"*\" stands for every device already.", "Leave out the others, or the \"*\"."});
    else
        into.device_types = std::move(read);
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

} // namespace

void read_match(const section& from, match_settings& into) {
    from.check_keys();
    read_rules(from, into);
    read_device_types(from, into);
    read_device_globs(from, into);
    read_email_fields(from, into);
    read_names(from, "ignored_accounts", into.ignored_accounts,
               names_rule("an array of account names, in which \"*\" and \"?\" may stand for anything"));
    read_names(from, "ignored_authorities", into.ignored_authorities, names_rule("an array of domains or computers"));
}

} // namespace contactd
