#include "daemon/report/sweep_report.hpp"

#include <algorithm>
#include <tuple>

namespace contactd {

void sweep_report::device_decided(const device_outcome& outcome) {
    switch (outcome.what) {
    case core::event::in_sync:
        break;
    case core::event::skipped:
        skipped.push_back(outcome);
        break;
    case core::event::failed:
        failed.push_back(outcome);
        break;
    default:
        changes.push_back(outcome);
    }
}

void sweep_report::company_held(const held_company& company) {
    held.push_back(company);
}

void sweep_report::trouble_met(const trouble& what) {
    if (!what.only_a_warning)
        troubles.push_back(what);
}

void sweep_report::instance_finished(const finished_instance& instance) {
    instances.push_back(instance);
    counts.add(instance.counts);
    total.companies += instance.final.companies;
    total.companies_done += instance.final.companies_done;
    total.devices += instance.final.devices;
    total.changes += instance.final.changes;
    total.requests += instance.final.requests;
    not_reached += instance.companies_not_reached;
    time = std::max(time, instance.time);
}

void sweep_report::sort() {
    const auto by_device = [](const device_outcome& one) {
        return std::tuple(one.instance, one.company_id, one.device_id);
    };
    std::ranges::sort(changes, {}, by_device);
    std::ranges::sort(skipped, {}, by_device);
    std::ranges::sort(failed, {}, by_device);
    std::ranges::sort(held, {}, [](const held_company& one) { return std::tuple(one.instance, one.company_id); });
    std::ranges::sort(instances, {}, &finished_instance::instance);
}

exit_status sweep_report::status() const {
    const bool interrupted = std::ranges::any_of(instances, &finished_instance::interrupted);
    if (!failed.empty() || !troubles.empty() || not_reached > 0 || interrupted)
        return exit_status::failed;
    return held.empty() ? exit_status::done : exit_status::held;
}

} // namespace contactd
