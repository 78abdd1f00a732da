#pragma once

#include "core/decide.hpp"
#include "core/leave_alone.hpp"
#include "core/policy.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace core {

/// Counts by event and by reason.
struct tally {
    std::array<std::int64_t, event_count> events{};
    std::array<std::int64_t, reason_count> reasons{};

    void add(event what, std::optional<reason> why, std::int64_t times = 1);
    void add(const tally& other);

    /// All devices that were counted: each has exactly one event.
    std::int64_t devices() const;

    std::int64_t of(event what) const { return events[static_cast<std::size_t>(what)]; }
    std::int64_t of(reason why) const { return reasons[static_cast<std::size_t>(why)]; }
};

/// What is to become of every device of a company, by ascending device id. Refers to the snapshot it was made from.
struct company_plan {
    const core::company* subject = nullptr;
    std::vector<decision> decisions;
    brake_counts brake;
    bool held = false;
    std::int64_t unreadable_contacts = 0; ///< Active contacts whose address could not be read.

    tally counts() const;
};

/// Decides every device of the company that is active and of a wanted type, then applies the policy: what may be
/// written, what is left alone because of `past`, and the brake. A change that a person has approved passes the brake.
company_plan make_plan(const snapshot& company, const match_rules& rules, const policy& limits,
                       const retrospect& past = {});

/// Takes the changes of the plan from the allowances, in the plan's order; those that are left over become
/// `limit_reached`. A change counts against all of them.
void limit_changes(company_plan& plan, std::span<allowance* const> all);

} // namespace core
