#pragma once

#include "autotask/filter.hpp"
#include "core/policy.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace contactd {

/// A configured value and where it came from: "default", "line 12" or an environment variable such as
/// "$LOGS_DIRECTORY".
template <class T>
struct setting {
    T value{};
    std::string origin = "default";
};

using names = std::vector<std::string>;

struct daemon_settings {
    setting<std::string> state_dir;
    setting<std::string> audit_log;
    setting<std::chrono::seconds> keep_history; ///< How long the journal remembers what is over.
    setting<std::string> log_level;
    setting<std::string> status_listen; ///< "host:port"; empty is off.
};

struct schedule_settings {
    setting<std::chrono::seconds> every;
    setting<std::chrono::seconds> jitter;
    setting<std::chrono::seconds> full_every;
};

enum class shared_devices { assign, skip };
enum class manual_changes { until_user_changes, always, never };

/// `[match]`, effective for one instance: the instance's own keys over the file's, over the defaults.
struct match_settings {
    setting<names> rules;
    /// Picklist ids or labels, "*" or "none"; an integer in the file arrives as its digits.
    setting<names> device_types;
    setting<names> include_devices;
    setting<names> exclude_devices;
    setting<names> email_fields;
    setting<names> ignored_accounts;
    setting<names> ignored_authorities;
};

/// `[policy]`, effective for one instance.
struct policy_settings {
    setting<bool> dry_run;
    setting<core::write_policy> write;
    setting<std::int64_t> stable_sweeps;
    setting<std::chrono::seconds> stable_for;
    setting<shared_devices> shared;
    setting<manual_changes> manual;
    setting<std::int64_t> max_changes; ///< 0 is no cap.
    setting<double> brake_percent;
    setting<std::int64_t> brake_minimum;
};

enum class company_choice { mapped, all };

struct instance_settings {
    setting<std::string> name;
    setting<std::string> username;
    setting<std::string> tracking_identifier;
    /// Where the secret is, never the secret: "credential:NAME", "file:/path" or "env:NAME".
    setting<std::string> secret;
    setting<std::string> zone;               ///< "auto" or a base URL, which ends with a slash.
    setting<std::string> zone_discovery_url; ///< Ends with a slash.
    setting<std::string> ca_file;
    setting<company_choice> companies;
    setting<std::vector<autotask::condition>> company_filter;
    setting<names> include_tags;
    setting<names> exclude_tags;
    setting<names> exclude_companies; ///< Ids or names; an integer in the file arrives as its digits.
    setting<double> hourly_share;
    match_settings match;
    policy_settings policy;
};

/// The whole configuration, every value effective.
struct config {
    std::string file; ///< The path it was read from.
    daemon_settings daemon;
    schedule_settings schedule;
    std::vector<instance_settings> instances;
};

} // namespace contactd
