#pragma once

#include "autotask/clock.hpp"
#include "daemon/sweep/instance.hpp"

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace contactd {

/// What a runner needs of the service it belongs to. Owns nothing; everything lives longer.
struct runner_context {
    autotask::clock& time;
    autotask::stop_signal& stop;
    std::function<double()> dice;                                                     ///< Random numbers in [0, 1).
    std::function<boost::asio::awaitable<void>(instance&, core::wall_time)> sweep;    ///< One sweep, to its end.
    std::function<void(const std::string& instance, core::wall_time due)> on_waiting; ///< Until the next one.
    std::function<void(const std::string& instance)> on_taken_over; ///< Settings that had to wait hold from now on.
};

/// What a reload keeps: what was learned of an API user, and what it has sent in the last hour, whatever the file says;
/// the rows that are known where the same place is asked.
void keep_what_was_learned(instance& before, instance& now);

/// Sweeps one instance on its own schedule, whatever the others do, until it is stopped or its instance is configured
/// no longer. Other settings take the place of those in use when no sweep is under way.
class instance_runner {
public:
    instance_runner(const runner_context& with, std::unique_ptr<instance> subject);

    /// Sweeps at once, then when it is due.
    boost::asio::awaitable<void> run();

    /// From the end of the sweep under way on; at once where there is none.
    void replace(std::unique_ptr<instance> next);

    /// No further sweep is begun.
    void retire();

    void sweep_now();

    /// Ends the sleep, where there is one, so that everything is looked at again.
    void wake();

    const std::string& name() const { return subject_->settings.name.value; }
    instance& subject() { return *subject_; }
    const instance& subject() const { return *subject_; }
    bool is_retired() const { return retired_; }
    instance* next() { return next_.get(); } ///< What waits to take its place, or null.
    bool is_sweeping() const { return sweeping_; }

private:
    boost::asio::awaitable<void> wait(core::wall_time started);
    core::wall_time next_after(core::wall_time started);
    void take_over();

    const runner_context& with_;
    std::unique_ptr<instance> subject_;
    std::unique_ptr<instance> next_;           ///< In its place, as soon as may be.
    bool had_to_wait_ = false;                 ///< For the end of a sweep.
    std::optional<autotask::stop_signal> nap_; ///< Ends the sleep between two sweeps.
    bool sweeping_ = false;
    bool sweep_wanted_ = false;
    bool retired_ = false;
};

} // namespace contactd
