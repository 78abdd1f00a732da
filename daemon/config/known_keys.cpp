#include "daemon/config/known_keys.hpp"

#include "daemon/config/nearest.hpp"
#include "daemon/config/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

namespace contactd {

namespace {

using namespace std::string_view_literals;

constexpr std::array file_keys{"daemon"sv, "schedule"sv, "match"sv, "policy"sv, "instance"sv};
constexpr std::array daemon_keys{"state_dir"sv,    "audit_log"sv, "organizations"sv,
                                 "keep_history"sv, "log_level"sv, "status_listen"sv};
constexpr std::array schedule_keys{"every"sv, "jitter"sv, "full_every"sv};
constexpr std::array match_keys{
    "rules"sv,           "only_fill"sv,        "device_types"sv,       "device_categories"sv,
    "include_devices"sv, "exclude_devices"sv,  "email_fields"sv,       "login_field"sv,
    "alias_file"sv,      "ignored_accounts"sv, "ignored_authorities"sv};
constexpr std::array policy_keys{"dry_run"sv,        "write"sv,         "stable_sweeps"sv, "stable_for"sv,
                                 "shared_devices"sv, "shared_users"sv,  "shared_window"sv, "manual_changes"sv,
                                 "max_changes"sv,    "brake_percent"sv, "brake_minimum"sv};
constexpr std::array instance_keys{"name"sv,         "username"sv,     "tracking_identifier"sv,
                                   "secret"sv,       "zone"sv,         "zone_discovery_url"sv,
                                   "ca_file"sv,      "companies"sv,    "company_filter"sv,
                                   "include_tags"sv, "exclude_tags"sv, "exclude_companies"sv,
                                   "hourly_share"sv, "schedule"sv,     "match"sv,
                                   "policy"sv};
constexpr std::array organization_keys{"name"sv,    "instance"sv, "company_id"sv, "company"sv, "domain"sv,
                                       "enabled"sv, "tags"sv,     "match"sv,      "policy"sv};
constexpr std::array organizations_file_keys{"organization"sv};
constexpr std::array condition_keys{"field"sv, "op"sv, "value"sv, "udf"sv};

// The sections a misplaced key may belong in. The keys of a condition are too common to guess from.
constexpr std::array main_sections{section_kind::daemon, section_kind::schedule, section_kind::match,
                                   section_kind::policy, section_kind::instance};
constexpr std::array organization_sections{section_kind::organization, section_kind::match, section_kind::policy};

bool is_of_organizations(section_kind kind, std::string_view where) {
    return kind == section_kind::organization || kind == section_kind::organizations_file ||
           where.starts_with("[organization.");
}

bool knows(section_kind kind, std::string_view key) {
    const auto keys = known_keys(kind);
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

std::string_view heading(section_kind kind) {
    switch (kind) {
    case section_kind::daemon:
        return "[daemon]";
    case section_kind::schedule:
        return "[schedule]";
    case section_kind::match:
        return "[match]";
    case section_kind::policy:
        return "[policy]";
    case section_kind::instance:
        return "[[instance]]";
    case section_kind::organization:
        return "[[organization]]";
    case section_kind::file:
    case section_kind::organizations_file:
    case section_kind::condition:
        break;
    }
    return "the file";
}

// Inside an instance, the instance's own [match] or [policy] is the nearer home. Below one of these, TOML gives every
// further key to it, also those that were meant for the instance.
std::string home_of(section_kind home, section_kind from, std::string_view where) {
    const bool is_overridden = home == section_kind::match || home == section_kind::policy;
    const auto name = home == section_kind::match ? "match" : "policy";
    if (from == section_kind::organization && is_overridden)
        return fmt::format("It belongs in [organization.{}].", name);
    if (where.starts_with("[organization.") && home == section_kind::organization)
        return fmt::format("It belongs in [[organization]]; move it above {}.", where);
    if (where.starts_with("[organization.") && is_overridden)
        return fmt::format("It belongs in [organization.{}].", name);
    if (from == section_kind::instance && home == section_kind::match)
        return "It belongs in [instance.match], or in [match] for every instance.";
    if (from == section_kind::instance && home == section_kind::schedule)
        return "It belongs in [instance.schedule], or in [schedule] for every instance.";
    if (from == section_kind::instance && home == section_kind::policy)
        return "It belongs in [instance.policy], or in [policy] for every instance.";
    if (where.starts_with("[instance.") && home == section_kind::instance)
        return fmt::format("It belongs in [[instance]]; move it above {}.", where);
    if (where.starts_with("[instance.") && (home == section_kind::match || home == section_kind::policy))
        return fmt::format("It belongs in [instance.{}].", home == section_kind::match ? "match" : "policy");
    return fmt::format("It belongs in {}.", heading(home));
}

} // namespace

std::span<const std::string_view> known_keys(section_kind kind) {
    switch (kind) {
    case section_kind::daemon:
        return daemon_keys;
    case section_kind::schedule:
        return schedule_keys;
    case section_kind::match:
        return match_keys;
    case section_kind::policy:
        return policy_keys;
    case section_kind::instance:
        return instance_keys;
    case section_kind::condition:
        return condition_keys;
    case section_kind::organization:
        return organization_keys;
    case section_kind::organizations_file:
        return organizations_file_keys;
    case section_kind::file:
        break;
    }
    return file_keys;
}

fault unknown_key(std::string_view key, section_kind kind, std::string_view where) {
    fault result{fmt::format("There is no key \"{}\" in {}.", shown(key), where), {}};
    const auto sections = is_of_organizations(kind, where) ? std::span<const section_kind>(organization_sections)
                                                           : std::span<const section_kind>(main_sections);
    if (is_file(kind))
        result.what = fmt::format("There is no key \"{}\" outside of a section.", shown(key));
    if (kind != section_kind::condition) {
        for (section_kind other : sections) {
            if (other != kind && knows(other, key)) {
                result.remedy = home_of(other, kind, where);
                return result;
            }
        }
    }
    if (const auto meant = nearest(key, known_keys(kind)); meant && !is_file(kind)) {
        result.remedy = fmt::format("Did you mean \"{}\"?", *meant);
        return result;
    }
    if (kind != section_kind::condition) {
        for (section_kind other : sections) {
            if (const auto meant = nearest(key, known_keys(other)); meant && other != kind) {
                result.remedy = fmt::format("Did you mean \"{}\"? {}", *meant, home_of(other, kind, where));
                return result;
            }
        }
    }
    if (kind == section_kind::file)
        result.remedy = "Put it under the heading of its section, such as [policy].";
    else if (kind == section_kind::organizations_file)
        result.remedy = "Put it under an [[organization]].";
    else
        result.remedy = fmt::format("Known here: {}.", listed(known_keys(kind)));
    return result;
}

fault unknown_section(std::string_view name, section_kind file) {
    if (file == section_kind::organizations_file)
        return {fmt::format("There is no section [{}] in this file.", shown(name)), "Write [[organization]]."};
    fault result{fmt::format("There is no section [{}].", shown(name)), {}};
    const auto meant = nearest(name, file_keys);
    if (!meant)
        result.remedy = "The sections are [daemon], [schedule], [match], [policy] and [[instance]].";
    else
        result.remedy = *meant == "instance" ? "Did you mean [[instance]]?" : fmt::format("Did you mean [{}]?", *meant);
    return result;
}

} // namespace contactd
