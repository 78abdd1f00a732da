#include "core/reasons.hpp"

#include <array>
#include <cstddef>

namespace core {
namespace {

constexpr std::array<std::string_view, event_count> event_names{
    "assigned", "reassigned", "would_assign", "would_reassign", "in_sync", "skipped", "failed",
};

struct reason_text {
    std::string_view name;
    std::string_view words;
};

constexpr std::array<reason_text, reason_count> reasons{{
    {"no_last_user", "no last user is reported"},
    {"system_account", "a system account, not a person"},
    {"machine_account", "a machine account, not a person"},
    {"ignored_account", "the account is on the list of ignored accounts"},
    {"guest_account", "a guest account of another organization"},
    {"sid_value", "a security identifier instead of a name"},
    {"multiple_users", "more than one user is named"},
    {"unparseable", "not understood"},
    {"mangled_account", "the name carries the mark of a name collision"},
    {"value_at_field_limit", "the value fills its field and may be cut"},
    {"maybe_truncated", "the name has 20 characters and may be cut"},
    {"upn_not_found", "no contact has this e-mail address"},
    {"no_match", "no contact matches"},
    {"ambiguous", "several contacts match"},
    {"duplicate_contact", "several contacts share the one matching address: merge them"},
    {"policy_keeps_existing", "the policy keeps a contact that is set"},
    {"unstable_user", "the same contact has to be found for longer"},
    {"pinned", "a person chose the contact that is set"},
    {"shared_device", "many people use the device"},
    {"excluded_device", "the device is excluded"},
    {"parked", "the server refused the same write; it is tried again later"},
    {"limit_reached", "the limit of changes is reached"},
    {"held", "the brake holds the company"},
    {"api_error", "the server refused the write or could not be reached"},
    {"permission_denied", "the API user may not do this"},
    {"not_stored", "the read-back shows another value"},
    {"cancelled", "the sweep was stopped first"},
}};
static_assert(static_cast<int>(reason::cancelled) + 1 == reason_count);
static_assert(static_cast<int>(event::failed) + 1 == event_count);

} // namespace

std::string_view to_string(event what) {
    return event_names[static_cast<std::size_t>(what)];
}

std::string_view to_string(reason why) {
    return reasons[static_cast<std::size_t>(why)].name;
}

std::string_view explain(reason why) {
    return reasons[static_cast<std::size_t>(why)].words;
}

} // namespace core
