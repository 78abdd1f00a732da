#pragma once

#include "autotask/clock.hpp"
#include "daemon/log.hpp"
#include "daemon/sweep/listener.hpp"

#include <map>
#include <string>

namespace contactd {

/// Tells the operator's log of a sweep: what went wrong at once, a line for every company in which something happened,
/// and a line at the end.
class sweep_log final : public sweep_listener {
public:
    sweep_log(log& to, const autotask::clock& time) : to_(to), time_(time) {}

    void write_found_out(const found_out_write& what) override;
    void companies_changed(const changed_companies& what) override;
    void company_held(const held_company& company) override;
    void company_finished(const finished_company& company) override;
    void trouble_met(const trouble& what) override;
    void shortcut_turned(const turned_shortcut& what) override;
    void allowance_used_up(const waiting_sweep& what) override;
    void allowance_free_again(const std::string& instance) override;
    void instance_finished(const finished_instance& instance) override;

private:
    log& to_;
    const autotask::clock& time_;
    std::map<std::string, std::chrono::steady_clock::time_point> waiting_told_; ///< By instance.
};

} // namespace contactd
