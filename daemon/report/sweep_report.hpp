#pragma once

#include "daemon/exit_status.hpp"
#include "daemon/sweep/listener.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace contactd {

/// Everything a one-shot sweep or plan has to tell, collected while it runs.
class sweep_report final : public sweep_listener {
public:
    void device_decided(const device_outcome& outcome) override;
    void company_held(const held_company& company) override;
    void trouble_met(const trouble& what) override;
    void instance_finished(const finished_instance& instance) override;

    /// Brings everything into its stable order: by instance, company and device. To be called once, at the end.
    void sort();

    std::vector<device_outcome> changes; ///< Made, or planned where nothing is written.
    std::vector<device_outcome> skipped;
    std::vector<device_outcome> failed;
    std::vector<held_company> held;
    std::vector<trouble> troubles; ///< Without the warnings.
    std::vector<finished_instance> instances;
    core::tally counts;
    progress total;
    std::int64_t not_reached = 0;
    std::chrono::milliseconds time{}; ///< Of the slowest instance: they run side by side.

    /// What a sweep with this outcome ends with.
    exit_status status() const;
};

} // namespace contactd
