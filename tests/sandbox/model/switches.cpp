#include "tests/sandbox/model/switches.hpp"

#include <array>

#include "tests/sandbox/model/text.hpp"

namespace sandbox {
namespace {

template <bool switches::*Member>
constexpr switch_description flag(std::string_view name, std::string_view meaning) {
    return {name, "true|false", meaning, [](const switches& s) -> std::string { return s.*Member ? "true" : "false"; },
            [](switches& s, std::string_view text) {
                const bool yes = text == "true" || text == "on" || text == "1";
                if (!yes && text != "false" && text != "off" && text != "0")
                    return false;
                s.*Member = yes;
                return true;
            }};
}

template <std::int64_t switches::*Member>
constexpr switch_description number(std::string_view name, std::string_view meaning) {
    return {name, "a number", meaning, [](const switches& s) { return std::to_string(s.*Member); },
            [](switches& s, std::string_view text) {
                const auto parsed = to_integer(text);
                if (!parsed || *parsed < 0)
                    return false;
                s.*Member = *parsed;
                return true;
            }};
}

template <duration switches::*Member>
constexpr switch_description span(std::string_view name, std::string_view meaning) {
    return {name, "a duration such as 50ms or 2s", meaning, [](const switches& s) { return print_duration(s.*Member); },
            [](switches& s, std::string_view text) {
                const auto parsed = parse_duration(text);
                if (!parsed)
                    return false;
                s.*Member = *parsed;
                return true;
            }};
}

/// The n-th word of `a|b|c`.
constexpr std::string_view word(std::string_view words, std::size_t n) {
    for (; n > 0; --n)
        words.remove_prefix(words.find('|') + 1);
    return words.substr(0, words.find('|'));
}

constexpr std::size_t count_words(std::string_view words) {
    std::size_t count = 1;
    for (const char c : words)
        count += c == '|' ? 1U : 0U;
    return count;
}

/// `Words` is a type with the choices in the order of the enumeration.
template <auto Member, typename Words>
constexpr switch_description choice(std::string_view name, std::string_view meaning) {
    return {name, Words::list, meaning,
            [](const switches& s) { return std::string{word(Words::list, static_cast<std::size_t>(s.*Member))}; },
            [](switches& s, std::string_view text) {
                for (std::size_t i = 0; i < count_words(Words::list); ++i) {
                    if (word(Words::list, i) == text) {
                        s.*Member = static_cast<std::remove_reference_t<decltype(s.*Member)>>(i);
                        return true;
                    }
                }
                return false;
            }};
}

struct permission_words {
    static constexpr std::string_view list = "500|403";
};
struct missing_words {
    static constexpr std::string_view list = "null|404";
};
struct parent_words {
    static constexpr std::string_view list = "direct|ancestor|none";
};
struct body_words {
    static constexpr std::string_view list = "ignored|500";
};
struct retry_words {
    static constexpr std::string_view list = "absent|seconds|date";
};
struct language_words {
    static constexpr std::string_view list = "en|de";
};
struct owner_words {
    static constexpr std::string_view list = "parent|child";
};
struct counting_words {
    static constexpr std::string_view list = "query|list";
};
struct included_words {
    static constexpr std::string_view list = "works|ignored|unknown";
};
struct udf_words {
    static constexpr std::string_view list = "one|several";
};
struct empty_words {
    static constexpr std::string_view list = "present|absent";
};
struct category_words {
    static constexpr std::string_view list = "reference|picklist";
};

constexpr std::array descriptions{
    flag<&switches::strict_path_casing>("strict_path_casing", "paths must be spelled /ATServicesRest/V1.0/... exactly"),
    flag<&switches::legacy_auth_errors>("legacy_auth_errors",
                                        "a wrong tracking identifier or user name gives 500 with a text, not 401"),
    number<&switches::lockout_threshold>("lockout_threshold", "wrong secrets in a row that lock a user; 0 never locks"),
    choice<&switches::permission_status_403, permission_words>("permission_status",
                                                               "status when the security level forbids the entity"),
    flag<&switches::full_page_has_next>("full_page_has_next",
                                        "a page that is exactly full names a next page, even if that one is empty"),
    choice<&switches::missing_id, missing_words>("missing_id",
                                                 "GET of an id that does not exist: 200 with item null, or 404"),
    choice<&switches::parent_contact, parent_words>(
        "parent_contact", "whose contacts a device may have besides its own company's: the direct parent company's, "
                          "any ancestor's, nobody else's"),
    choice<&switches::read_only_in_body_fails, body_words>("readonly_in_body",
                                                           "a read-only field in the body of a write"),
    flag<&switches::rmm_sync_touches_last_modified>("rmm_sync_touches_last_modified",
                                                    "a sync of the RMM moves lastModifiedTime"),
    flag<&switches::edit_touches_last_modified>("edit_touches_last_modified",
                                                "a person's edit moves the date of the last modification"),
    flag<&switches::empty_last_user_is_null>("empty_last_user_is_null",
                                             "a sync of an empty last user stores null rather than an empty text"),
    number<&switches::request_threshold>("request_threshold", "requests a database may make in 60 minutes"),
    flag<&switches::threshold_latency>("threshold_latency",
                                       "hold replies back by 0.5 s from 50 % and by 1 s from 75 % of the threshold"),
    flag<&switches::throttled_calls_count>("throttled_calls_count",
                                           "calls refused for the thread limit or the threshold count as requests too"),
    number<&switches::hourly_limit_status>("hourly_limit_status", "status beyond the request threshold, 429 or 500"),
    choice<&switches::retry_after, retry_words>("retry_after", "the Retry-After header of throttled replies"),
    span<&switches::retry_after_delay>("retry_after_delay", "how long Retry-After asks a client to wait"),
    number<&switches::thread_limit>("thread_limit",
                                    "calls in progress per tracking identifier and entity; 0 is without limit"),
    number<&switches::thread_limit_status>("thread_limit_status", "status beyond the thread limit, 429 or 500"),
    span<&switches::slot_release_delay>("slot_release_delay", "how long after a reply its thread still counts"),
    choice<&switches::child_calls_use, owner_words>(
        "child_calls_use", "whose threads Companies/{id}/Contacts takes: Companies or Contacts"),
    flag<&switches::revalidate_stored_references>(
        "revalidate_stored_references", "a PATCH fails when an untouched field of the device refers to something "
                                        "inactive, or a required user-defined field is empty"),
    choice<&switches::localised_errors, language_words>("localised_errors", "language of the validation errors"),
    flag<&switches::patch_error_second_entry>(
        "patch_error_second_entry", "a refused write also says: Error updating entity for record number [1]."),
    flag<&switches::exist_matches_empty_string>("exist_matches_empty_string", "an empty text exists"),
    flag<&switches::noteq_matches_null>("noteq_matches_null", "noteq and notIn also find rows where the field is null"),
    choice<&switches::or_limit_counts, counting_words>(
        "or_limit_counts", "whether the limit of 500 OR conditions is for the whole query or for each list and group"),
    flag<&switches::include_fields_need_id>("include_fields_need_id",
                                            "IncludeFields without id fails when there is more than one page"),
    choice<&switches::udf_in_include_fields, included_words>(
        "udf_in_include_fields", "a user-defined field named in IncludeFields: it is in the row's userDefinedFields, "
                                 "the array stays empty, or it is 500 as an unknown field"),
    choice<&switches::udf_filters, udf_words>(
        "udf_filters", "by how many user-defined fields a query may filter; by more than one is 500"),
    choice<&switches::udfs_without_values, empty_words>(
        "udfs_without_values", "the key userDefinedFields of a reply in which no row has a value of one"),
    choice<&switches::device_category, category_words>(
        "device_category", "what the metadata say about configurationItemCategoryID: a reference to "
                           "ConfigurationItemCategory, or a picklist with labels"),
    flag<&switches::lower_case_zone_url>("lower_case_zone_url", "zoneInformation spells the path /atservicesrest/"),
    flag<&switches::date_header>("date_header", "every reply says in a Date header what time it is for the server"),
    span<&switches::latency>("latency", "hold every reply back by this"),
    span<&switches::tls_delay>("tls_delay", "wait this long before each TLS handshake"),
    number<&switches::tls_resets>("tls_resets", "so many of the next connections are reset before the TLS handshake; "
                                                "counts down"),
};

} // namespace

std::span<const switch_description> all_switches() {
    return descriptions;
}

std::expected<void, std::string> set_switch(switches& target, std::string_view name, std::string_view value) {
    for (const switch_description& description : descriptions) {
        if (description.name != name)
            continue;
        if (description.write(target, value))
            return {};
        return std::unexpected{"the switch " + std::string{name} + " takes " + std::string{description.values} +
                               ", not \"" + std::string{value} + "\""};
    }
    return std::unexpected{"there is no switch named \"" + std::string{name} +
                           "\"; autotask-sandbox --list-switches names them all"};
}

std::expected<duration, std::string> parse_duration(std::string_view text) {
    struct unit {
        std::string_view name;
        duration length;
    };
    static constexpr std::array units{unit{"us", std::chrono::microseconds{1}},
                                      unit{"ms", std::chrono::milliseconds{1}}, unit{"s", std::chrono::seconds{1}},
                                      unit{"m", std::chrono::minutes{1}}, unit{"h", std::chrono::hours{1}}};
    const auto digits = text.substr(0, text.find_first_not_of("0123456789"));
    for (const unit& known : units) {
        const auto amount = to_integer(digits);
        if (text.substr(digits.size()) == known.name && amount &&
            *amount <= 1'000'000'000'000 / known.length.count() * 1'000'000)
            return *amount * known.length;
    }
    return std::unexpected{"\"" + std::string{text} +
                           "\" is not a duration; write a whole number and a unit, such as " + "250ms, 2s, 5m or 1h"};
}

std::string print_duration(duration length) {
    using namespace std::chrono;
    if (length % seconds{1} == duration::zero())
        return std::to_string(duration_cast<seconds>(length).count()) + "s";
    if (length % milliseconds{1} == duration::zero())
        return std::to_string(duration_cast<milliseconds>(length).count()) + "ms";
    return std::to_string(duration_cast<microseconds>(length).count()) + "us";
}

switches as_over_a_network() {
    switches made;
    made.slot_release_delay = std::chrono::milliseconds{50};
    made.latency = std::chrono::milliseconds{30};
    return made;
}

} // namespace sandbox
