#pragma once

#include "autotask/clock.hpp"
#include "daemon/audit/audit_sink.hpp"
#include "daemon/instances.hpp"
#include "daemon/journal/decision_memory.hpp"
#include "daemon/journal/journal.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <optional>
#include <vector>

namespace contactd {

/// A configuration that is good, and its instances, ready to be asked.
struct loaded_configuration {
    config settings;
    instance_list instances;
};

/// What a service works with. Owns nothing; everything lives longer.
struct service_context {
    boost::asio::any_io_executor on;
    autotask::clock& time;
    std::function<double()> dice; ///< Random numbers in [0, 1).
    log& messages;
    audit_sink& audit;
    contactd::journal& journal;
    decision_memory& decisions;
    std::function<std::optional<loaded_configuration>()> load; ///< Reads it again; has said why when it is not good.
    std::function<void(const config&)> on_taken_over;          ///< May be empty.
};

/// The daemon without its process: sweeps when one is due, and does what it is told in between.
class service {
public:
    service(service_context with, loaded_configuration first);

    /// Sweeps at once, then on schedule, and returns when stop() was called and what was begun is finished.
    boost::asio::awaitable<void> run();

    /// Puts the configuration file in place of the one in use, after the sweep that is under way; or keeps that.
    void reload();

    void sweep_now();
    void stop();

private:
    boost::asio::awaitable<void> wait_for_the_next(core::wall_time started);
    boost::asio::awaitable<void> sweep_once(core::wall_time started);
    boost::asio::awaitable<void> forget_old(core::wall_time now);
    bool take_over();
    void keep_what_was_learned(const instance_list& changed);
    std::vector<instance*> due_instances(core::wall_time now);
    void wake();

    service_context with_;
    config settings_;
    autotask::stop_signal stop_; ///< What the instances know of it goes before it does.
    instance_list instances_;
    std::optional<autotask::stop_signal> nap_; ///< Ends the sleep between two sweeps.
    std::optional<core::wall_time> tidied_;
    bool sweep_wanted_ = false;
    bool reload_wanted_ = false;
    bool sweeping_ = false;
};

} // namespace contactd
