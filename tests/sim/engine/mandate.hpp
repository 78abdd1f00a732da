#pragma once

#include "core/alias.hpp"
#include "core/policy.hpp"
#include "core/rules.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace simulation {

/// The keys of [match] and [policy] that stand in one place: at the top, in an instance or in an organization.
struct own_settings {
    std::optional<bool> dry_run;
    std::optional<bool> only_fills; ///< write = "fill-empty" or "reassign".
    std::optional<core::manual_changes> manual;
    std::optional<std::int64_t> most_changes;           ///< max_changes; in an organization only.
    std::optional<bool> every_type;                     ///< device_types = ["*"] or [1].
    std::optional<std::vector<std::string>> left_alone; ///< exclude_devices: the last letters of hostnames.
    std::optional<std::vector<core::rule>> rules;
    std::optional<std::vector<core::rule>> filling_rules; ///< only_fill
};

/// An organization.
struct wanted_client {
    std::string name;
    std::string instance;
    std::optional<std::int64_t> company; ///< Nothing: it is not mapped.
    bool enabled = true;
    std::vector<std::string> tags;
    own_settings own;
};

struct wanted_instance {
    std::string name;
    std::size_t site = 0;       ///< Instances of one site have the same API user.
    bool every_company = false; ///< companies = "all"
    std::vector<std::string> include_tags;
    std::vector<std::string> exclude_tags;
    std::vector<std::int64_t> exclude_companies;
    own_settings own;
};

/// A line of the file of aliases.
struct wanted_alias {
    std::string instance;
    std::int64_t company = 0;
    std::string account; ///< A login name in small letters.
    std::int64_t contact = 0;
};

/// What the operator wants: the whole configuration as it was meant, before anything was written down.
struct mandate {
    own_settings everywhere;
    std::vector<wanted_instance> instances;
    std::vector<wanted_client> clients; ///< Some may belong to an instance that is configured no longer.
    std::vector<wanted_alias> aliases;
    bool names_more = false; ///< A login_field and an alias_file are named, so that any rule may be used.
};

/// What holds for one company.
struct terms {
    bool dry_run = false;
    bool only_fills = false;
    core::manual_changes manual = core::manual_changes::until_user_changes;
    std::int64_t most_changes = 0; ///< Of this company in a sweep; 0 is no limit.
    bool every_type = false;       ///< Else those of type 1.
    std::vector<std::string> left_alone;
    std::vector<core::rule> rules{core::rule::email, core::rule::local_part};
    std::vector<core::rule> filling_rules;
    std::vector<core::alias> aliases;
    bool reads_other_addresses = false; ///< Some company of the instance needs them, so that all have them.
    bool reads_logins = false;          ///< The same of the user-defined field.
};

/// What was promised for that company of that instance, if it is active and passes the filter; nothing where it is not
/// to be swept. Said here once more, in words of its own: the code under test has no part in it.
std::optional<terms> terms_of(const mandate& wanted, const std::string& instance, std::int64_t company);

} // namespace simulation
