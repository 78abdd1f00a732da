#pragma once

#include "daemon/config/config.hpp"

#include <catch2/catch.hpp>

/// Checks that two configurations have the same values, wherever each came from.
inline void check_same_values(const contactd::config& a, const contactd::config& b) {
    CHECK(a.daemon.state_dir.value == b.daemon.state_dir.value);
    CHECK(a.daemon.audit_log.value == b.daemon.audit_log.value);
    CHECK(a.daemon.organizations.value == b.daemon.organizations.value);
    CHECK(a.daemon.keep_history.value == b.daemon.keep_history.value);
    CHECK(a.daemon.log_level.value == b.daemon.log_level.value);
    CHECK(a.daemon.status_listen.value == b.daemon.status_listen.value);
    CHECK(a.schedule.every.value == b.schedule.every.value);
    CHECK(a.schedule.jitter.value == b.schedule.jitter.value);
    REQUIRE(a.instances.size() == b.instances.size());
    for (std::size_t i = 0; i < a.instances.size(); ++i) {
        const contactd::instance_settings& x = a.instances[i];
        const contactd::instance_settings& y = b.instances[i];
        CHECK(x.name.value == y.name.value);
        CHECK(x.username.value == y.username.value);
        CHECK(x.tracking_identifier.value == y.tracking_identifier.value);
        CHECK(x.secret.value == y.secret.value);
        CHECK(x.zone.value == y.zone.value);
        CHECK(x.zone_discovery_url.value == y.zone_discovery_url.value);
        CHECK(x.ca_file.value == y.ca_file.value);
        CHECK(x.companies.value == y.companies.value);
        CHECK(x.include_tags.value == y.include_tags.value);
        CHECK(x.exclude_tags.value == y.exclude_tags.value);
        CHECK(x.exclude_companies.value == y.exclude_companies.value);
        CHECK(x.hourly_share.value == y.hourly_share.value);
        REQUIRE(x.company_filter.value.size() == y.company_filter.value.size());
        for (std::size_t j = 0; j < x.company_filter.value.size(); ++j) {
            CHECK(x.company_filter.value[j].field == y.company_filter.value[j].field);
            CHECK(x.company_filter.value[j].op == y.company_filter.value[j].op);
            CHECK((x.company_filter.value[j].values == y.company_filter.value[j].values));
            CHECK(x.company_filter.value[j].user_defined == y.company_filter.value[j].user_defined);
        }
        CHECK(x.schedule.every.value == y.schedule.every.value);
        CHECK(x.schedule.jitter.value == y.schedule.jitter.value);
        CHECK(x.schedule.full_every.value == y.schedule.full_every.value);
        CHECK(x.match.rules.value == y.match.rules.value);
        CHECK(x.match.only_fill.value == y.match.only_fill.value);
        CHECK(x.match.device_categories.value == y.match.device_categories.value);
        CHECK(x.match.login_field.value == y.match.login_field.value);
        CHECK(x.match.alias_file.value == y.match.alias_file.value);
        CHECK(x.match.device_types.value == y.match.device_types.value);
        CHECK(x.match.include_devices.value == y.match.include_devices.value);
        CHECK(x.match.exclude_devices.value == y.match.exclude_devices.value);
        CHECK(x.match.email_fields.value == y.match.email_fields.value);
        CHECK(x.match.ignored_accounts.value == y.match.ignored_accounts.value);
        CHECK(x.match.ignored_authorities.value == y.match.ignored_authorities.value);
        CHECK(x.policy.dry_run.value == y.policy.dry_run.value);
        CHECK(x.policy.write.value == y.policy.write.value);
        CHECK(x.policy.stable_sweeps.value == y.policy.stable_sweeps.value);
        CHECK(x.policy.stable_for.value == y.policy.stable_for.value);
        CHECK(x.policy.shared.value == y.policy.shared.value);
        CHECK(x.policy.manual.value == y.policy.manual.value);
        CHECK(x.policy.max_changes.value == y.policy.max_changes.value);
        CHECK(x.policy.brake_percent.value == y.policy.brake_percent.value);
        CHECK(x.policy.brake_minimum.value == y.policy.brake_minimum.value);
    }
}
