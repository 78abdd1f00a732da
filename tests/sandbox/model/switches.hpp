#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>

#include "tests/sandbox/model/http.hpp"

namespace sandbox {

enum class status_style : std::uint8_t { documented, observed };
enum class missing_row_style : std::uint8_t { null_item, not_found };
enum class parent_contacts : std::uint8_t { direct, ancestor, none };
enum class retry_after_style : std::uint8_t { absent, seconds, date };
enum class error_language : std::uint8_t { english, german };
enum class slot_owner : std::uint8_t { parent, child };
enum class or_counting : std::uint8_t { query, list };
enum class included_udfs : std::uint8_t { work, ignored, unknown };
enum class udf_conditions : std::uint8_t { one, several };
enum class empty_udfs : std::uint8_t { present, absent };
enum class category_style : std::uint8_t { reference, picklist };

/// Whatever about the real service is uncertain, or differs between tenants, is one of these; the defaults are the
/// behaviour with the best evidence. Names and meanings: `all_switches()`.
struct switches {
    bool strict_path_casing = false;
    bool legacy_auth_errors = false;
    std::int64_t lockout_threshold = 5;
    bool permission_status_403 = false;
    bool full_page_has_next = false;
    missing_row_style missing_id = missing_row_style::null_item;
    parent_contacts parent_contact = parent_contacts::direct;
    bool read_only_in_body_fails = false;
    bool rmm_sync_touches_last_modified = false;
    bool edit_touches_last_modified = true;
    bool empty_last_user_is_null = false;
    std::int64_t request_threshold = 10'000;
    bool threshold_latency = true;
    bool throttled_calls_count = true;
    std::int64_t hourly_limit_status = 429;
    retry_after_style retry_after = retry_after_style::absent;
    duration retry_after_delay = std::chrono::seconds{60};
    std::int64_t thread_limit = 3;
    std::int64_t thread_limit_status = 429;
    duration slot_release_delay{};
    slot_owner child_calls_use = slot_owner::parent;
    bool revalidate_stored_references = false;
    error_language localised_errors = error_language::english;
    bool patch_error_second_entry = true;
    bool exist_matches_empty_string = true;
    bool noteq_matches_null = false;
    or_counting or_limit_counts = or_counting::query;
    bool include_fields_need_id = false;
    included_udfs udf_in_include_fields = included_udfs::work;
    udf_conditions udf_filters = udf_conditions::one;
    empty_udfs udfs_without_values = empty_udfs::present;
    category_style device_category = category_style::reference;
    bool lower_case_zone_url = false;
    bool date_header = true;
    duration latency{};
    duration tls_delay{};
    std::int64_t tls_resets = 0;
};

/// What the program starts with, unlike a test that embeds the model: the real service lets a thread go some tens of
/// milliseconds after its reply, and only the latency of a network keeps a client from meeting that which makes one
/// call after the other.
[[nodiscard]] switches as_over_a_network();

/// One switch as a person sees it.
struct switch_description {
    std::string_view name;
    std::string_view values; ///< what may be given: `true|false`, `a number`, `a duration`, `null|404`
    std::string_view meaning;
    std::string (*read)(const switches&);
    bool (*write)(switches&, std::string_view); ///< false when the value is not one of `values`
};

[[nodiscard]] std::span<const switch_description> all_switches();

/// Sets the switch of that name. The error is a whole sentence that says what would be right.
[[nodiscard]] std::expected<void, std::string> set_switch(switches& target, std::string_view name,
                                                          std::string_view value);

/// `250ms`, `2s`, `5m`, `1h`; a bare number is refused, because its unit would be a guess.
[[nodiscard]] std::expected<duration, std::string> parse_duration(std::string_view text);
[[nodiscard]] std::string print_duration(duration length);

} // namespace sandbox
