#pragma once

#include "core/entities.hpp"
#include "daemon/sweep/outcome.hpp"
#include "daemon/sweep/rule_book.hpp"

#include <optional>
#include <string>

namespace contactd {

/// What a change of a plan is about, as it is now.
struct present_rows {
    const core::device* device = nullptr;   ///< Null when it is gone.
    const core::contact* target = nullptr;  ///< The contact to assign; null when it is gone.
    std::optional<core::company_id> parent; ///< Of the company of the plan.
};

/// How a change of a plan stands.
enum class change_standing {
    holds,        ///< Everything is as the plan saw it.
    done_already, ///< The device has the contact.
    drifted,      ///< Something is not as the plan saw it.
    left_out,     ///< The configuration does not want it, or not any more.
    beyond_limit, ///< A limit of changes leaves it for later.
    not_reached,  ///< It could not be looked at.
};

struct change_verdict {
    change_standing how = change_standing::holds;
    std::string words; ///< What has drifted, or why it is left out: phrases, joined by semicolons.
};

/// Compares a change with what is there now. It holds when the device is active, in the same company, and has exactly
/// the contact and the last user that the plan saw, and the contact to assign is active, in that company or its
/// parent, and still has the address by which it was found.
change_verdict compare_with_now(const device_outcome& planned, const present_rows& now);

/// Whether the rules of today would let the change be made; if not, why, as a phrase. `even_dry` is for whoever writes
/// nothing anyway.
std::optional<std::string> why_unwanted(const device_outcome& planned, const core::device& now,
                                        const company_rules& rules, bool even_dry);

} // namespace contactd
