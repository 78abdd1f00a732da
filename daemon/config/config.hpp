#pragma once

#include "autotask/filter.hpp"
#include "core/alias.hpp"
#include "core/ids.hpp"
#include "core/policy.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace contactd {

/// A configured value and where it came from: "default", "line 12", "organizations.toml line 12" or an environment
/// variable such as "$LOGS_DIRECTORY".
template <class T>
struct setting {
    T value{};
    std::string origin = "default";
};

using names = std::vector<std::string>;

struct daemon_settings {
    setting<std::string> state_dir;
    setting<std::string> audit_log;
    setting<std::string>
        organizations; ///< A file, by its path from the folder of the configuration; it need not exist.
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
using core::manual_changes;

/// `[match]`, effective for one instance or organization: its own keys over those around it, over the defaults.
struct match_settings {
    setting<names> rules;
    setting<names> only_fill; ///< Rules that never replace a contact.
    /// Picklist ids or labels, "*" or "none"; an integer in the file arrives as its digits.
    setting<names> device_types;
    setting<names> device_categories; ///< The same.
    setting<names> include_devices;
    setting<names> exclude_devices;
    setting<names> email_fields;
    setting<std::string> login_field; ///< The name of a user-defined field of contacts; may be empty.
    setting<std::string> alias_file;  ///< A path from the folder of the configuration; may be empty.
    setting<names> ignored_accounts;
    setting<names> ignored_authorities;
};

/// `[policy]`, effective for one instance or organization.
struct policy_settings {
    setting<bool> dry_run;
    setting<core::write_policy> write;
    setting<std::int64_t> stable_sweeps;
    setting<std::chrono::seconds> stable_for;
    setting<shared_devices> shared;
    setting<std::int64_t> shared_users;
    setting<std::chrono::seconds> shared_window;
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
    schedule_settings schedule;
    match_settings match;
    policy_settings policy;
};

/// A client of the operator's, and the company that it is in Autotask.
struct organization_settings {
    setting<std::string> name;
    setting<std::string> instance;                       ///< Empty where it does not say, and there is more than one.
    setting<std::optional<core::company_id>> company_id; ///< Nothing as long as it is not mapped.
    setting<std::string> company;                        ///< What Autotask called it when it was mapped; may be empty.
    setting<std::string> domain;                         ///< Of its web site; may be empty.
    setting<bool> enabled;
    setting<names> tags;
    std::optional<match_settings> match;   ///< Effective; nothing where all of it is the instance's.
    std::optional<policy_settings> policy; ///< The same.
    int line = 0;                          ///< Where it begins in the file.
};

/// The lines of an alias file, by the instance and the company they are about.
using alias_table = std::map<std::string, std::unordered_map<core::company_id, std::vector<core::alias>>>;

/// The whole configuration, every value effective.
struct config {
    std::string file;               ///< The path it was read from.
    std::string organizations_file; ///< The path of the organizations, whether or not there are any.
    daemon_settings daemon;
    schedule_settings schedule;
    std::vector<instance_settings> instances;
    std::vector<organization_settings> organizations;      ///< In the order of their file.
    std::shared_ptr<const std::string> organizations_text; ///< That they were read from; null where there is no file.
    std::map<std::string, std::shared_ptr<const alias_table>> aliases; ///< By what match_settings::alias_file says.
};

} // namespace contactd
