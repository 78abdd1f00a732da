#include "core/plan.hpp"

#include <algorithm>
#include <numeric>

namespace core {
namespace {

void skip(decision& one, reason why) {
    one.what = event::skipped;
    one.why = why;
}

} // namespace

void tally::add(event what, std::optional<reason> why, std::int64_t times) {
    events[static_cast<std::size_t>(what)] += times;
    if (why)
        reasons[static_cast<std::size_t>(*why)] += times;
}

void tally::add(const tally& other) {
    for (std::size_t i = 0; i < events.size(); ++i)
        events[i] += other.events[i];
    for (std::size_t i = 0; i < reasons.size(); ++i)
        reasons[i] += other.reasons[i];
}

std::int64_t tally::devices() const {
    return std::accumulate(events.begin(), events.end(), std::int64_t{0});
}

tally company_plan::counts() const {
    tally sum;
    for (const auto& one : decisions)
        sum.add(one.what, one.why);
    return sum;
}

company_plan make_plan(const snapshot& company, const match_rules& rules, const policy& limits,
                       const retrospect& past) {
    company_plan plan;
    plan.subject = &company.company;
    const contact_lookup contacts(company, rules);
    plan.unreadable_contacts = contacts.unreadable();
    plan.decisions.reserve(company.devices.size());
    for (const auto& one : company.devices)
        if (one.active && rules.scope.accepts(one))
            plan.decisions.push_back(decide(one, contacts));
    std::ranges::sort(plan.decisions, {}, [](const decision& one) { return one.subject->id; });

    for (auto& one : plan.decisions) {
        const bool only_fills =
            limits.write == write_policy::fill_empty || (one.matched_by && rules.only_fill.has(*one.matched_by));
        if (one.what == event::would_reassign && only_fills)
            skip(one, reason::policy_keeps_existing);
        const auto* known = past.of(one.subject->id);
        if (one.is_change())
            if (const auto why = why_leave_alone(one, known, limits, past.now))
                skip(one, *why);
        if (one.what == event::would_reassign && !is_approved(one, known))
            ++plan.brake.would_reassign;
        if (one.subject->contact && one.why != reason::excluded_device && one.why != reason::no_last_user)
            ++plan.brake.assigned_devices;
    }
    plan.held = brake_holds(plan.brake, limits);
    if (plan.held)
        for (auto& one : plan.decisions)
            if (one.is_change() && !is_approved(one, past.of(one.subject->id)))
                skip(one, reason::held);
    return plan;
}

void limit_changes(company_plan& plan, std::span<allowance* const> all) {
    for (auto& one : plan.decisions) {
        if (!one.is_change())
            continue;
        if (std::ranges::any_of(all, &allowance::spent)) {
            skip(one, reason::limit_reached);
            continue;
        }
        for (auto* each : all)
            each->take();
    }
}

} // namespace core
