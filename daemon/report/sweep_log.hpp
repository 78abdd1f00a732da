#pragma once

#include "daemon/log.hpp"
#include "daemon/sweep/listener.hpp"

namespace contactd {

/// Tells the operator's log of a sweep: what went wrong at once, a line for every company in which something happened,
/// and a line at the end.
class sweep_log final : public sweep_listener {
public:
    explicit sweep_log(log& to) : to_(to) {}

    void company_held(const held_company& company) override;
    void company_finished(const finished_company& company) override;
    void trouble_met(const trouble& what) override;
    void instance_finished(const finished_instance& instance) override;

private:
    log& to_;
};

} // namespace contactd
