#pragma once

#include "daemon/plan_file/saved_plan.hpp"

#include <string>

namespace plan_tests {

inline contactd::device_outcome planned(std::int64_t device, std::optional<std::int64_t> previous = std::nullopt) {
    contactd::device_outcome one;
    one.instance = "main";
    one.company_id.value = 10;
    one.company = "Acme";
    one.device_id.value = device;
    one.device = "PC-" + std::to_string(device);
    one.what = previous ? core::event::would_reassign : core::event::would_assign;
    one.last_user = "ACME\\anna";
    one.account = "anna";
    one.rule = core::rule::local_part;
    one.contact_id = core::contact_id{101};
    one.contact_email = "anna@acme.example";
    one.contact_name = "Anna Berg";
    if (previous) {
        one.previous_contact_id = core::contact_id{*previous};
        one.previous_contact_name = "Ben Cole";
    }
    return one;
}

inline contactd::device_outcome left_alone(std::int64_t device, core::reason why) {
    auto one = planned(device);
    one.what = core::event::skipped;
    one.why = why;
    one.rule.reset();
    one.contact_id.reset();
    one.contact_email.clear();
    one.contact_name.clear();
    return one;
}

/// A plan of one instance with two changes, a device that is left alone and a company that is held.
inline contactd::saved_plan small_plan() {
    contactd::saved_plan plan;
    plan.contactd = "0.1.0";
    plan.made = core::wall_time(std::chrono::milliseconds(1795575518573));
    plan.databases.push_back({"main", "https://webservices5.autotask.net/ATServicesRest", "api-user@acme.example"});
    auto ambiguous = left_alone(3, core::reason::ambiguous);
    ambiguous.candidates = {core::contact_id{101}, core::contact_id{102}};
    plan.report.changes = {planned(1), planned(2, 102)};
    plan.report.skipped = {ambiguous};
    contactd::held_company held;
    held.instance = "main";
    held.company_id.value = 20;
    held.company = "Held";
    held.counts = {12, 12};
    plan.report.held = {held};
    for (const auto* list : {&plan.report.changes, &plan.report.skipped})
        for (const auto& one : *list)
            plan.report.counts.add(one.what, one.why);
    plan.report.total.companies_done = 2;
    plan.report.total.requests = 8;
    plan.report.time = std::chrono::milliseconds(2345);
    return plan;
}

} // namespace plan_tests
