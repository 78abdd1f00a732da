#include "daemon/explain/held_settings.hpp"

#include "daemon/config/choices.hpp"
#include "daemon/config/toml_write.hpp"

namespace contactd {

const match_settings& match_of(const instance_settings& instance, const organization_settings* organization) {
    return organization != nullptr && organization->match ? *organization->match : instance.match;
}

const policy_settings& policy_of(const instance_settings& instance, const organization_settings* organization) {
    return organization != nullptr && organization->policy ? *organization->policy : instance.policy;
}

std::vector<explained_setting> settings_that_hold(const instance_settings& instance,
                                                  const organization_settings* organization) {
    std::vector<explained_setting> all;
    const auto add_list = [&all](std::string key, const setting<names>& one, bool always) {
        if (always || !one.value.empty())
            all.push_back({std::move(key), toml_array(one.value), one.origin});
    };
    const auto add_text = [&all](std::string key, const setting<std::string>& one) {
        if (!one.value.empty())
            all.push_back({std::move(key), toml_text(one.value), one.origin});
    };
    const auto& match = match_of(instance, organization);
    add_list("rules", match.rules, true);
    add_list("only_fill", match.only_fill, false);
    add_list("email_fields", match.email_fields, true);
    add_text("login_field", match.login_field);
    add_text("alias_file", match.alias_file);
    all.push_back({"device_types", toml_ids(match.device_types.value), match.device_types.origin});
    if (match.device_categories.value != names{"*"})
        all.push_back({"device_categories", toml_ids(match.device_categories.value), match.device_categories.origin});
    if (match.include_devices.value != names{"*"})
        add_list("include_devices", match.include_devices, true);
    add_list("exclude_devices", match.exclude_devices, false);
    add_list("ignored_accounts", match.ignored_accounts, false);
    add_list("ignored_authorities", match.ignored_authorities, false);

    const auto& policy = policy_of(instance, organization);
    all.push_back({"write", toml_text(write_choices.word_of(policy.write.value)), policy.write.origin});
    all.push_back({"dry_run", policy.dry_run.value ? "true" : "false", policy.dry_run.origin});
    all.push_back({"brake_percent", toml_number(policy.brake_percent.value), policy.brake_percent.origin});
    all.push_back({"brake_minimum", std::to_string(policy.brake_minimum.value), policy.brake_minimum.origin});
    if (policy.max_changes.value > 0)
        all.push_back({"max_changes", std::to_string(policy.max_changes.value), policy.max_changes.origin});
    return all;
}

} // namespace contactd
