#pragma once

#include <string_view>

namespace core {

/// What became of a device in a sweep; the names are those of the audit log.
enum class event {
    assigned,       ///< No contact was set, one is now.
    reassigned,     ///< Another contact was set, it was replaced.
    would_assign,   ///< As `assigned`, but nothing was written.
    would_reassign, ///< As `reassigned`, but nothing was written.
    in_sync,        ///< The contact that is set is right.
    skipped,        ///< Left alone, with a reason.
    failed,         ///< The write failed, or was not found stored.
};
inline constexpr int event_count = 7;

/// Why a device was left alone or a write failed.
enum class reason {
    // Of a skip.
    no_last_user,
    system_account,
    machine_account,
    ignored_account,
    guest_account,
    sid_value,
    multiple_users,
    unparseable,
    mangled_account,
    value_at_field_limit,
    maybe_truncated,
    upn_not_found,
    no_match,
    ambiguous,
    duplicate_contact,
    policy_keeps_existing,
    unstable_user,
    pinned,
    shared_device,
    excluded_device,
    parked,
    limit_reached,
    held,
    // Of a failure.
    api_error,
    permission_denied,
    not_stored,
    cancelled,
};
inline constexpr int reason_count = 27;

/// The public, snake_case name.
std::string_view to_string(event what);
std::string_view to_string(reason why);

/// The reason in words for people: a phrase that completes "left alone: ...".
std::string_view explain(reason why);

} // namespace core
