#include "daemon/sweep/compiled_settings.hpp"

#include <optional>

namespace contactd {

core::match_rules make_rules(const match_settings& settings) {
    core::match_rules rules;
    for (const auto& name : settings.rules.value)
        rules.ladder.push_back(name == "email" ? core::rule::email : core::rule::local_part);
    rules.accounts = core::make_account_lists(settings.ignored_accounts.value, settings.ignored_authorities.value);
    rules.scope.include = core::glob_list(settings.include_devices.value);
    rules.scope.exclude = core::glob_list(settings.exclude_devices.value);
    return rules;
}

core::policy make_policy(const policy_settings& settings) {
    return core::policy{settings.write.value, settings.brake_percent.value, settings.brake_minimum.value};
}

core::allowance make_allowance(const policy_settings& settings) {
    if (settings.max_changes.value == 0)
        return core::allowance(std::nullopt);
    return core::allowance(settings.max_changes.value);
}

} // namespace contactd
