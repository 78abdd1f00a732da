#include "daemon/config/defaults.hpp"

#include <utility>

namespace contactd {

namespace {

using namespace std::chrono_literals;

// systemd separates several directories by colons; the first is the service's main one.
std::string first_directory(const environment& variables, const std::string& variable) {
    const std::string value = variables(variable).value_or("");
    return value.substr(0, value.find(':'));
}

} // namespace

daemon_settings default_daemon(const environment& variables) {
    daemon_settings result;
    result.state_dir.value = "/var/lib/contactd";
    result.organizations.value = "organizations.toml";
    result.audit_log.value = "/var/log/contactd/audit.jsonl";
    result.keep_history.value = 24h * 365;
    result.log_level.value = "info";
    result.status_listen.value = "127.0.0.1:9646";
    if (std::string state = first_directory(variables, "STATE_DIRECTORY"); !state.empty())
        result.state_dir = {std::move(state), "$STATE_DIRECTORY"};
    if (std::string logs = first_directory(variables, "LOGS_DIRECTORY"); !logs.empty())
        result.audit_log = {std::move(logs) + "/audit.jsonl", "$LOGS_DIRECTORY"};
    return result;
}

schedule_settings default_schedule() {
    schedule_settings result;
    result.every.value = 30min;
    result.jitter.value = 2min;
    result.full_every.value = 24h;
    return result;
}

match_settings default_match() {
    match_settings result;
    result.rules.value = {"email", "local_part"};
    result.device_types.value = {"1"};
    result.device_categories.value = {"*"};
    result.include_devices.value = {"*"};
    result.email_fields.value = {"emailAddress"};
    return result;
}

policy_settings default_policy() {
    policy_settings result;
    result.write.value = core::write_policy::reassign;
    result.stable_sweeps.value = 1;
    result.stable_for.value = 0s;
    result.shared.value = shared_devices::assign;
    result.shared_users.value = 3;
    result.shared_window.value = 30 * 24h;
    result.manual.value = manual_changes::until_user_changes;
    result.max_changes.value = 0;
    result.brake_percent.value = 30;
    result.brake_minimum.value = 10;
    return result;
}

instance_settings default_instance() {
    instance_settings result;
    result.zone.value = "auto";
    result.zone_discovery_url.value = "https://webservices.autotask.net/ATServicesRest/";
    result.companies.value = company_choice::mapped;
    result.hourly_share.value = 0.5;
    autotask::condition customers;
    customers.field = "companyType";
    customers.op = autotask::filter_op::eq;
    customers.values.emplace_back(std::string("Customer"));
    result.company_filter.value.push_back(std::move(customers));
    return result;
}

} // namespace contactd
