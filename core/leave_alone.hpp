#pragma once

#include "core/decide.hpp"
#include "core/device_past.hpp"
#include "core/policy.hpp"

#include <optional>
#include <string>

namespace core {

/// What a decision takes into account of the time before it.
struct retrospect {
    const device_pasts* devices = nullptr; ///< Null where nothing is known.
    wall_time now{};

    const device_past* of(device_id one) const;
};

/// Who chose the contact that is set now: as recorded, unless it is another by now; then a human did, just now. Nothing
/// where it was never ours.
std::optional<contact_choice> present_choice(const decision& of, const device_past& past, wall_time now);

/// Whether the present contact of the device stands because a person pinned or chose it. Looks at the subject and the
/// person of `of` only.
bool is_left_to_people(const decision& of, const device_past& past, manual_changes manual, wall_time now);

/// Why a contact that the rules would set is not to be set, or not yet; nothing when it is. Looks at who chose the
/// present one, at how long the new one has been derived, and at how many people use the device.
std::optional<reason> why_leave_alone(const decision& wanted, const device_past* past, const policy& limits,
                                      wall_time now);

/// Whether a person has let go exactly this change, which the brake held.
bool is_approved(const decision& wanted, const device_past* past);

/// What is to be remembered of a device after a decision; absent where it is what is known already.
struct past_news {
    device_id device;
    std::optional<contact_choice> choice;
    std::optional<std::optional<contact_streak>> streak; ///< Nothing inside: it has ended.
    std::string person;                                  ///< Who uses it, in the spelling of the account.

    bool any() const { return choice || streak || !person.empty(); }
};

past_news news_of(const decision& decided, const device_past* past, const policy& limits, wall_time now);

} // namespace core
