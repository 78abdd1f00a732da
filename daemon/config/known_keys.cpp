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
constexpr std::array daemon_keys{"state_dir"sv, "audit_log"sv, "keep_history"sv, "log_level"sv, "status_listen"sv};
constexpr std::array schedule_keys{"every"sv, "jitter"sv, "full_every"sv};
constexpr std::array match_keys{"rules"sv,        "device_types"sv,     "include_devices"sv,    "exclude_devices"sv,
                                "email_fields"sv, "ignored_accounts"sv, "ignored_authorities"sv};
constexpr std::array policy_keys{"dry_run"sv,     "write"sv,          "stable_sweeps"sv,
                                 "stable_for"sv,  "shared_devices"sv, "manual_changes"sv,
                                 "max_changes"sv, "brake_percent"sv,  "brake_minimum"sv};
constexpr std::array instance_keys{"name"sv,         "username"sv,     "tracking_identifier"sv,
                                   "secret"sv,       "zone"sv,         "zone_discovery_url"sv,
                                   "ca_file"sv,      "companies"sv,    "company_filter"sv,
                                   "include_tags"sv, "exclude_tags"sv, "exclude_companies"sv,
                                   "hourly_share"sv, "match"sv,        "policy"sv};
constexpr std::array condition_keys{"field"sv, "op"sv, "value"sv, "udf"sv};

// The sections a misplaced key may belong in. The keys of a condition are too common to guess from.
constexpr std::array sections{section_kind::daemon, section_kind::schedule, section_kind::match, section_kind::policy,
                              section_kind::instance};

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
    case section_kind::file:
    case section_kind::condition:
        break;
    }
    return "the file";
}

// Inside an instance, the instance's own [match] or [policy] is the nearer home. Below one of these, TOML gives every
// further key to it, also those that were meant for the instance.
std::string home_of(section_kind home, section_kind from, std::string_view where) {
    if (from == section_kind::instance && home == section_kind::match)
        return "It belongs in [instance.match], or in [match] for every instance.";
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
    case section_kind::file:
        break;
    }
    return file_keys;
}

fault unknown_key(std::string_view key, section_kind kind, std::string_view where) {
    fault result{fmt::format("There is no key \"{}\" in {}.", shown(key), where), {}};
    if (kind == section_kind::file)
        result.what = fmt::format("There is no key \"{}\" outside of a section.", shown(key));
    if (kind != section_kind::condition) {
        for (section_kind other : sections) {
            if (other != kind && knows(other, key)) {
                result.remedy = home_of(other, kind, where);
                return result;
            }
        }
    }
    if (const auto meant = nearest(key, known_keys(kind)); meant && kind != section_kind::file) {
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
    result.remedy = kind == section_kind::file ? "Put it under the heading of its section, such as [policy]."
                                               : fmt::format("Known here: {}.", listed(known_keys(kind)));
    return result;
}

fault unknown_section(std::string_view name) {
    fault result{fmt::format("There is no section [{}].", shown(name)), {}};
    const auto meant = nearest(name, file_keys);
    if (!meant)
        result.remedy = "The sections are [daemon], [schedule], [match], [policy] and [[instance]].";
    else
        result.remedy = *meant == "instance" ? "Did you mean [[instance]]?" : fmt::format("Did you mean [{}]?", *meant);
    return result;
}

} // namespace contactd
